//! Text that is read for records: JSON in every shape, log lines, pasted sessions.

use trailscope::event::{Scan, scan_record};
use trailscope::ingest::Way;
use trailscope::json::{Document, Kind, Value};
use trailscope::protocol::Outcome;

use crate::{
    choice::Choice,
    reading::{Reading, keeps_whole_records, read, read_both},
};

/// Reads the bytes as text.
pub fn run(data: &[u8]) {
    let mut choice = Choice::of(data);
    let whole = read_both(data, &mut choice);
    let is_json = matches!(data, [b'{' | b'[', second, ..] if *second != 0);
    if !is_json || !whole.is_text() {
        return;
    }
    if whole.report().way == Way::Plain {
        has_every_record(data, &whole);
        let length = choice.below(data.len());
        if length > 1 && whole.report().outcome == Outcome::Read {
            keeps_whole_records(&whole, &read_both(&data[..length], &mut choice), length);
        }
    }
    if let Ok(text) = std::str::from_utf8(data)
        && choice.one_in(4)
        && (1..128).contains(&data[1])
    {
        is_the_same_in_utf16(text, &whole, &mut choice);
    }
}

/// Records of a list, alone or in `Records` alone, are those that the random-access reader finds.
fn has_every_record(data: &[u8], reading: &Reading) {
    let Ok(document) = Document::parse(data) else { return };
    let root = document.root();
    let list = match (root.kind(), root.len()) {
        (Kind::Object, 1) => root.get("Records"),
        (Kind::Array, _) => Some(root),
        _ => None,
    };
    let Some(list) = list.filter(|list| list.kind() == Kind::Array) else { return };
    // What stands in a list may be a list of records, or hold one.
    let is_list = |value: &Value<'_>| value.kind() == Kind::Array;
    let is_named = |value: &Value<'_>| {
        ["eventName", "eventSource", "eventID"].iter().any(|key| value.get(key).is_some())
    };
    let may_hold = |value: &Value<'_>| {
        is_list(value)
            || value.kind() == Kind::Object
                && !is_named(value)
                && value.children().any(|value| is_list(&value))
    };
    if list.children().any(|value| may_hold(&value)) {
        return;
    }
    let is_event = |value: &Value<'_>| matches!(scan_record(value.source()), Scan::Record { fields, .. } if fields.has_event_shape);
    let expected: Vec<&[u8]> = list
        .children()
        .filter(|value| value.kind() == Kind::Object && is_event(value))
        .map(|value| value.source())
        .collect();
    assert_eq!(reading.texts(), expected);
    let others = list.len() - expected.len();
    let report = reading.report();
    assert!(report.records == 0 || report.rejected == others as u64, "{report:?}");
    assert_eq!(
        report.outcome == Outcome::Read,
        others == 0 && (!expected.is_empty() || root.kind() == Kind::Object),
        "{report:?}"
    );
}

/// PowerShell writes the same text in UTF-16.
fn is_the_same_in_utf16(text: &str, plain: &Reading, choice: &mut Choice) {
    let is_big = choice.one_in(2);
    let mark = if choice.one_in(2) { "\u{feff}" } else { "" };
    let units = mark.encode_utf16().chain(text.encode_utf16());
    let bytes: Vec<u8> =
        units.flat_map(|unit| if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
    let wide = read(&bytes);
    let counts = |reading: &Reading| {
        (reading.report().outcome, reading.report().kind.clone(), reading.report().rejected)
    };
    assert_eq!(wide.texts(), plain.texts());
    assert_eq!(counts(&wide), counts(plain));
}
