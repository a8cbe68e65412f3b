//! Amazon DynamoDB. Of items only the keys are logged.

use super::notes::{EVERYONE, FOREIGN};
use super::{Act, Note, Service, When, act, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["dynamodb.amazonaws.com"],
    name: "Amazon DynamoDB",
    short: "DynamoDB",
    monogram: "DD",
    facts: &[
        fact(&["CreateTable"], "table created", "tables created"),
        fact(&["DeleteTable"], "table deleted", "tables deleted"),
        fact(&["GetItem", "BatchGetItem", "Query", "Scan"], "read of items", "reads of items"),
        fact(&["PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"], "write of items", "writes of items"),
        fact(&["ExportTableToPointInTime", "CreateBackup"], "export or backup", "exports and backups"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("GetItem", "read an item of the table[ {tableName}]"),
    act("PutItem", "wrote an item of the table[ {tableName}]"),
    act("UpdateItem", "changed an item of the table[ {tableName}]"),
    act("DeleteItem", "deleted an item of the table[ {tableName}]"),
    act("Query", "queried the table[ {tableName}]"),
    act("Scan", "read through the table[ {tableName}]"),
    act("BatchGetItem", "read items[ of {requestItems.tableName}]"),
    act("BatchWriteItem", "wrote items[ of {requestItems.tableName}]"),
    act("CreateTable", "created the table[ {tableName}]"),
    act("DeleteTable", "deleted the table[ {tableName}]"),
    act("UpdateTable", "changed the table[ {tableName}]"),
    act("DescribeTable", "looked at the table[ {tableName}]"),
    act("CreateBackup", "made a backup of the table[ {tableName}]"),
    act("DeleteBackup", "deleted the backup[ {backupArn}]"),
    act("RestoreTableFromBackup", "restored a table[ {targetTableName}] from a backup"),
    act("ExportTableToPointInTime", "exported the table[ {tableArn}][ to the bucket {s3Bucket}]"),
    act("UpdateContinuousBackups", "changed the backups of the table[ {tableName}]"),
    act("ExecuteStatement", "ran a PartiQL statement"),
];

pub(super) const NOTES: &[Note] = &[
    note(
        &["UpdateContinuousBackups"],
        When::Is("pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled", &["false"]),
        "point-in-time recovery off",
    ),
    note(&["UpdateTable"], When::Is("deletionProtectionEnabled", &["false"]), "deletion protection off"),
    note(&["PutResourcePolicy"], When::Everyone("policy"), EVERYONE),
    note(&["PutResourcePolicy"], When::Foreign("policy"), FOREIGN),
    note(&["ExportTableToPointInTime"], When::Foreign("s3BucketOwner"), "exported to another account"),
    note(&["DeleteTable"], When::Done, "table deleted"),
    note(&["DeleteBackup"], When::Done, "backup deleted"),
];
