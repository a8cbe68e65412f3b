//! Finding the next record where the text stopped making sense.

use super::shape::{Shape, is_event_key, shape_of};
use super::wrapped;
use crate::event::cursor::Cursor;
use crate::event::{Scan, scan_record};

/// How often the inside of a record that is cut by the end of the text is searched for a whole one, and
/// how many places are tried each time.
pub(super) const RESCUES: usize = 16;

/// The longest start of an object that is looked at: white space and a key.
const START: usize = 256;

/// The longest start of an object that is read for what it is: the keys in front of what it carries.
const HEAD: usize = 4 << 10;

/// How many bytes of such starts are read in all, so that brackets in brackets cost no more than that.
const HEADS: usize = 64 << 20;

/// What was found.
pub(super) enum Found {
    /// A record most likely starts here.
    Record(usize),
    /// A wrapper most likely starts here.
    Wrapper(usize),
    /// More text must tell about the object that starts here.
    Perhaps(usize),
    /// There is none in this text. From here on it tells something about what follows it.
    Nothing(usize),
}

/// How likely it is that a record or a wrapper starts at a `{`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Likely {
    Record,
    Wrapper,
    No,
    /// The text ends too early to tell.
    Perhaps,
}

/// Knows how records start: with a key that only records have, or as the first one of this file did.
#[derive(Default)]
pub(super) struct Resync {
    first_key: Vec<u8>,
    /// How many bytes of heads were read: see [`HEADS`].
    heads: usize,
}

impl Resync {
    /// Learns how the records of this file start.
    pub fn learn(&mut self, record: &[u8]) {
        let mut cursor = Cursor::new(record.get(1..).unwrap_or_default());
        self.first_key = cursor.member(<[u8]>::to_vec).unwrap_or_default();
    }

    /// The next place where a record starts. `last` says that no more text will come.
    pub fn next_record(&mut self, text: &[u8], last: bool) -> Found {
        for at in memchr::memchr_iter(b'{', text) {
            if is_member_value(&text[..at]) {
                continue;
            }
            let mut likely = self.starts_record(&text[at..]);
            if likely == Likely::No && self.heads < HEADS {
                let head = &text[at..];
                let (likelier, read) = by_head(&head[..head.len().min(HEAD)], head.len() < HEAD && !last);
                likely = likelier;
                // What is read again is counted once.
                self.heads += if likely == Likely::Perhaps { 0 } else { read };
            }
            match likely {
                Likely::Record => return Found::Record(at),
                Likely::Wrapper => return Found::Wrapper(at),
                Likely::Perhaps if !last => return Found::Perhaps(at),
                Likely::Perhaps | Likely::No => {}
            }
        }
        Found::Nothing(context(text))
    }

    /// The start of a whole record inside one that the end of the text cuts: then that one only lost
    /// its own end, and swallowed those behind it.
    pub fn rescue(&self, cut: &[u8]) -> Option<usize> {
        memchr::memchr_iter(b'{', cut)
            .skip(1)
            .filter(|&at| !is_member_value(&cut[..at]) && self.starts_record(&cut[at..]) == Likely::Record)
            .take(RESCUES)
            .find(|&at| matches!(scan_record(&cut[at..]), Scan::Record { fields, .. } if fields.has_event_shape))
    }

    /// Whether a record or a wrapper starts at the `{` that `text` starts with.
    fn starts_record(&self, text: &[u8]) -> Likely {
        let start = &text[..text.len().min(START)];
        let space = start.iter().skip(1).take_while(|byte| byte.is_ascii_whitespace()).count();
        let unknown = if text.len() < START { Likely::Perhaps } else { Likely::No };
        match start.get(1 + space..).and_then(<[u8]>::split_first) {
            None => unknown,
            Some((b'"', key)) => match memchr::memchr(b'"', key).map(|end| &key[..end]) {
                None => unknown,
                Some(b"Records" | b"Events" | b"logEvents" | b"CloudTrailEvent" | b"messageType") => {
                    Likely::Wrapper
                }
                Some(key) if is_event_key(key) => Likely::Record,
                Some(key) if !key.is_empty() && key == self.first_key => Likely::Record,
                Some(_) => Likely::No,
            },
            Some(_) => Likely::No,
        }
    }
}

/// What the object is that `head` starts, by its keys, and how much of it was read.
fn by_head(head: &[u8], more: bool) -> (Likely, usize) {
    let likely = match shape_of(head) {
        Shape::Event => Likely::Record,
        Shape::Wrapper { .. } => Likely::Wrapper,
        Shape::Carrier { value, .. } => match head.get(value..).map(wrapped::promises) {
            Some(Some(true)) => Likely::Record,
            Some(None) if more => Likely::Perhaps,
            _ => Likely::No,
        },
        Shape::Cut if more => Likely::Perhaps,
        Shape::Malformed { at } => return (Likely::No, at),
        _ => Likely::No,
    };
    (likely, head.len())
}

/// How far back it is looked for the colon of a member.
const BACK: usize = 64;

/// Whether what stands before a `{` makes it the value of a member.
fn is_member_value(before: &[u8]) -> bool {
    let mut near = before.iter().rev().take(BACK).filter(|byte| !byte.is_ascii_whitespace());
    near.next() == Some(&b':') && near.next() == Some(&b'"')
}

/// Where the end of a text starts that makes a `{` behind it the value of a member: a quote, or a quote
/// and a colon. No `{` is kept, as it would be looked at again without what stands before it.
fn context(text: &[u8]) -> usize {
    let near = text.iter().enumerate().rev().take(BACK);
    let mut near = near.filter(|(_, byte)| !byte.is_ascii_whitespace());
    match near.next() {
        Some((at, b'"')) => at,
        Some((_, b':')) => near.next().filter(|(_, byte)| **byte == b'"').map_or(text.len(), |(at, _)| at),
        _ => text.len(),
    }
}
