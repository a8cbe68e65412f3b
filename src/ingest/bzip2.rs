//! Bzip2 as a stream: files one after another, any split of the bytes, any wound.

use bzip2::{Decompress, Status};

use super::wound::{Step, Wound};

/// How a file starts: `BZh`, and the size of its blocks in units of 100 kB.
const HEAD: usize = 4;

enum State {
    /// At the start of a file, with so many bytes of its head held.
    Head,
    Body(Box<Decompress>),
    Ended,
}

/// A bzip2 stream that is fed and drained in pieces.
pub(super) struct Bzip2 {
    state: State,
    /// The bytes of a head that came so far.
    held: Vec<u8>,
    /// Packed bytes taken.
    taken: u64,
    files: u64,
    wound: Option<Wound>,
}

impl Bzip2 {
    /// At the start of a stream.
    pub fn new() -> Self {
        Self { state: State::Head, held: Vec::new(), taken: 0, files: 0, wound: None }
    }

    /// Whether a bzip2 file starts with these bytes.
    pub fn is_start(head: &[u8]) -> bool {
        matches!(head, [b'B', b'Z', b'h', b'1'..=b'9', ..])
    }

    /// Takes from `input` and writes to `output` until one of them is used up or the stream ends.
    ///
    /// Content may still be held back when the input is used up and the output full: then call again.
    pub fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let (mut read, mut written) = (0, 0);
        loop {
            let rest = &input[read..];
            let (used, made) = match &mut self.state {
                State::Head => (self.head(rest), 0),
                State::Body(_) => self.body(rest, &mut output[written..]),
                State::Ended => (rest.len(), 0),
            };
            read += used;
            written += made;
            self.taken += used as u64;
            let waits = !matches!(self.state, State::Body(_)) && read == input.len();
            if waits || used == 0 && made == 0 {
                return Step { read, written };
            }
        }
    }

    /// Whether nothing more can come, whatever follows.
    pub fn is_ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    /// What is wrong with the stream, given that it ends here.
    pub fn finish(self) -> Option<Wound> {
        let between = matches!(self.state, State::Head) && self.held.is_empty() && self.files > 0;
        let is_whole = between || matches!(self.state, State::Ended);
        self.wound.or((!is_whole).then_some(Wound::Cut { at: self.taken }))
    }

    fn head(&mut self, input: &[u8]) -> usize {
        let before = self.held.len();
        let used = input.len().min(HEAD - before);
        self.held.extend_from_slice(&input[..used]);
        if self.held.len() == HEAD {
            if Self::is_start(&self.held) {
                let mut decoder = Box::new(Decompress::new(false));
                // The head asks for no output, and is right.
                let _ = decoder.decompress(&self.held, &mut []);
                self.state = State::Body(decoder);
            } else {
                let at = self.taken - before as u64;
                self.end(if self.files == 0 { Wound::Damaged { at } } else { Wound::Garbage { at } });
            }
            self.held.clear();
        }
        used
    }

    fn body(&mut self, input: &[u8], output: &mut [u8]) -> (usize, usize) {
        let State::Body(decoder) = &mut self.state else { return (0, 0) };
        let before = (decoder.total_in(), decoder.total_out());
        let status = decoder.decompress(input, output);
        // Both differences are at most the lengths of the slices.
        let used = (decoder.total_in() - before.0) as usize;
        let made = (decoder.total_out() - before.1) as usize;
        match status {
            Ok(Status::StreamEnd) => {
                self.files += 1;
                self.state = State::Head;
            }
            Ok(Status::MemNeeded) | Err(_) => self.end(Wound::Damaged { at: self.taken + used as u64 }),
            Ok(_) => {}
        }
        (used, made)
    }

    fn end(&mut self, wound: Wound) {
        self.wound = self.wound.or(Some(wound));
        self.state = State::Ended;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use bzip2::{Compression, read::BzEncoder};
    use proptest::prelude::*;
    use std::io::Read;

    fn pack(content: &[u8]) -> Vec<u8> {
        let mut packed = Vec::new();
        BzEncoder::new(content, Compression::fast()).read_to_end(&mut packed).unwrap();
        packed
    }

    fn decode(bytes: &[u8], piece: usize) -> (Vec<u8>, Option<Wound>) {
        let (mut decoder, mut text) = (Bzip2::new(), Vec::new());
        let mut output = vec![0; 97];
        for mut piece in bytes.chunks(piece) {
            loop {
                let step = decoder.step(piece, &mut output);
                text.extend_from_slice(&output[..step.written]);
                piece = &piece[step.read..];
                if piece.is_empty() && step.written < output.len() {
                    break;
                }
            }
        }
        (text, decoder.finish())
    }

    #[test]
    fn reads_files_and_says_what_is_wrong() {
        let text = br#"{"Records":[{"eventVersion":"1.08"}]}"#.repeat(40);
        let packed = pack(&text);
        let end = packed.len() as u64;
        let mut changed = packed.clone();
        // The checksum of the block.
        changed[10] ^= 1;
        for (bytes, times, wound) in [
            (packed.clone(), 1, None),
            (pack(b""), 0, None),
            ([packed.clone(), packed.clone()].concat(), 2, None),
            ([packed.as_slice(), b"no more files"].concat(), 1, Some(Wound::Garbage { at: end })),
            ([packed.as_slice(), b"BZ"].concat(), 1, Some(Wound::Cut { at: end + 2 })),
        ] {
            for piece in [1, 3, 50, 1000] {
                assert_eq!(decode(&bytes, piece), (text.repeat(times), wound));
            }
        }
        assert!(matches!(decode(&changed, 1000).1, Some(Wound::Damaged { .. })));
        for length in 0..packed.len() - 1 {
            assert_eq!(decode(&packed[..length], 7).1, Some(Wound::Cut { at: length as u64 }), "{length}");
        }
    }

    proptest! {
        #[test]
        fn gives_back_what_was_packed(seed in prop::collection::vec(any::<u8>(), 0..400), times in 1_usize..900, piece in 1_usize..5000) {
            let content = seed.repeat(times);
            prop_assert_eq!(decode(&pack(&content), piece), (content, None));
        }

        #[test]
        fn no_bytes_hurt(noise in prop::collection::vec(any::<u8>(), 0..600), at in 0_usize..100, piece in 1_usize..80) {
            let mut bytes = pack(b"{\"Records\":[]}");
            let end = (at + noise.len()).min(bytes.len());
            bytes.splice(at.min(end)..end, noise);
            decode(&bytes, piece);
        }
    }
}
