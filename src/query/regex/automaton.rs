//! The program of an expression, and the automaton that runs it: one look at each character.

use std::cell::RefCell;

use super::{MAX_STEPS, Node, Place, Set, Wrong, syntax};

/// States beyond this are forgotten and made anew when needed.
const MAX_STATES: usize = 500;
/// For each state: where each ASCII character leads, and the end of the text.
const COLUMNS: usize = 129;
const END: usize = 128;
/// What a cell of the table says; anything above is a state.
const UNKNOWN: u16 = 0;
const MATCH: u16 = 1;
const FIRST: u16 = 2;

#[derive(Clone, Debug)]
enum Step {
    One(Set),
    Place(Place),
    /// Goes on at both.
    Fork(usize, usize),
    Match,
}

/// An expression, ready to look for.
#[derive(Clone, Debug)]
pub(in crate::query) struct Regex {
    steps: Vec<Step>,
    /// The longest text that stands in all that matches.
    literal: String,
    /// Whether it says anything about places, so that it matters where a text begins.
    placed: bool,
    states: RefCell<States>,
}

/// What comes before a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Before {
    Nothing,
    Word,
    Other,
}

/// The states met so far.
#[derive(Clone, Debug, Default)]
struct States {
    /// The steps to go on with, ascending, and what comes before them.
    known: Vec<(Vec<usize>, Before)>,
    table: Vec<u16>,
}

impl Regex {
    /// Reads an expression as it stands between its slashes.
    pub(in crate::query) fn new(source: &str) -> Result<Self, Wrong> {
        let node = syntax::parse(source)?;
        let mut steps = vec![];
        write(&mut steps, &node)?;
        if steps.len() > MAX_STEPS {
            return Err((0, format!("the expression is too long: it has more than {MAX_STEPS} steps")));
        }
        steps.push(Step::Match);
        let placed = steps.iter().any(|step| matches!(step, Step::Place(_)));
        let literal = literal(&node);
        Ok(Self { steps, literal, placed, states: RefCell::default() })
    }

    /// A text that stands in all that matches, whatever its case; may be empty.
    pub(in crate::query) fn literal(&self) -> &str {
        &self.literal
    }

    /// Whether a match in a part of a text is one in the text: nothing is said about its ends.
    pub(in crate::query) fn is_free(&self) -> bool {
        !self.placed
    }

    /// Whether it matches anywhere in the text.
    pub(in crate::query) fn is_in(&self, text: &str) -> bool {
        let mut states = self.states.borrow_mut();
        let mut state = states.place(&[], Before::Nothing);
        let mut at = 0;
        loop {
            let byte = text.as_bytes().get(at).copied();
            let column = byte.map_or(END, usize::from);
            let known = states.table.get(usize::from(state) * COLUMNS + column).copied();
            let next = match known.filter(|next| *next != UNKNOWN && column <= END) {
                Some(next) => next,
                None => {
                    let character = text.get(at..).and_then(|rest| rest.chars().next());
                    at += character.map_or(0, |character| character.len_utf8() - 1);
                    self.follow(&mut states, state, character)
                }
            };
            if next == MATCH || byte.is_none() {
                return next == MATCH;
            }
            state = next - FIRST;
            at += 1;
        }
    }

    /// Works out where a character leads, and remembers it.
    fn follow(&self, states: &mut States, state: u16, next: Option<char>) -> u16 {
        let (from, before) = states.known[usize::from(state)].clone();
        let (open, matched) = self.open(&from, before, next);
        let column = next.map_or(Some(END), |next| Some(next as usize).filter(|code| *code < END));
        let cell = column.map(|column| usize::from(state) * COLUMNS + column);
        let to = if matched {
            MATCH
        } else {
            let mut to = vec![];
            if let Some(next) = next {
                let fits = |step: usize| matches!(&self.steps[step], Step::One(set) if set.has(next));
                to.extend(open.into_iter().filter(|&step| fits(step)).map(|step| step + 1));
            }
            let after = if next.is_some_and(is_word) { Before::Word } else { Before::Other };
            if states.known.len() >= MAX_STATES {
                *states = States::default();
                return states.place(&to, after) + FIRST;
            }
            states.place(&to, after) + FIRST
        };
        if let Some(cell) = cell.and_then(|cell| states.table.get_mut(cell)) {
            *cell = to;
        }
        to
    }

    /// The steps that take a character, reached from these and from the start; and whether a match is.
    fn open(&self, from: &[usize], before: Before, next: Option<char>) -> (Vec<usize>, bool) {
        let mut seen = vec![false; self.steps.len()];
        let mut todo: Vec<usize> = from.to_vec();
        todo.push(0);
        let mut matched = false;
        while let Some(at) = todo.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            match &self.steps[at] {
                Step::One(_) => {}
                Step::Fork(one, other) => todo.extend([*one, *other]),
                Step::Place(place) if holds(*place, before, next) => todo.push(at + 1),
                Step::Place(_) => {}
                Step::Match => matched = true,
            }
        }
        ((0..seen.len()).filter(|&at| seen[at]).collect(), matched)
    }
}

impl States {
    /// The number of a state, new or known.
    fn place(&mut self, steps: &[usize], before: Before) -> u16 {
        let known = self.known.iter().position(|known| known.0 == steps && known.1 == before);
        let at = known.unwrap_or_else(|| {
            self.known.push((steps.to_vec(), before));
            self.table.resize(self.known.len() * COLUMNS, UNKNOWN);
            self.known.len() - 1
        });
        // There are at most MAX_STATES.
        u16::try_from(at).unwrap_or(0)
    }
}

fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || character == '_'
}

fn holds(place: Place, before: Before, next: Option<char>) -> bool {
    let edge = (before == Before::Word) != next.is_some_and(is_word);
    match place {
        Place::Start => before == Before::Nothing,
        Place::End => next.is_none(),
        Place::Edge => edge,
        Place::NoEdge => !edge,
    }
}

/// Writes the program of a part; it goes on at the step behind its last.
fn write(steps: &mut Vec<Step>, node: &Node) -> Result<(), Wrong> {
    match node {
        Node::One(set) => steps.push(Step::One(set.clone())),
        Node::Place(place) => steps.push(Step::Place(*place)),
        Node::All(parts) => parts.iter().try_for_each(|part| write(steps, part))?,
        Node::Any(parts) => {
            let mut ends = vec![];
            for (place, part) in parts.iter().enumerate() {
                let fork = steps.len();
                let last = place + 1 == parts.len();
                if !last {
                    steps.push(Step::Fork(fork + 1, 0));
                }
                write(steps, part)?;
                if !last {
                    ends.push(steps.len());
                    steps.push(Step::Fork(0, 0));
                    steps[fork] = Step::Fork(fork + 1, steps.len());
                }
            }
            for end in ends {
                steps[end] = Step::Fork(steps.len(), steps.len());
            }
        }
        Node::Times(part, from, to, at) => {
            let too_long =
                || (*at, format!("this repeats too much: an expression has at most {MAX_STEPS} steps"));
            let mut forks = vec![];
            for _ in 0..*from {
                let before = steps.len();
                write(steps, part)?;
                if steps.len() > MAX_STEPS {
                    return Err(too_long());
                }
                if steps.len() == before {
                    // Nothing, however often.
                    return Ok(());
                }
            }
            for _ in *from..to.unwrap_or(*from + 1) {
                forks.push(steps.len());
                steps.push(Step::Fork(0, 0));
                write(steps, part)?;
                if steps.len() > MAX_STEPS {
                    return Err(too_long());
                }
            }
            if to.is_none()
                && let Some(fork) = forks.first()
            {
                steps.push(Step::Fork(*fork, *fork));
            }
            for fork in forks {
                steps[fork] = Step::Fork(fork + 1, steps.len());
            }
        }
    }
    Ok(())
}

/// The longest ASCII text that stands in all that matches.
fn literal(node: &Node) -> String {
    let parts = match node {
        Node::All(parts) => parts.as_slice(),
        Node::Times(part, from, ..) if *from > 0 => return literal(part),
        Node::One(_) => std::slice::from_ref(node),
        _ => return String::new(),
    };
    let mut best = String::new();
    let mut run = String::new();
    for part in parts {
        match part {
            Node::One(set) if set.single().is_some_and(|one| one.is_ascii()) => run.extend(set.single()),
            other => {
                let inner = if matches!(other, Node::One(_)) { String::new() } else { literal(other) };
                for text in [std::mem::take(&mut run), inner] {
                    if text.len() > best.len() {
                        best = text;
                    }
                }
            }
        }
    }
    if run.len() > best.len() { run } else { best }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn finds_what_it_says() {
        for (source, text, found) in [
            ("", "", true),
            ("abc", "xxABCxx", true),
            ("a.c", "a\nc", false),
            ("^a$", "a", true),
            ("^a$", "ab", false),
            ("^$", "", true),
            ("a|bc|", "zzz", true),
            ("^(a|bc)$", "BC", true),
            ("Access(Denied|Refused)", "AccessDeniedException", true),
            ("AKIA[A-Z0-9]{16}", "key AKIAIOSFODNN7EXAMPLE", true),
            ("^AKIA[A-Z0-9]{17}", "AKIAIOSFODNN7EXAMPLE", false),
            ("^\\d{3}-\\d{2,4}$", "123-45678", false),
            ("^\\d{3}-\\d{2,4}$", "123-4567", true),
            ("x{0}y", "y", true),
            ("^x{2,}$", "xxxxx", true),
            ("^x{2,}$", "x", false),
            ("\\broot\\b", "the root user", true),
            ("\\broot\\b", "rooted", false),
            ("\\Broot", "uproot", true),
            ("[^a-z]", "ABC", false),
            ("[^a-z]", "ab1", true),
            ("[]x]", "]", true),
            ("[a-]", "-", true),
            ("^[\\w.+-]+@\\S+\\.com$", "a.b+c@example.com", true),
            ("^\\D+$", "abc", true),
            ("^\\W$", "é", true),
            ("ÜN[à-é]", "xünÈ", true),
            ("k", "\u{212a}", false),
            ("role\\/admin", "role/admin", true),
            ("(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false),
            ("a+?b", "aab", true),
        ] {
            assert_eq!(Regex::new(source).unwrap().is_in(text), found, "{source} in {text}");
        }
    }

    #[test]
    fn says_where_it_goes_wrong() {
        for (source, at, message) in [
            ("ab(c", 2, "`(` is not closed in the expression"),
            ("ab)c", 2, "`)` has no `(` before it in the expression"),
            ("a[bc", 1, "`[` is not closed in the expression"),
            ("a[z-b]", 2, "this range of characters has no order"),
            ("*a", 0, "`*` repeats nothing; write `\\*` for the character"),
            ("a**", 2, "this repeats a repetition; put that in `(…)`"),
            ("a{2", 1, "write `{2}`, `{2,}` or `{2,5}` to repeat, or `\\{` for the character"),
            ("a{5,2}", 1, "write `{2}`, `{2,}` or `{2,5}` to repeat, or `\\{` for the character"),
            ("x(?=a)", 1, "an expression has no `(?…`: it can't look around, and case never matters"),
            ("(a)\\1", 3, "`\\1` means nothing in an expression"),
            ("a\\", 1, "nothing stands behind the `\\`"),
            ("[[:alpha:]]", 1, "named classes are not known; write `[a-z]` or `\\d`"),
            ("ab{99999}", 2, "this repeats too much: an expression has at most 2000 steps"),
            ("((a{100}){100}){100}", 3, "this repeats too much: an expression has at most 2000 steps"),
        ] {
            assert_eq!(Regex::new(source).unwrap_err(), (at, message.to_owned()), "{source}");
        }
        assert!(Regex::new("(((){99999}){99999}){99999}").is_ok());
        assert!(Regex::new(&"(".repeat(9_000)).is_err());
        assert!(Regex::new(&"a".repeat(MAX_STEPS + 1)).is_err());
    }

    #[test]
    fn a_hostile_text_costs_one_look_at_each_character() {
        let regex = Regex::new("(a|a)*(a|b)*[ab]{200}x(.*)*y").unwrap();
        assert!(!regex.is_in(&"ab".repeat(200_000)));
    }

    fn source() -> impl Strategy<Value = String> {
        let leaf = prop::sample::select(vec![
            "a", "b", "AB", ".", "[ab]", "[^a]", "\\d", "\\w", "\\s", "\\W", "^", "$", "\\b", "\\B", "1", "",
            "[a-c1-3]",
        ]);
        leaf.prop_map(str::to_owned).prop_recursive(4, 12, 3, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.concat()),
                prop::collection::vec(inner.clone(), 1..4).prop_map(|parts| format!("({})", parts.join("|"))),
                (inner, prop::sample::select(vec!["*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "*?"]))
                    .prop_map(|(part, times)| format!("(?:{part}){times}")),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3_000))]

        #[test]
        fn agrees_with_another_engine(source in source(), text in "[abAB1 _é\n]{0,10}") {
            let ours = Regex::new(&source).unwrap();
            let theirs = regex_lite::Regex::new(&format!("(?i){source}")).unwrap();
            prop_assert_eq!(ours.is_in(&text), theirs.is_match(&text), "{}", source);
            if theirs.is_match(&text) {
                prop_assert!(text.to_lowercase().contains(&ours.literal().to_lowercase()), "{}", ours.literal());
            }
        }

        #[test]
        fn any_text_is_an_expression_or_an_error_in_it(source in prop_oneof![any::<String>(), "[ab()\\[\\]{}|*+?.^$\\\\1,-]{0,12}"], text in any::<String>()) {
            match Regex::new(&source) {
                Ok(regex) => { regex.is_in(&text); }
                Err((at, _)) => prop_assert!(at <= source.len() && source.is_char_boundary(at)),
            }
        }
    }
}
