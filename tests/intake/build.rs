//! Small builders of containers, with nothing of the crate under test: every byte stands here.

use std::io::Write;

use flate2::{Compression, Crc, write::DeflateEncoder, write::GzEncoder};

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn deflate(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

/// How an entry stands in a zip.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Way {
    pub stored: bool,
    /// Lengths and checksum stand behind the data: with a signature, or without.
    pub descriptor: Option<bool>,
    pub zip64: bool,
}

/// The ways in which a zip may hold an entry.
pub fn ways() -> Vec<Way> {
    let mut ways = Vec::new();
    for stored in [false, true] {
        for descriptor in [None, Some(true), Some(false)] {
            for zip64 in [false, true] {
                ways.push(Way { stored, descriptor, zip64 });
            }
        }
    }
    ways
}

/// A zip in the making: entries, then the directory.
#[derive(Default)]
pub struct Zip {
    pub bytes: Vec<u8>,
    pub directory: Vec<u8>,
    pub count: u16,
}

impl Zip {
    pub fn add(mut self, name: &str, content: &[u8], way: Way) -> Self {
        let data = if way.stored { content.to_vec() } else { deflate(content) };
        let (sum, method) = (crc(content), if way.stored { 0 } else { 8 });
        self.entry(name, method, 0, way, sum, &data, content.len());
        self
    }

    #[allow(clippy::too_many_arguments)]
    pub fn entry(
        &mut self,
        name: &str,
        method: u16,
        flags: u16,
        way: Way,
        sum: u32,
        data: &[u8],
        size: usize,
    ) {
        let flags = flags | if way.descriptor.is_some() { 8 } else { 0 };
        let known = way.descriptor.is_none();
        let lengths = if known { [data.len() as u64, size as u64] } else { [0, 0] };
        let offset = self.bytes.len() as u32;
        let mut extra = Vec::new();
        let mut narrow = lengths.map(|length| length as u32);
        if way.zip64 && known {
            narrow = [u32::MAX; 2];
            extra.extend([1, 0, 16, 0]);
            extra.extend(lengths[1].to_le_bytes());
            extra.extend(lengths[0].to_le_bytes());
        }
        let common = |out: &mut Vec<u8>, sum: u32, lengths: [u32; 2]| {
            for field in [20, flags, method, 0, 0] {
                out.extend(field.to_le_bytes());
            }
            for field in [sum, lengths[0], lengths[1]] {
                out.extend(field.to_le_bytes());
            }
            out.extend((name.len() as u16).to_le_bytes());
        };
        self.bytes.extend(b"PK\x03\x04");
        common(&mut self.bytes, if known { sum } else { 0 }, narrow);
        self.bytes.extend((extra.len() as u16).to_le_bytes());
        self.bytes.extend(name.as_bytes());
        self.bytes.extend(&extra);
        self.bytes.extend(data);
        if let Some(signed) = way.descriptor {
            if signed {
                self.bytes.extend(b"PK\x07\x08");
            }
            self.bytes.extend(sum.to_le_bytes());
            for length in [data.len(), size] {
                if way.zip64 {
                    self.bytes.extend((length as u64).to_le_bytes());
                } else {
                    self.bytes.extend((length as u32).to_le_bytes());
                }
            }
        }
        self.directory.extend(b"PK\x01\x02\x14\x00");
        common(&mut self.directory, sum, [data.len() as u32, size as u32]);
        self.directory.extend([0; 12]);
        self.directory.extend(offset.to_le_bytes());
        self.directory.extend(name.as_bytes());
        self.count += 1;
    }

    pub fn end(self) -> Vec<u8> {
        let Self { mut bytes, directory, count } = self;
        let offset = bytes.len() as u32;
        bytes.extend(&directory);
        bytes.extend(b"PK\x05\x06\0\0\0\0");
        bytes.extend(count.to_le_bytes());
        bytes.extend(count.to_le_bytes());
        bytes.extend((directory.len() as u32).to_le_bytes());
        bytes.extend(offset.to_le_bytes());
        bytes.extend([0, 0]);
        bytes
    }
}

/// One zip of these files, each in a way of its own.
pub fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let ways = ways();
    let mut zip = Zip::default();
    for (at, (name, content)) in files.iter().enumerate() {
        zip = zip.add(name, content, ways[at % ways.len()]);
    }
    zip.end()
}

/// A tar entry: header, content, padding.
pub fn tar_entry(name: &[u8], kind: u8, content: &[u8]) -> Vec<u8> {
    let mut block = vec![0; 512];
    block[..name.len().min(100)].copy_from_slice(&name[..name.len().min(100)]);
    block[100..108].copy_from_slice(b"0000644\0");
    block[124..136].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
    block[136..148].copy_from_slice(b"00000000000\0");
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    seal(&mut block);
    block.extend(content);
    block.resize(block.len().next_multiple_of(512), 0);
    block
}

/// Writes the checksum of a tar header.
pub fn seal(block: &mut [u8]) {
    block[148..156].fill(b' ');
    let sum: u32 = block[..512].iter().map(|&byte| u32::from(byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
}

pub fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes: Vec<u8> = files
        .iter()
        .flat_map(|(name, content)| {
            let mut entry = Vec::new();
            if name.len() > 100 {
                entry.extend(tar_entry(b"././@LongLink", b'L', format!("{name}\0").as_bytes()));
            }
            entry.extend(tar_entry(name.as_bytes(), b'0', content));
            entry
        })
        .collect();
    bytes.extend([0; 1024]);
    bytes
}

pub fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { letter as char } else { '=' });
        }
    }
    out
}
