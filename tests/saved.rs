//! Each saved query finds what it is named for, and not what comes near.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod host;

use host::Host;
use serde_json::{Value, json};
use trailscope::query::SAVED;

/// A record with these members over those of a plain call.
fn record(id: usize, over: &Value) -> Value {
    let mut record = json!({
        "eventVersion": "1.08", "eventTime": "2026-03-01T12:00:00Z", "awsRegion": "us-east-1",
        "sourceIPAddress": "203.0.113.7", "userAgent": "aws-cli", "eventType": "AwsApiCall",
        "eventSource": "ec2.amazonaws.com", "eventName": "DescribeInstances", "recipientAccountId": "111122223333",
        "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::111122223333:user/alice", "userName": "alice"},
        "requestParameters": null, "responseElements": null, "readOnly": false,
    });
    record["eventID"] = json!(format!("{id:08}-0000-4000-8000-000000000000"));
    for (key, value) in over.as_object().unwrap() {
        record[key] = value.clone();
    }
    record
}

fn call(source: &str, name: &str) -> Value {
    json!({"eventSource": format!("{source}.amazonaws.com"), "eventName": name})
}

fn with(mut one: Value, other: Value) -> Value {
    one.as_object_mut().unwrap().extend(other.as_object().unwrap().clone());
    one
}

fn sign_in(kind: &str, mfa: &str, outcome: &str) -> Value {
    json!({
        "eventSource": "signin.amazonaws.com", "eventName": "ConsoleLogin", "eventType": "AwsConsoleSignIn",
        "userIdentity": {"type": kind}, "additionalEventData": {"MFAUsed": mfa},
        "responseElements": {"ConsoleLogin": outcome},
    })
}

fn by(identity: Value) -> Value {
    json!({"userIdentity": identity})
}

fn failed(code: &str) -> Value {
    json!({"errorCode": code})
}

fn ingress(range: &str) -> Value {
    with(
        call("ec2", "AuthorizeSecurityGroupIngress"),
        json!({"requestParameters": {"groupId": "sg-1", "ipPermissions": {"items": [
            {"ipProtocol": "tcp", "fromPort": 22, "toPort": 22, "ipRanges": {"items": [{"cidrIp": range}]}}]}}}),
    )
}

/// Each saved query with records it finds, and records it does not.
fn cases() -> Vec<(&'static str, Vec<Value>, Vec<Value>)> {
    let root = || by(json!({"type": "Root"}));
    let root_miss = || {
        vec![
            by(json!({"type": "Root", "invokedBy": "backup.amazonaws.com"})),
            with(root(), json!({"eventType": "AwsServiceEvent"})),
            by(json!({"type": "IAMUser", "userName": "Root"})),
        ]
    };
    let calls =
        |source: &str, names: &[&str]| names.iter().map(|name| call(source, name)).collect::<Vec<_>>();
    let failure = |message: &str| with(sign_in("IAMUser", "No", "Failure"), json!({"errorMessage": message}));
    vec![
        ("Root use", vec![root()], root_miss()),
        (
            "Console sign-in without MFA",
            vec![sign_in("IAMUser", "No", "Success"), sign_in("Root", "No", "Success")],
            vec![
                sign_in("IAMUser", "Yes", "Success"),
                sign_in("IAMUser", "No", "Failure"),
                sign_in("AssumedRole", "No", "Success"),
            ],
        ),
        (
            "Access denied",
            vec![
                failed("AccessDenied"),
                failed("AccessDeniedException"),
                failed("Client.UnauthorizedOperation"),
                failed("AuthorizationError"),
            ],
            vec![failed("NoSuchAccessDenied"), failed("ThrottlingException"), json!({})],
        ),
        (
            "Public exposure",
            vec![
                ingress("0.0.0.0/0"),
                with(
                    call("rds", "ModifyDBInstance"),
                    json!({"requestParameters": {"dBInstanceIdentifier": "db", "publiclyAccessible": true}}),
                ),
                with(
                    call("s3", "PutBucketAcl"),
                    json!({"requestParameters": {"bucketName": "b", "x-amz-acl": "public-read"}}),
                ),
            ],
            vec![ingress("10.0.0.0/8"), with(ingress("0.0.0.0/0"), failed("Client.UnauthorizedOperation"))],
        ),
        (
            "Trail tampering",
            calls(
                "cloudtrail",
                &["StopLogging", "DeleteTrail", "UpdateTrail", "PutEventSelectors", "DeleteEventDataStore"],
            ),
            vec![
                call("cloudtrail", "StartLogging"),
                call("cloudtrail", "LookupEvents"),
                call("kinesis", "StopLogging"),
            ],
        ),
        (
            "4.1 Unauthorized API calls",
            vec![failed("Client.UnauthorizedOperation"), failed("AccessDeniedException")],
            vec![failed("UnauthorizedOperationX"), failed("XAccessDenied")],
        ),
        (
            "4.2 Console sign-in without MFA",
            vec![sign_in("IAMUser", "No", "Success")],
            vec![
                sign_in("Root", "No", "Success"),
                sign_in("IAMUser", "Yes", "Success"),
                sign_in("IAMUser", "No", "Failure"),
            ],
        ),
        ("4.3 Root usage", vec![root()], root_miss()),
        (
            "4.4 IAM policy changes",
            calls("iam", &["PutRolePolicy", "AttachUserPolicy", "CreatePolicyVersion", "DetachGroupPolicy"]),
            vec![
                call("iam", "GetPolicy"),
                call("iam", "SetDefaultPolicyVersion"),
                call("organizations", "CreatePolicy"),
            ],
        ),
        (
            "4.5 CloudTrail configuration changes",
            calls("cloudtrail", &["CreateTrail", "StartLogging", "StopLogging"]),
            vec![call("cloudtrail", "DescribeTrails")],
        ),
        (
            "4.6 Console authentication failures",
            vec![failure("Failed authentication"), failure("No username found in supplied account")],
            vec![failure("Other"), sign_in("IAMUser", "No", "Success")],
        ),
        (
            "4.7 Disabling or deleting customer keys",
            calls("kms", &["DisableKey", "ScheduleKeyDeletion"]),
            vec![
                call("kms", "DisableKeyRotation"),
                call("kms", "CancelKeyDeletion"),
                call("iam", "DisableKey"),
            ],
        ),
        (
            "4.8 S3 bucket policy changes",
            calls("s3", &["PutBucketPolicy", "DeleteBucketReplication"]),
            vec![call("s3", "GetBucketPolicy"), call("s3", "PutBucketTagging")],
        ),
        (
            "4.9 AWS Config changes",
            calls("config", &["StopConfigurationRecorder", "PutDeliveryChannel"]),
            vec![call("config", "DescribeDeliveryChannels"), call("iot", "DeleteDeliveryChannel")],
        ),
        (
            "4.10 Security group changes",
            calls("ec2", &["RevokeSecurityGroupEgress", "CreateSecurityGroup"]),
            vec![call("ec2", "DescribeSecurityGroups")],
        ),
        (
            "4.11 Network ACL changes",
            calls("ec2", &["ReplaceNetworkAclAssociation", "DeleteNetworkAcl"]),
            vec![call("ec2", "DescribeNetworkAcls")],
        ),
        (
            "4.12 Network gateway changes",
            calls("ec2", &["AttachInternetGateway", "DeleteCustomerGateway"]),
            vec![call("ec2", "CreateNatGateway")],
        ),
        (
            "4.13 Route table changes",
            calls("ec2", &["ReplaceRoute", "DisassociateRouteTable"]),
            vec![call("apigateway", "CreateRoute"), call("ec2", "AssociateRouteTable")],
        ),
        (
            "4.14 VPC changes",
            calls("ec2", &["ModifyVpcAttribute", "EnableVpcClassicLink"]),
            vec![call("ec2", "ModifyVpcEndpoint")],
        ),
        (
            "4.15 Organizations changes",
            calls("organizations", &["LeaveOrganization", "UpdatePolicy"]),
            vec![call("iam", "CreatePolicy"), call("organizations", "DescribeOrganization")],
        ),
    ]
}

#[test]
fn each_saved_query_finds_its_events_and_no_near_ones() {
    let cases = cases();
    assert_eq!(
        cases.iter().map(|case| case.0).collect::<Vec<_>>(),
        SAVED.iter().map(|one| one.name).collect::<Vec<_>>()
    );
    for ((name, hits, misses), saved) in cases.iter().zip(SAVED) {
        let records: Vec<Value> =
            hits.iter().chain(misses).enumerate().map(|(id, over)| record(id, over)).collect();
        let mut host = Host::new(1);
        host.drop_file("trail.json", json!({ "Records": records }).to_string().into_bytes());
        host.ask(saved.query);
        let mut found: Vec<usize> =
            host.rows().iter().map(|row| row.event_id[..8].parse().unwrap()).collect();
        found.sort_unstable();
        assert_eq!(found, (0..hits.len()).collect::<Vec<_>>(), "{name}: {}", saved.query);
    }
}

#[test]
fn another_question_ends_the_reading_for_the_one_before() {
    let mut host = Host::new(1);
    let records: Vec<Value> =
        (0..50).map(|id| record(id, &json!({"requestParameters": {"n": id}}))).collect();
    let file = json!({ "Records": records }).to_string().into_bytes();
    host.drop_file("trail.json", file.clone());
    host.ask("");
    let ask = |question, query: &str| trailscope::protocol::Ask {
        question,
        query: query.to_owned(),
        time: None,
        buckets: trailscope::protocol::Buckets { from_ms: 0, step_ms: 1_000, count: 1 },
        order: trailscope::protocol::Order::default(),
        facet_values: 10,
        detail: trailscope::protocol::Detail::None,
        paths: Vec::new(),
        cells: Vec::new(),
        facets: Vec::new(),
        coverage: false,
    };
    let shard = &mut host.shards[0];
    shard.ask(ask(7, "requestParameters.n > 10")).unwrap();
    let mut rereading = shard.reread(shard.pending_source().unwrap()).unwrap();
    assert!(shard.reread_push(&mut rereading, &file[..2_000]), "it wants more of the file");
    shard.ask(ask(8, "requestParameters.n < 10")).unwrap();
    assert!(!shard.reread_push(&mut rereading, &file[2_000..4_000]), "nobody waits for the rest");
    shard.reread_close(rereading);
    assert_eq!((shard.question(), shard.answer().matched), (Some(8), 0));
    assert!(shard.pending_source().is_some(), "the new question begins with the file anew");
}
