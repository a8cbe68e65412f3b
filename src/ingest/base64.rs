//! Base64 (RFC 4648, both alphabets) as a stream.

use super::wound::{Step, Wound};

/// A stream of base64 text; white space in it is passed over.
#[derive(Default)]
pub(super) struct Base64 {
    bits: u32,
    /// How many of them wait.
    count: u32,
    taken: u64,
    /// Something that is no base64 was seen.
    ended: bool,
    wound: Option<Wound>,
}

impl Base64 {
    /// Takes from `input` and writes to `output` until one of them is used up.
    pub fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        let (mut read, mut written) = (0, 0);
        for &byte in input {
            if written == output.len() || self.ended {
                break;
            }
            read += 1;
            if byte.is_ascii_whitespace() || byte == b'"' {
                continue;
            }
            // Padding ends a text; another may follow it, on a line of its own.
            if byte == b'=' && self.count != 6 {
                (self.bits, self.count) = (0, 0);
                continue;
            }
            let Some(value) = value(byte) else {
                self.ended = true;
                self.wound = Some(Wound::Damaged { at: self.taken + read as u64 - 1 });
                break;
            };
            self.bits = self.bits << 6 | value;
            self.count += 6;
            if self.count >= 8 {
                self.count -= 8;
                output[written] = (self.bits >> self.count & 0xff) as u8;
                written += 1;
            }
        }
        self.taken += read as u64;
        Step { read, written }
    }

    pub fn is_ended(&self) -> bool {
        self.ended
    }

    /// What is wrong with it, given that it ends here.
    pub fn finish(self) -> Option<Wound> {
        // Six bits are no byte: a character is missing.
        self.wound.or((self.count == 6).then_some(Wound::Cut { at: self.taken }))
    }
}

fn value(byte: u8) -> Option<u32> {
    let (from, base) = match byte {
        b'A'..=b'Z' => (b'A', 0),
        b'a'..=b'z' => (b'a', 26),
        b'0'..=b'9' => (b'0', 52),
        b'+' | b'-' => return Some(62),
        b'/' | b'_' => return Some(63),
        _ => return None,
    };
    Some(u32::from(byte - from) + base)
}

/// Decodes a text that is base64 as a whole; `None` if it is none.
pub(super) fn decode(text: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = Base64::default();
    let mut bytes = vec![0; text.len() / 4 * 3 + 3];
    let step = decoder.step(text, &mut bytes);
    bytes.truncate(step.written);
    let padded = text.get(step.read..).unwrap_or_default();
    let is_whole = padded.iter().all(|&byte| byte == b'=' || byte.is_ascii_whitespace());
    (is_whole && decoder.finish().is_none()).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_both_alphabets_with_and_without_padding() {
        for (text, bytes) in [
            ("", Some(b"".as_slice())),
            ("Zg==", Some(b"f")),
            ("Zg", Some(b"f")),
            ("Zm8=", Some(b"fo")),
            ("Zm9v\r\nYmFy\n", Some(b"foobar")),
            ("+/-_", Some(b"\xfb\xff\xbf")),
            ("Z", None),
            ("Zm9v!", None),
            ("Zg==\nZg==", Some(b"ff")),
            ("Zm8=x", None),
            ("Zm8=!", None),
        ] {
            assert_eq!(decode(text.as_bytes()).as_deref(), bytes, "{text}");
        }
    }
}
