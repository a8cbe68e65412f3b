//! Buckets of the answer as bars of whole pixels.

use yew::prelude::*;

use crate::display::{bar_width, day_minute, grouped, iso};
use crate::protocol::{Buckets, Histogram};

/// Several buckets may share a bar where there are more of them than room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Bars {
    /// Buckets for each bar.
    pub group: u32,
    /// Bars.
    pub count: u32,
    /// Pixels from one bar to the next, its gap included.
    pub pitch: u32,
}

impl Bars {
    /// `buckets` in `width` pixels, no bar and gap narrower than `least` pixels.
    pub fn fit(buckets: u32, width: u32, least: u32) -> Self {
        let room = (width / least.max(1)).max(1);
        let group = buckets.div_ceil(room).max(1);
        let count = buckets.div_ceil(group);
        Self { group, count, pitch: bar_width(width, count.max(1)) }
    }

    /// All bars together.
    pub fn width(self) -> u32 {
        self.count * self.pitch
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

/// One bar: errors at the bottom so that they share a baseline, a 1 px gap between the parts.
pub(crate) struct Bar {
    pub x: u32,
    pub width: u32,
    pub ok: u64,
    pub error: u64,
    /// Outside the brush.
    pub faint: bool,
}

impl Bar {
    /// The rects, `height` pixels being `top` events.
    pub fn draw(&self, height: u32, top: u64) -> Html {
        let pixels = |count: u64| -> u32 {
            if count == 0 {
                return 0;
            }
            let exact = count as f64 / top.max(1) as f64 * f64::from(height);
            // A single event among millions is still seen.
            (exact.round() as u32).clamp(1, height)
        };
        let (error, ok) = (pixels(self.error), pixels(self.ok));
        let gap = u32::from(error > 0 && ok > 0);
        let base = height.saturating_sub(error);
        let ok = ok.min(base.saturating_sub(gap));
        let classes = if self.faint { ("bar faint", "bar-err faint") } else { ("bar", "bar-err") };
        html! {
            <>
                if ok > 0 {
                    <rect class={classes.0} x={self.x.to_string()} width={self.width.to_string()}
                        y={(base - gap - ok).to_string()} height={ok.to_string()} />
                }
                if error > 0 {
                    <rect class={classes.1} x={self.x.to_string()} width={self.width.to_string()}
                        y={base.to_string()} height={error.to_string()} />
                }
            </>
        }
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
    let width = bars.pitch.saturating_sub(1).max(1);
    let drawn = Bar { x: bar * bars.pitch, width, ok, error, faint }.draw(height, top);
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
            { drawn }
        </g>
    }
}
