//! A value on one line: what of it is shown, and where marks stand in it.

use std::ops::Range;

use crate::sorting::sort_by;

/// A string with more bytes than this is shown by its start until it is asked for.
pub const LONG_BYTES: usize = 2_048;

/// A part of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text as logged.
    Text(&'a str),
    /// What stands in a marked span, and the number of the mark.
    Mark(usize, &'a str),
}

/// Splits a value at marked spans of bytes, each with its number.
///
/// A mark is never lost: one whose span does not lie in the value at the edges of characters, or
/// overlaps another, marks the whole value.
#[must_use]
pub fn pieces<'a>(text: &'a str, marks: &[(usize, Range<usize>)]) -> Vec<Piece<'a>> {
    let mut sorted = marks.to_vec();
    sort_by(&mut sorted, |one, other| one.1.start.cmp(&other.1.start));
    let mut found = Vec::new();
    let mut at = 0;
    for (mark, span) in sorted {
        let inside = if span.is_empty() { None } else { text.get(span.clone()) };
        let (Some(before), Some(inside)) = (text.get(at..span.start), inside) else {
            return vec![Piece::Mark(mark, text)];
        };
        found.extend((!before.is_empty()).then_some(Piece::Text(before)));
        found.push(Piece::Mark(mark, inside));
        at = span.end;
    }
    let rest = text.get(at..).unwrap_or_default();
    found.extend((!rest.is_empty() || found.is_empty()).then_some(Piece::Text(rest)));
    found
}

/// The start of a long value, cut between characters, or the whole of a shorter one.
#[must_use]
pub fn opening(text: &str) -> &str {
    if text.len() <= LONG_BYTES {
        return text;
    }
    text.get(..text.floor_char_boundary(LONG_BYTES)).unwrap_or(text)
}

/// Splits an identifier so that its end can stay in sight while its start gives way: the last
/// segment of an ARN or a path, else the last `characters`.
#[must_use]
pub fn keep_end(text: &str, characters: usize) -> (&str, &str) {
    let segmented = text.starts_with("arn:") || text.matches('/').count() > 1;
    let segment = if segmented {
        let whole = text.trim_end_matches(['/', ':']);
        whole.rfind(['/', ':'])
    } else {
        None
    };
    let at = segment.filter(|at| text.len() - at <= 40).unwrap_or_else(|| {
        text.char_indices().rev().nth(characters.saturating_sub(1)).map_or(0, |(at, _)| at)
    });
    text.split_at_checked(at).unwrap_or(("", text))
}

/// Splits a file name where its own part begins: CloudTrail writes account, Region and time before
/// it, each after `_`, and what tells files apart is last.
#[must_use]
pub fn keep_file_end(name: &str) -> (&str, &str) {
    let from = name.char_indices().rev().nth(39).map_or(0, |(at, _)| at);
    let cut = name.get(from..).and_then(|end| end.find('_')).map(|at| from + at);
    match cut {
        Some(at) if from > 0 => name.split_at_checked(at).unwrap_or(("", name)),
        _ => keep_end(name, 36),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mark_stands_where_it_was_found() {
        use Piece::{Mark, Text};
        for (text, marks, expected) in [
            ("***", vec![(0, 0..3)], vec![Mark(0, "***")]),
            (
                "id = ***(Redacted);",
                vec![(4, 5..18)],
                vec![Text("id = "), Mark(4, "***(Redacted)"), Text(";")],
            ),
            ("***", vec![], vec![Text("***")]),
            ("", vec![], vec![Text("")]),
            (
                "a *** b ***",
                vec![(2, 8..11), (1, 2..5)],
                vec![Text("a "), Mark(1, "***"), Text(" b "), Mark(2, "***")],
            ),
            ("é***", vec![(0, 1..5)], vec![Mark(0, "é***")]),
            ("***", vec![(0, 1..9)], vec![Mark(0, "***")]),
            ("***", vec![(0, 2..2)], vec![Mark(0, "***")]),
            ("*****", vec![(0, 0..3), (1, 2..5)], vec![Mark(1, "*****")]),
        ] {
            assert_eq!(pieces(text, &marks), expected);
        }
    }

    #[test]
    fn ends_stay_in_sight() {
        for (text, start, end) in [
            ("ChangeMessageVisibilityBatch", "ChangeMessageVisibil", "ityBatch"),
            ("short", "", "short"),
            ("", "", ""),
            ("arn:aws:iam::111122223333:role/ci-deploy", "arn:aws:iam::111122223333:role", "/ci-deploy"),
            ("arn:aws:sqs:us-east-1:111122223333:MyQueue", "arn:aws:sqs:us-east-1:111122223333", ":MyQueue"),
            ("/credentials/stratus/ls-42", "/credentials/stratus", "/ls-42"),
        ] {
            assert_eq!(keep_end(text, 8), (start, end));
        }
    }

    #[test]
    fn files_are_told_apart_by_their_end() {
        for (name, start, end) in [
            (
                "111122223333_CloudTrail_us-east-1_20230710T1145Z_7xgocpSowgK0Gto11.json.gz",
                "111122223333_CloudTrail_us-east-1_20230710T1145Z",
                "_7xgocpSowgK0Gto11.json.gz",
            ),
            (
                "111122223333_CloudTrail_us-east-1_20230710T1145Z_7xgocpSowgKGto1.json.gz",
                "111122223333_CloudTrail_us-east-1",
                "_20230710T1145Z_7xgocpSowgKGto1.json.gz",
            ),
            ("short_name.json", "", "short_name.json"),
        ] {
            assert_eq!(keep_file_end(name), (start, end));
        }
    }

    proptest! {
        #[test]
        fn nothing_is_lost(text: String, from in 0usize..20, len in 0usize..20, keep in 0usize..12) {
            let (start, end) = keep_file_end(&text);
            prop_assert_eq!(format!("{start}{end}"), text.clone());
            let (start, end) = keep_end(&text, keep);
            prop_assert_eq!(format!("{start}{end}"), text.clone());
            let joined: String = pieces(&text, &[(0, from..from + len)])
                .into_iter()
                .map(|piece| match piece { Piece::Text(part) | Piece::Mark(_, part) => part })
                .collect();
            prop_assert_eq!(joined, text);
        }

        #[test]
        fn an_opening_is_a_start(text in "(é|a|🦀){0,3000}") {
            let start = opening(&text);
            prop_assert!(text.starts_with(start));
            prop_assert!(start.len() <= LONG_BYTES.max(4));
        }
    }
}
