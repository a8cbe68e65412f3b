//! The bodies of the fuzz targets: one module and one function `run` for each.
//!
//! None of them only waits for a crash. Each says what must be true whatever the bytes are: that
//! the way they are split changes nothing, that the ledger adds up, that what was packed comes out
//! as it went in, that two readers of the same language agree.

pub mod csv;
pub mod document;
pub mod file;
pub mod gzip;
pub mod names;
pub mod query;
pub mod record;
pub mod records;
pub mod tar;
pub mod time;
pub mod zip;
pub mod zstd;

mod choice;
mod reading;
