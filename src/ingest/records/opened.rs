//! Records that stand inside something else: what carries them is opened, and they are handed on.

use super::{Flow, RecordReader, State};
use crate::event::{RecordFields, Scan, scan_record};
use crate::ingest::Place;
use crate::ingest::kind::{self, Kind};
use crate::ingest::renamed::renamed;
use crate::ingest::skip::Skip;
use crate::ingest::tally::Out;
use crate::ingest::wrapped::{self, Inside};
use crate::json;

impl RecordReader {
    /// An object of `len` bytes that may carry records starts the window.
    pub(super) fn carried(&mut self, len: usize, kind: &'static Kind, out: &mut Out<'_>) {
        let place = self.element();
        let object = self.window.text().get(..len).unwrap_or_default().to_vec();
        self.open(&object, &place, kind, out);
        self.window.read(len);
    }

    /// Hands on the object of `len` bytes that starts the window if its keys are those of a record in
    /// another case.
    pub(super) fn renamed(&mut self, len: usize, out: &mut Out<'_>) -> bool {
        let Some(record) = self.window.text().get(..len).and_then(renamed) else { return false };
        let Scan::Record { fields, .. } = scan_record(record.as_bytes()) else { return false };
        if fields.has_event_shape {
            const NOTE: &str = "From the columns of a query result: it holds what was selected.";
            self.hand_on(record.as_bytes(), &fields, NOTE, kind::QUERY_RESULT, out);
            self.list.1 = self.list.1.saturating_add(1);
            self.window.read(len);
        }
        fields.has_event_shape
    }

    /// A row of a result of CloudTrail Lake or CloudWatch Logs Insights starts the window.
    pub(super) fn row(&mut self, out: &mut Out<'_>, last: bool) -> Flow {
        let text = self.window.text();
        let Some(len) = Skip::default().go_on(text) else {
            if self.may_wait(last) {
                return Flow::More;
            }
            if last {
                self.findings.cut_record();
                self.window.read(usize::MAX);
            } else {
                self.findings.too_long(self.window.offset());
                self.state = State::Skipping(Skip::default());
            }
            return Flow::On;
        };
        let row = text.get(..len).and_then(wrapped::row);
        let row = row.map(|row| renamed(&row).map_or(row, String::into_bytes));
        let place = self.element();
        let kind = if self.list.0 == "QueryResultRows" { kind::LAKE_RESULT } else { kind::QUERY_RESULT };
        match row {
            None => self.findings.malformed(self.window.offset()),
            Some(row) => match scan_record(&row) {
                Scan::Record { fields, .. } if has_own_columns(&row, &fields) => {
                    let note =
                        format!("From the columns of a query result, `{place}`: it holds what was selected.");
                    self.hand_on(&row, &fields, &note, kind, out);
                    self.list.1 = self.list.1.saturating_add(1);
                }
                _ => self.open(&row, &place, kind, out),
            },
        }
        self.window.read(len);
        Flow::On
    }

    fn open(&mut self, object: &[u8], place: &str, kind: &'static Kind, out: &mut Out<'_>) {
        let any = wrapped::open(object, place, &mut |inside| self.take(inside, kind, out));
        self.opened(any, object, kind);
    }

    /// A string stands where a record could, of `len` bytes in the window: it may hold one.
    pub(super) fn string(&mut self, len: usize, out: &mut Out<'_>) {
        let place = self.element();
        let text = self.window.text().get(1..len.saturating_sub(1)).unwrap_or_default();
        let text = json::decode(text).into_owned();
        let kind = kind::LOOKUP_EVENTS;
        let any = wrapped::open_string(&text, &place, &mut |inside| self.take(inside, kind, out));
        self.opened(any, text.as_bytes(), kind);
        self.window.read(len);
    }

    /// Counts one thing that a carrier holds.
    fn take(&mut self, inside: Inside<'_>, kind: &'static Kind, out: &mut Out<'_>) {
        let offset = self.window.offset();
        match inside {
            Inside::Record(text, fields, place) => {
                self.hand_on(text, fields, &wrapped::note(place), kind, out);
            }
            Inside::Mended(text, fields, place, characters) => {
                self.findings.mended(offset, characters);
                self.hand_on(text, fields, &wrapped::note(place), kind, out);
            }
            Inside::Broken => self.findings.broken_inside(offset),
            Inside::Other => self.findings.foreign(self.named(kind), offset),
            Inside::Inflated(bytes) => out.tally.produce(bytes),
        }
    }

    /// Counts a carrier in which nothing was found.
    fn opened(&mut self, any: bool, text: &[u8], kind: &'static Kind) {
        if !any && wrapped::is_control(text) {
            self.findings.foreign_kind.get_or_insert(kind);
        } else if !any {
            let is_notice = memchr::memmem::find(text, b"s3ObjectKey").is_some();
            let kind = if is_notice { kind::NOTIFICATION } else { self.named(kind) };
            self.findings.foreign(kind, self.window.offset());
        }
        self.list.1 = self.list.1.saturating_add(1);
    }

    /// What it is called that carries no record: any JSON may have a member that is called so.
    fn named(&self, kind: &'static Kind) -> &'static Kind {
        let unsure = [kind::CLOUDWATCH, kind::MESSAGE, kind::STREAM, kind::SEARCH].contains(&kind);
        if unsure && self.list.0.is_empty() { kind::JSON } else { kind }
    }

    /// Hands on a record that is not in the text as it is.
    pub(super) fn hand_on(
        &mut self,
        text: &[u8],
        fields: &RecordFields<'_>,
        note: &str,
        kind: &'static Kind,
        out: &mut Out<'_>,
    ) {
        let number = self.first_number.saturating_add(self.findings.next_number());
        out.sink.note(note);
        out.record(Place { entry: self.entry, offset: self.window.offset(), number }, text, fields);
        self.findings.carrier.get_or_insert(kind);
        self.findings.delivered(false);
    }

    /// How the element is called that the window starts with: `Events[3]`.
    fn element(&self) -> String {
        match (self.list.0, self.levels.len()) {
            (_, 0 | 1) => String::new(),
            (key, _) => format!("{key}[{}]", self.list.1),
        }
    }
}

/// Whether a row is better read from its own columns than from a record it carries.
fn has_own_columns(row: &[u8], fields: &RecordFields<'_>) -> bool {
    let carries = |name: &str| memchr::memmem::find(row, name.as_bytes()).is_some();
    fields.has_event_shape && !carries("\"eventJson\"") && !carries("\"@message\"")
}
