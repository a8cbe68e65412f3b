//! Walking through a record: every key and value with what is known of its place.

use std::borrow::Cow;

use super::invent::REMOVED;
use super::leaked::{Leak, is_secret_key};
use super::places::{self, Hint, counts_accounts, hint, holds_tags, is_word};
use crate::json::{Document, Kind, Value};

/// What stands at a place of a record.
pub enum Spot<'d> {
    /// A key.
    Key(Cow<'d, str>),
    /// A string, with what its key tells.
    Text(Cow<'d, str>, Hint),
    /// A number, as written.
    Number(&'d str, Numbers),
    /// A string that is a secret, or that holds some: their byte ranges.
    Secret(Cow<'d, str>, Vec<(usize, usize)>),
}

/// What a number may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Numbers {
    /// An account id.
    Account,
    /// Of twelve digits, as an account id has them.
    Long,
    /// A moment.
    Time,
}

/// What is known of the values under a key.
#[derive(Clone, Copy, Default)]
struct Under {
    hint: Hint,
    tags: bool,
    filters: bool,
    secret: bool,
    number: Option<Numbers>,
}

/// Shows every key and value in the order of the text, with the byte range it takes there.
pub fn spots(
    document: &Document<'_>,
    leaks: &[Leak],
    keys: &mut Keys,
    see: &mut dyn FnMut((usize, usize), Spot<'_>),
) {
    // Values still to see, the next one last.
    let mut open: Vec<(Value<'_>, Under, bool)> = vec![(document.root(), Under::default(), false)];
    while let Some((value, above, has_key)) = open.pop() {
        let under = if has_key {
            let key = value.key();
            let under = keys.under(&key, above);
            see(value.key_span(), Spot::Key(key));
            under
        } else {
            above
        };
        match value.kind() {
            Kind::Object | Kind::Array => {
                let first = open.len();
                let keyed = value.kind() == Kind::Object;
                // What a key tells of a string it tells of the strings of a list, not of an object.
                let passed = if keyed { Under { hint: Hint::None, number: None, ..under } } else { under };
                open.extend(value.children().map(|child| (child, passed, keyed)));
                open[first..].reverse();
            }
            Kind::String => {
                let Some(text) = value.as_str() else { continue };
                see(value.span(), of_text(value.ordinal(), text, under, leaks));
            }
            Kind::Number => {
                let Ok(text) = std::str::from_utf8(value.source()) else { continue };
                let long = (text.len() == 12).then_some(Numbers::Long);
                if let Some(number) = under.number.or(long) {
                    see(value.span(), Spot::Number(text, number));
                }
            }
            Kind::True | Kind::False | Kind::Null => {}
        }
    }
}

fn of_text<'d>(ordinal: usize, text: Cow<'d, str>, under: Under, leaks: &[Leak]) -> Spot<'d> {
    // What was removed once, in an earlier hand-over, is no secret.
    let gone = text.is_empty() || crate::redaction::is_marker(&text) || *text == *REMOVED;
    if under.secret && !gone {
        let all = (0, text.len());
        return Spot::Secret(text, vec![all]);
    }
    let inside = |span: (usize, usize)| text.get(span.0..span.1).is_some_and(|span| !span.is_empty());
    let spans: Vec<(usize, usize)> = leaks
        .iter()
        .filter(|leak| leak.value == ordinal && inside(leak.span))
        .map(|leak| leak.span)
        .collect();
    if !spans.is_empty() {
        return Spot::Secret(text, spans);
    }
    let hint = if under.hint == Hint::Stays && !is_word(&text) { Hint::None } else { under.hint };
    Spot::Text(text, hint)
}

/// What keys tell, worked out once for each: records say the same few hundred over and over.
#[derive(Default)]
pub struct Keys {
    /// The last key of each place, with what it tells outside of tags and among them.
    known: Vec<Option<(Box<str>, Under, Under)>>,
}

impl Keys {
    fn under(&mut self, key: &str, above: Under) -> Under {
        const PLACES: usize = 1 << 10;
        const LONGEST: usize = 64;
        let joined = |told: Under| Under {
            tags: above.tags || told.tags,
            filters: above.filters || told.filters,
            secret: above.secret || told.secret,
            ..told
        };
        if key.len() > LONGEST {
            return joined(told(key, above.tags));
        }
        if self.known.is_empty() {
            self.known.resize_with(PLACES, || None);
        }
        let place = xxhash_rust::xxh3::xxh3_64(key.as_bytes()) as usize % PLACES;
        let known = self.known[place].take().filter(|(known, ..)| **known == *key);
        let known = known.unwrap_or_else(|| (key.into(), told(key, false), told(key, true)));
        let told = if above.tags { known.2 } else { known.1 };
        self.known[place] = Some(known);
        let hint = if above.filters { places::hint_in_filter(key, told.hint) } else { told.hint };
        joined(Under { hint, ..told })
    }
}

/// What a key tells by itself.
fn told(key: &str, in_tags: bool) -> Under {
    let lower = key.to_ascii_lowercase();
    let time = ["time", "date", "expir"].iter().any(|word| lower.contains(word));
    let number = if counts_accounts(key) { Some(Numbers::Account) } else { time.then_some(Numbers::Time) };
    let (tags, filters) = (holds_tags(key), lower.contains("filter"));
    Under { hint: hint(key, in_tags), tags, filters, secret: is_secret_key(key), number }
}
