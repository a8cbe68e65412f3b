//! Where the lines of a tree stand in the source text of their record.

use std::ops::Range;

use crate::json::{Document, Value};
use crate::protocol::TreeLine;

/// The bytes of each line's value in `raw`, in the order of the lines; of a string without its
/// quotes. `None` where the text is not the one that the tree was made from.
#[must_use]
pub fn line_sources(raw: &str, tree: &[TreeLine]) -> Option<Vec<Range<usize>>> {
    let (document, _) = Document::parse_mended(raw.as_bytes()).ok()?;
    let mut spans = Vec::with_capacity(tree.len());
    // Iterative: a hostile record nests as deep as it likes.
    let mut waiting: Vec<Value> = Vec::new();
    push_children(&mut waiting, document.root());
    while let Some(value) = waiting.pop() {
        let (start, end) = value.span();
        spans.push(start..end);
        push_children(&mut waiting, value);
    }
    (spans.len() == tree.len()).then_some(spans)
}

fn push_children<'d>(waiting: &mut Vec<Value<'d>>, value: Value<'d>) {
    let first = waiting.len();
    waiting.extend(value.children());
    waiting[first..].reverse();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ValueKind;

    fn check(raw: &str, lines: usize, expected: Option<&[&str]>) {
        let line = TreeLine {
            depth: 0,
            key: String::new(),
            path: String::new(),
            kind: ValueKind::Null,
            text: String::new(),
            inside: 0,
            redaction: None,
            exposure: None,
        };
        let found = line_sources(raw, &vec![line; lines]);
        let texts: Option<Vec<&str>> = found.map(|spans| spans.into_iter().map(|span| &raw[span]).collect());
        assert_eq!(texts.as_deref(), expected);
    }

    #[test]
    fn every_line_has_its_source() {
        let raw = r#" { "a": {"b": [1, "\u003c***\u003e"]}, "c": null }"#;
        let expected = [
            r#"{"b": [1, "\u003c***\u003e"]}"#,
            r#"[1, "\u003c***\u003e"]"#,
            "1",
            r"\u003c***\u003e",
            "null",
        ];
        check(raw, 5, Some(&expected));
        check(raw, 4, None);
        check("not json", 0, None);
        check("{}", 0, Some(&[]));
    }
}
