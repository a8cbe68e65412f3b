//! Files of every shape with every wound, from the outside: bytes in, records and a report out.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use proptest::prelude::*;

use super::*;
use crate::protocol::Outcome;

mod splits;
mod wounds;

/// Keeps what it is given.
#[derive(Default)]
pub(super) struct Kept(pub Vec<(Place, Vec<u8>)>);

impl RecordSink for Kept {
    fn record(&mut self, place: Place, text: &[u8], fields: &RecordFields<'_>) {
        assert!(fields.has_event_shape);
        self.0.push((place, text.to_vec()));
    }
}

impl Kept {
    /// The texts alone.
    fn texts(&self) -> Vec<&str> {
        self.0.iter().map(|(_, text)| std::str::from_utf8(text).unwrap()).collect()
    }
}

/// Reads `bytes` in pieces of these sizes, the last one again and again.
fn read_split(bytes: &[u8], sizes: &[usize]) -> (Kept, FileReport) {
    let mut kept = Kept::default();
    let mut reader = FileReader::new("x", bytes.len() as u64);
    let (mut rest, mut sizes) = (bytes, sizes.iter().copied());
    let mut size = 0;
    while !rest.is_empty() {
        size = sizes.next().unwrap_or(size).max(1);
        let (piece, later) = rest.split_at(size.min(rest.len()));
        reader.push(piece, &mut kept);
        rest = later;
    }
    let report = reader.finish(&mut kept).pop().unwrap();
    (kept, report)
}

fn read(bytes: &[u8]) -> (Kept, FileReport) {
    read_split(bytes, &[usize::MAX])
}

fn gzip(text: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text).unwrap();
    encoder.finish().unwrap()
}

/// A record with this number in it.
fn event(number: usize) -> String {
    format!(
        r#"{{"eventVersion":"1.08","eventName":"E{number}","requestParameters":{{"a":[{{"b":"}}\\\"{{"}}]}}}}"#
    )
}

fn events(count: usize) -> Vec<String> {
    (0..count).map(event).collect()
}

fn log_file(count: usize) -> String {
    format!(r#"{{"Records":[{}]}}"#, events(count).join(","))
}

/// Outcome, kind, records, rejected.
type Ending = (Outcome, &'static str, u64, u64);

fn check(name: &str, bytes: &[u8], (outcome, kind, records, rejected): Ending) -> FileReport {
    let (kept, report) = read(bytes);
    assert_eq!(
        (report.outcome, report.kind.as_str(), report.records, report.rejected),
        (outcome, kind, records, rejected),
        "{name}: {report:?}"
    );
    assert_eq!(kept.0.len() as u64, records, "{name}");
    assert_eq!(report.counted, records + rejected, "{name}");
    assert_eq!(report.reason.is_none(), outcome == Outcome::Read, "{name}: {report:?}");
    for (place, text) in &kept.0 {
        let start = usize::try_from(place.offset).unwrap();
        let mut pick = RecordPick::new("x", bytes.len() as u64, place.number);
        pick.push(bytes);
        assert_eq!(pick.finish().map(|(text, _)| text).as_ref(), Ok(text), "{name}");
        if report.way == Way::Reading {
            continue;
        }
        if report.way == Way::Gzip {
            assert_eq!(read_text(bytes, true, place.offset, text.len()).as_ref(), Ok(text), "{name}");
        } else {
            assert_eq!(&bytes[start..start + text.len()], text, "{name}");
            assert_eq!(read_text(bytes, false, place.offset, text.len()).as_ref(), Ok(text), "{name}");
        }
    }
    report
}

#[test]
fn reads_every_shape_plain_and_compressed() {
    let e = events(3);
    let pretty =
        serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&log_file(3)).unwrap())
            .unwrap();
    let pretty_one =
        serde_json::to_string_pretty(&serde_json::from_str::<serde_json::Value>(&e[0]).unwrap()).unwrap();
    for (name, text, kind, records) in [
        ("log file", log_file(3), "log file", 3),
        ("pretty log file", pretty, "log file", 3),
        (
            "siblings before",
            format!(r#"{{"a":{{"Records":[1]}},"b":"x","Records":[{}]}}"#, e.join(",")),
            "log file",
            3,
        ),
        (
            "siblings behind",
            format!(r#"{{"Records":[{}],"c":[1,{{}}],"d":null}}"#, e.join(",")),
            "log file",
            3,
        ),
        ("two lists", format!(r#"{{"Records":[{}],"x":1,"Records":[{}]}}"#, e[0], e[1]), "log file", 2),
        ("escaped key", format!(r#"{{"\u0052ecords":[{}]}}"#, e[0]), "log file", 1),
        ("log files joined", format!("{}\n{}", log_file(2), log_file(3)), "log file", 5),
        ("list of log files", format!("[{},{}]", log_file(2), log_file(1)), "log file", 3),
        ("no records", r#"{"Records":[]}"#.to_owned(), "log file", 0),
        ("no records, spaced", " {\r\n \"Records\" : [ ] \t} ".to_owned(), "log file", 0),
        ("list", format!("[{}]", e.join(" ,\n")), "event list", 3),
        ("single event", e[0].clone(), "single event", 1),
        ("pretty event", pretty_one.clone(), "single event", 1),
        ("lines", e.join("\n"), "event lines", 3),
        ("lines, CRLF", e.join("\r\n") + "\r\n", "event lines", 3),
        ("joined without anything", e.concat(), "event lines", 3),
        ("pretty ones in a row", format!("{pretty_one}\n{pretty_one}\n"), "event lines", 2),
        ("byte order mark", format!("\u{feff}{}", log_file(2)), "log file", 2),
        ("byte order marks inside", format!("\u{feff}{}\n\u{feff}{}", e[0], e[1]), "event lines", 2),
        ("unknown first key", format!(r#"{{"p_log":{{"x":1}},{}"#, &e[0][1..]), "single event", 1),
        (
            "event key before",
            format!(r#"{{"eventType":"x","eventVersion":"1.0","Records":[{}]}}"#, e.join(",")),
            "log file",
            3,
        ),
        (
            "event key in a list",
            format!(r#"[{{"eventVersion":"1","Records":[{}]}}]"#, e.join(",")),
            "log file",
            3,
        ),
        (
            "metadata before",
            format!(r#"{{"Metadata":{{"n":3}},"Records":[{}]}}"#, e.join(",")),
            "log file",
            3,
        ),
        ("operation before", format!(r#"{{"operationName":"x","events":[{}]}}"#, e.join(",")), "log file", 3),
        (
            "a finding's keys before",
            format!(r#"{{"severity":1,"service":2,"Records":[{}]}}"#, e.join(",")),
            "log file",
            3,
        ),
        ("foreign first key", format!(r#"{{"Statement":"x",{}"#, &e[0][1..]), "single event", 1),
        ("list first key", format!(r#"{{"records":[{{"q":1}}],{}"#, &e[0][1..]), "single event", 1),
        ("numbers first", format!(r#"{{"events":[1],{}"#, &e[0][1..]), "single event", 1),
        (
            "only event keys that stand beside lists",
            r#"{"eventVersion":"1.08","eventType":"x"}"#.to_owned(),
            "single event",
            1,
        ),
        ("insight event", r#"{"Records":[{"insightDetails":{"state":"Start"}}]}"#.to_owned(), "log file", 1),
    ] {
        check(name, text.as_bytes(), (Outcome::Read, kind, records, 0));
        let report = check(name, &gzip(text.as_bytes()), (Outcome::Read, kind, records, 0));
        assert_eq!((report.way, report.inflated), (Way::Gzip, Some(text.len() as u64)), "{name}");
    }
}

#[test]
fn names_what_holds_no_events() {
    use Outcome::{Failed, Other};
    for (bytes, outcome, kind) in [
        (b"".as_slice(), Failed, "empty file"),
        (b" \n\t ", Failed, "empty file"),
        (b"{}", Other, "empty JSON"),
        (b"[]", Other, "empty JSON"),
        (br#"{"a":1}"#, Other, "other JSON"),
        (br#"[{"a":1},{"b":2}]"#, Other, "other JSON"),
        (br#"{"Records":[{"eventVersion":"2.1","eventSource":"aws:s3","s3":{}}]}"#, Other, "S3 notification"),
        (br#"{"Records":[{"eventSource":"aws:sqs","body":"x"}]}"#, Other, "SNS or SQS message"),
        (br#"{"Records":[{"eventSource":"aws:dynamodb","dynamodb":{}}]}"#, Other, "service notification"),
        (br#"{"awsAccountId":"1","digestStartTime":"x","logFiles":[]}"#, Other, "digest file"),
        (br#"{"region":"x","files":[{"fileHashValue":"x"}],"hashSignature":"x"}"#, Other, "signature file"),
        (br#"{"PublicKeyList":[{"Value":"x"}]}"#, Other, "public keys"),
        (
            br#"{"version":"0","id":"x","detail-type":"AWS API Call via CloudTrail","detail":{"state":"x"}}"#,
            Other,
            "EventBridge event",
        ),
        (br#"{"Events":[{"EventId":"x","CloudTrailEvent":"{}"}]}"#, Other, "lookup-events output"),
        (br#"{"messageType":"DATA_MESSAGE","logEvents":[{"message":"{}"}]}"#, Other, "CloudWatch Logs data"),
        (br#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow"}]}"#, Other, "IAM policy"),
        (
            br#"{"fileVersion":"1.0","configSnapshotId":"x","configurationItems":[]}"#,
            Other,
            "AWS Config data",
        ),
        (br#"{"schemaVersion":"2.0","region":"x","severity":8,"service":{}}"#, Other, "GuardDuty finding"),
        (br#"{"records":[{"operationName":"Write","category":"Administrative"}]}"#, Other, "Azure log"),
        (br#"{"logName":"x","protoPayload":{}}"#, Other, "Google Cloud log"),
        (br#"{"class_uid":3005,"metadata":{}}"#, Failed, "OCSF record"),
        (br#"{"Findings":[{"SchemaVersion":"2.0","Severity":8,"Service":{}}]}"#, Other, "GuardDuty finding"),
        (br#"{"Findings":[{"SchemaVersion":"2018-10-08","AwsAccountId":"1"}]}"#, Other, "Security Hub finding"),
        (br#"{"Service":"Amazon S3","Event":"s3:TestEvent","HostId":"y"}"#, Other, "S3 notification"),
        (br#"{"createdDateTime":"x","userPrincipalName":"a@b"}"#, Other, "Azure log"),
        (br#"{"CreationTime":"x","Operation":"y","Workload":"Exchange"}"#, Other, "Azure log"),
        (br#"{"Type":"Notification","Message":"{\"s3Bucket\":\"b\",\"s3ObjectKey\":[\"x\"]}"}"#, Other, "delivery notice"),
        (br#"{"level":"info","message":"hello"}"#, Other, "other JSON"),
        (br#"{"data":[{"body":{}}]}"#, Other, "other JSON"),
        (b"2 123456789010 eni-1235b8ca 172.31.16.139 172.31.16.21 20641 22 6 20 4249 1418530010 1418530070 ACCEPT OK\n", Other, "VPC flow log"),
        (b"h2 2026-01-01T00:00:00.0Z app/my/50dc6c495c0c9188 arn:aws:elasticloadbalancing:x\n", Other, "load balancer log"),
        (b"79a5 bucket [06/Feb/2026:00:00:38 +0000] 192.0.2.3 79a5 3E57427F3EXAMPLE REST.GET.VERSIONING - -\n", Other, "S3 access log"),
        (b"2015-05-13T23:39:43.945958Z my-lb 192.168.131.39:2817 10.0.0.1:80 0.0 200 \"GET http://a.example:80/ HTTP/1.1\" x\n", Other, "load balancer log"),
        (b"tls 2.0 2018-12-20T02:59:40 net/my-lb/c6e77e28c25b2234 g3d4b5e8bb8464cd 192.0.2.1:51341\n", Other, "load balancer log"),
        (b"#Version: 1.0\n#Fields: date time x-edge-location sc-bytes c-ip\n", Other, "CloudFront log"),
        (b"a,b,c\n1,2,3\n", Other, "CSV"),
        (b"@timestamp,@message\n2026-01-01 00:00:00.000,START\n", Other, "CloudWatch Logs data"),
        (b"\"_raw\",host\n\"{}\",x\n", Other, "search result"),
        (b"Dear reader,\nnothing here { at all }.\n", Other, "text"),
        (b"[2026-01-01 10:00] INFO started\n", Other, "text"),
        (b"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code></Error>", Other, "web page or XML"),
        (b"\0\x01\x02\x03\x04\x05\x06\x07\x08\xff\xfe\xfd", Failed, "binary data"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", Failed, "7z archive"),
        (b"Rar!\x1a\x07\x01\0", Failed, "rar archive"),
        (b"\xfd7zXZ\0\0\x04", Failed, "xz file"),
        (b"PAR1\x15\x04", Failed, "Parquet file"),
        (b"%PDF-1.7\n", Other, "PDF"),
        (b"\x89PNG\r\n\x1a\n\0\0", Other, "picture"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", Other, "picture"),
        (b"GIF89a\x01\0", Other, "picture"),
        (b"II*\0\x08\0\0\0", Other, "picture"),
        (b"\0\0\0\x18ftypheic\0\0", Other, "picture or film"),
        (b"\xca\xfe\xba\xbe\0\0\0\x02", Other, "program"),
        (b"]\0\0\x80\0\xff\xff\xff\xff", Failed, "lzma file"),
        (b"BZh", Failed, "bzip2 file"),
        (b"\x7fELF\x02\x01\x01\0", Other, "program"),
        (b"MZ\x90\0\x03\0", Other, "program"),
        (b"MZP\0\x02\0\0\0", Other, "program"),
        (b"\xce\xfa\xed\xfe\x07\0\0\x01", Other, "program"),
        (b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\x02\0", Other, "picture"),
        (b"ElfFile\0\0\0\0\0", Other, "Windows event log"),
        (b"\xd4\xc3\xb2\xa1\x02\0\x04\0", Other, "packet capture"),
        (b"\n\r\r\n\x1c\0\0\0\x4d\x3c\x2b\x1a\x01\0", Other, "packet capture"),
        (b"{\\rtf1\\ansi \\{\"eventName\":\"x\"\\}}", Failed, "RTF document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", Failed, "Office document"),
        (b"bplist00\xd1\x01\x02", Other, "macOS metadata"),
        (b"MSCF\0\0\0\0\x2c\0", Failed, "cabinet archive"),
        (b"Salted__abcdefgh", Failed, "encrypted file"),
        (b"-----BEGIN PGP MESSAGE-----\n", Failed, "encrypted file"),
    ] {
        let name = format!("{kind}: {}", String::from_utf8_lossy(&bytes[..bytes.len().min(40)]));
        check(&name, bytes, (outcome, kind, 0, 0));
        if !bytes.is_empty() {
            check(&name, &gzip(bytes), (outcome, kind, 0, 0));
        }
    }
    check("gzip of nothing", &gzip(b""), (Failed, "empty file", 0, 0));
    check("gzip in gzip", &gzip(&gzip(b"{}")), (Other, "empty JSON", 0, 0));
    check("gzip without end", &gzip(&gzip(&gzip(&gzip(b"{}")))), (Failed, "gzip in gzip", 0, 0));
}

/// The records that serde_json finds in a text of values one after another, in order.
fn records_by_serde(text: &[u8]) -> Vec<serde_json::Value> {
    let mut records = Vec::new();
    for value in serde_json::Deserializer::from_slice(text).into_iter::<serde_json::Value>() {
        match value.unwrap() {
            serde_json::Value::Array(list) => records.extend(list),
            serde_json::Value::Object(mut object) => match object.remove("Records") {
                Some(serde_json::Value::Array(list)) => records.extend(list),
                _ => records.push(object.into()),
            },
            other => panic!("{other}"),
        }
    }
    records
}

#[test]
fn every_fixture_gives_the_records_that_serde_json_finds() {
    let mut files = 0;
    for folder in ["invictus", "panther", "stratus-red-team", "trailscraper", "cloudgrep"] {
        let path = format!("{}/tests/fixtures/{folder}", env!("CARGO_MANIFEST_DIR"));
        for entry in std::fs::read_dir(path).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let (bytes, is_gzip) = (std::fs::read(&path).unwrap(), name.ends_with(".gz"));
            let (kept, report) = read(&bytes);
            if report.outcome != Outcome::Read {
                let no_log = ["LICENSE", "policy-to-guess.json", "bad_cloudtrail.json"];
                assert!(no_log.iter().any(|no_log| name.starts_with(no_log)), "{name}: {report:?}");
                continue;
            }
            let text = if is_gzip { inflate_all(&bytes).0 } else { bytes };
            let found: Vec<serde_json::Value> =
                kept.texts().iter().map(|text| serde_json::from_str(text).unwrap()).collect();
            assert_eq!(found, records_by_serde(&text), "{name}");
            files += 1;
        }
    }
    assert!(files >= 15, "only {files} files");
}

#[test]
fn numbers_count_what_was_rejected_too() {
    let text = format!(r#"[{},5,{{"eventVersion":"1" x}},{},{{}},{}]"#, event(0), event(1), event(2));
    let (kept, _) = read(text.as_bytes());
    assert_eq!(kept.0.iter().map(|(place, _)| place.number).collect::<Vec<_>>(), [0, 3, 5]);
    assert_eq!(kept.texts(), events(3));
}

#[test]
fn what_is_gone_is_said() {
    let text = log_file(1);
    for (raw, compressed) in [(text.clone().into_bytes(), false), (gzip(text.as_bytes()), true)] {
        for (from, len) in [(5, text.len()), (1 << 40, 1), (u64::MAX, usize::MAX)] {
            assert!(read_text(&raw, compressed, from, len).is_err(), "{from} {len}");
        }
    }
}

#[test]
fn the_origin_comes_from_the_path() {
    let path = "AWSLogs/218007301253/CloudTrail/us-east-1/2023/07/10/218007301253_CloudTrail_us-east-1_20230710T1145Z_x.json";
    let report = FileReader::new(path, 0).finish(&mut Kept::default()).pop().unwrap();
    assert_eq!(
        (report.account.as_deref(), report.region.as_deref()),
        (Some("218007301253"), Some("us-east-1"))
    );
}

/// Something to read: whole, cut, broken, foreign.
fn any_file() -> impl Strategy<Value = Vec<u8>> {
    let element = prop_oneof![
        8 => (0_usize..1000).prop_map(event),
        1 => prop::sample::select(vec!["1", "{}", "[{}]", "{oops", "\"\n\"", "]", "}", "{\"a\":\"", "{\"Records\":[", "text"]).prop_map(str::to_owned),
    ];
    let text = (prop::collection::vec(element, 0..12), 0_u8..4).prop_map(|(elements, shape)| match shape {
        0 => format!(r#"{{"x":[1],"Records":[{}],"y":"\""}}"#, elements.join(",")),
        1 => format!("[{}]", elements.join(", ")),
        2 => elements.join("\n"),
        _ => elements.concat(),
    });
    (text, any::<bool>(), any::<prop::sample::Index>(), any::<bool>()).prop_map(|(text, packed, at, cut)| {
        let mut bytes = if packed { gzip(text.as_bytes()) } else { text.into_bytes() };
        if cut {
            bytes.truncate(at.index(bytes.len().max(1)));
        }
        bytes
    })
}

proptest! {
    #[test]
    fn any_split_gives_the_same(bytes in any_file(), sizes in prop::collection::vec(1_usize..90, 1..40)) {
        let (whole, report) = read(&bytes);
        let (split, split_report) = read_split(&bytes, &sizes);
        prop_assert_eq!(whole.0, split.0);
        prop_assert_eq!(report, split_report);
    }

    #[test]
    fn whole_lists_come_out_whole(count in 0_usize..40, packed in any::<bool>(), size in 1_usize..500) {
        let text = log_file(count);
        let bytes = if packed { gzip(text.as_bytes()) } else { text.into_bytes() };
        let (kept, report) = read_split(&bytes, &[size]);
        prop_assert_eq!(kept.texts(), events(count));
        prop_assert_eq!(report.outcome, Outcome::Read);
    }

    #[test]
    fn no_bytes_hurt(bytes in prop::collection::vec(any::<u8>(), 0..2000), size in 1_usize..300) {
        read_split(&bytes, &[size]);
        read_split(&[b"\x1f\x8b\x08\0\0\0\0\0\0\x03", bytes.as_slice()].concat(), &[size]);
        read_split(&[b"{\"Records\":[", bytes.as_slice()].concat(), &[size]);
    }
}
