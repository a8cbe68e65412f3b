//! A set of values drawn from the public fixtures and labelled by hand: how many are found, and how many
//! of those found are what they are called.

#![allow(clippy::unwrap_used, clippy::panic, reason = "this whole file is a test")]

use serde_json::{Map, Value, json};
use trailscope::json::Document;
use trailscope::protocol::Hidden;
use trailscope::{exposure, redaction};

const LABELLED: &str = include_str!("fixtures/labelled/values.ndjson");

fn text<'v>(line: &'v Value, key: &str) -> &'v str {
    line[key].as_str().unwrap_or_default()
}

/// A value as it would stand at a path.
fn placed(path: &str, value: &str) -> Value {
    path.rsplit('.').fold(Value::String(value.to_owned()), |inner, step| {
        let name = step.trim_end_matches("[]");
        let lists = (step.len() - name.len()) / 2;
        let inner = (0..lists).fold(inner, |inner, _| json!([inner]));
        Value::Object(Map::from_iter([(name.to_owned(), inner)]))
    })
}

/// What the value of a line is found to be.
fn found(line: &Value) -> String {
    let mut record = placed(text(line, "path"), text(line, "value"));
    for (key, name) in [("eventSource", "source"), ("eventName", "event")] {
        if !text(line, name).is_empty() {
            record[key] = line[name].clone();
        }
    }
    let record = record.to_string();
    let document = Document::parse(record.as_bytes()).unwrap();
    let redactions = redaction::find(&document);
    let hidden = redactions.iter().find(|one| !matches!(one.class, Hidden::NotLogged | Hidden::Withheld));
    if let Some(hidden) = hidden {
        return hidden.class.name().to_owned();
    }
    let exposures = exposure::find(&document);
    exposures.first().map_or_else(|| "none".to_owned(), |exposure| exposure.kind.name().to_owned())
}

/// Found and right, found, there are; and what is wrong.
fn counted(is_of: fn(&str) -> bool) -> (u32, u32, u32, Vec<String>) {
    let (mut right, mut called, mut there) = (0, 0, 0);
    let mut wrong = Vec::new();
    for line in LABELLED.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let (label, found) = (text(&line, "label").to_owned(), found(&line));
        right += u32::from(is_of(&label) && found == label);
        called += u32::from(is_of(&found));
        there += u32::from(is_of(&label));
        if found != label && (is_of(&found) || is_of(&label)) {
            wrong.push(format!("{found} for {label} at {}", text(&line, "path")));
        }
    }
    (right, called, there, wrong)
}

fn is_redaction(label: &str) -> bool {
    ["masked", "partlyMasked", "cut", "scrubbed"].contains(&label)
}

#[test]
fn precision_and_recall_on_the_labelled_values() {
    assert!(LABELLED.lines().count() >= 300);
    // Redactions: all of them and nothing else.
    assert_eq!(counted(is_redaction), (30, 30, 30, Vec::new()));
    // Exposures, as measured: precision 23 of 23, recall 23 of 24. Missed is a person's name in the prose
    // of an error message.
    let missed = vec!["none for personName at errorMessage".to_owned()];
    assert_eq!(counted(|label| label != "none" && !is_redaction(label)), (23, 23, 24, missed));
}
