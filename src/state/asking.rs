//! The question: put to all shards, answered by each, merged.

use std::rc::Rc;

use super::{AppState, Effect, View, buckets_for};
use crate::merge;
use crate::protocol::{Answer, Ask, Buckets, Detail, PLAUSIBLE_MS, QuestionId};

/// How many values of a facet each shard sends while the counts still change.
const FACET_VALUES: u32 = 500;

/// How many it sends once everything is read. A field with more values in one shard has counts that
/// are lower bounds.
const ALL_FACET_VALUES: u32 = 10_000;

/// While files are being read, the page asks again no sooner than this after an answer.
const REFRESH_AFTER_MS: f64 = 400.0;

/// An older answer is shown as such after this long.
const LATE_MS: f64 = 300.0;

/// The question and its answer.
#[derive(Clone, Debug, Default)]
pub struct Asking {
    /// The last question, by number; 0 before the first.
    number: QuestionId,
    asked_buckets: Buckets,
    /// The buckets of `merged`.
    merged_buckets: Buckets,
    /// The answers to it so far, by shard.
    parts: Vec<Option<Rc<Answer>>>,
    /// All parts put together; of the question before while the first ones are out.
    merged: Rc<Answer>,
    /// The question that `merged` answers.
    merged_of: QuestionId,
    answered_ms: f64,
    asked_ms: f64,
    now_ms: f64,
    /// Whether there are events that the last question did not know.
    pub stale: bool,
}

impl Asking {
    pub(super) fn after(number: QuestionId) -> Self {
        Self { number, ..Self::default() }
    }

    pub(super) fn last_number(&self) -> QuestionId {
        self.number
    }

    /// The answer to show.
    #[must_use]
    pub fn answer(&self) -> &Rc<Answer> {
        &self.merged
    }

    /// The buckets of the answer to show.
    #[must_use]
    pub fn buckets(&self) -> Buckets {
        self.merged_buckets
    }

    /// Whether the answer to show is of an earlier question, and has been for so long that a reader
    /// should see it.
    #[must_use]
    pub fn is_late(&self) -> bool {
        self.in_flight() && !self.is_current() && self.now_ms - self.asked_ms > LATE_MS
    }

    pub(super) fn has_asked(&self) -> bool {
        !self.parts.is_empty()
    }

    pub(super) fn clock(&mut self, now_ms: f64) {
        self.now_ms = now_ms;
    }

    pub(super) fn now_ms(&self) -> f64 {
        self.now_ms
    }

    /// Whether an answer is outstanding or still growing.
    #[must_use]
    pub fn in_flight(&self) -> bool {
        self.number != 0
            && self.parts.iter().any(|part| part.as_ref().is_none_or(|answer| answer.progress < 1.0))
    }

    /// Whether every shard has answered the present question, if only in part.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.number != 0 && self.merged_of == self.number
    }

    /// How far the answer is, 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f32 {
        if self.is_current() { self.merged.progress } else { 0.0 }
    }

    pub(super) fn may_refresh(&self, now_ms: f64) -> bool {
        now_ms - self.answered_ms >= REFRESH_AFTER_MS
    }

    /// The answers of the shards to the present question, once all have answered.
    pub(super) fn parts(&self) -> Option<Vec<&Answer>> {
        self.parts.iter().map(Option::as_deref).collect()
    }
}

impl AppState {
    /// Puts the present question to all shards.
    pub(super) fn ask(&mut self) -> Vec<Effect> {
        if self.reading.is_empty() {
            return Vec::new();
        }
        let totals = self.reading.totals();
        let buckets = match (totals.first_ms, totals.last_ms) {
            (Some(first), Some(last)) => buckets_for(plausible(first), plausible(last)),
            _ => Buckets { from_ms: 0, step_ms: 1, count: 0 },
        };
        let asking = &mut self.asking;
        asking.number = asking.number.wrapping_add(1).max(1);
        asking.stale = false;
        asking.asked_buckets = buckets;
        asking.asked_ms = asking.now_ms;
        asking.parts = vec![None; usize::from(self.shards)];
        let ask = Ask {
            question: asking.number,
            query: self.query.to_string(),
            time: self.brush,
            buckets,
            order: self.order,
            facet_values: if self.reading.in_flight() { FACET_VALUES } else { ALL_FACET_VALUES },
            detail: detail(self.view),
            paths: self.columns.paths(),
            cells: self.columns.cells(),
            facets: self.columns.facets().to_vec(),
            coverage: self.choosing,
        };
        vec![Effect::AskAll(ask)]
    }

    pub(super) fn hear_answer(&mut self, shard: u16, answer: Answer, now_ms: f64) -> Vec<Effect> {
        let asking = &mut self.asking;
        if answer.question != asking.number {
            return Vec::new();
        }
        if let Some(part) = asking.parts.get_mut(usize::from(shard)) {
            *part = Some(Rc::new(answer));
        }
        let Some(parts) = asking.parts() else {
            return Vec::new();
        };
        let mut merged = merge::merge(&parts);
        merged.question = asking.number;
        asking.merged = Rc::new(merged);
        asking.merged_of = asking.number;
        asking.merged_buckets = asking.asked_buckets;
        asking.answered_ms = now_ms;
        let mut effects = self.fetch_window();
        effects.extend(self.ask_person());
        effects.extend(self.refresh_pins());
        effects.extend(self.find_around());
        effects
    }
}

/// One event of year 1 or 9999 would press all others into one bar.
fn plausible(time_ms: i64) -> i64 {
    time_ms.clamp(PLAUSIBLE_MS.start, PLAUSIBLE_MS.end)
}

/// The lists a view needs.
fn detail(view: View) -> Detail {
    match view {
        View::Services => Detail::Services,
        View::Identities => Detail::Identities,
        View::Redactions => Detail::Redactions,
        // Its report tells them all.
        View::HandOver => Detail::All,
        View::Events | View::Files => Detail::None,
    }
}
