//! Who is one principal, and that its terms find its events and no others.

use super::*;
use trailscope::protocol::{IdentitySummary, PrincipalTerms};
use trailscope::query::edit;

const AT: &str = "2026-03-01T10:00:00Z";

/// What a figure of a principal makes of a query.
fn narrowed(query: &str, terms: &PrincipalTerms) -> String {
    let of = |text: &'_ String| Some(text.clone()).filter(|text| !text.is_empty());
    let mut fields = vec![("principal", vec![of(&terms.principal)])];
    fields.push(("userIdentity.type", terms.types.iter().map(of).collect()));
    fields.push(("userIdentity.accountId", terms.account.iter().map(of).collect()));
    fields.retain(|(_, values)| !values.is_empty());
    fields.iter().fold(query.to_owned(), |text, (field, values)| {
        let values = values.iter().map(Option::as_deref);
        values.fold(edit::free(&text, field), |text, value| edit::include(&text, field, value))
    })
}

/// The principals of events over one and more shards; each of them has its own events when it is open and
/// in the query that narrows to it, and no others.
fn principals(events: &[Value]) -> Vec<IdentitySummary> {
    let mut found: Vec<IdentitySummary> = Vec::new();
    for shards in [1, 4] {
        let mut page = page(shards, events);
        let counted = page.state.asking.answer().principals;
        page.act(Action::View(View::Identities));
        let people = page.state.asking.answer().identities.clone();
        assert_eq!(counted, people.len() as u64, "as the tab says before the view is open");
        assert_eq!(people.iter().map(|person| person.events).sum::<u64>(), events.len() as u64);
        for person in &people {
            page.act(Action::OpenPrincipal(Box::new(person.clone())));
            assert!(page.state.open_person().unwrap().is_same(person));
            let lists = &page.state.person.detail().lists;
            let names = lists.iter().find(|list| list.field == Field::EventName).unwrap();
            assert_eq!(names.uses.iter().map(|one| one.events).sum::<u64>(), person.events, "{person:?}");
        }
        let other = format!("principal:({} OR x)", edit::quote(&people[people.len() - 1].principal));
        for (person, before) in people.iter().flat_map(|person| [(person, ""), (person, &*other)]) {
            let query = narrowed(before, &person.terms());
            assert_eq!(page.host.ask(&query).matched, person.events, "{query}");
        }
        let mut people = people;
        people.sort_by_key(|person| {
            (person.principal.clone(), person.identity_type.clone(), person.account.clone())
        });
        people.iter_mut().for_each(|person| person.types.sort());
        assert!(shards == 1 || people == found, "over {shards} shards");
        found = people;
    }
    found
}

/// Name, kind, account and events.
fn told(people: &[IdentitySummary]) -> Vec<(&str, &str, &str, u64)> {
    let of = |one| {
        let IdentitySummary { principal, identity_type, account, events, .. }: &IdentitySummary = one;
        (principal.as_str(), identity_type.as_str(), account.as_str(), *events)
    };
    people.iter().map(of).collect()
}

fn calls(identities: &[Value]) -> Vec<Value> {
    (0..).zip(identities).map(|(at, by)| event(&at.to_string(), AT, "GetObject", by.clone())).collect()
}

#[test]
fn principals_of_two_accounts_are_two_and_those_without_one_belong_to_the_only_one() {
    let of = |account: &str| role(account, "deploy", "s", "", AT);
    let service = |account: Option<&str>| json!({"type": "AWSService", "invokedBy": "ec2.amazonaws.com", "accountId": account});
    let mut nameless = user("Mary_Major");
    nameless["accountId"] = Value::Null;
    let people = principals(&calls(&[
        of("111122223333"),
        of("444455556666"),
        of("444455556666"),
        service(None),
        service(Some("111122223333")),
        user("Mary_Major"),
        nameless,
    ]));
    let expected = [
        ("Mary_Major", "IAMUser", "111122223333", 2),
        ("deploy", "AssumedRole", "111122223333", 1),
        ("deploy", "AssumedRole", "444455556666", 2),
        ("ec2.amazonaws.com", "AWSService", "", 2),
    ];
    assert_eq!(told(&people), expected);
    let namesakes: Vec<bool> = people.iter().map(|person| person.namesake).collect();
    assert_eq!(namesakes, [false, true, true, false]);
    assert!(people.iter().all(|person| !person.another_kind));
}

#[test]
fn a_user_and_a_role_of_one_name_are_two_and_what_aws_writes_in_several_ways_is_one() {
    let of = |identity: Value, change: Value| {
        let mut identity = identity;
        for (key, value) in change.as_object().unwrap() {
            identity[key] = value.clone();
        }
        identity
    };
    let deploy = || role("111122223333", "deploy", "s", "", AT);
    let (silent, unknown) = (json!({"type": null}), json!({"type": "Unknown"}));
    for (what, identities, expected) in [
        (
            "a user and a role",
            vec![user("deploy"), deploy(), deploy()],
            vec![("deploy", "AssumedRole", "111122223333", 2), ("deploy", "IAMUser", "111122223333", 1)],
        ),
        (
            "and a federated user of another account",
            vec![
                user("deploy"),
                json!({"type": "FederatedUser", "accountId": "444455556666", "principalId": "4:deploy"}),
            ],
            vec![("deploy", "FederatedUser", "444455556666", 1), ("deploy", "IAMUser", "111122223333", 1)],
        ),
        (
            "both kinds of roles, in two accounts",
            vec![
                deploy(),
                of(deploy(), json!({"type": "Role"})),
                role("444455556666", "deploy", "s", "", AT),
            ],
            vec![("deploy", "AssumedRole", "111122223333", 2), ("deploy", "AssumedRole", "444455556666", 1)],
        ),
        (
            "two cases of a name",
            vec![user("Alice"), user("alice"), user("alice"), role("444455556666", "ALICE", "s", "", AT)],
            vec![("ALICE", "AssumedRole", "444455556666", 1), ("alice", "IAMUser", "111122223333", 3)],
        ),
        (
            "no type, and one of the name",
            vec![user("dave"), of(user("dave"), silent.clone()), of(user("dave"), unknown)],
            vec![("dave", "IAMUser", "111122223333", 3)],
        ),
        (
            "no type, and several of the name",
            vec![user("dave"), of(user("dave"), silent), role("111122223333", "dave", "s", "", AT)],
            vec![
                ("dave", "", "111122223333", 1),
                ("dave", "AssumedRole", "111122223333", 1),
                ("dave", "IAMUser", "111122223333", 1),
            ],
        ),
        (
            "a user that is called like a service",
            vec![
                user("ec2.amazonaws.com"),
                json!({"type": "AWSService", "invokedBy": "ec2.amazonaws.com"}),
                json!({"invokedBy": "ec2.amazonaws.com", "accountId": "444455556666"}),
            ],
            vec![
                ("ec2.amazonaws.com", "AWSService", "", 2),
                ("ec2.amazonaws.com", "IAMUser", "111122223333", 1),
            ],
        ),
        (
            "nothing but an account",
            vec![
                json!({"type": "AWSAccount", "accountId": "111122223333", "principalId": "AIDAEXAMPLE"}),
                json!({"type": "Unknown", "accountId": "111122223333"}),
            ],
            vec![
                ("111122223333", "AWSAccount", "111122223333", 1),
                ("111122223333", "Unknown", "111122223333", 1),
            ],
        ),
        (
            "an Identity Center user",
            vec![
                json!({"type": "IdentityCenterUser", "accountId": "111122223333", "onBehalfOf": {"userId": "9448-1"}}),
                json!({"type": "Unknown", "accountId": "111122223333", "onBehalfOf": {"userId": "9448-1"}}),
            ],
            vec![("9448-1", "IdentityCenterUser", "111122223333", 2)],
        ),
    ] {
        assert_eq!(told(&principals(&calls(&identities))), expected, "{what}");
    }
}

#[test]
fn a_service_event_is_by_its_service() {
    let own = |id: &str, name: &str, source: &str, by: Value| {
        let mut event = event(id, AT, name, by);
        event["eventType"] = json!("AwsServiceEvent");
        event["eventSource"] = json!(source);
        event
    };
    let account = json!({"accountId": "111122223333"});
    let people = principals(&[
        own("1", "RotateKey", "kms.amazonaws.com", account.clone()),
        own("2", "RotateKey", "kms.amazonaws.com", json!({"accountId": "444455556666"})),
        own("3", "DeleteKey", "kms.amazonaws.com", Value::Null),
        own(
            "4",
            "RotateKey",
            "kms.amazonaws.com",
            json!({"type": "AWSService", "invokedBy": "kms.amazonaws.com"}),
        ),
        own(
            "5",
            "Rotated",
            "rds.amazonaws.com",
            json!({"accountId": "111122223333", "invokedBy": "AWS Internal"}),
        ),
        event("6", AT, "GetObject", account),
    ]);
    let expected = [
        ("111122223333", "Unknown", "111122223333", 1),
        ("AWS Internal", "AWSService", "", 1),
        ("kms.amazonaws.com", "AWSService", "", 4),
    ];
    assert_eq!(told(&people), expected);
}

/// On real trails, too.
#[test]
fn the_principals_of_a_trail_have_all_its_events() {
    let mut events: Vec<Value> = fixtures("invictus")
        .iter()
        .flat_map(|name| {
            let file: Value = serde_json::from_slice(&fixture(&format!("invictus/{name}"))).unwrap();
            file["Records"].as_array().unwrap().clone()
        })
        .collect();
    events.sort_by_key(|event| event["eventID"].to_string());
    events.dedup_by_key(|event| event["eventID"].to_string());
    assert!(principals(&events).len() > 10);
}
