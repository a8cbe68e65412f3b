//! How a call ended, wherever the service says so.

use std::borrow::Cow;

use crate::event::Field;
use crate::json::{Document, Kind, Value};
use crate::redaction::is_marker;
use crate::services::failure_kind;

use super::phrases::{Phrases, short};

/// Longest message of AWS in a sentence, in characters.
const MESSAGE_LENGTH: usize = 240;

/// Keys under which replies list entries that failed in a call that worked as a whole.
const FAILED_LISTS: [&str; 8] = [
    "failed",
    "failures",
    "unsuccessful",
    "errors",
    "failedEntries",
    "unprocessedAccounts",
    "unprocessedItems",
    "unprocessedKeys",
];

/// How a call ended.
pub(super) enum Outcome<'d> {
    /// No sign of a failure.
    Worked,
    /// The call worked, this many of its entries did not.
    Partly(usize),
    /// The call was answered, but each of these entries failed.
    NoneOf(usize),
    /// The reply holds a message that may be anything.
    Said(Cow<'d, str>),
    /// Whether it worked is not in the columns that the record was made of.
    Unknown,
    /// It failed.
    Failed { code: Option<Cow<'d, str>>, message: Option<Cow<'d, str>> },
}

/// Reads the outcome of a call.
///
/// Failures stand in `errorCode`, in `errorMessage` alone (console sign-ins), or only in the reply
/// (`Message`, Monitron; `"ConsoleLogin": "Failure"`).
pub(super) fn outcome<'d>(record: &'d Document<'_>) -> Outcome<'d> {
    let root = record.root();
    let shown = |text: Option<Cow<'d, str>>| text.filter(|text| !text.is_empty());
    let reply = root.get("responseElements");
    let code = shown(root.text_at(&["errorCode"]));
    let replied = reply.and_then(|reply| {
        ["errorMessage", "message"].iter().find_map(|key| shown(reply.get_loose(key)?.scalar()))
    });
    let message = shown(root.text_at(&["errorMessage"]));
    if code.is_some() || message.is_some() {
        return Outcome::Failed { code, message: message.or(replied) };
    }
    if let Some(reply) = reply {
        if let Some(code) = shown(reply.get_loose("errorCode").and_then(|code| code.scalar())) {
            return Outcome::Failed { code: Some(code), message: replied };
        }
        if reply.children().any(|member| member.as_str().is_some_and(|text| text == "Failure")) {
            return Outcome::Failed { code: None, message: replied };
        }
        if let Some(text) = replied {
            return match failure_kind(&text) {
                Some(kind) => {
                    let code = (kind != "Failure").then_some(Cow::Owned(kind));
                    Outcome::Failed { code, message: Some(text) }
                }
                None => Outcome::Said(text),
            };
        }
        let failed = failed_entries(reply);
        if failed > 0 {
            let none = reply
                .get_loose("successful")
                .is_some_and(|list| list.kind() == Kind::Array && list.is_empty());
            return if none { Outcome::NoneOf(failed) } else { Outcome::Partly(failed) };
        }
    }
    Outcome::Worked
}

fn failed_entries(reply: Value<'_>) -> usize {
    // EC2 has its lists below the name of the reply, and their elements below `item`.
    let inner = reply.children().filter(|member| member.kind() == Kind::Object);
    let replies: Vec<Value<'_>> = std::iter::once(reply).chain(inner).collect();
    let items = |list: Value<'_>| match list.kind() {
        Kind::Array => list.len(),
        Kind::Object => {
            list.get("item").map_or(0, |item| if item.kind() == Kind::Array { item.len() } else { 1 })
        }
        _ => 0,
    };
    let listed = |key: &&str| replies.iter().filter_map(|reply| reply.get_loose(key)).map(items).max();
    let counted = || {
        ["failedEntryCount", "failedRecordCount", "failedPutCount"]
            .iter()
            .find_map(|key| reply.get_loose(key)?.scalar()?.parse().ok())
    };
    FAILED_LISTS.iter().filter_map(listed).find(|count| *count > 0).or_else(counted).unwrap_or(0)
}

/// Ends the sentence.
pub(super) fn write(outcome: &Outcome<'_>, phrases: &mut Phrases) {
    match outcome {
        Outcome::Unknown => phrases.text(". Whether it worked is not in the columns."),
        Outcome::Worked => phrases.text(". It worked."),
        Outcome::Partly(1) => phrases.text(". One of its entries failed."),
        Outcome::Partly(count) => phrases.text(&format!(". {count} of its entries failed.")),
        Outcome::NoneOf(1) => phrases.text(". Its one entry failed."),
        Outcome::NoneOf(count) => phrases.text(&format!(". All {count} of its entries failed.")),
        Outcome::Said(text) => {
            phrases.text(". The reply says: ");
            said(text, phrases);
        }
        Outcome::Failed { code, message } => failed(code.as_deref(), message.as_deref(), phrases),
    }
}

fn failed(code: Option<&str>, message: Option<&str>, phrases: &mut Phrases) {
    let heard = |word: &str| {
        let text = code.or(message).unwrap_or_default().to_ascii_lowercase();
        text.contains(word)
    };
    if code.is_some_and(|code| code.ends_with("DryRunOperation")) {
        return phrases.text(" in a dry run, which would have worked.");
    }
    let denied = ["denied", "unauthorized", "notauthorized", "not authorized", "forbidden"];
    phrases.text(if denied.iter().any(|word| heard(word)) { "; denied" } else { "; failed" });
    let message = message.filter(|text| !is_marker(text));
    match (code.filter(|code| !is_marker(code)), message) {
        (Some(code), message) => {
            phrases.text(": ");
            phrases.filter(code, Field::Failure, code);
            phrases.text(".");
            if let Some(message) = message.map(gist).filter(|text| !same_letters(code, text)) {
                phrases.text(" AWS says: ");
                said(message, phrases);
            }
        }
        (None, Some(message)) => {
            phrases.text(": ");
            said(message, phrases);
        }
        (None, None) => phrases.text("."),
    }
}

/// What a message has to say: without the caller, whom the sentence has named (`User: arn:… is not
/// authorized …`), and without what only AWS can decode.
fn gist(message: &str) -> &str {
    let message = message.split(" Encoded authorization failure message").next().unwrap_or(message);
    let denial = message.find("User: ").and_then(|user| {
        let words = message[user..].find(" is not authorized to perform")?;
        message.get(user + words + " is ".len()..)
    });
    denial.unwrap_or(message).trim_ascii()
}

/// Whether two texts differ only in what is no letter, and in case: `AccessDenied`, `Access Denied`.
fn same_letters(one: &str, other: &str) -> bool {
    let letters = |text: &str| {
        text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect::<String>()
    };
    letters(one) == letters(other)
}

/// A message of AWS as the end of a sentence, whether it ends like one or not.
fn said(text: &str, phrases: &mut Phrases) {
    if is_marker(text) {
        return phrases.text("(hidden).");
    }
    let text = short(text.trim_ascii(), MESSAGE_LENGTH);
    phrases.text(&text);
    if !text.ends_with(['.', '!', '?', '…']) {
        phrases.text(".");
    }
}
