//! Zip archives (APPNOTE 6.3.10), read forward.
//!
//! The directory of a zip stands at its end, so a stream can't use it to find the entries: they are read
//! by the headers in front of them, and the directory is held against what was seen.

mod data;
mod directory;
mod entry;
mod header;

use super::kind;
use super::report::ArchiveFacts;
use super::tally::Out;
use super::unit::{About, Unit};
use super::wound::{Hurt, Wound};
use directory::Directory;
use entry::Entry;
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
    /// Where the last archive of it ended, and how many bytes follow that are neither blank nor a header.
    end_at: u64,
    behind: u64,
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
            end_at: 0,
            behind: 0,
            directory: Directory::default(),
            spare: Vec::new(),
        }
    }

    /// Whether a zip archive starts with these bytes.
    pub fn is_start(head: &[u8]) -> bool {
        head.first_chunk()
            .is_some_and(|first| [LOCAL, END, DESCRIPTOR].contains(first) || head.starts_with(b"PK00PK"))
    }

    /// Whether the first entry of one starts in these bytes.
    pub fn is_near(head: &[u8]) -> bool {
        memchr::memmem::find(head, &LOCAL).is_some()
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

    /// No header is where one should be: `at` is behind what is held.
    fn lose(&mut self, at: u64) {
        let held = std::mem::take(&mut self.held);
        let lost_at = at - held.len() as u64;
        if self.ended {
            self.end_at = if self.behind == 0 { lost_at } else { self.end_at };
            self.behind += not_blank(&held);
        } else {
            self.lost_at.get_or_insert(lost_at);
        }
        // A header may start in what is held, but not where the way was lost.
        let mut last = 0;
        for (place, &byte) in held.iter().enumerate().skip(1) {
            last = last << 8 | u32::from(byte);
            if is_header(last) {
                self.held = held[place.saturating_sub(3)..].to_vec();
                self.behind = self.behind.saturating_sub(not_blank(&self.held));
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
                self.passed(&bytes[..=place]);
                self.behind = self.behind.saturating_sub(not_blank(&self.held));
                return place + 1;
            }
        }
        self.passed(bytes);
        self.state = State::Lost(last);
        bytes.len()
    }

    /// These bytes are no header.
    fn passed(&mut self, bytes: &[u8]) {
        if self.ended {
            self.behind += not_blank(bytes);
        }
    }

    /// Ends the entry in hand, and says what the archive is.
    pub fn finish(mut self, out: &mut Out<'_>) -> ArchiveFacts {
        let cut = Wound::Cut { at: self.at };
        // Fewer bytes than a header has are none behind the end.
        let at_end = match self.state {
            State::Header if self.held.starts_with(b"PK") => false,
            State::Header | State::Lost(_) => self.ended,
            _ => false,
        };
        if at_end && not_blank(&self.held) > 0 {
            self.end_at = if self.behind == 0 { self.at - self.held.len() as u64 } else { self.end_at };
            self.behind += 1;
        }
        let hurt = (!at_end && out.tally.stop.is_none()).then_some(cut);
        match std::mem::replace(&mut self.state, State::Header) {
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
            State::Header | State::Lost(_) => {}
        }
        ArchiveFacts {
            kind: kind::ZIP,
            entries: self.entries,
            cut: hurt.map(|_| self.at),
            damaged: self.lost_at,
            behind: (self.behind > 0).then_some(self.end_at),
            directory: if self.ended { self.directory.trouble() } else { None },
        }
    }
}

/// How many bytes are neither zero nor white space.
fn not_blank(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|byte| **byte != 0 && !byte.is_ascii_whitespace()).count() as u64
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
