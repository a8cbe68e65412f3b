//! Amazon ECS.

use super::notes::PARTLY;
use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["ecs.amazonaws.com"],
    name: "Amazon ECS",
    short: "ECS",
    monogram: "CS",
    facts: &[
        fact(&["RunTask", "StartTask"], "task run", "tasks run"),
        fact(&["RegisterTaskDefinition"], "task definition registered", "task definitions registered"),
        fact(&["CreateService", "UpdateService", "DeleteService"], "service changed", "services changed"),
        fact(&["ExecuteCommand"], "command in a container", "commands in containers"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("RunTask", "ran the task[ {taskDefinition}][ in the cluster {cluster}]"),
    act("StartTask", "started the task[ {taskDefinition}][ in the cluster {cluster}]"),
    act("StopTask", "stopped the task[ {task}][ in the cluster {cluster}]"),
    act("RegisterTaskDefinition", "registered the task definition[ {family}]"),
    act("DeregisterTaskDefinition", "deregistered the task definition[ {taskDefinition}]"),
    act("CreateService", "created the service[ {serviceName}][ in the cluster {cluster}]"),
    act("UpdateService", "changed the service[ {service}][ in the cluster {cluster}]"),
    act("DeleteService", "deleted the service[ {service}][ in the cluster {cluster}]"),
    act("CreateCluster", "created the cluster[ {clusterName}]"),
    act("DeleteCluster", "deleted the cluster[ {cluster}]"),
    act("ExecuteCommand", "ran a command in the task[ {task}][ in the cluster {cluster}]"),
    act("DescribeTasks", "read tasks[ in the cluster {cluster}]"),
];

pub(super) const NOTES: &[Note] = &[
    note(
        &["RegisterTaskDefinition"],
        When::Is("containerDefinitions.privileged", &["true"]),
        "privileged container",
    ),
    note(&["RegisterTaskDefinition"], When::Is("networkMode", &["host"]), "network of the host"),
    note(&["ExecuteCommand"], When::Done, "command in a container"),
    note(&["RunTask", "StartTask"], When::Partly("failures"), PARTLY),
    detail(&["RunTask", "CreateService"], "{launchType}"),
];
