//! One worker's part of the events: reads files into a table, answers questions about it.
//!
//! A shard is pure. Its host (`web::shard_host`, or a test) gives it bytes and takes messages away;
//! it never asks for a clock, a file or another shard. Bytes of files are not kept here: where a
//! record must be read again the host gives the file's bytes once more.

mod append;
mod question;
mod registry;
mod rows;
mod show;

use std::collections::BTreeMap;

use crate::ingest::FileReader;
use crate::protocol::{Claim, LedgerEntry, PeerMessage, RowRef, Ruling};
use crate::table::EventTable;

use append::Appender;
pub use question::{QuestionState, Rereading};
use registry::Registry;
pub use show::RecordPlace;

/// Which shard of how many, and the key of this session's hashes.
#[derive(Clone, Copy, Debug)]
pub struct ShardConfig {
    /// The shard, counted from 0.
    pub shard: u16,
    /// How many there are; at least 1.
    pub shards: u16,
    /// Random for each session: nobody can write a log that collides on purpose.
    pub seed: u64,
}

/// The events of one worker.
pub struct Shard {
    config: ShardConfig,
    table: EventTable,
    registry: Registry,
    /// What each file came to, by its place in intake order.
    files: BTreeMap<u32, SourceFile>,
    /// Claims of the file being read and those just read, not yet sent.
    claims: Vec<Claim>,
    /// Files whose line of the ledger changed since it was last sent.
    changed: Vec<u32>,
    question: Option<QuestionState>,
}

/// A file that this shard has read.
struct SourceFile {
    entry: LedgerEntry,
    compressed: bool,
}

/// A file being read: bytes go in, rows come out.
pub struct OpenFile {
    source: u32,
    path: String,
    size: u64,
    reader: FileReader,
    appended: append::Appended,
}

impl OpenFile {
    /// How far it is: bytes of text, events.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        (self.reader.inflated_bytes(), self.appended.events)
    }
}

impl Shard {
    /// An empty shard.
    #[must_use]
    pub fn new(config: ShardConfig) -> Self {
        Self {
            config,
            table: EventTable::new(config.seed),
            registry: Registry::new(),
            files: BTreeMap::new(),
            claims: Vec::new(),
            changed: Vec::new(),
            question: None,
        }
    }

    /// Begins a file. `source` is its place in intake order, `size` its bytes as dropped.
    #[must_use]
    pub fn open(&self, source: u32, path: &str, size: u64) -> OpenFile {
        OpenFile {
            source,
            path: path.to_owned(),
            size,
            reader: FileReader::new(path, size),
            appended: append::Appended::default(),
        }
    }

    /// Reads the next bytes of a file, however they are cut.
    pub fn push(&mut self, file: &mut OpenFile, bytes: &[u8]) {
        let mut sink = Appender {
            config: self.config,
            source: file.source,
            table: &mut self.table,
            claims: &mut self.claims,
            appended: &mut file.appended,
        };
        file.reader.push(bytes, &mut sink);
    }

    /// Ends a file. `trouble` says why its bytes ended before the file did, if they did.
    pub fn close(&mut self, mut file: OpenFile, trouble: Option<String>) {
        let mut sink = Appender {
            config: self.config,
            source: file.source,
            table: &mut self.table,
            claims: &mut self.claims,
            appended: &mut file.appended,
        };
        let report = std::mem::replace(&mut file.reader, FileReader::new("", 0)).finish(&mut sink);
        let compressed = report.compressed;
        let entry = append::ledger_entry(&file, report, trouble);
        self.changed.push(file.source);
        self.files.insert(file.source, SourceFile { entry, compressed });
    }

    /// The messages for the other shards. What is for this one is dealt with at once.
    pub fn take_messages(&mut self) -> Vec<(u16, PeerMessage)> {
        let claims = std::mem::take(&mut self.claims);
        let mut by_keeper: BTreeMap<u16, Vec<Claim>> = BTreeMap::new();
        for claim in claims {
            by_keeper.entry(registry::keeper(claim.hash, self.config.shards)).or_default().push(claim);
        }
        let mut out = Vec::new();
        for (keeper, claims) in by_keeper {
            if keeper == self.config.shard {
                out.extend(self.receive(PeerMessage::Claims(claims)));
            } else {
                out.push((keeper, PeerMessage::Claims(claims)));
            }
        }
        out
    }

    /// Deals with a message of another shard and gives the answers to it.
    pub fn receive(&mut self, message: PeerMessage) -> Vec<(u16, PeerMessage)> {
        match message {
            PeerMessage::Rulings(rulings) => {
                self.obey(&rulings);
                Vec::new()
            }
            PeerMessage::Claims(claims) => {
                let mut rulings = self.registry.register(&claims);
                if let Some(own) = rulings.remove(&self.config.shard) {
                    self.obey(&own);
                }
                rulings.into_iter().map(|(shard, list)| (shard, PeerMessage::Rulings(list))).collect()
            }
        }
    }

    fn obey(&mut self, rulings: &[Ruling]) {
        for ruling in rulings {
            match *ruling {
                Ruling::Copy(row) => self.hide(row),
                Ruling::Copies(row, copies) => self.table.set_copies(row, copies),
            }
        }
    }

    fn hide(&mut self, row: u32) {
        self.table.hide(row);
        let Some(file) = self.table.place(row).and_then(|place| self.files.get_mut(&place.source)) else {
            return;
        };
        file.entry.events = file.entry.events.saturating_sub(1);
        file.entry.duplicates += 1;
        self.changed.push(file.entry.source);
    }

    /// Forgets all rulings on copies and claims every row anew: another shard has been lost, and
    /// with it rows whose copies are here.
    pub fn resettle(&mut self) {
        self.registry = Registry::new();
        self.claims = self.table.claims(self.config.shard);
        for file in self.files.values_mut() {
            file.entry.events += std::mem::take(&mut file.entry.duplicates);
            self.changed.push(file.entry.source);
        }
        self.table.show_all();
    }

    /// The number of the question in progress.
    #[must_use]
    pub fn question(&self) -> Option<u32> {
        self.question.as_ref().map(QuestionState::number)
    }

    /// The lines of the ledger that are new or changed since the last call.
    pub fn take_ledger(&mut self) -> Vec<LedgerEntry> {
        let mut changed = std::mem::take(&mut self.changed);
        changed.sort_unstable();
        changed.dedup();
        changed.iter().filter_map(|source| Some(self.files.get(source)?.entry.clone())).collect()
    }

    /// The table, for tests and summaries.
    #[must_use]
    pub fn table(&self) -> &EventTable {
        &self.table
    }

    fn row_ref(&self, row: u32) -> RowRef {
        RowRef { shard: self.config.shard, row }
    }
}
