//! AWS STS: the calls that hand out temporary credentials.

use super::{Act, Note, Service, When, act, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["sts.amazonaws.com"],
    name: "AWS STS",
    short: "STS",
    monogram: "ST",
    facts: &[
        fact(
            &["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"],
            "role session opened",
            "role sessions opened",
        ),
        fact(&["GetFederationToken"], "federated session opened", "federated sessions opened"),
        fact(&["GetSessionToken"], "session of a user opened", "sessions of users opened"),
        fact(&["GetCallerIdentity"], "call to ask who it is", "calls to ask who it is"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("AssumeRole", "opened a session of the role[ {roleArn}][ as {roleSessionName}]"),
    act("AssumeRoleWithSAML", "opened a session of the role[ {roleArn}] with SAML"),
    act("AssumeRoleWithWebIdentity", "opened a session of the role[ {roleArn}] with a web identity"),
    act("AssumeRoot", "opened a privileged root session[ in {targetPrincipal}]"),
    act("GetCallerIdentity", "asked who it is"),
    act("GetSessionToken", "took temporary credentials"),
    act("GetFederationToken", "opened a federated session[ for {name}]"),
    act("DecodeAuthorizationMessage", "had a denial decoded"),
    act("GetAccessKeyInfo", "asked whose access key[ {accessKeyId}] is"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["AssumeRoot"], When::Done, "root session opened"),
    note(&["GetFederationToken"], When::Done, "federated session opened"),
];
