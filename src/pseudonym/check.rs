//! The last look: is any original left in what is about to be handed over?

use xxhash_rust::xxh3::xxh3_64;

use super::cleaner::Cleaner;
use super::encoded::{Inner, inner};
use super::places::{self, Hint};
use super::record::{Keys, Spot, spots};
use crate::json::Document;
use crate::protocol::{Category, Found};

/// Hits that are listed; the first one already stops the export.
const MOST_FOUND: usize = 20;

/// Looks for originals in finished bytes: plain as they stand there, and in every string decoded from
/// JSON, percent-encoding and base64.
pub struct Check<'c> {
    cleaner: &'c Cleaner,
    /// Hashes of the original ids, sorted.
    ids: &'c [u64],
    keys: Keys,
    /// What was found.
    pub found: Vec<Found>,
    /// Records read.
    pub records: u64,
    /// Bytes looked through.
    pub bytes: u64,
}

impl<'c> Check<'c> {
    /// For the originals that a cleaner replaces, and for ids by their hashes.
    #[must_use]
    pub fn new(cleaner: &'c Cleaner, ids: &'c [u64]) -> Self {
        Self { cleaner, ids, keys: Keys::default(), found: Vec::new(), records: 0, bytes: 0 }
    }

    /// How many originals are looked for.
    #[must_use]
    pub fn looked_for(&self) -> u64 {
        let ids = if self.cleaner.takes_ids() { self.ids.len() } else { 0 };
        (self.cleaner.dictionary().entries().len() - self.cleaner.not_looked_for() + ids) as u64
    }

    /// One record of the finished file.
    pub fn record(&mut self, text: &[u8]) {
        self.records += 1;
        self.plain(text);
        if let Ok(document) = Document::parse(text) {
            self.document(&document, super::collector::DEPTHS);
        }
    }

    /// Any text of the finished file.
    pub fn plain(&mut self, text: &[u8]) {
        self.bytes += text.len() as u64;
        self.search(text, "plain");
    }

    fn document(&mut self, document: &Document<'_>, depth: u8) {
        let mut keys = std::mem::take(&mut self.keys);
        spots(document, &[], &mut keys, &mut |_, spot| match spot {
            Spot::Key(key) if places::is_of_records(&key) => {}
            Spot::Key(text) => self.text(&text, depth, "plain"),
            // What stays by its key stays whoever has its name.
            Spot::Text(text, Hint::Stays) => self.search(text.as_bytes(), "plain"),
            Spot::Text(text, _) | Spot::Secret(text, _) => self.text(&text, depth, "plain"),
            // Its digits are in the text that was searched first.
            Spot::Number(..) => {}
        });
        self.keys = keys;
    }

    fn text(&mut self, text: &str, depth: u8, form: &str) {
        self.search(text.as_bytes(), form);
        self.ids_in(text, form);
        if let Some(entry) = self.cleaner.dictionary().alone(text) {
            self.note(entry.category, text, form);
        }
        if depth == 0 {
            return;
        }
        match inner(text) {
            Some(Inner::Json(json)) => {
                if let Ok(document) = Document::parse(json.as_bytes()) {
                    self.document(&document, depth - 1);
                }
            }
            Some(Inner::Percent(plain)) => self.text(&plain, depth - 1, "URL-encoded"),
            Some(Inner::Base64(plain)) => self.text(&plain, depth - 1, "base64"),
            Some(Inner::Words(words)) => {
                words.iter().for_each(|(.., plain)| self.text(plain, depth - 1, "base64"));
            }
            None => {}
        }
    }

    fn search(&mut self, text: &[u8], form: &str) {
        for at in 0..text.len() {
            if let Some((_, entry)) = self.cleaner.dictionary().longest_at(text, at) {
                self.note(entry.category, &entry.original, form);
            }
        }
    }

    fn ids_in(&mut self, text: &str, form: &str) {
        if !self.cleaner.takes_ids() || self.ids.is_empty() {
            return;
        }
        let words = text.split(|c: char| !c.is_ascii_alphanumeric() && c != '-');
        for word in words.chain([text]).filter(|word| word.len() >= 8) {
            if self.ids.binary_search(&xxh3_64(word.as_bytes())).is_ok() && !self.cleaner.keeps(word) {
                self.note(Category::Id, word, form);
            }
        }
    }

    fn note(&mut self, category: Category, value: &str, form: &str) {
        let known = self.found.iter().any(|found| found.value == value && found.record == self.records);
        if !known && self.found.len() < MOST_FOUND {
            self.found.push(Found {
                category: category as u8,
                value: value.to_owned(),
                form: form.to_owned(),
                record: self.records,
            });
        }
    }
}
