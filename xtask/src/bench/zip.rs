//! A zip as programs write them: deflated entries and a directory (APPNOTE 6.3.10), no ZIP64.

use std::io::Write;

use anyhow::Result;
use flate2::{Compression, Crc, write::DeflateEncoder};

/// Writes entries one after another.
pub struct Zip<W> {
    out: W,
    /// Bytes written.
    at: u32,
    directory: Vec<u8>,
    entries: u16,
}

impl<W: Write> Zip<W> {
    /// An archive without entries.
    pub fn new(out: W) -> Self {
        Self { out, at: 0, directory: Vec::new(), entries: 0 }
    }

    /// Adds a file. Fails where the archive would need ZIP64.
    pub fn add(&mut self, name: &str, content: &[u8]) -> Result<()> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(content)?;
        let packed = encoder.finish()?;
        let mut crc = Crc::new();
        crc.update(content);

        // Version 2.0, names in UTF-8, deflate, 1 March 2026.
        let mut common: Vec<u8> =
            [20_u16, 0x0800, 8, 0, (46 << 9) | (3 << 5) | 1].map(u16::to_le_bytes).concat();
        for number in [crc.sum(), u32::try_from(packed.len())?, u32::try_from(content.len())?] {
            common.extend_from_slice(&number.to_le_bytes());
        }
        common.extend_from_slice(&u16::try_from(name.len())?.to_le_bytes());
        common.extend_from_slice(&[0; 2]);

        self.directory.extend_from_slice(b"PK\x01\x02\x14\0");
        self.directory.extend_from_slice(&common);
        // No comment, first disk, no attributes.
        self.directory.extend_from_slice(&[0; 10]);
        self.directory.extend_from_slice(&self.at.to_le_bytes());
        self.directory.extend_from_slice(name.as_bytes());
        let parts: [&[u8]; 4] = [b"PK\x03\x04", &common, name.as_bytes(), &packed];
        for part in parts {
            self.out.write_all(part)?;
            self.at = u32::try_from(u64::from(self.at) + part.len() as u64)?;
        }
        self.entries = u16::try_from(u32::from(self.entries) + 1)?;
        Ok(())
    }

    /// Writes the directory.
    pub fn finish(mut self) -> Result<W> {
        self.out.write_all(&self.directory)?;
        self.out.write_all(b"PK\x05\x06\0\0\0\0")?;
        for count in [self.entries; 2] {
            self.out.write_all(&count.to_le_bytes())?;
        }
        for number in [u32::try_from(self.directory.len())?, self.at] {
            self.out.write_all(&number.to_le_bytes())?;
        }
        self.out.write_all(&[0; 2])?;
        self.out.flush()?;
        Ok(self.out)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use flate2::read::DeflateDecoder;

    use super::*;

    #[test]
    fn what_goes_in_comes_out() {
        let mut zip = Zip::new(Vec::new());
        let content = b"a log file ".repeat(100);
        zip.add("a/one.json", b"{}").unwrap();
        zip.add("b/two.json", &content).unwrap();
        let bytes = zip.finish().unwrap();
        let u32_at = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;

        let end = bytes.len() - 22;
        assert_eq!(&bytes[end..end + 4], b"PK\x05\x06");
        assert_eq!(bytes[end + 8], 2);
        let directory = u32_at(end + 16);
        assert_eq!(directory + u32_at(end + 12), end);
        let second = directory + 46 + "a/one.json".len();
        assert_eq!(&bytes[second..second + 4], b"PK\x01\x02");
        let local = u32_at(second + 42);
        assert_eq!(&bytes[local..local + 4], b"PK\x03\x04");
        assert_eq!(&bytes[second + 46..second + 56], b"b/two.json");
        let packed = local + 30 + 10;
        let mut inflated = Vec::new();
        DeflateDecoder::new(&bytes[packed..packed + u32_at(local + 18)]).read_to_end(&mut inflated).unwrap();
        assert_eq!(inflated, content);
    }
}
