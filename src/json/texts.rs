//! Every text of a record with its place, also in JSON that a string holds.

use std::borrow::Cow;

use super::{Document, Kind, Value, push_index, push_key};

/// How deep JSON inside strings is read: a policy in a parameter, a parameter map in a string.
const DEPTHS_OF_JSON_IN_STRINGS: u8 = 2;

/// A key or a plain value on the way through a record.
pub struct TextAt<'t> {
    /// The path of the object or list that it is in: `requestParameters.users[0]`. It goes on into JSON that a
    /// string holds.
    pub parent: &'t str,
    /// The text, decoded; `true` for the word.
    pub text: &'t str,
    /// What it is: of a key [`Kind::Object`], else the kind of the value.
    pub kind: Kind,
    value: Value<'t>,
    /// The member that it is the value of, or that the list around it is the value of.
    member: Value<'t>,
    /// Its place in a list.
    index: Option<usize>,
    outer: Option<Outer>,
}

impl TextAt<'_> {
    /// `requestParameters.users[0].password`. It is made when it is asked for: of most texts it never is.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = self.parent.to_owned();
        push_step(&mut path, self.value, self.index);
        path
    }

    /// Its key, or that of the list around it; empty where there is none.
    #[must_use]
    pub fn key(&self) -> Cow<'_, str> {
        self.member.key()
    }

    /// Whether it is the value of this key in the object of this path, and no element of a list.
    #[must_use]
    pub fn is_at(&self, parent: &str, key: &str) -> bool {
        self.index.is_none() && self.parent == parent && self.value.key() == key
    }

    /// Whether it is in the object or list of this path, at any depth.
    #[must_use]
    pub fn is_under(&self, path: &str) -> bool {
        let rest = self.parent.strip_prefix(path);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }

    /// Whether it is a key; its path is then that of its value.
    #[must_use]
    pub fn is_key(&self) -> bool {
        self.kind == Kind::Object
    }

    /// Where a part of the text lies in the decoded text of the outermost string.
    #[must_use]
    pub fn place(&self, part: (usize, usize)) -> (u32, u32) {
        let whole = self.value.span();
        let (start, end) = match self.outer {
            _ if self.is_key() => (0, 0),
            None => part,
            Some(Outer::Text) if is_exact(self.value.source(), self.text) => {
                (whole.0 + part.0, whole.0 + part.1)
            }
            Some(Outer::Text) => whole,
            Some(Outer::Within(start, end)) => (start, end),
        };
        // A span past 4 GiB cannot be: the record's own text is shorter.
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        (place(start), place(end))
    }
}

/// Where a text lies in the decoded string of the record.
#[derive(Clone, Copy)]
enum Outer {
    /// It is that text.
    Text,
    /// Somewhere between these bytes: it is a text in a text.
    Within(usize, usize),
}

/// How many places are remembered.
const SPOTS: usize = 8;

/// Places in the source of a record at which first looks say that there may be something: where keys and
/// strings begin, behind their quotes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spots {
    at: [u32; SPOTS],
    known: usize,
    /// There are more, or it is not known where.
    everywhere: bool,
}

impl Spots {
    /// Adds a place.
    #[cold]
    pub fn add(&mut self, at: usize) {
        match (self.at.get_mut(self.known), u32::try_from(at)) {
            (Some(place), Ok(at)) => {
                *place = at;
                self.known += 1;
            }
            _ => self.everywhere = true,
        }
    }

    /// There may be something anywhere.
    pub fn add_all(&mut self) {
        self.everywhere = true;
    }

    fn is_in(&self, value: Value<'_>) -> bool {
        let (key, (start, end)) = (value.key_span(), value.span());
        let start = if key.1 > 0 { key.0 } else { start };
        self.everywhere || self.places().any(|at| (start..=end).contains(&at))
    }

    fn is_key(&self, value: Value<'_>) -> bool {
        let key = value.key_span();
        key.1 > 0 && self.places().any(|at| at == key.0)
    }

    fn places(&self) -> impl Iterator<Item = usize> {
        self.at.iter().take(self.known).map(|at| *at as usize)
    }
}

/// Shows every key, string, and `true` of a record, in the order of its text.
pub fn texts(record: &Document<'_>, visit: &mut dyn FnMut(&TextAt<'_>)) {
    texts_at(record, &Spots { everywhere: true, ..Spots::default() }, visit);
}

/// Shows the texts in which one of the places is, with all that is under a key in which one is. The record
/// must be as it was when they were found.
pub fn texts_at(record: &Document<'_>, spots: &Spots, visit: &mut dyn FnMut(&TextAt<'_>)) {
    let mut walk = Walk { path: String::new(), spots, visit };
    let root = record.root();
    walk.under(Step { value: root, member: root, parent: 0, index: None, whole: spots.everywhere }, None, 0);
}

/// Whether a text has its bytes where its source has them, as only one without escapes does.
fn is_exact(source: &[u8], text: &str) -> bool {
    source.len() == text.len() && !source.contains(&b'\\')
}

/// Writes the step to a value onto the path of its parent.
fn push_step(path: &mut String, value: Value<'_>, index: Option<usize>) {
    match index {
        Some(index) => push_index(path, index),
        None if value.ordinal() > 0 => push_key(path, &value.key()),
        None => {}
    }
}

/// A value on the way.
#[derive(Clone, Copy)]
struct Step<'d> {
    value: Value<'d>,
    /// See [`TextAt::key`].
    member: Value<'d>,
    /// The length of its parent's path.
    parent: usize,
    index: Option<usize>,
    /// All of it is shown.
    whole: bool,
}

struct Walk<'v> {
    /// The path of the object or list that the walk is in.
    path: String,
    spots: &'v Spots,
    visit: &'v mut dyn FnMut(&TextAt<'_>),
}

impl Walk<'_> {
    /// Looks at what is under the value of a step. `outer` is where the text of that lies in the string of
    /// the record that holds it.
    fn under(&mut self, root: Step<'_>, outer: Option<Outer>, depth: u8) {
        let base = self.path.len();
        // The next one last.
        let mut open = vec![root];
        while let Some(step) = open.pop() {
            let Step { value, member, parent, index, whole } = step;
            self.path.truncate(parent);
            if index.is_none() && value.ordinal() > 0 {
                self.show(&value.key(), Kind::Object, step, outer);
            }
            match value.kind() {
                Kind::Object | Kind::Array => {
                    push_step(&mut self.path, value, index);
                    let length = self.path.len();
                    let first = open.len();
                    let listed = value.kind() == Kind::Array;
                    for (at, child) in value.children().enumerate() {
                        let whole = whole || self.spots.is_key(child);
                        if whole || self.spots.is_in(child) {
                            let (member, index) = if listed { (member, Some(at)) } else { (child, None) };
                            open.push(Step { value: child, member, parent: length, index, whole });
                        }
                    }
                    open[first..].reverse();
                }
                Kind::String => self.string(step, outer, depth),
                Kind::True => self.show("true", Kind::True, step, outer),
                Kind::Number | Kind::False | Kind::Null => {}
            }
        }
        self.path.truncate(base);
    }

    fn show(&mut self, text: &str, kind: Kind, step: Step<'_>, outer: Option<Outer>) {
        let Step { value, member, index, .. } = step;
        (self.visit)(&TextAt { parent: &self.path, text, kind, value, member, index, outer });
    }

    fn string(&mut self, step: Step<'_>, outer: Option<Outer>, depth: u8) {
        let Step { value, member, index, .. } = step;
        let Some(text) = value.as_str() else { return };
        if depth < DEPTHS_OF_JSON_IN_STRINGS
            && text.trim_ascii_start().starts_with(['{', '['])
            && let Ok(inner) = Document::parse(text.as_bytes())
        {
            let exact = is_exact(value.source(), &text);
            let (start, end) = value.span();
            let inside = match outer {
                None => Outer::Text,
                Some(Outer::Text) if exact => Outer::Within(start, start + text.len()),
                Some(Outer::Text) => Outer::Within(start, end),
                Some(within @ Outer::Within(..)) => within,
            };
            push_step(&mut self.path, value, index);
            let parent = self.path.len();
            let root = Step { value: inner.root(), member, parent, index: None, whole: true };
            return self.under(root, Some(inside), depth + 1);
        }
        self.show(&text, Kind::String, step, outer);
    }
}
