//! Amazon Monitron: "Logging Amazon Monitron actions with AWS CloudTrail".
//!
//! Calls of the mobile app have the prefix `AmazonMonitronApp:`; the text of a failure stands in the reply.

use super::{Act, Note, Service, When, act, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["monitron.amazonaws.com"],
    name: "Amazon Monitron",
    short: "Monitron",
    monogram: "MO",
    facts: &[
        fact(&["CreateProject"], "project created", "projects created"),
        fact(&["DeleteProject"], "project deleted", "projects deleted"),
        fact(&["AssociateProjectAdminUser"], "administrator added", "administrators added"),
        fact(&["DisassociateProjectAdminUser"], "administrator removed", "administrators removed"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("CreateProject", "created the project[ {Name|projectName|id}]"),
    act("UpdateProject", "updated the project[ {Name|projectName|id}]"),
    act("DeleteProject", "deleted the project[ {Name|projectName|id}]"),
    act("GetProject", "read the project[ {Name|projectName|id}]"),
    act("AssociateProjectAdminUser", "made a user an administrator of the project[ {Name|projectName|id}]"),
    act(
        "DisassociateProjectAdminUser",
        "took the administrator rights of a user in the project[ {Name|projectName|id}] away",
    ),
    act("ListProjects", "listed projects"),
    act("ListProjectAdminUsers", "listed the administrators of the project[ {Name|projectName|id}]"),
    act("GetProjectAdminUser", "read an administrator of the project[ {Name|projectName|id}]"),
    act("CreateSensor", "created the sensor[ {Name|sensorName|id}]"),
    act("UpdateSensor", "updated the sensor[ {Name|sensorName|id}]"),
    act("DeleteSensor", "deleted the sensor[ {Name|sensorName|id}]"),
    act("StartSensorCommissioning", "started to set up a sensor[ {Name|sensorName|id}]"),
    act("FinishSensorCommissioning", "completed setting up a sensor[ {Name|sensorName|id}]"),
    act("CreateGateway", "created the gateway[ {Name|gatewayName|id}]"),
    act("DeleteGateway", "deleted the gateway[ {Name|gatewayName|id}]"),
    act("CreateSite", "created the site[ {Name|siteName|id}]"),
    act("UpdateSite", "updated the site[ {Name|siteName|id}]"),
    act("DeleteSite", "deleted the site[ {Name|siteName|id}]"),
    act("CreateAsset", "created the asset[ {Name|assetName|id}]"),
    act("UpdateAsset", "updated the asset[ {Name|assetName|id}]"),
    act("DeleteAsset", "deleted the asset[ {Name|assetName|id}]"),
    act("CreateAssetStateTransition", "changed the state of the asset[ {Name|assetName|id}]"),
    act("CreateUserAccessRoleAssociation", "gave a user a role in the app"),
    act("UpdateUserAccessRoleAssociation", "changed the role of a user in the app"),
    act("DeleteUserAccessRoleAssociation", "took a role in the app from a user"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["AssociateProjectAdminUser"], When::Done, "administrator added"),
    note(
        &["CreateUserAccessRoleAssociation", "UpdateUserAccessRoleAssociation"],
        When::Done,
        "access role set",
    ),
];
