//! Fills the words of an [`super::Act`], or of a detail, with the record's parameters.

use crate::json::{Kind, Value};
use crate::redaction::is_marker;

use super::bare_name;

/// How many elements of a list are named.
const LISTED: usize = 3;

/// One piece of a filled pattern.
pub enum Piece<'a> {
    /// Words of the pattern.
    Words(&'a str),
    /// A value out of the record.
    Value(&'a str),
}

/// Fills a pattern, its slots from the request and else from the reply; a part in brackets is left
/// out where a slot in it has no value.
pub fn fill(pattern: &str, record: Value<'_>, resource: Option<&str>, write: &mut dyn FnMut(Piece<'_>)) {
    let mut rest = pattern;
    while let Some(open) = rest.find('[') {
        pieces(&rest[..open], record, resource, write);
        let Some(close) = rest[open..].find(']') else { return };
        let part = &rest[open + 1..open + close];
        if slots(part).all(|slot| slot_value(slot, record, resource).is_some()) {
            pieces(part, record, resource, write);
        }
        rest = &rest[open + close + 1..];
    }
    pieces(rest, record, resource, write);
}

/// A pattern filled as plain text; `None` where a slot outside brackets has no value.
pub(super) fn written(pattern: &str, record: Value<'_>) -> Option<String> {
    let (mut text, mut all) = (String::new(), true);
    fill(pattern, record, None, &mut |piece| match piece {
        Piece::Words(words) => text.push_str(words),
        Piece::Value("") => all = false,
        Piece::Value(value) => text.push_str(value),
    });
    all.then_some(text)
}

fn slots(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|after| after.split_once('}').map(|(slot, _)| slot))
}

fn pieces(mut text: &str, record: Value<'_>, resource: Option<&str>, write: &mut dyn FnMut(Piece<'_>)) {
    while let Some((before, after)) = text.split_once('{') {
        let Some((slot, behind)) = after.split_once('}') else { break };
        write(Piece::Words(before));
        write(Piece::Value(&slot_value(slot, record, resource).unwrap_or_default()));
        text = behind;
    }
    write(Piece::Words(text));
}

fn slot_value(slot: &str, record: Value<'_>, resource: Option<&str>) -> Option<String> {
    slot.split('|').find_map(|path| {
        if path == "resource" {
            return resource.map(str::to_owned);
        }
        let (path, counted) = path.strip_suffix('#').map_or((path, false), |path| (path, true));
        PLACES
            .iter()
            .find_map(|place| match in_place(record, place, path).as_slice() {
                several if counted => (!several.is_empty()).then(|| several.len().to_string()),
                [one] => words(*one),
                several => named(several),
            })
            .map(|text| match (path, text.as_str()) {
                ("actions", "*") => "everything".to_owned(),
                ("AWSAccountIds" | "principal", "*") | ("valuesToAdd", "all") => "everyone".to_owned(),
                _ => text,
            })
    })
}

/// Where a path starts; the empty one is the record itself.
const PLACES: [&str; 3] = ["requestParameters", "responseElements", ""];

/// The values at a path `a.b` of the request, else of the record; a step into a list goes into each
/// of its elements.
pub(super) fn members<'d>(record: Value<'d>, path: &str) -> Vec<Value<'d>> {
    let asked = in_place(record, "requestParameters", path);
    if asked.is_empty() { in_place(record, "", path) } else { asked }
}

fn in_place<'d>(record: Value<'d>, place: &str, path: &str) -> Vec<Value<'d>> {
    let start = if place.is_empty() { Some(record) } else { record.get(place) };
    path.split('.').fold(start.into_iter().collect(), step)
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
#[must_use]
pub fn words(value: Value<'_>) -> Option<String> {
    if value.kind() == Kind::Array {
        return named(&value.children().collect::<Vec<_>>());
    }
    let text = value.scalar().filter(|text| !text.is_empty() && !is_marker(text))?;
    Some(bare_name(&text).to_owned())
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
