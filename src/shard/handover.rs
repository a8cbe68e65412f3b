//! A hand-over of this shard's records: the passes over their text, and one record before and after.

use crate::columnar;
use crate::event::RecordFields;
use crate::exposure;
use crate::ingest::{FileReader, Place, RecordSink};
use crate::json::{Document, Kind, Value};
use crate::protocol::{ExposureKind, Fate, Format, PreviewLine, PreviewRecord, SortKey};
use crate::pseudonym::{Check, Cleaner, Collector, Leak, leaks};
use crate::redaction::is_marker;
use crate::table::Marks;

use super::{Shard, handover_csv};

/// What a pass does with each record.
pub enum Pass {
    /// Notes its originals.
    Collect(Collector),
    /// Writes it anew.
    Write(Box<Writer>),
}

/// Writes records in a form.
pub struct Writer {
    /// How values are replaced.
    pub cleaner: Cleaner,
    /// The form.
    pub format: Format,
    /// What is written and not taken yet.
    pub out: Vec<u8>,
    /// Whether a record stands before the next one.
    pub begun: bool,
    /// Values by key, for the page: half as long when compressed.
    pub columns: columnar::Writer,
}

/// A pass over the records in scope, in the order of their files.
pub struct Work {
    rows: Vec<u32>,
    next: usize,
    /// Records that were seen: fewer than rows where a file has changed.
    pub seen: u64,
    /// Their text, in bytes.
    pub bytes: u64,
    /// What is done.
    pub pass: Pass,
}

impl Work {
    /// Over some rows, in the order of the table.
    #[must_use]
    pub fn new(rows: Vec<u32>, pass: Pass) -> Self {
        Self { rows, next: 0, seen: 0, bytes: 0, pass }
    }

    fn record(&mut self, text: &[u8]) {
        // A record that was printed without its end is written with it: the copy must read as JSON.
        let Ok((document, _)) = Document::parse_mended(text) else { return };
        let text = document.root().source();
        self.seen += 1;
        self.bytes += text.len() as u64;
        let leaks = secrets(&document);
        match &mut self.pass {
            Pass::Collect(collector) => collector.record(&document, &leaks),
            Pass::Write(writer) => writer.record(text, &document, &leaks),
        }
    }
}

impl Writer {
    /// Writes records in a form, so that they are cleaned.
    #[must_use]
    pub fn new(cleaner: Cleaner, format: Format, out: Vec<u8>, begun: bool) -> Self {
        let columns = columnar::Writer::new(cleaner.seed());
        Self { cleaner, format, out, begun, columns }
    }

    fn record(&mut self, text: &[u8], document: &Document<'_>, leaks: &[Leak]) {
        let mut record = Vec::with_capacity(text.len() + 64);
        self.cleaner.record(text, document, leaks, &mut record);
        match self.format {
            Format::Csv => handover_csv::push_row(&mut self.out, &record),
            Format::Records => {
                if self.begun {
                    self.out.extend_from_slice(b",\n");
                }
                self.out.extend_from_slice(&record);
            }
            Format::Lines => {
                push_line(&mut self.out, &record);
                self.out.push(b'\n');
            }
            Format::Page => {
                let mut line = Vec::with_capacity(record.len());
                push_line(&mut line, &record);
                self.columns.record(&line, &mut self.out);
            }
        }
        self.begun = true;
    }

    /// Writes what is held back until enough has come.
    pub fn finish(&mut self) {
        self.columns.finish(&mut self.out);
    }
}

/// A record on one line. JSON has no line ends inside strings, so those that are there are between
/// values.
fn push_line(out: &mut Vec<u8>, record: &[u8]) {
    for (at, line) in record.split(|byte| matches!(byte, b'\n' | b'\r')).enumerate() {
        out.extend_from_slice(if at == 0 { line } else { line.trim_ascii_start() });
    }
}

/// What a form begins and ends with.
#[must_use]
pub fn frame(format: Format) -> (&'static str, &'static str) {
    match format {
        Format::Records => ("{\"Records\":[\n", "\n]}\n"),
        Format::Csv => (handover_csv::HEAD, ""),
        Format::Lines | Format::Page => ("", ""),
    }
}

impl Shard {
    /// The rows in scope: the matches of a question, or all that are shown.
    #[must_use]
    pub fn rows_in_scope(&self, question: Option<u32>) -> Vec<u32> {
        let Some(question) = question else {
            return (0..self.table.len()).filter(|&row| !self.table.marks(row).has(Marks::COPY)).collect();
        };
        let mut rows = self.ordered(question).to_vec();
        rows.sort_unstable();
        rows
    }

    /// First and last time of some rows, milliseconds since 1970 UTC.
    #[must_use]
    pub fn span_of(&self, rows: &[u32]) -> Option<(i64, i64)> {
        let times = rows.iter().filter_map(|&row| self.table.times().get(row as usize).copied());
        times.filter(|ms| *ms != SortKey::UNDATED).fold(None, |span, ms| {
            Some(span.map_or((ms, ms), |(first, last): (i64, i64)| (first.min(ms), last.max(ms))))
        })
    }

    /// The file whose text a pass needs next.
    #[must_use]
    pub fn work_source(&self, work: &Work) -> Option<u32> {
        work.rows.get(work.next).and_then(|&row| self.table.place(row)).map(|place| place.source)
    }

    /// Begins to read a file for a pass.
    #[must_use]
    pub fn work_reader(&self, source: u32) -> FileReader {
        let (path, size) = self.files.get(&source).map_or(("", 0), |file| (file.path.as_str(), file.size));
        FileReader::new(path, size)
    }

    /// The next bytes of that file. False when nothing more is needed of it.
    pub fn work_push(&self, work: &mut Work, source: u32, reader: &mut FileReader, bytes: &[u8]) -> bool {
        let mut sink = WorkSink { shard: self, work, source };
        reader.push(bytes, &mut sink);
        let wants_more = sink.wanted().is_some();
        reader.take_reports();
        wants_more
    }

    /// Ends that file. Rows whose text did not come are passed over.
    pub fn work_close(&self, work: &mut Work, source: u32, reader: FileReader) {
        let mut sink = WorkSink { shard: self, work, source };
        let _ = reader.finish(&mut sink);
        while sink.wanted().is_some() {
            sink.work.next += 1;
        }
    }
}

struct WorkSink<'w> {
    shard: &'w Shard,
    work: &'w mut Work,
    source: u32,
}

impl WorkSink<'_> {
    /// The number of the next record in scope, if it is of this file.
    fn wanted(&self) -> Option<u32> {
        let row = *self.work.rows.get(self.work.next)?;
        self.shard.table.place(row).filter(|place| place.source == self.source).map(|place| place.record)
    }
}

impl RecordSink for WorkSink<'_> {
    fn record(&mut self, place: Place, text: &[u8], _fields: &RecordFields<'_>) {
        while let Some(record) = self.wanted().filter(|record| *record <= place.number) {
            if record == place.number {
                self.work.record(text);
            }
            self.work.next += 1;
        }
    }
}

/// Reads a finished file and looks for originals in it.
pub struct CheckSink<'c>(pub Check<'c>);

impl RecordSink for CheckSink<'_> {
    fn record(&mut self, _place: Place, text: &[u8], _fields: &RecordFields<'_>) {
        self.0.record(text);
    }
}

/// What is taken out whatever the reader chose: values that let somebody in, and texts that people or programs
/// wrote for nobody else. Addresses and names of people have pseudonyms instead.
fn secrets(document: &Document<'_>) -> Vec<Leak> {
    let found = exposure::find(document);
    let exposed = found.iter().filter(|exposure| exposure.kind < ExposureKind::Phone);
    let exposed = exposed.filter_map(|exposure| Leak::at(document, &exposure.path, exposure.span));
    let mut all = leaks(document);
    all.extend(exposed);
    all.sort_unstable_by_key(|leak| (leak.value, leak.span));
    all.dedup_by(|later, earlier| {
        let meets = later.value == earlier.value && later.span.0 <= earlier.span.1;
        if meets {
            earlier.span.1 = earlier.span.1.max(later.span.1);
        }
        meets
    });
    all
}

/// Lines of a preview, at most: nobody compares more.
const MOST_LINES: usize = 2_000;

/// A record before and after.
#[must_use]
pub fn preview(text: &[u8], cleaner: &mut Cleaner) -> Option<PreviewRecord> {
    let (before, _) = Document::parse_mended(text).ok()?;
    let leaks = secrets(&before);
    let mut bytes = Vec::new();
    cleaner.record(before.root().source(), &before, &leaks, &mut bytes);
    let after = Document::parse(&bytes).ok()?;
    let mut lines = Vec::new();
    let mut open: Vec<(Value<'_>, Value<'_>, u16, Option<usize>)> = Vec::new();
    push_pairs(&mut open, before.root(), after.root(), 0);
    while let Some((one, other, depth, index)) = open.pop() {
        let (texts, shown) = ((one.scalar(), other.scalar()), (brief(one), brief(other)));
        let keys = match index {
            Some(index) => (index.to_string(), index.to_string()),
            None => (one.key().into_owned(), other.key().into_owned()),
        };
        let fate = match &texts {
            (Some(one), _) if is_marker(one) => Fate::Hidden,
            (Some(one), Some(other)) if one != other && other.contains("[removed]") => Fate::Removed,
            (one, other) if one != other || keys.0 != keys.1 => Fate::Changes,
            _ => Fate::Stays,
        };
        push_pairs(&mut open, one, other, depth + 1);
        lines.push(PreviewLine { depth, keys, values: shown, fate });
        if lines.len() >= MOST_LINES || depth > 60 {
            break;
        }
    }
    let changed = lines.iter().filter(|line| matches!(line.fate, Fate::Changes | Fate::Removed)).count();
    Some(PreviewRecord {
        name: before.root().text_at(&["eventName"]).unwrap_or_default().into_owned(),
        lines,
        changed: u32::try_from(changed).unwrap_or(u32::MAX),
    })
}

fn push_pairs<'d>(
    open: &mut Vec<(Value<'d>, Value<'d>, u16, Option<usize>)>,
    one: Value<'d>,
    other: Value<'d>,
    depth: u16,
) {
    let first = open.len();
    let listed = one.kind() == Kind::Array;
    let pairs = one.children().zip(other.children()).enumerate();
    open.extend(pairs.map(|(at, (one, other))| (one, other, depth, listed.then_some(at))));
    open[first..].reverse();
}

/// A value as a line shows it: a long text is cut.
fn brief(value: Value<'_>) -> String {
    const MOST: usize = 400;
    match value.kind() {
        Kind::Object => format!("{{{}}}", value.len()),
        Kind::Array => format!("[{}]", value.len()),
        Kind::Null => "null".to_owned(),
        _ => value.scalar().unwrap_or_default().chars().take(MOST).collect(),
    }
}
