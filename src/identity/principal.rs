//! One name for one actor, however many sessions and keys it has.

use std::borrow::Cow;

use crate::json::Document;

use super::{is_service, name_in_arn};

/// The fields of a record that say who made the call; the record reader fills them in passing.
///
/// `None` is an absent field; an empty text counts as absent.
#[derive(Clone, Copy, Debug, Default)]
pub struct IdentityFields<'a> {
    /// `userIdentity.type`.
    pub identity_type: Option<&'a str>,
    /// `userIdentity.userName`.
    pub user_name: Option<&'a str>,
    /// `userIdentity.arn`.
    pub arn: Option<&'a str>,
    /// `userIdentity.accountId`.
    pub account_id: Option<&'a str>,
    /// `userIdentity.principalId`.
    pub principal_id: Option<&'a str>,
    /// `userIdentity.accessKeyId`.
    pub access_key_id: Option<&'a str>,
    /// `userIdentity.invokedBy`.
    pub invoked_by: Option<&'a str>,
    /// `userIdentity.sessionContext.sessionIssuer.type`.
    pub issuer_type: Option<&'a str>,
    /// `userIdentity.sessionContext.sessionIssuer.userName`.
    pub issuer_user_name: Option<&'a str>,
    /// `userIdentity.sessionContext.sessionIssuer.arn`.
    pub issuer_arn: Option<&'a str>,
    /// `userIdentity.onBehalfOf.userId`.
    pub on_behalf_of: Option<&'a str>,
    /// `sourceIPAddress`.
    pub source_ip: Option<&'a str>,
    /// `eventType`.
    pub event_type: Option<&'a str>,
    /// `eventSource`.
    pub event_source: Option<&'a str>,
}

impl<'a> From<[Option<&'a str>; 14]> for IdentityFields<'a> {
    /// The fields in the order in which they are declared.
    fn from(texts: [Option<&'a str>; 14]) -> Self {
        let [
            identity_type,
            user_name,
            arn,
            account_id,
            principal_id,
            access_key_id,
            invoked_by,
            issuer_type,
            issuer_user_name,
            issuer_arn,
            on_behalf_of,
            source_ip,
            event_type,
            event_source,
        ] = texts;
        Self {
            identity_type,
            user_name,
            arn,
            account_id,
            principal_id,
            access_key_id,
            invoked_by,
            issuer_type,
            issuer_user_name,
            issuer_arn,
            on_behalf_of,
            source_ip,
            event_type,
            event_source,
        }
    }
}

/// The principal of a failed sign-in under a user name that does not exist: AWS hides the name,
/// because people type passwords there.
pub const HIDDEN_USER: &str = "(hidden user name)";

/// The canonical principal: the name of an IAM user, a role, a service or a federated user, `root`,
/// the id of an outside account, `anonymous`; empty where the record tells nothing.
#[must_use]
pub fn principal<'a>(fields: &IdentityFields<'a>) -> Cow<'a, str> {
    Cow::Borrowed(name(fields).unwrap_or_default())
}

/// The canonical principal of a whole record: what the record reader would get from its fields.
#[must_use]
pub fn principal_of(record: &Document<'_>) -> String {
    let root = record.root();
    let identity = |keys: &[&str]| root.get("userIdentity").and_then(|identity| identity.text_at(keys));
    let issuer = |key: &str| identity(&["sessionContext", "sessionIssuer", key]);
    let texts = [
        identity(&["type"]),
        identity(&["userName"]),
        identity(&["arn"]),
        identity(&["accountId"]),
        identity(&["principalId"]),
        identity(&["accessKeyId"]),
        identity(&["invokedBy"]),
        issuer("type"),
        issuer("userName"),
        issuer("arn"),
        identity(&["onBehalfOf", "userId"]),
        root.text_at(&["sourceIPAddress"]),
        root.text_at(&["eventType"]),
        root.text_at(&["eventSource"]),
    ];
    principal(&IdentityFields::from(texts.each_ref().map(Option::as_deref))).into_owned()
}

/// Whether the account's root user made the call itself, as the CIS AWS Foundations alarm counts
/// it: not through a service, and no service event.
#[must_use]
pub fn is_root(fields: &IdentityFields<'_>) -> bool {
    let root = match given(fields.identity_type) {
        Some(kind) => kind.eq_ignore_ascii_case("Root"),
        None => given(fields.arn).is_some_and(|arn| arn.starts_with("arn:") && arn.ends_with(":root")),
    };
    root && !given(fields.invoked_by).is_some_and(is_service) && !is_service_event(fields)
}

fn is_service_event(fields: &IdentityFields<'_>) -> bool {
    given(fields.event_type).is_some_and(|kind| kind.eq_ignore_ascii_case("AwsServiceEvent"))
}

fn given(field: Option<&str>) -> Option<&str> {
    field.filter(|text| !text.is_empty())
}

fn name<'a>(fields: &IdentityFields<'a>) -> Option<&'a str> {
    let kind = given(fields.identity_type).unwrap_or_default();
    let is = |name: &str| kind.eq_ignore_ascii_case(name);
    if is("AssumedRole") || is("Role") {
        role(fields).or_else(|| other(fields))
    } else if is("IAMUser") {
        user(fields).or_else(|| other(fields))
    } else if is("Root") {
        Some("root")
    } else if is("AWSService") {
        service(fields).or_else(|| own_event(fields)).or_else(|| other(fields))
    } else if is("AWSAccount") {
        account(fields).or_else(|| other(fields))
    } else if is("FederatedUser") {
        given(fields.arn).and_then(name_in_arn).or_else(|| after_colon(fields)).or_else(|| other(fields))
    } else if kind.is_empty() {
        // Service events say no type, only who acts for the account.
        service(fields)
            .or_else(|| role_issuer(fields))
            .or_else(|| own_event(fields))
            .or_else(|| other(fields))
    } else {
        // SAMLUser, WebIdentityUser, IdentityCenterUser, Directory, Unknown and what is to come.
        role_issuer(fields)
            .or_else(|| user(fields))
            .or_else(|| given(fields.on_behalf_of))
            .or_else(|| other(fields))
    }
}

fn user<'a>(fields: &IdentityFields<'a>) -> Option<&'a str> {
    let name = given(fields.user_name).or_else(|| given(fields.arn).and_then(name_in_arn))?;
    Some(if name.eq_ignore_ascii_case("HIDDEN_DUE_TO_SECURITY_REASONS") { HIDDEN_USER } else { name })
}

fn role<'a>(fields: &IdentityFields<'a>) -> Option<&'a str> {
    given(fields.issuer_user_name)
        .or_else(|| given(fields.issuer_arn).and_then(name_in_arn))
        .or_else(|| given(fields.arn).and_then(name_in_arn))
        .or_else(|| given(fields.user_name))
        .or_else(|| given(fields.principal_id).and_then(|id| id.split(':').next()))
}

fn role_issuer<'a>(fields: &IdentityFields<'a>) -> Option<&'a str> {
    given(fields.issuer_type).filter(|kind| kind.eq_ignore_ascii_case("Role")).and_then(|_| role(fields))
}

fn service<'a>(fields: &IdentityFields<'a>) -> Option<&'a str> {
    given(fields.invoked_by).or_else(|| given(fields.source_ip).filter(|source| is_service(source)))
}

/// A service event is by the service that logs it where nothing else is said.
fn own_event<'a>(fields: &IdentityFields<'a>) -> Option<&'a str> {
    let nobody = given(fields.arn).or(given(fields.user_name)).is_none();
    given(fields.event_source).filter(|_| nobody && is_service_event(fields))
}

fn account<'a>(fields: &IdentityFields<'a>) -> Option<&'a str> {
    let account = given(fields.account_id)?;
    let nobody =
        ["anonymous", "ANONYMOUS_PRINCIPAL"].iter().any(|nobody| account.eq_ignore_ascii_case(nobody));
    Some(if nobody { "anonymous" } else { account })
}

fn after_colon<'a>(fields: &IdentityFields<'a>) -> Option<&'a str> {
    given(fields.principal_id)?.split_once(':').map(|(_, name)| name).filter(|name| !name.is_empty())
}

fn other<'a>(fields: &IdentityFields<'a>) -> Option<&'a str> {
    user(fields)
        .or_else(|| given(fields.principal_id))
        .or_else(|| given(fields.arn))
        .or_else(|| service(fields))
        .or_else(|| account(fields))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fields as `key=value` words, which keeps the matrix readable.
    fn fields(text: &'static str) -> IdentityFields<'static> {
        let mut fields = IdentityFields::default();
        for pair in text.split('|').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap();
            let field = match key {
                "type" => &mut fields.identity_type,
                "user" => &mut fields.user_name,
                "arn" => &mut fields.arn,
                "account" => &mut fields.account_id,
                "id" => &mut fields.principal_id,
                "by" => &mut fields.invoked_by,
                "itype" => &mut fields.issuer_type,
                "iuser" => &mut fields.issuer_user_name,
                "iarn" => &mut fields.issuer_arn,
                "for" => &mut fields.on_behalf_of,
                "ip" => &mut fields.source_ip,
                "event" => &mut fields.event_type,
                "source" => &mut fields.event_source,
                _ => panic!("{key}"),
            };
            *field = Some(value);
        }
        fields
    }

    #[test]
    fn one_name_for_each_actor() {
        for (given, expected) in [
            ("type=Root|account=111122223333|arn=arn:aws:iam::111122223333:root|user=alias", "root"),
            ("type=IAMUser|user=Alice|arn=arn:aws:iam::111122223333:user/team/Alice", "Alice"),
            ("type=IAMUser|arn=arn:aws:iam::111122223333:user/team/Alice", "Alice"),
            ("type=iamuser|user=|id=AIDAEXAMPLE", "AIDAEXAMPLE"),
            ("type=IAMUser|user=HIDDEN_DUE_TO_SECURITY_REASONS|account=111122223333", HIDDEN_USER),
            ("type=AssumedRole|iuser=deploy|arn=arn:aws:sts::111122223333:assumed-role/deploy/ci", "deploy"),
            ("type=AssumedRole|iarn=arn:aws:iam::111122223333:role/path/deploy", "deploy"),
            (
                "type=AssumedRole|iarn=arn:aws:sts::111122223333:assumed-role/RoleToBeAssumed/x",
                "RoleToBeAssumed",
            ),
            ("type=AssumedRole|arn=arn:aws:sts::111122223333:assumed-role/deploy/a/b", "deploy"),
            ("type=AssumedRole|id=AROAEXAMPLE:session", "AROAEXAMPLE"),
            ("type=AssumedRole|iuser=deploy|by=cloudformation.amazonaws.com", "deploy"),
            ("type=Role|arn=arn:aws:iam::111122223333:role/service", "service"),
            ("type=FederatedUser|arn=arn:aws:sts::111122223333:federated-user/bob|iuser=issuer", "bob"),
            ("type=FederatedUser|id=111122223333:bob", "bob"),
            ("type=AWSService|by=ec2.amazonaws.com", "ec2.amazonaws.com"),
            ("type=AWSService|ip=config.amazonaws.com", "config.amazonaws.com"),
            ("type=AWSAccount|account=444455556666|id=AIDAEXAMPLE", "444455556666"),
            ("type=AWSAccount|account=ANONYMOUS_PRINCIPAL", "anonymous"),
            ("type=AWSAccount|account=anonymous", "anonymous"),
            ("type=SAMLUser|user=bob@example.com|id=abc:bob@example.com", "bob@example.com"),
            ("type=WebIdentityUser|id=accounts.google.com:app:1", "accounts.google.com:app:1"),
            ("type=IdentityCenterUser|account=111122223333|id=9067-1", "9067-1"),
            ("type=IdentityCenterUser|account=111122223333|for=94482488-3041", "94482488-3041"),
            ("type=Unknown|account=111122223333|for=94482488-3041", "94482488-3041"),
            ("type=AssumedRole|iuser=QAppsUserRole|for=94482488-3041", "QAppsUserRole"),
            ("type=Unknown|itype=Role|iuser=portal", "portal"),
            ("type=Unknown|account=111122223333", "111122223333"),
            ("type=Directory|user=carol", "carol"),
            ("account=111122223333|by=secretsmanager.amazonaws.com", "secretsmanager.amazonaws.com"),
            ("by=AWS Internal", "AWS Internal"),
            ("account=111122223333|event=AwsServiceEvent|source=kms.amazonaws.com", "kms.amazonaws.com"),
            ("event=AwsServiceEvent|source=kms.amazonaws.com|by=AWS Internal", "AWS Internal"),
            ("event=AwsServiceEvent|source=s3.amazonaws.com|type=AWSService|id=x", "s3.amazonaws.com"),
            ("event=AwsServiceEvent|source=iam.amazonaws.com|arn=arn:aws:iam::1:user/Dave", "Dave"),
            ("event=AwsServiceEvent|source=sso.amazonaws.com|type=Unknown|id=9067-1", "9067-1"),
            ("account=111122223333|event=AwsApiCall|source=kms.amazonaws.com", "111122223333"),
            ("arn=arn:aws:iam::111122223333:user/Dave", "Dave"),
            ("type=NewKind|arn=arn:aws:thing::1:x", "arn:aws:thing::1:x"),
            ("ip=203.0.113.9", ""),
            ("", ""),
        ] {
            assert_eq!(principal(&fields(given)), expected, "{given}");
        }
    }

    #[test]
    fn root_is_root_unless_a_service_acts() {
        for (given, expected) in [
            ("type=Root", true),
            ("type=root|by=signin.amazonaws.com", true),
            ("type=Root|by=support.amazonaws.com", false),
            ("type=Root|event=AwsServiceEvent", false),
            ("arn=arn:aws:iam::111122223333:root", true),
            ("type=IAMUser|user=root", false),
            ("", false),
        ] {
            assert_eq!(is_root(&fields(given)), expected, "{given}");
        }
    }
}
