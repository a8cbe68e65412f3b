//! Amazon Monitron: "Logging Amazon Monitron actions with AWS CloudTrail".
//!
//! Calls of the mobile app have the prefix `AmazonMonitronApp:`; the text of a failure stands in the reply.

use super::{Act, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["monitron.amazonaws.com"],
    name: "Amazon Monitron",
    short: "Monitron",
    monogram: "MO",
    facts: &[],
};

pub(super) static ACTS: &[Act] = &[
    Act {
        event: "CreateProject",
        done: "created the project[ {Name|projectName|id}]",
        tried: "create the project[ {Name|projectName|id}]",
    },
    Act {
        event: "UpdateProject",
        done: "updated the project[ {Name|projectName|id}]",
        tried: "update the project[ {Name|projectName|id}]",
    },
    Act {
        event: "DeleteProject",
        done: "deleted the project[ {Name|projectName|id}]",
        tried: "delete the project[ {Name|projectName|id}]",
    },
    Act {
        event: "GetProject",
        done: "read the project[ {Name|projectName|id}]",
        tried: "read the project[ {Name|projectName|id}]",
    },
    Act {
        event: "AssociateProjectAdminUser",
        done: "made a user an administrator of the project[ {Name|projectName|id}]",
        tried: "make a user an administrator of the project[ {Name|projectName|id}]",
    },
    Act {
        event: "DisassociateProjectAdminUser",
        done: "took the administrator rights of a user in the project[ {Name|projectName|id}] away",
        tried: "take the administrator rights of a user in the project[ {Name|projectName|id}] away",
    },
];
