//! The everyday work of both accounts: orders through a queue, backups, deployments, and what AWS's
//! services do on their own.

use super::actor::{aws_service, ci_deploy, console_user, order_worker, signing_in, through, user};
use super::call::{Call, change, read};
use super::json::{list, object, text, texts};
use super::random::Random;
use super::trail::{Moment, Trail, at};
use super::{PRODUCTION, WORKSHOP};

pub(super) const QUEUE_URL: &str = "https://sqs.us-east-1.amazonaws.com/111122223333/orders";
pub(super) const QUEUE_ARN: &str = "arn:aws:sqs:us-east-1:111122223333:orders";
const DATA_KEY: &str = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

pub(super) fn write(trail: &mut Trail) {
    for day in 0..3 {
        orders(trail, day);
        services(trail, day);
        deployments(trail, day);
        office(trail, day);
    }
}

/// A moment in a span of hours, anywhere in it.
fn some_time(random: &mut Random, day: u32, from_hour: u32, to_hour: u32) -> Moment {
    at(day, from_hour, 0, 0) + random.below((to_hour - from_hour) * 3_600)
}

fn orders(trail: &mut Trail, day: u32) {
    let worker = order_worker();
    for round in 0..10 {
        let hour = 6 + round;
        let sent = at(day, hour, 0, 0) + trail.random.below(1_500);
        let message = send_message(&mut trail.random);
        trail.log(sent, &worker, message);
        let group = [("queueUrl", text(QUEUE_URL)), ("maxNumberOfMessages", "10".to_owned())];
        trail.log(sent + 4, &worker, on_queue(read("sqs", "ReceiveMessage")).request(object(&group)));
        let order = format!("orders/2026-03-{:02}/{}.json", 9 + day, trail.random.hex(8));
        trail.log(sent + 6, &worker, on_object("PutObject", "orders-archive-111122223333", &order));
        if round % 2 == 0 {
            let delete = delete_batch(&mut trail.random, round == 6);
            trail.log(sent + 9, &worker, delete);
            trail.log(sent + 5, &worker, decrypt());
        }
        if round == 3 {
            let key = read("kms", "GenerateDataKey").with(&[("keyId", DATA_KEY), ("keySpec", "AES_256")]);
            trail.log(sent + 12, &worker, key.about(PRODUCTION, "AWS::KMS::Key", DATA_KEY));
        }
        if round % 5 == 1 {
            trail.log(sent + 20, &worker, query(day == 2 && round == 6));
        }
    }
}

fn on_queue(call: Call) -> Call {
    call.data().about(PRODUCTION, "AWS::SQS::Queue", QUEUE_ARN)
}

fn send_message(random: &mut Random) -> Call {
    let request = texts(&[
        ("queueUrl", QUEUE_URL),
        ("messageBody", "HIDDEN_DUE_TO_SECURITY_REASONS"),
        ("messageGroupId", "orders"),
    ]);
    let reply = texts(&[
        ("mD5OfMessageBody", &random.hex(32)),
        ("messageId", &random.uuid()),
        ("sequenceNumber", "18881794701"),
    ]);
    on_queue(change("sqs", "SendMessage")).request(request).reply(reply)
}

fn delete_batch(random: &mut Random, one_fails: bool) -> Call {
    let entry = |id: &str, random: &mut Random| {
        texts(&[("id", id), ("receiptHandle", &format!("AQEB{}==", random.name(40)))])
    };
    let entries = list(&[entry("0", random), entry("1", random)]);
    let done = |id: &str| texts(&[("id", id)]);
    let late = texts(&[("id", "1"), ("code", "ReceiptHandleIsInvalid"), ("senderFault", "true")]);
    let (successful, failed) = if one_fails {
        (list(&[done("0")]), list(&[late]))
    } else {
        (list(&[done("0"), done("1")]), list(&[]))
    };
    on_queue(change("sqs", "DeleteMessageBatch"))
        .request(object(&[("queueUrl", text(QUEUE_URL)), ("entries", entries)]))
        .reply(object(&[("successful", successful), ("failed", failed)]))
}

pub(super) fn on_object(name: &'static str, bucket: &str, key: &str) -> Call {
    let call = if name.starts_with("Put") { change("s3", name) } else { read("s3", name) };
    let bytes = object(&[
        ("SignatureVersion", text("SigV4")),
        ("AuthenticationMethod", text("AuthHeader")),
        ("bytesTransferredIn", "0".to_owned()),
        ("bytesTransferredOut", "18204.0".to_owned()),
    ]);
    let host = format!("{bucket}.s3.us-east-1.amazonaws.com");
    call.with(&[("bucketName", bucket), ("Host", &host), ("key", key)])
        .data()
        .additional(bytes)
        .about(PRODUCTION, "AWS::S3::Object", &format!("arn:aws:s3:::{bucket}/{key}"))
        .about(PRODUCTION, "AWS::S3::Bucket", &format!("arn:aws:s3:::{bucket}"))
}

fn decrypt() -> Call {
    let context = texts(&[("aws:sqs:arn", QUEUE_ARN)]);
    let request =
        object(&[("encryptionContext", context), ("encryptionAlgorithm", text("SYMMETRIC_DEFAULT"))]);
    read("kms", "Decrypt").request(request).about(PRODUCTION, "AWS::KMS::Key", DATA_KEY)
}

/// DynamoDB hides the values inside a statement, not the statement.
fn query(throttled: bool) -> Call {
    let statement = "UPDATE \"orders\" SET \"total\" = ***(Redacted) WHERE \"orderId\" = '10482'";
    let call = change("dynamodb", "ExecuteStatement").with(&[("statement", statement)]).data().about(
        PRODUCTION,
        "AWS::DynamoDB::Table",
        "arn:aws:dynamodb:us-east-1:111122223333:table/orders",
    );
    if throttled {
        call.fails("ThrottlingException", "Rate of requests exceeds the allowed throughput")
    } else {
        call
    }
}

/// What happens without anybody: service roles, rotations, inventories.
fn services(trail: &mut Trail, day: u32) {
    let config = through(PRODUCTION, "AWSServiceRoleForConfig", "config.amazonaws.com");
    for hour in [0, 8, 16] {
        let moment = at(day, hour, 20, 0) + trail.random.below(900);
        for (source, name) in [
            ("ec2", "DescribeInstances"),
            ("rds", "DescribeDBInstances"),
            ("s3", "ListBuckets"),
            ("lambda", "ListFunctions20150331"),
        ] {
            trail.log(moment, &config, read(source, name).request("{}".to_owned()));
        }
        trail.log(moment + 2, &config, read("rds", "DescribeDBClusters").region("us-west-2"));
    }
    let lambda = aws_service(PRODUCTION, "lambda.amazonaws.com");
    for hour in [1, 9, 15] {
        let moment = at(day, hour, 0, 5) + trail.random.below(60);
        let key = format!("ASIANIGHT{day}{hour:03}EXAMPLE");
        let call = assume_role(&mut trail.random, "nightly-report", "nightly-report", &key);
        trail.log(moment, &lambda, call);
        let report = super::actor::role(PRODUCTION, "nightly-report", "nightly-report", &key);
        let secret = "arn:aws:secretsmanager:us-east-1:111122223333:secret:orders/database-a1B2c3";
        let get = read("secretsmanager", "GetSecretValue").with(&[("secretId", secret)]);
        trail.log(moment + 3, &report, get);
        let list = read("logs", "DescribeLogGroups").with(&[("logGroupNamePrefix", "/aws/lambda/")]);
        trail.log(moment + 5, &report, list);
    }
    let rotation = super::actor::Actor {
        identity: texts(&[("accountId", PRODUCTION), ("invokedBy", "secretsmanager.amazonaws.com")]),
        ..aws_service(PRODUCTION, "secretsmanager.amazonaws.com")
    };
    let rotated = change("secretsmanager", "RotationSucceeded").event_type("AwsServiceEvent");
    trail.log(at(day, 1, 0, 30), &rotation, rotated);
}

/// The reply of STS: the secret key is dropped, the session token stays in clear.
pub(super) fn assume_role(random: &mut Random, role: &str, session: &str, key: &str) -> Call {
    let arn = format!("arn:aws:iam::{PRODUCTION}:role/{role}");
    let credentials = texts(&[
        ("accessKeyId", key),
        ("sessionToken", &format!("IQoJFAKE{}", random.name(120))),
        ("expiration", "Mar 12, 2026, 6:00:04 AM"),
    ]);
    let user = texts(&[
        ("assumedRoleId", &format!("AROAEXAMPLE:{session}")),
        ("arn", &format!("arn:aws:sts::{PRODUCTION}:assumed-role/{role}/{session}")),
    ]);
    read("sts", "AssumeRole")
        .with(&[("roleArn", &arn), ("roleSessionName", session)])
        .reply(object(&[("credentials", credentials), ("assumedRoleUser", user)]))
        .about(PRODUCTION, "AWS::IAM::Role", &arn)
}

fn deployments(trail: &mut Trail, day: u32) {
    let pipeline = ci_deploy();
    for run in 0..2 {
        let moment = some_time(&mut trail.random, day, 9 + run * 4, 12 + run * 4);
        let stack =
            [("stackName", "orders"), ("templateURL", "https://s3.amazonaws.com/orders-artifacts/t.json")];
        trail.log(moment, &pipeline, change("cloudformation", "UpdateStack").with(&stack));
        let code = change("lambda", "UpdateFunctionCode20150331v2").with(&[("functionName", "order-intake")]);
        trail.log(moment + 40, &pipeline, code);
        trail.log(
            moment + 55,
            &pipeline,
            read("lambda", "GetFunction20150331v2").with(&[("functionName", "order-intake")]),
        );
        let release =
            [("name", "/orders/release"), ("type", "String"), ("value", "HIDDEN_DUE_TO_SECURITY_REASONS")];
        trail.log(moment + 70, &pipeline, change("ssm", "PutParameter").with(&release));
        let policy = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"s3:GetObject","Resource":"arn:aws:s3:::orders-site/*"}]}"#;
        let site = [("bucketName", "orders-site"), ("bucketPolicy", policy)];
        trail.log(moment + 90, &pipeline, change("s3", "PutBucketPolicy").with(&site));
    }
}

/// People at their desks: Benjamin with his key, Mary in the console of the other account.
fn office(trail: &mut Trail, day: u32) {
    let benjamin = user(PRODUCTION, "benjamin", super::actor::LEAKED_KEY);
    for (source, name) in [
        ("sts", "GetCallerIdentity"),
        ("s3", "ListBuckets"),
        ("ec2", "DescribeSecurityGroups"),
        ("rds", "DescribeDBSnapshots"),
        ("sqs", "ListQueues"),
    ] {
        let moment = some_time(&mut trail.random, day, 8, 17);
        // On Tuesday his key is locked at 08:12.
        if day == 0 {
            trail.log(moment, &benjamin, read(source, name));
        }
    }
    let sign_in = sign_in_call(true);
    let moment = at(day, 7, 58, 11) + trail.random.below(600);
    trail.log(moment, &signing_in(WORKSHOP, "Mary_Major"), sign_in);
    let mary = console_user(WORKSHOP, "Mary_Major", true);
    for (source, name) in [("health", "DescribeEventAggregates"), ("organizations", "ListAccounts")] {
        let moment = some_time(&mut trail.random, day, 9, 16);
        let call = read(source, name);
        let refused = source == "organizations";
        let message = "User: arn:aws:iam::444455556666:user/Mary_Major is not authorized to perform: organizations:ListAccounts";
        let call = if refused { call.fails("AccessDeniedException", message) } else { call };
        trail.log(moment, &mary, call);
    }
}

pub(super) fn sign_in_call(mfa: bool) -> Call {
    let more = texts(&[
        ("LoginTo", "https://console.aws.amazon.com/console/home"),
        ("MobileVersion", "No"),
        ("MFAUsed", if mfa { "Yes" } else { "No" }),
    ]);
    change("signin", "ConsoleLogin")
        .reply(texts(&[("ConsoleLogin", "Success")]))
        .additional(more)
        .event_type("AwsConsoleSignIn")
}
