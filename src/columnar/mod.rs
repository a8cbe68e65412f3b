//! Records whose values stand by key, so that gzip sees like beside like: the data block of a hand-over.
//!
//! Deflate looks back 32 kB, some twenty records, and pays for every hexadecimal digit of an id. Here a
//! record is its skeleton (its text with [`SLOT`] in the place of each value) and values in the
//! columns of their keys; a value that stood in its column before is a number, an id of 36 characters
//! 16 bytes. What comes out of gzip then is about half as long, and reading it is mostly copying.
//!
//! A stream is blocks. A block is [`MAGIC`], one byte that is 1 where nothing said before counts any more
//! (parts of several shards are joined), the length of the rest in four bytes, little-endian, and: how
//! many new skeletons, each with its length; how many records, the number of the skeleton of each; the
//! columns in the order in which their keys were first seen, each with its length. Numbers are in
//! groups of seven bits, the lowest first. A value is 0 and its text up to a line end, 1 and 16 bytes,
//! or 2 and more: the value of that number in the column.

mod read;
mod write;

pub use read::Reader;
pub use write::Writer;

/// What a block begins with. No text does.
pub const MAGIC: &[u8; 8] = b"\x01TSEV1\n\x01";

/// What stands for a value in a skeleton: no JSON has it.
const SLOT: u8 = 1;

/// Values that are kept to be named by number, in bytes, over all columns.
const MOST_KEPT: usize = 32 << 20;

/// Skeletons that are kept, in bytes. A record with yet another one stands whole in a column.
const MOST_SKELETONS: usize = 32 << 20;

/// Columns, likewise, and values in one record.
const MOST_COLUMNS: usize = 1 << 14;

/// The numbers of the columns of a skeleton's slots, by the key before each.
#[derive(Default)]
struct Keys {
    /// Numbers of columns, in the order of the keys.
    sorted: Vec<(Box<[u8]>, u32)>,
}

impl Keys {
    fn len(&self) -> usize {
        self.sorted.len()
    }

    fn column(&mut self, key: &[u8]) -> u32 {
        match self.sorted.binary_search_by(|(known, _)| (**known).cmp(key)) {
            Ok(place) => self.sorted[place].1,
            Err(place) => {
                let column = u32::try_from(self.sorted.len()).unwrap_or(u32::MAX);
                self.sorted.insert(place, (key.into(), column));
                column
            }
        }
    }

    /// In a skeleton every string is a key.
    fn slots(&mut self, skeleton: &[u8]) -> Vec<u32> {
        let (mut slots, mut key, mut at) = (Vec::new(), (0, 0), 0);
        while let Some(byte) = skeleton.get(at) {
            match byte {
                b'"' => {
                    let end = string_end(skeleton, at);
                    key = (at, end);
                    at = end;
                    continue;
                }
                &SLOT => slots.push(self.column(&skeleton[key.0..key.1])),
                _ => {}
            }
            at += 1;
        }
        slots
    }
}

/// The place behind the string that begins at a quotation mark.
fn string_end(text: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(next) = memchr::memchr2(b'"', b'\\', text.get(at..).unwrap_or_default()) {
        at += next + 1;
        if text[at - 1] == b'"' {
            return at;
        }
        at += 1;
    }
    text.len()
}

#[cfg(test)]
mod tests;
