//! The bars of the histogram.

use yew::prelude::*;

use super::panel::moment;
use crate::display::{Bars, Parts, grouped, iso};
use crate::protocol::{Buckets, Histogram};

/// How bars are drawn.
#[derive(Clone, Copy)]
pub(super) struct Drawing {
    pub buckets: Buckets,
    pub bars: Bars,
    /// What is outside is drawn faint.
    pub brush: Option<(i64, i64)>,
    /// Pixels of the highest bar, and its events.
    pub height: u32,
    pub top: u64,
    /// Each bar says on hover what it is. Two hundred texts are too many to write for each answer,
    /// so they are there once the pointer has been over the plot.
    pub titled: bool,
}

/// The bars with their handles for tests.
pub(super) fn draw_all(histogram: &Histogram, how: Drawing) -> Html {
    (0..how.bars.count).map(|bar| draw_one(histogram, how, bar)).collect()
}

fn draw_one(histogram: &Histogram, how: Drawing, bar: u32) -> Html {
    let Drawing { buckets, bars, .. } = how;
    let (from, to) = (bars.start_ms(buckets, bar), bars.start_ms(buckets, bar + 1));
    let (ok, error) = (bars.sum(&histogram.ok, bar), bars.sum(&histogram.error, bar));
    let faint = how.brush.is_some_and(|(first, last)| to <= first || from >= last);
    let parts = Parts::of(ok, error, how.height, how.top);
    let (ok_class, error_class) = if faint { ("bar faint", "bar-err faint") } else { ("bar", "bar-err") };
    let title = (how.titled && ok + error > 0).then(|| {
        let range = format!("{} to {}", moment(from, buckets), moment(to, buckets));
        format!("{range}: {} events, {} with an error", grouped(ok + error), grouped(error))
    });
    html! {
        <g data-testid="histogram-bar" data-from={iso(from)} data-count={(ok + error).to_string()}
            data-errors={error.to_string()}>
            if let Some(title) = title { <title>{ title }</title> }
            { slab(ok_class, bars, bar, parts.ok) }
            { slab(error_class, bars, bar, parts.error) }
        </g>
    }
}

/// A path and no `rect`: one attribute changes with each answer and not four.
fn slab(class: &'static str, bars: Bars, bar: u32, (y, height): (u32, u32)) -> Html {
    if height == 0 {
        return Html::default();
    }
    let width = bars.span(bar);
    html! { <path {class} d={format!("M{} {y}h{width}v{height}h-{width}z", bars.x(bar))} /> }
}
