//! Getting the text of one record again.

use super::file::FileReader;
use super::gzip::Gzip;
use super::tally::BOMB_RATIO;
use super::wound::Wound;
use super::{Place, RecordSink};
use crate::event::RecordFields;

/// Text that is inflated at once to be passed over.
const PIECE: usize = 64 << 10;

/// How much a gzip file may inflate to, whatever its size.
const FLOOR: u64 = 1 << 30;

fn gone() -> String {
    "The record is not where it was: the file has changed.".to_owned()
}

/// Takes a stretch out of a gzip stream that comes in pieces.
pub struct GzipPick {
    gzip: Gzip,
    piece: Vec<u8>,
    from: u64,
    len: usize,
    passed: u64,
    text: Vec<u8>,
}

impl GzipPick {
    /// `len` bytes from `from` of the content.
    #[must_use]
    pub fn new(from: u64, len: usize) -> Self {
        Self { gzip: Gzip::new(), piece: vec![0; PIECE], from, len, passed: 0, text: Vec::new() }
    }

    /// Takes the next bytes of the file. False when no more are needed.
    pub fn push(&mut self, mut bytes: &[u8]) -> bool {
        loop {
            let step = self.gzip.step(bytes, &mut self.piece);
            bytes = &bytes[step.read..];
            let piece = &self.piece[..step.written];
            // At most the length of the piece.
            let start = self.from.saturating_sub(self.passed).min(piece.len() as u64) as usize;
            let wanted = &piece[start..];
            self.text.extend_from_slice(&wanted[..wanted.len().min(self.len - self.text.len())]);
            self.passed += piece.len() as u64;
            if self.text.len() == self.len || self.gzip.is_ended() {
                return false;
            }
            if step.written < self.piece.len() && bytes.is_empty() {
                return true;
            }
        }
    }

    /// The stretch.
    ///
    /// # Errors
    /// Says so if the stream ended before it.
    pub fn finish(self) -> Result<Vec<u8>, String> {
        if self.text.len() == self.len { Ok(self.text) } else { Err(gone()) }
    }
}

/// Reads a file again up to one record.
pub struct RecordPick {
    reader: FileReader,
    kept: Wanted,
}

struct Wanted {
    number: u32,
    note: String,
    found: Option<(Vec<u8>, Vec<String>)>,
    passed: bool,
}

impl RecordPick {
    /// The record with this number, see [`Place::number`].
    #[must_use]
    pub fn new(path: &str, size: u64, number: u32) -> Self {
        let kept = Wanted { number, note: String::new(), found: None, passed: false };
        Self { reader: FileReader::new(path, size), kept }
    }

    /// Takes the next bytes of the file. False when no more are needed.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        // Small steps: the record may be near the start of a large piece.
        for piece in bytes.chunks(PIECE) {
            self.reader.push(piece, &mut self.kept);
            // Reports of entries that were passed are of no use here.
            self.reader.take_reports();
            if self.kept.passed {
                return false;
            }
        }
        !self.reader.is_done()
    }

    /// The text of the record, and what a reader must know of where it stood.
    ///
    /// # Errors
    /// Says so if it did not come.
    pub fn finish(mut self) -> Result<(Vec<u8>, Vec<String>), String> {
        if self.kept.found.is_none() {
            self.reader.finish(&mut self.kept);
        }
        self.kept.found.ok_or_else(gone)
    }
}

impl RecordSink for Wanted {
    fn record(&mut self, place: Place, text: &[u8], _fields: &RecordFields<'_>) {
        let note = std::mem::take(&mut self.note);
        self.passed |= place.number >= self.number;
        if place.number == self.number && self.found.is_none() {
            let notes = if note.is_empty() { Vec::new() } else { vec![note] };
            self.found = Some((text.to_vec(), notes));
        }
    }

    fn note(&mut self, note: &str) {
        if !self.passed {
            note.clone_into(&mut self.note);
        }
    }
}

/// The text of one record: `len` bytes from `from` of a file that is plain or one gzip stream.
///
/// # Errors
/// Says, in a sentence, why the text is not there any more.
pub fn read_text(raw: &[u8], compressed: bool, from: u64, len: usize) -> Result<Vec<u8>, String> {
    if !compressed {
        let from = usize::try_from(from).map_err(|_| gone())?;
        let rest = raw.get(from..).ok_or_else(gone)?;
        return rest.get(..len).map(<[u8]>::to_vec).ok_or_else(gone);
    }
    let mut pick = GzipPick::new(from, len);
    pick.push(raw);
    pick.finish()
}

/// All text of a gzip file, and in a sentence where it broke, if it did. Text before that is there.
#[must_use]
pub fn inflate_all(raw: &[u8]) -> (Vec<u8>, Option<String>) {
    let (text, wound) = inflate(raw, FLOOR);
    let broke = wound.map(|wound| match wound {
        Wound::Cut { at } => format!("The gzip stream ends early, at byte {at}."),
        Wound::Damaged { at } => format!("The gzip stream is damaged, near byte {at}."),
        Wound::Checksum => "The checksum at the end does not fit the content.".to_owned(),
        Wound::Garbage { at } => format!("What follows the gzip stream, from byte {at}, is no gzip."),
    });
    (text, broke)
}

/// Inflates all of `raw`, but to no more than `floor` bytes if that is [`BOMB_RATIO`] times its size.
pub(super) fn inflate(raw: &[u8], floor: u64) -> (Vec<u8>, Option<Wound>) {
    let mut gzip = Gzip::new();
    let mut piece = vec![0; raw.len().saturating_mul(12).clamp(8 << 10, PIECE)];
    let (mut text, mut rest) = (Vec::new(), raw);
    loop {
        let step = gzip.step(rest, &mut piece);
        rest = &rest[step.read..];
        text.extend_from_slice(&piece[..step.written]);
        let length = text.len() as u64;
        let is_bomb = length > floor && length / BOMB_RATIO > raw.len() as u64;
        if is_bomb || gzip.is_ended() || step.written < piece.len() && rest.is_empty() {
            return (text, gzip.finish());
        }
    }
}
