//! What a record is about.

use std::borrow::Cow;

use crate::event::{DEEPER, REPLY_DEPTH, may_enter, place_of, rank_in_reply};
use crate::json::{Document, Kind, Value};
use crate::redaction::is_marker;

/// The resource of a record, by its short name: the first of `resources`, else the most telling
/// parameter. `None` where the record names none, or AWS hid it.
#[must_use]
pub fn resource(record: &Document<'_>) -> Option<String> {
    let root = record.root();
    let listed = root.get("resources").filter(|resources| resources.kind() == Kind::Array);
    let arn = |key: &str| listed?.children().find_map(|resource| usable(resource.text_at(&[key])));
    let hint = || {
        let mut best = None;
        for (reply, key) in [(false, "requestParameters"), (true, "responseElements")] {
            let mut own = None;
            parameter(root.get(key), reply, 0, &mut own);
            if let Some((rank, value)) = own
                && best.as_ref().is_none_or(|(best, _)| rank < *best)
            {
                best = Some((rank, value));
            }
        }
        best.map(|(_, value)| value)
    };
    let denied = || {
        let (event, message) = (root.text_at(&["eventName"])?, root.text_at(&["errorMessage"])?);
        role_denied(&event, &message).map(|role| Cow::Owned(role.to_owned()))
    };
    let name = arn("ARN").or_else(|| arn("ARNPrefix")).or_else(hint).or_else(denied)?;
    Some(resource_name(&name).into_owned())
}

/// The role that an `AssumeRole*` was denied, whose request is not recorded then: `User: arn:… is not
/// authorized to perform: sts:AssumeRole on resource: arn:aws:iam::111122223333:role/name`, at times with
/// ` because …` behind it.
#[must_use]
pub fn role_denied<'m>(event: &str, message: &'m str) -> Option<&'m str> {
    let (_, role) = message.split_once(" on resource: ").filter(|_| event.starts_with("AssumeRole"))?;
    role.split_ascii_whitespace().next().filter(|role| role.contains(":role/"))
}

/// The most telling parameter, with its rank; of two that tell as much, the last.
fn parameter<'d>(
    parameters: Option<Value<'d>>,
    reply: bool,
    depth: usize,
    best: &mut Option<(usize, Cow<'d, str>)>,
) {
    for member in parameters.iter().flat_map(Value::children) {
        let key = member.key();
        let (key, value) = if key == "instancesSet" && depth == 0 {
            ("instanceId", first_instance(member))
        } else {
            (&*key, member.scalar())
        };
        let Some(place) = place_of(key) else {
            if depth < if reply { REPLY_DEPTH } else { 1 }
                && member.kind() == Kind::Object
                && may_enter(key.as_bytes(), reply)
            {
                parameter(Some(member), reply, depth + 1, best);
            }
            continue;
        };
        let rank = if reply { rank_in_reply(place, depth) } else { Some(place + depth * 2 * DEEPER) };
        if let Some((rank, value)) = rank.zip(usable(value))
            && best.as_ref().is_none_or(|(best, _)| rank <= *best)
        {
            *best = Some((rank, value));
        }
    }
}

/// EC2 names its instances in `instancesSet.items[].instanceId`.
fn first_instance(set: Value<'_>) -> Option<Cow<'_, str>> {
    set.get("items")?.children().next()?.text_at(&["instanceId"])
}

fn usable(text: Option<Cow<'_, str>>) -> Option<Cow<'_, str>> {
    text.filter(|text| !text.is_empty() && !is_marker(text))
}

/// The name of a resource in columns: its [`bare_name`]; a queue, which two accounts or Regions may each
/// have of a name, is `name/account/Region`.
#[must_use]
pub fn resource_name(text: &str) -> Cow<'_, str> {
    let Some((name, account, region)) = queue(text) else { return bare_name(text).into() };
    [name, "/", account, "/", region].concat().into()
}

/// Name, account and Region of a queue, by its URL or its ARN.
fn queue(text: &str) -> Option<(&str, &str, &str)> {
    if let Some(arn) = text.strip_prefix("arn:") {
        let (region, rest) = arn.split_once(':')?.1.strip_prefix("sqs:")?.split_once(':')?;
        let (account, name) = rest.split_once(':')?;
        return (!name.is_empty()).then_some((name, account, region));
    }
    let (host, path) =
        text.strip_prefix("http")?.trim_start_matches('s').strip_prefix("://")?.split_once('/')?;
    let (account, name) = path.split_once('/')?;
    // `sqs.us-east-2.amazonaws.com`, and of old `us-east-2.queue.amazonaws.com`.
    let mut labels = host.split('.');
    let region = if labels.any(|label| label.starts_with("sqs")) {
        labels.next()?
    } else if host.starts_with("queue.") {
        "us-east-1"
    } else {
        host.split_once(".queue.")?.0
    };
    (is_account(account) && !name.is_empty() && !name.contains('/')).then_some((name, account, region))
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether a resource, as [`resource_name`] has it, is called so; a queue by its name alone.
#[must_use]
pub fn is_called(resource: &str, name: &str) -> bool {
    resource == name
        || resource
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix('/')?.split_once('/'))
            .is_some_and(|(account, region)| is_account(account) && !region.contains('/'))
}

/// The short name of a resource: the last part of an ARN (of an S3 object its bucket and key, of a
/// log group its path) or of a queue's URL; any other text as it is.
#[must_use]
pub fn bare_name(text: &str) -> &str {
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
            ("https://sqs.us-east-2.amazon.com/123456789012/MyQueue", "MyQueue/123456789012/us-east-2"),
            ("https://us-west-1.queue.amazonaws.com/123456789012/Q.fifo", "Q.fifo/123456789012/us-west-1"),
            ("https://queue.amazonaws.com/123456789012/Q", "Q/123456789012/us-east-1"),
            ("https://vpce-1-a.sqs.eu-west-1.vpce.amazonaws.com/123456789012/Q", "Q/123456789012/eu-west-1"),
            ("https://sqs-fips.us-gov-west-1.amazonaws.com/123456789012/Q", "Q/123456789012/us-gov-west-1"),
            ("arn:aws-cn:sqs:cn-north-1:123456789012:*", "*/123456789012/cn-north-1"),
            ("https://sqs.us-east-2.amazonaws.com/123456789012/a/b", "b"),
            ("https://example.com/123456789012/b", "b"),
            ("arn:aws:sqs:us-east-2:123456789012:MyQueue", "MyQueue/123456789012/us-east-2"),
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
        check(
            r#"{"requestParameters":{"queueName":"Q"},"responseElements":{"queueUrl":"https://sqs.eu-west-1.amazonaws.com/123456789012/Q"}}"#,
            Some("Q/123456789012/eu-west-1"),
        );
        check(r#"{"requestParameters":{"queueName":"Q"},"responseElements":null}"#, Some("Q"));
        check(r#"{"requestParameters":{"name":"HIDDEN_DUE_TO_SECURITY_REASONS"}}"#, None);
        check(r#"{"resources":null,"requestParameters":"text"}"#, None);
        check(
            r#"{"requestParameters":{"instancesSet":{"items":[{"instanceId":"i-1"},{"instanceId":"i-2"}]}}}"#,
            Some("i-1"),
        );
        check("{}", None);
    }

    #[test]
    fn a_queue_is_called_by_its_name_too() {
        for (resource, name, called) in [
            ("Q/123456789012/eu-west-1", "Q", true),
            ("Q/123456789012/eu-west-1", "Q/123456789012/eu-west-1", true),
            ("QQ/123456789012/eu-west-1", "Q", false),
            ("bucket/123456789012/a/b", "bucket", false),
            ("bucket/logs/b", "bucket", false),
            ("Q", "Q", true),
            ("Q", "", false),
        ] {
            assert_eq!(is_called(resource, name), called, "{resource} {name}");
        }
    }

    proptest! {
        #[test]
        fn any_text_has_a_name(text in "(arn:|https?://sqs)?[a-z0-9.:/*é]{0,30}") {
            prop_assert!(text.contains(bare_name(&text)));
            prop_assert!(is_called(&resource_name(&text), &resource_name(&text)));
        }
    }
}
