//! Every marker in one record, with where it stands and what is known about it.

use crate::json::{Document, Kind, Path, Spots, Step, texts_at};
use crate::protocol::{Hidden, Redaction};

use super::{absence, catalogue, marker};

/// All paths of one record's redactions together stay under this, in bytes. Real records need some
/// hundreds; a hostile one could hang a long path on each of many markers and cost their product.
const MAX_PATH_BYTES: usize = 4 << 20;

/// What is missing in a record, in the order of its text; last what is withheld from it as a whole.
///
/// A marker inside JSON that a string holds has a path that goes on into that JSON
/// (`requestParameters.policyDocument.Statement[0].Sid`), and its span lies in the decoded text of
/// the outermost string.
#[must_use]
pub fn find(record: &Document<'_>) -> Vec<Redaction> {
    let mut spots = Spots::default();
    spots.add_all();
    all(record, &spots, true)
}

/// The same where first looks say that something may be, without explanations: for figures.
#[must_use]
pub fn places(record: &Document<'_>, spots: &Spots) -> Vec<Redaction> {
    all(record, spots, false)
}

fn all(record: &Document<'_>, spots: &Spots, explained: bool) -> Vec<Redaction> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut budget = MAX_PATH_BYTES;
    let mut key_is_omitted = false;
    texts_at(record, spots, &mut |at| {
        if at.is_key() {
            key_is_omitted = at.text == "omitted";
        }
        let found = match at.kind {
            Kind::Object if marker::is_marker(at.text) => vec![(0, at.text.len(), Hidden::Masked)],
            Kind::Object => return,
            Kind::True if !key_is_omitted => return,
            Kind::True => vec![(0, 4, Hidden::Cut)],
            _ if marker::is_cut(at.text) => vec![(0, at.text.len(), Hidden::Cut)],
            _ => marker::spans(at.text),
        };
        for (start, end, class) in found {
            let path = at.path();
            if path.len() > budget {
                return;
            }
            budget -= path.len();
            let marker = at.text[start..end].to_owned();
            push(&mut hits, Hit { path, marker, span: at.place((start, end)), class });
        }
    });
    let absent = absence::absent(record);
    if hits.is_empty() && absent.is_none() {
        return Vec::new();
    }
    let source = record.root().text_at(&["eventSource"]).unwrap_or_default();
    let name = record.root().text_at(&["eventName"]).unwrap_or_default();
    hits.into_iter().map(|hit| told(hit, &source, &name, explained)).chain(absent).collect()
}

struct Hit {
    path: String,
    marker: String,
    span: (u32, u32),
    class: Hidden,
}

/// Adds a hit. `omitted` and its `reason` are one: what was cut is the object that holds them.
fn push(hits: &mut Vec<Hit>, mut hit: Hit) {
    if hit.class == Hidden::Cut {
        hit.span = (0, 0);
        if let Some((cut, "omitted" | "reason")) = hit.path.rsplit_once('.') {
            hit.path.truncate(cut.len());
        }
        if hit.marker == "true" {
            "omitted".clone_into(&mut hit.marker);
        }
        if let Some(last) = hits.last_mut().filter(|last| last.class == Hidden::Cut && last.path == hit.path)
        {
            if last.marker == "omitted" {
                last.marker = hit.marker;
            }
            return;
        }
    }
    hits.push(hit);
}

fn told(hit: Hit, source: &str, name: &str, explained: bool) -> Redaction {
    let keys: Vec<String> = Path::parse(&hit.path)
        .map(|path| path.0)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|step| match step {
            Step::Key(key) => Some(key),
            Step::Index(_) | Step::Each => None,
        })
        .collect();
    let rule = hit.class.is_redaction().then(|| catalogue::rule(source, name, &keys)).flatten();
    let leaf = keys.last().map_or("the value", String::as_str);
    let explanation = if explained { explanation(&hit, rule, leaf) } else { String::new() };
    Redaction {
        span: hit.span,
        class: hit.class,
        documented: rule.is_some_and(|rule| !rule.document.is_empty()) || hit.class == Hidden::Cut,
        document: match hit.class {
            Hidden::Cut => "CloudTrail record contents".to_owned(),
            _ => rule.map_or_else(String::new, |rule| rule.document.to_owned()),
        },
        path: hit.path,
        marker: hit.marker,
        explanation,
    }
}

fn explanation(hit: &Hit, rule: Option<&catalogue::Rule>, leaf: &str) -> String {
    let marker = &hit.marker;
    let part = hit.class == Hidden::PartlyMasked;
    let what = if part { "a part of " } else { "" };
    match rule {
        Some(rule) => {
            let known =
                if rule.document.is_empty() { " Real events show it; no page of AWS says so." } else { "" };
            format!(
                "{} replaces {what}`{leaf}` with `{marker}` before it logs this call. \
                 The value is not in the file and cannot be recovered.{known}",
                rule.service
            )
        }
        None if hit.class == Hidden::Cut => format!(
            "CloudTrail left out `{leaf}` because it was too large to log. No service hid it. \
             It cannot be recovered from the trail."
        ),
        None if !hit.class.is_redaction() => format!(
            "`{marker}` is no marker of AWS: people or their tools scrubbed `{leaf}` after it was logged. \
             Whoever has the original log has the value."
        ),
        None if marker.bytes().all(|byte| byte == b'*') => format!(
            "`{marker}` stands in place of `{leaf}`, as AWS services write it for a hidden value. \
             No AWS document known here says so for this call. The value is not in the file."
        ),
        None => format!(
            "AWS replaced {what}`{leaf}` with `{marker}` before it logged this call, though no AWS document \
             known here says so. The value is not in the file and cannot be recovered."
        ),
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
    fn what_only_looks_like_it_is_left() {
        check(
            r#"{"c":"redacted@example.com","d":"*","e":"**","f":"{\"Principal\":\"*\",\"Resource\":[\"**\"]}",
               "g":"6WQWT1XXXX4JVDEN","h":"sensitive-file.txt","i":"confidential/redacted.pdf","*":1,"omitted":false}"#,
            &[],
        );
    }

    fn check_class(record: &str, expected: &[(&str, &str, Hidden)]) -> Vec<Redaction> {
        let found = find(&Document::parse(record.as_bytes()).unwrap());
        let short: Vec<_> = found.iter().map(|r| (r.path.as_str(), r.marker.as_str(), r.class)).collect();
        assert_eq!(short, expected, "{record}");
        found
    }

    #[test]
    fn five_ways_of_missing_are_told_apart() {
        check_class(
            r#"{"eventSource":"ssm.amazonaws.com","eventName":"SendCommand","requestParameters":{
               "parameters":"HIDDEN_DUE_TO_SECURITY_REASONS","tags":[{"HIDDEN_DUE_TO_SECURITY_REASONS":{"a":1}}]}}"#,
            &[
                ("requestParameters.parameters", "HIDDEN_DUE_TO_SECURITY_REASONS", Hidden::Masked),
                (
                    "requestParameters.tags[0].HIDDEN_DUE_TO_SECURITY_REASONS",
                    "HIDDEN_DUE_TO_SECURITY_REASONS",
                    Hidden::Masked,
                ),
            ],
        );
        let scrubbed = check_class(
            r#"{"a":"REDACTED","b":"arn:aws:iam::[AWS_ACCOUNT_ID_REDACTED]:user/x","c":"ASIAXXXXXXXXXXXX"}"#,
            &[
                ("a", "REDACTED", Hidden::Scrubbed),
                ("b", "[AWS_ACCOUNT_ID_REDACTED]", Hidden::Scrubbed),
                ("c", "XXXXXXXXXXXX", Hidden::Scrubbed),
            ],
        );
        assert!(scrubbed[0].explanation.contains("after it was logged"));
        let cut = check_class(
            r#"{"requestParameters":{"omitted":true,"originalSize":149893,"reason":"requestParameters too large"},
               "responseElements":{"omitted":true},"additionalEventData":{"omitted":"true","reason":"additionalEventData too large"}}"#,
            &[
                ("requestParameters", "requestParameters too large", Hidden::Cut),
                ("responseElements", "omitted", Hidden::Cut),
                ("additionalEventData", "additionalEventData too large", Hidden::Cut),
            ],
        );
        assert!(cut[0].explanation.starts_with("CloudTrail left out"));
        let call = |source: &str, name: &str, rest: &str| {
            format!(r#"{{"eventSource":"{source}.amazonaws.com","eventName":"{name}"{rest}}}"#)
        };
        let response = [("responseElements", "response withheld", Hidden::Withheld)];
        let broker =
            check_class(&call("amazonmq", "DescribeBroker", r#","responseElements":null"#), &response);
        assert_eq!(broker[0].document, "Logging Amazon MQ API calls using AWS CloudTrail");
        check_class(&call("amazonmq", "ListUsers", ""), &response);
        check_class(&call("securityhub", "GetFindings", ""), &response);
        let not_logged = |path| [(path, "not logged", Hidden::NotLogged)];
        check_class(&call("kms", "GenerateDataKeyPair", ""), &not_logged("responseElements"));
        check_class(
            &call(
                "lambda",
                "UpdateFunctionConfiguration20150331v2",
                r#","requestParameters":{"functionName":"f"}"#,
            ),
            &not_logged("requestParameters"),
        );
        for quiet in [
            call("amazonmq", "DescribeBroker", r#","errorCode":"AccessDenied","responseElements":null"#),
            call("amazonmq", "DescribeBrokerEngineTypes", r#","responseElements":null"#),
            call("amazonmq", "RebootBroker", r#","responseElements":null"#),
            call("s3", "ListBuckets", r#","responseElements":null"#),
            call("lambda", "CreateFunction20150331", r#","requestParameters":{"environment":{}}"#),
            call("lambda", "CreateFunction20150331", r#","requestParameters":null"#),
        ] {
            check_class(&quiet, &[]);
        }
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
