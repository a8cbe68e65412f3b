//! The arithmetic of the brush: pixels to bucket edges and back.

use super::bars::Bars;
use crate::protocol::Buckets;

/// What a drag holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    /// A new range from this edge.
    New(u32),
    /// The edge at the left; the other one stays.
    Left(u32),
    /// The edge at the right; the other one stays.
    Right(u32),
}

impl Hold {
    /// The range, in edges, when the pointer is at `x` pixels.
    pub fn range(self, x: i32, bars: Bars) -> (u32, u32) {
        match self {
            // A new range holds the bar it started in and the bar it is in.
            Self::New(start) => {
                let now = bar_at(x, bars);
                (start.min(now), start.max(now) + 1)
            }
            Self::Left(right) => (edge_at(x, bars).min(right.saturating_sub(1)), right),
            Self::Right(left) => (left, edge_at(x, bars).max(left + 1)),
        }
    }
}

/// The bar under a pixel.
pub(super) fn bar_at(x: i32, bars: Bars) -> u32 {
    bars.at(u32::try_from(x).unwrap_or_default())
}

/// The edge nearest to a pixel; edge `n` is the start of bar `n`.
fn edge_at(x: i32, bars: Bars) -> u32 {
    let x = u32::try_from(x).unwrap_or_default();
    let bar = bars.at(x);
    let middle = (bars.x(bar) + bars.x(bar + 1)) / 2;
    bar + u32::from(x >= middle)
}

/// The edges of a range of time, outwards to whole bars.
pub(super) fn edges(range: (i64, i64), buckets: Buckets, bars: Bars) -> (u32, u32) {
    let step = buckets.step_ms.saturating_mul(i64::from(bars.group)).max(1);
    let place =
        |ms: i64| ms.saturating_sub(buckets.from_ms).clamp(0, step.saturating_mul(i64::from(bars.count)));
    let last = u32::try_from((place(range.1) + step - 1) / step).unwrap_or(bars.count).min(bars.count);
    let first = u32::try_from(place(range.0) / step).unwrap_or_default();
    (first.min(last.saturating_sub(1)), last.max(1))
}

/// The time between two edges.
pub(super) fn times((left, right): (u32, u32), buckets: Buckets, bars: Bars) -> (i64, i64) {
    (bars.start_ms(buckets, left), bars.start_ms(buckets, right))
}

/// The edges after a key on one of the two grips.
pub(super) fn after_key(
    key: &str,
    left_grip: bool,
    (left, right): (u32, u32),
    count: u32,
) -> Option<(u32, u32)> {
    let at = if left_grip { left } else { right };
    let to = match key {
        "ArrowLeft" | "ArrowDown" => at.saturating_sub(1),
        "ArrowRight" | "ArrowUp" => at + 1,
        "PageDown" => at.saturating_sub(10),
        "PageUp" => at + 10,
        "Home" => 0,
        "End" => count,
        _ => return None,
    };
    Some(if left_grip {
        (to.min(right.saturating_sub(1)), right)
    } else {
        (left, to.clamp(left + 1, count.max(left + 1)))
    })
}
