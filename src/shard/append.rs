//! From a scanned record to a row of the table.

use xxhash_rust::xxh3::xxh3_128_with_seed;

use super::ShardConfig;
use super::actors::Actors;
use super::columns::{Columns, decoded, plain, with_texts};
use super::findings::findings;
use crate::event::RecordFields;
use crate::event::time::{format_time, parse_time_ms};
use crate::ingest::{FileReport, Place, RecordSink};
use crate::protocol::{Claim, LedgerEntry, Outcome, RowRef};
use crate::services;
use crate::table::{EventTable, NewEvent, RowPlace};

/// What one file, or one entry of it, has added so far.
#[derive(Clone, Copy, Default)]
pub struct Appended {
    pub events: u64,
    pub undated: u64,
    pub first_ms: Option<i64>,
    pub last_ms: Option<i64>,
}

/// Takes the records of one file into the table.
pub struct Appender<'s> {
    pub config: ShardConfig,
    pub source: u32,
    pub table: &'s mut EventTable,
    pub claims: &'s mut Vec<Claim>,
    pub notes: &'s mut services::Noter,
    pub actors: &'s mut Actors,
    /// What each entry that is being read has added.
    pub appended: &'s mut Vec<(u32, Appended)>,
}

impl RecordSink for Appender<'_> {
    fn record(&mut self, place: Place, text: &[u8], fields: &RecordFields<'_>) {
        let texts = decoded(fields);
        let told = texts.as_ref().map_or(*fields, |texts| with_texts(fields, texts));
        let actor = self.actors.of(&told, self.config.seed, self.table);
        let mut columns = Columns::of(&told, &actor, self.table);
        columns.set_notes(text, self.notes, self.table);
        let time = told.event_time.map(plain).filter(|text| !text.is_empty());
        let time_ms = time.as_deref().and_then(parse_time_ms);
        let found = findings(text, fields, &actor, self.table);
        let hash = content_hash(text, self.config.seed);
        let row = self.table.push(&NewEvent {
            ids: columns.ids,
            time_ms,
            odd_time: time.as_deref().filter(|text| !is_written_back(text, time_ms)),
            event_id: told.event_id.map(|id| id.0).filter(|id| !id.is_empty()),
            marks: columns.marks,
            place: RowPlace {
                source: self.source,
                record: place.number,
                offset: place.offset,
                // A record of 4 GiB and more can't have been held in one piece.
                len: u32::try_from(text.len()).unwrap_or(u32::MAX),
            },
            hash,
            redactions: found.redactions,
            exposures: found.exposures,
            looked_at: fields.strings,
        });
        self.claims.push(Claim {
            hash,
            row: RowRef { shard: self.config.shard, row },
            source: self.source,
            record: place.number,
        });
        self.count(place.entry, time_ms);
    }
}

/// A hash of what a record says, the same for its compact and its pretty-printed text. The event id
/// stands in the text, so equal texts have equal ids.
fn content_hash(text: &[u8], seed: u64) -> u128 {
    if !is_spaced(text) {
        return xxh3_128_with_seed(text, seed);
    }
    let mut compact = Vec::with_capacity(text.len());
    let (mut in_string, mut escaped) = (false, false);
    for &byte in text {
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = byte == b'\\' && !escaped;
        } else if matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
            continue;
        } else {
            in_string = byte == b'"';
        }
        compact.push(byte);
    }
    xxh3_128_with_seed(&compact, seed)
}

/// Whether a record is written with space between its parts. Its first member tells: whoever writes
/// JSON writes all of it in one way.
fn is_spaced(text: &[u8]) -> bool {
    let behind_colon = memchr::memchr(b':', text).and_then(|at| text.get(at + 1));
    let space = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_whitespace);
    space(text.get(1)) || space(behind_colon)
}

/// Whether [`format_time`] gives the text back. The usual form is told by its shape alone.
fn is_written_back(text: &str, time_ms: Option<i64>) -> bool {
    let Some(ms) = time_ms else { return false };
    let usual = matches!(text.as_bytes(), [b'1' | b'2', .., b'T', _, _, b':', _, _, b':', b'0'..=b'5', _, b'Z'] if text.len() == 20);
    usual || format_time(ms) == text
}

impl Appender<'_> {
    fn count(&mut self, entry: u32, time_ms: Option<i64>) {
        if self.appended.last().is_none_or(|(open, _)| *open != entry) {
            self.appended.push((entry, Appended::default()));
        }
        let Some((_, appended)) = self.appended.last_mut() else { return };
        appended.events += 1;
        match time_ms {
            None => appended.undated += 1,
            Some(ms) => {
                appended.first_ms = Some(appended.first_ms.map_or(ms, |first| first.min(ms)));
                appended.last_ms = Some(appended.last_ms.map_or(ms, |last| last.max(ms)));
            }
        }
    }
}

/// The line of the ledger for a file, or an entry of it, that has been read. `trouble` says why its bytes
/// ended early, `any` whether there are events in it or in its entries.
pub fn ledger_entry(
    source: u32,
    report: FileReport,
    appended: &Appended,
    trouble: Option<String>,
    any: bool,
) -> LedgerEntry {
    let mut outcome = report.outcome;
    if trouble.is_some() {
        outcome = if any { Outcome::Partial } else { Outcome::Failed };
    }
    let undated = (appended.undated > 0).then(|| {
        let (n, s) = (appended.undated, if appended.undated == 1 { " has a time" } else { "s have times" });
        format!("{n} event{s} that can't be read; they sort last.")
    });
    let reasons: Vec<String> = trouble.into_iter().chain(report.reason).chain(undated).collect();
    LedgerEntry {
        source,
        entry: report.entry,
        name: report.name,
        outcome,
        kind: report.kind,
        size: report.size,
        inflated: report.inflated,
        counted: report.counted,
        events: appended.events,
        duplicates: 0,
        rejected: report.rejected,
        first_ms: appended.first_ms,
        last_ms: appended.last_ms,
        account: report.account,
        region: report.region,
        reason: (!reasons.is_empty()).then(|| reasons.join(" ")),
        remedy: report.remedy,
        integrity: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_the_same_however_it_is_spaced() {
        let compact = br#"{"eventID":"1","a":["x y\"  {","z"],"n":1.50}"#;
        let spaced = br#"{"eventID": "1", "a": ["x y\"  {", "z"], "n": 1.50}"#;
        let pretty = b"{\n  \"eventID\" : \"1\",\r\n\t\"a\":[ \"x y\\\"  {\", \"z\"],\"n\":1.50 }";
        for text in [spaced.as_slice(), pretty] {
            assert_eq!(content_hash(text, 7), content_hash(compact, 7), "{}", String::from_utf8_lossy(text));
        }
        let others: [&[u8]; 3] = [
            br#"{"eventID":"1","a":["x y\" {","z"],"n":1.50}"#,
            br#"{"eventID":"1","a":["x y\"  {","z"],"n":1.5}"#,
            br#"{"eventID":"2","a":["x y\"  {","z"],"n":1.50}"#,
        ];
        for text in others {
            assert!(content_hash(text, 7) != content_hash(compact, 7), "{}", String::from_utf8_lossy(text));
        }
    }

    #[test]
    fn the_quick_test_of_times_agrees_with_writing_them() {
        for text in [
            "2023-07-10T11:42:18Z",
            "2023-07-10T11:42:60Z",
            "2023-07-10T24:00:00Z",
            "2023-07-10 11:42:18Z",
            "2023-07-10T11:42:18.5Z",
            "2023-07-10T11:42:18+02:00",
            "20230710T114218Z",
            "0001-01-01T00:00:00Z",
        ] {
            let time = parse_time_ms(text);
            let expected = time.is_some_and(|ms| format_time(ms) == text);
            assert_eq!(is_written_back(text, time), expected, "{text}");
        }
    }
}
