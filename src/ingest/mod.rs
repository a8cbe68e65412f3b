//! From the bytes of a file to its records, and to the line of the ledger that says what became of it.
//!
//! [`FileReader`] joins two streams: a container (gzip or nothing) and the text inside it. New
//! containers and shapes join at the same two places: `file` decides by the first bytes, `shape` by
//! the keys of an object.

mod delivery;
mod file;
mod findings;
mod gzip;
mod kind;
mod records;
mod report;
mod resync;
mod s3_key;
mod shape;
mod skip;
mod window;

pub use delivery::delivery_time;
pub use file::{FileReader, inflate_all, read_text};
pub use report::FileReport;

use crate::event::RecordFields;

/// Where a record is in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where its text starts in the inflated file, in bytes.
    pub offset: u64,
    /// Its number among the records of the file, from 0, those that could not be read included.
    pub number: u32,
}

/// Takes records as they are read.
pub trait RecordSink {
    /// One record: where it is, its text from `{` to `}`, and its fields.
    fn record(&mut self, place: Place, text: &[u8], fields: &RecordFields<'_>);
}

#[cfg(test)]
mod tests;
