//! Scrolling through more rows than an element can be high.
//!
//! Browsers cap an element near 16 million pixels, 600,000 rows. Up to [`TRACK_MAX_PX`] the scroll
//! position is the place in the rows. Beyond it the track keeps that height and the position is
//! *scaled*: dragging the scroll bar to its end reaches the last row, and what must be exact (wheel
//! and keys) moves the offset in the rows itself, from which the position then follows.

use std::ops::Range;

/// How high the scrolled element is at most, pixels.
pub const TRACK_MAX_PX: f64 = 8_000_000.0;

/// Rows ask for this many neighbours on each side, so that small moves need no question.
const WINDOW_MARGIN: u64 = 120;

/// A list of rows of one height in a viewport.
///
/// An *offset* is a place in the rows in pixels; a *top* is the scroll position of the element.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scroll {
    /// How many rows there are.
    pub rows: u64,
    /// Height of each, pixels.
    pub row_px: f64,
    /// Height of what is seen of them, pixels.
    pub view_px: f64,
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "rows are far fewer than 2^52, and every float cast to a row has been clamped to 0..=rows"
)]
impl Scroll {
    /// Height of all rows, pixels.
    #[must_use]
    pub fn content_px(&self) -> f64 {
        self.rows as f64 * self.row_px
    }

    /// Height of the scrolled element, pixels.
    #[must_use]
    pub fn track_px(&self) -> f64 {
        self.content_px().min(TRACK_MAX_PX)
    }

    /// Whether one pixel of the scroll position is more than one pixel of the rows.
    #[must_use]
    pub fn is_scaled(&self) -> bool {
        self.content_px() > TRACK_MAX_PX
    }

    /// The offset at which the last row is seen whole.
    #[must_use]
    pub fn max_offset(&self) -> f64 {
        (self.content_px() - self.view_px).max(0.0)
    }

    fn max_top(&self) -> f64 {
        (self.track_px() - self.view_px).max(0.0)
    }

    /// Pixels of the rows for one pixel of the scroll position.
    fn scale(&self) -> f64 {
        if self.is_scaled() && self.max_top() > 0.0 { self.max_offset() / self.max_top() } else { 1.0 }
    }

    /// The offset for a scroll position that the reader chose.
    #[must_use]
    pub fn offset_at(&self, top: f64) -> f64 {
        // Fractional scroll positions can stop short of the end by less than a pixel.
        if top >= self.max_top() - 1.0 {
            return self.max_offset();
        }
        (top * self.scale()).clamp(0.0, self.max_offset())
    }

    /// The scroll position for an offset.
    #[must_use]
    pub fn top_at(&self, offset: f64) -> f64 {
        (offset / self.scale()).clamp(0.0, self.max_top())
    }

    /// The offset after a scroll event. `held` is the offset that was set last, and it is kept when
    /// the event only tells of that: the position it was turned into is rounded.
    #[must_use]
    pub fn follow(&self, held: f64, top: f64) -> f64 {
        if self.is_scaled() && (self.top_at(held) - top).abs() < 1.0 {
            held.clamp(0.0, self.max_offset())
        } else {
            self.offset_at(top)
        }
    }

    /// The offset after a move that must be exact.
    #[must_use]
    pub fn moved(&self, offset: f64, by_px: f64) -> f64 {
        (offset + by_px).clamp(0.0, self.max_offset())
    }

    /// The first row seen at an offset, also in part.
    #[must_use]
    pub fn first_row(&self, offset: f64) -> u64 {
        if self.row_px <= 0.0 {
            return 0;
        }
        let row = (offset / self.row_px).floor().clamp(0.0, self.rows as f64);
        (row as u64).min(self.rows.saturating_sub(1))
    }

    /// The rows to draw at an offset: those seen and `overscan` more on both sides.
    #[must_use]
    pub fn visible(&self, offset: f64, overscan: u64) -> Range<u64> {
        let first = self.first_row(offset);
        let start = first.saturating_sub(overscan);
        let end = first.saturating_add(self.page_rows()).saturating_add(2 + overscan);
        start..end.min(self.rows)
    }

    /// How many whole rows fit the viewport.
    #[must_use]
    pub fn page_rows(&self) -> u64 {
        if self.row_px <= 0.0 { 0 } else { (self.view_px / self.row_px).floor().clamp(0.0, 10_000.0) as u64 }
    }

    /// Where in the track the given row is drawn while the scroll position is `top`, pixels.
    #[must_use]
    pub fn row_top(&self, row: u64, offset: f64, top: f64) -> f64 {
        let place = row as f64 * self.row_px;
        if self.is_scaled() { top + place - offset } else { place }
    }

    /// The offset nearest to `offset` at which the row is seen whole.
    #[must_use]
    pub fn reveal(&self, row: u64, offset: f64) -> f64 {
        let place = row.min(self.rows.saturating_sub(1)) as f64 * self.row_px;
        let least = place + self.row_px - self.view_px;
        offset.max(least).min(place).clamp(0.0, self.max_offset())
    }
}

/// The window to ask for so that `visible` lies inside it: `(first, len)`.
#[must_use]
pub fn ask_window(visible: &Range<u64>, rows: u64) -> (u64, u32) {
    let first = visible.start.saturating_sub(WINDOW_MARGIN);
    let end = visible.end.saturating_add(WINDOW_MARGIN).min(rows);
    (first, u32::try_from(end.saturating_sub(first)).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn scroll(rows: u64) -> Scroll {
        Scroll { rows, row_px: 28.0, view_px: 613.0 }
    }

    #[test]
    fn few_rows_scroll_pixel_by_pixel() {
        let list = scroll(1_000);
        assert!(!list.is_scaled());
        for top in [0.0, 1.0, 27.0, 28.0, 5_000.0] {
            assert_eq!(list.offset_at(top), top);
            assert_eq!(list.follow(0.0, top), top);
            assert_eq!(list.top_at(top), top);
        }
        assert_eq!(list.visible(28.0 * 100.0 + 5.0, 10), 90..133);
        assert_eq!(list.row_top(90, 2_805.0, 2_805.0), 2_520.0);
    }

    #[test]
    fn two_million_rows_are_reached_to_the_very_last() {
        let list = scroll(2_000_000);
        assert!(list.is_scaled());
        assert_eq!(list.track_px(), TRACK_MAX_PX);
        let end = TRACK_MAX_PX - list.view_px;
        for top in [end, end + 40.0, end - 0.5] {
            let offset = list.offset_at(top);
            assert_eq!(list.visible(offset, 0).end, 2_000_000);
            assert_eq!(offset, list.max_offset());
        }
        let bottom = list.row_top(1_999_999, list.max_offset(), end) + list.row_px;
        assert!((bottom - TRACK_MAX_PX).abs() < 1e-3, "the last row ends where the track ends");
        assert_eq!(list.offset_at(0.0), 0.0);
    }

    #[test]
    fn wheel_moves_are_exact_where_the_position_is_scaled() {
        let list = scroll(2_000_000);
        let mut offset = list.offset_at(3_000_000.0);
        for _ in 0..1_000 {
            let moved = list.moved(offset, 28.0);
            // The browser rounds what it is told, and tells of it.
            let told = list.follow(moved, list.top_at(moved).round());
            assert_eq!(told, moved);
            assert_eq!(list.first_row(told), list.first_row(offset) + 1);
            offset = told;
        }
    }

    #[test]
    fn nothing_and_no_height_are_no_trouble() {
        let none = scroll(0);
        assert_eq!(none.visible(0.0, 10), 0..0);
        assert_eq!(none.reveal(7, 0.0), 0.0);
        let flat = Scroll { rows: 9, row_px: 0.0, view_px: 0.0 };
        assert_eq!(flat.visible(50.0, 1), 0..3);
        assert_eq!(ask_window(&(0..0), 0), (0, 0));
    }

    proptest! {
        #[test]
        fn any_row_can_be_revealed(rows in 1u64..5_000_000, at in 0.0f64..1.0, held in 0.0f64..1.0) {
            let list = scroll(rows);
            let row = ((rows as f64 * at) as u64).min(rows - 1);
            let offset = list.reveal(row, list.max_offset() * held);
            let place = row as f64 * list.row_px;
            prop_assert!(offset <= place + 1e-6);
            prop_assert!(place + list.row_px <= offset + list.view_px + 1e-6);
            prop_assert!(list.visible(offset, 0).contains(&row));
            let (first, len) = ask_window(&list.visible(offset, 10), rows);
            prop_assert!((first..first + u64::from(len)).contains(&row));
            prop_assert!(first + u64::from(len) <= rows);
        }

        #[test]
        fn position_and_offset_are_each_others_inverse(rows in 1u64..5_000_000, at in 0.0f64..1.0) {
            let list = scroll(rows);
            let offset = list.max_offset() * at;
            prop_assert!((list.offset_at(list.top_at(offset)) - offset).abs() < 30.0);
        }
    }
}
