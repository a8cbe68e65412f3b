//! What was found in the records: sets of findings, each stored once.

use std::borrow::Cow;
use std::collections::HashMap;

use super::Dictionary;

/// A finding before it is interned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The path with `[]` for indices.
    pub path: Cow<'static, str>,
    /// Of a redaction the marker, of an exposure its kind.
    pub label: Cow<'static, str>,
    /// See [`crate::protocol::FindingGroup::class`].
    pub class: u8,
    /// See [`crate::protocol::FindingGroup::basis`].
    pub basis: u8,
}

/// A finding: what the values of one kind at one path have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// Its path, in [`Findings::paths`].
    pub path: u32,
    /// Its label, in [`Findings::labels`].
    pub label: u32,
    /// See [`Found::class`].
    pub class: u8,
    /// See [`Found::basis`].
    pub basis: u8,
}

/// The findings of the events: each event has one set of them, and equal sets are one.
pub struct Findings {
    paths: Dictionary,
    labels: Dictionary,
    known: Vec<Finding>,
    /// Sets of places in `known`, ascending, each as often as the event has it; the first is empty.
    sets: Vec<Vec<u32>>,
    /// Path, label, class and basis of what is in `known`.
    ids: HashMap<Vec<u32>, u32>,
    set_ids: HashMap<Vec<u32>, u32>,
    /// The set of each row.
    rows: Vec<u32>,
}

impl Findings {
    /// None; `seed` keys its hashes.
    pub(super) fn new(seed: u64) -> Self {
        Self {
            paths: Dictionary::new(seed),
            labels: Dictionary::new(seed),
            known: Vec::new(),
            sets: vec![Vec::new()],
            ids: HashMap::new(),
            set_ids: HashMap::new(),
            rows: Vec::new(),
        }
    }

    /// The set of the findings of a row: 0 is the empty one.
    pub(super) fn set(&mut self, found: &[Found]) -> u32 {
        if found.is_empty() {
            return 0;
        }
        let mut set: Vec<u32> = Vec::with_capacity(found.len());
        for one in found {
            let path = self.paths.intern(one.path.as_bytes());
            let label = self.labels.intern(one.label.as_bytes());
            let finding = Finding { path, label, class: one.class, basis: one.basis };
            let key = vec![path, label, u32::from(one.class), u32::from(one.basis)];
            let (id, new) = numbered(&mut self.ids, key, self.known.len());
            if new {
                self.known.push(finding);
            }
            set.push(id);
        }
        set.sort_unstable();
        let (id, new) = numbered(&mut self.set_ids, set.clone(), self.sets.len());
        if new {
            self.sets.push(set);
        }
        id
    }

    /// Adds the set of the next row.
    pub(super) fn push(&mut self, set: u32) {
        self.rows.push(set);
    }

    /// The set of each row.
    #[must_use]
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// How many different sets there are.
    #[must_use]
    pub fn sets(&self) -> u32 {
        u32::try_from(self.sets.len()).unwrap_or(u32::MAX)
    }

    /// The findings of a set, each as often as an event has it.
    pub fn of_set(&self, set: u32) -> impl Iterator<Item = Finding> {
        let ids = self.sets.get(set as usize).map_or(&[] as &[u32], Vec::as_slice);
        ids.iter().filter_map(|id| self.known.get(*id as usize).copied())
    }

    /// How many findings of a row satisfy a test.
    pub fn count(&self, row: u32, test: fn(u8) -> bool) -> u32 {
        let set = self.rows.get(row as usize).copied().unwrap_or_default();
        let count = if set == 0 { 0 } else { self.of_set(set).filter(|one| test(one.class)).count() };
        u32::try_from(count).unwrap_or(u32::MAX)
    }

    /// The paths that [`Finding::path`] means.
    #[must_use]
    pub fn paths(&self) -> &Dictionary {
        &self.paths
    }

    /// The labels that [`Finding::label`] means.
    #[must_use]
    pub fn labels(&self) -> &Dictionary {
        &self.labels
    }
}

/// The number of a key, and whether it is new.
fn numbered(numbers: &mut HashMap<Vec<u32>, u32>, key: Vec<u32>, next: usize) -> (u32, bool) {
    let next = u32::try_from(next).unwrap_or(u32::MAX);
    let number = *numbers.entry(key).or_insert(next);
    (number, number == next)
}
