//! Amazon S3: buckets in management events, objects in data events.

use super::{Act, Fact, Service};

pub(super) static SERVICE: Service = Service {
    sources: &["s3.amazonaws.com"],
    name: "Amazon S3",
    short: "S3",
    monogram: "S3",
    facts: &[Fact {
        events: &["PutBucketPolicy"],
        done: ("bucket policy set", "bucket policies set"),
        asked: ("call to set a bucket policy", "calls to set a bucket policy"),
    }],
};

pub(super) static ACTS: &[Act] = &[
    Act {
        event: "GetObject",
        done: "read the object[ {key}][ in the bucket {bucketName}]",
        tried: "read the object[ {key}][ in the bucket {bucketName}]",
    },
    Act {
        event: "HeadObject",
        done: "looked at the object[ {key}][ in the bucket {bucketName}]",
        tried: "look at the object[ {key}][ in the bucket {bucketName}]",
    },
    Act {
        event: "PutObject",
        done: "wrote the object[ {key}][ in the bucket {bucketName}]",
        tried: "write the object[ {key}][ in the bucket {bucketName}]",
    },
    Act {
        event: "DeleteObject",
        done: "deleted the object[ {key}][ in the bucket {bucketName}]",
        tried: "delete the object[ {key}][ in the bucket {bucketName}]",
    },
    Act {
        event: "DeleteObjects",
        done: "deleted objects[ in the bucket {bucketName}]",
        tried: "delete objects[ in the bucket {bucketName}]",
    },
    Act {
        event: "ListObjects",
        done: "listed objects[ in the bucket {bucketName}]",
        tried: "list objects[ in the bucket {bucketName}]",
    },
    Act { event: "ListBuckets", done: "listed buckets", tried: "list buckets" },
    Act {
        event: "CreateBucket",
        done: "created the bucket[ {bucketName}]",
        tried: "create the bucket[ {bucketName}]",
    },
    Act {
        event: "DeleteBucket",
        done: "deleted the bucket[ {bucketName}]",
        tried: "delete the bucket[ {bucketName}]",
    },
    Act {
        event: "PutBucketPolicy",
        done: "set the policy of the bucket[ {bucketName}]",
        tried: "set the policy of the bucket[ {bucketName}]",
    },
];
