//! Bytes as text: hex and base64.

use crate::protocol::Sha256Sum;

/// Lower-case hex.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut text = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        text.push(char::from(DIGITS[usize::from(byte >> 4)]));
        text.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
    text
}

/// The bytes of hex in either case; `None` for anything else.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = text.chars().map(digit).collect();
    let digits = digits?;
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    Some(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
}

fn digit(sign: char) -> Option<u8> {
    sign.to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// A SHA-256 in hex, and whether zeros in front of it were left out: a digest file has been seen whose
/// hash has 63 digits.
pub fn sha256(text: &str) -> Option<(Sha256Sum, bool)> {
    const DIGITS: usize = 64;
    let text = text.trim();
    if text.len() > DIGITS || text.len() < DIGITS - 8 {
        return None;
    }
    let padded = text.len() < DIGITS;
    let whole = ["0".repeat(DIGITS - text.len()).as_str(), text].concat();
    Some((unhex(&whole)?.try_into().ok()?, padded))
}

/// The bytes of base64 without white space in it; `None` where a sign is foreign.
pub fn unbase64(text: &str) -> Option<Vec<u8>> {
    let text = text.trim_end_matches('=');
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3 + 3);
    let (mut held, mut bits) = (0u32, 0u32);
    for sign in text.bytes() {
        held = held << 6 | u32::from(base64_digit(sign)?);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            // The lowest eight of what is left of them.
            bytes.push((held >> bits & 0xff) as u8);
        }
    }
    Some(bytes)
}

/// What a sign of base64 stands for.
pub fn base64_digit(sign: u8) -> Option<u8> {
    match sign {
        b'A'..=b'Z' => Some(sign - b'A'),
        b'a'..=b'z' => Some(sign - b'a' + 26),
        b'0'..=b'9' => Some(sign - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_there_and_back() {
        assert_eq!(hex(&[0, 0x1f, 0xff]), "001fff");
        assert_eq!(unhex("001FfF"), Some(vec![0, 0x1f, 0xff]));
        for wrong in ["0", "0g", "é0"] {
            assert_eq!(unhex(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn hashes_may_lack_zeros_in_front() {
        let whole = "0".to_owned() + &"ab".repeat(31) + "c";
        let (sum, padded) = sha256(&whole).unwrap();
        assert!(!padded && sum[0] == 0x0a);
        assert_eq!(sha256(&whole[1..]), Some((sum, true)));
        for wrong in ["", "ab", &"a".repeat(65), &"x".repeat(64)] {
            assert_eq!(sha256(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn base64_is_read() {
        for (text, bytes) in [("TWFu", &b"Man"[..]), ("TWE=", b"Ma"), ("TQ==", b"M"), ("TQ", b"M"), ("", b"")]
        {
            assert_eq!(unbase64(text).as_deref(), Some(bytes), "{text}");
        }
        assert_eq!(unbase64("TW-u"), None);
    }
}
