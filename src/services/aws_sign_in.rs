//! Signing in to the console. A failure stands in the reply: `"ConsoleLogin": "Failure"`.

use crate::json::Value;

use super::{Act, Note, Service, When, act, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["signin.amazonaws.com"],
    name: "AWS Sign-In",
    short: "Sign-in",
    monogram: "SI",
    facts: &[
        fact(&["ConsoleLogin"], "console sign-in", "console sign-ins"),
        fact(&["SwitchRole"], "role switched to", "roles switched to"),
        fact(&["GetSigninToken"], "federated sign-in token", "federated sign-in tokens"),
        fact(
            &["PasswordRecoveryRequested", "PasswordRecoveryCompleted", "PasswordUpdated"],
            "password recovery",
            "password recoveries",
        ),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("ConsoleLogin", "signed in to the console"),
    // Its `userIdentity` is the new session already.
    Act {
        event: "SwitchRole",
        done: "was switched to in the console",
        tried: "become the role of a console session",
    },
    Act {
        event: "CheckMfa",
        done: "was asked for a second factor",
        tried: "pass the check of the second factor",
    },
    act("ExitRole", "left a role in the console"),
    act("RenewRole", "renewed a role session in the console"),
    act("GetSigninToken", "took a token for the console"),
    act("PasswordRecoveryRequested", "asked for a new root password"),
    act("PasswordRecoveryCompleted", "changed the forgotten root password"),
    act("PasswordUpdated", "changed its password"),
    act("CredentialChallenge", "asked to be challenged for credentials"),
    act("CredentialVerification", "verified credentials"),
    act("UserAuthentication", "signed in"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["ConsoleLogin"], When::Test(without_mfa), "sign-in without MFA"),
    note(&["ConsoleLogin"], When::Is("userIdentity.type", &["Root"]), "root sign-in"),
    note(&["PasswordRecoveryRequested", "PasswordRecoveryCompleted"], When::Done, "password recovery"),
];

/// A sign-in with the account's own second factor that had none. Of a federated one CloudTrail never
/// knows: the provider asked for it.
fn without_mfa(record: Value<'_>) -> bool {
    let of =
        |path: &[&str], word: &str| record.text_at(path).is_some_and(|text| text.eq_ignore_ascii_case(word));
    let kind = ["userIdentity", "type"];
    of(&["responseElements", "ConsoleLogin"], "Success")
        && !of(&["additionalEventData", "MFAUsed"], "Yes")
        && (of(&kind, "IAMUser") || of(&kind, "Root"))
}
