//! The bytes of a file, and of each entry of an archive, on their way to a hash.
//!
//! Digest files list hashes of uncompressed bytes, exactly as they are: here no text is decoded and no
//! JSON is read. Small contents are gathered whole, so that the host can hash them with what its platform
//! has for that; large ones are hashed as they come.

use super::document::{MOST_BYTES, may_be_document};
use super::name::is_lake_result;
use super::sum::Sum;
use crate::event::RecordFields;
use crate::ingest::{FileReader, FileReport, Place, RecordSink};
use crate::protocol::{FileEvidence, Sha256Sum};

/// Unpacks a file.
pub struct Hasher {
    reader: FileReader,
    entries: Entries,
    done: Vec<Unpacked>,
}

/// An unpacked file or entry.
pub struct Unpacked {
    /// Its number, as in the ledger.
    pub entry: u32,
    /// Its name, as in the ledger.
    pub name: String,
    /// What is in it.
    pub content: Bytes,
    stored: Option<Sha256Sum>,
}

/// Bytes, or their hash.
pub enum Bytes {
    /// There are none, or not all of them could be had.
    None,
    /// All of them.
    Whole(Vec<u8>),
    /// They were too many to be held.
    Hashed(Sha256Sum),
}

impl Hasher {
    /// For the file at `path` of `size` bytes.
    #[must_use]
    pub fn new(path: &str, size: u64) -> Self {
        Self { reader: FileReader::of_bytes(path, size), entries: Entries::default(), done: Vec::new() }
    }

    /// Takes the next bytes of the file.
    pub fn push(&mut self, bytes: &[u8]) {
        self.reader.push(bytes, &mut self.entries);
        let reports = self.reader.take_reports();
        self.take_reports(reports);
    }

    /// The files and entries that are done since the last call.
    pub fn take_done(&mut self) -> Vec<Unpacked> {
        std::mem::take(&mut self.done)
    }

    /// Says that no more bytes will come; gives what was not taken yet.
    #[must_use]
    pub fn finish(mut self) -> Vec<Unpacked> {
        let reader = std::mem::replace(&mut self.reader, FileReader::of_bytes("", 0));
        // What a limit cut off is not its content.
        if reader.is_done() {
            self.entries.0.clear();
        }
        let reports = reader.finish(&mut self.entries);
        self.take_reports(reports);
        self.done
    }

    fn take_reports(&mut self, reports: Vec<FileReport>) {
        for report in reports {
            let open = self.entries.0.iter().position(|open| open.number == report.entry);
            let open = open.map(|place| self.entries.0.swap_remove(place));
            let (content, stored) = match open {
                Some(open) => (open.content.finish(), open.stored.map(Sum::finish)),
                None => (Bytes::None, None),
            };
            self.done.push(Unpacked { entry: report.entry, name: report.name, content, stored });
        }
    }
}

impl Unpacked {
    /// What there is to tell the judge of it. `sum` is the hash of its content where that is whole,
    /// `is_log` says whether it holds events.
    #[must_use]
    pub fn evidence(self, source: u32, sum: Option<Sha256Sum>, is_log: bool) -> FileEvidence {
        let content = match &self.content {
            Bytes::None => None,
            Bytes::Whole(_) => sum,
            Bytes::Hashed(sum) => Some(*sum),
        };
        let document = match self.content {
            Bytes::Whole(bytes) if !is_log && may_be_document(&self.name, &bytes) => Some(bytes),
            _ => None,
        };
        FileEvidence {
            source,
            entry: self.entry,
            name: self.name,
            content,
            stored: self.stored,
            is_packed: self.stored.is_some() && self.stored != content,
            is_log,
            document,
        }
    }
}

/// The entries that are open: one, and the archives around it.
#[derive(Default)]
struct Entries(Vec<Open>);

struct Open {
    number: u32,
    content: Gathered,
    stored: Option<Sum>,
}

enum Gathered {
    Whole(Vec<u8>),
    Sum(Sum),
}

impl Gathered {
    fn push(&mut self, bytes: &[u8]) {
        match self {
            Self::Whole(held) if held.len() + bytes.len() <= MOST_BYTES => held.extend_from_slice(bytes),
            Self::Whole(held) => {
                let mut sum = Sum::default();
                sum.push(held);
                sum.push(bytes);
                *self = Self::Sum(sum);
            }
            Self::Sum(sum) => sum.push(bytes),
        }
    }

    fn finish(self) -> Bytes {
        match self {
            Self::Whole(bytes) if bytes.is_empty() => Bytes::None,
            Self::Whole(bytes) => Bytes::Whole(bytes),
            Self::Sum(sum) => Bytes::Hashed(sum.finish()),
        }
    }
}

impl Entries {
    fn open(&mut self, number: u32, has_stored: bool) -> Option<&mut Open> {
        let place = self.0.iter().position(|open| open.number == number).unwrap_or(self.0.len());
        if place == self.0.len() {
            let stored = has_stored.then(Sum::default);
            self.0.push(Open { number, content: Gathered::Whole(Vec::new()), stored });
        }
        self.0.get_mut(place)
    }
}

impl RecordSink for Entries {
    fn record(&mut self, _place: Place, _text: &[u8], _fields: &RecordFields<'_>) {}

    fn stored(&mut self, entry: u32, name: &str, bytes: &[u8]) {
        // Only what CloudTrail Lake saves is signed as it is stored.
        let is_signed = is_lake_result(name);
        if let Some(sum) = self.open(entry, is_signed).and_then(|open| open.stored.as_mut()) {
            sum.push(bytes);
        }
    }

    fn content(&mut self, entry: u32, bytes: &[u8]) {
        if let Some(open) = self.open(entry, false) {
            open.content.push(bytes);
        }
    }
}
