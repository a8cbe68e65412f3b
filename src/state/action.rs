//! What can happen to the page, and what is to be done about it.

use super::{HandOverAction, Notice, Overlay, Scheme, Shows, View};
use crate::protocol::{
    Ask, Format, HandOverRequest, IdentitySummary, IntegrityVerdict, NotRead, Order, Request, Response,
    RowRef,
};

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
    /// A shard stopped; these files were lost with it.
    ShardLost {
        /// Which shard.
        shard: u16,
        /// The files it had read or was reading: source, name, size.
        files: Vec<(u32, String, u64)>,
        /// Why, as far as known.
        why: String,
        /// Whether an empty one has taken its place.
        replaced: bool,
    },
    /// A moment passed while something was in flight.
    Tick {
        /// When.
        now_ms: f64,
    },
    /// Everything is to be forgotten.
    Cleared,
    /// A query is to apply: Enter was pressed, or a click made it.
    Query(String),
    /// The same of a text that may not be finished: typing has paused.
    Typed(String),
    /// Something of columns and facets.
    Columns(ColumnsAction),
    /// The chooser of columns opens or closes.
    Choosing(bool),
    /// The browser went to another entry of its history: with the number that [`Effect::Visit`] gave it, or
    /// to a fragment that somebody wrote.
    Visit {
        /// The number.
        number: Option<u32>,
        /// The fragment of the address.
        fragment: String,
    },
    /// The brush moved, or was lifted.
    Brush(Option<(i64, i64)>),
    /// A tab was chosen.
    View(View),
    /// A service is to be opened as a page, by one of its event sources, or the page is to close.
    OpenService(Option<String>),
    /// Another order of the events is wanted.
    Order(Order),
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
    /// A record is to open, wherever it is in the list.
    OpenRecord(RowRef),
    /// A principal is to open.
    OpenPrincipal(Box<IdentitySummary>),
    /// The chain of the open principal is to begin at the session of this row.
    Trace(RowRef),
    /// One row up or down.
    Step(i64),
    /// The next or the previous error.
    NextError(bool),
    /// The chosen row is to be pinned, or no longer.
    Pin,
    /// The chosen event and the one that was pinned last, side by side.
    Compare,
    /// The events around the chosen one, without the query.
    Around,
    /// Something of the hand-over.
    HandOver(HandOverAction),
    /// The scheme was switched.
    Scheme(Scheme),
    /// Something opens over the page.
    Overlay(Overlay),
    /// The browser has a newer version of this page than the one that runs.
    NewerVersion,
    /// The histogram opens or closes.
    ToggleHistogram,
    /// A message to show.
    Notice(Notice),
    /// A message was read.
    CloseNotice(u32),
    /// The check of integrity is to stop, or to begin again.
    ToggleIntegrity,
}

/// What can be done with columns and facets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ColumnsAction {
    /// Add a column: the name of a field, or a path.
    Add(String),
    /// Add such a facet, or take it out again.
    Facet(String),
    /// Take a column out.
    Remove(Shows),
    /// Move a column to the place of another, counted from 0.
    Move(Shows, usize),
    /// Give a column a width in pixels.
    Resize(Shows, u16),
    /// Back to the columns of a fresh page.
    Usual,
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
    /// The address is to hold this fragment; a step back leads to this number.
    Visit {
        /// The fragment, without `#`.
        fragment: String,
        /// What a step back to it tells: see [`Action::Visit`].
        number: u32,
        /// It is a step of its own, or takes the place of the last one.
        new: bool,
    },
    /// Remember the scheme: a preference, the only thing that is ever stored.
    RememberScheme(Scheme),
    /// Stop and empty all shards.
    ClearShards,
    /// Let the shards forget these files.
    RemoveFiles(Vec<u32>),
    /// Read no further, neither files that no shard has begun nor those in hand: the memory is nearly used up.
    StopReading,
    /// Let all shards check the integrity of what they hold, under this number.
    CheckIntegrity(u32),
    /// Let them drop that.
    StopIntegrity,
    /// Tell every shard what a check came to, by source and entry, sorted.
    Verdicts(Vec<(u32, u32, IntegrityVerdict)>),
}
