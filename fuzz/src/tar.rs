//! Tar archives: any bytes, and entries with short names, long ones and pax headers.

use crate::{
    choice::Choice,
    reading::{is_same_text, read, read_both},
};

const BLOCK: usize = 512;

/// Reads the bytes as an archive, and as what is in one.
pub fn run(data: &[u8]) {
    let mut choice = Choice::of(data);
    if data.len() >= BLOCK && choice.one_in(2) {
        read_both(&sealed(data), &mut choice);
    } else if choice.one_in(4) {
        read_both(data, &mut choice);
    } else {
        content(data, &mut choice);
    }
}

/// The bytes with right checksums in whatever stands where headers would be: no input finds one by
/// chance.
fn sealed(data: &[u8]) -> Vec<u8> {
    let mut bytes = data.to_vec();
    let mut at = 0;
    while let Some(block) = bytes.get_mut(at..at + BLOCK) {
        if block.iter().any(|&byte| byte != 0) {
            seal(block);
        }
        let size =
            std::str::from_utf8(&block[124..135]).ok().and_then(|size| usize::from_str_radix(size, 8).ok());
        at += BLOCK + size.unwrap_or(0).min(data.len()).next_multiple_of(BLOCK);
    }
    bytes
}

fn content(data: &[u8], choice: &mut Choice) {
    let parts = choice.parts(data, 3);
    let mut bytes = Vec::new();
    let mut ends = Vec::new();
    for (number, part) in parts.iter().enumerate() {
        let name = format!("{number}");
        match choice.below(3) {
            0 => bytes.extend(entry(&name, b'0', part)),
            1 => {
                let long = format!("{}/{name}", "folder/".repeat(20));
                bytes.extend(entry("././@LongLink", b'L', format!("{long}\0").as_bytes()));
                bytes.extend(entry(&long[..99], b'0', part));
            }
            _ => {
                let record = format!("{:02} path=a b/{name}\n", 14);
                bytes.extend(entry("pax", b'x', record.as_bytes()));
                bytes.extend(entry(&name, b'0', part));
            }
        }
        ends.push(bytes.len());
    }
    bytes.extend([0; 2 * BLOCK]);
    let plain: Vec<_> = parts.iter().map(|part| read(part)).collect();
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
    let before = ends.iter().zip(&plain).filter(|(end, _)| **end <= bytes.len());
    let kept: usize = before.map(|(_, plain)| plain.records.len()).sum();
    assert!(
        whole.records[..kept].iter().all(|record| cut.records.contains(record)),
        "lost by a cut behind it"
    );
}

/// Header, content, padding.
fn entry(name: &str, kind: u8, content: &[u8]) -> Vec<u8> {
    let mut block = vec![0; BLOCK];
    block[..name.len()].copy_from_slice(name.as_bytes());
    block[100..108].copy_from_slice(b"0000644\0");
    block[124..136].copy_from_slice(format!("{:011o}\0", content.len()).as_bytes());
    block[156] = kind;
    block[257..265].copy_from_slice(b"ustar\x0000");
    seal(&mut block);
    block.extend(content);
    block.resize(block.len().next_multiple_of(BLOCK), 0);
    block
}

/// Writes the checksum of a header.
fn seal(block: &mut [u8]) {
    block[148..156].fill(b' ');
    let sum: u32 = block.iter().map(|&byte| u32::from(byte)).sum();
    block[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
}
