//! From the text between the slashes to its parts.

use super::{MAX_DEPTH, Node, Place, Set, Wrong};

const DIGITS: &[(char, char)] = &[('0', '9')];
const WORD: &[(char, char)] = &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')];
const SPACE: &[(char, char)] = &[('\t', '\n'), ('\x0c', '\r'), (' ', ' ')];

/// Reads an expression.
pub(super) fn parse(text: &str) -> Result<Node, Wrong> {
    let mut parser = Parser { text, at: 0, depth: 0 };
    let node = parser.any()?;
    match parser.peek() {
        None => Ok(node),
        Some(_) => Err((parser.at, "`)` has no `(` before it in the expression".to_owned())),
    }
}

struct Parser<'t> {
    text: &'t str,
    at: usize,
    depth: usize,
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at..)?.chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    /// Steps over this character if it comes next.
    fn behind(&mut self, wanted: char) -> bool {
        let here = self.peek() == Some(wanted);
        if here {
            self.at += wanted.len_utf8();
        }
        here
    }

    fn any(&mut self) -> Result<Node, Wrong> {
        let mut parts = vec![self.all()?];
        while self.behind('|') {
            parts.push(self.all()?);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Node::Any(parts) })
    }

    fn all(&mut self) -> Result<Node, Wrong> {
        let mut parts = vec![];
        while !matches!(self.peek(), None | Some('|' | ')')) {
            let one = self.single()?;
            parts.push(self.times(one)?);
        }
        Ok(Node::All(parts))
    }

    fn single(&mut self) -> Result<Node, Wrong> {
        let start = self.at;
        Ok(match self.next() {
            Some('(') => return self.group(start),
            Some('[') => Node::One(self.set(start)?),
            Some('.') => Node::One(Set { not: true, ranges: vec![('\n', '\n')] }),
            Some('^') => Node::Place(Place::Start),
            Some('$') => Node::Place(Place::End),
            Some('\\') => match self.peek() {
                Some('b') => self.place(Place::Edge),
                Some('B') => self.place(Place::NoEdge),
                _ => Node::One(self.escape(start)?),
            },
            Some(sign @ ('*' | '+' | '?' | '{')) => {
                return Err((start, format!("`{sign}` repeats nothing; write `\\{sign}` for the character")));
            }
            Some(other) => Node::One(Set::of(other)),
            None => Node::All(vec![]),
        })
    }

    fn place(&mut self, place: Place) -> Node {
        self.at += 1;
        Node::Place(place)
    }

    fn group(&mut self, start: usize) -> Result<Node, Wrong> {
        if self.behind('?') && !self.behind(':') {
            let message = "an expression has no `(?…`: it can't look around, and case never matters";
            return Err((start, message.to_owned()));
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err((start, "more than 50 groups are inside one another".to_owned()));
        }
        let node = self.any()?;
        self.depth -= 1;
        if self.behind(')') {
            Ok(node)
        } else {
            Err((start, "`(` is not closed in the expression".to_owned()))
        }
    }

    /// The repetition behind a part. That it is as short as can be (`*?`) makes no difference here.
    fn times(&mut self, mut node: Node) -> Result<Node, Wrong> {
        loop {
            let start = self.at;
            let (from, to) = match self.peek() {
                Some('*') => (0, None),
                Some('+') => (1, None),
                Some('?') => (0, Some(1)),
                Some('{') => self.counts(start)?,
                _ => return Ok(node),
            };
            if matches!(node, Node::Times(..)) {
                return Err((start, "this repeats a repetition; put that in `(…)`".to_owned()));
            }
            if self.at == start {
                self.at += 1;
            }
            self.behind('?');
            node = Node::Times(Box::new(node), from, to, start);
        }
    }

    /// `{2}`, `{2,}` or `{2,5}`.
    fn counts(&mut self, start: usize) -> Result<(usize, Option<usize>), Wrong> {
        let wrong =
            || (start, "write `{2}`, `{2,}` or `{2,5}` to repeat, or `\\{` for the character".to_owned());
        let rest = self.text.get(start + 1..).unwrap_or_default();
        let (inner, _) = rest.split_once('}').ok_or_else(wrong)?;
        let (from, to) = inner
            .split_once(',')
            .map_or((inner, Some(inner)), |(from, to)| (from, Some(to).filter(|to| !to.is_empty())));
        let number = |text: &str| {
            let plain = text.len() < 6 && text.bytes().all(|byte| byte.is_ascii_digit());
            plain.then(|| text.parse::<usize>().ok()).flatten().ok_or_else(wrong)
        };
        let from = number(from)?;
        let to = to.map(number).transpose()?;
        if to.is_some_and(|to| to < from) {
            return Err(wrong());
        }
        self.at = start + inner.len() + 2;
        Ok((from, to))
    }

    /// `[…]`, behind its bracket.
    fn set(&mut self, start: usize) -> Result<Set, Wrong> {
        let not = self.behind('^');
        let mut ranges = vec![];
        let mut first = true;
        loop {
            let here = self.at;
            let from = match self.next() {
                None => return Err((start, "`[` is not closed in the expression".to_owned())),
                Some(']') if !first => break,
                Some('[') if matches!(self.peek(), Some(':')) => {
                    return Err((here, "named classes are not known; write `[a-z]` or `\\d`".to_owned()));
                }
                Some('\\') => self.escape(here)?,
                Some(other) => Set::of(other),
            };
            first = false;
            let Some(low) = from.single().filter(|_| self.range_follows()) else {
                ranges.extend(from.ranges);
                continue;
            };
            self.at += 1;
            let there = self.at;
            let to = match self.next() {
                Some('\\') => self.escape(there)?,
                Some(other) => Set::of(other),
                None => Set::default(),
            };
            match to.single() {
                Some(high) if low <= high => ranges.push((low, high)),
                _ => return Err((here, "this range of characters has no order".to_owned())),
            }
        }
        Ok(Set { not, ranges })
    }

    /// Whether a `-` follows that is not the last character of its set.
    fn range_follows(&self) -> bool {
        let rest = self.text.get(self.at..).unwrap_or_default();
        rest.strip_prefix('-').is_some_and(|behind| !behind.starts_with(']'))
    }

    /// What stands behind a backslash. A set that is "all but" is written out.
    fn escape(&mut self, start: usize) -> Result<Set, Wrong> {
        let known = |ranges: &[(char, char)]| Set { not: false, ranges: ranges.to_vec() };
        Ok(match self.next() {
            Some('d') => known(DIGITS),
            Some('w') => known(WORD),
            Some('s') => known(SPACE),
            Some('D') => all_but(DIGITS),
            Some('W') => all_but(WORD),
            Some('S') => all_but(SPACE),
            Some('n') => Set::of('\n'),
            Some('r') => Set::of('\r'),
            Some('t') => Set::of('\t'),
            Some(other) if !other.is_alphanumeric() => Set::of(other),
            Some(other) => return Err((start, format!("`\\{other}` means nothing in an expression"))),
            None => return Err((start, "nothing stands behind the `\\`".to_owned())),
        })
    }
}

fn all_but(ranges: &[(char, char)]) -> Set {
    let mut out = vec![];
    let mut from = Some('\0');
    for (low, high) in ranges {
        let before = u32::from(*low).checked_sub(1).and_then(char::from_u32);
        if let (Some(from), Some(before)) = (from, before)
            && from <= before
        {
            out.push((from, before));
        }
        from = char::from_u32(u32::from(*high) + 1);
    }
    out.extend(from.map(|from| (from, char::MAX)));
    Set { not: false, ranges: out }
}
