//! The chosen row, its record, and the way to the next error.

use std::rc::Rc;

use super::{AppState, ChainPlace, Effect, Notice};
use crate::protocol::{QuestionId, RecordView, Request, RowRef, SortKey};

/// What is chosen and shown.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    row: Option<RowRef>,
    /// Its sort key in the present order.
    key: Option<SortKey>,
    /// Where it stands in the merged order, as last known.
    place: Option<u64>,
    /// A place that was chosen before its row was here.
    awaited: Option<u64>,
    inspecting: bool,
    record: Option<Rc<RecordView>>,
    problem: Option<Rc<str>>,
    seek: Option<Seek>,
    /// A place the table must bring into view, and a count that makes each wish a new one.
    reveal: Option<(u64, u32)>,
    reveals: u32,
}

/// A search for the next error under way.
#[derive(Clone, Debug)]
struct Seek {
    question: QuestionId,
    forward: bool,
    left: u16,
    best: Option<(SortKey, RowRef)>,
    /// Matches before the hit, once they are being counted.
    before: u64,
}

impl Selection {
    /// The chosen row.
    #[must_use]
    pub fn row(&self) -> Option<RowRef> {
        self.row
    }

    /// Its place in the merged order, as last known.
    #[must_use]
    pub fn place(&self) -> Option<u64> {
        self.place
    }

    /// Whether the inspector is open.
    #[must_use]
    pub fn inspecting(&self) -> bool {
        self.inspecting
    }

    /// The record in the inspector; of the row chosen before until the new one is here.
    #[must_use]
    pub fn record(&self) -> Option<&Rc<RecordView>> {
        self.record.as_ref()
    }

    /// Why the record can't be shown.
    #[must_use]
    pub fn problem(&self) -> Option<&Rc<str>> {
        self.problem.as_ref()
    }

    /// A place the table must bring into view, with the number of the wish.
    #[must_use]
    pub fn reveal(&self) -> Option<(u64, u32)> {
        self.reveal
    }

    /// Another list is asked for: where the chosen row stands in it is not known.
    pub(super) fn leave_list(&mut self) {
        (self.key, self.place) = (None, None);
    }

    /// The chosen row may be gone.
    pub(super) fn forget(&mut self) {
        *self = Self { reveals: self.reveals, ..Self::default() };
    }

    pub(super) fn close(&mut self) {
        self.inspecting = false;
        self.record = None;
        self.problem = None;
    }

    pub(super) fn show(&mut self, record: Result<Rc<RecordView>, String>) {
        match record {
            // An answer for a row that is no longer chosen comes too late.
            Ok(record) if Some(record.row) == self.row => {
                self.record = Some(record);
                self.problem = None;
            }
            Ok(_) => {}
            Err(problem) => self.problem = Some(problem.into()),
        }
    }

    fn bring_into_view(&mut self, place: u64) {
        self.reveals = self.reveals.wrapping_add(1);
        self.reveal = Some((place, self.reveals));
    }
}

/// The greatest key below another.
fn before(key: SortKey) -> SortKey {
    match (key.record.checked_sub(1), key.source.checked_sub(1)) {
        (Some(record), _) => SortKey { record, ..key },
        (None, Some(source)) => SortKey { source, record: u32::MAX, ..key },
        (None, None) => {
            SortKey { time: key.time.saturating_sub(1), source: u32::MAX, record: u32::MAX, ..key }
        }
    }
}

impl AppState {
    pub(super) fn select(&mut self, place: u64) -> Vec<Effect> {
        let selection = &mut self.selection;
        let Some(row) = self.window.at(place) else {
            selection.awaited = Some(place);
            self.window.want_place(place);
            return self.fetch_window();
        };
        selection.awaited = None;
        selection.place = Some(place);
        selection.key = Some(row.key.clone());
        if selection.row == Some(row.row) && (selection.record.is_some() || !selection.inspecting) {
            return Vec::new();
        }
        selection.row = Some(row.row);
        self.load_record()
    }

    fn load_record(&mut self) -> Vec<Effect> {
        match self.selection.row {
            Some(at @ RowRef { shard, row }) if self.selection.inspecting => {
                let mut effects = vec![Effect::Send(shard, Request::Record { row })];
                effects.extend(self.trace(ChainPlace::Inspector, Some(at)));
                effects
            }
            _ => Vec::new(),
        }
    }

    /// Opens a record that another part of the page names by its row.
    pub(super) fn open_record(&mut self, row: RowRef) -> Vec<Effect> {
        let selection = &mut self.selection;
        selection.leave_list();
        (selection.row, selection.awaited, selection.inspecting) = (Some(row), None, true);
        let mut effects = self.load_record();
        effects.extend(self.settle_selection());
        effects
    }

    pub(super) fn open_inspector(&mut self) -> Vec<Effect> {
        if self.selection.inspecting && self.selection.record.is_some() {
            return Vec::new();
        }
        self.selection.inspecting = self.selection.row.is_some() || self.selection.awaited.is_some();
        self.load_record()
    }

    pub(super) fn step(&mut self, rows: i64) -> Vec<Effect> {
        let last = self.asking.answer().matched.saturating_sub(1);
        let from = self.selection.awaited.or(self.selection.place);
        let place = from.map_or(0, |place| place.saturating_add_signed(rows)).min(last);
        self.selection.bring_into_view(place);
        self.select(place)
    }

    /// New rows are here: the awaited one may be among them, and the chosen one may have moved.
    pub(super) fn settle_selection(&mut self) -> Vec<Effect> {
        if let Some(place) = self.selection.awaited
            && self.window.at(place).is_some()
        {
            return self.select(place);
        }
        if let Some(place) = self.selection.row.and_then(|row| self.window.place_of(row)) {
            self.selection.place = Some(place);
            self.selection.key = self.window.at(place).map(|row| row.key.clone());
        }
        Vec::new()
    }

    pub(super) fn seek_error(&mut self, forward: bool) -> Vec<Effect> {
        let question = self.asking.last_number();
        if !self.asking.is_current() {
            return Vec::new();
        }
        // Nothing chosen yet: from the first row at hand, which may itself be an error.
        let first = self.window.rows().first().map(|row| before(row.key.clone()));
        let from = self.selection.key.clone().or(first);
        let from = from.unwrap_or(SortKey { time: i64::MIN, ..SortKey::default() });
        self.selection.seek = Some(Seek { question, forward, left: self.shards, best: None, before: 0 });
        (0..self.shards)
            .map(|shard| Effect::Send(shard, Request::NextError { question, from: from.clone(), forward }))
            .collect()
    }

    pub(super) fn hear_found(&mut self, of: QuestionId, hit: Option<(SortKey, RowRef)>) -> Vec<Effect> {
        let Some(seek) = self.selection.seek.as_mut().filter(|seek| seek.question == of && seek.left > 0)
        else {
            return Vec::new();
        };
        seek.best = match (seek.best.take(), hit) {
            (Some(best), Some(hit)) if seek.forward => Some(best.min(hit)),
            (Some(best), Some(hit)) => Some(best.max(hit)),
            (best, hit) => best.or(hit),
        };
        seek.left -= 1;
        if seek.left > 0 {
            return Vec::new();
        }
        let Some((key, _)) = seek.best.take() else {
            let where_to = if seek.forward { "after" } else { "before" };
            self.selection.seek = None;
            self.notify(Notice::done(&format!("No error {where_to} this event"), ""));
            return Vec::new();
        };
        let question = seek.question;
        self.send_rank(question, key)
    }

    /// Finds the place of a key in the present list, and chooses the event there.
    pub(super) fn rank(&mut self, key: SortKey) -> Vec<Effect> {
        let question = self.asking.last_number();
        self.selection.seek = Some(Seek { question, forward: true, left: 0, best: None, before: 0 });
        self.send_rank(question, key)
    }

    fn send_rank(&self, question: QuestionId, key: SortKey) -> Vec<Effect> {
        (0..self.shards)
            .map(|shard| Effect::Send(shard, Request::Rank { question, key: key.clone() }))
            .collect()
    }

    pub(super) fn hear_rank(&mut self, of: QuestionId, before: u64) -> Vec<Effect> {
        let shards = self.shards;
        let Some(seek) = self.selection.seek.as_mut().filter(|seek| seek.question == of) else {
            return Vec::new();
        };
        seek.before += before;
        seek.left += 1;
        if seek.left < shards {
            return Vec::new();
        }
        let place = seek.before;
        self.selection.seek = None;
        self.selection.bring_into_view(place);
        self.select(place)
    }
}
