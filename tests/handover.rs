//! Events go out and come back in: as many, the same but for names, and nothing that was to be taken out.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod host;

use std::collections::BTreeSet;

use host::{Host, fixture, fixtures};
use trailscope::field::Field;
use trailscope::ingest::FileReader;
use trailscope::merge;
use trailscope::protocol::{Answer, Categories, Cleaning, Format, Times};
use trailscope::pseudonym::{Check, Cleaner, Collector};
use trailscope::shard::handover::{CheckSink, Pass, Work, Writer, frame, preview};

fn loaded(shards: u16) -> Host {
    let mut host = Host::new(shards);
    for folder in ["invictus", "seeds", "stratus-red-team", "panther"] {
        for name in fixtures(folder) {
            host.drop_file(&name, fixture(&format!("{folder}/{name}")));
        }
    }
    host.settle();
    host
}

/// One pass over the records in scope of a shard.
fn run(host: &Host, shard: usize, question: Option<u32>, pass: Pass) -> Work {
    let engine = &host.shards[shard];
    let mut work = Work::new(engine.rows_in_scope(question), pass);
    while let Some(source) = engine.work_source(&work) {
        let mut reader = engine.work_reader(source);
        for piece in host.files[source as usize].1.chunks(10_000) {
            if !engine.work_push(&mut work, source, &mut reader, piece) {
                break;
            }
        }
        engine.work_close(&mut work, source, reader);
    }
    work
}

fn cleaning(host: &Host, question: Option<u32>, removed: Categories, times: Times) -> Cleaning {
    let parts = (0..host.shards.len()).map(|shard| {
        match run(host, shard, question, Pass::Collect(Collector::default())).pass {
            Pass::Collect(collector) => collector.finish(),
            Pass::Write(_) => unreachable!(),
        }
    });
    let originals = merge::originals(parts.collect());
    Cleaning { key: [9; 32], removed, times, days: 400, originals, ..Cleaning::default() }
}

/// The whole file, put together of the parts of all shards, uncompressed.
fn written(host: &Host, question: Option<u32>, cleaning: &Cleaning, format: Format) -> (Vec<u8>, u64) {
    let (head, tail) = frame(format);
    let mut file = head.as_bytes().to_vec();
    let mut events = 0;
    for shard in 0..host.shards.len() {
        let cleaner = Cleaner::new(cleaning.clone()).unwrap();
        let writer = Writer::new(cleaner, format, Vec::new(), events > 0);
        let work = run(host, shard, question, Pass::Write(Box::new(writer)));
        events += work.seen;
        match work.pass {
            Pass::Write(mut writer) => {
                writer.finish();
                file.extend(writer.out);
            }
            Pass::Collect(_) => unreachable!(),
        }
    }
    file.extend_from_slice(tail.as_bytes());
    (file, events)
}

fn check(file: &[u8], cleaning: &Cleaning) -> (u64, Vec<String>) {
    let cleaner = Cleaner::new(cleaning.clone()).unwrap();
    let mut sink = CheckSink(Check::new(&cleaner, &cleaning.originals.ids));
    let mut reader = FileReader::new("copy", file.len() as u64);
    file.chunks(100_000).for_each(|piece| reader.push(piece, &mut sink));
    reader.finish(&mut sink);
    let found = sink.0.found.iter().map(|found| format!("{found:?}")).collect();
    (sink.0.records, found)
}

/// Counts of each facet without the values: what stays when names change.
fn shape(answer: &Answer) -> Vec<(String, Vec<u64>)> {
    let counts = |facet: &trailscope::protocol::Facet| {
        let mut counts: Vec<u64> = facet.values.iter().map(|(_, count)| *count).collect();
        counts.sort_unstable();
        (format!("{:?}", facet.field), counts)
    };
    answer.facets.iter().map(counts).collect()
}

#[test]
fn every_form_comes_back_as_the_same_events() {
    let mut host = loaded(3);
    let before = host.ask("");
    let cleaning = cleaning(&host, None, Categories::default(), Times::Kept);
    for format in Format::ALL {
        let (file, events) = written(&host, None, &cleaning, format);
        assert_eq!(events, before.events);
        assert_eq!(check(&file, &cleaning), (events, Vec::new()), "{format:?}");
        let mut again = Host::new(2);
        again.drop_file("copy", file);
        let after = again.ask("");
        assert_eq!(
            (after.events, after.errors, after.redactions),
            (before.events, before.errors, before.redactions),
            "{format:?}"
        );
        let (one, other) = (shape(&before), shape(&after));
        let leaked = after.facets.iter().find(|facet| facet.field == Field::Exposure).unwrap();
        for kind in leaked.values.iter().filter_map(|(kind, _)| kind.as_deref()) {
            // These have pseudonyms, which look like what they stand for; the rest is taken out.
            assert!(["email", "phone", "personName"].contains(&kind), "{format:?}: {kind}");
        }
        for (one, other) in one.iter().zip(&other).filter(|(one, _)| !one.0.contains("Exposure")) {
            // Two names of one principal can become one only if they were one.
            assert_eq!(one, other, "{format:?}");
        }
        let line = &again.ledger[0];
        assert_eq!((line.rejected, line.duplicates), (0, 0), "{format:?}");
    }
}

#[test]
fn a_query_hands_over_its_matches_only() {
    let mut host = loaded(2);
    let matched = host.ask("eventSource:s3.amazonaws.com").matched;
    let question = host.shards[0].question();
    let cleaning = cleaning(&host, question, Categories::default(), Times::Shifted);
    let (file, events) = written(&host, question, &cleaning, Format::Records);
    assert!(events == matched && matched > 0);
    let mut again = Host::new(1);
    again.drop_file("copy.json", file);
    assert_eq!(again.ask("eventSource:s3.amazonaws.com").matched, matched);
    // Times have moved by the same number of days.
    let rows = |host: &mut Host| host.rows().iter().filter_map(|row| row.time_ms).collect::<Vec<_>>();
    host.ask("eventSource:s3.amazonaws.com");
    let (before, after) = (rows(&mut host), rows(&mut again));
    let moved: BTreeSet<i64> = before.iter().zip(&after).map(|(one, other)| other - one).collect();
    assert_eq!(moved, BTreeSet::from([400 * 86_400_000]));
}

#[test]
fn what_is_kept_is_kept_to_the_byte() {
    let host = loaded(1);
    let cleaning = cleaning(&host, None, Categories(0), Times::Kept);
    let (file, _) = written(&host, None, &cleaning, Format::Records);
    let text = String::from_utf8(file).unwrap();
    let records = fixture(&format!("invictus/{}", fixtures("invictus")[0]));
    let records = String::from_utf8(records).unwrap();
    let first = records.split_once("[{").unwrap().1.split_once("},{\"eventVersion\"").unwrap().0;
    assert!(text.contains(first));
}

#[test]
fn a_hostile_log_is_handed_over_as_text() {
    let payloads = [
        "</script><script>alert(1)</script>",
        "=HYPERLINK(\\\"x\\\")",
        "\\u2028\\u2029",
        "\\u202egnp.exe",
        "\\u001b[31m",
        "@SUM(A1)",
        "\\ud83d",
        "\\u0000",
        "<!--",
        "%3Cscript%3E",
    ];
    let mut log = String::from("{\"Records\":[");
    for (at, payload) in payloads.iter().enumerate() {
        let comma = if at > 0 { "," } else { "" };
        log.push_str(&format!(
            "{comma}{{\"eventVersion\":\"1.08\",\"eventTime\":\"2023-07-10T12:00:{at:02}Z\",\"eventSource\":\"{payload}\",\"eventName\":\"{payload}\",\
             \"userIdentity\":{{\"userName\":\"{payload}\",\"arn\":\"{payload}\",\"type\":\"{payload}\"}},\"userAgent\":\"{payload}\",\
             \"errorCode\":\"{payload}\",\"requestParameters\":{{\"{payload}\":\"{payload}\",\"bucketName\":\"{payload}\"}},\"eventID\":\"{at}\"}}"
        ));
    }
    log.push_str("]}");
    let mut host = Host::new(1);
    host.drop_file("hostile.json", log.into_bytes());
    let before = host.ask("").events;
    assert_eq!(before, payloads.len() as u64);
    let cleaning = cleaning(&host, None, Categories::default(), Times::Kept);
    for format in Format::ALL {
        let (file, events) = written(&host, None, &cleaning, format);
        assert_eq!(events, before);
        let mut again = Host::new(1);
        again.drop_file("copy", file.clone());
        assert_eq!(again.ask("").events, before, "{format:?}");
        if format == Format::Csv {
            let text = String::from_utf8_lossy(&file).into_owned();
            for start in ["=", "+", "-", "@"] {
                assert!(
                    !text.contains(&format!(",\"{start}")) && !text.contains(&format!("\n\"{start}")),
                    "{start}"
                );
            }
        }
    }
}

/// A record of a finished file with a value written into it.
fn planted(file: &[u8], member: &str) -> Vec<u8> {
    let text = std::str::from_utf8(file).unwrap();
    let (first, rest) = text.split_once('\n').unwrap();
    let (_, members) = first.split_once('{').unwrap();
    format!("{{{member},{members}\n{rest}").into_bytes()
}

#[test]
fn an_original_that_is_left_is_refused_however_it_is_written() {
    let host = loaded(1);
    let cleaning = cleaning(&host, None, Categories::default(), Times::Kept);
    let (file, _) = written(&host, None, &cleaning, Format::Lines);
    let events = 20;
    let ends = file.iter().enumerate().filter(|(_, byte)| **byte == b'\n');
    let end = ends.map(|(at, _)| at + 1).nth(events as usize - 1).unwrap();
    let file = &file[..end];
    let escaped = |text: &str| text.bytes().map(|b| format!("\\u{b:04x}")).collect::<String>();
    let encoded = |text: &str| text.bytes().map(|b| format!("%{b:02X}")).collect::<String>();
    for original in [
        "123837392027",
        "ASIASXP6SDP2HUZY3TOB",
        "136.25.37.134",
        "bert-jan",
        "arn:aws:iam::123837392027:user/bert-jan",
        "stratus-red-team-ec2-steal-credentials-role",
        "baker221b-bucketssecuritylogsbef08b3e-13nrzhi7fcs7w",
    ] {
        let inner = format!("{{\\\"Principal\\\":{{\\\"AWS\\\":\\\"{original}\\\"}}}}");
        for member in [
            format!("\"x\":\"{original}\""),
            format!("\"x\":\"in the middle of {original}, of a text\""),
            format!("\"x\":\"{}\"", escaped(original)),
            format!("\"x\":\"{}\"", encoded(original)),
            format!("\"x\":\"q={}&more\"", encoded(original)),
            format!("\"x\":\"{}\"", trailscope::pseudonym::base64(original.as_bytes())),
            format!(
                "\"x\":\"Basic {}\"",
                trailscope::pseudonym::base64(format!("{original}:password").as_bytes())
            ),
            format!("\"x\":\"{inner}\""),
            format!("\"x\":\"{}\"", encoded(&inner)),
            format!("\"{original}\":{{}}"),
            format!("\"x\":[[\"{original}\"]]"),
            format!("\"userAgent\":\"[aws-cli/2 md/{original}]\""),
        ] {
            let (seen, found) = check(&planted(file, &member), &cleaning);
            assert_eq!(seen, events);
            assert!(!found.is_empty(), "{member} was let through");
        }
    }
    let number = planted(file, "\"accountId\":123837392027");
    assert!(!check(&number, &cleaning).1.is_empty());
    // An event that is lost is seen too.
    let start = file.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    assert_eq!(check(&file[start..], &cleaning), (events - 1, Vec::new()));
}

#[test]
fn a_preview_has_a_line_for_each_value_and_says_what_changes() {
    let host = loaded(1);
    let cleaning = cleaning(&host, None, Categories::default(), Times::Kept);
    let mut cleaner = Cleaner::new(cleaning).unwrap();
    let text = br#"{"eventName":"X","userIdentity":{"userName":"alice-1234"},"requestParameters":{"password":"***","masterUserPassword":"hunter2!!"}}"#;
    let record = preview(text, &mut cleaner).unwrap();
    assert_eq!((record.name.as_str(), record.lines.len(), record.changed), ("X", 6, 2));
    assert_eq!(record.lines[5].values.1, "[removed]");
}
