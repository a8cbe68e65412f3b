//! gzip, of one member or many, whole and wounded; and base64 around it.

use std::io::Write;

use flate2::{
    Compression,
    write::{DeflateEncoder, GzEncoder},
};
use trailscope::ingest::{GzipPick, Way, inflate_all};
use trailscope::protocol::Outcome;

use crate::{
    choice::Choice,
    reading::{Reading, is_same_text, keeps_whole_records, read, read_both},
};

/// The shortest header of a member.
const HEADER: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3];

/// Reads the bytes as a gzip stream, and as what is in one.
pub fn run(data: &[u8]) {
    let mut choice = Choice::of(data);
    if data.starts_with(&HEADER[..3]) {
        stream(data, &mut choice);
    } else if choice.one_in(2) {
        stream(&[&HEADER, data].concat(), &mut choice);
    } else {
        content(data, &mut choice);
    }
}

/// Any stretch of the content is picked out of the stream as it is inflated.
fn stream(data: &[u8], choice: &mut Choice) {
    read_both(data, choice);
    let (text, _) = inflate_all(data);
    let from = choice.below(text.len());
    let len = choice.below(text.len() - from);
    let mut pick = GzipPick::new(from as u64, len);
    for piece in choice.parts(data, 3) {
        if !pick.push(piece) {
            break;
        }
    }
    assert_eq!(pick.finish().as_deref(), Ok(&text[from..from + len]));
}

fn content(text: &[u8], choice: &mut Choice) {
    let packed: Vec<u8> = choice.parts(text, 3).into_iter().flat_map(|part| gzip(part, choice)).collect();
    assert_eq!(inflate_all(&packed), (text.to_vec(), None));
    let plain = read(text);
    let unpacked = read_both(&packed, choice);
    if is_plain(&plain) {
        is_same_text(&plain, &unpacked, 0);
        if choice.one_in(4) {
            is_same_text(&plain, &read(base64(&packed).as_bytes()), 0);
        } else {
            wounded(&plain, packed, choice);
        }
    }
}

/// Whether it is a text that stands in the file as it is.
fn is_plain(reading: &Reading) -> bool {
    reading.is_text()
        && reading.report().inflated.is_none()
        && !["gzip in gzip", "zstd file"].contains(&reading.report().kind.as_str())
}

/// A changed stream hurts nobody; of one that is cut, every record is there whose text is.
fn wounded(plain: &Reading, mut packed: Vec<u8>, choice: &mut Choice) {
    let at = choice.below(packed.len());
    if choice.one_in(3) {
        packed[at] ^= 1 << choice.below(8);
        read_both(&packed, choice);
        return;
    }
    packed.truncate(at);
    let cut = read(&packed);
    let (text, _) = inflate_all(&packed);
    let is_json = text.starts_with(b"{") && text.get(1).is_some_and(|&second| second != 0);
    let is_whole = plain.report().outcome == Outcome::Read;
    if is_json && is_whole && plain.report().way == Way::Plain {
        keeps_whole_records(plain, &cut, text.len());
    }
}

/// Deflated data.
pub fn deflate(part: &[u8], choice: &mut Choice) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), level(choice));
    encoder.write_all(part).expect("a Vec takes everything");
    encoder.finish().expect("a Vec takes everything")
}

/// Stored, quick or good.
fn level(choice: &mut Choice) -> Compression {
    Compression::new([0, 1, 6][choice.below(3)])
}

/// One member.
fn gzip(part: &[u8], choice: &mut Choice) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), level(choice));
    encoder.write_all(part).expect("a Vec takes everything");
    encoder.finish().expect("a Vec takes everything")
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let bits =
            chunk.iter().fold(0_u32, |bits, &byte| bits << 8 | u32::from(byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    out
}
