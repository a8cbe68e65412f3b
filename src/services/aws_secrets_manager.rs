//! AWS Secrets Manager. Secrets are dropped from requests, and replies are not logged.

use super::notes::{EVERYONE, FOREIGN};
use super::{Act, Note, Service, When, act, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["secretsmanager.amazonaws.com"],
    name: "AWS Secrets Manager",
    short: "Secrets",
    monogram: "SE",
    facts: &[
        fact(&["GetSecretValue", "BatchGetSecretValue"], "secret read", "reads of secrets"),
        fact(&["CreateSecret"], "secret created", "secrets created"),
        fact(&["PutSecretValue", "UpdateSecret"], "secret changed", "secrets changed"),
        fact(&["DeleteSecret"], "secret deleted", "secrets deleted"),
        fact(&["RotateSecret"], "rotation", "rotations"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("GetSecretValue", "read the secret[ {secretId}]"),
    act("BatchGetSecretValue", "read secrets[ {secretIdList}]"),
    act("CreateSecret", "created the secret[ {name}]"),
    act("PutSecretValue", "wrote a new value of the secret[ {secretId}]"),
    act("UpdateSecret", "changed the secret[ {secretId}]"),
    act("DeleteSecret", "deleted the secret[ {secretId}]"),
    act("DescribeSecret", "looked at the secret[ {secretId}], not its value"),
    act("ListSecrets", "listed secrets"),
    act("RestoreSecret", "restored the secret[ {secretId}]"),
    act("RotateSecret", "rotated the secret[ {secretId}]"),
    act("CancelRotateSecret", "turned off the rotation of the secret[ {secretId}]"),
    act("PutResourcePolicy", "set the policy of the secret[ {secretId}]"),
    act("DeleteResourcePolicy", "deleted the policy of the secret[ {secretId}]"),
    act("GetResourcePolicy", "read the policy of the secret[ {secretId}]"),
    act("ReplicateSecretToRegions", "copied the secret[ {secretId}] to other Regions"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["PutResourcePolicy"], When::Everyone("resourcePolicy"), EVERYONE),
    note(&["PutResourcePolicy"], When::Foreign("resourcePolicy"), FOREIGN),
    note(&["DeleteSecret"], When::Is("forceDeleteWithoutRecovery", &["true"]), "deleted without recovery"),
    note(&["CancelRotateSecret"], When::Done, "rotation off"),
    note(&["BatchGetSecretValue"], When::Done, "secrets asked for in bulk"),
];
