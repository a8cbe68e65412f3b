//! ARNs and names of objects: each part in its place.

use super::hosts::is_service_word;
use super::shapes::{Piece, Shape, named, named_at, shift, whole};
use crate::protocol::Category;

/// Segments of ARNs and of object keys that name no one.
const KEPT_SEGMENTS: &[&str] = &[
    "",
    "*",
    "root",
    "aws",
    "aws-service-role",
    "service-role",
    "aws-reserved",
    "AWSLogs",
    "CloudTrail",
    "CloudTrail-Digest",
    "CloudTrail-Insight",
    "log-stream",
    "lambda",
    "default",
    "primary",
    "$LATEST",
    "fifo",
    "function",
    "logs",
    "data",
    "index",
];

/// An ARN, each part in its place.
pub fn arn(text: &str, at: usize, found: &mut Vec<Piece>) -> Option<usize> {
    let stop = |c: char| c.is_whitespace() || "\"'<>(){}[]\\,;|`".contains(c);
    let rest = text.get(at..)?;
    // Objects may have spaces in their names: an ARN alone in its value goes on to its end.
    let alone = at == 0
        && !rest.contains(['"', '\'', '{', '\\', ','])
        && rest.matches("arn:aws").count() == 1
        && (rest.contains(":s3:::") && !rest.contains(" is ") || !rest.contains(char::is_whitespace));
    let end = if alone { rest.len() } else { rest.find(stop).unwrap_or(rest.len()) };
    let whole_arn = rest.get(..end)?.trim_end_matches(['.', ':', '!', '?']);
    let mut parts = [""; 6];
    let mut starts = [0; 6];
    let mut count = 0;
    let mut from = 0;
    for part in whole_arn.splitn(6, ':') {
        parts[count] = part;
        starts[count] = from;
        from += part.len() + 1;
        count += 1;
    }
    if count < 6 {
        return None;
    }
    let [_, _, service, _, account, resource] = parts;
    let length = whole_arn.len();
    if account == "aws" || service.is_empty() {
        found.push(Piece { start: at, end: at + length, category: None });
        return Some(at + length);
    }
    found.push(Piece { start: at, end: at + starts[4], category: None });
    if whole(account) == Some(Shape::Account) {
        let start = at + starts[4];
        found.push(Piece { start, end: start + 12, category: Some(Category::Account) });
    }
    arn_resource(service, resource, at + starts[5], found);
    Some(at + length)
}

fn arn_resource(service: &str, resource: &str, at: usize, found: &mut Vec<Piece>) {
    if service == "s3" {
        return object_key(resource, at, found);
    }
    let mut start = 0;
    let several = resource.contains(['/', ':']);
    let mut kind = "";
    for (place, segment) in resource.split(['/', ':']).enumerate() {
        let is_type = place == 0
            && several
            && service != "execute-api"
            && segment.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'_'));
        let start_at = at + start;
        let keeps =
            is_type || KEPT_SEGMENTS.contains(&segment) || service == "logs" && is_service_word(segment);
        if keeps {
            kind = if is_type { segment } else { kind };
            found.push(Piece { start: start_at, end: start_at + segment.len(), category: None });
        } else {
            let category = match (service, kind, place) {
                ("iam", "user" | "group" | "mfa", _) | ("sts", "federated-user", _) => Category::Principal,
                ("sts", "assumed-role", 2..) => Category::Session,
                ("iam" | "sts", "user-id", _) => Category::Principal,
                _ => Category::Resource,
            };
            named_at(segment, start_at, category, found);
        }
        start += segment.len() + 1;
    }
}

/// Each segment of the name of an object is a name.
pub fn object_key(text: &str, at: usize, found: &mut Vec<Piece>) {
    let mut start = 0;
    for segment in text.split('/') {
        if !segment.is_empty() && segment != "*" && !KEPT_SEGMENTS.contains(&segment) {
            let from = found.len();
            named(segment, Category::Resource, found);
            shift(&mut found[from..], at + start);
        }
        start += segment.len() + 1;
    }
}
