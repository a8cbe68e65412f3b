//! What of a call is worth knowing before anybody opens it: a broker open to the internet, a
//! queue granted to another account, the engine of a new database.
//!
//! The definitions say it as data, [`Note`]. [`may_tell`] is the quick look that every record gets
//! while a file is read; [`tell`] reads the few that pass it once more.

use std::borrow::Cow;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::event::BETWEEN;
use crate::json::{Document, Kind, Value};

use super::pattern::{members, written};
use super::{definition, plain_name, registry};

/// Something worth knowing that calls with these names may carry.
pub struct Note {
    /// Event names without prefix and version suffix; none: every event of the service.
    pub events: &'static [&'static str],
    /// When a call carries it.
    pub when: When,
    /// What it is called: a short fixed label. Of [`When::Told`] the pattern of a detail.
    pub label: &'static str,
}

/// When a call carries a note.
///
/// A path is looked for in the request, then in the record; a step into a list goes into each of
/// its elements. A reply tells of the whole thing and not of what this call did, so it is only
/// looked into where its name is in the path. Apart from `Told`, a call that failed carries none: a
/// label claims that it is so.
pub enum When {
    /// Always.
    Done,
    /// A value at the path is one of these words, whatever the case.
    Is(&'static str, &'static [&'static str]),
    /// A value at or inside the path has this text in it.
    Has(&'static str, &'static str),
    /// The list or object at the path has something in it.
    Filled(&'static str),
    /// What the path names, principals or a policy, includes everybody.
    Everyone(&'static str),
    /// What the path names, principals or a policy, includes another account.
    Foreign(&'static str),
    /// As `Everyone`, of the ways in which S3 takes an access list. Objects are written all the time,
    /// and a text without the words of public access is not looked at again.
    Public,
    /// The policy at the path allows every action on everything.
    Admin(&'static str),
    /// Entries of the call failed although it worked: this list of the reply has some. Its name
    /// must stand in the text with a list behind it that is not empty, which spares busy calls the
    /// second look.
    Partly(&'static str),
    /// No condition but one of its own.
    Test(fn(Value<'_>) -> bool),
    /// The label is a pattern as in [`super::Act`], and a detail, not a warning.
    Told,
}

/// Labels that several services use.
pub(super) const OPEN: &str = "open to the internet";
pub(super) const EVERYONE: &str = "granted to everyone";
pub(super) const FOREIGN: &str = "granted to another account";
pub(super) const ADMIN: &str = "admin policy attached";
pub(super) const LOGGING: &str = "logging stopped";
pub(super) const MFA: &str = "MFA device removed";
pub(super) const PARTLY: &str = "some entries failed";

/// A warning, with a fixed label.
pub(super) const fn note(events: &'static [&'static str], when: When, label: &'static str) -> Note {
    Note { events, when, label }
}

/// A detail, told by a pattern; nothing where one of its parameters is missing.
pub(super) const fn detail(events: &'static [&'static str], pattern: &'static str) -> Note {
    Note { events, when: When::Told, label: pattern }
}

/// What a record carries; several are joined by [`BETWEEN`], none are empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Labels of what is worth a second look.
    pub notable: String,
    /// Details in the service's own terms.
    pub detail: String,
}

/// Services of which every event may carry a detail.
const WHOLE: [&str; 2] = ["qapps.amazonaws.com", "qbusiness.amazonaws.com"];

/// One bit for each hash of the name of an event that has a note.
const NAMED: [u64; 256] = {
    let mut table = [0; 256];
    let lists = registry::NOTES;
    let mut list = 0;
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            let events = lists[list][at].events;
            let mut event = 0;
            while event < events.len() {
                let slot = slot(events[event].as_bytes());
                table[slot / 64] |= 1 << (slot % 64);
                event += 1;
            }
            at += 1;
        }
        list += 1;
    }
    table
};

/// A hash of a name: of its first and last eight bytes, of a short one four, and its length. Every record pays for it.
const fn slot(name: &[u8]) -> usize {
    let (first, last) = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => match (name.first_chunk::<4>(), name.last_chunk::<4>()) {
            (Some(first), Some(last)) => {
                (u32::from_le_bytes(*first) as u64, u32::from_le_bytes(*last) as u64)
            }
            _ => (0, 0),
        },
    };
    let hash = (first ^ last.rotate_left(23) ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> 50) as usize
}

/// Whether a record may carry a note, told by its source and name alone; most don't.
#[must_use]
#[inline]
pub fn may_tell(source: &str, event: &str) -> bool {
    // Only these two put something around their names.
    let framed = source.starts_with("lambda.") || source.starts_with("monitron.");
    let slot = slot(if framed { plain_name(event) } else { event }.as_bytes());
    NAMED[slot / 64] >> (slot % 64) & 1 == 1 || (source.starts_with('q') && WHOLE.contains(&source))
}

/// Tells what records carry. It keeps the notes of the last call: calls come in bursts.
#[derive(Default)]
pub struct Noter {
    source: String,
    event: String,
    notes: Vec<&'static Note>,
}

impl Noter {
    /// What the record with this text carries; `failed` says that its call did.
    #[must_use]
    pub fn tell(&mut self, source: &str, event: &str, failed: bool, text: &[u8]) -> Told {
        if self.event != event || self.source != source {
            source.clone_into(&mut self.source);
            event.clone_into(&mut self.event);
            self.notes = of(source, event).collect();
        }
        let mut document = None;
        let mut told = Told::default();
        for note in &self.notes {
            if !could_be(note, failed, text) {
                continue;
            }
            if let When::Done = note.when {
                add(&mut told.notable, note.label);
                continue;
            }
            let read = || Document::parse_mended(text).ok().map(|(document, _)| document);
            let Some(document) = document.get_or_insert_with(read) else { break };
            if let When::Told = note.when {
                if let Some(words) = written(note.label, document.root()) {
                    add(&mut told.detail, &words.replace(char::is_control, " "));
                }
            } else if carries(note, document.root()) {
                add(&mut told.notable, note.label);
            }
        }
        told
    }
}

/// The warnings of a call that worked that neither its name nor its outcome says, for its sentence.
#[must_use]
pub fn notable(source: &str, event: &str, record: Value<'_>) -> Vec<&'static str> {
    let mut labels = Vec::new();
    for note in of(source, event) {
        if !matches!(note.when, When::Told | When::Done | When::Partly(_))
            && !labels.contains(&note.label)
            && carries(note, record)
        {
            labels.push(note.label);
        }
    }
    labels
}

fn add(list: &mut String, words: &str) {
    if list.split(BETWEEN).any(|one| one == words) {
        return;
    }
    if !list.is_empty() {
        list.push(BETWEEN);
    }
    list.push_str(words);
}

/// The notes that calls of this name may carry.
fn of<'e>(source: &str, event: &'e str) -> impl Iterator<Item = &'static Note> + use<'e> {
    let plain = plain_name(event);
    let place = definition(source).and_then(registry::place);
    let notes = place.and_then(|place| registry::NOTES.get(place)).copied().unwrap_or_default();
    notes.iter().filter(move |note| note.events.is_empty() || note.events.contains(&plain))
}

/// What can be told without reading the record.
fn could_be(note: &Note, failed: bool, text: &[u8]) -> bool {
    match note.when {
        When::Told => !failed || note.events.is_empty(),
        When::Partly(list) => !failed && has_full_list(text, list.as_bytes()),
        When::Public => !failed && PUBLIC_WORDS.iter().any(|words| words.find(text).is_some()),
        // What is asked for stands in the text as it is; AWS escapes no letter of its own.
        When::Is(path, ["true" | "false"]) | When::Filled(path) => {
            !failed && stands_in(text, path.rsplit('.').next().unwrap_or_default())
        }
        When::Is(_, [word]) => !failed && stands_in(text, word),
        When::Has(_, part) => !failed && stands_in(text, part),
        _ => !failed,
    }
}

fn stands_in(text: &[u8], word: &str) -> bool {
    memchr::memmem::find(text, word.as_bytes()).is_some()
}

/// Whether `"name": [` stands in the text with something behind the bracket.
fn has_full_list(text: &[u8], name: &[u8]) -> bool {
    memchr::memmem::find_iter(text, name).any(|at| {
        let mut behind = text[at + name.len()..].iter().filter(|byte| !byte.is_ascii_whitespace());
        let next = [behind.next(), behind.next(), behind.next(), behind.next()];
        matches!(next, [Some(b'"'), Some(b':'), Some(b'['), Some(byte)] if *byte != b']')
    })
}

fn carries(note: &Note, record: Value<'_>) -> bool {
    match note.when {
        When::Done => true,
        When::Is(path, words) => {
            any(record, path, &|text| words.iter().any(|w| w.eq_ignore_ascii_case(text)))
        }
        When::Has(path, part) => inside(&members(record, path)).iter().any(|text| text.contains(part)),
        When::Filled(path) => members(record, path).iter().any(|value| !value.is_empty()),
        When::Partly(list) => record.at(&["responseElements", list]).is_some_and(|list| !list.is_empty()),
        When::Everyone(path) => everyone(record, path),
        When::Public => ["AccessControlPolicy", "x-amz-acl", "accessControlList"]
            .iter()
            .any(|path| everyone(record, path)),
        When::Foreign(path) => {
            let own = own_account(record);
            granted(record, path, &|principal, _| {
                account_of(principal).is_some_and(|one| Some(one) != own.as_deref())
            })
        }
        When::Admin(path) => members(record, path).iter().any(|value| with_policy(*value, &mut allows_all)),
        When::Test(test) => test(record),
        When::Told => false,
    }
}

fn any(record: Value<'_>, path: &str, test: &dyn Fn(&str) -> bool) -> bool {
    members(record, path).iter().filter_map(Value::scalar).any(|text| test(&text))
}

/// All texts at and inside these values.
fn inside<'d>(values: &[Value<'d>]) -> Vec<Cow<'d, str>> {
    let mut texts = Vec::new();
    let mut open = values.to_vec();
    while let Some(value) = open.pop() {
        match value.kind() {
            Kind::Object | Kind::Array => open.extend(value.children()),
            _ => texts.extend(value.scalar()),
        }
    }
    texts
}

/// Whether a principal that the path names passes the test, which also hears whether a condition
/// binds the grant. Each value may be a policy, as an object or as text, or a principal itself.
fn granted(record: Value<'_>, path: &str, test: &dyn Fn(&str, bool) -> bool) -> bool {
    members(record, path).into_iter().any(|value| {
        let mut in_statement = |statement: Value<'_>| {
            let bound = statement.get("Condition").is_some_and(|condition| !condition.is_empty());
            let principals: Vec<Value<'_>> = statement.get("Principal").into_iter().collect();
            inside(&principals).iter().any(|principal| test(principal, bound))
        };
        with_policy(value, &mut in_statement)
            || (value.get("Statement").is_none() && inside(&[value]).iter().any(|text| test(text, false)))
    })
}

/// Whether an allowing statement of the policy, an object or JSON in a text, passes the test.
fn with_policy(value: Value<'_>, test: &mut dyn FnMut(Value<'_>) -> bool) -> bool {
    if let Some(text) = value.as_str() {
        let policy = Document::parse(text.as_bytes());
        return policy.is_ok_and(|policy| statements(policy.root(), test));
    }
    statements(value, test)
}

fn statements(policy: Value<'_>, test: &mut dyn FnMut(Value<'_>) -> bool) -> bool {
    let Some(list) = policy.get("Statement") else { return false };
    let mut each = |statement: Value<'_>| {
        statement.text_at(&["Effect"]).is_some_and(|effect| effect == "Allow") && test(statement)
    };
    if list.kind() == Kind::Array { list.children().any(each) } else { each(list) }
}

fn allows_all(statement: Value<'_>) -> bool {
    let all = |key: &str| {
        let values: Vec<Value<'_>> = statement.get(key).into_iter().collect();
        inside(&values).iter().any(|text| text == "*" || text == "*:*")
    };
    all("Action") && all("Resource")
}

fn everyone(record: Value<'_>, path: &str) -> bool {
    granted(record, path, &|principal, bound| !bound && is_everyone(principal))
}

/// What every public access list has one of in its text. Made once: making costs more than searching.
static PUBLIC_WORDS: LazyLock<[Finder<'static>; 2]> =
    LazyLock::new(|| [Finder::new("-read"), Finder::new("/global/A")]);

/// Words with which AWS says "everybody", or everybody who has an account.
fn is_everyone(principal: &str) -> bool {
    const WORDS: [&str; 6] =
        ["*", "all", "everyone", "public-read", "public-read-write", "authenticated-read"];
    WORDS.contains(&principal)
        || principal.ends_with("/global/AllUsers")
        || principal.ends_with("/global/AuthenticatedUsers")
}

/// The account in a principal: twelve digits, alone or in an ARN.
fn account_of(principal: &str) -> Option<&str> {
    let account = if principal.starts_with("arn:") { principal.split(':').nth(4)? } else { principal };
    (account.len() == 12 && account.bytes().all(|byte| byte.is_ascii_digit())).then_some(account)
}

/// A rule of a network ACL that lets the whole internet in.
pub(super) fn opens_network_acl(record: Value<'_>) -> bool {
    let is = |path: &str, word: &str| any(record, path, &|text| text == word);
    is("ruleAction", "allow")
        && is("egress", "false")
        && (is("cidrBlock", "0.0.0.0/0") || is("ipv6CidrBlock", "::/0"))
}

/// A bucket whose access log is taken away.
pub(super) fn without_access_log(record: Value<'_>) -> bool {
    members(record, "BucketLoggingStatus").iter().any(|status| status.get("LoggingEnabled").is_none())
}

/// A call that names another user than the one who makes it.
pub(super) fn for_another_user(record: Value<'_>) -> bool {
    let named = record.text_at(&["requestParameters", "userName"]);
    named.is_some() && named != record.text_at(&["userIdentity", "userName"])
}

/// A sign-in with the account's own second factor that had none. Of a federated one CloudTrail never
/// knows: the provider asked for it.
pub(super) fn without_mfa(record: Value<'_>) -> bool {
    let of =
        |path: &[&str], word: &str| record.text_at(path).is_some_and(|text| text.eq_ignore_ascii_case(word));
    let kind = ["userIdentity", "type"];
    of(&["responseElements", "ConsoleLogin"], "Success")
        && !of(&["additionalEventData", "MFAUsed"], "Yes")
        && (of(&kind, "IAMUser") || of(&kind, "Root"))
}

fn own_account(record: Value<'_>) -> Option<Cow<'_, str>> {
    let own = record.text_at(&["recipientAccountId"]);
    own.or_else(|| record.text_at(&["userIdentity", "accountId"])).filter(|account| !account.is_empty())
}

/// Whether a message in a reply that claims no failure still tells of one.
#[must_use]
pub fn sounds_like_failure(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let words = ["not authorized", "denied", "fail", "error", "exception", "invalid", "cannot", "not found"];
    words.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(source: &str, event: &str, rest: &str, notable: &[&str], detail: &[&str]) {
        let source = format!("{source}.amazonaws.com");
        let record = format!(r#"{{"recipientAccountId":"111122223333",{rest}}}"#);
        let told = Noter::default().tell(&source, event, false, record.as_bytes());
        let list = |text: &str| {
            text.split(BETWEEN).filter(|one| !one.is_empty()).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(
            (list(&told.notable), list(&told.detail)),
            (notable.iter().map(|&s| s.to_owned()).collect(), detail.iter().map(|&s| s.to_owned()).collect()),
            "{event} {rest}"
        );
        assert!(may_tell(&source, event), "{event}");
        let document = Document::parse(record.as_bytes()).unwrap();
        let said: Vec<&str> = notable.iter().copied().filter(|label| *label != PARTLY).collect();
        assert_eq!(super::notable(&source, event, document.root()), said, "{event}");
        assert_eq!(
            Noter::default().tell(&source, event, true, record.as_bytes()).notable,
            "",
            "a failed {event}"
        );
    }

    #[test]
    fn what_matters_is_told() {
        check(
            "amazonmq",
            "CreateBroker",
            r#""requestParameters":{"publiclyAccessible":true,"engineType":"ActiveMQ","engineVersion":"5.15.9","deploymentMode":"SINGLE_INSTANCE","users":[{"consoleAccess":false},{"consoleAccess":true}]}"#,
            &[OPEN, "user with console access"],
            &["ActiveMQ 5.15.9", "SINGLE_INSTANCE"],
        );
        check(
            "mq",
            "CreateBroker",
            r#""requestParameters":{"publiclyAccessible":false,"engineType":"RABBITMQ"}"#,
            &[],
            &["RABBITMQ"],
        );
        let granted =
            |to: &str| format!(r#""requestParameters":{{"AWSAccountIds":[{to}],"actions":["SendMessage"]}}"#);
        check("sqs", "AddPermission", &granted(r#""111122223333""#), &[], &["SendMessage for 111122223333"]);
        check("sqs", "AddPermission", &granted(r#""*""#), &[EVERYONE], &["SendMessage for *"]);
        check(
            "sqs",
            "AddPermission",
            &granted(r#""444455556666""#),
            &[FOREIGN],
            &["SendMessage for 444455556666"],
        );
        check("sqs", "DeleteMessageBatch", r#""responseElements":{"failed": [ {"id":"1"}]}"#, &[PARTLY], &[]);
        check("sqs", "DeleteMessageBatch", r#""responseElements":{"failed":[ ]}"#, &[], &[]);
        check(
            "qapps",
            "Anything",
            r#""userIdentity":{"onBehalfOf":{"userId":"u-1","identityStoreArn":"arn:aws:identitystore::1:identitystore/d-1"}},"requestParameters":{"application-id":"a-1"}"#,
            &[],
            &["on behalf of u-1", "identity store d-1", "application a-1"],
        );
        check(
            "amplifybackend",
            "ListBackendJobs",
            r#""responseElements":{"jobs":[{"operation":"CreateBackendAuth","status":"COMPLETED"},{"operation":"CreateBackend","status":"FAILED"}]}"#,
            &[],
            &["CreateBackendAuth, CreateBackend COMPLETED, FAILED"],
        );
    }

    #[test]
    fn grants_are_read_out_of_policies() {
        let policy = |statement: &str| {
            format!(r#"{{\"Statement\":[{{\"Effect\":\"Allow\",{}}}]}}"#, statement.replace('"', "\\\""))
        };
        let attributes = |statement: &str| {
            format!(r#""requestParameters":{{"attributes":{{"Policy":"{}"}}}}"#, policy(statement))
        };
        check("sqs", "SetQueueAttributes", &attributes(r#""Principal":"*""#), &[EVERYONE], &[]);
        check(
            "sqs",
            "SetQueueAttributes",
            &attributes(r#""Principal":"*","Condition":{"StringEquals":{"aws:SourceAccount":"1"}}"#),
            &[],
            &[],
        );
        check(
            "sqs",
            "SetQueueAttributes",
            &attributes(r#""Principal":{"AWS":["arn:aws:iam::444455556666:root"]}"#),
            &[FOREIGN],
            &[],
        );
        check(
            "sqs",
            "SetQueueAttributes",
            &attributes(r#""Principal":{"AWS":"arn:aws:iam::111122223333:root"}"#),
            &[],
            &[],
        );
        check(
            "s3",
            "PutBucketPolicy",
            r#""requestParameters":{"bucketPolicy":{"Statement":{"Effect":"Allow","Principal":{"AWS":"*"}}}}"#,
            &[EVERYONE],
            &[],
        );
        check(
            "s3",
            "PutBucketPolicy",
            r#""requestParameters":{"bucketPolicy":{"Statement":[{"Effect":"Deny","Principal":"*"}]}}"#,
            &[],
            &[],
        );
        check("s3", "PutObject", r#""requestParameters":{"x-amz-acl":["public-read"]}"#, &[EVERYONE], &[]);
        check(
            "s3",
            "PutObject",
            r#""requestParameters":{"x-amz-acl":"bucket-owner-full-control"}"#,
            &[],
            &[],
        );
        let iam = |action: &str| format!(r#""requestParameters":{{"policyDocument":"{}"}}"#, policy(action));
        check("iam", "PutUserPolicy", &iam(r#""Action":"*","Resource":"*""#), &[ADMIN], &[]);
        check("iam", "PutUserPolicy", &iam(r#""Action":["s3:*"],"Resource":"*""#), &[], &[]);
        check(
            "lambda",
            "AddPermission20150331v2",
            r#""requestParameters":{"principal":"*"}"#,
            &[EVERYONE],
            &[],
        );
        check(
            "lambda",
            "AddPermission20150331v2",
            r#""requestParameters":{"principal":"s3.amazonaws.com"}"#,
            &[],
            &[],
        );
        check(
            "ec2",
            "ModifySnapshotAttribute",
            r#""requestParameters":{"createVolumePermission":{"add":{"items":[{"group":"all"},{"userId":"444455556666"}]}}}"#,
            &[EVERYONE, FOREIGN],
            &[],
        );
        check(
            "ec2",
            "ModifySnapshotAttribute",
            r#""requestParameters":{"createVolumePermission":{"remove":{"items":[{"group":"all"}]}}}"#,
            &[],
            &[],
        );
    }

    #[test]
    fn most_calls_are_not_looked_at() {
        for (source, event) in [
            ("s3", "GetObject"),
            ("ec2", "DescribeInstances"),
            ("sts", "AssumeRole"),
            ("kms", "Decrypt"),
            ("kms", "GenerateDataKey"),
            ("sqs", "ReceiveMessage"),
            ("logs", "PutLogEvents"),
            ("dynamodb", "GetItem"),
            ("ssm", "UpdateInstanceInformation"),
            ("monitoring", "PutMetricData"),
            ("lambda", "Invoke"),
        ] {
            assert!(!may_tell(&format!("{source}.amazonaws.com"), event), "{event}");
        }
        assert_eq!(Noter::default().tell("x.amazonaws.com", "StopLogging", false, b"{}"), Told::default());
        assert_eq!(
            Noter::default().tell("sqs.amazonaws.com", "AddPermission", false, b"no JSON"),
            Told::default()
        );
    }

    #[test]
    fn every_note_is_well_formed() {
        for (at, notes) in registry::NOTES.iter().enumerate() {
            for note in *notes {
                assert!(
                    !note.label.is_empty() && note.label.len() <= 80 && !note.label.contains(BETWEEN),
                    "{}",
                    note.label
                );
                assert!(note.events.iter().all(|event| event.bytes().all(|byte| byte.is_ascii_alphabetic())));
                if note.events.is_empty() {
                    let sources = registry::all().nth(at).map(|service| service.sources).unwrap_or_default();
                    assert!(sources.iter().all(|source| WHOLE.contains(source)), "{sources:?}");
                }
                assert_eq!(matches!(note.when, When::Told), note.label.contains('{'), "{}", note.label);
            }
        }
    }

    proptest! {
        #[test]
        fn any_record_is_read_without_harm(
            at in 0..registry::NOTES.len(),
            value in prop::sample::select(vec!["\"*\"", "[]", "{}", "null", "[[{}]]", "\"{\\\"Statement\\\":[[]]}\"", "{\"Statement\":3}", "\"\\ud800\""]),
        ) {
            let source = registry::all().nth(at).unwrap().sources[0];
            for note in registry::NOTES[at] {
                let (When::Is(path, _) | When::Has(path, _) | When::Filled(path) | When::Everyone(path) | When::Foreign(path) | When::Admin(path) | When::Partly(path)) = note.when else { continue };
                let record = path.rsplit('.').fold(value.to_owned(), |inner, key| format!("{{\"{key}\":{inner}}}"));
                for event in note.events {
                    let _ = Noter::default().tell(source, event, false, format!("{{\"requestParameters\":{record}}}").as_bytes());
                }
            }
        }
    }
}
