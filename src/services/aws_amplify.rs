//! AWS Amplify, three APIs on one card: hosting, Studio backends and the UI builder.

use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["amplify.amazonaws.com", "amplifybackend.amazonaws.com", "amplifyuibuilder.amazonaws.com"],
    name: "AWS Amplify",
    short: "Amplify",
    monogram: "AM",
    facts: &[
        fact(&["CreateApp", "DeleteApp", "UpdateApp"], "app changed", "apps changed"),
        fact(&["StartJob", "StartDeployment"], "job started", "jobs started"),
        fact(
            &["CreateBackendEnvironment", "CreateBackend", "CloneBackend"],
            "backend created",
            "backends created",
        ),
        fact(
            &["DeleteBackendEnvironment", "DeleteBackend", "RemoveAllBackends"],
            "backend deleted",
            "backends deleted",
        ),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("ListApps", "listed apps"),
    act("CreateApp", "created the app[ {name}]"),
    act("DeleteApp", "deleted the app[ {appId}]"),
    act("GetApp", "read the app[ {appId}]"),
    act("StartJob", "started a job[ on the branch {branchName}][ of the app {appId}]"),
    act("CreateBranch", "created the branch[ {branchName}][ of the app {appId}]"),
    act("ListBackendJobs", "listed backend jobs[ of the app {appId}][ in {backendEnvironmentName}]"),
    act(
        "DeleteBackendEnvironment",
        "deleted the backend environment[ {environmentName}][ of the app {appId}]",
    ),
    act("RemoveAllBackends", "removed all backends[ of the app {appId}]"),
    act("UpdateApp", "changed the app[ {appId}]"),
    act("UpdateBranch", "changed the branch[ {branchName}][ of the app {appId}]"),
    act("DeleteBranch", "deleted the branch[ {branchName}][ of the app {appId}]"),
    act("StopJob", "stopped a job[ on the branch {branchName}][ of the app {appId}]"),
    act("GetJob", "read a job[ on the branch {branchName}][ of the app {appId}]"),
    act("ListJobs", "listed jobs[ of the branch {branchName}][ of the app {appId}]"),
    act("CreateDeployment", "created a deployment[ of the branch {branchName}][ of the app {appId}]"),
    act("StartDeployment", "started a deployment[ of the branch {branchName}][ of the app {appId}]"),
    act("CreateWebhook", "created a webhook[ for the branch {branchName}][ of the app {appId}]"),
    act("CreateDomainAssociation", "set up the domain[ {domainName}][ for the app {appId}]"),
    act("GetBackendJob", "read a backend job[ of the app {appId}][ in {backendEnvironmentName}]"),
    act("CreateBackend", "created a backend[ {backendEnvironmentName}][ of the app {appId}]"),
    act("GetBackend", "read the backend[ of the app {appId}][ in {backendEnvironmentName}]"),
    act("DeleteBackend", "deleted the backend[ {backendEnvironmentName}][ of the app {appId}]"),
    act(
        "CreateBackendAuth",
        "set up sign-in for the backend[ of the app {appId}][ in {backendEnvironmentName}]",
    ),
    act(
        "UpdateBackendAuth",
        "changed sign-in for the backend[ of the app {appId}][ in {backendEnvironmentName}]",
    ),
    act(
        "GenerateBackendAPIModels",
        "started making models for the backend[ of the app {appId}][ in {backendEnvironmentName}]",
    ),
];

pub(super) const NOTES: &[Note] = &[
    note(
        &["DeleteApp", "DeleteBackend", "DeleteBackendEnvironment", "RemoveAllBackends"],
        When::Done,
        "app or backend deleted",
    ),
    note(
        &["CreateApp", "UpdateApp", "CreateBranch", "UpdateBranch"],
        When::Filled("environmentVariables"),
        "environment variables set",
    ),
    note(&["UpdateApp", "UpdateBranch"], When::Is("enableBasicAuth", &["false"]), "basic authentication off"),
    detail(&["StartJob", "StopJob", "GetJob"], "job {jobSummary.status|job.summary.status}"),
    detail(&["ListJobs"], "job {jobSummaries.status}"),
    detail(&["ListBackendJobs"], "{jobs.operation} {jobs.status}"),
    detail(
        &[
            "CreateBackend",
            "CloneBackend",
            "DeleteBackend",
            "GetBackendJob",
            "UpdateBackendJob",
            "CreateBackendAuth",
            "UpdateBackendAuth",
        ],
        "{operation} {status}",
    ),
    detail(&["CreateApp"], "{platform}"),
];
