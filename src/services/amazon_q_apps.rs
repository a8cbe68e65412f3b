//! Amazon Q Apps: "Logging Amazon Q Apps API calls using AWS CloudTrail". Parameters are headers in kebab case.

use crate::json::Value;
use crate::redaction::is_marker;

use super::grants::inside;
use super::pattern::members;
use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["qapps.amazonaws.com"],
    name: "Amazon Q Apps",
    short: "Q Apps",
    monogram: "QA",
    facts: &[
        fact(
            &["CreateLibraryItem", "UpdateLibraryItem", "DeleteLibraryItem"],
            "library item changed",
            "library items changed",
        ),
        fact(&["GetLibraryItem", "ListLibraryItems"], "read of the library", "reads of the library"),
        fact(&["CreateQApp", "CopyQApp"], "app created", "apps created"),
        fact(&["StartQAppSession"], "app run", "app runs"),
        fact(
            &["ImportDocument", "ImportDocumentToQApp", "ImportDocumentToQAppSession"],
            "document uploaded",
            "documents uploaded",
        ),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("CreateLibraryItem", "created a library item[ of the app {appId|app-id}]"),
    act("GetLibraryItem", "read the library item[ {libraryItemId}]"),
    act("UpdateLibraryItem", "updated the library item[ {libraryItemId}]"),
    act("DeleteLibraryItem", "deleted the library item[ {libraryItemId}]"),
    act("ListLibraryItems", "listed library items"),
    act("CreateQApp", "created the Q App[ {title|appId}]"),
    act("CopyQApp", "copied the Q App[ {appId|app-id|id}]"),
    act("UpdateQApp", "updated the Q App[ {appId|app-id|id}]"),
    act("DeleteQApp", "deleted the Q App[ {appId|app-id|id}]"),
    act("GetQApp", "read the Q App[ {appId|app-id|id}]"),
    act("ListQApps", "listed Q Apps"),
    act("StartQAppSession", "ran the Q App[ {appId|app-id|id}]"),
    act("PredictQApp", "had a Q App drafted"),
    act("ImportDocument", "uploaded the document[ {fileName}][ to the Q App {appId|app-id}]"),
    act("AssociateQAppWithUser", "gave a user the Q App[ {appId|app-id|id}]"),
    act("DisassociateQAppFromUser", "took the Q App[ {appId|app-id|id}] from a user"),
    act("ImportDocumentToQApp", "uploaded the document[ {fileName}] to the Q App[ {appId|app-id}]"),
    act("ImportDocumentToQAppSession", "uploaded the document[ {fileName}] to a session[ {sessionId}]"),
    act("CreateLibraryItemReview", "reviewed the library item[ {libraryItemId}]"),
    act("AssociateLibraryItemReview", "rated the library item[ {libraryItemId}]"),
    act("DisassociateLibraryItemReview", "took back a rating of the library item[ {libraryItemId}]"),
    act("StopQAppSession", "stopped the session[ {sessionId}]"),
    act("GetQAppSession", "read the session[ {sessionId}]"),
    act("UpdateQAppSession", "gave input to the session[ {sessionId}]"),
    act("CreateSubscriptionToken", "created a subscription token"),
    act("PredictQAppFromProblemStatement", "had a Q App drafted from a text"),
    act("PredictProblemStatementFromConversation", "had a conversation summed up"),
];

pub(super) const NOTES: &[Note] = &[
    detail(&[], "on behalf of {userIdentity.onBehalfOf.userId}"),
    detail(&[], "identity store {userIdentity.onBehalfOf.identityStoreArn}"),
    detail(&[], "application {application-id}"),
    detail(&[], "{resources.type}"),
    note(&[], When::Test(shows_prompt), "prompt text in clear"),
];

/// Text of a user that nobody hid.
fn shows_prompt(record: Value<'_>) -> bool {
    inside(&members(record, "input")).iter().any(|text| !text.is_empty() && !is_marker(text))
}
