//! What all parts of a dropped file share while it is read: counters, limits, finished reports.

use super::report::FileReport;
use super::{Place, RecordSink};
use crate::event::RecordFields;
use crate::protocol::NotRead;

/// A file may inflate to this many bytes whatever its size…
///
/// Fuzzing lowers it: a gigabyte each time would be all it ever does, and the limit is to be met.
const BOMB_FLOOR: u64 = if cfg!(fuzzing) { 1 << 20 } else { 1 << 30 };

/// …and beyond that to this many times its size, all containers in it together. Real logs reach 10;
/// records that are all alike, and runs of one byte, come near deflate's own limit of 1,032.
pub(super) const BOMB_RATIO: u64 = 250;

/// Entries in the archives of one dropped file at most.
pub(super) const MOST_ENTRIES: u32 = 200_000;

/// Archives in archives at most.
pub(super) const DEEPEST_ARCHIVE: u8 = 4;

/// Packings around one text or archive at most: gzip of a gzip is real, Firehose makes it.
pub(super) const MOST_PACKINGS: u8 = 3;

/// Why reading ended before the bytes did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// So many bytes were unpacked, far more than the file has.
    Bomb(u64),
    /// [`MOST_ENTRIES`] were read.
    Entries,
    /// Nobody wanted more than so many bytes of the dropped file.
    Asked(NotRead, u64),
}

/// The counters of one dropped file.
pub(super) struct Tally {
    /// Reports of entries that are done and nobody has taken yet.
    pub reports: Vec<FileReport>,
    /// Lines of the ledger that were begun, the file's own included.
    entries: u32,
    /// The number of the next record.
    pub next_number: u32,
    /// Bytes of the dropped file that came.
    pub taken: u64,
    /// Bytes that came out of any decoder.
    produced: u64,
    /// Bytes of text that were read.
    pub text: u64,
    /// Set when a limit was reached: nothing is read from then on.
    pub stop: Option<Stop>,
    /// Whether bytes are wanted and not records.
    pub wants_bytes: bool,
    /// [`BOMB_FLOOR`]; tests that have no second to spare lower it.
    pub floor: u64,
    /// [`MOST_ENTRIES`], likewise.
    pub most_entries: u32,
}

impl Tally {
    pub fn new() -> Self {
        Self {
            reports: Vec::new(),
            entries: 1,
            next_number: 0,
            taken: 0,
            produced: 0,
            text: 0,
            stop: None,
            wants_bytes: false,
            floor: BOMB_FLOOR,
            most_entries: MOST_ENTRIES,
        }
    }

    /// The number of an entry that begins; `None` where there are too many.
    pub fn open(&mut self) -> Option<u32> {
        if self.entries > self.most_entries {
            self.stop = self.stop.or(Some(Stop::Entries));
            return None;
        }
        self.entries += 1;
        Some(self.entries - 1)
    }

    /// A decoder wrote so many bytes.
    pub fn produce(&mut self, bytes: u64) {
        self.produced += bytes;
        if self.produced > self.floor && self.produced / BOMB_RATIO > self.taken {
            self.stop = self.stop.or(Some(Stop::Bomb(self.produced)));
        }
    }
}

/// Where records go, and what is counted on the way.
pub(super) struct Out<'s> {
    pub sink: &'s mut dyn RecordSink,
    pub tally: &'s mut Tally,
}

impl Out<'_> {
    /// Hands a record on.
    pub fn record(&mut self, place: Place, text: &[u8], fields: &RecordFields<'_>) {
        self.sink.record(place, text, fields);
    }
}
