//! One JSON value with random access, as a flat list of nodes over its text.
//!
//! The list is in the order of the text and is built without recursion, so a hostile depth costs
//! memory in proportion to its bytes and never the stack.

use std::borrow::Cow;

use super::mend::{Mend, mend};
use super::stops::next_stop;
use super::string::decode;

/// Why and where a text is no JSON value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// The byte at which it stops being JSON, counted from the start of the text.
    pub at: usize,
    /// Whether more text could still make it whole: it ends inside a value.
    pub cut: bool,
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `{…}`
    Object,
    /// `[…]`
    Array,
    /// `"…"`
    String,
    /// A number, as written.
    Number,
    /// `true`
    True,
    /// `false`
    False,
    /// `null`
    Null,
}

#[derive(Clone, Copy)]
struct Node {
    kind: Kind,
    /// The text of the value; for a string without its quotes.
    start: u32,
    end: u32,
    /// The key's body, empty for elements and the root.
    key: (u32, u32),
    /// The node after this one and all that is inside it.
    next: u32,
    /// Members or elements.
    children: u32,
}

/// A record has a value for about so many bytes.
const USUAL_BYTES_A_NODE: usize = 32;

/// A parsed JSON value over its own text.
pub struct Document<'a> {
    text: Cow<'a, [u8]>,
    nodes: Vec<Node>,
}

/// A value inside a [`Document`].
#[derive(Clone, Copy)]
pub struct Value<'d> {
    text: &'d [u8],
    nodes: &'d [Node],
    at: usize,
}

impl<'a> Document<'a> {
    /// Reads the first JSON value of `text`; white space around it is passed over, anything behind
    /// it is an error.
    ///
    /// # Errors
    /// Says where the text stops being JSON. Texts of 4 GiB and more are refused at their start.
    pub fn parse(text: &'a [u8]) -> Result<Self, JsonError> {
        let (document, end) = Self::parse_prefix(text)?;
        let end = skip_space(text, end);
        if end < text.len() {
            return Err(JsonError { at: end, cut: false });
        }
        Ok(document)
    }

    /// Like [`Document::parse`], but leaves what follows; also gives the place behind the value.
    ///
    /// # Errors
    /// As [`Document::parse`].
    pub fn parse_prefix(text: &'a [u8]) -> Result<(Self, usize), JsonError> {
        if u32::try_from(text.len()).is_err() {
            return Err(JsonError { at: 0, cut: false });
        }
        let nodes = Vec::with_capacity(text.len() / USUAL_BYTES_A_NODE);
        let mut parser = Parser { text, at: 0, nodes, open: Vec::new() };
        parser.run()?;
        Ok((Document { text: Cow::Borrowed(text), nodes: parser.nodes }, parser.at))
    }

    /// Like [`Document::parse`], but an object that was printed without its end is mended first, see
    /// [`mend`](super::mend); also gives how many characters that took, 0 where it is whole.
    ///
    /// # Errors
    /// As [`Document::parse`].
    pub fn parse_mended(text: &'a [u8]) -> Result<(Self, usize), JsonError> {
        let error = match Self::parse(text) {
            Ok(document) => return Ok((document, 0)),
            Err(error) => error,
        };
        let Mend::Mended(mended) = mend(text, true) else { return Err(error) };
        let nodes = Document::parse(&mended.text)?.nodes;
        Ok((Document { text: Cow::Owned(mended.text), nodes }, mended.changed))
    }

    /// The value itself.
    #[must_use]
    pub fn root(&self) -> Value<'_> {
        Value { text: &self.text, nodes: &self.nodes, at: 0 }
    }
}

impl<'d> Value<'d> {
    fn node(&self) -> Node {
        self.nodes[self.at]
    }

    /// What it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        self.node().kind
    }

    /// Its place in the order of the text, unique in the document.
    #[must_use]
    pub fn ordinal(&self) -> usize {
        self.at
    }

    /// How many values are inside it, at any depth.
    #[must_use]
    pub fn inside(&self) -> usize {
        self.node().next as usize - self.at - 1
    }

    /// Its members or elements.
    #[must_use]
    pub fn len(&self) -> usize {
        self.node().children as usize
    }

    /// Whether it has no members or elements.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Its source text; of a string without the quotes.
    #[must_use]
    pub fn source(&self) -> &'d [u8] {
        let node = self.node();
        &self.text[node.start as usize..node.end as usize]
    }

    /// Where its source text lies in the document's text, in bytes; of a string without the quotes.
    #[must_use]
    pub fn span(&self) -> (usize, usize) {
        (self.node().start as usize, self.node().end as usize)
    }

    /// Where its key's source text lies in the document's text, in bytes, without the quotes.
    #[must_use]
    pub fn key_span(&self) -> (usize, usize) {
        let (start, end) = self.node().key;
        (start as usize, end as usize)
    }

    /// Its key, decoded; empty for elements and the root.
    #[must_use]
    pub fn key(&self) -> Cow<'d, str> {
        let (start, end) = self.node().key;
        decode(&self.text[start as usize..end as usize])
    }

    /// Whether this is its key. Without escapes its source is its key, unless it is no UTF-8.
    fn has_key(&self, key: &str) -> bool {
        let (start, end) = self.node().key;
        let source = &self.text[start as usize..end as usize];
        let same = source == key.as_bytes();
        // Only escapes make a source longer than its key, and only bytes that are no UTF-8 shorter.
        if !same && source.len() <= key.len() && key.is_ascii() {
            return false;
        }
        if source.contains(&b'\\') || !key.is_ascii() { self.key() == key } else { same }
    }

    /// A string decoded; `None` for any other value.
    #[must_use]
    pub fn as_str(&self) -> Option<Cow<'d, str>> {
        (self.kind() == Kind::String).then(|| decode(self.source()))
    }

    /// A string decoded, a number or word as written; `None` for objects, lists and `null`.
    #[must_use]
    pub fn scalar(&self) -> Option<Cow<'d, str>> {
        match self.kind() {
            Kind::Object | Kind::Array | Kind::Null => None,
            Kind::String | Kind::Number | Kind::True | Kind::False => Some(decode(self.source())),
        }
    }

    /// Its members or elements, in order, duplicate keys included.
    pub fn children(&self) -> impl Iterator<Item = Value<'d>> + use<'d> {
        let Value { text, nodes, at } = *self;
        let end = nodes[at].next as usize;
        let mut next = at + 1;
        std::iter::from_fn(move || {
            (next < end).then(|| {
                let child = Value { text, nodes, at: next };
                next = nodes[next].next as usize;
                child
            })
        })
    }

    /// The member with this key, by its exact spelling; the last one where it stands twice.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Value<'d>> {
        if self.kind() != Kind::Object {
            return None;
        }
        self.children().filter(|child| child.has_key(key)).last()
    }

    /// The member reached by these keys.
    #[must_use]
    pub fn at(&self, keys: &[&str]) -> Option<Value<'d>> {
        keys.iter().try_fold(*self, |value, key| value.get(key))
    }

    /// The text of the member reached by these keys; see [`Value::scalar`].
    #[must_use]
    pub fn text_at(&self, keys: &[&str]) -> Option<Cow<'d, str>> {
        self.at(keys)?.scalar()
    }

    /// The member with this key, whatever its case, `-` or `_`: AWS writes the same parameter in
    /// several casings.
    #[must_use]
    pub fn get_loose(&self, key: &str) -> Option<Value<'d>> {
        if self.kind() != Kind::Object {
            return None;
        }
        self.get(key).or_else(|| self.children().filter(|child| same_loosely(&child.key(), key)).last())
    }
}

/// Whether two keys are the same but for case, `-` and `_`.
fn same_loosely(one: &str, other: &str) -> bool {
    let fold = |text: &str| {
        text.chars().filter(|c| !matches!(c, '-' | '_')).map(|c| c.to_ascii_lowercase()).collect::<String>()
    };
    fold(one) == fold(other)
}

struct Parser<'a> {
    text: &'a [u8],
    at: usize,
    nodes: Vec<Node>,
    /// Open objects and lists, outermost first.
    open: Vec<u32>,
}

impl Parser<'_> {
    fn error<T>(&self) -> Result<T, JsonError> {
        Err(JsonError { at: self.at, cut: self.at >= self.text.len() })
    }

    fn peek(&mut self) -> Option<u8> {
        self.at = skip_space(self.text, self.at);
        self.text.get(self.at).copied()
    }

    fn run(&mut self) -> Result<(), JsonError> {
        self.value((0, 0))?;
        while let Some(&parent) = self.open.last() {
            let in_object = self.nodes[parent as usize].kind == Kind::Object;
            let first = self.nodes[parent as usize].children == 0;
            let close = if in_object { b'}' } else { b']' };
            match self.peek() {
                Some(byte) if byte == close => {
                    self.at += 1;
                    let next = self.nodes.len() as u32;
                    let node = &mut self.nodes[parent as usize];
                    node.end = self.at as u32;
                    node.next = next;
                    self.open.pop();
                    continue;
                }
                Some(b',') if !first => {
                    self.at += 1;
                    self.peek();
                }
                Some(_) if first => {}
                _ => return self.error(),
            }
            let key = if in_object { self.key()? } else { (0, 0) };
            self.nodes[parent as usize].children += 1;
            self.value(key)?;
        }
        Ok(())
    }

    fn key(&mut self) -> Result<(u32, u32), JsonError> {
        if self.peek() != Some(b'"') {
            return self.error();
        }
        let key = self.string()?;
        if self.peek() != Some(b':') {
            return self.error();
        }
        self.at += 1;
        Ok(key)
    }

    fn value(&mut self, key: (u32, u32)) -> Result<(), JsonError> {
        let start = match self.peek() {
            Some(_) => self.at as u32,
            None => return self.error(),
        };
        let (kind, start, end) = match self.text[self.at] {
            b'{' | b'[' => {
                let kind = if self.text[self.at] == b'{' { Kind::Object } else { Kind::Array };
                self.at += 1;
                self.open.push(self.nodes.len() as u32);
                (kind, start, start)
            }
            b'"' => {
                let (start, end) = self.string()?;
                (Kind::String, start, end)
            }
            b't' => self.word(b"true", Kind::True)?,
            b'f' => self.word(b"false", Kind::False)?,
            b'n' => self.word(b"null", Kind::Null)?,
            _ => {
                self.number()?;
                (Kind::Number, start, self.at as u32)
            }
        };
        let next = self.nodes.len() as u32 + 1;
        self.nodes.push(Node { kind, start, end, key, next, children: 0 });
        Ok(())
    }

    fn word(&mut self, word: &[u8], kind: Kind) -> Result<(Kind, u32, u32), JsonError> {
        let start = self.at;
        for &byte in word {
            if self.text.get(self.at) != Some(&byte) {
                return self.error();
            }
            self.at += 1;
        }
        Ok((kind, start as u32, self.at as u32))
    }

    fn digits(&mut self) -> Result<(), JsonError> {
        let start = self.at;
        while self.text.get(self.at).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
        }
        if self.at == start { self.error() } else { Ok(()) }
    }

    fn number(&mut self) -> Result<(), JsonError> {
        if self.text.get(self.at) == Some(&b'-') {
            self.at += 1;
        }
        if self.text.get(self.at) == Some(&b'0') {
            self.at += 1;
        } else {
            self.digits()?;
        }
        if self.text.get(self.at) == Some(&b'.') {
            self.at += 1;
            self.digits()?;
        }
        if matches!(self.text.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            if matches!(self.text.get(self.at), Some(b'+' | b'-')) {
                self.at += 1;
            }
            self.digits()?;
        }
        Ok(())
    }

    /// A string from its opening quote; gives the span of its body.
    fn string(&mut self) -> Result<(u32, u32), JsonError> {
        self.at += 1;
        let start = self.at as u32;
        loop {
            self.at = next_stop(self.text, self.at);
            match self.text.get(self.at) {
                Some(b'"') => {
                    self.at += 1;
                    return Ok((start, self.at as u32 - 1));
                }
                Some(b'\\') => {
                    self.at += 1;
                    match self.text.get(self.at) {
                        Some(b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't') => self.at += 1,
                        Some(b'u') => {
                            self.at += 1;
                            for _ in 0..4 {
                                if !self.text.get(self.at).is_some_and(u8::is_ascii_hexdigit) {
                                    return self.error();
                                }
                                self.at += 1;
                            }
                        }
                        _ => return self.error(),
                    }
                }
                Some(b'*') => self.at += 1,
                _ => return self.error(),
            }
        }
    }
}

fn skip_space(text: &[u8], mut at: usize) -> usize {
    while matches!(text.get(at), Some(b' ' | b'\n' | b'\r' | b'\t')) {
        at += 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rebuilds what serde_json would read.
    fn rebuild(value: Value<'_>) -> serde_json::Value {
        match value.kind() {
            Kind::Object => value
                .children()
                .map(|c| (c.key().into_owned(), rebuild(c)))
                .collect::<serde_json::Map<_, _>>()
                .into(),
            Kind::Array => value.children().map(rebuild).collect::<Vec<_>>().into(),
            Kind::String => value.as_str().unwrap().into(),
            _ => serde_json::from_slice(value.source()).unwrap(),
        }
    }

    fn any_json() -> impl Strategy<Value = serde_json::Value> {
        let leaf = prop_oneof![
            Just(serde_json::Value::Null),
            any::<bool>().prop_map(Into::into),
            any::<i64>().prop_map(Into::into),
            any::<String>().prop_map(Into::into),
        ];
        leaf.prop_recursive(5, 60, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Into::into),
                prop::collection::vec((any::<String>(), inner), 0..6)
                    .prop_map(|members| members.into_iter().collect::<serde_json::Map<_, _>>().into()),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_what_serde_json_writes(json in any_json(), pretty in any::<bool>()) {
            let text = if pretty { serde_json::to_vec_pretty(&json) } else { serde_json::to_vec(&json) }.unwrap();
            prop_assert_eq!(rebuild(Document::parse(&text).unwrap().root()), json);
        }

        #[test]
        fn accepts_just_what_serde_json_accepts(text in "[\\[\\]{},:\"\\\\a-f0-9.eE+\\- tnulrs]{0,24}") {
            let theirs = serde_json::from_str::<serde_json::Value>(&text);
            // serde_json refuses numbers that overflow a float; a log may hold them.
            let overflow = theirs.as_ref().is_err_and(|error| error.to_string().contains("out of range"));
            prop_assert!(overflow || Document::parse(text.as_bytes()).is_ok() == theirs.is_ok(), "{}", text);
        }

        #[test]
        fn every_cut_of_an_object_is_called_cut(json in any_json(), at in any::<prop::sample::Index>()) {
            let text = serde_json::to_vec(&serde_json::json!({"k": json})).unwrap();
            let cut = &text[..at.index(text.len())];
            prop_assert!(Document::parse(cut).err().unwrap().cut);
        }
    }

    #[test]
    fn a_hostile_depth_is_only_long() {
        let deep = [b"[".repeat(200_000), b"]".repeat(200_000)].concat();
        assert_eq!(Document::parse(&deep).unwrap().root().inside(), 199_999);
    }

    #[test]
    fn the_last_of_duplicate_keys_counts_and_all_are_there() {
        let document = Document::parse(br#"{"a":1,"a":2,"A":3}"#).unwrap();
        assert_eq!(document.root().text_at(&["a"]).unwrap(), "2");
        assert_eq!(document.root().len(), 3);
        assert_eq!(document.root().get_loose("a").unwrap().source(), b"2");
    }
}
