//! Two records side by side: their values path by path, in the order of both.

use std::cmp::Ordering;

use crate::protocol::{TreeLine, ValueKind};
use crate::sorting::sort_by;

/// A path with what each record has there: places in their trees.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// In the left one.
    pub left: Option<usize>,
    /// In the right one.
    pub right: Option<usize>,
    /// Both have the same value.
    pub same: bool,
}

/// Pairs the values of two trees by their paths. Objects and lists are compared by what is in them.
#[must_use]
pub fn pair(left: &[TreeLine], right: &[TreeLine]) -> Vec<Pair> {
    let (by_left, by_right) = (by_path(left), by_path(right));
    let find = |lines: &[TreeLine], sorted: &[usize], path: &str| {
        let place = sorted.binary_search_by(|at| lines[*at].path.as_str().cmp(path)).ok()?;
        sorted.get(place).copied()
    };
    let mut pairs = Vec::new();
    let mut next = 0;
    // What only the right one has stands where it stands there.
    let mut only_right = |pairs: &mut Vec<Pair>, until: usize| {
        while next < until {
            if is_value(&right[next]) && find(left, &by_left, &right[next].path).is_none() {
                pairs.push(Pair { left: None, right: Some(next), same: false });
            }
            next += 1;
        }
    };
    for (at, line) in left.iter().enumerate().filter(|(_, line)| is_value(line)) {
        let other = find(right, &by_right, &line.path);
        if let Some(other) = other {
            only_right(&mut pairs, other);
        }
        let same =
            other.is_some_and(|other| (line.kind, &line.text) == (right[other].kind, &right[other].text));
        pairs.push(Pair { left: Some(at), right: other, same });
    }
    only_right(&mut pairs, right.len());
    pairs
}

/// Whether a line is compared: it is a value, or a container with nothing in it.
fn is_value(line: &TreeLine) -> bool {
    line.inside == 0 && !line.path.is_empty()
}

/// The values of a tree in the order of their paths.
fn by_path(lines: &[TreeLine]) -> Vec<usize> {
    let mut sorted: Vec<usize> = (0..lines.len()).filter(|at| is_value(&lines[*at])).collect();
    sort_by(&mut sorted, |one, other| -> Ordering { lines[*one].path.cmp(&lines[*other].path) });
    sorted
}

/// A value as it is shown beside another one.
#[must_use]
pub fn compared_text(line: &TreeLine) -> &str {
    match line.kind {
        ValueKind::Object(0) => "{}",
        ValueKind::Array(0) => "[]",
        _ => &line.text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(lines: &[(&str, &str)]) -> Vec<TreeLine> {
        let line = |(path, text): &(&str, &str)| TreeLine {
            depth: 0,
            key: String::new(),
            path: (*path).to_owned(),
            kind: if *text == "{" { ValueKind::Object(1) } else { ValueKind::String },
            text: (*text).to_owned(),
            inside: u32::from(*text == "{"),
            redaction: None,
            exposure: None,
        };
        lines.iter().map(line).collect()
    }

    fn check(left: &[(&str, &str)], right: &[(&str, &str)], expected: &str) {
        let (left, right) = (tree(left), tree(right));
        let said = pair(&left, &right).into_iter().map(|pair| {
            let path = pair.left.map_or_else(|| &right[pair.right.unwrap()].path, |at| &left[at].path);
            let sign = match (pair.left, pair.right, pair.same) {
                (Some(_), Some(_), true) => '=',
                (Some(_), Some(_), false) => '~',
                (Some(_), None, _) => '<',
                _ => '>',
            };
            format!("{sign}{path}")
        });
        assert_eq!(said.collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn values_are_paired_by_path_and_stand_where_they_stood() {
        check(&[("a", "1"), ("b", "2")], &[("a", "1"), ("b", "3")], "=a ~b");
        check(&[("a", "1")], &[("x", "0"), ("a", "1"), ("y", "2")], ">x =a >y");
        check(&[("a", "1"), ("b", "2")], &[("b", "2"), ("a", "1")], "=a =b");
        check(&[("o", "{"), ("o.a", "1")], &[("o", "{"), ("o.b", "1")], "<o.a >o.b");
        check(&[], &[("a", "1")], ">a");
        check(&[], &[], "");
        check(&[("a", "1"), ("a", "2")], &[("a", "2")], "~a =a");
    }
}
