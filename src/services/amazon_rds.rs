//! Amazon RDS, with Aurora, Neptune and DocumentDB, which share its event source.

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["rds.amazonaws.com"],
    name: "Amazon RDS",
    short: "RDS",
    monogram: "RD",
    facts: &[Fact {
        events: &["ModifyDBSnapshotAttribute"],
        done: ("snapshot sharing changed", "times snapshot sharing changed"),
        asked: ("call to share a snapshot", "calls to share snapshots"),
    }],
};

pub(super) static ACTS: &[Act] = &[
    Act {
        event: "ModifyDBSnapshotAttribute",
        done: "changed who may restore the snapshot[ {dBSnapshotIdentifier|dBClusterSnapshotIdentifier}][: added {valuesToAdd}][: removed {valuesToRemove}]",
        tried: "change who may restore the snapshot[ {dBSnapshotIdentifier|dBClusterSnapshotIdentifier}]",
    },
    Act {
        event: "ModifyDBInstance",
        done: "changed the database[ {dBInstanceIdentifier}]",
        tried: "change the database[ {dBInstanceIdentifier}]",
    },
    Act {
        event: "CreateDBInstance",
        done: "created the database[ {dBInstanceIdentifier}]",
        tried: "create the database[ {dBInstanceIdentifier}]",
    },
    Act {
        event: "DeleteDBInstance",
        done: "deleted the database[ {dBInstanceIdentifier}]",
        tried: "delete the database[ {dBInstanceIdentifier}]",
    },
    Act {
        event: "CreateDBSnapshot",
        done: "took the snapshot[ {dBSnapshotIdentifier}][ of the database {dBInstanceIdentifier}]",
        tried: "take the snapshot[ {dBSnapshotIdentifier}][ of the database {dBInstanceIdentifier}]",
    },
    Act {
        event: "CopyDBSnapshot",
        done: "copied the snapshot[ {sourceDBSnapshotIdentifier}]",
        tried: "copy the snapshot[ {sourceDBSnapshotIdentifier}]",
    },
    Act {
        event: "RestoreDBInstanceFromDBSnapshot",
        done: "restored the database[ {dBInstanceIdentifier}][ from the snapshot {dBSnapshotIdentifier}]",
        tried: "restore the database[ {dBInstanceIdentifier}][ from the snapshot {dBSnapshotIdentifier}]",
    },
];
