//! The bars of the histogram.

use yew::prelude::*;

use super::panel::moment;
use crate::display::{Bars, Parts, grouped, iso};
use crate::protocol::{Buckets, Histogram};

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
        moment(from, buckets),
        moment(to, buckets),
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
