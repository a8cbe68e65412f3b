//! Words put together, with their filters.

use crate::event::Field;
use crate::protocol::Phrase;
use crate::services::is_called;

/// Longest value shown in a sentence, in characters; the filter keeps the whole.
const VALUE_LENGTH: usize = 120;

/// A sentence in the making: plain words run together, linked words stand alone.
#[derive(Default)]
pub(super) struct Phrases(Vec<Phrase>);

impl Phrases {
    /// Adds plain words.
    pub(super) fn text(&mut self, words: &str) {
        match self.0.last_mut() {
            Some(last) if last.filter.is_none() => last.text.push_str(words),
            _ => self.0.push(Phrase { text: words.to_owned(), filter: None }),
        }
    }

    /// Adds words that stand for `field` having `value`.
    pub(super) fn filter(&mut self, words: &str, field: Field, value: &str) {
        self.0.push(Phrase { text: short(words, VALUE_LENGTH), filter: Some((field, value.to_owned())) });
    }

    /// Adds a value out of the record, linked where it is the record's resource.
    pub(super) fn value(&mut self, value: &str, resource: Option<&str>) {
        match resource.filter(|resource| is_called(resource, value)) {
            Some(resource) => self.filter(value, Field::Resource, resource),
            None => self.text(&short(value, VALUE_LENGTH)),
        }
    }

    pub(super) fn finish(self) -> Vec<Phrase> {
        self.0
    }
}

/// At most so many characters of a text.
pub(super) fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
