//! Everything the screen decides, without a screen.
//!
//! [`AppState::update`] takes what happened and gives what is to be done about it; the page carries
//! the effects out. So what follows from what can be tested natively, event by event.

mod action;
mod asking;
mod buckets;
mod chain;
mod columns;
mod file_facets;
mod fragment;
mod handover;
#[cfg(test)]
mod handover_tests;
mod handover_told;
mod history;
mod integrity;
mod notice;
mod person;
mod pins;
mod reading;
mod scope;
mod selection;
mod view;
mod visits;
mod window;

use std::rc::Rc;

use crate::display::grouped;
use crate::protocol::{Order, Response};
use crate::query::QueryError;

pub use crate::protocol::NotRead;
pub use action::{Action, ColumnsAction, Effect};
pub use asking::Asking;
pub use buckets::buckets_for;
use chain::Tracing;
pub use chain::{Chain, ChainPlace, End};
pub use columns::{Column, Columns, Shows, WIDTHS, choosable};
pub use file_facets::{FileChoice, FileChoices, FileFacet, file_facet};
pub use fragment::Snapshot;
pub use handover::{HandOver, HandOverAction, HandOverPhase, HandOverScope};
pub use handover_told::{CheckResult, times_word};
pub use history::History;
pub use integrity::Integrity;
pub use notice::{Notice, NoticeKind, Offer};
pub use person::Person;
pub use pins::{Compared, Pins};
pub use reading::{Reading, Totals};
pub use scope::{Part, Scope, Trait};
pub use selection::Selection;
pub use view::{Overlay, Scheme, View};
pub use visits::Visits;
pub use window::Window;

/// The state of the page.
#[derive(Clone, Debug, Default)]
pub struct AppState {
    /// How many shards there are.
    pub shards: u16,
    /// Whether one of them is gone for good: then no question is answered any more.
    pub unanswerable: bool,
    /// Bytes that shards and kept files may take together; 0 sets no limit.
    pub memory_limit: u64,
    /// Whether the present reading met it.
    memory_was_full: bool,
    /// The reading of files, and the ledger.
    pub reading: Reading,
    /// Whether the log files are what was delivered.
    pub integrity: Integrity,
    /// The question and its answer.
    pub asking: Asking,
    /// The hand-over.
    pub hand_over: HandOver,
    /// The rows in view.
    pub window: Window,
    /// The chosen row and its record.
    pub selection: Selection,
    /// The principal that is open in Identities.
    pub person: Person,
    tracing: [Tracing; 2],
    /// The number of the last step of a chain.
    next_step: u32,
    /// The query as applied; it always parses.
    pub query: Rc<str>,
    /// The queries before it.
    pub history: Rc<History>,
    /// Why the text in the bar does not parse.
    pub query_error: Option<Rc<QueryError>>,
    /// The brushed range, `from..to` in milliseconds since 1970 UTC.
    pub brush: Option<(i64, i64)>,
    /// In what order the events stand.
    pub order: Order,
    /// The columns of the events, and the facets beside the usual ones.
    pub columns: Rc<Columns>,
    /// Whether the reader chooses columns, and sees how many events have each field.
    pub choosing: bool,
    /// Pinned rows.
    pub pins: Pins,
    /// The two records that are compared.
    pub compared: Compared,
    /// The way back.
    pub visits: Visits,
    /// The open view.
    pub view: View,
    /// The event source whose service is open as a page in the Services view.
    pub service: Option<Rc<str>>,
    /// The scheme, if it was switched.
    pub scheme: Option<Scheme>,
    /// What lies over the page.
    pub overlay: Overlay,
    /// Counts the lists of events: a new query, range or order is a new list, more events are not.
    pub list: u32,
    /// Whether the histogram is open; each view has its own default.
    pub histogram_open: Option<bool>,
    /// Messages, oldest first.
    pub notices: Vec<Notice>,
    next_notice: u32,
}

/// `data-state` of the status line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Nothing has been dropped.
    Empty,
    /// Files are being read.
    Loading,
    /// A question is in flight.
    Asking,
    /// All is answered.
    Ready,
}

impl Phase {
    /// Its word in `data-state`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Loading => "loading",
            Self::Asking => "asking",
            Self::Ready => "ready",
        }
    }
}

impl AppState {
    /// The state of a fresh page.
    #[must_use]
    pub fn new(shards: u16) -> Self {
        Self { shards, ..Self::default() }
    }

    /// What the page is doing.
    #[must_use]
    pub fn phase(&self) -> Phase {
        if self.reading.in_flight() {
            Phase::Loading
        } else if self.reading.is_empty() {
            Phase::Empty
        } else if self.unanswerable {
            Phase::Ready
        } else if self.asking.in_flight() || self.asking.stale || self.window.in_flight() {
            Phase::Asking
        } else {
            Phase::Ready
        }
    }

    /// Whether the histogram is open.
    #[must_use]
    pub fn histogram_is_open(&self) -> bool {
        self.histogram_open.unwrap_or(!matches!(self.view, View::Files | View::HandOver))
    }

    /// Takes what happened, gives what is to be done.
    pub fn update(&mut self, action: Action) -> Vec<Effect> {
        if self.visits.is_empty() {
            self.note_visit(false);
        }
        let gone_back = matches!(action, Action::Visit { .. });
        let typing = match &action {
            Action::Typed(_) => self.visits.typed(Some(self.asking.now_ms())),
            Action::Query(_) => self.visits.typed(None),
            _ => false,
        };
        let mut effects = self.decide(action);
        effects.extend(self.follow_hand_over());
        effects.extend(if gone_back { self.stay() } else { self.note_visit(typing) });
        effects
    }

    fn decide(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::HandOver(action) => self.hand_over(action),
            Action::TakenIn { files, bytes, now_ms } => {
                self.reading.take_in(files, bytes, now_ms);
                self.stop_integrity()
            }
            Action::Heard { shard, response, now_ms } => self.hear(shard, response, now_ms),
            Action::ReadingEnded { now_ms } => {
                self.reading.end(now_ms);
                if std::mem::take(&mut self.memory_was_full) {
                    self.say_memory_was_full();
                }
                if self.reading.totals().events == 0 && !self.reading.is_empty() {
                    // The ledger says why there is nothing to see, and what would work.
                    self.view = View::Files;
                }
                let mut effects = self.ask();
                effects.extend(self.trace_again(None));
                effects.extend(self.check_integrity());
                effects.extend(self.find_linked());
                effects
            }
            Action::NotRead { unread, why } => {
                self.reading.leave_out(&unread, why);
                Vec::new()
            }
            Action::Remove { sources, now_ms } => {
                self.reading.remove(&sources, now_ms);
                self.selection.forget();
                self.pins.lose(None);
                self.tracing = Default::default();
                self.person = Person::default();
                self.window.forget();
                let mut effects = vec![Effect::RemoveFiles(sources)];
                effects.extend(self.stop_integrity());
                effects
            }
            Action::ShardLost { shard, files, why, replaced } => {
                self.lose_shard(shard, &files, &why, replaced)
            }
            Action::Tick { now_ms } => self.tick(now_ms),
            Action::Cleared => {
                let (scheme, shards, list) = (self.scheme, self.shards, self.list + 1);
                let (asked, memory_limit) = (self.asking.last_number(), self.memory_limit);
                let next_step = self.next_step;
                let integrity = self.integrity.cleared();
                let visits = self.visits.after();
                *self =
                    Self { scheme, list, memory_limit, next_step, integrity, visits, ..Self::new(shards) };
                self.asking = Asking::after(asked);
                vec![Effect::ClearShards]
            }
            Action::Query(text) | Action::Typed(text) => self.apply(&text),
            Action::Columns(action) => self.change_columns(action),
            Action::Choosing(on) => {
                self.choosing = on;
                if on { self.ask() } else { Vec::new() }
            }
            Action::Visit { number, fragment } => self.go_to(number, &fragment),
            Action::Brush(range) => {
                self.brush = range.filter(|(from, to)| from < to);
                self.ask_anew()
            }
            Action::View(view) => {
                // The tab of the view that is open leads back to all cards.
                if self.view == view {
                    self.service = None;
                }
                self.view = view;
                self.choosing = false;
                self.ask()
            }
            Action::OpenService(source) => {
                self.service = source.map(Into::into);
                Vec::new()
            }
            Action::Order(order) => {
                self.order = order;
                self.ask_anew()
            }
            Action::NeedRows { first, len } => {
                self.window.want(first, len);
                self.fetch_window()
            }
            Action::Select(place) => self.select(place),
            Action::OpenInspector => self.open_inspector(),
            Action::CloseInspector => {
                self.selection.close();
                Vec::new()
            }
            Action::OpenRecord(row) => self.open_record(row),
            Action::OpenPrincipal(person) => self.choose_person(person),
            Action::Trace(row) => self.trace(ChainPlace::Principal, Some(row)),
            Action::Step(rows) => self.step(rows),
            Action::Pin => self.pin(),
            Action::Compare => self.compare(),
            Action::Around => self.look_around(),
            Action::NextError(forward) => self.seek_error(forward),
            Action::Scheme(scheme) => {
                self.scheme = Some(scheme);
                vec![Effect::RememberScheme(scheme)]
            }
            Action::NewerVersion => {
                let text = "It is used once every tab with this page is closed. Loading it now forgets what is open here.";
                self.notify(Notice {
                    offer: Some(Offer::TakeNewer),
                    ..Notice::done("A newer version of this page is ready", text)
                });
                Vec::new()
            }
            Action::Overlay(overlay) => {
                self.overlay = overlay;
                Vec::new()
            }
            Action::ToggleHistogram => {
                self.histogram_open = Some(!self.histogram_is_open());
                Vec::new()
            }
            Action::Notice(notice) => {
                self.notify(notice);
                Vec::new()
            }
            Action::ToggleIntegrity => self.toggle_integrity(),
            Action::CloseNotice(id) => {
                self.notices.retain(|notice| notice.id != id);
                Vec::new()
            }
        }
    }

    /// Does something with columns or facets, and asks for what is not known of them.
    fn change_columns(&mut self, action: ColumnsAction) -> Vec<Effect> {
        let columns = Rc::make_mut(&mut self.columns);
        let wanted = |columns: &Columns| (columns.paths(), columns.cells(), columns.facets().to_vec());
        let before = wanted(columns);
        let done = match action {
            ColumnsAction::Add(name) => columns.add_column(&name),
            ColumnsAction::Facet(name) => columns.toggle_facet(&name),
            ColumnsAction::Remove(shows) => {
                columns.remove(shows);
                Ok(())
            }
            ColumnsAction::Move(shows, to) => {
                columns.move_to(shows, to);
                Ok(())
            }
            ColumnsAction::Resize(shows, width) => {
                columns.resize(shows, width);
                Ok(())
            }
            ColumnsAction::Usual => {
                columns.make_usual();
                Ok(())
            }
        };
        let same = before == wanted(columns);
        let nameless = self.order.by.is_some_and(|field| columns.name(field).is_empty());
        if let Err(why) = done {
            self.notify(Notice::problem("Not added", &why));
        }
        if nameless {
            self.order = Order::default();
            return self.ask_anew();
        }
        if same { Vec::new() } else { self.ask() }
    }

    /// Applies a query that parses; one that does not leaves the last good one running.
    fn apply(&mut self, text: &str) -> Vec<Effect> {
        match crate::query::parse(text) {
            Err(error) => {
                self.query_error = Some(Rc::new(error));
                Vec::new()
            }
            Ok(_) => {
                self.query_error = None;
                if *self.query == *text {
                    return Vec::new();
                }
                Rc::make_mut(&mut self.history).leave(&self.query, text);
                self.query = text.into();
                self.ask_anew()
            }
        }
    }

    fn hear(&mut self, shard: u16, response: Response, now_ms: f64) -> Vec<Effect> {
        match response {
            Response::Reading(progress) => {
                let new = self.reading.progress(shard, progress, now_ms);
                self.asking.stale |= new;
                if self.reading.is_too_much(self.memory_limit) {
                    self.memory_was_full = true;
                    return vec![Effect::StopReading];
                }
                // The first rows come at once, the next ones at the pace of the clock.
                if new && !self.asking.has_asked() { self.ask() } else { Vec::new() }
            }
            Response::Answer(answer) => self.hear_answer(shard, *answer, now_ms),
            Response::Keys { question, from, keys } => self.hear_keys(shard, question, from, keys),
            Response::Rows { question, rows, .. } => self.hear_rows(question, rows),
            Response::Record(record) => {
                let record = record.map(Rc::from);
                if let Ok(record) = &record {
                    self.compared.show(record);
                }
                self.selection.show(record);
                Vec::new()
            }
            Response::RowsAt(rows) => self.hear_rows_at(rows),
            Response::Checking { run, done, all } => self.hear_checking(run, shard, done, all),
            Response::Integrity(report) => self.hear_integrity(*report),
            Response::HandOver(response) => self.hear_hand_over(shard, *response),
            Response::Found { question, hit } => self.hear_found(question, hit),
            Response::Rank { question, before } => self.hear_rank(question, before),
            Response::Principal(part) => self.hear_principal(*part),
            Response::Traced { number, found } => self.hear_traced(number, *found),
        }
    }

    fn lose_shard(
        &mut self,
        shard: u16,
        files: &[(u32, String, u64)],
        why: &str,
        replaced: bool,
    ) -> Vec<Effect> {
        self.reading.lose(shard, files, why);
        self.hand_over = self.hand_over.without_work();
        self.pins.lose(Some(shard));
        self.unanswerable |= !replaced;
        let (title, remedy) = if replaced {
            ("A reader stopped and was replaced", "Drop them again.")
        } else {
            ("A reader stopped", "Load the page again, and then drop them.")
        };
        self.notify(Notice::problem(
            title,
            &format!("{why} {} of its files are listed as failed. {remedy}", files.len()),
        ));
        self.asking.stale = true;
        let mut effects = self.trace_again(Some(shard));
        effects.extend(self.ask());
        if !self.reading.in_flight() {
            effects.extend(self.check_integrity());
        }
        effects
    }

    /// While files are being read, a new question now and then keeps the page true so far.
    fn tick(&mut self, now_ms: f64) -> Vec<Effect> {
        self.reading.clock(now_ms);
        self.asking.clock(now_ms);
        if self.asking.stale && !self.asking.in_flight() && self.asking.may_refresh(now_ms) {
            return self.ask();
        }
        Vec::new()
    }

    /// Asks about another list: it is shown from its top.
    fn ask_anew(&mut self) -> Vec<Effect> {
        self.selection.leave_list();
        self.list = self.list.wrapping_add(1);
        self.window.want_top();
        self.ask()
    }

    /// What that came to, once reading has ended.
    fn say_memory_was_full(&mut self) {
        let unread = self.reading.stopped_for(NotRead::MemoryFull);
        if unread == 0 {
            return;
        }
        let files = if unread == 1 { "file was" } else { "files were" };
        let text = format!(
            "{} events are in and can be used; {} {files} not read, or not to the end. To see those, begin again \
             with some accounts, Regions or days.",
            grouped(self.reading.totals().events),
            grouped(unread)
        );
        self.notify(Notice {
            offer: Some(Offer::ChooseAgain),
            ..Notice::problem("Memory is nearly full", &text)
        });
    }

    fn notify(&mut self, mut notice: Notice) {
        self.next_notice += 1;
        notice.id = self.next_notice;
        self.notices.push(notice);
    }
}
