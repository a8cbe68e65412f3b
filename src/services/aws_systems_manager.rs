//! AWS Systems Manager: parameters, commands and sessions on instances.

use super::notes::{EVERYONE, FOREIGN};
use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["ssm.amazonaws.com"],
    name: "AWS Systems Manager",
    short: "SSM",
    monogram: "SM",
    facts: &[
        fact(&["StartSession", "ResumeSession"], "session opened", "sessions opened"),
        fact(&["SendCommand"], "command sent", "commands sent"),
        fact(
            &["GetParameter", "GetParameters", "GetParametersByPath"],
            "read of parameters",
            "reads of parameters",
        ),
        fact(&["PutParameter"], "parameter written", "parameters written"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("GetParameter", "read the parameter[ {name}]"),
    act("GetParameters", "read the parameters[ {names}]"),
    act("PutParameter", "wrote the parameter[ {name}]"),
    act("DeleteParameter", "deleted the parameter[ {name}]"),
    act("SendCommand", "ran the document[ {documentName}][ on {instanceIds}]"),
    act("StartSession", "opened a session[ on {target}]"),
    act("TerminateSession", "ended the session[ {sessionId}]"),
    act("GetParametersByPath", "read the parameters[ under {path}]"),
    act("DescribeParameters", "listed parameters"),
    act("DeleteParameters", "deleted the parameters[ {names}]"),
    act("ResumeSession", "resumed the session[ {sessionId}]"),
    act("CreateDocument", "created the document[ {name}]"),
    act("UpdateDocument", "changed the document[ {name}]"),
    act("ModifyDocumentPermission", "changed who may use the document[ {name}]"),
    act("GetCommandInvocation", "read what the command[ {commandId}] did[ on {instanceId}]"),
    act("CreateAssociation", "set the document[ {name}] to run[ on {instanceId}]"),
    act("OpenDataChannel", "opened a data channel"),
    act("DescribeInstanceInformation", "listed managed instances"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["ModifyDocumentPermission"], When::Everyone("accountIdsToAdd"), EVERYONE),
    note(&["ModifyDocumentPermission"], When::Foreign("accountIdsToAdd"), FOREIGN),
    detail(&["SendCommand"], "{documentName}"),
];
