//! Which immediates an instruction has, and which stream each belongs to.

use super::{Copier, Piece, Stream};
use Piece::{Bytes, Number};
use Stream::{Aligns, Calls, Code, Header, I32, I64, Labels, Locals, Offsets, Other, Stores, Types, Written};

/// Copies the body of a function, without its length. `None` where an instruction is not known.
pub(super) fn function(copy: Copier<'_>) -> Option<()> {
    for _ in 0..copy(Header, Number)? {
        copy(Header, Number)?;
        copy(Header, Bytes(1))?;
    }
    let mut depth = 0_usize;
    loop {
        let code = copy(Code, Bytes(1))?;
        match code {
            0x02..=0x04 => depth += 1,
            0x0b if depth == 0 => return Some(()),
            0x0b => depth -= 1,
            _ => {}
        }
        for &(stream, piece) in immediates(code, copy)? {
            copy(stream, piece)?;
        }
    }
}

const NONE: &[(Stream, Piece)] = &[];
const MEMORY: &[(Stream, Piece)] = &[(Aligns, Number), (Offsets, Number)];
const ONE: &[(Stream, Piece)] = &[(Other, Number)];
const TWO: &[(Stream, Piece)] = &[(Other, Number), (Other, Number)];

/// The immediates of the instruction with this opcode. Lists of any length it copies itself.
fn immediates(code: u64, copy: Copier<'_>) -> Option<&'static [(Stream, Piece)]> {
    Some(match code {
        0x00 | 0x01 | 0x05 | 0x0b | 0x0f | 0x1a | 0x1b | 0x45..=0xc4 | 0xd1 => NONE,
        0x02..=0x04 => &[(Types, Number)],
        0x0c | 0x0d => &[(Labels, Number)],
        // As many labels as it says, and one more.
        0x0e => {
            for _ in 0..copy(Labels, Number)? {
                copy(Labels, Number)?;
            }
            &[(Labels, Number)]
        }
        0x10 => &[(Calls, Number)],
        0x11 => TWO,
        0x1c => {
            for _ in 0..copy(Other, Number)? {
                copy(Other, Bytes(1))?;
            }
            NONE
        }
        0x20 => &[(Locals, Number)],
        0x21 | 0x22 => &[(Written, Number)],
        0x23..=0x26 | 0x3f | 0x40 | 0xd0 | 0xd2 => ONE,
        0x28..=0x35 => MEMORY,
        0x36..=0x3e => &[(Aligns, Number), (Stores, Number)],
        0x41 => &[(I32, Number)],
        0x42 => &[(I64, Number)],
        0x43 => &[(Other, Bytes(4))],
        0x44 => &[(Other, Bytes(8))],
        0xfc => match copy(Code, Number)? {
            0..=7 => NONE,
            8 | 10 | 12 | 14 => TWO,
            9 | 11 | 13 | 15..=17 => ONE,
            _ => return None,
        },
        0xfd => match copy(Code, Number)? {
            0..=11 | 92 | 93 => MEMORY,
            12 | 13 => &[(Other, Bytes(16))],
            21..=34 => &[(Other, Bytes(1))],
            84..=91 => &[(Aligns, Number), (Offsets, Number), (Other, Bytes(1))],
            14..=20 | 35..=83 | 94..=255 => NONE,
            _ => return None,
        },
        _ => return None,
    })
}
