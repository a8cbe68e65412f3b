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
    answers.iter().map(|answer| letter(answer.verdict.name())).collect()
}

fn details(record: &serde_json::Value) -> Vec<String> {
    let text = record.to_string();
    answers(&Document::parse(text.as_bytes()).unwrap()).into_iter().map(|answer| answer.detail).collect()
}

#[test]
fn what_names_a_sign_in_is_evidence() {
    let session = "arn:aws:signin:us-east-1:1:session/one";
    let context = json!({"signInSessionArn": session, "attributes": {}});
    for (kind, place) in [("Root", 0), ("IAMUser", 0), ("AssumedRole", 1)] {
        let record = json!({"userIdentity": {"type": kind, "sessionContext": context}, "sessionCredentialFromConsole": "true",
            "additionalEventData": {"SwitchFrom": "arn:aws:iam::1:user/Alice"}});
        let answers = answers(&Document::parse(record.to_string().as_bytes()).unwrap());
        let evidence = &answers[place].evidence;
        assert!(evidence.contains(&format!("signInSessionArn={session}")), "{kind}: {evidence:?}");
        assert!(evidence.iter().any(|one| one == FROM_CONSOLE), "{kind}: {evidence:?}");
        let switched = evidence.contains(&"SwitchFrom=arn:aws:iam::1:user/Alice".to_owned());
        assert_eq!(switched, kind == "AssumedRole");
    }
}

/// The shapes, with what is expected of each: the browser tests open the same ones.
#[test]
fn every_shape_of_identity_gets_its_answers() {
    let shapes: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../../tests/fixtures/identities/shapes.json")).unwrap();
    assert!(shapes.len() > 50);
    for shape in shapes {
        let expected: String =
            shape["answers"].as_array().unwrap().iter().map(|word| letter(word.as_str().unwrap())).collect();
        assert_eq!(verdicts(&shape["record"].to_string()), expected, "{shape}");
    }
}

fn letter(answer: &str) -> char {
    match answer {
        "yes" => 'y',
        "no" => 'n',
        _ => '?',
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
    let switched = json!({"userIdentity": {"type": "AssumedRole", "arn": "arn:aws:sts::1:assumed-role/r/Alice"},
        "additionalEventData": {"SwitchFrom": "arn:aws:iam::1:user/Alice"}});
    assert_eq!(details(&switched)[1], "role r, session Alice, switched to in the console");
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
