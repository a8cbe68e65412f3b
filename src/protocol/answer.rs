//! From a shard to the page: counts, facets, times, rows.

use serde::{Deserialize, Serialize};

use super::{
    FindingGroup, IdentitySummary, IntegrityReport, LedgerEntry, PrincipalDetail, QuestionId, RecordView,
    RowRef, SortKey, Traced,
};
use crate::field::Field;

/// What a shard says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Response {
    /// To [`super::Request::Ask`].
    Answer(Box<Answer>),
    /// To [`super::Request::Keys`].
    Keys {
        /// The question.
        question: QuestionId,
        /// The first place.
        from: u32,
        /// The keys, ascending.
        keys: Vec<SortKey>,
    },
    /// To [`super::Request::Rows`].
    Rows {
        /// The question.
        question: QuestionId,
        /// The first place.
        from: u32,
        /// The rows, ascending by key.
        rows: Vec<EventRow>,
    },
    /// To [`super::Request::RowsAt`] and [`super::Request::EventRow`].
    RowsAt(Vec<EventRow>),
    /// To [`super::Request::Record`].
    Record(Result<Box<RecordView>, String>),
    /// To [`super::Request::NextError`]: the key and row of the hit, and its place in this shard.
    Found {
        /// The question.
        question: QuestionId,
        /// The nearest match with an error.
        hit: Option<(SortKey, RowRef)>,
    },
    /// To [`super::Request::Rank`].
    Rank {
        /// The question.
        question: QuestionId,
        /// Matches of this shard before the key.
        before: u64,
    },
    /// To [`super::Request::Principal`].
    Principal(Box<PrincipalDetail>),
    /// To [`super::Request::Trace`].
    Traced {
        /// The number of the step.
        number: u32,
        /// What this shard knows.
        found: Box<Traced>,
    },
    /// Unasked, while reading.
    Reading(Reading),
    /// How far a check of integrity is in this shard.
    Checking {
        /// The check.
        run: u32,
        /// Bytes of dropped files that are done.
        done: u64,
        /// Bytes of dropped files in all.
        all: u64,
    },
    /// To [`super::Request::CheckIntegrity`].
    Integrity(Box<IntegrityReport>),
    /// To a [`super::HandOverRequest`].
    HandOver(Box<super::HandOverResponse>),
}

/// How the reading of files goes on in one shard.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    /// Bytes read of the file in hand; its line of the ledger counts them once it is done.
    pub bytes: u64,
    /// Bytes of JSON after decompression, likewise.
    pub inflated: u64,
    /// Events, copies included, that no line of the ledger counts yet.
    pub events: u64,
    /// Bytes the shard holds: its table, and the files it keeps.
    pub memory: u64,
    /// Account ids with their names, out of a list that was dropped.
    pub names: Vec<(String, String)>,
    /// Lines of the ledger that are new or have changed.
    pub ledger: Vec<LedgerEntry>,
}

/// What a question came to, in one shard or, merged, in all of them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// The question.
    pub question: QuestionId,
    /// Share of the records looked at, 0 to 1; below 1 while records are still being re-read.
    pub progress: f32,
    /// Events held, copies not counted.
    pub events: u64,
    /// Events that match the query and the brushed range.
    pub matched: u64,
    /// Matches with an error.
    pub errors: u64,
    /// Events whose time could not be read, all and not only matches.
    pub undated: u64,
    /// Redactions in the matches.
    pub redactions: u64,
    /// Exposures in the matches.
    pub exposures: u64,
    /// Keys and strings of the matches; every one of them has been looked at.
    pub looked_at: u64,
    /// Counts over the query without the brush, so that the brush has its context.
    pub histogram: Histogram,
    /// One for each facet field, each counted without the query's terms on its own field.
    pub facets: Vec<Facet>,
    /// How many matches have a value of each field, where that was asked for.
    pub coverage: Vec<(Field, u64)>,
    /// One for each event source in the matches; most events first once merged.
    pub services: Vec<ServiceSummary>,
    /// How many principals the matches have, once merged; in every answer, whatever view it is for.
    pub principals: u64,
    /// Each principal of a shard: its name, kind and account, as hashes that are the same in all shards, so that
    /// those of several shards can be counted; empty once merged.
    pub principal_hashes: Vec<[u64; 3]>,
    /// One for each principal in the matches; most events first once merged.
    pub identities: Vec<IdentitySummary>,
    /// What is hidden in the matches by service, event, path and marker.
    pub redaction_groups: Vec<FindingGroup>,
    /// What leaked in the matches by service, event, path and kind.
    pub exposure_groups: Vec<FindingGroup>,
    /// Every 256th key of the ordered matches, to find a window without sending all keys.
    pub samples: Vec<SortKey>,
}

/// Events over time in the buckets of the question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Histogram {
    /// Events without an error, one count for each bucket.
    pub ok: Vec<u32>,
    /// Events with an error.
    pub error: Vec<u32>,
}

/// The values of one field with their counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// The field.
    pub field: Field,
    /// How many events were looked at.
    pub events: u64,
    /// How many distinct values there are, absence not counted. An upper bound when merged from
    /// shards that sent only their top values.
    pub distinct: u64,
    /// Most frequent first. `None` is the absence of the field.
    pub values: Vec<(Option<String>, u64)>,
}

/// One service at a glance.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ServiceSummary {
    /// `eventSource`; empty where records have none.
    pub source: String,
    /// Matching events.
    pub events: u64,
    /// With an error.
    pub errors: u64,
    /// Calls that write: see [`Field::Access`]. Some records say neither.
    pub writes: u64,
    /// Calls that read.
    pub reads: u64,
    /// Data events.
    pub data: u64,
    /// Of those the events of which AWS says it in other words or not at all.
    pub inferred: u64,
    /// Redactions.
    pub redactions: u64,
    /// Events in which something leaked, personal data too.
    pub exposures: u64,
    /// First and last time, milliseconds since 1970 UTC.
    pub first_ms: Option<i64>,
    /// Last time.
    pub last_ms: Option<i64>,
    /// Events in each bucket of the question, over the whole loaded range.
    pub histogram: Histogram,
    /// Event names with counts, most frequent first.
    pub names: Vec<(String, u64)>,
    /// Event names with how many of them failed.
    pub failed_names: Vec<(String, u64)>,
    /// Error codes, or messages where there is no code, with counts.
    pub failures: Vec<(String, u64)>,
    /// What is worth a second look, with counts; an event can have several.
    pub notable: Vec<(String, u64)>,
    /// Details in the service's own terms, with counts; an event can have several.
    pub details: Vec<(String, u64)>,
    /// Principals with counts, most frequent first.
    pub principals: Vec<(String, u64)>,
    /// Distinct resources, summed over shards: an upper bound.
    pub resources: u64,
    /// The most frequent resources with counts.
    pub top_resources: Vec<(String, u64)>,
}

/// One row of the events table, ready to show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EventRow {
    /// Where it is.
    pub row: RowRef,
    /// Where it sorts.
    pub key: SortKey,
    /// `eventID` as logged; empty where there is none.
    pub event_id: String,
    /// Milliseconds since 1970 UTC.
    pub time_ms: Option<i64>,
    /// `eventTime` as logged.
    pub time_text: String,
    /// `eventSource`.
    pub source: String,
    /// `eventName`.
    pub name: String,
    /// The canonical principal.
    pub principal: String,
    /// What it is about.
    pub resource: String,
    /// `sourceIPAddress`.
    pub source_ip: String,
    /// `errorCode`, or the error message where there is no code.
    pub error: Option<String>,
    /// `readOnly` is false.
    pub write: bool,
    /// Redactions in it.
    pub redactions: u32,
    /// Exposures in it that are not merely personal.
    pub exposures: u32,
    /// The account's root user made it.
    pub root: bool,
    /// A console sign-in without MFA.
    pub no_mfa: bool,
    /// Exact copies of it that are not shown.
    pub copies: u32,
    /// The values of the fields that were asked for, where it has any; several are joined by a comma.
    pub cells: Vec<(Field, String)>,
}
