//! What a piece of text is by itself: ids, addresses, ARNs, wherever they stand.

use std::net::IpAddr;

use super::arns::{arn, object_key};
use super::hosts::{address_of_web, dashed_address, host, is_of_aws, is_vocabulary};
use super::places::Hint;
use crate::protocol::Category;
use crate::redaction::is_marker;

/// A piece of a text that is something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
    /// Its category; `None` for what stays whatever stands in it.
    pub category: Option<Category>,
}

/// A shape that says it all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// 12 digits.
    Account,
    /// `AKIA…`, `AROA…`.
    KeyId,
    /// 8-4-4-4-12.
    Uuid,
    /// `i-0123456789abcdef0`, with the length of its prefix; a hardware address, a canonical user id.
    ResourceId(usize),
    /// An IP address.
    Address(IpAddr),
}

/// The shape of a whole text.
pub fn whole(text: &str) -> Option<Shape> {
    let bytes = text.as_bytes();
    if bytes.len() == 12 && bytes.iter().all(u8::is_ascii_digit) {
        return Some(Shape::Account);
    }
    if key_id(bytes) == bytes.len() && !bytes.is_empty() {
        return Some(Shape::KeyId);
    }
    if bytes.len() == 36 && uuid(bytes) {
        return Some(Shape::Uuid);
    }
    if let Some((prefix, length)) = resource_id(bytes)
        && length == bytes.len()
    {
        return Some(Shape::ResourceId(prefix));
    }
    if bytes.len() <= 45 && bytes.iter().any(|byte| matches!(byte, b'.' | b':')) {
        return text.parse().ok().map(Shape::Address);
    }
    None
}

/// The pieces of a text, in order. `hint` says what its key tells.
pub fn pieces(text: &str, hint: Hint) -> Vec<Piece> {
    let mut found = Vec::new();
    let whole_text = Piece { start: 0, end: text.len(), category: None };
    if text.is_empty() || is_marker(text) {
        return found;
    }
    match hint {
        Hint::Stays => found.push(whole_text),
        Hint::Is(category) => named(text, category, &mut found),
        Hint::PrincipalId => principal_id(text, &mut found),
        Hint::ObjectKey => object_key(text, 0, &mut found),
        Hint::None => in_text(text, &mut found),
    }
    found
}

/// A text that its key calls a value of a category.
pub fn named(text: &str, category: Category, found: &mut Vec<Piece>) {
    let piece = |category| Piece { start: 0, end: text.len(), category };
    // A user agent may hold anything, also addresses: it goes as a whole. So do public keys and certificates.
    let is_one = category == Category::Agent || KEYS.iter().any(|start| text.starts_with(start));
    let is_list = text.starts_with(['{', '[']) || text.starts_with("arn:") || text.contains("://");
    if !is_one && (is_list || text.len() > LONGEST_NAME) {
        return in_text(text, found);
    }
    if is_of_aws(text)
        || category == Category::Resource && is_vocabulary(text)
        || text.len() < 2
        || matches!(text, "true" | "false")
    {
        return found.push(piece(None));
    }
    let own = match whole(text) {
        Some(Shape::Account) => Category::Account,
        Some(Shape::KeyId) => key_category(text),
        Some(Shape::Address(address)) if is_nobody(address) => return found.push(piece(None)),
        Some(Shape::Address(_)) => Category::Address,
        // A number is no name: it names a version, a port or a limit.
        _ if category == Category::Resource && text.bytes().all(|b| b.is_ascii_digit() || b == b'.') => {
            return found.push(piece(None));
        }
        _ if email_whole(text) => Category::Email,
        _ => category,
    };
    match category {
        Category::Account if own == Category::Account => found.push(piece(Some(own))),
        // Not an id after all.
        Category::Account => in_text(text, found),
        // `10.0.0.0/8`, `203.0.113.7:443`.
        Category::Address if own != Category::Address => {
            in_text(text, found);
            if found.is_empty() {
                host(text, 0, found);
            }
        }
        Category::Host if own == Category::Host => host(text, 0, found),
        _ => {
            // The prefix is AWS's own, what follows is somebody's name.
            let start = if text.starts_with(SSO_ROLE) { SSO_ROLE.len() } else { 0 };
            if start > 0 {
                found.push(Piece { start: 0, end: start, category: None });
            }
            found.push(Piece { start, end: text.len(), category: Some(own) });
        }
    }
}

/// A longer value is a text and no name.
const LONGEST_NAME: usize = 512;

/// How public keys and certificates begin, plain and in base64.
const KEYS: [&str; 4] = ["ssh-", "-----BEGIN ", "c3NoL", "LS0tLS1CRUdJTi"];

const SSO_ROLE: &str = "AWSReservedSSO_";

/// `AROA…:session`, `AIDA…`, `123456789012:alice`.
fn principal_id(text: &str, found: &mut Vec<Piece>) {
    let Some((id, session)) = text.split_once(':') else {
        return named(text, Category::Principal, found);
    };
    named(id, Category::Principal, found);
    let from = found.len();
    named(session, Category::Session, found);
    shift(&mut found[from..], id.len() + 1);
}

pub fn shift(pieces: &mut [Piece], by: usize) {
    for piece in pieces {
        piece.start += by;
        piece.end += by;
    }
}

/// Everything in a running text that tells by itself what it is.
fn in_text(text: &str, found: &mut Vec<Piece>) {
    let bytes = text.as_bytes();
    let emails = emails(bytes);
    let mut emails = emails.iter().peekable();
    let mut at = 0;
    while at < bytes.len() {
        while emails.next_if(|email| email.0 < at).is_some() {}
        if let Some((_, end)) = emails.next_if(|email| email.0 == at) {
            found.push(Piece { start: at, end: *end, category: Some(Category::Email) });
            at = *end;
            continue;
        }
        if !starts_word(bytes, at) {
            at += 1;
            continue;
        }
        let next = emails.peek().map(|email| email.0);
        at = match at_word(text, at, found) {
            // An ARN takes the addresses in it along.
            Some(end) => end.max(at + 1),
            None => {
                let word = bytes[at..].iter().take_while(|b| b.is_ascii_alphanumeric()).count();
                next.map_or(at + word.max(1), |next| next.min(at + word.max(1)).max(at + 1))
            }
        };
    }
}

/// Whether a word may begin here. An escape before it is none of its letters: `\nalice`, `%3A1234`.
pub fn starts_word(bytes: &[u8], at: usize) -> bool {
    if !bytes[at].is_ascii_alphanumeric() {
        return bytes[at] == b':' && bytes.get(at + 1) == Some(&b':');
    }
    let Some(before) = at.checked_sub(1) else { return true };
    if !bytes[before].is_ascii_alphanumeric() {
        return true;
    }
    let earlier = |back: usize| before.checked_sub(back).map(|at| bytes[at]);
    earlier(1) == Some(b'\\') && matches!(bytes[before], b'n' | b't' | b'r')
        || earlier(2) == Some(b'%') && bytes[before].is_ascii_hexdigit()
}

fn ends_word(bytes: &[u8], at: usize) -> bool {
    bytes.get(at).is_none_or(|byte| !byte.is_ascii_alphanumeric())
}

/// What begins at the word at `at`; gives where it ends.
fn at_word(text: &str, at: usize, found: &mut Vec<Piece>) -> Option<usize> {
    let bytes = text.as_bytes();
    let rest = &bytes[at..];
    let push = |found: &mut Vec<Piece>, length: usize, category| {
        found.push(Piece { start: at, end: at + length, category });
        Some(at + length)
    };
    if rest.starts_with(b"arn:aws") {
        return arn(text, at, found);
    }
    if matches!(rest[0], b'h' | b's' | b'H')
        && let Some(end) = address_of_web(text, at, found)
    {
        return Some(end);
    }
    if rest.len() >= 36 && uuid(&rest[..36]) && ends_word(rest, 36) {
        return push(found, 36, Some(Category::Id));
    }
    if let Some((length, address)) = ip(rest) {
        // Behind a slash or a `v` it is a version: a product writes itself so.
        let version = at > 0 && matches!(bytes[at - 1], b'/' | b'v') && address.is_ipv4();
        if !version {
            return push(found, length, (!is_nobody(address)).then_some(Category::Address));
        }
    }
    let digits = rest.iter().take_while(|b| b.is_ascii_digit()).count();
    if digits == 12 && ends_word(rest, 12) && rest.get(12) != Some(&b'.') {
        return push(found, 12, Some(Category::Account));
    }
    let id = key_id(rest);
    if id > 0 && ends_word(rest, id) {
        return push(found, id, Some(key_category(text.get(at..at + id)?)));
    }
    if let Some((_, length)) = resource_id(rest).filter(|(_, length)| ends_word(rest, *length)) {
        return push(found, length, Some(Category::Resource));
    }
    let label = rest.iter().take(20).take_while(|b| b.is_ascii_alphanumeric() || **b == b'-').count();
    let (from, length) = dashed_address(text.get(at..at + label)?)?;
    found.push(Piece { start: at + from, end: at + from + length, category: Some(Category::Address) });
    Some(at + label)
}

fn key_category(id: &str) -> Category {
    if ["AKIA", "ASIA", "ABIA", "ACCA"].iter().any(|prefix| id.starts_with(prefix)) {
        Category::AccessKey
    } else {
        Category::Principal
    }
}

/// Ids of keys and principals, by AWS's prefixes; gives the length.
fn key_id(bytes: &[u8]) -> usize {
    const PREFIXES: [&[u8; 4]; 11] =
        [b"AKIA", b"ASIA", b"AROA", b"AIDA", b"AGPA", b"ANPA", b"ANVA", b"APKA", b"ABIA", b"ACCA", b"AIPA"];
    if !PREFIXES.iter().any(|prefix| bytes.starts_with(*prefix)) {
        return 0;
    }
    let length = bytes.iter().take_while(|b| b.is_ascii_uppercase() || b.is_ascii_digit()).count();
    if (16..=128).contains(&length) { length } else { 0 }
}

fn uuid(bytes: &[u8]) -> bool {
    bytes.iter().enumerate().all(|(at, byte)| match at {
        8 | 13 | 18 | 23 => *byte == b'-',
        _ => byte.is_ascii_hexdigit(),
    })
}

/// `i-1234abcd`, `subnet-0123456789abcdef0`: the length of the prefix with its dash, and of all.
fn resource_id(bytes: &[u8]) -> Option<(usize, usize)> {
    let pairs = |(at, b): (usize, &u8)| if at % 3 == 2 { *b == b':' } else { b.is_ascii_hexdigit() };
    if bytes.len() >= 17 && bytes[2] == b':' && bytes[..17].iter().enumerate().all(pairs) {
        return (bytes.get(17) != Some(&b':')).then_some((0, 17));
    }
    if bytes.len() >= 64 && bytes[..64].iter().all(u8::is_ascii_hexdigit) {
        return Some((0, 64));
    }
    let letters = bytes.iter().take(20).take_while(|b| b.is_ascii_lowercase()).count();
    if letters == 0 || bytes.get(letters) != Some(&b'-') {
        return None;
    }
    let prefix = letters + 1;
    let hex = bytes[prefix..].iter().take(18).take_while(|b| b.is_ascii_hexdigit()).count();
    // `claude-20240229` is a date.
    let digits = bytes[prefix..].iter().take_while(|b| b.is_ascii_digit()).count();
    let date = digits == 8 && bytes[prefix..].starts_with(b"20");
    (matches!(hex, 8 | 17) && !date).then_some((prefix, prefix + hex))
}

/// An IP address at the start of a text, and its length.
fn ip(bytes: &[u8]) -> Option<(usize, IpAddr)> {
    let four = bytes.iter().take(16).take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    let dots = bytes[..four].iter().filter(|b| **b == b'.').count();
    if dots >= 3 && four <= 16 {
        let four = if bytes[four - 1] == b'.' { four - 1 } else { four };
        let address = std::str::from_utf8(&bytes[..four]).ok()?.parse().ok()?;
        return ends_word(bytes, four).then_some((four, address));
    }
    let six = bytes.iter().take(46).take_while(|b| b.is_ascii_hexdigit() || **b == b':').count();
    let colons = bytes[..six].iter().filter(|b| **b == b':').count();
    if colons < 2 || six > 45 || !ends_word(bytes, six) {
        return None;
    }
    // A sentence may put a colon behind it.
    let six = if bytes[..six].ends_with(b":") && !bytes[..six].ends_with(b"::") { six - 1 } else { six };
    Some((six, std::str::from_utf8(&bytes[..six]).ok()?.parse().ok()?))
}

/// Addresses that are nobody's: unspecified, loopback, broadcast, the instance metadata service.
pub fn is_nobody(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => {
            v4.is_unspecified() || v4.is_loopback() || v4.is_broadcast() || v4.octets() == [169, 254, 169, 254]
                // The start of a block, as in `10.0.0.0/8`: it names the block.
                || matches!(v4.octets(), [10, 0, 0, 0] | [172, 16, 0, 0] | [192, 168, 0, 0])
        }
        IpAddr::V6(v6) => v6.is_unspecified() || v6.is_loopback(),
    }
}

/// E-mail addresses, as byte ranges.
fn emails(bytes: &[u8]) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'+' | b'-');
    let mut from = 0;
    while let Some(at) = memchr::memchr(b'@', &bytes[from..]).map(|at| from + at) {
        let before = bytes[from..at].iter().rev().take(64).take_while(|b| local(b)).count();
        let after = bytes[at + 1..].iter().take(255);
        let after = after.take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-')).count();
        let domain = &bytes[at + 1..at + 1 + after];
        let domain =
            &domain[..domain.len() - domain.iter().rev().take_while(|b| **b == b'.' || **b == b'-').count()];
        let mut start = at - before;
        while start < at && !bytes[start].is_ascii_alphanumeric() {
            start += 1;
        }
        from = at + 1;
        if start < at && memchr::memchr(b'.', domain).is_some() {
            found.push((start, at + 1 + domain.len()));
            from += domain.len();
        }
    }
    found
}

fn email_whole(text: &str) -> bool {
    matches!(emails(text.as_bytes()).as_slice(), [(0, end)] if *end == text.len())
}

pub fn named_at(text: &str, at: usize, category: Category, found: &mut Vec<Piece>) {
    let from = found.len();
    if !text.is_empty() {
        named(text, category, found);
    }
    shift(&mut found[from..], at);
}
