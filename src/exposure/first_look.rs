//! The first look at a record, while it is read and before anything is decoded.

use super::{find, keys, shapes};

/// Whether a key as written may name something that should not be in clear.
///
/// It runs for every key of every record, so it costs a look at two letters mostly.
#[inline(always)]
#[must_use]
pub fn key_may_tell(key: &[u8]) -> bool {
    keys::ends_like_one(key) && names_something(key)
}

#[cold]
fn names_something(key: &[u8]) -> bool {
    keys::names_something(key)
}

/// Whether the string value of a key that may tell, both as written, may be an exposure by its key. The value
/// ends before its first quote, which may be an escaped one.
#[must_use]
pub fn value_may_tell(key: &[u8], body: &[u8]) -> bool {
    let (Ok(key), Ok(text)) = (std::str::from_utf8(key), std::str::from_utf8(body)) else { return true };
    // An escape could be any letter.
    key.contains('\\') || text.contains('\\') || keys::is_environment(key) || find::may_be_by_key(key, text)
}

/// Whether a string as written may begin with a shape that tells by itself what it is.
#[inline(always)]
#[must_use]
pub fn starts_like_one(body: &[u8]) -> bool {
    shapes::may_begin(body) && begins(body)
}

#[cold]
fn begins(body: &[u8]) -> bool {
    shapes::begins(body)
}

/// Whether a string as written that is not plain text may hold an exposure somewhere.
///
/// It never says no where [`super::shapes_in`] would find one; where it says yes, `find` decides.
#[must_use]
pub fn may_hold(body: &[u8]) -> bool {
    let mut name = 0;
    for (at, &byte) in body.iter().enumerate() {
        let known = match byte {
            // The escape could be any letter.
            b'\\' => matches!(body.get(at + 1), Some(b'u')),
            b'@' => may_be_address(body, at),
            b'=' => may_be_assignment(&body[name..at]),
            b':' => key_in_text(&body[name..at]),
            _ => starts_like_one(&body[at..]),
        };
        if known {
            return true;
        }
        if !(byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b' ')) {
            // The key of a member in escaped JSON goes on to the colon behind its quote.
            let ends = matches!(byte, b'\\' | b'"') && matches!(body.get(at + 1), Some(b'\\' | b'"' | b':'));
            if !ends {
                name = at + 1;
            }
        }
    }
    false
}

/// Bytes before the `@` of an address, as written, in which its scheme stands.
const MOST_BEFORE: usize = 1024;

fn may_be_address(body: &[u8], at: usize) -> bool {
    let domain = body[at + 1..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let dotted = domain.clone().any(|byte| *byte == b'.');
    let local = at.checked_sub(1).is_some_and(|before| body[before].is_ascii_graphic());
    local && (dotted || body[at.saturating_sub(MOST_BEFORE)..at].contains(&b':'))
}

fn may_be_assignment(name: &[u8]) -> bool {
    let name = name.rsplit(|byte| *byte == b' ').next().unwrap_or(name);
    name.ends_with(b"Signature") || key_may_tell(name)
}

/// Whether the key of a member in escaped JSON may tell.
fn key_in_text(key: &[u8]) -> bool {
    let end = key.iter().rposition(|byte| !matches!(byte, b'\\' | b'"')).map_or(0, |last| last + 1);
    let key = &key[..end];
    key_may_tell(key)
}

/// Whether the ARN or the id of an actor, as written, may name a person: the session behind the last
/// `/` or the `:` has several words, or is an address.
#[must_use]
pub fn names_someone(text: &[u8]) -> bool {
    let session = memchr::memrchr2(b'/', b':', text).map_or(text, |at| &text[at + 1..]);
    session.iter().any(|byte| matches!(byte, b'.' | b'_' | b' ' | b'@' | b'\\')) || text.contains(&b'@')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::{Scan, scan_record};
    use crate::exposure::find;
    use crate::json::Document;
    use proptest::prelude::*;

    /// Whether reading a record says that it must be looked into.
    fn is_looked_into(record: &str) -> bool {
        let Scan::Record { fields, .. } = scan_record(record.as_bytes()) else { return false };
        let composed =
            |body: &[u8]| body.iter().any(|byte| matches!(byte, b'=' | b'@' | b'%')) && may_hold(body);
        fields.telling || record.as_bytes().split(|byte| *byte == b'"').any(composed)
    }

    fn leaky() -> impl Strategy<Value = (String, String)> {
        let token = format!("IQoJb3JpZ2lu{}", "aB3/".repeat(60));
        let texts = [
            ("k", "jane@example.com"),
            ("k", "to jane@example.com and more"),
            ("k", "postgres://me:pw1234@localhost/x"),
            ("k", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV"),
            ("k", "run --x=1 \"ghp_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\""),
            ("k", "export DB_PASSWORD=hunter2"),
            ("k", "https://b.s3.amazonaws.com/k?a=b&X-Amz-Signature=0123"),
            ("k", "-----BEGIN PRIVATE KEY-----\nMIIE"),
            ("k", token.as_str()),
            ("masterPassword", "hunter2"),
            ("session-token", "abc"),
            ("x-api-key", "abcdefghijklmnopq"),
            ("k", "{\"a\":[{\"secret_access_key\":\"abc\"}]}"),
            ("k", "{\"environment\":{\"A\":\"b c\"}}"),
        ];
        let texts: Vec<(String, String)> =
            texts.iter().map(|(key, text)| ((*key).to_owned(), (*text).to_owned())).collect();
        (prop::sample::select(texts), 0u8..3).prop_map(|((key, text), depth)| {
            let mut text = (key, text);
            for _ in 0..depth {
                text = ("k".to_owned(), serde_json::json!({ text.0: text.1 }).to_string());
            }
            text
        })
    }

    proptest! {
        #[test]
        fn whatever_find_finds_is_looked_into((key, text) in leaky(), list in any::<bool>()) {
            let value = if list { serde_json::json!([text]) } else { serde_json::json!(text) };
            let record = serde_json::json!({ "requestParameters": { key: value } }).to_string();
            let found = !find(&Document::parse(record.as_bytes()).unwrap()).is_empty();
            prop_assert!(!found || is_looked_into(&record), "{}", record);
        }

        #[test]
        fn nothing_is_found_in_what_is_not_looked_into(text in "[@=%:/a-zA-Z_ .\"\\\\-]{0,40}") {
            let record = serde_json::json!({ "requestParameters": { "k": text } }).to_string();
            let found = !find(&Document::parse(record.as_bytes()).unwrap()).is_empty();
            prop_assert!(!found || is_looked_into(&record), "{}", record);
        }
    }
}
