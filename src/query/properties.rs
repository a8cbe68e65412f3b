//! The evaluator and the edits against the reference, on generated queries and events.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::edit;
use super::parse;
use super::reference::{Columns, Event, PATHS, TIMES, column, matches};
use crate::event::{FIELDS, Field};

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
            json!("{\"\\u0045ffect\": \"Den\\u0079\"}"),
            json!("{\"doc\": \"{\\\"Effect\\\": [\\\"Deny\\\", 10]}\", \"effect\": 10}"),
            json!("[1, {\"effect\": \"AccessDenied\"}]"),
            json!("{\"effect\": \"open"),
            absent.clone(),
        ]),
        pick(&[json!([[1, 2], [3]]), json!([]), json!([null, ""]), absent.clone()]),
        pick(&[json!("2026-03-01T12:00:00Z"), json!(["2026-03-02", "x"]), json!("2026"), absent.clone()]),
        any::<bool>(),
    );
    (head, parameters, 0..TIMES.len() + 1, 0..4).prop_map(|(head, parameters, time, style)| {
        let mut json = json!({
            "eventSource": head.0, "eventName": head.1, "errorCode": head.2, "readOnly": head.3,
            "sourceIPAddress": head.4, "userIdentity": head.5, "eventID": "ab-12",
            "requestParameters": {
                "users": parameters.0, "n": parameters.1, "tags": parameters.2,
                "policy": parameters.3, "list": parameters.4, "when": parameters.5,
            },
        });
        if parameters.6 {
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
        "Deny",
        "2026-03-01",
        "2026-03",
        "/^D.*e$/",
        "/(access|x)\\w*d/",
        "/10|s3/",
        "/\\bx\\b/",
        "/./",
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
        "/access.*denied/",
        "/^dave$/",
        "/\"effect\":/",
        "/eventName\"/",
        "/u0044|[<]sens/",
        "/x y|ïcode/",
        "/\\bnull\\b/",
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
    let end = || prop::sample::select(vec!["10", "2.5", "-5", "1e1", "*"]);
    let day = || prop::sample::select(TIMES.map(|time| time.0).to_vec());
    let brackets = || (prop::sample::select(vec!["[", "{"]), prop::sample::select(vec!["]", "}"]));
    let numbers = (chosen(&["requestparameters.N", "requestParameters.list"]), brackets(), end(), end())
        .prop_map(|(name, (open, close), from, to)| format!("{name}:{open}{from} TO {to}{close}"));
    let days = (chosen(&["eventTime", "requestParameters.when"]), brackets(), day(), day())
        .prop_map(|(name, (open, close), from, to)| format!("{name}:({open} {from} to {to} {close})"));
    let when = (chosen(&["<", "<=", ">", ">=", ":"]), day())
        .prop_map(|(sign, day)| format!("requestParameters.when {sign} {day}"));
    let leaf = prop_oneof![4 => field, 3 => word.prop_map(str::to_owned), 1 => time, 1 => number, 1 => numbers, 1 => days, 1 => when, 1 => Just("eventTime:/T12/".to_owned()), 1 => Just("eventTime:*".to_owned())];
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

proptest! {
    #[test]
    fn a_record_of_any_bytes_is_answered(text in query(), mut raw in prop::collection::vec(any::<u8>(), 0..40)) {
        let plan = parse(&text).unwrap().plan();
        let table = Columns::new(&[]);
        _ = plan.matches_record(&table, 7, &raw);
        raw.splice(0..0, *b"{\"requestParameters\":\\\\\"");
        _ = plan.matches_record(&table, 7, &raw);
    }
}
