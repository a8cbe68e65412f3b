//! CSV with events in its rows.

use serde_json::Value;

use crate::{choice::Choice, reading::read_both};

/// The columns that are filled, and what the record calls them.
const HISTORY: [(&str, &str); 4] = [
    ("Event name", "/eventName"),
    ("Event source", "/eventSource"),
    ("User name", "/userIdentity/userName"),
    ("Something else", "/Something else"),
];
const LAKE: [(&str, &str); 4] = [
    ("eventname", "/eventName"),
    ("eventsource", "/eventSource"),
    ("requestparameters", "/requestParameters"),
    ("something", "/something"),
];

const SOURCE: &str = "sts.amazonaws.com";

/// Reads the bytes as a CSV with and without a header, and as what is in its cells.
pub fn run(data: &[u8]) {
    let mut choice = Choice::of(data);
    match choice.below(4) {
        0 => drop(read_both(data, &mut choice)),
        1 => drop(read_both(&[b"eventname,eventsource,eventjson\n", data].concat(), &mut choice)),
        2 => drop(read_both(
            &[b"\xef\xbb\xbf\"User name\"\t\"Event time\"\t\"Event name\"\r\n", data].concat(),
            &mut choice,
        )),
        _ => cells(data, &mut choice),
    }
}

/// What is written into cells is what the records hold.
fn cells(data: &[u8], choice: &mut Choice) {
    let text = String::from_utf8_lossy(data);
    let columns = [HISTORY, LAKE][choice.below(2)];
    let separator = [",", ";", "\t"][choice.below(3)];
    let line_end = ["\n", "\r\n"][choice.below(2)];
    let rows: Vec<[&str; 4]> = text
        .split('\u{1}')
        .map(|row| {
            let mut cells = row.split('\u{2}').map(|cell| if cell == "null" { "" } else { cell });
            let mut next = || cells.next().unwrap_or_default();
            [next(), SOURCE, next(), next()]
        })
        .collect();
    let mut csv = columns.map(|(head, _)| head).join(separator);
    for row in &rows {
        csv.push_str(line_end);
        csv.push_str(&row.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).join(separator));
    }
    let reading = read_both(csv.as_bytes(), choice);
    // A few bytes in the right place make a short file the start of an archive.
    if reading.report().kind.ends_with(" archive") {
        return;
    }
    assert_eq!(reading.records.len(), rows.len(), "{:?}", reading.report());
    assert_eq!(reading.report().reason, None);
    for (record, row) in reading.records.iter().zip(&rows) {
        // serde_json refuses what is too deep for its stack.
        let Ok(record) = serde_json::from_slice::<Value>(&record.text) else { continue };
        for ((_, pointer), cell) in columns.iter().zip(row) {
            let found = record.pointer(pointer);
            match found {
                None => assert!(cell.is_empty(), "{pointer} {cell:?}"),
                Some(Value::String(text)) => assert_eq!(text, cell, "{pointer}"),
                // JSON in a cell stands in the record as it is; what is written as Athena writes structs becomes JSON.
                Some(value) => {
                    let json = serde_json::from_str::<Value>(cell).ok();
                    let is_struct = json.is_none()
                        && (cell.starts_with('{') && value.is_object()
                            || cell.starts_with('[') && value.is_array());
                    assert!(is_struct || json.as_ref() == Some(value), "{pointer}: {cell:?} is {value}");
                }
            }
        }
    }
}
