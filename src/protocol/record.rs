//! One record in full, for the inspector.

use serde::{Deserialize, Serialize};

use super::{Exposure, Hidden, RowRef};
use crate::field::Field;

/// Everything the inspector shows of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordView {
    /// Where it is.
    pub row: RowRef,
    /// `eventID` as logged; empty where there is none.
    pub event_id: String,
    /// `eventName`.
    pub name: String,
    /// `eventSource`.
    pub source: String,
    /// Milliseconds since 1970 UTC.
    pub time_ms: Option<i64>,
    /// `eventTime` as logged.
    pub time_text: String,
    /// `sourceIPAddress`.
    pub source_ip: String,
    /// `recipientAccountId`, else `userIdentity.accountId`.
    pub account: String,
    /// `awsRegion`.
    pub region: String,
    /// `errorCode`, or the error message where there is no code.
    pub error: Option<String>,
    /// `readOnly` is false.
    pub write: bool,
    /// What happened, in one sentence.
    pub sentence: Vec<Phrase>,
    /// The three questions AWS asks of every record, in its order.
    pub answers: Vec<IdentityAnswer>,
    /// The record as a tree, one entry for each line, parents before children.
    pub tree: Vec<TreeLine>,
    /// What AWS hid in it, in the order of the record.
    pub redactions: Vec<Redaction>,
    /// What leaked in it, in the order of the record.
    pub exposures: Vec<Exposure>,
    /// The source text, byte for byte; bytes that are no UTF-8 are shown as U+FFFD.
    pub raw: String,
    /// The file it came from.
    pub file: String,
    /// Its number in that file, counted from 1.
    pub record: u32,
    /// Where its text starts in the inflated file, in bytes.
    pub offset: u64,
    /// Exact copies of it that are not shown.
    pub copies: u32,
    /// Something about the text a reader must know, for example that bytes of it are no UTF-8.
    pub notes: Vec<String>,
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// The words.
    pub text: String,
    /// The filter that the words stand for.
    pub filter: Option<(Field, String)>,
}

/// One of the three questions of the `userIdentity` reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Question {
    /// Was the request made with root or IAM user credentials?
    RootOrUser,
    /// Was it made with temporary security credentials for a role or a federated user?
    Temporary,
    /// Was it made by another AWS service?
    ByService,
}

impl Question {
    /// `data-question` of its answer.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::RootOrUser => "root-or-user",
            Self::Temporary => "temporary",
            Self::ByService => "by-service",
        }
    }

    /// The question as asked.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::RootOrUser => "Root or IAM user?",
            Self::Temporary => "Temporary, for a role or a federated user?",
            Self::ByService => "Another AWS service?",
        }
    }
}

/// Yes, no, or an honest "can't tell".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    /// The record says so.
    Yes,
    /// The record says it is not so.
    No,
    /// The record does not tell.
    Unknown,
}

impl Verdict {
    /// `data-answer`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::Unknown => "unknown",
        }
    }
}

/// The answer to one question, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentityAnswer {
    /// Which question.
    pub question: Question,
    /// The answer.
    pub verdict: Verdict,
    /// What it means here: `IAM user, long-term key`. May be empty.
    pub detail: String,
    /// The fields that say so: `type=IAMUser`, `no sessionContext`.
    pub evidence: Vec<String>,
}

/// What kind of JSON value a line of the tree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ValueKind {
    /// `{…}` with this many members.
    Object(u32),
    /// `[…]` with this many elements.
    Array(u32),
    /// A string; the text of the line is decoded.
    String,
    /// A number; the text of the line is as written.
    Number,
    /// `true` or `false`.
    Bool,
    /// `null`.
    Null,
}

/// One line of the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TreeLine {
    /// How deep, 0 for the members of the record.
    pub depth: u16,
    /// The key, or the index as text.
    pub key: String,
    /// The whole path, `requestParameters.users[0].password`.
    pub path: String,
    /// What it is.
    pub kind: ValueKind,
    /// A string decoded, a number as written, `true`, `false`, `null`; for an object or a list a
    /// preview of what is in it.
    pub text: String,
    /// The number of lines below it that belong to it.
    pub inside: u32,
    /// The redaction on this line: a place in [`RecordView::redactions`].
    pub redaction: Option<u32>,
    /// The exposure on this line: a place in [`RecordView::exposures`].
    pub exposure: Option<u32>,
}

/// A value that is not in the record although it was there; see [`Hidden`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redaction {
    /// Where: `requestParameters.users[0].password`.
    pub path: String,
    /// The marker as AWS wrote it, decoded.
    pub marker: String,
    /// How it is missing.
    pub class: Hidden,
    /// Where the marker stands in the decoded value, in bytes; the whole value mostly. `0..0` where
    /// no marker stands, and where it stands in the key.
    pub span: (u32, u32),
    /// Whether AWS documents that this service hides this value.
    pub documented: bool,
    /// What happened, for a reader: `Amazon MQ replaces password with *** before it logs this call.`
    pub explanation: String,
    /// The AWS document that says so; empty where none does.
    pub document: String,
}
