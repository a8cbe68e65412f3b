//! The first look at a record, while it is read and before anything is decoded.

use super::{keys, shapes};

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
            // The key of a member in escaped JSON ends before its quote.
            if !matches!(byte, b'\\' | b'"')
                || body.get(at + 1) != Some(if byte == b'"' { &b':' } else { &b'"' })
            {
                name = at + 1;
            }
        }
    }
    false
}

fn may_be_address(body: &[u8], at: usize) -> bool {
    let domain = body[at + 1..].iter().take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let dotted = domain.clone().any(|byte| *byte == b'.');
    let local = at.checked_sub(1).is_some_and(|before| body[before].is_ascii_graphic());
    local && (dotted || body[..at].contains(&b':'))
}

fn may_be_assignment(name: &[u8]) -> bool {
    let name = name.rsplit(|byte| *byte == b' ').next().unwrap_or(name);
    name.ends_with(b"Signature") || key_may_tell(name)
}

/// Whether the key of a member in escaped JSON may tell.
fn key_in_text(key: &[u8]) -> bool {
    let key = key.strip_suffix(b"\"").unwrap_or(key);
    let key = key.strip_suffix(b"\\").unwrap_or(key);
    key_may_tell(key)
}

/// Whether the ARN or the id of an actor, as written, may name a person: the session behind the last
/// `/` or the `:` has several words, or is an address.
#[must_use]
pub fn names_someone(text: &[u8]) -> bool {
    let session = memchr::memrchr2(b'/', b':', text).map_or(text, |at| &text[at + 1..]);
    session.iter().any(|byte| matches!(byte, b'.' | b'_' | b' ' | b'@' | b'\\')) || text.contains(&b'@')
}
