//! AWS Systems Manager: parameters, commands and sessions on instances.

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["ssm.amazonaws.com"],
    name: "AWS Systems Manager",
    short: "SSM",
    monogram: "SM",
    facts: &[
        Fact {
            events: &["StartSession"],
            done: ("session opened", "sessions opened"),
            asked: ("call to open a session", "calls to open a session"),
        },
        Fact {
            events: &["SendCommand"],
            done: ("command sent", "commands sent"),
            asked: ("call to send a command", "calls to send a command"),
        },
    ],
};

pub(super) static ACTS: &[Act] = &[
    Act { event: "GetParameter", done: "read the parameter[ {name}]", tried: "read the parameter[ {name}]" },
    Act {
        event: "GetParameters",
        done: "read the parameters[ {names}]",
        tried: "read the parameters[ {names}]",
    },
    Act {
        event: "PutParameter",
        done: "wrote the parameter[ {name}]",
        tried: "write the parameter[ {name}]",
    },
    Act {
        event: "DeleteParameter",
        done: "deleted the parameter[ {name}]",
        tried: "delete the parameter[ {name}]",
    },
    Act {
        event: "SendCommand",
        done: "ran the document[ {documentName}][ on {instanceIds}]",
        tried: "run the document[ {documentName}][ on {instanceIds}]",
    },
    Act {
        event: "StartSession",
        done: "opened a session[ on {target}]",
        tried: "open a session[ on {target}]",
    },
    Act {
        event: "TerminateSession",
        done: "ended the session[ {sessionId}]",
        tried: "end the session[ {sessionId}]",
    },
];
