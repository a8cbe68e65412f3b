//! CSV (RFC 4180) with events in its rows: Event history of the console, Athena, CloudTrail Lake.
//!
//! A row that carries the record whole, in `eventJson`, gives that. Of any other row a record is made
//! from its columns: it holds what the columns hold, and a note says so.

use std::borrow::Cow;

use super::{Flow, LONGEST_RECORD, RecordReader, State};
use crate::event::{Scan, scan_record};
use crate::ingest::kind::{self, ENOUGH, Kind};
use crate::ingest::renamed::{field_name, string, value_of_text};
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

const HISTORY_NOTE: &str = "From an Event history CSV: it holds no request and no response.";
const COLUMNS_NOTE: &str = "From the columns of a CSV: it holds what was selected.";
const END_NOTE: &str = " The file ends in its row: the last value may be cut.";

/// A CSV whose header has been read, or will be.
#[derive(Default)]
pub(super) struct Csv {
    /// Where in a record each column belongs.
    columns: Vec<String>,
    separator: u8,
    is_history: bool,
    /// The column that holds records whole, of an export of logs; empty where it is `eventJson`.
    whole: &'static str,
    /// How the last value of the row before starts.
    last: String,
    /// Whether it was asked if a row ends inside a quoted value.
    asked: bool,
}

/// How many lines are looked at for that.
const LINES: usize = 1_000;

/// As much is kept of [`Csv::last`].
const LAST: usize = 64;

/// Columns of other exports that hold records whole: of CloudWatch Logs Insights, of Splunk.
const WHOLE: &[&str] = &["@message", "_raw"];

/// A header that is longer than this is none.
const LONGEST_HEADER: usize = 16 << 10;

/// Whether the text is so far the start of what may be a header.
pub(super) fn may_go_on(text: &[u8]) -> bool {
    text.len() < LONGEST_HEADER && memchr::memchr3(b'\n', b'{', b':', text).is_none()
}

/// Lines in front of a header, at most: `sep=;`, a title.
const TITLES: usize = 3;

/// What a CSV is that starts with this text, if its columns are those of events, and where they stand.
pub(super) fn kind_of(text: &[u8]) -> Option<(&'static Kind, usize)> {
    let first = text.get(..LONGEST_HEADER).unwrap_or(text);
    let end = line_end(first).unwrap_or(first.len());
    if let Some(kind) = kind_of_header(&first[..end]) {
        return Some((kind, 0));
    }
    // However the text is split, so much of it is here.
    let head = text.get(..ENOUGH).unwrap_or(text);
    let mut at = end;
    for _ in 0..TITLES {
        let line = head.get(at..).filter(|line| !line.is_empty())?;
        let end = line_end(line)?;
        if let Some(kind) = kind_of_header(&line[..end]) {
            return Some((kind, at));
        }
        at += end;
    }
    None
}

fn kind_of_header(line: &[u8]) -> Option<&'static Kind> {
    if memchr::memchr2(b'{', b':', line).is_some() {
        return None;
    }
    let mut csv = Csv::default();
    csv.read_header(line);
    let known = |field: &str| csv.columns.iter().any(|column| column == field);
    let is_event = known("eventJson") || known("eventName") && (known("eventSource") || known("eventTime"));
    (is_event && (csv.columns.len() > 1 || known("eventJson"))).then(|| csv.kind())
}

impl RecordReader {
    /// Reads row after row.
    pub(super) fn csv(&mut self, out: &mut Out<'_>, last: bool) -> Flow {
        let text = self.window.text();
        if text.is_empty() {
            return Flow::More;
        }
        let here = text.len();
        let State::Csv(mut csv) = std::mem::replace(&mut self.state, State::Stopped) else {
            return Flow::More;
        };
        let mut ends = Vec::new();
        let read = read_row(text, csv.separator, last, &mut ends);
        // A broken row costs its line, so the line must be here.
        let goes_on = read == Row::More || read == Row::Broken && line_end(text).is_none();
        if goes_on && self.may_wait(last) {
            self.state = State::Csv(csv);
            return Flow::More;
        }
        let offset = self.window.offset();
        let text = self.window.text();
        let (length, is_row) = match (read, line_end(text)) {
            (Row::Whole(length), _) => (length, true),
            (Row::More, Some(line)) if last && csv.ends_inside(text.get(line..).unwrap_or_default()) => {
                (text.len(), false)
            }
            // A quote has no end, or one inside: what follows is read as if it were not there.
            (_, Some(line)) => (line, csv.columns.is_empty()),
            (_, None) => (text.len(), false),
        };
        let row = text.get(..length).unwrap_or_default().to_vec();
        if csv.columns.is_empty() {
            csv.read_header(&row);
        } else if is_row {
            self.csv_row(&mut csv, &row, &ends, out);
        } else if here > LONGEST_RECORD && !last {
            self.findings.too_long(offset);
        } else if read == Row::More && length == here {
            self.findings.cut_record();
        } else {
            self.findings.misshapen(offset);
        }
        self.window.read(length);
        self.state = State::Csv(csv);
        Flow::On
    }

    fn csv_row(&mut self, csv: &mut Csv, row: &[u8], ends: &[usize], out: &mut Out<'_>) {
        let mut fields = fields(row, ends);
        if fields.iter().all(|field| field.trim().is_empty()) {
            return;
        }
        while fields.len() > csv.columns.len() && fields.last().is_some_and(|field| field.is_empty()) {
            fields.pop();
        }
        if fields.len() != csv.columns.len() {
            // Only the end of the text can end a row that no line break ends.
            if !has_line_end(row) && fields.len() < csv.columns.len() {
                self.findings.cut_record();
            } else {
                self.findings.misshapen(self.window.offset());
            }
            return;
        }
        // Many a CSV has no line break at its end; one that ends in `Manag` behind `Management` is cut.
        let last = fields.last().map_or("", AsRef::as_ref);
        let is_start = !last.is_empty() && last.len() < csv.last.len() && csv.last.starts_with(last);
        if is_start && !matches!(row.last(), Some(b'\r' | b'\n' | b'"')) {
            self.findings.cut_value = Some(self.findings.next_number());
        }
        csv.last = last.get(..last.floor_char_boundary(LAST)).unwrap_or_default().to_owned();
        let whole = csv.columns.iter().zip(&fields).find(|(column, _)| *column == "eventJson");
        let (text, note) = match whole {
            Some((_, text)) if text.trim_start().starts_with('{') => {
                let number = self.findings.next_number().saturating_add(2);
                let column = if csv.whole.is_empty() { "eventJson" } else { csv.whole };
                (text.trim().to_owned(), wrapped::note(&format!("{column} of row {number}")))
            }
            _ => {
                let note = if csv.is_history { HISTORY_NOTE } else { COLUMNS_NOTE };
                (csv.record(&fields), [note, if has_line_end(row) { "" } else { END_NOTE }].concat())
            }
        };
        let kind = csv.kind();
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
    /// Whether the text ends inside a quoted value: no line behind its first one, of those that are looked at,
    /// is a row of its own. That is asked once, so that no text is read again and again.
    fn ends_inside(&mut self, behind: &[u8]) -> bool {
        if std::mem::replace(&mut self.asked, true) || self.columns.is_empty() {
            return false;
        }
        let mut at = 0;
        for _ in 0..LINES {
            let Some(line) = behind.get(at..).filter(|line| !line.is_empty()) else { return true };
            let end = line_end(line).unwrap_or(line.len());
            if cells(&line[..end], self.separator).len() == self.columns.len() {
                return false;
            }
            at += end;
        }
        false
    }

    fn read_header(&mut self, row: &[u8]) {
        self.separator = separator_of(row);
        let names = cells(row, self.separator);
        self.is_history = names.iter().any(|name| name.trim().eq_ignore_ascii_case("event name"));
        let names = names.iter().map(|name| name.trim_start_matches('\u{feff}').trim());
        self.whole =
            WHOLE.iter().find(|whole| names.clone().any(|name| name == **whole)).copied().unwrap_or_default();
        self.columns = names.map(|name| self.column(name)).collect();
    }

    fn kind(&self) -> &'static Kind {
        match wrapped::carrier(self.whole.as_bytes()) {
            Some(kind) => kind,
            None if self.is_history => kind::EVENT_HISTORY,
            None => kind::LAKE_CSV,
        }
    }

    fn column(&self, name: &str) -> String {
        if !self.whole.is_empty() && name == self.whole {
            return "eventJson".to_owned();
        }
        let history =
            EVENT_HISTORY.iter().find(|(column, _)| self.is_history && name.eq_ignore_ascii_case(column));
        history.map_or_else(|| field_name(name), |(_, field)| *field).to_owned()
    }

    /// The record that the columns of a row make.
    fn record(&self, fields: &[Cow<'_, str>]) -> String {
        let mut identity = String::new();
        let mut members = String::new();
        for (column, text) in self.columns.iter().zip(fields) {
            if text.is_empty() || text == "null" || column.is_empty() {
                // That there was no error is more than that nothing is known of one.
                if column == "errorCode" {
                    member(&mut members, column, "null");
                }
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

/// Writes a member.
fn member(members: &mut String, name: &str, text: &str) {
    if !members.is_empty() {
        members.push(',');
    }
    string(members, name);
    members.push(':');
    value_of_text(members, name, text);
}

/// Where a row ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Row {
    /// Behind so many bytes, its line end included.
    Whole(usize),
    /// Its end is not here; at the end of the text a quote has none.
    More,
    /// A quote in it is none.
    Broken,
}

/// Reads the row that `text` starts with, and where each field of it ends. A quote opens only at the start
/// of a field, and closes only at its end.
fn read_row(text: &[u8], separator: u8, last: bool, ends: &mut Vec<usize>) -> Row {
    let ends_field = |byte: u8| byte == separator || matches!(byte, b'\r' | b'\n');
    let mut at = 0;
    loop {
        if text.get(at) == Some(&b'"') {
            loop {
                let Some(quote) = text.get(at + 1..).and_then(|rest| memchr::memchr(b'"', rest)) else {
                    return Row::More;
                };
                at += quote + 2;
                match text.get(at) {
                    Some(b'"') => {}
                    Some(&byte) if !ends_field(byte) => return Row::Broken,
                    _ => break,
                }
            }
        }
        match text.get(at..).and_then(|rest| rest.iter().position(|&byte| ends_field(byte))) {
            None if !last => return Row::More,
            None => {
                ends.push(text.len());
                return Row::Whole(text.len());
            }
            Some(field) => at += field,
        }
        ends.push(at);
        if text.get(at) != Some(&separator) {
            // A CR that is the last byte here may be half of a line end.
            let is_half = text.get(at) == Some(&b'\r') && at + 1 == text.len() && !last;
            return if is_half { Row::More } else { Row::Whole(at + line_end(&text[at..]).unwrap_or(1)) };
        }
        at += 1;
    }
}

/// What stands between the fields of a row.
pub(in crate::ingest) fn separator_of(row: &[u8]) -> u8 {
    let count = |separator: u8| row.iter().filter(|&&byte| byte == separator).count();
    [b',', b';', b'\t'].into_iter().max_by_key(|&byte| (count(byte), byte == b',')).unwrap_or(b',')
}

/// The fields of a row that is here whole; those before a quote that is none.
pub(in crate::ingest) fn cells(row: &[u8], separator: u8) -> Vec<Cow<'_, str>> {
    let mut ends = Vec::new();
    read_row(row, separator, true, &mut ends);
    fields(row, &ends)
}

/// Where the first line ends, behind its CR, LF or both.
fn line_end(text: &[u8]) -> Option<usize> {
    let at = memchr::memchr2(b'\r', b'\n', text)?;
    Some(at + if text[at..].starts_with(b"\r\n") { 2 } else { 1 })
}

fn has_line_end(row: &[u8]) -> bool {
    matches!(row.last(), Some(b'\r' | b'\n'))
}

/// The fields of a row, decoded.
fn fields<'a>(row: &'a [u8], ends: &[usize]) -> Vec<Cow<'a, str>> {
    let mut start = 0;
    let mut fields = Vec::with_capacity(ends.len());
    for &end in ends {
        fields.push(field(row.get(start..end).unwrap_or_default()));
        start = end + 1;
    }
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
            ("aws \"cli,x\r", vec!["aws \"cli", "x"]),
        ] {
            let (mut ends, more) = (Vec::new(), format!("{row}next"));
            assert_eq!(read_row(more.as_bytes(), b',', false, &mut ends), Row::Whole(row.len()), "{row}");
            assert_eq!(super::fields(row.as_bytes(), &ends), fields, "{row}");
        }
        for (row, last, end) in [
            ("a,\"b", false, Row::More),
            ("a,\"b\"", false, Row::More),
            ("a\r", false, Row::More),
            ("a\r", true, Row::Whole(2)),
            ("a,\"b\nc\n", true, Row::More),
            ("\"a,\"b\"\n", false, Row::Broken),
            ("", true, Row::Whole(0)),
        ] {
            assert_eq!(read_row(row.as_bytes(), b',', last, &mut Vec::new()), end, "{row}");
        }
    }

    #[test]
    fn a_header_tells_what_the_csv_is() {
        for (text, kind) in [
            ("User name,Event time,Event source,Event name\nx", Some((kind::EVENT_HISTORY, 0))),
            ("\"eventjson\"\n", Some((kind::LAKE_CSV, 0))),
            ("eventtime;eventname;useridentity\n", Some((kind::LAKE_CSV, 0))),
            ("sep=;\r\neventtime;eventname\r\n", Some((kind::LAKE_CSV, 7))),
            ("Events of 10:00\n\neventtime,eventname\n", Some((kind::LAKE_CSV, 17))),
            ("name,eventtime\n", None),
            ("{\"eventName\":1,\"eventSource\":2,\"eventTime\":3}", None),
            ("$ grep eventName,eventSource x\n", None),
            ("", None),
        ] {
            assert_eq!(kind_of(text.as_bytes()), kind, "{text}");
        }
    }
}
