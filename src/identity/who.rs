//! What one record says about its caller, read once for the three answers.

use std::borrow::Cow;

use crate::json::{Document, Value};

use super::{is_access_key, name_in_arn};

/// The fields the answers rest on; placeholders of documentation count as absent.
pub(super) struct Who<'d> {
    pub(super) present: bool,
    pub(super) kind: Cow<'d, str>,
    pub(super) arn: Option<Cow<'d, str>>,
    pub(super) account: Option<Cow<'d, str>>,
    pub(super) principal_id: Option<Cow<'d, str>>,
    pub(super) key: Option<Cow<'d, str>>,
    pub(super) invoked_by: Option<Cow<'d, str>>,
    pub(super) on_behalf_of: Option<Cow<'d, str>>,
    pub(super) scope: Option<Cow<'d, str>>,
    /// `sessionContext` with anything in it.
    pub(super) session: bool,
    pub(super) issuer_type: Option<Cow<'d, str>>,
    pub(super) issuer_name: Option<Cow<'d, str>>,
    pub(super) issuer_arn: Option<Cow<'d, str>>,
    pub(super) mfa: Option<Cow<'d, str>>,
    pub(super) source_identity: Option<Cow<'d, str>>,
    pub(super) sign_in: Option<Cow<'d, str>>,
    /// Whoever switched to the role in the console.
    pub(super) switched_from: Option<Cow<'d, str>>,
    pub(super) console: bool,
    pub(super) assumed_root: bool,
    pub(super) ec2: bool,
    pub(super) web_provider: Option<Cow<'d, str>>,
    pub(super) event_type: Option<Cow<'d, str>>,
    pub(super) source_ip: Option<Cow<'d, str>>,
    pub(super) user_agent: Option<Cow<'d, str>>,
    pub(super) via_service: bool,
    pub(super) tls: bool,
}

impl<'d> Who<'d> {
    pub(super) fn read(record: &'d Document<'_>) -> Self {
        let root = record.root();
        let identity = root.get("userIdentity");
        let text = |keys: &[&str]| real(identity?.text_at(keys));
        let session = identity.and_then(|identity| identity.get("sessionContext"));
        let in_session = |keys: &[&str]| real(session?.text_at(keys));
        let filled = |value: Option<Value<'_>>| value.is_some_and(|value| !value.is_empty());
        Self {
            present: filled(identity),
            kind: text(&["type"]).unwrap_or_default(),
            arn: text(&["arn"]),
            account: text(&["accountId"]),
            principal_id: text(&["principalId"]),
            key: text(&["accessKeyId"]),
            invoked_by: text(&["invokedBy"]),
            on_behalf_of: real(identity.and_then(|i| i.text_at(&["onBehalfOf", "userId"])))
                .or_else(|| filled(identity.and_then(|i| i.get("onBehalfOf"))).then_some(Cow::Borrowed(""))),
            scope: text(&["inScopeOf", "sourceArn"]).or_else(|| text(&["inScopeOf", "issuerType"])),
            session: filled(session),
            issuer_type: in_session(&["sessionIssuer", "type"]),
            issuer_name: in_session(&["sessionIssuer", "userName"]),
            issuer_arn: in_session(&["sessionIssuer", "arn"]),
            mfa: in_session(&["attributes", "mfaAuthenticated"]),
            source_identity: in_session(&["sourceIdentity"]),
            sign_in: in_session(&["signInSessionArn"]),
            switched_from: real(root.text_at(&["additionalEventData", "SwitchFrom"])),
            console: root.text_at(&["sessionCredentialFromConsole"]).is_some_and(|text| text == "true"),
            assumed_root: in_session(&["assumedRoot"]).is_some_and(|text| text == "true"),
            ec2: in_session(&["ec2RoleDelivery"]).is_some(),
            web_provider: in_session(&["webIdFederationData", "federatedProvider"]),
            event_type: real(root.text_at(&["eventType"])),
            source_ip: real(root.text_at(&["sourceIPAddress"])),
            user_agent: real(root.text_at(&["userAgent"])),
            via_service: root
                .text_at(&["eventContext", "requestContext", "aws:ViaAWSService"])
                .is_some_and(|text| text == "true"),
            tls: filled(root.get("tlsDetails")),
        }
    }

    /// Whether `userIdentity.type` is this one; AWS's samples vary its case.
    pub(super) fn is(&self, kind: &str) -> bool {
        self.kind.eq_ignore_ascii_case(kind)
    }

    pub(super) fn is_service_event(&self) -> bool {
        self.event_type.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("AwsServiceEvent"))
    }

    pub(super) fn is_anonymous(&self) -> bool {
        self.account.as_deref().is_some_and(|account| {
            account.eq_ignore_ascii_case("anonymous") || account.eq_ignore_ascii_case("ANONYMOUS_PRINCIPAL")
        })
    }

    /// Whether the access key starts like this and is a key at all.
    pub(super) fn key_is(&self, prefix: &str) -> bool {
        self.key.as_deref().is_some_and(|key| is_access_key(key) && key.starts_with(prefix))
    }

    /// The role behind temporary credentials, without its session.
    pub(super) fn role(&self) -> Option<&str> {
        self.issuer_name
            .as_deref()
            .or_else(|| self.issuer_arn.as_deref().and_then(name_in_arn))
            .or_else(|| self.arn.as_deref().and_then(name_in_arn))
    }

    /// The session's name: what follows the role in the ARN, or the colon in the principal id.
    pub(super) fn session_name(&self) -> Option<&str> {
        let by_arn = self.arn.as_deref().and_then(|arn| {
            let rest = &arn[arn.find(":assumed-role/")? + ":assumed-role/".len()..];
            rest.split_once('/').map(|(_, session)| session)
        });
        by_arn
            .or_else(|| self.principal_id.as_deref()?.split_once(':').map(|(_, session)| session))
            .filter(|session| !session.is_empty())
    }
}

fn real(text: Option<Cow<'_, str>>) -> Option<Cow<'_, str>> {
    text.filter(|text| !text.is_empty() && !is_placeholder(text))
}

/// The words that AWS's sample records have where real ones have values.
fn is_placeholder(text: &str) -> bool {
    const WORDS: [&str; 11] = [
        "principal ID",
        "ARN",
        "account ID",
        "access key ID",
        "user name",
        "user ID",
        "user agent",
        "source IP address",
        "ACCESS_KEY_ID",
        "region",
        "timestamp",
    ];
    WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
        || text.starts_with("EXAMPLE_")
        || text.contains("{{")
}
