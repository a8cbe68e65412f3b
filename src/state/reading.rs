//! How the reading of files goes, and the ledger of what became of them.

use std::collections::HashMap;
use std::rc::Rc;

use crate::ingest::origin;
use crate::protocol::{self, FileIntegrity, FileVerdict, LedgerEntry, NotRead, Outcome};
use crate::sorting::sort_by;

/// Progress and ledger.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    ledger: Rc<Vec<LedgerEntry>>,
    /// Lines that are not in the ledger yet: views share it, so it changes at the pace of the clock.
    fresh: Vec<LedgerEntry>,
    /// Where the line of each source and entry is in the ledger.
    places: HashMap<(u32, u32), usize>,
    /// What each shard has read that no line tells: bytes, bytes of text, events.
    open: HashMap<u16, (u64, u64, u64)>,
    /// Names of accounts, as lists that were dropped give them.
    /// By account, ascending.
    names: Rc<Vec<(String, String)>>,
    /// Bytes that each shard holds.
    memory: HashMap<u16, u64>,
    totals: Totals,
    /// Files and bytes taken in, finished or not.
    files: u64,
    bytes: u64,
    /// Bytes of files that are in the ledger.
    done_bytes: u64,
    done_inflated: u64,
    /// Bytes, bytes of text and events of lines and of what no line tells, as the last look found them.
    so_far: (u64, u64, u64),
    in_flight: bool,
    started_ms: f64,
    now_ms: f64,
    /// Bytes of text that were in the ledger when the present reading began.
    inflated_before: u64,
}

/// The sum of the ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// Dropped files.
    pub files: u64,
    /// Lines: the files, and the entries of archives.
    pub lines: u64,
    /// Lines with each outcome: read, partly read, no events, failed.
    pub outcomes: [u64; 4],
    /// Dropped files in which there are no events to see: recognised as something else, or failed.
    pub skipped: u64,
    /// Events shown.
    pub events: u64,
    /// Exact copies of them.
    pub duplicates: u64,
    /// Records that could not be read.
    pub rejected: u64,
    /// Bytes as dropped.
    pub bytes: u64,
    /// First event time.
    pub first_ms: Option<i64>,
    /// Last event time.
    pub last_ms: Option<i64>,
}

impl Totals {
    /// Records in all files, whatever became of them.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.events + self.duplicates + self.rejected
    }

    fn add(&mut self, entry: &LedgerEntry) {
        self.files += u64::from(entry.entry == 0);
        self.skipped += u64::from(is_skipped(entry));
        self.lines += 1;
        self.outcomes[place(entry.outcome)] += 1;
        self.events += entry.events;
        self.duplicates += entry.duplicates;
        self.rejected += entry.rejected;
        self.bytes += dropped(entry);
        self.first_ms = [self.first_ms, entry.first_ms].into_iter().flatten().min();
        self.last_ms = [self.last_ms, entry.last_ms].into_iter().flatten().max();
    }

    fn remove(&mut self, entry: &LedgerEntry) {
        self.files -= u64::from(entry.entry == 0);
        self.skipped -= u64::from(is_skipped(entry));
        self.lines -= 1;
        self.outcomes[place(entry.outcome)] -= 1;
        self.events -= entry.events;
        self.duplicates -= entry.duplicates;
        self.rejected -= entry.rejected;
        self.bytes -= dropped(entry);
    }
}

/// Bytes of the line that were dropped: those of an entry are its archive's.
fn dropped(entry: &LedgerEntry) -> u64 {
    if entry.entry == 0 { entry.size } else { 0 }
}

fn is_skipped(entry: &LedgerEntry) -> bool {
    entry.entry == 0 && matches!(entry.outcome, Outcome::Other | Outcome::Failed)
}

fn place(outcome: Outcome) -> usize {
    match outcome {
        Outcome::Read => 0,
        Outcome::Partial => 1,
        Outcome::Other => 2,
        Outcome::Failed => 3,
    }
}

impl Reading {
    /// Whether nothing has been dropped.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.files == 0
    }

    /// Whether files are being read.
    #[must_use]
    pub fn in_flight(&self) -> bool {
        self.in_flight
    }

    /// The ledger, in intake order as far as it is known.
    #[must_use]
    pub fn ledger(&self) -> &Rc<Vec<LedgerEntry>> {
        &self.ledger
    }

    /// Whether the file or entry of this name is what was delivered, where that is known.
    #[must_use]
    pub fn integrity_of(&self, name: &str) -> Option<FileIntegrity> {
        self.ledger.iter().find(|line| line.name == name).and_then(|line| line.integrity.clone())
    }

    /// Names of accounts by id.
    #[must_use]
    pub fn names(&self) -> &Rc<Vec<(String, String)>> {
        &self.names
    }

    /// Its sum.
    #[must_use]
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Files taken in, finished or not.
    #[must_use]
    pub fn files_taken(&self) -> u64 {
        self.files
    }

    /// Bytes of dropped files: read so far, and taken in.
    #[must_use]
    pub fn bytes(&self) -> (u64, u64) {
        (self.so_far.0.min(self.bytes), self.bytes)
    }

    /// Events so far, those of unfinished files included.
    #[must_use]
    pub fn events_so_far(&self) -> u64 {
        self.so_far.2
    }

    /// Bytes of JSON a second in this reading or the last one; `None` before there is a figure.
    #[must_use]
    pub fn rate(&self) -> Option<f64> {
        let seconds = self.seconds();
        let inflated = self.so_far.1.saturating_sub(self.inflated_before);
        (seconds > 0.0 && inflated > 0).then(|| inflated as f64 / seconds)
    }

    /// Seconds this reading took or has taken.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        (self.now_ms - self.started_ms) / 1_000.0
    }

    pub(super) fn take_in(&mut self, files: u32, bytes: u64, now_ms: f64) {
        if files == 0 {
            return;
        }
        if !self.in_flight {
            self.in_flight = true;
            self.started_ms = now_ms;
            self.now_ms = now_ms;
            self.inflated_before = self.done_inflated;
        }
        self.files += u64::from(files);
        self.bytes += bytes;
    }

    /// Takes a shard's progress. True if there are new events to ask about.
    pub(super) fn progress(&mut self, shard: u16, progress: protocol::Reading, now_ms: f64) -> bool {
        self.now_ms = now_ms;
        self.memory.insert(shard, progress.memory);
        if !progress.names.is_empty() {
            let names = Rc::make_mut(&mut self.names);
            names.extend(progress.names);
            sort_by(names, |one, other| one.0.cmp(&other.0));
            // Of two names of an account the one that came last holds.
            names.dedup_by(|next, kept| {
                let same = next.0 == kept.0;
                if same {
                    std::mem::swap(&mut next.1, &mut kept.1);
                }
                same
            });
        }
        let new = !progress.ledger.is_empty();
        self.open.insert(shard, (progress.bytes, progress.inflated, progress.events));
        self.fresh.extend(progress.ledger);
        if self.ledger.is_empty() {
            self.publish();
        }
        new
    }

    /// Puts the new lines into the ledger, and looks how far reading is: a line counts what no line
    /// told before, so both are taken at one moment.
    fn publish(&mut self) {
        if !self.fresh.is_empty() {
            self.publish_lines();
        }
        self.so_far = (self.done_bytes, self.done_inflated, self.totals.events);
        for (bytes, inflated, events) in self.open.values() {
            self.so_far.0 += bytes;
            self.so_far.1 += inflated;
            self.so_far.2 += events;
        }
    }

    fn publish_lines(&mut self) {
        let entries = std::mem::take(&mut self.fresh);
        let ledger = Rc::make_mut(&mut self.ledger);
        for entry in entries {
            self.totals.add(&entry);
            match self.places.get(&(entry.source, entry.entry)) {
                Some(&at) => {
                    self.totals.remove(&ledger[at]);
                    let integrity = ledger[at].integrity.take();
                    ledger[at] = LedgerEntry { integrity, ..entry };
                }
                None => {
                    self.done_bytes += dropped(&entry);
                    if entry.entry == 0 {
                        self.done_inflated += entry.inflated.unwrap_or(entry.size);
                    }
                    self.places.insert((entry.source, entry.entry), ledger.len());
                    ledger.push(entry);
                }
            }
        }
    }

    pub(super) fn clock(&mut self, now_ms: f64) {
        if self.in_flight {
            self.now_ms = now_ms;
        }
        self.publish();
    }

    pub(super) fn end(&mut self, now_ms: f64) {
        self.open.clear();
        self.clock(now_ms);
        self.in_flight = false;
        // Shards finish in any order; the ledger keeps the order of intake.
        let ledger = Rc::make_mut(&mut self.ledger);
        sort_by(ledger, |one, other| (one.source, one.entry).cmp(&(other.source, other.entry)));
        let place = |(at, entry): (usize, &LedgerEntry)| ((entry.source, entry.entry), at);
        self.places = ledger.iter().enumerate().map(place).collect();
    }

    /// Forgets files. Until the shards have settled copies anew, this is a reading too.
    pub(super) fn remove(&mut self, sources: &[u32], now_ms: f64) {
        self.publish();
        let ledger = Rc::make_mut(&mut self.ledger);
        let gone: Vec<LedgerEntry> = ledger.extract_if(.., |line| sources.contains(&line.source)).collect();
        for line in &gone {
            self.bytes = self.bytes.saturating_sub(dropped(line));
            self.done_bytes = self.done_bytes.saturating_sub(dropped(line));
            self.files = self.files.saturating_sub(u64::from(line.entry == 0));
        }
        self.totals = Totals::default();
        ledger.iter().for_each(|line| self.totals.add(line));
        let place = |(at, entry): (usize, &LedgerEntry)| ((entry.source, entry.entry), at);
        self.places = ledger.iter().enumerate().map(place).collect();
        if !self.in_flight {
            self.in_flight = true;
            (self.started_ms, self.now_ms) = (now_ms, now_ms);
            self.inflated_before = self.done_inflated;
        }
        self.publish();
    }

    /// Lists files that were taken back before they were begun.
    pub(super) fn leave_out(&mut self, unread: &[(u32, String, u64)], why: NotRead) {
        // Their bytes are no longer to be read, and have not been.
        let bytes: u64 = unread.iter().map(|(_, _, size)| size).sum();
        self.bytes = self.bytes.saturating_sub(bytes);
        let outcome = if why == NotRead::MemoryFull { Outcome::Failed } else { Outcome::Other };
        let end = if why == NotRead::LeftOut { "." } else { " before this file was begun." };
        let reason = [why.words(), end].concat();
        let line = |file| LedgerEntry { outcome, ..failed(file, "not read", &reason, why.remedy()) };
        self.fresh.extend(unread.iter().map(line));
        self.publish();
        self.done_bytes = self.done_bytes.saturating_sub(bytes);
        self.publish();
    }

    /// Puts the verdicts of a check into the ledger, in place of those of an earlier one.
    pub(super) fn take_verdicts(&mut self, verdicts: &[FileVerdict]) {
        self.publish();
        for line in Rc::make_mut(&mut self.ledger) {
            let place =
                verdicts.binary_search_by_key(&(line.source, line.entry), |one| (one.source, one.entry));
            line.integrity = place.ok().map(|place| verdicts[place].integrity.clone());
        }
    }

    /// How many dropped files were for this reason not read, or not to the end.
    pub(super) fn stopped_for(&self, why: NotRead) -> u64 {
        let is_it = |line: &&LedgerEntry| {
            line.entry == 0 && line.reason.as_deref().is_some_and(|reason| reason.starts_with(why.words()))
        };
        self.ledger.iter().filter(is_it).count() as u64
    }

    /// Whether reading goes on although what is held nears the limit.
    pub(super) fn is_too_much(&self, limit: u64) -> bool {
        let held: u64 = self.memory.values().sum();
        self.in_flight && limit > 0 && held > limit && self.files > self.totals.files
    }

    pub(super) fn lose(&mut self, shard: u16, files: &[(u32, String, u64)], why: &str) {
        self.open.remove(&shard);
        self.publish();
        let line = |file| failed(file, "not read", why, "Drop it again.");
        self.fresh.extend(files.iter().map(line));
        // What was read of the entries of archives is gone too.
        let mut lost: Vec<u32> = files.iter().map(|(source, ..)| *source).collect();
        sort_by(&mut lost, Ord::cmp);
        let was_lost = |line: &&LedgerEntry| line.entry > 0 && lost.binary_search(&line.source).is_ok();
        let entries = self.ledger.iter().filter(was_lost);
        self.fresh.extend(entries.map(|line| {
            let file = (line.source, line.name.clone(), line.size);
            LedgerEntry { entry: line.entry, ..failed(&file, "not read", why, "Drop it again.") }
        }));
        self.publish();
    }
}

fn failed((source, name, size): &(u32, String, u64), kind: &str, reason: &str, remedy: &str) -> LedgerEntry {
    let (account, region) = origin(name);
    LedgerEntry {
        source: *source,
        entry: 0,
        name: name.clone(),
        outcome: Outcome::Failed,
        kind: kind.to_owned(),
        size: *size,
        inflated: None,
        counted: 0,
        events: 0,
        duplicates: 0,
        rejected: 0,
        first_ms: None,
        last_ms: None,
        account,
        region,
        reason: Some(reason.to_owned()),
        remedy: Some(remedy.to_owned()),
        integrity: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(source: u32, events: u64) -> LedgerEntry {
        let mut entry = failed(&(source, format!("f{source}"), 10), "log file", "", "");
        (entry.outcome, entry.events) = (Outcome::Read, events);
        entry
    }

    fn progress(ledger: Vec<LedgerEntry>) -> protocol::Reading {
        protocol::Reading { ledger, ..protocol::Reading::default() }
    }

    #[test]
    fn a_line_that_changes_is_replaced_and_the_sum_stays_true() {
        let mut reading = Reading::default();
        reading.take_in(2, 20, 0.0);
        assert!(reading.progress(0, progress(vec![entry(1, 5)]), 1.0));
        reading.progress(1, progress(vec![entry(0, 7)]), 2.0);
        let mut changed = entry(1, 3);
        changed.duplicates = 2;
        reading.progress(0, progress(vec![changed]), 3.0);
        reading.clock(3.5);
        let totals = reading.totals();
        assert_eq!((totals.files, totals.events, totals.duplicates, totals.records()), (2, 10, 2, 12));
        reading.end(4.0);
        assert_eq!(reading.ledger().iter().map(|line| line.source).collect::<Vec<_>>(), [0, 1]);
        assert_eq!(reading.bytes(), (20, 20));
    }

    #[test]
    fn what_is_read_never_seems_to_become_less() {
        let mut reading = Reading::default();
        reading.take_in(3, 30, 0.0);
        let open = |bytes, events, ledger| protocol::Reading {
            bytes,
            events,
            inflated: 4 * bytes,
            ..progress(ledger)
        };
        let mut seen = (0, 0);
        for (shard, message, expected) in [
            (0, open(5, 20, vec![]), (5, 20)),
            // Its first file is done, the second one begun.
            (0, open(3, 12, vec![entry(0, 40)]), (13, 52)),
            (1, open(9, 36, vec![]), (22, 88)),
            (0, open(0, 0, vec![entry(1, 41)]), (29, 117)),
            // Entries of an archive are in the ledger before its own bytes are.
            (1, open(9, 0, vec![LedgerEntry { entry: 1, ..entry(2, 38) }]), (29, 119)),
            (1, open(0, 0, vec![entry(2, 0)]), (30, 119)),
        ] {
            reading.progress(shard, message, 1.0);
            let between = (reading.bytes().0, reading.events_so_far());
            assert!(between >= seen, "{between:?} after {seen:?}");
            reading.clock(2.0);
            seen = (reading.bytes().0, reading.events_so_far());
            assert_eq!(seen, expected);
        }
        reading.end(3.0);
        assert_eq!((reading.bytes(), reading.events_so_far()), ((30, 30), reading.totals().events));
    }

    #[test]
    fn a_lost_shard_turns_its_files_into_failed_lines() {
        let mut reading = Reading::default();
        reading.take_in(2, 20, 0.0);
        reading.progress(0, progress(vec![entry(0, 5)]), 1.0);
        reading.lose(0, &[(0, "f0".into(), 10), (1, "f1".into(), 10)], "It ran out of memory.");
        let totals = reading.totals();
        assert_eq!((totals.files, totals.events, totals.outcomes), (2, 0, [0, 0, 0, 2]));
    }

    #[test]
    fn a_file_that_was_not_read_says_whose_it_is_and_why() {
        let name = "AWSLogs/111122223333/CloudTrail/eu-central-1/2023/07/10/x.json.gz";
        for (why, outcome, reason) in [
            (NotRead::Cancelled, Outcome::Other, "Reading was cancelled before this file was begun."),
            (NotRead::LeftOut, Outcome::Other, "Left out by choice."),
            (NotRead::MemoryFull, Outcome::Failed, "Memory was nearly full before this file was begun."),
        ] {
            let mut reading = Reading::default();
            reading.take_in(2, 30, 0.0);
            reading.progress(0, progress(vec![entry(0, 5)]), 1.0);
            reading.leave_out(&[(1, name.to_owned(), 20)], why);
            let line = &reading.ledger()[1];
            assert_eq!((line.outcome, line.reason.as_deref()), (outcome, Some(reason)));
            assert_eq!(line.account.as_deref(), Some("111122223333"));
            assert_eq!(line.region.as_deref(), Some("eu-central-1"));
            assert_eq!((reading.stopped_for(why), reading.bytes()), (1, (10, 10)));
        }
    }

    #[test]
    fn entries_count_as_lines_and_are_lost_with_their_archive() {
        let mut reading = Reading::default();
        reading.take_in(1, 10, 0.0);
        let inner = |number| LedgerEntry { entry: number, ..entry(0, 5) };
        reading.progress(0, progress(vec![inner(2), inner(1), inner(0)]), 1.0);
        reading.end(2.0);
        let totals = reading.totals();
        assert_eq!((totals.files, totals.lines, totals.bytes, reading.bytes()), (1, 3, 10, (10, 10)));
        assert_eq!(reading.ledger().iter().map(|line| line.entry).collect::<Vec<_>>(), [0, 1, 2]);
        reading.lose(0, &[(0, "f0".into(), 10)], "It ran out of memory.");
        let totals = reading.totals();
        assert_eq!((totals.lines, totals.events, totals.outcomes), (3, 0, [0, 0, 0, 3]));
        assert_eq!((totals.files, totals.skipped), (1, 1), "entries are no dropped files");
    }
}
