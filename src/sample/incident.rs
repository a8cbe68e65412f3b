//! The incident: a leaked key, two roles in a chain, what was done with them, and the clean-up.

use super::actor::{
    ADMIN_KEY, Actor, BACKUP_KEY, CLI, DEPLOY_KEY, INTRUDER, LEAKED_KEY, OFFICE, console_user, outside, root,
    signing_in, stolen_admin, stolen_deploy, unknown_user, user,
};
use super::call::{Call, change, read};
use super::daily::{QUEUE_ARN, QUEUE_URL, assume_role, on_object, sign_in_call};
use super::json::{list, object, text, texts};
use super::seeds::{BROKER, WEST, mq_console};
use super::trail::{STARTED, STOPPED, Trail, at};
use super::{OUTSIDE, PRODUCTION, WORKSHOP};

pub(super) fn write(trail: &mut Trail) {
    trial_with_the_leaked_key(trail);
    chain_of_roles(trail);
    messages_go_out(trail);
    ways_to_come_back(trail);
    doors_rattled(trail);
    morning(trail);
    clean_up(trail);
}

fn intruder(name: &str, key: &str) -> Actor {
    Actor { source_ip: INTRUDER, user_agent: CLI, ..user(PRODUCTION, name, key) }
}

fn denied(call: Call, who: &str, action: &str) -> Call {
    let message = format!(
        "User: arn:aws:iam::{PRODUCTION}:user/{who} is not authorized to perform: {action} \
         because no identity-based policy allows the {action} action"
    );
    call.fails("AccessDenied", message)
}

/// Monday 22:14: the key is tried from an address nobody knows.
fn trial_with_the_leaked_key(trail: &mut Trail) {
    let thief = intruder("benjamin", LEAKED_KEY);
    trail.log(at(0, 22, 14, 3), &thief, read("sts", "GetCallerIdentity"));
    trail.log(at(0, 22, 14, 40), &thief, read("s3", "ListBuckets"));
    for (second, source, name) in [
        (10, "iam", "ListUsers"),
        (12, "iam", "ListRoles"),
        (15, "iam", "GetAccountAuthorizationDetails"),
        (21, "secretsmanager", "ListSecrets"),
        (26, "ssm", "DescribeParameters"),
        (33, "organizations", "DescribeOrganization"),
        (39, "kms", "ListKeys"),
        (44, "lambda", "ListFunctions20150331"),
    ] {
        let call = denied(read(source, name), "benjamin", &format!("{source}:{name}"));
        trail.log(at(0, 22, 15, second), &thief, call);
    }
    let secret = read("secretsmanager", "GetSecretValue").with(&[("secretId", "orders/database")]);
    trail.log(at(0, 22, 16, 2), &thief, denied(secret, "benjamin", "secretsmanager:GetSecretValue"));
}

/// Tuesday 02:11: user, role, role. Each link hands out the key that the next one signs with.
fn chain_of_roles(trail: &mut Trail) {
    let thief = intruder("benjamin", LEAKED_KEY);
    let refused = denied(read("sts", "AssumeRole"), "benjamin", "sts:AssumeRole");
    trail.log(at(1, 2, 11, 7), &thief, refused);
    let first = assume_role(&mut trail.random, "ci-deploy", "benjamin", DEPLOY_KEY);
    trail.log(at(1, 2, 12, 31), &thief, first);
    let deploy = stolen_deploy();
    trail.log(at(1, 2, 12, 50), &deploy, read("sts", "GetCallerIdentity"));
    trail.log(at(1, 2, 13, 15), &deploy, read("iam", "ListRoles"));
    trail.log(at(1, 2, 13, 44), &deploy, read("sqs", "ListQueues"));
    let second = assume_role(&mut trail.random, "messaging-admin", "benjamin-2", ADMIN_KEY);
    trail.log(at(1, 2, 15, 2), &deploy, second);
    trail.log(at(1, 2, 15, 20), &stolen_admin(), read("sts", "GetCallerIdentity"));
}

/// The queue is opened to an outside account, which reads it; the broker gets a user more.
fn messages_go_out(trail: &mut Trail) {
    let admin = stolen_admin();
    let attributes = read("sqs", "GetQueueAttributes").with(&[("queueUrl", QUEUE_URL)]).data();
    trail.log(at(1, 2, 16, 9), &admin, attributes.about(PRODUCTION, "AWS::SQS::Queue", QUEUE_ARN));
    let grant = object(&[
        ("queueUrl", text(QUEUE_URL)),
        ("label", text("partner-sync")),
        ("aWSAccountIds", list(&[text(OUTSIDE)])),
        ("actions", list(&[text("ReceiveMessage"), text("DeleteMessage")])),
    ]);
    trail.log(at(1, 2, 17, 33), &admin, change("sqs", "AddPermission").request(grant));
    for round in 0..9 {
        let receive = read("sqs", "ReceiveMessage").with(&[("queueUrl", QUEUE_URL)]).data();
        let receive = receive.about(PRODUCTION, "AWS::SQS::Queue", QUEUE_ARN);
        trail.log(at(1, 2, 19 + round * 3, 11), &outside(), receive);
    }
    let user = object(&[
        ("brokerId", text(BROKER)),
        ("username", text("svc-sync")),
        ("password", text("***")),
        ("consoleAccess", "true".to_owned()),
    ]);
    let create = change("amazonmq", "CreateUser").region(WEST).request(user).reply("{}".to_owned());
    trail.log(at(1, 2, 22, 58), &admin, create);
    for part in 1..=6 {
        let key = format!("exports/customers-{part:02}.csv.gz");
        trail.log(
            at(1, 2, 26, part * 7),
            &admin,
            on_object("GetObject", "orders-archive-111122223333", &key),
        );
    }
    let share = object(&[
        ("dBSnapshotIdentifier", text("orders-2026-03-08")),
        ("attributeName", text("restore")),
        ("valuesToAdd", list(&[text(OUTSIDE)])),
    ]);
    trail.log(at(1, 2, 29, 41), &admin, change("rds", "ModifyDBSnapshotAttribute").request(share));
    let instance = [("dBInstanceIdentifier", "orders"), ("masterUserPassword", "****")];
    trail.log(at(1, 2, 31, 20), &admin, change("rds", "ModifyDBInstance").with(&instance));
}

/// Keys, an instance, an open port, and then the trail is stopped.
fn ways_to_come_back(trail: &mut Trail) {
    let admin = stolen_admin();
    let name = [("userName", "backup-svc")];
    let created = texts(&[("userName", "backup-svc"), ("accessKeyId", BACKUP_KEY), ("status", "Active")]);
    trail.log(at(1, 2, 34, 2), &admin, change("iam", "CreateUser").with(&name));
    let policy = [("userName", "backup-svc"), ("policyArn", "arn:aws:iam::aws:policy/AdministratorAccess")];
    trail.log(at(1, 2, 34, 30), &admin, change("iam", "AttachUserPolicy").with(&policy));
    let key = change("iam", "CreateAccessKey").with(&name).reply(object(&[("accessKey", created)]));
    trail.log(at(1, 2, 34, 51), &admin, key);
    let pair = texts(&[("keyName", "sync"), ("keyMaterial", "<sensitiveDataRemoved>")]);
    trail.log(
        at(1, 2, 38, 12),
        &admin,
        change("ec2", "CreateKeyPair").with(&[("keyName", "sync")]).reply(pair),
    );
    let range = object(&[("items", list(&[texts(&[("cidrIp", "0.0.0.0/0")])]))]);
    let permission = object(&[
        ("ipProtocol", text("tcp")),
        ("fromPort", "22".to_owned()),
        ("toPort", "22".to_owned()),
        ("ipRanges", range),
    ]);
    let ingress = object(&[
        ("groupId", text("sg-0a1b2c3d4e5f67890")),
        ("ipPermissions", object(&[("items", list(&[permission]))])),
    ]);
    trail.log(at(1, 2, 39, 44), &admin, change("ec2", "AuthorizeSecurityGroupIngress").request(ingress));
    let image = object(&[
        ("imageId", text("ami-0a1b2c3d4e5f67890")),
        ("minCount", "1".to_owned()),
        ("maxCount", "8".to_owned()),
    ]);
    let run = object(&[
        ("instancesSet", object(&[("items", list(&[image]))])),
        ("instanceType", text("p4d.24xlarge")),
        ("userData", text("<sensitiveDataRemoved>")),
    ]);
    let limit = "You have requested more vCPU capacity than your current vCPU limit of 0 allows";
    let run = change("ec2", "RunInstances").request(run);
    for (minute, region) in [(41, "us-east-1"), (42, "us-west-2"), (43, "eu-central-1")] {
        let refused = run.clone().region(region).fails("Client.VcpuLimitExceeded", limit);
        trail.log(at(1, 2, minute, 5), &admin, refused);
    }
    let command =
        texts(&[("documentName", "AWS-RunShellScript"), ("parameters", "HIDDEN_DUE_TO_SECURITY_REASONS")]);
    trail.log(at(1, 2, 47, 18), &admin, change("ssm", "SendCommand").request(command));
    let session = texts(&[
        ("sessionId", "benjamin-2-0a1b2c3d"),
        ("tokenValue", "Value hidden due to security reasons."),
    ]);
    let start = change("ssm", "StartSession").with(&[("target", "i-0a1b2c3d4e5f67890")]).reply(session);
    trail.log(at(1, 2, 49, 50), &admin, start);
    let stop = change("cloudtrail", "StopLogging").with(&[("name", "orders-trail")]);
    trail.log(STOPPED, &admin, stop);
}

/// The other account's console: sign-ins that fail, and one without a second factor.
fn doors_rattled(trail: &mut Trail) {
    let page = texts(&[("LoginTo", "https://console.aws.amazon.com/console/home"), ("MFAUsed", "No")]);
    let fail = |message: &str| {
        let mut call =
            change("signin", "ConsoleLogin").event_type("AwsConsoleSignIn").additional(page.clone());
        call = call.fails("", message);
        call.response = texts(&[("ConsoleLogin", "Failure")]);
        call
    };
    for second in [3, 19, 44] {
        let call = fail("No username found in supplied account");
        trail.log(at(1, 3, 2, second), &unknown_user(WORKSHOP), call);
    }
    let guessed = Actor { source_ip: INTRUDER, ..signing_in(WORKSHOP, "dara") };
    for second in [8, 31] {
        trail.log(at(1, 3, 4, second), &guessed, fail("Failed authentication"));
    }
    trail.log(at(1, 3, 5, 12), &guessed, sign_in_call(false));
    let inside = Actor { source_ip: INTRUDER, ..console_user(WORKSHOP, "dara", false) };
    trail.log(at(1, 3, 6, 40), &inside, read("iam", "ListAccountAliases"));
    let delete = change("amplifybackend", "DeleteBackend")
        .with(&[("appId", "d23mv2oexample"), ("backendEnvironmentName", "staging")]);
    let message = "User: arn:aws:iam::444455556666:user/dara is not authorized to perform: amplifybackend:DeleteBackend";
    trail.log(at(1, 3, 7, 55), &inside, delete.fails("AccessDeniedException", message));
}

/// Root signs in with a second factor and starts the trail; the leaked key is locked.
fn morning(trail: &mut Trail) {
    let root = root(PRODUCTION);
    let page = Actor { console: false, ..root.clone() };
    // The trail is still stopped: this sign-in is missing from the log, as it would be.
    trail.log(at(1, 7, 38, 2), &page, sign_in_call(true));
    trail.log(STARTED, &root, change("cloudtrail", "StartLogging").with(&[("name", "orders-trail")]));
    trail.log(at(1, 7, 43, 2), &root, read("cloudtrail", "LookupEvents"));
    let lock = [("userName", "benjamin"), ("accessKeyId", LEAKED_KEY), ("status", "Inactive")];
    trail.log(at(1, 8, 12, 30), &root, change("iam", "UpdateAccessKey").with(&lock));
    let thief = intruder("backup-svc", BACKUP_KEY);
    trail.log(at(1, 8, 14, 9), &thief, read("sts", "GetCallerIdentity"));
    trail.log(at(1, 8, 14, 48), &thief, read("s3", "ListBuckets"));
    let delete = [("userName", "backup-svc"), ("accessKeyId", BACKUP_KEY)];
    trail.log(at(1, 8, 20, 41), &root, change("iam", "DeleteAccessKey").with(&delete));
    let gone = "The security token included in the request is invalid.";
    trail.log(at(1, 8, 22, 7), &thief, read("s3", "ListBuckets").fails("InvalidClientTokenId", gone));
    trail.log(at(2, 8, 2, 0), &page, sign_in_call(true));
}

/// Tuesday and Wednesday: what was opened is closed.
fn clean_up(trail: &mut Trail) {
    let responder = Actor { source_ip: OFFICE, ..console_user(PRODUCTION, "responder", true) };
    trail.log(at(1, 8, 30, 2), &signing_in(PRODUCTION, "responder"), sign_in_call(true));
    for (second, name) in [(2, "GetTrailStatus"), (20, "GetEventSelectors")] {
        trail.log(
            at(1, 8, 33, second),
            &responder,
            read("cloudtrail", name).with(&[("name", "orders-trail")]),
        );
    }
    let label = [("queueUrl", QUEUE_URL), ("label", "partner-sync")];
    trail.log(at(1, 8, 41, 16), &responder, change("sqs", "RemovePermission").with(&label));
    let receive = read("sqs", "ReceiveMessage").with(&[("queueUrl", QUEUE_URL)]).data();
    for minute in [44, 47, 50] {
        let refused = receive
            .clone()
            .fails("AccessDenied", "Access to the resource https://sqs.us-east-1.amazonaws.com/ is denied.");
        trail.log(at(1, 8, minute, 11), &outside(), refused);
    }
    let user = [("brokerId", BROKER), ("username", "svc-sync")];
    trail.log(at(1, 9, 3, 21), &responder, change("amazonmq", "DeleteUser").region(WEST).with(&user));
    let snapshot = object(&[
        ("dBSnapshotIdentifier", text("orders-2026-03-08")),
        ("attributeName", text("restore")),
        ("valuesToRemove", list(&[text(OUTSIDE)])),
    ]);
    trail.log(at(1, 9, 10, 5), &responder, change("rds", "ModifyDBSnapshotAttribute").request(snapshot));
    trail.log(at(1, 9, 22, 37), &responder, change("iam", "DeleteUser").with(&[("userName", "backup-svc")]));
    let private =
        object(&[("brokerId", text(BROKER)), ("securityGroups", list(&[text("sg-0fedcba9876543210")]))]);
    trail.log(
        at(1, 9, 40, 12),
        &mq_console(),
        change("amazonmq", "UpdateBroker").region(WEST).request(private),
    );
    let revoke = [("groupId", "sg-0a1b2c3d4e5f67890"), ("ipProtocol", "tcp")];
    trail.log(at(1, 9, 44, 50), &responder, change("ec2", "RevokeSecurityGroupIngress").with(&revoke));
    let account =
        texts(&[("accountName", "****"), ("email", "****"), ("roleName", "OrganizationAccountAccessRole")]);
    trail.log(at(2, 10, 15, 0), &responder, change("organizations", "CreateAccount").request(account));
}
