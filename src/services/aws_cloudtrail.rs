//! AWS CloudTrail itself: calls that end or blind the log matter most.

use super::notes::LOGGING;
use super::{Act, Note, Service, When, act, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["cloudtrail.amazonaws.com"],
    name: "AWS CloudTrail",
    short: "CloudTrail",
    monogram: "TL",
    facts: &[
        fact(
            &["StopLogging", "DeleteTrail", "DeleteEventDataStore", "StopEventDataStoreIngestion"],
            "stop or deletion of a trail",
            "stops or deletions of trails",
        ),
        fact(&["StartLogging", "CreateTrail"], "trail created or started", "trails created or started"),
        fact(&["UpdateTrail", "PutEventSelectors", "PutInsightSelectors"], "trail changed", "trail changes"),
        fact(&["LookupEvents"], "search of the event history", "searches of the event history"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("StopLogging", "stopped the logging of the trail[ {name|trailName}]"),
    act("StartLogging", "started the logging of the trail[ {name|trailName}]"),
    act("DeleteTrail", "deleted the trail[ {name|trailName}]"),
    act("UpdateTrail", "changed the trail[ {name|trailName}]"),
    act("CreateTrail", "created the trail[ {name|trailName}]"),
    act("PutEventSelectors", "changed which events the trail[ {trailName}] logs"),
    act("LookupEvents", "searched the event history"),
    act("DescribeTrails", "listed trails"),
    act("GetTrailStatus", "read the status of the trail[ {name}]"),
    act("DeleteEventDataStore", "deleted the event data store[ {eventDataStore}]"),
    act(
        "StopEventDataStoreIngestion",
        "stopped events from entering the event data store[ {eventDataStore}]",
    ),
    act("GetEventSelectors", "read what the trail[ {trailName}] logs"),
    act("PutInsightSelectors", "changed which Insights the trail[ {trailName}] looks for"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["StopLogging", "StopEventDataStoreIngestion"], When::Done, LOGGING),
    note(&["DeleteTrail"], When::Done, "trail deleted"),
    note(&["DeleteEventDataStore"], When::Done, "event data store deleted"),
    note(
        &["PutEventSelectors"],
        When::Is("eventSelectors.includeManagementEvents", &["false"]),
        "management events left out",
    ),
    note(
        &["PutEventSelectors"],
        When::Is("eventSelectors.readWriteType", &["ReadOnly", "WriteOnly"]),
        "limited to reads or to writes",
    ),
    note(
        &["PutEventSelectors"],
        When::Filled("eventSelectors.excludeManagementEventSources"),
        "events of a service left out",
    ),
    note(&["UpdateTrail", "CreateTrail"], When::Is("isMultiRegionTrail", &["false"]), "one Region only"),
    note(&["UpdateTrail"], When::Is("includeGlobalServiceEvents", &["false"]), "global events left out"),
    note(&["UpdateTrail"], When::Is("enableLogFileValidation", &["false"]), "log file validation off"),
];
