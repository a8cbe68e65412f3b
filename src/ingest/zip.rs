//! Zip archives (APPNOTE 6.3.10), read forward.
//!
//! The directory of a zip stands at its end, so a stream can't use it to find the entries: they are read
//! by the headers in front of them, and the directory is held against what was seen.

mod directory;
mod entry;
mod header;

use flate2::{FlushDecompress, Status};

use super::kind;
use super::report::ArchiveFacts;
use super::tally::Out;
use super::unit::{About, Unit};
use super::wound::{Hurt, Wound};
use directory::Directory;
use entry::{AHEAD, Entry, NARROW, WIDE};
use header::{Local, Locked, Needed};

const LOCAL: [u8; 4] = *b"PK\x03\x04";
const LISTED: [u8; 4] = *b"PK\x01\x02";
const END: [u8; 4] = *b"PK\x05\x06";
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";

enum State {
    /// At a header, of which some bytes may be held.
    Header,
    /// In the data of an entry.
    Data(Box<Entry>),
    /// In data of which only what follows them tells the length.
    Endless(Box<Entry>),
    /// Behind the data of an entry: their checksum and lengths follow.
    Descriptor(Box<Entry>),
    /// Looking for the next header, with the last four bytes.
    Lost(u32),
    /// Behind the last end record.
    Ended,
}

/// A zip archive that is fed in pieces.
pub(super) struct Zip {
    state: State,
    held: Vec<u8>,
    /// Bytes taken.
    at: u64,
    entries: u64,
    /// Whether an end record was seen.
    ended: bool,
    lost_at: Option<u64>,
    directory: Directory,
    spare: Vec<u8>,
}

impl Zip {
    pub fn new() -> Self {
        Self {
            state: State::Header,
            held: Vec::new(),
            at: 0,
            entries: 0,
            ended: false,
            lost_at: None,
            directory: Directory::default(),
            spare: Vec::new(),
        }
    }

    /// Whether a zip archive starts with these bytes.
    pub fn is_start(head: &[u8]) -> bool {
        head.first_chunk()
            .is_some_and(|first| [LOCAL, END, DESCRIPTOR].contains(first) || head.starts_with(b"PK00PK"))
    }

    /// Takes the next bytes of the archive that `about` is.
    pub fn push(&mut self, mut bytes: &[u8], about: &About, out: &mut Out<'_>) {
        while !bytes.is_empty() && out.tally.stop.is_none() {
            let used = self.step(bytes, about, out).min(bytes.len());
            self.at += used as u64;
            bytes = &bytes[used..];
        }
    }

    /// Does one thing with the bytes; gives how many of them it took.
    fn step(&mut self, bytes: &[u8], about: &About, out: &mut Out<'_>) -> usize {
        match std::mem::replace(&mut self.state, State::Header) {
            State::Header => self.header(bytes, about, out),
            State::Data(entry) => self.data(entry, bytes, out),
            State::Endless(entry) => self.endless(entry, bytes, out),
            State::Descriptor(entry) => self.descriptor(entry, bytes, out),
            State::Lost(last) => self.find(last, bytes),
            State::Ended => {
                self.state = State::Ended;
                bytes.len()
            }
        }
    }

    /// Holds bytes until there are `wanted`; whether there are.
    fn gather(&mut self, bytes: &mut &[u8], wanted: usize) -> bool {
        let (now, later) = bytes.split_at(wanted.saturating_sub(self.held.len()).min(bytes.len()));
        self.held.extend_from_slice(now);
        *bytes = later;
        self.held.len() >= wanted
    }

    fn header(&mut self, bytes: &[u8], about: &About, out: &mut Out<'_>) -> usize {
        let mut rest = bytes;
        loop {
            match header::needed(&self.held) {
                Needed::Bytes(wanted) if self.held.len() < wanted => {
                    if !self.gather(&mut rest, wanted) {
                        return bytes.len();
                    }
                }
                Needed::Bytes(wanted) => {
                    let header: Vec<u8> = self.held.drain(..wanted).collect();
                    self.read_header(&header, about, out);
                    return bytes.len() - rest.len();
                }
                Needed::Nothing if self.ended => {
                    self.state = State::Ended;
                    return bytes.len();
                }
                Needed::Nothing => {
                    let used = bytes.len() - rest.len();
                    self.lose(self.at + used as u64);
                    return used;
                }
            }
        }
    }

    fn read_header(&mut self, header: &[u8], about: &About, out: &mut Out<'_>) {
        if header.starts_with(&LOCAL) {
            self.begin(Local::read(header), about, out);
        } else if header.starts_with(&LISTED) {
            self.directory.lists(&header::listed_name(header));
        } else if header.starts_with(&END) {
            self.ended = true;
        }
    }

    fn begin(&mut self, local: Local, about: &About, out: &mut Out<'_>) {
        self.directory.saw(&local.name);
        self.ended = false;
        let mut unit = None;
        if !local.is_folder() {
            let Some(number) = out.tally.open() else { return };
            self.entries += 1;
            let about = About {
                entry: number,
                name: format!("{}/{}", about.name, local.name),
                depth: about.depth + 1,
                size: local.packed.unwrap_or(0),
            };
            match local.locked {
                Some(locked) => about.unread(locked_kind(locked), out),
                None => unit = Some(Unit::new(about, out)),
            }
        }
        let entry = Box::new(Entry::new(local, unit));
        match entry.local.packed {
            Some(0) => self.end_data(entry, out),
            None if entry.inflate.is_none() => self.state = State::Endless(entry),
            _ => self.state = State::Data(entry),
        }
    }

    fn data(&mut self, mut entry: Box<Entry>, bytes: &[u8], out: &mut Out<'_>) -> usize {
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

    /// The data are over.
    fn end_data(&mut self, mut entry: Box<Entry>, out: &mut Out<'_>) {
        if entry.local.has_descriptor {
            self.state = State::Descriptor(entry);
            return;
        }
        let (crc, size) = (entry.local.crc, entry.local.size);
        if entry.unit.is_some() && (crc != entry.crc.sum() || size.is_some_and(|size| size != entry.produced))
        {
            entry.wound = entry.wound.or(Some(Wound::Checksum));
        }
        self.end_entry(entry, out);
    }

    fn end_entry(&mut self, mut entry: Box<Entry>, out: &mut Out<'_>) {
        if let Some(mut unit) = entry.unit.take() {
            unit.size = entry.consumed;
            unit.packed = entry.local.method == header::DEFLATE;
            unit.finish(entry.wound.map(|wound| Hurt { what: "archive", wound }), out);
        }
    }

    fn descriptor(&mut self, mut entry: Box<Entry>, bytes: &[u8], out: &mut Out<'_>) -> usize {
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
    fn endless(&mut self, mut entry: Box<Entry>, bytes: &[u8], out: &mut Out<'_>) -> usize {
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

    /// No header is where one should be: `at` is behind what is held.
    fn lose(&mut self, at: u64) {
        let held = std::mem::take(&mut self.held);
        self.lost_at.get_or_insert(at - held.len() as u64);
        self.state = State::Lost(0);
        // A header may start in what is held, but not where the way was lost.
        let mut last = 0;
        for (place, &byte) in held.iter().enumerate().skip(1) {
            last = last << 8 | u32::from(byte);
            if is_header(last) {
                self.held = held[place.saturating_sub(3)..].to_vec();
                self.state = State::Header;
                return;
            }
        }
        self.state = State::Lost(last);
    }

    fn find(&mut self, mut last: u32, bytes: &[u8]) -> usize {
        for (place, &byte) in bytes.iter().enumerate() {
            last = last << 8 | u32::from(byte);
            if is_header(last) {
                self.held = last.to_be_bytes().to_vec();
                return place + 1;
            }
        }
        self.state = State::Lost(last);
        bytes.len()
    }

    /// Ends the entry in hand, and says what the archive is.
    pub fn finish(mut self, out: &mut Out<'_>) -> ArchiveFacts {
        let cut = Wound::Cut { at: self.at };
        let at_end =
            matches!(self.state, State::Header) && self.held.is_empty() || matches!(self.state, State::Ended);
        let hurt = (!(at_end && self.ended) && out.tally.stop.is_none()).then_some(cut);
        match std::mem::replace(&mut self.state, State::Ended) {
            State::Data(mut entry) => {
                entry.wound = entry.wound.or(hurt);
                self.end_entry(entry, out);
            }
            State::Endless(mut entry) => {
                entry.pass(&self.held, out);
                entry.wound = entry.wound.or(hurt);
                self.end_entry(entry, out);
            }
            State::Descriptor(entry) => self.end_entry(entry, out),
            State::Header | State::Lost(_) | State::Ended => {}
        }
        ArchiveFacts {
            kind: kind::ZIP,
            entries: self.entries,
            cut: hurt.map(|_| self.at),
            damaged: self.lost_at,
            directory: if self.ended { self.directory.trouble() } else { None },
        }
    }
}

fn is_header(last: u32) -> bool {
    [LOCAL, LISTED, END].contains(&last.to_be_bytes())
}

fn locked_kind(locked: Locked) -> &'static kind::Kind {
    match locked {
        Locked::Password => kind::LOCKED,
        Locked::Aes128 => kind::LOCKED_AES_128,
        Locked::Aes192 => kind::LOCKED_AES_192,
        Locked::Aes256 => kind::LOCKED_AES_256,
        Locked::Method => kind::OTHER_METHOD,
    }
}
