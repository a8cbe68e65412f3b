//! A strict, forward-only reader of JSON that keeps nothing.
//!
//! It accepts the same language as [`crate::json::Document`] (RFC 8259), and stops at the same byte
//! where a text leaves it. Nesting is a counter and one bit for each open bracket, never a call.

use super::nesting::Nesting;
use super::raw::Raw;
use crate::json::Spots;
use crate::json::next_stop;
use crate::{exposure, json, redaction};

/// The text stops being JSON at the cursor; where the cursor is at its end, it is only cut.
#[derive(Debug)]
pub(crate) struct Broken;

/// The first bytes of strings that may be suspicious although no `*` and no `\` stands in them: those
/// of the markers made of words, of JSON that may hold one, and white space before either. A test
/// holds this to [`redaction::suspicious`].
const STARTS_MARKER: [bool; 256] = {
    let mut table = [false; 256];
    let mut place = 0;
    while place < FIRST_BYTES.len() {
        table[FIRST_BYTES[place] as usize] = true;
        place += 1;
    }
    table
};

const FIRST_BYTES: &[u8] = b" HhVv<{[";

/// What reading yields.
pub(crate) type Read<T> = Result<T, Broken>;

/// A place in a text that moves forward over whole values.
pub(crate) struct Cursor<'a> {
    text: &'a [u8],
    at: usize,
    suspicious: bool,
    telling: bool,
    escaped: bool,
    strings: u32,
    spots: Spots,
}

impl<'a> Cursor<'a> {
    /// At the start of `text`.
    #[inline]
    pub fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            at: 0,
            suspicious: false,
            telling: false,
            escaped: false,
            strings: 0,
            spots: Spots::default(),
        }
    }

    /// Where it is, in bytes.
    #[inline]
    pub fn at(&self) -> usize {
        self.at
    }

    /// Whether all of the text has been read, so that more of it could still make it whole.
    #[inline]
    pub fn at_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Whether a string passed so far may hold a redaction marker.
    #[inline]
    pub fn suspicious(&self) -> bool {
        self.suspicious
    }

    /// Whether a key or a string passed so far may be an exposure.
    #[inline]
    pub fn telling(&self) -> bool {
        self.telling
    }

    /// Whether a value that was asked for has escapes, so that its bytes are not its text.
    #[inline]
    pub fn escaped(&self) -> bool {
        self.escaped
    }

    /// Where what is suspicious or telling begins.
    #[inline]
    pub fn spots(&self) -> Spots {
        self.spots
    }

    /// How many keys and strings have been passed.
    #[inline]
    pub fn strings(&self) -> u32 {
        self.strings
    }

    /// The next byte that is no white space, not yet taken; 0 at the end.
    #[inline(always)]
    pub fn peek(&mut self) -> u8 {
        let byte = self.here();
        if byte > b' ' { byte } else { self.peek_behind_space() }
    }

    #[inline(always)]
    fn here(&self) -> u8 {
        // 0 is no JSON outside a string, so it can stand for "nothing here" everywhere.
        self.text.get(self.at).copied().unwrap_or(0)
    }

    fn peek_behind_space(&mut self) -> u8 {
        while matches!(self.here(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
        self.here()
    }

    #[inline(always)]
    fn expect(&mut self, byte: u8) -> Read<()> {
        if self.peek() != byte {
            return Err(Broken);
        }
        self.at += 1;
        Ok(())
    }

    /// Reads an object from its `{`. `member` gets each key, decoded, and must read the value.
    #[inline(always)]
    pub fn object(&mut self, mut member: impl FnMut(&mut Self, &[u8]) -> Read<()>) -> Read<()> {
        self.expect(b'{')?;
        if self.peek() == b'}' {
            self.at += 1;
            return Ok(());
        }
        loop {
            if self.peek() != b'"' {
                return Err(Broken);
            }
            let (body, escaped) = self.string()?;
            self.expect(b':')?;
            self.key(body);
            if escaped {
                member(self, json::decode(body).as_bytes())?;
            } else {
                member(self, body)?;
            }
            match self.peek() {
                b',' => self.at += 1,
                b'}' => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(Broken),
            }
        }
    }

    /// Reads the key of a member and the colon behind it.
    pub fn member<T>(&mut self, read_key: impl FnOnce(&[u8]) -> T) -> Read<T> {
        if self.peek() != b'"' {
            return Err(Broken);
        }
        let (body, escaped) = self.string()?;
        self.expect(b':')?;
        Ok(if escaped { read_key(json::decode(body).as_bytes()) } else { read_key(body) })
    }

    /// Reads a list from its `[`. `element` must read each element.
    #[inline(always)]
    pub fn list(&mut self, mut element: impl FnMut(&mut Self) -> Read<()>) -> Read<()> {
        self.expect(b'[')?;
        if self.peek() == b']' {
            self.at += 1;
            return Ok(());
        }
        loop {
            element(self)?;
            match self.peek() {
                b',' => self.at += 1,
                b']' => {
                    self.at += 1;
                    return Ok(());
                }
                _ => return Err(Broken),
            }
        }
    }

    /// Reads any value; a string, number, `true` or `false` gives its text, `null`, objects and lists
    /// give `None`.
    #[inline(always)]
    pub fn scalar(&mut self) -> Read<Option<Raw<'a>>> {
        match self.peek() {
            b'"' => {
                let (body, escaped) = self.string()?;
                self.escaped |= escaped;
                Ok(Some(Raw(body)))
            }
            b'{' | b'[' => self.skip_nested().map(|()| None),
            first => self.bare(first),
        }
    }

    /// Reads any value; gives its source text, of a string its body. `null` gives `None`.
    pub fn source(&mut self) -> Read<Option<Raw<'a>>> {
        let first = self.peek();
        if !matches!(first, b'{' | b'[') {
            return self.scalar();
        }
        let start = self.at;
        self.skip_nested()?;
        let source = Raw(&self.text[start..self.at]);
        self.escaped |= !source.is_plain();
        Ok(Some(source))
    }

    /// Reads any value and forgets it.
    #[inline(always)]
    pub fn skip(&mut self) -> Read<()> {
        match self.peek() {
            b'"' => self.string().map(|_| ()),
            b'{' | b'[' => self.skip_nested(),
            first => self.bare(first).map(|_| ()),
        }
    }

    /// What has been read since the place `from`.
    #[inline]
    pub fn since(&self, from: usize) -> Raw<'a> {
        Raw(self.text.get(from..self.at).unwrap_or_default())
    }

    /// Everything inside an object or list, from its opening bracket to its closing one.
    fn skip_nested(&mut self) -> Read<()> {
        let mut open = Nesting::default();
        open.push(self.here() == b'{');
        self.at += 1;
        'opened: loop {
            let mut in_object = open.in_object();
            let first = self.peek();
            let mut closes = first == if in_object { b'}' } else { b']' };
            loop {
                if closes {
                    self.at += 1;
                    if open.pop() {
                        return Ok(());
                    }
                    in_object = open.in_object();
                } else {
                    if in_object {
                        if self.peek() != b'"' {
                            return Err(Broken);
                        }
                        let (key, _) = self.string()?;
                        self.expect(b':')?;
                        self.key(key);
                    }
                    match self.peek() {
                        b'"' => {
                            self.string()?;
                        }
                        bracket @ (b'{' | b'[') => {
                            open.push(bracket == b'{');
                            self.at += 1;
                            continue 'opened;
                        }
                        first => {
                            self.bare(first)?;
                        }
                    }
                }
                // Behind a value: the next one, or the end of what holds it.
                closes = match self.peek() {
                    b',' => {
                        self.at += 1;
                        false
                    }
                    b'}' if in_object => true,
                    b']' if !in_object => true,
                    _ => return Err(Broken),
                };
            }
        }
    }

    /// Looks at a key as written, before its value. What CloudTrail cuts for its size is an object with
    /// `omitted` in it.
    #[inline(always)]
    fn key(&mut self, key: &[u8]) {
        if exposure::key_may_tell(key) {
            self.value_of(key);
        }
        if key == b"omitted" {
            // The reason stands beside it.
            self.suspicious = true;
            self.spots.add_all();
        }
    }

    /// Looks at the value of a key that may tell: most are marked, empty or no text.
    #[cold]
    fn value_of(&mut self, key: &[u8]) {
        let tells = match self.peek() {
            b'"' => {
                let rest = self.text.get(self.at + 1..).unwrap_or_default();
                let body = memchr::memchr(b'"', rest).map_or(rest, |end| &rest[..end]);
                exposure::value_may_tell(key, body)
            }
            first => matches!(first, b'{' | b'['),
        };
        if tells {
            self.telling = true;
            self.spots.add(self.place(key));
        }
    }

    /// Where a part of the text begins in it.
    fn place(&self, part: &[u8]) -> usize {
        part.as_ptr().addr() - self.text.as_ptr().addr()
    }

    /// A string from its opening quote: its body, and whether that has escapes.
    #[inline(always)]
    fn string(&mut self) -> Read<(&'a [u8], bool)> {
        let start = self.at + 1;
        let (mut escaped, mut starred) = (false, false);
        self.at = next_stop(self.text, start);
        while self.here() != b'"' {
            match self.here() {
                b'\\' => {
                    escaped = true;
                    self.escape()?;
                }
                b'*' => {
                    starred = true;
                    self.at += 1;
                }
                _ => return Err(Broken),
            }
            self.at = next_stop(self.text, self.at);
        }
        let body = self.text.get(start..self.at).unwrap_or_default();
        self.at += 1;
        self.strings = self.strings.wrapping_add(1);
        if exposure::starts_like_one(body) {
            self.telling = true;
            self.spots.add(start);
        }
        if escaped || starred || body.first().is_some_and(|&first| STARTS_MARKER[usize::from(first)]) {
            self.look_at(body, escaped);
        }
        Ok((body, escaped))
    }

    #[cold]
    fn look_at(&mut self, body: &[u8], escaped: bool) {
        let suspicious = redaction::suspicious(body);
        let telling = escaped && exposure::may_hold(body);
        self.suspicious |= suspicious;
        self.telling |= telling;
        if suspicious || telling {
            self.spots.add(self.place(body));
        }
    }

    #[inline]
    fn escape(&mut self) -> Read<()> {
        self.at += 1;
        match self.here() {
            b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 1,
            b'u' => {
                self.at += 1;
                for _ in 0..4 {
                    if !self.here().is_ascii_hexdigit() {
                        return Err(Broken);
                    }
                    self.at += 1;
                }
            }
            _ => return Err(Broken),
        }
        Ok(())
    }

    /// A number or a word. `null` gives `None`.
    #[inline]
    fn bare(&mut self, first: u8) -> Read<Option<Raw<'a>>> {
        let start = self.at;
        match first {
            b't' => self.word(b"true")?,
            b'f' => self.word(b"false")?,
            b'n' => {
                self.word(b"null")?;
                return Ok(None);
            }
            _ => self.number()?,
        }
        Ok(Some(Raw(self.text.get(start..self.at).unwrap_or_default())))
    }

    #[inline]
    fn word(&mut self, word: &[u8]) -> Read<()> {
        for &byte in word {
            if self.here() != byte {
                return Err(Broken);
            }
            self.at += 1;
        }
        Ok(())
    }

    fn digits(&mut self) -> Read<()> {
        if !self.here().is_ascii_digit() {
            return Err(Broken);
        }
        while self.here().is_ascii_digit() {
            self.at += 1;
        }
        Ok(())
    }

    fn number(&mut self) -> Read<()> {
        if self.here() == b'-' {
            self.at += 1;
        }
        if self.here() == b'0' {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.here() == b'.' {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.here(), b'e' | b'E') {
            self.at += 1;
            if matches!(self.here(), b'+' | b'-') {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }
}
