//! Who acts in the sample, and from where.

use super::json::{object, text, texts};
use super::{OUTSIDE, PRODUCTION, WORKSHOP};

/// Somebody or something that makes calls.
#[derive(Clone)]
pub(super) struct Actor {
    /// The account whose trail has the calls.
    pub(super) account: &'static str,
    /// `userIdentity` as JSON.
    pub(super) identity: String,
    pub(super) source_ip: &'static str,
    pub(super) user_agent: &'static str,
    /// Whether an AWS service makes the call, so that there are no TLS details.
    pub(super) service: bool,
    /// Whether the console's session signs.
    pub(super) console: bool,
}

pub(super) const OFFICE: &str = "203.0.113.24";
pub(super) const PLANT: &str = "203.0.113.80";
pub(super) const INTRUDER: &str = "198.51.100.77";
pub(super) const CLI: &str = "aws-cli/2.24.10 md/awscrt#0.23.8 ua/2.1 os/linux#6.8.0 lang/python#3.12.9";
pub(super) const BROWSER: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
pub(super) const SDK: &str = "aws-sdk-go-v2/1.36.3 ua/2.1 os/linux lang/go#1.24.1 api/sqs#1.38.5";

/// Benjamin's long-term key: the one that leaks.
pub(super) const LEAKED_KEY: &str = "AKIAIOSFODNN7EXAMPLE";
/// The key of the session of `ci-deploy` that the intruder opens.
pub(super) const DEPLOY_KEY: &str = "ASIAIOSFODNN7EXAMPLE";
/// The key of the session of `messaging-admin` that the intruder opens with it.
pub(super) const ADMIN_KEY: &str = "ASIAI44QH8DHBEXAMPLE";
/// The key that the intruder creates to come back.
pub(super) const BACKUP_KEY: &str = "AKIAI44QH8DHBEXAMPLE";

/// An IAM user with a long-term key, at work.
pub(super) fn user(account: &'static str, name: &str, key: &str) -> Actor {
    let identity = texts(&[
        ("type", "IAMUser"),
        ("principalId", &principal_id("AIDA", name)),
        ("arn", &format!("arn:aws:iam::{account}:user/{name}")),
        ("accountId", account),
        ("accessKeyId", key),
        ("userName", name),
    ]);
    Actor { account, identity, source_ip: OFFICE, user_agent: CLI, service: false, console: false }
}

/// An IAM user in the console.
pub(super) fn console_user(account: &'static str, name: &str, mfa: bool) -> Actor {
    let attributes = texts(&[
        ("creationDate", "2026-03-09T07:58:11Z"),
        ("mfaAuthenticated", if mfa { "true" } else { "false" }),
    ]);
    let session = object(&[
        ("sessionIssuer", "{}".to_owned()),
        ("webIdFederationData", "{}".to_owned()),
        ("attributes", attributes),
    ]);
    let identity = object(&[
        ("type", text("IAMUser")),
        ("principalId", text(&principal_id("AIDA", name))),
        ("arn", text(&format!("arn:aws:iam::{account}:user/{name}"))),
        ("accountId", text(account)),
        ("accessKeyId", text(&session_key(name))),
        ("userName", text(name)),
        ("sessionContext", session),
    ]);
    Actor { account, identity, source_ip: OFFICE, user_agent: BROWSER, service: false, console: true }
}

/// The user as the sign-in page knows it: no key yet.
pub(super) fn signing_in(account: &'static str, name: &str) -> Actor {
    let identity = texts(&[
        ("type", "IAMUser"),
        ("principalId", &principal_id("AIDA", name)),
        ("arn", &format!("arn:aws:iam::{account}:user/{name}")),
        ("accountId", account),
        ("userName", name),
    ]);
    Actor { account, identity, source_ip: OFFICE, user_agent: BROWSER, service: false, console: false }
}

/// Somebody who types a user name that does not exist: AWS hides what was typed.
pub(super) fn unknown_user(account: &'static str) -> Actor {
    let identity = texts(&[
        ("type", "IAMUser"),
        ("principalId", ""),
        ("accountId", account),
        ("accessKeyId", ""),
        ("userName", "HIDDEN_DUE_TO_SECURITY_REASONS"),
    ]);
    Actor { account, identity, source_ip: INTRUDER, user_agent: BROWSER, service: false, console: false }
}

/// The root user, signed in with a second factor.
pub(super) fn root(account: &'static str) -> Actor {
    let attributes = texts(&[("creationDate", "2026-03-10T07:38:02Z"), ("mfaAuthenticated", "true")]);
    let identity = object(&[
        ("type", text("Root")),
        ("principalId", text(account)),
        ("arn", text(&format!("arn:aws:iam::{account}:root"))),
        ("accountId", text(account)),
        ("accessKeyId", text(&session_key("root"))),
        ("sessionContext", object(&[("sessionIssuer", "{}".to_owned()), ("attributes", attributes)])),
    ]);
    Actor { account, identity, source_ip: OFFICE, user_agent: BROWSER, service: false, console: true }
}

/// A role's session.
pub(super) fn role(account: &'static str, role: &str, session: &str, key: &str) -> Actor {
    let identity = role_identity(account, role, session, key, BEFORE, &[]);
    Actor { account, identity, source_ip: "10.0.14.31", user_agent: SDK, service: false, console: false }
}

/// When sessions of roles were opened that were open before the sample begins.
const BEFORE: &str = "2026-03-08T23:40:04Z";

/// A role's session, opened at `created`, with more members of `userIdentity`.
pub(super) fn role_identity(
    account: &str,
    role: &str,
    session: &str,
    key: &str,
    created: &str,
    more: &[(&str, String)],
) -> String {
    let id = principal_id("AROA", role);
    let issuer = texts(&[
        ("type", "Role"),
        ("principalId", &id),
        ("arn", &format!("arn:aws:iam::{account}:role/{role}")),
        ("accountId", account),
        ("userName", role),
    ]);
    let attributes = texts(&[("creationDate", created), ("mfaAuthenticated", "false")]);
    let session_context = object(&[("sessionIssuer", issuer), ("attributes", attributes)]);
    let mut members = vec![
        ("type", text("AssumedRole")),
        ("principalId", text(&format!("{id}:{session}"))),
        ("arn", text(&format!("arn:aws:sts::{account}:assumed-role/{role}/{session}"))),
        ("accountId", text(account)),
        ("accessKeyId", text(key)),
        ("sessionContext", session_context),
    ];
    members.extend(more.iter().map(|(key, value)| (*key, value.clone())));
    object(&members)
}

/// The worker that moves orders through the queue.
pub(super) fn order_worker() -> Actor {
    role(PRODUCTION, "order-worker", "i-0a1b2c3d4e5f67890", &session_key("order-worker"))
}

/// The pipeline that deploys.
pub(super) fn ci_deploy() -> Actor {
    let mut actor = role(PRODUCTION, "ci-deploy", "pipeline-4711", &session_key("ci-deploy"));
    actor.source_ip = "203.0.113.40";
    actor
}

/// The same role in the hands of the intruder.
pub(super) fn stolen_deploy() -> Actor {
    stolen("ci-deploy", "benjamin", DEPLOY_KEY, "2026-03-10T02:12:31Z")
}

/// The role at the end of the chain, in the hands of the intruder.
pub(super) fn stolen_admin() -> Actor {
    stolen("messaging-admin", "benjamin-2", ADMIN_KEY, "2026-03-10T02:15:02Z")
}

fn stolen(role: &str, session: &str, key: &str, created: &str) -> Actor {
    let identity = role_identity(PRODUCTION, role, session, key, created, &[]);
    Actor {
        account: PRODUCTION,
        identity,
        source_ip: INTRUDER,
        user_agent: CLI,
        service: false,
        console: false,
    }
}

/// Somebody asks Amazon Q Apps, through the role of the application.
pub(super) fn q_apps_user(user_id: &str) -> Actor {
    let behalf = texts(&[
        ("userId", user_id),
        ("identityStoreArn", &format!("arn:aws:identitystore::{WORKSHOP}:identitystore/d-9067example")),
    ]);
    let key = session_key("QAppsUserRole");
    let identity = role_identity(WORKSHOP, "QAppsUserRole", "qapps", &key, BEFORE, &[("onBehalfOf", behalf)]);
    Actor {
        account: WORKSHOP,
        identity,
        source_ip: OFFICE,
        user_agent: BROWSER,
        service: false,
        console: true,
    }
}

/// A role that a service uses for the account.
pub(super) fn through(account: &'static str, name: &str, service: &'static str) -> Actor {
    let invoked = [("invokedBy", text(service))];
    let identity = role_identity(account, name, "session", &session_key(name), BEFORE, &invoked);
    Actor { account, identity, source_ip: service, user_agent: service, service: true, console: false }
}

/// An AWS service itself.
pub(super) fn aws_service(account: &'static str, service: &'static str) -> Actor {
    let identity = texts(&[("type", "AWSService"), ("invokedBy", service)]);
    Actor { account, identity, source_ip: service, user_agent: service, service: true, console: false }
}

/// The outside account, as the owner of the queue sees it.
pub(super) fn outside() -> Actor {
    let id = principal_id("AROA", "collector");
    let identity = texts(&[("type", "AWSAccount"), ("principalId", &id), ("accountId", OUTSIDE)]);
    Actor {
        account: PRODUCTION,
        identity,
        source_ip: "198.51.100.91",
        user_agent: SDK,
        service: false,
        console: false,
    }
}

/// An id of the length that IAM gives, with `EXAMPLE` at its end, the same for the same name.
fn principal_id(prefix: &str, name: &str) -> String {
    format!("{prefix}{}EXAMPLE", letters(name))
}

/// The temporary key of this actor's session.
pub(super) fn session_key(name: &str) -> String {
    format!("ASIA{}EXAMPLE", letters(name))
}

fn letters(name: &str) -> String {
    name.bytes()
        .filter(u8::is_ascii_alphanumeric)
        .map(|b| char::from(b.to_ascii_uppercase()))
        .chain("ZZZZZZZZZ".chars())
        .take(9)
        .collect()
}
