//! What is written is read back, however it is cut; what is broken is said and stops.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

fn written(lines: &[String], seed: u64) -> Vec<u8> {
    let (mut writer, mut out) = (Writer::new(seed), Vec::new());
    lines.iter().for_each(|line| writer.record(line.as_bytes(), &mut out));
    writer.finish(&mut out);
    out
}

fn read(bytes: &[u8], piece: usize, room: usize) -> (Vec<u8>, bool) {
    let (mut reader, mut out, mut room) = (Reader::default(), Vec::new(), vec![0; room]);
    for mut rest in bytes.chunks(piece) {
        loop {
            let (read, written) = reader.step(rest, &mut room);
            rest = &rest[read..];
            out.extend_from_slice(&room[..written]);
            if rest.is_empty() && written < room.len() {
                break;
            }
        }
    }
    (out, reader.is_whole())
}

fn check(lines: &[String]) -> usize {
    let mut joined = written(lines, 7);
    let length = joined.len();
    // Parts of two shards, one behind the other.
    joined.extend(written(lines, 8));
    let text: String = lines.iter().chain(lines).map(|line| format!("{line}\n")).collect();
    for (piece, room) in [(usize::MAX, 1 << 16), (1, 1 << 16), (7, 3), (1000, 1)] {
        let (out, whole) = read(&joined, piece.min(joined.len().max(1)), room);
        assert!(whole && out == text.as_bytes(), "{piece} {room}: {}", String::from_utf8_lossy(&out));
    }
    length
}

#[test]
fn records_come_back_byte_for_byte() {
    check(&[]);
    let odd = [
        "{}",
        "[]",
        "1",
        "\"x\"",
        "{ \"a\" : \"b\\\"c\" , \"d\":[1,-2.50,1e+9,true,null,\"\"] }",
        "{\"a\":\"\u{1}\"}",
        "no JSON at all {\"",
        "\u{1}",
        "{\"id\":\"25d2f1da-c4ac-4201-9c97-e50869d6a636\",\"ID\":\"25D2F1DA-c4ac-4201-9c97-e50869d6a636\"}",
        "{\"k\":\"v\\\\\"}",
    ];
    check(&odd.map(str::to_owned));
    let record = |n: usize| {
        json!({"eventID": format!("25d2f1da-c4ac-4201-9c97-{n:012x}"), "userIdentity": {"arn": "arn:aws:iam::111122223333:user/alice"},
            "eventTime": format!("2026-01-01T00:{:02}:{:02}Z", n / 60 % 60, n % 60)}).to_string()
    };
    let records: Vec<String> = (0..40_000).map(record).collect();
    let length = check(&records);
    assert!(length < records.len() * 24, "{length}");
}

#[test]
fn many_keys_and_skeletons_stay_linear() {
    let begun = std::time::Instant::now();
    let wide: serde_json::Map<String, Value> = (0..60_000).map(|n| (format!("key{n}"), n.into())).collect();
    let mut lines = vec![Value::Object(wide).to_string()];
    lines.extend((0..30_000).map(|n| json!({format!("k{n}"): n}).to_string()));
    check(&lines);
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

proptest! {
    #[test]
    fn any_values_come_back(values in prop::collection::vec(any::<(String, String, f64)>(), 0..20)) {
        let line = |(one, two, number): &(String, String, f64)| json!({one.clone(): two, "n": number, "l": [one, two]}).to_string();
        check(&values.iter().map(line).collect::<Vec<_>>());
    }

    #[test]
    fn what_is_broken_stops(at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let lines: Vec<String> = (0..50).map(|n| json!({"a": n, "b": "x".repeat(n % 7)}).to_string()).collect();
        let mut bytes = written(&lines, 1);
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        read(&bytes, 10, 100);
    }
}
