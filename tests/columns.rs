//! Any path as a column and as a facet: what the shards fill is what the records hold.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod host;

use std::collections::BTreeMap;

use host::page::Page;
use host::{Host, fixture, fixtures};
use serde_json::{Value, json};
use trailscope::field::{ADDED, FIELDS, Field};
use trailscope::protocol::{Ask, Order};
use trailscope::query::edit;
use trailscope::state::{Action, ColumnsAction, Shows, Snapshot, View};

const PATH: &str = "requestParameters.n";

/// Records with `n` of many kinds, several values of `list`, and none.
fn records() -> Vec<Value> {
    (0..600)
        .map(|at| {
            let n = match at % 4 {
                0 => json!({"n": format!("v{}", at % 7)}),
                1 => json!({"n": at % 3, "list": [{"x": at % 5}, {"x": at % 2}]}),
                2 => json!({"n": {"deep": true}}),
                _ => Value::Null,
            };
            let (minute, second) = (at / 60, at % 60);
            json!({
                "eventVersion": "1.09", "eventID": format!("00000000-0000-4000-8000-{at:012}"),
                "eventTime": format!("2026-03-01T10:{minute:02}:{second:02}Z"), "eventSource": "sqs.amazonaws.com",
                "eventName": if at % 3 == 0 { "A" } else { "B" }, "requestParameters": n,
            })
        })
        .collect()
}

fn made(shards: u16) -> Host {
    let mut host = Host::new(shards);
    for (at, part) in records().chunks(100).enumerate() {
        host.drop_file(&format!("{at}.json"), json!({ "Records": part }).to_string().into_bytes());
    }
    host
}

fn with_paths(ask: &mut Ask, paths: &[&str]) {
    ask.paths = paths.iter().map(|path| (*path).to_owned()).collect();
    ask.cells = ADDED[..paths.len()].to_vec();
    ask.facets = ask.cells.clone();
    ask.coverage = true;
}

#[test]
fn a_facet_of_a_path_counts_what_the_query_finds() {
    for shards in [1, 3] {
        let mut host = made(shards);
        for query in ["", "event:A", "event:A OR requestParameters.n:v1"] {
            let answer = host.ask_with(query, |ask| with_paths(ask, &[PATH, "requestParameters.list.x"]));
            for (field, path) in ADDED.into_iter().zip([PATH, "requestParameters.list.x"]) {
                let facet = answer.facets.iter().find(|facet| facet.field == field).unwrap().clone();
                assert_eq!(facet.events, answer.matched);
                let both = |term: String| if query.is_empty() { term } else { format!("({query}) {term}") };
                for (value, count) in &facet.values {
                    let term = match value.as_deref() {
                        Some("{…}") => continue,
                        Some(value) => format!("{path}:\"{value}\""),
                        None => format!("NOT {path}:*"),
                    };
                    assert_eq!(host.ask(&both(term)).matched, *count, "{query} {value:?}");
                }
                let there = host.ask(&both(format!("{path}:*"))).matched;
                assert_eq!(answer.coverage.iter().find(|(of, _)| *of == field).unwrap().1, there);
            }
        }
    }
}

#[test]
fn a_facet_of_a_path_is_counted_without_its_own_term() {
    let mut host = made(2);
    let all = host.ask_with("event:A", |ask| with_paths(ask, &[PATH]));
    let narrowed = host.ask_with("event:A requestParameters.N:v3", |ask| with_paths(ask, &[PATH]));
    assert!(narrowed.matched > 0 && narrowed.matched < all.matched);
    assert_eq!(narrowed.facets.last(), all.facets.last());
}

#[test]
fn coverage_of_every_field_is_what_presence_finds() {
    let mut host = Host::new(2);
    for name in fixtures("invictus") {
        host.drop_file(&name, fixture(&format!("invictus/{name}")));
    }
    let answer = host.ask_with("", |ask| ask.coverage = true);
    assert_eq!(answer.coverage.len(), FIELDS.len() + ADDED.len());
    for line in FIELDS {
        let (_, count) = answer.coverage.iter().find(|(field, _)| *field == line.field).unwrap();
        assert_eq!(host.ask(&format!("{}:*", line.name)).matched, *count, "{}", line.name);
    }
}

#[test]
fn every_field_can_be_a_facet_and_counts_what_the_query_finds() {
    let mut host = Host::new(2);
    for name in fixtures("invictus") {
        host.drop_file(&name, fixture(&format!("invictus/{name}")));
    }
    let fields: Vec<Field> = FIELDS.iter().filter(|line| !line.facet).map(|line| line.field).collect();
    let answer = host.ask_with("", |ask| ask.facets = fields.clone());
    for field in fields {
        let facet = answer.facets.iter().find(|facet| facet.field == field).unwrap();
        for (value, count) in facet.values.iter().take(4) {
            let query = match value {
                Some(value) => edit::only(field.name(), Some(value)),
                None => format!("NOT {}:*", field.name()),
            };
            assert_eq!(host.ask(&query).matched, *count, "{query}");
        }
    }
}

#[test]
fn rows_bring_what_their_records_hold() {
    let mut host = made(2);
    host.ask_with("", |ask| {
        with_paths(ask, &[PATH, "requestParameters.list.x"]);
        ask.cells.push(Field::EventType);
    });
    let by_id: BTreeMap<String, Value> =
        records().into_iter().map(|one| (one["eventID"].as_str().unwrap().to_owned(), one)).collect();
    for row in host.rows() {
        let parameters = &by_id[&row.event_id]["requestParameters"];
        let cell = |field| row.cells.iter().find(|(of, _)| *of == field).map(|(_, text)| text.as_str());
        let expected = match &parameters["n"] {
            Value::Null => None,
            Value::String(text) => Some(text.clone()),
            Value::Object(_) => Some("{…}".to_owned()),
            number => Some(number.to_string()),
        };
        assert_eq!(cell(ADDED[0]), expected.as_deref());
        if let Some(list) = parameters["list"].as_array() {
            let mut each: Vec<String> = list.iter().map(|one| one["x"].to_string()).collect();
            each.dedup();
            assert_eq!(cell(ADDED[1]), Some(&*each.join(", ")));
        }
        assert_eq!(cell(Field::EventType), None);
    }
}

#[test]
fn a_column_of_a_path_sorts_over_all_shards_alike() {
    for descending in [false, true] {
        let order = Order { by: Some(ADDED[0]), descending };
        let sorted = |shards| -> Vec<(Option<String>, String)> {
            let mut host = made(shards);
            host.ask_with("", |ask| {
                with_paths(ask, &[PATH]);
                ask.order = order;
            });
            let value =
                |row: &trailscope::protocol::EventRow| row.cells.first().map(|(_, text)| text.clone());
            host.rows().iter().map(|row| (value(row), row.event_id.clone())).collect()
        };
        let one = sorted(1);
        assert_eq!(one, sorted(4));
        let mut values: Vec<Option<String>> = one.iter().map(|(value, _)| value.clone()).collect();
        let absent = values.iter().rev().take_while(|value| value.is_none()).count();
        assert_eq!(absent, 150, "what has no value comes last");
        values.truncate(values.len() - absent);
        assert!(values.is_sorted_by(|one, other| if descending { one >= other } else { one <= other }));
    }
}

#[test]
fn what_is_known_of_a_path_is_kept_and_files_that_come_later_are_read_too() {
    let mut host = made(1);
    host.ask_with("", |ask| with_paths(ask, &[PATH]));
    host.ask_with("event:A", |ask| with_paths(ask, &[PATH]));
    host.drop_file("late.json", json!({ "Records": [{"eventTime": "2026-03-02T00:00:00Z", "eventID": "x", "requestParameters": {"n": "late"}}] }).to_string().into_bytes());
    let answer = host.ask_with("", |ask| with_paths(ask, &[PATH]));
    let facet = answer.facets.last().unwrap();
    assert!(facet.values.contains(&(Some("late".to_owned()), 1)));
    assert_eq!(facet.events, 601);
}

#[test]
fn a_question_that_is_dropped_halfway_leaves_what_was_read() {
    let mut host = made(1);
    let whole = host.ask_with("", |ask| with_paths(ask, &[PATH]));
    let mut host = made(1);
    host.ask("");
    let ask = |question, query: &str| {
        let mut ask = Ask {
            question,
            query: query.to_owned(),
            time: None,
            buckets: trailscope::protocol::Buckets { from_ms: 0, step_ms: 1_000, count: 1 },
            order: Order { by: Some(ADDED[0]), descending: false },
            facet_values: 1_000,
            detail: trailscope::protocol::Detail::None,
            paths: Vec::new(),
            cells: Vec::new(),
            facets: Vec::new(),
            coverage: false,
        };
        with_paths(&mut ask, &[PATH]);
        ask
    };
    let files = host.files.clone();
    let shard = &mut host.shards[0];
    shard.ask(ask(7, "")).unwrap();
    let mut rereading = shard.reread(0).unwrap();
    let (half, rest) = files[0].1.split_at(files[0].1.len() / 2);
    shard.reread_push(&mut rereading, half);
    let growing = shard.answer();
    assert!(growing.progress < 1.0);
    // Until all is known there is no order by it, and the rows stand by time.
    assert!(growing.samples.iter().all(|key| key.by.is_empty()));
    shard.ask(ask(8, "event:A")).unwrap();
    assert!(!shard.reread_push(&mut rereading, rest), "nobody waits for the rest");
    shard.reread_close(rereading);
    // A path that was added beside it is read from the start, and it goes on where it was.
    let answer = host.ask_with("", |ask| with_paths(ask, &[PATH, "requestParameters.list"]));
    assert_eq!(answer.facets.iter().find(|facet| facet.field == ADDED[0]), whole.facets.last());
}

#[test]
fn what_is_still_being_read_is_known_once_it_has_been() {
    let mut host = Host::new(1);
    let bytes = json!({ "Records": records() }).to_string().into_bytes();
    let (first, rest) = bytes.split_at(bytes.len() / 2);
    let shard = &mut host.shards[0];
    let mut file = shard.open(0, "trail.json", bytes.len() as u64);
    shard.push(&mut file, first);
    let early = host.ask_with("", |ask| with_paths(ask, &[PATH]));
    assert!(early.matched > 0 && early.progress == 1.0);
    assert_eq!(early.facets.last().unwrap().distinct, 0, "its text is not to be had yet");
    let shard = &mut host.shards[0];
    shard.push(&mut file, rest);
    shard.close(file, None);
    host.files.push(("trail.json".to_owned(), bytes));
    let late = host.ask_with("", |ask| with_paths(ask, &[PATH]));
    assert_eq!(late.coverage.iter().find(|(of, _)| *of == ADDED[0]).unwrap().1, 450);
}

fn columns(page: &Page) -> Vec<String> {
    let columns = &page.state.columns;
    columns.list().iter().map(|column| columns.name_of(column.shows).to_owned()).collect()
}

#[test]
fn steps_back_and_forth_bring_back_query_columns_and_record() {
    let mut page = Page::loaded(2);
    page.act(Action::View(View::Events));
    page.act(Action::Query("service:ssm".into()));
    page.act(Action::Columns(ColumnsAction::Add("requestParameters.instanceId".into())));
    page.act(Action::Columns(ColumnsAction::Resize(Shows::Time, 200)));
    page.act(Action::Typed("service:ssm event:G".into()));
    page.act(Action::Typed("service:ssm event:Get*".into()));
    page.act(Action::Select(0));
    page.act(Action::OpenInspector);
    let here = page.state.snapshot();
    assert!(
        here.record.is_some() && page.fragment.contains("requestParameters.instanceId"),
        "{}",
        page.fragment
    );
    assert!(!page.fragment.contains("ssm"), "no query in the address");
    let go = |page: &mut Page, number: u32| {
        let fragment = page.fragment.clone();
        page.act(Action::Visit { number: Some(number), fragment });
        (
            page.state.query.to_string(),
            columns(page).len(),
            page.state.selection.inspecting(),
            page.state.view,
        )
    };
    assert_eq!(go(&mut page, 4), ("service:ssm event:Get*".to_owned(), 9, false, View::Events));
    assert_eq!(go(&mut page, 3), ("service:ssm".to_owned(), 9, false, View::Events));
    assert_eq!(go(&mut page, 2), ("service:ssm".to_owned(), 8, false, View::Events));
    assert_eq!(go(&mut page, 1), (String::new(), 8, false, View::Events));
    assert_eq!(go(&mut page, 0), (String::new(), 8, false, View::Services));
    assert!(go(&mut page, 5).2);
    assert_eq!(page.state.snapshot(), here);
    assert!(page.state.selection.record().is_some());
    // A number that is not known, and an address that somebody wrote, are read as links.
    page.act(Action::Visit { number: Some(77), fragment: "view=files".to_owned() });
    assert_eq!((page.state.view, &*page.state.query), (View::Files, ""));
    page.act(Action::Visit { number: None, fragment: here.fragment(true) });
    let record = None;
    assert_eq!(page.state.snapshot(), Snapshot { record, ..here });
}

#[test]
fn an_added_path_that_goes_takes_its_order_with_it() {
    let mut page = Page::loaded(1);
    page.act(Action::Columns(ColumnsAction::Add("requestParameters.instanceId".into())));
    let field = page.state.columns.field("requestParameters.instanceId").unwrap();
    page.act(Action::Order(Order { by: Some(field), descending: false }));
    assert!(page.state.window.rows()[0].cells.iter().any(|(of, _)| *of == field));
    page.act(Action::Columns(ColumnsAction::Remove(Shows::Value(field))));
    assert_eq!(page.state.order, Order::default());
    page.act(Action::Columns(ColumnsAction::Facet("a..b".into())));
    assert!(page.state.notices.last().unwrap().text.contains("no field or path"));
    page.act(Action::Cleared);
    assert!(page.state.columns.are_usual());
}

#[test]
fn what_is_too_long_to_be_sent_whole_is_found_by_its_start() {
    let long = ["a", "é", "日", "\u{1f600}", "\"\\*"].map(|text| text.repeat(5_000));
    let values = long.into_iter().chain(["b".repeat(2_000), "c".repeat(2_001), "d".repeat(1_999)]);
    let records: Vec<Value> = values
        .zip(0..)
        .map(|(value, at)| {
            json!({
                "eventVersion": "1.09", "eventID": at.to_string(), "eventTime": "2026-03-01T10:00:00Z",
                "eventSource": "sqs.amazonaws.com", "eventName": "A", "userAgent": value,
                "requestParameters": {"n": value},
            })
        })
        .collect();
    let mut host = Host::new(1);
    host.drop_file("long.json", json!({ "Records": records }).to_string().into_bytes());
    let answer = host.ask_with("", |ask| with_paths(ask, &[PATH]));
    for (field, name) in [(Field::UserAgent, "userAgent"), (ADDED[0], PATH)] {
        let facet = answer.facets.iter().find(|facet| facet.field == field).unwrap();
        assert_eq!(facet.values.len(), records.len(), "{name}");
        for (value, count) in &facet.values {
            let value = value.as_deref();
            let start: String = value.unwrap().chars().take(5).collect();
            let query = edit::include("", name, value);
            assert_eq!(host.ask(&query).matched, *count, "{name} {start}");
            assert_eq!(edit::include(&query, name, value), "", "{name} {start}");
            assert_eq!(host.ask(&edit::exclude("", name, value)).matched, 8 - count, "{name} {start}");
        }
    }
}
