//! A value on one line: what of it is shown, and where marks stand in it.

use std::ops::Range;

/// A string with more bytes than this is shown by its start until it is asked for.
pub const LONG_BYTES: usize = 2_048;

/// A part of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text as logged.
    Text(&'a str),
    /// What stands in a marked span.
    Mark(&'a str),
}

/// Splits a value at a marked span of bytes. A span that does not lie in it at the edges of
/// characters marks nothing.
#[must_use]
pub fn pieces(text: &str, mark: Option<Range<usize>>) -> Vec<Piece<'_>> {
    let parts = mark
        .filter(|span| !span.is_empty())
        .and_then(|span| Some((text.get(..span.start)?, text.get(span.clone())?, text.get(span.end..)?)));
    match parts {
        None => vec![Piece::Text(text)],
        Some((before, marked, after)) => [Piece::Text(before), Piece::Mark(marked), Piece::Text(after)]
            .into_iter()
            .filter(|piece| *piece != Piece::Text(""))
            .collect(),
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_mark_stands_where_it_was_found() {
        use Piece::{Mark, Text};
        for (text, mark, expected) in [
            ("***", Some(0..3), vec![Mark("***")]),
            ("id = ***(Redacted);", Some(5..18), vec![Text("id = "), Mark("***(Redacted)"), Text(";")]),
            ("***", None, vec![Text("***")]),
            ("é***", Some(1..5), vec![Text("é***")]),
            ("***", Some(1..9), vec![Text("***")]),
            ("***", Some(2..2), vec![Text("***")]),
        ] {
            assert_eq!(pieces(text, mark), expected);
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

    proptest! {
        #[test]
        fn nothing_is_lost(text: String, from in 0usize..20, len in 0usize..20, keep in 0usize..12) {
            let (start, end) = keep_end(&text, keep);
            prop_assert_eq!(format!("{start}{end}"), text.clone());
            let joined: String = pieces(&text, Some(from..from + len))
                .into_iter()
                .map(|piece| match piece { Piece::Text(part) | Piece::Mark(part) => part })
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
