//! gzip (RFC 1952) as a stream: any number of members, any split of the bytes, any wound.

use flate2::{Crc, Decompress, FlushDecompress, Status};

use super::wound::{Step, Wound};

/// The longest header that is waited for: names and comments have no limit of their own.
const LONGEST_HEADER: usize = 1 << 20;

enum State {
    Header,
    Body,
    Trailer,
    /// Behind a member: zeros as padding, another member, or the end.
    Between,
    /// Behind damage: the next member may be whole.
    Seeking,
    Ended,
}

/// What a member starts with: its magic, and that it is deflated.
const START: [u8; 3] = [0x1f, 0x8b, 8];

/// A gzip stream that is fed and drained in pieces.
pub(super) struct Gzip {
    state: State,
    inflate: Decompress,
    crc: Crc,
    /// The bytes of a header or trailer that came so far.
    held: Vec<u8>,
    /// Compressed bytes taken.
    taken: u64,
    members: u64,
    wound: Option<Wound>,
}

impl Gzip {
    /// At the start of a stream.
    pub fn new() -> Self {
        Self {
            state: State::Header,
            inflate: Decompress::new(false),
            crc: Crc::new(),
            held: Vec::new(),
            taken: 0,
            members: 0,
            wound: None,
        }
    }

    /// Takes from `input` and writes to `output` until one of them is used up or the stream ends.
    ///
    /// Content may still be held back when the input is used up and the output full: then call again.
    pub fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let (mut read, mut written) = (0, 0);
        loop {
            let rest = &input[read..];
            let used = match self.state {
                State::Header => self.header(rest),
                State::Body => {
                    let (used, made) = self.body(rest, &mut output[written..]);
                    written += made;
                    if used == 0 && made == 0 && matches!(self.state, State::Body) {
                        return Step { read, written };
                    }
                    used
                }
                State::Trailer => self.trailer(rest),
                State::Between => self.between(rest),
                State::Seeking => self.seek(rest),
                State::Ended => rest.len(),
            };
            read += used;
            self.taken += used as u64;
            if read == input.len() && !matches!(self.state, State::Body) {
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
        self.wound.or(match self.state {
            State::Between | State::Seeking | State::Ended => None,
            State::Header | State::Body | State::Trailer => Some(Wound::Cut { at: self.taken }),
        })
    }

    fn header(&mut self, input: &[u8]) -> usize {
        let before = self.held.len();
        let room = LONGEST_HEADER.saturating_sub(before);
        self.held.extend_from_slice(&input[..input.len().min(room)]);
        match header_length(&self.held) {
            Header::Whole(length) => {
                self.held.clear();
                self.state = State::Body;
                length - before
            }
            Header::Cut if self.held.len() < LONGEST_HEADER => input.len(),
            // What looked like the start of a member was none.
            Header::Cut | Header::Bad if matches!(self.wound, Some(Wound::Damaged { .. })) => {
                self.held.clear();
                self.state = State::Seeking;
                0
            }
            Header::Cut | Header::Bad => {
                let at = self.taken - before as u64;
                self.end(if self.members == 0 { Wound::Damaged { at } } else { Wound::Garbage { at } });
                input.len()
            }
        }
    }

    fn body(&mut self, input: &[u8], output: &mut [u8]) -> (usize, usize) {
        let (before_in, before_out) = (self.inflate.total_in(), self.inflate.total_out());
        let status = self.inflate.decompress(input, output, FlushDecompress::None);
        // Both differences are at most the lengths of the slices.
        let used = (self.inflate.total_in() - before_in) as usize;
        let made = (self.inflate.total_out() - before_out) as usize;
        self.crc.update(&output[..made]);
        match status {
            Ok(Status::StreamEnd) => self.state = State::Trailer,
            Ok(Status::Ok | Status::BufError) => {}
            Err(_) => {
                self.wound = self.wound.or(Some(Wound::Damaged { at: self.taken + used as u64 }));
                self.crc.reset();
                self.inflate.reset(false);
                self.state = State::Seeking;
            }
        }
        (used, made)
    }

    fn trailer(&mut self, input: &[u8]) -> usize {
        let used = input.len().min(8 - self.held.len());
        self.held.extend_from_slice(&input[..used]);
        if let Some(&[a, b, c, d, e, f, g, h]) = self.held.first_chunk() {
            let sum = u32::from_le_bytes([a, b, c, d]);
            let length = u32::from_le_bytes([e, f, g, h]);
            if sum != self.crc.sum() || length != self.crc.amount() {
                self.wound = self.wound.or(Some(Wound::Checksum));
            }
            self.held.clear();
            self.crc.reset();
            self.inflate.reset(false);
            self.members += 1;
            self.state = State::Between;
        }
        used
    }

    fn between(&mut self, input: &[u8]) -> usize {
        let zeros = input.iter().take_while(|&&byte| byte == 0).count();
        if zeros < input.len() {
            self.state = State::Header;
        }
        zeros
    }

    fn seek(&mut self, input: &[u8]) -> usize {
        for (at, &byte) in input.iter().enumerate() {
            if START.get(self.held.len()) != Some(&byte) {
                self.held.clear();
            }
            if START.get(self.held.len()) == Some(&byte) {
                self.held.push(byte);
            }
            if self.held.len() == START.len() {
                self.state = State::Header;
                return at + 1;
            }
        }
        input.len()
    }

    fn end(&mut self, wound: Wound) {
        self.wound = self.wound.or(Some(wound));
        self.state = State::Ended;
    }
}

enum Header {
    Whole(usize),
    Cut,
    Bad,
}

/// The length of the member header that `bytes` start with.
fn header_length(bytes: &[u8]) -> Header {
    const CHECK: u8 = 2;
    const EXTRA: u8 = 4;
    const NAME: u8 = 8;
    const COMMENT: u8 = 16;
    const RESERVED: u8 = 0xe0;

    // Magic, method deflate; what is there so far must fit.
    if bytes.iter().zip(START).any(|(&byte, wanted)| byte != wanted) {
        return Header::Bad;
    }
    let Some(&flags) = bytes.get(3) else { return Header::Cut };
    if flags & RESERVED != 0 {
        return Header::Bad;
    }
    let mut at = 10;
    if flags & EXTRA != 0 {
        let Some(&[low, high]) = bytes.get(at..).and_then(<[u8]>::first_chunk) else { return Header::Cut };
        at += 2 + usize::from(u16::from_le_bytes([low, high]));
    }
    for part in [NAME, COMMENT] {
        if flags & part != 0 {
            let Some(end) = bytes.get(at..).and_then(|rest| memchr::memchr(0, rest)) else {
                return Header::Cut;
            };
            at += end + 1;
        }
    }
    if flags & CHECK != 0 {
        at += 2;
    }
    if at <= bytes.len() { Header::Whole(at) } else { Header::Cut }
}
