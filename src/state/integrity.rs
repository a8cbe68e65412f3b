//! When the integrity of what was dropped is checked, how far that is, and what it came to.

use std::rc::Rc;

use super::{AppState, Effect};
use crate::field::Field;
use crate::protocol::{FileVerdict, IntegrityReport, IntegrityVerdict, LedgerEntry};
use crate::sorting::sort_by;

/// The check.
#[derive(Clone, Debug, Default)]
pub struct Integrity {
    /// Counts the checks: what an earlier one still says is not heard.
    run: u32,
    is_checking: bool,
    /// Bytes done and in all, for each shard.
    progress: Vec<(u64, u64)>,
    report: Option<Rc<IntegrityReport>>,
}

impl Integrity {
    /// What the last check came to; that of an earlier one while another is under way.
    #[must_use]
    pub fn report(&self) -> Option<&Rc<IntegrityReport>> {
        self.report.as_ref()
    }

    /// What it came to in a few words without a date or a name, for who gets a copy of the events.
    #[must_use]
    pub fn summary(&self) -> String {
        let Some(report) = &self.report else { return "not checked".to_owned() };
        let mut text = report.verdict.label().to_owned();
        let mut sign = ": ";
        for verdict in IntegrityVerdict::ALL {
            if report.count(verdict) > 0 {
                let count = report.count(verdict).to_string();
                [sign, &count, " ", verdict.label()].into_iter().for_each(|part| text.push_str(part));
                sign = ", ";
            }
        }
        [". ", &report.sentence].into_iter().for_each(|part| text.push_str(part));
        if !report.limit.is_empty() {
            text.push_str(LIMIT);
        }
        text
    }

    /// Whether a check is under way.
    #[must_use]
    pub fn is_checking(&self) -> bool {
        self.is_checking
    }

    /// Bytes of dropped files that are done, and in all.
    #[must_use]
    pub fn bytes(&self) -> (u64, u64) {
        self.progress.iter().fold((0, 0), |sum, shard| (sum.0 + shard.0, sum.1 + shard.1))
    }

    /// Of a page that was cleared: numbers go on.
    pub(super) fn cleared(&self) -> Self {
        Self { run: self.run + 1, ..Self::default() }
    }
}

/// What holds whatever was found, without the dates of [`crate::protocol::IntegrityReport::limit`].
const LIMIT: &str =
    " Not proven: that nothing is cut off at the newest end of a chain, and that the keys are those of AWS.";

/// Whether an entry says of others whether they are what was delivered.
fn speaks_of_others(entry: &LedgerEntry) -> bool {
    matches!(entry.kind.as_str(), "digest file" | "signature file")
        || entry.name.contains("_CloudTrail-Digest_")
}

impl AppState {
    /// Whether there is anything that speaks of integrity.
    #[must_use]
    pub fn can_check_integrity(&self) -> bool {
        self.reading.ledger().iter().any(speaks_of_others)
    }

    /// Begins a check if there is anything that speaks of integrity; forgets the last one otherwise.
    pub(super) fn check_integrity(&mut self) -> Vec<Effect> {
        if !self.can_check_integrity() {
            if self.integrity.report.is_some() {
                self.integrity = self.integrity.cleared();
                return self.tell_verdicts(&[]);
            }
            return Vec::new();
        }
        self.integrity.run += 1;
        self.integrity.is_checking = true;
        self.integrity.progress.clear();
        vec![Effect::CheckIntegrity(self.integrity.run)]
    }

    /// Stops a check and forgets what an earlier one came to, for it was about other files; or begins one.
    pub(super) fn toggle_integrity(&mut self) -> Vec<Effect> {
        if !self.integrity.is_checking {
            return self.check_integrity();
        }
        self.integrity.report = None;
        let mut effects = self.tell_verdicts(&[]);
        effects.extend(self.stop_integrity());
        effects
    }

    /// Tells the ledger and the shards what was found; asks again where that is asked about.
    fn tell_verdicts(&mut self, files: &[FileVerdict]) -> Vec<Effect> {
        self.reading.take_verdicts(files);
        let verdict = |file: &FileVerdict| (file.source, file.entry, file.integrity.verdict);
        let mut verdicts: Vec<_> = files.iter().map(verdict).collect();
        sort_by(&mut verdicts, Ord::cmp);
        let mut effects = vec![Effect::Verdicts(verdicts)];
        if self.query.to_ascii_lowercase().contains(Field::Integrity.name()) {
            effects.extend(self.ask());
        }
        effects
    }

    /// Stops a check: files are read first.
    pub(super) fn stop_integrity(&mut self) -> Vec<Effect> {
        if !std::mem::take(&mut self.integrity.is_checking) {
            return Vec::new();
        }
        self.integrity.run += 1;
        vec![Effect::StopIntegrity]
    }

    pub(super) fn hear_checking(&mut self, run: u32, shard: u16, done: u64, all: u64) -> Vec<Effect> {
        let (shard, progress) = (usize::from(shard), &mut self.integrity.progress);
        if run == self.integrity.run {
            progress.resize(progress.len().max(shard + 1), (0, 0));
            progress[shard] = (done, all);
        }
        Vec::new()
    }

    pub(super) fn hear_integrity(&mut self, report: IntegrityReport) -> Vec<Effect> {
        if report.run != self.integrity.run {
            return Vec::new();
        }
        let effects = self.tell_verdicts(&report.files);
        self.integrity.is_checking = false;
        self.integrity.report = Some(Rc::new(report));
        effects
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::{Calendar, FileIntegrity, Outcome, Reading, Response};
    use crate::state::Action;

    fn line(source: u32, kind: &str) -> LedgerEntry {
        LedgerEntry {
            source,
            entry: 0,
            name: format!("f{source}"),
            outcome: Outcome::Other,
            kind: kind.to_owned(),
            size: 1,
            inflated: None,
            counted: 0,
            events: 0,
            duplicates: 0,
            rejected: 0,
            first_ms: None,
            last_ms: None,
            account: None,
            region: None,
            reason: None,
            remedy: None,
            integrity: None,
        }
    }

    fn read(state: &mut AppState, ledger: Vec<LedgerEntry>) -> Vec<Effect> {
        let files = u32::try_from(ledger.len()).unwrap();
        let mut effects = state.update(Action::TakenIn { files, bytes: 1, now_ms: 0.0 });
        let response = Response::Reading(Reading { ledger, ..Reading::default() });
        state.update(Action::Heard { shard: 0, response, now_ms: 1.0 });
        effects.extend(state.update(Action::ReadingEnded { now_ms: 2.0 }));
        effects.retain(|effect| matches!(effect, Effect::CheckIntegrity(_) | Effect::StopIntegrity));
        effects
    }

    fn report(run: u32, verdict: IntegrityVerdict) -> Response {
        let integrity = FileIntegrity { verdict, evidence: String::new() };
        Response::Integrity(Box::new(IntegrityReport {
            run,
            verdict,
            sentence: String::new(),
            limit: String::new(),
            counts: [0; 10],
            files: vec![FileVerdict { source: 1, entry: 0, integrity, sha256: None, is_digest: false }],
            missing: Vec::new(),
            chains: Vec::new(),
            keys: Vec::new(),
            notes: Vec::new(),
            calendar: Calendar::default(),
            bytes: 0,
        }))
    }

    #[test]
    fn a_check_follows_reading_where_digest_files_are_and_verdicts_stand_in_the_ledger() {
        let mut state = AppState::new(1);
        assert_eq!(read(&mut state, vec![line(0, "log file")]), []);
        assert_eq!(
            read(&mut state, vec![line(1, "log file"), line(2, "digest file")]),
            [Effect::CheckIntegrity(1)]
        );
        assert!(state.integrity.is_checking());
        // More files stop it, and it begins anew behind them.
        let effects = read(&mut state, vec![line(3, "public keys")]);
        assert_eq!(effects, [Effect::StopIntegrity, Effect::CheckIntegrity(3)]);
        let heard = |state: &mut AppState, response| {
            state.update(Action::Heard { shard: 0, response, now_ms: 3.0 });
        };
        heard(&mut state, report(1, IntegrityVerdict::Altered));
        assert!(state.integrity.report().is_none(), "an older check is not heard");
        heard(&mut state, Response::Checking { run: 3, done: 1, all: 4 });
        assert_eq!(state.integrity.bytes(), (1, 4));
        heard(&mut state, report(3, IntegrityVerdict::Authentic));
        assert!(!state.integrity.is_checking());
        let verdicts: Vec<_> = state.reading.ledger().iter().map(|line| line.integrity.is_some()).collect();
        assert_eq!(verdicts, [false, true, false, false]);
        // A line that changes keeps its verdict.
        let ledger = vec![LedgerEntry { duplicates: 1, ..line(1, "log file") }];
        heard(&mut state, Response::Reading(Reading { ledger, ..Reading::default() }));
        state.update(Action::Tick { now_ms: 9.0 });
        assert!(state.reading.ledger()[1].integrity.is_some());
        // Without digest files nothing is said any more.
        state.update(Action::Remove { sources: vec![2], now_ms: 10.0 });
        state.update(Action::ReadingEnded { now_ms: 11.0 });
        assert!(state.integrity.report().is_none() && state.reading.ledger()[1].integrity.is_none());
    }
}
