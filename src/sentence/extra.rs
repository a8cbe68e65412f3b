//! What a few calls have to say beyond their object, where they worked.

use crate::json::Value;
use crate::services::{card_key, short_source, words};

use super::phrases::Phrases;

/// Adds it, led by a comma or a space.
pub(super) fn write(record: Value<'_>, source: &str, event: &str, phrases: &mut Phrases) {
    let request = record.get("requestParameters");
    match (short_source(card_key(source)), event) {
        ("amazonmq", "CreateBroker") => {
            if is_true(request, "publiclyAccessible") {
                phrases.text(", open to the internet");
            }
            match request.and_then(|request| request.get_loose("users")).map_or(0, |users| users.len()) {
                0 => {}
                1 => phrases.text(", with one user"),
                2 => phrases.text(", with two users"),
                many => phrases.text(&format!(", with {many} users")),
            }
        }
        ("amazonmq", "CreateUser" | "UpdateUser") if is_true(request, "consoleAccess") => {
            phrases.text(", with access to the broker's console");
        }
        ("sqs", "SetQueueAttributes") => {
            if let Some(attributes) = request.and_then(|request| request.get_loose("attributes")) {
                let names: Vec<String> =
                    attributes.children().take(4).map(|a| a.key().into_owned()).collect();
                if !names.is_empty() {
                    phrases.text(&format!(": {}", names.join(", ")));
                }
            }
        }
        // Of a federated sign-in CloudTrail never knows the second factor: the provider asked for it.
        ("signin", "ConsoleLogin") if signs_in_itself(record) => {
            match record.text_at(&["additionalEventData", "MFAUsed"]).as_deref() {
                Some("Yes") => phrases.text(" with MFA"),
                Some("No") => phrases.text(" without MFA"),
                _ => {}
            }
        }
        ("ec2", "AuthorizeSecurityGroupIngress") => {
            let open = ["cidrIp", "cidrIpv6"].iter().any(|key| {
                let items = request
                    .and_then(|r| r.at(&["ipPermissions", "items"]))
                    .into_iter()
                    .flat_map(|items| items.children());
                items.flat_map(ranges).any(|range| {
                    range.text_at(&[key]).is_some_and(|cidr| cidr == "0.0.0.0/0" || cidr == "::/0")
                })
            });
            if open {
                phrases.text(", open to the internet");
            }
        }
        ("monitron", "AssociateProjectAdminUser") => {
            if let Some(user) = request.and_then(|r| r.get_loose("userId")).and_then(words) {
                phrases.text(&format!(": {user}"));
            }
        }
        _ => {}
    }
}

fn ranges(item: Value<'_>) -> impl Iterator<Item = Value<'_>> {
    ["ipRanges", "ipv6Ranges"]
        .into_iter()
        .filter_map(move |key| item.at(&[key, "items"]))
        .flat_map(|items| items.children())
}

fn signs_in_itself(record: Value<'_>) -> bool {
    record
        .text_at(&["userIdentity", "type"])
        .is_some_and(|kind| kind.eq_ignore_ascii_case("IAMUser") || kind.eq_ignore_ascii_case("Root"))
}

fn is_true(request: Option<Value<'_>>, key: &str) -> bool {
    request
        .and_then(|request| request.get_loose(key))
        .and_then(|value| value.scalar())
        .is_some_and(|text| text.eq_ignore_ascii_case("true"))
}
