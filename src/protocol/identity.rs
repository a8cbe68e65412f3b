//! Principals in full, and the way from a session back to whoever opened it.

use serde::{Deserialize, Serialize};

use super::{Histogram, QuestionId, RowRef};
use crate::field::Field;

/// One principal at a glance.
///
/// The canonical text of a principal is short and says no account and no kind: `deploy`, `root`. Two
/// accounts can have a `deploy`, and one account a user and a role of that name, and those are different
/// actors. So a principal is this text with its kind and its account: `userIdentity.accountId`, empty where
/// records do not say it and for AWS services, which are the same in every account. Case does not matter:
/// IAM does not distinguish names by it, and neither do queries. [`IdentitySummary::terms`] finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IdentitySummary {
    /// The canonical principal.
    pub principal: String,
    /// Its account; may be empty.
    pub account: String,
    /// Whether another account has a principal of the same name and kind.
    pub namesake: bool,
    /// What it is: a `userIdentity.type`, `AssumedRole` also for a role that is written as `Role`; empty
    /// where records do not say it.
    pub identity_type: String,
    /// Whether there is another kind of principal with the same name.
    pub another_kind: bool,
    /// `userIdentity.type` as its records have it; an empty one is none.
    pub types: Vec<String>,
    /// Of the part of a shard: name, kind and account as [`super::Answer::principal_hashes`] has them.
    pub hashes: [u64; 3],
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

impl IdentitySummary {
    /// Whether both are of one principal.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        [&self.principal, &self.identity_type, &self.account]
            == [&other.principal, &other.identity_type, &other.account]
    }

    /// What tells it from all others.
    #[must_use]
    pub fn terms(&self) -> PrincipalTerms {
        PrincipalTerms {
            principal: self.principal.clone(),
            account: self.namesake.then(|| self.account.clone()),
            types: if self.another_kind { self.types.clone() } else { Vec::new() },
        }
    }
}

/// What narrows events to one principal: these terms of a query find exactly its events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrincipalTerms {
    /// The canonical principal; none where it is empty.
    pub principal: String,
    /// Its account, none where it is empty; `None` where its name and kind are only in one, so that events
    /// which do not say their account count too.
    pub account: Option<String>,
    /// Its types, any of them, an empty one for none; none where all of the name are of one kind.
    pub types: Vec<String>,
}

/// One principal in full, as far as its events match a question.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrincipalDetail {
    /// The question.
    pub question: QuestionId,
    /// Of its [`PrincipalTerms`].
    pub principal: String,
    /// Of its [`PrincipalTerms`].
    pub account: Option<String>,
    /// Of its [`PrincipalTerms`].
    pub types: Vec<String>,
    /// Its events in the buckets of the question.
    pub histogram: Histogram,
    /// What it used and did, one list for each field in the order of the page.
    pub lists: Vec<UseList>,
}

impl PrincipalDetail {
    /// Whether it is of this principal.
    #[must_use]
    pub fn is_of(&self, terms: &PrincipalTerms) -> bool {
        self.principal == terms.principal && self.account == terms.account && self.types == terms.types
    }
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
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// What a shard knows of a session, or of a long-term key: calls that are tied to it, and how much was
/// done with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Traced {
    /// The calls; of each kind not all, where there are many.
    pub callers: Vec<Caller>,
    /// Events made with it.
    pub events: u64,
    /// The first and the last of them, milliseconds since 1970 UTC.
    pub first_ms: Option<i64>,
    /// The last one.
    pub last_ms: Option<i64>,
}

/// What ties a call to a session. Of those that may have opened it, the surest stands first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Tie {
    /// It is the call that was asked about.
    Own,
    /// It is the call that was asked about, as another account logged it.
    Copy,
    /// It handed out the very key.
    Key,
    /// It opened a session of this ARN at the second this one began.
    Session,
    /// It is the sign-in that this session names as its own.
    SignInSession,
    /// The console opened a session of this ARN at the second this one began, with another key: it
    /// takes new keys for a session as it goes.
    OtherKey,
    /// It opened one of the same role and name shortly before; when this one began is not said.
    Name,
    /// The same identity signed in to the console with it as the session began.
    SignIn,
    /// The same identity signed in to the console with it, the last time before it switched to a role.
    LastSignIn,
    /// It was made with the session, and handed out credentials in turn.
    Opened,
}

impl Tie {
    /// `data-confidence` of the link.
    #[must_use]
    pub fn confidence(self) -> &'static str {
        match self {
            Self::Session => "strong",
            Self::OtherKey | Self::Name | Self::SignIn | Self::LastSignIn => "hint",
            Self::Own | Self::SignInSession | Self::Copy | Self::Key | Self::Opened => "certain",
        }
    }
}

/// One event as a link of a chain: who called, and what the call opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// What ties it to the session in question.
    pub tie: Tie,
    /// Where it is.
    pub row: RowRef,
    /// `eventID` as logged.
    pub event_id: String,
    /// Milliseconds since 1970 UTC.
    pub time_ms: Option<i64>,
    /// The texts of [`CALLER_FIELDS`], in their order; empty ones are not there.
    pub texts: Vec<String>,
}

/// What is told of a caller. The first seven are the session it called with.
///
/// Of a switch to a role in the console this is the session it was made from, as far as
/// `additionalEventData.SwitchFrom` tells; the new session is what it issued.
pub const CALLER_FIELDS: [Field; 16] = [
    Field::AccessKey,
    Field::IdentityArn,
    Field::SessionStart,
    Field::SharedEvent,
    Field::SignInSession,
    Field::SwitchedFrom,
    Field::InvokedBy,
    Field::EventName,
    Field::Principal,
    Field::IdentityType,
    Field::IdentityAccount,
    Field::RecipientAccount,
    Field::Mfa,
    Field::SourceIdentity,
    Field::IssuedKey,
    Field::IssuedArn,
];

/// How many of [`CALLER_FIELDS`] are the session.
pub const SESSION_FIELDS: usize = 7;

impl Caller {
    /// The text of a field; nothing for one that is not told.
    #[must_use]
    pub fn text(&self, field: Field) -> &str {
        let place = CALLER_FIELDS.iter().position(|known| *known == field);
        place.and_then(|place| self.texts.get(place)).map_or("", String::as_str)
    }

    /// The session name: what follows the role in the ARN.
    #[must_use]
    pub fn session_name(&self) -> &str {
        let behind = self.text(Field::IdentityArn).split_once(":assumed-role/");
        behind.and_then(|(_, role)| role.split_once('/')).map_or("", |(_, session)| session)
    }

    /// Whether credentials of this kind are always handed out by some call. Those that a named
    /// service takes to call for a user are not; one without a name may be the console's.
    #[must_use]
    pub fn is_session(&self) -> bool {
        matches!(self.text(Field::IdentityType), "AssumedRole" | "FederatedUser")
            || self.text(Field::AccessKey).starts_with("ASIA")
                && !self.text(Field::InvokedBy).ends_with(".amazonaws.com")
    }
}
