//! The ledger as a list of lines: folders or outcomes, and the entries under them.

use std::cmp::Ordering;

use crate::protocol::{FileIntegrity, IntegrityVerdict, LedgerEntry, Outcome};
use crate::sorting::sort_by;

/// Which entries are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LedgerFilter {
    /// Every entry, by folder.
    #[default]
    All,
    /// Entries that were not read whole, by outcome.
    NeedsALook,
    /// Entries that are recognised but hold no events, by folder.
    NoEvents,
}

impl LedgerFilter {
    /// Whether it lists an entry.
    #[must_use]
    pub fn lists(self, entry: &LedgerEntry) -> bool {
        match self {
            Self::All => true,
            Self::NeedsALook => {
                matches!(entry.outcome, Outcome::Partial | Outcome::Failed)
                    || entry.rejected > 0
                    || entry.integrity.as_ref().is_some_and(|integrity| is_in_doubt(integrity.verdict))
            }
            Self::NoEvents => entry.outcome == Outcome::Other,
        }
    }
}

/// Whether a verdict says that something may be wrong with the file itself.
#[must_use]
pub fn is_in_doubt(verdict: IntegrityVerdict) -> bool {
    matches!(verdict, IntegrityVerdict::Altered | IntegrityVerdict::Unreadable | IntegrityVerdict::Moved)
}

/// In what order the entries are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LedgerOrder {
    /// Under their folders or outcomes, in the order of intake.
    #[default]
    Grouped,
    /// By name.
    Name,
    /// Largest first.
    Size,
    /// Largest after decompression first.
    Inflated,
    /// Most events first.
    Events,
    /// Most copies first.
    Duplicates,
    /// Most rejected records first.
    Rejected,
    /// By the first event's time; without events last.
    First,
    /// The most worrying verdict first; without one last.
    Integrity,
}

impl LedgerOrder {
    fn compare(self, one: &LedgerEntry, other: &LedgerEntry) -> Ordering {
        let most = |of: fn(&LedgerEntry) -> u64| of(other).cmp(&of(one));
        match self {
            Self::Grouped => Ordering::Equal,
            Self::Name => one.name.cmp(&other.name),
            Self::Size => most(|entry| entry.size),
            Self::Inflated => most(|entry| entry.inflated.unwrap_or(entry.size)),
            Self::Events => most(|entry| entry.events),
            Self::Duplicates => most(|entry| entry.duplicates),
            Self::Rejected => most(|entry| entry.rejected),
            Self::Integrity => {
                let verdict = |entry: &LedgerEntry| {
                    let place = |integrity: &FileIntegrity| integrity.verdict as u8;
                    entry.integrity.as_ref().map_or(u8::MAX, place)
                };
                verdict(one).cmp(&verdict(other))
            }
            Self::First => one.first_ms.unwrap_or(i64::MAX).cmp(&other.first_ms.unwrap_or(i64::MAX)),
        }
    }
}

/// Whether an entry holds the sought text: in its name, kind, reason, account or Region.
#[must_use]
pub fn holds(entry: &LedgerEntry, sought: &str) -> bool {
    let texts = [
        Some(&entry.name),
        Some(&entry.kind),
        entry.reason.as_ref(),
        entry.account.as_ref(),
        entry.region.as_ref(),
    ];
    let sought = sought.to_ascii_lowercase();
    sought.is_empty() || texts.into_iter().flatten().any(|text| text.to_ascii_lowercase().contains(&sought))
}

/// Entries under one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerGroup {
    /// The folder with its last `/`, or what the outcome is called. Empty for entries in no folder.
    pub name: String,
    /// What the heading says of all of them; empty for folders.
    pub note: &'static str,
    /// Places in the ledger, in its order.
    pub entries: Vec<usize>,
    /// Events of all of them.
    pub events: u64,
}

/// A line of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerLine {
    /// The heading of a group, by its place in [`LedgerGroups::groups`].
    Group(usize),
    /// An entry, by its place in the ledger.
    Entry(usize),
}

/// The entries that a filter lists, under their headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LedgerGroups {
    /// The groups in the order of the list.
    pub groups: Vec<LedgerGroup>,
}

impl LedgerGroups {
    /// Of the entries that are wanted: folders in the order of their names, or outcomes with the worst last of what was read.
    #[must_use]
    pub fn new(
        ledger: &[LedgerEntry],
        filter: LedgerFilter,
        order: LedgerOrder,
        wanted: &dyn Fn(&LedgerEntry) -> bool,
    ) -> Self {
        let listed = ledger.iter().enumerate().filter(|(_, entry)| filter.lists(entry) && wanted(entry));
        if order != LedgerOrder::Grouped {
            let mut entries: Vec<usize> = listed.map(|(place, _)| place).collect();
            sort_by(&mut entries, |one, other| order.compare(&ledger[*one], &ledger[*other]));
            let events = entries.iter().map(|place| ledger[*place].events).sum();
            return Self { groups: vec![LedgerGroup { name: String::new(), note: "", entries, events }] };
        }
        let mut lines: Vec<_> =
            listed.map(|(place, entry)| (heading(filter, entry), place, entry.events)).collect();
        sort_by(&mut lines, |one, other| one.0.cmp(&other.0));
        let group = |lines: &[((u8, &str, &'static str), usize, u64)]| LedgerGroup {
            name: lines.first().map(|line| line.0.1.to_owned()).unwrap_or_default(),
            note: lines.first().map(|line| line.0.2).unwrap_or_default(),
            entries: lines.iter().map(|line| line.1).collect(),
            events: lines.iter().map(|line| line.2).sum(),
        };
        Self { groups: lines.chunk_by(|one, other| one.0 == other.0).map(group).collect() }
    }

    /// The lines of the list, without the entries of folded groups. A single group without a name
    /// needs no heading.
    #[must_use]
    pub fn lines(&self, folded: &[String]) -> Vec<LedgerLine> {
        let plain = matches!(self.groups.as_slice(), [only] if only.name.is_empty());
        let mut lines = Vec::new();
        for (place, group) in self.groups.iter().enumerate() {
            if !plain {
                lines.push(LedgerLine::Group(place));
            }
            if plain || !folded.contains(&group.name) {
                lines.extend(group.entries.iter().copied().map(LedgerLine::Entry));
            }
        }
        lines
    }
}

/// Rank, name and note of the group that an entry belongs to.
fn heading(filter: LedgerFilter, entry: &LedgerEntry) -> (u8, &str, &'static str) {
    match filter {
        LedgerFilter::NeedsALook => outcome_heading(entry.outcome),
        LedgerFilter::All | LedgerFilter::NoEvents => (0, folder(&entry.name), ""),
    }
}

fn outcome_heading(outcome: Outcome) -> (u8, &'static str, &'static str) {
    match outcome {
        Outcome::Partial => (0, "Partly read", "what could be read is shown"),
        Outcome::Failed => (1, "Failed", "nothing in them could be read"),
        Outcome::Other => (2, "No events in them", "recognised, nothing is wrong"),
        Outcome::Read => (3, "Read", "records were rejected, or it is not what was delivered"),
    }
}

/// The folder of a name as dropped, with its last `/`; empty where it has none.
fn folder(name: &str) -> &str {
    name.rfind('/').and_then(|at| name.get(..=at)).unwrap_or_default()
}

/// The name without its folder.
#[must_use]
pub fn file_name(name: &str) -> &str {
    name.get(folder(name).len()..).unwrap_or(name)
}

/// What all entries come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LedgerSum {
    /// Lines of the ledger.
    pub entries: u64,
    /// Read to their end.
    pub read: u64,
    /// Read in part.
    pub partial: u64,
    /// Recognised, without events.
    pub other: u64,
    /// Not read.
    pub failed: u64,
    /// Entries that [`LedgerFilter::NeedsALook`] lists.
    pub look: u64,
    /// Records in.
    pub records: u64,
    /// Events shown.
    pub events: u64,
    /// Exact copies.
    pub duplicates: u64,
    /// Records that could not be read.
    pub rejected: u64,
}

impl LedgerSum {
    /// Adds up a ledger.
    #[must_use]
    pub fn of(ledger: &[LedgerEntry]) -> Self {
        let mut sum = Self::default();
        for entry in ledger {
            sum.entries += 1;
            *match entry.outcome {
                Outcome::Read => &mut sum.read,
                Outcome::Partial => &mut sum.partial,
                Outcome::Other => &mut sum.other,
                Outcome::Failed => &mut sum.failed,
            } += 1;
            sum.look += u64::from(LedgerFilter::NeedsALook.lists(entry));
            sum.records += entry.records();
            sum.events += entry.events;
            sum.duplicates += entry.duplicates;
            sum.rejected += entry.rejected;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(name: &str, outcome: Outcome, events: u64, rejected: u64) -> LedgerEntry {
        LedgerEntry {
            source: 0,
            entry: 0,
            name: name.into(),
            outcome,
            kind: "log file".into(),
            size: 1,
            inflated: None,
            counted: events + 2 + rejected,
            events,
            duplicates: 2,
            rejected,
            first_ms: None,
            last_ms: None,
            account: None,
            region: None,
            reason: None,
            remedy: None,
            integrity: None,
        }
    }

    fn ledger() -> Vec<LedgerEntry> {
        vec![
            entry("b/2/x.gz", Outcome::Read, 10, 0),
            entry("a/y.gz", Outcome::Partial, 5, 1),
            entry("b/2/z.gz", Outcome::Failed, 0, 0),
            entry("top.json", Outcome::Other, 0, 0),
            entry("a/w.gz", Outcome::Read, 7, 3),
        ]
    }

    fn check(filter: LedgerFilter, folded: &[&str], expected: &[&str]) {
        let ledger = ledger();
        let groups = LedgerGroups::new(&ledger, filter, LedgerOrder::Grouped, &|_| true);
        let folded: Vec<String> = folded.iter().map(|name| (*name).to_owned()).collect();
        let seen: Vec<String> = groups
            .lines(&folded)
            .into_iter()
            .map(|line| match line {
                LedgerLine::Group(at) => format!("[{}] {}", groups.groups[at].name, groups.groups[at].events),
                LedgerLine::Entry(at) => file_name(&ledger[at].name).to_owned(),
            })
            .collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn entries_stand_under_their_folder_or_outcome() {
        check(
            LedgerFilter::All,
            &[],
            &["[] 0", "top.json", "[a/] 12", "y.gz", "w.gz", "[b/2/] 10", "x.gz", "z.gz"],
        );
        check(LedgerFilter::All, &["a/", "b/2/"], &["[] 0", "top.json", "[a/] 12", "[b/2/] 10"]);
        check(
            LedgerFilter::NeedsALook,
            &["Failed"],
            &["[Partly read] 5", "y.gz", "[Failed] 0", "[Read] 7", "w.gz"],
        );
        check(LedgerFilter::NoEvents, &[], &["top.json"]);
    }

    #[test]
    fn a_chosen_order_is_one_list_and_a_sought_text_narrows_it() {
        let ledger = ledger();
        let names = |order, sought: &str| {
            let groups = LedgerGroups::new(&ledger, LedgerFilter::All, order, &|entry| holds(entry, sought));
            groups.groups[0].entries.iter().map(|at| file_name(&ledger[*at].name)).collect::<Vec<_>>()
        };
        assert_eq!(names(LedgerOrder::Events, ""), ["x.gz", "w.gz", "y.gz", "z.gz", "top.json"]);
        assert_eq!(names(LedgerOrder::Name, ""), ["w.gz", "y.gz", "x.gz", "z.gz", "top.json"]);
        assert_eq!(names(LedgerOrder::Rejected, "A/"), ["w.gz", "y.gz"]);
        assert!(names(LedgerOrder::Size, "nowhere").is_empty());
    }

    #[test]
    fn the_sum_adds_up() {
        let sum = LedgerSum::of(&ledger());
        assert_eq!(sum.records, sum.events + sum.duplicates + sum.rejected);
        assert_eq!(sum.entries, sum.read + sum.partial + sum.other + sum.failed);
        assert_eq!((sum.records, sum.events, sum.duplicates, sum.rejected), (36, 22, 10, 4));
        assert_eq!((sum.look, sum.other), (3, 1));
    }

    #[test]
    fn names_and_folders() {
        for (name, file) in [("a/b/c.gz", "c.gz"), ("c.gz", "c.gz"), ("a/", ""), ("", "")] {
            assert_eq!(file_name(name), file);
        }
    }
}
