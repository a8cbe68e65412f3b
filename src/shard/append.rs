//! From a scanned record to a row of the table.

use std::borrow::Cow;

use xxhash_rust::xxh3::xxh3_128_with_seed;

use super::ShardConfig;
use crate::event::time::{format_time, parse_time_ms};
use crate::event::{FIELDS, Field, Raw, RecordFields};
use crate::identity::{self, IdentityFields};
use crate::ingest::{FileReport, Place, RecordSink};
use crate::json::Document;
use crate::protocol::{
    Claim, Confidence, Exposure, ExposureKind, Hidden, LedgerEntry, Outcome, Redaction, RowRef,
};
use crate::table::{EventTable, Found, Marks, NewEvent, RowPlace};
use crate::{exposure, redaction, services};

/// What one file, or one entry of it, has added so far.
#[derive(Clone, Copy, Default)]
pub struct Appended {
    pub events: u64,
    pub undated: u64,
    pub first_ms: Option<i64>,
    pub last_ms: Option<i64>,
}

/// Takes the records of one file into the table.
pub struct Appender<'s> {
    pub config: ShardConfig,
    pub source: u32,
    pub table: &'s mut EventTable,
    pub claims: &'s mut Vec<Claim>,
    pub notes: &'s mut services::Noter,
    /// What each entry that is being read has added.
    pub appended: &'s mut Vec<(u32, Appended)>,
}

impl RecordSink for Appender<'_> {
    fn record(&mut self, place: Place, text: &[u8], fields: &RecordFields<'_>) {
        let mut texts = Texts::of(fields);
        texts.set_notes(text, self.notes);
        let time_ms = texts.time.as_deref().and_then(parse_time_ms);
        let found = findings(text, fields);
        let hash = content_hash(text, self.config.seed);
        let row = self.table.push(&NewEvent {
            values: texts.values.each_ref().map(Option::as_deref),
            time_ms,
            odd_time: texts.time.as_deref().filter(|text| !is_written_back(text, time_ms)),
            event_id: texts.event_id.as_deref(),
            marks: texts.marks(),
            place: RowPlace {
                source: self.source,
                record: place.number,
                offset: place.offset,
                // A record of 4 GiB and more can't have been held in one piece.
                len: u32::try_from(text.len()).unwrap_or(u32::MAX),
            },
            hash,
            redactions: &found.redactions,
            exposures: &found.exposures,
            looked_at: fields.strings,
        });
        self.claims.push(Claim {
            hash,
            row: RowRef { shard: self.config.shard, row },
            source: self.source,
            record: place.number,
        });
        self.count(place.entry, time_ms);
    }
}

/// A hash of what a record says, the same for its compact and its pretty-printed text. The event id
/// stands in the text, so equal texts have equal ids.
fn content_hash(text: &[u8], seed: u64) -> u128 {
    if !is_spaced(text) {
        return xxh3_128_with_seed(text, seed);
    }
    let mut compact = Vec::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    for &byte in text {
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = byte == b'\\' && !escaped;
        } else if matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
            continue;
        } else {
            in_string = byte == b'"';
        }
        compact.push(byte);
    }
    xxh3_128_with_seed(&compact, seed)
}

/// Whether a record is written with space between its parts. Its first member tells: whoever writes
/// JSON writes all of it in one way.
fn is_spaced(text: &[u8]) -> bool {
    let behind_colon = memchr::memchr(b':', text).and_then(|at| text.get(at + 1));
    let space = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    space(text.get(1)) || space(behind_colon)
}

/// Whether [`format_time`] gives the text back. The usual form is told by its shape alone.
fn is_written_back(text: &str, time_ms: Option<i64>) -> bool {
    let Some(ms) = time_ms else { return false };
    let usual = matches!(text.as_bytes(), [b'1' | b'2', .., b'T', _, _, b':', _, _, b':', b'0'..=b'5', _, b'Z'] if text.len() == 20);
    usual || format_time(ms) == text
}

impl Appender<'_> {
    fn count(&mut self, entry: u32, time_ms: Option<i64>) {
        if self.appended.last().is_none_or(|(open, _)| *open != entry) {
            self.appended.push((entry, Appended::default()));
        }
        let Some((_, appended)) = self.appended.last_mut() else { return };
        appended.events += 1;
        match time_ms {
            None => appended.undated += 1,
            Some(ms) => {
                appended.first_ms = Some(appended.first_ms.map_or(ms, |first| first.min(ms)));
                appended.last_ms = Some(appended.last_ms.map_or(ms, |last| last.max(ms)));
            }
        }
    }
}

/// What is hidden in a record and what leaked.
#[derive(Default)]
struct Findings {
    redactions: Vec<Found>,
    exposures: Vec<Found>,
}

/// Looks into a record where the first looks say that something may be there: few are read again.
fn findings(text: &[u8], fields: &RecordFields<'_>) -> Findings {
    let mut found = Findings::default();
    let call = fields.event_source.zip(fields.event_name);
    let absence = call.and_then(|(source, name)| redaction::absence_of(source.0, name.0));
    let hidden = fields.suspicious || redaction::may_be_scrubbed(text);
    let leaked = fields.telling || exposure_may_be_in(text, fields);
    let document = (hidden || leaked).then(|| Document::parse_mended(text).ok()).flatten();
    let document = document.map(|(document, _)| document);
    if let Some(document) = &document
        && hidden
    {
        found.redactions =
            redaction::find(document).iter().filter(|one| is_in_figures(one)).map(redaction_of).collect();
    } else if let Some(absence) = absence.filter(|_| !fields.has_response && !is_error(fields)) {
        found.redactions.push(Found {
            path: "responseElements".into(),
            label: absence.marker.into(),
            class: absence.class as u8,
            basis: u8::from(!absence.documented),
        });
    }
    match &document {
        Some(document) if leaked => {
            found.exposures = exposure::find(document).iter().map(exposure_of).collect()
        }
        _ => {
            let telling = |raw: &Raw<'_>| exposure::names_someone(raw.0);
            let arn = fields.identity.arn.filter(telling).map(Raw::text);
            let id = fields.identity.principal_id.filter(telling).map(Raw::text);
            exposure::in_identity(arn.as_deref(), id.as_deref(), &mut |path, kind, confidence| {
                found.exposures.push(exposed(path.into(), kind, confidence));
            });
        }
    }
    found
}

fn is_error(fields: &RecordFields<'_>) -> bool {
    fields.error_code.is_some_and(|code| !code.0.is_empty())
}

/// Whether an address, an assignment or an escaped address stands outside the actor's own fields, which
/// are looked at in any case: in the records of people who sign in with their address it stands in all.
fn exposure_may_be_in(text: &[u8], fields: &RecordFields<'_>) -> bool {
    let mut at = 0;
    while let Some(found) = text.get(at..).and_then(|rest| memchr::memchr3(b'@', b'=', b'%', rest)) {
        let place = at + found;
        let start = memchr::memrchr(b'"', &text[..place]).map_or(0, |quote| quote + 1);
        let end = memchr::memchr(b'"', &text[place..]).map_or(text.len(), |quote| place + quote);
        let body = &text[start..end];
        let own = |raw: Option<Raw<'_>>| raw.is_some_and(|raw| std::ptr::eq(raw.0.as_ptr(), body.as_ptr()));
        if !own(fields.identity.arn) && !own(fields.identity.principal_id) && exposure::may_hold(body) {
            return true;
        }
        at = end + 1;
    }
    false
}

/// What is never logged of a call is in figures where it is the response: see [`redaction::absence_of`].
fn is_in_figures(redaction: &Redaction) -> bool {
    redaction.class != Hidden::NotLogged || redaction.path == "responseElements"
}

fn redaction_of(redaction: &Redaction) -> Found {
    Found {
        path: without_indices(&redaction.path).into(),
        label: redaction.marker.clone().into(),
        class: redaction.class as u8,
        basis: u8::from(!redaction.documented),
    }
}

fn exposure_of(exposure: &Exposure) -> Found {
    exposed(without_indices(&exposure.path).into(), exposure.kind, exposure.confidence)
}

fn exposed(path: Cow<'static, str>, kind: ExposureKind, confidence: Confidence) -> Found {
    Found { path, label: kind.name().into(), class: kind as u8, basis: confidence as u8 }
}

/// `users[3].password` → `users[].password`: what the values of one kind have in common.
fn without_indices(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut in_index = false;
    let mut quoted = false;
    for character in path.chars() {
        match character {
            '"' => quoted = !quoted,
            '[' if !quoted => in_index = true,
            ']' if !quoted => in_index = false,
            _ => {}
        }
        if !in_index || character == '[' {
            out.push(character);
        }
    }
    out
}

/// The fields of a record as decoded text.
struct Texts<'a> {
    values: [Option<Cow<'a, str>>; FIELDS.len()],
    time: Option<Cow<'a, str>>,
    event_id: Option<Cow<'a, str>>,
    data: bool,
    root: bool,
    no_mfa: bool,
}

impl<'a> Texts<'a> {
    fn of(fields: &RecordFields<'a>) -> Self {
        // Some records have `"errorCode": ""`: nothing is in it, so nothing is there.
        let text = |raw: Option<Raw<'a>>| raw.map(Raw::text).filter(|text| !text.is_empty());
        let identity = &fields.identity;
        let mut values = [const { None }; FIELDS.len()];
        let mut set = |field: Field, raw: Option<Raw<'a>>| values[field as usize] = text(raw);
        set(Field::EventSource, fields.event_source);
        set(Field::EventName, fields.event_name);
        set(Field::IdentityType, identity.identity_type);
        set(Field::RecipientAccount, fields.recipient_account);
        set(Field::Region, fields.aws_region);
        set(Field::SourceIp, fields.source_ip);
        set(Field::UserAgent, fields.user_agent);
        set(Field::ErrorCode, fields.error_code);
        set(Field::ReadOnly, fields.read_only);
        set(Field::EventCategory, fields.event_category);
        set(Field::EventType, fields.event_type);
        set(Field::AccessKey, identity.access_key_id);
        set(Field::IdentityAccount, identity.account_id);
        set(Field::IdentityArn, identity.arn);
        set(Field::UserName, identity.user_name);
        set(Field::Mfa, identity.mfa_authenticated);
        set(Field::SessionStart, identity.creation_date);
        set(Field::InvokedBy, identity.invoked_by);
        set(Field::SourceIdentity, identity.source_identity);
        set(Field::SharedEvent, fields.shared_event_id);
        set(Field::SwitchedFrom, fields.switched_from);
        set(Field::SignInSession, identity.sign_in_session);
        set(Field::IssuedKey, fields.issued_key.filter(|key| !redaction::is_marker(&key.text())));
        set(Field::IssuedArn, fields.issued_arn);
        values[Field::Resource as usize] = resource(fields);
        let is = |raw: Option<Raw<'a>>, word: &str| raw.is_some_and(|raw| is_word(raw, word));
        values[Field::Failure as usize] = failure(fields);
        if fields.issued_arn.is_none() && values[Field::Failure as usize].is_none() {
            values[Field::IssuedArn as usize] = if fields.switched_from.is_some() {
                text(identity.arn)
            } else {
                session_asked_for(fields).map(Cow::Owned)
            };
        }
        let no_mfa = is(fields.event_name, "ConsoleLogin")
            && is(fields.console_login, "Success")
            && !is(fields.mfa_used, "Yes")
            && (is(identity.identity_type, "IAMUser") || is(identity.identity_type, "Root"));
        let mut texts = Self {
            time: text(fields.event_time),
            event_id: text(fields.event_id),
            data: is(fields.event_category, "Data")
                || (fields.event_category.is_none() && is(fields.management_event, "false")),
            root: false,
            no_mfa,
            values,
        };
        texts.set_principal(fields);
        texts
    }

    fn set_principal(&mut self, fields: &RecordFields<'a>) {
        let extra = |raw: Option<Raw<'a>>| raw.map(Raw::text);
        let identity = &fields.identity;
        let principal_id = extra(identity.principal_id);
        let (issuer_type, issuer_user_name) = (extra(identity.issuer_type), extra(identity.issuer_user_name));
        let issuer_arn = extra(identity.issuer_arn);
        let on_behalf_of = extra(identity.on_behalf_of);
        let value = |field: Field| self.values[field as usize].as_deref();
        let identity = IdentityFields {
            identity_type: value(Field::IdentityType),
            user_name: value(Field::UserName),
            arn: value(Field::IdentityArn),
            account_id: value(Field::IdentityAccount),
            principal_id: principal_id.as_deref(),
            access_key_id: value(Field::AccessKey),
            invoked_by: value(Field::InvokedBy),
            issuer_type: issuer_type.as_deref(),
            issuer_user_name: issuer_user_name.as_deref(),
            issuer_arn: issuer_arn.as_deref(),
            on_behalf_of: on_behalf_of.as_deref(),
            source_ip: value(Field::SourceIp),
            event_type: value(Field::EventType),
        };
        let root = identity::is_root(&identity);
        let principal = identity::principal(&identity).into_owned();
        self.root = root;
        self.values[Field::Principal as usize] = (!principal.is_empty()).then_some(Cow::Owned(principal));
    }

    /// What the registry of services has to say of this record.
    fn set_notes(&mut self, text: &[u8], notes: &mut services::Noter) {
        let value = |field: Field| self.values[field as usize].as_deref().unwrap_or_default();
        let (source, event) = (value(Field::EventSource), value(Field::EventName));
        if !services::may_tell(source, event) {
            return;
        }
        let told = notes.tell(source, event, self.values[Field::Failure as usize].is_some(), text);
        let some = |text: String| (!text.is_empty()).then_some(Cow::Owned(text));
        self.values[Field::Notable as usize] = some(told.notable);
        self.values[Field::Detail as usize] = some(told.detail);
    }

    fn marks(&self) -> Marks {
        let write = self.values[Field::ReadOnly as usize].as_deref() == Some("false");
        Marks::default()
            .with(Marks::ERROR, self.values[Field::Failure as usize].is_some())
            .with(Marks::WRITE, write)
            .with(Marks::DATA, self.data)
            .with(Marks::ROOT, self.root)
            .with(Marks::NO_MFA, self.no_mfa)
    }
}

/// The session that an `AssumeRole*` opened whose response does not name it, as calls of services
/// often don't: `arn:aws:sts::111122223333:assumed-role/name/session`; of an `AssumeRoot`, whose
/// response never does, the root user of the account it asked for.
fn session_asked_for(fields: &RecordFields<'_>) -> Option<String> {
    let event = fields.event_name?.0;
    if event == b"AssumeRoot" {
        let target = fields.target_principal?.text();
        if target.starts_with("arn:") {
            return Some(target.into_owned());
        }
        let caller = fields.identity.arn.map(Raw::text).unwrap_or_default();
        let partition = caller.split(':').nth(1).unwrap_or("aws");
        return Some(["arn:", partition, ":iam::", &target, ":root"].concat());
    }
    if !event.starts_with(b"AssumeRole") {
        return None;
    }
    let (role, session) = (fields.role_arn?.text(), fields.role_session?.text());
    let (partition, rest) = role.strip_prefix("arn:")?.split_once(":iam::")?;
    let (account, path) = rest.split_once(":role/")?;
    let name = path.rsplit('/').next()?;
    let mut arn = String::new();
    for part in ["arn:", partition, ":sts::", account, ":assumed-role/", name, "/", &session] {
        arn.push_str(part);
    }
    Some(arn)
}

/// Whether a value is this word, in any case. Only one that is longer can be it with escapes.
fn is_word(raw: Raw<'_>, word: &str) -> bool {
    raw.0.eq_ignore_ascii_case(word.as_bytes())
        || raw.0.len() > word.len() && !raw.is_plain() && raw.text().eq_ignore_ascii_case(word)
}

/// How a call failed: the code, or the message where there is no code. Some services say it only in
/// the reply, and there it may also be no failure: then the words decide.
fn failure<'a>(fields: &RecordFields<'a>) -> Option<Cow<'a, str>> {
    let text = |raw: Option<Raw<'a>>| raw.map(Raw::text).filter(|text| !text.is_empty());
    text(fields.error_code)
        .or_else(|| text(fields.error_message))
        .or_else(|| text(fields.response_code))
        .or_else(|| text(fields.response_message).filter(|text| services::sounds_like_failure(text)))
        .or_else(|| text(fields.console_login).filter(|text| text == "Failure"))
}

/// What a record is about, by its short name; nothing where AWS hid the name.
fn resource<'a>(fields: &RecordFields<'a>) -> Option<Cow<'a, str>> {
    let mut named = [fields.resource_arn, fields.resource_hint].into_iter().flatten().map(Raw::text);
    let usable = named.find(|text| !text.is_empty() && !redaction::is_marker(text))?;
    Some(match usable {
        Cow::Borrowed(text) => Cow::Borrowed(services::resource_name(text)),
        Cow::Owned(text) => Cow::Owned(services::resource_name(&text).to_owned()),
    })
}

/// The line of the ledger for a file, or an entry of it, that has been read. `trouble` says why its bytes
/// ended early, `any` whether there are events in it or in its entries.
pub fn ledger_entry(
    source: u32,
    report: FileReport,
    appended: &Appended,
    trouble: Option<String>,
    any: bool,
) -> LedgerEntry {
    let mut outcome = report.outcome;
    if trouble.is_some() {
        outcome = if any { Outcome::Partial } else { Outcome::Failed };
    }
    let undated = (appended.undated > 0).then(|| {
        let (n, s) = (appended.undated, if appended.undated == 1 { " has a time" } else { "s have times" });
        format!("{n} event{s} that can't be read; they sort last.")
    });
    let reasons: Vec<String> = trouble.into_iter().chain(report.reason).chain(undated).collect();
    LedgerEntry {
        source,
        entry: report.entry,
        name: report.name,
        outcome,
        kind: report.kind,
        size: report.size,
        inflated: report.inflated,
        counted: report.counted,
        events: appended.events,
        duplicates: 0,
        rejected: report.rejected,
        first_ms: appended.first_ms,
        last_ms: appended.last_ms,
        account: report.account,
        region: report.region,
        reason: (!reasons.is_empty()).then(|| reasons.join(" ")),
        remedy: report.remedy,
        integrity: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_the_same_however_it_is_spaced() {
        let compact = br#"{"eventID":"1","a":["x y\"  {","z"],"n":1.50}"#;
        let spaced = br#"{"eventID": "1", "a": ["x y\"  {", "z"], "n": 1.50}"#;
        let pretty = b"{\n  \"eventID\" : \"1\",\r\n\t\"a\":[ \"x y\\\"  {\", \"z\"],\"n\":1.50 }";
        for text in [spaced.as_slice(), pretty] {
            assert_eq!(content_hash(text, 7), content_hash(compact, 7), "{}", String::from_utf8_lossy(text));
        }
        let others: [&[u8]; 3] = [
            br#"{"eventID":"1","a":["x y\" {","z"],"n":1.50}"#,
            br#"{"eventID":"1","a":["x y\"  {","z"],"n":1.5}"#,
            br#"{"eventID":"2","a":["x y\"  {","z"],"n":1.50}"#,
        ];
        for text in others {
            assert!(content_hash(text, 7) != content_hash(compact, 7), "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn a_call_that_opens_a_session_says_which() {
        let texts = |record: &str| match crate::event::scan_record(record.as_bytes()) {
            crate::event::Scan::Record { fields, .. } => {
                let texts = Texts::of(&fields);
                [Field::IssuedArn, Field::IssuedKey]
                    .map(|field| texts.values[field as usize].as_deref().map(str::to_owned))
            }
            other => panic!("{other:?}"),
        };
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
            assert_eq!(texts(&format!("{{{rest},{asked}}}")), [arn, key], "{rest}");
        }
    }

    #[test]
    fn the_quick_test_of_times_agrees_with_writing_them() {
        for text in [
            "2023-07-10T11:42:18Z",
            "2023-07-10T11:42:60Z",
            "2023-07-10T24:00:00Z",
            "2023-07-10 11:42:18Z",
            "2023-07-10T11:42:18.5Z",
            "2023-07-10T11:42:18+02:00",
            "20230710T114218Z",
            "0001-01-01T00:00:00Z",
        ] {
            let time = parse_time_ms(text);
            let expected = time.is_some_and(|ms| format_time(ms) == text);
            assert_eq!(is_written_back(text, time), expected, "{text}");
        }
    }

    #[test]
    fn indices_go_and_quoted_brackets_stay() {
        for (path, expected) in [
            ("requestParameters.users[10].password", "requestParameters.users[].password"),
            ("a[0][1].b", "a[][].b"),
            (r#"tags."x[3]".y"#, r#"tags."x[3]".y"#),
            ("eventName", "eventName"),
        ] {
            assert_eq!(without_indices(path), expected);
        }
    }
}
