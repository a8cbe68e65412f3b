//! One file from its first byte to its report.

use super::gzip::{Gzip, Wound};
use super::records::RecordReader;
use super::report::{Facts, FileReport};
use super::{RecordSink, s3_key};

/// Text in memory at most, unless one record is longer.
const WINDOW: usize = 256 << 10;

/// A file may inflate to this many bytes whatever its size…
const BOMB_FLOOR: u64 = 1 << 30;

/// …and beyond that to this many times its size. Real logs reach 10; records that are all alike, and
/// runs of one byte, come near deflate's own limit of 1,032.
pub(super) const BOMB_RATIO: u64 = 250;

enum Container {
    /// Too few bytes to tell; these came.
    Unknown(Vec<u8>),
    Plain,
    Gzip(Box<Gzip>),
    /// A gzip stream that ran into the bomb limit.
    Bomb,
}

/// Reads one file as its bytes come: plain or gzip, by content.
///
/// Memory is bounded by a window and the longest record. Every whole record is handed to the sink as
/// soon as it is there.
pub struct FileReader {
    container: Container,
    records: RecordReader,
    path: String,
    /// Bytes pushed.
    taken: u64,
    /// [`BOMB_FLOOR`]; tests that have no second to spare lower it.
    pub(super) bomb_floor: u64,
}

impl FileReader {
    /// For the file at `path` of `size` bytes; the size is only a hint for how much memory to take.
    #[must_use]
    pub fn new(path: &str, size: u64) -> Self {
        // Ten times its size is what a compressed log inflates to.
        let room = usize::try_from(size.saturating_mul(12)).unwrap_or(WINDOW).clamp(8 << 10, WINDOW);
        Self {
            container: Container::Unknown(Vec::new()),
            records: RecordReader::new(room),
            path: path.to_owned(),
            taken: 0,
            bomb_floor: BOMB_FLOOR,
        }
    }

    /// Takes the next bytes of the file, split anywhere.
    pub fn push(&mut self, bytes: &[u8], sink: &mut impl RecordSink) {
        self.taken += bytes.len() as u64;
        match &mut self.container {
            Container::Unknown(held) => {
                held.extend_from_slice(bytes);
                match held.as_slice() {
                    [0x1f, 0x8b, ..] => {}
                    [] | [0x1f] => return,
                    _ => {}
                }
                let is_gzip = held.starts_with(&[0x1f, 0x8b]);
                let held = std::mem::take(held);
                self.container =
                    if is_gzip { Container::Gzip(Box::new(Gzip::new())) } else { Container::Plain };
                self.feed(&held, sink);
            }
            _ => self.feed(bytes, sink),
        }
    }

    fn feed(&mut self, bytes: &[u8], sink: &mut impl RecordSink) {
        match self.container {
            Container::Plain => self.feed_plain(bytes, sink),
            Container::Gzip(_) => self.feed_gzip(bytes, sink),
            Container::Unknown(_) | Container::Bomb => {}
        }
    }

    fn feed_plain(&mut self, mut bytes: &[u8], sink: &mut impl RecordSink) {
        while !bytes.is_empty() && !self.records.is_stopped() {
            let room = self.records.window.room();
            let (now, later) = bytes.split_at(bytes.len().min(room.len()));
            room[..now.len()].copy_from_slice(now);
            self.records.window.filled(now.len());
            self.records.advance(sink, false);
            bytes = later;
        }
    }

    fn feed_gzip(&mut self, mut bytes: &[u8], sink: &mut impl RecordSink) {
        while let Container::Gzip(gzip) = &mut self.container {
            if self.records.is_stopped() {
                return;
            }
            let room = self.records.window.room();
            let size = room.len();
            let step = gzip.step(bytes, room);
            bytes = &bytes[step.read..];
            let ended = gzip.is_ended();
            self.records.window.filled(step.written);
            self.records.advance(sink, false);
            let inflated = self.records.window.end();
            if inflated > self.bomb_floor && inflated / BOMB_RATIO > self.taken {
                self.container = Container::Bomb;
                return;
            }
            if ended || step.written < size && bytes.is_empty() {
                return;
            }
        }
    }

    /// Says that no more bytes will come; the last records are handed to the sink.
    pub fn finish(mut self, sink: &mut impl RecordSink) -> FileReport {
        if let Container::Unknown(held) = &mut self.container {
            let held = std::mem::take(held);
            self.container = Container::Plain;
            self.feed_plain(&held, sink);
        }
        self.records.advance(sink, true);
        let length = self.records.window.end();
        let stopped = self.records.is_stopped();
        let (inflated, wound, bomb) = match self.container {
            // Where reading stopped early the stream's end was never seen, and its wounds do not matter.
            Container::Gzip(_) if stopped => (Some(length), None, None),
            Container::Gzip(gzip) => (Some(length), gzip.finish(), None),
            Container::Bomb => (Some(length), None, Some(length)),
            Container::Unknown(_) | Container::Plain => (None, None, None),
        };
        let (account, region) = s3_key::origin(&self.path);
        Facts { findings: self.records.findings, inflated, wound, bomb, length, account, region }.report()
    }

    /// Bytes of text so far, after decompression.
    #[must_use]
    pub fn inflated_bytes(&self) -> u64 {
        self.records.window.end()
    }

    /// Whether there is nothing more to learn from the file: what is pushed now is ignored.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.records.is_stopped() || matches!(self.container, Container::Bomb)
    }
}

/// The text of one record: `len` bytes from `from` of the inflated file, see [`super::Place`].
///
/// # Errors
/// Says, in a sentence, why the text is not there any more.
pub fn read_text(raw: &[u8], compressed: bool, from: u64, len: usize) -> Result<Vec<u8>, String> {
    let gone = || "The record is not where it was: the file has changed.".to_owned();
    if !compressed {
        let from = usize::try_from(from).map_err(|_| gone())?;
        let rest = raw.get(from..).ok_or_else(gone)?;
        return rest.get(..len).map(<[u8]>::to_vec).ok_or_else(gone);
    }
    let mut record = Vec::new();
    let mut passed = 0_u64;
    inflate_pieces(raw, |piece| {
        let start = from.saturating_sub(passed).min(piece.len() as u64);
        // At most the length of the piece.
        let wanted = &piece[start as usize..];
        record.extend_from_slice(&wanted[..wanted.len().min(len - record.len())]);
        passed += piece.len() as u64;
        record.len() < len
    });
    if record.len() == len { Ok(record) } else { Err(gone()) }
}

/// All text of a gzip file, and in a sentence where it broke, if it did. Text before that is there.
#[must_use]
pub fn inflate_all(raw: &[u8]) -> (Vec<u8>, Option<String>) {
    let mut text = Vec::new();
    let wound = inflate_pieces(raw, |piece| {
        text.extend_from_slice(piece);
        let inflated = text.len() as u64;
        inflated <= BOMB_FLOOR || inflated / BOMB_RATIO <= raw.len() as u64
    });
    let broke = wound.map(|wound| match wound {
        Wound::Cut { at } => format!("The gzip stream ends early, at byte {at}."),
        Wound::Damaged { at } => format!("The gzip stream is damaged, near byte {at}."),
        Wound::Checksum => "The checksum at the end does not fit the content.".to_owned(),
        Wound::Garbage { at } => format!("What follows the gzip stream, from byte {at}, is no gzip."),
    });
    (text, broke)
}

/// Inflates `raw` piece by piece while `take` wants more.
fn inflate_pieces(raw: &[u8], mut take: impl FnMut(&[u8]) -> bool) -> Option<Wound> {
    let mut gzip = Gzip::new();
    let mut piece = vec![0; raw.len().saturating_mul(12).clamp(8 << 10, WINDOW)];
    let mut rest = raw;
    loop {
        let step = gzip.step(rest, &mut piece);
        rest = &rest[step.read..];
        if !take(&piece[..step.written]) {
            return None;
        }
        if gzip.is_ended() || step.written < piece.len() && rest.is_empty() {
            return gzip.finish();
        }
    }
}
