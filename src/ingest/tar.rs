//! Tar archives (POSIX.1-2017 "pax", ustar, GNU tar), read forward.

use super::kind;
use super::report::ArchiveFacts;
use super::tally::Out;
use super::unit::{About, Unit};
use super::wound::{Hurt, Wound};

const BLOCK: usize = 512;

/// Long names and pax headers longer than this are passed over.
const LONGEST_META: u64 = 1 << 20;

enum State {
    Header,
    /// In the data of an entry, or in data nobody needs.
    Data(Option<Box<Unit>>),
    /// In a long name or a pax header that is about the next entry.
    Meta(u8),
}

/// A tar archive that is fed in pieces.
pub(super) struct Tar {
    state: State,
    held: Vec<u8>,
    /// Bytes of data still to come, and of padding behind them.
    left: u64,
    padding: u64,
    /// Bytes taken.
    at: u64,
    entries: u64,
    damaged: Option<u64>,
    /// Whether a block of zeros was seen, and no header since: the archive may end here, or another
    /// one follows.
    ended: bool,
    /// Where something else follows its end.
    behind: Option<u64>,
    next: Next,
}

/// What headers before an entry say of it.
#[derive(Default)]
struct Next {
    name: Option<Vec<u8>>,
    size: Option<u64>,
    is_sparse: bool,
}

/// Whether an archive starts with these bytes, even if its first header is damaged.
pub(super) fn is_start(block: &[u8]) -> bool {
    is_header(block) || block.get(257..262) == Some(b"ustar")
}

/// Whether a tar header starts with these bytes: its checksum tells, for the old ones have no magic.
pub(super) fn is_header(block: &[u8]) -> bool {
    let Some(block) = block.get(..BLOCK) else {
        return block.get(257..262) == Some(b"ustar");
    };
    let Some(wanted) = octal(&block[148..156]) else { return false };
    let sum: u64 = block
        .iter()
        .enumerate()
        .map(|(at, &byte)| if (148..156).contains(&at) { 32 } else { u64::from(byte) })
        .sum();
    sum == wanted && wanted > 8 * 32
}

impl Tar {
    pub fn new() -> Self {
        Self {
            state: State::Header,
            held: Vec::new(),
            left: 0,
            padding: 0,
            at: 0,
            entries: 0,
            damaged: None,
            ended: false,
            behind: None,
            next: Next::default(),
        }
    }

    /// Takes the next bytes of the archive that `about` is.
    pub fn push(&mut self, mut bytes: &[u8], about: &About, out: &mut Out<'_>) {
        while !bytes.is_empty() && out.tally.stop.is_none() {
            let used = self.step(bytes, about, out).min(bytes.len());
            self.at += used as u64;
            bytes = &bytes[used..];
        }
    }

    fn step(&mut self, bytes: &[u8], about: &About, out: &mut Out<'_>) -> usize {
        match &mut self.state {
            State::Header => {
                let used = bytes.len().min(BLOCK - self.held.len());
                self.held.extend_from_slice(&bytes[..used]);
                if self.held.len() == BLOCK {
                    let block = std::mem::take(&mut self.held);
                    self.header(&block, about, out);
                }
                return used;
            }
            State::Data(_) | State::Meta(_) => {}
        }
        if self.left > 0 {
            let used = usize::try_from(self.left).unwrap_or(usize::MAX).min(bytes.len());
            let data = &bytes[..used];
            match &mut self.state {
                State::Data(Some(unit)) => unit.push(data, out),
                State::Meta(_) => self.held.extend_from_slice(data),
                _ => {}
            }
            self.left -= used as u64;
            if self.left == 0 {
                self.end_data(out);
            }
            return used;
        }
        let used = usize::try_from(self.padding).unwrap_or(usize::MAX).min(bytes.len());
        self.padding -= used as u64;
        if self.padding == 0 {
            self.state = State::Header;
        }
        used
    }

    fn header(&mut self, block: &[u8], about: &About, out: &mut Out<'_>) {
        if block.iter().all(|&byte| byte == 0) {
            self.ended = true;
            return;
        }
        let size = number(&block[124..136]);
        let (true, Some(size)) = (is_header(block), size) else {
            // Where headers are lost, the next block that is one goes on.
            let lost = if self.ended { &mut self.behind } else { &mut self.damaged };
            lost.get_or_insert(self.at / BLOCK as u64 * BLOCK as u64);
            return;
        };
        self.ended = false;
        let kind = block[156];
        if matches!(kind, b'L' | b'K' | b'x' | b'g') {
            self.begin_data(size);
            self.state = if size <= LONGEST_META { State::Meta(kind) } else { State::Data(None) };
        } else {
            let next = std::mem::take(&mut self.next);
            let size = next.size.unwrap_or(size);
            self.begin_data(size);
            self.state = State::Data(None);
            self.entry(block, &next, size, about, out);
        }
        if self.left == 0 {
            self.end_data(out);
        }
    }

    fn begin_data(&mut self, size: u64) {
        self.left = size;
        self.padding = size.wrapping_neg() % BLOCK as u64;
    }

    fn entry(&mut self, block: &[u8], next: &Next, size: u64, about: &About, out: &mut Out<'_>) {
        let name = next.name.clone().unwrap_or_else(|| header_name(block));
        let kind = block[156];
        // A folder, a volume's label.
        if matches!(kind, b'5' | b'D' | b'V') || kind == 0 && name.ends_with(b"/") {
            return;
        }
        let Some(entry) = out.tally.open() else { return };
        self.entries += 1;
        let name = format!("{}/{}", about.name, String::from_utf8_lossy(&name));
        let about = About { entry, name, depth: about.depth + 1, size };
        match kind {
            b'S' => about.unread(kind::SPARSE, out),
            b'0' | 0 | b'7' if next.is_sparse => about.unread(kind::SPARSE, out),
            b'0' | 0 | b'7' => self.state = State::Data(Some(Box::new(Unit::new(about, out)))),
            b'1' | b'2' => {
                // A hard link may tell the length of what it links to; no data follow.
                self.begin_data(0);
                about.unread(kind::LINK, out);
            }
            _ => about.unread(kind::SPECIAL, out),
        }
    }

    fn end_data(&mut self, out: &mut Out<'_>) {
        match std::mem::replace(&mut self.state, State::Data(None)) {
            State::Data(Some(unit)) => unit.finish(None, out),
            State::Meta(kind) => {
                let meta = std::mem::take(&mut self.held);
                match kind {
                    b'L' => self.next.name = Some(until_nul(&meta).to_vec()),
                    b'x' => self.next.read_pax(&meta),
                    _ => {}
                }
            }
            _ => {}
        }
        if self.padding == 0 {
            self.state = State::Header;
        }
    }

    /// Ends the entry in hand, and says what the archive is.
    pub fn finish(mut self, out: &mut Out<'_>) -> ArchiveFacts {
        let at_end = self.ended && matches!(self.state, State::Header);
        if at_end && self.held.iter().any(|&byte| byte != 0) {
            self.behind.get_or_insert(self.at - self.held.len() as u64);
        }
        let is_cut = !at_end && out.tally.stop.is_none();
        if let State::Data(Some(unit)) = std::mem::replace(&mut self.state, State::Header) {
            let hurt = Hurt { what: "archive", wound: Wound::Cut { at: self.at } };
            unit.finish(is_cut.then_some(hurt), out);
        }
        ArchiveFacts {
            kind: kind::TAR,
            entries: self.entries,
            cut: is_cut.then_some(self.at),
            damaged: self.damaged,
            behind: self.behind,
            directory: None,
        }
    }
}

impl Next {
    /// Records of a pax header: `<length> <key>=<value>\n`, the length that of the whole record.
    fn read_pax(&mut self, mut pax: &[u8]) {
        while let Some(space) = memchr::memchr(b' ', pax) {
            let length = std::str::from_utf8(&pax[..space]).ok().and_then(|text| text.parse::<usize>().ok());
            let Some(record) = length.and_then(|length| pax.get(space + 1..length)) else { return };
            pax = pax.get(space + 1 + record.len()..).unwrap_or_default();
            let record = record.strip_suffix(b"\n").unwrap_or(record);
            let Some(equals) = memchr::memchr(b'=', record) else { continue };
            let (key, value) = (&record[..equals], &record[equals + 1..]);
            match key {
                b"path" => self.name = Some(value.to_vec()),
                b"size" => self.size = std::str::from_utf8(value).ok().and_then(|text| text.parse().ok()),
                _ => self.is_sparse |= key.starts_with(b"GNU.sparse."),
            }
        }
    }
}

/// The name in a header; ustar puts the start of a long one into a field of its own.
fn header_name(block: &[u8]) -> Vec<u8> {
    let name = until_nul(&block[..100]);
    let prefix = until_nul(&block[345..500]);
    if &block[257..263] == b"ustar\0" && !prefix.is_empty() {
        return [prefix, b"/", name].concat();
    }
    name.to_vec()
}

fn until_nul(bytes: &[u8]) -> &[u8] {
    &bytes[..memchr::memchr(0, bytes).unwrap_or(bytes.len())]
}

/// A number in octal digits, or in GNU's base 256 where its first bit is set.
fn number(field: &[u8]) -> Option<u64> {
    match field {
        [0x80, rest @ ..] => {
            let (high, low) = rest.split_at(rest.len().saturating_sub(8));
            let low = low.first_chunk().map(|chunk| u64::from_be_bytes(*chunk))?;
            (high.iter().all(|&byte| byte == 0) && low < 1 << 62).then_some(low)
        }
        [first, ..] if *first > 0x80 => None,
        _ => octal(field),
    }
}

/// Octal digits between spaces and NULs; nothing is 0.
fn octal(field: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(field).ok()?.trim_matches([' ', '\0']);
    if text.is_empty() { Some(0) } else { u64::from_str_radix(text, 8).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_octal_or_binary() {
        for (field, value) in [
            (b"00000000017\0".as_slice(), Some(15)),
            (b"     17 \0", Some(15)),
            (b"\0\0\0\0", Some(0)),
            (b"0000018\0", None),
            (b"\x80\0\0\0\0\0\0\x02\0\0\0\0", Some(2 << 32)),
            (b"\x80\xff\0\0\0\0\0\0\0\0\0\0", None),
            (b"\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff", None),
        ] {
            assert_eq!(number(field), value, "{field:?}");
        }
    }

    #[test]
    fn pax_headers_name_the_next_entry() {
        for (pax, name, size, is_sparse) in [
            (b"12 path=a/b\n11 size=99\n".as_slice(), Some(b"a/b".as_slice()), Some(99), false),
            (b"22 GNU.sparse.major=1\n", None, None, true),
            (b"99 path=a\n", None, None, false),
            (b"x path=a\n", None, None, false),
            (b"0 path=a\n", None, None, false),
            (b"", None, None, false),
        ] {
            let mut next = Next::default();
            next.read_pax(pax);
            assert_eq!((next.name.as_deref(), next.size, next.is_sparse), (name, size, is_sparse), "{pax:?}");
        }
    }
}
