//! Files that are cut, broken, changed or made to hurt: nothing whole in them is lost.

use super::*;

#[test]
fn loses_only_what_is_broken() {
    use Outcome::{Failed, Partial};
    let e = events(6);
    let list = |elements: &[&str]| format!(r#"{{"Records":[{}]}}"#, elements.join(","));
    let cut = &e[1][..e[1].len() / 2];
    for (name, text, ending, reason) in [
        (
            "no objects",
            list(&["1", "\"x\"", "null", "[{}]", &e[0], "true"]),
            (Partial, "log file", 1, 5),
            "5 records are no objects: record 1, at byte 12",
        ),
        ("not an event", list(&[&e[0], "{}", &e[1]]), (Partial, "log file", 2, 1), "Record 2, at byte"),
        (
            "line break in a string",
            list(&[&e[0], &e[1].replace("1.08", "1.\n08"), &e[2]]),
            (Partial, "log file", 2, 1),
            "is no JSON",
        ),
        (
            "a record without its end",
            list(&[&e[0], cut, &e[2], &e[3]]),
            (Partial, "log file", 3, 1),
            "Record 2",
        ),
        (
            "a string without its end",
            list(&[&e[0], r#"{"eventVersion":"1.08,"eventName":"x"}"#, &e[2]]),
            (Partial, "log file", 2, 1),
            "Record 2",
        ),
        (
            "two broken ones",
            list(&[&e[0], "{nope}", &e[1], "{'eventName':1}", &e[2]]),
            (Partial, "log file", 3, 2),
            "2 records are no JSON: record 2, at byte",
        ),
        (
            "a broken line",
            [&e[0], r#"{"eventVersion":}"#, &e[2]].map(str::to_owned).join("\n"),
            (Partial, "event lines", 2, 1),
            "Record 2",
        ),
        (
            "a line without its end",
            [&e[0], cut, &e[2], &e[3]].map(str::to_owned).join("\n"),
            (Partial, "event lines", 3, 1),
            "Record 2",
        ),
        (
            "a brace too many",
            format!("[{}}},{}]", e[0], e[1]),
            (Partial, "event list", 2, 0),
            "text that is no JSON",
        ),
        (
            "cut in a record",
            format!(r#"{{"Records":[{},{cut}"#, e[0]),
            (Partial, "log file", 1, 1),
            "1 record before the cut is shown, record 2 is cut.",
        ),
        (
            "cut in a log file in a list",
            format!(r#"[{{"Records":[{},{}"#, e[0], e[1]),
            (Partial, "log file", 2, 0),
            "2 records before the cut are shown.",
        ),
        (
            "cut behind a record",
            format!(r#"{{"Records":[{},"#, e[0]),
            (Partial, "log file", 1, 0),
            "The text ends early",
        ),
        (
            "cut in a sibling",
            format!(r#"{{"Records":[{}],"x":"ab"#, e[0]),
            (Partial, "log file", 1, 0),
            "The text ends early",
        ),
        (
            "cut in the first record",
            format!(r#"{{"Records":[{cut}"#),
            (Failed, "log file", 0, 1),
            "No whole record stands before the cut, record 1 is cut.",
        ),
        (
            "cut before any",
            r#"{"Records":["#.to_owned(),
            (Failed, "log file", 0, 0),
            "No whole record stands before the cut.",
        ),
        ("cut line", format!("{}\n{cut}", e[0]), (Partial, "single event", 1, 1), "record 2 is cut"),
        ("only a brace", "{".to_owned(), (Failed, "broken JSON", 0, 1), "The text ends early, at byte 1."),
        (
            "an open list swallows others",
            format!(r#"{{"Records":[{{"eventVersion":"1","resources":[{{}},{},{}]}}"#, e[0], e[1]),
            (Partial, "log file", 1, 0),
            "ends early",
        ),
        (
            "an open object swallows others",
            format!(r#"{{"eventVersion":"1","resources":[{},{}"#, e[0], e[1]),
            (Partial, "event lines", 2, 1),
            "Record 1",
        ),
        (
            "noise around",
            format!("$ cat x\n{}\n$ exit", log_file(2)),
            (Partial, "text with records", 2, 0),
            "From byte 0 there is text",
        ),
        (
            "starts in a token",
            format!("ion\":\"1.08\"}},{}]}}\nroot@host:~#", e[0]),
            (Partial, "text with records", 1, 0),
            "From byte 0",
        ),
        (
            "log lines",
            format!("2026-01-01T00:00:00.000Z {}\n2026-01-01T00:00:01.000Z {}\n", e[0], e[1]),
            (Outcome::Read, "CloudWatch Logs export", 2, 0),
            "",
        ),
        (
            "log lines, one of them no event",
            format!(
                "2026-01-01T00:00:00Z {}\n2026-01-01T00:00:01Z START x\n2026-01-01T00:00:02Z {}",
                e[0], e[1]
            ),
            (Partial, "CloudWatch Logs export", 2, 0),
            "text that is no JSON",
        ),
        (
            "EventBridge among lines",
            format!("{}\n{{\"detail-type\":\"x\",\"detail\":{{\"state\":1}}}}\n{}", e[0], e[2]),
            (Partial, "event lines", 2, 1),
            "is no event but an EventBridge event",
        ),
        (
            "printed without its last brace",
            format!("The example:\n{}\n- next\n{}\n", &e[0][..e[0].len() - 1], e[1]),
            (Partial, "text with records", 2, 0),
            "Record 1, at byte 13, has no proper end: 1 character was added or taken out to read it.",
        ),
        (
            "pasted without its last brace",
            e[0][..e[0].len() - 1].to_owned(),
            (Partial, "single event", 1, 0),
            "has no proper end",
        ),
        (
            "a comma too many in prose",
            format!("x\n{},}}\ny", &e[0][..e[0].len() - 1]),
            (Partial, "text with records", 1, 0),
            "has no proper end",
        ),
        (
            "a comma too many in a log file",
            list(&[&format!("{},}}", &e[0][..e[0].len() - 1]), &e[1]]),
            (Partial, "log file", 1, 1),
            "is no JSON",
        ),
        (
            "two without their last brace",
            format!("A\n{}\n\n```\nB\n{}\n{}", &e[0][..e[0].len() - 1], &e[1][..e[1].len() - 1], e[2]),
            (Partial, "text with records", 3, 0),
            "2 records have no proper end: 2 characters were added",
        ),
        (
            "a missing comma",
            format!("[{} {}]", e[0], e[1]),
            (Partial, "event list", 2, 0),
            "Between records a comma is missing, at byte 85. It costs no record.",
        ),
        (
            "a doubled comma",
            list(&[&e[0], "", &e[1]]),
            (Partial, "log file", 2, 0),
            "Between records a comma is too many, at byte 96.",
        ),
        ("a trailing comma", list(&[&e[0], " "]), (Partial, "log file", 1, 0), "is too many, at byte 97."),
        ("a leading comma", list(&["", &e[0]]), (Partial, "log file", 1, 0), "is too many, at byte 12."),
        (
            "every wrong comma",
            format!("{{\"Records\":[{} {},,{},]}}", e[0], e[1], e[2]),
            (Partial, "log file", 3, 0),
            "Between records commas are missing or too many at 3 places, first at byte 96.",
        ),
        (
            "a comma missing between log files in a list",
            format!("[{} {}]", log_file(1), log_file(2)),
            (Partial, "log file", 3, 0),
            "a comma is missing, at byte 99.",
        ),
        (
            "a comma missing behind text",
            format!("$ cat x\n{{\"Records\":[{}{}]}}", e[0], e[1]),
            (Partial, "text with records", 2, 0),
            "a comma is missing, at byte",
        ),
        ("commas between lines", format!("{},\n{},\n", e[0], e[1]), (Outcome::Read, "event lines", 2, 0), ""),
    ] {
        for bytes in [text.clone().into_bytes(), gzip(text.as_bytes())] {
            let report = check(name, &bytes, ending);
            let said = report.reason.unwrap_or_default();
            assert!(said.contains(reason), "{name}: {said}");
        }
    }
}

#[test]
fn finds_the_way_back_by_how_the_records_of_the_file_start() {
    let record =
        |number: usize| format!(r#"{{"p_row":{number},"eventName":"x","resources":[{{"ARN":"a"}}]}}"#);
    let text = format!("[{},{},{}]", record(1), record(2).replace(":2", ":"), record(3));
    check("own first key", text.as_bytes(), (Outcome::Partial, "event list", 2, 1));
}

#[test]
fn a_wounded_gzip_stream_keeps_its_records() {
    use Outcome::{Failed, Other, Partial, Read};
    let whole = gzip(log_file(50).as_bytes());
    let end = whole.len();
    let edit = |edit: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = whole.clone();
        edit(&mut bytes);
        bytes
    };
    let digest = gzip(br#"{"digestEndTime":"x"}"#);
    let members = [gzip(log_file(2).as_bytes()), gzip(log_file(3).as_bytes())].concat();
    let across =
        [gzip(&log_file(4).as_bytes()[..100]), gzip(b""), gzip(&log_file(4).as_bytes()[100..])].concat();
    let mut named = vec![0x1f, 0x8b, 8, 4 | 8 | 16 | 2, 0, 0, 0, 0, 0, 3, 3, 0, b'a', b'b', b'c'];
    named.extend(b"name\0comment\0\x12\x34");
    named.extend(&whole[10..]);
    for (name, bytes, ending, reason) in [
        ("members", members.clone(), (Read, "log file", 5, 0), ""),
        ("a file over three members", across, (Read, "log file", 4, 0), ""),
        ("every header field", named, (Read, "log file", 50, 0), ""),
        ("zeros behind", [whole.as_slice(), &[0; 700]].concat(), (Read, "log file", 50, 0), ""),
        (
            "wrong checksum",
            edit(&|bytes| bytes[end - 8] ^= 1),
            (Partial, "log file", 50, 0),
            "The checksum at the end does not fit the content",
        ),
        (
            "wrong length",
            edit(&|bytes| bytes[end - 1] ^= 1),
            (Partial, "log file", 50, 0),
            "The checksum at the end",
        ),
        ("no checksum", edit(&|bytes| bytes.truncate(end - 8)), (Partial, "log file", 50, 0), "ends early"),
        (
            "garbage behind",
            [whole.as_slice(), b"garbage"].concat(),
            (Partial, "log file", 50, 0),
            "is no gzip",
        ),
        (
            "a member cut in its header",
            [whole.as_slice(), &whole[..7]].concat(),
            (Partial, "log file", 50, 0),
            "ends early",
        ),
        (
            "no deflate",
            b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\xff\xff".to_vec(),
            (Failed, "gzip file", 0, 0),
            "The gzip stream is damaged, near byte",
        ),
        (
            "a whole member behind a damaged one",
            [
                b"\x1f\x8b\x08\0\0\0\0\0\0\x03\xff\xff\x1f\x8b\x08\xff".as_slice(),
                &gzip(log_file(3).as_bytes()),
            ]
            .concat(),
            (Partial, "log file", 3, 0),
            "3 records around the damage are shown",
        ),
        (
            "another method",
            b"\x1f\x8b\x07\0\0\0\0\0\0\x03abc".to_vec(),
            (Failed, "gzip file", 0, 0),
            "damaged, near byte 0",
        ),
        ("only the magic", b"\x1f\x8b".to_vec(), (Failed, "gzip file", 0, 0), "ends early, at byte 2"),
        (
            "digest with a wrong checksum",
            [&digest[..digest.len() - 1], b"x"].concat(),
            (Other, "digest file", 0, 0),
            "A digest file. It lists log files and holds no events. The checksum",
        ),
    ] {
        let report = check(name, &bytes, ending);
        let said = report.reason.unwrap_or_default();
        assert!(said.contains(reason), "{name}: {said}");
        assert_eq!(report.remedy.is_some(), !said.is_empty(), "{name}");
    }
    assert_eq!(inflate_all(&members), ([log_file(2), log_file(3)].concat().into_bytes(), None));
    let (text, broke) = inflate_all(&whole[..end / 2]);
    assert!(
        log_file(50).as_bytes().starts_with(&text) && broke.is_some_and(|broke| broke.contains("ends early"))
    );
}

#[test]
fn speaks_as_the_ledger_does() {
    let text = log_file(3000);
    let mut noisy = Vec::new();
    for (number, line) in text.split_inclusive("},").enumerate() {
        noisy.extend(line.replace("1.08", &format!("1.{:x}", number * 7_919 % 65_521)).into_bytes());
    }
    let bytes = gzip(&noisy);
    let cut = &bytes[..bytes.len() * 3 / 4];
    let (kept, report) = read(cut);
    let grouped = |number: usize| {
        if number < 1000 { number.to_string() } else { format!("{},{:03}", number / 1000, number % 1000) }
    };
    let (shown, length) = (kept.0.len(), cut.len());
    assert!(shown > 1000, "{shown}");
    assert_eq!(
        report.reason.unwrap(),
        format!(
            "The gzip stream ends early, at byte {}. {} records before the cut are shown, record {} is cut.",
            grouped(length),
            grouped(shown),
            grouped(shown + 1)
        ),
    );
    assert_eq!(report.remedy.as_deref(), Some("Copy the file again."));
    assert_eq!(report.rejected, 1);
}

#[test]
fn every_truncation_keeps_every_whole_record() {
    let text = log_file(5);
    let ends: Vec<usize> = text.match_indices("]}}").map(|(at, _)| at + 3).collect();
    assert_eq!(ends.len(), 5);
    let whole_before = |length: usize| ends.iter().filter(|&&end| end <= length).count();
    for length in 0..text.len() {
        let (kept, report) = read(&text.as_bytes()[..length]);
        assert_eq!(kept.0.len(), whole_before(length), "{length}: {report:?}");
        assert_ne!(report.outcome, Outcome::Read, "{length}");
    }
    // Stored blocks would make it easy: the real thing, and what a decoder can know of it.
    let bytes = gzip(text.as_bytes());
    for length in 0..bytes.len() {
        let (kept, report) = read(&bytes[..length]);
        let known = if length < 2 { 0 } else { inflate_all(&bytes[..length]).0.len() };
        assert_eq!(kept.0.len(), whole_before(known), "{length}: {report:?}");
        assert_ne!(report.outcome, Outcome::Read, "{length}");
    }
}

#[test]
fn survives_what_is_made_to_hurt() {
    // Deep, long, many: each would be a stack overflow, a rescan without end or a full memory.
    let deep = format!(
        r#"{{"Records":[{{"eventName":"x","a":{}1{}}},{}]}}"#,
        "[".repeat(10_000),
        "]".repeat(10_000),
        event(1)
    );
    check("deep", deep.as_bytes(), (Outcome::Read, "log file", 2, 0));
    let nested = format!("{}{}", r#"{"a":1,"Records":["#.repeat(20_000), "]}".repeat(20_000));
    check("wrappers in wrappers", nested.as_bytes(), (Outcome::Other, "other JSON", 0, 0));
    let openings = r#"{"eventVersion":["#.repeat(50_000);
    check("openings", openings.as_bytes(), (Outcome::Failed, "broken JSON", 0, 1));
    let swallowed = format!(r#"{{"eventVersion":[{}"#, event(0)).repeat(20_000);
    assert!(read(swallowed.as_bytes()).1.records > 0);
    let wrong = format!("{openings}X");
    check(
        "openings that end wrong",
        wrong.as_bytes(),
        (Outcome::Failed, "broken JSON", 0, read(wrong.as_bytes()).1.rejected),
    );
    let braces = "{".repeat(1 << 20);
    assert_eq!(read(braces.as_bytes()).1.records, 0);

    let long = format!(r#"[{{"eventName":"{}"}},{}]"#, "x".repeat(20 << 20), event(1));
    let (kept, report) = read_split(long.as_bytes(), &[64 << 10]);
    assert_eq!((kept.0.len(), report.outcome), (2, Outcome::Read));
    let (kept, report) = read(&gzip(long.as_bytes()));
    assert_eq!((kept.0.len(), report.outcome), (2, Outcome::Read));
}

#[test]
fn a_bomb_stops_and_keeps_what_was_read() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(log_file(3).as_bytes()).unwrap();
    encoder.write_all(&vec![b' '; 4 << 20]).unwrap();
    let bytes = encoder.finish().unwrap();
    assert_eq!(read(&bytes).1.outcome, Outcome::Read);

    let mut kept = Kept::default();
    let mut reader = FileReader::new("x", bytes.len() as u64);
    reader.tally.floor = 1 << 20;
    reader.push(&bytes, &mut kept);
    assert!(reader.is_done());
    let report = reader.finish(&mut kept).pop().unwrap();
    assert_eq!((kept.0.len(), report.outcome), (3, Outcome::Partial));
    assert!(report.reason.unwrap().starts_with("It inflates to more than 250 times its size"));
    assert!(report.inflated.unwrap() < 3 << 20);
}
