//! Principals in full, and the way from a session back to whoever opened it.

use serde::{Deserialize, Serialize};

use super::{Histogram, QuestionId, RowRef};
use crate::field::Field;

/// One principal at a glance.
///
/// The canonical text of a principal is short and says no account: `deploy`, `root`. Two accounts can
/// have a `deploy`, and those are two actors, so a principal is this text with its account:
/// `userIdentity.accountId`, empty where records do not say it and for AWS services, which are the same
/// in every account. What keeps two of one name apart in a query is a second term with the account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentitySummary {
    /// The canonical principal.
    pub principal: String,
    /// Its account; may be empty.
    pub account: String,
    /// Whether another account has a principal of the same name.
    pub namesake: bool,
    /// `userIdentity.type` seen with it most often; empty where records have none.
    pub identity_type: String,
    /// Matching events.
    pub events: u64,
    /// With an error.
    pub errors: u64,
    /// `readOnly` is false.
    pub writes: u64,
    /// Redaction markers.
    pub redactions: u64,
    /// First and last time, milliseconds since 1970 UTC.
    pub first_ms: Option<i64>,
    /// Last time.
    pub last_ms: Option<i64>,
}

/// Which principal is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrincipalKey {
    /// The canonical principal.
    pub principal: String,
    /// Its account; `None` where no other account has a principal of that name, so that events which
    /// do not say their account count too.
    pub account: Option<String>,
}

/// One principal in full, as far as its events match a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrincipalDetail {
    /// The question.
    pub question: QuestionId,
    /// Who.
    pub key: PrincipalKey,
    /// Its events in the buckets of the question.
    pub histogram: Histogram,
    /// What it used and did, one list for each field in the order of the page.
    pub lists: Vec<UseList>,
}

/// The values of one field in the events of a principal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseList {
    /// The field.
    pub field: Field,
    /// Distinct values, absence not counted; an upper bound when merged.
    pub distinct: u64,
    /// The most frequent values.
    pub uses: Vec<Use>,
}

/// One value in the events of a principal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// The value.
    pub value: String,
    /// Events with it.
    pub events: u64,
    /// With an error.
    pub errors: u64,
    /// `readOnly` is false.
    pub writes: u64,
    /// The first and the last of them, with their times: milliseconds since 1970 UTC, `i64::MAX` where
    /// they can't be read.
    pub first: (i64, RowRef),
    /// The last one.
    pub last: (i64, RowRef),
}

/// One step on the way through sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Step {
    /// Who made the call in this row.
    Row(u32),
    /// Who opened a session, and what was done with it.
    Session(Box<Session>),
}

/// What is known of a session, or of a long-term key. Empty texts are not known.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// `userIdentity.accessKeyId`.
    pub key: String,
    /// `userIdentity.arn`.
    pub arn: String,
    /// `sessionContext.attributes.creationDate`.
    pub start: String,
    /// `sharedEventID` of the event in question: the copies of it in other accounts have it too.
    pub shared: String,
    /// The event in question, and when it was.
    pub of: Option<(RowRef, Option<i64>)>,
}

/// What a shard knows of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traced {
    /// To [`Step::Row`]: the caller.
    pub own: Option<Caller>,
    /// Calls that may have opened the session, with what ties it to them.
    pub issuers: Vec<(Tie, Caller)>,
    /// The same action as other accounts logged it.
    pub copies: Vec<Caller>,
    /// What was done with the session.
    pub used: Used,
}

/// What was done with a session or a key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Used {
    /// Events.
    pub events: u64,
    /// With an error.
    pub errors: u64,
    /// First and last time, milliseconds since 1970 UTC.
    pub first_ms: Option<i64>,
    /// Last time.
    pub last_ms: Option<i64>,
    /// Calls that handed out credentials in turn; not all where there are many.
    pub opened: Vec<Caller>,
}

/// What ties a session to the call that opened it, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tie {
    /// It is the same call, as the account of its caller logged it.
    Copy,
    /// The call handed out the very key.
    Key,
    /// The call opened a session of this ARN at the second this one began.
    Session,
    /// The same role and session name, shortly before; when this session began is not said.
    Name,
    /// The same identity signed in to the console as the session began.
    SignIn,
}

impl Tie {
    /// `data-confidence` of the link.
    #[must_use]
    pub fn confidence(self) -> &'static str {
        match self {
            Self::Copy | Self::Key => "certain",
            Self::Session => "strong",
            Self::Name | Self::SignIn => "hint",
        }
    }
}

/// One event as a link of a chain: who called, and what the call opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// Where it is.
    pub row: RowRef,
    /// `eventID` as logged.
    pub event_id: String,
    /// Milliseconds since 1970 UTC.
    pub time_ms: Option<i64>,
    /// `eventName`.
    pub name: String,
    /// The canonical principal.
    pub principal: String,
    /// `userIdentity.type`.
    pub identity_type: String,
    /// `userIdentity.accountId`.
    pub account: String,
    /// `recipientAccountId`.
    pub recipient: String,
    /// `userIdentity.accessKeyId`.
    pub key: String,
    /// `userIdentity.arn`.
    pub arn: String,
    /// `sessionContext.attributes.creationDate`.
    pub start: String,
    /// `sessionContext.attributes.mfaAuthenticated`.
    pub mfa: String,
    /// `sessionContext.sourceIdentity`.
    pub source_identity: String,
    /// `sharedEventID`.
    pub shared: String,
    /// The key it handed out.
    pub issued_key: String,
    /// The session it opened, as an ARN.
    pub issued_arn: String,
}

impl Caller {
    /// The session it was made with.
    #[must_use]
    pub fn session(&self) -> Session {
        Session {
            key: self.key.clone(),
            arn: self.arn.clone(),
            start: self.start.clone(),
            shared: self.shared.clone(),
            of: Some((self.row, self.time_ms)),
        }
    }

    /// The session name: what follows the role in the ARN.
    #[must_use]
    pub fn session_name(&self) -> &str {
        let behind = self.arn.split_once(":assumed-role/").and_then(|(_, role)| role.split_once('/'));
        behind.map_or("", |(_, session)| session)
    }

    /// Whether credentials of this kind are always handed out by some call.
    #[must_use]
    pub fn is_session(&self) -> bool {
        matches!(self.identity_type.as_str(), "AssumedRole" | "FederatedUser") || self.key.starts_with("ASIA")
    }
}
