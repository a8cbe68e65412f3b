//! Reading blocks back to lines.

use super::{Keys, MAGIC, MOST_COLUMNS, MOST_KEPT, MOST_SKELETONS, SLOT};

/// Magic, the byte that says whether all begins anew, the length.
const HEAD: usize = MAGIC.len() + 5;

/// A block of more bytes than this was not written here; nor was a record.
const MOST_BLOCK: usize = 64 << 20;

/// Skeletons and values that are known, and the block that is being read.
#[derive(Default)]
pub struct Reader {
    /// A block, as far as it has come.
    held: Vec<u8>,
    skeletons: Vec<Skeleton>,
    keys: Keys,
    columns: Vec<Column>,
    kept: usize,
    kept_skeletons: usize,
    /// Where the numbers of skeletons go on in `held`, and how many are left.
    next: usize,
    left: usize,
    /// Lines that are not taken yet, from a place on.
    lines: Vec<u8>,
    taken: usize,
    /// Bytes that have gone into blocks.
    bytes: u64,
    damaged: bool,
}

struct Skeleton {
    text: Box<[u8]>,
    slots: Box<[u32]>,
}

#[derive(Default)]
struct Column {
    /// Values that have a number, one after another, and where each ends.
    text: Vec<u8>,
    ends: Vec<u32>,
    /// Where its values go on in the block, and where they end.
    next: usize,
    end: usize,
}

impl Reader {
    /// Whether blocks begin with these bytes.
    #[must_use]
    pub fn is_start(head: &[u8]) -> bool {
        head.starts_with(MAGIC)
    }

    /// Whether what came could not be read.
    #[must_use]
    pub fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// How many bytes it has read: where it is damaged, if it is.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Whether it may end here: between two blocks.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        !self.damaged && self.held.is_empty() && self.lines.is_empty()
    }

    /// Takes from `input` and writes lines to `output` until one of them is used up; gives how many
    /// bytes of each.
    pub fn step(&mut self, input: &[u8], output: &mut [u8]) -> (usize, usize) {
        let (mut read, mut written) = (0, 0);
        while !self.damaged {
            let ready = &self.lines[self.taken..];
            let count = ready.len().min(output.len() - written);
            output[written..written + count].copy_from_slice(&ready[..count]);
            written += count;
            self.taken += count;
            if self.taken < self.lines.len() {
                break;
            }
            self.lines.clear();
            self.taken = 0;
            if self.left > 0 {
                self.damaged = self.line().is_none();
                continue;
            }
            let wanted = self.wanted();
            let count = wanted.min(input.len() - read);
            self.held.extend_from_slice(&input[read..read + count]);
            read += count;
            self.bytes += count as u64;
            if count < wanted {
                break;
            }
            let length = self.length();
            if self.held.len() > HEAD || length == 0 {
                self.damaged = self.open().is_none();
            } else {
                self.damaged = !Self::is_start(&self.held) || length > MOST_BLOCK;
            }
        }
        (if self.damaged { input.len() } else { read }, written)
    }

    /// Bytes that the head, or then the block, still needs.
    fn wanted(&self) -> usize {
        if self.held.len() < HEAD {
            return HEAD - self.held.len();
        }
        HEAD + self.length() - self.held.len()
    }

    fn length(&self) -> usize {
        let length = self.held.get(HEAD - 4..HEAD).and_then(|bytes| bytes.try_into().ok());
        usize::try_from(u32::from_le_bytes(length.unwrap_or_default())).unwrap_or(MOST_BLOCK)
    }

    /// Reads what a block says before its records.
    fn open(&mut self) -> Option<()> {
        if self.held.get(MAGIC.len()) == Some(&1) {
            (self.skeletons, self.keys, self.columns) = Default::default();
            (self.kept, self.kept_skeletons) = (0, 0);
        }
        let mut at = HEAD;
        for _ in 0..number(&self.held, &mut at)? {
            let text = stretch(&self.held, &mut at)?;
            self.kept_skeletons += text.len();
            if self.kept_skeletons > 2 * MOST_SKELETONS || self.keys.len() > 3 * MOST_COLUMNS {
                return None;
            }
            let slots = self.keys.slots(text).into();
            self.skeletons.push(Skeleton { text: text.into(), slots });
        }
        self.columns.resize_with(self.keys.len(), Column::default);
        let records = number(&self.held, &mut at)?;
        self.next = at;
        for _ in 0..records {
            number(&self.held, &mut at)?;
        }
        for column in &mut self.columns {
            let length = stretch(&self.held, &mut at)?.len();
            (column.next, column.end) = (at - length, at);
        }
        self.left = records;
        if records == 0 {
            self.held.clear();
        }
        Some(())
    }

    /// Puts the next record together.
    fn line(&mut self) -> Option<()> {
        let id = number(&self.held, &mut self.next)?;
        let skeleton = self.skeletons.get(id)?;
        let mut slots = skeleton.slots.iter();
        for piece in skeleton.text.split_inclusive(|byte| *byte == SLOT) {
            let Some((&SLOT, before)) = piece.split_last() else {
                self.lines.extend_from_slice(piece);
                break;
            };
            self.lines.extend_from_slice(before);
            let column = self.columns.get_mut(*slots.next()? as usize)?;
            column.value(&self.held, &mut self.kept, &mut self.lines)?;
            if self.lines.len() > MOST_BLOCK {
                return None;
            }
        }
        self.lines.push(b'\n');
        self.left -= 1;
        if self.left == 0 {
            self.held.clear();
        }
        Some(())
    }
}

impl Column {
    fn value(&mut self, held: &[u8], kept: &mut usize, out: &mut Vec<u8>) -> Option<()> {
        let held = held.get(..self.end)?;
        match number(held, &mut self.next)? {
            0 => {
                let rest = held.get(self.next..)?;
                let length = memchr::memchr(b'\n', rest)?;
                out.extend_from_slice(&rest[..length]);
                if *kept + length <= MOST_KEPT {
                    *kept += length;
                    self.text.extend_from_slice(&rest[..length]);
                    self.ends.push(u32::try_from(self.text.len()).ok()?);
                }
                self.next += length + 1;
            }
            1 => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                let id = held.get(self.next..self.next + 16)?;
                self.next += 16;
                out.push(b'"');
                for (at, byte) in id.iter().enumerate() {
                    if matches!(at, 4 | 6 | 8 | 10) {
                        out.push(b'-');
                    }
                    out.extend([HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
                }
                out.push(b'"');
            }
            number => {
                let at = number - 2;
                let start = at.checked_sub(1).map_or(Some(0), |before| self.ends.get(before).copied())?;
                out.extend_from_slice(self.text.get(start as usize..*self.ends.get(at)? as usize)?);
            }
        }
        Some(())
    }
}

fn number(bytes: &[u8], at: &mut usize) -> Option<usize> {
    let mut number = 0;
    for shift in [0, 7, 14, 21] {
        let byte = *bytes.get(*at)?;
        *at += 1;
        number |= usize::from(byte & 127) << shift;
        if byte < 128 {
            return Some(number);
        }
    }
    None
}

fn stretch<'b>(bytes: &'b [u8], at: &mut usize) -> Option<&'b [u8]> {
    let length = number(bytes, at)?;
    let found = bytes.get(*at..*at + length)?;
    *at += length;
    Some(found)
}
