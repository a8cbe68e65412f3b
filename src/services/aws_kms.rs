//! AWS KMS. Plaintexts and replies are never logged; the encryption context stays in clear.

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["kms.amazonaws.com"],
    name: "AWS KMS",
    short: "KMS",
    monogram: "KM",
    facts: &[Fact {
        events: &["Decrypt"],
        done: ("decryption", "decryptions"),
        asked: ("Decrypt call", "Decrypt calls"),
    }],
};

pub(super) static ACTS: &[Act] = &[
    Act {
        event: "Decrypt",
        done: "decrypted data[ with the key {keyId|resource}]",
        tried: "decrypt data[ with the key {keyId|resource}]",
    },
    Act {
        event: "Encrypt",
        done: "encrypted data[ with the key {keyId|resource}]",
        tried: "encrypt data[ with the key {keyId|resource}]",
    },
    Act {
        event: "GenerateDataKey",
        done: "had a data key made[ with the key {keyId|resource}]",
        tried: "have a data key made[ with the key {keyId|resource}]",
    },
    Act {
        event: "CreateGrant",
        done: "gave[ {granteePrincipal}] the use of the key[ {keyId|resource}]",
        tried: "give[ {granteePrincipal}] the use of the key[ {keyId|resource}]",
    },
    Act {
        event: "ScheduleKeyDeletion",
        done: "set the key[ {keyId|resource}] to be deleted",
        tried: "set the key[ {keyId|resource}] to be deleted",
    },
    Act {
        event: "DisableKey",
        done: "disabled the key[ {keyId|resource}]",
        tried: "disable the key[ {keyId|resource}]",
    },
];
