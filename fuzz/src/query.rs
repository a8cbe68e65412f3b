//! Query text: its tree, its meaning for some events, and its edits by a click.

use trailscope::field::Field;
use trailscope::query::{self, Plan, Query, Table, edit, fold, tokens};

use crate::choice::Choice;

/// Fields that a click may be about; the last one is no column.
const CLICKED: [&str; 6] =
    ["eventName", "eventSource", "errorCode", "sourceIPAddress", "userAgent", "requestParameters.a b[0]"];

/// Reads the bytes as a query; what stands behind a NUL is the value of a click.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (text, value) = text.split_once('\0').unwrap_or((&text, &text));
    let mut choice = Choice::of(data);
    are_in_order(text);
    let events = Events::new(value);
    let rows = match query::parse(text) {
        Ok(query) => {
            is_canonical(&query, &events);
            Some(means_the_same_everywhere(&query.plan(), &events))
        }
        Err(error) => {
            let length = text.chars().count();
            let (start, end) = error.span;
            assert!(error.position == start && start <= end && end <= length, "{error:?}");
            assert!(!error.message.is_empty());
            None
        }
    };
    is_quoted(value);
    clicks(text, value, rows.as_deref(), &events, &mut choice);
}

/// The coloured pieces cover all but white space.
fn are_in_order(text: &str) {
    let mut at = 0;
    for token in tokens(text) {
        assert!(at <= token.start && token.start < token.end);
        assert!(text[at..token.start].trim().is_empty());
        at = token.end;
    }
    assert!(text[at..].trim().is_empty());
}

/// What is written of a query reads as the same query.
fn is_canonical(query: &Query, events: &Events) {
    let canonical = query.to_string();
    let again = match query::parse(&canonical) {
        Ok(again) => again,
        // Written out it can be too long, or too deep.
        Err(error) => {
            let too_large =
                ["longer than", "inside one another"].iter().any(|limit| error.message.contains(limit));
            assert!(too_large, "{canonical}: {error:?}");
            return;
        }
    };
    assert_eq!(again.to_string(), canonical);
    assert_eq!(rows(&again.plan(), events), rows(&query.plan(), events), "{canonical}");
}

/// Columns, records and the parts that must all hold give the same rows.
fn means_the_same_everywhere(plan: &Plan, events: &Events) -> Vec<usize> {
    let eval = plan.evaluate(events);
    let mut both = eval.yes.clone();
    both.and(&eval.maybe);
    assert!(both.count() == 0, "a row is sure and open");
    assert!(plan.needs_records() || eval.maybe.count() == 0, "a row is open without need");
    let rows = rows(plan, events);
    let conjuncts = plan.conjuncts();
    for row in 0..events.len() {
        let by_columns = eval.yes.get(row) || eval.maybe.get(row) && rows.contains(&row);
        assert_eq!(by_columns, rows.contains(&row), "row {row}");
        let together =
            conjuncts.iter().all(|part| part.plan.matches_record(events, row, events.raw[row].as_bytes()));
        assert_eq!(together, rows.contains(&row), "row {row} by parts");
    }
    rows
}

/// The rows by their records.
fn rows(plan: &Plan, events: &Events) -> Vec<usize> {
    (0..events.len()).filter(|&row| plan.matches_record(events, row, events.raw[row].as_bytes())).collect()
}

fn rows_of(text: &str, events: &Events) -> Vec<usize> {
    let query = query::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"));
    means_the_same_everywhere(&query.plan(), events)
}

/// A quoted value means just itself.
fn is_quoted(value: &str) {
    if value.len() < query::MAX_CHARACTERS / 4 {
        let text = format!("eventName:{}", edit::quote(value));
        let chosen = edit::chosen(&text, "eventName");
        assert_eq!(chosen, [(Some(value.to_owned()), true)], "{text}");
    }
}

/// A click makes a query that reads and means what was clicked, and a second one takes it back.
fn clicks(text: &str, value: &str, rows: Option<&[usize]>, events: &Events, choice: &mut Choice) {
    type Click = fn(&str, &str, Option<&str>) -> String;
    let name = CLICKED[choice.below(CLICKED.len())];
    let clicked = (!choice.one_in(8)).then_some(value);
    let kinds: [(Click, bool); 3] =
        [(|_, name, value| edit::only(name, value), true), (edit::include, true), (edit::exclude, false)];
    let kind = choice.below(3);
    let (click, wanted) = kinds[kind];
    let once = click(text, name, clicked);
    assert!(query::parse(&once).is_ok(), "{once}");
    // A long value is cut and goes on with `*`; the empty one is no value of a column.
    let is_long = value.chars().nth(2_000).is_some();
    let Some(field) = Field::by_name(name).filter(|_| !is_long && clicked != Some("")) else { return };
    let of = |rows: &[usize]| -> Vec<usize> {
        rows.iter().copied().filter(|&row| events.has(row, clicked) == wanted).collect()
    };
    if kind == 0 {
        let all: Vec<usize> = (0..events.len()).collect();
        assert_eq!(rows_of(&once, events), of(&all), "{once}");
        return;
    }
    let speaks_of_it =
        tokens(text).iter().any(|token| Field::by_name(&text[token.start..token.end]) == Some(field));
    // An edit that would be too long or too deep keeps only what was clicked.
    let has_room = text.trim().is_empty()
        || text.len() + 2 * value.len() + 200 < query::MAX_CHARACTERS
            && query::parse(&format!("({text}) x:y")).is_ok();
    let Some(rows) = rows.filter(|_| !speaks_of_it && has_room) else { return };
    assert_eq!(rows_of(&once, events), of(rows), "{once}");
    assert_eq!(edit::chosen(&once, name), [(clicked.map(str::to_owned), wanted)], "{once}");
    let twice = click(&once, name, clicked);
    assert_eq!(edit::chosen(&twice, name), [], "{twice}");
    assert_eq!(rows_of(&twice, events), rows, "{twice}");
}

/// Some events, one of which has the clicked value in every column.
struct Events {
    raw: Vec<String>,
    /// For each row a value, or none.
    values: Vec<Option<String>>,
    ids: Vec<u32>,
    times: Vec<i64>,
}

impl Events {
    fn new(value: &str) -> Self {
        let values = [
            None,
            Some("PutObject"),
            Some("s3.amazonaws.com"),
            Some("10.1.2.3"),
            Some("2001:db8::1"),
            Some(value),
        ];
        let raw = |value: &Option<&str>| {
            let value = serde_json::to_string(value).unwrap_or_default();
            format!(
                "{{\"eventName\":{value},\"requestParameters\":{{\"a b\":[{value},7,\"C:\\\\x \\u003c***\\u003e\"],\"n\":-1.5e3}}}}"
            )
        };
        Self {
            raw: values.iter().map(raw).collect(),
            ids: (0..).take(values.len()).collect(),
            times: vec![i64::MAX, 0, 1_772_366_400_000, 1_772_366_400_001, -1, 253_402_300_799_999],
            values: values.into_iter().map(|value| value.map(str::to_owned)).collect(),
        }
    }

    fn has(&self, row: usize, value: Option<&str>) -> bool {
        match (&self.values[row], value) {
            (Some(own), Some(value)) => fold(own) == fold(value),
            (own, None) => own.as_deref().unwrap_or_default().is_empty(),
            (None, Some(_)) => false,
        }
    }
}

impl Table for Events {
    fn len(&self) -> usize {
        self.values.len()
    }

    fn distinct(&self, _: Field) -> u32 {
        self.ids.len() as u32
    }

    fn ids(&self, _: Field) -> &[u32] {
        &self.ids
    }

    fn rows(&self, _: Field) -> Option<&[u32]> {
        None
    }

    fn test(&self, _: Field, id: u32, test: &mut dyn FnMut(Option<&str>) -> bool) -> bool {
        test(self.values[id as usize].as_deref())
    }

    fn times_ms(&self) -> &[i64] {
        &self.times
    }
}
