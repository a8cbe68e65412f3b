//! Lines of different heights, one under another.

use std::ops::Range;

/// Where every line of a list ends: finding the lines in view is a binary search.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heights {
    ends: Vec<u64>,
}

impl Heights {
    /// From the height of each line, pixels.
    #[must_use]
    pub fn new(heights: impl Iterator<Item = u32>) -> Self {
        let ends = heights.scan(0u64, |end, height| {
            *end += u64::from(height);
            Some(*end)
        });
        Self { ends: ends.collect() }
    }

    /// Height of all lines, pixels.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.ends.last().copied().unwrap_or_default()
    }

    /// Where a line starts, pixels. Past the end it is the end.
    #[must_use]
    pub fn top(&self, line: usize) -> u64 {
        match line.checked_sub(1) {
            None => 0,
            Some(before) => self.ends.get(before).copied().unwrap_or_else(|| self.total()),
        }
    }

    /// The lines that are seen, also in part, between two heights.
    #[must_use]
    pub fn visible(&self, from_px: u64, to_px: u64) -> Range<usize> {
        let start = self.ends.partition_point(|end| *end <= from_px);
        let end = self.ends.partition_point(|end| *end < to_px).saturating_add(1).min(self.ends.len());
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_in_view() {
        let lines = Heights::new([28, 46, 28, 28].into_iter());
        for (from, to, seen) in [
            (0, 28, 0..1),
            (0, 29, 0..2),
            (28, 74, 1..2),
            (27, 74, 0..2),
            (100, 130, 2..4),
            (130, 500, 4..4),
            (0, 500, 0..4),
        ] {
            assert_eq!(lines.visible(from, to), seen, "{from}..{to}");
        }
        assert_eq!((lines.total(), lines.top(0), lines.top(2), lines.top(9)), (130, 0, 74, 130));
        assert_eq!(Heights::default().visible(0, 100), 0..0);
    }

    proptest! {
        #[test]
        fn just_the_lines_that_overlap(
            heights in prop::collection::vec(1u32..60, 0..200), from in 0u64..9_000, len in 1u64..900,
        ) {
            let lines = Heights::new(heights.iter().copied());
            let seen = lines.visible(from, from + len);
            for line in 0..heights.len() {
                let (top, end) = (lines.top(line), lines.top(line + 1));
                prop_assert_eq!(seen.contains(&line), top < from + len && end > from, "line {}", line);
            }
        }
    }
}
