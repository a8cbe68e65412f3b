//! Text compared without regard to case, with `*` for any run of characters.

use std::borrow::Cow;

/// The lower-case form that texts are compared by: each character's simple lower case. A character
/// outside ASCII never becomes an ASCII one (the Kelvin sign is no `k`), so that ASCII words can be
/// looked for in bytes.
pub fn fold(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
            text.to_ascii_lowercase().into()
        } else {
            text.into()
        };
    }
    text.chars().map(fold_character).collect::<String>().into()
}

pub(super) fn fold_character(character: char) -> char {
    if character.is_ascii() {
        return character.to_ascii_lowercase();
    }
    let mut lower = character.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) if !one.is_ascii() => one,
        _ => character,
    }
}

/// A text with wildcards, ready to compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pattern {
    /// What stands between the `*`, folded; never empty as a list.
    pieces: Vec<String>,
}

impl Pattern {
    pub(super) fn new(pieces: &[String]) -> Self {
        Self { pieces: pieces.iter().map(|piece| fold(piece).into_owned()).collect() }
    }

    /// Whether the whole of `text` is this.
    pub(super) fn is(&self, text: &str) -> bool {
        let folded = fold(text);
        let (Some((head, rest)), false) = (self.pieces.split_first(), self.pieces.len() == 1) else {
            return self.pieces.first().is_some_and(|piece| *piece == folded);
        };
        let Some((tail, middle)) = rest.split_last() else {
            return false;
        };
        folded
            .strip_prefix(head.as_str())
            .and_then(|behind| behind.strip_suffix(tail.as_str()))
            .is_some_and(|between| in_order(middle, between))
    }

    /// Whether this stands anywhere in `text`.
    pub(super) fn is_in(&self, text: &str) -> bool {
        in_order(&self.pieces, &fold(text))
    }

    pub(super) fn pieces(&self) -> &[String] {
        &self.pieces
    }
}

/// Whether the pieces stand in the text one behind another. The first place of each is the best:
/// it leaves the most for the next.
fn in_order(pieces: &[String], text: &str) -> bool {
    pieces
        .iter()
        .try_fold(text, |rest, piece| rest.find(piece.as_str()).map(|at| &rest[at + piece.len()..]))
        .is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::new(&text.split('*').map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn whole_values_and_parts() {
        for (text, value, is, is_in) in [
            ("abc", "ABC", true, true),
            ("abc", "xabcx", false, true),
            ("a*c", "abbbc", true, true),
            ("a*c", "acb", false, true),
            ("a*a", "a", false, false),
            ("*", "", true, true),
            ("", "", true, true),
            ("", "a", false, true),
            ("*b*", "abc", true, true),
            ("a*b*c", "axbxbxc", true, true),
            ("ÉCOLE*", "école normale", true, true),
            ("k", "\u{212a}", false, false),
        ] {
            assert_eq!((pattern(text).is(value), pattern(text).is_in(value)), (is, is_in), "{text} {value}");
        }
    }

    /// Slow and obvious.
    fn glob(pattern: &[char], text: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('*', rest)) => (0..=text.len()).any(|at| glob(rest, &text[at..])),
            Some((first, rest)) => {
                text.split_first().is_some_and(|(c, after)| c == first && glob(rest, after))
            }
        }
    }

    proptest! {
        #[test]
        fn agrees_with_trying_everything(wild in "[ab*]{0,6}", text in "[ab]{0,8}") {
            let (chars, value): (Vec<char>, Vec<char>) = (wild.chars().collect(), text.chars().collect());
            prop_assert_eq!(pattern(&wild).is(&text), glob(&chars, &value));
        }
    }
}
