//! Every marker in one record, with where it stands and what is known about it.

use crate::json::{Document, Kind, Path, Step, Value, push_index, push_key};
use crate::protocol::Redaction;

use super::{catalogue, marker};

/// How deep JSON inside strings is read: a policy in a parameter, a parameter map in a string.
const DEPTHS_OF_JSON_IN_STRINGS: u8 = 2;

/// All paths of one record's redactions together stay under this, in bytes. Real records need some
/// hundreds; a hostile one could hang a long path on each of many markers and cost their product.
const MAX_PATH_BYTES: usize = 4 << 20;

/// The redactions of a record, in the order of its text.
///
/// A marker inside JSON that a string holds has a path that goes on into that JSON
/// (`requestParameters.policyDocument.Statement[0].Sid`), and its span lies in the decoded text of
/// the outermost string.
#[must_use]
pub fn find(record: &Document<'_>) -> Vec<Redaction> {
    let mut search = Search { path: String::new(), hits: Vec::new(), budget: MAX_PATH_BYTES };
    search.walk(record.root(), None, 0);
    if search.hits.is_empty() {
        return Vec::new();
    }
    let source = record.root().text_at(&["eventSource"]).unwrap_or_default();
    let name = record.root().text_at(&["eventName"]).unwrap_or_default();
    search.hits.into_iter().map(|hit| explain(hit, &source, &name)).collect()
}

struct Hit {
    path: String,
    marker: String,
    span: (usize, usize),
    /// Whether the marker is only a part of its value.
    part: bool,
}

struct Search {
    path: String,
    hits: Vec<Hit>,
    budget: usize,
}

impl Search {
    /// Looks at everything under `root`. `outer` is where the text of `root` lies in the string of
    /// the record that holds it.
    fn walk(&mut self, root: Value<'_>, outer: Option<Outer>, depth: u8) {
        let base = self.path.len();
        // Values still to see, the next one last, each with the length of its parent's path.
        let mut open = vec![(root, base, None)];
        while let Some((value, parent, index)) = open.pop() {
            self.path.truncate(parent);
            match index {
                Some(index) => push_index(&mut self.path, index),
                None if value.ordinal() > 0 => push_key(&mut self.path, &value.key()),
                None => {}
            }
            match value.kind() {
                Kind::Object | Kind::Array => {
                    let length = self.path.len();
                    let first = open.len();
                    let listed = value.kind() == Kind::Array;
                    let children = value.children().enumerate();
                    open.extend(children.map(|(at, child)| (child, length, listed.then_some(at))));
                    open[first..].reverse();
                }
                Kind::String => self.string(value, outer, depth),
                Kind::Number | Kind::True | Kind::False | Kind::Null => {}
            }
        }
        self.path.truncate(base);
    }

    fn string(&mut self, value: Value<'_>, outer: Option<Outer>, depth: u8) {
        let Some(text) = value.as_str() else { return };
        // Only a text without escapes has its bytes where its source has them.
        let exact = value.source().len() == text.len() && !value.source().contains(&b'\\');
        let whole = value.span();
        let place = |span: (usize, usize)| match outer {
            None => span,
            Some(Outer::Text) if exact => (whole.0 + span.0, whole.0 + span.1),
            Some(Outer::Text) => whole,
            Some(Outer::Within(start, end)) => (start, end),
        };
        if depth < DEPTHS_OF_JSON_IN_STRINGS
            && text.trim_ascii_start().starts_with(['{', '['])
            && let Ok(inner) = Document::parse(text.as_bytes())
        {
            let inside = match outer {
                None => Outer::Text,
                Some(_) => {
                    let (start, end) = place((0, text.len()));
                    Outer::Within(start, end)
                }
            };
            return self.walk(inner.root(), Some(inside), depth + 1);
        }
        for span in marker::spans(&text) {
            if self.path.len() > self.budget {
                return;
            }
            self.budget -= self.path.len();
            let marker = text[span.0..span.1].to_owned();
            let part = marker.len() < text.trim_ascii().len();
            self.hits.push(Hit { path: self.path.clone(), marker, span: place(span), part });
        }
    }
}

/// Where a text lies in the decoded string of the record.
#[derive(Clone, Copy)]
enum Outer {
    /// It is that text.
    Text,
    /// Somewhere between these bytes: it is a text in a text.
    Within(usize, usize),
}

fn explain(hit: Hit, source: &str, name: &str) -> Redaction {
    let keys: Vec<String> = Path::parse(&hit.path)
        .map(|path| path.0)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key),
            Step::Index(_) | Step::Each => None,
        })
        .collect();
    let rule = catalogue::rule(source, name, &keys);
    let leaf = keys.last().map_or("the value", String::as_str);
    let marker = &hit.marker;
    let what = if hit.part { "a part of " } else { "" };
    let explanation = match rule {
        Some(rule) => format!(
            "{} replaces {what}`{leaf}` with `{marker}` before it logs this call. \
             The value is not in the file and cannot be recovered.",
            rule.service
        ),
        None if marker.bytes().all(|byte| byte == b'*') => format!(
            "`{marker}` stands in place of `{leaf}`, as AWS services write it for a hidden value. \
             No AWS document known here says so for this call. The value is not in the file."
        ),
        None => format!(
            "AWS replaced {what}`{leaf}` with `{marker}` before it logged this call, though no AWS document \
             known here says so. The value is not in the file and cannot be recovered."
        ),
    };
    // A span past 4 GiB cannot be: the record's own text is shorter.
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Redaction {
        span: (place(hit.span.0), place(hit.span.1)),
        documented: rule.is_some(),
        document: rule.map_or_else(String::new, |rule| rule.document.to_owned()),
        path: hit.path,
        marker: hit.marker,
        explanation,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Checks path, marker, documented, and the text that the span marks in the outermost string.
    fn check(record: &str, expected: &[(&str, &str, bool)]) -> Vec<Redaction> {
        let document = Document::parse(record.as_bytes()).unwrap();
        let found = find(&document);
        let short: Vec<_> =
            found.iter().map(|r| (r.path.as_str(), r.marker.as_str(), r.documented)).collect();
        assert_eq!(short, expected, "{record}");
        found
    }

    #[test]
    fn the_samples_of_aws_come_out_as_documented() {
        let broker = check(
            include_str!("../../tests/fixtures/seeds/amazonmq-create-broker.json"),
            &[
                ("requestParameters.users[0].password", "***", true),
                ("requestParameters.users[1].password", "***", true),
            ],
        );
        assert_eq!(
            broker[0].explanation,
            "Amazon MQ replaces `password` with `***` before it logs this call. \
             The value is not in the file and cannot be recovered."
        );
        assert_eq!(broker[0].document, "Logging Amazon MQ API calls using AWS CloudTrail");
        check(
            include_str!("../../tests/fixtures/seeds/sqs-send-message.json"),
            &[("requestParameters.messageBody", "HIDDEN_DUE_TO_SECURITY_REASONS", true)],
        );
        for quiet in [
            include_str!("../../tests/fixtures/seeds/sqs-delete-message-batch.json"),
            include_str!("../../tests/fixtures/seeds/qapps-get-library-item.json"),
            include_str!("../../tests/fixtures/seeds/monitron-delete-project.json"),
            include_str!("../../tests/fixtures/seeds/amplify-list-apps.json"),
        ] {
            check(quiet, &[]);
        }
    }

    #[test]
    fn escaped_embedded_and_nested_markers_are_found() {
        check(
            r#"{"eventSource":"ec2.amazonaws.com","eventName":"CreateKeyPair","responseElements":{"keyMaterial":"\u003csensitiveDataRemoved\u003e"}}"#,
            &[("responseElements.keyMaterial", "<sensitiveDataRemoved>", true)],
        );
        let statement = check(
            r#"{"eventSource":"dynamodb.amazonaws.com","eventName":"ExecuteStatement","requestParameters":{"statement":"é=***(Redacted)"}}"#,
            &[("requestParameters.statement", "***(Redacted)", true)],
        );
        assert_eq!(statement[0].span, (3, 16));
        let organization = r#"{"eventSource":"organizations.amazonaws.com","eventName":"CreateAccount","requestParameters":"{\n \"email\": \"****\", \"x\":[{\"accountName\":\"****\"}]}"}"#;
        let nested = check(
            organization,
            &[
                ("requestParameters.email", "****", true),
                ("requestParameters.x[0].accountName", "****", true),
            ],
        );
        let document = Document::parse(organization.as_bytes()).unwrap();
        let outer = document.root().text_at(&["requestParameters"]).unwrap();
        for redaction in nested {
            let (start, end) = redaction.span;
            assert_eq!(&outer[start as usize..end as usize], "****");
        }
    }

    #[test]
    fn a_text_in_a_text_is_marked_as_a_whole() {
        let inner = serde_json::json!({"p": "HIDDEN_DUE_TO_SECURITY_REASONS"}).to_string();
        let middle = serde_json::json!({"m": inner}).to_string();
        let record = serde_json::json!({"a": [middle]}).to_string();
        let found = check(&record, &[("a[0].m.p", "HIDDEN_DUE_TO_SECURITY_REASONS", false)]);
        let (start, end) = (found[0].span.0 as usize, found[0].span.1 as usize);
        assert!(middle[start..end].starts_with('{') && middle[start..end].ends_with('}'));
    }

    #[test]
    fn what_people_wrote_and_what_only_looks_like_it_is_left() {
        check(
            r#"{"a":"REDACTED","b":"[AWS_ACCOUNT_ID_REDACTED]","c":"redacted@example.com","d":"*","e":"**",
               "f":"{\"Principal\":\"*\",\"Resource\":[\"**\"]}","g":"6WQWT1XXXX4JVDEN","h":"sensitive-file.txt","***":1}"#,
            &[],
        );
    }

    #[test]
    fn an_unknown_place_is_observed_not_documented() {
        let found = check(
            r#"{"eventSource":"amazonmq.amazonaws.com","eventName":"DeleteUser","requestParameters":{"password":"***"}}"#,
            &[("requestParameters.password", "***", false)],
        );
        assert!(found[0].explanation.contains("No AWS document known here"));
    }

    #[test]
    fn hostile_depth_and_long_paths_stay_linear() {
        let deep = format!("{}\"***\"{}", "[\"***\",".repeat(60_000), "]".repeat(60_000));
        let found = find(&Document::parse(deep.as_bytes()).unwrap());
        assert!(found.iter().map(|r| r.path.len()).sum::<usize>() <= MAX_PATH_BYTES);
        assert!(found.len() > 100);
    }
}
