//! CSV (RFC 4180) with events in its rows: Event history of the console, Athena, CloudTrail Lake.
//!
//! A row that carries the record whole, in `eventJson`, gives that. Of any other row a record is made
//! from its columns: it holds what the columns hold, and a note says so.

use std::borrow::Cow;

use super::{Flow, LONGEST_RECORD, RecordReader, State};
use crate::event::cursor::Cursor;
use crate::event::{Scan, scan_record};
use crate::ingest::kind::{self, Kind};
use crate::ingest::tally::Out;
use crate::ingest::wrapped;

/// The columns of Event history, and where in a record what they hold belongs.
const EVENT_HISTORY: &[(&str, &str)] = &[
    ("user name", "userIdentity.userName"),
    ("aws access key", "userIdentity.accessKeyId"),
    ("event time", "eventTime"),
    ("event source", "eventSource"),
    ("event name", "eventName"),
    ("aws region", "awsRegion"),
    ("source ip address", "sourceIPAddress"),
    ("user agent", "userAgent"),
    ("error code", "errorCode"),
    ("resources", "resources"),
    ("request id", "requestID"),
    ("event id", "eventID"),
    ("read-only", "readOnly"),
    ("event type", "eventType"),
    ("recipient account id", "recipientAccountId"),
    ("event category", "eventCategory"),
];

/// Fields of a record whose columns Athena and Lake write in lower case.
const FIELDS: &[&str] = &[
    "eventVersion",
    "userIdentity",
    "eventTime",
    "eventSource",
    "eventName",
    "awsRegion",
    "sourceIPAddress",
    "userAgent",
    "errorCode",
    "errorMessage",
    "requestParameters",
    "responseElements",
    "additionalEventData",
    "requestID",
    "eventID",
    "readOnly",
    "resources",
    "eventType",
    "apiVersion",
    "managementEvent",
    "recipientAccountId",
    "serviceEventDetails",
    "sharedEventID",
    "vpcEndpointId",
    "vpcEndpointAccountId",
    "eventCategory",
    "addendum",
    "sessionCredentialFromConsole",
    "edgeDeviceDetails",
    "tlsDetails",
    "insightDetails",
    "eventJson",
];

const HISTORY_NOTE: &str = "From an Event history CSV: it holds no request and no response.";
const COLUMNS_NOTE: &str = "From the columns of a CSV: it holds what was selected.";

/// A CSV whose header has been read, or will be.
#[derive(Default)]
pub(super) struct Csv {
    /// Where in a record each column belongs.
    columns: Vec<String>,
    separator: u8,
    is_history: bool,
}

/// A header that is longer than this is none.
const LONGEST_HEADER: usize = 16 << 10;

/// Whether the text is so far the start of what may be a header.
pub(super) fn may_go_on(text: &[u8]) -> bool {
    text.len() < LONGEST_HEADER && memchr::memchr3(b'\n', b'{', b':', text).is_none()
}

/// What a CSV is that starts with this text, if its columns are those of events.
pub(super) fn kind_of(text: &[u8]) -> Option<&'static Kind> {
    let text = text.get(..LONGEST_HEADER).unwrap_or(text);
    let line = text.split(|&byte| byte == b'\n').next().unwrap_or_default();
    if memchr::memchr2(b'{', b':', line).is_some() {
        return None;
    }
    let mut csv = Csv::default();
    csv.read_header(line);
    let known = |field: &str| csv.columns.iter().any(|column| column == field);
    let is_event = known("eventJson") || known("eventName") && (known("eventSource") || known("eventTime"));
    (is_event && (csv.columns.len() > 1 || known("eventJson"))).then_some(if csv.is_history {
        kind::EVENT_HISTORY
    } else {
        kind::LAKE_CSV
    })
}

impl RecordReader {
    /// Reads row after row.
    pub(super) fn csv(&mut self, out: &mut Out<'_>, last: bool) -> Flow {
        let text = self.window.text();
        if text.is_empty() {
            return Flow::More;
        }
        let here = text.len();
        let Some(length) = row_length(text, last) else {
            if self.may_wait(last) {
                return Flow::More;
            }
            if !last && here > LONGEST_RECORD {
                self.findings.too_long(self.window.offset());
            } else {
                self.findings.cut_record();
            }
            self.state = State::Stopped;
            return Flow::On;
        };
        let row = text.get(..length).unwrap_or_default().to_vec();
        let State::Csv(mut csv) = std::mem::replace(&mut self.state, State::Stopped) else {
            return Flow::More;
        };
        if csv.columns.is_empty() {
            csv.read_header(&row);
        } else if row.iter().any(|byte| !byte.is_ascii_whitespace()) {
            self.csv_row(&csv, &row, out);
        }
        self.window.read(length);
        self.state = State::Csv(csv);
        Flow::On
    }

    fn csv_row(&mut self, csv: &Csv, row: &[u8], out: &mut Out<'_>) {
        let fields = split(row, csv.separator);
        if fields.len() != csv.columns.len() {
            // Only the end of the text can end a row that no line break ends.
            if !row.ends_with(b"\n") && fields.len() < csv.columns.len() {
                self.findings.cut_record();
            } else {
                self.findings.misshapen(self.window.offset());
            }
            return;
        }
        let whole = csv.columns.iter().zip(&fields).find(|(column, _)| *column == "eventJson");
        let (text, note) = match whole {
            Some((_, text)) if text.trim_start().starts_with('{') => {
                let number = self.findings.next_number().saturating_add(2);
                (text.trim().to_owned(), wrapped::note(&format!("eventJson of row {number}")))
            }
            _ => {
                let note = if csv.is_history { HISTORY_NOTE } else { COLUMNS_NOTE };
                (csv.record(&fields), note.to_owned())
            }
        };
        let kind = if csv.is_history { kind::EVENT_HISTORY } else { kind::LAKE_CSV };
        match scan_record(text.as_bytes()) {
            Scan::Record { fields, len } if fields.has_event_shape => {
                let text = text.as_bytes().get(..len).unwrap_or_default();
                self.hand_on(text, &fields, &note, kind, out);
            }
            Scan::Record { .. } => self.findings.foreign(kind, self.window.offset()),
            Scan::Cut | Scan::Malformed { .. } => self.findings.malformed(self.window.offset()),
        }
    }
}

impl Csv {
    fn read_header(&mut self, row: &[u8]) {
        let count = |separator: u8| row.iter().filter(|&&byte| byte == separator).count();
        self.separator =
            [b',', b';', b'\t'].into_iter().max_by_key(|&byte| (count(byte), byte == b',')).unwrap_or(b',');
        let names = split(row, self.separator);
        self.is_history = names.iter().any(|name| name.trim().eq_ignore_ascii_case("event name"));
        self.columns =
            names.iter().map(|name| self.column(name.trim_start_matches('\u{feff}').trim())).collect();
    }

    fn column(&self, name: &str) -> String {
        let history =
            EVENT_HISTORY.iter().find(|(column, _)| self.is_history && name.eq_ignore_ascii_case(column));
        let field = FIELDS.iter().find(|field| name.eq_ignore_ascii_case(field));
        history.map(|(_, field)| *field).or(field.copied()).unwrap_or(name).to_owned()
    }

    /// The record that the columns of a row make.
    fn record(&self, fields: &[Cow<'_, str>]) -> String {
        let mut identity = String::new();
        let mut members = String::new();
        for (column, text) in self.columns.iter().zip(fields) {
            if text.is_empty() || text == "null" || column.is_empty() {
                continue;
            }
            match column.strip_prefix("userIdentity.").filter(|_| self.is_history) {
                Some(name) => member(&mut identity, name, text),
                None => member(&mut members, column, text),
            }
        }
        if identity.is_empty() {
            format!("{{{members}}}")
        } else {
            let comma = if members.is_empty() { "" } else { "," };
            format!("{{\"userIdentity\":{{{identity}}}{comma}{members}}}")
        }
    }
}

/// Writes a member: JSON as it is, anything else as a string.
fn member(members: &mut String, name: &str, text: &str) {
    if !members.is_empty() {
        members.push(',');
    }
    string(members, name);
    members.push(':');
    let is_json = matches!(text, "true" | "false") || text.starts_with(['{', '[']) && is_value(text);
    if is_json { members.push_str(text) } else { string(members, text) }
}

fn is_value(text: &str) -> bool {
    let mut cursor = Cursor::new(text.as_bytes());
    cursor.skip().is_ok() && {
        cursor.peek();
        cursor.at_end()
    }
}

fn string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control @ '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
}

/// The length of the row that `text` starts with, its line end included. `None` if its end is not here.
fn row_length(text: &[u8], last: bool) -> Option<usize> {
    let mut quoted = false;
    for (at, &byte) in text.iter().enumerate() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => return Some(at + 1),
            _ => {}
        }
    }
    (last && !quoted).then_some(text.len())
}

/// The fields of a row, decoded.
fn split(row: &[u8], separator: u8) -> Vec<Cow<'_, str>> {
    let mut row = row.strip_suffix(b"\n").unwrap_or(row);
    row = row.strip_suffix(b"\r").unwrap_or(row);
    let mut fields = Vec::new();
    let (mut start, mut quoted) = (0, false);
    for (at, &byte) in row.iter().enumerate() {
        if byte == b'"' {
            quoted = !quoted;
        } else if byte == separator && !quoted {
            fields.push(field(&row[start..at]));
            start = at + 1;
        }
    }
    fields.push(field(&row[start..]));
    fields
}

fn field(raw: &[u8]) -> Cow<'_, str> {
    match raw.strip_prefix(b"\"").and_then(|raw| raw.strip_suffix(b"\"")) {
        Some(body) if memchr::memchr(b'"', body).is_some() => {
            String::from_utf8_lossy(body).replace("\"\"", "\"").into()
        }
        Some(body) => String::from_utf8_lossy(body),
        None => String::from_utf8_lossy(raw),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_fields_are_those_of_rfc_4180() {
        for (row, fields) in [
            ("a,b,c\r\n", vec!["a", "b", "c"]),
            ("\"a,b\",\"say \"\"x\"\"\",\n", vec!["a,b", "say \"x\"", ""]),
            ("\"two\nlines\",x\n", vec!["two\nlines", "x"]),
            ("", vec![""]),
        ] {
            assert_eq!(split(row.as_bytes(), b','), fields, "{row}");
            let more = format!("{row}next");
            assert_eq!(row_length(more.as_bytes(), false), (!row.is_empty()).then_some(row.len()), "{row}");
        }
    }

    #[test]
    fn a_header_tells_what_the_csv_is() {
        for (text, kind) in [
            ("User name,Event time,Event source,Event name\nx", Some(kind::EVENT_HISTORY)),
            ("\"eventjson\"\n", Some(kind::LAKE_CSV)),
            ("eventtime;eventname;useridentity\n", Some(kind::LAKE_CSV)),
            ("name,eventtime\n", None),
            ("{\"eventName\":1,\"eventSource\":2,\"eventTime\":3}", None),
            ("$ grep eventName,eventSource x\n", None),
            ("", None),
        ] {
            assert_eq!(kind_of(text.as_bytes()), kind, "{text}");
        }
    }
}
