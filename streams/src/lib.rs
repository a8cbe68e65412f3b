//! A WebAssembly program with its code sorted into streams, and back.
//!
//! Instructions, the locals they name, the functions they call and the numbers they hold follow different
//! patterns. Each kind in a stream of its own makes what a packer leaves of a program 7 % smaller. `xtask`
//! splits, the unpacker of the page joins. See the
//! [binary format](https://webassembly.github.io/spec/core/binary/index.html).

mod instruction;

use instruction::function;

/// Where a piece of a program goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stream {
    /// All that is no body of a function.
    Rest,
    /// The types of locals.
    Header,
    /// Opcodes.
    Code,
    /// Types of blocks.
    Types,
    /// Depths that are branched to.
    Labels,
    /// Functions that are called.
    Calls,
    /// Numbers of locals that are read.
    Locals,
    /// Of those that are written.
    Written,
    /// Alignments of loads and stores.
    Aligns,
    /// Offsets of loads.
    Offsets,
    /// Offsets of stores.
    Stores,
    /// Constants.
    I32,
    I64,
    /// Immediates that are rare.
    Other,
}

const STREAMS: usize = 14;

const REST: usize = Stream::Rest as usize;

/// How long a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// A number in LEB128.
    Number,
    /// So many bytes.
    Bytes(usize),
}

/// Copies a piece of a stream; gives a number's low 64 bits, of bytes the first. `None` where none is left.
type Copier<'c> = &'c mut dyn FnMut(Stream, Piece) -> Option<u64>;

/// The header of a program, before its sections.
const PREAMBLE: usize = 8;

/// The id of the section with the bodies of functions.
const CODE: u8 = 10;

/// The program with its code sorted, the lengths of the streams before it; `None` where it holds an
/// instruction that is not known here, or would not come back as it was.
#[must_use]
pub fn split(program: &[u8]) -> Option<Vec<u8>> {
    let mut streams: [Vec<u8>; STREAMS] = Default::default();
    let mut from = Bytes { bytes: program, at: 0 };
    streams[REST].extend(from.take(PREAMBLE)?);
    while from.at < program.len() {
        let start = from.at;
        let id = from.take(1)?[0];
        let length = usize::try_from(from.number()?).ok()?;
        let section = from.at;
        if id != CODE {
            from.take(length)?;
            streams[REST].extend(program.get(start..from.at)?);
            continue;
        }
        streams[REST].push(id);
        let count_at = from.at;
        let count = from.number()?;
        streams[REST].extend(program.get(count_at..from.at)?);
        for _ in 0..count {
            let end = usize::try_from(from.number()?).ok()?.checked_add(from.at)?;
            function(&mut |stream, piece| {
                let (bytes, value) = from.piece(piece)?;
                streams[stream as usize].extend(bytes);
                Some(value)
            })?;
            if from.at != end {
                return None;
            }
        }
        if from.at != section + length {
            return None;
        }
    }
    let mut sorted = Vec::with_capacity(program.len() + 4 * STREAMS);
    for stream in &streams {
        sorted.extend(u32::try_from(stream.len()).ok()?.to_le_bytes());
    }
    streams.iter().for_each(|stream| sorted.extend(stream));
    // Lengths can be written in more bytes than they need; those of this program would be lost.
    (join(&sorted).as_deref() == Some(program)).then_some(sorted)
}

/// The program that was split; `None` where this is none.
#[must_use]
pub fn join(sorted: &[u8]) -> Option<Vec<u8>> {
    let mut all = Bytes { bytes: sorted, at: 4 * STREAMS };
    let mut streams = [Bytes { bytes: &[], at: 0 }; STREAMS];
    for (stream, length) in streams.iter_mut().zip(sorted.chunks_exact(4)) {
        let length = u32::from_le_bytes(length.try_into().ok()?);
        stream.bytes = all.take(usize::try_from(length).ok()?)?;
    }
    let mut program = Vec::with_capacity(sorted.len());
    program.extend(streams[REST].take(PREAMBLE)?);
    while streams[REST].at < streams[REST].bytes.len() {
        let id = streams[REST].take(1)?[0];
        program.push(id);
        if id != CODE {
            let length = streams[REST].number()?;
            write_number(&mut program, length);
            program.extend(streams[REST].take(usize::try_from(length).ok()?)?);
            continue;
        }
        let count = streams[REST].number()?;
        let mut section = Vec::new();
        write_number(&mut section, count);
        for _ in 0..count {
            let mut body: Vec<u8> = Vec::new();
            function(&mut |stream, piece| {
                let (bytes, value) = streams[stream as usize].piece(piece)?;
                body.extend(bytes);
                Some(value)
            })?;
            write_number(&mut section, body.len() as u64);
            section.extend(body);
        }
        write_number(&mut program, section.len() as u64);
        program.extend(section);
    }
    Some(program)
}

fn write_number(out: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        // The low seven bits, and that there are more.
        out.push((number & 127) as u8 | 128);
        number >>= 7;
    }
    out.push(number as u8);
}

/// Bytes, read from the front.
#[derive(Clone, Copy)]
struct Bytes<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> Bytes<'b> {
    fn take(&mut self, count: usize) -> Option<&'b [u8]> {
        let end = self.at.checked_add(count)?;
        let taken = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(taken)
    }

    fn number(&mut self) -> Option<u64> {
        self.piece(Piece::Number).map(|(_, number)| number)
    }

    /// A piece as it stands, and its value.
    fn piece(&mut self, piece: Piece) -> Option<(&'b [u8], u64)> {
        let start = self.at;
        if let Piece::Bytes(count) = piece {
            let bytes = self.take(count)?;
            return Some((bytes, bytes.first().map_or(0, |&byte| u64::from(byte))));
        }
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.take(1)?[0];
            number |= u64::from(byte & 127) << shift;
            shift += 7;
            if byte < 128 {
                return Some((self.bytes.get(start..self.at)?, number));
            }
            if shift > 63 {
                return None;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A program whose functions have these bodies, and a section behind them.
    fn program(bodies: &[&[u8]]) -> Vec<u8> {
        let mut code = Vec::new();
        write_number(&mut code, bodies.len() as u64);
        for body in bodies {
            write_number(&mut code, body.len() as u64);
            code.extend(*body);
        }
        let mut program = b"\0asm\x01\0\0\0\x01\x04\x01\x60\0\0\x0a".to_vec();
        write_number(&mut program, code.len() as u64);
        program.extend(code);
        program.extend(b"\x0b\x01\0");
        program
    }

    #[test]
    fn instructions_of_every_shape_come_back() {
        let body: &[&[u8]] = &[
            // Two groups of locals.
            &[2, 3, 0x7f, 1, 0x7b],
            &[0x02, 0x40, 0x03, 0x7f, 0x04, 0x40, 0x05, 0x0b, 0x0c, 1, 0x0d, 0, 0x0b, 0x0b],
            &[0x0e, 2, 0, 1, 0, 0x10, 0x85, 0x01, 0x11, 3, 0, 0x1a, 0x1b, 0x1c, 1, 0x7f],
            &[0x20, 0, 0x21, 0x80, 0x01, 0x22, 2, 0x23, 0, 0x24, 1, 0x25, 0, 0x26, 0],
            &[0x28, 2, 0, 0x36, 2, 0x90, 0x01, 0x3f, 0, 0x40, 0],
            &[0x41, 0x7f, 0x42, 0xff, 0xff, 0xff, 0x07, 0x43, 1, 2, 3, 4, 0x44, 1, 2, 3, 4, 5, 6, 7, 8],
            &[0x6a, 0xc0, 0xc4, 0xd0, 0x6f, 0xd1, 0xd2, 5],
            &[0xfc, 0, 0xfc, 8, 1, 0, 0xfc, 9, 1, 0xfc, 10, 0, 0, 0xfc, 11, 0, 0xfc, 15, 0],
            &[0xfd, 0, 4, 16, 0xfd, 12, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
            &[0xfd, 21, 3, 0xfd, 84, 0, 0, 7, 0xfd, 0x5c, 2, 0, 0xfd, 0xae, 0x01],
            &[0x0f, 0x00, 0x0b],
        ];
        let program = program(&[&body.concat(), &[0, 0x0b]]);
        let sorted = split(&program).unwrap();
        assert_ne!(sorted, program);
        assert_eq!(join(&sorted).unwrap(), program);
    }

    #[test]
    fn what_would_not_come_back_is_not_split() {
        assert_eq!(split(b""), None);
        // An unknown instruction, a body that ends early, a length in more bytes than it needs.
        for body in [&[0, 0xff, 0x0b][..], &[0, 0x0b, 0x01], &[0, 0x02, 0x40, 0x0b]] {
            assert_eq!(split(&program(&[body])), None, "{body:?}");
        }
        let padded = b"\0asm\x01\0\0\0\x0a\x04\x01\x82\0\0\x0b";
        assert_eq!(split(padded), None);
    }

    proptest! {
        #[test]
        fn any_bytes_are_refused_or_come_back(bytes in prop::collection::vec(any::<u8>(), 0..80), whole in any::<bool>()) {
            let program = if whole { program(&[&bytes]) } else { bytes.clone() };
            if let Some(sorted) = split(&program) {
                prop_assert_eq!(join(&sorted), Some(program));
            }
            let _ = join(&bytes);
        }
    }
}
