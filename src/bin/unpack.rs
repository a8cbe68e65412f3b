//! Unpacks the two programs, which travel as LZMA, their code sorted into streams.

#[cfg(target_arch = "wasm32")]
mod wasm {
    use std::cell::RefCell;

    use lzma_rust2::{LzmaReader, Read};
    use wasm_bindgen::prelude::*;

    thread_local! {
        /// The program that was unpacked last, as it was packed: the next one was packed against it.
        static KNOWN: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }

    /// A program out of its `.lzma` file, whose header tells its length.
    ///
    /// # Errors
    /// Says so if the file is broken. Its hash has been checked before, so it is not.
    #[wasm_bindgen]
    pub fn unpack(packed: &[u8]) -> Result<Vec<u8>, JsValue> {
        let broken = |_| JsValue::from_str("a program of the page is broken");
        let Some((&[properties, a, b, c, d, ref size @ ..], stream)) = packed.split_first_chunk::<13>()
        else {
            return Err(JsValue::from_str("a program of the page is cut"));
        };
        let (window, size) = (u32::from_le_bytes([a, b, c, d]), u64::from_le_bytes(*size));
        let mut sorted = vec![0; usize::try_from(size).unwrap_or_default()];
        let known = KNOWN.take();
        let known = (!known.is_empty()).then_some(&*known);
        LzmaReader::new_with_props(stream, size, properties, window, known)
            .map_err(broken)?
            .read_exact(&mut sorted)
            .map_err(broken)?;
        // A program that could not be sorted came as it is.
        let program =
            if sorted.starts_with(b"\0asm") { Some(sorted.clone()) } else { streams::join(&sorted) };
        KNOWN.set(sorted);
        program.ok_or_else(|| JsValue::from_str("a program of the page is in disorder"))
    }
}

fn main() {}
