//! The way back: what was on the screen, one entry for each step of the browser's history.
//!
//! An entry of the browser holds a number and a fragment without values. What the number stands for is
//! kept here, in memory, so that a query can be gone back to and still is in no address.

use super::{AppState, Effect, Snapshot};

/// How many are kept.
const MOST: usize = 200;

/// What is typed on within this time is one step, in milliseconds.
const TYPING_MS: f64 = 3_000.0;

/// Snapshots, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Visits {
    list: Vec<Snapshot>,
    /// The number of the first of them.
    first: u32,
    /// Which of them is on the screen.
    at: usize,
    /// When the query that is on the screen was typed.
    typed_ms: Option<f64>,
}

impl Visits {
    /// After everything was forgotten: numbers go on, so that an entry of the browser never stands for
    /// something else than it did.
    pub(super) fn after(&self) -> Self {
        let first = self.first.wrapping_add(u32::try_from(self.list.len()).unwrap_or(u32::MAX));
        Self { first, ..Self::default() }
    }

    /// Puts what is on the screen behind the present step, or in its place.
    fn put(&mut self, now: Snapshot, new: bool) {
        match self.list.get_mut(self.at).filter(|_| !new) {
            // What lies ahead stays: one can still go forth.
            Some(here) => {
                *here = now;
                return;
            }
            None => {
                self.list.truncate(self.at + 1);
                self.list.push(now);
            }
        }
        if self.list.len() > MOST {
            self.list.remove(0);
            self.first = self.first.wrapping_add(1);
        }
        self.at = self.list.len() - 1;
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// A query was typed, or (`None`) made by a click: that is a step of its own.
    pub(super) fn typed(&mut self, now_ms: Option<f64>) -> bool {
        let before = std::mem::replace(&mut self.typed_ms, now_ms);
        before.zip(now_ms).is_some_and(|(before, now)| now - before < TYPING_MS)
    }
}

impl AppState {
    /// What is on the screen.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot {
            view: self.view,
            order: self.order,
            columns: self.columns.clone(),
            brush: self.brush,
            query: self.query.clone(),
            service: self.service.clone(),
            record: self.selection.row().filter(|_| self.selection.inspecting()),
        }
    }

    /// Begins to note steps, with a number that no earlier load of the page used: the browser keeps its entries.
    pub fn begin_visits(&mut self, first: u32) -> u32 {
        self.visits.first = first;
        self.note_visit(false);
        first
    }

    /// Notes what is on the screen if that is something else. `typing` says that the query was typed on.
    pub(super) fn note_visit(&mut self, typing: bool) -> Option<Effect> {
        let now = self.snapshot();
        let last = self.visits.list.get(self.visits.at);
        if last == Some(&now) {
            return None;
        }
        let new = last.is_some_and(|last| !continues(last, &now, typing));
        let fragment = now.fragment(false);
        self.visits.put(now, new);
        Some(Effect::Visit { fragment, number: self.visit_number(), new })
    }

    /// After a step back: what is on the screen is what the entry stands for, and the address says the same.
    pub(super) fn stay(&mut self) -> Option<Effect> {
        let now = self.snapshot();
        let fragment = now.fragment(false);
        self.visits.put(now, false);
        Some(Effect::Visit { fragment, number: self.visit_number(), new: false })
    }

    fn visit_number(&self) -> u32 {
        self.visits.first.wrapping_add(u32::try_from(self.visits.at).unwrap_or(u32::MAX))
    }

    /// The browser went to another entry: `None`, one with a fragment that somebody wrote.
    pub(super) fn go_to(&mut self, number: Option<u32>, fragment: &str) -> Vec<Effect> {
        let visits = &mut self.visits;
        let place = number.map(|number| number.wrapping_sub(visits.first) as usize);
        let to = match place.and_then(|place| Some((place, visits.list.get(place)?.clone()))) {
            Some((place, to)) => {
                visits.at = place;
                to
            }
            // Written by somebody, or an entry of before everything was forgotten.
            None => {
                let to = Snapshot::read(fragment);
                visits.put(to.clone(), true);
                to
            }
        };
        self.show_snapshot(to)
    }

    /// Puts on the screen what a snapshot holds.
    pub fn show_snapshot(&mut self, to: Snapshot) -> Vec<Effect> {
        let same_list = (&self.query, self.brush, self.order) == (&to.query, to.brush, to.order);
        let record = self.selection.row().filter(|_| self.selection.inspecting());
        (self.view, self.order, self.columns) = (to.view, to.order, to.columns);
        (self.query, self.brush, self.service) = (to.query, to.brush, to.service);
        self.query_error = None;
        let mut effects = if same_list { self.ask() } else { self.ask_anew() };
        match to.record {
            Some(row) if to.record != record => effects.extend(self.open_record(row)),
            Some(_) => {}
            None => self.selection.close(),
        }
        effects
    }
}

/// Whether what is on the screen now takes the place of what was, as no step of its own: a text that is
/// typed on, another width, the next record.
fn continues(last: &Snapshot, now: &Snapshot, typing: bool) -> bool {
    let typed = typing && (now.query.starts_with(&*last.query) || last.query.starts_with(&*now.query));
    let shows = |one: &Snapshot| {
        let columns = one.columns.list().iter().map(|column| one.columns.name_of(column.shows).to_owned());
        let facets = one.columns.facets().iter().map(|field| one.columns.name(*field).to_owned());
        columns.chain(facets).collect::<Vec<_>>()
    };
    (last.query == now.query || typed)
        && (last.view, last.order, last.brush) == (now.view, now.order, now.brush)
        && last.service == now.service
        && last.record.is_some() == now.record.is_some()
        && shows(last) == shows(now)
}
