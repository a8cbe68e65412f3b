//! Reading a file as the page does, and what is true of every reading.

use std::collections::BTreeMap;

use trailscope::event::{RecordFields, Scan, scan_record};
use trailscope::ingest::{FileReader, FileReport, Place, RecordPick, RecordSink, Way, inflate_all};
use trailscope::json::Document;
use trailscope::protocol::Outcome;

use crate::choice::Choice;

/// The name that every file has here.
pub const NAME: &str = "x";

/// What a file may inflate to whatever its size, when it is built for fuzzing (`ingest::tally`).
const FLOOR: u64 = 1 << 20;

/// …and otherwise to so many times its size.
const RATIO: u64 = 250;

/// A decoder notices the limit behind a piece that it wrote.
const PIECE: u64 = 1 << 20;

/// A record as it was handed on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    pub place: Place,
    pub text: Vec<u8>,
    pub note: Option<String>,
}

/// All that a reader gave.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub records: Vec<Record>,
    /// In the order in which they came; the last is that of the file itself.
    pub reports: Vec<FileReport>,
    note: Option<String>,
}

impl RecordSink for Reading {
    fn record(&mut self, place: Place, text: &[u8], fields: &RecordFields<'_>) {
        assert!(fields.has_event_shape);
        let whole = Scan::Record { fields: *fields, len: text.len() };
        let seen = scan_record(text);
        // A record that was printed without its end is read with it, and stays as it stood.
        let mended = Document::parse(text).is_err() && Document::parse_mended(text).is_ok();
        assert!(mended || seen == whole, "the record is another than its text says: {seen:?}, not {whole:?}");
        self.records.push(Record { place, text: text.to_vec(), note: self.note.take() });
    }

    fn note(&mut self, note: &str) {
        assert!(self.note.replace(note.to_owned()).is_none(), "a note without a record");
    }
}

impl Reading {
    /// The report of the file itself.
    pub fn report(&self) -> &FileReport {
        self.reports.last().expect("every file leaves a report")
    }

    /// The records' texts.
    pub fn texts(&self) -> Vec<&[u8]> {
        self.records.iter().map(|record| record.text.as_slice()).collect()
    }

    /// Whether reading ended at the limit for bombs. Where that is depends on how the bytes came.
    pub fn is_bomb(&self) -> bool {
        let stopped = |report: &FileReport| {
            report.reason.as_deref().is_some_and(|reason| reason.contains("times its size"))
        };
        self.reports.iter().any(stopped)
    }

    /// Whether it is one text, read as it stands or unpacked: no archive.
    pub fn is_text(&self) -> bool {
        self.reports.len() == 1 && !self.report().kind.ends_with(" archive")
    }
}

/// Reads a file that comes in these pieces.
pub fn read_pieces<'d>(size: u64, pieces: impl Iterator<Item = &'d [u8]>) -> Reading {
    let mut reading = Reading::default();
    let mut reader = FileReader::new(NAME, size);
    let mut taken = 0;
    let limit = |taken: u64| FLOOR.max(RATIO * taken) + taken + PIECE;
    for piece in pieces {
        taken += piece.len() as u64;
        reader.push(piece, &mut reading);
        reading.reports.extend(reader.take_reports());
        assert!(reader.inflated_bytes() <= limit(taken), "{taken} gave {}", reader.inflated_bytes());
    }
    let last = reader.finish(&mut reading);
    reading.reports.extend(last);
    assert!(reading.note.is_none(), "a note without a record");
    reading
}

/// Reads a file that comes at once.
pub fn read(data: &[u8]) -> Reading {
    read_pieces(data.len() as u64, std::iter::once(data))
}

/// Reads it whole and in pieces: that must be the same, and it must hold what every reading holds.
pub fn read_both(data: &[u8], choice: &mut Choice) -> Reading {
    let whole = read(data);
    let longest = match choice.below(4) {
        0 => 1 + data.len() / 2_000,
        1 => 16 + data.len() / 2_000,
        2 => 600,
        _ => data.len(),
    };
    let mut rest = data;
    let pieces = std::iter::from_fn(|| {
        let (piece, behind) = rest.split_at((1 + choice.below(longest)).min(rest.len()));
        rest = behind;
        (!piece.is_empty()).then_some(piece)
    });
    // The size is a hint, and can be wrong.
    let split = read_pieces(data.len() as u64 / 3, pieces);
    if !whole.is_bomb() && !split.is_bomb() {
        is_same(&whole, &split);
    }
    adds_up(&whole);
    adds_up(&split);
    is_where_it_says(data, &whole);
    if !whole.is_bomb() && !whole.records.is_empty() {
        let at = choice.below(whole.records.len());
        is_found_again(data, &whole.records[at]);
    }
    whole
}

/// The way the bytes were split does not show.
fn is_same(whole: &Reading, split: &Reading) {
    assert_eq!(whole.records, split.records);
    for (one, other) in whole.reports.iter().zip(&split.reports) {
        assert_eq!(one, other);
    }
    assert_eq!(whole, split);
}

/// The ledger counts what was handed on, and says why where anything is missing.
fn adds_up(reading: &Reading) {
    let mut handed_on: BTreeMap<u32, u64> = BTreeMap::new();
    for record in &reading.records {
        *handed_on.entry(record.place.entry).or_default() += 1;
    }
    let numbers: Vec<u32> = reading.records.iter().map(|record| record.place.number).collect();
    assert!(numbers.is_sorted_by(|one, next| one < next), "numbers do not rise: {numbers:?}");
    let mut seen = Vec::new();
    for report in &reading.reports {
        assert!(!seen.contains(&report.entry), "entry {} is reported twice", report.entry);
        seen.push(report.entry);
        assert_eq!(report.records, handed_on.remove(&report.entry).unwrap_or(0), "{report:?}");
        let whole = report.outcome == Outcome::Read;
        assert_eq!(report.reason.is_none(), whole, "{report:?}");
        assert!(report.reason.as_deref() != Some("") && report.remedy.as_deref() != Some(""), "{report:?}");
        assert!(report.rejected == 0 || !whole, "{report:?}");
        assert!(
            report.records == 0 || matches!(report.outcome, Outcome::Read | Outcome::Partial),
            "{report:?}"
        );
        assert!(report.name.starts_with(NAME) && !report.kind.is_empty(), "{report:?}");
        let numbers =
            u64::from(report.first_number)..u64::from(report.first_number) + report.records + report.rejected;
        for record in reading.records.iter().filter(|record| record.place.entry == report.entry) {
            assert!(
                numbers.contains(&u64::from(record.place.number)),
                "{} of {report:?}",
                record.place.number
            );
        }
    }
    assert!(handed_on.is_empty(), "records of no entry: {handed_on:?}");
    assert_eq!(reading.report().entry, 0);
    seen.sort_unstable();
    let all = u32::try_from(seen.len()).expect("few entries");
    assert_eq!(seen, (0..all).collect::<Vec<_>>(), "an entry has no report");
}

/// A record whose place is known stands there.
fn is_where_it_says(data: &[u8], reading: &Reading) {
    let report = reading.report();
    let text = match report.way {
        _ if reading.records.is_empty() => return,
        Way::Plain => data.to_vec(),
        Way::Gzip => inflate_all(data).0,
        Way::Reading => return,
    };
    for record in &reading.records {
        let start = usize::try_from(record.place.offset).expect("it fits");
        assert_eq!(text.get(start..start + record.text.len()), Some(record.text.as_slice()), "{record:?}");
        assert!(record.note.is_none(), "{record:?}");
    }
}

/// Reading the file again up to a record gives just that.
fn is_found_again(data: &[u8], record: &Record) {
    let mut pick = RecordPick::new(NAME, data.len() as u64, record.place.number);
    pick.push(data);
    let notes: Vec<String> = record.note.iter().cloned().collect();
    assert_eq!(pick.finish().as_ref(), Ok(&(record.text.clone(), notes)));
}

/// Says that reading `packed` must tell of a text what reading it as it is tells.
pub fn is_same_text(plain: &Reading, packed: &Reading, entry: u32) {
    let mine = || packed.records.iter().filter(|record| record.place.entry == entry);
    let report = packed.reports.iter().find(|report| report.entry == entry).expect("it was listed");
    let expected = plain.report();
    let said = |report: &FileReport| {
        let FileReport { outcome, kind, records, rejected, reason, remedy, .. } = report.clone();
        // What is packed is called after where it stands.
        let kind = kind.replace("packed entry", "packed file");
        (outcome, kind, records, rejected, reason, remedy)
    };
    assert_eq!(said(report), said(expected));
    assert_eq!(
        mine().map(|record| &record.text).collect::<Vec<_>>(),
        plain.records.iter().map(|r| &r.text).collect::<Vec<_>>()
    );
    assert_eq!(
        mine().map(|record| &record.note).collect::<Vec<_>>(),
        plain.records.iter().map(|r| &r.note).collect::<Vec<_>>()
    );
    assert_eq!(
        mine().map(|record| record.place.offset).collect::<Vec<_>>(),
        plain.records.iter().map(|r| r.place.offset).collect::<Vec<_>>()
    );
}

/// Says that of a JSON text that is cut behind `length` bytes every record before that is there.
pub fn keeps_whole_records(whole: &Reading, cut: &Reading, length: usize) {
    let end = |record: &Record| record.place.offset + record.text.len() as u64;
    let mut before = whole.records.iter().filter(|record| end(record) <= length as u64);
    assert!(before.all(|record| cut.records.contains(record)), "lost by a cut behind it, at {length}");
}
