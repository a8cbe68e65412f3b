//! Records in, sentences out; first the samples of AWS's own pages.

use super::*;
use proptest::prelude::*;

fn read(text: &str) -> String {
    let document = Document::parse(text.as_bytes()).unwrap();
    let root = document.root();
    let record = root.get("Records").and_then(|records| records.children().next()).unwrap_or(root);
    let record = Document::parse(record.source()).unwrap();
    sentence(&record).into_iter().map(|phrase| phrase.text).collect()
}

#[test]
fn columns_may_not_say_how_it_ended() {
    for (rest, end) in [
        ("", "tried to read the user alice. Whether it worked is not in the columns."),
        (r#","errorCode":null"#, "read the user alice. It worked."),
        (r#","errorCode":"AccessDenied""#, "tried to read the user alice; denied: AccessDenied."),
    ] {
        let text = format!(
            r#"{{"eventSource":"iam.amazonaws.com","eventName":"GetUser","requestParameters":{{"userName":"alice"}}{rest}}}"#
        );
        let document = Document::parse(text.as_bytes()).unwrap();
        let said: String = sentence_of_columns(&document).into_iter().map(|phrase| phrase.text).collect();
        assert!(said.ends_with(end), "{said}");
    }
}

macro_rules! seed {
    ($name:literal) => {
        include_str!(concat!("../../tests/fixtures/seeds/", $name, ".json"))
    };
}

#[test]
fn the_samples_of_aws_read_well() {
    for (record, expected) in [
        (
            seed!("amazonmq-create-broker"),
            "AmazonMqConsole, an IAM user, created the broker MyBroker, with two users. It worked. Of note: publicly accessible, user with console access.",
        ),
        (
            seed!("sqs-add-permission"),
            "Alice, an IAM user, gave 123456789012 permission for SendMessage on the queue MyQueue. It worked.",
        ),
        (seed!("sqs-create-queue"), "Alejandro, an IAM user, created the queue MyQueue. It worked."),
        (seed!("sqs-delete-queue"), "Carlos, an IAM user, deleted the queue MyQueue. It worked."),
        (
            seed!("sqs-remove-permission"),
            "Jane, an IAM user, removed the permission label from the queue MyQueue. It worked.",
        ),
        (
            seed!("sqs-set-queue-attributes"),
            "Maria, an IAM user, changed attributes of the queue MyQueue: VisibilityTimeout. It worked.",
        ),
        (
            seed!("sqs-send-message"),
            "RoleToBeAssumed, a role, sent a message to the queue MyQueue. It worked.",
        ),
        (
            seed!("sqs-receive-message"),
            "RoleToBeAssumed, a role, asked for messages of the queue MyQueue. It worked.",
        ),
        (
            seed!("sqs-delete-message-batch"),
            "RoleToBeAssumed, a role, deleted a batch of messages in the queue MyQueue. It worked.",
        ),
        (
            seed!("monitron-delete-project-access-denied"),
            "user name, an IAM user, tried to delete the project name; denied: AccessDenied. AWS says: not authorized to perform: monitron:DeleteProject on resource: resource ARN.",
        ),
        (
            seed!("monitron-delete-project-conflict-exception"),
            "user name, a role, tried to delete the project name; failed: ConflictException. AWS says: This project still has sensors associated to it and cannot be deleted.",
        ),
        (
            seed!("qapps-get-library-item"),
            "user name, a role for an Identity Center user, read the library item. It worked. Of note: prompt text in clear.",
        ),
    ] {
        assert_eq!(read(record), expected);
    }
}

#[test]
fn any_call_has_a_sentence_that_is_right() {
    let user = r#""userIdentity":{"type":"IAMUser","userName":"bob"}"#;
    for (record, expected) in [
        (
            r#"{U,"eventSource":"x.amazonaws.com","eventName":"FrobThing","requestParameters":{"name":"n"}}"#,
            "bob, an IAM user, called FrobThing on n. It worked.",
        ),
        (
            r#"{U,"eventSource":"x.amazonaws.com","eventName":"FrobThing","errorCode":"AccessDenied"}"#,
            "bob, an IAM user, tried to call FrobThing; denied: AccessDenied.",
        ),
        (
            r#"{U,"eventSource":"lambda.amazonaws.com","eventName":"UpdateFunctionCode20150331v2","requestParameters":{"functionName":"f"}}"#,
            "bob, an IAM user, replaced the code of the function f. It worked.",
        ),
        (
            r#"{U,"eventSource":"ec2.amazonaws.com","eventName":"DescribeInstances","errorCode":"Client.UnauthorizedOperation"}"#,
            "bob, an IAM user, tried to read instances; denied: Client.UnauthorizedOperation.",
        ),
        (
            r#"{U,"eventSource":"rds.amazonaws.com","eventName":"DeleteDBInstance","requestParameters":{"dBInstanceIdentifier":"db1"}}"#,
            "bob, an IAM user, deleted the database db1. It worked.",
        ),
        (
            r#"{U,"eventSource":"ec2.amazonaws.com","eventName":"AuthorizeSecurityGroupIngress","requestParameters":{"groupId":"sg-1","ipPermissions":{"items":[{"ipRanges":{"items":[{"cidrIp":"0.0.0.0/0"}]}}]}}}"#,
            "bob, an IAM user, opened incoming ports of the security group sg-1. It worked. Of note: open to the internet.",
        ),
        (
            r#"{U,"eventSource":"sts.amazonaws.com","eventName":"AssumeRole","requestParameters":{"roleArn":"arn:aws:iam::1:role/deploy","roleSessionName":"ci"}}"#,
            "bob, an IAM user, opened a session of the role deploy as ci. It worked.",
        ),
        (
            r#"{U,"eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","responseElements":{"ConsoleLogin":"Success"},"additionalEventData":{"MFAUsed":"No"}}"#,
            "bob, an IAM user, signed in to the console. It worked. Of note: sign-in without MFA.",
        ),
        (
            r#"{"userIdentity":{"type":"IAMUser","userName":"HIDDEN_DUE_TO_SECURITY_REASONS"},"eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","errorMessage":"No username found in supplied account","responseElements":{"ConsoleLogin":"Failure"}}"#,
            "Somebody whose user name AWS hid tried to sign in to the console; failed: No username found in supplied account.",
        ),
        (
            r#"{U,"eventSource":"signin.amazonaws.com","eventName":"ConsoleLogin","responseElements":{"ConsoleLogin":"Failure"}}"#,
            "bob, an IAM user, tried to sign in to the console; failed.",
        ),
        (
            r#"{U,"eventSource":"monitron.amazonaws.com","eventName":"AmazonMonitronApp:CreateSensor","responseElements":{"Message":"User is not authorized"}}"#,
            "bob, an IAM user, tried to create the sensor in the mobile app; denied: AccessDenied. AWS says: User is not authorized.",
        ),
        (
            r#"{U,"eventSource":"x.amazonaws.com","eventName":"CreateThing","responseElements":{"message":"queued"}}"#,
            "bob, an IAM user, created the thing. The reply says: queued.",
        ),
        (
            r#"{U,"eventSource":"sqs.amazonaws.com","eventName":"DeleteMessageBatch","requestParameters":{},"responseElements":{"successful":[],"failed":[{"id":"1"}]}}"#,
            "bob, an IAM user, tried to delete a batch of messages in the queue. Its one entry failed.",
        ),
        (
            r#"{U,"eventSource":"sqs.amazonaws.com","eventName":"DeleteMessageBatch","requestParameters":{},"responseElements":{"successful":[{"id":"2"}],"failed":[{"id":"1"}]}}"#,
            "bob, an IAM user, deleted a batch of messages in the queue. One of its entries failed.",
        ),
        (
            r#"{U,"eventSource":"guardduty.amazonaws.com","eventName":"CreateMembers","requestParameters":{},"responseElements":{"unprocessedAccounts":[{"accountId":"1"},{"accountId":"2"}]}}"#,
            "bob, an IAM user, created members. 2 of its entries failed.",
        ),
        (
            r#"{U,"eventSource":"ec2.amazonaws.com","eventName":"CreateFlowLogs","requestParameters":{},"responseElements":{"CreateFlowLogsResponse":{"unsuccessful":{"item":{"resourceId":"vpc-1"}}}}}"#,
            "bob, an IAM user, created flow logs. One of its entries failed.",
        ),
        (
            r#"{U,"eventSource":"ssm.amazonaws.com","eventName":"PutParameter","requestParameters":{"name":"HIDDEN_DUE_TO_SECURITY_REASONS"}}"#,
            "bob, an IAM user, wrote the parameter. It worked.",
        ),
        (
            r#"{"userIdentity":{"type":"Root","accountId":"1"},"eventSource":"iam.amazonaws.com","eventName":"DeleteUser","requestParameters":{"userName":"x"}}"#,
            "The root user deleted the user x. It worked.",
        ),
        (
            r#"{"userIdentity":{"type":"AWSAccount","accountId":"anonymous"},"eventSource":"s3.amazonaws.com","eventName":"GetObject","requestParameters":{"bucketName":"b","key":"k"}}"#,
            "Somebody without credentials read the object k in the bucket b. It worked.",
        ),
        (
            r#"{"userIdentity":{"type":"AWSAccount","accountId":"444455556666"},"eventSource":"s3.amazonaws.com","eventName":"ListBuckets"}"#,
            "Account 444455556666 listed buckets. It worked.",
        ),
        (
            r#"{"userIdentity":{"type":"IAMUser","userName":"bob","invokedBy":"cloudformation.amazonaws.com"},"eventSource":"s3.amazonaws.com","eventName":"CreateBucket","requestParameters":{"bucketName":"b"}}"#,
            "bob, an IAM user, through cloudformation.amazonaws.com, created the bucket b. It worked.",
        ),
        (
            r#"{"userIdentity":{"type":"AWSService","invokedBy":"ec2.amazonaws.com"},"eventSource":"sts.amazonaws.com","eventName":"AssumeRole"}"#,
            "ec2.amazonaws.com, an AWS service, opened a session of the role. It worked.",
        ),
        (
            r#"{"userIdentity":{"invokedBy":"secretsmanager.amazonaws.com"},"eventType":"AwsServiceEvent","eventSource":"secretsmanager.amazonaws.com","eventName":"RotationSucceeded"}"#,
            "AWS Secrets Manager reported RotationSucceeded by itself: nobody called an API.",
        ),
        (
            r#"{"userIdentity":{"invokedBy":"AWS Internal"},"eventType":"AwsServiceEvent","eventSource":"kms.amazonaws.com","eventName":"RotateKey","errorCode":"InternalError"}"#,
            "AWS KMS reported RotateKey by itself: nobody called an API; failed: InternalError.",
        ),
        (
            r#"{"eventType":"AwsServiceEvent","eventSource":"organizations.amazonaws.com","eventName":"CreateAccountResult","serviceEventDetails":{"createAccountStatus":{"state":"FAILED","failureReason":"EMAIL_ALREADY_EXISTS"}}}"#,
            "AWS Organizations reported CreateAccountResult by itself: nobody called an API; failed: EMAIL_ALREADY_EXISTS.",
        ),
        (
            r#"{"insightDetails":{"state":"Start","eventName":"RunInstances","eventSource":"ec2.amazonaws.com","insightType":"ApiCallRateInsight"}}"#,
            "CloudTrail Insights saw the start of an unusual rate of calls of RunInstances in Amazon EC2.",
        ),
        (r#"{"eventName":"GetX"}"#, "Somebody the record does not name read the x. It worked."),
        ("{}", "The record does not say what was called."),
        ("[]", "The record does not say what was called."),
    ] {
        let record = record.replace("{U,", &format!("{{{user},"));
        assert_eq!(read(&record), expected, "{record}");
    }
}

#[test]
fn words_carry_their_filters() {
    let document = Document::parse(seed!("amazonmq-create-broker").as_bytes()).unwrap();
    let filters: Vec<_> = sentence(&document).into_iter().filter_map(|phrase| phrase.filter).collect();
    assert_eq!(
        filters,
        [
            (Field::Principal, "AmazonMqConsole".to_owned()),
            (Field::Resource, "MyBroker".to_owned()),
            (Field::Notable, "publicly accessible".to_owned()),
            (Field::Notable, "user with console access".to_owned()),
        ]
    );
    let denied = br#"{"userIdentity":{"type":"Root"},"eventName":"GetX","errorCode":"AccessDenied"}"#;
    let filters: Vec<_> =
        sentence(&Document::parse(denied).unwrap()).into_iter().filter_map(|phrase| phrase.filter).collect();
    assert_eq!(filters, [(Field::Principal, "root".to_owned()), (Field::Failure, "AccessDenied".to_owned())]);
}

proptest! {
    #[test]
    fn an_error_never_reads_as_success(
        source in prop::sample::select(vec!["sqs", "amazonmq", "signin", "sts", "ec2", "zzz"]),
        event in "(Create|Get|Send|Assume|Console)?[A-Z][a-z]{0,6}(Broker|Message|Role|Login)?",
        value in any::<String>(),
        key in prop::sample::select(vec!["brokerId", "queueUrl", "roleArn", "users", "name"]),
        error in prop::sample::select(vec!["errorCode", "errorMessage"]),
        marker in any::<bool>(),
    ) {
        let value = if marker { "HIDDEN_DUE_TO_SECURITY_REASONS".to_owned() } else { value };
        let record = serde_json::json!({
            "eventSource": format!("{source}.amazonaws.com"), "eventName": event,
            "userIdentity": {"type": "IAMUser", "userName": value.clone()},
            "requestParameters": {key: value}, "responseElements": null, error: "Bad",
        });
        let words = read(&record.to_string());
        prop_assert!(!words.contains("It worked") && words.contains(" tried to "), "{words}");
        prop_assert!(!words.contains("HIDDEN_DUE"), "{words}");
    }
}
