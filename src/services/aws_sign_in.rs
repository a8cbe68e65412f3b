//! Signing in to the console. A failure stands in the reply: `"ConsoleLogin": "Failure"`.

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["signin.amazonaws.com"],
    name: "AWS Sign-In",
    short: "Sign-in",
    monogram: "SI",
    facts: &[Fact {
        events: &["ConsoleLogin"],
        done: ("console sign-in", "console sign-ins"),
        asked: ("attempt to sign in to the console", "attempts to sign in to the console"),
    }],
};

pub(super) static ACTS: &[Act] = &[
    Act { event: "ConsoleLogin", done: "signed in to the console", tried: "sign in to the console" },
    Act {
        event: "SwitchRole",
        done: "switched to the role[ {roleName}] in the console",
        tried: "switch to the role[ {roleName}] in the console",
    },
    Act {
        event: "CheckMfa",
        done: "was asked for a second factor",
        tried: "pass the check of the second factor",
    },
];
