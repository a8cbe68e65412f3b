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
        let Some((&[properties, a, b, c, d, ref size @ ..], stream)) = packed.split_first_chunk::<13>()
        else {
            return Err(JsValue::from_str("a program of the page is cut"));
        };
        let (window, size) = (u32::from_le_bytes([a, b, c, d]), u64::from_le_bytes(*size));
        let mut program = vec![0; usize::try_from(size).unwrap_or_default()];
        let known = (!known.is_empty()).then_some(known);
        LzmaReader::new_with_props(stream, size, properties, window, known)
            .map_err(broken)?
            .read_exact(&mut program)
            .map_err(broken)?;
        Ok(program)
    }
}

fn main() {}
