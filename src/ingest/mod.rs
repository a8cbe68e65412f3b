//! From the bytes of a file to its records, and to the lines of the ledger that say what became of it.
//!
//! [`FileReader`] is a chain of streams: a dropped file is a unit, so is every entry of an archive, and
//! what a unit is (packed, an archive, text) is decided by its first bytes (`unit`). At the end of every
//! chain text is read for records (`records`); objects that carry records as text are opened there
//! (`wrapped`). New containers and shapes join at these places.

mod account_names;
mod base64;
mod bzip2;
mod delivery;
mod file;
mod findings;
mod gzip;
mod kind;
mod packed;
mod pick;
mod records;
mod renamed;
mod report;
mod resync;
mod s3_key;
mod shape;
mod skip;
mod tally;
mod tar;
mod text;
mod unit;
mod utf16;
mod window;
mod wound;
mod wrapped;
mod zip;
mod zstd;

pub use account_names::{MOST_BYTES as ACCOUNT_NAMES_BYTES, account_names};
pub use delivery::delivery_time;
pub use file::FileReader;
pub use pick::{GzipPick, RecordPick, inflate_all, read_text};
pub use report::{FileReport, Way};
pub use s3_key::origin;
pub use wrapped::is_of_columns;

use crate::event::RecordFields;

/// Where a record is in its file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The entry it is in, see [`FileReport::entry`].
    pub entry: u32,
    /// Where its text, or that of the object it stood in, starts in the text of the entry, in bytes.
    pub offset: u64,
    /// Its number among the records of the whole file, from 0, those that could not be read included.
    pub number: u32,
}

/// Takes records as they are read.
pub trait RecordSink {
    /// One record: where it is, its text from `{` to `}`, and its fields.
    fn record(&mut self, place: Place, text: &[u8], fields: &RecordFields<'_>);

    /// What a reader must know about where the record stood that comes next.
    fn note(&mut self, _note: &str) {}

    /// The next bytes of an entry as they are stored, and its name. Only [`FileReader::of_bytes`] tells.
    fn stored(&mut self, _entry: u32, _name: &str, _bytes: &[u8]) {}

    /// The next bytes of an entry, unpacked. Only [`FileReader::of_bytes`] tells.
    fn content(&mut self, _entry: u32, _bytes: &[u8]) {}
}

#[cfg(test)]
mod tests;
