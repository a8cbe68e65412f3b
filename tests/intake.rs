//! Everything a person may drop: container × shape × wound, with the lines of the ledger beside it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "intake/build.rs"]
mod build;
mod host;
#[path = "intake/shapes.rs"]
mod shapes;
#[path = "intake/wounds.rs"]
mod wounds;

use build::{Way, Zip, base64, bzip2, gzip, seal, tar, tar_entry, ways, zip};
use host::{Host, fixture, fixtures};
use proptest::prelude::*;
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::{Value, json};
use shapes::shapes;
use trailscope::protocol::{LedgerEntry, Outcome, Verdict};

use Outcome::{Failed, Other, Partial, Read};

/// A record with this number in it.
fn event(number: usize) -> Value {
    json!({
        "eventVersion": "1.08", "eventTime": format!("2026-01-01T00:{:02}:{:02}Z", number / 60 % 60, number % 60),
        "eventSource": "sts.amazonaws.com", "eventName": format!("E{number}"), "awsRegion": "eu-central-1",
        "eventID": format!("00000000-0000-4000-8000-{number:012}"), "eventType": "AwsApiCall",
        "requestParameters": {"quoted": "a \"b\" \\ {c}"}, "recipientAccountId": "111122223333"
    })
}

fn text(number: usize) -> String {
    event(number).to_string()
}

/// A log file with the records `from..to`.
fn log(from: usize, to: usize) -> String {
    json!({ "Records": (from..to).map(event).collect::<Vec<_>>() }).to_string()
}

/// Drops one file and settles.
fn dropped(name: &str, bytes: &[u8]) -> Host {
    let mut host = Host::new(1);
    host.drop_file(name, bytes.to_vec());
    host.settle();
    host
}

/// Name, outcome, kind, events, rejected, and what the reason must contain.
type Line<'a> = (&'a str, Outcome, &'a str, u64, u64, &'a str);

/// Checks the ledger of one dropped file and that every event of it opens as what it was.
fn check(case: &str, name: &str, bytes: &[u8], lines: &[Line<'_>]) -> Host {
    let mut host = dropped(name, bytes);
    let shape =
        |line: &LedgerEntry| (line.name.clone(), line.outcome, line.kind.clone(), line.events, line.rejected);
    let got: Vec<_> = host.ledger.iter().map(shape).collect();
    let expected: Vec<_> =
        lines.iter().map(|line| (line.0.to_owned(), line.1, line.2.to_owned(), line.3, line.4)).collect();
    assert_eq!(got, expected, "{case}: {:#?}", host.ledger);
    for (line, entry) in lines.iter().zip(&host.ledger) {
        let reason = entry.reason.as_deref().unwrap_or_default();
        assert!(reason.contains(line.5), "{case}: {reason}");
        assert_eq!(reason.is_empty(), entry.outcome == Read, "{case}: {reason}");
        assert_eq!(entry.records(), entry.events + entry.duplicates + entry.rejected, "{case}");
    }
    opens(case, &mut host);
    host
}

/// Every event opens, and holds what its row says.
fn opens(case: &str, host: &mut Host) {
    let events = host.ask("").events;
    assert_eq!(events, host.ledger.iter().map(|line| line.events).sum::<u64>(), "{case}");
    for row in host.rows() {
        let view = host.record(row.row);
        let Ok(parsed) = serde_json::from_str::<Value>(&view.raw) else {
            assert!(view.notes.iter().any(|note| note.contains("no proper end")), "{case}: {}", view.raw);
            continue;
        };
        assert_eq!(parsed["eventName"].as_str().unwrap_or_default(), row.name, "{case}");
        let line = host.ledger.iter().find(|line| line.name == view.file).unwrap();
        assert!(u64::from(view.record) <= line.records(), "{case}: {} of {line:?}", view.record);
    }
    // A word in the text is found by reading the file again.
    let found = host.ask("requestParameters.quoted:*").matched;
    assert!(found <= events, "{case}");
}

/// The names of the events shown, sorted.
fn names(host: &mut Host) -> Vec<String> {
    host.ask("");
    let mut names: Vec<String> = host.rows().into_iter().map(|row| row.name).collect();
    names.sort();
    names
}

#[test]
fn every_container_gives_its_entries() {
    let (a, b) = (log(0, 3), log(3, 5));
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let key = "AWSLogs/111122223333/CloudTrail/us-east-1/2026/01/01/x.json.gz";
    let long = format!("{}/b.json", "folder/".repeat(20));
    let line = |name, kind, events| (name, Read, kind, events, 0, "");
    check("gzip", "a.json.gz", &gzip(a), &[line("a.json.gz", "log file", 3)]);
    check("gzip twice", "a.gz", &gzip(&gzip(a)), &[line("a.gz", "log file", 3)]);
    let zst = compress_to_vec(a, CompressionLevel::Fastest);
    check("zstd", "a.json.zst", &zst, &[line("a.json.zst", "log file", 3)]);
    let bz2 = bzip2(a);
    check("bzip2", "a.json.bz2", &bz2, &[line("a.json.bz2", "log file", 3)]);
    let lines = [line("t.tbz", "tar archive", 0), line("t.tbz/a.json", "log file", 3)];
    check("tar.bz2", "t.tbz", &bzip2(&tar(&[("a.json", a)])), &lines);
    let cut = dropped("cut.bz2", &bz2[..bz2.len() / 2]);
    assert_eq!((cut.ledger[0].kind.as_str(), cut.ledger[0].outcome), ("bzip2 file", Failed));
    assert!(cut.ledger[0].reason.as_deref().is_some_and(|reason| reason.contains("ends early")));
    let runs = [&zst[..6], &[2, 0, 0x10, b'x'].repeat(60_000)].concat();
    let bomb = dropped("bomb.zst", &[&[0x28, 0xb5, 0x2f, 0xfd, 0, 0x58], &runs[6..]].concat());
    assert!(bomb.ledger[0].reason.is_some(), "{:?}", bomb.ledger);
    check("base64", "a.b64", base64(&gzip(a)).as_bytes(), &[line("a.b64", "log file", 3)]);
    for way in ways() {
        let bytes = Zip::default()
            .add("a.json", a, way)
            .add("sub/", b"", Way { stored: true, ..way })
            .add("sub/b.json.gz", &gzip(b), way)
            .add("empty", b"", way)
            .end();
        check(
            &format!("{way:?}"),
            "z.zip",
            &bytes,
            &[
                line("z.zip", "zip archive", 0),
                line("z.zip/a.json", "log file", 3),
                line("z.zip/sub/b.json.gz", "log file", 2),
                ("z.zip/empty", Failed, "empty file", 0, 0, "The file is empty."),
            ],
        );
    }
    let plain = tar(&[("a.json", a), (&long, b), (key, &gzip(b))]);
    let long_name = format!("t.tar/{long}");
    let key_name = format!("t.tar/{key}");
    let lines = |archive: &'static str| (archive, Read, "tar archive", 0, 0, "");
    let mut host = check(
        "tar",
        "t.tar",
        &plain,
        &[
            lines("t.tar"),
            line("t.tar/a.json", "log file", 3),
            line(&long_name, "log file", 2),
            (&key_name, Read, "log file", 0, 0, ""),
        ],
    );
    assert_eq!(host.ledger[3].duplicates, 2);
    assert_eq!(
        (host.ledger[3].account.as_deref(), host.ledger[3].region.as_deref()),
        (Some("111122223333"), Some("us-east-1"))
    );
    assert_eq!(host.ask("service:sts").matched, 5);
    check(
        "tgz",
        "t.tgz",
        &gzip(&tar(&[("a.json", a)])),
        &[lines("t.tgz"), line("t.tgz/a.json", "log file", 3)],
    );
    let inner = zip(&[("a.json.gz", &gzip(a))]);
    let outer = gzip(&tar(&[("in/inner.zip", &inner), ("b.json", b)]));
    check(
        "zip in tar.gz",
        "o.tgz",
        &outer,
        &[
            lines("o.tgz"),
            line("o.tgz/in/inner.zip", "zip archive", 0),
            line("o.tgz/in/inner.zip/a.json.gz", "log file", 3),
            line("o.tgz/b.json", "log file", 2),
        ],
    );
    let mut old = tar_entry(b"a.json", 0, a);
    old[257..265].fill(0);
    seal(&mut old);
    old.extend([0; 1024]);
    check("tar of 1979", "old.tar", &old, &[lines("old.tar"), line("old.tar/a.json", "log file", 3)]);
    let pax = [tar_entry(b"x", b'x', b"20 path=p/\xc3\xa4/a.json\n"), tar(&[("short", a)])].concat();
    check("pax", "p.tar", &pax, &[lines("p.tar"), line("p.tar/p/\u{e4}/a.json", "log file", 3)]);
    check(
        "split marks",
        "s.zip",
        &[b"PK00".as_slice(), &zip(&[("a", a)])].concat(),
        &[line("s.zip", "zip archive", 0), line("s.zip/a", "log file", 3)],
    );
    for first in ["[Content_Types].xml", "docProps/app.xml", "xl/worksheets/sheet1.xml"] {
        let book = zip(&[(first, b"<?xml?>"), ("xl/sharedStrings.xml", a)]);
        let said = "An Excel workbook or another Office document. That is not read here.";
        let book_line = |name| (name, Failed, "Office document", 0, 0, said);
        check(first, "book.xlsx", &book, &[book_line("book.xlsx")]);
        let lines =
            [line("b.zip", "zip archive", 0), book_line("b.zip/book.xlsx"), line("b.zip/a", "log file", 3)];
        check(first, "b.zip", &zip(&[("book.xlsx", &book), ("a", a)]), &lines);
    }
}

#[test]
fn what_an_entry_is_is_said() {
    let a = log(0, 2);
    let mut zip = Zip::default();
    let way = Way { stored: true, ..Way::default() };
    let aes = |zip: &mut Zip, name: &str, strength: u8| {
        let before = zip.bytes.len();
        zip.entry(name, 99, 1, way, 0, b"secretsecret", 0);
        let at = before + 28;
        zip.bytes[at..at + 2].copy_from_slice(&11_u16.to_le_bytes());
        let extra = [0x01, 0x99, 7, 0, 2, 0, b'A', b'E', strength, 8, 0];
        let place = before + 30 + name.len();
        zip.bytes.splice(place..place, extra);
    };
    aes(&mut zip, "k128", 1);
    aes(&mut zip, "k256", 3);
    zip.entry("old", 8, 1, Way::default(), 7, b"locked", 10);
    zip.entry("endless", 8, 1, Way { descriptor: Some(true), ..way }, 7, b"locked too", 10);
    zip.entry("lzma", 14, 0, way, 7, b"packed", 10);
    let bytes = zip.add("../../etc/passwd", a.as_bytes(), way).add("/abs.json", b"{}", way).end();
    check(
        "locked",
        "l.zip",
        &bytes,
        &[
            ("l.zip", Read, "zip archive", 0, 0, ""),
            ("l.zip/k128", Failed, "locked entry", 0, 0, "The archive needs a password (AES-128)."),
            ("l.zip/k256", Failed, "locked entry", 0, 0, "The archive needs a password (AES-256)."),
            ("l.zip/old", Failed, "locked entry", 0, 0, "The archive needs a password."),
            ("l.zip/endless", Failed, "locked entry", 0, 0, "The archive needs a password."),
            ("l.zip/lzma", Failed, "packed entry", 0, 0, "only the methods stored and deflate"),
            ("l.zip/../../etc/passwd", Read, "log file", 2, 0, ""),
            ("l.zip//abs.json", Other, "empty JSON", 0, 0, ""),
        ],
    );
    let mut bytes = tar_entry(b"folder/", b'5', b"");
    bytes.extend(tar_entry(b"link", b'2', b""));
    bytes.extend(tar_entry(b"sparse", b'S', b"x"));
    bytes.extend(tar_entry(b"device", b'3', b""));
    bytes.extend(tar_entry(b"._a.json", b'0', b"\0\x05\x16\x07\0\x02\0\0Mac OS X"));
    bytes.extend(tar(&[("run", b"\x7fELF\x02\x01\x01\0"), ("a", a.as_bytes())]));
    check(
        "tar of others",
        "t.tar",
        &bytes,
        &[
            ("t.tar", Read, "tar archive", 0, 0, ""),
            ("t.tar/link", Other, "link", 0, 0, "A link to another file."),
            ("t.tar/sparse", Failed, "sparse file", 0, 0, "Sparse files"),
            ("t.tar/device", Other, "special file", 0, 0, ""),
            ("t.tar/._a.json", Other, "macOS metadata", 0, 0, ""),
            ("t.tar/run", Other, "program", 0, 0, "A program."),
            ("t.tar/a", Read, "log file", 2, 0, ""),
        ],
    );
    check(
        "empty zip",
        "e.zip",
        &Zip::default().end(),
        &[("e.zip", Other, "zip archive", 0, 0, "The archive is empty.")],
    );
}

#[test]
fn every_shape_in_every_container() {
    for (case, bytes, kind, note) in shapes() {
        let mut host = check(case, "f", &bytes, &[("f", Read, kind, 2, 0, "")]);
        assert_eq!(names(&mut host), ["E1", "E2"], "{case}");
        let first = host.rows().into_iter().find(|row| row.name == "E1").unwrap();
        let view = host.record(first.row);
        assert_eq!(view.notes.join(" "), note, "{case}");
        assert_eq!((view.file.as_str(), view.record), ("f", 1), "{case}");
        check(case, "f.gz", &gzip(&bytes), &[("f.gz", Read, kind, 2, 0, "")]);
        check(
            case,
            "f.zip",
            &zip(&[("f", &bytes)]),
            &[("f.zip", Read, "zip archive", 0, 0, ""), ("f.zip/f", Read, kind, 2, 0, "")],
        );
        check(
            case,
            "f.tgz",
            &gzip(&tar(&[("x/f", &bytes)])),
            &[("f.tgz", Read, "tar archive", 0, 0, ""), ("f.tgz/x/f", Read, kind, 2, 0, "")],
        );
    }
}

#[test]
fn event_history_makes_records_of_its_columns() {
    let (_, bytes, ..) = shapes().into_iter().find(|shape| shape.0 == "Event history").unwrap();
    let mut host = dropped("h.csv", &bytes);
    host.ask("");
    let row = host.rows().into_iter().find(|row| row.name == "E1").unwrap();
    let record: Value = serde_json::from_str(&host.record(row.row).raw).unwrap();
    assert_eq!(
        record,
        json!({
            "userIdentity": {"userName": "alice", "accessKeyId": "AKIA1"}, "eventTime": "2026-01-01T00:00:01Z",
            "eventSource": "sts.amazonaws.com", "eventName": "E1", "awsRegion": "eu-central-1", "sourceIPAddress": "198.51.100.1",
            "userAgent": "aws-cli, \"x\"", "errorCode": "AccessDenied",
            "resources": [{"resourceType": "AWS::S3::Bucket", "resourceName": "b"}], "requestID": "r", "eventID": "e1",
            "readOnly": true, "eventType": "AwsApiCall", "recipientAccountId": "111122223333", "eventCategory": "Management"
        })
    );
}

#[test]
fn a_csv_that_is_cut_shows_every_row_before_and_says_where() {
    let header = "eventTime,eventName,userAgent,eventCategory\n";
    let row = |name: &str| format!("2026-01-01T00:00:00Z,{name},\"a \"\"b\"\",\nc\",Management\n");
    let text = format!("{header}{}{}", row("E1"), row("E2"));
    let second = header.len() + row("E1").len();
    for length in second + 1..text.len() {
        let mut host = dropped("c.csv", &text.as_bytes()[..length]);
        let line = host.ledger[0].clone();
        let said = line.reason.unwrap_or_default();
        // Behind the last comma, where nothing of the last value is here, and at its end no one can tell.
        let cell = text[second..length].split("c\",").nth(1);
        if matches!(cell, Some("" | "Management")) {
            assert_eq!((line.outcome, line.events, line.rejected), (Read, 2, 0), "{length}");
        } else {
            let (events, rejected) = if cell.is_some() { (2, 0) } else { (1, 1) };
            let counts = (line.outcome, line.events, line.rejected);
            assert_eq!(counts, (Partial, events, rejected), "{length}: {said}");
            assert!(said.starts_with(&format!("The text ends early, at byte {length}")), "{said}");
            assert!(said.contains("record 2 is cut"), "{said}");
        }
        assert_eq!(names(&mut host)[0], "E1", "{length}");
    }
}

#[test]
fn columns_that_are_not_there_answer_nothing() {
    for (columns, sentence, invoked) in [
        ("eventName,eventTime\nGetUser,2026-01-01", "not in the columns", Verdict::Unknown),
        ("eventName,eventTime,errorCode\nGetUser,2026-01-01,", "It worked", Verdict::Unknown),
        (
            "eventName,eventTime,userIdentity\nGetUser,2026-01-01,\"{type=IAMUser, arn=a}\"",
            "not in the columns",
            Verdict::No,
        ),
    ] {
        let mut host = dropped("c.csv", columns.as_bytes());
        host.ask("");
        let row = host.rows()[0].row;
        let view = host.record(row);
        let said: String = view.sentence.into_iter().map(|phrase| phrase.text).collect();
        assert!(said.contains(sentence), "{columns}: {said}");
        assert_eq!(view.answers[2].verdict, invoked, "{columns}");
    }
}

#[test]
fn what_carries_no_event_is_counted_and_named() {
    let (a, half) = (text(1), text(2));
    let half = &half[..half.len() - 1];
    for (case, value, lines) in [
        (
            "a message without its brace",
            json!({"logEvents": [{"message": a}, {"message": half}]}),
            (Partial, "CloudWatch Logs data", 2, 0, "has no proper end: 1 character was"),
        ),
        (
            "a message that is cut in a word",
            json!({"logEvents": [{"message": a}, {"message": &half[..half.len() - 20]}]}),
            (Partial, "CloudWatch Logs data", 1, 1, "carries text that is no JSON"),
        ),
        (
            "log lines",
            json!({"logEvents": [{"message": a}, {"message": "START RequestId"}]}),
            (Partial, "CloudWatch Logs data", 1, 1, "is no event but CloudWatch Logs data"),
        ),
        (
            "control message",
            json!({"messageType": "CONTROL_MESSAGE", "logEvents": [{"message": "CWL CONTROL MESSAGE"}]}),
            (Other, "CloudWatch Logs data", 0, 0, "None of them"),
        ),
        (
            "control message beside data",
            json!({"logEvents": [{"message": "CWL CONTROL MESSAGE: Checking health of destination"}, {"message": a}]}),
            (Read, "CloudWatch Logs data", 1, 0, ""),
        ),
        (
            "others in the list of a body",
            json!({"Messages": [{"Body": json!([event(1), "x", {"a": 1}, event(2)]).to_string()}]}),
            (Partial, "SNS or SQS message", 2, 2, "2 records are no events"),
        ),
        (
            "others in a log file in a message",
            json!({"Message": json!({"Records": [event(1), {}, null, event(2)]}).to_string()}),
            (Partial, "SNS or SQS message", 2, 2, "2 records are no events"),
        ),
        (
            "a finding on a bus",
            json!({"detail-type": "GuardDuty Finding", "source": "aws.guardduty", "detail": {"severity": 8}}),
            (Other, "EventBridge event", 0, 0, "carries no CloudTrail event"),
        ),
        (
            "too few columns",
            json!({"QueryResultRows": [[{"count": "1"}]]}),
            (Other, "CloudTrail Lake result", 0, 0, "Select eventJson"),
        ),
        (
            "an event that is none",
            json!({"event": {"a": 1}, "b": 2}),
            (Other, "other JSON", 0, 0, "no CloudTrail record"),
        ),
        (
            "an event that is text",
            json!({"event": "login", "b": 2}),
            (Other, "other JSON", 0, 0, "no CloudTrail record"),
        ),
        (
            "Records as another object",
            json!({"Records": {"a": 1}}),
            (Other, "other JSON", 0, 0, "no CloudTrail record"),
        ),
        (
            "Records as an empty object",
            json!({"Records": {}}),
            (Other, "other JSON", 0, 0, "no CloudTrail record"),
        ),
        ("Records as nothing", json!({"Records": null}), (Other, "other JSON", 0, 0, "no CloudTrail record")),
        (
            "other results",
            json!({"results": [1, [2], [{"a": 1}]], "status": "Complete"}),
            (Other, "other JSON", 0, 0, "no CloudTrail record"),
        ),
        (
            "rows without a message",
            json!({"results": [[{"field": "count()", "value": "1"}], []], "status": "Complete"}),
            (Failed, "query result", 0, 0, "hold too little"),
        ),
        (
            "results beside records",
            json!({"Records": [event(1), event(2)], "results": [[{"field": "@message", "value": "{}"}], 1]}),
            (Read, "log file", 2, 0, ""),
        ),
        (
            "bad base64",
            json!({"awslogs": {"data": "H4sI****"}}),
            (Failed, "CloudWatch Logs data", 0, 1, "carries text that is no JSON"),
        ),
    ] {
        let (outcome, kind, events, rejected, reason) = lines;
        let outcome = if case == "too few columns" { Failed } else { outcome };
        let host = dropped("f", value.to_string().as_bytes());
        let line = &host.ledger[0];
        let said = format!(
            "{} {}",
            line.reason.clone().unwrap_or_default(),
            line.remedy.clone().unwrap_or_default()
        );
        assert!(said.contains(reason), "{case}: {line:?}");
        if case == "bad base64" {
            assert_eq!((line.outcome, line.events, line.rejected), (outcome, events, rejected), "{case}");
            continue;
        }
        assert_eq!(
            (line.outcome, line.kind.as_str(), line.events, line.rejected),
            (outcome, kind, events, rejected),
            "{case}: {line:?}"
        );
    }
    let csv = "eventname,eventsource\nE1,x\nE2\nE3,x,y\n\"E4";
    check(
        "bad rows",
        "c.csv",
        csv.as_bytes(),
        &[(
            "c.csv",
            Partial,
            "CloudTrail CSV",
            1,
            3,
            "2 records have not the columns of the first row: record 2, at byte 27, and others.",
        )],
    );
    let row = |number: usize| format!("E{number},2026-01-01T00:00:0{number}Z,y\n");
    let rows = |rows: &[&str]| ["eventname,eventtime,useragent\n", &rows.concat()].concat();
    let (one, two) = (row(1), row(2));
    for (case, text, events, rejected) in [
        ("a quote in a field", rows(&[&one, "E3,2026-01-01,aws \"cli\n", &two]), 3, 0),
        ("a quote that never ends", rows(&[&one, "\"broken,\n", &two]), 2, 1),
        (
            "a quote that ends in a later row",
            rows(&[&one, "\"broken,\n", "E3,2026-01-01,\"a,b\"\n", &two]),
            3,
            1,
        ),
        ("CR only", rows(&[&one, &two]).replace('\n', "\r"), 2, 0),
        ("sep=", format!("sep=,\n{}", rows(&[&one])), 1, 0),
        ("a title", format!("Events of today\n\n{}", rows(&[&one])), 1, 0),
        ("a comma behind each row", rows(&[&one, &two]).replace(",y", ",y,"), 2, 0),
        ("only commas", rows(&[&one, ",,\n", &two]), 2, 0),
        ("no line end", rows(&[&one, two.trim()]), 2, 0),
    ] {
        let outcome = if rejected > 0 { Partial } else { Read };
        let reason = if rejected > 0 { "has not the columns" } else { "" };
        let mut host = check(
            case,
            "c.csv",
            text.as_bytes(),
            &[("c.csv", outcome, "CloudTrail CSV", events, rejected, reason)],
        );
        host.ask("");
        let last = host.rows().into_iter().find(|row| row.name == "E2");
        let note = last.map(|row| host.record(row.row).notes.join(" ")).unwrap_or_default();
        assert_eq!(note.contains("may be cut"), case == "no line end", "{case}: {note}");
    }
    check(
        "only columns",
        "c.csv",
        b"eventname,eventsource\n",
        &[("c.csv", Read, "CloudTrail CSV", 0, 0, "")],
    );
}

#[test]
fn what_carries_records_is_found_behind_a_prompt() {
    let (one, a, b) = (event(1), text(1), text(2));
    let bridge =
        json!({"version": "0", "id": "x", "detail-type": "AWS API Call via CloudTrail", "detail": one});
    for (case, value) in [
        ("EventBridge", bridge.to_string()),
        ("two buses", format!("{bridge} and {{\"version\":\"0\",\"detail\":{b}}}")),
        (
            "subscription",
            format!(
                "{{\"owner\":\"1\",\"messageType\":\"DATA_MESSAGE\",\"logEvents\":[{{\"id\":\"1\",\"message\":{}}}]}}",
                json!(a)
            ),
        ),
        ("filter-log-events", format!("{:#}", json!({"events": [{"logStreamName": "x", "message": a}]}))),
        ("receive-message", format!("{:#}", json!({"Messages": [{"MessageId": "m", "Body": a}]}))),
        ("SNS", format!("{{\"Type\":\"Notification\",\"Message\":{}}}", json!(bridge.to_string()))),
        (
            "Lake",
            format!("{:#}", json!({"QueryStatus": "FINISHED", "QueryResultRows": [[{"eventJson": a}]]})),
        ),
        (
            "lookup",
            format!(
                "{{\"NextToken\":\"x\",\"Events\":[{{\"EventId\":\"1\",\"CloudTrailEvent\":{}}}]}}",
                json!(a)
            ),
        ),
        ("other first key", format!("{{\"apiVersion\":\"2006\",{}", &a[1..])),
        ("list", format!("[{{\"requestID\":\"R\",{}]", &a[1..])),
    ] {
        for prompt in ["$ cat x\n", "2026-01-01T00:00:00.000Z\tid\tINFO\t"] {
            let mut host = dropped("f.txt", format!("{prompt}{value}\n$ ").as_bytes());
            let line = host.ledger[0].clone();
            let expected = 1 + u64::from(case == "two buses");
            assert_eq!((line.events, line.rejected), (expected, 0), "{case} {prompt}: {line:?}");
            opens(case, &mut host);
        }
    }
    let log = "10:00 INFO {\"level\":\"info\",\"message\":\"hello\"}\n".repeat(20);
    check("other logs", "f.txt", log.as_bytes(), &[("f.txt", Other, "text", 0, 0, "")]);
}

#[test]
fn the_same_files_in_a_folder_a_zip_and_a_tar_gz_give_the_same() {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for folder in
        ["invictus", "panther", "stratus-red-team", "trailscraper", "cloudgrep", "shapes", "streamalert"]
    {
        for name in fixtures(folder) {
            files.push((format!("all/{folder}/{name}"), fixture(&format!("{folder}/{name}"))));
        }
    }
    let borrowed: Vec<(&str, &[u8])> =
        files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    let mut folder = Host::new(1);
    for (name, bytes) in &files {
        folder.drop_file(name, bytes.clone());
    }
    let expected = names(&mut folder);
    // What the ledger says of each file, whatever stands around it.
    let lines = |host: &Host, prefix: &str| -> Vec<LedgerEntry> {
        let inner = host.ledger.iter().filter_map(|line| {
            let name = line.name.strip_prefix(prefix)?.to_owned();
            Some(LedgerEntry { name, source: 0, entry: 0, size: 0, inflated: None, ..line.clone() })
        });
        let mut lines: Vec<_> = inner.collect();
        lines.sort_by(|one, other| one.name.cmp(&other.name));
        lines
    };
    assert!(expected.len() > 300, "{}", expected.len());
    for (name, bytes) in [("all.zip", zip(&borrowed)), ("all.tar.gz", gzip(&tar(&borrowed)))] {
        let mut host = dropped(name, &bytes);
        assert_eq!(names(&mut host), expected, "{name}");
        assert_eq!(lines(&host, &format!("{name}/")), lines(&folder, ""), "{name}");
        assert_eq!(host.ledger.iter().filter(|line| line.entry == 0).count(), 1);
    }
}

#[test]
fn old_and_odd_records_are_events() {
    let deep = format!(
        "{{\"eventName\":\"Deep\",\"requestParameters\":{}1{}}}",
        "[".repeat(9_000),
        "]".repeat(9_000)
    );
    let long = format!("{{\"eventName\":\"Long\",\"userAgent\":\"{}\"}}", "x".repeat(1 << 20));
    let odd = [
        r#"{"eventVersion":"1.01","eventName":"NoIdentity","eventTime":"2014-03-06T21:22:54Z"}"#,
        r#"{"eventName":"NoId","userIdentity":{}}"#,
        r#"{"eventName":"Offset","eventTime":"2026-01-01T01:00:00+01:00"}"#,
        r#"{"eventName":"Space","eventTime":"2026-01-01 01:00:00.123"}"#,
        r#"{"eventName":"Words","readOnly":"true","managementEvent":"false"}"#,
        r#"{"eventName":"Text","requestParameters":"{\"a\":1}"}"#,
        r#"{"eventName":"Agents","userAgent":["a","b"]}"#,
        r#"{"eventName":"Misspelt","requestPararameters":{"a":1}}"#,
        r#"{"eventName":"First","eventName":"Twice"}"#,
        r#"{"eventName":"Lone \ud800 surrogate"}"#,
        r#"{"eventName":"Nul \u0000"}"#,
        r#"{"eventName":"Numbers","requestParameters":{"a":9007199254740993,"b":1.688560107857E9}}"#,
        r#"{"eventVersion":"1.99","eventName":"Newer","brandNew":{"a":1}}"#,
        &deep,
        &long,
    ];
    let mut bytes = odd.join("\n").into_bytes();
    bytes.extend(b"\n{\"eventName\":\"Bytes \xff\"}");
    let mut host = dropped("odd", &bytes);
    assert_eq!(
        (host.ledger[0].outcome, host.ledger[0].events, host.ledger[0].rejected),
        (Read, 16, 0),
        "{:?}",
        host.ledger
    );
    assert!(names(&mut host).contains(&"Twice".to_owned()), "of equal keys the last counts");
    let row = host.rows().into_iter().find(|row| row.name == "Numbers").unwrap();
    assert!(host.record(row.row).raw.contains("9007199254740993,\"b\":1.688560107857E9"));
}

fn any_shape() -> impl Strategy<Value = Vec<u8>> {
    // A page with records, the ends of some of them lost.
    let page = prop::collection::vec((0_usize..4, 0_usize..3), 1..6).prop_map(|records| {
        let mut page = "The page.\n".to_owned();
        for (number, (lost, behind)) in records.into_iter().enumerate() {
            let record = text(number);
            page.push_str(&record[..record.len() - lost.min(2)]);
            page.push_str([",}\n", "\n- next\n", "\n\n```\n"][behind]);
        }
        page.into_bytes()
    });
    prop_oneof![3 => prop::sample::select(shapes()).prop_map(|(_, bytes, ..)| bytes), 1 => page]
}

/// Bytes in a container.
fn contained(bytes: Vec<u8>, container: usize, way: usize) -> Vec<u8> {
    let ways = ways();
    match container % 5 {
        0 => bytes,
        1 => gzip(&bytes),
        2 => Zip::default().add("f", &bytes, ways[way % ways.len()]).end(),
        3 => tar(&[("f", &bytes)]),
        _ => gzip(&tar(&[("f.gz", &gzip(&bytes))])),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_split_gives_the_same(bytes in any_shape(), container in 0_usize..5, way in 0_usize..12, piece in 1_usize..700) {
        let bytes = contained(bytes, container, way);
        let mut whole = dropped("f", &bytes);
        let mut host = Host::new(1);
        host.drop_in_pieces("f", bytes, piece);
        prop_assert_eq!(names(&mut host), names(&mut whole));
        prop_assert_eq!(&host.ledger, &whole.ledger);
    }

    #[test]
    fn any_truncation_and_any_changed_byte_are_survived(
        bytes in any_shape(), container in 0_usize..5, way in 0_usize..12, cut in any::<prop::sample::Index>(), flips in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..4)
    ) {
        let mut bytes = contained(bytes, container, way);
        for (at, byte) in flips {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        let mut host = Host::new(1);
        host.drop_in_pieces("f", bytes.clone(), 97);
        host.settle();
        let events = host.ask("").events;
        prop_assert_eq!(events, host.ledger.iter().map(|line| line.events).sum::<u64>());
        opens("changed", &mut host);
        let whole = dropped("f", &bytes);
        prop_assert_eq!(&host.ledger, &whole.ledger);
    }

    #[test]
    fn no_archive_of_noise_hurts(noise in prop::collection::vec(any::<u8>(), 0..3000), start in 0_usize..4) {
        let starts: [&[u8]; 4] = [b"PK\x03\x04", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", &tar_entry(b"f", b'0', b"x"), b"H4sI"];
        let bytes = [starts[start], noise.as_slice()].concat();
        let mut host = Host::new(1);
        host.drop_in_pieces("f", bytes, 61);
        host.settle();
        prop_assert!(!host.ledger.is_empty());
    }
}
