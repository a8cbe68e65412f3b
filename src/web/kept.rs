//! The bytes of files, kept outside wasm memory.
//!
//! A small file's bytes stay in the JavaScript heap as they were dropped. Of a large one only the
//! handle stays, and it is read in pieces: whatever its size, no more than a piece is in memory.

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

/// Files from this size on are read in pieces, in bytes.
pub const LARGE: u64 = 8 << 20;

/// The length of a piece, in bytes.
const PIECE: u64 = 2 << 20;

/// How the bytes of a file are kept.
#[derive(Clone)]
pub enum Kept {
    /// All of them.
    Bytes(Uint8Array),
    /// The file as dropped; its bytes are read again.
    Handle(File),
}

impl Kept {
    /// Its length in bytes.
    pub fn len(&self) -> u64 {
        match self {
            Self::Bytes(bytes) => u64::from(bytes.length()),
            // Sizes of files are whole and below 2^53.
            Self::Handle(file) => file.size() as u64,
        }
    }

    /// A piece of it from a place on; empty behind the end.
    ///
    /// # Errors
    /// Says so if the file is no longer there or has changed.
    pub async fn piece(&self, from: u64) -> Result<Vec<u8>, String> {
        self.range(from, PIECE).await
    }

    /// Some bytes of it.
    ///
    /// # Errors
    /// As [`Kept::piece`].
    pub async fn range(&self, from: u64, len: u64) -> Result<Vec<u8>, String> {
        let end = from.saturating_add(len).min(self.len());
        match self {
            Self::Bytes(bytes) => {
                let place = |at: u64| u32::try_from(at).unwrap_or(u32::MAX);
                Ok(bytes.subarray(place(from.min(end)), place(end)).to_vec())
            }
            Self::Handle(file) => {
                let slice = file.slice_with_f64_and_f64(from as f64, end as f64).map_err(|_| gone())?;
                Ok(read(&slice).await?.to_vec())
            }
        }
    }
}

/// All bytes of a blob.
///
/// # Errors
/// Says so if a file in it is no longer there or has changed.
pub async fn read(blob: &Blob) -> Result<Uint8Array, String> {
    let buffer = JsFuture::from(blob.array_buffer()).await.map_err(|_| gone())?;
    Ok(Uint8Array::new(buffer.unchecked_ref::<ArrayBuffer>()))
}

fn gone() -> String {
    "The browser could not read it: it was moved, changed or is locked.".to_owned()
}
