//! Every exposure in one record.

use super::keys;
use super::person::{is_name, session_in_arn, session_in_id};
use super::shapes::{Shape, is_placeholder, run_back, shapes_in};
use crate::json::{Document, Kind, Spots, TextAt, texts_at};
use crate::protocol::{Confidence, Exposure, ExposureKind};
use crate::redaction::{is_marker, is_scrubbed};

/// All paths of one record's exposures together stay under this, in bytes: see the same of redactions.
const MAX_PATH_BYTES: usize = 4 << 20;

/// A place in a record: path, span in the decoded text, kind, confidence.
pub struct Place {
    /// Where.
    pub path: String,
    /// Where it stands in the decoded text of the outermost string, in bytes.
    pub span: (u32, u32),
    /// What it is.
    pub kind: ExposureKind,
    /// How sure that is.
    pub confidence: Confidence,
}

/// The exposures of a record, in the order of its text.
///
/// Paths and spans are those of [`crate::redaction::find`]. A marker, a mask or an example in place of
/// a value is none.
#[must_use]
pub fn find(record: &Document<'_>) -> Vec<Exposure> {
    let mut spots = Spots::default();
    spots.add_all();
    places(record, &spots).into_iter().map(|place| explained(record, place)).collect()
}

/// The exposures where first looks say that some may be, without a word on each: all there are.
#[must_use]
pub fn places(record: &Document<'_>, spots: &Spots) -> Vec<Place> {
    let source = record.root().text_at(&["eventSource"]).unwrap_or_default();
    let mut search = Search {
        source: source.split('.').next().unwrap_or_default(),
        environment: None,
        variable: String::new(),
        found: Vec::new(),
        budget: MAX_PATH_BYTES,
    };
    texts_at(record, spots, &mut |text| search.look(text));
    search.found
}

struct Search<'s> {
    /// The event source without `.amazonaws.com`.
    source: &'s str,
    /// The path of the environment variables that the walk is in.
    environment: Option<String>,
    /// The `name` beside a `value` in it.
    variable: String,
    found: Vec<Place>,
    budget: usize,
}

impl Search<'_> {
    fn look(&mut self, at: &TextAt<'_>) {
        if self.environment.as_ref().is_some_and(|path| !at.is_under(path)) {
            self.environment = None;
        }
        if at.is_key() {
            if self.environment.is_none() && keys::is_environment(at.text) {
                self.environment = Some(at.path());
            }
            return;
        }
        if at.kind != Kind::String || at.text.is_empty() {
            return;
        }
        // What is asked of every text is cheap; what it must not be is asked of few.
        let shapes = shapes_in(at.text);
        let session = session_of(at).filter(|(_, name)| is_name(name));
        let key = at.key();
        let by_key = self.environment.is_some() || keys::may_name_something(&key);
        if !by_key && shapes.is_empty() && session.is_none() || keys::is_noise(&key) {
            return;
        }
        let text = at.text.trim();
        if is_marker(text) || is_scrubbed(text) {
            return;
        }
        if let Some((kind, confidence)) = self.by_key(&key, text) {
            self.add(at, (0, at.text.len()), kind, confidence);
            return;
        }
        for Shape { start, end, kind, confidence } in shapes {
            self.add(at, (start, end), kind, confidence);
        }
        if let Some((start, name)) = session {
            self.add(at, (start, start + name.len()), ExposureKind::PersonName, Confidence::Possible);
        }
    }

    /// What a value is by its key and the keys around it.
    fn by_key(&mut self, key: &str, text: &str) -> Option<(ExposureKind, Confidence)> {
        use ExposureKind::{Environment, Prompt, QueryText};
        if is_placeholder(text) {
            return None;
        }
        if self.environment.is_some() {
            return match key {
                "name" | "Name" | "key" => {
                    text.clone_into(&mut self.variable);
                    None
                }
                "type" | "Type" => None,
                "value" | "Value" => {
                    let named = keys::kind_of(&std::mem::take(&mut self.variable));
                    Some(named.unwrap_or((Environment, Confidence::Likely)))
                }
                key => Some(keys::kind_of(key).unwrap_or((Environment, Confidence::Likely))),
            };
        }
        let (kind, confidence) = keys::kind_of(key)?;
        let here = match kind {
            QueryText => DATABASES.contains(&self.source),
            Prompt => self.source == "qapps" || self.source.starts_with("bedrock"),
            _ => true,
        };
        (here && fits(kind, confidence, text)).then_some((kind, confidence))
    }

    fn add(&mut self, at: &TextAt<'_>, part: (usize, usize), kind: ExposureKind, confidence: Confidence) {
        let path = at.path();
        if path.len() >= self.budget {
            return;
        }
        self.budget -= path.len() + 1;
        self.found.push(Place { path, span: at.place(part), kind, confidence });
    }
}

/// The name of the session in a field that names the actor, and where it begins.
fn session_of<'t>(at: &'t TextAt<'_>) -> Option<(usize, &'t str)> {
    if at.is_at("userIdentity", "arn") {
        session_in_arn(at.text)
    } else if at.is_at("userIdentity", "principalId") {
        session_in_id(at.text)
    } else {
        None
    }
}

/// Whether a value looks like what its key says.
fn fits(kind: ExposureKind, confidence: Confidence, text: &str) -> bool {
    use ExposureKind::{ApiKey, PersonName, Phone, Prompt, QueryText, Secret};
    match kind {
        QueryText | Prompt => text.contains(' ') && text.len() >= 8,
        // Shorter ones are ids of keys, as of Amazon API Gateway and AppSync.
        ApiKey => text.len() >= 16,
        Secret if confidence == Confidence::Possible => text.len() >= 8 && !text.contains(' '),
        Phone => text.bytes().filter(u8::is_ascii_digit).count() >= 6,
        PersonName if confidence == Confidence::Possible => is_name(text),
        _ => true,
    }
}

/// Whether a value may be an exposure by its key, outside of environment variables.
pub(super) fn may_be_by_key(key: &str, text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && !is_marker(text)
        && !is_placeholder(text)
        && keys::kind_of(key).is_some_and(|(kind, confidence)| fits(kind, confidence, text))
}

/// Services whose query text is logged.
const DATABASES: [&str; 12] = [
    "athena",
    "cloudtrail",
    "dynamodb",
    "glue",
    "lakeformation",
    "logs",
    "qldb",
    "rdsdata",
    "rds-data",
    "redshift-data",
    "sqlworkbench",
    "timestream",
];

/// What is found in the actor's own fields without a look at the rest of the record: the same as
/// [`find`] finds there. Each is a path and the text, undecoded.
pub fn in_identity(
    arn: Option<&str>,
    id: Option<&str>,
    add: &mut dyn FnMut(&'static str, ExposureKind, Confidence),
) {
    for (path, text) in [("userIdentity.arn", arn), ("userIdentity.principalId", id)] {
        let Some(text) = text else { continue };
        if text.contains('@') {
            for shape in shapes_in(text) {
                add(path, shape.kind, shape.confidence);
            }
        }
        let session = if path.ends_with("arn") { session_in_arn(text) } else { session_in_id(text) };
        if session.is_some_and(|(_, name)| is_name(name)) {
            add(path, ExposureKind::PersonName, Confidence::Possible);
        }
    }
}

fn explained(record: &Document<'_>, place: Place) -> Exposure {
    let Place { path, span, kind, confidence } = place;
    let mut explanation = String::from(match confidence {
        Confidence::Certain => "In clear: ",
        Confidence::Likely => "In clear, by its name: ",
        Confidence::Possible => "Perhaps, by its form: ",
    });
    explanation.push_str(kind.label());
    explanation.push_str(". ");
    explanation.push_str(kind.why());
    if kind == ExposureKind::SessionToken
        && let Some(ended) = record.root().text_at(&["responseElements", "credentials", "expiration"])
    {
        explanation.push_str(" This one expires `");
        explanation.push_str(&ended);
        explanation.push_str("`.");
    }
    Exposure { path, span, kind, confidence, explanation }
}

/// The pieces of one text that are exposures without its key: as byte ranges.
#[must_use]
pub fn spans_in(text: &str) -> Vec<(usize, usize)> {
    let mut spans: Vec<(usize, usize)> =
        shapes_in(text).iter().map(|shape| (shape.start, shape.end)).collect();
    let sessions = [session_in_arn(text), session_in_id(text)].into_iter().flatten();
    spans.extend(sessions.filter(|(_, name)| is_name(name)).map(|(at, name)| (at, at + name.len())));
    spans
}

/// The places of values in a query of words and `field:value` whose field says that they are secret.
#[must_use]
pub fn spans_in_query(text: &str) -> Vec<(usize, usize)> {
    let mut spans = Vec::new();
    for (at, _) in text.match_indices(':') {
        let length =
            run_back(&text.as_bytes()[..at], |b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        let name = text.get(at - length..at).unwrap_or_default();
        if keys::is_noise(name) || keys::kind_of(name).is_none() {
            continue;
        }
        let value = &text[at + 1..];
        let length = match value.strip_prefix('"') {
            Some(quoted) => quoted.find('"').map_or(value.len(), |end| end + 2),
            None => value.find(' ').unwrap_or(value.len()),
        };
        spans.push((at + 1, at + 1 + length));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks path, kind, and the text that the span marks in the outermost string.
    fn check(record: &str, expected: &[(&str, &str)]) -> Vec<Exposure> {
        let found = find(&Document::parse(record.as_bytes()).unwrap());
        let short: Vec<_> = found.iter().map(|one| (one.path.as_str(), one.kind.name())).collect();
        assert_eq!(short, expected, "{record}");
        assert!(found.iter().all(|one| one.explanation.ends_with(['.', '`'])), "{record}");
        found
    }

    /// One parameter of a call of a service.
    fn parameter(source: &str, key: &str, value: &str, expected: Option<&str>) {
        let record = serde_json::json!({
            "eventSource": format!("{source}.amazonaws.com"), "requestParameters": { key: value }
        });
        let path = format!("requestParameters.{key}");
        let expected: Vec<(&str, &str)> = expected.iter().map(|kind| (path.as_str(), *kind)).collect();
        check(&record.to_string(), &expected);
    }

    #[test]
    fn each_kind_has_a_hit_and_a_near_miss() {
        let token = format!("IQoJb3JpZ2lu{}", "aB3/".repeat(60));
        let github = format!("ghp_{}", "a1B2".repeat(9));
        let jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV";
        let signed =
            "https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIA%2F1&X-Amz-Signature=0123456789abcdef";
        let key = "-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----";
        for (source, name, value, expected) in [
            ("rds", "masterUserPassword", "hunter2!", Some("password")),
            ("rds", "masterUserPassword", "****", None),
            ("rds", "manageMasterUserPassword", "true", None),
            ("iam", "secretAccessKey", "wJalrXUtnFEMI/K7MDENG", Some("secretKey")),
            ("iam", "accessKeyId", "AKIAIOSFODNN7EXAMPLE", None),
            ("x", "note", key, Some("privateKey")),
            ("x", "note", "-----BEGIN PUBLIC KEY-----\nMIIE\n-----END PUBLIC KEY-----", None),
            ("x", "note", github.as_str(), Some("apiKey")),
            ("x", "note", "ghp_short", None),
            ("x", "note", jwt, Some("jwt")),
            ("x", "note", "eyJhbGciOiJIUzI1NiJ9", None),
            ("x", "note", "Bearer abcdefghijklmnop1234", Some("authorization")),
            ("x", "tokenType", "Bearer", None),
            ("x", "authorization", "abc", Some("authorization")),
            ("x", "url", "postgres://me:pw1234@db.example.com/x", Some("connectionString")),
            ("x", "url", "postgres://db.example.com/x", None),
            ("x", "url", "https://github.com/a/b", None),
            ("x", "note", signed, Some("presignedUrl")),
            ("s3", "SignatureVersion", "SigV4", None),
            ("ec2", "userData", "IyEvYmluL2Jhc2g=", Some("userData")),
            ("ec2", "userData", "<sensitiveDataRemoved>", None),
            ("sts", "sessionToken", token.as_str(), Some("sessionToken")),
            ("sts", "sessionToken", "<encoded session token blob>", None),
            ("sts", "sessionToken", "REDACTED", None),
            ("x", "anything", token.as_str(), Some("sessionToken")),
            ("sqs", "receiptHandle", "AQEB2M5cVYg5gslhWME6537hdjca", Some("receiptHandle")),
            ("sqs", "mD5OfMessageBody", "9a4e3f7a614d9dd9f8722092dbda17a2", None),
            ("athena", "queryString", "SELECT * FROM people", Some("queryText")),
            ("athena", "queryString", "***OMITTED***", None),
            ("x", "queryString", "SELECT * FROM people", None),
            ("qapps", "input", "who was fired last year", Some("prompt")),
            ("states", "input", "who was fired last year", None),
            ("x", "clientSecret", "abcdef", Some("secret")),
            ("x", "secretId", "arn:aws:secretsmanager:us-east-1:1:secret:x", None),
            ("x", "clientToken", "86C58940-D407-4E02-A617-E40168CFDBE2", None),
            ("x", "nextToken", jwt, None),
            ("x", "password", "{{resolve:secretsmanager:x}}", None),
            ("x", "owner", "jane@example.com", Some("email")),
            ("x", "image", "repo/app@sha256:0123456789abcdef", None),
            ("x", "remote", "git@github.com:a/b.git", None),
            ("x", "host", "root@ip-10-0-0-1.ec2.internal", None),
            ("x", "phoneNumber", "+4915112345678", Some("phone")),
            ("x", "phoneNumber", "none", None),
            ("sts", "roleSessionName", "jane.doe", Some("personName")),
            ("sts", "roleSessionName", "ci-deploy", None),
            ("x", "command", "export AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI", Some("secretKey")),
            ("x", "command", "export AWS_SECRET_ACCESS_KEY=$KEY", None),
            ("x", "random", "Zk3+9xQpLm2/RtYv8sWn4uJh6gBf1dCa", None),
        ] {
            parameter(source, name, value, expected);
        }
    }

    #[test]
    fn environment_variables_are_known_by_their_names() {
        check(
            r#"{"requestParameters":{"environment":{"variables":{"DB_PASSWORD":"abc","STAGE":"prod"}},
               "containerDefinitions":[{"environment":[{"name":"API_TOKEN","value":"abc"},{"name":"MODE","value":"x y"}]}],
               "other":"prod"}}"#,
            &[
                ("requestParameters.environment.variables.DB_PASSWORD", "password"),
                ("requestParameters.environment.variables.STAGE", "environment"),
                ("requestParameters.containerDefinitions[0].environment[0].value", "secret"),
                ("requestParameters.containerDefinitions[0].environment[1].value", "environment"),
            ],
        );
    }

    #[test]
    fn json_in_strings_is_read_and_a_session_says_when_it_ends() {
        let record = r#"{"responseElements":{"credentials":{"sessionToken":"abc1","expiration":"Jul 10, 2023"}},
            "requestParameters":"{\"adminPassword\":\"hunter2\"}"}"#;
        let found = check(
            record,
            &[
                ("responseElements.credentials.sessionToken", "sessionToken"),
                ("requestParameters.adminPassword", "password"),
            ],
        );
        assert!(found[0].explanation.ends_with("expires `Jul 10, 2023`."));
        let document = Document::parse(record.as_bytes()).unwrap();
        let outer = document.root().text_at(&["requestParameters"]).unwrap();
        let (start, end) = found[1].span;
        assert_eq!(&outer[start as usize..end as usize], "hunter2");
    }

    #[test]
    fn the_actor_is_found_without_the_record_as_with_it() {
        for (arn, id) in [
            ("arn:aws:sts::1:assumed-role/r/jane@example.com", "AROAX:jane@example.com"),
            ("arn:aws:sts::1:assumed-role/r/jane.doe", "AROAX:jane.doe"),
            ("arn:aws:sts::1:assumed-role/r/aws-sdk-1", "AROAX:aws-sdk-1"),
            ("arn:aws:iam::1:user/jane.doe", "AIDAX"),
        ] {
            let record = serde_json::json!({ "userIdentity": { "arn": arn, "principalId": id } }).to_string();
            let found = find(&Document::parse(record.as_bytes()).unwrap());
            let mut expected: Vec<_> = found.iter().map(|one| (one.path.clone(), one.kind)).collect();
            let mut short = Vec::new();
            in_identity(Some(arn), Some(id), &mut |path, kind, _| short.push((path.to_owned(), kind)));
            expected.sort_unstable();
            short.sort_unstable();
            assert_eq!(short, expected, "{arn}");
        }
    }

    #[test]
    fn hostile_texts_stay_linear() {
        for part in [
            "password=",
            "=ghp_",
            "a@",
            "-----BEGIN ",
            "Signature=",
            "eyJ.eyJ.",
            "\"AWS4-HMAC-SHA256 ",
            "://:@",
        ] {
            let text = part.repeat(400_000 / part.len());
            let record = serde_json::json!({ "a": text }).to_string();
            // A cost that grows with the square would not come to an end here.
            let found = find(&Document::parse(record.as_bytes()).unwrap());
            assert!(found.len() <= text.len() / 4, "{part}");
        }
    }
}
