//! Unpacks the two programs, which travel as LZMA: a third smaller than gzip makes them.

#[cfg(target_arch = "wasm32")]
mod wasm {
    use lzma_rust2::{LzmaReader, Read};
    use wasm_bindgen::prelude::*;

    /// A program out of its `.lzma` file, whose header tells its length. `known` is what it was packed
    /// against: the other program, or nothing.
    ///
    /// # Errors
    /// Says so if the file is broken. Its hash has been checked before, so it is not.
    #[wasm_bindgen]
    pub fn unpack(packed: &[u8], known: &[u8]) -> Result<Vec<u8>, JsValue> {
        let broken = |_| JsValue::from_str("a program of the page is broken");
        let size = packed.get(5..13).and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_le_bytes);
        let mut program = vec![0; usize::try_from(size).unwrap_or_default()];
        LzmaReader::new_mem_limit(packed, u32::MAX, (!known.is_empty()).then_some(known))
            .map_err(broken)?
            .read_exact(&mut program)
            .map_err(broken)?;
        Ok(program)
    }
}

fn main() {}
