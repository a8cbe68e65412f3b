//! For each category: no original survives, structure and equality do.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::encoded::{base64, percent_encoded};
use super::{Check, Cleaner, Collector, leaks};
use crate::json::Document;
use crate::merge::originals as merge;
use crate::protocol::{Categories, Category, Cleaning, Originals, Times};

/// Records cleaned as a hand-over does it, the originals spread over two collectors.
struct Done {
    out: Vec<Value>,
    raw: String,
    cleaning: Cleaning,
}

fn hand_over(records: &[Value], removed: Categories, times: Times) -> Done {
    let mut parts = [Collector::default(), Collector::default()];
    let texts: Vec<String> = records.iter().map(Value::to_string).collect();
    for (at, text) in texts.iter().enumerate() {
        let document = Document::parse(text.as_bytes()).unwrap();
        parts[at % 2].record(&document, &leaks(&document));
    }
    let originals: Originals = merge(parts.into_iter().map(Collector::finish).collect());
    let cleaning = Cleaning { key: [7; 32], removed, times, days: -100, originals, ..Cleaning::default() };
    let mut cleaner = Cleaner::new(cleaning.clone()).unwrap();
    let mut out = Vec::new();
    let mut raw = String::new();
    for text in &texts {
        let document = Document::parse(text.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        cleaner.record(text.as_bytes(), &document, &leaks(&document), &mut bytes);
        raw.push_str(std::str::from_utf8(&bytes).unwrap());
        raw.push('\n');
        out.push(serde_json::from_slice(&bytes).unwrap());
    }
    Done { out, raw, cleaning }
}

fn all(records: &[Value]) -> Done {
    hand_over(records, Categories::default(), Times::Kept)
}

impl Done {
    fn found(&self) -> Vec<String> {
        let cleaner = Cleaner::new(self.cleaning.clone()).unwrap();
        let mut check = Check::new(&cleaner, &self.cleaning.originals.ids);
        self.raw.lines().for_each(|line| check.record(line.as_bytes()));
        check.found.into_iter().map(|found| found.value).collect()
    }
}

/// The same shape: kinds, lengths of lists, and as many keys.
fn same_structure(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len() && one.values().zip(other.values()).all(|(a, b)| same_structure(a, b))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| same_structure(a, b))
        }
        (Value::String(_), Value::String(_)) => true,
        (one, other) => one == other || one.is_number() && other.is_number(),
    }
}

/// A record with a value in its own place, and in every place where it may also turn up.
fn record(key: &str, value: &str, n: usize) -> Value {
    let policy = json!({"Statement": [{"Principal": value, "Sid": format!("for {value}")}]}).to_string();
    json!({
        "eventVersion": "1.11", "eventSource": "iam.amazonaws.com", "eventName": "CreateUser", "awsRegion": "us-east-1",
        "eventTime": "2023-07-09T22:23:46Z", "eventID": format!("{n:08x}-1111-4222-8333-444444444444"),
        "userIdentity": {"type": "IAMUser", key: value},
        "requestParameters": {
            key: value, "list": [value, {"x": value}], value: 1, "policyDocument": policy,
            "encoded": percent_encoded(&format!("{{\"a\":\"{value}\"}}"), ""),
            "wrapped": base64(format!("the value is {value}.").as_bytes()),
        },
        "errorMessage": format!("User: {value} is not authorized; \"{value}\", ({value})"),
        "errorCode": "AccessDenied",
    })
}

fn check_category(key: &str, one: &str, other: &str) -> Result<(), TestCaseError> {
    let records = [record(key, one, 1), record(key, one, 2), record(key, other, 3)];
    let done = all(&records);
    for original in [one, other] {
        prop_assert!(!done.raw.contains(original), "{original} in {}", done.raw);
        prop_assert!(
            !done.raw.contains(&percent_encoded(original, "")),
            "{original} encoded in {}",
            done.raw
        );
        for lead in 0..3 {
            let padded = base64(format!("{}{original}", "x".repeat(lead)).as_bytes());
            let inside = &padded[lead.div_ceil(1) * 4 / 3 + 1..padded.len() - 4];
            prop_assert!(
                inside.len() < 9 || !done.raw.contains(inside),
                "{original} as {inside} in {}",
                done.raw
            );
        }
    }
    prop_assert_eq!(done.found(), Vec::<String>::new());
    for (before, after) in records.iter().zip(&done.out) {
        prop_assert!(same_structure(before, after), "{before} {after}");
        for kept in ["eventSource", "eventName", "awsRegion", "errorCode", "eventVersion", "eventTime"] {
            prop_assert_eq!(&before[kept], &after[kept]);
        }
    }
    // The same value is the same everywhere, another value is another.
    let name = |at: usize| done.out[at]["userIdentity"][key].as_str().unwrap();
    prop_assert_eq!(name(0), name(1));
    prop_assert_eq!(one == other, name(0) == name(2));
    let of_first = &done.out[0]["requestParameters"];
    prop_assert_eq!(&of_first[key], name(0));
    prop_assert_eq!(&of_first["list"][0], name(0));
    prop_assert!(of_first["policyDocument"].as_str().unwrap().contains(name(0)));
    prop_assert!(done.out[0]["errorMessage"].as_str().unwrap().matches(name(0)).count() == 3);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn account_ids(one in "[0-9]{12}", other in "[0-9]{12}") {
        check_category("accountId", &one, &other)?;
        let done = all(&[record("accountId", &one, 1)]);
        let id = done.out[0]["userIdentity"]["accountId"].as_str().unwrap();
        prop_assert!(id.len() == 12 && id.bytes().all(|b| b.is_ascii_digit()) && !id.starts_with('0'));
    }

    #[test]
    fn access_key_ids(one in "(AKIA|ASIA)[A-Z2-7]{16}", other in "ASIA[A-Z2-7]{16}") {
        check_category("accessKeyId", &one, &other)?;
        let done = all(&[record("accessKeyId", &one, 1)]);
        let id = done.out[0]["userIdentity"]["accessKeyId"].as_str().unwrap();
        prop_assert_eq!((&id[..4], id.len()), (&one[..4], one.len()));
    }

    #[test]
    fn principals(one in "[a-zA-Z][a-zA-Z0-9._-]{6,20}[0-9]", other in "[A-Z][a-z]{7,12}[.][a-z]{5}") {
        check_category("userName", &one, &other)?;
    }

    #[test]
    fn session_names(one in "[a-z]{6,9}-[0-9]{3}", other in "[a-z]{9}_[a-z]{9}") {
        check_category("roleSessionName", &one, &other)?;
    }

    #[test]
    fn addresses(one in any::<u32>(), other in any::<u32>()) {
        let address = |bits: u32| std::net::Ipv4Addr::from(bits | 0x0100_0001);
        let (one, other) = (address(one), address(other));
        prop_assume!(!one.is_loopback() && !other.is_loopback() && !one.is_link_local() && !other.is_link_local());
        check_category("sourceIPAddress", &one.to_string(), &other.to_string())?;
        let done = all(&[record("sourceIPAddress", &one.to_string(), 1)]);
        let new: std::net::Ipv4Addr =
            done.out[0]["userIdentity"]["sourceIPAddress"].as_str().unwrap().parse().unwrap();
        prop_assert_eq!(new.is_private(), one.is_private());
    }

    #[test]
    fn addresses_of_version_6(one in any::<u128>(), other in any::<u128>()) {
        let address = |bits: u128| std::net::Ipv6Addr::from(bits | 0x2000_0000_0000_0000_0000_0000_0000_0001).to_string();
        check_category("sourceIPAddress", &address(one), &address(other))?;
        let done = all(&[record("sourceIPAddress", &address(one), 1)]);
        prop_assert!(done.out[0]["userIdentity"]["sourceIPAddress"].as_str().unwrap().parse::<std::net::Ipv6Addr>().is_ok());
    }

    #[test]
    fn host_names(one in "[a-z]{6,9}[.][a-z]{4,9}[.]corp", other in "db[0-9]{4}[.][a-z]{5,9}[.]example[.]net") {
        check_category("hostName", &one, &other)?;
    }

    #[test]
    fn emails(one in "[a-z]{5,9}[.][a-z]{5,9}@[a-z]{5,9}[.]com", other in "[a-z]{6}[+][0-9]{2}@mail[.][a-z]{6}[.]org") {
        check_category("userName", &one, &other)?;
        prop_assert!(all(&[record("email", &one, 1)]).out[0]["userIdentity"]["email"].as_str().unwrap().contains('@'));
    }

    #[test]
    fn resource_names(one in "[a-z]{4,9}-[a-z0-9]{5,12}", other in "i-[0-9a-f]{17}") {
        check_category("bucketName", &one, &other)?;
    }

    #[test]
    fn ids(one in "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", other in "[0-9A-F]{8}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{4}-[0-9A-F]{12}") {
        check_category("requestID", &one, &other)?;
        let done = all(&[record("requestID", &one, 1)]);
        prop_assert_eq!(done.out[0]["userIdentity"]["requestID"].as_str().unwrap().len(), 36);
    }

    #[test]
    fn any_record_stays_json_with_the_same_structure(texts in prop::collection::vec(any::<String>(), 6), times in 0..3) {
        let times = [Times::Kept, Times::Shifted, Times::Coarsened][times as usize];
        let record = json!({
            "eventSource": texts[0], "userIdentity": {"userName": texts[1], "arn": texts[2], "principalId": texts[0]},
            "requestParameters": {"bucketName": texts[3], "key": texts[5], "note": texts[1]}, "errorMessage": texts[4],
            "sourceIPAddress": texts[2], "tags": [{"key": texts[1], "value": texts[4]}],
        });
        let done = hand_over(std::slice::from_ref(&record), Categories::default(), times);
        prop_assert!(same_structure(&record, &done.out[0]), "{} {}", record, done.out[0]);
    }

    #[test]
    fn any_text_has_pieces_in_order(text in "(arn:aws|https://|[a-z0-9:/.@%-]|\\PC){0,40}", hint in 0usize..4) {
        use super::places::Hint;
        let hint = [Hint::None, Hint::PrincipalId, Hint::ObjectKey, Hint::Is(Category::Resource)][hint];
        let mut at = 0;
        for piece in super::shapes::pieces(&text, hint) {
            prop_assert!(piece.start >= at && piece.end >= piece.start && text.get(piece.start..piece.end).is_some(), "{:?}", piece);
            at = piece.end;
        }
        prop_assert!(at <= text.len());
    }
}

fn cleaned(records: &[Value]) -> Vec<String> {
    all(records).out.iter().map(Value::to_string).collect()
}

#[test]
fn an_arn_keeps_its_form_and_each_part_its_place() {
    let done = all(&[json!({"userIdentity": {
        "arn": "arn:aws:sts::123456789012:assumed-role/deploy-prod/alice.smith", "accountId": "123456789012",
        "sessionContext": {"sessionIssuer": {"arn": "arn:aws:iam::123456789012:role/deploy-prod", "userName": "deploy-prod"}},
        "principalId": "AROAIOSFODNN7EXAMPLE:alice.smith"},
        "resources": [{"ARN": "arn:aws:iam::aws:policy/AdministratorAccess"}, {"ARN": "arn:aws:s3:::acme-logs/2023/alice.smith.txt"}],
        "requestParameters": {"queueUrl": "https://sqs.us-east-2.amazonaws.com/123456789012/orders.fifo",
            "host": "acme-logs.s3.us-east-1.amazonaws.com", "roleSessionName": "alice.smith"}})]);
    let out = &done.out[0];
    let account = out["userIdentity"]["accountId"].as_str().unwrap();
    let role = out["userIdentity"]["sessionContext"]["sessionIssuer"]["userName"].as_str().unwrap();
    let session = out["requestParameters"]["roleSessionName"].as_str().unwrap();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    assert_eq!(
        text(&out["userIdentity"]["arn"]),
        format!("arn:aws:sts::{account}:assumed-role/{role}/{session}")
    );
    assert_eq!(
        text(&out["userIdentity"]["sessionContext"]["sessionIssuer"]["arn"]),
        format!("arn:aws:iam::{account}:role/{role}")
    );
    assert!(text(&out["userIdentity"]["principalId"]).ends_with(&format!(":{session}")));
    assert_eq!(text(&out["resources"][0]["ARN"]), "arn:aws:iam::aws:policy/AdministratorAccess");
    let queue = text(&out["requestParameters"]["queueUrl"]);
    assert!(
        queue.starts_with(&format!("https://sqs.us-east-2.amazonaws.com/{account}/"))
            && queue.ends_with(".fifo"),
        "{queue}"
    );
    let host = text(&out["requestParameters"]["host"]);
    let bucket = host.strip_suffix(".s3.us-east-1.amazonaws.com").unwrap();
    assert!(text(&out["resources"][1]["ARN"]).starts_with(&format!("arn:aws:s3:::{bucket}/")), "{out}");
    assert_eq!(done.found(), Vec::<String>::new());
}

#[test]
fn what_aws_wrote_stays() {
    let record = json!({
        "eventSource": "mq.amazonaws.com", "eventName": "CreateBroker", "awsRegion": "us-west-2", "errorCode": "Client.UnauthorizedOperation",
        "userAgent": "signin.amazonaws.com", "sourceIPAddress": "AWS Internal", "eventType": "AwsApiCall",
        "userIdentity": {"type": "AWSService", "invokedBy": "config.amazonaws.com"},
        "requestParameters": {"password": "***", "users": "HIDDEN_DUE_TO_SECURITY_REASONS", "engineType": "ActiveMQ", "cidrIp": "0.0.0.0/0",
            "policyArn": "arn:aws:iam::aws:policy/ReadOnlyAccess", "maxResults": 100, "n": 1.50, "x": null, "keyId": "alias/aws/ssm"},
    });
    assert_eq!(cleaned(std::slice::from_ref(&record)), [record.to_string()]);
}

#[test]
fn secrets_are_always_removed() {
    let record = json!({"requestParameters": {"masterUserPassword": "Wint3r-2018!", "nested": {"secret": {"value": "hunter2-hunter2"}},
        "policy": "{\"password\":\"inner-secret-7\"}", "token": "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.abc"},
        "responseElements": {"credentials": {"sessionToken": "FwoGZXIvYXdzEXAMPLE1234567890", "secretAccessKey": "wJalrXUtnFEMI/K7MDENG"}},
        "errorMessage": "password Wint3r-2018! is wrong"});
    let done = hand_over(&[record], Categories(0), Times::Kept);
    for secret in ["Wint3r", "hunter2", "inner-secret-7", "eyJ", "FwoG", "wJalr"] {
        assert!(!done.raw.contains(secret), "{secret} in {}", done.raw);
    }
    assert!(done.found().is_empty());
}

#[test]
fn what_is_chosen_to_stay_stays() {
    let record = record("userName", "alice-77", 1);
    let done = hand_over(std::slice::from_ref(&record), Categories(0), Times::Kept);
    assert_eq!(done.out[0], record);
    let accounts = json!({"requestParameters": {"bucketName": "logs-123456789012-eu"}, "recipientAccountId": "123456789012"});
    let done = hand_over(&[accounts], Categories(Category::Account.bit()), Times::Kept);
    assert!(
        done.raw.contains("logs-") && done.raw.contains("-eu") && !done.raw.contains("123456789012"),
        "{}",
        done.raw
    );
}

#[test]
fn a_left_original_is_found_in_every_form() {
    let records = [record("userName", "alice-7788", 1)];
    let done = all(&records);
    let cleaner = Cleaner::new(done.cleaning.clone()).unwrap();
    for (text, form) in [
        (json!({"a": "by alice-7788"}).to_string(), "plain"),
        (r#"{"a":"\u0061lice-7788"}"#.to_owned(), "plain"),
        (json!({"a": "user%3Aalice%2D7788"}).to_string(), "URL-encoded"),
        (json!({"a": base64(b"it was alice-7788")}).to_string(), "base64"),
        (json!({"a": "{\"b\":\"alice-7788\"}"}).to_string(), "plain"),
    ] {
        let mut check = Check::new(&cleaner, &done.cleaning.originals.ids);
        check.record(text.as_bytes());
        assert_eq!(check.found.first().map(|found| found.form.as_str()), Some(form), "{text}");
    }
    let mut check = Check::new(&cleaner, &done.cleaning.originals.ids);
    check.record(br#"{"eventID":"00000001-1111-4222-8333-444444444444"}"#);
    assert_eq!(check.found.len(), 1);
}

#[test]
fn hostile_lengths_stay_linear() {
    let long = "a-".repeat(300_000);
    let record = json!({"errorMessage": long, "userAgent": "1.2.3.4.".repeat(40_000), "userIdentity": {"userName": "a-a-a-a-a-a-a-a-a-a-b"},
        "requestParameters": {"x": "@".repeat(200_000), "y": "::".repeat(100_000), "arn": "arn:aws:".repeat(50_000), "z": "%41".repeat(50_000)}});
    let begun = std::time::Instant::now();
    all(&[record]);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

/// Where originals have been seen to hide. `alice-7788`, `bob`, `acme-logs` and the account are known
/// from their own places.
#[test]
fn nothing_survives_in_odd_places() {
    let known = json!({"userIdentity": {"userName": "alice-7788", "accountId": "210987654321", "principalId": "bob",
        "arn": "arn:aws:iam::210987654321:user/alice-7788", "accessKeyId": "AKIAIOSFODNN7EXAMPLE"},
        "sourceIPAddress": "203.0.113.77", "requestParameters": {"bucketName": "acme-logs"}});
    let basic = format!("Basic {}", base64(b"alice-7788:nothing to see"));
    let places = [
        json!({"target": "bob"}),
        json!({"list": ["bob", {"x": "bob"}]}),
        json!({"tags": {"bob": "1"}}),
        json!({"a": {"alice-7788": {"210987654321": "arn:aws:s3:::acme-logs/x"}}}),
        json!({"header": basic}),
        json!({"text": format!("data={}; and more", base64(b"{\"user\":\"alice-7788\"}"))}),
        json!({"latin": "caf%E9 alice%2D7788 acme%2dlogs"}),
        json!({"twice": "alice%252D7788%2526acme%252Dlogs"}),
        json!({"owner_number": 210_987_654_321_u64, "list": [210_987_654_321_u64]}),
        json!({"policy": json!({"inner": json!({"Principal": {"AWS": "arn:aws:iam::210987654321:user/alice-7788"}}).to_string()}).to_string()}),
        json!({"message": "Policy {\\\"AWS\\\":\\\"alice-7788\\\"} on \\\\acme-logs\\u0000acme-logs"}),
        json!({"userAgent": "[S3Console/0.4 alice-7788@203.0.113.77 acme-logs]"}),
        json!({"url": "https://acme-logs.s3.amazonaws.com/?X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20230709&user=alice-7788"}),
        json!({"key%3A": 1, "user%2Falice%2D7788": 2}),
        json!({"glued": "xalice-7788x acct210987654321 logs_acme-logs_203.0.113.77:443"}),
        json!({"originalEventID": "alice-7788", "macAddress": "bob"}),
    ];
    let mut records = vec![known];
    records.extend(places.iter().map(|place| json!({"requestParameters": place})));
    let done = all(&records);
    let plain = super::encoded::inner; // What a reader could decode.
    for (before, after) in records.iter().zip(done.raw.lines()) {
        let mut texts = vec![after.to_owned(), after.replace("\\\\", "\\"), after.replace('\\', "")];
        for word in after.split(|c: char| !c.is_ascii_alphanumeric() && !"+/=%-_".contains(c)) {
            let mut word = word.to_owned();
            while let Some(super::encoded::Inner::Percent(text) | super::encoded::Inner::Base64(text)) =
                plain(&word)
            {
                texts.push(text.clone());
                word = text;
            }
        }
        for original in
            ["alice-7788", "210987654321", "acme-logs", "AKIAIOSFODNN7EXAMPLE", "203.0.113.77", "\"bob\""]
        {
            assert!(!texts.iter().any(|text| text.contains(original)), "{original}: {before} became {after}");
        }
    }
    assert_eq!(done.found(), Vec::<String>::new());
}

#[test]
fn hardware_keys_and_phones_are_names_too() {
    let record = json!({"responseElements": {"macAddress": "12:c4:b6:95:a1:71", "note": "of 12:c4:b6:95:a1:71"},
        "requestParameters": {"sSHPublicKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOtAlK45MAEWZ7MU me@laptop",
            "x509CertificateData": "-----BEGIN CERTIFICATE-----\nMIIE3zCCAsegAwIBAgIJAOZLUn/n7YvYMA0GCSqGSI\n-----END CERTIFICATE-----",
            "phoneNumber": "+14155550123", "instanceId": "i-eA1d1296c1dE3Aa1f",
            "grantRead": "id=79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}});
    let done = all(std::slice::from_ref(&record));
    for original in ["12:c4", "me@laptop", "MIIE3z", "4155550123", "i-eA1d", "79a59d"] {
        assert!(!done.raw.contains(original), "{original} in {}", done.raw);
    }
    let mac = done.out[0]["responseElements"]["macAddress"].as_str().unwrap();
    assert_eq!((mac.len(), mac.matches(':').count()), (17, 5));
    assert_eq!(done.out[0]["responseElements"]["note"], format!("of {mac}"));
}

#[test]
fn words_of_aws_stay_where_they_are_names_of_something() {
    let record = json!({
        "eventName": "DescribeInstances",
        "requestParameters": {
            "filterSet": {"items": [{"name": "instance-state-name", "valueSet": {"items": [{"value": "running"}, {"value": "pending"}]}},
                {"name": "tag:Team", "valueSet": {"items": [{"value": "x86_64"}]}}]},
            "filters": [{"key": "InstanceIds", "values": []}, {"name": "vpc-id"}],
            "parameterFilters": [{"key": "Name", "option": "Equals"}],
            "ownersSet": {"items": [{"owner": "amazon"}, {"owner": "self"}]},
            "featureName": "s3Import", "dBParameterGroupName": "default.mysql8.0", "optionGroupName": "default:mysql-8-0",
            "cACertificateIdentifier": "rds-ca-2019", "deviceName": "/dev/xvda", "modelId": "anthropic.claude-3-sonnet-20240229-v1:0",
            "availabilityZoneId": "use1-az2", "domain": "vpc", "groupName": "default",
            "Tagging": {"xmlns": "http://s3.amazonaws.com/doc/2006-03-01/"},
            "Grantee": {"xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance", "URI": "http://acs.amazonaws.com/groups/global/AllUsers"},
        },
        "responseElements": {"instancesSet": {"items": [{"currentState": {"code": 16, "name": "stopping"}, "instanceState": {"name": "shutting-down"}}]}},
    });
    // Somebody may be called like a word: he is replaced, the words are not.
    let called = json!({"userIdentity": {"userName": "running"}, "requestParameters": {"bucketName": "email", "email": "****"}});
    let out = cleaned(&[record.clone(), called]);
    assert_eq!(out[0], record.to_string());
    let called: Value = serde_json::from_str(&out[1]).unwrap();
    assert!(called["userIdentity"]["userName"].as_str().unwrap().starts_with("user-"));
    assert!(called["requestParameters"]["bucketName"].as_str().unwrap().starts_with("name-"));
    assert_eq!(called["requestParameters"]["email"], "****");
    // What a filter asks for may be anybody's.
    let asked = json!({"requestParameters": {"filterSet": {"items": [{"name": "tag:Name", "valueSet": {"items": [{"value": "acme-web-7"}]}}]}}});
    assert!(!cleaned(&[asked])[0].contains("acme-web-7"));
}

#[test]
fn short_ids_do_not_meet() {
    let records: Vec<Value> =
        (10..99).map(|n| json!({"eventID": n.to_string(), "requestID": "x1"})).collect();
    let mut ids: Vec<String> = all(&records).out.iter().map(|record| record["eventID"].to_string()).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), records.len());
}

#[test]
fn single_values_can_stay() {
    let records = [record("userName", "alice-7788", 1), record("userName", "carol-9900", 2)];
    let mut done = all(&records);
    done.cleaning.kept = vec!["00000001-1111-4222-8333-444444444444".into(), "alice-7788".into()];
    let mut cleaner = Cleaner::new(done.cleaning.clone()).unwrap();
    done.raw.clear();
    for record in &records {
        let text = record.to_string();
        let document = Document::parse(text.as_bytes()).unwrap();
        let mut bytes = Vec::new();
        cleaner.record(text.as_bytes(), &document, &[], &mut bytes);
        done.raw.push_str(std::str::from_utf8(&bytes).unwrap());
        done.raw.push('\n');
    }
    // Kept wherever it stands; everything else still goes, and nothing is complained of.
    let first: Value = serde_json::from_str(done.raw.lines().next().unwrap()).unwrap();
    for place in ["eventID", "userIdentity", "errorMessage"] {
        assert_eq!(first[place], records[0][place]);
    }
    assert!(!done.raw.contains("carol-9900"));
    assert_eq!(done.found(), Vec::<String>::new());
}

#[test]
fn a_text_is_cleaned_cell_by_cell() {
    let known = json!({"resourceName": "s3", "userIdentity": {"userName": "admin", "principalId": "bob", "arn": "arn:aws:iam::210987654321:user/alice-7788"}});
    let done = all(&[known]);
    let mut cleaner = Cleaner::new(done.cleaning).unwrap();
    let text =
        cleaner.text("\u{2}admin\nadmin\tbob\t50% of alice-7788\nuser:bob in 210987654321/a%20b\tan admin\ts3.amazonaws.com\ts3\n");
    let cells: Vec<&str> = text.split(['\t', '\n']).collect();
    assert!(cells[1].starts_with("user-") && cells[2].starts_with("user-"), "{text:?}");
    assert!(cells[3].starts_with("50% of user-"), "{text:?}");
    assert!(
        cells[4].starts_with("user:user-") && !text.contains("210987654321") && !text.contains("bob"),
        "{text:?}"
    );
    // In the middle of a text it is a word like others.
    assert_eq!(cells[5], "an admin");
    assert_eq!(cells[6], "s3.amazonaws.com");
    assert!(cells[7].starts_with("name-"));
}
