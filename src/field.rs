//! The fields that have a column of their own: one registry that the table, the query language,
//! the facets and the page all read.

use serde::{Deserialize, Serialize};

/// A field that every shard keeps in a column, so that questions about it need no record text.
///
/// Everything else in a record is reached by its path, which re-reads the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Field {
    /// `eventSource`, for example `sqs.amazonaws.com`.
    EventSource,
    /// `eventName`.
    EventName,
    /// The canonical actor: see [`crate::identity::principal`].
    Principal,
    /// `userIdentity.type`.
    IdentityType,
    /// `recipientAccountId`.
    RecipientAccount,
    /// `awsRegion`.
    Region,
    /// `sourceIPAddress`: an address, a service name or `AWS Internal`.
    SourceIp,
    /// `userAgent`.
    UserAgent,
    /// `errorCode`.
    ErrorCode,
    /// `readOnly`, as the text `true` or `false`.
    ReadOnly,
    /// `eventCategory`.
    EventCategory,
    /// `eventType`.
    EventType,
    /// `userIdentity.accessKeyId`.
    AccessKey,
    /// `userIdentity.accountId`.
    IdentityAccount,
    /// `userIdentity.arn`.
    IdentityArn,
    /// `userIdentity.userName`.
    UserName,
    /// What the event is about, derived from `resources` and the parameters.
    Resource,
    /// The redaction markers that stand in the record; an event can have several.
    Redaction,
    /// `userIdentity.sessionContext.attributes.mfaAuthenticated`, as the text `true` or `false`.
    Mfa,
    /// `userIdentity.sessionContext.attributes.creationDate`: when the session began.
    SessionStart,
    /// `userIdentity.invokedBy`.
    InvokedBy,
    /// `userIdentity.sessionContext.sourceIdentity`.
    SourceIdentity,
    /// The access key that the call handed out: `responseElements.credentials.accessKeyId`, or
    /// `responseElements.accessKey.accessKeyId`.
    IssuedKey,
    /// The session that the call opened, as an ARN: `responseElements.assumedRoleUser.arn`,
    /// `responseElements.federatedUser.arn`, or made of the role and session name asked for; for
    /// `AssumeRoot` the root user of the account asked for, for a switch in the console its new session.
    IssuedArn,
    /// `sharedEventID`: the same in the records that several accounts got of one action.
    SharedEvent,
    /// How the call failed: its error code, or the message where there is no code.
    Failure,
    /// What of it is worth a second look, derived: see [`crate::services::Noter`]; several are joined.
    Notable,
    /// Details in the service's own terms, derived like [`Field::Notable`].
    Detail,
    /// Where something is hidden in the record, with `[]` for indices; an event can have several.
    RedactionPath,
    /// How it is hidden: [`crate::protocol::Hidden`]; an event can have several.
    RedactionClass,
    /// The kinds of values that leaked in the record; an event can have several.
    Exposure,
    /// Where, with `[]` for indices; an event can have several.
    ExposurePath,
    /// `additionalEventData.SwitchFrom`: the ARN of whoever switched to a role in the console.
    SwitchedFrom,
    /// `userIdentity.sessionContext.signInSessionArn`: the sign-in that the session belongs to.
    SignInSession,
    /// Whether the log file it stands in is what was delivered:
    /// [`crate::protocol::IntegrityVerdict::name`], once that has been checked.
    Integrity,
    /// Whether the call reads or writes, and whether it is a data event, derived: `read`, `write`, `data`;
    /// several are joined. It is `readOnly` where that is said, else what the name of the call says.
    Access,
    /// A path that the reader made a column or a facet of: the first of [`ADDED`].
    Added1,
    /// The second.
    Added2,
    /// The third.
    Added3,
    /// The fourth.
    Added4,
    /// The fifth.
    Added5,
    /// The sixth.
    Added6,
    /// The seventh.
    Added7,
    /// The eighth.
    Added8,
}

/// Places for the paths of [`crate::protocol::Ask::paths`], which says what they stand for. No query names
/// them.
pub const ADDED: [Field; 8] = [
    Field::Added1,
    Field::Added2,
    Field::Added3,
    Field::Added4,
    Field::Added5,
    Field::Added6,
    Field::Added7,
    Field::Added8,
];

/// Between the values of a [`Field`] that may have several; no single value holds it: Unicode keeps it for
/// a program's own use.
pub const BETWEEN: char = '\u{fdd0}';

/// What a [`Field`] is called, and how its values compare.
pub struct FieldInfo {
    /// The field.
    pub field: Field,
    /// Its full name in the query language: the path in the record, or our word for a derived value.
    pub name: &'static str,
    /// Shorter names the query language also takes.
    pub aliases: &'static [&'static str],
    /// The label of its facet and column.
    pub label: &'static str,
    /// What the absence of a value is called on screen.
    pub absent: &'static str,
    /// Whether the page shows it as a facet, in registry order.
    pub facet: bool,
}

const fn info(
    field: Field,
    name: &'static str,
    aliases: &'static [&'static str],
    label: &'static str,
    absent: &'static str,
    facet: bool,
) -> FieldInfo {
    FieldInfo { field, name, aliases, label, absent, facet }
}

/// Every column field, in the order the rail shows the facets.
pub const FIELDS: &[FieldInfo] = &[
    info(Field::EventSource, "eventSource", &["service", "source"], "Service", "no service", true),
    info(Field::EventName, "eventName", &["event", "name"], "Event name", "no name", true),
    info(Field::Principal, "principal", &["user", "who"], "Principal", "no principal", true),
    info(Field::IdentityType, "userIdentity.type", &["identity"], "Identity type", "no type", true),
    info(Field::ErrorCode, "errorCode", &["error"], "Error code", "no error", true),
    info(Field::ReadOnly, "readOnly", &[], "Read-only", "not said", true),
    info(Field::Redaction, "redaction", &["hid", "redaction.marker"], "AWS hid", "nothing hidden", true),
    info(Field::Notable, "notable", &[], "Of note", "nothing of note", true),
    info(Field::Exposure, "exposure", &["leaked", "exposure.kind"], "Leaked", "nothing leaked", true),
    info(Field::RecipientAccount, "recipientAccountId", &["account"], "Account", "no account", true),
    info(Field::Region, "awsRegion", &["region"], "Region", "no Region", true),
    info(Field::SourceIp, "sourceIPAddress", &["ip"], "Source IP", "no address", true),
    info(Field::UserAgent, "userAgent", &["agent"], "User agent", "no user agent", true),
    info(Field::EventCategory, "eventCategory", &["category"], "Event category", "not said", true),
    info(Field::EventType, "eventType", &[], "Event type", "not said", false),
    info(Field::AccessKey, "userIdentity.accessKeyId", &["key"], "Access key", "no key", false),
    info(Field::IdentityAccount, "userIdentity.accountId", &[], "Identity account", "no account", false),
    info(Field::IdentityArn, "userIdentity.arn", &["arn"], "Identity ARN", "no ARN", false),
    info(Field::UserName, "userIdentity.userName", &[], "User name", "no user name", false),
    info(Field::RedactionPath, "redaction.path", &[], "Hidden path", "nothing hidden", false),
    info(Field::RedactionClass, "redaction.class", &[], "How hidden", "nothing hidden", false),
    info(Field::ExposurePath, "exposure.path", &[], "Leaked path", "nothing leaked", false),
    info(Field::Resource, "resource", &[], "Resource", "no resource", false),
    info(
        Field::Mfa,
        "userIdentity.sessionContext.attributes.mfaAuthenticated",
        &["mfa"],
        "MFA",
        "not said",
        false,
    ),
    info(
        Field::SessionStart,
        "userIdentity.sessionContext.attributes.creationDate",
        &["sessionStart"],
        "Session start",
        "no session",
        false,
    ),
    info(Field::InvokedBy, "userIdentity.invokedBy", &["invokedBy"], "Invoked by", "not by a service", false),
    info(
        Field::SourceIdentity,
        "userIdentity.sessionContext.sourceIdentity",
        &["sourceIdentity"],
        "Source identity",
        "no source identity",
        false,
    ),
    info(Field::IssuedKey, "issuedKey", &[], "Issued key", "no key issued", false),
    info(Field::IssuedArn, "issuedArn", &[], "Issued session", "no session issued", false),
    info(Field::SwitchedFrom, "additionalEventData.SwitchFrom", &[], "Switched from", "no switch", false),
    info(
        Field::SignInSession,
        "userIdentity.sessionContext.signInSessionArn",
        &["signInSession"],
        "Sign-in session",
        "no sign-in session",
        false,
    ),
    info(Field::Integrity, "integrity", &[], "Integrity of its file", "not checked", false),
    info(Field::SharedEvent, "sharedEventID", &["shared"], "Shared event", "not shared", false),
    info(Field::Access, "access", &[], "Access", "cannot tell", false),
    info(Field::Failure, "failure", &[], "Failure", "no failure", false),
    info(Field::Detail, "detail", &[], "Detail", "no detail", false),
];

/// What every path is called where only its place is known.
const ADDED_INFO: FieldInfo = info(Field::Added1, "added", &[], "Added", "not there", false);

impl Field {
    /// Its place in [`ADDED`].
    #[must_use]
    pub fn added(self) -> Option<usize> {
        ADDED.iter().position(|added| *added == self)
    }

    /// Whether a value of its column may be several, joined by [`BETWEEN`].
    #[must_use]
    pub fn is_joined(self) -> bool {
        matches!(self, Self::Notable | Self::Detail | Self::Access)
    }

    /// Whether an event can have several values of it, made from what was found in the record.
    #[must_use]
    pub const fn is_of_findings(self) -> bool {
        matches!(
            self,
            Self::Redaction
                | Self::RedactionPath
                | Self::RedactionClass
                | Self::Exposure
                | Self::ExposurePath
        )
    }

    /// Whether Trailscope works its values out, so that they stand at no path of the record and need not
    /// stand in it at all.
    #[must_use]
    pub const fn is_derived(self) -> bool {
        self.is_of_findings()
            || matches!(
                self,
                Self::Principal
                    | Self::Resource
                    | Self::IssuedArn
                    | Self::Failure
                    | Self::Notable
                    | Self::Detail
                    | Self::Access
                    | Self::Integrity
            )
    }

    /// Its line in the registry.
    #[must_use]
    pub fn info(self) -> &'static FieldInfo {
        // Every other variant has a line: a test below proves it.
        FIELDS.iter().find(|line| line.field == self).unwrap_or(&ADDED_INFO)
    }

    /// Its full name in the query language, also `data-field` of its facet.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// Whether so few events have a value that its column holds those alone.
    #[must_use]
    pub fn is_rare(self) -> bool {
        matches!(
            self,
            Self::SourceIdentity
                | Self::IssuedKey
                | Self::IssuedArn
                | Self::SharedEvent
                | Self::SwitchedFrom
                | Self::SignInSession
                | Self::Integrity
        )
    }

    /// The field called `name`, by its full name or an alias. Case does not matter.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        FIELDS
            .iter()
            .find(|line| {
                line.name.eq_ignore_ascii_case(name)
                    || line.aliases.iter().any(|alias| alias.eq_ignore_ascii_case(name))
            })
            .map(|line| line.field)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_aliases_are_unique_and_find_their_field() {
        let mut seen = std::collections::HashSet::new();
        for line in FIELDS {
            for name in std::iter::once(&line.name).chain(line.aliases) {
                assert!(seen.insert(name.to_ascii_lowercase()), "{name} is used twice");
                assert_eq!(Field::by_name(name), Some(line.field));
            }
            assert_eq!(line.field.info().name, line.name);
        }
        assert_eq!(Field::Added1 as usize, FIELDS.len(), "every field before them has a line");
        for (place, field) in ADDED.into_iter().enumerate() {
            assert_eq!((field as usize, field.added()), (FIELDS.len() + place, Some(place)));
        }
    }
}
