//! The arithmetic of the brush: pixels to bucket edges and back.

use super::bars::Bars;
use crate::protocol::Buckets;

/// What a drag holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hold {
    /// A new range from this edge.
    New(u32),
    /// The edge at the left; the other one stays.
    Left(u32),
    /// The edge at the right; the other one stays.
    Right(u32),
}

impl Hold {
    /// The range, in edges, when the pointer is at `x` pixels.
    #[must_use]
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

/// The bar under a pixel, also for pixels left of all bars.
#[must_use]
pub fn bar_at(x: i32, bars: Bars) -> u32 {
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
#[must_use]
pub fn edges(range: (i64, i64), buckets: Buckets, bars: Bars) -> (u32, u32) {
    let step = buckets.step_ms.saturating_mul(i64::from(bars.group)).max(1);
    let place =
        |ms: i64| ms.saturating_sub(buckets.from_ms).clamp(0, step.saturating_mul(i64::from(bars.count)));
    let last = u32::try_from((place(range.1) + step - 1) / step).unwrap_or(bars.count).min(bars.count);
    let first = u32::try_from(place(range.0) / step).unwrap_or_default();
    (first.min(last.saturating_sub(1)), last.max(1))
}

/// The time between two edges.
#[must_use]
pub fn times((left, right): (u32, u32), buckets: Buckets, bars: Bars) -> (i64, i64) {
    (bars.start_ms(buckets, left), bars.start_ms(buckets, right))
}

/// The edges after a key on one of the two grips.
#[must_use]
pub fn after_key(key: &str, left_grip: bool, (left, right): (u32, u32), count: u32) -> Option<(u32, u32)> {
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

#[cfg(test)]
mod tests {
    use super::*;

    const BUCKETS: Buckets = Buckets { from_ms: 1000, step_ms: 10, count: 100 };

    fn bars() -> Bars {
        Bars::fit(100, 600, 3)
    }

    #[test]
    fn a_drag_holds_whole_bars() {
        for (hold, x, range) in [
            (Hold::New(10), 62, (10, 11)),
            (Hold::New(10), 119, (10, 20)),
            (Hold::New(10), -50, (0, 11)),
            (Hold::New(10), 9_999, (10, 100)),
            (Hold::Left(20), 13, (2, 20)),
            (Hold::Left(20), 900, (19, 20)),
            (Hold::Right(5), 0, (5, 6)),
            (Hold::Right(5), 601, (5, 100)),
        ] {
            assert_eq!(hold.range(x, bars()), range, "{hold:?} at {x}");
        }
    }

    #[test]
    fn times_and_edges_agree() {
        for range in [(0, 1), (0, 100), (37, 52), (99, 100)] {
            assert_eq!(edges(times(range, BUCKETS, bars()), BUCKETS, bars()), range);
        }
        for (brush, range) in
            [((1001, 1002), (0, 1)), ((i64::MIN, i64::MAX), (0, 100)), ((1995, 5000), (99, 100))]
        {
            assert_eq!(edges(brush, BUCKETS, bars()), range, "{brush:?}");
        }
        let none = Buckets::default();
        assert_eq!(edges((5, 6), none, Bars::fit(0, 600, 3)), (0, 1));
    }

    #[test]
    fn keys_move_one_edge_and_never_cross_the_other() {
        for (key, left, range) in [
            ("ArrowLeft", true, Some((9, 20))),
            ("PageUp", true, Some((19, 20))),
            ("Home", true, Some((0, 20))),
            ("ArrowRight", false, Some((10, 21))),
            ("Home", false, Some((10, 11))),
            ("End", false, Some((10, 100))),
            ("PageDown", false, Some((10, 11))),
            ("x", true, None),
        ] {
            assert_eq!(after_key(key, left, (10, 20), 100), range, "{key}");
        }
    }
}
