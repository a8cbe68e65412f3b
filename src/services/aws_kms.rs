//! AWS KMS. Plaintexts and replies are never logged; the encryption context stays in clear.

use super::notes::{EVERYONE, FOREIGN};
use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["kms.amazonaws.com"],
    name: "AWS KMS",
    short: "KMS",
    monogram: "KM",
    facts: &[
        fact(&["Decrypt"], "decryption", "decryptions"),
        fact(
            &["Encrypt", "GenerateDataKey", "GenerateDataKeyWithoutPlaintext", "ReEncrypt"],
            "encryption",
            "encryptions",
        ),
        fact(&["CreateKey"], "key created", "keys created"),
        fact(&["CreateGrant"], "grant made", "grants made"),
        fact(
            &["ScheduleKeyDeletion", "DisableKey"],
            "key disabled or to be deleted",
            "keys disabled or to be deleted",
        ),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("Decrypt", "decrypted data[ with the key {keyId|resource}]"),
    act("Encrypt", "encrypted data[ with the key {keyId|resource}]"),
    act("GenerateDataKey", "had a data key made[ with the key {keyId|resource}]"),
    act("CreateGrant", "gave[ {granteePrincipal}] the use of the key[ {keyId|resource}]"),
    act("ScheduleKeyDeletion", "set the key[ {keyId|resource}] to be deleted"),
    act("DisableKey", "disabled the key[ {keyId|resource}]"),
    act("CreateKey", "created a key"),
    act("EnableKey", "enabled the key[ {keyId|resource}]"),
    act("DescribeKey", "looked at the key[ {keyId|resource}]"),
    act("CancelKeyDeletion", "took back the deletion of the key[ {keyId|resource}]"),
    act("PutKeyPolicy", "set the policy of the key[ {keyId|resource}]"),
    act("DisableKeyRotation", "turned off the rotation of the key[ {keyId|resource}]"),
    act("EnableKeyRotation", "turned on the rotation of the key[ {keyId|resource}]"),
    act("RevokeGrant", "revoked a grant of the key[ {keyId|resource}]"),
    act("RetireGrant", "retired a grant of the key[ {keyId|resource}]"),
    act("CreateAlias", "gave the key[ {targetKeyId}] the alias[ {aliasName}]"),
    act("DeleteImportedKeyMaterial", "deleted the material of the key[ {keyId|resource}]"),
    act("ReEncrypt", "encrypted data again[ with the key {destinationKeyId}]"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["ScheduleKeyDeletion"], When::Done, "key deletion scheduled"),
    note(&["DisableKey"], When::Done, "key disabled"),
    note(&["DeleteImportedKeyMaterial"], When::Done, "key material deleted"),
    note(&["DisableKeyRotation"], When::Done, "key rotation off"),
    note(&["PutKeyPolicy", "CreateKey"], When::Everyone("policy"), EVERYONE),
    note(&["PutKeyPolicy", "CreateKey"], When::Foreign("policy"), FOREIGN),
    note(&["CreateGrant"], When::Foreign("granteePrincipal"), FOREIGN),
    detail(&["ScheduleKeyDeletion"], "deleted after {pendingWindowInDays} days"),
];
