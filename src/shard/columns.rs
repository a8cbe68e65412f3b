//! The columns of a record: an id for the value of each field.
//!
//! Nearly every value has been seen before. So values are looked up by the bytes that stand in the
//! record; they are decoded first only where a record has escapes in one of them.

use std::borrow::Cow;

use super::actors::Actor;
use crate::event::{FIELDS, Field, Raw, RecordFields};
use crate::sentence::is_read;
use crate::table::{EventTable, Marks};
use crate::{redaction, services};

/// The text of a field that has been decoded: bytes that are no UTF-8 are U+FFFD.
pub fn plain(raw: Raw<'_>) -> Cow<'_, str> {
    // The strict reader is several times faster, and almost every text passes it.
    std::str::from_utf8(raw.0).map_or_else(|_| String::from_utf8_lossy(raw.0), Cow::Borrowed)
}

/// The texts of a record's fields, one after another, if some of them have escapes.
pub fn decoded(fields: &RecordFields<'_>) -> Option<Vec<Option<String>>> {
    let mut fields = *fields;
    let texts = |fields: &mut RecordFields<'_>| {
        fields.texts_mut().map(|field| field.map(|raw| raw.text().into_owned())).to_vec()
    };
    fields.escaped.then(|| texts(&mut fields))
}

/// The fields of a record with [`decoded`] texts in the place of their own.
pub fn with_texts<'a>(fields: &RecordFields<'a>, texts: &'a [Option<String>]) -> RecordFields<'a> {
    let mut fields = *fields;
    for (field, text) in fields.texts_mut().into_iter().zip(texts) {
        *field = text.as_ref().map(|text| Raw(text.as_bytes()));
    }
    fields
}

/// Looks up a value for its column; some records have `"errorCode": ""`: nothing is in it, so nothing is there.
pub fn put(ids: &mut [u32; FIELDS.len()], table: &mut EventTable, field: Field, value: Option<Raw<'_>>) {
    if let Some(Raw(bytes)) = value
        && !bytes.is_empty()
    {
        ids[field as usize] = table.intern(field, bytes);
    }
}

/// The columns of a record, so far.
pub struct Columns {
    /// The id of each field's value, at `field as usize`.
    pub ids: [u32; FIELDS.len()],
    /// What stands out.
    pub marks: Marks,
}

impl Columns {
    /// Those that its fields, which are decoded, and its actor tell.
    pub fn of(fields: &RecordFields<'_>, actor: &Actor, table: &mut EventTable) -> Self {
        let mut ids = [0; FIELDS.len()];
        actor.put(&mut ids);
        for (field, value) in [
            (Field::EventSource, fields.event_source),
            (Field::EventName, fields.event_name),
            (Field::RecipientAccount, fields.recipient_account),
            (Field::Region, fields.aws_region),
            (Field::SourceIp, fields.source_ip),
            (Field::UserAgent, fields.user_agent),
            (Field::ErrorCode, fields.error_code),
            (Field::ReadOnly, fields.read_only),
            (Field::EventCategory, fields.event_category),
            (Field::EventType, fields.event_type),
            (Field::SharedEvent, fields.shared_event_id),
            (Field::SwitchedFrom, fields.switched_from),
            (Field::IssuedArn, fields.issued_arn),
            (Field::IssuedKey, fields.issued_key.filter(|key| !redaction::is_marker(&plain(*key)))),
        ] {
            put(&mut ids, table, field, value);
        }
        let made = |text: &Option<Cow<'_, str>>, field: Field, ids: &mut _, table: &mut _| {
            put(ids, table, field, text.as_deref().map(|text| Raw(text.as_bytes())));
        };
        made(&resource(fields), Field::Resource, &mut ids, table);
        made(&failure(fields), Field::Failure, &mut ids, table);
        let is_data = is_word(fields.event_category, b"Data")
            || (fields.event_category.is_none() && is_word(fields.management_event, b"false"));
        put(&mut ids, table, Field::Access, access(fields, is_data).map(|text| Raw(text.as_bytes())));
        let succeeded = ids[Field::Failure as usize] == 0;
        if succeeded && fields.issued_arn.is_none_or(|arn| arn.0.is_empty()) {
            let session = match fields.switched_from {
                Some(_) => fields.identity.arn.map(plain),
                None => session_asked_for(fields).map(Cow::Owned),
            };
            made(&session, Field::IssuedArn, &mut ids, table);
        }
        let marks = Marks::default()
            .with(Marks::ERROR, ids[Field::Failure as usize] != 0)
            .with(Marks::WRITE, fields.read_only.is_some_and(|word| word.0 == b"false"))
            .with(Marks::ROOT, actor.root)
            .with(Marks::NO_MFA, is_without_mfa(fields));
        Self { ids, marks }
    }

    /// Adds what the registry of services has to say of this record, whose text this is.
    pub fn set_notes(&mut self, text: &[u8], notes: &mut services::Noter, table: &mut EventTable) {
        let value = |field: Field| {
            let id = self.ids[field as usize];
            table.column(field).dictionary.get(id).unwrap_or_default()
        };
        let (source, event) = (value(Field::EventSource), value(Field::EventName));
        if !services::may_tell(source, event) {
            return;
        }
        let told = notes.tell(source, event, self.marks.has(Marks::ERROR), text);
        put(&mut self.ids, table, Field::Notable, Some(Raw(told.notable.as_bytes())));
        put(&mut self.ids, table, Field::Detail, Some(Raw(told.detail.as_bytes())));
    }
}

/// Whether somebody signed in at the console without MFA.
fn is_without_mfa(fields: &RecordFields<'_>) -> bool {
    let kind = fields.identity.identity_type;
    is_word(fields.event_name, b"ConsoleLogin")
        && is_word(fields.console_login, b"Success")
        && !is_word(fields.mfa_used, b"Yes")
        && (is_word(kind, b"IAMUser") || is_word(kind, b"Root"))
}

/// Whether a value is this word, in any case.
fn is_word(raw: Option<Raw<'_>>, word: &[u8]) -> bool {
    raw.is_some_and(|raw| raw.0.eq_ignore_ascii_case(word))
}

/// The session that an `AssumeRole*` opened whose response does not name it, as calls of services
/// often don't: `arn:aws:sts::111122223333:assumed-role/name/session`; of an `AssumeRoot`, whose
/// response never does, the root user of the account it asked for.
fn session_asked_for(fields: &RecordFields<'_>) -> Option<String> {
    let event = fields.event_name?.0;
    if event == b"AssumeRoot" {
        let target = plain(fields.target_principal?);
        if target.starts_with("arn:") {
            return Some(target.into_owned());
        }
        let caller = fields.identity.arn.map(plain).unwrap_or_default();
        let partition = caller.split(':').nth(1).unwrap_or("aws");
        return Some(["arn:", partition, ":iam::", &target, ":root"].concat());
    }
    if !event.starts_with(b"AssumeRole") {
        return None;
    }
    let (role, session) = (plain(fields.role_arn?), plain(fields.role_session?));
    let (partition, rest) = role.strip_prefix("arn:")?.split_once(":iam::")?;
    let (account, path) = rest.split_once(":role/")?;
    let name = path.rsplit('/').next()?;
    let mut arn = String::new();
    for part in ["arn:", partition, ":sts::", account, ":assumed-role/", name, "/", &session] {
        arn.push_str(part);
    }
    Some(arn)
}

/// How a call failed: the code, or the message where there is no code. Some services say it only in
/// the reply, and there it may also be no failure: then the words decide, and name its kind. A batch of
/// which nothing worked failed as its first entry did.
fn failure<'a>(fields: &RecordFields<'a>) -> Option<Cow<'a, str>> {
    let text = |raw: Option<Raw<'a>>| raw.map(plain).filter(|text| !text.is_empty());
    text(fields.error_code)
        .or_else(|| text(fields.error_message))
        .or_else(|| text(fields.response_code))
        .or_else(|| {
            text(fields.response_message).and_then(|text| services::failure_kind(&text)).map(Cow::from)
        })
        .or_else(|| {
            let code = text(fields.batch_code.filter(|_| fields.none_worked))?;
            Some(if code.starts_with('{') { "Failure".into() } else { code })
        })
        .or_else(|| text(fields.console_login).filter(|text| text == "Failure"))
}

/// Whether it reads or writes, and whether it is a data event. Records of old, and those of network
/// activity, do not say `readOnly`; then the name of the call decides. What is no call is neither.
fn access(fields: &RecordFields<'_>, is_data: bool) -> Option<&'static str> {
    let is_call = || {
        fields.event_type.is_none_or(|kind| kind.0.starts_with(b"AwsApi") || kind.0.starts_with(b"AwsVpce"))
    };
    let read = match fields.read_only.filter(|said| !said.0.is_empty()) {
        Some(said) if is_word(Some(said), b"true") => Some(true),
        Some(said) => is_word(Some(said), b"false").then_some(false),
        None => fields.event_name.filter(|_| is_call()).and_then(|name| is_read(&plain(name))),
    };
    match (read, is_data) {
        (Some(true), false) => Some("read"),
        (Some(true), true) => Some("read\u{fdd0}data"),
        (Some(false), false) => Some("write"),
        (Some(false), true) => Some("write\u{fdd0}data"),
        (None, true) => Some("data"),
        (None, false) => None,
    }
}

/// The role that an `AssumeRole*` was denied, whose request is not recorded then: `User: arn:… is not
/// authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/name`, at times with
/// ` because …` behind it.
fn role_denied(fields: &RecordFields<'_>) -> Option<String> {
    fields.event_name.filter(|name| name.0.starts_with(b"AssumeRole"))?;
    let message = plain(fields.error_message?);
    let (_, role) = message.split_once(" on resource: ")?;
    let role = role.split_ascii_whitespace().next().filter(|role| role.contains(":role/"))?;
    Some(role.to_owned())
}

/// What a record is about, by its short name; nothing where AWS hid the name.
fn resource<'a>(fields: &RecordFields<'a>) -> Option<Cow<'a, str>> {
    let mut hints = [fields.resource_hint, fields.reply_hint];
    if fields.reply_rank < fields.hint_rank {
        hints.reverse();
    }
    let mut named = [fields.resource_arn, hints[0], hints[1]].into_iter().flatten().map(plain);
    let usable = named.find(|text| !text.is_empty() && !redaction::is_marker(text));
    let usable = usable.or_else(|| role_denied(fields).map(Cow::Owned))?;
    Some(match usable {
        Cow::Borrowed(text) => services::resource_name(text),
        Cow::Owned(text) => Cow::Owned(services::resource_name(&text).into_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::super::actors::Actors;
    use super::*;
    use crate::event::{Scan, scan_record};

    /// The values of the columns of records in one table, one list for each record.
    fn columns(records: &[String], fields: &[Field]) -> Vec<Vec<Option<String>>> {
        let (mut table, mut actors) = (EventTable::new(7), Actors::default());
        let mut of = |record: &String| {
            let Scan::Record { fields: scanned, .. } = scan_record(record.as_bytes()) else {
                panic!("{record}")
            };
            let texts = decoded(&scanned);
            assert_eq!(texts.is_some(), scanned.escaped);
            let scanned = texts.as_ref().map_or(scanned, |texts| with_texts(&scanned, texts));
            let actor = actors.of(&scanned, 7, &mut table);
            let columns = Columns::of(&scanned, &actor, &mut table);
            let value = |field: &Field| table.column(*field).dictionary.get(columns.ids[*field as usize]);
            fields.iter().map(|field| value(field).map(str::to_owned)).collect()
        };
        records.iter().map(&mut of).collect()
    }

    #[test]
    fn a_call_that_opens_a_session_says_which() {
        let asked = r#""requestParameters":{"roleArn":"arn:aws-cn:iam::111122223333:role/ci/deploy","roleSessionName":"s"}"#;
        let made = Some("arn:aws-cn:sts::111122223333:assumed-role/deploy/s".to_owned());
        for (rest, arn, key) in [
            (r#""eventName":"AssumeRole""#, made.clone(), None),
            (r#""eventName":"AssumeRole","errorCode":"AccessDenied""#, None, None),
            (r#""eventName":"PassRole""#, None, None),
            (
                r#""eventName":"AssumeRole","responseElements":{"assumedRoleUser":{"arn":"a"},"credentials":{"accessKeyId":"ASIA1"}}"#,
                Some("a".to_owned()),
                Some("ASIA1".to_owned()),
            ),
            (
                r#""eventName":"AssumeRole","responseElements":{"credentials":{"accessKeyId":"***"}}"#,
                made,
                None,
            ),
        ] {
            let record = format!("{{{rest},{asked}}}");
            assert_eq!(columns(&[record], &[Field::IssuedArn, Field::IssuedKey]), [[arn, key]], "{rest}");
        }
    }

    #[test]
    fn a_failure_has_a_kind() {
        for (rest, failure) in [
            (r#""errorCode":"E","responseElements":{"Message":"denied"}"#, Some("E")),
            (r#""errorMessage":"Failed authentication""#, Some("Failed authentication")),
            (
                r#""responseElements":{"Message":"User: u is not authorized to perform: monitron:DeleteProject on resource: r"}"#,
                Some("AccessDenied"),
            ),
            (
                r#""responseElements":{"message":"ConflictException: it cannot be deleted"}"#,
                Some("ConflictException"),
            ),
            (r#""responseElements":{"message":"The project cannot be deleted"}"#, Some("Failure")),
            (r#""responseElements":{"message":"Created"}"#, None),
            (
                r#""responseElements":{"successful":[],"failed":[{"id":"0","code":"ReceiptHandleIsInvalid"},{"code":"b"}]}"#,
                Some("ReceiptHandleIsInvalid"),
            ),
            (r#""responseElements":{"failed":[{"id":"0"}],"successful":[]}"#, Some("Failure")),
            (r#""responseElements":{"failed":[{"code":"a"}],"successful":[{"id":"0"}]}"#, None),
            (r#""responseElements":{"failed":[{"code":"a"}]}"#, None),
            (r#""responseElements":{"failed":[],"successful":[]}"#, None),
            (r#""responseElements":{"failed":{"code":"a"},"successful":[]}"#, None),
            (r#""responseElements":{"failed":[{"code":"a"}],"successful":[],"failed":null}"#, None),
        ] {
            let record = format!(r#"{{"eventName":"e",{rest}}}"#);
            let found = columns(std::slice::from_ref(&record), &[Field::Failure]);
            assert_eq!(found, [[failure.map(str::to_owned)]], "{rest}");
            // The sentence says the same.
            let document = crate::json::Document::parse(record.as_bytes()).unwrap();
            let words: String =
                crate::sentence::sentence(&document).into_iter().map(|one| one.text).collect();
            assert_eq!(words.contains("tried to"), failure.is_some(), "{words}");
        }
    }

    #[test]
    fn a_role_that_was_denied_is_named_by_the_message() {
        let denied = "User: arn:aws:iam::111122223333:user/bob is not authorized to perform: sts:AssumeRole on \
             resource: arn:aws:iam::111122223333:role/ci/deploy";
        for (event, message, params, expected) in [
            ("AssumeRole", denied, "null", Some("deploy")),
            ("AssumeRole", &[denied, " because no policy allows it"].concat(), "null", Some("deploy")),
            ("AssumeRole", denied, r#"{"roleArn":"arn:aws:iam::111122223333:role/own"}"#, Some("own")),
            ("AssumeRole", "Access denied on resource: ", "null", None),
            ("AssumeRole", "Access denied on resource: *", "null", None),
            ("GetObject", denied, "null", None),
        ] {
            let record = format!(
                r#"{{"eventName":"{event}","eventSource":"sts.amazonaws.com","errorCode":"AccessDenied","errorMessage":"{message}","requestParameters":{params}}}"#
            );
            let found = columns(&[record], &[Field::Resource, Field::IssuedArn]);
            assert_eq!(found, [[expected.map(str::to_owned), None]], "{event} {message}");
        }
    }

    #[test]
    fn escapes_are_decoded_wherever_they_stand() {
        let fields = [
            Field::EventName,
            Field::UserAgent,
            Field::IdentityArn,
            Field::Principal,
            Field::Failure,
            Field::Resource,
        ];
        let expected = ["Get\"Me", "a\\u0041b", "A:user/é", "AWS\\me", "Not\nfound", "b\tc"];
        let record = serde_json::json!({
            "eventName": expected[0], "userAgent": expected[1], "errorMessage": expected[4],
            "userIdentity": { "type": "IAMUser", "arn": expected[2], "userName": expected[3] },
            "requestParameters": { "bucketName": expected[5] },
        });
        let found = columns(&[record.to_string()], &fields);
        assert_eq!(found, [expected.map(|text| Some(text.to_owned()))]);
        // An escape that could have been left out makes no second value.
        let written = |name: &str| format!(r#"{{"eventName":"{name}","awsRegion":"r"}}"#);
        let found = columns(&[written("Get"), written("\\u0047et")], &[Field::EventName, Field::Region]);
        assert_eq!(found[0], found[1]);
    }

    #[test]
    fn an_actor_known_again_is_the_same_actor() {
        let service = r#"{"type":"AWSService"}"#;
        let silent = r#"{"accountId":"111122223333"}"#;
        let role =
            r#"{"type":"AssumedRole","arn":"arn:aws:sts::1:assumed-role/deploy/s","accessKeyId":"ASIA1"}"#;
        let record = |identity: &str, rest: &str| format!(r#"{{"userIdentity":{identity},{rest}}}"#);
        let ip = r#""sourceIPAddress":"192.0.2.1""#;
        let records = [
            record(role, ip),
            record(service, r#""sourceIPAddress":"config.amazonaws.com""#),
            record(service, r#""sourceIPAddress":"ec2.amazonaws.com""#),
            record(service, ip),
            record(role, ip),
            record(r#"{"type":"Root","accountId":"1"}"#, ip),
            r#"{"eventName":"x"}"#.to_owned(),
            record(service, r#""sourceIPAddress":"config.amazonaws.com""#),
            record(silent, r#""eventType":"AwsServiceEvent","eventSource":"kms.amazonaws.com""#),
            record(silent, r#""eventType":"AwsServiceEvent","eventSource":"rds.amazonaws.com""#),
            record(silent, r#""eventType":"AwsApiCall","eventSource":"rds.amazonaws.com""#),
        ];
        let together = columns(&records, &[Field::Principal, Field::IdentityType, Field::AccessKey]);
        for (record, found) in records.iter().zip(&together) {
            let alone = columns(
                std::slice::from_ref(record),
                &[Field::Principal, Field::IdentityType, Field::AccessKey],
            );
            assert_eq!(&alone[0], found, "{record}");
        }
        let principals: Vec<_> = together.iter().map(|row| row[0].as_deref().unwrap_or("-")).collect();
        let (config, ec2) = ("config.amazonaws.com", "ec2.amazonaws.com");
        let own = ["kms.amazonaws.com", "rds.amazonaws.com", "111122223333"];
        assert_eq!(principals[..8], ["deploy", config, ec2, "-", "deploy", "root", "-", config]);
        assert_eq!(principals[8..], own);
    }

    fn fixture_records(folder: &std::path::Path, records: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                fixture_records(&path, records);
                continue;
            }
            let Ok(text) = std::fs::read(&path) else { continue };
            let Ok(document) = crate::json::Document::parse(&text) else { continue };
            let list = document.root().get("Records").unwrap_or(document.root());
            let events = list.children().filter(|value| value.get("eventName").is_some());
            records.extend(events.map(|event| String::from_utf8_lossy(event.source()).into_owned()));
        }
    }

    #[test]
    fn the_column_of_resources_says_what_the_sentence_says() {
        let mut records = Vec::new();
        fixture_records(
            &std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures"),
            &mut records,
        );
        assert!(records.len() > 1000, "{}", records.len());
        let event = |request: &str, reply: &str| {
            format!(r#"{{"eventName":"e","requestParameters":{request},"responseElements":{reply}}}"#)
        };
        for (request, reply, resource) in [
            (
                r#"{"cidrBlock":"c"}"#,
                r#"{"requestId":"r","vpc":{"vpcId":"vpc-1","state":"pending"}}"#,
                Some("vpc-1"),
            ),
            (r#"{"routeTableId":"rtb-1","gatewayId":"igw-1"}"#, r#"{"_return":true}"#, Some("rtb-1")),
            (r#"{"internetGatewayId":"igw-1","vpcId":"vpc-1"}"#, "null", Some("igw-1")),
            (
                r#"{"domain":"vpc"}"#,
                r#"{"publicIp":"192.0.2.1","allocationId":"eipalloc-1"}"#,
                Some("eipalloc-1"),
            ),
            (
                r#"{"CreateNatGatewayRequest":{"SubnetId":"subnet-1"}}"#,
                r#"{"CreateNatGatewayResponse":{"natGateway":{"subnetId":"subnet-1","natGatewayId":"nat-1","vpcId":"v"}}}"#,
                Some("nat-1"),
            ),
            (r#"{"CreateNatGatewayRequest":{"SubnetId":"subnet-1"}}"#, "null", Some("subnet-1")),
            (r#"{"subnetId":"s"}"#, r#"{"instancesSet":{"items":[{"instanceId":"i-1"}]}}"#, Some("i-1")),
            (r#"{"userName":"u"}"#, r#"{"user":{"vpcId":"v"}}"#, Some("u")),
            (r#"{"name":"n"}"#, r#"{"arn":"arn:aws:s:r:1:other","id":"i"}"#, Some("n")),
            ("null", r#"{"id":"i"}"#, Some("i")),
            (r#"{"broker-id":"b-1"}"#, "null", Some("b-1")),
            (
                r#"{"sourceArn":"arn:aws:sqs:eu-west-1:123456789012:dead"}"#,
                "null",
                Some("dead/123456789012/eu-west-1"),
            ),
            ("null", r#"{"tag":{"id":"i"},"accessKey":{"userName":"u"}}"#, None),
            ("null", r#"{"a":{"b":{"c":{"vpcId":"v"}}}}"#, None),
            (r#"{"a":{"vpcId":"v"}}"#, r#""text""#, None),
        ] {
            records.push(event(request, reply));
            let found = columns(&[records.last().unwrap().clone()], &[Field::Resource]);
            assert_eq!(found, [[resource.map(str::to_owned)]], "{request} {reply}");
        }
        let found = columns(&records, &[Field::Resource]);
        for (record, found) in records.iter().zip(found) {
            let document = crate::json::Document::parse(record.as_bytes()).unwrap();
            assert_eq!(services::resource(&document), found[0], "{record}");
        }
    }
}
