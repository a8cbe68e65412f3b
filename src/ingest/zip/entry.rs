//! An entry of a zip archive in hand, and how its end is known.

use flate2::{Crc, Decompress};

use super::header::{self, Local};
use super::{DESCRIPTOR, LISTED, LOCAL};
use crate::ingest::tally::Out;
use crate::ingest::unit::Unit;
use crate::ingest::wound::Wound;

/// A descriptor with lengths of 64 bits, without its signature: checksum, packed length, length.
pub(super) const WIDE: usize = 20;

/// The same with lengths of 32 bits.
pub(super) const NARROW: usize = 12;

/// What must be here to tell whether data of unknown length end: a descriptor and the start of a header.
pub(super) const AHEAD: usize = 4 + WIDE + 2;

/// An entry in hand.
pub(super) struct Entry {
    pub unit: Option<Unit>,
    pub local: Local,
    /// `None` where the data are stored.
    pub inflate: Option<Decompress>,
    /// Whether the data are passed over.
    pub passed: bool,
    pub crc: Crc,
    pub consumed: u64,
    pub produced: u64,
    pub wound: Option<Wound>,
}

impl Entry {
    /// At the start of its data. They are passed over where there is no unit to take them.
    pub fn new(local: Local, unit: Option<Unit>) -> Self {
        let is_packed = unit.is_some() && local.method == header::DEFLATE;
        Self {
            passed: unit.is_none(),
            unit,
            inflate: is_packed.then(|| Decompress::new(false)),
            crc: Crc::new(),
            consumed: 0,
            produced: 0,
            wound: None,
            local,
        }
    }

    /// Gives the unit bytes as they are stored.
    pub fn take(&mut self, bytes: &[u8], out: &mut Out<'_>) {
        self.crc.update(bytes);
        self.produced += bytes.len() as u64;
        if let Some(unit) = &mut self.unit {
            unit.push(bytes, out);
        }
    }

    /// The same, of bytes whose length is not counted yet.
    pub fn pass(&mut self, bytes: &[u8], out: &mut Out<'_>) {
        self.take(bytes, out);
        self.consumed += bytes.len() as u64;
    }

    /// Whether a descriptor, without its signature, tells this checksum and these lengths. Of data that
    /// are passed over only their own length is known.
    pub fn fits(&self, descriptor: &[u8], wide: bool) -> bool {
        let (packed, size) = header::descriptor_lengths(descriptor, wide);
        let content_fits = || header::u32_at(descriptor, 0) == self.crc.sum() && size == self.produced;
        packed == self.consumed && (self.unit.is_none() || content_fits())
    }

    /// Where the data end and where the next header starts, if the `PK` at `at` is behind them.
    /// Data before `given` are counted already.
    pub fn end_at(&self, held: &[u8], given: usize, at: usize) -> Option<(usize, usize)> {
        let signature = held.get(at..)?.first_chunk::<4>()?;
        let candidates: [(usize, usize, bool); 2] = match *signature {
            DESCRIPTOR => [(at, at + 4, false), (at, at + 4, true)],
            LOCAL | LISTED => {
                let (narrow, wide) = (at.checked_sub(NARROW)?, at.saturating_sub(WIDE));
                [(narrow, narrow, false), (wide, wide, true)]
            }
            _ => return None,
        };
        candidates.into_iter().find_map(|(end, start, wide)| {
            let data = held.get(given..end)?;
            let descriptor = held.get(start..start + if wide { WIDE } else { NARROW })?;
            if !held.get(start + descriptor.len()..)?.starts_with(b"PK") {
                return None;
            }
            let consumed = self.consumed + data.len() as u64;
            let (packed, size) = header::descriptor_lengths(descriptor, wide);
            if packed != consumed || self.unit.is_some() && size != consumed {
                return None;
            }
            if self.unit.is_some() {
                let mut crc = Crc::new();
                crc.combine(&self.crc);
                crc.update(data);
                if crc.sum() != header::u32_at(descriptor, 0) {
                    return None;
                }
            }
            Some((end, start + descriptor.len()))
        })
    }
}
