//! What the entries of the ledger have in common, counted for the rail of the Files view.

use std::borrow::Cow;

use super::scope::day;
use crate::protocol::LedgerEntry;
use crate::sorting::sort_by;

/// What entries are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileFacet {
    /// How it ended.
    Outcome,
    /// Whether it is what was delivered.
    Integrity,
    /// What it is.
    Kind,
    /// The account in its S3 key.
    Account,
    /// The Region in its S3 key.
    Region,
    /// The day of delivery in its name.
    Day,
    /// The folder it stands in.
    Folder,
    /// What went wrong, numbers left out.
    Reason,
}

impl FileFacet {
    /// All of them, in the order of the rail.
    pub const ALL: [Self; 8] = [
        Self::Outcome,
        Self::Integrity,
        Self::Kind,
        Self::Account,
        Self::Region,
        Self::Day,
        Self::Folder,
        Self::Reason,
    ];

    /// Its `data-field`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Outcome => "file.outcome",
            Self::Integrity => "file.integrity",
            Self::Kind => "file.kind",
            Self::Account => "file.account",
            Self::Region => "file.region",
            Self::Day => "file.day",
            Self::Folder => "file.folder",
            Self::Reason => "file.reason",
        }
    }

    /// Its heading, and what entries without a value are listed as.
    #[must_use]
    pub fn labels(self) -> (&'static str, &'static str) {
        match self {
            Self::Outcome => ("Outcome", "no outcome"),
            Self::Integrity => ("Integrity", "neither log nor digest"),
            Self::Kind => ("Kind", "no kind"),
            Self::Account => ("Account", "no account in the name"),
            Self::Region => ("Region", "no Region in the name"),
            Self::Day => ("Day", "no day in the name"),
            Self::Folder => ("Folder", "no folder"),
            Self::Reason => ("Reason", "nothing wrong"),
        }
    }

    /// What an entry has of it; empty for nothing.
    fn of(self, entry: &LedgerEntry) -> Cow<'_, str> {
        match self {
            Self::Outcome => entry.outcome.label().into(),
            Self::Integrity => entry.integrity.as_ref().map_or("", |one| one.verdict.label()).into(),
            Self::Kind => entry.kind.as_str().into(),
            Self::Account => entry.account.as_deref().unwrap_or_default().into(),
            Self::Region => entry.region.as_deref().unwrap_or_default().into(),
            Self::Day => day(&entry.name).unwrap_or_default().into(),
            Self::Folder => entry.name.rsplit_once('/').map_or("", |(folder, _)| folder).into(),
            Self::Reason => entry.reason.as_deref().map(without_numbers).unwrap_or_default().into(),
        }
    }
}

/// The first sentence of a reason with `…` for its numbers, so that the same trouble of many files is
/// one value.
fn without_numbers(reason: &str) -> String {
    let mut out = String::new();
    let first = reason.split_once(". ").map_or(reason, |(first, _)| first).trim_end_matches('.');
    let mut signs = first.chars().peekable();
    let mut in_number = false;
    while let Some(sign) = signs.next() {
        let is_digit = sign.is_ascii_digit();
        let groups = in_number && sign == ',' && signs.peek().is_some_and(char::is_ascii_digit);
        if is_digit && !in_number {
            out.push('…');
        } else if !is_digit && !groups {
            out.push(sign);
        }
        in_number = is_digit || groups;
    }
    out
}

/// A value pressed in the rail: only entries with it, or only those without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChoice {
    /// Of what.
    pub facet: FileFacet,
    /// The value; empty for entries without one.
    pub value: String,
    /// Only with it, or only without it.
    pub include: bool,
}

/// What is chosen of the ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileChoices(Vec<FileChoice>);

impl FileChoices {
    /// Chooses; the same choice again takes it back.
    pub fn toggle(&mut self, choice: FileChoice) {
        let known = self.0.iter().position(|one| one.facet == choice.facet && one.value == choice.value);
        let again = known.map(|place| self.0.swap_remove(place)).is_some_and(|old| old == choice);
        if !again {
            self.0.push(choice);
        }
    }

    /// `Some(true)` for a value that must be there, `Some(false)` for one that must not.
    #[must_use]
    pub fn of(&self, facet: FileFacet, value: &str) -> Option<bool> {
        let chosen = self.0.iter().find(|choice| choice.facet == facet && choice.value == value);
        chosen.map(|choice| choice.include)
    }

    /// Whether every entry is listed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an entry is listed. Several values of one facet are alternatives.
    #[must_use]
    pub fn admits(&self, entry: &LedgerEntry) -> bool {
        self.admits_without(entry, None)
    }

    fn admits_without(&self, entry: &LedgerEntry, without: Option<FileFacet>) -> bool {
        FileFacet::ALL.into_iter().filter(|facet| Some(*facet) != without).all(|facet| {
            let mut mine = self.0.iter().filter(|choice| choice.facet == facet).peekable();
            if mine.peek().is_none() {
                return true;
            }
            let value = facet.of(entry);
            let (mut wanted, mut met) = (false, false);
            for choice in mine {
                let same = choice.value == value;
                if same && !choice.include {
                    return false;
                }
                wanted |= choice.include;
                met |= same && choice.include;
            }
            met || !wanted
        })
    }
}

/// The values of one facet with how many entries have them, most first, equal counts by value; counted
/// without the choices of the facet itself.
#[must_use]
pub fn file_facet(ledger: &[LedgerEntry], facet: FileFacet, choices: &FileChoices) -> Vec<(String, u64)> {
    let listed = ledger.iter().filter(|entry| choices.admits_without(entry, Some(facet)));
    let mut values: Vec<Cow<'_, str>> = listed.map(|entry| facet.of(entry)).collect();
    sort_by(&mut values, |one, other| one.cmp(other));
    let mut counts: Vec<(String, u64)> = values
        .chunk_by(|one, other| one == other)
        .filter_map(|same| Some((same.first()?.to_string(), same.len() as u64)))
        .collect();
    sort_by(&mut counts, |one, other| other.1.cmp(&one.1));
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::Outcome;

    fn entry(name: &str, outcome: Outcome, reason: Option<&str>) -> LedgerEntry {
        LedgerEntry {
            source: 0,
            entry: 0,
            name: name.to_owned(),
            outcome,
            kind: "log file".to_owned(),
            size: 1,
            inflated: None,
            counted: 1,
            events: 1,
            duplicates: 0,
            rejected: 0,
            first_ms: None,
            last_ms: None,
            account: Some("111122223333".to_owned()),
            region: None,
            reason: reason.map(str::to_owned),
            remedy: None,
            integrity: None,
        }
    }

    fn ledger() -> Vec<LedgerEntry> {
        let key = |day: u8| {
            format!("a/111122223333_CloudTrail_us-east-1_202307{day:02}T1145Z_7xgocspSowgK0Gto.json.gz")
        };
        vec![
            entry(&key(9), Outcome::Read, None),
            entry(&key(10), Outcome::Partial, Some("The gzip stream ends early, at byte 41,872. More.")),
            entry("b/x.gz", Outcome::Partial, Some("The gzip stream ends early, at byte 7. Else.")),
            entry("y.json", Outcome::Failed, Some("The file is empty.")),
        ]
    }

    fn choice(facet: FileFacet, value: &str, include: bool) -> FileChoice {
        FileChoice { facet, value: value.to_owned(), include }
    }

    #[test]
    fn values_are_counted_most_first() {
        let ledger = ledger();
        let counts = |facet| file_facet(&ledger, facet, &FileChoices::default());
        let check = |facet, expected: &[(&str, u64)]| {
            let expected: Vec<_> =
                expected.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect();
            assert_eq!(counts(facet), expected, "{facet:?}");
        };
        check(FileFacet::Outcome, &[("partly read", 2), ("failed", 1), ("read", 1)]);
        check(FileFacet::Account, &[("111122223333", 4)]);
        check(FileFacet::Region, &[("", 4)]);
        check(FileFacet::Day, &[("", 2), ("2023-07-09", 1), ("2023-07-10", 1)]);
        check(FileFacet::Folder, &[("a", 2), ("", 1), ("b", 1)]);
        check(
            FileFacet::Reason,
            &[("The gzip stream ends early, at byte …", 2), ("", 1), ("The file is empty", 1)],
        );
    }

    #[test]
    fn choices_narrow_and_leave_their_own_facet_whole() {
        let ledger = ledger();
        let mut choices = FileChoices::default();
        let listed = |choices: &FileChoices| ledger.iter().filter(|entry| choices.admits(entry)).count();
        choices.toggle(choice(FileFacet::Outcome, "partly read", true));
        assert_eq!(listed(&choices), 2);
        assert_eq!(file_facet(&ledger, FileFacet::Outcome, &choices).len(), 3);
        assert_eq!(
            file_facet(&ledger, FileFacet::Folder, &choices),
            [("a".to_owned(), 1), ("b".to_owned(), 1)]
        );
        choices.toggle(choice(FileFacet::Outcome, "failed", true));
        assert_eq!(listed(&choices), 3);
        choices.toggle(choice(FileFacet::Folder, "", false));
        assert_eq!(listed(&choices), 2);
        // The other sign takes the place of the first; the same again takes it back.
        choices.toggle(choice(FileFacet::Outcome, "failed", false));
        assert_eq!(choices.of(FileFacet::Outcome, "failed"), Some(false));
        choices.toggle(choice(FileFacet::Outcome, "failed", false));
        choices.toggle(choice(FileFacet::Outcome, "partly read", true));
        choices.toggle(choice(FileFacet::Folder, "", false));
        assert!(choices.is_empty() && listed(&choices) == 4);
    }

    #[test]
    fn numbers_leave_reasons_and_commas_stay() {
        for (reason, expected) in [
            ("In record 1,234, at byte 5,6 it ends.", "In record …, at byte … it ends"),
            ("No number.", "No number"),
            ("3 of its entries failed. More.", "… of its entries failed"),
        ] {
            assert_eq!(without_numbers(reason), expected);
        }
    }
}
