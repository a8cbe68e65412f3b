//! Sentences over whole files: the way to read through all of them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use trailscope::event::RecordFields;
use trailscope::ingest::{FileReader, Place, RecordSink};
use trailscope::json::Document;
use trailscope::sentence::sentence;

/// Each sentence with how often it stands in the files, and the call of the first.
#[derive(Default)]
struct Sentences(BTreeMap<String, (u32, String)>);

impl RecordSink for Sentences {
    fn record(&mut self, _place: Place, text: &[u8], _fields: &RecordFields<'_>) {
        let (document, _) = Document::parse_mended(text).unwrap();
        let words: String = sentence(&document).into_iter().map(|phrase| phrase.text).collect();
        assert!(
            !words.contains("HIDDEN_DUE_TO") && !words.contains(['{', '[']) || words.contains(": "),
            "{words}"
        );
        let root = document.root();
        let of = |key: &str| root.text_at(&[key]).unwrap_or_default();
        let call = format!("{} {}", of("eventSource"), of("eventName"));
        self.0.entry(words).or_insert((0, call)).0 += 1;
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn sentences(folder: &Path) -> Sentences {
    let mut sentences = Sentences::default();
    for file in files(folder) {
        let bytes = fs::read(&file).unwrap();
        let mut reader = FileReader::new(&file.to_string_lossy(), bytes.len() as u64);
        reader.push(&bytes, &mut sentences);
        reader.finish(&mut sentences);
    }
    sentences
}

/// Every record of the fixtures has a sentence that ends like one. With `SENTENCES_OF` naming a folder of
/// logs, all of theirs are written to `target/sentences.txt`, to be read through.
#[test]
fn every_record_has_a_sentence() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let folder = std::env::var_os("SENTENCES_OF").map_or(fixtures, PathBuf::from);
    let found = sentences(&folder).0;
    assert!(found.len() > 300, "{}", found.len());
    let mut dump = String::new();
    for (words, (count, call)) in &found {
        assert!(words.ends_with(['.', '!', '?', '…']) && !words.contains("  "), "{call}: {words}");
        writeln!(dump, "{count:5}  {call:55}  {words}").unwrap();
    }
    if std::env::var_os("SENTENCES_OF").is_some() {
        let target = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/sentences.txt");
        fs::write(target, dump).unwrap();
    }
}
