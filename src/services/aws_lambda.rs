//! AWS Lambda. Event names carry the version of the API: `UpdateFunctionCode20150331v2`.

use crate::json::Value;

use super::grants::everyone;
use super::notes::{EVERYONE, FOREIGN, any};
use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["lambda.amazonaws.com"],
    name: "AWS Lambda",
    short: "Lambda",
    monogram: "LA",
    facts: &[
        fact(&["CreateFunction"], "function created", "functions created"),
        fact(&["UpdateFunctionCode"], "change of code", "changes of code"),
        fact(&["UpdateFunctionConfiguration"], "change of configuration", "changes of configuration"),
        fact(&["DeleteFunction"], "function deleted", "functions deleted"),
        fact(&["AddPermission"], "permission added", "permissions added"),
        fact(&["Invoke"], "invocation", "invocations"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("CreateFunction", "created the function[ {functionName}]"),
    act("UpdateFunctionCode", "replaced the code of the function[ {functionName}]"),
    act("UpdateFunctionConfiguration", "changed the configuration of the function[ {functionName}]"),
    act("DeleteFunction", "deleted the function[ {functionName}]"),
    act("Invoke", "ran the function[ {functionName}]"),
    act("AddPermission", "changed who may call the function[ {functionName}][, adding {principal}]"),
    act("GetFunction", "read the function[ {functionName}] and where its code is"),
    act("PublishLayerVersion", "published the layer[ {layerName}]"),
    act("PublishVersion", "published a version of the function[ {functionName}]"),
    act("AddLayerVersionPermission", "changed who may use the layer[ {layerName}][, adding {principal}]"),
    act("RemovePermission", "took a permission from the function[ {functionName}]"),
    act("CreateFunctionUrlConfig", "gave the function[ {functionName}] a URL"),
    act("UpdateFunctionUrlConfig", "changed the URL of the function[ {functionName}]"),
    act("CreateEventSourceMapping", "connected the function[ {functionName}][ to {eventSourceArn}]"),
    act("ListFunctions", "listed functions"),
    act("DeleteFunctionConcurrency", "removed the limit on runs of the function[ {functionName}]"),
    act("PutFunctionConcurrency", "set the limit on runs of the function[ {functionName}]"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["AddPermission", "AddLayerVersionPermission"], When::Test(permits_everyone), EVERYONE),
    note(&["AddPermission", "AddLayerVersionPermission"], When::Foreign("principal"), FOREIGN),
    note(
        &["CreateFunctionUrlConfig", "UpdateFunctionUrlConfig"],
        When::Is("authType", &["NONE"]),
        "URL without authentication",
    ),
    note(&["UpdateFunctionConfiguration"], When::Filled("layers"), "layers set"),
    detail(&["CreateFunction"], "{runtime}"),
];

/// A permission for `*` that none of the parameters narrows which Lambda makes a condition of.
fn permits_everyone(record: Value<'_>) -> bool {
    const NARROW: [&str; 5] =
        ["principalOrgID", "organizationId", "sourceArn", "sourceAccount", "eventSourceToken"];
    everyone(record, "principal") && !NARROW.iter().any(|path| any(record, path, &|text| !text.is_empty()))
}
