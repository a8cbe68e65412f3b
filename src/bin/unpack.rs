//! Unpacks the two programs, which travel as LZMA, their code sorted into streams.

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
        let mut sorted = vec![0; usize::try_from(size).unwrap_or_default()];
        let known = (!known.is_empty()).then(|| streams::split(known).unwrap_or_else(|| known.to_vec()));
        LzmaReader::new_with_props(stream, size, properties, window, known.as_deref())
            .map_err(broken)?
            .read_exact(&mut sorted)
            .map_err(broken)?;
        // A program that could not be sorted came as it is.
        if sorted.starts_with(b"\0asm") {
            return Ok(sorted);
        }
        streams::join(&sorted).ok_or_else(|| JsValue::from_str("a program of the page is in disorder"))
    }
}

fn main() {}
