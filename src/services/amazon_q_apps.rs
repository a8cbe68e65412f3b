//! Amazon Q Apps: "Logging Amazon Q Apps API calls using AWS CloudTrail". Parameters are headers in kebab case.

use super::{Act, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["qapps.amazonaws.com"],
    name: "Amazon Q Apps",
    short: "Q Apps",
    monogram: "QA",
    facts: &[],
};

pub(super) static ACTS: &[Act] = &[
    Act {
        event: "CreateLibraryItem",
        done: "created a library item[ of the app {appId|app-id}]",
        tried: "create a library item[ of the app {appId|app-id}]",
    },
    Act {
        event: "GetLibraryItem",
        done: "read the library item[ {libraryItemId}]",
        tried: "read the library item[ {libraryItemId}]",
    },
    Act {
        event: "UpdateLibraryItem",
        done: "updated the library item[ {libraryItemId}]",
        tried: "update the library item[ {libraryItemId}]",
    },
    Act {
        event: "DeleteLibraryItem",
        done: "deleted the library item[ {libraryItemId}]",
        tried: "delete the library item[ {libraryItemId}]",
    },
    Act { event: "ListLibraryItems", done: "listed library items", tried: "list library items" },
    Act {
        event: "CreateQApp",
        done: "created the Q App[ {title|appId}]",
        tried: "create the Q App[ {title|appId}]",
    },
    Act {
        event: "CopyQApp",
        done: "copied the Q App[ {appId|app-id|id}]",
        tried: "copy the Q App[ {appId|app-id|id}]",
    },
    Act {
        event: "UpdateQApp",
        done: "updated the Q App[ {appId|app-id|id}]",
        tried: "update the Q App[ {appId|app-id|id}]",
    },
    Act {
        event: "DeleteQApp",
        done: "deleted the Q App[ {appId|app-id|id}]",
        tried: "delete the Q App[ {appId|app-id|id}]",
    },
    Act {
        event: "GetQApp",
        done: "read the Q App[ {appId|app-id|id}]",
        tried: "read the Q App[ {appId|app-id|id}]",
    },
    Act { event: "ListQApps", done: "listed Q Apps", tried: "list Q Apps" },
    Act {
        event: "StartQAppSession",
        done: "ran the Q App[ {appId|app-id|id}]",
        tried: "run the Q App[ {appId|app-id|id}]",
    },
    Act { event: "PredictQApp", done: "had a Q App drafted", tried: "have a Q App drafted" },
    Act {
        event: "ImportDocument",
        done: "uploaded the document[ {fileName}][ to the Q App {appId|app-id}]",
        tried: "upload the document[ {fileName}][ to the Q App {appId|app-id}]",
    },
];
