//! From an event back to whoever is behind it, over files and shards.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod host;
#[path = "chain/issued.rs"]
mod issued;
#[path = "chain/principals.rs"]
mod principals;

use host::page::Page;
use host::{fixture, fixtures};
use serde_json::{Value, json};
use trailscope::event::Field;
use trailscope::protocol::{Caller, RowRef, Tie};
use trailscope::state::{Action, ChainPlace, Effect, End, View};

const USER: &str = "AKIAIOSFODNN7EXAMPLE";

/// `userIdentity` of a role's session.
fn role(account: &str, name: &str, session: &str, key: &str, start: &str) -> Value {
    json!({
        "type": "AssumedRole", "principalId": format!("AROA{name}:{session}"), "accountId": account,
        "arn": format!("arn:aws:sts::{account}:assumed-role/{name}/{session}"), "accessKeyId": key,
        "sessionContext": {
            "sessionIssuer": {"type": "Role", "userName": name, "arn": format!("arn:aws:iam::{account}:role/{name}")},
            "attributes": {"creationDate": start, "mfaAuthenticated": "false"},
        },
    })
}

fn user(name: &str) -> Value {
    let arn = format!("arn:aws:iam::111122223333:user/{name}");
    json!({"type": "IAMUser", "accountId": "111122223333", "userName": name, "arn": arn, "accessKeyId": USER})
}

fn event(id: &str, time: &str, name: &str, identity: Value) -> Value {
    let source = if name.starts_with("Assume") { "sts.amazonaws.com" } else { "s3.amazonaws.com" };
    json!({"eventID": id, "eventTime": time, "eventName": name, "eventSource": source, "eventVersion": "1.09",
        "userIdentity": identity, "recipientAccountId": "111122223333"})
}

/// An `AssumeRole` that opens a session of `to`; without a key, as calls of services are logged.
fn assume(id: &str, time: &str, by: Value, to: &str, session: &str, key: Option<&str>) -> Value {
    let mut call = event(id, time, "AssumeRole", by);
    call["requestParameters"] =
        json!({"roleArn": format!("arn:aws:iam::111122223333:role/{to}"), "roleSessionName": session});
    if let Some(key) = key {
        call["responseElements"] = json!({
            "credentials": {"accessKeyId": key, "expiration": "Jul 10, 2023, 6:30:22 PM"},
            "assumedRoleUser": {"arn": format!("arn:aws:sts::111122223333:assumed-role/{to}/{session}")},
        });
    }
    call
}

/// Mary takes role a, with it role b, with it role c, and lists buckets: four files.
fn three_roles() -> Vec<Value> {
    let account = "111122223333";
    let (at_a, at_b, at_c) = ("2026-03-01T10:00:00Z", "2026-03-01T10:05:00Z", "2026-03-01T10:10:00Z");
    vec![
        assume("call-a", at_a, user("Mary_Major"), "a", "mary", Some("ASIAAAAAAAAAAAAAAAAA")),
        assume(
            "call-b",
            at_b,
            role(account, "a", "mary", "ASIAAAAAAAAAAAAAAAAA", at_a),
            "b",
            "one",
            Some("ASIABBBBBBBBBBBBBBBB"),
        ),
        assume(
            "call-c",
            at_c,
            role(account, "b", "one", "ASIABBBBBBBBBBBBBBBB", at_b),
            "c",
            "two",
            Some("ASIACCCCCCCCCCCCCCCC"),
        ),
        event(
            "list",
            "2026-03-01T10:11:00Z",
            "ListBuckets",
            role(account, "c", "two", "ASIACCCCCCCCCCCCCCCC", at_c),
        ),
        event(
            "more",
            "2026-03-01T10:12:00Z",
            "GetObject",
            role(account, "c", "two", "ASIACCCCCCCCCCCCCCCC", at_c),
        ),
    ]
}

/// Each event in a file of its own.
fn page(shards: u16, events: &[Value]) -> Page {
    let files = events.iter().enumerate();
    Page::with(shards, files.map(|(at, event)| (format!("{at}.json"), event.to_string().into_bytes())))
}

fn open(page: &mut Page, id: &str) -> RowRef {
    let total = u32::try_from(page.matched()).unwrap();
    let row = page.show(0, total).into_iter().find(|row| row.event_id == id).unwrap().row;
    page.act(Action::OpenRecord(row));
    row
}

/// The links from an event, and how they end.
fn links(page: &mut Page, id: &str) -> (Vec<(String, String, Tie)>, End) {
    open(page, id);
    let chain = page.state.chain(ChainPlace::Inspector);
    let link = |link: &Caller| (link.event_id.clone(), link.text(Field::Principal).to_owned(), link.tie);
    (chain.links.iter().map(link).collect(), chain.end)
}

fn link(id: &str, principal: &str, tie: Tie) -> (String, String, Tie) {
    (id.to_owned(), principal.to_owned(), tie)
}

#[test]
fn a_chain_of_three_roles_leads_back_to_the_user() {
    for shards in [1, 2, 5] {
        let mut page = page(shards, &three_roles());
        let expected = [("call-c", "b"), ("call-b", "a"), ("call-a", "Mary_Major")]
            .map(|(id, principal)| link(id, principal, Tie::Key));
        assert_eq!(links(&mut page, "list"), (expected.to_vec(), End::Origin), "{shards} shards");
        let chain = page.state.chain(ChainPlace::Inspector);
        assert_eq!((chain.used.events, chain.handed.events), (2, 0));
        assert_eq!(links(&mut page, "call-a"), (vec![], End::Origin));
        let chain = page.state.chain(ChainPlace::Inspector);
        assert_eq!((chain.handed.events, chain.handed.callers[0].event_id.as_str()), (1, "call-b"));
    }
}

/// On a real trail the links are those that an independent reader finds by key.
#[test]
fn real_sessions_lead_to_the_calls_that_issued_their_keys() {
    let records: Vec<Value> = fixtures("invictus")
        .iter()
        .flat_map(|name| {
            let file: Value = serde_json::from_slice(&fixture(&format!("invictus/{name}"))).unwrap();
            file["Records"].as_array().unwrap().clone()
        })
        .collect();
    let text = |record: &Value, pointer: &str| {
        record.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let mut page = Page::loaded(3);
    let (mut with, mut without, mut seen) = (0, 0, Vec::new());
    for record in &records {
        let key = text(record, "/userIdentity/accessKeyId");
        if text(record, "/userIdentity/type") != "AssumedRole" || key.is_empty() || seen.contains(&key) {
            continue;
        }
        let issued =
            records.iter().find(|call| text(call, "/responseElements/credentials/accessKeyId") == key);
        let (found, end) = links(&mut page, &text(record, "/eventID"));
        match issued {
            None => {
                without += 1;
                assert_eq!((found, end), (vec![], End::Missing), "{key}");
            }
            Some(call) => {
                with += 1;
                assert_eq!((&found[0].0, found[0].2, end), (&text(call, "/eventID"), Tie::Key, End::Origin));
            }
        }
        let uses = records.iter().filter(|one| text(one, "/userIdentity/accessKeyId") == key);
        let mut ids: Vec<String> = uses.map(|one| text(one, "/eventID")).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(page.state.chain(ChainPlace::Inspector).used.events, ids.len() as u64, "{key}");
        seen.push(key);
    }
    assert!(with >= 5 && without >= 1, "{with} with their call, {without} without");
}

#[test]
fn a_call_that_is_not_in_the_logs_is_missing() {
    let mut events = three_roles();
    events.remove(1);
    let expected = vec![link("call-c", "b", Tie::Key)];
    assert_eq!(links(&mut page(3, &events), "list"), (expected, End::Missing));
}

#[test]
fn without_a_key_role_session_and_moment_lead_on() {
    let service = json!({"type": "AWSService", "invokedBy": "ecs-tasks.amazonaws.com"});
    let start = "2026-03-01T10:00:00Z";
    let session = |key: &str| role("111122223333", "task", "7f3a", key, start);
    let mut silent = session("");
    silent["sessionContext"]["attributes"] = json!({});
    for (identity, opened_at, expected) in [
        (session("ASIAAAAAAAAAAAAAAAAA"), "2026-03-01T10:00:01Z", Some(Tie::Session)),
        (session(""), start, Some(Tie::Session)),
        (session(""), "2026-03-01T10:00:09Z", None),
        (silent.clone(), "2026-03-01T09:00:00Z", Some(Tie::Name)),
        (silent.clone(), "2026-02-27T09:00:00Z", None),
    ] {
        let events = [
            assume("open", opened_at, service.clone(), "task", "7f3a", None),
            event("put", "2026-03-01T11:00:00Z", "PutObject", identity),
        ];
        let found = links(&mut page(2, &events), "put");
        let wanted = expected.map(|tie| link("open", "ecs-tasks.amazonaws.com", tie));
        let end = if expected.is_some() { End::Origin } else { End::Missing };
        assert_eq!(found, (wanted.into_iter().collect(), end), "{opened_at} {expected:?}");
    }
}

#[test]
fn calls_that_fit_equally_are_told_and_none_is_taken() {
    let (at, later) = ("2026-03-01T10:00:00Z", "2026-03-01T10:00:01Z");
    let used = |key: &str| {
        event("put", "2026-03-01T11:00:00Z", "PutObject", role("111122223333", "ci", "run", key, at))
    };
    let open = |id: &str, time: &str, by: Value| assume(id, time, by, "ci", "run", None);
    let signing = |id: &str, by: Value, key: &str| {
        let mut call = assume(id, at, by, "ci", "run", Some(key));
        call["userAgent"] = json!("AWS Signin");
        call
    };
    let outsider = |account: &str| json!({"type": "AWSAccount", "accountId": account});
    let service = |account: &str| json!({"type": "AWSService", "invokedBy": "lambda.amazonaws.com", "accountId": account});
    let session = |start: &str| role("111122223333", "portal", "x", "ASIAXXXXXXXXXXXXXXXX", start);
    let (key_a, key_b) = ("ASIAAAAAAAAAAAAAAAAA", "ASIABBBBBBBBBBBBBBBB");
    for (what, one, other, expected) in [
        ("two users", open("1", later, user("Alice")), open("2", at, user("Bob")), Err(2)),
        ("one user, twice", open("1", at, user("Alice")), open("2", later, user("Alice")), Ok(Tie::Session)),
        ("a user and a role", open("1", at, user("portal")), open("2", at, session(at)), Err(2)),
        ("two sessions of a role", open("1", at, session(at)), open("2", at, session(later)), Err(2)),
        ("one service", open("1", at, service("111122223333")), open("2", at, service("")), Ok(Tie::Session)),
        (
            "two outsiders",
            open("1", at, outsider("777788889999")),
            open("2", at, outsider("444455556666")),
            Err(2),
        ),
        ("an outsider", open("1", at, outsider("777788889999")), open("2", at, user("Alice")), Err(2)),
        ("a copy", open("1", at, outsider("111122223333")), open("2", at, user("Alice")), Ok(Tie::Session)),
        ("other keys", signing("1", user("Alice"), key_a), signing("2", user("Bob"), key_b), Err(2)),
        ("a surer one", signing("1", user("Alice"), key_a), open("2", at, user("Bob")), Ok(Tie::Session)),
        (
            "another moment",
            open("1", at, user("Alice")),
            open("2", "2026-03-01T10:05:00Z", user("Bob")),
            Ok(Tie::Session),
        ),
    ] {
        for shards in [1, 2] {
            let mut page = page(shards, &[one.clone(), other.clone(), used("ASIACCCCCCCCCCCCCCCC")]);
            let (found, end) = links(&mut page, "put");
            let several = page.state.chain(ChainPlace::Inspector).several.len();
            let found = if end == End::Several { Err(several) } else { Ok(found[0].2) };
            assert_eq!(found, expected, "{what}");
            assert!((end == End::Several) == (several > 0), "{what}");
        }
    }
    // The key tells which.
    let sure = assume("3", at, user("Carol"), "ci", "run", Some(key_a));
    let events = [open("1", at, user("Alice")), open("2", at, user("Bob")), sure, used(key_a)];
    assert_eq!(links(&mut page(2, &events), "put"), (vec![link("3", "Carol", Tie::Key)], End::Origin));
}

#[test]
fn a_word_in_the_place_of_a_key_proves_nothing() {
    let (at, later) = ("2026-03-01T10:00:00Z", "2026-03-01T10:04:00Z");
    for word in ["EXAMPLE", "***", "REDACTED", "HIDDEN_DUE_TO_SECURITY_REASONS", "null", "accessKeyId"] {
        let mut keyless = user("Mary_Major");
        keyless["accessKeyId"] = json!(word);
        let session = |name: &str, start: &str| role("111122223333", name, "s", word, start);
        let events = [
            assume("open-a", at, keyless, "a", "s", Some(word)),
            assume("open-b", later, user("Bob"), "b", "s", Some(word)),
            event("in-a", "2026-03-01T10:05:00Z", "GetObject", session("a", at)),
            event("in-b", "2026-03-01T10:06:00Z", "GetObject", session("b", later)),
            event("in-c", "2026-03-01T10:06:00Z", "GetObject", session("c", later)),
        ];
        let mut page = page(2, &events);
        for (id, behind) in [("in-a", ("open-a", "Mary_Major")), ("in-b", ("open-b", "Bob"))] {
            let (opened, who) = behind;
            assert_eq!(links(&mut page, id), (vec![link(opened, who, Tie::Session)], End::Origin), "{word}");
            assert_eq!(page.state.chain(ChainPlace::Inspector).used.events, 1, "{word}");
            links(&mut page, opened);
            let chain = page.state.chain(ChainPlace::Inspector);
            assert_eq!((chain.handed.events, chain.handed_by_arn), (1, true), "{word}");
        }
        assert_eq!(links(&mut page, "in-c"), (vec![], End::Missing), "{word}");
    }
}

#[test]
fn a_key_that_stands_for_many_proves_nothing_against_what_else_is_said() {
    let (one, other) = ("2026-03-01T10:00:00Z", "2026-03-01T10:20:00Z");
    let key = "ASIAIOSFODNN7EXAMPLE";
    let by = |id: &str, time: &str, who: &str, to: &str| assume(id, time, user(who), to, "s", Some(key));
    let used = |id: &str, time: &str, of: &str, begun: &str| {
        event(id, time, "GetObject", role("111122223333", of, "s", key, begun))
    };
    let events = [
        by("a", one, "Ann", "ra"),
        by("b", other, "Ben", "rb"),
        used("of-a", "2026-03-01T10:25:00Z", "ra", one),
        used("of-b", "2026-03-01T10:25:00Z", "rb", other),
        used("of-none", "2026-03-01T10:25:00Z", "rc", other),
        used("before", "2026-03-01T10:05:00Z", "rb", one),
        by("c1", one, "Cem", "rd"),
        by("c2", other, "Cid", "rd"),
        used("of-two", "2026-03-01T10:25:00Z", "rd", "2026-03-01T10:10:00Z"),
    ];
    let mut page = page(2, &events);
    assert_eq!(links(&mut page, "of-a"), (vec![link("a", "Ann", Tie::Key)], End::Origin));
    assert_eq!(links(&mut page, "of-b"), (vec![link("b", "Ben", Tie::Key)], End::Origin));
    assert_eq!(links(&mut page, "of-none"), (vec![], End::Missing));
    assert_eq!(links(&mut page, "before"), (vec![], End::Missing));
    assert_eq!(links(&mut page, "of-two"), (vec![], End::Several));
}

#[test]
fn a_role_that_signs_in_is_not_behind_itself() {
    let at = "2026-03-01T10:00:00Z";
    let session = |key: &str| role("111122223333", "portal", "mary@example.com", key, at);
    let sign_in = |id: &str, time: &str| {
        let mut call = event(id, time, "ConsoleLogin", session("ASIAAAAAAAAAAAAAAAAA"));
        call["eventSource"] = json!("signin.amazonaws.com");
        call
    };
    let used = event("list", "2026-03-01T10:30:00Z", "ListBuckets", session("ASIABBBBBBBBBBBBBBBB"));
    let saml =
        json!({"type": "SAMLUser", "userName": "mary@example.com", "principalId": "x:mary@example.com"});
    let mut issued = assume("saml", at, saml, "portal", "mary@example.com", Some("ASIAAAAAAAAAAAAAAAAA"));
    issued["eventName"] = json!("AssumeRoleWithSAML");
    let twice = [sign_in("one", "2026-03-01T10:00:02Z"), sign_in("two", "2026-03-01T10:00:20Z")];
    let mut page = page(2, &[&twice[..], std::slice::from_ref(&used)].concat());
    assert_eq!(links(&mut page, "one"), (vec![], End::Missing));
    assert_eq!(links(&mut page, "two"), (vec![], End::Missing));
    assert_eq!(links(&mut page, "list"), (vec![link("one", "portal", Tie::SignIn)], End::Missing));
    let mut page = self::page(2, &[&twice[..], &[used, issued]].concat());
    for sign_in in ["one", "two"] {
        let expected = vec![link("saml", "mary@example.com", Tie::Key)];
        assert_eq!(links(&mut page, sign_in), (expected, End::Origin));
    }
    let expected = vec![link("one", "portal", Tie::SignIn), link("saml", "mary@example.com", Tie::Key)];
    assert_eq!(links(&mut page, "list"), (expected, End::Origin));
}

#[test]
fn a_console_session_leads_to_its_sign_in() {
    let mut console = user("Alice");
    console["accessKeyId"] = json!("ASIAAAAAAAAAAAAAAAAA");
    console["sessionContext"] =
        json!({"attributes": {"creationDate": "2026-03-01T10:00:00Z", "mfaAuthenticated": "true"}});
    let mut signs_in = user("Alice");
    signs_in["accessKeyId"] = json!("");
    let mut failed = event("failed", "2026-03-01T10:00:02Z", "ConsoleLogin", signs_in.clone());
    failed["errorMessage"] = json!("Failed authentication");
    let events = [
        event("sign-in", "2026-03-01T09:59:58Z", "ConsoleLogin", signs_in),
        failed,
        event("list", "2026-03-01T10:30:00Z", "ListBuckets", console),
    ];
    let expected = vec![link("sign-in", "Alice", Tie::SignIn)];
    assert_eq!(links(&mut page(2, &events), "list"), (expected, End::Origin));
}

#[test]
fn the_copies_of_two_accounts_are_linked_and_the_fuller_one_leads_on() {
    // Mary of account 1111… takes a role of account 4444…; each account logs the call.
    let key = "ASIADDDDDDDDDDDDDDDD";
    let at = "2026-03-01T10:00:00Z";
    let shared = "3d6ab5e2-1c1f-4d6e-9f0a-0c2b8a6e7f11";
    let mut callers = assume("caller-copy", at, user("Mary_Major"), "cross", "mary", Some(key));
    let outsider = json!({"type": "AWSAccount", "principalId": "AIDAEXAMPLE", "accountId": "111122223333"});
    let mut owners = assume("owner-copy", at, outsider, "cross", "mary", Some(key));
    for copy in [&mut callers, &mut owners] {
        copy["sharedEventID"] = json!(shared);
        copy["responseElements"]["assumedRoleUser"]["arn"] =
            json!("arn:aws:sts::444455556666:assumed-role/cross/mary");
    }
    owners["recipientAccountId"] = json!("444455556666");
    let used =
        event("read", "2026-03-01T10:01:00Z", "GetObject", role("444455556666", "cross", "mary", key, at));
    let events = [owners, callers, used];
    for shards in [1, 3] {
        let mut page = page(shards, &events);
        assert_eq!(
            links(&mut page, "read"),
            (vec![link("caller-copy", "Mary_Major", Tie::Key)], End::Origin)
        );
        assert_eq!(
            links(&mut page, "owner-copy"),
            (vec![link("caller-copy", "Mary_Major", Tie::Copy)], End::Origin)
        );
        let copies = &page.state.chain(ChainPlace::Inspector).copies;
        assert_eq!(
            copies.iter().map(|copy| copy.text(Field::RecipientAccount)).collect::<Vec<_>>(),
            ["111122223333"]
        );
        page.act(Action::Query(format!("sharedEventID:{shared}")));
        assert_eq!(page.matched(), 2, "they are two events, and the column finds both");
    }
    // Where the caller's account was not logged, the chain ends at it.
    let (found, end) = links(&mut page(2, &[events[0].clone(), events[2].clone()]), "read");
    assert_eq!((found, end), (vec![link("owner-copy", "111122223333", Tie::Key)], End::Origin));
}

#[test]
fn circles_and_endless_chains_end() {
    let at = "2026-03-01T10:00:00Z";
    let key = |n: usize| format!("ASIA{n:016}");
    let step = |n: usize, to: usize| {
        let by = role("111122223333", "loop", "s", &key(n), at);
        assume(&format!("call-{n}"), at, by, "loop", "s", Some(&key(to)))
    };
    let circle = [step(0, 1), step(1, 2), step(2, 0)];
    let (found, end) = links(&mut page(2, &circle), "call-0");
    assert_eq!((found.len(), end), (2, End::Cut));
    let long: Vec<Value> = (0..40).map(|n| step(n, n + 1)).collect();
    let (found, end) = links(&mut page(3, &long), "call-39");
    assert_eq!((found.len(), end), (16, End::Cut));
}

#[test]
fn what_comes_for_an_older_step_is_dropped() {
    let mut page = page(2, &three_roles());
    let row = open(&mut page, "list");
    let late = page.state.update(Action::OpenRecord(row));
    open(&mut page, "call-a");
    for effect in late {
        if let Effect::Send(..) = effect {
            for (shard, response) in page.carry_out(effect) {
                let heard = Action::Heard { shard, response, now_ms: 9e9 };
                assert_eq!(page.state.update(heard), []);
            }
        }
    }
    let chain = page.state.chain(ChainPlace::Inspector);
    assert_eq!((chain.event.as_ref().unwrap().event_id.as_str(), chain.end), ("call-a", End::Origin));
}
