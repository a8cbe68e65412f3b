//! One worker's part of the events: reads files into a table, answers questions about it.
//!
//! A shard is pure. Its host (`web::shard_host`, or a test) gives it bytes and takes messages away;
//! it never asks for a clock, a file or another shard. Bytes of files are not kept here: where a
//! record must be read again the host gives the file's bytes once more.

mod actors;
mod append;
mod columns;
mod findings;
pub mod handover;
mod handover_csv;
mod question;
mod registry;
mod rows;
mod show;
mod source;
mod trace;

use std::collections::{BTreeMap, BTreeSet};

use crate::ingest::{FileReader, FileReport};
use crate::protocol::{Claim, IntegrityVerdict, LedgerEntry, NotRead, Outcome, PeerMessage, RowRef, Ruling};
use crate::services::Noter;
use crate::table::EventTable;

use actors::Actors;
use append::Appender;
pub use question::{QuestionState, Rereading};
use registry::Registry;
pub use show::{Fetch, RecordPlace};
use source::SourceFile;

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
    /// What records may carry, by their call.
    notes: Noter,
    /// The actors of records met last.
    actors: Actors,
    /// Files with lines of the ledger that changed since they were last sent.
    changed: Vec<u32>,
    question: Option<QuestionState>,
    /// The file that is open, once bytes of it have been read.
    reading: Option<u32>,
    /// Files that were read and then removed; their rows stay hidden.
    removed: BTreeSet<u32>,
}

/// A file being read: bytes go in, rows come out.
pub struct OpenFile {
    source: u32,
    path: String,
    size: u64,
    reader: FileReader,
    /// Entries that are being read.
    appended: Vec<(u32, append::Appended)>,
    /// Events of those that have been.
    events: u64,
}

impl OpenFile {
    /// What no line of the ledger tells yet: bytes of text, and events of entries that are not done.
    #[must_use]
    pub fn progress(&self) -> (u64, u64) {
        let open: u64 = self.appended.iter().map(|(_, entry)| entry.events).sum();
        (self.reader.inflated_bytes(), open)
    }

    /// Reads no further: what is pushed from now on is ignored, and its lines of the ledger say why.
    pub fn stop(&mut self, why: NotRead) {
        self.reader.stop(why);
    }

    fn take_appended(&mut self, entry: u32) -> append::Appended {
        let at = self.appended.iter().position(|(open, _)| *open == entry);
        at.map(|at| self.appended.swap_remove(at).1).unwrap_or_default()
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
            notes: Noter::default(),
            actors: Actors::default(),
            changed: Vec::new(),
            question: None,
            reading: None,
            removed: BTreeSet::new(),
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
            appended: Vec::new(),
            events: 0,
        }
    }

    /// Reads the next bytes of a file, however they are cut.
    pub fn push(&mut self, file: &mut OpenFile, bytes: &[u8]) {
        self.reading = Some(file.source);
        let mut sink = Appender {
            config: self.config,
            source: file.source,
            table: &mut self.table,
            claims: &mut self.claims,
            notes: &mut self.notes,
            actors: &mut self.actors,
            appended: &mut file.appended,
        };
        file.reader.push(bytes, &mut sink);
        let reports = file.reader.take_reports();
        self.take_reports(file, reports, None);
    }

    /// Ends a file. `trouble` says why its bytes ended before the file did, if they did.
    pub fn close(&mut self, mut file: OpenFile, trouble: Option<String>) {
        let mut sink = Appender {
            config: self.config,
            source: file.source,
            table: &mut self.table,
            claims: &mut self.claims,
            notes: &mut self.notes,
            actors: &mut self.actors,
            appended: &mut file.appended,
        };
        let reports = std::mem::replace(&mut file.reader, FileReader::new("", 0)).finish(&mut sink);
        self.take_reports(&mut file, reports, trouble);
        self.reading = None;
    }

    /// Whether a file that has been read holds no events, so that it may be something else of use.
    #[must_use]
    pub fn holds_no_events(&self, source: u32) -> bool {
        self.files.get(&source).is_some_and(|file| file.lines().all(|line| line.records() == 0))
    }

    /// Says of a file that it was a list of account names.
    pub fn name_accounts(&mut self, source: u32, names: usize) {
        let Some(file) = self.files.get_mut(&source) else { return };
        let Some(line) = file.change_lines().find(|line| line.entry == 0) else { return };
        line.outcome = Outcome::Other;
        "account names".clone_into(&mut line.kind);
        let accounts = if names == 1 { "1 account".to_owned() } else { format!("{names} accounts") };
        line.reason = Some(format!("Names of {accounts}. They stand beside the ids now."));
        line.remedy = None;
        self.changed.push(source);
    }

    /// Says of a file or entry that it was a list of public keys; false where that is known.
    pub fn call_public_keys(&mut self, source: u32, entry: u32) -> bool {
        let Some(file) = self.files.get_mut(&source) else { return false };
        if file.line(entry).is_none_or(|line| line.kind == "public keys") {
            return false;
        }
        let Some(line) = file.change_line(entry) else { return false };
        line.outcome = Outcome::Other;
        "public keys".clone_into(&mut line.kind);
        line.reason = Some("Public keys that verify digest files. They hold no events.".to_owned());
        line.remedy = None;
        self.changed.push(source);
        true
    }

    /// Whether a line of the ledger is that of a log file: it holds records, or is made to.
    #[must_use]
    pub fn is_log(&self, source: u32, entry: u32) -> bool {
        let line = self.files.get(&source).and_then(|file| file.line(entry));
        line.is_some_and(|line| line.records() > 0 || line.kind == "log file")
    }

    /// The files that are known: place in intake order, path, size.
    #[must_use]
    pub fn sources(&self) -> Vec<(u32, String, u64)> {
        self.files.iter().map(|(source, file)| (*source, file.path.clone(), file.size)).collect()
    }

    /// Which shard of how many.
    #[must_use]
    pub fn config(&self) -> ShardConfig {
        self.config
    }

    /// Takes what a check of integrity came to: verdicts by source and entry, sorted.
    pub fn take_verdicts(&mut self, verdicts: &[(u32, u32, IntegrityVerdict)]) {
        let files = &self.files;
        self.table.set_integrity(&mut |place| {
            let (line, _) = files.get(&place.source)?.line_of(place.record)?;
            let key = (line.source, line.entry);
            let at = verdicts.binary_search_by_key(&key, |(source, entry, _)| (*source, *entry)).ok()?;
            Some(verdicts[at].2.name())
        });
    }

    /// Makes lines of the ledger of reports. `trouble` is about the file itself.
    fn take_reports(&mut self, file: &mut OpenFile, reports: Vec<FileReport>, mut trouble: Option<String>) {
        for report in reports {
            let appended = file.take_appended(report.entry);
            file.events += appended.events;
            let known = self
                .files
                .entry(file.source)
                .or_insert_with(|| SourceFile::new(&file.path, file.size, report.way));
            let (first, way, is_file) = (report.first_number, report.way, report.entry == 0);
            let trouble = if is_file { trouble.take() } else { None };
            let mut line = append::ledger_entry(file.source, report, &appended, trouble, file.events > 0);
            if is_file {
                known.way = way;
                line.size = file.size;
            }
            known.add(first, line);
            self.changed.push(file.source);
        }
    }

    /// The messages for the other shards. What is for this one is dealt with at once.
    pub fn take_messages(&mut self) -> Vec<(u16, PeerMessage)> {
        // A ruling on a row changes the line of its file, which is there once the file is closed.
        let (held, claims): (Vec<Claim>, Vec<Claim>) = std::mem::take(&mut self.claims)
            .into_iter()
            .partition(|claim| Some(claim.source) == self.reading);
        self.claims = held;
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
            // The host's own.
            PeerMessage::Evidence(_) => Vec::new(),
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
        if !self.table.hide(row) {
            return;
        }
        let Some(place) = self.table.place(row) else { return };
        let file = self.files.get_mut(&place.source);
        if let Some(line) = file.and_then(|file| file.change_line_of(place.record)) {
            line.events = line.events.saturating_sub(1);
            line.duplicates += 1;
            self.changed.push(place.source);
        }
    }

    /// Forgets a file: its events are no longer shown. Copies of them elsewhere are shown again once
    /// all shards have been told to [`Shard::resettle`].
    pub fn remove(&mut self, source: u32) {
        self.files.remove(&source);
        self.removed.insert(source);
        // It may be waiting for the text of this very file.
        self.question = None;
    }

    /// Forgets all rulings on copies and claims every row anew: a file has been removed or another
    /// shard has been lost, and with it rows whose copies are here.
    pub fn resettle(&mut self) {
        self.registry = Registry::new();
        for (&source, file) in &mut self.files {
            for line in file.change_lines() {
                line.events += std::mem::take(&mut line.duplicates);
            }
            self.changed.push(source);
        }
        self.table.show_all_but(|source| self.removed.contains(&source));
        self.claims = self.table.claims(self.config.shard);
        self.claims.retain(|claim| !self.removed.contains(&claim.source));
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
        let mut lines = Vec::new();
        for source in changed {
            if let Some(file) = self.files.get_mut(&source) {
                lines.extend(file.take_changed());
            }
        }
        lines
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
