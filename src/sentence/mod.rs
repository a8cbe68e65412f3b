//! One record as a sentence: who did what to what, and how it ended.
//!
//! The words come from the service's definition where it has the call, else from the event's name.
//! A sentence never says more than the record: no success where there is a sign of failure, and no
//! value that AWS hid.

mod actor;
mod extra;
mod outcome;
mod pattern;
mod phrases;
mod verb;

use crate::event::Field;
use crate::json::{Document, Value};
use crate::protocol::Phrase;
use crate::redaction::is_marker;
use crate::services;

use outcome::Outcome;
use phrases::Phrases;
pub use verb::is_read;

/// What happened, in one or two sentences. The principal, the resource and the error code carry the
/// filter they stand for.
#[must_use]
pub fn sentence(record: &Document<'_>) -> Vec<Phrase> {
    told(record, false)
}

/// The same of a record that was made of columns: what it lacks may only not have been selected.
#[must_use]
pub fn sentence_of_columns(record: &Document<'_>) -> Vec<Phrase> {
    told(record, true)
}

fn told(record: &Document<'_>, selected: bool) -> Vec<Phrase> {
    let root = record.root();
    let text = |key: &str| root.text_at(&[key]).filter(|text| !text.is_empty() && !is_marker(text));
    let source = text("eventSource").unwrap_or_default();
    let mut phrases = Phrases::default();
    if let Some(insight) = root.get("insightDetails") {
        return insight_sentence(insight, phrases);
    }
    let Some(name) = text("eventName") else {
        phrases.text("The record does not say what was called.");
        return phrases.finish();
    };
    let service_event = text("eventType").is_some_and(|kind| kind.eq_ignore_ascii_case("AwsServiceEvent"));
    if service_event {
        service_event_sentence(record, &mut phrases, &source, &name);
    } else {
        call_sentence(record, &mut phrases, &source, &name, selected);
    }
    phrases.finish()
}

fn call_sentence(record: &Document<'_>, phrases: &mut Phrases, source: &str, name: &str, selected: bool) {
    let mut outcome = outcome::outcome(record);
    if selected && matches!(outcome, Outcome::Worked) && record.root().get("errorCode").is_none() {
        outcome = Outcome::Unknown;
    }
    let worked = !matches!(outcome, Outcome::Failed { .. } | Outcome::NoneOf(_) | Outcome::Unknown);
    let resource = services::resource(record);
    actor::write(record, phrases);
    phrases.text(if worked { " " } else { " tried to " });
    let plain = services::plain_name(name);
    match services::act_of(source, plain) {
        Some(act) => {
            let mut words = act.done;
            if !worked && !act.tried.is_empty() {
                words = act.tried;
            } else if !worked && let Some((infinitive, rest)) = verb::tried(words) {
                phrases.text(infinitive);
                words = rest;
            }
            pattern::write(words, record.root(), resource.as_deref(), phrases);
        }
        None => verb::write(plain, name, worked, record.root(), resource.as_deref(), phrases),
    }
    if name.starts_with("AmazonMonitronApp:") {
        phrases.text(" in the mobile app");
    }
    if worked {
        extra::write(record.root(), source, plain, phrases);
    }
    outcome::write(&outcome, phrases);
    if worked {
        notable(source, name, record.root(), phrases);
    }
}

/// What of a call that worked is worth a second look, and was not said by its own words.
fn notable(source: &str, name: &str, record: Value<'_>, phrases: &mut Phrases) {
    let labels = services::notable(source, name, record);
    for (at, label) in labels.iter().enumerate() {
        phrases.text(if at == 0 { " Of note: " } else { ", " });
        phrases.filter(label, Field::Notable, label);
    }
    if !labels.is_empty() {
        phrases.text(".");
    }
}

/// A service event is no call: the service reports what it did itself.
fn service_event_sentence(record: &Document<'_>, phrases: &mut Phrases, source: &str, name: &str) {
    let service = services::service(source);
    phrases.filter(&service.name, Field::EventSource, source);
    phrases.text(" reported ");
    phrases.filter(name, Field::EventName, name);
    phrases.text(" by itself: nobody called an API");
    // As `createAccountStatus` of AWS Organizations: the result comes as an event of its own.
    let details = record.root().get("serviceEventDetails");
    let result = details.and_then(|details| details.children().find(|one| is_failed(*one)));
    match (outcome::outcome(record), result) {
        (failed @ Outcome::Failed { .. }, _) => outcome::write(&failed, phrases),
        (_, Some(result)) => {
            let reason = result.text_at(&["failureReason"]).unwrap_or_default();
            phrases.text(&if reason.is_empty() {
                "; failed.".to_owned()
            } else {
                ["; failed: ", &reason, "."].concat()
            });
        }
        _ => phrases.text("."),
    }
}

fn is_failed(result: Value<'_>) -> bool {
    result.text_at(&["state"]).is_some_and(|state| state.eq_ignore_ascii_case("FAILED"))
}

fn insight_sentence(insight: Value<'_>, mut phrases: Phrases) -> Vec<Phrase> {
    let text = |key: &str| insight.text_at(&[key]).unwrap_or_default();
    phrases.text("CloudTrail Insights ");
    phrases.text(match &*text("state") {
        "Start" => "saw the start of an unusual rate of ",
        "End" => "saw the end of an unusual rate of ",
        _ => "saw an unusual rate of ",
    });
    phrases.text(if &*text("insightType") == "ApiErrorRateInsight" { "errors in " } else { "calls of " });
    let name = text("eventName");
    if name.is_empty() {
        phrases.text("an API")
    } else {
        phrases.filter(&name, Field::EventName, &name)
    }
    let source = text("eventSource");
    if !source.is_empty() {
        phrases.text(" in ");
        phrases.text(&services::service(&source).name);
    }
    phrases.text(".");
    phrases.finish()
}

#[cfg(test)]
mod calls_tests;
#[cfg(test)]
mod tests;
