//! Amazon S3: buckets in management events, objects in data events.

use crate::json::Value;

use super::notes::{BLOCK_REMOVED, EVERYONE, FOREIGN};
use super::pattern::members;
use super::{Act, Note, Service, When, act, fact, note};

pub(super) static SERVICE: Service = Service {
    sources: &["s3.amazonaws.com"],
    name: "Amazon S3",
    short: "S3",
    monogram: "S3",
    facts: &[
        fact(&["GetObject"], "object read", "objects read"),
        fact(&["PutObject", "CopyObject"], "object written", "objects written"),
        fact(&["DeleteObject", "DeleteObjects"], "delete of objects", "deletes of objects"),
        fact(&["CreateBucket"], "bucket created", "buckets created"),
        fact(&["DeleteBucket"], "bucket deleted", "buckets deleted"),
        fact(&["PutBucketPolicy"], "bucket policy set", "bucket policies set"),
    ],
};

pub(super) static ACTS: &[Act] = &[
    act("GetObject", "read the object[ {key}][ in the bucket {bucketName}]"),
    act("HeadObject", "looked at the object[ {key}][ in the bucket {bucketName}]"),
    act("PutObject", "wrote the object[ {key}][ in the bucket {bucketName}]"),
    act("DeleteObject", "deleted the object[ {key}][ in the bucket {bucketName}]"),
    act("DeleteObjects", "deleted objects[ in the bucket {bucketName}]"),
    act("ListObjects", "listed objects[ in the bucket {bucketName}]"),
    act("CreateBucket", "created the bucket[ {bucketName}]"),
    act("DeleteBucket", "deleted the bucket[ {bucketName}]"),
    act("PutBucketPolicy", "set the policy of the bucket[ {bucketName}]"),
    act("ListBuckets", "listed buckets"),
    act("ListAllMyBuckets", "listed buckets"),
    act("PutBucketAcl", "set the access list of the bucket[ {bucketName}]"),
    act("PutObjectAcl", "set the access list of the object[ {key}][ in the bucket {bucketName}]"),
    act("CopyObject", "copied[ {x-amz-copy-source}] to the object[ {key}][ in the bucket {bucketName}]"),
    act("DeleteBucketPolicy", "deleted the policy of the bucket[ {bucketName}]"),
    act("GetBucketPolicy", "read the policy of the bucket[ {bucketName}]"),
    act("GetBucketAcl", "read the access list of the bucket[ {bucketName}]"),
    act("GetBucketLocation", "asked for the Region of the bucket[ {bucketName}]"),
    act("HeadBucket", "looked at the bucket[ {bucketName}]"),
    act(
        "PutBucketVersioning",
        "set the versioning of the bucket[ {bucketName}][ to {VersioningConfiguration.Status}]",
    ),
    act("PutBucketLogging", "set the access logging of the bucket[ {bucketName}]"),
    act("PutBucketEncryption", "set the encryption of the bucket[ {bucketName}]"),
    act("PutBucketPublicAccessBlock", "set the block of public access to the bucket[ {bucketName}]"),
    act("DeleteBucketPublicAccessBlock", "removed the block of public access to the bucket[ {bucketName}]"),
    act("PutBucketLifecycle", "set when objects of the bucket[ {bucketName}] expire"),
    act("PutBucketReplication", "set the replication of the bucket[ {bucketName}]"),
    act("DeleteBucketReplication", "deleted the replication of the bucket[ {bucketName}]"),
    act("ListObjectVersions", "listed versions of objects[ in the bucket {bucketName}]"),
    act("DeleteBucketEncryption", "deleted the encryption rule of the bucket[ {bucketName}]"),
    act("PutBucketTagging", "tagged the bucket[ {bucketName}]"),
    act("DeleteAccountPublicAccessBlock", "removed the block of public access to the account"),
    act("PutAccountPublicAccessBlock", "set the block of public access to the account"),
];

pub(super) const NOTES: &[Note] = &[
    note(&["PutBucketPolicy"], When::Everyone("bucketPolicy"), EVERYONE),
    note(&["PutBucketPolicy"], When::Foreign("bucketPolicy"), FOREIGN),
    note(
        &["PutBucketAcl", "PutObjectAcl", "PutObject", "CreateBucket", "CopyObject"],
        When::Public,
        EVERYONE,
    ),
    note(&["DeleteBucketPublicAccessBlock", "DeleteAccountPublicAccessBlock"], When::Done, BLOCK_REMOVED),
    note(
        &["PutBucketPublicAccessBlock", "PutAccountPublicAccessBlock"],
        When::Has("PublicAccessBlockConfiguration", "false"),
        "public access not fully blocked",
    ),
    note(&["PutBucketLogging"], When::Test(without_access_log), "access log off"),
    note(
        &["PutBucketVersioning"],
        When::Is("VersioningConfiguration.Status", &["Suspended"]),
        "versioning suspended",
    ),
    note(
        &["PutBucketVersioning"],
        When::Is("VersioningConfiguration.MfaDelete", &["Disabled"]),
        "MFA delete off",
    ),
    note(&["DeleteBucketEncryption"], When::Done, "encryption rule deleted"),
    note(&["DeleteBucketReplication"], When::Done, "replication deleted"),
    note(&["DeleteBucket"], When::Done, "bucket deleted"),
];

/// A bucket whose access log is taken away, or not given.
fn without_access_log(record: Value<'_>) -> bool {
    members(record, "BucketLoggingStatus").iter().any(|status| status.get("LoggingEnabled").is_none())
}
