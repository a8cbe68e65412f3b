//! Signing in to the console. A failure stands in the reply: `"ConsoleLogin": "Failure"`.

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
    act("SwitchRole", "switched to the role[ {roleName}] in the console"),
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
    note(&["ConsoleLogin"], When::Test(super::notes::without_mfa), "sign-in without MFA"),
    note(&["ConsoleLogin"], When::Is("userIdentity.type", &["Root"]), "root sign-in"),
    note(&["PasswordRecoveryRequested", "PasswordRecoveryCompleted"], When::Done, "password recovery"),
];
