//! The second pass: a record with pseudonyms in the place of the originals.

use super::dictionary::{Dictionary, Look};
use super::encoded::{Inner, base64, inner, percent_encoded, push_json};
use super::hosts::{is_of_aws, undashed};
use super::invent::{Key, REMOVED};
use super::leaked::Leak;
use super::places::{self, Hint};
use super::record::{Keys, Numbers, Spot, spots};
use super::shapes::{Piece, pieces};
use super::times::{renumbered, retimed};
use crate::json::Document;
use crate::protocol::{Category, Cleaning};

/// How deep texts in texts are read: as deep as [`super::Collector`] reads them.
const DEPTHS: u8 = super::collector::DEPTHS;

/// Replaces originals.
pub struct Cleaner {
    cleaning: Cleaning,
    key: Key,
    dictionary: Dictionary,
    keys: Keys,
    /// Values replaced so far, by category.
    replaced: [u64; Category::ALL.len()],
}

impl Cleaner {
    /// With the originals of all shards. `None` if the key is of no use, which 32 bytes never are.
    #[must_use]
    pub fn new(mut cleaning: Cleaning) -> Option<Self> {
        let key = Key::new(&cleaning.key)?;
        let dictionary = Dictionary::new(&cleaning, &key);
        cleaning.originals = crate::protocol::Originals::default();
        Some(Self { cleaning, key, dictionary, keys: Keys::default(), replaced: [0; Category::ALL.len()] })
    }

    /// A number that depends on the key of this export only, for hashes of values.
    #[must_use]
    pub fn seed(&self) -> u64 {
        xxhash_rust::xxh3::xxh3_64(&self.cleaning.key)
    }

    /// How many values were replaced so far, by category.
    #[must_use]
    pub fn replaced(&self) -> &[u64] {
        &self.replaced
    }

    /// The originals and how they are looked for.
    pub(super) fn dictionary(&self) -> &Dictionary {
        &self.dictionary
    }

    pub(super) fn takes_ids(&self) -> bool {
        self.cleaning.removed.has(Category::Id)
    }

    /// Originals that are replaced where their key calls them names and not looked for elsewhere: common
    /// words.
    #[must_use]
    pub fn not_looked_for(&self) -> usize {
        self.dictionary.entries().iter().filter(|entry| entry.look == Look::Own).count()
    }

    /// Every original with category and pseudonym.
    pub fn map(&self) -> impl Iterator<Item = (Category, &str, &str)> {
        self.dictionary.entries().iter().map(|entry| (entry.category, &*entry.original, &*entry.pseudonym))
    }

    /// Writes a record anew. What does not change stays byte for byte.
    pub fn record(&mut self, text: &[u8], document: &Document<'_>, leaks: &[Leak], out: &mut Vec<u8>) {
        self.document(text, document, leaks, DEPTHS, out);
    }

    /// A text that is no record, cell by cell: a cell that is an original is one whatever else is called
    /// so, and words that are too short to be looked for in records are looked for here.
    #[must_use]
    pub fn text(&mut self, text: &str) -> String {
        let mut out = String::new();
        for cell in text.split_inclusive(['\t', '\n']) {
            let (cell, end) = cell.split_at(cell.trim_end_matches(['\t', '\n']).len());
            match self.dictionary.get(cell) {
                Some(entry) => out.push_str(&entry.pseudonym),
                None if is_of_aws(cell) => out.push_str(cell),
                None => self.cell(cell, &mut out),
            }
            out.push_str(end);
        }
        out
    }

    fn cell(&mut self, cell: &str, out: &mut String) {
        let cleaned = self.cleaned(cell, Hint::None, DEPTHS);
        for piece in cleaned.as_deref().unwrap_or(cell).split_inclusive(not_a_word) {
            let word = piece.trim_end_matches(not_a_word);
            let new = self.dictionary.alone(word).map(|entry| entry.pseudonym.as_str());
            out.push_str(new.unwrap_or(word));
            out.push_str(&piece[word.len()..]);
        }
    }

    /// A long number that is an account id elsewhere.
    fn number(&mut self, number: &str) -> Option<String> {
        let known = self.dictionary.get(number).is_some_and(|entry| entry.category == Category::Account);
        known.then(|| self.pseudonym(number, Category::Account))
    }

    /// True if anything changed.
    fn document(
        &mut self,
        text: &[u8],
        document: &Document<'_>,
        leaks: &[Leak],
        depth: u8,
        out: &mut Vec<u8>,
    ) -> bool {
        let mut copied = 0;
        let mut keys = std::mem::take(&mut self.keys);
        spots(document, leaks, &mut keys, &mut |(start, end), spot| {
            let new = match spot {
                Spot::Key(key) => self.cleaned(&key, key_hint(&key), depth),
                Spot::Text(value, hint) => self.cleaned(&value, hint, depth),
                Spot::Number(number, Numbers::Account) => self.cleaned(number, Hint::None, 0),
                Spot::Number(number, Numbers::Long) => self.number(number),
                Spot::Number(number, Numbers::Time) => {
                    renumbered(number, self.cleaning.times, self.cleaning.days)
                }
                Spot::Secret(value, spans) => Some(self.without(&value, spans, depth)),
            };
            if let Some(new) = new {
                out.extend_from_slice(text.get(copied..start).unwrap_or_default());
                push_json(out, &new);
                copied = end;
            }
        });
        self.keys = keys;
        out.extend_from_slice(text.get(copied..).unwrap_or_default());
        copied > 0
    }

    /// A text without its secrets, cleaned besides.
    fn without(&mut self, text: &str, mut spans: Vec<(usize, usize)>, depth: u8) -> String {
        spans.sort_unstable();
        let mut left = String::new();
        let mut copied = 0;
        for (start, end) in spans {
            if start >= copied {
                left.push_str(text.get(copied..start).unwrap_or_default());
                left.push_str(REMOVED);
                self.replaced[Category::Leaked as usize] += 1;
            }
            copied = copied.max(end);
        }
        left.push_str(text.get(copied..).unwrap_or_default());
        self.cleaned(&left, Hint::None, depth).unwrap_or(left)
    }

    /// A text cleaned; `None` where nothing changes.
    fn cleaned(&mut self, text: &str, hint: Hint, depth: u8) -> Option<String> {
        let retimed = retimed(text, self.cleaning.times, self.cleaning.days);
        let text = retimed.as_deref().unwrap_or(text);
        self.renamed(text, hint, depth).or(retimed)
    }

    fn renamed(&mut self, text: &str, hint: Hint, depth: u8) -> Option<String> {
        let inside = if depth > 0 && hint != Hint::Stays { inner(text) } else { None };
        if let Some(entry) = self.dictionary.alone(text).filter(|_| hint != Hint::Stays) {
            let category = entry.category;
            return Some(self.pseudonym(text, category));
        }
        match inside {
            Some(Inner::Json(json)) => {
                if let Ok(document) = Document::parse(json.as_bytes()) {
                    let mut out = Vec::new();
                    let changed = self.document(json.as_bytes(), &document, &[], depth - 1, &mut out);
                    return changed.then(|| String::from_utf8_lossy(&out).into_owned());
                }
            }
            Some(Inner::Percent(plain)) => {
                return self.cleaned(&plain, hint, depth - 1).map(|new| percent_encoded(&new, text));
            }
            Some(Inner::Base64(plain)) => {
                if let Some(new) = self.cleaned(&plain, Hint::None, depth - 1) {
                    return Some(base64(new.as_bytes()));
                }
            }
            Some(Inner::Words(words)) => {
                let mut out = String::new();
                let mut copied = 0;
                for (start, end, plain) in words {
                    if let Some(new) = self.cleaned(&plain, Hint::None, depth - 1) {
                        out.push_str(text.get(copied..start).unwrap_or_default());
                        out.push_str(&base64(new.as_bytes()));
                        copied = end;
                    }
                }
                if copied > 0 {
                    out.push_str(text.get(copied..).unwrap_or_default());
                    return Some(self.renamed(&out, hint, 0).unwrap_or(out));
                }
            }
            None => {}
        }
        let found = pieces(text, hint);
        let mut out = String::new();
        let mut changed = false;
        let mut at = 0;
        for Piece { start, end, category } in found {
            let (Some(before), Some(part)) = (text.get(at..start), text.get(start..end)) else { continue };
            changed |= self.looked_for(before, &mut out);
            match category {
                Some(category) if self.takes(part, category) => {
                    out.push_str(&self.pseudonym(part, category));
                    changed = true;
                }
                // It stays, but what stands in it may not.
                Some(_) if hint != Hint::None => match self.renamed(part, Hint::None, 0) {
                    Some(new) => {
                        out.push_str(&new);
                        changed = true;
                    }
                    None => out.push_str(part),
                },
                Some(_) => changed |= self.looked_for(part, &mut out),
                None => out.push_str(part),
            }
            at = end;
        }
        changed |= self.looked_for(text.get(at..).unwrap_or_default(), &mut out);
        changed.then_some(out)
    }

    /// Whether a value is taken out that is of a category where it stands.
    fn takes(&self, original: &str, category: Category) -> bool {
        let category = self.dictionary.get(original).map_or(category, |entry| entry.category);
        self.cleaning.removed.has(category) && !self.cleaning.keeps(original, category)
    }

    /// Whether a value of any category is to stay.
    pub(super) fn keeps(&self, original: &str) -> bool {
        self.cleaning.keeps(original, Category::Id)
    }

    /// The pseudonym of a value: that of the list, or one made now.
    fn pseudonym(&mut self, original: &str, category: Category) -> String {
        if let Some(dotted) = undashed(original).filter(|_| category == Category::Address) {
            return self.pseudonym(&dotted, category).replace('.', "-");
        }
        self.replaced[category as usize] += 1;
        match self.dictionary.get(original) {
            Some(entry) => entry.pseudonym.clone(),
            None => self.dictionary.invent(&self.key, original, category),
        }
    }

    /// Writes a text in which nothing tells by itself, with the originals in it replaced.
    fn looked_for(&mut self, text: &str, out: &mut String) -> bool {
        let bytes = text.as_bytes();
        let mut copied = 0;
        let mut at = 0;
        while at < bytes.len() {
            let Some((length, entry)) = self.dictionary.longest_at(bytes, at) else {
                at += 1;
                continue;
            };
            out.push_str(text.get(copied..at).unwrap_or_default());
            out.push_str(&entry.pseudonym);
            self.replaced[entry.category as usize] += 1;
            at += length;
            copied = at;
        }
        out.push_str(text.get(copied..).unwrap_or_default());
        copied > 0
    }
}

/// A key that tells what its value is stays, whatever has its name; others may be names.
fn key_hint(key: &str) -> Hint {
    if places::is_of_records(key) { Hint::Stays } else { Hint::None }
}

fn not_a_word(c: char) -> bool {
    !c.is_alphanumeric() && c != '-' && c != '_'
}
