//! AWS Secrets Manager. Secrets are dropped from requests, and replies are not logged.

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["secretsmanager.amazonaws.com"],
    name: "AWS Secrets Manager",
    short: "Secrets",
    monogram: "SE",
    facts: &[Fact {
        events: &["GetSecretValue"],
        done: ("secret read", "reads of secrets"),
        asked: ("call to read a secret", "calls to read secrets"),
    }],
};

pub(super) static ACTS: &[Act] = &[
    Act {
        event: "GetSecretValue",
        done: "read the secret[ {secretId}]",
        tried: "read the secret[ {secretId}]",
    },
    Act {
        event: "BatchGetSecretValue",
        done: "read secrets[ {secretIdList}]",
        tried: "read secrets[ {secretIdList}]",
    },
    Act { event: "CreateSecret", done: "created the secret[ {name}]", tried: "create the secret[ {name}]" },
    Act {
        event: "PutSecretValue",
        done: "wrote a new value of the secret[ {secretId}]",
        tried: "write a new value of the secret[ {secretId}]",
    },
    Act {
        event: "UpdateSecret",
        done: "changed the secret[ {secretId}]",
        tried: "change the secret[ {secretId}]",
    },
    Act {
        event: "DeleteSecret",
        done: "deleted the secret[ {secretId}]",
        tried: "delete the secret[ {secretId}]",
    },
    Act {
        event: "DescribeSecret",
        done: "looked at the secret[ {secretId}], not its value",
        tried: "look at the secret[ {secretId}], not its value",
    },
];
