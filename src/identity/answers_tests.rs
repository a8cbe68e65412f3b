//! The matrix of identity shapes, and the sample records of AWS's pages.

use proptest::prelude::*;
use serde_json::json;

use super::*;

/// The three verdicts as letters: `y`, `n`, `?`.
fn verdicts(text: &str) -> String {
    let document = Document::parse(text.as_bytes()).unwrap();
    let root = document.root();
    let record = root.get("Records").and_then(|records| records.children().next()).unwrap_or(root);
    let record = Document::parse(record.source()).unwrap();
    let answers = answers(&record);
    assert_eq!(
        answers.iter().map(|answer| answer.question).collect::<Vec<_>>(),
        [Question::RootOrUser, Question::Temporary, Question::ByService]
    );
    for answer in &answers {
        assert!(!answer.evidence.is_empty(), "{answer:?} of {text}");
    }
    answers
        .iter()
        .map(|answer| match answer.verdict {
            Verdict::Yes => 'y',
            Verdict::No => 'n',
            Verdict::Unknown => '?',
        })
        .collect()
}

fn details(record: &serde_json::Value) -> Vec<String> {
    let text = record.to_string();
    answers(&Document::parse(text.as_bytes()).unwrap()).into_iter().map(|answer| answer.detail).collect()
}

#[test]
fn every_shape_of_identity_gets_its_answers() {
    let issuer =
        json!({"type": "Role", "userName": "deploy", "arn": "arn:aws:iam::111122223333:role/deploy"});
    let session = json!({"sessionIssuer": issuer, "attributes": {"mfaAuthenticated": "false"}});
    let empty_issuer = json!({"sessionIssuer": {}, "attributes": {"mfaAuthenticated": "true"}});
    let long = "AKIAIOSFODNN7EXAMPLE";
    let short = "ASIAIOSFODNN7EXAMPLE";
    let ip = "203.0.113.7";
    for (name, identity, more, expected) in [
        ("root, console", json!({"type": "Root", "accountId": "1"}), json!({"sourceIPAddress": ip}), "ynn"),
        (
            "root, session",
            json!({"type": "Root", "accessKeyId": short, "sessionContext": empty_issuer}),
            json!({}),
            "ynn",
        ),
        (
            "root, via service",
            json!({"type": "Root", "invokedBy": "support.amazonaws.com"}),
            json!({}),
            "yny",
        ),
        (
            "root, AssumeRoot",
            json!({"type": "Root", "accessKeyId": short, "sessionContext": {"assumedRoot": "true"}}),
            json!({}),
            "ynn",
        ),
        (
            "user, long-term",
            json!({"type": "IAMUser", "userName": "Alice", "accessKeyId": long}),
            json!({"sourceIPAddress": ip}),
            "ynn",
        ),
        ("user, lower case", json!({"type": "iamuser", "userName": "Alice"}), json!({}), "ynn"),
        (
            "user, session",
            json!({"type": "IAMUser", "accessKeyId": short, "sessionContext": empty_issuer}),
            json!({}),
            "ynn",
        ),
        (
            "user, key and session",
            json!({"type": "IAMUser", "accessKeyId": long, "sessionContext": empty_issuer}),
            json!({}),
            "ynn",
        ),
        (
            "user, via CloudFormation",
            json!({"type": "IAMUser", "invokedBy": "cloudformation.amazonaws.com"}),
            json!({}),
            "yny",
        ),
        ("user, AWS Internal", json!({"type": "IAMUser", "invokedBy": "AWS Internal"}), json!({}), "yny"),
        (
            "user, old console",
            json!({"type": "IAMUser", "invokedBy": "signin.amazonaws.com"}),
            json!({}),
            "ynn",
        ),
        (
            "user, aws-internal agent only",
            json!({"type": "IAMUser", "accessKeyId": long}),
            json!({"sourceIPAddress": ip, "userAgent": "aws-internal/3 aws-sdk-java"}),
            "ynn",
        ),
        (
            "role",
            json!({"type": "AssumedRole", "sessionContext": session}),
            json!({"sourceIPAddress": ip, "tlsDetails": {"tlsVersion": "TLSv1.3"}}),
            "nyn",
        ),
        (
            "role, no context",
            json!({"type": "AssumedRole", "arn": "arn:aws:sts::1:assumed-role/r/s"}),
            json!({}),
            "nyn",
        ),
        (
            "role, service-linked",
            json!({"type": "AssumedRole", "invokedBy": "autoscaling.amazonaws.com", "sessionContext": {"sessionIssuer": {"type": "Role", "arn": "arn:aws:iam::1:role/aws-service-role/autoscaling.amazonaws.com/X"}}}),
            json!({}),
            "nyy",
        ),
        (
            "role, forward session",
            json!({"type": "AssumedRole", "sessionContext": session, "invokedBy": "athena.amazonaws.com"}),
            json!({}),
            "nyy",
        ),
        (
            "role, source is a service",
            json!({"type": "AssumedRole", "sessionContext": session}),
            json!({"sourceIPAddress": "config.amazonaws.com"}),
            "nyy",
        ),
        (
            "role, onBehalfOf",
            json!({"type": "AssumedRole", "sessionContext": session, "onBehalfOf": {"userId": "u-1"}}),
            json!({"sourceIPAddress": ip}),
            "nyn",
        ),
        (
            "role, lambda",
            json!({"type": "AssumedRole", "sessionContext": session, "inScopeOf": {"issuerType": "AWS::Lambda::Function"}}),
            json!({"sourceIPAddress": ip}),
            "nyn",
        ),
        ("role identity", json!({"type": "Role", "arn": "arn:aws:iam::1:role/r"}), json!({}), "nyn"),
        (
            "federated by a user",
            json!({"type": "FederatedUser", "sessionContext": {"sessionIssuer": {"type": "IAMUser", "userName": "Bob"}}}),
            json!({}),
            "nyn",
        ),
        (
            "federated by root",
            json!({"type": "FederatedUser", "sessionContext": {"sessionIssuer": {"type": "Root"}}}),
            json!({}),
            "nyn",
        ),
        (
            "SAML",
            json!({"type": "SAMLUser", "userName": "bob@example.com"}),
            json!({"eventName": "AssumeRoleWithSAML"}),
            "nyn",
        ),
        ("web identity", json!({"type": "WebIdentityUser", "identityProvider": "x"}), json!({}), "nyn"),
        (
            "Identity Center",
            json!({"type": "IdentityCenterUser", "onBehalfOf": {"userId": "u"}, "credentialId": "c"}),
            json!({"sourceIPAddress": ip}),
            "nyn",
        ),
        (
            "another account",
            json!({"type": "AWSAccount", "accountId": "444455556666", "principalId": "AIDAEXAMPLE"}),
            json!({"sourceIPAddress": ip}),
            "??n",
        ),
        (
            "anonymous",
            json!({"type": "AWSAccount", "accountId": "ANONYMOUS_PRINCIPAL"}),
            json!({"sourceIPAddress": ip}),
            "nnn",
        ),
        (
            "service",
            json!({"type": "AWSService", "invokedBy": "ec2.amazonaws.com"}),
            json!({"sourceIPAddress": "ec2.amazonaws.com"}),
            "nny",
        ),
        ("directory", json!({"type": "Directory", "userName": "d"}), json!({}), "???"),
        ("unknown", json!({"type": "Unknown", "accountId": "1"}), json!({}), "???"),
        ("unknown, onBehalfOf", json!({"type": "Unknown", "onBehalfOf": {"userId": "u"}}), json!({}), "?y?"),
        (
            "unknown, role issuer",
            json!({"type": "Unknown", "sessionContext": session}),
            json!({"sourceIPAddress": ip}),
            "?y?",
        ),
        (
            "no type, service event",
            json!({"accountId": "1", "invokedBy": "secretsmanager.amazonaws.com"}),
            json!({"eventType": "AwsServiceEvent"}),
            "nny",
        ),
        ("no type, invokedBy", json!({"accountId": "1", "invokedBy": "AWS Internal"}), json!({}), "nny"),
        ("no type, role issuer", json!({"sessionContext": session}), json!({"sourceIPAddress": ip}), "nyn"),
        (
            "no type, user's ARN",
            json!({"arn": "arn:aws:iam::1:user/Dave"}),
            json!({"sourceIPAddress": ip}),
            "y?n",
        ),
        (
            "enriched",
            json!({"type": "AssumedRole", "sessionContext": session}),
            json!({"eventContext": {"requestContext": {"aws:ViaAWSService": "true"}}}),
            "nyy",
        ),
        ("null", json!(null), json!({}), "???"),
        ("empty", json!({}), json!({"sourceIPAddress": ip}), "??n"),
        ("text instead", json!("Root"), json!({}), "???"),
        ("type is a number", json!({"type": 7}), json!({"sourceIPAddress": ip}), "n?n"),
    ] {
        let mut record = json!({"userIdentity": identity});
        for (key, value) in more.as_object().unwrap() {
            record[key] = value.clone();
        }
        assert_eq!(verdicts(&record.to_string()), expected, "{name}: {record}");
    }
}

#[test]
fn the_samples_of_aws_get_the_documented_answers() {
    for (record, expected) in [
        (include_str!("../../tests/fixtures/seeds/amazonmq-create-broker.json"), "ynn"),
        (include_str!("../../tests/fixtures/seeds/sqs-add-permission.json"), "ynn"),
        (include_str!("../../tests/fixtures/seeds/sqs-create-queue.json"), "ynn"),
        (include_str!("../../tests/fixtures/seeds/sqs-delete-queue.json"), "ynn"),
        (include_str!("../../tests/fixtures/seeds/sqs-remove-permission.json"), "ynn"),
        (include_str!("../../tests/fixtures/seeds/sqs-set-queue-attributes.json"), "ynn"),
        (include_str!("../../tests/fixtures/seeds/sqs-send-message.json"), "nyn"),
        (include_str!("../../tests/fixtures/seeds/sqs-receive-message.json"), "nyn"),
        (include_str!("../../tests/fixtures/seeds/sqs-delete-message-batch.json"), "nyn"),
        (include_str!("../../tests/fixtures/seeds/sqs-change-message-visibility-batch.json"), "nyn"),
        (include_str!("../../tests/fixtures/seeds/qapps-get-library-item.json"), "nyn"),
        (include_str!("../../tests/fixtures/seeds/monitron-delete-project.json"), "nyn"),
        (include_str!("../../tests/fixtures/seeds/monitron-delete-project-access-denied.json"), "ynn"),
        (include_str!("../../tests/fixtures/seeds/monitron-delete-project-conflict-exception.json"), "nyn"),
        (include_str!("../../tests/fixtures/seeds/amplify-list-apps.json"), "ynn"),
        (include_str!("../../tests/fixtures/seeds/amplifybackend-list-backend-jobs.json"), "ynn"),
    ] {
        assert_eq!(verdicts(record), expected, "{record}");
    }
}

#[test]
fn details_say_what_kind() {
    let user = json!({"userIdentity": {"type": "IAMUser", "accessKeyId": "AKIAIOSFODNN7EXAMPLE"}});
    assert_eq!(details(&user)[0], "IAM user, long-term key");
    let role = json!({"userIdentity": {"type": "AssumedRole", "arn": "arn:aws:sts::1:assumed-role/r/i-0abc",
        "sessionContext": {"ec2RoleDelivery": "2.0", "sessionIssuer": {}}}});
    assert_eq!(details(&role)[1], "role r, session i-0abc, on an EC2 instance");
    let federated = json!({"userIdentity": {"type": "FederatedUser",
        "sessionContext": {"sessionIssuer": {"type": "IAMUser", "userName": "Bob"}}}});
    assert_eq!(details(&federated)[1], "federated user, issued by Bob");
    let outside = json!({"userIdentity": {"type": "AWSAccount", "accountId": "444455556666", "principalId": "AROAEXAMPLE"}});
    assert!(details(&outside)[0].ends_with("its id is a role's"));
}

proptest! {
    #[test]
    fn any_identity_gets_three_answers(
        kind in "(Root|IAMUser|AssumedRole|Role|FederatedUser|AWSAccount|AWSService|Unknown|[a-z]{0,4})",
        arn in "(arn:)?[a-z:/é-]{0,30}(:assumed-role/|:user/|:root)?[a-zé/]{0,9}",
        id in any::<String>(),
        by in "(AWS Internal|signin.amazonaws.com|ec2.amazonaws.com)?",
        ip in "(AWS Internal/?[0-9]?|ec2.amazonaws.com|203.0.113.9|::1)?",
    ) {
        let record = json!({"sourceIPAddress": ip, "userAgent": id.clone(), "userIdentity": {
            "type": kind, "arn": arn, "principalId": id.clone(), "accessKeyId": id, "invokedBy": by,
        }});
        prop_assert_eq!(verdicts(&record.to_string()).len(), 3);
        let text = record.to_string();
        let _ = crate::identity::principal_of(&Document::parse(text.as_bytes()).unwrap());
    }
}
