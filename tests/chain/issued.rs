//! The ways in which sessions begin: calls that hand out credentials, and the console.

use super::*;

/// `SwitchRole` as the console logs it: the new session calls, and whoever switched stands beside it.
fn switch(id: &str, time: &str, from: &str, to: &str, session: &str) -> Value {
    let mut call = event(id, time, "SwitchRole", role("111122223333", to, session, "", ""));
    call["userIdentity"].as_object_mut().unwrap().remove("sessionContext");
    call["eventSource"] = json!("signin.amazonaws.com");
    call["eventType"] = json!("AwsConsoleSignIn");
    call["responseElements"] = json!({"SwitchRole": "Success"});
    call["additionalEventData"] =
        json!({"SwitchFrom": from, "RedirectTo": "https://console.aws.amazon.com/"});
    call
}

#[test]
fn a_switch_in_the_console_leads_to_whoever_switched() {
    let mut signs_in = user("Alice");
    signs_in["accessKeyId"] = json!("");
    let alice = "arn:aws:iam::111122223333:user/Alice";
    let at = "2026-03-01T10:05:00Z";
    let mut failed = switch("failed", at, "arn:aws:iam::111122223333:user/Mallory", "audit", "Alice");
    failed["responseElements"] = json!({"SwitchRole": "Failure"});
    let events = [
        event("early", "2026-03-01T08:00:00Z", "ConsoleLogin", signs_in.clone()),
        event("sign-in", "2026-03-01T10:00:00Z", "ConsoleLogin", signs_in.clone()),
        switch("switch", "2026-03-01T10:05:01Z", alice, "audit", "Alice"),
        failed,
        event(
            "list",
            "2026-03-01T10:06:00Z",
            "ListBuckets",
            role("111122223333", "audit", "Alice", "ASIAAAAAAAAAAAAAAAAA", at),
        ),
        event(
            "get",
            "2026-03-01T10:07:00Z",
            "GetObject",
            role("111122223333", "audit", "Alice", "ASIABBBBBBBBBBBBBBBB", at),
        ),
        event("late", "2026-03-01T11:00:00Z", "ConsoleLogin", signs_in),
    ];
    for shards in [1, 3] {
        let mut page = page(shards, &events);
        let behind = [link("switch", "Alice", Tie::Session), link("sign-in", "Alice", Tie::LastSignIn)];
        assert_eq!(links(&mut page, "list"), (behind.to_vec(), End::Origin), "{shards} shards");
        let chain = page.state.chain(ChainPlace::Inspector);
        let text = |field| chain.links[0].text(field);
        assert_eq!(
            [Field::IdentityArn, Field::IdentityType, Field::IdentityAccount, Field::IssuedArn].map(text),
            [alice, "IAMUser", "111122223333", "arn:aws:sts::111122223333:assumed-role/audit/Alice"]
        );
        // From the switch itself, and on to what was done in the role, with whatever keys.
        assert_eq!(links(&mut page, "switch"), (behind[1..].to_vec(), End::Origin));
        let chain = page.state.chain(ChainPlace::Inspector);
        assert_eq!((chain.handed.events, chain.handed_by_arn), (2, true));
        page.act(Action::Query(format!("additionalEventData.SwitchFrom:\"{alice}\"")));
        assert_eq!(page.matched(), 1, "the column finds it");
    }
    // A switch from one role to another: the opening of the first is not there.
    let from = "arn:aws:sts::444455556666:assumed-role/portal/bob";
    let events = [switch("switch", at, from, "audit", "bob"), events[4].clone()];
    let mut own = events.clone();
    own[1]["userIdentity"] = role("111122223333", "audit", "bob", "ASIAAAAAAAAAAAAAAAAA", at);
    assert_eq!(
        links(&mut page(2, &own), "list"),
        (vec![link("switch", "portal", Tie::Session)], End::Missing)
    );
    assert_eq!(links(&mut page(2, &events), "list"), (vec![], End::Missing), "another session name");
}

#[test]
fn the_console_takes_other_keys_than_its_call_was_given() {
    let at = "2026-03-01T10:00:00Z";
    let used = event(
        "list",
        "2026-03-01T10:06:00Z",
        "ListBuckets",
        role("111122223333", "audit", "mary", "ASIABBBBBBBBBBBBBBBB", at),
    );
    for (agent, expected) in
        [("AWS Signin, aws-internal/3 aws-sdk-java/1.12", Some(Tie::OtherKey)), ("aws-cli/2.17", None)]
    {
        let mut call = assume("open", at, user("Mary_Major"), "audit", "mary", Some("ASIAAAAAAAAAAAAAAAAA"));
        call["userAgent"] = json!(agent);
        let mut page = page(2, &[call, used.clone()]);
        let end = if expected.is_some() { End::Origin } else { End::Missing };
        let expected: Vec<_> = expected.into_iter().map(|tie| link("open", "Mary_Major", tie)).collect();
        assert_eq!(links(&mut page, "list"), (expected, end), "{agent}");
        // Forward, the same.
        links(&mut page, "open");
        let chain = page.state.chain(ChainPlace::Inspector);
        let console = end == End::Origin;
        assert_eq!((chain.handed.events, chain.handed_by_arn), (u64::from(console), console), "{agent}");
    }
}

#[test]
fn a_service_that_calls_for_a_session_has_another_key() {
    let at = "2026-03-01T10:00:00Z";
    let by = |service: &str, mut identity: Value| {
        identity["invokedBy"] = json!(service);
        event("decrypt", "2026-03-01T10:06:00Z", "Decrypt", identity)
    };
    let session = role("111122223333", "audit", "mary", "ASIABBBBBBBBBBBBBBBB", at);
    let call = assume("open", at, user("Mary_Major"), "audit", "mary", Some("ASIAAAAAAAAAAAAAAAAA"));
    for service in ["s3.amazonaws.com", "AWS Internal"] {
        let mut page = page(2, &[call.clone(), by(service, session.clone())]);
        let expected = vec![link("open", "Mary_Major", Tie::Session)];
        assert_eq!(links(&mut page, "decrypt"), (expected, End::Origin), "{service}");
    }
    let own = event("decrypt", "2026-03-01T10:06:00Z", "Decrypt", session);
    assert_eq!(links(&mut page(2, &[call, own]), "decrypt"), (vec![], End::Missing));
    // Nobody called for the key with which a service calls for a user.
    let mut for_user = user("Mary_Major");
    for_user["accessKeyId"] = json!("ASIABBBBBBBBBBBBBBBB");
    assert_eq!(
        links(&mut page(2, &[by("s3.amazonaws.com", for_user.clone())]), "decrypt"),
        (vec![], End::Origin)
    );
    for console in ["AWS Internal", "signin.amazonaws.com"] {
        let call = by(console, for_user.clone());
        assert_eq!(links(&mut page(2, &[call]), "decrypt"), (vec![], End::Missing), "{console}");
    }
    let own = event("decrypt", "2026-03-01T10:06:00Z", "Decrypt", for_user);
    assert_eq!(links(&mut page(2, &[own]), "decrypt"), (vec![], End::Missing));
}

#[test]
fn dots_in_the_place_of_an_arn_and_a_time_are_no_session() {
    let dots = |id: &str| {
        let mut identity = role("111122223333", "audit", "mary", "...", "...");
        identity["arn"] = json!("...");
        event(id, "2026-03-01T10:06:00Z", "GetObject", identity)
    };
    let mut page = page(2, &[dots("1"), dots("2")]);
    assert_eq!(links(&mut page, "1"), (vec![], End::Missing));
    assert_eq!(page.state.chain(ChainPlace::Inspector).used.events, 0);
}

#[test]
fn a_privileged_root_session_leads_to_whoever_opened_it() {
    let (at, key) = ("2026-03-01T10:00:00Z", "ASIARRRRRRRRRRRRRRRR");
    let root = |key: &str, start: &str| {
        json!({"type": "Root", "principalId": "444455556666", "accountId": "444455556666",
            "arn": "arn:aws:iam::444455556666:root", "accessKeyId": key,
            "sessionContext": {"attributes": {"creationDate": start, "mfaAuthenticated": "false"}, "assumedRoot": "true"}})
    };
    let open = |key: Option<&str>, target: &str| {
        let mut call = event("open", at, "AssumeRoot", user("Mary_Major"));
        call["requestParameters"] = json!({"targetPrincipal": target, "durationSeconds": 900});
        if let Some(key) = key {
            call["responseElements"] = json!({"credentials": {"accessKeyId": key, "sessionToken": "t"}});
        }
        call
    };
    let mut denied = open(None, "444455556666");
    denied["errorCode"] = json!("AccessDenied");
    let arn = "arn:aws:iam::444455556666:root";
    for (what, call, identity, expected) in [
        ("by key", open(Some(key), "444455556666"), root(key, at), Some(Tie::Key)),
        ("by moment", open(None, "444455556666"), root("", at), Some(Tie::Session)),
        ("by an ARN and moment", open(None, arn), root(key, at), Some(Tie::Session)),
        ("another key", open(Some("ASIAQQQQQQQQQQQQQQQQ"), arn), root(key, at), None),
        ("another account", open(None, "777788889999"), root(key, at), None),
        ("another moment", open(None, arn), root(key, "2026-03-01T10:04:00Z"), None),
        ("denied", denied, root(key, at), None),
    ] {
        let used = event("fix", "2026-03-01T10:05:00Z", "DeleteBucketPolicy", identity);
        let mut page = page(2, &[call, used]);
        let (found, end) = links(&mut page, "fix");
        let wanted: Vec<_> = expected.into_iter().map(|tie| link("open", "Mary_Major", tie)).collect();
        assert_eq!((found, end == End::Origin), (wanted, expected.is_some()), "{what}");
        links(&mut page, "open");
        let handed = page.state.chain(ChainPlace::Inspector).handed.events;
        assert_eq!(handed, u64::from(expected.is_some()), "{what}, forward");
    }
    // The root user's own call says no beginning, and is no session that somebody opened.
    let mut own = root("", at);
    own["sessionContext"] = json!({});
    let events = [open(None, arn), event("own", "2026-03-01T10:05:00Z", "ListBuckets", own)];
    assert_eq!(links(&mut page(2, &events), "own"), (vec![], End::Origin));
}

#[test]
fn a_session_that_names_its_sign_in_leads_to_it() {
    let session = |id: &str| format!("arn:aws:signin:us-east-1:111122223333:session/{id}");
    let in_session = |mut identity: Value, id: &str| {
        identity["sessionContext"]["signInSessionArn"] = json!(session(id));
        identity
    };
    let mut console = user("Alice");
    console["accessKeyId"] = json!("ASIAAAAAAAAAAAAAAAAA");
    // Hours after the sign-in: by its beginning nothing ties it.
    console["sessionContext"] = json!({"attributes": {"creationDate": "2026-03-01T14:00:00Z"}});
    let mut signs_in = in_session(user("Alice"), "one");
    signs_in["accessKeyId"] = json!("");
    let signing_in = |id: &str, session: &str| {
        let mut call =
            event(id, "2026-03-01T10:00:00Z", "ConsoleLogin", in_session(signs_in.clone(), session));
        call["eventSource"] = json!("signin.amazonaws.com");
        call
    };
    let events = [
        signing_in("sign-in", "one"),
        signing_in("other", "two"),
        event("list", "2026-03-01T14:30:00Z", "ListBuckets", in_session(console.clone(), "one")),
        event("get", "2026-03-01T14:31:00Z", "GetObject", in_session(console, "one")),
    ];
    for shards in [1, 3] {
        let mut page = page(shards, &events);
        let expected = vec![link("sign-in", "Alice", Tie::SignInSession)];
        assert_eq!(links(&mut page, "list"), (expected, End::Origin), "{shards} shards");
        assert_eq!(links(&mut page, "sign-in"), (vec![], End::Origin));
        page.act(Action::Query(format!("signInSession:\"{}\"", session("one"))));
        assert_eq!(page.matched(), 3);
    }
}

/// Every call that hands out credentials, by the key in its reply: back to whoever made it, and forward.
#[test]
fn every_way_of_getting_credentials_is_followed() {
    let at = "2026-03-01T10:00:00Z";
    let key = "ASIAAAAAAAAAAAAAAAAA";
    let federated = |kind: &str| json!({"type": kind, "userName": "mary@example.com", "principalId": "x:mary@example.com"});
    let service = json!({"type": "AWSService", "invokedBy": "ec2.amazonaws.com"});
    let mut own = user("Mary_Major");
    own["accessKeyId"] = json!(key);
    let mut long_term = own.clone();
    long_term["accessKeyId"] = json!("AKIAAAAAAAAAAAAAAAAA");
    let federated_user = json!({"type": "FederatedUser", "principalId": "111122223333:bob", "accessKeyId": key,
        "arn": "arn:aws:sts::111122223333:federated-user/bob"});
    let in_role = || role("111122223333", "work", "s", key, at);
    let credentials = |key: &str| json!({"credentials": {"accessKeyId": key}});
    for (name, source, by, reply, session, who) in [
        ("AssumeRole", "sts", user("Mary_Major"), credentials(key), in_role(), "Mary_Major"),
        ("AssumeRoleWithSAML", "sts", federated("SAMLUser"), credentials(key), in_role(), "mary@example.com"),
        (
            "AssumeRoleWithWebIdentity",
            "sts",
            federated("WebIdentityUser"),
            credentials(key),
            in_role(),
            "mary@example.com",
        ),
        ("AssumeRole", "sts", service, credentials(key), in_role(), "ec2.amazonaws.com"),
        ("GetSessionToken", "sts", user("Mary_Major"), credentials(key), own, "Mary_Major"),
        ("GetFederationToken", "sts", user("Mary_Major"), credentials(key), federated_user, "Mary_Major"),
        ("GetSigninToken", "signin", user("Mary_Major"), credentials(key), in_role(), "Mary_Major"),
        (
            "GetCredentialsForIdentity",
            "cognito-identity",
            federated("Unknown"),
            credentials(key),
            in_role(),
            "mary@example.com",
        ),
        (
            "CreateAccessKey",
            "iam",
            user("Alice"),
            json!({"accessKey": {"accessKeyId": "AKIAAAAAAAAAAAAAAAAA"}}),
            long_term,
            "Alice",
        ),
    ] {
        let mut call = event("open", at, name, by);
        call["eventSource"] = json!(format!("{source}.amazonaws.com"));
        call["responseElements"] = reply;
        let mut page = page(2, &[call, event("used", "2026-03-01T10:30:00Z", "GetObject", session)]);
        assert_eq!(links(&mut page, "used"), (vec![link("open", who, Tie::Key)], End::Origin), "{name}");
        links(&mut page, "open");
        let chain = page.state.chain(ChainPlace::Inspector);
        assert_eq!((chain.handed.events, chain.handed_by_arn), (1, false), "{name}, forward");
    }
}
