//! The scanner against the random-access reader and against serde_json: on real records, and on
//! anything else.

use std::path::{Path, PathBuf};

use proptest::prelude::*;

use super::*;
use crate::event::Raw;
use crate::json::{Document, Kind, Value};

/// The fields of a whole record.
fn fields(text: &[u8]) -> RecordFields<'_> {
    match scan_record(text) {
        Scan::Record { fields, .. } => fields,
        other => panic!("{other:?} of {}", String::from_utf8_lossy(text)),
    }
}

/// The fields by their paths, decoded: what the scanner says…
fn scanned(text: &[u8]) -> Vec<(&'static str, Option<String>)> {
    let f = fields(text);
    let i = f.identity;
    [
        ("eventTime", f.event_time),
        ("eventVersion", f.event_version),
        ("eventSource", f.event_source),
        ("eventName", f.event_name),
        ("awsRegion", f.aws_region),
        ("sourceIPAddress", f.source_ip),
        ("errorCode", f.error_code),
        ("errorMessage", f.error_message),
        ("eventID", f.event_id),
        ("sharedEventID", f.shared_event_id),
        ("requestID", f.request_id),
        ("eventType", f.event_type),
        ("eventCategory", f.event_category),
        ("recipientAccountId", f.recipient_account),
        ("readOnly", f.read_only),
        ("managementEvent", f.management_event),
        ("userIdentity.type", i.identity_type),
        ("userIdentity.userName", i.user_name),
        ("userIdentity.arn", i.arn),
        ("userIdentity.accountId", i.account_id),
        ("userIdentity.accessKeyId", i.access_key_id),
        ("userIdentity.principalId", i.principal_id),
        ("userIdentity.invokedBy", i.invoked_by),
        ("userIdentity.sessionContext.sessionIssuer.type", i.issuer_type),
        ("userIdentity.sessionContext.sessionIssuer.userName", i.issuer_user_name),
        ("userIdentity.sessionContext.sessionIssuer.arn", i.issuer_arn),
        ("userIdentity.sessionContext.attributes.mfaAuthenticated", i.mfa_authenticated),
        ("userIdentity.sessionContext.attributes.creationDate", i.creation_date),
        ("userIdentity.sessionContext.sourceIdentity", i.source_identity),
        ("userIdentity.sessionContext.signInSessionArn", i.sign_in_session),
        ("userIdentity.onBehalfOf.userId", i.on_behalf_of),
        ("requestParameters.roleSessionName", f.role_session),
        ("requestParameters.targetPrincipal", f.target_principal),
        ("additionalEventData.MFAUsed", f.mfa_used),
        ("additionalEventData.SwitchFrom", f.switched_from),
        ("responseElements.ConsoleLogin", f.console_login),
    ]
    .into_iter()
    .map(|(path, raw)| (path, raw.map(|raw| raw.text().into_owned())))
    .collect()
}

/// …and what stands there.
fn looked_up(text: &[u8]) -> Vec<(&'static str, Option<String>)> {
    let document = Document::parse(text).unwrap();
    let at = |path: &str| {
        let keys: Vec<&str> = path.split('.').collect();
        document.root().text_at(&keys).map(|text| text.into_owned())
    };
    scanned(text).into_iter().map(|(path, _)| (path, at(path))).collect()
}

/// Whether any key or string of the record is suspicious, asked one by one.
fn any_suspicious(text: &[u8]) -> bool {
    fn walk(value: Value<'_>) -> bool {
        let own = value.kind() == Kind::String && crate::redaction::suspicious(value.source());
        own || value.children().any(|child| {
            crate::redaction::suspicious(child.key().as_bytes()) || child.key() == "omitted" || walk(child)
        })
    }
    walk(Document::parse(text).unwrap().root())
}

fn fixtures(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { fixtures(&path) } else { vec![path] }).collect()
}

/// The source texts of all records in the fixtures, found by the random-access reader.
fn fixture_records() -> Vec<Vec<u8>> {
    let mut records = Vec::new();
    for path in fixtures(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")) {
        let text = std::fs::read(&path).unwrap();
        let Ok(document) = Document::parse(&text) else { continue };
        let root = document.root();
        let list = root.get("Records").unwrap_or(root);
        records.extend(
            list.children().filter(|value| value.kind() == Kind::Object).map(|v| v.source().to_vec()),
        );
    }
    assert!(records.len() > 60, "only {} records", records.len());
    records
}

#[test]
fn agrees_with_the_document_on_every_fixture_record() {
    for record in fixture_records() {
        assert_eq!(scanned(&record), looked_up(&record));
        assert_eq!(fields(&record).suspicious, any_suspicious(&record));
        let padded = [record.as_slice(), b" , {"].concat();
        assert!(matches!(scan_record(&padded), Scan::Record { len, .. } if len == record.len()));
    }
}

#[test]
fn every_cut_of_a_record_is_cut_and_every_broken_byte_is_found() {
    let record = fixture_records().into_iter().min_by_key(Vec::len).unwrap();
    for end in 0..record.len() {
        assert_eq!(scan_record(&record[..end]), Scan::Cut, "cut at {end}");
        let mut broken = record.clone();
        broken[end] = 0x01;
        assert_eq!(scan_record(&broken), Scan::Malformed { at: end }, "control character at {end}");
    }
}

#[test]
fn reads_derived_fields() {
    // What of it, the record, the value.
    type Get = for<'a> fn(&RecordFields<'a>) -> Option<Raw<'a>>;
    let arn: Get = |f| f.resource_arn;
    let hint: Get = |f| f.resource_hint;
    let message: Get = |f| f.response_message;
    let agent: Get = |f| f.user_agent;
    let key: Get = |f| f.issued_key;
    let session: Get = |f| f.issued_arn;
    let role: Get = |f| f.role_arn;
    for (get, record, value) in [
        (
            key,
            r#"{"responseElements":{"credentials":{"sessionToken":"t","accessKeyId":"ASIA1"}}}"#,
            Some("ASIA1"),
        ),
        (key, r#"{"responseElements":{"accessKey":{"userName":"u","accessKeyId":"AKIA1"}}}"#, Some("AKIA1")),
        (key, r#"{"responseElements":{"accessKey":"x","credentials":null}}"#, None),
        (key, r#"{"responseElements":{"credentials":{"accessKeyId":"a"}},"responseElements":null}"#, None),
        (session, r#"{"responseElements":{"assumedRoleUser":{"assumedRoleId":"i","arn":"a"}}}"#, Some("a")),
        (session, r#"{"responseElements":{"federatedUser":{"arn":"f"}}}"#, Some("f")),
        (role, r#"{"requestParameters":{"queueUrl":"q","roleArn":"r","name":"n"}}"#, Some("r")),
        (hint, r#"{"requestParameters":{"queueUrl":"q","roleArn":"r","name":"n"}}"#, Some("q")),
        (hint, r#"{"requestParameters":{"name":"n","roleArn":"r","roleSessionName":"s"}}"#, Some("r")),
        (arn, r#"{"resources":[{"type":"t"},{"ARN":"a1"},{"ARN":"a2"}]}"#, Some("a1")),
        (arn, r#"{"resources":[{"ARNPrefix":"p1"},{"ARNPrefix":"p2"},{"ARN":"a"}]}"#, Some("a")),
        (arn, r#"{"resources":[{"ARNPrefix":"p1"},{"ARNPrefix":"p2"}]}"#, Some("p1")),
        (arn, r#"{"resources":[{"ARN":"a"}],"resources":null}"#, None),
        (arn, r#"{"resources":{"ARN":"a"}}"#, None),
        (arn, r#"{"resources":[["x"],3,{"ARN":null},{"ARN":"b"}]}"#, Some("b")),
        (hint, r#"{"requestParameters":{"name":"n","queueUrl":"q","userName":"u"}}"#, Some("q")),
        (hint, r#"{"requestParameters":{"BrokerId":"b","id":"i"}}"#, Some("b")),
        (hint, r#"{"requestParameters":{"bucketName":"","name":"n"}}"#, Some("n")),
        (hint, r#"{"requestParameters":{"queueUrl":{"x":1},"name":7}}"#, Some("7")),
        (
            hint,
            r#"{"requestParameters":{"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}}}"#,
            Some("i-1"),
        ),
        (hint, r#"{"requestParameters":{"instancesSet":{"items":[]},"id":"x"}}"#, Some("x")),
        (hint, r#"{"requestParameters":{"instancesSet":null}}"#, None),
        (hint, r#"{"requestParameters":"{\"queueUrl\":\"q\"}"}"#, None),
        (hint, r#"{"requestParameters":{"queueUrl":"q"},"requestParameters":{}}"#, None),
        (message, r#"{"responseElements":{"message":"a","errorMessage":"b","Message":"c"}}"#, Some("b")),
        (message, r#"{"responseElements":{"message":"a","Message":"c"}}"#, Some("c")),
        (message, r#"{"responseElements":"no"}"#, None),
        (agent, r#"{"userAgent":["a", "b"]}"#, Some(r#"["a", "b"]"#)),
        (agent, r#"{"userAgent":"a"}"#, Some("a")),
        (agent, r#"{"userAgent":null}"#, None),
    ] {
        let fields = fields(record.as_bytes());
        assert_eq!(get(&fields).map(|raw| raw.text().into_owned()).as_deref(), value, "{record}");
    }
}

#[test]
fn the_last_of_duplicate_keys_counts_and_escaped_keys_are_keys() {
    for record in [
        r#"{"eventName":"a","eventName":"b","eventName":null}"#,
        r#"{"event\u004eame":"a","readOnly":true,"readOnly":"false"}"#,
        r#"{"userIdentity":{"type":"Root","arn":"x"},"userIdentity":{"type":"IAMUser"}}"#,
        r#"{"userIdentity":{"sessionContext":{"sourceIdentity":"s","sessionIssuer":{"arn":"a"}},"sessionContext":1}}"#,
        r#"{"userIdentity":{"sessionContext":{"sessionIssuer":{"arn":"a","type":"Role"},"sessionIssuer":{"arn":"b"}}}}"#,
        r#"{"responseElements":{"ConsoleLogin":"Success"},"responseElements":null}"#,
        r#"{"additionalEventData":{"MFAUsed":"Yes","MFAUsed":"No"}}"#,
        r#"{"eventTime":1688941426,"eventName":[1],"awsRegion":{"a":1},"errorCode":"\ud83d"}"#,
    ] {
        assert_eq!(scanned(record.as_bytes()), looked_up(record.as_bytes()), "{record}");
    }
}

#[test]
fn knows_the_shape_of_an_event() {
    for (record, shaped) in [
        (r#"{"eventName":"x"}"#, true),
        (r#"{"eventVersion":"1.08"}"#, true),
        (r#"{"insightDetails":{}}"#, true),
        (r#"{"eventCategory":"Aggregated"}"#, true),
        (r#"{"eventVersion":"2.1","eventSource":"aws:s3","eventName":"ObjectCreated:Put"}"#, false),
        (r#"{"detail":{"eventName":"x"}}"#, false),
        (r#"{"Version":"2012-10-17","Statement":[]}"#, false),
        ("{}", false),
    ] {
        assert_eq!(fields(record.as_bytes()).has_event_shape, shaped, "{record}");
    }
}

#[test]
fn a_hostile_depth_is_only_long() {
    let depth = 300_000;
    for (open, close) in [("[", "]"), (r#"{"a":"#, "}"), (r#"[{"a":"#, "}]")] {
        let record = format!(r#"{{"requestParameters":{}1{}}}"#, open.repeat(depth), close.repeat(depth));
        assert!(matches!(scan_record(record.as_bytes()), Scan::Record { len, .. } if len == record.len()));
        let wrong = record.replacen("1]", "1}", 1).replacen("1}]", "1]]", 1);
        if wrong != record {
            assert!(matches!(scan_record(wrong.as_bytes()), Scan::Malformed { .. }), "{open}");
        }
    }
}

/// Members that the scanner knows, with values it may not expect.
fn any_record() -> impl Strategy<Value = String> {
    let keys = [
        "eventName",
        "eventTime",
        "readOnly",
        "userAgent",
        "userIdentity",
        "sessionContext",
        "sessionIssuer",
        "arn",
        "type",
        "attributes",
        "mfaAuthenticated",
        "resources",
        "ARN",
        "requestParameters",
        "instancesSet",
        "items",
        "responseElements",
        "ConsoleLogin",
        "additionalEventData",
        "MFAUsed",
        "name",
        "event\\u004eame",
        "x",
    ];
    let leaf = prop_oneof![
        prop::sample::select(vec![
            "1",
            "-0.5e+3",
            "true",
            "false",
            "null",
            "\"\"",
            "\"a\\\"b\"",
            "\"\\u003c\"",
            "[]",
            "{}"
        ])
        .prop_map(str::to_owned),
        prop::sample::select(vec![
            "***",
            "a ****",
            "HIDDEN_DUE_TO_SECURITY_REASONS",
            "Value hidden due to security reasons."
        ])
        .prop_map(|marker| format!("\"{marker}\"")),
        prop::sample::select(vec![
            r#"\u003csensitiveDataRemoved\u003e"#,
            r#" <sensitiveDataRemoved>"#,
            r#"{\"a\":\"****\"}"#,
            "host",
            "[1]"
        ])
        .prop_map(|marker| format!("\"{marker}\"")),
        "[a-z*< é]{0,40}".prop_map(|text| format!("\"{text}\"")),
    ];
    let value = leaf.prop_recursive(5, 40, 5, move |inner| {
        let member = (prop::sample::select(keys.to_vec()), inner.clone());
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(|values| format!("[{}]", values.join(" ,"))),
            prop::collection::vec(member, 0..7).prop_map(|members| object(&members)),
        ]
    });
    prop::collection::vec((prop::sample::select(keys.to_vec()), value), 0..8)
        .prop_map(|members| object(&members))
}

fn object(members: &[(&str, String)]) -> String {
    let members: Vec<String> = members.iter().map(|(key, value)| format!("\"{key}\" : {value}")).collect();
    format!("{{{}}}", members.join(",\n"))
}

proptest! {
    #[test]
    fn agrees_with_the_document_on_any_record(record in any_record()) {
        prop_assert_eq!(scanned(record.as_bytes()), looked_up(record.as_bytes()));
        prop_assert_eq!(fields(record.as_bytes()).suspicious, any_suspicious(record.as_bytes()));
        prop_assert!(serde_json::from_str::<serde_json::Value>(&record).is_ok());
    }

    #[test]
    fn the_first_look_misses_nothing(
        start in prop::sample::select(vec!["", " ", "  ", "x", "\\n", "{", "[", "\\u007b"]),
        marker in prop::sample::select(vec!["***", "*\\u002a*", "HIDDEN_DUE_TO_SECURITY_REASONS", "hidden_due_to_security_reasons",
            "Value hidden due to security reasons.", "<sensitiveDataRemoved>", "\\u003csensitiveDataRemoved\\u003e", "plain"]),
        end in "[a-z* ]{0,4}",
    ) {
        let body = format!("{start}{marker}{end}");
        let record = format!(r#"{{"a":["{body}"]}}"#);
        prop_assert_eq!(fields(record.as_bytes()).suspicious, crate::redaction::suspicious(body.as_bytes()), "{}", body);
    }

    #[test]
    fn stops_where_the_document_stops(record in any_record(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut text = record.into_bytes();
        let at = 1 + at.index(text.len() - 1);
        text[at] = byte;
        let expected = match Document::parse_prefix(&text) {
            Ok((_, len)) => (Some(len), None),
            Err(error) if error.cut => (None, None),
            Err(error) => (None, Some(error.at)),
        };
        let found = match scan_record(&text) {
            Scan::Record { len, .. } => (Some(len), None),
            Scan::Cut => (None, None),
            Scan::Malformed { at } => (None, Some(at)),
        };
        prop_assert_eq!(found, expected);
    }

    #[test]
    fn accepts_just_what_serde_json_accepts(inside in "[\\[\\]{},:\"\\\\a-f0-9.eE+\\- tnulrs]{0,24}") {
        let text = format!("{{{inside}}}");
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        // serde_json refuses numbers that overflow a float; a log may hold them.
        let overflow = theirs.as_ref().is_err_and(|error| error.to_string().contains("out of range"));
        let ours = matches!(scan_record(text.as_bytes()), Scan::Record { len, .. } if len == text.len());
        prop_assert!(overflow || ours == theirs.is_ok(), "{}", text);
    }

    #[test]
    fn no_bytes_hurt(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = scan_record(&bytes);
        let _ = scan_record(&[b"{", bytes.as_slice()].concat());
    }
}
