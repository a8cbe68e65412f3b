//! AWS CloudFormation.

use super::{Act, Note, Service, When, act, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["cloudformation.amazonaws.com"],
    name: "AWS CloudFormation",
    short: "CloudFormation",
    monogram: "CL",
    facts: &[
        fact(&["CreateStack"], "stack created", "stacks created"),
        fact(&["UpdateStack", "ExecuteChangeSet"], "stack changed", "stacks changed"),
        fact(&["DeleteStack"], "stack deleted", "stacks deleted"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("CreateStack", "created the stack[ {stackName}]"),
    act("UpdateStack", "changed the stack[ {stackName}]"),
    act("DeleteStack", "deleted the stack[ {stackName}]"),
    act("DescribeStacks", "read[ the stack {stackName}]"),
    act("CreateChangeSet", "made a change set for the stack[ {stackName}]"),
    act("ExecuteChangeSet", "executed the change set[ {changeSetName}][ of the stack {stackName}]"),
    act("GetTemplate", "read the template[ of the stack {stackName}]"),
    act("CreateStackSet", "created the stack set[ {stackSetName}]"),
    act("CreateStackInstances", "applied the stack set[ {stackSetName}]"),
    act("UpdateTerminationProtection", "changed the protection of the stack[ {stackName}]"),
];

pub(super) const NOTES: &[Note] = &[
    note(
        &["CreateStack", "UpdateStack", "CreateChangeSet", "CreateStackSet", "UpdateStackSet"],
        When::Has("capabilities", "_IAM"),
        "may create IAM resources",
    ),
    note(
        &["UpdateTerminationProtection"],
        When::Is("enableTerminationProtection", &["false"]),
        "termination protection off",
    ),
];
