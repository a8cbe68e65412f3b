//! The three questions of AWS's `userIdentity` reference, answered with evidence, or not answered.

use crate::json::Document;
use crate::protocol::{IdentityAnswer, Question, Verdict};

use super::who::Who;
use super::{CONSOLE, is_internal, is_service};

/// How much of a user agent is quoted as evidence, in characters.
const AGENT_LENGTH: usize = 40;

/// How a record says that its session is one of the console.
const FROM_CONSOLE: &str = "sessionCredentialFromConsole=true";

/// Types that are neither root nor an IAM user.
const NEITHER: [&str; 7] = [
    "AssumedRole",
    "Role",
    "FederatedUser",
    "SAMLUser",
    "WebIdentityUser",
    "IdentityCenterUser",
    "AWSService",
];

/// The answers for one record: root or IAM user, temporary credentials, another AWS service; always
/// three, in this order.
#[must_use]
pub fn answers(record: &Document<'_>) -> Vec<IdentityAnswer> {
    let who = Who::read(record);
    let by_service = by_service(&who);
    let service = by_service.verdict == Verdict::Yes;
    vec![root_or_user(&who, service), temporary(&who, service), by_service]
}

/// An answer that grows its evidence.
fn answer(question: Question, verdict: Verdict, detail: impl Into<String>) -> IdentityAnswer {
    IdentityAnswer { question, verdict, detail: detail.into(), evidence: Vec::new() }
}

trait Evidence {
    /// `key=value` where there is a value.
    fn and(self, key: &str, value: Option<&str>) -> Self;
    /// A plain remark where it holds.
    fn when(self, holds: bool, remark: &str) -> Self;
}

impl Evidence for IdentityAnswer {
    fn and(mut self, key: &str, value: Option<&str>) -> Self {
        self.evidence.extend(value.map(|value| format!("{key}={value}")));
        self
    }

    fn when(mut self, holds: bool, remark: &str) -> Self {
        if holds {
            self.evidence.push(remark.to_owned());
        }
        self
    }
}

fn type_of<'a>(who: &'a Who<'_>) -> Option<&'a str> {
    (!who.kind.is_empty()).then_some(&*who.kind)
}

fn root_or_user(who: &Who<'_>, service: bool) -> IdentityAnswer {
    let say = |verdict, detail: &str| answer(Question::RootOrUser, verdict, detail).and("type", type_of(who));
    if who.is("Root") {
        let detail = match (who.assumed_root, service) {
            (true, _) => "root, in a privileged session opened with AssumeRoot",
            (_, true) => "root, through an AWS service",
            _ => "the account's root user",
        };
        return say(Verdict::Yes, detail)
            .and("accessKeyId", who.key.as_deref())
            .and("mfaAuthenticated", who.mfa.as_deref())
            .and("signInSessionArn", who.sign_in.as_deref())
            .when(who.console, FROM_CONSOLE)
            .and("invokedBy", who.invoked_by.as_deref());
    }
    if who.is("IAMUser") {
        return say(Verdict::Yes, user_credentials(who))
            .and("accessKeyId", who.key.as_deref())
            .and("mfaAuthenticated", who.mfa.as_deref())
            .and("signInSessionArn", who.sign_in.as_deref())
            .when(who.console, FROM_CONSOLE)
            .when(!who.session, "no sessionContext");
    }
    if who.is("AWSAccount") {
        return if who.is_anonymous() {
            say(Verdict::No, "no credentials at all: the request was anonymous")
                .and("accountId", who.account.as_deref())
        } else {
            outside(who, Question::RootOrUser)
        };
    }
    if who.is("Unknown") || who.is("Directory") {
        return say(Verdict::Unknown, "the record does not say which credentials")
            .when(who.on_behalf_of.is_some(), "onBehalfOf");
    }
    if who.kind.is_empty() {
        return untyped_root_or_user(who, service);
    }
    if NEITHER.iter().any(|kind| who.is(kind)) {
        return say(Verdict::No, "");
    }
    say(Verdict::Unknown, "a type that AWS has not documented")
}

fn untyped_root_or_user(who: &Who<'_>, service: bool) -> IdentityAnswer {
    let say = |verdict, detail: &str| {
        answer(Question::RootOrUser, verdict, detail).when(true, missing_identity(who))
    };
    let arn = who.arn.as_deref().unwrap_or_default();
    if service || issued_by_role(who) {
        say(Verdict::No, "")
    } else if arn.contains(":user/") || arn.ends_with(":root") {
        let detail = if arn.ends_with(":root") { "inferred: root" } else { "inferred: an IAM user" };
        say(Verdict::Yes, detail).and("arn", Some(arn))
    } else {
        say(Verdict::Unknown, "the record does not say")
    }
}

fn missing_identity(who: &Who<'_>) -> &'static str {
    let kind = who.event_type.as_deref().unwrap_or_default();
    if kind == "AwsCloudTrailInsight" || kind == "AwsAggregatedEvent" {
        "a summary of many calls, and none itself"
    } else if who.present {
        "no userIdentity.type"
    } else {
        "no userIdentity"
    }
}

/// Which credentials of an IAM user: the key's prefix and the session are two facts, and console
/// calls carry a long-term key together with a session.
fn user_credentials(who: &Who<'_>) -> &'static str {
    let sign_in = who.event_type.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("AwsConsoleSignIn"));
    if sign_in {
        "IAM user, signing in to the console"
    } else if who.key_is("AKIA") && who.session {
        "IAM user, long-term key in a session of the user"
    } else if who.key_is("ASIA") || who.session {
        "IAM user, temporary session of the user"
    } else if who.key_is("AKIA") {
        "IAM user, long-term key"
    } else {
        "IAM user"
    }
}

/// The caller belongs to another account, and CloudTrail hides how it signed.
fn outside(who: &Who<'_>, question: Question) -> IdentityAnswer {
    let id = who.principal_id.as_deref().unwrap_or_default();
    let hint = match id.get(..4) {
        Some("AIDA") => "another account: the record hides which credentials, its id is an IAM user's",
        Some("AROA") => "another account: the record hides which credentials, its id is a role's",
        _ => "another account: the record hides which credentials",
    };
    answer(question, Verdict::Unknown, hint)
        .and("type", type_of(who))
        .and("accountId", who.account.as_deref())
        .and("principalId", who.principal_id.as_deref())
}

fn issued_by_role(who: &Who<'_>) -> bool {
    who.issuer_type.as_deref().is_some_and(|kind| kind.eq_ignore_ascii_case("Role"))
}

fn temporary(who: &Who<'_>, service: bool) -> IdentityAnswer {
    let say = |verdict, detail: &str| answer(Question::Temporary, verdict, detail);
    if who.is("AssumedRole") || who.is("Role") {
        return of_role(who, "").and("type", type_of(who));
    }
    if who.is("FederatedUser") {
        let issuer = match who.issuer_type.as_deref() {
            Some(kind) if kind.eq_ignore_ascii_case("Root") => ", issued by root".to_owned(),
            Some(_) => format!(", issued by {}", who.issuer_name.as_deref().unwrap_or("an IAM user")),
            None => String::new(),
        };
        return say(Verdict::Yes, &format!("federated user{issuer}"))
            .and("type", type_of(who))
            .and("accessKeyId", who.key.as_deref());
    }
    if who.is("SAMLUser") || who.is("WebIdentityUser") {
        return say(Verdict::Yes, "federated: this call only issues the credentials")
            .and("type", type_of(who));
    }
    if who.is("IdentityCenterUser") {
        return say(Verdict::Yes, "Identity Center user, with a bearer token")
            .and("type", type_of(who))
            .and("onBehalfOf", who.on_behalf_of.as_deref().filter(|id| !id.is_empty()));
    }
    if who.is("Root") || who.is("IAMUser") {
        return of_user(who);
    }
    if who.is("AWSAccount") && !who.is_anonymous() {
        return outside(who, Question::Temporary);
    }
    if who.is("AWSAccount") || who.is("AWSService") {
        return say(Verdict::No, "").and("type", type_of(who));
    }
    if issued_by_role(who) {
        return of_role(who, "inferred: ").when(true, "sessionIssuer.type=Role");
    }
    if who.on_behalf_of.is_some() {
        return say(Verdict::Yes, "inferred: an Identity Center user")
            .and("type", type_of(who))
            .when(true, "onBehalfOf");
    }
    if who.kind.is_empty() && service {
        return say(Verdict::No, "").when(true, "no sessionContext");
    }
    if who.kind.is_empty() {
        return say(Verdict::Unknown, "the record does not say").when(true, missing_identity(who));
    }
    say(Verdict::Unknown, "the record does not say").and("type", type_of(who))
}

fn of_role(who: &Who<'_>, prefix: &str) -> IdentityAnswer {
    let mut detail = format!("{prefix}role {}", who.role().unwrap_or("(no name)"));
    if let Some(session) = who.session_name() {
        detail.push_str(&format!(", session {session}"));
    }
    if who.ec2 {
        detail.push_str(", on an EC2 instance");
    }
    if who.web_provider.is_some() {
        detail.push_str(", through web identity");
    }
    if who.switched_from.is_some() {
        detail.push_str(", switched to in the console");
    }
    if who.on_behalf_of.is_some() {
        detail.push_str(", for an Identity Center user");
    }
    answer(Question::Temporary, Verdict::Yes, detail)
        .and("accessKeyId", who.key.as_deref())
        .and("federatedProvider", who.web_provider.as_deref())
        .and("onBehalfOf", who.on_behalf_of.as_deref().filter(|id| !id.is_empty()))
        .and("sourceIdentity", who.source_identity.as_deref())
        .and("signInSessionArn", who.sign_in.as_deref())
        .and("SwitchFrom", who.switched_from.as_deref())
        .when(who.console, FROM_CONSOLE)
        .and("inScopeOf", who.scope.as_deref())
}

fn of_user(who: &Who<'_>) -> IdentityAnswer {
    let session = who.session || who.key_is("ASIA");
    let detail = if session { "a session of the user itself, no role" } else { "" };
    answer(Question::Temporary, Verdict::No, detail)
        .when(who.issuer_type.is_none(), "no sessionIssuer")
        .when(who.key_is("AKIA"), "accessKeyId is long-term")
        .when(who.key_is("ASIA"), "accessKeyId is temporary")
}

/// First match wins. A user agent alone proves nothing: consoles call with SDKs of AWS.
fn by_service(who: &Who<'_>) -> IdentityAnswer {
    let say = |verdict, detail: &str| answer(Question::ByService, verdict, detail);
    let invoked_by = who.invoked_by.as_deref();
    let source = who.source_ip.as_deref();
    if who.is("AWSService") {
        let name = invoked_by.or(source.filter(|source| is_service(source)));
        return say(Verdict::Yes, name.unwrap_or("an AWS service"))
            .and("type", type_of(who))
            .and("invokedBy", invoked_by)
            .and("sourceIPAddress", source);
    }
    if who.is_service_event() {
        return say(Verdict::Yes, "a service event: nobody called an API")
            .and("eventType", who.event_type.as_deref())
            .and("invokedBy", invoked_by);
    }
    if let Some(by) = invoked_by {
        return if CONSOLE.contains(&by) {
            say(Verdict::No, "through the console, in an old format").and("invokedBy", invoked_by)
        } else {
            say(Verdict::Yes, &invoked(who, by)).and("invokedBy", invoked_by).and("sourceIPAddress", source)
        };
    }
    if who.via_service {
        return say(Verdict::Yes, "on behalf of the principal").when(true, "aws:ViaAWSService=true");
    }
    if let Some(source) = source.filter(|source| is_service(source)) {
        return say(Verdict::Yes, &format!("inferred: the request came from {source}"))
            .and("sourceIPAddress", Some(source))
            .when(true, "no invokedBy");
    }
    let silent = who.is("Directory") || who.is("Unknown") || (!who.present && source.is_none());
    if silent && !who.tls {
        return say(Verdict::Unknown, "the record does not say")
            .when(true, "no invokedBy")
            .and("sourceIPAddress", source);
    }
    let agent: Option<String> =
        who.user_agent.as_deref().map(|agent| agent.chars().take(AGENT_LENGTH).collect());
    say(Verdict::No, "")
        .when(true, "no invokedBy")
        .and("sourceIPAddress", source)
        .and("userAgent", agent.as_deref())
        .when(who.tls, "tlsDetails present")
}

fn invoked(who: &Who<'_>, by: &str) -> String {
    let linked = who.issuer_arn.as_deref().or(who.arn.as_deref());
    let by = if is_internal(by) { "a service AWS does not name" } else { by };
    if linked.is_some_and(|arn| arn.contains(":role/aws-service-role/")) {
        format!("{by}, with its service-linked role")
    } else if who.kind.is_empty() {
        by.to_owned()
    } else {
        format!("{by}, on behalf of the principal")
    }
}

#[cfg(test)]
#[path = "answers_tests.rs"]
mod tests;
