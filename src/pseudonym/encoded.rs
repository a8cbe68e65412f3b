//! Texts inside texts: percent-encoding, base64, JSON strings.

/// Text of another encoding inside a string, and how it is put back.
pub enum Inner {
    /// JSON.
    Json(String),
    /// Percent-encoded.
    Percent(String),
    /// Base64 of text.
    Base64(String),
    /// Words of a text that are base64 of text: where they stand, and what they say.
    Words(Vec<(usize, usize, String)>),
}

/// What a string holds in another encoding, if it does.
pub fn inner(text: &str) -> Option<Inner> {
    let bytes = text.as_bytes();
    let trimmed = text.trim_ascii();
    if trimmed.len() > 2
        && (trimmed.starts_with('{') && trimmed.ends_with('}')
            || trimmed.starts_with('[') && trimmed.ends_with(']'))
    {
        return Some(Inner::Json(text.to_owned()));
    }
    if memchr::memchr(b'%', bytes).is_some() {
        let decoded = percent_decoded(text)?;
        return (decoded != text).then_some(Inner::Percent(decoded));
    }
    if let Some(plain) = base64_decoded(bytes) {
        return Some(Inner::Base64(plain));
    }
    let words = base64_words(text);
    (!words.is_empty()).then_some(Inner::Words(words))
}

/// Words in the middle of a text, as in `Basic YWxpY2U6…`.
fn base64_words(text: &str) -> Vec<(usize, usize, String)> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    let mut start = 0;
    while start < bytes.len() {
        let letters = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'-' | b'_');
        let body = start + bytes[start..].iter().take_while(letters).count();
        let end = body + bytes[body..].iter().take(2).take_while(|b| **b == b'=').count();
        if end - start >= SHORTEST
            && let Some(plain) = base64_decoded(&bytes[start..end])
        {
            found.push((start, end, plain));
        }
        start = end.max(start + 1);
    }
    found
}

fn percent_decoded(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let hex = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
    let decoded = |most: u32| {
        let mut out = Vec::with_capacity(bytes.len());
        let mut at = 0;
        while at < bytes.len() {
            match (bytes[at], hex(at + 1), hex(at + 2)) {
                (b'%', Some(high), Some(low)) if high << 4 | low <= most => {
                    out.push(u8::try_from(high << 4 | low).unwrap_or(b'?'));
                    at += 3;
                }
                (byte, ..) => {
                    out.push(byte);
                    at += 1;
                }
            }
        }
        String::from_utf8(out).ok()
    };
    // What is no UTF-8, for example Latin-1, stays encoded; the rest is read all the same.
    decoded(255).or_else(|| decoded(127))
}

/// Encodes every character but letters, digits, `-._~`, and those that stood plain in `like`.
pub fn percent_encoded(text: &str, like: &str) -> String {
    let mut out = String::new();
    for &byte in text.as_bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if plain || byte.is_ascii() && byte != b'%' && like.as_bytes().contains(&byte) {
            out.push(char::from(byte));
        } else {
            const HEX: &[u8; 16] = b"0123456789ABCDEF";
            out.push('%');
            out.push(char::from(HEX[usize::from(byte >> 4)]));
            out.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
    out
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Shorter base64 is taken for a word.
const SHORTEST: usize = 8;

/// Base64 that holds text; `None` for anything else.
fn base64_decoded(bytes: &[u8]) -> Option<String> {
    let body = bytes.len() - bytes.iter().rev().take(2).take_while(|b| **b == b'=').count();
    if bytes.len() < SHORTEST || body % 4 == 1 {
        return None;
    }
    let mut out = Vec::with_capacity(body * 3 / 4);
    let (mut bits, mut held) = (0u32, 0);
    for &byte in &bytes[..body] {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            let byte = (bits >> held & 0xff) as u8;
            if byte.is_ascii_control() && !byte.is_ascii_whitespace() {
                return None;
            }
            out.push(byte);
        }
    }
    let text = String::from_utf8(out).ok()?;
    text.chars().all(|c| !c.is_control() || c.is_ascii_whitespace()).then_some(text)
}

/// Bytes as base64.
pub fn base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = ALPHABET[(bits >> (18 - 6 * place) & 63) as usize];
            out.push(if place > chunk.len() { '=' } else { char::from(letter) });
        }
    }
    out
}

/// Writes a text as the body of a JSON string.
pub fn push_json(out: &mut Vec<u8>, text: &str) {
    for &byte in text.as_bytes() {
        match byte {
            b'"' | b'\\' => out.extend([b'\\', byte]),
            b'\n' => out.extend(b"\\n"),
            b'\r' => out.extend(b"\\r"),
            b'\t' => out.extend(b"\\t"),
            0..0x20 => {
                out.extend(b"\\u00");
                const HEX: &[u8; 16] = b"0123456789abcdef";
                out.extend([HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
            }
            _ => out.push(byte),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_encoded_decodes(text in any::<String>()) {
            prop_assert_eq!(percent_decoded(&percent_encoded(&text, "")), Some(text.clone()));
            let printable: String = text.chars().filter(|c| !c.is_control()).collect();
            if printable.len() >= 12 {
                prop_assert_eq!(base64_decoded(base64(printable.as_bytes()).as_bytes()), Some(printable));
            }
            let mut json = b"\"".to_vec();
            push_json(&mut json, &text);
            json.push(b'"');
            prop_assert_eq!(serde_json::from_slice::<String>(&json).unwrap(), text);
        }
    }
}
