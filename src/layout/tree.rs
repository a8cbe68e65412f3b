//! Which lines of a record's tree are shown when some of them are folded.

use crate::protocol::TreeLine;

/// A record with no more lines than this is shown whole at first.
pub const ORDINARY_LINES: usize = 2_000;

/// In a larger record, a list or an object with more lines than this is folded at first.
pub const FOLD_LINES: u32 = 200;

/// The lines that are folded before the reader has touched any, ascending.
#[must_use]
pub fn folded_at_first(tree: &[TreeLine]) -> Vec<usize> {
    if tree.len() <= ORDINARY_LINES {
        return Vec::new();
    }
    tree.iter().enumerate().filter(|(_, line)| line.inside > FOLD_LINES).map(|(at, _)| at).collect()
}

/// The places of the lines that are not inside a folded one, in order. `folded` is ascending.
#[must_use]
pub fn unfolded(tree: &[TreeLine], folded: &[usize]) -> Vec<usize> {
    let mut shown = Vec::with_capacity(tree.len().min(ORDINARY_LINES));
    let mut at = 0;
    while let Some(line) = tree.get(at) {
        shown.push(at);
        at += 1;
        if folded.binary_search(&(at - 1)).is_ok() {
            at += usize::try_from(line.inside).unwrap_or(usize::MAX).min(tree.len());
        }
    }
    shown
}

/// The lines that hold a line, the outermost last.
#[must_use]
pub fn ancestors(tree: &[TreeLine], line: usize) -> Vec<usize> {
    let Some(mut depth) = tree.get(line).map(|line| line.depth) else { return Vec::new() };
    let mut found = Vec::new();
    for at in (0..line).rev() {
        if depth == 0 {
            break;
        }
        if tree[at].depth < depth {
            depth = tree[at].depth;
            found.push(at);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::ValueKind;

    /// Lines of the given depths; what is inside each follows from them.
    fn tree(depths: &[u16]) -> Vec<TreeLine> {
        let inside = |at: usize| depths[at + 1..].iter().take_while(|depth| **depth > depths[at]).count();
        (0..depths.len())
            .map(|at| TreeLine {
                depth: depths[at],
                key: at.to_string(),
                path: at.to_string(),
                kind: ValueKind::Null,
                text: String::new(),
                inside: u32::try_from(inside(at)).unwrap(),
                redaction: None,
                exposure: None,
            })
            .collect()
    }

    #[test]
    fn folding_hides_what_is_inside() {
        let tree = tree(&[0, 1, 2, 2, 1, 0, 1]);
        for (folded, shown) in [
            (Vec::<usize>::new(), vec![0, 1, 2, 3, 4, 5, 6]),
            (vec![1], vec![0, 1, 4, 5, 6]),
            (vec![0], vec![0, 5, 6]),
            (vec![0, 1, 5], vec![0, 5]),
            (vec![6], vec![0, 1, 2, 3, 4, 5, 6]),
        ] {
            assert_eq!(unfolded(&tree, &folded), shown);
        }
        assert_eq!(ancestors(&tree, 3), [1, 0]);
        assert_eq!(ancestors(&tree, 0), [0; 0]);
        assert_eq!(ancestors(&tree, 6), [5]);
        assert_eq!(ancestors(&tree, 99), [0; 0]);
    }

    #[test]
    fn a_count_that_lies_ends_at_the_end() {
        let mut tree = tree(&[0, 1, 0]);
        tree[0].inside = u32::MAX;
        assert_eq!(unfolded(&tree, &[0]), [0]);
    }

    #[test]
    fn only_large_parts_of_large_records_are_folded() {
        let large = |lines: usize| {
            let mut depths = vec![0];
            depths.extend(vec![1; lines]);
            depths.extend([0, 1]);
            tree(&depths)
        };
        assert!(folded_at_first(&large(300)).is_empty());
        assert_eq!(folded_at_first(&large(2_000)), [0]);
    }
}
