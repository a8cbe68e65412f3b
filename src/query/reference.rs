//! A slow, obvious evaluator over parsed JSON, and a small table, to hold the real ones against.

use serde_json::Value;

use super::{Comparison, Expr, ExprKind, Literal, Query, Table, Term};
use crate::event::{FIELDS, Field};

/// An event with its text as a log file could have it.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub json: Value,
    pub raw: String,
    pub time_ms: i64,
}

/// Times of events and of queries, with the stretch they mean.
const MINUTE: i64 = 60_000;
const NOON: i64 = 1_772_366_400_000;
pub(super) const TIMES: [(&str, i64, i64); 7] = [
    ("2026-03-01T12:00:00Z", NOON, 1_000),
    ("2026-03-01T12:00Z", NOON, MINUTE),
    ("2026-03-01", NOON - 720 * MINUTE, 1_440 * MINUTE),
    ("2026-03-01T13:01:30+01:00", NOON + 90_000, 1_000),
    ("2026-03-02", NOON + 720 * MINUTE, 1_440 * MINUTE),
    ("2026-03-01T12", NOON, 60 * MINUTE),
    ("2026-03", NOON - 720 * MINUTE, 31 * 1_440 * MINUTE),
];

/// A time in a record or a query, with the stretch it means.
fn time(text: &str) -> Option<(i64, i64)> {
    TIMES.iter().find(|time| time.0 == text).map(|time| (time.1, time.1 + time.2))
}

// ── the table ───────────────────────────────────────────────────────────────────────────────────

/// What a column says of an event: none, one or several values.
pub(super) fn column(event: &Value, field: Field) -> Vec<String> {
    let text = |value: &Value| match value {
        Value::Null | Value::Object(_) | Value::Array(_) => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    };
    let at = |pointer: &str| event.pointer(pointer).and_then(text);
    match field {
        // Two columns that are derived, as the real ones are.
        Field::Principal => at("/userIdentity/arn")
            .or(at("/userIdentity/type"))
            .map(|p| format!("by {p}"))
            .into_iter()
            .collect(),
        Field::Redaction => ["***", "HIDDEN_DUE_TO_SECURITY_REASONS"]
            .into_iter()
            .filter(|marker| event.to_string().contains(&format!("\"{marker}\"")))
            .map(str::to_owned)
            .collect(),
        Field::Resource => at("/resources/0/ARN").into_iter().collect(),
        Field::IssuedKey => at("/responseElements/credentials/accessKeyId").into_iter().collect(),
        Field::IssuedArn => at("/responseElements/assumedRoleUser/arn").into_iter().collect(),
        other => at(&format!("/{}", other.name().replace('.', "/"))).into_iter().collect(),
    }
}

pub(super) struct Columns {
    ids: Vec<Vec<u32>>,
    rows: Vec<Option<Vec<u32>>>,
    values: Vec<Vec<Vec<String>>>,
    times: Vec<i64>,
}

impl Columns {
    pub(super) fn new(events: &[Event]) -> Self {
        let mut columns = Self {
            ids: vec![],
            rows: vec![],
            values: vec![],
            times: events.iter().map(|event| event.time_ms).collect(),
        };
        for line in FIELDS {
            let mut values = vec![vec![]];
            let ids = events.iter().map(|event| {
                let value = column(&event.json, line.field);
                let id = values.iter().position(|known| *known == value).unwrap_or_else(|| {
                    values.push(value);
                    values.len() - 1
                });
                id as u32
            });
            let (rows, ids): (Vec<u32>, Vec<u32>) =
                (0u32..).zip(ids).filter(|(_, id)| *id > 0 || !line.field.is_rare()).unzip();
            columns.ids.push(ids);
            columns.rows.push(line.field.is_rare().then_some(rows));
            columns.values.push(values);
        }
        columns
    }
}

fn place(field: Field) -> usize {
    FIELDS.iter().position(|line| line.field == field).unwrap()
}

impl Table for Columns {
    fn len(&self) -> usize {
        self.times.len()
    }
    fn distinct(&self, field: Field) -> u32 {
        self.values[place(field)].len() as u32
    }
    fn ids(&self, field: Field) -> &[u32] {
        &self.ids[place(field)]
    }
    fn rows(&self, field: Field) -> Option<&[u32]> {
        self.rows[place(field)].as_deref()
    }
    fn test(&self, field: Field, id: u32, test: &mut dyn FnMut(Option<&str>) -> bool) -> bool {
        let values = &self.values[place(field)][id as usize];
        if values.is_empty() { test(None) } else { values.iter().any(|value| test(Some(value))) }
    }
    fn times_ms(&self) -> &[i64] {
        &self.times
    }
}

// ── the evaluator ───────────────────────────────────────────────────────────────────────────────

fn holds(expr: &Expr, event: &Event) -> bool {
    match &expr.kind {
        ExprKind::And(parts) => parts.iter().all(|part| holds(part, event)),
        ExprKind::Or(parts) => parts.iter().any(|part| holds(part, event)),
        ExprKind::Not(part) => !holds(part, event),
        ExprKind::Term(term) => term_holds(term, event),
    }
}

pub(super) fn matches(query: &Query, event: &Event) -> bool {
    query.expr.as_ref().is_none_or(|expr| holds(expr, event))
}

fn term_holds(term: &Term, event: &Event) -> bool {
    let Some(name) = &term.name else {
        let mut texts = vec![];
        every_text(&event.json, &mut texts);
        if let Some(regex) = regex(&term.value) {
            texts.push(event.raw.clone());
            return texts.iter().any(|text| regex.is_match(text));
        }
        let wild: Vec<Option<char>> = [vec![None], wild(&term.value), vec![None]].concat();
        return texts.iter().any(|text| glob(&wild, &lower(text)));
    };
    if name.text == "eventTime" {
        let dated = event.time_ms != i64::MAX;
        if term.value.is_any() {
            return dated;
        }
        if term.value.regex {
            return value_holds(term, &event.json["eventTime"], None);
        }
        let ends =
            [Some((term.comparison, &term.value)), term.upper.as_ref().map(|end| (Some(end.0), &end.1))];
        return dated
            && ends.into_iter().flatten().all(|(comparison, literal)| {
                let (from, to) = time(literal.exact().unwrap()).unwrap();
                stands(comparison, event.time_ms, from, to)
            });
    }
    let field = Field::by_name(&name.text);
    let values = match field {
        Some(field) => column(&event.json, field).into_iter().map(Value::String).collect(),
        None => walk(&event.json, &steps(&name.text)),
    };
    values.iter().any(|value| value_holds(term, value, field))
}

fn stands(comparison: Option<Comparison>, at: i64, from: i64, to: i64) -> bool {
    match comparison {
        None => at >= from && at < to,
        Some(Comparison::Less) => at < from,
        Some(Comparison::AtMost) => at < to,
        Some(Comparison::Greater) => at >= to,
        Some(Comparison::AtLeast) => at >= from,
    }
}

fn value_holds(term: &Term, value: &Value, field: Option<Field>) -> bool {
    let text = match value {
        Value::Null => return false,
        Value::Object(_) => return term.value.is_any(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    if term.comparison.is_none() && term.value.is_any() {
        return !text.is_empty();
    }
    if let Some(regex) = regex(&term.value) {
        return regex.is_match(&text);
    }
    let wanted = term.value.exact().unwrap_or_default();
    if let Some(comparison) = term.comparison {
        let upper = term.upper.as_ref();
        return compares(comparison, wanted, &text)
            && upper.is_none_or(|(comparison, end)| compares(*comparison, end.exact().unwrap(), &text));
    }
    let own = wild(&term.value);
    if glob(&own, &lower(&text)) {
        return true;
    }
    if term.value.quoted {
        return false;
    }
    let service = field == Some(Field::EventSource)
        && !term.value.pieces.concat().contains('.')
        && [".amazonaws.com", ".amazonaws.com.cn"]
            .iter()
            .any(|suffix| glob(&[own.clone(), suffix.chars().map(Some).collect()].concat(), &lower(&text)));
    let number =
        value.is_number() && wanted.parse::<f64>().is_ok_and(|wanted| value.as_f64() == Some(wanted));
    let block =
        wanted == "10.0.0.0/8" && text.starts_with("10.") && text.parse::<std::net::Ipv4Addr>().is_ok();
    let address = wanted == "2001:db8::1" && text == "2001:DB8:0::1";
    let dated = matches!(field, None | Some(Field::SessionStart))
        && time(wanted).is_some_and(|(from, to)| time(&text).is_some_and(|at| stands(None, at.0, from, to)));
    service || number || block || address || dated
}

fn compares(comparison: Comparison, bound: &str, text: &str) -> bool {
    if let Some((from, to)) = time(bound) {
        return time(text).is_some_and(|at| stands(Some(comparison), at.0, from, to));
    }
    let bound: f64 = bound.parse().unwrap();
    text.parse::<f64>().is_ok_and(|number| match comparison {
        Comparison::Less => number < bound,
        Comparison::AtMost => number <= bound,
        Comparison::Greater => number > bound,
        Comparison::AtLeast => number >= bound,
    })
}

fn regex(literal: &Literal) -> Option<regex_lite::Regex> {
    literal.expression().map(|source| regex_lite::Regex::new(&format!("(?i){source}")).unwrap())
}

/// Lower-case characters; `None` is a `*`.
fn wild(literal: &Literal) -> Vec<Option<char>> {
    let mut out = vec![];
    for (place, piece) in literal.pieces.iter().enumerate() {
        if place > 0 {
            out.push(None);
        }
        out.extend(lower(piece).into_iter().map(Some));
    }
    out
}

fn lower(text: &str) -> Vec<char> {
    text.to_lowercase().chars().collect()
}

fn glob(pattern: &[Option<char>], text: &[char]) -> bool {
    match pattern.split_first() {
        None => text.is_empty(),
        Some((None, rest)) => (0..=text.len()).any(|at| glob(rest, &text[at..])),
        Some((Some(first), rest)) => text.first() == Some(first) && glob(rest, &text[1..]),
    }
}

fn every_text(value: &Value, out: &mut Vec<String>) {
    match value {
        Value::Object(members) => members.iter().for_each(|(key, value)| {
            out.push(key.clone());
            every_text(value, out);
        }),
        Value::Array(elements) => elements.iter().for_each(|element| every_text(element, out)),
        Value::String(text) => out.push(text.clone()),
        other => out.push(other.to_string()),
    }
}

/// The paths that the generated queries use, by hand.
fn steps(name: &str) -> Vec<&'static str> {
    PATHS.iter().find(|path| path.0 == name).unwrap_or_else(|| panic!("{name}")).1.to_vec()
}

pub(super) const PATHS: [(&str, &[&str]); 13] = [
    ("eventID", &["eventID"]),
    ("requestParameters", &["requestParameters"]),
    ("requestparameters.N", &["requestParameters", "n"]),
    ("requestParameters.users.username", &["requestParameters", "users", "username"]),
    ("requestParameters.users[].username", &["requestParameters", "users", "[]", "username"]),
    ("requestParameters.users[1].username", &["requestParameters", "users", "[1]", "username"]),
    ("requestParameters.tags.\"a.b: c\"", &["requestParameters", "tags", "a.b: c"]),
    ("requestParameters.list", &["requestParameters", "list"]),
    ("requestParameters.policy", &["requestParameters", "policy"]),
    ("requestParameters.policy.effect", &["requestParameters", "policy", "effect"]),
    ("requestParameters.policy.doc.Effect", &["requestParameters", "policy", "doc", "Effect"]),
    ("requestParameters.policy[1].effect", &["requestParameters", "policy", "[1]", "effect"]),
    ("requestParameters.when", &["requestParameters", "when"]),
];

fn walk(value: &Value, steps: &[&str]) -> Vec<Value> {
    let all =
        |values: Vec<Value>, steps: &[&str]| values.iter().flat_map(|value| walk(value, steps)).collect();
    match (steps.split_first(), value) {
        (Some(_), Value::String(text)) if text.starts_with(['{', '[']) => {
            serde_json::from_str(text).map_or_else(|_| vec![], |inside: Value| walk(&inside, steps))
        }
        (Some((&"[]", rest)), Value::Array(elements)) => all(elements.clone(), rest),
        (Some((&"[1]", rest)), Value::Array(elements)) => {
            all(elements.get(1).cloned().into_iter().collect(), rest)
        }
        (Some((&("[]" | "[1]"), _)), _) => vec![],
        (_, Value::Array(elements)) => all(elements.clone(), steps),
        (None, value) => vec![value.clone()],
        (Some((key, rest)), Value::Object(members)) => {
            let named = members.iter().filter(|member| member.0.eq_ignore_ascii_case(key));
            all(named.map(|member| member.1.clone()).collect(), rest)
        }
        _ => vec![],
    }
}
