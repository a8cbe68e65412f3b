//! Files go in, answers come out: the same ones however the files are spread and cut.
//!
//! What is expected is worked out by `serde_json` over the same files, with nothing of this crate.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod host;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use host::{Host, fixture, fixtures};
use serde_json::Value;
use trailscope::event::Field;
use trailscope::protocol::{Detail, NotRead, Outcome};

/// Every record of the delivery files, as serde_json reads them.
fn delivered() -> Vec<(String, Value)> {
    let mut records = Vec::new();
    for name in fixtures("invictus") {
        let file: Value = serde_json::from_slice(&fixture(&format!("invictus/{name}"))).unwrap();
        for record in file["Records"].as_array().unwrap() {
            records.push((name.clone(), record.clone()));
        }
    }
    records
}

fn loaded(shards: u16) -> Host {
    let mut host = Host::new(shards);
    for name in fixtures("invictus") {
        host.drop_file(&name, fixture(&format!("invictus/{name}")));
    }
    host
}

/// The distinct records: equal ones count once.
fn distinct() -> Vec<Value> {
    let mut seen = BTreeSet::new();
    delivered()
        .into_iter()
        .map(|(_, record)| record)
        .filter(|record| seen.insert(record.to_string()))
        .collect()
}

fn counts(records: &[Value], pointer: &str) -> BTreeMap<Option<String>, u64> {
    let mut counts = BTreeMap::new();
    for record in records {
        let value = match record.pointer(pointer) {
            None | Some(Value::Null) => None,
            Some(Value::String(text)) => Some(text.clone()),
            Some(other) => Some(other.to_string()),
        };
        *counts.entry(value).or_default() += 1;
    }
    counts
}

#[test]
fn counts_and_facets_are_those_of_an_independent_reader() {
    let expected = distinct();
    for shards in [1, 2, 5] {
        let mut host = loaded(shards);
        let answer = host.ask("");
        assert_eq!(answer.events, expected.len() as u64);
        assert_eq!(answer.matched, expected.len() as u64);
        for (field, pointer) in [
            (Field::EventSource, "/eventSource"),
            (Field::EventName, "/eventName"),
            (Field::IdentityType, "/userIdentity/type"),
            (Field::ErrorCode, "/errorCode"),
            (Field::Region, "/awsRegion"),
            (Field::SourceIp, "/sourceIPAddress"),
            (Field::UserAgent, "/userAgent"),
            (Field::ReadOnly, "/readOnly"),
            (Field::RecipientAccount, "/recipientAccountId"),
            (Field::EventCategory, "/eventCategory"),
        ] {
            let facet = answer.facets.iter().find(|facet| facet.field == field).unwrap();
            let got: BTreeMap<_, _> = facet.values.iter().cloned().collect();
            assert_eq!(got, counts(&expected, pointer), "{field:?} over {shards} shards");
        }
    }
}

#[test]
fn rows_are_in_the_order_of_time_and_records_open_as_they_stand() {
    let mut host = loaded(3);
    host.ask("");
    let rows = host.rows();
    assert_eq!(rows.len(), distinct().len());
    assert!(rows.windows(2).all(|pair| pair[0].time_ms >= pair[1].time_ms));
    for row in rows.iter().step_by(17) {
        let view = host.record(row.row);
        let parsed: Value = serde_json::from_str(&view.raw).unwrap();
        assert_eq!(parsed["eventID"], view.event_id);
        assert_eq!(parsed["eventTime"], view.time_text);
        assert_eq!(
            view.tree.iter().filter(|line| line.depth == 0).count(),
            parsed.as_object().unwrap().len()
        );
    }
}

#[test]
fn copies_are_shown_once_and_the_ledger_adds_up() {
    for shards in [1, 2, 4] {
        let mut host = loaded(shards);
        for name in fixtures("invictus") {
            host.drop_file(&format!("again/{name}"), fixture(&format!("invictus/{name}")));
        }
        let answer = host.ask("");
        assert_eq!(answer.events, distinct().len() as u64);
        let sum =
            |count: fn(&trailscope::protocol::LedgerEntry) -> u64| host.ledger.iter().map(count).sum::<u64>();
        assert_eq!(sum(|line| line.events), answer.events);
        assert_eq!(sum(|line| line.records()), 2 * delivered().len() as u64);
        // The files dropped first show the events, whichever shard was faster.
        assert!(
            host.ledger.iter().filter(|line| line.name.starts_with("again/")).all(|line| line.events == 0)
        );
        assert!(host.rows().iter().all(|row| row.copies >= 1));
    }
}

fn text(record: &Value, pointer: &str) -> String {
    record.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[test]
fn every_kind_of_term_finds_what_an_independent_filter_finds() {
    let records = distinct();
    type Filter = fn(&Value) -> bool;
    let cases: Vec<(&str, Filter)> = vec![
        ("service:ssm", (|r| text(r, "/eventSource") == "ssm.amazonaws.com")),
        (
            "eventName:(Describe* OR List*)",
            (|r| text(r, "/eventName").starts_with("Describe") || text(r, "/eventName").starts_with("List")),
        ),
        ("errorCode:*", (|r| !text(r, "/errorCode").is_empty())),
        (
            "NOT errorCode:* AND readOnly:false",
            (|r| text(r, "/errorCode").is_empty() && r["readOnly"] == false),
        ),
        (
            "requestParameters.parameterFilters.key:name",
            (|r| r.pointer("/requestParameters/parameterFilters/0/key") == Some(&"Name".into())),
        ),
        ("stratus", (|r| r.to_string().to_lowercase().contains("stratus"))),
        (
            "service:iam AND stratus",
            (|r| {
                text(r, "/eventSource") == "iam.amazonaws.com"
                    && r.to_string().to_lowercase().contains("stratus")
            }),
        ),
    ];
    for shards in [1, 3] {
        let mut host = loaded(shards);
        for (query, expected) in &cases {
            let count = records.iter().filter(|record| expected(record)).count() as u64;
            assert!(count > 0, "{query} must have something to find");
            assert_eq!(host.ask(query).matched, count, "{query}");
        }
    }
}

#[test]
fn a_facet_ignores_the_terms_about_its_own_field() {
    let mut host = loaded(2);
    let all = host.ask("");
    let narrowed = host.ask("service:ssm");
    let services = |answer: &trailscope::protocol::Answer| {
        answer.facets.iter().find(|facet| facet.field == Field::EventSource).unwrap().values.clone()
    };
    assert_eq!(services(&all), services(&narrowed));
    let names = narrowed.facets.iter().find(|facet| facet.field == Field::EventName).unwrap();
    assert_eq!(names.values.iter().map(|(_, count)| count).sum::<u64>(), narrowed.matched);
}

#[test]
fn the_brush_narrows_all_but_the_histogram() {
    let mut host = loaded(2);
    let whole = host.ask("");
    let (first, last) = (host.ledger.iter().filter_map(|l| l.first_ms).min().unwrap(), i64::MAX);
    let half = host.ask_with("", |ask| ask.time = Some((first + 600_000, last)));
    assert_eq!(half.histogram, whole.histogram);
    assert!(half.matched < whole.matched && half.matched > 0);
    assert_eq!(
        half.matched,
        host.rows().iter().filter(|row| row.time_ms >= Some(first + 600_000)).count() as u64
    );
}

#[test]
fn the_lists_of_views_add_up_to_the_matches() {
    let mut host = loaded(2);
    for (detail, query) in
        [(Detail::Services, ""), (Detail::Identities, "readOnly:false"), (Detail::Redactions, "")]
    {
        let answer = host.ask_with(query, |ask| ask.detail = detail);
        match detail {
            Detail::Services => {
                assert_eq!(answer.services.iter().map(|s| s.events).sum::<u64>(), answer.matched);
                assert_eq!(answer.services.iter().map(|s| s.errors).sum::<u64>(), answer.errors);
                let said = counts(&distinct(), "/readOnly");
                let said = |word: &str| said.get(&Some(word.to_owned())).copied().unwrap_or_default();
                assert_eq!(answer.services.iter().map(|s| s.reads).sum::<u64>(), said("true"));
                assert_eq!(answer.services.iter().map(|s| s.writes).sum::<u64>(), said("false"));
                assert!(said("true") > 0 && said("false") > 0);
                assert!(
                    answer.services.iter().all(|s| s.names.iter().map(|(_, n)| n).sum::<u64>() <= s.events)
                );
            }
            Detail::Identities => {
                assert_eq!(answer.identities.iter().map(|i| i.events).sum::<u64>(), answer.matched);
            }
            _ => {
                assert!(answer.redactions > 0);
                let of_aws = answer.redaction_groups.iter().filter(|group| group.hidden().is_redaction());
                assert_eq!(of_aws.map(|group| group.count).sum::<u64>(), answer.redactions);
                assert_eq!(answer.exposure_groups.iter().map(|g| g.count).sum::<u64>(), answer.exposures);
                assert!(answer.exposures > 0 && answer.looked_at > 20 * answer.matched);
                assert!(answer.redaction_groups.iter().all(|g| g.of >= 1));
            }
        }
    }
}

/// Records as they were before `readOnly` and `eventCategory`, and of network activity.
const UNSAID: &str = r#"{"Records":[
    {"eventVersion":"1.0","eventSource":"sqs.amazonaws.com","eventName":"ReceiveMessage","managementEvent":false},
    {"eventVersion":"1.0","eventSource":"sqs.amazonaws.com","eventName":"SendMessage"},
    {"eventVersion":"1.0","eventSource":"sqs.amazonaws.com","eventName":"Dwindle"},
    {"eventVersion":"1.08","eventSource":"sqs.amazonaws.com","eventName":"GetX","readOnly":false,"eventCategory":"Data"},
    {"eventVersion":"1.09","eventSource":"kms.amazonaws.com","eventName":"Decrypt","eventType":"AwsVpceEvent"},
    {"eventVersion":"1.08","eventSource":"kms.amazonaws.com","eventName":"RotateKey","eventType":"AwsServiceEvent"}
]}"#;

#[test]
fn figures_of_a_service_are_what_their_links_leave() {
    let mut host = Host::new(2);
    for folder in ["invictus", "panther", "stratus-red-team", "seeds", "exposures", "identities"] {
        for name in fixtures(folder) {
            host.drop_file(&name, fixture(&format!("{folder}/{name}")));
        }
    }
    {
        let services = host.ask_with("", |ask| ask.detail = Detail::Services).services;
        let (mut unsaid, mut leaked) = (0, 0);
        for one in services.iter().filter(|one| !one.source.is_empty()) {
            let mut left = |query: &str| host.ask(&format!("eventSource:\"{}\" {query}", one.source)).matched;
            let figures = [left("access:write"), left("access:read"), left("access:data")];
            assert_eq!([one.writes, one.reads, one.data], figures, "{}", one.source);
            if one.inferred == 0 {
                let said = [left("readOnly:false"), left("readOnly:true"), left("eventCategory:Data")];
                assert_eq!(said, figures, "{}", one.source);
            }
            assert_eq!(left("access:write access:read"), 0);
            assert_eq!(one.exposures, left("exposure:*"), "{}", one.source);
            assert_eq!(one.errors, left("failure:*"), "{}", one.source);
            unsaid += one.inferred;
            leaked += one.exposures;
        }
        assert!(leaked > 0 && unsaid > 0, "{unsaid}");
    }
    host = Host::new(1);
    host.drop_file("unsaid.json", UNSAID.as_bytes().to_vec());
    let services = host.ask_with("", |ask| ask.detail = Detail::Services).services;
    let of = |source: &str| {
        let one = services.iter().find(|one| one.source.starts_with(source)).unwrap();
        (one.events, one.writes, one.reads, one.data, one.inferred)
    };
    assert_eq!((of("sqs"), of("kms")), ((4, 2, 1, 2, 2), (2, 0, 1, 0, 1)));
    assert_eq!(host.ask("readOnly:*").matched, 1);
    for row in host.rows() {
        let view = host.record(row.row);
        assert_eq!(row.write, view.write);
        let said = view.notes.iter().any(|note| note.contains("By its name the call"));
        assert_eq!(
            said,
            ["ReceiveMessage", "SendMessage", "Decrypt"].contains(&&*view.name),
            "{}",
            view.name
        );
    }
}

/// What AWS says of real calls, and what their names alone do.
#[test]
fn names_of_calls_say_what_reads() {
    let (mut right, mut wrong) = (0, Vec::new());
    let mut host = Host::new(1);
    for name in fixtures("invictus") {
        host.drop_file(&name, fixture(&format!("invictus/{name}")));
    }
    host.ask("");
    for row in host.rows() {
        let view = host.record(row.row);
        let said = [("\"readOnly\":true", true), ("\"readOnly\":false", false)];
        let raw = view.raw.replace(": ", ":");
        let Some((_, said)) = said.iter().find(|(text, _)| raw.contains(text)) else { continue };
        match trailscope::sentence::is_read(&view.name) {
            Some(read) if read != *said => wrong.push(view.name),
            Some(_) => right += 1,
            None => {}
        }
    }
    assert!(right > 100 && wrong.len() * 100 <= right, "{right} {wrong:?}");
}

#[test]
fn the_table_counts_in_each_record_what_the_inspector_shows() {
    for folder in ["invictus", "panther", "stratus-red-team", "streamalert", "seeds"] {
        let mut host = Host::new(1);
        for name in fixtures(folder) {
            host.drop_file(&name, fixture(&format!("{folder}/{name}")));
        }
        host.ask("");
        for row in host.rows() {
            let view = host.record(row.row);
            let redactions =
                view.redactions.iter().filter(|redaction| redaction.class.is_redaction()).count();
            let leaks = view.exposures.iter().filter(|exposure| !exposure.kind.is_personal()).count();
            assert_eq!(
                (row.redactions as usize, row.exposures as usize),
                (redactions, leaks),
                "{}",
                view.raw
            );
        }
    }
}

#[test]
fn a_file_cut_in_the_middle_keeps_what_was_whole() {
    let name = fixtures("invictus").remove(0);
    let whole = fixture(&format!("invictus/{name}"));
    let mut host = Host::new(1);
    host.drop_in_pieces("cut.json", whole[..whole.len() * 2 / 3].to_vec(), 7);
    let answer = host.ask("");
    let line = &host.ledger[0];
    assert_eq!((line.outcome, line.rejected), (Outcome::Partial, 1));
    assert!(answer.events > 0 && line.events == answer.events);
    assert!(line.reason.is_some() && line.remedy.is_some());
}

#[test]
fn copies_settled_anew_in_the_middle_of_a_file_leave_the_ledger_true() {
    let name = fixtures("invictus").remove(3);
    let bytes = fixture(&format!("invictus/{name}"));
    let mut host = Host::new(1);
    host.drop_file("first.json", bytes.clone());
    host.settle();
    // Another shard is lost while half of a copy has been read.
    let (first, second) = bytes.split_at(bytes.len() / 2);
    let shard = &mut host.shards[0];
    let mut file = shard.open(1, "copy.json", bytes.len() as u64);
    shard.push(&mut file, first);
    shard.resettle();
    assert!(shard.take_messages().is_empty(), "the only shard rules on its own claims");
    shard.push(&mut file, second);
    shard.close(file, None);
    host.files.push(("copy.json".to_owned(), bytes));
    let answer = host.ask("");
    let sum = |of: fn(&trailscope::protocol::LedgerEntry) -> u64| host.ledger.iter().map(of).sum::<u64>();
    assert_eq!(sum(|line| line.events), answer.events);
    assert_eq!(sum(|line| line.duplicates), answer.events);
}

#[test]
fn events_are_asked_for_by_the_integrity_of_their_file() {
    use trailscope::protocol::IntegrityVerdict::{Altered, Authentic};
    let record = |n: u32| {
        format!(
            "{{\"eventTime\":\"2023-07-09T22:23:4{n}Z\",\"eventName\":\"E{n}\",\"eventVersion\":\"1.08\",\"eventID\":\"{n}\"}}"
        )
    };
    let mut host = Host::new(2);
    for n in 0..4 {
        host.drop_file(
            &format!("{n}.json"),
            format!("{{\"Records\":[{},{}]}}", record(n), record(n + 4)).into_bytes(),
        );
    }
    host.settle();
    let tell = |host: &mut Host, verdicts: &[_]| {
        host.shards.iter_mut().for_each(|shard| shard.take_verdicts(verdicts))
    };
    assert_eq!(host.ask("integrity:*").matched, 0);
    tell(&mut host, &[(0, 0, Authentic), (1, 0, Altered), (2, 0, Authentic)]);
    for (query, matched) in [
        ("integrity:altered", 2),
        ("integrity:authentic", 4),
        ("NOT integrity:*", 2),
        ("integrity:altered eventName:E5", 1),
    ] {
        assert_eq!(host.ask(query).matched, matched, "{query}");
    }
    tell(&mut host, &[(3, 0, Altered)]);
    assert_eq!((host.ask("integrity:altered").matched, host.ask("integrity:*").matched), (2, 2));
    tell(&mut host, &[]);
    assert_eq!(host.ask("integrity:*").matched, 0);
}

/// A log file with this many events, as text.
fn long(events: usize) -> Vec<u8> {
    let record = |at: usize| {
        format!(
            r#"{{"eventVersion":"1.08","eventTime":"2023-07-10T11:42:18Z","eventSource":"sts.amazonaws.com",
                "eventName":"GetCallerIdentity","eventID":"{at}","requestParameters":{{"note":"n{at}"}}}}"#
        )
    };
    format!(r#"{{"Records":[{}]}}"#, (0..events).map(record).collect::<Vec<_>>().join(",")).into_bytes()
}

#[test]
fn a_file_that_is_stopped_keeps_what_was_read_and_says_where() {
    let text = long(2_000);
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(&text).unwrap();
    for (name, bytes) in [("long.json", text), ("long.json.gz", encoder.finish().unwrap())] {
        for (why, reason) in
            [(NotRead::Cancelled, "Reading was cancelled"), (NotRead::MemoryFull, "Memory was nearly full")]
        {
            for at in [0, 1, bytes.len() / 2, bytes.len() - 1] {
                let mut host = Host::new(1);
                let shard = &mut host.shards[0];
                let mut file = shard.open(0, name, bytes.len() as u64);
                shard.push(&mut file, &bytes[..at]);
                file.stop(why);
                shard.push(&mut file, &bytes[at..]);
                shard.close(file, None);
                host.files.push((name.to_owned(), bytes.clone()));
                let events = host.ask("").events;
                let line = host.ledger[0].clone();
                let told = line.reason.clone().unwrap();
                assert_eq!((line.outcome, line.rejected), (Outcome::Partial, 0), "{name} at {at}: {told}");
                assert_eq!(line.events, events, "{name} at {at}");
                assert!(at < bytes.len() / 2 || (500..=2_000).contains(&events), "{name} at {at}: {events}");
                let place = told.split(" at byte ").nth(1).unwrap().split('.').next().unwrap();
                assert!(told.starts_with(reason) && place.replace(',', "") == at.to_string(), "{told}");
                assert!(line.remedy.is_some());
                // Its records are found again, and what was not read is not.
                let mut found = |number: u64| host.ask(&format!("requestParameters.note:n{number}")).matched;
                assert_eq!(
                    (found(events), events == 0 || found(events - 1) == 1),
                    (0, true),
                    "{name} at {at}"
                );
            }
        }
    }
}
