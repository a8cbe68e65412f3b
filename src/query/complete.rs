//! What can go on where the caret stands: fields, then values with counts, then operators.

use super::edit::{name_text, value_text};
use super::lex::{Lexeme, Placed, lex};
use super::names::PATHS;
use super::pattern::fold;
use super::plan::Target;
use super::saved::SAVED;
use crate::event::{FIELDS, Field};

/// Most offers of one kind.
const MOST: usize = 30;

/// A value of a field, `None` for its absence, and how many events have it.
pub type Counted = (Option<String>, u64);

/// What the page knows: nothing is asked for an offer.
pub struct Known<'k> {
    /// The values of a field, most frequent first; `None` where it has no facet.
    pub values: &'k dyn Fn(Field) -> Option<&'k [Counted]>,
    /// How many events the query matches.
    pub events: u64,
    /// Queries of this tab, latest first.
    pub history: &'k [String],
}

/// The kinds of offers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferKind {
    /// A field or path.
    Field,
    /// A value, or a field with its value.
    Value,
    /// `AND`, `OR`, `NOT`, or what a value can be but a text.
    Operator,
    /// A saved query: it takes the place of all.
    Saved,
    /// A query of this tab: it takes the place of all.
    History,
}

impl OfferKind {
    /// Its word in `data-kind`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Field => "field",
            Self::Value => "value",
            Self::Operator => "operator",
            Self::Saved => "saved",
            Self::History => "history",
        }
    }
}

/// Something that can go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What it is.
    pub kind: OfferKind,
    /// What is put in.
    pub text: String,
    /// What is shown.
    pub label: String,
    /// A few words on it.
    pub note: String,
    /// How many events have it, where the page knows.
    pub count: Option<u64>,
}

/// What is offered, and what an offer takes the place of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that give way, `start..end`.
    pub place: (usize, usize),
    /// In the order they are shown.
    pub offers: Vec<Offer>,
}

impl Completion {
    /// The text with an offer put in, and where the caret stands then, in bytes.
    #[must_use]
    pub fn taken(&self, text: &str, offer: &Offer) -> (String, usize) {
        if matches!(offer.kind, OfferKind::Saved | OfferKind::History) {
            return (offer.text.clone(), offer.text.len());
        }
        let head = text.get(..self.place.0).unwrap_or_default();
        let tail = text.get(self.place.1..).unwrap_or_default();
        let mut out = [head, &offer.text].concat();
        let more = match offer.kind {
            OfferKind::Field if tail.trim_start().starts_with([':', '=', '<', '>', '!']) => "",
            OfferKind::Field => ":",
            OfferKind::Operator if offer.text.ends_with(['(', '/']) => "",
            _ if tail.starts_with([' ', ')']) => "",
            _ => " ",
        };
        out.push_str(more);
        let caret = out.len();
        out.push_str(tail);
        (out, caret)
    }
}

/// Where the caret stands.
enum Spot<'t> {
    /// In or before a value of this field, of which this is typed. Whether it stands in parentheses
    /// behind another value.
    Value(&'t str, &'t str, bool),
    /// In a word, or where one may begin. Whether a term stands before it.
    Word(&'t str, bool),
}

/// What can go on in a text at a byte of it.
#[must_use]
pub fn complete(text: &str, caret: usize, known: &Known<'_>) -> Completion {
    let head = text.get(..caret).unwrap_or(text);
    let tail = text.get(head.len()..).unwrap_or_default();
    let spot = spot(head);
    let typed = match spot {
        Spot::Value(_, typed, _) | Spot::Word(typed, _) => typed,
    };
    // What stands behind the caret in the same word gives way too.
    let rest = tail.find(|c: char| c.is_whitespace() || "():<>=!\"".contains(c)).unwrap_or(tail.len());
    let place = (head.len() - typed.len(), head.len() + if typed.is_empty() { 0 } else { rest });
    let mut offers = Vec::new();
    match spot {
        Spot::Value(name, typed, follows) => values(name, typed, follows, known, &mut offers),
        Spot::Word(typed, follows) => words(typed, follows, text, known, &mut offers),
    }
    let own = text.get(place.0..place.1).unwrap_or_default();
    offers.retain(|offer| offer.text != own || offer.kind == OfferKind::Field);
    Completion { place, offers }
}

fn spot(head: &str) -> Spot<'_> {
    let lexemes = lex(head);
    // The fields of the open parentheses, and of the value that comes next.
    let mut groups: Vec<Option<&str>> = Vec::new();
    let mut name = None;
    for Placed { lexeme, span } in &lexemes {
        match lexeme {
            Lexeme::Name => name = Some(span.of(head)),
            Lexeme::Open => groups.push(name.take().or(groups.last().copied().flatten())),
            Lexeme::Close => _ = groups.pop(),
            Lexeme::Is | Lexeme::IsNot | Lexeme::Compare(_) => {}
            _ if span.end < head.len() => name = None,
            _ => {}
        }
    }
    let group = groups.last().copied().flatten();
    let Some(Placed { lexeme, span }) = lexemes.last() else {
        return Spot::Word("", false);
    };
    let touches = span.end == head.len();
    let typed = span.of(head);
    match lexeme {
        Lexeme::Value(_) | Lexeme::Unclosed | Lexeme::OpenSlash
            if touches && (name.is_some() || group.is_some()) =>
        {
            Spot::Value(name.or(group).unwrap_or_default(), typed, false)
        }
        Lexeme::Is | Lexeme::IsNot | Lexeme::Compare(_) => {
            Spot::Value(name.or(group).unwrap_or_default(), "", false)
        }
        Lexeme::Word(_) if touches => Spot::Word(typed, lexemes.len() > 1),
        Lexeme::And | Lexeme::Or | Lexeme::Not | Lexeme::Minus | Lexeme::Open => match group {
            Some(name) => Spot::Value(name, "", false),
            None => Spot::Word("", false),
        },
        Lexeme::HalfRange | Lexeme::Range(_) | Lexeme::Unclosed | Lexeme::OpenSlash if touches => {
            Spot::Word("", true)
        }
        _ => match group {
            Some(name) => Spot::Value(name, "", true),
            None => Spot::Word("", true),
        },
    }
}

/// How well a text goes with what is typed: less is better.
fn rank(text: &str, typed: &str) -> Option<usize> {
    let text = fold(text);
    if text.starts_with(typed) {
        return Some(0);
    }
    let at = text.find(typed)?;
    Some(if text[..at].ends_with(['.', ':', '/', '-', '_', ' ']) { 1 } else { 2 })
}

fn values(name: &str, typed: &str, follows: bool, known: &Known<'_>, out: &mut Vec<Offer>) {
    let wanted = fold(typed.trim_start_matches('"')).into_owned();
    let target = Target::resolve(name);
    let all = target.as_ref().and_then(Target::field).and_then(|field| (known.values)(field));
    for best in 0..3 {
        for (value, count) in all.into_iter().flatten() {
            let Some(value) = value.as_ref().filter(|value| rank(value, &wanted) == Some(best)) else {
                continue;
            };
            if out.len() >= MOST {
                break;
            }
            let text = value_text(name, value);
            out.push(Offer {
                kind: OfferKind::Value,
                text,
                label: value.clone(),
                note: String::new(),
                count: Some(*count),
            });
        }
    }
    let signs: &[(&str, &str)] = match (follows, typed, target) {
        (true, ..) => {
            &[("OR", "or another value"), ("AND", "and another value"), ("NOT", "but not this value")]
        }
        (false, "", Some(Target::Time)) => &[
            (">=", "from a time on"),
            ("<", "before a time"),
            ("2026-03-01", "a day; also 2026-03, 2026-03-01T14"),
            ("[2026-03-01 TO 2026-03-07]", "from one time to another"),
        ],
        (false, "", _) => &[("*", "any value"), ("(", "several values"), ("/", "a regular expression")],
        _ => &[],
    };
    out.extend(signs.iter().map(|(sign, note)| operator(sign, note)));
}

fn words(typed: &str, follows: bool, text: &str, known: &Known<'_>, out: &mut Vec<Offer>) {
    let wanted = fold(typed.trim_start_matches('-')).into_owned();
    let alone = text.trim() == typed;
    if typed.is_empty() && text.trim().is_empty() {
        let whole = |query: &String| Offer {
            kind: OfferKind::History,
            text: query.clone(),
            label: query.clone(),
            note: String::from("asked before"),
            count: None,
        };
        out.extend(known.history.iter().take(8).map(whole));
    }
    fields(&wanted, known, out);
    if wanted.len() > 1 {
        found_values(&wanted, known, out);
    }
    if follows || !typed.is_empty() {
        let signs = [("AND", "both"), ("OR", "either"), ("NOT", "not the next")];
        let fits = |sign: &&(&str, &str)| fold(sign.0).starts_with(&wanted);
        out.extend(signs.iter().filter(fits).map(|(sign, note)| operator(sign, note)));
    }
    if alone && !wanted.is_empty() {
        for saved in SAVED.iter().filter(|saved| rank(saved.name, &wanted).is_some_and(|rank| rank < 2)) {
            out.push(Offer {
                kind: OfferKind::Saved,
                text: saved.query.to_owned(),
                label: saved.name.to_owned(),
                note: saved.group.to_owned(),
                count: None,
            });
        }
    }
}

fn operator(sign: &str, note: &str) -> Offer {
    let (text, label, note) = (sign.to_owned(), sign.to_owned(), note.to_owned());
    Offer { kind: OfferKind::Operator, text, label, note, count: None }
}

/// Fields with a column first, then other documented paths; the best go first.
fn fields(wanted: &str, known: &Known<'_>, out: &mut Vec<Offer>) {
    let first = out.len();
    for best in 0..3 {
        for line in FIELDS {
            // A short name where it is what is typed, the full one otherwise.
            let names = std::iter::once(&line.name).chain(line.aliases);
            let found = names.filter_map(|name| rank(name, wanted).map(|rank| (rank, *name)));
            let Some((rank, name)) = found.reduce(|one, other| if other.0 < one.0 { other } else { one })
            else {
                continue;
            };
            if rank == best {
                let note = if name == line.name { line.label } else { line.name };
                out.push(field(name, note, with_value(line.field, known)));
            }
        }
        let begins = best < 2 && !wanted.is_empty();
        for path in PATHS.iter().filter(|path| begins && rank(path, wanted) == Some(best)) {
            out.push(field(path, "", None));
        }
    }
    out.truncate(first + MOST);
}

fn field(name: &str, note: &str, count: Option<u64>) -> Offer {
    let (text, label, note) = (name_text(name), name.to_owned(), note.to_owned());
    Offer { kind: OfferKind::Field, text, label, note, count }
}

/// How many events have a value of a field, where its facet tells.
fn with_value(field: Field, known: &Known<'_>) -> Option<u64> {
    let values = (known.values)(field)?;
    let sum = values.iter().filter(|(value, _)| value.is_some()).map(|(_, count)| count).sum();
    // An event may have several values.
    Some(known.events.min(sum))
}

/// Values of any facet that begin with what is typed, with their field.
fn found_values(wanted: &str, known: &Known<'_>, out: &mut Vec<Offer>) {
    let first = out.len();
    for line in FIELDS {
        let values = (known.values)(line.field).unwrap_or_default();
        let fit = |value: &str| rank(value, wanted).is_some_and(|rank| rank < 2);
        for (value, count) in values.iter().filter_map(|(value, count)| Some((value.as_ref()?, count))) {
            if out.len() - first >= 8 {
                return;
            }
            if fit(value) {
                let name = line.aliases.first().unwrap_or(&line.name);
                out.push(Offer {
                    kind: OfferKind::Value,
                    text: format!("{name}:{}", value_text(name, value)),
                    label: value.clone(),
                    note: line.label.to_owned(),
                    count: Some(*count),
                });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `|` is the caret.
    fn at(marked: &str) -> (String, Completion) {
        let caret = marked.find('|').unwrap();
        let text = marked.replacen('|', "", 1);
        let some = |value: &str, count| (Some(value.to_owned()), count);
        let names = vec![some("DeleteQueue", 7), some("GetObject", 5), some("my event", 1)];
        let errors = vec![(None, 10), some("AccessDenied", 3)];
        let sources = vec![some("s3.amazonaws.com", 8), some("mq", 1)];
        let values = |field: Field| match field {
            Field::EventName => Some(names.as_slice()),
            Field::ErrorCode => Some(errors.as_slice()),
            Field::EventSource => Some(sources.as_slice()),
            _ => None,
        };
        // The closure borrows what lives as long as this call; the answer owns all.
        let history = [String::from("errorCode:*")];
        let completion = complete(&text, caret, &Known { values: &values, events: 13, history: &history });
        (text, completion)
    }

    #[test]
    fn offers_what_can_go_on_and_puts_it_in() {
        for (marked, kind, label, count, after) in [
            ("errorC|", "field", "errorCode", Some(3), "errorCode:|"),
            ("serv|", "field", "service", Some(9), "service:|"),
            ("service:s3 AND eventN|", "field", "eventName", Some(13), "service:s3 AND eventName:|"),
            ("eve|Nmae:x", "field", "eventName", Some(13), "eventName|:x"),
            ("mfa|", "field", "mfa", None, "mfa:|"),
            (
                "bytesTr|",
                "field",
                "additionalEventData.bytesTransferredIn",
                None,
                "additionalEventData.bytesTransferredIn:|",
            ),
            ("errorCode:|", "value", "AccessDenied", Some(3), "errorCode:AccessDenied |"),
            ("NOT event:Del|", "value", "DeleteQueue", Some(7), "NOT event:DeleteQueue |"),
            ("event:queue|", "value", "DeleteQueue", Some(7), "event:DeleteQueue |"),
            ("event:m| x", "value", "my event", Some(1), "event:\"my event\"| x"),
            ("event:\"my ev|", "value", "my event", Some(1), "event:\"my event\" |"),
            ("event:(GetObject OR d|)", "value", "DeleteQueue", Some(7), "event:(GetObject OR DeleteQueue|)"),
            ("event:(|)", "value", "GetObject", Some(5), "event:(GetObject|)"),
            ("event != g|", "value", "GetObject", Some(5), "event != GetObject |"),
            ("service:m|", "value", "mq", Some(1), "service:\"mq\" |"),
            ("event:(GetObject |", "operator", "OR", None, "event:(GetObject OR |"),
            ("service:s3 |", "operator", "AND", None, "service:s3 AND |"),
            ("service:s3 o|", "operator", "OR", None, "service:s3 OR |"),
            ("accessd|", "value", "AccessDenied", Some(3), "error:AccessDenied |"),
            ("x:1 delete|", "value", "DeleteQueue", Some(7), "x:1 event:DeleteQueue |"),
            ("time:|", "operator", ">=", None, "time:>= |"),
            ("xyz:|", "operator", "*", None, "xyz:* |"),
            (
                "root|",
                "saved",
                "Root use",
                None,
                "identity:Root NOT eventType:AwsServiceEvent NOT invokedBy:*|",
            ),
            ("|", "history", "errorCode:*", None, "errorCode:*|"),
            ("|", "field", "eventSource", Some(9), "eventSource:|"),
        ] {
            let (text, completion) = at(marked);
            let found =
                completion.offers.iter().find(|offer| offer.kind.name() == kind && offer.label == label);
            let offer = found.unwrap_or_else(|| panic!("{marked}: {:?}", completion.offers));
            let (mut got, caret) = completion.taken(&text, offer);
            got.insert(caret, '|');
            assert_eq!((offer.count, got.as_str()), (count, after), "{marked}");
        }
        // Fields go first, then values, then operators.
        let kinds: Vec<_> = at("x:1 e|").1.offers.iter().map(|offer| offer.kind.name()).collect();
        assert!(
            kinds.is_sorted_by_key(|kind| ["field", "value", "operator"]
                .iter()
                .position(|known| known == kind))
        );
        assert_eq!(
            at("x:[1 TO 5]|").1.offers.iter().filter(|offer| offer.kind == OfferKind::Value).count(),
            0
        );
    }

    #[test]
    fn every_saved_query_is_one() {
        for saved in SAVED {
            assert!(super::super::parse(saved.query).is_ok(), "{}", saved.name);
            assert_eq!(SAVED.iter().filter(|other| other.name == saved.name).count(), 1);
        }
    }

    proptest! {
        #[test]
        fn any_caret_in_any_text_is_answered(text in prop_oneof![any::<String>(), "[a:(\") eO-]{0,12}"], at in any::<prop::sample::Index>()) {
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let caret = places[at.index(places.len())];
            let none = |_: Field| None;
            let completion = complete(&text, caret, &Known { values: &none, events: 0, history: &[] });
            for offer in &completion.offers {
                let (taken, caret) = completion.taken(&text, offer);
                prop_assert!(taken.is_char_boundary(caret));
            }
        }
    }
}
