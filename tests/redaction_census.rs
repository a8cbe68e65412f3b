//! Finds every redaction marker in the public fixtures, and nothing else.
//!
//! `labelled/census.ndjson` was made independently of this crate, with Python's `json` over the same
//! files: every string, decoded, also in JSON held by a string, trimmed and compared with the markers of
//! AWS and with what people write in their place. It lists every hit with its place, and as `none` every
//! near miss: a `*` of a policy, an id with `XXXX`, a file called sensitive.

#![allow(clippy::unwrap_used, clippy::panic, reason = "this whole file is a test")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use trailscope::json::{Document, Kind, Value};
use trailscope::protocol::Hidden;
use trailscope::redaction::{find, suspicious};

const FOLDERS: [&str; 6] = ["invictus", "panther", "seeds", "shapes", "stratus-red-team", "streamalert"];

fn records<'d>(file: &'d Document<'_>) -> Vec<Value<'d>> {
    let root = file.root();
    let listed = root.get("Records").filter(|records| records.kind() == Kind::Array).unwrap_or(root);
    if listed.kind() == Kind::Array { listed.children().collect() } else { vec![root] }
}

fn for_each_record(mut visit: impl FnMut(&str, &Document<'_>)) {
    for_each_place(|file, _, record| visit(file.split('/').next().unwrap(), record));
}

fn for_each_place(mut visit: impl FnMut(&str, usize, &Document<'_>)) {
    for folder in FOLDERS {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(folder);
        for entry in fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            let Ok(file) = Document::parse(&bytes) else { panic!("{path:?}") };
            let name = format!("{folder}/{}", path.file_name().unwrap().to_string_lossy());
            for (number, record) in records(&file).into_iter().enumerate() {
                visit(&name, number, &Document::parse(record.source()).unwrap());
            }
        }
    }
}

#[test]
fn the_markers_are_those_an_independent_count_found() {
    let mut markers: BTreeMap<String, u32> = BTreeMap::new();
    let mut folders: BTreeMap<String, u32> = BTreeMap::new();
    for_each_record(|folder, record| {
        for redaction in find(record).into_iter().filter(|redaction| redaction.class.is_redaction()) {
            *markers.entry(redaction.marker).or_default() += 1;
            *folders.entry(folder.to_owned()).or_default() += 1;
        }
    });
    let counted = |pairs: &[(&str, u32)]| -> BTreeMap<String, u32> {
        pairs.iter().map(|(key, count)| ((*key).to_owned(), *count)).collect()
    };
    let expected = [
        ("HIDDEN_DUE_TO_SECURITY_REASONS", 65),
        ("****", 12),
        ("Value hidden due to security reasons.", 3),
        ("***", 2),
        ("<sensitiveDataRemoved>", 1),
    ];
    assert_eq!(markers, counted(&expected));
    assert_eq!(
        folders,
        counted(&[("invictus", 45), ("panther", 23), ("seeds", 3), ("stratus-red-team", 12)])
    );
}

#[test]
fn every_marker_and_every_near_miss_is_as_in_the_census() {
    let census = include_str!("fixtures/labelled/census.ndjson");
    let mut expected: BTreeSet<String> = BTreeSet::new();
    let mut near = 0;
    for line in census.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| line[key].as_str().unwrap_or_default().to_owned();
        if text("class") == "none" {
            near += 1;
            continue;
        }
        let place = format!(
            "{} {} {} {} {}",
            text("file"),
            line["record"],
            text("path"),
            text("class"),
            text("marker")
        );
        assert!(expected.insert(place));
    }
    assert!(expected.len() > 90 && near > 40, "{} {near}", expected.len());
    let mut found: BTreeSet<String> = BTreeSet::new();
    for_each_place(|file, number, record| {
        for redaction in find(record) {
            if matches!(redaction.class, Hidden::Withheld | Hidden::NotLogged) {
                continue;
            }
            let (path, class) = (redaction.path, redaction.class.name());
            found.insert(format!("{file} {number} {path} {class} {}", redaction.marker));
        }
    });
    assert_eq!(found, expected);
}

#[test]
fn the_first_look_lets_every_marked_record_through_and_few_others() {
    let (mut strings, mut alarms, mut records) = (0u32, 0u32, 0u32);
    for_each_record(|_, record| {
        records += 1;
        let mut open = vec![record.root()];
        let mut alarmed = false;
        while let Some(value) = open.pop() {
            open.extend(value.children());
            if value.kind() == Kind::String {
                strings += 1;
                if suspicious(value.source()) {
                    alarms += 1;
                    alarmed = true;
                }
            }
        }
        let marked = find(record).iter().any(|redaction| redaction.class.is_redaction());
        assert!(alarmed || !marked);
    });
    assert!(records > 2_000 && strings > 40_000, "{records} {strings}");
    assert!(alarms < 250, "{alarms} of {strings} strings would be looked at twice");
}
