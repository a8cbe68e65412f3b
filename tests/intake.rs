//! Everything a person may drop: container × shape × wound, with the lines of the ledger beside it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

#[path = "intake/build.rs"]
mod build;
mod host;

use build::{Way, Zip, base64, crc, deflate, gzip, seal, tar, tar_entry, ways, zip};
use host::{Host, fixture, fixtures};
use proptest::prelude::*;
use serde_json::{Value, json};
use trailscope::protocol::{LedgerEntry, Outcome};

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
        let parsed: Value = serde_json::from_str(&view.raw).unwrap();
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

/// The shapes in which two events may come, and what the ledger calls them; the note of the first.
fn shapes() -> Vec<(&'static str, Vec<u8>, &'static str, &'static str)> {
    let (one, two) = (event(1), event(2));
    let (a, b) = (text(1), text(2));
    let bridge = |detail: &Value| {
        json!({"version": "0", "id": "x", "detail-type": "AWS API Call via CloudTrail", "source": "aws.sts",
        "account": "1", "time": "2026-01-01T00:00:00Z", "region": "x", "resources": [], "detail": detail})
    };
    let logs = json!({"messageType": "DATA_MESSAGE", "owner": "1", "logGroup": "g", "logStream": "s", "subscriptionFilters": ["f"],
        "logEvents": [{"id": "1", "timestamp": 1, "message": a}, {"id": "2", "timestamp": 2, "message": b}]});
    let packed = json!({"awslogs": {"data": base64(&gzip(logs.to_string().as_bytes()))}});
    let sqs = |body: &str| json!({"messageId": "m", "receiptHandle": "r", "body": body, "eventSource": "aws:sqs", "awsRegion": "x"});
    let sns = |message: &str| json!({"Type": "Notification", "MessageId": "m", "TopicArn": "t", "Message": message});
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let lake_row = |text: &str| json!([{"eventID": "x"}, {"eventJson": text}]);
    let utf16 = |text: &str, little: bool| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16().collect::<Vec<_>>());
        units.flat_map(|unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
    };
    let history = "User name,AWS access key,Event time,Event source,Event name,AWS region,Source IP address,User agent,Error code,Resources,Request ID,Event ID,Read-only,Event type,Recipient Account Id,Event category\n\
        alice,AKIA1,2026-01-01T00:00:01Z,sts.amazonaws.com,E1,eu-central-1,198.51.100.1,\"aws-cli, \"\"x\"\"\",AccessDenied,\"[{\"\"resourceType\"\":\"\"AWS::S3::Bucket\"\",\"\"resourceName\"\":\"\"b\"\"}]\",r,e1,true,AwsApiCall,111122223333,Management\r\n\
        root,,2026-01-01T00:00:02Z,sts.amazonaws.com,E2,eu-central-1,198.51.100.1,\"two\nlines\",,,r,e2,false,AwsApiCall,111122223333,Management\n";
    let as_string = |place: &str| -> &'static str {
        Box::leak(format!("It stood as a string in `{place}`.").into_boxed_str())
    };
    let mut shapes = vec![
        ("log file", log(1, 3).into_bytes(), "log file", ""),
        ("siblings", json!({"a": {"b": [1]}, "Records": [one, two], "c": null}).to_string().into_bytes(), "log file", ""),
        ("list", json!([one, two]).to_string().into_bytes(), "event list", ""),
        ("lines", format!("{a}\n{b}\n").into_bytes(), "event lines", ""),
        ("CRLF", format!("{a}\r\n{b}\r\n").into_bytes(), "event lines", ""),
        ("concatenated", format!("{a}{b}").into_bytes(), "event lines", ""),
        ("pretty ones", format!("{one:#}\n{two:#}").into_bytes(), "event lines", ""),
        ("mark", format!("\u{feff}{}", log(1, 3)).into_bytes(), "log file", ""),
        ("UTF-16 LE", utf16(&log(1, 3), true), "log file", ""),
        ("UTF-16 BE", utf16(&log(1, 3), false), "log file", ""),
        ("UTF-16 without mark", utf16(&format!("{one:#}{two:#}"), true)[2..].to_vec(), "event lines", ""),
        ("export", format!("2026-01-01T00:00:00.000Z {a}\n2026-01-01T00:00:01.000Z {b}\n").into_bytes(), "CloudWatch Logs export", ""),
        ("lookup", json!({"Events": [{"EventId": "1", "Username": "u", "CloudTrailEvent": a}, {"EventId": "2", "CloudTrailEvent": b}], "NextToken": "t"}).to_string().into_bytes(), "lookup-events output", as_string("Events[0].CloudTrailEvent")),
        ("lookup lines", format!("{}\n{}", json!({"EventId": "1", "CloudTrailEvent": a}), json!({"CloudTrailEvent": b})).into_bytes(), "lookup-events output", as_string("CloudTrailEvent")),
        ("EventBridge lines", format!("{}\n{}", bridge(&one), bridge(&two)).into_bytes(), "EventBridge event", "It stood in `detail` of an EventBridge event."),
        ("EventBridge list", json!([bridge(&one), bridge(&two)]).to_string().into_bytes(), "EventBridge event", "It stood in `[0].detail` of an EventBridge event."),
        ("subscription", logs.to_string().into_bytes(), "CloudWatch Logs data", as_string("logEvents[0].message")),
        ("subscription in base64", base64(&gzip(logs.to_string().as_bytes())).into_bytes(), "CloudWatch Logs data", as_string("logEvents[0].message")),
        ("Lambda wrapper", packed.to_string().into_bytes(), "CloudWatch Logs data", as_string("awslogs.data.logEvents[0].message")),
        ("filter-log-events", json!({"events": [{"timestamp": 1, "message": a}, {"message": b}], "searchedLogStreams": []}).to_string().into_bytes(), "CloudWatch Logs data", as_string("events[0].message")),
        ("SQS for Lambda", json!({"Records": [sqs(&a), sqs(&b)]}).to_string().into_bytes(), "SNS or SQS message", as_string("Records[0].body")),
        ("SNS for Lambda", json!({"Records": [{"EventSource": "aws:sns", "Sns": {"Message": a}}, {"EventSource": "aws:sns", "Sns": {"Message": b}}]}).to_string().into_bytes(), "SNS or SQS message", as_string("Records[0].Sns.Message")),
        ("receive-message", json!({"Messages": [{"MessageId": "1", "Body": sns(&bridge(&one).to_string()).to_string()}, {"Body": b}]}).to_string().into_bytes(), "SNS or SQS message", "It stood in `Messages[0].Body.Message.detail` of an EventBridge event."),
        ("SNS of a log file", sns(&log(1, 3)).to_string().into_bytes(), "SNS or SQS message", "It stood in `Message.Records[0]`."),
        ("Kinesis", json!({"Records": [{"eventSource": "aws:kinesis", "eventVersion": "1.0", "kinesis": {"data": base64(&gzip(logs.to_string().as_bytes()))}}]}).to_string().into_bytes(), "stream record", as_string("Records[0].kinesis.data.logEvents[0].message")),
        ("Splunk", json!([{"_raw": a}, {"_raw": b}]).to_string().into_bytes(), "search result", as_string("[0]._raw")),
        ("Lake rows", json!({"QueryStatus": "FINISHED", "QueryResultRows": [lake_row(&a), lake_row(&b)]}).to_string().into_bytes(), "CloudTrail Lake result", as_string("QueryResultRows[0].eventJson")),
        ("Lake CSV", format!("eventid,eventjson\nx,{}\ny,{}\n", quoted(&a), quoted(&b)).into_bytes(), "CloudTrail CSV", as_string("eventJson of row 2")),
        ("Athena CSV", b"\"eventversion\",\"useridentity\",\"eventtime\",\"eventsource\",\"eventname\",\"awsregion\"\n\"1.08\",\"{type=IAMUser, arn=x}\",\"2026-01-01T00:00:01Z\",\"sts.amazonaws.com\",\"E1\",\"x\"\n\"1.08\",\"\",\"2026-01-01T00:00:02Z\",\"sts.amazonaws.com\",\"E2\",\"x\"\n".to_vec(), "CloudTrail CSV", "From the columns of a CSV: it holds what was selected."),
        ("Event history", history.as_bytes().to_vec(), "Event history CSV", "From an Event history CSV: it holds no request and no response."),
        ("Event history of a spreadsheet", history.replace(',', ";").replace("aws-cli;", "aws-cli,").replace("\"\";\"\"resourceName", "\"\",\"\"resourceName").into_bytes(), "Event history CSV", "From an Event history CSV: it holds no request and no response."),
        ("columns of Lake", json!({"QueryResultRows": [[{"eventName": "E1"}, {"eventTime": "2026-01-01 00:00:01.000"}], [{"eventName": "E2"}, {"eventTime": "2026-01-01 00:00:02.000"}]]}).to_string().into_bytes(), "CloudTrail Lake result", "From the columns of a query result, `QueryResultRows[0]`: it holds what was selected."),
    ];
    let history_marked = ["\u{feff}".as_bytes(), history.as_bytes()].concat();
    shapes.push((
        "Event history with a mark",
        history_marked,
        "Event history CSV",
        "From an Event history CSV: it holds no request and no response.",
    ));
    shapes
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
fn what_carries_no_event_is_counted_and_named() {
    let (a, half) = (text(1), text(2));
    let half = &half[..half.len() - 1];
    for (case, value, lines) in [
        (
            "a message without its brace",
            json!({"logEvents": [{"message": a}, {"message": half}]}),
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
    check(
        "only columns",
        "c.csv",
        b"eventname,eventsource\n",
        &[("c.csv", Read, "CloudTrail CSV", 0, 0, "")],
    );
}

#[test]
fn wounds_of_archives_are_said_and_cost_only_what_they_hit() {
    let (a, b, c) = (log(0, 2), log(2, 4), log(4, 6));
    let files: Vec<(&str, &[u8])> = vec![("a", a.as_bytes()), ("b", b.as_bytes()), ("c", c.as_bytes())];
    let way = Way::default();
    let ok = |name, events| (name, Read, "log file", events, 0, "");
    // A byte of the second entry's data is changed.
    let mut bytes = Zip::default().add("a", a.as_bytes(), way).bytes;
    let second = bytes.len() + 31;
    bytes = Zip::default()
        .add("a", a.as_bytes(), way)
        .add("b", b.as_bytes(), way)
        .add("c", c.as_bytes(), way)
        .end();
    bytes[second + 1] = 0xff;
    bytes[second] = 0xff;
    check(
        "damaged data",
        "d.zip",
        &bytes,
        &[
            ("d.zip", Read, "zip archive", 0, 0, ""),
            ok("d.zip/a", 2),
            ("d.zip/b", Failed, "empty file", 0, 0, "The archive is damaged, near byte"),
            ok("d.zip/c", 2),
        ],
    );
    let mut stored = Zip::default();
    let stored_way = Way { stored: true, ..way };
    stored.entry("a", 0, 0, stored_way, crc(a.as_bytes()) ^ 1, a.as_bytes(), a.len());
    let bytes = stored.add("b", b.as_bytes(), way).end();
    check(
        "wrong checksum",
        "d.zip",
        &bytes,
        &[
            ("d.zip", Read, "zip archive", 0, 0, ""),
            ("d.zip/a", Partial, "log file", 2, 0, "The checksum at the end does not fit"),
            ok("d.zip/b", 2),
        ],
    );
    let first = Zip::default().add("a", a.as_bytes(), way);
    let mut broken = first.bytes.clone();
    broken.extend(b"here something was overwritten");
    let rest = Zip::default().add("b", b.as_bytes(), way);
    broken.extend(&rest.bytes);
    broken.extend(&first.directory);
    broken.extend(rest.end().split_off(0).split_off(0).iter().rev().take(22).rev());
    let at = first.bytes.len();
    check(
        "overwritten header",
        "d.zip",
        &broken,
        &[
            (
                "d.zip",
                Partial,
                "zip archive",
                0,
                0,
                &format!(
                    "The archive is damaged, near byte {at}: something else stands there than the next entry. Its directory lists 1 entry, the archive holds 2."
                ),
            ),
            ok("d.zip/a", 2),
            ok("d.zip/b", 2),
        ],
    );
    let mut listed = Zip::default().add("a", a.as_bytes(), way);
    let other = Zip::default().add("gone.json", b"", way);
    listed.directory.extend(&other.directory);
    check(
        "only listed",
        "d.zip",
        &listed.end(),
        &[
            ("d.zip", Partial, "zip archive", 0, 0, "Its directory lists 2 entries, the archive holds 1."),
            ok("d.zip/a", 2),
        ],
    );
    let mut bytes = tar(&files);
    let header = 512 + a.len().next_multiple_of(512);
    bytes[header + 3] ^= 0x55;
    check(
        "damaged header",
        "d.tar",
        &bytes,
        &[
            (
                "d.tar",
                Partial,
                "tar archive",
                0,
                0,
                &format!("The archive is damaged, near byte {}", host_number(header)),
            ),
            ok("d.tar/a", 2),
            ok("d.tar/c", 2),
        ],
    );
    let mut packed = gzip(&tar(&files));
    let end = packed.len();
    packed[end - 6] ^= 1;
    check(
        "tar.gz with a wrong checksum",
        "d.tgz",
        &packed,
        &[
            ("d.tgz", Partial, "tar archive", 0, 0, "The checksum at the end does not fit"),
            ok("d.tgz/a", 2),
            ok("d.tgz/b", 2),
            ok("d.tgz/c", 2),
        ],
    );
}

/// `1,234`
fn host_number(number: usize) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
}

/// Whole records that stand before a cut are shown; the ledger says that and where it is cut.
fn truncations(case: &str, name: &str, whole: &[u8], step: usize, least: impl Fn(usize) -> u64) {
    let mut most = 0;
    for length in (1..whole.len()).step_by(step) {
        let mut host = dropped(name, &whole[..length]);
        let events = host.ask("").events;
        assert!(events >= most, "{case}: {events} after {most} at {length}");
        assert!(events >= least(length), "{case} at {length}: {events} {:?}", host.ledger);
        most = events;
        let said = host.ledger.iter().any(|line| line.reason.is_some());
        assert!(said, "{case} cut at {length}: {:?}", host.ledger);
        assert_eq!(host.ledger[0].entry, 0, "{case}");
    }
}

#[test]
fn truncated_anywhere_every_whole_record_is_kept() {
    let (a, b) = (log(0, 2), log(2, 4));
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let records = |text: &[u8]| -> Vec<usize> {
        std::str::from_utf8(text)
            .unwrap()
            .match_indices("\"111122223333\"}")
            .map(|(at, found)| at + found.len())
            .collect()
    };
    let in_text = |text: &[u8], from: usize| -> Vec<usize> {
        records(text).into_iter().map(|end| end + from).collect()
    };
    let count = |ends: &[usize], length: usize| ends.iter().filter(|&&end| end <= length).count() as u64;
    truncations("JSON", "a.json", a, 1, |length| count(&records(a), length));
    truncations("gzip", "a.gz", &gzip(a), 1, |_| 0);
    for way in ways() {
        let one = Zip::default().add("a", a, way);
        let start = one.bytes.len();
        let bytes = one.add("b", b, way).end();
        let step = if way.stored && way.descriptor.is_none() { 1 } else { 7 };
        truncations(&format!("{way:?}"), "a.zip", &bytes, step, |length| if length >= start { 2 } else { 0 });
    }
    let bytes = tar(&[("a", a), ("b", b)]);
    let second = 1024 + a.len().next_multiple_of(512);
    let ends = [in_text(a, 512), in_text(b, second)].concat();
    // Behind the first block of zeros nothing can be missing.
    truncations("tar", "a.tar", &bytes[..bytes.len() - 512], 3, |length| count(&ends, length));
    truncations("tgz", "a.tgz", &gzip(&bytes), 5, |_| 0);
}

#[test]
fn bombs_stop_and_keep_what_was_read() {
    // Six archives in each other: the fifth is not opened.
    let mut nested = zip(&[("a.json", log(0, 2).as_bytes())]);
    for depth in 0..5 {
        nested = zip(&[("before.json", log(depth * 2 + 2, depth * 2 + 4).as_bytes()), ("in.zip", &nested)]);
    }
    let mut host = dropped("n.zip", &nested);
    let deepest = host.ledger.last().unwrap();
    assert_eq!((deepest.outcome, deepest.kind.as_str()), (Failed, "nested archive"), "{deepest:?}");
    assert_eq!(host.ask("").events, 8);

    // A run of one byte, deflated twice: far more than 250 times the size.
    let zeros = vec![b' '; 64 << 20];
    let inner = deflate(&zeros);
    let mut archive = Zip::default().add("a.json", log(0, 3).as_bytes(), Way::default());
    for at in 0..30 {
        archive.entry(&format!("bomb{at}"), 8, 0, Way::default(), 0, &inner, zeros.len());
    }
    let bytes = gzip(&archive.end());
    let mut host = dropped("b.zip.gz", &bytes);
    assert_eq!(host.ask("").events, 3);
    let stopped = &host.ledger[0];
    assert_eq!(stopped.outcome, Partial);
    assert!(
        stopped
            .reason
            .as_deref()
            .unwrap()
            .starts_with("It inflates to more than 250 times its size: reading stopped at"),
        "{stopped:?}"
    );
}

#[test]
fn many_entries_stop_at_a_limit() {
    let mut bytes = Vec::new();
    let entry = tar_entry(b"x", b'2', b"");
    for _ in 0..200_005 {
        bytes.extend(&entry);
    }
    bytes.extend(tar(&[("a", log(0, 1).as_bytes())]));
    let host = dropped("many.tgz", &gzip(&bytes));
    assert_eq!(host.ledger.len(), 200_001);
    assert!(
        host.ledger[0]
            .reason
            .as_deref()
            .unwrap()
            .contains("It holds more than 200,000 entries: reading stopped there.")
    );
    assert_eq!(host.ledger[0].outcome, Partial);
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
    prop::sample::select(shapes()).prop_map(|(_, bytes, ..)| bytes)
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
