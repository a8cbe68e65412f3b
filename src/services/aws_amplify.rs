//! AWS Amplify, three APIs on one card: hosting, Studio backends and the UI builder.

use super::{Act, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["amplify.amazonaws.com", "amplifybackend.amazonaws.com", "amplifyuibuilder.amazonaws.com"],
    name: "AWS Amplify",
    short: "Amplify",
    monogram: "AM",
    facts: &[],
};

pub(super) static ACTS: &[Act] = &[
    Act { event: "ListApps", done: "listed apps", tried: "list apps" },
    Act { event: "CreateApp", done: "created the app[ {name}]", tried: "create the app[ {name}]" },
    Act { event: "DeleteApp", done: "deleted the app[ {appId}]", tried: "delete the app[ {appId}]" },
    Act { event: "GetApp", done: "read the app[ {appId}]", tried: "read the app[ {appId}]" },
    Act {
        event: "StartJob",
        done: "started a job[ on the branch {branchName}][ of the app {appId}]",
        tried: "start a job[ on the branch {branchName}][ of the app {appId}]",
    },
    Act {
        event: "CreateBranch",
        done: "created the branch[ {branchName}][ of the app {appId}]",
        tried: "create the branch[ {branchName}][ of the app {appId}]",
    },
    Act {
        event: "ListBackendJobs",
        done: "listed backend jobs[ of the app {appId}][ in {backendEnvironmentName}]",
        tried: "list backend jobs[ of the app {appId}][ in {backendEnvironmentName}]",
    },
    Act {
        event: "DeleteBackendEnvironment",
        done: "deleted the backend environment[ {environmentName}][ of the app {appId}]",
        tried: "delete the backend environment[ {environmentName}][ of the app {appId}]",
    },
    Act {
        event: "RemoveAllBackends",
        done: "removed all backends[ of the app {appId}]",
        tried: "remove all backends[ of the app {appId}]",
    },
];
