//! AWS Lambda. Event names carry the version of the API: `UpdateFunctionCode20150331v2`.

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["lambda.amazonaws.com"],
    name: "AWS Lambda",
    short: "Lambda",
    monogram: "LA",
    facts: &[Fact {
        events: &["UpdateFunctionCode"],
        done: ("change of code", "changes of code"),
        asked: ("call to change code", "calls to change code"),
    }],
};

pub(super) static ACTS: &[Act] = &[
    Act {
        event: "CreateFunction",
        done: "created the function[ {functionName}]",
        tried: "create the function[ {functionName}]",
    },
    Act {
        event: "UpdateFunctionCode",
        done: "replaced the code of the function[ {functionName}]",
        tried: "replace the code of the function[ {functionName}]",
    },
    Act {
        event: "UpdateFunctionConfiguration",
        done: "changed the configuration of the function[ {functionName}]",
        tried: "change the configuration of the function[ {functionName}]",
    },
    Act {
        event: "DeleteFunction",
        done: "deleted the function[ {functionName}]",
        tried: "delete the function[ {functionName}]",
    },
    Act {
        event: "Invoke",
        done: "ran the function[ {functionName}]",
        tried: "run the function[ {functionName}]",
    },
    Act {
        event: "AddPermission",
        done: "changed who may call the function[ {functionName}][: {principal}]",
        tried: "change who may call the function[ {functionName}]",
    },
];
