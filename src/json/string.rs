//! JSON string bodies: what stands between the quotes, and what it means.

use std::borrow::Cow;

/// Decodes the body of a JSON string (without its quotes).
///
/// Borrows where there is no escape. Lone surrogates and bytes that are no UTF-8 become U+FFFD; an
/// escape that JSON does not know stays as it is written. So every body has a text, and one that
/// can't be exact is still shown.
#[must_use]
pub fn decode(body: &[u8]) -> Cow<'_, str> {
    if memchr::memchr(b'\\', body).is_none() {
        // The strict reader is several times faster, and almost every body passes it.
        return std::str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed);
    }
    let mut out = Vec::with_capacity(body.len());
    let mut rest = body;
    while let Some(at) = memchr::memchr(b'\\', rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        let Some((&escape, after)) = rest.split_first() else {
            out.push(b'\\');
            break;
        };
        let plain = match escape {
            b'"' | b'\\' | b'/' => escape,
            b'b' => 0x08,
            b'f' => 0x0c,
            b'n' => b'\n',
            b'r' => b'\r',
            b't' => b'\t',
            b'u' => {
                let (character, used) = unicode(after);
                match character {
                    Some(character) => {
                        out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
                        rest = &after[used..];
                    }
                    None => {
                        out.extend_from_slice(b"\\u");
                        rest = after;
                    }
                }
                continue;
            }
            other => {
                out.push(b'\\');
                other
            }
        };
        out.push(plain);
        rest = after;
    }
    out.extend_from_slice(rest);
    match String::from_utf8(out) {
        Ok(text) => Cow::Owned(text),
        Err(error) => Cow::Owned(String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}

/// The character behind `\u`, and how many bytes of `after` it takes. `None` if it is no escape.
fn unicode(after: &[u8]) -> (Option<char>, usize) {
    let Some(first) = hex4(after) else {
        return (None, 0);
    };
    if let Some(character) = char::from_u32(first) {
        return (Some(character), 4);
    }
    // A surrogate: the second half follows as another escape, or it stands alone.
    if (0xd800..0xdc00).contains(&first)
        && after.get(4..6) == Some(b"\\u")
        && let Some(second) = hex4(&after[6..])
        && (0xdc00..0xe000).contains(&second)
    {
        let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return (char::from_u32(code), 10);
    }
    (Some(char::REPLACEMENT_CHARACTER), 4)
}

fn hex4(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.get(..4)?;
    digits.iter().try_fold(0, |value, &digit| Some(value << 4 | char::from(digit).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decodes_what_json_says_and_keeps_what_it_cannot() {
        for (body, text) in [
            (r"plain", "plain"),
            (r"\u003csensitiveDataRemoved\u003e", "<sensitiveDataRemoved>"),
            (r#"a\"b\\c\/d\n\t\r\b\f"#, "a\"b\\c/d\n\t\r\u{8}\u{c}"),
            (r"\ud83d\ude00!", "😀!"),
            (r"\ud83d alone", "\u{fffd} alone"),
            (r"\u00zz", r"\u00zz"),
            (r"\q", r"\q"),
            ("cut\\", "cut\\"),
        ] {
            assert_eq!(decode(body.as_bytes()), text, "{body}");
        }
        assert_eq!(decode(b"\xff\\n"), "\u{fffd}\n");
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json(text in any::<String>()) {
            let written = serde_json::to_string(&text).unwrap();
            prop_assert_eq!(decode(&written.as_bytes()[1..written.len() - 1]), text);
        }
    }
}
