//! What a shard knows of a dropped file: its lines of the ledger, and where its records are.

use crate::ingest::Way;
use crate::protocol::LedgerEntry;

/// A file that this shard reads or has read.
pub struct SourceFile {
    /// Its path as dropped.
    pub path: String,
    /// Its bytes.
    pub size: u64,
    /// How its records are found again.
    pub way: Way,
    /// Its own line of the ledger, and those of the entries in it, in the order of their numbers.
    lines: Vec<Line>,
}

struct Line {
    /// The number of its first record in the file. An entry without records stands in front of the
    /// next one's.
    first: u32,
    /// Whether it changed since it was last sent.
    changed: bool,
    entry: LedgerEntry,
}

impl SourceFile {
    /// Without lines yet.
    pub fn new(path: &str, size: u64, way: Way) -> Self {
        Self { path: path.to_owned(), size, way, lines: Vec::new() }
    }

    /// A line, and the number of its first record.
    pub fn add(&mut self, first: u32, entry: LedgerEntry) {
        // Entries end in order, archives behind what is in them: it is near the end, or the first.
        let at = self.lines.partition_point(|line| line.entry.entry < entry.entry);
        self.lines.insert(at, Line { first, changed: true, entry });
    }

    /// The line of the entry that holds a record, and the record's number there.
    pub fn line_of(&self, record: u32) -> Option<(&LedgerEntry, u32)> {
        let line = self.lines.get(self.place_of(record)?)?;
        Some((&line.entry, record - line.first))
    }

    /// The same line, to be changed.
    pub fn change_line_of(&mut self, record: u32) -> Option<&mut LedgerEntry> {
        let line = self.place_of(record).and_then(|at| self.lines.get_mut(at))?;
        line.changed = true;
        Some(&mut line.entry)
    }

    fn place_of(&self, record: u32) -> Option<usize> {
        self.lines.partition_point(|line| line.first <= record).checked_sub(1)
    }

    /// The line of an entry by its number.
    pub fn line(&self, entry: u32) -> Option<&LedgerEntry> {
        let at = self.lines.binary_search_by_key(&entry, |line| line.entry.entry).ok()?;
        self.lines.get(at).map(|line| &line.entry)
    }

    /// The same line, to be changed.
    pub fn change_line(&mut self, entry: u32) -> Option<&mut LedgerEntry> {
        let at = self.lines.binary_search_by_key(&entry, |line| line.entry.entry).ok()?;
        let line = self.lines.get_mut(at)?;
        line.changed = true;
        Some(&mut line.entry)
    }

    /// All lines.
    pub fn lines(&self) -> impl Iterator<Item = &LedgerEntry> {
        self.lines.iter().map(|line| &line.entry)
    }

    /// All lines, to be changed.
    pub fn change_lines(&mut self) -> impl Iterator<Item = &mut LedgerEntry> {
        self.lines.iter_mut().map(|line| {
            line.changed = true;
            &mut line.entry
        })
    }

    /// The lines that changed since the last call.
    pub fn take_changed(&mut self) -> impl Iterator<Item = LedgerEntry> {
        self.lines.iter_mut().filter_map(|line| std::mem::take(&mut line.changed).then(|| line.entry.clone()))
    }
}
