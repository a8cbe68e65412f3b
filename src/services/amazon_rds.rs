//! Amazon RDS, with Aurora, Neptune and DocumentDB, which share its event source.

use super::notes::{EVERYONE, FOREIGN, PUBLIC};
use super::{Act, Note, Service, When, act, detail, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["rds.amazonaws.com"],
    name: "Amazon RDS",
    short: "RDS",
    monogram: "RD",
    facts: &[
        fact(&["CreateDBInstance", "CreateDBCluster"], "database created", "databases created"),
        fact(&["DeleteDBInstance", "DeleteDBCluster"], "database deleted", "databases deleted"),
        fact(
            &["CreateDBSnapshot", "CreateDBClusterSnapshot", "CopyDBSnapshot", "CopyDBClusterSnapshot"],
            "snapshot taken",
            "snapshots taken",
        ),
        fact(
            &["ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute"],
            "change of snapshot sharing",
            "changes of snapshot sharing",
        ),
        fact(&["RestoreDBInstanceFromDBSnapshot", "RestoreDBClusterFromSnapshot"], "restore", "restores"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act(
        "ModifyDBSnapshotAttribute",
        "changed who may restore the snapshot[ {dBSnapshotIdentifier|dBClusterSnapshotIdentifier}][, adding {valuesToAdd}][, removing {valuesToRemove}]",
    ),
    act("ModifyDBInstance", "changed the database[ {dBInstanceIdentifier}]"),
    act("CreateDBInstance", "created the database[ {dBInstanceIdentifier}]"),
    act("DeleteDBInstance", "deleted the database[ {dBInstanceIdentifier}]"),
    act(
        "CreateDBSnapshot",
        "took the snapshot[ {dBSnapshotIdentifier}][ of the database {dBInstanceIdentifier}]",
    ),
    act("CopyDBSnapshot", "copied the snapshot[ {sourceDBSnapshotIdentifier}]"),
    act(
        "ModifyDBClusterSnapshotAttribute",
        "changed who may restore the snapshot[ {dBClusterSnapshotIdentifier}][, adding {valuesToAdd}][, removing {valuesToRemove}]",
    ),
    act("ModifyDBCluster", "changed the database cluster[ {dBClusterIdentifier}]"),
    act("CreateDBCluster", "created the database cluster[ {dBClusterIdentifier}]"),
    act("DeleteDBCluster", "deleted the database cluster[ {dBClusterIdentifier}]"),
    act("RebootDBInstance", "rebooted the database[ {dBInstanceIdentifier}]"),
    act("StartExportTask", "started to export the snapshot[ {sourceArn}][ to the bucket {s3BucketName}]"),
    act("DownloadDBLogFilePortion", "read the log[ {logFileName}][ of the database {dBInstanceIdentifier}]"),
    act(
        "RestoreDBInstanceFromDBSnapshot",
        "restored the snapshot[ {dBSnapshotIdentifier}][ as the database {dBInstanceIdentifier}]",
    ),
    act(
        "AddRoleToDBInstance",
        "gave the database[ {dBInstanceIdentifier}] the role[ {roleArn}][ for {featureName}]",
    ),
    act(
        "AddRoleToDBCluster",
        "gave the database cluster[ {dBClusterIdentifier}] the role[ {roleArn}][ for {featureName}]",
    ),
    act("RemoveRoleFromDBInstance", "took the role[ {roleArn}] from the database[ {dBInstanceIdentifier}]"),
    act(
        "FailoverDBCluster",
        "made another instance of the database cluster[ {dBClusterIdentifier}] the writer",
    ),
    act("CopyDBClusterSnapshot", "copied the cluster snapshot[ {sourceDBClusterSnapshotIdentifier}]"),
];

pub(super) const NOTES: &[Note] = &[
    note(
        &["ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute"],
        When::Everyone("valuesToAdd"),
        EVERYONE,
    ),
    note(
        &["ModifyDBSnapshotAttribute", "ModifyDBClusterSnapshotAttribute"],
        When::Foreign("valuesToAdd"),
        FOREIGN,
    ),
    note(
        &[
            "CreateDBInstance",
            "ModifyDBInstance",
            "CreateDBCluster",
            "ModifyDBCluster",
            "RestoreDBInstanceFromDBSnapshot",
            "RestoreDBInstanceToPointInTime",
        ],
        When::Is("publiclyAccessible", &["true"]),
        PUBLIC,
    ),
    note(
        &["ModifyDBInstance", "ModifyDBCluster"],
        When::Is("deletionProtection", &["false"]),
        "deletion protection off",
    ),
    note(
        &["ModifyDBInstance", "ModifyDBCluster"],
        When::Has("masterUserPassword", ""),
        "master password changed",
    ),
    note(
        &["DeleteDBInstance", "DeleteDBCluster"],
        When::Is("skipFinalSnapshot", &["true"]),
        "deleted without a final snapshot",
    ),
    note(&["StopActivityStream"], When::Done, "activity stream stopped"),
    detail(&["CreateDBInstance", "CreateDBCluster"], "{engine}[ {engineVersion}]"),
    detail(&["CreateDBInstance"], "{dBInstanceClass}"),
    note(&["StartExportTask"], When::Done, "export of a snapshot started"),
];
