//! Zip archives: any bytes, and entries in every way in which a zip may hold them.

use flate2::Crc;

use crate::{
    choice::Choice,
    gzip::deflate,
    reading::{is_same_text, read, read_both},
};

const LOCAL: &[u8] = b"PK\x03\x04";

/// Reads the bytes as an archive, and as what is in one.
pub fn run(data: &[u8]) {
    let mut choice = Choice::of(data);
    if data.starts_with(b"PK") {
        read_both(data, &mut choice);
    } else if choice.one_in(2) {
        read_both(&[LOCAL, data].concat(), &mut choice);
    } else {
        content(data, &mut choice);
    }
}

fn content(data: &[u8], choice: &mut Choice) {
    let parts = choice.parts(data, 3);
    let mut zip = Zip::default();
    let mut ends = Vec::new();
    let mut is_clear = Vec::new();
    for part in &parts {
        let way = Way {
            is_stored: choice.one_in(2),
            descriptor: [None, Some(true), Some(false)][choice.below(3)],
            is_wide: choice.one_in(3),
        };
        zip.add(part, way, choice);
        ends.push(zip.bytes.len());
        // Data without a length can hold what looks like their end.
        is_clear.push(!way.is_stored || way.descriptor.is_none() || !part.windows(2).any(|two| two == b"PK"));
    }
    if is_clear.contains(&false) {
        read_both(&zip.end(), choice);
        return;
    }
    let plain: Vec<_> = parts.iter().map(|part| read(part)).collect();
    let mut bytes = zip.end();
    let whole = read_both(&bytes, choice);
    if plain.iter().any(|plain| !plain.is_text()) {
        return;
    }
    assert!(whole.report().reason.is_none(), "{:?}", whole.report());
    for (entry, plain) in (1..).zip(&plain) {
        is_same_text(plain, &whole, entry);
    }
    bytes.truncate(choice.below(bytes.len()));
    let cut = read(&bytes);
    // The next header tells the end of data whose length does not stand before them.
    let before = ends.iter().zip(&plain).filter(|(end, _)| **end + 30 <= bytes.len());
    let kept: usize = before.map(|(_, plain)| plain.records.len()).sum();
    assert!(
        whole.records[..kept].iter().all(|record| cut.records.contains(record)),
        "lost by a cut behind it"
    );
}

/// How an entry stands in the archive.
#[derive(Clone, Copy)]
struct Way {
    is_stored: bool,
    /// Lengths and checksum stand behind the data: with a signature, or without.
    descriptor: Option<bool>,
    /// zip64.
    is_wide: bool,
}

/// A zip in the making.
#[derive(Default)]
struct Zip {
    bytes: Vec<u8>,
    directory: Vec<u8>,
    count: u16,
}

impl Zip {
    /// Adds an entry that is called `0`, `1`, and so on.
    fn add(&mut self, content: &[u8], way: Way, choice: &mut Choice) {
        let data = if way.is_stored { content.to_vec() } else { deflate(content, choice) };
        let mut crc = Crc::new();
        crc.update(content);
        let (name, offset) = (self.count.to_string(), self.bytes.len());
        let lengths = [data.len(), content.len()].map(|length| length as u64);
        let known = way.descriptor.is_none();
        let mut extra = Vec::new();
        let mut told = if known { lengths.map(|length| length as u32) } else { [0, 0] };
        if way.is_wide && known {
            told = [u32::MAX; 2];
            extra.extend([1, 0, 16, 0]);
            extra.extend([lengths[1], lengths[0]].iter().flat_map(|length| length.to_le_bytes()));
        }
        let common = |out: &mut Vec<u8>, sum: u32, lengths: [u32; 2]| {
            for field in [20, if known { 0 } else { 8 }, if way.is_stored { 0 } else { 8_u16 }, 0, 0] {
                out.extend(field.to_le_bytes());
            }
            for field in [sum, lengths[0], lengths[1]] {
                out.extend(field.to_le_bytes());
            }
            out.extend((name.len() as u16).to_le_bytes());
        };
        self.bytes.extend(LOCAL);
        common(&mut self.bytes, if known { crc.sum() } else { 0 }, told);
        self.bytes.extend((extra.len() as u16).to_le_bytes());
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(&extra);
        self.bytes.extend(&data);
        if let Some(is_signed) = way.descriptor {
            self.bytes.extend(if is_signed { b"PK\x07\x08".as_slice() } else { b"" });
            self.bytes.extend(crc.sum().to_le_bytes());
            for length in lengths {
                let bytes = length.to_le_bytes();
                self.bytes.extend(if way.is_wide { &bytes[..] } else { &bytes[..4] });
            }
        }
        self.directory.extend(b"PK\x01\x02\x14\x00");
        common(&mut self.directory, crc.sum(), lengths.map(|length| length as u32));
        self.directory.extend([0; 12]);
        self.directory.extend((offset as u32).to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count += 1;
    }

    fn end(&self) -> Vec<u8> {
        let mut bytes = self.bytes.clone();
        bytes.extend(&self.directory);
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend([self.count.to_le_bytes(), self.count.to_le_bytes()].concat());
        bytes.extend((self.directory.len() as u32).to_le_bytes());
        bytes.extend((self.bytes.len() as u32).to_le_bytes());
        bytes.extend([0, 0]);
        bytes
    }
}
