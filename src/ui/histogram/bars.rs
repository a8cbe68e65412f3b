//! Buckets of the answer as bars of whole pixels.

use yew::prelude::*;

use crate::display::{day_minute, grouped, iso};
use crate::protocol::{Buckets, Histogram};

/// Several buckets may share a bar where there are more of them than room. The bars fill the width
/// in whole pixels, so neighbours may differ by one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bars {
    /// Buckets for each bar.
    pub group: u32,
    /// Bars.
    pub count: u32,
    /// Pixels of all bars together.
    pub width: u32,
}

impl Bars {
    /// `buckets` in `width` pixels, no bar and gap narrower than `least` pixels.
    pub fn fit(buckets: u32, width: u32, least: u32) -> Self {
        let room = (width / least.max(1)).max(1);
        let group = buckets.div_ceil(room).max(1);
        Self { group, count: buckets.div_ceil(group), width }
    }

    /// Where a bar starts; of the bar after the last, where all end.
    pub fn x(self, bar: u32) -> u32 {
        let x = u64::from(bar) * u64::from(self.width) / u64::from(self.count.max(1));
        u32::try_from(x).unwrap_or(self.width)
    }

    /// The width of a bar without its 1 px gap.
    pub fn span(self, bar: u32) -> u32 {
        (self.x(bar + 1) - self.x(bar)).saturating_sub(1).max(1)
    }

    /// The bar under a pixel.
    pub fn at(self, x: u32) -> u32 {
        let bar = u64::from(x) * u64::from(self.count) / u64::from(self.width.max(1));
        u32::try_from(bar).unwrap_or(u32::MAX).min(self.count.saturating_sub(1))
    }

    /// The sum of the buckets behind one bar.
    pub fn sum(self, counts: &[u32], bar: u32) -> u64 {
        let from = (bar * self.group) as usize;
        let to = ((bar + 1) * self.group) as usize;
        counts.get(from..to.min(counts.len())).unwrap_or_default().iter().map(|&count| u64::from(count)).sum()
    }

    /// `ok` and `error` of the highest bar.
    pub fn highest(self, histogram: &Histogram) -> u64 {
        (0..self.count)
            .map(|bar| self.sum(&histogram.ok, bar) + self.sum(&histogram.error, bar))
            .max()
            .unwrap_or_default()
    }

    /// When a bar starts.
    pub fn start_ms(self, buckets: Buckets, bar: u32) -> i64 {
        buckets.from_ms.saturating_add(buckets.step_ms.saturating_mul(i64::from(bar) * i64::from(self.group)))
    }
}

/// The two parts of a bar: errors at the bottom so that they share a baseline, a 1 px gap between.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Parts {
    /// Top and height of the part without errors, in pixels.
    pub ok: (u32, u32),
    /// Top and height of the part with errors.
    pub error: (u32, u32),
}

impl Parts {
    /// In a plot `height` pixels high that is `top` events high.
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

/// The bars of the histogram with their handles for tests and a title each.
pub(crate) fn draw_all(
    histogram: &Histogram,
    buckets: Buckets,
    bars: Bars,
    brush: Option<(i64, i64)>,
    height: u32,
    top: u64,
) -> Html {
    html! {
        for bar in 0..bars.count {
            { draw_one(histogram, buckets, bars, bar, brush, height, top) }
        }
    }
}

fn draw_one(
    histogram: &Histogram,
    buckets: Buckets,
    bars: Bars,
    bar: u32,
    brush: Option<(i64, i64)>,
    height: u32,
    top: u64,
) -> Html {
    let (from, to) = (bars.start_ms(buckets, bar), bars.start_ms(buckets, bar + 1));
    let (ok, error) = (bars.sum(&histogram.ok, bar), bars.sum(&histogram.error, bar));
    let faint = brush.is_some_and(|(first, last)| to <= first || from >= last);
    let parts = Parts::of(ok, error, height, top);
    let rect = |class: &'static str, (y, height): (u32, u32)| {
        let class = classes!(class, faint.then_some("faint"));
        html! {
            if height > 0 {
                <rect {class} x={bars.x(bar).to_string()} width={bars.span(bar).to_string()} y={y.to_string()}
                    height={height.to_string()} />
            }
        }
    };
    let words = format!(
        "{} to {}: {} events, {} with an error",
        day_minute(from),
        day_minute(to),
        grouped(ok + error),
        grouped(error)
    );
    html! {
        <g data-testid="histogram-bar" data-from={iso(from)} data-count={(ok + error).to_string()}
            data-errors={error.to_string()}>
            if ok + error > 0 { <title>{ words }</title> }
            { rect("bar", parts.ok) }{ rect("bar-err", parts.error) }
        </g>
    }
}
