//! Notes of made-up calls, and the shape of every definition.

use super::*;
use proptest::prelude::*;

fn check(source: &str, event: &str, rest: &str, notable: &[&str], detail: &[&str]) {
    let source = format!("{source}.amazonaws.com");
    let record = format!(r#"{{"recipientAccountId":"111122223333",{rest}}}"#);
    let told = Noter::default().tell(&source, event, false, record.as_bytes());
    let list =
        |text: &str| text.split(BETWEEN).filter(|one| !one.is_empty()).map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(
        (list(&told.notable), list(&told.detail)),
        (notable.iter().map(|&s| s.to_owned()).collect(), detail.iter().map(|&s| s.to_owned()).collect()),
        "{event} {rest}"
    );
    assert!(may_tell(&source, event), "{event}");
    let document = Document::parse(record.as_bytes()).unwrap();
    let said: Vec<&str> = notable.iter().copied().filter(|label| *label != PARTLY).collect();
    assert_eq!(super::notable(&source, event, document.root()), said, "{event}");
    assert_eq!(
        Noter::default().tell(&source, event, true, record.as_bytes()).notable,
        "",
        "a failed {event}"
    );
}

#[test]
fn what_matters_is_told() {
    check(
        "amazonmq",
        "CreateBroker",
        r#""requestParameters":{"publiclyAccessible":true,"engineType":"ActiveMQ","engineVersion":"5.15.9","deploymentMode":"SINGLE_INSTANCE","users":[{"consoleAccess":false},{"consoleAccess":true}]}"#,
        &[PUBLIC, "user with console access"],
        &["ActiveMQ 5.15.9", "SINGLE_INSTANCE"],
    );
    check(
        "mq",
        "CreateBroker",
        r#""requestParameters":{"publiclyAccessible":false,"engineType":"RABBITMQ"}"#,
        &[],
        &["RABBITMQ"],
    );
    let user = r#""requestParameters":{"brokerId":"b","username":"eve","consoleAccess":true}"#;
    check("amazonmq", "CreateUser", user, &["user with console access"], &["users created: 1"]);
    let users = r#""requestParameters":{"users":[{"username":"a"},{"username":"b"},{"username":"***"}]}"#;
    check("amazonmq", "CreateBroker", users, &[], &["users created: 3"]);
    let granted =
        |to: &str| format!(r#""requestParameters":{{"AWSAccountIds":[{to}],"actions":["SendMessage"]}}"#);
    check("sqs", "AddPermission", &granted(r#""111122223333""#), &[], &["SendMessage for 111122223333"]);
    check("sqs", "AddPermission", &granted(r#""*""#), &[EVERYONE], &["SendMessage for everyone"]);
    check(
        "sqs",
        "AddPermission",
        &granted(r#""444455556666""#),
        &[FOREIGN],
        &["SendMessage for 444455556666"],
    );
    check("sqs", "DeleteMessageBatch", r#""responseElements":{"failed": [ {"id":"1"}]}"#, &[PARTLY], &[]);
    check("sqs", "DeleteMessageBatch", r#""responseElements":{"failed":[ ]}"#, &[], &[]);
    check(
        "qapps",
        "Anything",
        r#""userIdentity":{"onBehalfOf":{"userId":"u-1","identityStoreArn":"arn:aws:identitystore::1:identitystore/d-1"}},"requestParameters":{"application-id":"a-1"}"#,
        &[],
        &["on behalf of u-1", "identity store d-1", "application a-1"],
    );
    check(
        "amplifybackend",
        "ListBackendJobs",
        r#""responseElements":{"jobs":[{"operation":"CreateBackendAuth","status":"COMPLETED"},{"operation":"CreateBackend","status":"FAILED"}]}"#,
        &[],
        &["CreateBackendAuth, CreateBackend COMPLETED, FAILED"],
    );
}

#[test]
fn grants_are_read_out_of_policies() {
    let policy = |statement: &str| {
        format!(r#"{{\"Statement\":[{{\"Effect\":\"Allow\",{}}}]}}"#, statement.replace('"', "\\\""))
    };
    let attributes = |statement: &str| {
        format!(r#""requestParameters":{{"attributes":{{"Policy":"{}"}}}}"#, policy(statement))
    };
    check("sqs", "SetQueueAttributes", &attributes(r#""Principal":"*""#), &[EVERYONE], &[]);
    check(
        "sqs",
        "SetQueueAttributes",
        &attributes(r#""Principal":"*","Condition":{"StringEquals":{"aws:SourceAccount":"1"}}"#),
        &[],
        &[],
    );
    check(
        "sqs",
        "SetQueueAttributes",
        &attributes(r#""Principal":{"AWS":["arn:aws:iam::444455556666:root"]}"#),
        &[FOREIGN],
        &[],
    );
    check(
        "sqs",
        "SetQueueAttributes",
        &attributes(r#""Principal":{"AWS":"arn:aws:iam::111122223333:root"}"#),
        &[],
        &[],
    );
    check(
        "s3",
        "PutBucketPolicy",
        r#""requestParameters":{"bucketPolicy":{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"}}}}"#,
        &[EVERYONE],
        &[],
    );
    check(
        "s3",
        "PutBucketPolicy",
        r#""requestParameters":{"bucketPolicy":{"Statement":[{"Effect":"Deny","Principal":"*"}]}}"#,
        &[],
        &[],
    );
    check("s3", "PutObject", r#""requestParameters":{"x-amz-acl":["public-read"]}"#, &[EVERYONE], &[]);
    check("s3", "PutObject", r#""requestParameters":{"x-amz-acl":"bucket-owner-full-control"}"#, &[], &[]);
    let iam = |action: &str| format!(r#""requestParameters":{{"policyDocument":"{}"}}"#, policy(action));
    check("iam", "PutUserPolicy", &iam(r#""Action":"*","Resource":"*""#), &[ADMIN], &[]);
    check("iam", "PutUserPolicy", &iam(r#""Action":["s3:*"],"Resource":"*""#), &[], &[]);
    check("lambda", "AddPermission20150331v2", r#""requestParameters":{"principal":"*"}"#, &[EVERYONE], &[]);
    check(
        "lambda",
        "AddPermission20150331v2",
        r#""requestParameters":{"principal":"s3.amazonaws.com"}"#,
        &[],
        &[],
    );
    check(
        "ec2",
        "ModifySnapshotAttribute",
        r#""requestParameters":{"createVolumePermission":{"add":{"items":[{"group":"all"},{"userId":"444455556666"}]}}}"#,
        &[EVERYONE, FOREIGN],
        &[],
    );
    check(
        "ec2",
        "ModifySnapshotAttribute",
        r#""requestParameters":{"createVolumePermission":{"remove":{"items":[{"group":"all"}]}}}"#,
        &[],
        &[],
    );
}

/// A label claims no more than the call says.
#[test]
fn labels_are_literally_true() {
    let everyone = |more: &str| format!(r#""requestParameters":{{"principal":"*"{more}}}"#);
    for (source, event, rest, labels) in [
        // A permission for everybody that a parameter binds to one organization or source is not for everybody.
        ("lambda", "AddPermission20150331v2", everyone(""), &[EVERYONE][..]),
        ("lambda", "AddPermission20150331v2", everyone(r#","principalOrgID":"o-1""#), &[]),
        ("lambda", "AddPermission20150331v2", everyone(r#","sourceArn":"arn:aws:s3:::b""#), &[]),
        ("lambda", "AddLayerVersionPermission20181031", everyone(r#","organizationId":"o-1""#), &[]),
        ("ssm", "ModifyDocumentPermission", r#""requestParameters":{"accountIdsToAdd":["All"]}"#.into(), &[EVERYONE]),
        // One of four switches is no end of all blocking.
        (
            "s3",
            "PutBucketPublicAccessBlock",
            r#""requestParameters":{"PublicAccessBlockConfiguration":{"BlockPublicAcls":true,"IgnorePublicAcls":false}}"#.into(),
            &["public access not fully blocked"],
        ),
        ("s3", "PutBucketLogging", r#""requestParameters":{"BucketLoggingStatus":{}}"#.into(), &["access log off"]),
        // Policies that begin like the one of administrators.
        (
            "iam",
            "AttachRolePolicy",
            r#""requestParameters":{"policyArn":"arn:aws:iam::aws:policy/AdministratorAccess-Amplify"}"#.into(),
            &[],
        ),
        (
            "iam",
            "AttachRolePolicy",
            r#""requestParameters":{"policyArn":"arn:aws-us-gov:iam::aws:policy/AdministratorAccess"}"#.into(),
            &[ADMIN],
        ),
        // A policy that is written is not attached yet.
        (
            "iam",
            "CreatePolicy",
            r#""requestParameters":{"policyDocument":"{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"*\",\"Resource\":\"*\"}}"}"#.into(),
            &["admin policy written"],
        ),
        ("qapps", "PredictQApp", r#""requestParameters":{"input":"our plans"}"#.into(), &["prompt text in clear"]),
        ("qapps", "PredictQApp", r#""requestParameters":{"input":"HIDDEN_DUE_TO_SECURITY_REASONS"}"#.into(), &[]),
        ("amplify", "CreateApp", r#""requestParameters":{"enableBasicAuth":false}"#.into(), &[]),
    ] {
        let record = format!(r#"{{"recipientAccountId":"111122223333",{rest}}}"#);
        let told = Noter::default().tell(&format!("{source}.amazonaws.com"), event, false, record.as_bytes());
        assert_eq!(told.notable, labels.join("\n"), "{event} {rest}");
    }
    // Whose account it is must be known to call another one foreign.
    let grant = r#"{"requestParameters":{"AWSAccountIds":["444455556666"],"actions":["*"]}}"#;
    let told = Noter::default().tell("sqs.amazonaws.com", "AddPermission", false, grant.as_bytes());
    assert_eq!(told.notable, "");
}

#[test]
fn most_calls_are_not_looked_at() {
    for (source, event) in [
        ("s3", "GetObject"),
        ("ec2", "DescribeInstances"),
        ("sts", "AssumeRole"),
        ("kms", "Decrypt"),
        ("kms", "GenerateDataKey"),
        ("sqs", "ReceiveMessage"),
        ("logs", "PutLogEvents"),
        ("dynamodb", "GetItem"),
        ("ssm", "UpdateInstanceInformation"),
        ("monitoring", "PutMetricData"),
        ("lambda", "Invoke"),
    ] {
        assert!(!may_tell(&format!("{source}.amazonaws.com"), event), "{event}");
    }
    assert_eq!(Noter::default().tell("x.amazonaws.com", "StopLogging", false, b"{}"), Told::default());
    assert_eq!(
        Noter::default().tell("sqs.amazonaws.com", "AddPermission", false, b"no JSON"),
        Told::default()
    );
}

#[test]
fn every_note_is_well_formed() {
    for (at, notes) in registry::NOTES.iter().enumerate() {
        for note in *notes {
            assert!(
                !note.label.is_empty() && note.label.len() <= 80 && !note.label.contains(BETWEEN),
                "{}",
                note.label
            );
            assert!(note.events.iter().all(|event| event.bytes().all(|byte| byte.is_ascii_alphabetic())));
            if note.events.is_empty() {
                let sources = registry::all().nth(at).map(|service| service.sources).unwrap_or_default();
                assert!(sources.iter().all(|source| WHOLE.contains(source)), "{sources:?}");
            }
            assert_eq!(matches!(note.when, When::Told), note.label.contains('{'), "{}", note.label);
        }
    }
}

proptest! {
    #[test]
    fn any_record_is_read_without_harm(
        at in 0..registry::NOTES.len(),
        value in prop::sample::select(vec!["\"*\"", "[]", "{}", "null", "[[{}]]", "\"{\\\"Statement\\\":[[]]}\"", "{\"Statement\":3}", "\"\\ud800\""]),
    ) {
        let source = registry::all().nth(at).unwrap().sources[0];
        for note in registry::NOTES[at] {
            let (When::Is(path, _) | When::Has(path, _) | When::Ends(path, _) | When::Filled(path) | When::Everyone(path) | When::Foreign(path) | When::Admin(path) | When::Partly(path)) = note.when else { continue };
            let record = path.rsplit('.').fold(value.to_owned(), |inner, key| format!("{{\"{key}\":{inner}}}"));
            for event in note.events {
                let _ = Noter::default().tell(source, event, false, format!("{{\"requestParameters\":{record}}}").as_bytes());
            }
        }
    }
}
