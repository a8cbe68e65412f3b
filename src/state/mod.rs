//! Everything the screen decides, without a screen.
//!
//! [`AppState::update`] takes what happened and gives what is to be done about it; the page carries
//! the effects out. So what follows from what can be tested natively, event by event.

mod asking;
mod buckets;
mod file_facets;
mod fragment;
mod handover;
#[cfg(test)]
mod handover_tests;
mod handover_told;
mod notice;
mod reading;
mod scope;
mod selection;
mod window;

use std::rc::Rc;

use crate::protocol::{Ask, Format, HandOverRequest, Request, Response};
use crate::query::QueryError;

pub use asking::Asking;
pub use buckets::buckets_for;
pub use file_facets::{FileChoice, FileChoices, FileFacet, file_facet};
pub use fragment::{read_fragment, write_fragment};
pub use handover::{HandOver, HandOverAction, HandOverPhase, HandOverScope};
pub use handover_told::{CheckResult, times_word};
pub use notice::{Notice, NoticeKind, Offer};
pub use reading::{Reading, Totals};
pub use scope::{Part, Scope, Trait};
pub use selection::Selection;
pub use window::Window;

/// The views, in the order of their tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum View {
    /// A card for each service.
    #[default]
    Services,
    /// The table of events.
    Events,
    /// The principals.
    Identities,
    /// What AWS hid.
    Redactions,
    /// The ledger.
    Files,
    /// A safe copy for somebody else.
    HandOver,
}

impl View {
    /// All of them, in the order of their tabs.
    pub const ALL: [Self; 6] =
        [Self::Services, Self::Events, Self::Identities, Self::Redactions, Self::Files, Self::HandOver];

    /// Its word in handles and in the fragment.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::Events => "events",
            Self::Identities => "identities",
            Self::Redactions => "redactions",
            Self::Files => "files",
            Self::HandOver => "handover",
        }
    }

    /// The view with this word.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|view| view.name() == name)
    }
}

/// Light or dark; `None` in the state follows the system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    /// Dark text on light.
    Light,
    /// Light text on dark.
    Dark,
}

/// What lies over the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// The list of keys.
    Help,
    /// The dialog to paste into.
    Paste,
    /// What is to be read of the files that wait.
    Choose,
}

/// What happened. Times are milliseconds of the page's own clock.
#[derive(Clone, Debug)]
pub enum Action {
    /// Files were taken in: how many, and their bytes.
    TakenIn {
        /// How many files.
        files: u32,
        /// Their bytes as dropped.
        bytes: u64,
        /// When.
        now_ms: f64,
    },
    /// A shard said something.
    Heard {
        /// Which shard.
        shard: u16,
        /// What.
        response: Response,
        /// When.
        now_ms: f64,
    },
    /// All files are read, and all messages between shards are answered.
    ReadingEnded {
        /// When.
        now_ms: f64,
    },
    /// These files were taken back before they were begun: source, name, size.
    NotRead {
        /// The files.
        unread: Vec<(u32, String, u64)>,
        /// Why.
        why: NotRead,
    },
    /// These dropped files are to be forgotten.
    Remove {
        /// Their places in intake order.
        sources: Vec<u32>,
        /// When.
        now_ms: f64,
    },
    /// A shard stopped; these files were lost with it, and it has been replaced by an empty one.
    ShardLost {
        /// Which shard.
        shard: u16,
        /// The files it had read or was reading: source, name, size.
        files: Vec<(u32, String, u64)>,
        /// Why, as far as known.
        why: String,
    },
    /// A moment passed while something was in flight.
    Tick {
        /// When.
        now_ms: f64,
    },
    /// Everything is to be forgotten.
    Cleared,
    /// The text in the query bar is to apply.
    Query(String),
    /// The brush moved, or was lifted.
    Brush(Option<(i64, i64)>),
    /// A tab was chosen.
    View(View),
    /// The other order of time is wanted.
    ToggleOrder,
    /// The table needs these rows.
    NeedRows {
        /// First place in the merged order.
        first: u64,
        /// How many.
        len: u32,
    },
    /// A row was chosen, with its place in the merged order.
    Select(u64),
    /// The inspector is to open on the chosen row.
    OpenInspector,
    /// The inspector is to close.
    CloseInspector,
    /// One row up or down.
    Step(i64),
    /// The next or the previous error.
    NextError(bool),
    /// Something of the hand-over.
    HandOver(HandOverAction),
    /// The scheme was switched.
    Scheme(Scheme),
    /// Something opens over the page.
    Overlay(Overlay),
    /// The histogram opens or closes.
    ToggleHistogram,
    /// A message to show.
    Notice(Notice),
    /// A message was read.
    CloseNotice(u32),
}

/// Why a file was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRead {
    /// Reading was cancelled.
    Cancelled,
    /// The reader chose to read others.
    LeftOut,
    /// The memory of the tab is nearly used up.
    MemoryFull,
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Put a question to every shard.
    AskAll(Ask),
    /// Ask one shard something.
    Send(u16, Request),
    /// Ask one shard for something of the hand-over.
    HandOver(u16, HandOverRequest),
    /// Give back a fresh key, and a random number of days: [`HandOverAction::Key`].
    NewKey,
    /// Put the parts together and have a shard read them.
    CheckHandOver(HandOverRequest),
    /// Offer the finished file.
    SaveHandOver(Format),
    /// Offer a text under this name.
    SaveText(&'static str, String),
    /// The fragment of the address is to hold this.
    Fragment(String),
    /// Remember the scheme: a preference, the only thing that is ever stored.
    RememberScheme(Scheme),
    /// Stop and empty all shards.
    ClearShards,
    /// Let the shards forget these files.
    RemoveFiles(Vec<u32>),
    /// Take back the files that no shard has begun: the memory is nearly used up.
    StopReading,
}

/// The state of the page.
#[derive(Clone, Debug, Default)]
pub struct AppState {
    /// How many shards there are.
    pub shards: u16,
    /// Bytes that shards and kept files may take together; 0 sets no limit.
    pub memory_limit: u64,
    /// The reading of files, and the ledger.
    pub reading: Reading,
    /// The question and its answer.
    pub asking: Asking,
    /// The hand-over.
    pub hand_over: HandOver,
    /// The rows in view.
    pub window: Window,
    /// The chosen row and its record.
    pub selection: Selection,
    /// The query as applied; it always parses.
    pub query: Rc<str>,
    /// Why the text in the bar does not parse.
    pub query_error: Option<Rc<QueryError>>,
    /// The brushed range, `from..to` in milliseconds since 1970 UTC.
    pub brush: Option<(i64, i64)>,
    /// Oldest first instead of newest first.
    pub oldest_first: bool,
    /// The open view.
    pub view: View,
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
        let mut effects = self.decide(action);
        effects.extend(self.follow_hand_over());
        effects
    }

    fn decide(&mut self, action: Action) -> Vec<Effect> {
        match action {
            Action::HandOver(action) => self.hand_over(action),
            Action::TakenIn { files, bytes, now_ms } => {
                self.reading.take_in(files, bytes, now_ms);
                Vec::new()
            }
            Action::Heard { shard, response, now_ms } => self.hear(shard, response, now_ms),
            Action::ReadingEnded { now_ms } => {
                self.reading.end(now_ms);
                if self.reading.totals().events == 0 && !self.reading.is_empty() {
                    // The ledger says why there is nothing to see, and what would work.
                    self.view = View::Files;
                }
                self.ask()
            }
            Action::NotRead { unread, why } => {
                self.reading.leave_out(&unread, why);
                // Batches on their way still fill it further, but nothing more is taken back then.
                if why == NotRead::MemoryFull && !unread.is_empty() {
                    self.say_memory_is_full(unread.len() as u64);
                }
                Vec::new()
            }
            Action::Remove { sources, now_ms } => {
                self.reading.remove(&sources, now_ms);
                self.selection.forget();
                self.window.forget();
                vec![Effect::RemoveFiles(sources)]
            }
            Action::ShardLost { shard, files, why } => self.lose_shard(shard, &files, &why),
            Action::Tick { now_ms } => self.tick(now_ms),
            Action::Cleared => {
                let (scheme, shards, list) = (self.scheme, self.shards, self.list + 1);
                let (asked, memory_limit) = (self.asking.last_number(), self.memory_limit);
                *self = Self { scheme, list, memory_limit, ..Self::new(shards) };
                self.asking = Asking::after(asked);
                vec![Effect::ClearShards, self.fragment()]
            }
            Action::Query(text) => self.apply(&text),
            Action::Brush(range) => {
                self.brush = range.filter(|(from, to)| from < to);
                self.ask_anew()
            }
            Action::View(view) => {
                self.view = view;
                let mut effects = vec![self.fragment()];
                effects.extend(self.ask());
                effects
            }
            Action::ToggleOrder => {
                self.oldest_first = !self.oldest_first;
                let mut effects = vec![self.fragment()];
                effects.extend(self.ask_anew());
                effects
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
            Action::Step(rows) => self.step(rows),
            Action::NextError(forward) => self.seek_error(forward),
            Action::Scheme(scheme) => {
                self.scheme = Some(scheme);
                vec![Effect::RememberScheme(scheme)]
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
            Action::CloseNotice(id) => {
                self.notices.retain(|notice| notice.id != id);
                Vec::new()
            }
        }
    }

    fn fragment(&self) -> Effect {
        Effect::Fragment(write_fragment(self.view, self.oldest_first))
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
                    return vec![Effect::StopReading];
                }
                // The first rows come at once, the next ones at the pace of the clock.
                if new && !self.asking.has_asked() { self.ask() } else { Vec::new() }
            }
            Response::Answer(answer) => self.hear_answer(shard, *answer, now_ms),
            Response::Keys { question, from, keys } => self.hear_keys(shard, question, from, keys),
            Response::Rows { question, rows, .. } => self.hear_rows(question, rows),
            Response::Record(record) => {
                self.selection.show(record);
                Vec::new()
            }
            Response::HandOver(response) => self.hear_hand_over(shard, *response),
            Response::Found { question, hit } => self.hear_found(question, hit),
            Response::Rank { question, before } => self.hear_rank(question, before),
        }
    }

    fn lose_shard(&mut self, shard: u16, files: &[(u32, String, u64)], why: &str) -> Vec<Effect> {
        self.reading.lose(shard, files, why);
        self.hand_over = self.hand_over.without_work();
        self.notify(Notice::problem(
            "A reader stopped and was replaced",
            &format!("{why} {} of its files are listed as failed. Drop them again.", files.len()),
        ));
        self.asking.stale = true;
        self.ask()
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

    fn say_memory_is_full(&mut self, unread: u64) {
        let events = self.reading.events_so_far();
        let files = if unread == 1 { "file was" } else { "files were" };
        let text = format!(
            "{events} events are in and can be used; {unread} {files} not read. To see those, begin again with some \
             accounts, Regions or days."
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
