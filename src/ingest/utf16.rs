//! UTF-16 (RFC 2781) to UTF-8, as a stream. PowerShell's `>` writes it.

/// Which byte of a unit comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Little,
    Big,
}

/// The order of UTF-16 text that starts with `head`; `None` if it is none. Known by its byte order mark,
/// or by two ASCII characters at its start, of which the first could start JSON.
pub(super) fn order(head: &[u8]) -> Option<Order> {
    match head {
        [0xff, 0xfe, 0, 0, ..] => None,
        [0xff, 0xfe, ..] | [b'{' | b'[' | b' ' | b'\r' | b'\n' | b'"', 0, 1..=127, 0, ..] => {
            Some(Order::Little)
        }
        [0xfe, 0xff, ..] | [0, b'{' | b'[' | b' ' | b'\r' | b'\n' | b'"', 0, 1..=127, ..] => Some(Order::Big),
        _ => None,
    }
}

/// A stream of UTF-16.
pub(super) struct Utf16 {
    order: Order,
    /// The first byte of a unit, if its second has not come.
    half: Option<u8>,
    /// A high surrogate that waits for its low one.
    high: Option<u16>,
}

impl Utf16 {
    pub fn new(order: Order) -> Self {
        Self { order, half: None, high: None }
    }

    /// Takes from `input` and writes to `output`, until one of them is used up: read, written.
    ///
    /// `output` must have room for six bytes, or nothing happens.
    pub fn step(&mut self, input: &[u8], output: &mut [u8]) -> (usize, usize) {
        let (mut read, mut written) = (0, 0);
        for &byte in input {
            if written + 6 > output.len() {
                break;
            }
            read += 1;
            let Some(half) = self.half.take() else {
                self.half = Some(byte);
                continue;
            };
            let unit = match self.order {
                Order::Little => u16::from_le_bytes([half, byte]),
                Order::Big => u16::from_be_bytes([half, byte]),
            };
            written += self.unit(unit, &mut output[written..]);
        }
        (read, written)
    }

    fn unit(&mut self, unit: u16, output: &mut [u8]) -> usize {
        let mut written = 0;
        let mut put = |code: u32| {
            let character = char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER);
            written += character.encode_utf8(&mut output[written..]).len();
        };
        match (self.high.take(), unit) {
            (Some(high), 0xdc00..=0xdfff) => {
                put(0x1_0000 + (u32::from(high & 0x3ff) << 10) + u32::from(unit & 0x3ff));
            }
            (high, unit) => {
                if let Some(high) = high {
                    // No character has the number of a surrogate: it becomes U+FFFD.
                    put(u32::from(high));
                }
                match unit {
                    0xd800..=0xdbff => self.high = Some(unit),
                    _ => put(u32::from(unit)),
                }
            }
        }
        written
    }

    /// What is left at the end: half a character is written as U+FFFD.
    pub fn finish(self, output: &mut [u8]) -> usize {
        if self.half.is_none() && self.high.is_none() || output.len() < 3 {
            return 0;
        }
        char::REPLACEMENT_CHARACTER.encode_utf8(output).len()
    }
}

/// A whole text as UTF-8.
pub(super) fn decode(text: &[u8], order: Order) -> Vec<u8> {
    // Two bytes become three at most, and each step wants room for six.
    let mut out = vec![0; text.len() * 3 / 2 + 9];
    let (_, written) = Utf16::new(order).step(text, &mut out);
    out.truncate(written);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(units: &[u16], order: Order, piece: usize) -> String {
        let bytes: Vec<u8> = units
            .iter()
            .flat_map(|unit| if order == Order::Little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect();
        let (mut decoder, mut text) = (Utf16::new(order), Vec::new());
        for mut piece in bytes.chunks(piece) {
            while !piece.is_empty() {
                let mut output = [0; 7];
                let (read, written) = decoder.step(piece, &mut output);
                text.extend_from_slice(&output[..written]);
                piece = &piece[read..];
            }
        }
        let mut output = [0; 3];
        let written = decoder.finish(&mut output);
        text.extend_from_slice(&output[..written]);
        String::from_utf8(text).unwrap()
    }

    #[test]
    fn reads_what_the_standard_library_reads() {
        let high = 0xd83d;
        for units in [
            "{\"a\":\"ä€😀\"}".encode_utf16().collect(),
            vec![],
            vec![high],
            vec![high, high, 0xde00],
            vec![0xde00, 0x41],
            vec![high, 0x41, high],
        ] {
            for (order, piece) in [(Order::Little, 1), (Order::Big, 1), (Order::Little, 5), (Order::Big, 64)]
            {
                assert_eq!(decode(&units, order, piece), String::from_utf16_lossy(&units), "{units:?}");
            }
        }
    }
}
