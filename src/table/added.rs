//! Columns of the paths that a reader adds: filled while records pass by once more, row after row.

use super::{Column, EventTable};
use crate::event::{ADDED, BETWEEN, Field};

/// What is known of one added path.
#[derive(Clone, Default)]
pub(super) struct Added {
    /// The path; empty where the place is free.
    path: String,
    /// The rows before this one have been looked at.
    known: u32,
    /// An event has several values.
    joined: bool,
}

impl EventTable {
    /// Takes the paths of a question, in the order of [`ADDED`]. What is known of a path that stays is kept.
    pub fn add_paths(&mut self, paths: &[String]) {
        for (place, field) in ADDED.into_iter().enumerate() {
            let path = paths.get(place).map(String::as_str).unwrap_or_default();
            if self.added[place].path != path {
                self.columns[field as usize] = Column::new(self.seed, true);
                self.added[place] = Added { path: path.to_owned(), ..Added::default() };
            }
        }
    }

    /// The field that stands for a path, whatever its case.
    #[must_use]
    pub fn added(&self, path: &str) -> Option<Field> {
        let place = self.added.iter().position(|added| added.path.eq_ignore_ascii_case(path))?;
        ADDED.get(place).copied().filter(|_| !path.is_empty())
    }

    /// The first row of which an added path is not known; [`EventTable::len`] where all are.
    #[must_use]
    pub fn known_rows(&self) -> u32 {
        let known = self.added.iter().filter(|added| !added.path.is_empty()).map(|added| added.known);
        known.min().unwrap_or(u32::MAX).min(self.len())
    }

    /// Whether the value of a row at this place of [`ADDED`] has yet to be read.
    #[must_use]
    pub fn wants(&self, place: usize, row: u32) -> bool {
        self.added.get(place).is_some_and(|added| added.known <= row)
    }

    /// Takes the value of a row. Rows come in order; those between have none.
    pub fn push_added(&mut self, place: usize, row: u32, value: Option<&str>) {
        let (Some(added), Some(field)) = (self.added.get_mut(place), ADDED.get(place)) else { return };
        added.joined |= value.is_some_and(|value| value.contains(BETWEEN));
        self.columns[*field as usize].push_text(row, value);
    }

    /// All rows up to this one have been looked at.
    pub fn know_up_to(&mut self, row: u32) {
        for added in &mut self.added {
            added.known = added.known.max(row.saturating_add(1));
        }
    }

    /// Whether a value of the field's column may be several.
    #[must_use]
    pub fn is_joined(&self, field: Field) -> bool {
        match field.added() {
            Some(place) => self.added.get(place).is_some_and(|added| added.joined),
            None => field.is_joined(),
        }
    }

    /// A row's value of any field for a reader: several are joined by a comma.
    #[must_use]
    pub fn cell(&self, field: Field, row: u32) -> Option<String> {
        let mut texts: Vec<&str> = Vec::new();
        if field.is_of_findings() {
            let findings = self.findings(field);
            let set = findings.rows().get(row as usize).copied().unwrap_or_default();
            texts = findings.of_set(set).filter_map(|found| self.found(field, found)).collect();
            texts.dedup();
        } else if let Some(text) = self.column(field).get(row) {
            texts = if self.is_joined(field) { text.split(BETWEEN).collect() } else { vec![text] };
        }
        (!texts.is_empty()).then(|| texts.join(", "))
    }

    /// The rows of files that have been read to their end, where the last ones are of a file that has not.
    #[must_use]
    pub fn rows_before(&self, source: u32) -> u32 {
        let mut rows = self.len();
        while let Some(before) =
            rows.checked_sub(1).filter(|row| self.place(*row).is_some_and(|at| at.source == source))
        {
            rows = before;
        }
        rows
    }
}
