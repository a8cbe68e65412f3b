//! Zstandard (RFC 8878) as a stream: frames one after another, any split of the bytes, any wound.
//!
//! The decoder gets one block at a time and is emptied before the next, so that no more than its window
//! and one block (128 KiB) are in memory, whatever the stream promises.

use ruzstd::decoding::FrameDecoder;
use ruzstd::io::Read;

use super::wound::{Step, Wound};

const MAGIC: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// How far back a frame may refer, in bytes: what `zstd --long` asks for at most.
const LARGEST_WINDOW: u64 = 128 << 20;

/// Bytes of a block, packed or not, at most (RFC 8878, 3.1.1.2.4).
const LONGEST_BLOCK: u32 = 128 << 10;

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// At the header of a frame.
    Frame,
    /// In a frame that is to be skipped, with so many bytes to come.
    Skip(u32),
    /// At a block of a frame with or without a checksum at its end.
    Block {
        has_checksum: bool,
    },
    Checksum,
    Ended,
}

/// A zstd stream that is fed and drained in pieces.
pub(super) struct Zstd {
    state: State,
    decoder: FrameDecoder,
    /// The bytes of a header or a block that came so far.
    held: Vec<u8>,
    /// Whether the decoder may hold content.
    is_full: bool,
    taken: u64,
    frames: u64,
    wound: Option<Wound>,
}

impl Zstd {
    /// At the start of a stream.
    pub fn new() -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(LARGEST_WINDOW);
        Self {
            state: State::Frame,
            decoder,
            held: Vec::new(),
            is_full: false,
            taken: 0,
            frames: 0,
            wound: None,
        }
    }

    /// Whether a zstd stream starts with these bytes.
    pub fn is_start(head: &[u8]) -> bool {
        head.starts_with(&MAGIC) || is_skipped(head)
    }

    /// Takes from `input` and writes to `output` until one of them is used up or the stream ends.
    pub fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let (mut read, mut written) = (0, 0);
        loop {
            if self.is_full {
                let count = self.decoder.read(&mut output[written..]).unwrap_or(0);
                written += count;
                self.is_full = count > 0;
                if written == output.len() {
                    break;
                }
                continue;
            }
            let rest = &input[read..];
            if let State::Ended = self.state {
                read = input.len();
                break;
            }
            let used = match self.state {
                State::Skip(left) => self.skip(left, rest),
                _ => self.gather(rest),
            };
            self.taken += used as u64;
            read += used;
            let waits = matches!(self.state, State::Skip(_)) || self.held.len() < self.needed();
            if waits && read == input.len() && !self.is_full {
                break;
            }
        }
        Step { read, written }
    }

    /// How many bytes must be held to go on.
    fn needed(&self) -> usize {
        let held = &self.held;
        match self.state {
            State::Frame if is_skipped(held) => 8,
            State::Frame => held.get(4).map_or(5, |&descriptor| header_length(descriptor)),
            State::Block { .. } => match held.first_chunk() {
                Some(&[a, b, c]) => {
                    let header = u32::from_le_bytes([a, b, c, 0]);
                    // A run is one byte, however long it is.
                    3 + if header >> 1 & 3 == 1 { 1 } else { (header >> 3) as usize }
                }
                None => 3,
            },
            State::Checksum => 4,
            State::Skip(_) | State::Ended => 0,
        }
    }

    /// Whether the header of a block is held that tells more bytes than a block may have.
    fn is_too_long(&self) -> bool {
        let header = self.held.first_chunk().map(|&[a, b, c]| u32::from_le_bytes([a, b, c, 0]));
        matches!(self.state, State::Block { .. }) && header.is_some_and(|header| header >> 3 > LONGEST_BLOCK)
    }

    fn gather(&mut self, input: &[u8]) -> usize {
        let mut used = 0;
        while self.held.len() < self.needed() {
            let wanted = (self.needed() - self.held.len()).min(input.len() - used);
            if wanted == 0 {
                return used;
            }
            self.held.extend_from_slice(&input[used..used + wanted]);
            used += wanted;
            if self.is_too_long() {
                self.end(Wound::Damaged { at: self.taken + used as u64 - self.held.len() as u64 });
                return used;
            }
        }
        let whole = std::mem::take(&mut self.held);
        let start = self.taken + used as u64 - whole.len() as u64;
        self.take(&whole, start);
        used
    }

    /// Takes a whole header, block or checksum that starts at `start`.
    fn take(&mut self, whole: &[u8], start: u64) {
        match self.state {
            State::Frame => match whole.get(4..8).and_then(<[u8]>::first_chunk) {
                Some(length) if is_skipped(whole) => {
                    self.state = State::Skip(u32::from_le_bytes(*length));
                    self.skip_nothing();
                }
                _ => {
                    let mut header = whole;
                    if !whole.starts_with(&MAGIC) && self.frames > 0 {
                        self.end(Wound::Garbage { at: start });
                    } else if self.decoder.reset(&mut header).is_err() {
                        self.end(Wound::Damaged { at: start });
                    } else {
                        let has_checksum = whole.get(4).is_some_and(|descriptor| descriptor & 4 != 0);
                        self.state = State::Block { has_checksum };
                    }
                }
            },
            State::Block { has_checksum } => {
                if self.decoder.decode_from_to(whole, &mut []).is_err() {
                    return self.end(Wound::Damaged { at: start });
                }
                self.is_full = true;
                if whole.first().is_some_and(|header| header & 1 == 1) {
                    self.frames += 1;
                    self.state = if has_checksum { State::Checksum } else { State::Frame };
                }
            }
            State::Checksum => {
                let sum = whole.first_chunk().map(|sum| u32::from_le_bytes(*sum));
                if sum != self.decoder.get_calculated_checksum() {
                    self.wound = self.wound.or(Some(Wound::Checksum));
                }
                self.state = State::Frame;
            }
            State::Skip(_) | State::Ended => {}
        }
    }

    /// A frame to be skipped may be empty.
    fn skip_nothing(&mut self) {
        if self.state == State::Skip(0) {
            self.skip(0, &[]);
        }
    }

    fn skip(&mut self, left: u32, input: &[u8]) -> usize {
        let used = input.len().min(left as usize);
        // At most `left`.
        let left = left - used as u32;
        if left > 0 {
            self.state = State::Skip(left);
        } else {
            self.frames += 1;
            self.state = State::Frame;
        }
        used
    }

    /// Whether nothing more can come, whatever follows.
    pub fn is_ended(&self) -> bool {
        self.state == State::Ended && !self.is_full
    }

    /// What is wrong with the stream, given that it ends here.
    pub fn finish(self) -> Option<Wound> {
        let between = self.state == State::Frame && self.held.is_empty() && self.frames > 0;
        let is_whole = between || self.state == State::Ended;
        self.wound.or((!is_whole).then_some(Wound::Cut { at: self.taken }))
    }

    fn end(&mut self, wound: Wound) {
        self.wound = self.wound.or(Some(wound));
        self.state = State::Ended;
    }
}

/// Whether a frame that holds no content starts here.
fn is_skipped(head: &[u8]) -> bool {
    matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..])
}

/// The length of a frame's header with this descriptor (RFC 8878, 3.1.1.1).
fn header_length(descriptor: u8) -> usize {
    let is_single = descriptor & 0x20 != 0;
    let dictionary = [0, 1, 2, 4][usize::from(descriptor & 3)];
    let size = match descriptor >> 6 {
        0 => usize::from(is_single),
        bits => 1 << bits,
    };
    5 + usize::from(!is_single) + dictionary + size
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    /// What `zstd -19` made of [`text`].
    const PACKED: &[u8] =
        b"\x28\xb5\x2f\xfd\x04\x68\x15\x03\x00\x12\x06\x14\x17\x80\x6d\x0e\x6a\xfc\x9e\x70\x46\x41\x36\x51\
        \x47\x88\xe6\x80\x89\x15\x81\x0e\x1c\xcc\xe8\x08\xbb\xec\x9a\x31\x36\xac\xb5\x04\xb5\xeb\xcc\x34\
        \x9a\xf9\x6b\x11\xe4\x09\xed\xf4\xef\x4e\x6a\x1e\xcf\x3d\x82\xae\x56\x0e\x0a\xa3\xef\xa4\xa1\x4c\
        \x04\x80\x60\xf4\xd3\x1a\xa7\x4f\xde\x73\xe9\x9e\x14\xb4\x63\xb4\xb1\x23\x9e\x02\x05\x00\x60\x14\
        \x00\x34\x30\xde\x10\x85\x07\x97\xc3\x7c\x02\xf8\xb8\xaa\x6d";

    fn text() -> String {
        let record = |number: usize| {
            let word = ["aaa", "bbb", "ccc"][number];
            format!(
                r#"{{"eventVersion":"1.08","eventName":"E{number}","requestParameters":{{"quoted":"{word}"}}}}"#
            )
        };
        format!(r#"{{"Records":[{},{},{}]}}"#, record(0), record(1), record(2))
    }

    fn decode(bytes: &[u8], piece: usize) -> (Vec<u8>, Option<Wound>) {
        let (mut decoder, mut text) = (Zstd::new(), Vec::new());
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
    fn reads_frames_and_says_what_is_wrong() {
        let skipped = [b"\x51\x2a\x4d\x18\x03\0\0\0abc".as_slice(), PACKED].concat();
        let mut changed = PACKED.to_vec();
        let end = changed.len();
        changed[end - 1] ^= 1;
        for (bytes, times, wound) in [
            (PACKED.to_vec(), 1, None),
            (skipped, 1, None),
            ([PACKED, PACKED].concat(), 2, None),
            (changed, 1, Some(Wound::Checksum)),
            (PACKED[..end - 2].to_vec(), 1, Some(Wound::Cut { at: end as u64 - 2 })),
            ([PACKED, b"no more frames"].concat(), 1, Some(Wound::Garbage { at: end as u64 })),
            ([&PACKED[..6], &[0xff; 200]].concat(), 0, Some(Wound::Damaged { at: 6 })),
        ] {
            for piece in [1, 3, 50, 1000] {
                assert_eq!(decode(&bytes, piece), (text().repeat(times).into_bytes(), wound));
            }
        }
        for length in 1..end - 4 {
            assert_eq!(decode(&PACKED[..length], 7).1, Some(Wound::Cut { at: length as u64 }), "{length}");
        }
    }

    proptest! {
        #[test]
        fn gives_back_what_was_packed(seed in prop::collection::vec(any::<u8>(), 1..400), times in 1_usize..900, piece in 1_usize..5000) {
            let content = seed.repeat(times);
            let packed = compress_to_vec(content.as_slice(), CompressionLevel::Fastest);
            prop_assert_eq!(decode(&packed, piece), (content, None));
        }

        #[test]
        fn no_bytes_hurt(noise in prop::collection::vec(any::<u8>(), 0..600), at in 0_usize..100, piece in 1_usize..80) {
            let mut bytes = PACKED.to_vec();
            let end = (at + noise.len()).min(bytes.len());
            bytes.splice(at..end, noise);
            decode(&bytes, piece);
        }
    }
}
