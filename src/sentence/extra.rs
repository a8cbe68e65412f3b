//! What a few calls have to say beyond their object, where they worked.

use crate::event::Field;
use crate::json::Value;
use crate::redaction::is_marker;
use crate::services::{card_key, short_source, words};

use super::phrases::Phrases;

/// Adds it, led by a comma or a space.
pub(super) fn write(record: Value<'_>, source: &str, event: &str, phrases: &mut Phrases) {
    let request = record.get("requestParameters");
    match (short_source(card_key(source)), event) {
        ("amazonmq", "CreateBroker") => {
            match request.and_then(|request| request.get_loose("users")).map_or(0, |users| users.len()) {
                0 => {}
                1 => phrases.text(", with one user"),
                2 => phrases.text(", with two users"),
                many => phrases.text(&format!(", with {many} users")),
            }
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
        ("signin", "SwitchRole") => {
            let from = record.text_at(&["additionalEventData", "SwitchFrom"]);
            if let Some(from) = from.filter(|from| !from.is_empty() && !is_marker(from)) {
                phrases.text(" from ");
                phrases.filter(from.rsplit(':').next().unwrap_or(&from), Field::SwitchedFrom, &from);
            }
        }
        // Of a federated sign-in CloudTrail never knows the second factor: the provider asked for it.
        ("signin", "ConsoleLogin")
            if signs_in_itself(record)
                && record.text_at(&["additionalEventData", "MFAUsed"]).is_some_and(|used| used == "Yes") =>
        {
            phrases.text(" with MFA");
        }
        ("monitron", "AssociateProjectAdminUser") => {
            if let Some(user) = request.and_then(|r| r.get_loose("userId")).and_then(words) {
                phrases.text(&format!(": {user}"));
            }
        }
        _ => {}
    }
}

fn signs_in_itself(record: Value<'_>) -> bool {
    record
        .text_at(&["userIdentity", "type"])
        .is_some_and(|kind| kind.eq_ignore_ascii_case("IAMUser") || kind.eq_ignore_ascii_case("Root"))
}
