//! From the page to a shard.

use serde::{Deserialize, Serialize};

use super::{Evidence, IntegrityVerdict};
use crate::field::Field;

/// Numbers the questions of one page; an answer that carries an older one is dropped.
pub type QuestionId = u32;

/// A place in the table of one shard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RowRef {
    /// The shard, counted from 0.
    pub shard: u16,
    /// The row in that shard. It never changes while the shard lives.
    pub row: u32,
}

/// What one shard is asked. Every variant has exactly one kind of [`super::Response`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Request {
    /// Answer a question: [`super::Response::Answer`], once or, where records are re-read, several times.
    Ask(Ask),
    /// Sort keys of the ordered matches `from..from + len`: [`super::Response::Keys`].
    Keys {
        /// The question whose matches are meant.
        question: QuestionId,
        /// First place, counted from 0.
        from: u32,
        /// How many.
        len: u32,
    },
    /// The rows at the ordered matches `from..from + len`: [`super::Response::Rows`].
    Rows {
        /// The question whose matches are meant.
        question: QuestionId,
        /// First place, counted from 0.
        from: u32,
        /// How many.
        len: u32,
    },
    /// These rows of this shard, wherever they stand: [`super::Response::RowsAt`].
    RowsAt {
        /// The rows.
        rows: Vec<u32>,
    },
    /// The row of an event: [`super::Response::RowsAt`], with no row where the event is not here.
    EventRow {
        /// Its `eventID`.
        event_id: String,
    },
    /// Show one record in full: [`super::Response::Record`].
    Record {
        /// The row in this shard.
        row: u32,
    },
    /// The first match after or before a place that has an error: [`super::Response::Found`].
    NextError {
        /// The question whose matches are meant.
        question: QuestionId,
        /// Search from the row with this sort key.
        from: SortKey,
        /// Towards the end of the list, or towards its start.
        forward: bool,
    },
    /// Check whether the log files are what was delivered: [`super::Response::Checking`] now and then, and
    /// from the first shard, which judges what all found, [`super::Response::Integrity`].
    CheckIntegrity {
        /// The number of the check; an earlier one is dropped.
        run: u32,
    },
    /// Drop the check in progress; nothing is answered.
    StopIntegrity,
    /// What a check came to, by source and entry, in that order: for questions about it. Nothing is answered.
    Verdicts(Vec<(u32, u32, IntegrityVerdict)>),
    /// How many ordered matches stand before a key: [`super::Response::Rank`].
    Rank {
        /// The question whose matches are meant.
        question: QuestionId,
        /// The key.
        key: SortKey,
    },
    /// One principal of the matches in full: [`super::Response::Principal`].
    Principal {
        /// The question whose matches are meant.
        question: QuestionId,
        /// Of its [`super::PrincipalTerms`].
        principal: String,
        /// Of its [`super::PrincipalTerms`].
        account: Option<String>,
        /// Of its [`super::PrincipalTerms`].
        types: Vec<String>,
    },
    /// The call in a row, or what is known of a session, over all events and not only matches:
    /// [`super::Response::Traced`].
    Trace {
        /// Its number: an answer to an older one is dropped.
        number: u32,
        /// The row; `None` where a session is meant.
        row: Option<u32>,
        /// The first [`super::SESSION_FIELDS`] of [`super::CALLER_FIELDS`], as far as they are known.
        session: Vec<String>,
        /// When the session was used.
        at_ms: Option<i64>,
    },
}

/// One question: it is put to all shards at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ask {
    /// Its number.
    pub question: QuestionId,
    /// The query as applied; it has been parsed before and is parsed again by the shard.
    pub query: String,
    /// The brushed time range, `from..to` in milliseconds since 1970 UTC.
    pub time: Option<(i64, i64)>,
    /// The buckets of the histogram and the sparklines: they cover the whole loaded range.
    pub buckets: Buckets,
    /// In what order the matches stand.
    pub order: Order,
    /// How many values of each facet to send.
    pub facet_values: u32,
    /// Which lists to work out beside counts, facets and times.
    pub detail: Detail,
    /// The paths behind [`crate::field::ADDED`]: records are re-read to fill a column for each. Empty where
    /// a place is free.
    pub paths: Vec<String>,
    /// Fields whose values each row brings along: [`super::EventRow::cells`].
    pub cells: Vec<Field>,
    /// Fields to count beside those that are always a facet.
    pub facets: Vec<Field>,
    /// Whether to count how many matches have each field.
    pub coverage: bool,
}

/// The lists that only one view needs, and only while it is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Detail {
    /// None: the view needs rows only.
    #[default]
    None,
    /// [`super::Answer::services`].
    Services,
    /// [`super::Answer::identities`].
    Identities,
    /// [`super::Answer::redaction_groups`].
    Redactions,
    /// All of them, for a report.
    All,
}

/// Equal steps of time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buckets {
    /// Start of the first, milliseconds since 1970 UTC.
    pub from_ms: i64,
    /// Length of each, milliseconds; at least 1.
    pub step_ms: i64,
    /// How many; 0 while nothing is loaded.
    pub count: u32,
}

/// The times that a log can have, in milliseconds since 1970 UTC: AWS began in 2006.
pub const PLAUSIBLE_MS: std::ops::Range<i64> = 1_136_073_600_000..4_102_444_800_000;

/// In what order events are listed. Events that tie are listed newest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// By the values of a column; `None` is by time.
    pub by: Option<Field>,
    /// From the last value to the first, or the newest event first. Absent values and unreadable times
    /// come last either way.
    pub descending: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self { by: None, descending: true }
    }
}

impl Order {
    /// The order that pressing the head of a column gives: its values, then the same turned over, then
    /// the newest event first again; by time, the one and the other.
    #[must_use]
    pub fn pressed(self, by: Option<Field>) -> Self {
        match (self.by == by, by) {
            (true, None) => Self { by, descending: !self.descending },
            (true, Some(_)) if !self.descending => Self { by, descending: true },
            (false, Some(_)) => Self { by, descending: false },
            (true, Some(_)) | (false, None) => Self::default(),
        }
    }

    /// Whether the newest of those that tie, by time of all, comes first.
    #[must_use]
    pub fn newest_first(self) -> bool {
        self.by.is_some() || self.descending
    }
}

/// Where an event stands in the table: the value it is sorted by, then time, then the order of intake,
/// so that the order is total and the same however the files were spread over shards.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SortKey {
    /// The value of the column that is sorted by, made so that its bytes compare as the order wants it:
    /// see [`SortKey::value`]. Empty in the order of time.
    pub by: Box<[u8]>,
    /// Milliseconds since 1970 UTC; an unreadable time is [`SortKey::UNDATED`]. Newest-first
    /// orders negate it, but undated events come last in both.
    pub time: i64,
    /// The source file, in intake order.
    pub source: u32,
    /// The record within the source.
    pub record: u32,
}

impl SortKey {
    /// Sorts after every time.
    pub const UNDATED: i64 = i64::MAX;

    /// A value of a column as [`SortKey::by`].
    #[must_use]
    pub fn value(text: Option<&str>, descending: bool) -> Box<[u8]> {
        let Some(text) = text else { return Box::new([u8::MAX]) };
        if !descending {
            return std::iter::once(0).chain(text.bytes()).collect();
        }
        // Turned over, a longer text must come before its own beginning, so a byte ends each that is
        // greater than all: UTF-8 has none above 0xf4.
        std::iter::once(0).chain(text.bytes().map(|byte| 0xf8 - byte)).chain([u8::MAX]).collect()
    }
}

/// What shards say to each other, by way of the page, which passes it on unread.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PeerMessage {
    /// Claims to the part of the registry that the receiver keeps.
    Claims(Vec<Claim>),
    /// What became of claims of the receiver.
    Rulings(Vec<Ruling>),
    /// What the sender found for the check of integrity; for the first shard.
    Evidence(Evidence),
}

/// One record's claim to be the shown copy of its event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Hash of event id and content, keyed for this session so that no log can aim at a collision.
    pub hash: u128,
    /// Who claims it.
    pub row: RowRef,
    /// The source file in intake order: the lowest `(source, record)` is shown.
    pub source: u32,
    /// The record within the source.
    pub record: u32,
}

/// What became of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ruling {
    /// The row is a copy; it is not shown.
    Copy(u32),
    /// So many copies of this shown row have been found, wherever they are.
    Copies(u32, u32),
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn values_compare_as_their_texts_and_absent_ones_come_last(one in ".{0,6}", other in ".{0,6}") {
            for (descending, expected) in [(false, one.cmp(&other)), (true, other.cmp(&one))] {
                let value = |text| SortKey::value(text, descending);
                prop_assert_eq!(value(Some(&one)).cmp(&value(Some(&other))), expected);
                prop_assert!(value(Some(&one)) < value(None));
            }
        }
    }
}
