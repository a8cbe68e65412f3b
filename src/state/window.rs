//! The rows in view: found by their place in the merged order of all shards.

use std::rc::Rc;

use super::{AppState, Effect};
use crate::merge::{KeySpan, ShardOrder, cut, plan_keys};
use crate::protocol::{Answer, EventRow, QuestionId, Request, RowRef, SortKey};
use crate::sorting::sort_by;

/// The wanted rows and those that are here.
#[derive(Clone, Debug)]
pub struct Window {
    wanted_first: u64,
    wanted_len: u32,
    /// The rows that are here, from place `first` on.
    first: u64,
    rows: Rc<Vec<EventRow>>,
    fetch: Fetch,
    /// The view asked for other rows while a fetch was out.
    again: bool,
}

/// Rows are wanted before a view asks: when it opens, they are there.
const FIRST_ROWS: u32 = 60;

impl Default for Window {
    fn default() -> Self {
        Self {
            wanted_first: 0,
            wanted_len: FIRST_ROWS,
            first: 0,
            rows: Rc::default(),
            fetch: Fetch::default(),
            again: false,
        }
    }
}

/// What is outstanding.
#[derive(Clone, Debug, Default)]
enum Fetch {
    #[default]
    Nothing,
    Keys {
        question: QuestionId,
        first: u64,
        len: u32,
        spans: Vec<(KeySpan, Option<Vec<SortKey>>)>,
    },
    Rows {
        question: QuestionId,
        first: u64,
        left: usize,
        rows: Vec<EventRow>,
    },
}

impl Window {
    /// The place of the first row that is here.
    #[must_use]
    pub fn first(&self) -> u64 {
        self.first
    }

    /// The rows that are here.
    #[must_use]
    pub fn rows(&self) -> &Rc<Vec<EventRow>> {
        &self.rows
    }

    /// Whether rows are on their way.
    #[must_use]
    pub fn in_flight(&self) -> bool {
        !matches!(self.fetch, Fetch::Nothing)
    }

    /// The row at a place of the merged order, if it is here.
    #[must_use]
    pub fn at(&self, place: u64) -> Option<&EventRow> {
        let at = usize::try_from(place.checked_sub(self.first)?).ok()?;
        self.rows.get(at)
    }

    /// The place of a row, if it is here.
    #[must_use]
    pub fn place_of(&self, row: RowRef) -> Option<u64> {
        let at = self.rows.iter().position(|line| line.row == row)?;
        Some(self.first + at as u64)
    }

    pub(super) fn want(&mut self, first: u64, len: u32) {
        (self.wanted_first, self.wanted_len) = (first, len);
    }

    /// The rows that are here may be gone.
    pub(super) fn forget(&mut self) {
        (self.fetch, self.first, self.rows) = (Fetch::Nothing, 0, Rc::default());
    }

    /// Wants as many rows as before, from the top of another list.
    pub(super) fn want_top(&mut self) {
        self.wanted_first = 0;
    }

    /// Widens the wanted rows to hold a place.
    pub(super) fn want_place(&mut self, place: u64) {
        let len = u64::from(self.wanted_len.max(60));
        if !(self.wanted_first..self.wanted_first + len).contains(&place) {
            self.wanted_first = place.saturating_sub(len / 2);
        }
        self.wanted_len = u32::try_from(len).unwrap_or(u32::MAX);
    }
}

impl AppState {
    /// Asks for the wanted rows, if they are not here in the present order.
    pub(super) fn fetch_window(&mut self) -> Vec<Effect> {
        let window = &mut self.window;
        let Some(parts) = self.asking.parts() else {
            return Vec::new();
        };
        let question = self.asking.last_number();
        let matched: u64 = parts.iter().map(|answer| answer.matched).sum();
        let first = window.wanted_first.min(matched);
        let len = u32::try_from(u64::from(window.wanted_len).min(matched - first)).unwrap_or(u32::MAX);
        let stale_fetch = match &window.fetch {
            Fetch::Nothing => true,
            Fetch::Keys { question: of, .. } | Fetch::Rows { question: of, .. } => *of != question,
        };
        if !stale_fetch {
            window.again = true;
            return Vec::new();
        }
        window.again = false;
        if len == 0 {
            (window.fetch, window.first, window.rows) = (Fetch::Nothing, 0, Rc::default());
            return Vec::new();
        }
        let orders: Vec<ShardOrder> = parts.iter().map(|answer| order(answer)).collect();
        let spans = plan_keys(&orders, first, len);
        let asked = |span: &KeySpan| {
            Effect::Send(span.shard, Request::Keys { question, from: span.from, len: span.len })
        };
        let effects = spans.iter().filter(|span| span.len > 0).map(asked).collect();
        let waiting = |span: KeySpan| (span, (span.len == 0).then(Vec::new));
        window.fetch = Fetch::Keys { question, first, len, spans: spans.into_iter().map(waiting).collect() };
        effects
    }

    pub(super) fn hear_keys(
        &mut self,
        shard: u16,
        of: QuestionId,
        from: u32,
        keys: Vec<SortKey>,
    ) -> Vec<Effect> {
        let Fetch::Keys { question, first, len, spans } = &mut self.window.fetch else {
            return Vec::new();
        };
        if *question != of {
            return Vec::new();
        }
        if let Some((_, slot)) = spans.iter_mut().find(|(span, _)| span.shard == shard && span.from == from) {
            *slot = Some(keys);
        }
        if spans.iter().any(|(_, keys)| keys.is_none()) {
            return Vec::new();
        }
        let all: Vec<(KeySpan, Vec<SortKey>)> =
            spans.iter_mut().map(|(span, keys)| (*span, keys.take().unwrap_or_default())).collect();
        let (rows, _) = cut(&all, *first, *len);
        let (question, first) = (*question, *first);
        self.window.fetch = Fetch::Rows { question, first, left: rows.len(), rows: Vec::new() };
        let ask = |span: &crate::merge::RowSpan| {
            Effect::Send(span.shard, Request::Rows { question, from: span.from, len: span.len })
        };
        let effects: Vec<Effect> = rows.iter().map(ask).collect();
        if effects.is_empty() { self.rows_complete() } else { effects }
    }

    pub(super) fn hear_rows(&mut self, of: QuestionId, mut new: Vec<EventRow>) -> Vec<Effect> {
        let Fetch::Rows { question, left, rows, .. } = &mut self.window.fetch else {
            return Vec::new();
        };
        if *question != of {
            return Vec::new();
        }
        rows.append(&mut new);
        *left = left.saturating_sub(1);
        if *left > 0 {
            return Vec::new();
        }
        self.rows_complete()
    }

    fn rows_complete(&mut self) -> Vec<Effect> {
        let window = &mut self.window;
        if let Fetch::Rows { first, mut rows, .. } = std::mem::take(&mut window.fetch) {
            sort_by(&mut rows, |one, other| one.key.cmp(&other.key));
            (window.first, window.rows) = (first, Rc::new(rows));
        }
        let mut effects = self.settle_selection();
        if self.window.again {
            effects.extend(self.fetch_window());
        }
        effects
    }
}

fn order(answer: &Answer) -> ShardOrder {
    ShardOrder { count: u32::try_from(answer.matched).unwrap_or(u32::MAX), samples: answer.samples.clone() }
}
