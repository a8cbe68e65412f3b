//! Every exposure in one record.

use super::keys;
use super::person::{is_name, session_in_arn, session_in_id};
use super::shapes::{Shape, is_placeholder, shapes_in};
use crate::json::{Document, Kind, TextAt, texts};
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
    let source = record.root().text_at(&["eventSource"]).unwrap_or_default();
    let mut search = Search {
        source: source.split('.').next().unwrap_or_default(),
        key: String::new(),
        environment: None,
        variable: String::new(),
        found: Vec::new(),
        budget: MAX_PATH_BYTES,
    };
    texts(record, &mut |text| search.look(text));
    search.found.into_iter().map(|place| explained(record, place)).collect()
}

struct Search<'s> {
    /// The event source without `.amazonaws.com`.
    source: &'s str,
    /// The key last seen: that of the value that comes next, or of the list around it.
    key: String,
    /// The path of the environment variables that the walk is in.
    environment: Option<String>,
    /// The `name` beside a `value` in it.
    variable: String,
    found: Vec<Place>,
    budget: usize,
}

impl Search<'_> {
    fn look(&mut self, at: &TextAt<'_>) {
        if self.environment.as_ref().is_some_and(|path| !at.path.starts_with(path.as_str())) {
            self.environment = None;
        }
        if at.is_key() {
            self.key.clear();
            self.key.push_str(at.text);
            if self.environment.is_none() && keys::is_environment(at.text) {
                self.environment = Some(at.path.to_owned());
            }
            return;
        }
        if at.kind != Kind::String || at.text.is_empty() || keys::is_noise(&self.key) {
            return;
        }
        let text = at.text.trim();
        if is_marker(text) || is_scrubbed(text) {
            return;
        }
        if let Some((kind, confidence)) = self.by_key(at.path, text) {
            self.add(at, (0, at.text.len()), kind, confidence);
            return;
        }
        for Shape { start, end, kind, confidence } in shapes_in(at.text) {
            self.add(at, (start, end), kind, confidence);
        }
        let session = match self.key.as_str() {
            "arn" if at.path == "userIdentity.arn" => session_in_arn(at.text),
            "principalId" if at.path == "userIdentity.principalId" => session_in_id(at.text),
            _ => None,
        };
        if let Some((start, name)) = session.filter(|(_, name)| is_name(name)) {
            self.add(at, (start, start + name.len()), ExposureKind::PersonName, Confidence::Possible);
        }
    }

    /// What a value is by its key and the keys around it.
    fn by_key(&mut self, path: &str, text: &str) -> Option<(ExposureKind, Confidence)> {
        use ExposureKind::{ApiKey, Environment, PersonName, Phone, Prompt, QueryText, Secret};
        if is_placeholder(text) {
            return None;
        }
        if self.environment.as_ref().is_some_and(|env| path.len() > env.len()) {
            return match self.key.as_str() {
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
        let (kind, confidence) = keys::kind_of(&self.key)?;
        let prose = text.contains(' ') && text.len() >= 8;
        let fits = match kind {
            QueryText => prose && DATABASES.contains(&self.source),
            Prompt => prose && (self.source == "qapps" || self.source.starts_with("bedrock")),
            // Shorter ones are ids of keys, as of Amazon API Gateway and AppSync.
            ApiKey => text.len() >= 16,
            Secret if confidence == Confidence::Possible => text.len() >= 8 && !text.contains(' '),
            Phone => text.bytes().filter(u8::is_ascii_digit).count() >= 6,
            PersonName if confidence == Confidence::Possible => is_name(text),
            _ => true,
        };
        fits.then_some((kind, confidence))
    }

    fn add(&mut self, at: &TextAt<'_>, part: (usize, usize), kind: ExposureKind, confidence: Confidence) {
        if at.path.len() >= self.budget {
            return;
        }
        self.budget -= at.path.len() + 1;
        self.found.push(Place { path: at.path.to_owned(), span: at.place(part), kind, confidence });
    }
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
        let name = text[..at]
            .rsplit(|c: char| !(c.is_alphanumeric() || c == '_' || c == '-'))
            .next()
            .unwrap_or_default();
        if keys::is_noise(name) || keys::kind_of(name).is_none() {
            continue;
        }
        let value = &text[at + 1..];
        let length = match value.strip_prefix('"') {
            Some(quoted) => quoted.find('"').map_or(value.len(), |end| end + 2),
            None => value.find(char::is_whitespace).unwrap_or(value.len()),
        };
        spans.push((at + 1, at + 1 + length));
    }
    spans
}
