//! A slow, obvious evaluator over parsed JSON, and a small table, to hold the real ones against.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::edit;
use super::{Comparison, Expr, ExprKind, Literal, Query, Table, Term, parse};
use crate::event::{FIELDS, Field};

/// An event with its text as a log file could have it.
#[derive(Clone, Debug)]
struct Event {
    json: Value,
    raw: String,
    time_ms: i64,
}

/// Times of events and of queries, with the stretch they mean.
const MINUTE: i64 = 60_000;
const NOON: i64 = 1_772_366_400_000;
const TIMES: [(&str, i64, i64); 5] = [
    ("2026-03-01T12:00:00Z", NOON, 1_000),
    ("2026-03-01T12:00Z", NOON, MINUTE),
    ("2026-03-01", NOON - 720 * MINUTE, 1_440 * MINUTE),
    ("2026-03-01T13:01:30+01:00", NOON + 90_000, 1_000),
    ("2026-03-02", NOON + 720 * MINUTE, 1_440 * MINUTE),
];

// ── the table ───────────────────────────────────────────────────────────────────────────────────

/// What a column says of an event: none, one or several values.
fn column(event: &Value, field: Field) -> Vec<String> {
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
        other => at(&format!("/{}", other.name().replace('.', "/"))).into_iter().collect(),
    }
}

struct Columns {
    ids: Vec<Vec<u32>>,
    values: Vec<Vec<Vec<String>>>,
    times: Vec<i64>,
}

impl Columns {
    fn new(events: &[Event]) -> Self {
        let mut columns =
            Self { ids: vec![], values: vec![], times: events.iter().map(|event| event.time_ms).collect() };
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
            columns.ids.push(ids.collect());
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

fn matches(query: &Query, event: &Event) -> bool {
    query.expr.as_ref().is_none_or(|expr| holds(expr, event))
}

fn term_holds(term: &Term, event: &Event) -> bool {
    let Some(name) = &term.name else {
        let mut texts = vec![];
        every_text(&event.json, &mut texts);
        let wild: Vec<Option<char>> = [vec![None], wild(&term.value), vec![None]].concat();
        return texts.iter().any(|text| glob(&wild, &lower(text)));
    };
    if name.text == "eventTime" {
        let dated = event.time_ms != i64::MAX;
        if term.value.is_any() {
            return dated;
        }
        let (_, from, length) = *TIMES.iter().find(|time| Some(time.0) == term.value.exact()).unwrap();
        return dated && stands(term.comparison, event.time_ms, from, from + length);
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
    let wanted = term.value.exact().unwrap_or_default();
    if let Some(comparison) = term.comparison {
        let bound: f64 = wanted.parse().unwrap();
        return text.parse::<f64>().is_ok_and(|number| match comparison {
            Comparison::Less => number < bound,
            Comparison::AtMost => number <= bound,
            Comparison::Greater => number > bound,
            Comparison::AtLeast => number >= bound,
        });
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
    service || number || block || address
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

const PATHS: [(&str, &[&str]); 9] = [
    ("eventID", &["eventID"]),
    ("requestParameters", &["requestParameters"]),
    ("requestparameters.N", &["requestParameters", "n"]),
    ("requestParameters.users.username", &["requestParameters", "users", "username"]),
    ("requestParameters.users[].username", &["requestParameters", "users", "[]", "username"]),
    ("requestParameters.users[1].username", &["requestParameters", "users", "[1]", "username"]),
    ("requestParameters.tags.\"a.b: c\"", &["requestParameters", "tags", "a.b: c"]),
    ("requestParameters.list", &["requestParameters", "list"]),
    ("requestParameters.policy", &["requestParameters", "policy"]),
];

fn walk(value: &Value, steps: &[&str]) -> Vec<Value> {
    let all =
        |values: Vec<Value>, steps: &[&str]| values.iter().flat_map(|value| walk(value, steps)).collect();
    match (steps.split_first(), value) {
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

// ── what is generated ───────────────────────────────────────────────────────────────────────────

fn pick(values: &[Value]) -> impl Strategy<Value = Value> + use<> {
    prop::sample::select(values.to_vec())
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    prop::collection::vec(event(), 0..8)
}

fn event() -> impl Strategy<Value = Event> {
    let absent = Value::Null;
    let head = (
        pick(&[
            json!("s3.amazonaws.com"),
            json!("SQS.amazonaws.com"),
            json!("odd"),
            json!("sqs.amazonaws.com.cn"),
        ]),
        pick(&[
            json!("DeleteQueue"),
            json!("PutObject"),
            json!("deletequeue"),
            json!("ÜnïCode x"),
            absent.clone(),
        ]),
        pick(&[json!("AccessDenied"), json!(""), absent.clone()]),
        pick(&[json!(true), json!(false), absent.clone()]),
        pick(&[
            json!("10.1.2.3"),
            json!("192.0.2.7"),
            json!("2001:DB8:0::1"),
            json!("AWS Internal"),
            json!("10.0.0.0/8"),
        ]),
        pick(&[
            json!({"type": "Root"}),
            json!({"type": "IAMUser", "arn": "arn:aws:iam::1:user/x"}),
            absent.clone(),
        ]),
    );
    let users = pick(&[
        json!([{"username": "Dave"}, {"userName": "eve", "password": "***"}]),
        json!({"username": "Dave"}),
        json!([[{"username": "eve"}], "x"]),
        json!([]),
        absent.clone(),
    ]);
    let parameters = (
        users,
        pick(&[
            json!(10),
            json!(10.0),
            json!("10"),
            json!(-5),
            json!("HIDDEN_DUE_TO_SECURITY_REASONS"),
            absent.clone(),
        ]),
        pick(&[json!({"a.b: c": "x y"}), json!({"A.B: C": ["1,2", "x"]}), absent.clone()]),
        pick(&[
            json!("{\"Effect\": \"Deny\", \"x\": \"<sensitiveDataRemoved>\\n\"}"),
            json!("C:\\x\tD"),
            absent.clone(),
        ]),
        pick(&[json!([[1, 2], [3]]), json!([]), json!([null, ""]), absent.clone()]),
        any::<bool>(),
    );
    (head, parameters, 0..TIMES.len() + 1, 0..4).prop_map(|(head, parameters, time, style)| {
        let mut json = json!({
            "eventSource": head.0, "eventName": head.1, "errorCode": head.2, "readOnly": head.3,
            "sourceIPAddress": head.4, "userIdentity": head.5, "eventID": "ab-12",
            "requestParameters": {
                "users": parameters.0, "n": parameters.1, "tags": parameters.2,
                "policy": parameters.3, "list": parameters.4,
            },
        });
        if parameters.5 {
            // Nulls stay, or are not there at all.
            drop_nulls(&mut json);
        }
        let (text, time_ms) = TIMES.get(time).map_or(("no time", i64::MAX), |time| (time.0, time.1));
        json["eventTime"] = json!(text);
        Event { raw: write(&json, style), json, time_ms }
    })
}

fn drop_nulls(value: &mut Value) {
    if let Value::Object(members) = value {
        members.retain(|_, value| !value.is_null());
        members.values_mut().for_each(drop_nulls);
    }
}

/// The ways a log can write the same record.
fn write(json: &Value, style: i32) -> String {
    match style {
        0 => json.to_string(),
        1 => serde_json::to_string_pretty(json).unwrap(),
        2 => json.to_string().replace('<', "\\u003c").replace('/', "\\/"),
        _ => json.to_string().replace('D', "\\u0044").replace('x', "\\u0078").replace('ï', "\\u00EF"),
    }
}

fn query() -> impl Strategy<Value = String> {
    let chosen = |values: &[&'static str]| prop::sample::select(values.to_vec());
    let value = chosen(&[
        "s3",
        "sqs",
        "odd",
        "s*",
        "DeleteQueue",
        "delete*",
        "*e*",
        "\"PutObject\"",
        "AccessDenied",
        "*",
        "true",
        "false",
        "10.0.0.0/8",
        "10.1.2.3",
        "2001:db8::1",
        "\"AWS Internal\"",
        "Root",
        "arn:aws:iam::1:user/x",
        "dave",
        "EVE",
        "10",
        "10.0",
        "\"10\"",
        "-5",
        "3",
        "\"x y\"",
        "\"1,2\"",
        "*\"effect\"*deny*",
        "\"\"",
        "\"***\"",
        "HIDDEN*",
        "üNÏcode*",
        "*\\ x",
        "*<sens*>*",
        "\"by Root\"",
        "*user/*",
    ]);
    let names = FIELDS
        .iter()
        .map(|line| line.name)
        .chain(["service", "user", "ip", "hid"])
        .chain(PATHS.map(|path| path.0));
    let name = prop::sample::select(names.collect::<Vec<_>>());
    let busy = chosen(&[
        "eventSource",
        "eventName",
        "errorCode",
        "readOnly",
        "ip",
        "user",
        "identity",
        "hid",
        "requestParameters.users.username",
        "requestparameters.N",
    ]);
    let field = (prop_oneof![name, busy], prop::collection::vec(value, 1..4), 0..5, any::<bool>());
    let field = field.prop_map(|(name, values, style, space)| match (style, values.as_slice()) {
        (0, values) => format!("{name}:({})", values.join(" OR ")),
        (1, values) => format!("{name}:(NOT {})", values.join(" ").replace('-', "\\-")),
        (_, values) if space => format!("{name} = {}", values[0]),
        (_, values) => format!("{name}:{}", values[0]),
    });
    let word = chosen(&[
        "dave",
        "x",
        "D",
        "queue",
        "\"a.b: c\"",
        "\"x y\"",
        "10",
        "null",
        "true",
        "<sens*ed>",
        "\"<sens\"",
        "u*d*x",
        "\"\\\"x\"",
        "003c",
        "\\:",
        "\"1,2\"",
        "\": \"",
        "\"\\\\\"",
        "arn:aws:iam::1:user/x",
        "ünï",
        "aws*user",
        "*",
        "***",
        "\"***\"",
        "n",
        "\"y\"",
        "amazonaws",
        "requestParameters",
        "PASSWORD",
        "u0044",
        "/",
        "\",\"",
        "by",
        "\"\"",
        "accessDENIED",
    ]);
    let comparison = chosen(&["<", "<=", ">", ">=", ":"]);
    let time = (comparison.clone(), prop::sample::select(TIMES.map(|time| time.0).to_vec()));
    let time = time.prop_map(|(sign, time)| format!("eventTime {sign} {time}"));
    let number = (
        chosen(&["requestParameters.n", "requestParameters.list", "eventName"]),
        chosen(&["<", "<=", ">", ">="]),
        chosen(&["10", "2.5", "-5", "1e1"]),
    );
    let number = number.prop_map(|(name, sign, number)| {
        format!("{} {sign} {number}", name.replace("Parameters.n", "parameters.N"))
    });
    let leaf = prop_oneof![4 => field, 3 => word.prop_map(str::to_owned), 1 => time, 1 => number, 1 => Just("eventTime:*".to_owned())];
    leaf.prop_recursive(4, 16, 4, |inner| {
        (prop::collection::vec(inner, 1..4), 0..5).prop_map(|(parts, style)| match style {
            0 => format!("({})", parts.join(" OR ")),
            1 => format!("NOT {}", parts.join(" AND ")),
            2 => format!("-({})", parts.join(" ")),
            3 => parts.join(" OR "),
            _ => parts.join(" "),
        })
    })
}

// ── the comparison ──────────────────────────────────────────────────────────────────────────────

/// The rows that match, by the columns first and the records where they leave it open.
fn rows(text: &str, events: &[Event]) -> Vec<usize> {
    let plan = parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}")).plan();
    let table = Columns::new(events);
    let eval = plan.evaluate(&table);
    let mut both = eval.yes.clone();
    both.and(&eval.maybe);
    assert!(both.is_empty(), "{text}");
    assert!(plan.needs_records() || eval.maybe.is_empty(), "{text}");
    let by_record = |row: &usize| plan.matches_record(&table, *row, events[*row].raw.as_bytes());
    let mut rows = eval.yes;
    eval.maybe.iter().filter(by_record).for_each(|row| rows.set(row, true));
    let rows: Vec<usize> = rows.iter().collect();
    assert_eq!((0..events.len()).filter(by_record).collect::<Vec<_>>(), rows, "{text}");
    rows
}

fn reference(text: &str, events: &[Event]) -> Vec<usize> {
    let query = parse(text).unwrap();
    (0..events.len()).filter(|&row| matches(&query, &events[row])).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn agrees_with_the_reference(text in query(), events in events()) {
        prop_assert_eq!(rows(&text, &events), reference(&text, &events));
    }

    #[test]
    fn the_conjuncts_together_are_the_query(text in query(), events in events()) {
        let query = parse(&text).unwrap();
        let table = Columns::new(&events);
        let conjuncts = query.plan().conjuncts();
        for (row, event) in events.iter().enumerate() {
            let all = conjuncts.iter().all(|part| part.plan.matches_record(&table, row, event.raw.as_bytes()));
            prop_assert_eq!(all, matches(&query, event));
        }
    }
}

/// Fields with facets and the values they show.
fn clicked() -> impl Strategy<Value = (&'static str, Option<String>)> {
    let fields =
        ["eventSource", "eventName", "errorCode", "readOnly", "sourceIPAddress", "principal", "redaction"];
    let values = [
        "s3.amazonaws.com",
        "odd",
        "DeleteQueue",
        "PutObject",
        "AccessDenied",
        "true",
        "10.1.2.3",
        "10.0.0.0/8",
        "***",
        "2001:DB8:0::1",
        "by Root",
        "AWS Internal",
        "ÜnïCode x",
        "by arn:aws:iam::1:user/x",
        "HIDDEN_DUE_TO_SECURITY_REASONS",
    ];
    (
        prop::sample::select(fields.to_vec()),
        prop::option::weighted(0.8, prop::sample::select(values.to_vec())),
    )
        .prop_map(|(field, value)| (field, value.map(str::to_owned)))
}

fn has(event: &Event, field: &str, value: Option<&str>) -> bool {
    let values = column(&event.json, Field::by_name(field).unwrap());
    match value {
        Some(value) => values.iter().any(|own| own.to_lowercase() == value.to_lowercase()),
        None => values.iter().all(String::is_empty),
    }
}

/// Whether a query says anything about a field.
fn speaks_of(text: &str, field: &str) -> bool {
    let wanted = Field::by_name(field);
    super::tokens(text).iter().any(|token| Field::by_name(&text[token.start..token.end]) == wanted)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_click_means_what_was_clicked(text in query(), (field, value) in clicked(), events in events()) {
        if speaks_of(&text, field) {
            return Ok(());
        }
        let value = value.as_deref();
        let before = reference(&text, &events);
        let with = |wanted: bool| -> Vec<usize> {
            before.iter().copied().filter(|&row| has(&events[row], field, value) == wanted).collect()
        };
        let included = edit::include(&text, field, value);
        prop_assert_eq!(rows(&included, &events), with(true), "{}", included);
        prop_assert_eq!(edit::chosen(&included, field), vec![(value.map(str::to_owned), true)]);
        prop_assert_eq!(rows(&edit::include(&included, field, value), &events), before.clone());

        let excluded = edit::exclude(&text, field, value);
        prop_assert_eq!(rows(&excluded, &events), with(false), "{}", excluded);
        prop_assert_eq!(edit::chosen(&excluded, field), vec![(value.map(str::to_owned), false)]);
        prop_assert_eq!(rows(&edit::exclude(&excluded, field, value), &events), before.clone());

        // The other button takes back the first.
        prop_assert_eq!(rows(&edit::include(&excluded, field, value), &events), with(true));
        prop_assert_eq!(rows(&edit::exclude(&included, field, value), &events), with(false));
    }

    #[test]
    fn a_second_click_adds_a_value((field, one) in clicked(), (_, two) in clicked(), text in query(), events in events()) {
        let folded = |value: &Option<String>| value.as_ref().map(|value| value.to_lowercase());
        if speaks_of(&text, field) || folded(&one) == folded(&two) {
            return Ok(());
        }
        let (one, two) = (one.as_deref(), two.as_deref());
        let both = edit::include(&edit::include(&text, field, one), field, two);
        let either: Vec<usize> = reference(&text, &events)
            .into_iter()
            .filter(|&row| has(&events[row], field, one) || has(&events[row], field, two))
            .collect();
        prop_assert_eq!(rows(&both, &events), either, "{}", both);
        let neither = edit::exclude(&edit::exclude(&text, field, one), field, two);
        let rest: Vec<usize> = reference(&text, &events)
            .into_iter()
            .filter(|&row| !has(&events[row], field, one) && !has(&events[row], field, two))
            .collect();
        prop_assert_eq!(rows(&neither, &events), rest, "{}", neither);
    }

    #[test]
    fn any_value_of_any_field_survives(field in any::<String>(), value in any::<String>(), old in any::<String>()) {
        for name in ["eventSource", "eventName", "eventTime", "arn", "fe80", "x.y[0]", &field] {
            for text in [edit::only(name, Some(&value)), edit::include(&old, name, Some(&value)), edit::exclude(&old, name, Some(&value))] {
                prop_assert!(parse(&text).is_ok(), "{}", text);
                prop_assert!(edit::chosen(&text, name).iter().any(|chosen| chosen.0.as_ref() == Some(&value)), "{}", text);
            }
        }
    }
}
