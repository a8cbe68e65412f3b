//! The tree of a query: what was typed, with the place of every part.

use std::fmt;

use super::lex::{Lexeme, Placed, lex};

/// A piece of the query text, in bytes, `start..end`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The byte behind the last.
    pub end: usize,
}

impl Span {
    /// The piece of `text` it means.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// From the start of this to the end of the other.
    #[must_use]
    pub fn to(self, other: Self) -> Self {
        Self { start: self.start, end: other.end }
    }
}

/// A query that was read without an error.
///
/// Its `Display` is the canonical text: it reads back as the same tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The whole of it; `None` for an empty text, which matches every event.
    pub expr: Option<Expr>,
}

/// A part of a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands, with the parentheses around it.
    pub span: Span,
    /// Whether parentheses hold it together, so that its text can stand beside any other.
    pub grouped: bool,
}

/// The kinds of parts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExprKind {
    /// All of them; at least two.
    And(Vec<Expr>),
    /// Any of them; at least two.
    Or(Vec<Expr>),
    /// Not this one.
    Not(Box<Expr>),
    /// One term. `field:(a OR b)` is an `Or` of two terms.
    Term(Term),
}

/// A word, or a field with the value it is held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The field; `None` for a word that may stand anywhere in the record.
    pub name: Option<Name>,
    /// `None` for `:` and `=`, which mean that the whole value matches.
    pub comparison: Option<Comparison>,
    /// The value or word; the lower end of a range.
    pub value: Literal,
    /// The upper end of a range `[a TO b]`, with its comparison.
    pub upper: Option<(Comparison, Literal)>,
}

/// The name of a field as typed: a registered name, an alias, or a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As typed, quoted keys with their quotes.
    pub text: String,
    /// Where it stands.
    pub span: Span,
}

/// A value or word with its wildcards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Literal {
    /// The text between the `*`, escapes resolved: one piece more than there are `*`.
    pub pieces: Vec<String>,
    /// Whether any of it was quoted: then it is only text, never a number, block or short name.
    pub quoted: bool,
    /// Whether it is a regular expression: then it is one piece, as it stands between the slashes.
    pub regex: bool,
    /// Where it stands.
    pub span: Span,
}

impl Literal {
    /// The text, where there is no `*` in it and it is no regular expression.
    #[must_use]
    pub fn exact(&self) -> Option<&str> {
        match self.pieces.as_slice() {
            [text] if !self.regex => Some(text),
            _ => None,
        }
    }

    /// The regular expression, where it is one.
    #[must_use]
    pub fn expression(&self) -> Option<&str> {
        self.pieces.first().filter(|_| self.regex).map(String::as_str)
    }

    /// Whether it is nothing but `*`.
    #[must_use]
    pub fn is_any(&self) -> bool {
        self.pieces.len() > 1 && self.pieces.iter().all(String::is_empty)
    }
}

/// An order between a value and the value in the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

impl Comparison {
    /// As typed.
    #[must_use]
    pub fn sign(self) -> &'static str {
        match self {
            Self::Less => "<",
            Self::AtMost => "<=",
            Self::Greater => ">",
            Self::AtLeast => ">=",
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.expr.as_ref().map_or(Ok(()), |expr| expr.fmt(f))
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, parts: &[Self], joint: &str| {
            parts.iter().enumerate().try_for_each(|(place, part)| {
                f.write_str(if place == 0 { "" } else { joint })?;
                match part.kind {
                    ExprKind::And(_) | ExprKind::Or(_) => write!(f, "({part})"),
                    _ => write!(f, "{part}"),
                }
            })
        };
        match &self.kind {
            ExprKind::And(parts) => list(f, parts, " AND "),
            ExprKind::Or(parts) => list(f, parts, " OR "),
            ExprKind::Not(part) => {
                f.write_str("NOT ")?;
                list(f, std::slice::from_ref(part), "")
            }
            ExprKind::Term(term) => term.fmt(f),
        }
    }
}

impl fmt::Display for Term {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let (Some(name), Some((upper, end))) = (&self.name, &self.upper) {
            let open = if self.comparison == Some(Comparison::Greater) { '{' } else { '[' };
            let close = if *upper == Comparison::Less { '}' } else { ']' };
            let (from, to) = (self.value.in_range(), end.in_range());
            return write!(f, "{}:{open}{from} TO {to}{close}", name.text);
        }
        match (&self.name, self.comparison) {
            (None, _) => {}
            (Some(name), None) => write!(f, "{}:", name.text)?,
            (Some(name), Some(comparison)) => write!(f, "{} {} ", name.text, comparison.sign())?,
        }
        f.write_str(&self.value.written(self.name.is_some()))
    }
}

impl Literal {
    /// The text that reads back as this end of a range.
    fn in_range(&self) -> String {
        let text = self.written(true);
        if text.contains(['[', ']', '{', '}']) && !self.quoted { quoted(&self.pieces.concat()) } else { text }
    }

    /// The text that reads back as this literal, as a value of a field or as a word.
    pub(super) fn written(&self, value: bool) -> String {
        if let Some(expression) = self.expression() {
            return format!("/{expression}/");
        }
        let escape = |special: &dyn Fn(usize, char) -> bool| {
            let mut out = String::new();
            for (place, piece) in self.pieces.iter().enumerate() {
                out.push_str(if place == 0 { "" } else { "*" });
                if self.quoted && (!piece.is_empty() || self.pieces.len() == 1) {
                    out.push_str(&quoted(piece));
                    continue;
                }
                for character in piece.chars() {
                    if special(out.len(), character) {
                        out.push('\\');
                    }
                    out.push(character);
                }
            }
            out
        };
        let written = escape(&|at, character| {
            // Two colons would not part a name from its value.
            let is_sign = matches!(character, '-' | '<' | '>' | '=' | '!' | '/') || value && character == ':';
            !is_plain(character) || at == 0 && is_sign
        });
        if value || reads_as_word(&written, &self.pieces) {
            return written;
        }
        escape(&|_, character| !is_plain(character) || "-<>=!/:".contains(character))
    }
}

fn reads_as_word(text: &str, pieces: &[String]) -> bool {
    matches!(lex(text).as_slice(), [Placed { lexeme: Lexeme::Word(word), .. }] if word.pieces == pieces)
}

/// Whether a character can stand in a value without quotes, wherever it stands.
pub(super) fn is_plain(character: char) -> bool {
    !character.is_whitespace() && !matches!(character, '"' | '\\' | '(' | ')' | '*')
}

/// The text in quotes.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out.push('"');
    out
}
