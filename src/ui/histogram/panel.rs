//! The histogram with its head, scale, axis and brush.

use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use super::bars::{Bars, draw_all};
use super::brush::{Hold, after_key, bar_at, edges, times};
use crate::display::{Tick, day_minute, duration, grouped, iso, round_up, ticks};
use crate::protocol::{Answer, Buckets};
use crate::ui::shared::{Icon, IconButton, Same, icon_tiny, use_width};

const BARS_HEIGHT: u32 = 54;
/// 2 px of bar and 1 px of gap.
const LEAST_PITCH: u32 = 3;
const TICK_ROOM: u32 = 96;

/// Of [`HistogramPanel`].
#[derive(Clone, PartialEq, Properties)]
pub struct HistogramPanelProps {
    /// The answer whose histogram is drawn; `None` before the first.
    pub answer: Option<Same<Answer>>,
    /// The buckets of that answer.
    pub buckets: Buckets,
    /// The brushed range, milliseconds since 1970 UTC.
    pub brush: Option<(i64, i64)>,
    /// The new range; `None` clears it.
    pub on_brush: Callback<Option<(i64, i64)>>,
    /// Only its one-line head is shown.
    pub collapsed: bool,
    /// Unfold or fold.
    pub on_collapse: Callback<()>,
    /// `newest files first` while reading.
    #[prop_or_default]
    pub note: Option<AttrValue>,
    /// An older answer is still shown: dimmed.
    #[prop_or_default]
    pub stale: bool,
}

/// The histogram.
#[component]
pub fn HistogramPanel(props: &HistogramPanelProps) -> Html {
    let answer = props.answer.clone().unwrap_or_default();
    let end = range_end(props.buckets);
    let dated = props.buckets.count > 0;
    let stale = props.stale.then_some("stale");
    html! {
        <section class={classes!("histogram", props.collapsed.then_some("collapsed"), stale)} aria-label="Histogram"
            data-testid="histogram" data-from={dated.then(|| iso(props.buckets.from_ms))}
            data-to={dated.then(|| iso(end))}
            data-brush-from={props.brush.map(|(from, _)| iso(from))}
            data-brush-to={props.brush.map(|(_, to)| iso(to))}>
            if props.collapsed { { closed_head(props, &answer) } } else {
                { open_head(props, &answer) }
                <Plot {answer} buckets={props.buckets} brush={props.brush} on_brush={props.on_brush.clone()} />
            }
        </section>
    }
}

fn range_end(buckets: Buckets) -> i64 {
    buckets.from_ms.saturating_add(buckets.step_ms.saturating_mul(i64::from(buckets.count)))
}

fn closed_head(props: &HistogramPanelProps, answer: &Answer) -> Html {
    let (from, to) = props.brush.unwrap_or((props.buckets.from_ms, range_end(props.buckets)));
    html! {
        <button type="button" class="histogram-line" aria-expanded="false"
            onclick={props.on_collapse.reform(|_: MouseEvent| ())} title="Show the histogram (h)">
            { icon_tiny(Icon::Right) }<span>{ "Histogram" }</span>
            <span class="quiet">{ format!("{} to {} UTC, {} events", day_minute(from), day_minute(to),
                grouped(answer.matched)) }</span>
        </button>
    }
}

fn open_head(props: &HistogramPanelProps, answer: &Answer) -> Html {
    let buckets = props.buckets;
    let whole = format!("{} to {} UTC", day_minute(buckets.from_ms), day_minute(range_end(buckets)));
    let step = u64::try_from(buckets.step_ms).unwrap_or_default();
    html! {
        <div class="histogram-head">
            <span class="legend"><i class="swatch" />{ "ok " }<b>{ grouped(answer.matched - answer.errors.min(answer.matched)) }</b></span>
            <span class="legend"><i class="swatch err" />{ "error " }<b>{ grouped(answer.errors) }</b></span>
            <span class="soft wide">{ "by outcome" }</span>
            if step > 0 { <span class="quiet wide">{ format!("{} per step", duration(step)) }</span> }
            <span class="push" />
            if let Some(brush) = props.brush { { pill(brush, props) } }
            if let Some(note) = &props.note { <span class="quiet wide">{ note }</span> }
            if buckets.count > 0 {
                <span class="quiet range">{ if props.brush.is_some() { format!("of {whole}") } else { whole } }</span>
            }
            <IconButton icon={Icon::Up} name="Hide the histogram (h)" class="fold"
                onclick={props.on_collapse.clone()} />
        </div>
    }
}

fn pill((from, to): (i64, i64), props: &HistogramPanelProps) -> Html {
    let length = u64::try_from(to.saturating_sub(from)).unwrap_or_default();
    html! {
        <span class="range-pill"><span><b>{ day_minute(from) }</b>{ " to " }<b>{ day_minute(to) }</b></span>
            <span class="soft">{ duration(length) }</span>
            <IconButton icon={Icon::Close} name="Whole range (0)" onclick={props.on_brush.reform(|()| None)} />
        </span>
    }
}

#[derive(Clone, PartialEq, Properties)]
struct PlotProps {
    answer: Same<Answer>,
    buckets: Buckets,
    brush: Option<(i64, i64)>,
    on_brush: Callback<Option<(i64, i64)>>,
}

#[component]
fn Plot(props: &PlotProps) -> Html {
    let node = use_node_ref();
    let width = use_width(&node);
    // While dragging: what is held, and the range in edges.
    let held = use_state_eq(|| None::<(Hold, (u32, u32))>);
    let buckets = props.buckets;
    let bars = Bars::fit(buckets.count, width, LEAST_PITCH);
    let range = held.map(|(_, range)| range).or_else(|| props.brush.map(|brush| edges(brush, buckets, bars)));
    let shown = range.map(|range| times(range, buckets, bars));
    let top = round_up(bars.highest(&props.answer.histogram));
    let ready = width > 0 && buckets.count > 0;

    let start = |hold: Option<Hold>| {
        let (node, held) = (node.clone(), held.setter());
        Callback::from(move |event: PointerEvent| {
            if event.button() != 0 {
                return;
            }
            event.prevent_default();
            event.stop_propagation();
            let Some(plot) = node.cast::<Element>() else { return };
            // Without capture a drag ends where the pointer leaves the plot; nothing worse.
            let _ = plot.set_pointer_capture(event.pointer_id());
            let x = pixel(&plot, &event);
            let hold = hold.unwrap_or(Hold::New(bar_at(x, bars)));
            held.set(Some((hold, hold.range(x, bars))));
        })
    };
    let onpointermove = {
        let (node, held) = (node.clone(), held.clone());
        Callback::from(move |event: PointerEvent| {
            if let (Some((hold, _)), Some(plot)) = (*held, node.cast::<Element>()) {
                held.set(Some((hold, hold.range(pixel(&plot, &event), bars))));
            }
        })
    };
    let onpointerup = {
        let (held, on_brush) = (held.clone(), props.on_brush.clone());
        Callback::from(move |_: PointerEvent| {
            if let Some((_, range)) = *held {
                held.set(None);
                on_brush.emit(Some(times(range, buckets, bars)));
            }
        })
    };
    let onpointercancel = {
        let held = held.setter();
        Callback::from(move |_: PointerEvent| held.set(None))
    };
    let ondblclick = props.on_brush.reform(|_: MouseEvent| None);
    let grip = |left_grip: bool| {
        range.map(|edges| {
            let hold = if left_grip { Hold::Left(edges.1) } else { Hold::Right(edges.0) };
            draw_grip(left_grip, edges, start(Some(hold)), props, bars)
        })
    };
    let total = bars.width;
    html! {
        <div class="plot">
            <div class="plot-area" ref={node.clone()} onpointerdown={start(None)} {onpointermove} {onpointerup}
                {onpointercancel} {ondblclick}>
                if ready {
                    <svg class="plot-bars" width={total.to_string()} height="72" role="img"
                        aria-label={summary(props)}>
                        <path class="scale" d={format!("M0 .5H{total}M0 27.5H{total}")} />
                        if let Some((left, right)) = range {
                            <rect class="brush" x={bars.x(left).to_string()} y="0"
                                width={(bars.x(right) - bars.x(left)).to_string()} height="54" />
                        }
                        { draw_all(&props.answer.histogram, buckets, bars, shown, BARS_HEIGHT, top) }
                        <path class="base" d={format!("M0 54.5H{total}")} />
                        for tick in &ticks(buckets.from_ms, range_end(buckets), total, TICK_ROOM) {
                            { draw_tick(tick, buckets, total) }
                        }
                    </svg>
                    if range.is_some() {
                        <svg class="plot-grips" width={total.to_string()} height="54">{ grip(true) }{ grip(false) }</svg>
                    }
                }
            </div>
            <div class="plot-scale" aria-hidden="true">
                if ready { <span>{ grouped(top) }</span><span>{ grouped(top / 2) }</span> }
            </div>
        </div>
    }
}

fn pixel(plot: &Element, event: &PointerEvent) -> i32 {
    event.client_x() - plot.get_bounding_client_rect().left() as i32
}

fn summary(props: &PlotProps) -> String {
    let answer = &props.answer;
    format!(
        "{} to {} UTC: {} events match, {} of them with an error",
        day_minute(props.buckets.from_ms),
        day_minute(range_end(props.buckets)),
        grouped(answer.matched),
        grouped(answer.errors)
    )
}

fn draw_tick(tick: &Tick, buckets: Buckets, total: u32) -> Html {
    let span = range_end(buckets).saturating_sub(buckets.from_ms).max(1);
    let x = (tick.at_ms.saturating_sub(buckets.from_ms) as f64 / span as f64 * f64::from(total)).round();
    // A label that would be cut off says less than none.
    let fits = x + 34.0 <= f64::from(total);
    html! {
        <>
            <path class="tick" d={format!("M{}.5 54V60", x as u32)} />
            if fits { <text class={tick.major.then_some("major")} x={(x + 4.0).to_string()} y="68">{ &tick.label }</text> }
        </>
    }
}

fn draw_grip(
    left_grip: bool,
    edges: (u32, u32),
    onpointerdown: Callback<PointerEvent>,
    props: &PlotProps,
    bars: Bars,
) -> Html {
    let edge = if left_grip { edges.0 } else { edges.1 };
    let x = bars.x(edge);
    let (buckets, on_brush) = (props.buckets, props.on_brush.clone());
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if let Some(edges) = after_key(&event.key(), left_grip, edges, bars.count) {
            event.prevent_default();
            event.stop_propagation();
            on_brush.emit(Some(times(edges, buckets, bars)));
        }
    });
    let name = if left_grip { "Start of the range" } else { "End of the range" };
    let words = format!("{} UTC", day_minute(bars.start_ms(buckets, edge)));
    let handle = if left_grip { "brush-from" } else { "brush-to" };
    html! {
        <g class="grip" role="slider" tabindex="0" aria-label={name} aria-valuemin="0" data-testid={handle}
            aria-valuemax={bars.count.to_string()} aria-valuenow={edge.to_string()} aria-valuetext={words}
            {onpointerdown} {onkeydown}>
            <path class="edge" d={format!("M{x} 0V54")} />
            <rect class="touch" x={(i64::from(x) - 10).to_string()} y="0" width="20" height="54" />
            <rect class="handle" x={(i64::from(x) - 3).to_string()} y="18" width="7" height="18" rx="2" />
            <path class="lines" d={format!("M{} 24.5v5M{} 24.5v5", i64::from(x) - 1, i64::from(x) + 2)} />
        </g>
    }
}
