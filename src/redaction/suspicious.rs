//! The first look at a string, before anything is decoded.

use memchr::{memchr2_iter, memmem};

/// Whether a JSON string body (undecoded, without its quotes) could hold a marker.
///
/// It runs for every string of every record, so an ordinary value costs a look at its first byte
/// and one vectorised pass for `*` and `\`. It never says no where [`super::find`] would find one;
/// where it says yes, `find` decides.
#[must_use]
pub fn suspicious(body: &[u8]) -> bool {
    // No marker is shorter than `***`, however it is escaped.
    if body.len() < 3 {
        return false;
    }
    let start = body.trim_ascii_start();
    let whole = match start.first() {
        // White space or the marker itself, escaped: `\u003csensitiveDataRemoved\u003e`.
        Some(b'\\') => true,
        Some(b'H' | b'h') => may_start(start, b"hidden_"),
        Some(b'V' | b'v') => may_start(start, b"value hidden"),
        Some(b'<') => may_start(start, b"<sensitive") || may_start(start, b"<redacted"),
        Some(b'{' | b'[') => json_may_hold(start),
        _ => false,
    };
    whole || has_mask(body)
}

/// Whether the decoded text may start with `token`; an escape ends the comparison with "may".
fn may_start(body: &[u8], token: &[u8]) -> bool {
    for (byte, wanted) in body.iter().zip(token) {
        if *byte == b'\\' {
            return true;
        }
        if !byte.eq_ignore_ascii_case(wanted) {
            return false;
        }
    }
    body.len() >= token.len()
}

/// Three asterisks in a row, or an escaped one anywhere.
fn has_mask(body: &[u8]) -> bool {
    memchr2_iter(b'*', b'\\', body).any(|at| {
        let rest = &body[at..];
        rest.starts_with(b"***") || rest.get(1..6).is_some_and(|escape| escape.eq_ignore_ascii_case(b"u002a"))
    })
}

/// Whether JSON held in a string may hold one of the markers made of words, or what was cut.
fn json_may_hold(body: &[u8]) -> bool {
    let word = |at: usize, word: &[u8]| {
        body.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word))
    };
    // Any letter of a marker could be escaped, at either depth.
    memmem::find(body, b"\\u").is_some()
        || memchr2_iter(b'h', b'H', body).any(|at| word(at, b"hidden"))
        || memchr::memchr_iter(b'<', body).any(|at| word(at, b"<sensitive") || word(at, b"<redacted"))
        || memmem::find(body, b" too large").is_some()
        || memmem::find(body, b"omitted").is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;
    use crate::redaction::{find, marker::TOKENS};
    use proptest::prelude::*;

    #[test]
    fn ordinary_values_are_not_suspicious() {
        for body in [
            "",
            "*",
            "**",
            "true",
            "s3:Get*",
            "Host",
            "http://x",
            "Version 1",
            "<none>",
            "hiddenfile",
            r#"{\"Version\":\"2012-10-17\",\"Statement\":[{\"Action\":\"s3:*\",\"Resource\":\"*\"}]}"#,
            "6WQWT1XXXX4JVDEN",
            "sensitive-file.txt",
        ] {
            assert!(!suspicious(body.as_bytes()), "{body}");
        }
    }

    /// A text as the body of a JSON string, the characters named by `escaped` as `\u` escapes.
    fn written(text: &str, escaped: &[bool]) -> String {
        let mut body = String::new();
        for (at, character) in text.chars().enumerate() {
            if escaped.get(at).copied().unwrap_or(false) && u32::from(character) < 0x1_0000 {
                body.push_str(&format!("\\u{:04X}", u32::from(character)));
            } else {
                let quoted = serde_json::to_string(&character.to_string()).unwrap();
                body.push_str(&quoted[1..quoted.len() - 1]);
            }
        }
        body
    }

    fn marker_text() -> impl Strategy<Value = String> {
        let tokens: Vec<String> = TOKENS
            .iter()
            .map(ToString::to_string)
            .chain(["***".into(), "*****".into(), "SET a=***(Redacted) x".into()])
            .collect();
        (prop::sample::select(tokens), 0u8..3, "[ \n\t]{0,2}", any::<bool>()).prop_map(
            |(token, depth, space, lower)| {
                let token = if lower { token.to_lowercase() } else { token };
                let mut text = format!("{space}{token}{space}");
                for _ in 0..depth {
                    text = format!("{space}{}", serde_json::json!({ "k": [text] }));
                }
                text
            },
        )
    }

    proptest! {
        #[test]
        fn whatever_find_finds_is_suspicious(
            text in marker_text(),
            escaped in prop::collection::vec(prop::bool::weighted(0.1), 0..40),
        ) {
            let body = written(&text, &escaped);
            let record = format!("{{\"a\":\"{body}\"}}");
            prop_assert_eq!(find(&Document::parse(record.as_bytes()).unwrap()).len(), 1, "{}", record);
            prop_assert!(suspicious(body.as_bytes()), "{}", body);
        }

        #[test]
        fn no_text_is_found_that_was_not_suspicious(text in "[*\\\\{}\\[\\]\":,<>()a-zA-Z_ u0]{0,40}") {
            let body = written(&text, &[]);
            let record = format!("{{\"a\":\"{body}\"}}");
            let found = find(&Document::parse(record.as_bytes()).unwrap());
            prop_assert!(found.is_empty() || suspicious(body.as_bytes()), "{}", body);
        }
    }
}
