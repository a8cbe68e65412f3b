//! Regular expressions in time linear in the text: a program of at most [`MAX_STEPS`] steps, run as an
//! automaton that is made while it runs. Case never matters, as everywhere in a query.
//!
//! There is nothing in it that needs going back: no references to groups, no looking around. What
//! is here means the same in RE2 and in Java's expressions, so a query can be said in SQL.

mod automaton;
mod syntax;

pub(super) use automaton::Regex;

/// Expressions that would take more steps are refused.
pub(super) const MAX_STEPS: usize = 2_000;

/// Groups inside one another beyond this are refused.
const MAX_DEPTH: usize = 50;

/// What is wrong with an expression, and at which byte of it.
pub(super) type Wrong = (usize, String);

/// A part of an expression. Its depth is bounded by [`MAX_DEPTH`].
#[derive(Clone, Debug)]
enum Node {
    /// One character out of a set.
    One(Set),
    /// A place between characters.
    Place(Place),
    /// One after another.
    All(Vec<Node>),
    /// Any of them.
    Any(Vec<Node>),
    /// So many times: from, to, and the byte at which that is written.
    Times(Box<Node>, usize, Option<usize>, usize),
}

/// A place between characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// `^`: the start of the text.
    Start,
    /// `$`: its end.
    End,
    /// `\b`: between a letter, digit or `_` and something else.
    Edge,
    /// `\B`: not there.
    NoEdge,
}

/// A set of characters, or all but these.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Set {
    not: bool,
    ranges: Vec<(char, char)>,
}

impl Set {
    fn of(character: char) -> Self {
        Self { not: false, ranges: vec![(character, character)] }
    }

    /// The character, where it is only one.
    fn single(&self) -> Option<char> {
        match self.ranges.as_slice() {
            [(from, to)] if from == to && !self.not => Some(*from),
            _ => None,
        }
    }

    /// Whether the character is in it in either case. A character outside ASCII is no case of one in it.
    fn has(&self, character: char) -> bool {
        let lower = super::pattern::fold_character(character);
        let mut upper = lower.to_ascii_uppercase();
        if !lower.is_ascii() {
            let mut cases = lower.to_uppercase();
            if let (Some(one), None) = (cases.next(), cases.next())
                && !one.is_ascii()
            {
                upper = one;
            }
        }
        let any = self
            .ranges
            .iter()
            .any(|(from, to)| [character, lower, upper].iter().any(|one| from <= one && one <= to));
        any != self.not
    }
}
