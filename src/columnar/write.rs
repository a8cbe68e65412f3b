//! Writing blocks.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{Keys, MAGIC, MOST_COLUMNS, MOST_KEPT, MOST_SKELETONS, SLOT, string_end};

/// A block is written when so many bytes of text have come: short columns compress badly.
const BLOCK: usize = 32 << 20;

/// Skeletons and values that are known, and what is not written yet.
pub struct Writer {
    seed: u64,
    known: Known,
    keys: Keys,
    /// The columns of each skeleton.
    slots: Vec<Vec<u32>>,
    /// Values in each column that have a number.
    counts: Vec<u32>,
    kept: usize,
    kept_skeletons: usize,
    fresh: bool,
    // Of this block.
    text: usize,
    skeletons: Vec<u8>,
    new: u32,
    ids: Vec<u8>,
    records: u32,
    columns: Vec<Vec<u8>>,
}

impl Writer {
    /// At its first record. The seed keys a hash: a log can't be written to make it degenerate.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self {
            seed,
            known: Known::default(),
            keys: Keys::default(),
            slots: Vec::new(),
            counts: Vec::new(),
            kept: 0,
            kept_skeletons: 0,
            fresh: true,
            text: 0,
            skeletons: Vec::new(),
            new: 0,
            ids: Vec::new(),
            records: 0,
            columns: Vec::new(),
        }
    }

    /// Takes a record, which is JSON on one line; writes blocks as they are full.
    pub fn record(&mut self, line: &[u8], out: &mut Vec<u8>) {
        let (mut skeleton, mut values) = split(line);
        let full = self.kept_skeletons + skeleton.len() > MOST_SKELETONS || self.keys.len() > MOST_COLUMNS;
        if full || values.len() > MOST_COLUMNS {
            (skeleton, values) = (vec![SLOT], vec![(0, line.len())]);
        }
        let (id, is_new) = self.known.number(self.seed, u32::MAX, &skeleton, self.slots.len(), true);
        let id = id.unwrap_or_default();
        if is_new {
            self.slots.push(self.keys.slots(&skeleton));
            self.kept_skeletons += skeleton.len();
            push_number(&mut self.skeletons, skeleton.len());
            self.skeletons.extend_from_slice(&skeleton);
            self.new += 1;
            self.columns.resize_with(self.keys.len(), Vec::new);
            self.counts.resize(self.keys.len(), 0);
        }
        push_number(&mut self.ids, id);
        self.records += 1;
        for (at, (start, end)) in values.into_iter().enumerate() {
            let Some(column) = self.slots.get(id).and_then(|slots| slots.get(at)).copied() else { break };
            self.value(column, &line[start..end]);
        }
        self.text += line.len();
        if self.text >= BLOCK {
            self.finish(out);
        }
    }

    fn value(&mut self, column: u32, value: &[u8]) {
        let at = column as usize;
        let (Some(out), Some(count)) = (self.columns.get_mut(at), self.counts.get_mut(at)) else { return };
        if let Some(id) = id_bytes(value) {
            out.push(1);
            out.extend_from_slice(&id);
            return;
        }
        let room = self.kept + value.len() <= MOST_KEPT;
        let (number, is_new) = self.known.number(self.seed, column, value, *count as usize, room);
        match number {
            Some(number) if !is_new => push_number(out, number + 2),
            number => {
                if number.is_some() {
                    self.kept += value.len();
                    *count += 1;
                }
                out.push(0);
                out.extend_from_slice(value);
                out.push(b'\n');
            }
        }
    }

    /// Writes what has come since the last block.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        if self.records == 0 {
            return;
        }
        let mut body = Vec::new();
        push_number(&mut body, self.new as usize);
        body.append(&mut self.skeletons);
        push_number(&mut body, self.records as usize);
        body.append(&mut self.ids);
        for column in &mut self.columns {
            push_number(&mut body, column.len());
            body.append(column);
        }
        out.extend_from_slice(MAGIC);
        out.push(u8::from(self.fresh));
        out.extend_from_slice(&u32::try_from(body.len()).unwrap_or(u32::MAX).to_le_bytes());
        out.append(&mut body);
        (self.fresh, self.text, self.new, self.records) = (false, 0, 0, 0);
    }
}

/// A record as its skeleton and the ranges of its values.
fn split(line: &[u8]) -> (Vec<u8>, Vec<(usize, usize)>) {
    let (mut skeleton, mut values, mut at) = (Vec::new(), Vec::new(), 0);
    while let Some(&byte) = line.get(at) {
        let end = match byte {
            b'"' => {
                let end = string_end(line, at);
                let next = line[end..].iter().find(|b| !b.is_ascii_whitespace());
                if next == Some(&b':') {
                    skeleton.extend_from_slice(&line[at..end]);
                    at = end;
                    continue;
                }
                end
            }
            b'-' | b'+' | b'.' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => {
                let more = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'+' | b'.');
                at + line[at..].iter().take_while(more).count()
            }
            // What is no JSON is one value.
            SLOT | b'\n' => return (vec![SLOT], vec![(0, line.len())]),
            _ => {
                skeleton.push(byte);
                at += 1;
                continue;
            }
        };
        skeleton.push(SLOT);
        values.push((at, end));
        at = end;
    }
    if skeleton.iter().filter(|byte| **byte == SLOT).count() != values.len() {
        return (vec![SLOT], vec![(0, line.len())]);
    }
    (skeleton, values)
}

/// The bytes of an id such as `"25d2f1da-c4ac-4201-9c97-e50869d6a636"`, quotation marks included.
fn id_bytes(value: &[u8]) -> Option<[u8; 16]> {
    if value.len() != 38 {
        return None;
    }
    let mut id = [0; 16];
    let mut digits = 0;
    for (at, &byte) in value.iter().enumerate() {
        match (at, byte) {
            (0 | 37, b'"') | (9 | 14 | 19 | 24, b'-') => {}
            (1..=36, b'0'..=b'9' | b'a'..=b'f') if !matches!(at, 9 | 14 | 19 | 24) => {
                let digit = if byte <= b'9' { byte - b'0' } else { byte - b'a' + 10 };
                *id.get_mut(digits / 2)? |= if digits % 2 == 0 { digit << 4 } else { digit };
                digits += 1;
            }
            _ => return None,
        }
    }
    Some(id)
}

fn push_number(out: &mut Vec<u8>, mut number: usize) {
    while number > 127 {
        out.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Texts with their numbers, each column by itself.
#[derive(Default)]
struct Known {
    text: Vec<u8>,
    /// Column, number there, and where the text stands.
    entries: Vec<(u32, u32, u32, u32)>,
    /// Places in `entries`, from 1, by hash.
    table: Vec<u32>,
}

impl Known {
    /// The number of a text in a column and whether it is new: then it gets `next`, if it is to be kept.
    fn number(
        &mut self,
        seed: u64,
        column: u32,
        text: &[u8],
        next: usize,
        keep: bool,
    ) -> (Option<usize>, bool) {
        if (self.entries.len() + 1) * 2 > self.table.len() {
            let size = (self.table.len() * 2).max(1 << 12);
            self.table = vec![0; size];
            for at in 0..self.entries.len() {
                let (column, _, start, end) = self.entries[at];
                let slot = self.slot(seed, column, &self.text[start as usize..end as usize], true);
                self.table[slot] = at as u32 + 1;
            }
        }
        let slot = self.slot(seed, column, text, false);
        if let Some(at) = self.table[slot].checked_sub(1) {
            return (Some(self.entries[at as usize].1 as usize), false);
        }
        let (start, number) = (u32::try_from(self.text.len()), u32::try_from(next));
        let (Ok(start), Ok(number), true) = (start, number, keep) else { return (None, true) };
        self.text.extend_from_slice(text);
        let end = u32::try_from(self.text.len()).unwrap_or(u32::MAX);
        self.entries.push((column, number, start, end));
        self.table[slot] = u32::try_from(self.entries.len()).unwrap_or_default();
        (Some(next), true)
    }

    /// The place of a text in the table, or the free one where it belongs.
    fn slot(&self, seed: u64, column: u32, text: &[u8], free: bool) -> usize {
        let hash = xxh3_64_with_seed(text, seed ^ u64::from(column).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mask = self.table.len() - 1;
        let mut slot = hash as usize & mask;
        while let Some(at) = self.table[slot].checked_sub(1) {
            let (of, _, start, end) = self.entries[at as usize];
            if !free && of == column && &self.text[start as usize..end as usize] == text {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }
}
