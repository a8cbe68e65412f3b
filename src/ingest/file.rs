//! One dropped file from its first byte to its reports.

use super::RecordSink;
use super::report::FileReport;
use super::tally::{Out, Stop, Tally};
use super::unit::Unit;
use crate::protocol::NotRead;

/// Reads one file as its bytes come: plain, packed or an archive, by content.
///
/// Memory is bounded by a window and the longest record for each archive around it. Every whole record
/// is handed to the sink as soon as it is there. Records are numbered through the whole file, archives
/// and all, in the order in which they stand in it.
pub struct FileReader {
    unit: Unit,
    pub(super) tally: Tally,
}

impl FileReader {
    /// For the file at `path` of `size` bytes; the size is only a hint for how much memory to take.
    #[must_use]
    pub fn new(path: &str, size: u64) -> Self {
        Self { unit: Unit::root(path, size), tally: Tally::new() }
    }

    /// For a file of which the bytes are wanted and not the records: entries are numbered as ever, and what
    /// would be text is handed on unread, whatever it is.
    #[must_use]
    pub fn of_bytes(path: &str, size: u64) -> Self {
        let mut reader = Self::new(path, size);
        reader.tally.wants_bytes = true;
        reader
    }

    /// Takes the next bytes of the file, split anywhere.
    pub fn push(&mut self, bytes: &[u8], sink: &mut dyn RecordSink) {
        self.tally.taken += bytes.len() as u64;
        self.unit.push(bytes, &mut Out { sink, tally: &mut self.tally });
    }

    /// Reads no further: what is pushed from now on is ignored, and the reports say why.
    pub fn stop(&mut self, why: NotRead) {
        self.tally.stop = self.tally.stop.or(Some(Stop::Asked(why, self.tally.taken)));
    }

    /// The reports of entries that are done since the last call, in the order in which they ended.
    pub fn take_reports(&mut self) -> Vec<FileReport> {
        std::mem::take(&mut self.tally.reports)
    }

    /// Says that no more bytes will come; the last records are handed to the sink. Gives the reports
    /// that were not taken yet: that of the file itself comes last.
    pub fn finish(mut self, sink: &mut dyn RecordSink) -> Vec<FileReport> {
        self.unit.size = self.tally.taken;
        self.unit.finish(None, &mut Out { sink, tally: &mut self.tally });
        self.tally.reports
    }

    /// Bytes of text so far, after unpacking.
    #[must_use]
    pub fn inflated_bytes(&self) -> u64 {
        self.tally.text
    }

    /// Whether there is nothing more to learn from the file: what is pushed now is ignored.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.tally.stop.is_some() || self.unit.is_done()
    }
}
