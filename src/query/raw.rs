//! Looking for ASCII text, whatever its case, in JSON as it is written.
//!
//! A record is mostly decided without parsing it. What makes that exact: the bytes of an ASCII text
//! stand in the raw JSON as they are unless one of them is written as an escape, so only records with
//! an escape that means one of its characters need decoding.

use super::pattern::fold;

/// What the raw text tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// It stands in a key or a value.
    Yes,
    /// It stands in none.
    No,
    /// Only the decoded record tells.
    Unsure,
}

/// A text to look for.
#[derive(Clone, Debug)]
pub(super) struct Needle {
    /// In lower case, not empty.
    text: Vec<u8>,
    /// The place of its rarest byte.
    rare: usize,
    /// It holds a character that JSON always escapes.
    escaped: bool,
    /// Its bytes can't reach from one JSON value into the next.
    contained: bool,
}

impl Needle {
    /// `None` for empty text, and for text outside ASCII, which has upper cases of other lengths.
    pub(super) fn new(text: &str) -> Option<Self> {
        if text.is_empty() || !text.is_ascii() {
            return None;
        }
        let text = fold(text).into_owned().into_bytes();
        let rare = (0..text.len()).max_by_key(|&at| rarity(text[at])).unwrap_or(0);
        let escaped = text.iter().any(|&byte| byte < b' ' || matches!(byte, b'"' | b'\\'));
        let contained = contained(&text);
        Some(Self { text, rare, escaped, contained })
    }

    /// Looks for it in the text of one record.
    pub(super) fn look(&self, raw: &[u8]) -> Found {
        if self.escaped {
            let none = memchr::memchr(b'\\', raw).is_none();
            return if none { Found::No } else { Found::Unsure };
        }
        if self.places(raw).any(|at| is_literal(raw, at)) {
            return if self.contained { Found::Yes } else { Found::Unsure };
        }
        // One of its characters may be written as an escape.
        let escaped = holds_escape(raw, &|byte| self.text.contains(&byte.to_ascii_lowercase()));
        if escaped { Found::Unsure } else { Found::No }
    }

    /// Looks for a key that may stand in JSON held in a string, where its characters may be escapes twice.
    pub(super) fn look_nested(&self, raw: &[u8]) -> Found {
        match self.look(raw) {
            Found::No if holds_escape(raw, &|byte| byte == b'\\') => Found::Unsure,
            found => found,
        }
    }

    /// Every place where its bytes stand.
    fn places<'a>(&'a self, raw: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
        let low = self.text[self.rare];
        memchr::memchr2_iter(low, low.to_ascii_uppercase(), raw).filter_map(move |at| {
            let start = at.checked_sub(self.rare)?;
            let here = raw.get(start..start + self.text.len())?;
            here.eq_ignore_ascii_case(&self.text).then_some(start)
        })
    }
}

/// Whether an escape in the text means such a character.
fn holds_escape(raw: &[u8], wanted: &dyn Fn(u8) -> bool) -> bool {
    let mut at = 0;
    while let Some(step) = raw.get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        let (meaning, length) = meaning(&raw[at + step..]);
        if meaning.is_some_and(wanted) {
            return true;
        }
        at += step + length;
    }
    false
}

/// The ASCII character that an escape means, if it means one, and the length of the escape.
fn meaning(escape: &[u8]) -> (Option<u8>, usize) {
    let plain = match escape.get(1) {
        Some(b'u') => {
            let digits = escape.get(2..6).and_then(|digits| str::from_utf8(digits).ok());
            let code = digits.and_then(|digits| u16::from_str_radix(digits, 16).ok());
            return (code.and_then(|code| u8::try_from(code).ok()).filter(u8::is_ascii), 6);
        }
        Some(b'b') => 0x08,
        Some(b'f') => 0x0c,
        Some(b'n') => b'\n',
        Some(b'r') => b'\r',
        Some(b't') => b'\t',
        Some(&other) => other,
        None => return (None, 1),
    };
    (Some(plain), 2)
}

/// Whether what stands at `at` means itself: it does not begin inside an escape.
fn is_literal(raw: &[u8], at: usize) -> bool {
    let near = at.saturating_sub(5);
    let Some(slash) = raw[near..at].iter().rposition(|&byte| byte == b'\\').map(|place| near + place) else {
        return true;
    };
    // Of a run of backslashes only every second one begins an escape.
    let run = raw[..=slash].iter().rev().take_while(|&&byte| byte == b'\\').count();
    let length = if raw.get(slash + 1) == Some(&b'u') { 6 } else { 2 };
    run % 2 == 0 || slash + length <= at
}

/// Whether these bytes, found in JSON, are always inside one key or value.
///
/// Between two values stands at least one of `,:{}[]"`. A colon behind anything but white space is
/// no divider, as a key ends in a quote; white space between two other characters is none either.
fn contained(text: &[u8]) -> bool {
    text.iter().enumerate().all(|(at, byte)| match byte {
        b',' | b'{' | b'}' | b'[' | b']' => false,
        b':' => at > 0 && text[at - 1] != b' ',
        b' ' => at > 0 && at + 1 < text.len(),
        _ => true,
    })
}

/// How rare a byte is in CloudTrail records, roughly: more is rarer.
fn rarity(byte: u8) -> usize {
    const COMMON: &[u8] = b"\"eaitnrsoc:l,0d1u2m34.567-89pgfyvw/bhk_ {}qx";
    COMMON.iter().position(|&common| common == byte).unwrap_or(COMMON.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_what_is_written_and_is_unsure_only_where_escapes_matter() {
        for (text, raw, found) in [
            ("denied", r#"{"e":"AccessDENIED"}"#, Found::Yes),
            ("denied", r#"{"e":"x\u0044enied"}"#, Found::Unsure),
            ("denied", r#"{"e":"x\ny"}"#, Found::No),
            ("access", r#"{"e":"x\"y"}"#, Found::No),
            ("<s", r#"{"e":"\u003cs"}"#, Found::Unsure),
            ("003c", r#"{"e":"\u003c!"}"#, Found::No),
            ("003c", r#"{"e":"\\u003c!"}"#, Found::Yes),
            ("arn:aws:", r#"{"a":"arn:aws:iam::1"}"#, Found::Yes),
            (":1", r#"{"a":1}"#, Found::Unsure),
            ("1,2", r#"{"a":[1,2]}"#, Found::Unsure),
            ("a b", r#"{"a":"a b"}"#, Found::Yes),
            ("\"", r#"{"a":"b"}"#, Found::No),
            ("\"", r#"{"a":"\"b"}"#, Found::Unsure),
            ("a/b", r#"{"a":"a\/b"}"#, Found::Unsure),
        ] {
            assert_eq!(Needle::new(text).unwrap().look(raw.as_bytes()), found, "{text} in {raw}");
        }
    }

    #[test]
    fn a_key_in_a_string_may_be_escaped_twice() {
        let look = |raw: &str| Needle::new("effect").unwrap().look_nested(raw.as_bytes());
        assert_eq!(look(r#"{"p":"{\"\\u0045ffect\":1}"}"#), Found::Unsure);
        assert_eq!(look(r#"{"p":"{\"\u005cu0045ffect\":1}"}"#), Found::Unsure);
        assert_eq!(look(r#"{"p":"{\"Effect\":1}"}"#), Found::Yes);
        assert_eq!(look(r#"{"p":"{\"other\":1}"}"#), Found::No);
    }

    proptest! {
        #[test]
        fn never_claims_what_the_decoded_value_denies(
            value in "[ab\"\\\\/:<,n0u \u{e9}\n]{0,12}",
            text in "[abAB\"\\\\/:<,n0u3c \n]{1,3}",
            angle in any::<bool>(),
        ) {
            let mut raw = serde_json::json!({ "": [value.clone(), 1] }).to_string();
            if angle {
                raw = raw.replace('<', "\\u003c");
            }
            let truth = value.to_lowercase().contains(&text.to_lowercase());
            match Needle::new(&text).unwrap().look(raw.as_bytes()) {
                Found::Yes => prop_assert!(truth),
                Found::No => prop_assert!(!truth),
                Found::Unsure => {}
            }
        }
    }
}
