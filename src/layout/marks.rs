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
