//! Fills the words of an [`crate::services::Act`] with the record's parameters.

use crate::json::{Kind, Value};
use crate::redaction::is_marker;
use crate::services::resource_name;

use super::phrases::Phrases;

/// How many elements of a list are named.
const LISTED: usize = 3;

/// Writes `pattern`, its slots filled from the request and else from the reply; a part in brackets
/// is left out where a slot in it has no value.
pub(super) fn write(pattern: &str, record: Value<'_>, resource: Option<&str>, phrases: &mut Phrases) {
    let mut rest = pattern;
    while let Some(open) = rest.find('[') {
        phrases_of(&rest[..open], record, resource, phrases);
        let Some(close) = rest[open..].find(']') else { return };
        let part = &rest[open + 1..open + close];
        if slots(part).all(|slot| slot_value(slot, record, resource).is_some()) {
            phrases_of(part, record, resource, phrases);
        }
        rest = &rest[open + close + 1..];
    }
    phrases_of(rest, record, resource, phrases);
}

fn slots(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|after| after.split_once('}').map(|(slot, _)| slot))
}

fn phrases_of(mut text: &str, record: Value<'_>, resource: Option<&str>, phrases: &mut Phrases) {
    while let Some((before, after)) = text.split_once('{') {
        let Some((slot, behind)) = after.split_once('}') else { break };
        phrases.text(before);
        if let Some(value) = slot_value(slot, record, resource) {
            phrases.value(&value, resource);
        }
        text = behind;
    }
    if !text.is_empty() {
        phrases.text(text);
    }
}

fn slot_value(slot: &str, record: Value<'_>, resource: Option<&str>) -> Option<String> {
    let places = ["requestParameters", "responseElements"];
    slot.split('|').find_map(|name| {
        if name == "resource" {
            return resource.map(str::to_owned);
        }
        places.iter().find_map(|place| {
            let members = name.split('.').fold(vec![record.get(place)?], step);
            match members.as_slice() {
                [one] => words(*one),
                several => named(several),
            }
        })
    })
}

/// The members with this key; of a list, those of its elements.
fn step<'d>(values: Vec<Value<'d>>, key: &str) -> Vec<Value<'d>> {
    let mut members = Vec::new();
    for value in values {
        if value.kind() == Kind::Array {
            members.extend(value.children().filter_map(|element| element.get_loose(key)));
        } else {
            members.extend(value.get_loose(key));
        }
    }
    members
}

/// A value in words; `None` where it is empty, hidden or no text.
pub(super) fn words(value: Value<'_>) -> Option<String> {
    if value.kind() == Kind::Array {
        return named(&value.children().collect::<Vec<_>>());
    }
    let text = value.scalar().filter(|text| !text.is_empty() && !is_marker(text))?;
    Some(resource_name(&text).to_owned())
}

/// The first few of several values by name, and how many more there are.
fn named(values: &[Value<'_>]) -> Option<String> {
    let plain = values.iter().filter(|value| value.kind() != Kind::Array);
    let shown: Vec<String> = plain.take(LISTED).filter_map(|value| words(*value)).collect();
    let more = values.len().saturating_sub(LISTED);
    match (shown.is_empty(), more) {
        (true, _) => None,
        (false, 0) => Some(shown.join(", ")),
        (false, more) => Some(format!("{} and {more} more", shown.join(", "))),
    }
}
