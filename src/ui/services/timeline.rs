//! The timeline of one service: each bar is within reach of the pointer and of the keys.

use yew::prelude::*;

use super::card::{CardProps, SPARK_PITCH, spark};
use crate::display::{Bars, after_key, day_clock, day_year, grouped, needs_years};

/// Its height, pixels.
const HEIGHT: u32 = 64;

/// The bars, with a cursor at bar `at`. A click or Enter brushes a bar, or takes the brush away again.
pub(super) fn timeline(
    props: &CardProps,
    at: &UseStateHandle<u32>,
    on_brush: &Callback<Option<(i64, i64)>>,
) -> Html {
    let buckets = props.buckets;
    let bars = Bars::fit(buckets.count, props.width, SPARK_PITCH);
    let bar = (**at).min(bars.count.saturating_sub(1));
    let brush = {
        let (now, on_brush) = (props.brush, on_brush.clone());
        move |bar: u32| {
            let range = Some((bars.start_ms(buckets, bar), bars.start_ms(buckets, bar + 1)));
            on_brush.emit(range.filter(|_| now != range));
        }
    };
    let onclick = {
        let (at, brush) = (at.clone(), brush.clone());
        Callback::from(move |event: MouseEvent| {
            let bar = bars.at(u32::try_from(event.offset_x()).unwrap_or_default());
            at.set(bar);
            brush(bar);
        })
    };
    let onkeydown = {
        let at = at.clone();
        Callback::from(move |event: KeyboardEvent| {
            let key = event.key();
            if key == "Enter" || key == " " {
                brush(bar);
            } else if let Some((to, _)) = after_key(&key, true, (bar, bars.count), bars.count) {
                at.set(to);
            } else {
                return;
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    html! {
        <div class="timeline" data-testid="service-timeline" role="slider" tabindex="0" aria-label="Time: Enter shows a bar alone"
            title="A click shows this time alone" aria-valuemin="0" aria-valuemax={bars.count.saturating_sub(1).to_string()}
            aria-valuenow={bar.to_string()} aria-valuetext={words(props, bars, bar)} {onclick} {onkeydown}>
            { spark(&props.card.sum.histogram, buckets, props.brush, props.width, HEIGHT, Some(bar)) }
        </div>
    }
}

/// When a bar starts and what is in it.
fn words(props: &CardProps, bars: Bars, bar: u32) -> String {
    let histogram = &props.card.sum.histogram;
    let (ok, error) = (bars.sum(&histogram.ok, bar), bars.sum(&histogram.error, bar));
    let years = needs_years(props.buckets.from_ms, Bars::end_ms(props.buckets));
    let moment = if years { day_year } else { day_clock };
    let start = moment(bars.start_ms(props.buckets, bar));
    let events = grouped(ok + error);
    let mut words =
        [start.as_str(), ": ", events.as_str(), if ok + error == 1 { " event" } else { " events" }].concat();
    if error > 0 {
        words.extend([", ", grouped(error).as_str(), " with an error"]);
    }
    words
}
