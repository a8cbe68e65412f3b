//! AWS CloudTrail itself: calls that end or blind the log matter most.

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["cloudtrail.amazonaws.com"],
    name: "AWS CloudTrail",
    short: "CloudTrail",
    monogram: "TL",
    facts: &[Fact {
        events: &["StopLogging", "DeleteTrail"],
        done: ("trail stopped or deleted", "trails stopped or deleted"),
        asked: ("call to stop or delete a trail", "calls to stop or delete a trail"),
    }],
};

pub(super) static ACTS: &[Act] = &[
    Act {
        event: "StopLogging",
        done: "stopped the logging of the trail[ {name|trailName}]",
        tried: "stop the logging of the trail[ {name|trailName}]",
    },
    Act {
        event: "StartLogging",
        done: "started the logging of the trail[ {name|trailName}]",
        tried: "start the logging of the trail[ {name|trailName}]",
    },
    Act {
        event: "DeleteTrail",
        done: "deleted the trail[ {name|trailName}]",
        tried: "delete the trail[ {name|trailName}]",
    },
    Act {
        event: "UpdateTrail",
        done: "changed the trail[ {name|trailName}]",
        tried: "change the trail[ {name|trailName}]",
    },
    Act {
        event: "CreateTrail",
        done: "created the trail[ {name|trailName}]",
        tried: "create the trail[ {name|trailName}]",
    },
    Act {
        event: "PutEventSelectors",
        done: "changed which events the trail[ {trailName}] logs",
        tried: "change which events the trail[ {trailName}] logs",
    },
    Act { event: "LookupEvents", done: "searched the event history", tried: "search the event history" },
];
