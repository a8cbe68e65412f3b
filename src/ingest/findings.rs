//! What was found in a text, counted while it is read.

use super::kind::Kind;

/// Something that was met more than once, and where first.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Met {
    /// How often.
    pub count: u64,
    /// The first one's number among the records, from 0.
    pub number: u32,
    /// Where the first one starts in the text, in bytes.
    pub at: u64,
}

/// What was found in a text.
#[derive(Default)]
pub(super) struct Findings {
    next: u32,
    /// Records that were handed on.
    pub delivered: u64,
    /// How many of them stood in a list.
    pub listed: u64,
    /// Objects with `Records`.
    pub wrappers: u64,
    /// Bare lists.
    pub lists: u64,
    /// Records that are no JSON.
    pub malformed: Met,
    /// Objects whose text inside, which should be JSON, is none.
    pub broken_inside: Met,
    /// Records that were read although their end is missing, and how many characters that took.
    pub mended: Met,
    /// See [`Findings::mended`].
    pub characters: u64,
    /// Records too long to read.
    pub too_long: Met,
    /// Elements of a list that are no objects.
    pub no_object: Met,
    /// Places in lists where a comma is missing or too many.
    pub commas: Met,
    /// Whether it is missing at the first of them.
    pub comma_missing: bool,
    /// Objects that are no records, and what the first of them is.
    pub foreign: Met,
    /// See [`Findings::foreign`].
    pub foreign_kind: Option<&'static Kind>,
    /// Where text stands that is neither a record nor part of one, the first time.
    pub stray: Option<u64>,
    /// The number of the record that the end of the text cuts.
    pub cut: Option<u32>,
    /// The number of the record whose last value the end of a CSV cuts.
    pub cut_value: Option<u32>,
    /// Whether the text ends inside a list, a wrapper or a value.
    pub open_at_end: bool,
    /// What carried the first record that did not stand in the text as itself.
    pub carrier: Option<&'static Kind>,
    /// Whether the records are rows of a CSV.
    pub rows: bool,
    /// Rows of a CSV whose columns are not those of its header.
    pub misshapen: Met,
    /// What the text is, if it does not start as JSON.
    pub kind: Option<&'static Kind>,
}

impl Findings {
    /// The number of the record that comes next, from 0.
    pub fn next_number(&self) -> u32 {
        self.next
    }

    /// One more record was handed on.
    pub fn delivered(&mut self, listed: bool) {
        self.next = self.next.saturating_add(1);
        self.delivered += 1;
        self.listed += u64::from(listed);
    }

    /// One more record is no JSON.
    pub fn malformed(&mut self, at: u64) {
        meet(&mut self.malformed, &mut self.next, at);
    }

    /// One more object carries text that is no JSON.
    pub fn broken_inside(&mut self, at: u64) {
        meet(&mut self.broken_inside, &mut self.next, at);
    }

    /// The record that comes next is read although its end is missing.
    pub fn mended(&mut self, at: u64, characters: usize) {
        if self.mended.count == 0 {
            (self.mended.number, self.mended.at) = (self.next, at);
        }
        self.mended.count += 1;
        self.characters += characters as u64;
    }

    /// One more record is too long.
    pub fn too_long(&mut self, at: u64) {
        meet(&mut self.too_long, &mut self.next, at);
    }

    /// A comma is missing here, or is one too many.
    pub fn comma(&mut self, at: u64, missing: bool) {
        if self.commas.count == 0 {
            (self.commas.number, self.commas.at) = (self.next, at);
            self.comma_missing = missing;
        }
        self.commas.count += 1;
    }

    /// One more element is no object.
    pub fn no_object(&mut self, at: u64) {
        meet(&mut self.no_object, &mut self.next, at);
    }

    /// One more row has other columns than the header.
    pub fn misshapen(&mut self, at: u64) {
        meet(&mut self.misshapen, &mut self.next, at);
    }

    /// One more object is no record.
    pub fn foreign(&mut self, kind: &'static Kind, at: u64) {
        self.foreign_kind.get_or_insert(kind);
        meet(&mut self.foreign, &mut self.next, at);
    }

    /// Text stands here that is no record.
    pub fn stray(&mut self, at: u64) {
        self.stray.get_or_insert(at);
    }

    /// The record that comes next is cut.
    pub fn cut_record(&mut self) {
        self.cut = Some(self.next);
        self.next = self.next.saturating_add(1);
    }

    /// Whether the way was lost, so that brackets no longer tell anything.
    pub fn was_lost(&self) -> bool {
        self.malformed.count > 0 || self.stray.is_some()
    }

    /// Records that could not be read, whatever the reason.
    pub fn unread(&self) -> u64 {
        let broken = self.malformed.count
            + self.broken_inside.count
            + self.misshapen.count
            + self.too_long.count
            + self.no_object.count;
        broken + u64::from(self.cut.is_some())
    }
}

fn meet(met: &mut Met, next: &mut u32, at: u64) {
    if met.count == 0 {
        (met.number, met.at) = (*next, at);
    }
    met.count += 1;
    *next = next.saturating_add(1);
}
