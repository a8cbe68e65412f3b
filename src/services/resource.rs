//! What a record is about.

use std::borrow::Cow;

use crate::event::RESOURCE_PARAMETERS;
use crate::json::{Document, Kind, Value};
use crate::redaction::is_marker;

/// The resource of a record, by its short name: the first of `resources`, else the most telling
/// parameter. `None` where the record names none, or AWS hid it.
#[must_use]
pub fn resource(record: &Document<'_>) -> Option<String> {
    let root = record.root();
    let listed = root.get("resources").filter(|resources| resources.kind() == Kind::Array);
    let arn = |key: &str| listed?.children().find_map(|resource| usable(resource.text_at(&[key])));
    let name =
        arn("ARN").or_else(|| arn("ARNPrefix")).or_else(|| parameter(root.get("requestParameters")?))?;
    Some(resource_name(&name).to_owned())
}

/// The most telling parameter; of two that tell as much, the last.
fn parameter(parameters: Value<'_>) -> Option<Cow<'_, str>> {
    let rank = |key: &str| RESOURCE_PARAMETERS.iter().position(|name| name.eq_ignore_ascii_case(key));
    let mut best: Option<(usize, Cow<'_, str>)> = None;
    for member in parameters.children() {
        let key = member.key();
        let (key, value) = if key == "instancesSet" {
            ("instanceId", first_instance(member))
        } else {
            (&*key, member.scalar())
        };
        let Some((rank, value)) = rank(key).zip(usable(value)) else { continue };
        if best.as_ref().is_none_or(|(best, _)| rank <= *best) {
            best = Some((rank, value));
        }
    }
    best.map(|(_, value)| value)
}

/// EC2 names its instances in `instancesSet.items[].instanceId`.
fn first_instance(set: Value<'_>) -> Option<Cow<'_, str>> {
    set.get("items")?.children().next()?.text_at(&["instanceId"])
}

fn usable(text: Option<Cow<'_, str>>) -> Option<Cow<'_, str>> {
    text.filter(|text| !text.is_empty() && !is_marker(text))
}

/// The short name of a resource: the last part of an ARN (of an S3 object its bucket and key, of a
/// log group its path) or of a queue's URL; any other text as it is.
#[must_use]
pub fn resource_name(text: &str) -> &str {
    if text.starts_with("https://") || text.starts_with("http://") {
        return text.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty()).unwrap_or(text);
    }
    if !text.starts_with("arn:") {
        return text;
    }
    let mut parts = text.splitn(6, ':').skip(2);
    let (Some(service), Some(rest)) = (parts.next(), parts.nth(2)) else { return text };
    let name = match service {
        "s3" | "execute-api" => rest,
        "logs" => rest.strip_prefix("log-group:").unwrap_or(rest).trim_end_matches(":*"),
        "ssm" => rest.strip_prefix("parameter").unwrap_or(rest),
        "secretsmanager" => rest.strip_prefix("secret:").unwrap_or(rest),
        "sts" => rest.strip_prefix("assumed-role/").and_then(|r| r.split('/').next()).unwrap_or(rest),
        _ => rest.rsplit(['/', ':']).next().unwrap_or(rest),
    };
    if name.is_empty() { text } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn arns_and_urls_get_short_names() {
        for (text, name) in [
            ("MyBroker", "MyBroker"),
            ("https://sqs.us-east-2.amazon.com/123456789012/MyQueue", "MyQueue"),
            ("arn:aws:sqs:us-east-2:123456789012:MyQueue", "MyQueue"),
            ("arn:aws:iam::123456789012:role/path/deploy", "deploy"),
            ("arn:aws:sts::123456789012:assumed-role/deploy/session", "deploy"),
            ("arn:aws:s3:::bucket/a/b.txt", "bucket/a/b.txt"),
            ("arn:aws:mq:us-east-2:123456789012:broker:MyBroker:b-1", "b-1"),
            ("arn:aws:ssm:us-east-1:1:parameter/credentials/db", "/credentials/db"),
            ("arn:aws:logs:us-east-1:1:log-group:/aws/lambda/f:*", "/aws/lambda/f"),
            ("arn:aws:kms:us-east-1:1:key/1234", "1234"),
            ("arn:", "arn:"),
            ("arn:aws:sqs:::", "arn:aws:sqs:::"),
            ("https://", "https:"),
        ] {
            assert_eq!(resource_name(text), name);
        }
    }

    #[test]
    fn the_listed_resource_comes_first_and_markers_never() {
        let check = |record: &str, expected: Option<&str>| {
            let document = Document::parse(record.as_bytes()).unwrap();
            assert_eq!(resource(&document).as_deref(), expected, "{record}");
        };
        check(
            r#"{"resources":[{"ARN":"arn:aws:s3:::b"}],"requestParameters":{"bucketName":"c"}}"#,
            Some("b"),
        );
        check(r#"{"requestParameters":{"name":"n","QueueUrl":"https://q/1/Q"}}"#, Some("Q"));
        check(r#"{"requestParameters":{"name":"HIDDEN_DUE_TO_SECURITY_REASONS"}}"#, None);
        check(r#"{"resources":null,"requestParameters":"text"}"#, None);
        check(
            r#"{"requestParameters":{"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}}}"#,
            Some("i-1"),
        );
        check("{}", None);
    }

    proptest! {
        #[test]
        fn any_text_has_a_name(text in "(arn:)?[a-z:/*é]{0,30}") {
            prop_assert!(text.contains(resource_name(&text)));
        }
    }
}
