//! Where the marks of a record stand in its tree: what is hidden and what leaked.

use std::ops::Range;

use crate::protocol::{Exposure, RecordView, Redaction};
use crate::sorting::sort_by;

/// A mark on a line of the tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The line.
    pub line: usize,
    /// Where it stands in the text of the line, in bytes; empty where the whole value is meant.
    pub span: Range<usize>,
    /// What it marks.
    pub of: MarkOf,
}

/// What a mark is about, by its place in the lists of the record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkOf {
    /// Something hidden.
    Redaction(usize),
    /// Something that leaked.
    Exposure(usize),
}

impl Mark {
    /// The redaction, if it is about one.
    #[must_use]
    pub fn redaction<'r>(&self, record: &'r RecordView) -> Option<&'r Redaction> {
        match self.of {
            MarkOf::Redaction(at) => record.redactions.get(at),
            MarkOf::Exposure(_) => None,
        }
    }

    /// The exposure, if it is about one.
    #[must_use]
    pub fn exposure<'r>(&self, record: &'r RecordView) -> Option<&'r Exposure> {
        match self.of {
            MarkOf::Exposure(at) => record.exposures.get(at),
            MarkOf::Redaction(_) => None,
        }
    }
}

/// The marks of a record in the order of its tree.
#[must_use]
pub fn marks(record: &RecordView) -> Vec<Mark> {
    let redactions: Vec<(&str, (u32, u32))> =
        record.redactions.iter().map(|one| (one.path.as_str(), one.span)).collect();
    let exposures: Vec<(&str, (u32, u32))> =
        record.exposures.iter().map(|one| (one.path.as_str(), one.span)).collect();
    let mut marks = Vec::new();
    for (place, line) in record.tree.iter().enumerate() {
        add(&mut marks, place, &line.path, line.redaction, &redactions, MarkOf::Redaction);
        add(&mut marks, place, &line.path, line.exposure, &exposures, MarkOf::Exposure);
    }
    sort_by(&mut marks, |one, other| one.line.cmp(&other.line).then(one.span.start.cmp(&other.span.start)));
    marks
}

/// Adds the marks of one line: the first is named by it, those behind it follow in the list.
fn add(
    marks: &mut Vec<Mark>,
    line: usize,
    path: &str,
    first: Option<u32>,
    list: &[(&str, (u32, u32))],
    of: fn(usize) -> MarkOf,
) {
    let Some(first) = first.and_then(|first| usize::try_from(first).ok()) else { return };
    for (at, (mark, (start, end))) in list.iter().enumerate().skip(first) {
        let here =
            mark.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']));
        if !here && at > first {
            return;
        }
        let place = |at: u32| usize::try_from(at).unwrap_or(usize::MAX);
        marks.push(Mark { line, span: place(*start)..place(*end), of: of(at) });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(path: &str, redaction: Option<u32>, exposure: Option<u32>) -> crate::protocol::TreeLine {
        crate::protocol::TreeLine {
            depth: 0,
            key: path.to_owned(),
            path: path.to_owned(),
            kind: crate::protocol::ValueKind::String,
            text: String::new(),
            inside: 0,
            redaction,
            exposure,
        }
    }

    fn list(paths: &[(&str, u32)]) -> Vec<(String, (u32, u32))> {
        paths.iter().map(|(path, start)| ((*path).to_owned(), (*start, start + 1))).collect()
    }

    #[test]
    fn the_first_mark_of_a_line_brings_those_behind_it() {
        let tree = [line("a", Some(0), Some(0)), line("b", None, None), line("c[0]", Some(3), None)];
        let redactions = list(&[("a.x", 9), ("a.y", 2), ("ab", 0), ("c[0]", 0)]);
        let exposures = list(&[("a", 5)]);
        let borrowed = |list: &'static [(String, (u32, u32))]| -> Vec<(&'static str, (u32, u32))> {
            list.iter().map(|(path, span)| (path.as_str(), *span)).collect()
        };
        let (redactions, exposures) = (borrowed(redactions.leak()), borrowed(exposures.leak()));
        let mut marks = Vec::new();
        for (place, line) in tree.iter().enumerate() {
            add(&mut marks, place, &line.path, line.redaction, &redactions, MarkOf::Redaction);
            add(&mut marks, place, &line.path, line.exposure, &exposures, MarkOf::Exposure);
        }
        let short: Vec<_> = marks.iter().map(|mark| (mark.line, mark.of)).collect();
        assert_eq!(
            short,
            [
                (0, MarkOf::Redaction(0)),
                (0, MarkOf::Redaction(1)),
                (0, MarkOf::Exposure(0)),
                (2, MarkOf::Redaction(3))
            ]
        );
    }
}
