//! What fuzzing found: files that gave something else when they came in other pieces.

use super::*;

/// However the bytes are split, the same comes out.
fn check(name: &str, bytes: &[u8]) -> FileReport {
    let (whole, report) = read(bytes);
    for size in 1..=bytes.len() {
        let (split, split_report) = read_split(bytes, &[size]);
        assert_eq!(split.0, whole.0, "{name} in pieces of {size}");
        assert_eq!(split_report, report, "{name} in pieces of {size}");
    }
    report
}

#[test]
fn the_split_does_not_show() {
    let event = event(0);
    let padding = "x".repeat(600);
    check(
        "a member's value behind a break",
        format!(r#"{{"broken[{{"_source": {event}, "{padding}":{event}"#).as_bytes(),
    );
    let binary = [b" ".repeat(300).as_slice(), b"\0\x01\x02\xff".repeat(400).as_slice()].concat();
    assert_eq!(check("binary", &gzip(&binary)).inflated, Some(0));
    let mark = "\u{feff}";
    let inside = format!("[{event},{mark}{event}]{{{mark}\"Records\":[{event}]{mark},\"a\":1}}");
    let joined = [format!("{mark}{event}\n").repeat(8), inside].concat();
    check("byte order marks", joined.as_bytes());
    check(
        "a byte order mark in a list in a list",
        format!("[{}[{mark}{event}]]", format!("{event},").repeat(12)).as_bytes(),
    );
    let commas = format!(r#"{{"Records":[{event}],"a":"{padding}","b":1,,"c":2,"d"#);
    let said = check("two commas", commas.as_bytes()).reason.unwrap();
    assert!(said.contains("there is text that is no JSON"), "{said}");
    let list =
        format!("[{event} {event},,[{event},]]{{\"Records\":[,{event}{mark}{event}],\"Records\":[{event}]}}");
    let said = check("commas between records", list.as_bytes()).reason.unwrap();
    assert!(said.contains("at 5 places"), "{said}");
    let cell = |field: &str, value: &str| serde_json::json!({ "field": field, "value": value }).to_string();
    let row = [cell("@timestamp", "x"), cell("@message", &event)].join(" , ") + "]";
    let rows = format!(
        "[[ {row},\n[{{ \"field\" :\"@message\"}}],[{{\"fiel\":1}}],[{row} , [ {{{mark}\"field\":1}}]]"
    );
    for (name, text) in [
        ("rows of Insights", format!(r#"{{"queryLanguage":"CWLI","results":{rows},"results":[[]]}}"#)),
        ("rows of Insights alone", rows.clone()),
        ("results of another kind", format!(r#"{{"results": [ [ {{"id":"{padding}"}}]],"Records":[1]}}"#)),
    ] {
        check(name, text.as_bytes());
        for at in 1..text.len() {
            let (kept, cut) = read(&text.as_bytes()[..at]);
            let whole = text.match_indices(&row).filter(|(start, _)| start + row.len() <= at).count();
            assert_eq!((kept.0.len(), cut.reason.is_some()), (whole, true), "{name} to {at}: {cut:?}");
        }
    }
    check("a long header", format!("eventname,{padding},eventsource\nE1,x,y\n").as_bytes());
    let row = "eventname,eventsource\nE1,x\n";
    let broken = check("a broken row", format!("{row}\"a\" b,{padding}\nE3,y\n").as_bytes());
    assert_eq!((broken.records, broken.rejected), (2, 1));
    let quote = check("a row cut in a quote", format!("{row}E2,\"a\nb\n\"\"{padding}\n").as_bytes());
    assert_eq!((quote.records, quote.rejected), (1, 1));
    let value = check("a row cut in its last value", b"eventname,eventsource\nE1,source\nE2,sour");
    assert!(value.reason.unwrap().contains("the last value of record 2 is cut"));
    for (rows, reason) in [
        ("E2\n", "has not the columns of the first row"),
        ("E2", "record 2 is cut"),
        ("\"E2\"\"\n", "record 2 is cut"),
    ] {
        for pad in ["", &padding] {
            let report = check(rows, format!("{row}{rows}").replace('x', &format!("x{pad}")).as_bytes());
            let said = report.reason.unwrap();
            assert!(said.contains(reason), "{rows:?}: {said}");
        }
    }
}

#[test]
fn a_bomb_of_other_text_is_said_too() {
    let bytes = gzip(&vec![b'x'; 4 << 20]);
    let mut reader = FileReader::new("x", bytes.len() as u64);
    reader.tally.floor = 1 << 20;
    reader.push(&bytes, &mut Kept::default());
    let report = reader.finish(&mut Kept::default()).pop().unwrap();
    let said = report.reason.unwrap();
    assert!(said.starts_with("Text, but no") && said.contains("more than 250 times its size"), "{said}");
}
