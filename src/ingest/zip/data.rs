//! The data of an entry, up to the next header.

use flate2::{FlushDecompress, Status};

use super::entry::{AHEAD, Entry, NARROW, WIDE};
use super::{DESCRIPTOR, State, Zip};
use crate::ingest::tally::Out;
use crate::ingest::wound::Wound;

impl Zip {
    /// Data whose length is known, or that tell their own end.
    pub(super) fn data(&mut self, mut entry: Box<Entry>, bytes: &[u8], out: &mut Out<'_>) -> usize {
        let left = entry.local.packed.map_or(u64::MAX, |packed| packed.saturating_sub(entry.consumed));
        let bytes = &bytes[..usize::try_from(left).unwrap_or(usize::MAX).min(bytes.len())];
        let mut used = bytes.len();
        let mut over = false;
        if entry.passed || entry.wound.is_some() {
            entry.consumed += used as u64;
        } else if entry.inflate.is_none() {
            entry.consumed += used as u64;
            entry.take(bytes, out);
        } else {
            (used, over) = self.inflate(&mut entry, bytes, out);
        }
        let at = self.at + used as u64;
        if let Some(packed) = entry.local.packed {
            // Behind deflate's own end there may be bytes that nobody needs, up to the length in the header.
            entry.passed |= over;
            if entry.consumed < packed {
                self.state = State::Data(entry);
            } else {
                if entry.inflate.is_some() && !entry.passed && entry.wound.is_none() {
                    entry.wound = Some(Wound::Damaged { at });
                }
                self.end_data(entry, out);
            }
        } else if entry.wound.is_some() {
            self.end_entry(entry, out);
            self.lose(at);
        } else if over {
            self.end_data(entry, out);
        } else {
            self.state = State::Data(entry);
        }
        used
    }

    /// Inflates; gives how many bytes it took, and whether the deflate stream is over.
    fn inflate(&mut self, entry: &mut Entry, bytes: &[u8], out: &mut Out<'_>) -> (usize, bool) {
        let Entry { unit: Some(unit), inflate: Some(inflate), crc, consumed, produced, wound, .. } = entry
        else {
            return (bytes.len(), false);
        };
        let mut used = 0;
        loop {
            let mut ended = false;
            let before = inflate.total_in();
            let (written, room) = unit.take_from(&mut self.spare, out, &mut |room| {
                let before = inflate.total_out();
                let status = inflate.decompress(&bytes[used..], room, FlushDecompress::None);
                // At most the length of the room.
                let written = (inflate.total_out() - before) as usize;
                crc.update(&room[..written]);
                match status {
                    Ok(Status::StreamEnd) => ended = true,
                    Ok(Status::Ok | Status::BufError) => {}
                    Err(_) => *wound = Some(Wound::Damaged { at: 0 }),
                }
                written
            });
            // At most the length of the bytes.
            let read = (inflate.total_in() - before) as usize;
            used += read;
            *consumed += read as u64;
            *produced += written as u64;
            out.tally.produce(written as u64);
            if let Some(wound) = wound {
                *wound = Wound::Damaged { at: self.at + used as u64 };
            }
            let idle = used == bytes.len() && written < room || read == 0 && written == 0;
            if ended || idle || wound.is_some() || out.tally.stop.is_some() {
                return (used, ended);
            }
        }
    }

    /// Takes the checksum and the lengths that stand behind the data.
    pub(super) fn descriptor(&mut self, mut entry: Box<Entry>, bytes: &[u8], out: &mut Out<'_>) -> usize {
        let mut rest = bytes;
        let whole = self.gather(&mut rest, 4) && {
            let start = if self.held.starts_with(&DESCRIPTOR) { 4 } else { 0 };
            // Of an empty entry the short form fits where the long one stands: what follows decides.
            let is_here = self.gather(&mut rest, start + NARROW + 4);
            let narrow = is_here && entry.fits(&self.held[start..], false);
            let followed = is_here && self.held[start + NARROW..].starts_with(b"PK");
            if narrow && followed {
                self.held.drain(..start + NARROW);
                true
            } else if is_here && self.gather(&mut rest, start + WIDE) {
                let wide = entry.fits(&self.held[start..], true);
                if !wide && !narrow && entry.unit.is_some() {
                    entry.wound = entry.wound.or(Some(Wound::Checksum));
                }
                let is_wide = wide || !narrow && entry.local.is_wide;
                self.held.drain(..start + if is_wide { WIDE } else { NARROW });
                true
            } else {
                false
            }
        };
        if whole {
            self.end_entry(entry, out);
        } else {
            self.state = State::Descriptor(entry);
        }
        bytes.len() - rest.len()
    }

    /// Stored data whose length only the descriptor behind them tells: it is known by its checksum.
    pub(super) fn endless(&mut self, mut entry: Box<Entry>, bytes: &[u8], out: &mut Out<'_>) -> usize {
        let before = self.held.len();
        self.held.extend_from_slice(bytes);
        let (mut given, mut from) = (0, 0);
        while let Some(found) = memchr::memmem::find(&self.held[from..], b"PK") {
            let at = from + found;
            if at + AHEAD > self.held.len() {
                break;
            }
            if let Some((end, next)) = entry.end_at(&self.held, given, at) {
                let data = &self.held[given..end];
                entry.take(data, out);
                entry.consumed += data.len() as u64;
                self.held.truncate(before);
                self.held.drain(..next.min(before));
                self.end_entry(entry, out);
                return next.saturating_sub(before);
            }
            // Checksums are worked out once for each byte, but for the few in which one may stand.
            let safe = at.saturating_sub(WIDE).max(given);
            entry.pass(&self.held[given..safe], out);
            (given, from) = (safe, at + 1);
        }
        let safe = self.held.len().saturating_sub(AHEAD + WIDE).max(given);
        entry.pass(&self.held[given..safe], out);
        self.held.drain(..safe);
        self.state = State::Endless(entry);
        bytes.len()
    }
}
