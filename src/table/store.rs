//! The table itself: one row for each event, in the order it was read.

use std::collections::HashMap;

use super::added::Added;
use super::{Column, EventIds, Finding, Findings, Found, TimeOrder};
use crate::event::{ADDED, FIELDS, Field};
use crate::protocol::{Claim, ExposureKind, Hidden, Order, RowRef, SortKey};

/// What stands out about an event, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    /// It has an error.
    pub const ERROR: Self = Self(1);
    /// `readOnly` is false.
    pub const WRITE: Self = Self(1 << 1);
    /// The root user made it.
    pub const ROOT: Self = Self(1 << 3);
    /// A console sign-in without MFA.
    pub const NO_MFA: Self = Self(1 << 4);
    /// Not shown: a copy of an event that is shown elsewhere, or of a file that was removed.
    pub const COPY: Self = Self(1 << 5);
    /// AWS hid a value in it.
    pub const HID: Self = Self(1 << 6);
    /// A value leaked in it that is not merely personal.
    pub const LEAKED: Self = Self(1 << 7);

    /// Whether all bits of `other` are set.
    #[must_use]
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// With the bits of `other` set or cleared.
    #[must_use]
    pub fn with(self, other: Self, on: bool) -> Self {
        if on { Self(self.0 | other.0) } else { Self(self.0 & !other.0) }
    }
}

/// Where the text of an event is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowPlace {
    /// The dropped file, in intake order.
    pub source: u32,
    /// The record in that file, counted from 0.
    pub record: u32,
    /// Where its text starts in the inflated file, in bytes.
    pub offset: u64,
    /// Length of its text, in bytes.
    pub len: u32,
}

/// What a row is made of.
pub struct NewEvent<'a> {
    /// The id of each field's value, at `field as usize`, see [`EventTable::intern`]; those of findings
    /// are filled from `redactions` and `exposures`.
    pub ids: [u32; FIELDS.len()],
    /// Milliseconds since 1970 UTC.
    pub time_ms: Option<i64>,
    /// `eventTime` as logged, where [`crate::event::time::format_time`] would not give it back.
    pub odd_time: Option<&'a str>,
    /// `eventID` as logged.
    pub event_id: Option<&'a [u8]>,
    /// What stands out.
    pub marks: Marks,
    /// Where its text is.
    pub place: RowPlace,
    /// Hash of its text, keyed for this session.
    pub hash: u128,
    /// What is hidden in it: see [`EventTable::redaction_set`].
    pub redactions: u32,
    /// What leaked in it: see [`EventTable::exposure_set`].
    pub exposures: u32,
    /// How many keys and strings it has: all of them have been looked at.
    pub looked_at: u32,
}

/// Which fields have no column of their own, because they show findings.
const OF_FINDINGS: [bool; FIELDS.len()] = {
    let mut table = [false; FIELDS.len()];
    let mut place = 0;
    while place < FIELDS.len() {
        table[FIELDS[place].field as usize] = FIELDS[place].field.is_of_findings();
        place += 1;
    }
    table
};

/// The events of one shard.
pub struct EventTable {
    /// A column for each field, at `field as usize`; behind them those of [`ADDED`].
    pub(super) columns: Vec<Column>,
    /// What is known of those.
    pub(super) added: Vec<Added>,
    pub(super) seed: u64,
    times: Vec<i64>,
    odd_times: HashMap<u32, Box<str>>,
    event_ids: EventIds,
    marks: Vec<Marks>,
    places: Vec<RowPlace>,
    /// Hash of each row's text.
    hashes: Vec<u128>,
    /// Hidden copies of a shown row.
    copies: HashMap<u32, u32>,
    order: TimeOrder,
    redactions: Findings,
    exposures: Findings,
    looked_at: Vec<u16>,
}

/// Whether a finding with this number of a [`Hidden`] counts as a redaction.
fn is_redaction(class: u8) -> bool {
    Hidden::ALL.get(usize::from(class)).is_some_and(|class| class.is_redaction())
}

/// Whether a finding with this number of an [`ExposureKind`] is not merely personal.
pub fn is_leak(class: u8) -> bool {
    ExposureKind::ALL.get(usize::from(class)).is_some_and(|kind| !kind.is_personal())
}

impl EventTable {
    /// An empty table; `seed` keys its hashes.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut columns: Vec<Column> = FIELDS.iter().map(|_| Column::new(seed, false)).collect();
        for line in FIELDS.iter().filter(|line| line.field.is_rare()) {
            columns[line.field as usize] = Column::new(seed, true);
        }
        columns.extend(ADDED.iter().map(|_| Column::new(seed, true)));
        Self {
            columns,
            added: vec![Added::default(); ADDED.len()],
            seed,
            times: Vec::new(),
            odd_times: HashMap::new(),
            event_ids: EventIds::default(),
            marks: Vec::new(),
            places: Vec::new(),
            hashes: Vec::new(),
            copies: HashMap::new(),
            order: TimeOrder::default(),
            redactions: Findings::new(seed),
            exposures: Findings::new(seed),
            looked_at: Vec::new(),
        }
    }

    /// The id of a field's value for [`NewEvent::ids`]; bytes that are no UTF-8 count as U+FFFD.
    pub fn intern(&mut self, field: Field, value: &[u8]) -> u32 {
        self.columns[field as usize].intern(value)
    }

    /// The number of what is hidden in an event, for [`NewEvent::redactions`].
    pub fn redaction_set(&mut self, found: &[Found]) -> u32 {
        self.redactions.set(found)
    }

    /// The number of what leaked in an event, for [`NewEvent::exposures`].
    pub fn exposure_set(&mut self, found: &[Found]) -> u32 {
        self.exposures.set(found)
    }

    /// Adds an event and gives its row.
    pub fn push(&mut self, event: &NewEvent<'_>) -> u32 {
        let row = self.len();
        for ((column, id), found) in self.columns.iter_mut().zip(event.ids).zip(OF_FINDINGS) {
            if !found {
                column.push(row, id);
            }
        }
        self.redactions.push(event.redactions);
        self.exposures.push(event.exposures);
        self.looked_at.push(u16::try_from(event.looked_at).unwrap_or(u16::MAX));
        self.times.push(event.time_ms.unwrap_or(SortKey::UNDATED));
        if let Some(text) = event.odd_time {
            self.odd_times.insert(row, text.into());
        }
        self.event_ids.push(event.event_id);
        let hid = self.redactions.of_set(event.redactions).any(|found| is_redaction(found.class));
        let leaked = self.exposures.of_set(event.exposures).any(|found| is_leak(found.class));
        self.marks.push(event.marks.with(Marks::HID, hid).with(Marks::LEAKED, leaked));
        self.places.push(event.place);
        self.hashes.push(event.hash);
        row
    }

    /// Says anew of every row whether its file is what was delivered, by its place.
    pub fn set_integrity(&mut self, verdict: &mut dyn FnMut(&RowPlace) -> Option<&'static str>) {
        let column = &mut self.columns[Field::Integrity as usize];
        column.clear();
        for (row, place) in (0..).zip(&self.places) {
            column.push_text(row, verdict(place));
        }
    }

    /// How many rows there are, copies included.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.times.len()).unwrap_or(u32::MAX)
    }

    /// Whether there are no rows.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.times.is_empty()
    }

    /// The column of a field.
    #[must_use]
    pub fn column(&self, field: Field) -> &Column {
        &self.columns[field as usize]
    }

    /// The text of the outcome column: the error code, or the message where there is none.
    #[must_use]
    pub fn error(&self, row: u32) -> Option<&str> {
        self.column(Field::Failure).get(row)
    }

    /// Times in milliseconds since 1970 UTC; [`SortKey::UNDATED`] where unreadable.
    #[must_use]
    pub fn times(&self) -> &[i64] {
        &self.times
    }

    /// `eventTime` as logged.
    #[must_use]
    pub fn time_text(&self, row: u32) -> String {
        match (self.odd_times.get(&row), self.times.get(row as usize)) {
            (Some(text), _) => text.to_string(),
            (None, Some(&ms)) if ms != SortKey::UNDATED => crate::event::time::format_time(ms),
            _ => String::new(),
        }
    }

    /// `eventID` as logged.
    #[must_use]
    pub fn event_id(&self, row: u32) -> String {
        self.event_ids.get(row)
    }

    /// What stands out about a row.
    #[must_use]
    pub fn marks(&self, row: u32) -> Marks {
        self.marks.get(row as usize).copied().unwrap_or_default()
    }

    /// Hides a row: it is a copy of an event shown elsewhere. False if it was hidden before.
    pub fn hide(&mut self, row: u32) -> bool {
        match self.marks.get_mut(row as usize) {
            Some(marks) if !marks.has(Marks::COPY) => {
                *marks = marks.with(Marks::COPY, true);
                true
            }
            _ => false,
        }
    }

    /// Shows every row but those of some files, and forgets what was known of copies.
    pub fn show_all_but(&mut self, hidden: impl Fn(u32) -> bool) {
        for (marks, place) in self.marks.iter_mut().zip(&self.places) {
            *marks = marks.with(Marks::COPY, hidden(place.source));
        }
        self.copies.clear();
    }

    /// The claims of all rows to be the shown copy of their event.
    #[must_use]
    pub fn claims(&self, shard: u16) -> Vec<Claim> {
        let rows = (0..self.len()).zip(self.hashes.iter().zip(&self.places));
        let claim = |(row, (&hash, place)): (u32, (&u128, &RowPlace))| Claim {
            hash,
            row: RowRef { shard, row },
            source: place.source,
            record: place.record,
        };
        rows.map(claim).collect()
    }

    /// Sets how many hidden copies a shown row has.
    pub fn set_copies(&mut self, row: u32, copies: u32) {
        self.copies.insert(row, copies);
    }

    /// Hidden copies of a row.
    #[must_use]
    pub fn copies(&self, row: u32) -> u32 {
        self.copies.get(&row).copied().unwrap_or_default()
    }

    /// Where the text of a row is.
    #[must_use]
    pub fn place(&self, row: u32) -> Option<RowPlace> {
        self.places.get(row as usize).copied()
    }

    /// Where a row stands in an order.
    #[must_use]
    pub fn key(&self, row: u32, order: Order) -> SortKey {
        let by = order.by.map(|field| SortKey::value(self.column(field).get(row), order.descending));
        let place = self.places.get(row as usize);
        let key = SortKey {
            by: by.unwrap_or_default(),
            time: self.times.get(row as usize).copied().unwrap_or(SortKey::UNDATED),
            source: place.map_or(0, |place| place.source),
            record: place.map_or(0, |place| place.record),
        };
        if order.newest_first() { super::order::reversed(key) } else { key }
    }

    /// Puts rows, which stand in the order of time, in the order of a column's values; rows with the same
    /// value keep theirs. It is the order of their [`EventTable::key`]s.
    #[must_use]
    pub fn sorted_by(&self, rows: &[u32], field: Field, descending: bool) -> Vec<u32> {
        let column = self.column(field);
        let ranks = column.dictionary.ranks(descending);
        let rank = |row: u32| ranks.get(column.id(row) as usize).copied().unwrap_or_default() as usize;
        // As many places as there are values: counting them is quicker than comparing rows.
        let mut starts = vec![0u32; ranks.len() + 1];
        for &row in rows {
            starts[rank(row) + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut sorted = vec![0; rows.len()];
        for &row in rows {
            let next = &mut starts[rank(row)];
            sorted[*next as usize] = row;
            *next += 1;
        }
        sorted
    }

    /// All rows in the order of time.
    pub fn ordered(&mut self, newest_first: bool) -> &[u32] {
        let rows = self.len();
        let (times, places) = (&self.times, &self.places);
        self.order.rows(newest_first, rows, |row| SortKey {
            by: Box::default(),
            time: times[row as usize],
            source: places[row as usize].source,
            record: places[row as usize].record,
        })
    }

    /// The findings that a field shows: what is hidden, else what leaked.
    #[must_use]
    pub fn findings(&self, field: Field) -> &Findings {
        if matches!(field, Field::Exposure | Field::ExposurePath) {
            &self.exposures
        } else {
            &self.redactions
        }
    }

    /// What a field shows of a finding; `None` where it is not about such.
    #[must_use]
    pub fn found(&self, field: Field, finding: Finding) -> Option<&str> {
        let findings = self.findings(field);
        match field {
            Field::Redaction if !is_redaction(finding.class) => None,
            Field::RedactionPath | Field::ExposurePath => findings.paths().get(finding.path),
            Field::RedactionClass => Hidden::ALL.get(usize::from(finding.class)).map(|class| class.name()),
            _ => findings.labels().get(finding.label),
        }
    }

    /// How many redactions a row has.
    #[must_use]
    pub fn redactions(&self, row: u32) -> u32 {
        self.redactions.count(row, is_redaction)
    }

    /// How many exposures a row has.
    #[must_use]
    pub fn exposures(&self, row: u32) -> u32 {
        self.exposures.count(row, |_| true)
    }

    /// How many exposures a row has that are not merely personal.
    #[must_use]
    pub fn leaks(&self, row: u32) -> u32 {
        self.exposures.count(row, is_leak)
    }

    /// How many keys and strings a row has; at most 65,535.
    #[must_use]
    pub fn looked_at(&self, row: u32) -> u16 {
        self.looked_at.get(row as usize).copied().unwrap_or_default()
    }
}
