//! Values that tell by themselves what they are.

use super::keys;
use crate::protocol::Confidence::{self, Certain, Likely};
use crate::protocol::ExposureKind::{self, *};

/// A piece of a text that is an exposure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
    /// What it is.
    pub kind: ExposureKind,
    /// How sure that is.
    pub confidence: Confidence,
}

/// How a key of a known service begins, how many bytes it has at least, and what it is.
const PREFIXES: &[(&str, usize, ExposureKind)] = &[
    ("AIza", 39, ApiKey),
    ("FQoGZXIv", 100, SessionToken),
    ("FwoGZXIv", 100, SessionToken),
    ("IQoJb3Jp", 100, SessionToken),
    ("SG.", 60, ApiKey),
    ("dop_v1_", 71, ApiKey),
    ("ghp_", 40, ApiKey),
    ("gho_", 40, ApiKey),
    ("ghu_", 40, ApiKey),
    ("ghs_", 40, ApiKey),
    ("ghr_", 40, ApiKey),
    ("github_pat_", 40, ApiKey),
    ("glpat-", 26, ApiKey),
    ("npm_", 40, ApiKey),
    ("pypi-", 40, ApiKey),
    ("rk_live_", 24, ApiKey),
    ("shpat_", 38, ApiKey),
    ("sk-ant-", 40, ApiKey),
    ("sk-proj-", 40, ApiKey),
    ("sk_live_", 24, ApiKey),
    ("sk_test_", 24, ApiKey),
    ("xoxa-", 20, ApiKey),
    ("xoxb-", 20, ApiKey),
    ("xoxp-", 20, ApiKey),
    ("xoxr-", 20, ApiKey),
    ("xoxs-", 20, ApiKey),
];

/// How other shapes begin; [`at_word`] knows the rest.
const STARTS: [&str; 5] = ["eyJ", "-----BEGIN", "Bearer ", "Basic ", "AWS4-HMAC-SHA256 "];

/// No shape is shorter: `Basic ` with eight letters behind it.
const SHORTEST: usize = 14;

/// How many bits [`BEGINNINGS`] has.
const BITS: usize = 1 << 12;

/// A bit for the first four letters of a text, whatever their case.
#[inline(always)]
const fn bit(four: [u8; 4]) -> usize {
    // Mixes the four into the topmost bits of a word.
    (u32::from_le_bytes(four) & 0x1f1f_1f1f).wrapping_mul(0x9e37_79b1) as usize >> 20 & (BITS - 1)
}

/// The beginnings of shapes, as a set of [`bit`]s that may hold others too.
static BEGINNINGS: [u32; BITS / 32] = {
    let mut table = [0; BITS / 32];
    let mut place = 0;
    while place < PREFIXES.len() + STARTS.len() {
        let start = if place < PREFIXES.len() { PREFIXES[place].0 } else { STARTS[place - PREFIXES.len()] };
        let start = start.as_bytes();
        // One of three letters can go on in any way.
        let mut fourth = 0;
        while fourth < 32 {
            let at = bit([start[0], start[1], start[2], if start.len() > 3 { start[3] } else { fourth }]);
            table[at / 32] |= 1 << (at % 32);
            fourth += 1;
        }
        place += 1;
    }
    table
};

/// Whether a shape may begin here, by the first four letters.
#[inline(always)]
pub(super) fn may_begin(text: &[u8]) -> bool {
    let Some(four) = text.first_chunk::<4>().filter(|_| text.len() >= SHORTEST) else { return false };
    let at = bit(*four);
    BEGINNINGS[at / 32] & 1 << (at % 32) != 0
}

/// Whether a shape begins here, as far as its first letters go.
#[inline(never)]
pub(super) fn begins(text: &[u8]) -> bool {
    PREFIXES.iter().map(|prefix| prefix.0).chain(STARTS).any(|start| text.starts_with(start.as_bytes()))
}

fn is_token(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'+' | b'/' | b'~')
}

/// How many bytes at the start of a text are of a kind. Never inlined: it is called all over here.
#[inline(never)]
fn run(text: &[u8], of: fn(u8) -> bool) -> usize {
    text.iter().take_while(|byte| of(**byte)).count()
}

/// How many bytes at its end are.
#[inline(never)]
pub(super) fn run_back(text: &[u8], of: fn(u8) -> bool) -> usize {
    text.iter().rev().take_while(|byte| of(**byte)).count()
}

/// The shape that begins a text: its length and kind.
#[inline(never)]
fn at_word(text: &str) -> Option<(usize, ExposureKind)> {
    let bytes = text.as_bytes();
    if !(may_begin(bytes) && begins(bytes)) {
        return None;
    }
    // What pads Base64 is no part of the word: words of a text don't overlap, so this stays linear.
    let length = run(bytes, is_token);
    let length = length + run(&bytes[length..bytes.len().min(length + 2)], |byte| byte == b'=');
    if let Some((prefix, _, kind)) =
        PREFIXES.iter().find(|(prefix, least, _)| text.starts_with(prefix) && length >= *least)
    {
        // The rest is one word of letters and digits, not a path that happens to begin so.
        let word = &bytes[prefix.len()..length];
        let plain =
            *kind == SessionToken || !word.iter().any(|byte| matches!(byte, b'/' | b'=' | b'+' | b'~'));
        return plain.then_some((length, *kind));
    }
    if text.starts_with("eyJ") {
        let word = text.get(..length)?.trim_end_matches('.');
        let mut parts = word.split('.');
        let (head, body) = (parts.next()?, parts.next()?);
        let signed = parts.next().is_some() && parts.count() < 3;
        return (signed && head.len() >= 10 && body.starts_with("eyJ") || signed && body.len() >= 16)
            .then_some((word.len(), Jwt));
    }
    if text.starts_with("-----BEGIN") {
        let kind = bytes[10..].iter().take(24).take_while(|byte| **byte != b'-').count();
        if !text.get(10..10 + kind)?.ends_with("PRIVATE KEY") {
            return None;
        }
        let end =
            text.find("-----END").and_then(|end| Some(end + 8 + text.get(end + 8..)?.find("-----")? + 5));
        return Some((end.unwrap_or(text.len()), PrivateKey));
    }
    for (scheme, least) in [("Bearer ", 16), ("Basic ", 8)] {
        if let Some(rest) = text.strip_prefix(scheme) {
            let length = run(rest.as_bytes(), is_token);
            let digits = rest.bytes().take(length).any(|byte| byte.is_ascii_digit() || byte == b'=');
            return (length >= least && digits).then_some((scheme.len() + length, Authorization));
        }
    }
    let start = &text.as_bytes()[..text.len().min(MOST)];
    memchr::memmem::find(start, b"Signature=").map(|_| (text.len(), Authorization))
}

/// No value between quotes or white space is looked at further than this: real ones are shorter, and
/// a hostile text must not be read again for each of its bytes.
const MOST: usize = 4096;

/// What stands before the `@` of an address: a scheme, a user and a password at most.
const LONGEST_ADDRESS: usize = 256;

/// Whether shapes are looked for inside a text, and not only at its start: where an assignment, an
/// address or an escape is, as in scripts, URLs and headers.
pub(super) fn is_composed(byte: u8) -> bool {
    byte < b' ' || matches!(byte, b'"' | b'\\' | b'=' | b'@' | b'%')
}

/// The exposures in a text that needs no key to tell, in order and not overlapping.
#[must_use]
pub fn shapes_in(text: &str) -> Vec<Shape> {
    let mut found = Vec::new();
    if let Some((length, kind)) = at_word(text) {
        found.push(Shape { start: 0, end: length, kind, confidence: Certain });
    }
    let bytes = text.as_bytes();
    if !bytes.iter().any(|byte| is_composed(*byte)) {
        return found;
    }
    let mut at = found.last().map_or(0, |shape| shape.end);
    let mut word_at = at;
    while at < bytes.len() {
        let byte = bytes[at];
        let shape = match byte {
            b'@' => address(text, near(text, word_at, at, LONGEST_ADDRESS), at),
            b'=' => assignment(text, near(text, word_at, at, MOST), at),
            _ if at > 0 && begins_word(bytes, at) => at_word(text.get(at..).unwrap_or_default())
                .map(|(length, kind)| Shape { start: at, end: at + length, kind, confidence: Certain }),
            _ => None,
        };
        if let Some(shape) = shape {
            // A connection string begins before its `@`, and what it holds is said by it.
            while found.last().is_some_and(|before| before.end > shape.start) {
                found.pop();
            }
            at = shape.end.max(at + 1);
            word_at = at;
            found.push(shape);
            continue;
        }
        if byte <= b' ' || matches!(byte, b'"' | b'\'' | b'<' | b'>' | b'`') {
            word_at = at + 1;
        }
        at += 1;
    }
    found
}

/// The start of the word that `at` is in, or a place before `at` that is near enough.
fn near(text: &str, word_at: usize, at: usize, most: usize) -> usize {
    let start = word_at.max(at.saturating_sub(most));
    (start..at).find(|start| text.is_char_boundary(*start)).unwrap_or(at)
}

fn begins_word(bytes: &[u8], at: usize) -> bool {
    let before = bytes[at - 1];
    !(before.is_ascii_alphanumeric() || matches!(before, b'_' | b'-' | b'.' | b'/' | b'+' | b'~'))
        && may_begin(&bytes[at..])
}

/// `scheme://user:password@host`, else an e-mail address, around the `@` at `at`.
#[inline(never)]
fn address(text: &str, word_at: usize, at: usize) -> Option<Shape> {
    let word = text.get(word_at..at)?;
    if let Some(scheme) = word.rfind("://") {
        let start = word_at + scheme
            - run_back(&word.as_bytes()[..scheme], |b| b.is_ascii_alphanumeric() || b == b'+');
        let (user, password) = word[scheme + 3..].split_once(':')?;
        let secret = !password.is_empty()
            && !is_placeholder(password)
            && !user.contains('/')
            && !password.contains('/');
        if !secret {
            return None;
        }
        let end = at
            + 1
            + run(&text.as_bytes()[at + 1..], |b| {
                b > b' ' && !matches!(b, b'"' | b'\'' | b'<' | b'>' | b',')
            });
        return Some(Shape { start, end, kind: ConnectionString, confidence: Certain });
    }
    let local = run_back(word.as_bytes(), |b| {
        b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-')
    });
    let domain = run(&text.as_bytes()[at + 1..], |b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-'));
    let domain = &text.as_bytes()[at + 1..at + 1 + domain];
    let domain = domain.len() - run_back(domain, |b| matches!(b, b'.' | b'-'));
    let domain = text.get(at + 1..at + 1 + domain)?;
    let (_, top) = domain.rsplit_once('.')?;
    let inside = ["internal", "local"].contains(&top) || domain.ends_with("amazonaws.com");
    let local_text = word.get(word.len() - local..)?;
    let fine = (2..=24).contains(&top.len())
        && top.bytes().all(|byte| byte.is_ascii_alphabetic())
        && !domain.starts_with('.')
        && local_text.bytes().any(|byte| byte != b'.')
        && local_text != "git";
    (fine && !inside).then_some(Shape {
        start: at - local,
        end: at + 1 + domain.len(),
        kind: Email,
        confidence: Certain,
    })
}

/// `NAME=value` in a script, a header or an address, where the name tells; the value is the exposure.
#[inline(never)]
fn assignment(text: &str, word_at: usize, at: usize) -> Option<Shape> {
    let bytes = text.as_bytes();
    let length = run_back(&bytes[word_at..at], |b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    let name = text.get(at - length..at)?;
    let quoted = usize::from(matches!(bytes.get(at + 1), Some(b'"' | b'\'')));
    let start = at + 1 + quoted;
    let value = text.get(start..)?;
    if matches!(name, "X-Amz-Signature" | "Signature") {
        let word = &text[word_at..at];
        let scheme = &word[..word.rfind("://")?];
        let from = word_at + scheme.len() - run_back(scheme.as_bytes(), |b| b.is_ascii_alphabetic());
        let end =
            start + run(value.as_bytes(), |b| b > b' ' && !matches!(b, b'"' | b'\'' | b'<' | b'>' | b']'));
        return Some(Shape { start: from, end, kind: PresignedUrl, confidence: Certain });
    }
    if keys::is_noise(name) {
        return None;
    }
    let (kind, confidence) = keys::kind_of(name)?;
    let end = start
        + run(&value.as_bytes()[..value.len().min(MOST)], |b| {
            b > b' ' && !matches!(b, b'"' | b'\'' | b'&' | b';' | b',' | b'\\' | b')')
        });
    let value = text.get(start..end)?;
    let secret = matches!(kind, SecretKey | Password | ApiKey | SessionToken | PrivateKey)
        || (kind == Secret && confidence == Likely);
    (secret && end >= start + 4 && !is_placeholder(value)).then_some(Shape {
        start,
        end,
        kind,
        confidence: Likely,
    })
}

/// Whether a text only stands where a value would: an example, a reference, a variable, a switch.
#[inline(never)]
pub(super) fn is_placeholder(text: &str) -> bool {
    let text = text.trim();
    let first = text.bytes().next().unwrap_or(b'*');
    text.bytes().all(|byte| byte == first)
        || (text.starts_with('<') && text.ends_with('>'))
        || (text.starts_with('[') && text.ends_with(']'))
        || ["$", "{{", "arn:", "%s", "%v"].iter().any(|start| text.starts_with(start))
        || WORDS.iter().any(|word| word.eq_ignore_ascii_case(text))
}

const WORDS: [&str; 15] = [
    "true",
    "false",
    "null",
    "none",
    "undefined",
    "required",
    "optional",
    "enabled",
    "disabled",
    "yes",
    "no",
    "string",
    "redacted",
    "hidden",
    "-",
];
