//! The first pass: which originals there are, and of what category.

use xxhash_rust::xxh3::xxh3_64;

use super::encoded::{Inner, inner};
use super::hosts::undashed;
use super::leaked::Leak;
use super::places::{self, Hint};
use super::record::{Keys, Numbers, Spot, spots};
use super::shapes::pieces;
use crate::json::Document;
use crate::merge;
use crate::protocol::{Category, Originals};

/// How deep texts in texts are read.
pub const DEPTHS: u8 = 3;

/// Originals of one hand-over together stay under this, in bytes of text: more can't be kept in mind by
/// every worker at once.
const MOST_BYTES: usize = 48 << 20;

/// The number under which [`Collector`] keeps words of AWS beside the categories.
const WORD: u8 = u8::MAX;

/// Notes the originals of records.
#[derive(Default)]
pub struct Collector {
    values: Vec<(String, u8)>,
    seen: Seen,
    ids: Seen,
    keys: Keys,
    bytes: usize,
}

impl Collector {
    /// Looks through one record.
    pub fn record(&mut self, document: &Document<'_>, leaks: &[Leak]) {
        self.document(document, leaks, DEPTHS);
    }

    /// Whether there are more originals than can be kept.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.bytes > MOST_BYTES
    }

    /// What was noted.
    #[must_use]
    pub fn finish(self) -> Originals {
        let mut ids = self.ids.into_hashes();
        ids.sort_unstable();
        let (words, values): (Vec<_>, Vec<_>) = self.values.into_iter().partition(|(_, kind)| *kind == WORD);
        let words = words.into_iter().map(|(word, _)| word).collect();
        merge::originals(vec![Originals { values, ids, words }])
    }

    fn document(&mut self, document: &Document<'_>, leaks: &[Leak], depth: u8) {
        // Put back below: what is inside strings has its own meanwhile.
        let mut keys = std::mem::take(&mut self.keys);
        spots(document, leaks, &mut keys, &mut |_, spot| match spot {
            Spot::Key(key) => {
                // `bucketName` and `email` are AWS's words even where somebody's bucket is called so.
                let camel = places::is_of_records(&key)
                    || key.starts_with(|c: char| c.is_ascii_lowercase())
                        && key.contains(|c: char| c.is_ascii_uppercase())
                        && key.bytes().all(|byte| byte.is_ascii_alphabetic());
                if camel {
                    self.note(&key, WORD);
                } else {
                    self.text(&key, Hint::None, depth);
                }
            }
            Spot::Text(text, hint) => self.text(&text, hint, depth),
            Spot::Number(text, Numbers::Account) => self.text(text, Hint::None, 0),
            Spot::Number(..) => {}
            Spot::Secret(text, spans) => {
                for (start, end) in spans {
                    self.note(text.get(start..end).unwrap_or_default(), Category::Leaked as u8);
                }
            }
        });
        self.keys = keys;
    }

    fn text(&mut self, text: &str, hint: Hint, depth: u8) {
        let inside = if depth > 0 && hint != Hint::Stays { inner(text) } else { None };
        match inside {
            Some(Inner::Json(json)) => {
                if let Ok(document) = Document::parse(json.as_bytes()) {
                    return self.document(&document, &[], depth - 1);
                }
            }
            Some(Inner::Percent(plain)) => return self.text(&plain, hint, depth - 1),
            // It may be an id that looks like base64 by chance: both are looked at.
            Some(Inner::Base64(plain)) => self.text(&plain, Hint::None, depth - 1),
            Some(Inner::Words(words)) => {
                words.iter().for_each(|(.., plain)| self.text(plain, Hint::None, depth - 1));
            }
            None => {}
        }
        for piece in pieces(text, hint) {
            let part = text.get(piece.start..piece.end).unwrap_or_default();
            match piece.category {
                Some(Category::Id) => {
                    self.ids.add(xxh3_64(part.as_bytes()));
                }
                Some(Category::Address) => {
                    self.note(&undashed(part).unwrap_or_else(|| part.to_owned()), Category::Address as u8);
                }
                Some(category) => self.note(part, category as u8),
                None => {
                    self.note(part, WORD);
                    self.note(part.rsplit('/').next().unwrap_or_default(), WORD);
                }
            }
        }
    }

    fn note(&mut self, text: &str, kind: u8) {
        const LONGEST_WORD: usize = 128;
        if text.is_empty() || kind == WORD && text.len() > LONGEST_WORD {
            return;
        }
        let hash = xxh3_64(text.as_bytes()) ^ u64::from(kind).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        if !self.is_full() && self.seen.add(hash) {
            self.bytes += text.len() + 48;
            self.values.push((text.to_owned(), kind));
        }
    }
}

/// A set of hashes.
#[derive(Default)]
struct Seen {
    slots: Vec<u64>,
    used: usize,
}

impl Seen {
    /// True if it is new.
    fn add(&mut self, hash: u64) -> bool {
        if self.used * 2 >= self.slots.len() {
            let old = std::mem::take(&mut self.slots);
            self.slots = vec![0; (old.len() * 2).max(1 << 10)];
            for hash in old.into_iter().filter(|hash| *hash != 0) {
                let at = self.slot(hash);
                self.slots[at] = hash;
            }
        }
        // 0 marks an empty slot.
        let hash = hash.max(1);
        let at = self.slot(hash);
        let new = self.slots[at] == 0;
        self.slots[at] = hash;
        self.used += usize::from(new);
        new
    }

    fn slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (hash >> 16) as usize & mask;
        while self.slots[at] != 0 && self.slots[at] != hash {
            at = (at + 1) & mask;
        }
        at
    }

    fn into_hashes(self) -> Vec<u64> {
        self.slots.into_iter().filter(|hash| *hash != 0).collect()
    }
}
