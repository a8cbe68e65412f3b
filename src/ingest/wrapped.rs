//! Objects that carry records: as a member, as a string of JSON, or packed in base64.
//!
//! `lookup-events` puts each record into a string, EventBridge into `detail`, CloudWatch Logs into
//! `message`, SNS and SQS put any of these into a string of their own.

use super::base64;
use super::kind::{self, Kind};
use super::pick;
use super::renamed::object_of;
use super::shape::{Shape, shape_of};
use crate::event::cursor::{Broken, Cursor};
use crate::event::{RecordFields, Scan, scan_record};
use crate::json::{self, Mend, mend};

/// How base64 starts of a gzip stream, and of `{"`, `{ `, `{\n`, `[{` and `[\n`.
const ENCODED: [&str; 6] = ["H4sI", "eyJ", "eyA", "ewo", "W3s", "Wwo"];

/// How the messages start with which CloudWatch Logs looks whether a destination is there.
const CONTROL: &[u8] = b"\"CWL CONTROL MESSAGE";

/// Carriers in carriers at most: SQS of SNS of an EventBridge event is three.
const DEEPEST: u8 = 8;

/// What a base64 text inflates to at most, unless it is within the usual ratio.
const INFLATED: u64 = 16 << 20;

/// Members that carry records, and what the object is then.
const CARRIERS: &[(&str, &Kind)] = &[
    ("CloudTrailEvent", kind::LOOKUP_EVENTS),
    ("detail", kind::EVENTBRIDGE),
    ("message", kind::CLOUDWATCH),
    ("@message", kind::CLOUDWATCH),
    ("logEvents", kind::CLOUDWATCH),
    ("awslogs", kind::CLOUDWATCH),
    ("Message", kind::MESSAGE),
    ("Body", kind::MESSAGE),
    ("body", kind::MESSAGE),
    ("Sns", kind::MESSAGE),
    ("kinesis", kind::STREAM),
    ("data", kind::STREAM),
    ("eventJson", kind::LAKE_RESULT),
    ("eventjson", kind::LAKE_RESULT),
    ("ResultSet", kind::QUERY_RESULT),
    ("hits", kind::SEARCH),
    ("result", kind::SEARCH),
    ("log", kind::MESSAGE),
    ("event", kind::MESSAGE),
    // A record or a string in the place of the list.
    ("Records", kind::MESSAGE),
    ("_source", kind::SEARCH),
    ("_raw", kind::SEARCH),
];

/// Lists in an object whose elements are records or carry them.
const LISTS: &[&str] = &[
    "Records",
    "records",
    "Events",
    "logEvents",
    "events",
    "Messages",
    "QueryResultRows",
    "Findings",
    RESULTS,
];

/// A list of anything in many JSON; of CloudWatch Logs Insights it holds the rows of a query.
pub(super) const RESULTS: &str = "results";

/// The list that this key names, if its elements may be records or carry them.
pub(super) fn list_key(key: &[u8]) -> Option<&'static str> {
    LISTS.iter().find(|name| name.as_bytes() == key).copied()
}

/// What an object is, if it has this key at its top and may carry records in it.
pub(super) fn carrier(key: &[u8]) -> Option<&'static Kind> {
    CARRIERS.iter().find(|(name, _)| name.as_bytes() == key).map(|(_, kind)| *kind)
}

/// What is found in a carrier.
pub(super) enum Inside<'a> {
    /// A record: its text, its fields, where it stood.
    Record(&'a [u8], &'a RecordFields<'a>, &'a str),
    /// A record without its end: its text as it stood, its fields, where it stood, and how many
    /// characters it took to read it.
    Mended(&'a [u8], &'a RecordFields<'a>, &'a str, usize),
    /// Text that starts like JSON and is none.
    Broken,
    /// An element of a list, or a value among others, that holds no record.
    Other,
    /// So many bytes were inflated.
    Inflated(u64),
}

/// Takes what is found.
type Take<'t> = dyn FnMut(Inside<'_>) + 't;

/// Whether the value that starts here, of a member that may carry records, looks as if it did; `None`
/// where too little of it is here to tell.
pub(super) fn promises(value: &[u8]) -> Option<bool> {
    let object = match value {
        [b'"', text @ ..] => {
            let is_json = text.starts_with(b"{\\") || text.starts_with(b"[{") || text.starts_with(b"{ ");
            return if text.len() < 4 {
                None
            } else {
                Some(is_json || ENCODED.iter().any(|start| text.starts_with(start.as_bytes())))
            };
        }
        [b'[', list @ ..] => list.trim_ascii_start(),
        value => value,
    };
    let known = |shape| match shape {
        Shape::Event | Shape::Wrapper { .. } => Some(true),
        Shape::Cut => None,
        _ => Some(false),
    };
    match shape_of(object) {
        Shape::Carrier { value, .. } => match object.get(value..) {
            // `kinesis.data`, `awslogs.data`, `Sns.Message`: no deeper.
            Some([b'"', ..]) => object.get(value..).and_then(promises),
            Some(value) => known(shape_of(value)),
            None => None,
        },
        shape => known(shape),
    }
}

/// Whether an object only asks whether somebody listens.
pub(super) fn is_control(object: &[u8]) -> bool {
    memchr::memmem::find(object, CONTROL).is_some()
}

/// Hands on what `object` carries; it stands at `place`: `Events[3]`. Whether it was anything.
pub(super) fn open(object: &[u8], place: &str, take: &mut Take<'_>) -> bool {
    members(object, &mut place.to_owned(), 0, take)
}

/// Hands on what a string carries.
pub(super) fn open_string(text: &str, place: &str, take: &mut Take<'_>) -> bool {
    string(text, &mut place.to_owned(), 0, take)
}

fn members(object: &[u8], place: &mut String, depth: u8, take: &mut Take<'_>) -> bool {
    if depth >= DEEPEST {
        return false;
    }
    let mut cursor = Cursor::new(object);
    let mut any = false;
    // The object is whole: it was scanned.
    let _: Result<(), Broken> = cursor.object(|cursor, key| {
        let known = carrier(key).is_some() || list_key(key).is_some();
        let first = cursor.peek();
        if !known || !matches!(first, b'{' | b'[' | b'"') {
            return cursor.skip();
        }
        let length = place.len();
        if !place.is_empty() {
            place.push('.');
        }
        place.push_str(&String::from_utf8_lossy(key));
        let value = cursor.source()?;
        if let Some(value) = value {
            any |= if key == b"ResultSet" && first == b'{' {
                result_set(value.0, place, take)
            } else {
                self::value(first, value.0, place, depth + 1, take)
            };
        }
        place.truncate(length);
        Ok(())
    });
    any
}

/// The rows of what Athena's `get-query-results` prints: the first one holds the columns' names.
fn result_set(set: &[u8], place: &str, take: &mut Take<'_>) -> bool {
    let mut rows: Vec<Vec<String>> = Vec::new();
    let _: Result<(), Broken> = Cursor::new(set).object(|cursor, key| {
        if key != b"Rows" || cursor.peek() != b'[' {
            return cursor.skip();
        }
        cursor.list(|cursor| {
            rows.push(Vec::new());
            in_members(cursor, b"Data", &mut |cursor| {
                if cursor.peek() != b'[' {
                    return cursor.skip();
                }
                cursor.list(|cursor| {
                    let mut cell = String::new();
                    in_members(cursor, b"VarCharValue", &mut |cursor| {
                        cell = cursor
                            .source()?
                            .map_or_else(String::new, |text| json::decode(text.0).into_owned());
                        Ok(())
                    })?;
                    if let Some(row) = rows.last_mut() {
                        row.push(cell);
                    }
                    Ok(())
                })
            })
        })
    });
    let mut rows = rows.into_iter();
    let columns = rows.next().unwrap_or_default();
    for (row, number) in rows.zip(1_u32..) {
        let record = object_of(&columns, &row);
        match scan_record(record.as_bytes()) {
            Scan::Record { fields, .. } if fields.has_event_shape => {
                take(Inside::Record(record.as_bytes(), &fields, &format!("{place}.Rows[{number}]")));
            }
            _ => take(Inside::Other),
        }
    }
    !columns.is_empty()
}

/// The member of an object that is called `name`; anything else is passed over.
fn in_members<'a>(
    cursor: &mut Cursor<'a>,
    name: &[u8],
    member: &mut dyn FnMut(&mut Cursor<'a>) -> Result<(), Broken>,
) -> Result<(), Broken> {
    if cursor.peek() != b'{' {
        return cursor.skip();
    }
    cursor.object(|cursor, key| if key == name { member(cursor) } else { cursor.skip() })
}

/// A value whose first byte is `first`; of a string its body.
fn value(first: u8, text: &[u8], place: &mut String, depth: u8, take: &mut Take<'_>) -> bool {
    match first {
        b'{' => object(text, place, depth, take),
        b'[' => list(text, place, depth, take),
        b'"' => string(&json::decode(text), place, depth, take),
        _ => false,
    }
}

/// A record, or an object that may carry some.
fn object(text: &[u8], place: &mut String, depth: u8, take: &mut Take<'_>) -> bool {
    match scan_record(text) {
        Scan::Record { fields, len } if fields.has_event_shape => {
            take(Inside::Record(text.get(..len).unwrap_or(text), &fields, place));
            true
        }
        Scan::Record { .. } => members(text, place, depth, take),
        Scan::Cut | Scan::Malformed { .. } => {
            take(Inside::Broken);
            true
        }
    }
}

/// Every element is a record or holds some, or is counted as none.
fn list(text: &[u8], place: &mut String, depth: u8, take: &mut Take<'_>) -> bool {
    let mut number = 0_u32;
    let _: Result<(), Broken> = Cursor::new(text).list(|cursor| {
        let first = cursor.peek();
        let element = cursor.source()?.map_or(&b""[..], |element| element.0);
        let length = place.len();
        place.push_str(&format!("[{number}]"));
        let found = depth < DEEPEST && value(first, element, place, depth + 1, take);
        if !found && !is_control(element) {
            take(Inside::Other);
        }
        place.truncate(length);
        number = number.saturating_add(1);
        Ok(())
    });
    number > 0
}

/// A string that may be JSON, or base64 of it, packed or not.
fn string(text: &str, place: &mut String, depth: u8, take: &mut Take<'_>) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with(['{', '[']) {
        return values(text.as_bytes(), place, depth, take);
    }
    if !ENCODED.iter().any(|start| text.starts_with(start)) {
        return false;
    }
    let Some(mut bytes) = base64::decode(text.as_bytes()) else {
        take(Inside::Broken);
        return true;
    };
    let mut any = false;
    if bytes.starts_with(&[0x1f, 0x8b]) {
        let (inflated, wound) = pick::inflate(&bytes, INFLATED);
        take(Inside::Inflated(inflated.len() as u64));
        if wound.is_some() {
            take(Inside::Broken);
            any = true;
        }
        bytes = inflated;
    }
    values(&bytes, place, depth, take) || any
}

/// Values one after another.
fn values(text: &[u8], place: &mut String, depth: u8, take: &mut Take<'_>) -> bool {
    let mut cursor = Cursor::new(text);
    let (mut any, mut others) = (false, 0_u32);
    loop {
        let first = cursor.peek();
        if cursor.at_end() {
            break;
        }
        let start = cursor.at();
        let Ok(value) = cursor.source() else {
            let rest = text.get(start..).unwrap_or_default();
            if place.ends_with("message") {
                mended(rest, place, take);
            } else {
                take(Inside::Broken);
            }
            any = true;
            break;
        };
        let value = value.map_or(&b""[..], |value| value.0);
        if self::value(first, value, place, depth + 1, take) {
            any = true;
        } else {
            others = others.saturating_add(1);
        }
    }
    // One value that is nothing is said of what carries it.
    if any {
        (0..others).for_each(|_| take(Inside::Other));
    }
    any
}

/// A record in a log message that lost its end, as in AWS's own samples.
fn mended(text: &[u8], place: &str, take: &mut Take<'_>) {
    if let Mend::Mended(mended) = mend(text, true)
        && let Scan::Record { fields, len } = scan_record(&mended.text)
        && fields.has_event_shape
        && len == mended.text.len()
    {
        let text = text.get(..mended.used).unwrap_or_default();
        return take(Inside::Mended(text, &fields, place, mended.changed));
    }
    take(Inside::Broken);
}

/// Whether the object that `text` starts with is a cell of CloudWatch Logs Insights, by its first key; `None`
/// where too little of it is here to tell.
pub(super) fn is_cell(text: &[u8]) -> Option<bool> {
    const KEY: &[u8] = b"\"field\"";
    let text = text.get(1..)?.trim_ascii_start();
    let is_key = text.starts_with(KEY);
    (is_key || !KEY.starts_with(text)).then_some(is_key)
}

/// `{"field":"@message","value":"{}"}` as a member: `"@message":"{}"`.
fn cell(object: &[u8]) -> Option<Vec<u8>> {
    let member = |name: &[u8]| {
        let mut source = None;
        let read = in_members(&mut Cursor::new(object), name, &mut |cursor| {
            cursor.peek();
            let start = cursor.at();
            cursor.skip()?;
            source = object.get(start..cursor.at());
            Ok(())
        });
        read.ok().and(source)
    };
    let field = member(b"field").filter(|name| name.starts_with(b"\""))?;
    Some([field, b":", member(b"value")?].concat())
}

/// A row of a CloudTrail Lake result, a list of objects with one member each, as one object; and one of
/// CloudWatch Logs Insights, where each object names its member.
pub(super) fn row(list: &[u8]) -> Option<Vec<u8>> {
    let mut out = vec![b'{'];
    let read = Cursor::new(list).list(|cursor| {
        if cursor.peek() != b'{' {
            return cursor.skip();
        }
        let start = cursor.at();
        cursor.skip()?;
        let cell = list.get(start..cursor.at()).and_then(cell);
        let inner = cell.as_deref().or(list.get(start + 1..cursor.at() - 1)).unwrap_or_default();
        if inner.iter().any(|byte| !byte.is_ascii_whitespace()) {
            if out.len() > 1 {
                out.push(b',');
            }
            out.extend_from_slice(inner);
        }
        Ok(())
    });
    out.push(b'}');
    read.is_ok().then_some(out)
}

/// Whether a note says that a record was made of columns: it lacks what was not selected.
pub fn is_of_columns(note: &str) -> bool {
    note.starts_with("From ")
}

/// What is said of a record that stood in `place` of something else.
pub(super) fn note(place: &str) -> String {
    match place.rsplit('.').next() {
        _ if place.starts_with("ResultSet.") => {
            format!("From the columns of a query result, `{place}`: it holds what was selected.")
        }
        _ if place.is_empty() => "It stood as a string.".to_owned(),
        Some("detail") => format!("It stood in `{place}` of an EventBridge event."),
        Some("data") => format!("It stood, encoded, in `{place}`."),
        Some("_source" | "event" | "Records" | "@message") => format!("It stood in `{place}`."),
        _ if place.ends_with(']') => format!("It stood in `{place}`."),
        _ => format!("It stood as a string in `{place}`."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn places(object: &str) -> Vec<String> {
        let mut places = Vec::new();
        open(object.as_bytes(), "", &mut |inside| {
            places.push(match inside {
                Inside::Record(_, _, place) => place.to_owned(),
                Inside::Mended(_, _, place, characters) => format!("{place} +{characters}"),
                Inside::Broken => "broken".to_owned(),
                Inside::Other => "other".to_owned(),
                Inside::Inflated(_) => "inflated".to_owned(),
            });
        });
        places
    }

    #[test]
    fn opens_what_is_known_and_no_deeper_than_it_says() {
        let event = r#"{"eventName":"x"}"#;
        let string = |text: &str| serde_json::to_string(text).unwrap();
        let mut nested = event.to_owned();
        for _ in 0..12 {
            nested = format!("{{\"detail\":{nested}}}");
        }
        for (object, expected) in [
            (format!("{{\"detail\":{event}}}"), vec!["detail"]),
            (format!("{{\"message\":{}}}", string(&format!("{event}\n{event}"))), vec!["message", "message"]),
            (
                format!("{{\"Body\":{}}}", string(&format!("[{event},1,{event}]"))),
                vec!["Body[0]", "other", "Body[2]"],
            ),
            (
                format!("{{\"Body\":{}}}", string(&format!("{event} {{}} null {event}"))),
                vec!["Body", "Body", "other", "other"],
            ),
            (
                format!(
                    "{{\"Message\":{}}}",
                    string(&format!("{{\"Records\":[{event},{{}},null,{}]}}", string(event)))
                ),
                vec!["Message.Records[0]", "other", "other", "Message.Records[3]"],
            ),
            (
                r#"{"logEvents":[{"message":"CWL CONTROL MESSAGE: Checking"},{"message":"START"}]}"#
                    .to_owned(),
                vec!["other"],
            ),
            (r#"{"Body":"{\"eventName\":"}"#.to_owned(), vec!["broken"]),
            (r#"{"Body":"hello","detail":1,"other":{"eventName":"x"}}"#.to_owned(), vec![]),
            (nested, vec![]),
        ] {
            assert_eq!(places(&object), expected, "{object}");
        }
    }

    #[test]
    fn rows_become_objects() {
        for (list, object) in [
            (r#"[{"a":"1"},{"b":"2"}]"#, Some(r#"{"a":"1","b":"2"}"#)),
            (r#"[{},1,{"b":"2"}]"#, Some(r#"{"b":"2"}"#)),
            (r#"[{"field":"a","value":"1"},{"value":{}, "field" : "b"}]"#, Some(r#"{"a":"1","b":{}}"#)),
            (r#"[{"field":"a"},{"field":1,"value":2}]"#, Some(r#"{"field":"a","field":1,"value":2}"#)),
            ("[]", Some("{}")),
            ("[{]", None),
        ] {
            assert_eq!(row(list.as_bytes()).as_deref(), object.map(str::as_bytes), "{list}");
        }
    }

    proptest! {
        #[test]
        fn no_text_hurts(text in "[{}\\[\\]\",:\\\\a-zA-Z0-9=]{0,60}") {
            places(&format!("{{\"Body\":{},\"detail\":{text}", serde_json::to_string(&text).unwrap()));
        }
    }
}
