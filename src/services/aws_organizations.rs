//! AWS Organizations. It hides the name and address of an account that is made.

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["organizations.amazonaws.com"],
    name: "AWS Organizations",
    short: "Organizations",
    monogram: "OR",
    facts: &[Fact {
        events: &["CreateAccount"],
        done: ("account asked for", "accounts asked for"),
        asked: ("call to create an account", "calls to create an account"),
    }],
};

pub(super) static ACTS: &[Act] = &[
    Act { event: "CreateAccount", done: "created an account", tried: "create an account" },
    Act {
        event: "LeaveOrganization",
        done: "took its account out of the organization",
        tried: "take its account out of the organization",
    },
];
