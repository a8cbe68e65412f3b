//! From text to lexemes. Total: every text has lexemes, an error is a lexeme too.
//!
//! What a character means depends on where it stands: in `arn:aws` the colon divides a field from
//! its value, in the value it is ordinary. So the lexer knows whether a value comes next and which
//! parentheses belong to a field.

use std::net::Ipv6Addr;

use super::syntax::{Comparison, Literal, Span};

/// One lexeme.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Lexeme {
    Open,
    Close,
    And,
    Or,
    Not,
    /// `-` before a term.
    Minus,
    /// The name of a field; an operator follows.
    Name,
    /// `:` or `=`, `!=`, or a comparison.
    Is,
    IsNot,
    Compare(Comparison),
    /// A value of a field.
    Value(Literal),
    /// A word that may stand anywhere.
    Word(Literal),
    /// `[a TO b]`; `{` and `}` leave out the end they stand at.
    Range(Range),
    /// A range that does not go on as one; it reaches to the end.
    HalfRange,
    /// A value or word with a quote that is not closed; it reaches to the end.
    Unclosed,
    /// An expression whose `/` is not closed, or not where a word ends; it reaches to the end.
    OpenSlash,
}

/// Both ends of a range, and how they compare.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Range {
    pub from: (Comparison, Literal),
    pub to: (Comparison, Literal),
}

/// A lexeme and its place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Placed {
    pub lexeme: Lexeme,
    pub span: Span,
}

/// All lexemes of a text, in order; between them is only white space.
pub(super) fn lex(text: &str) -> Vec<Placed> {
    let mut lexer = Lexer { text, at: 0, out: Vec::new(), groups: Vec::new(), after: After::Term };
    while lexer.step() {}
    lexer.out
}

/// What came last, as far as it decides about what comes next.
#[derive(Clone, Copy, PartialEq, Eq)]
enum After {
    /// A term may begin, or in a field's parentheses a value.
    Term,
    /// A name: its operator begins here.
    Name,
    /// `:` or `=`: a value or a comparison.
    Is,
    /// A comparison: a value.
    Compare,
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    out: Vec<Placed>,
    /// For each open parenthesis whether it holds values of a field.
    groups: Vec<bool>,
    after: After,
}

impl<'t> Lexer<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn push(&mut self, lexeme: Lexeme, length: usize, after: After) {
        let span = Span { start: self.at, end: self.at + length };
        self.out.push(Placed { lexeme, span });
        self.at = span.end;
        self.after = after;
    }

    fn in_group(&self) -> bool {
        self.groups.last().copied().unwrap_or(false)
    }

    fn step(&mut self) -> bool {
        self.at = self.text.len() - self.rest().trim_start().len();
        let rest = self.rest();
        let Some(first) = rest.chars().next() else {
            return false;
        };
        if self.after == After::Name {
            // The name was only taken because an operator follows.
            self.operator();
            return true;
        }
        let value = self.after != After::Term || self.in_group();
        match first {
            '(' => {
                self.groups.push(value);
                self.push(Lexeme::Open, 1, After::Term);
            }
            ')' => {
                self.groups.pop();
                self.push(Lexeme::Close, 1, After::Term);
            }
            '-' if self.after == After::Term && negates(&rest[1..]) => {
                self.push(Lexeme::Minus, 1, After::Term);
            }
            '<' | '>' if value && self.after != After::Compare && !is_bracketed(run(rest)) => self.operator(),
            ':' | '=' | '<' | '>' | '!' if !value && self.stray_operator() => self.operator(),
            '/' if begins_expression(rest) => self.expression(value),
            _ if !value && self.name() => {}
            '[' | '{' if value && self.after != After::Compare && is_range(rest) => self.range(),
            _ => self.literal(value),
        }
        true
    }

    /// Whether the operator at the start of a term is one, with its name missing, and no word.
    fn stray_operator(&self) -> bool {
        let run = run(self.rest());
        let (_, length) = operator_at(self.rest()).unwrap_or((Lexeme::Is, 0));
        length > 0 && (run.len() == length || run.starts_with(':')) && !is_address(run)
    }

    fn operator(&mut self) {
        if let Some((lexeme, length)) = operator_at(self.rest()) {
            let after = if matches!(lexeme, Lexeme::Compare(_)) { After::Compare } else { After::Is };
            self.push(lexeme, length, after);
        } else {
            self.literal(true);
        }
    }

    /// Takes a name if one stands here with an operator behind it.
    fn name(&mut self) -> bool {
        let rest = self.rest();
        let Some(length) = name_length(rest) else {
            return false;
        };
        let (name, behind) = rest.split_at(length);
        let operator = behind.trim_start();
        let taken = length > 0
            && !matches!(name, "AND" | "OR" | "NOT")
            && operator_at(operator).is_some()
            && !(operator.len() == behind.len() && is_one_word(name, operator))
            && !(operator.len() < behind.len() && is_bracketed(run(operator)))
            && !name.starts_with(|c: char| matches!(c, '-' | '/') || c.is_ascii_digit());
        if taken {
            self.push(Lexeme::Name, length, After::Name);
        }
        taken
    }

    /// Takes a range. What it needs is found, or the rest is half a range.
    fn range(&mut self) {
        let rest = self.rest();
        let read = read_range(rest, self.at);
        let (lexeme, length) =
            read.map_or((Lexeme::HalfRange, rest.len()), |(range, length)| (Lexeme::Range(range), length));
        self.push(lexeme, length, After::Term);
    }

    fn expression(&mut self, value: bool) {
        let rest = self.rest();
        let (lexeme, length) = match read_expression(rest, self.at) {
            Some((literal, length)) if value => (Lexeme::Value(literal), length),
            Some((literal, length)) => (Lexeme::Word(literal), length),
            None => (Lexeme::OpenSlash, rest.len()),
        };
        self.push(lexeme, length, After::Term);
    }

    fn literal(&mut self, value: bool) {
        let (literal, length) = read_literal(self.rest(), self.at, "");
        let word = &self.rest()[..length];
        let lexeme = match (word, literal) {
            ("AND", _) => Lexeme::And,
            ("OR", _) => Lexeme::Or,
            ("NOT", _) => Lexeme::Not,
            (_, None) => Lexeme::Unclosed,
            (_, Some(literal)) if value => Lexeme::Value(literal),
            (_, Some(literal)) => Lexeme::Word(literal),
        };
        self.push(lexeme, length, After::Term);
    }
}

/// Whether a `-` with this behind it stands before a term.
fn negates(behind: &str) -> bool {
    behind.chars().next().is_some_and(|next| !next.is_whitespace() && next != ')')
}

/// Whether it is a word such as `<sensitiveDataRemoved>`, and no comparison.
fn is_bracketed(run: &str) -> bool {
    run.starts_with('<') && run.ends_with('>')
}

/// What stands here up to the next white space or parenthesis.
fn run(text: &str) -> &str {
    let end = text.find(|c: char| c.is_whitespace() || matches!(c, '(' | ')')).unwrap_or(text.len());
    &text[..end]
}

fn operator_at(text: &str) -> Option<(Lexeme, usize)> {
    let bytes = text.as_bytes();
    let equal = bytes.get(1) == Some(&b'=');
    Some(match bytes.first()? {
        b':' => (Lexeme::Is, 1),
        b'=' => (Lexeme::Is, if equal { 2 } else { 1 }),
        b'!' if equal => (Lexeme::IsNot, 2),
        b'<' if equal => (Lexeme::Compare(Comparison::AtMost), 2),
        b'<' => (Lexeme::Compare(Comparison::Less), 1),
        b'>' if equal => (Lexeme::Compare(Comparison::AtLeast), 2),
        b'>' => (Lexeme::Compare(Comparison::Greater), 1),
        _ => return None,
    })
}

/// The length of the path at the start of `text`; `None` where what stands there can't be one.
fn name_length(text: &str) -> Option<usize> {
    let mut characters = text.char_indices();
    let mut key_starts = true;
    while let Some((at, character)) = characters.next() {
        match character {
            '(' | ')' | ':' | '<' | '>' | '=' => return Some(at),
            '!' if text[at + 1..].starts_with('=') => return Some(at),
            '"' if key_starts => loop {
                match characters.next()?.1 {
                    '"' => break,
                    '\\' => _ = characters.next()?,
                    _ => {}
                }
            },
            '"' | '\\' => return None,
            other if other.is_whitespace() => return Some(at),
            _ => {}
        }
        key_starts = character == '.';
    }
    Some(text.len())
}

/// Whether what looks like a field is what people paste as one word: an ARN, a URL, an IPv6 address.
fn is_one_word(name: &str, operator: &str) -> bool {
    let Some(value) = operator.strip_prefix(':') else {
        return false;
    };
    let arn = || {
        let partition = value.split(':').next().unwrap_or_default();
        name.eq_ignore_ascii_case("arn")
            && partition.len() < value.len()
            && (partition == "aws" || partition.starts_with("aws-"))
    };
    let address = || {
        let value = run(value);
        value.len() < 64 && is_address(&format!("{name}:{value}"))
    };
    value.starts_with("//") || arn() || address()
}

fn is_address(text: &str) -> bool {
    text.len() < 64 && text.parse::<Ipv6Addr>().is_ok()
}

/// Whether what begins with a bracket is meant as a range: a word and then `TO`.
fn is_range(text: &str) -> bool {
    let mut words = text[1..].split_whitespace();
    words.next();
    words.next().is_some_and(|second| second.eq_ignore_ascii_case("to"))
}

/// Reads `[a TO b]`, which stands at byte `start` of the query; also gives its length in bytes.
fn read_range(text: &str, start: usize) -> Option<(Range, usize)> {
    let blank = |at: usize| text.len() - text[at..].trim_start().len();
    let end = |at: usize| -> Option<(Literal, usize)> {
        let (literal, length) = read_literal(text.get(at..)?, start + at, "]}");
        literal.filter(|_| length > 0).map(|literal| (literal, at + length))
    };
    let (from, at) = end(blank(1))?;
    let at = blank(at);
    let joint = text.get(at..at + 2).filter(|joint| joint.eq_ignore_ascii_case("to"))?;
    let (to, at) = end(blank(at + joint.len()))?;
    let at = blank(at);
    let lower = if text.starts_with('[') { Comparison::AtLeast } else { Comparison::Greater };
    let upper = match text.as_bytes().get(at)? {
        b']' => Comparison::AtMost,
        b'}' => Comparison::Less,
        _ => return None,
    };
    Some((Range { from: (lower, from), to: (upper, to) }, at + 1))
}

/// Whether the `/` here begins an expression. Not if it stands alone, nor if a second one stands before
/// the end of the same word: `/service/role` is a path. So nothing behind the word changes what it is.
fn begins_expression(text: &str) -> bool {
    let word = run(text);
    match closing_slash(word) {
        Some(at) => at > 1 && ends_word(&text[at + 1..]),
        None => word.len() > 1 || text[1..].starts_with('('),
    }
}

/// The byte of the first `/` after the one at the start that has no backslash before it.
fn closing_slash(text: &str) -> Option<usize> {
    let mut bytes = text.bytes().enumerate().skip(1);
    loop {
        match bytes.next()? {
            (_, b'\\') => _ = bytes.next()?,
            (at, b'/') => return Some(at),
            _ => {}
        }
    }
}

/// Reads a regular expression between slashes; also gives its length in bytes. `None` where no `/`
/// closes it, or the first that does has more behind it.
fn read_expression(text: &str, start: usize) -> Option<(Literal, usize)> {
    let at = closing_slash(text)?;
    let pieces = vec![text[1..at].to_owned()];
    let literal = Literal { pieces, quoted: false, regex: true, span: Span { start, end: start + at + 1 } };
    ends_word(&text[at + 1..]).then_some((literal, at + 1))
}

/// Whether a word ends before this.
fn ends_word(behind: &str) -> bool {
    run(behind).is_empty()
}

/// Reads the value or word at the start of `text`, which stands at byte `start` of the query; also
/// gives its length in bytes. It also ends before any character of `ends`. `None` where a quote is not
/// closed: then it reaches to the end.
fn read_literal(text: &str, start: usize, ends: &str) -> (Option<Literal>, usize) {
    let mut pieces = vec![];
    let mut piece = String::new();
    let (mut in_quotes, mut quoted) = (false, false);
    let mut characters = text.char_indices().peekable();
    let mut end = text.len();
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => {
                let escapes = |&(_, next): &(usize, char)| {
                    matches!(next, '"' | '\\')
                        || (!in_quotes && (next.is_whitespace() || "*():<>=!-/".contains(next)))
                };
                piece.push(characters.next_if(escapes).map_or('\\', |(_, next)| next));
            }
            '"' => {
                in_quotes = !in_quotes;
                quoted = true;
            }
            _ if in_quotes => piece.push(character),
            '*' => pieces.push(std::mem::take(&mut piece)),
            '(' | ')' => {
                end = at;
                break;
            }
            other if other.is_whitespace() || ends.contains(other) => {
                end = at;
                break;
            }
            other => piece.push(other),
        }
    }
    if in_quotes {
        return (None, text.len());
    }
    pieces.push(piece);
    (Some(Literal { pieces, quoted, regex: false, span: Span { start, end: start + end } }), end)
}
