//! AWS STS: the calls that hand out temporary credentials.

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["sts.amazonaws.com"],
    name: "AWS STS",
    short: "STS",
    monogram: "ST",
    facts: &[Fact {
        events: &["AssumeRole", "AssumeRoleWithSAML", "AssumeRoleWithWebIdentity"],
        done: ("role session opened", "role sessions opened"),
        asked: ("call to assume a role", "calls to assume a role"),
    }],
};

pub(super) static ACTS: &[Act] = &[
    Act {
        event: "AssumeRole",
        done: "opened a session of the role[ {roleArn}][ as {roleSessionName}]",
        tried: "open a session of the role[ {roleArn}][ as {roleSessionName}]",
    },
    Act {
        event: "AssumeRoleWithSAML",
        done: "opened a session of the role[ {roleArn}] with SAML",
        tried: "open a session of the role[ {roleArn}] with SAML",
    },
    Act {
        event: "AssumeRoleWithWebIdentity",
        done: "opened a session of the role[ {roleArn}] with a web identity",
        tried: "open a session of the role[ {roleArn}] with a web identity",
    },
    Act {
        event: "AssumeRoot",
        done: "opened a privileged root session[ in {targetPrincipal}]",
        tried: "open a privileged root session[ in {targetPrincipal}]",
    },
    Act { event: "GetCallerIdentity", done: "asked who it is", tried: "ask who it is" },
    Act { event: "GetSessionToken", done: "took temporary credentials", tried: "take temporary credentials" },
    Act {
        event: "GetFederationToken",
        done: "opened a federated session[ for {name}]",
        tried: "open a federated session[ for {name}]",
    },
];
