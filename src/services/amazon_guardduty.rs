//! Amazon GuardDuty.

use super::{Act, Note, Service, When, act, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["guardduty.amazonaws.com"],
    name: "Amazon GuardDuty",
    short: "GuardDuty",
    monogram: "GD",
    facts: &[
        fact(&["DeleteDetector", "UpdateDetector"], "detector changed", "detectors changed"),
        fact(&["ArchiveFindings"], "archiving of findings", "archivings of findings"),
        fact(&["GetFindings", "ListFindings"], "read of findings", "reads of findings"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("CreateDetector", "created a detector"),
    act("DeleteDetector", "deleted the detector[ {detectorId}]"),
    act("UpdateDetector", "changed the detector[ {detectorId}]"),
    act("GetFindings", "read findings[ of the detector {detectorId}]"),
    act("ListFindings", "listed findings[ of the detector {detectorId}]"),
    act("ArchiveFindings", "archived findings[ of the detector {detectorId}]"),
    act("CreateFilter", "created the filter[ {name}][ of the detector {detectorId}]"),
    act("CreateIPSet", "created the list of trusted addresses[ {name}]"),
    act("UpdateIPSet", "changed a list of trusted addresses"),
    act("DisassociateMembers", "removed member accounts"),
    act("StopMonitoringMembers", "stopped watching member accounts"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["DeleteDetector"], When::Done, "detector deleted"),
    note(&["UpdateDetector"], When::Is("enable", &["false"]), "detector off"),
    note(&["CreateFilter", "UpdateFilter"], When::Is("action", &["ARCHIVE"]), "findings hidden by a filter"),
    note(&["CreateIPSet", "UpdateIPSet"], When::Done, "trusted addresses changed"),
    note(
        &["DisassociateMembers", "DisassociateFromAdministratorAccount", "DeleteMembers"],
        When::Done,
        "member cut from its administrator",
    ),
    note(&["DeletePublishingDestination"], When::Done, "export of findings deleted"),
    note(&["StopMonitoringMembers"], When::Done, "members no longer watched"),
];
