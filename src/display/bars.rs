//! Buckets of an answer as bars of whole pixels.

use crate::protocol::{Buckets, Histogram};

/// Several buckets may share a bar where there are more of them than room. The bars fill the width
/// in whole pixels, so neighbours may differ by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bars {
    /// Buckets for each bar.
    pub group: u32,
    /// Bars.
    pub count: u32,
    /// Pixels of all bars together.
    pub width: u32,
}

impl Bars {
    /// `buckets` in `width` pixels, no bar and gap narrower than `least` pixels.
    #[must_use]
    pub fn fit(buckets: u32, width: u32, least: u32) -> Self {
        let room = (width / least.max(1)).max(1);
        let group = buckets.div_ceil(room).max(1);
        Self { group, count: buckets.div_ceil(group), width }
    }

    /// Where a bar starts; of the bar after the last, where all end.
    #[must_use]
    pub fn x(self, bar: u32) -> u32 {
        let x = u64::from(bar) * u64::from(self.width) / u64::from(self.count.max(1));
        u32::try_from(x).unwrap_or(self.width)
    }

    /// The width of a bar without its 1 px gap.
    #[must_use]
    pub fn span(self, bar: u32) -> u32 {
        (self.x(bar + 1) - self.x(bar)).saturating_sub(1).max(1)
    }

    /// The bar under a pixel.
    #[must_use]
    pub fn at(self, x: u32) -> u32 {
        let bar = u64::from(x) * u64::from(self.count) / u64::from(self.width.max(1));
        u32::try_from(bar).unwrap_or(u32::MAX).min(self.count.saturating_sub(1))
    }

    /// The sum of the buckets behind one bar.
    #[must_use]
    pub fn sum(self, counts: &[u32], bar: u32) -> u64 {
        let from = (bar * self.group) as usize;
        let to = ((bar + 1) * self.group) as usize;
        counts.get(from..to.min(counts.len())).unwrap_or_default().iter().map(|&count| u64::from(count)).sum()
    }

    /// `ok` and `error` of the highest bar.
    #[must_use]
    pub fn highest(self, histogram: &Histogram) -> u64 {
        (0..self.count)
            .map(|bar| self.sum(&histogram.ok, bar) + self.sum(&histogram.error, bar))
            .max()
            .unwrap_or_default()
    }

    /// Where all buckets end.
    #[must_use]
    pub fn end_ms(buckets: Buckets) -> i64 {
        buckets.from_ms.saturating_add(buckets.step_ms.saturating_mul(i64::from(buckets.count)))
    }

    /// When a bar starts.
    #[must_use]
    pub fn start_ms(self, buckets: Buckets, bar: u32) -> i64 {
        buckets.from_ms.saturating_add(buckets.step_ms.saturating_mul(i64::from(bar) * i64::from(self.group)))
    }
}

/// The two parts of a bar: errors at the bottom so that they share a baseline, a 1 px gap between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    /// Top and height of the part without errors, in pixels.
    pub ok: (u32, u32),
    /// Top and height of the part with errors.
    pub error: (u32, u32),
}

impl Parts {
    /// In a plot `height` pixels high that is `top` events high.
    #[must_use]
    pub fn of(ok: u64, error: u64, height: u32, top: u64) -> Self {
        let pixels = |count: u64| -> u32 {
            let exact = count as f64 / top.max(1) as f64 * f64::from(height);
            // A single event among millions is still seen.
            if count == 0 { 0 } else { (exact.round() as u32).clamp(1, height) }
        };
        let (error, ok) = (pixels(error), pixels(ok));
        let gap = u32::from(error > 0 && ok > 0);
        let base = height.saturating_sub(error);
        let ok = ok.min(base.saturating_sub(gap));
        Self { ok: (base.saturating_sub(gap + ok), ok), error: (base, error) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn buckets_share_bars_where_there_is_no_room() {
        for (buckets, width, group, count) in
            [(182, 1100, 1, 182), (182, 340, 3, 61), (0, 340, 1, 0), (7, 0, 7, 1), (1, 1100, 1, 1)]
        {
            let bars = Bars::fit(buckets, width, 4);
            assert_eq!((bars.group, bars.count), (group, count), "{buckets} in {width}");
        }
        let bars = Bars::fit(7, 8, 4);
        assert_eq!((bars.sum(&[1, 2, 3, 4, 5, 6, 7], 0), bars.sum(&[1, 2, 3, 4, 5, 6, 7], 1)), (10, 18));
        let histogram = Histogram { ok: vec![1; 7], error: vec![0, 0, 0, 0, 9, 0, 0] };
        assert_eq!(bars.highest(&histogram), 12);
    }

    #[test]
    fn one_event_is_seen_and_the_parts_keep_apart() {
        for (ok, error, parts) in [
            (0, 0, ((54, 0), (54, 0))),
            (1, 0, ((53, 1), (54, 0))),
            (1_000_000, 1, ((0, 52), (53, 1))),
            (500_000, 500_000, ((0, 26), (27, 27))),
        ] {
            let made = Parts::of(ok, error, 54, 1_000_000);
            assert_eq!((made.ok, made.error), parts, "{ok} and {error}");
        }
    }

    proptest! {
        #[test]
        fn bars_fill_the_width_and_a_pixel_finds_its_bar(buckets in 1u32..5000, width in 1u32..4000) {
            let bars = Bars::fit(buckets, width, 3);
            prop_assert_eq!((bars.x(0), bars.x(bars.count)), (0, width));
            for bar in 0..bars.count {
                prop_assert!(bars.x(bar) < bars.x(bar + 1) || width < 3);
                let middle = (bars.x(bar) + bars.x(bar + 1)) / 2;
                prop_assert!(width < 3 || bars.at(middle) == bar);
            }
            prop_assert_eq!(bars.at(u32::MAX), bars.count - 1);
        }

        #[test]
        fn no_bucket_is_lost(counts in proptest::collection::vec(0u32..9, 0..300), width in 0u32..2000) {
            let bars = Bars::fit(u32::try_from(counts.len()).unwrap(), width, 4);
            let drawn: u64 = (0..bars.count).map(|bar| bars.sum(&counts, bar)).sum();
            prop_assert_eq!(drawn, counts.iter().map(|&count| u64::from(count)).sum::<u64>());
        }
    }
}
