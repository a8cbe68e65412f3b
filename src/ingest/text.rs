//! Text on its way to the record reader: as it is, or from UTF-16.

use super::kind::Kind;
use super::records::RecordReader;
use super::report::{Ending, TextFacts};
use super::tally::{Out, Stop};
use super::utf16::Utf16;

/// The end of every chain: text that is read for records.
pub(super) struct Text {
    records: RecordReader,
    utf16: Option<Utf16>,
    /// Bytes that came while nobody knew whether they are text.
    undecided: u64,
    /// What it is, if it is not read.
    unread: Option<&'static Kind>,
}

impl Text {
    pub fn new(records: RecordReader, utf16: Option<Utf16>) -> Self {
        Self { records, utf16, undecided: 0, unread: None }
    }

    /// Something that is named and not read.
    pub fn unread(kind: &'static Kind) -> Self {
        Self { records: RecordReader::new(0, 0, 0), utf16: None, undecided: 0, unread: Some(kind) }
    }

    /// Whether nothing can be learnt from more text.
    pub fn is_done(&self) -> bool {
        self.unread.is_some() || self.records.is_stopped()
    }

    /// Where text may be written straight away; then call [`Text::filled`].
    pub fn room(&mut self) -> Option<&mut [u8]> {
        (self.utf16.is_none() && !self.is_done()).then(|| self.records.window.room())
    }

    /// So many bytes of the room are text now.
    pub fn filled(&mut self, bytes: usize, out: &mut Out<'_>) {
        self.undecided += bytes as u64;
        self.records.window.filled(bytes);
        self.records.advance(out, false);
        if let Some(is_text) = self.records.is_text() {
            self.count(is_text, out);
        }
    }

    /// Counts what came if it is text: how much of anything else was looked at depends on how it came.
    fn count(&mut self, is_text: bool, out: &mut Out<'_>) {
        let came = std::mem::take(&mut self.undecided);
        out.tally.text += if is_text { came } else { 0 };
    }

    /// Takes the next bytes.
    pub fn push(&mut self, mut bytes: &[u8], out: &mut Out<'_>) {
        while !bytes.is_empty() && !self.is_done() && out.tally.stop.is_none() {
            let room = self.records.window.room();
            let (read, written) = match &mut self.utf16 {
                Some(utf16) => utf16.step(bytes, room),
                None => {
                    let count = bytes.len().min(room.len());
                    room[..count].copy_from_slice(&bytes[..count]);
                    (count, count)
                }
            };
            bytes = &bytes[read..];
            self.filled(written, out);
        }
    }

    /// Reads what is left and says what was found.
    pub fn finish(mut self, out: &mut Out<'_>) -> Ending {
        if let Some(kind) = self.unread {
            return Ending::Unread(kind);
        }
        let is_utf16 = self.utf16.is_some();
        // A record that was never read to its end is not a cut one.
        if !matches!(out.tally.stop, Some(Stop::Asked(..))) {
            if let Some(utf16) = self.utf16.take() {
                let room = self.records.window.room();
                let written = utf16.finish(room);
                self.filled(written, out);
            }
            self.records.advance(out, true);
        }
        self.count(self.records.is_text().unwrap_or(true), out);
        let length = self.records.window.end();
        let findings = self.records.findings;
        out.tally.next_number = out.tally.next_number.saturating_add(findings.next_number());
        Ending::Text(Box::new(TextFacts { findings, length, is_utf16 }))
    }
}
