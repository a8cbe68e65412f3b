//! Zstandard: any bytes, and frames with blocks of every kind.

use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use trailscope::ingest::Way;
use trailscope::protocol::Outcome;

use crate::{
    choice::Choice,
    reading::{is_same_text, keeps_whole_records, read, read_both},
};

const MAGIC: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// Reads the bytes as a zstd stream, and as what is in one.
pub fn run(data: &[u8]) {
    let mut choice = Choice::of(data);
    if data.starts_with(MAGIC) {
        read_both(data, &mut choice);
    } else if choice.one_in(2) {
        read_both(&[MAGIC, data].concat(), &mut choice);
    } else {
        content(data, &mut choice);
    }
}

fn content(text: &[u8], choice: &mut Choice) {
    let mut packed = Vec::new();
    for part in choice.parts(text, 3) {
        if choice.one_in(4) {
            packed.extend([0x50 + choice.below(16) as u8, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3]);
        }
        match choice.below(8) {
            0 => packed.extend(compress_to_vec(part, CompressionLevel::Fastest)),
            1 => packed.extend(compress_to_vec(part, CompressionLevel::Uncompressed)),
            _ => frame(&mut packed, part, choice),
        }
    }
    let plain = read(text);
    let unpacked = read_both(&packed, choice);
    if plain.is_text() && plain.report().inflated.is_none() && plain.report().kind != "gzip in gzip" {
        is_same_text(&plain, &unpacked, 0);
    }
    packed.truncate(choice.below(packed.len()));
    let cut = read(&packed);
    let is_json = text.starts_with(b"{") && text.get(1).is_some_and(|&second| second != 0);
    if is_json && plain.report().way == Way::Plain && plain.report().outcome == Outcome::Read {
        let length = cut.report().inflated.unwrap_or(0);
        keeps_whole_records(&plain, &cut, usize::try_from(length).expect("it was in memory"));
    }
}

/// A frame of raw blocks and runs.
fn frame(out: &mut Vec<u8>, content: &[u8], choice: &mut Choice) {
    out.extend(MAGIC);
    // No checksum, a window of 1 KiB to 128 KiB; blocks may be as long.
    out.extend([0, 0x38]);
    let blocks = choice.parts(content, 4);
    for (at, block) in blocks.iter().enumerate() {
        let last = u32::from(at + 1 == blocks.len());
        let size = (block.len() as u32) << 3;
        let is_run = block.first().is_some_and(|first| block.iter().all(|byte| byte == first));
        let header = size | u32::from(is_run) << 1 | last;
        out.extend(&header.to_le_bytes()[..3]);
        out.extend(if is_run { &block[..1] } else { block });
    }
}
