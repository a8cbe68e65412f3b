//! The histogram with its head, scale, axis and brush.

use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use super::bars::{Drawing, draw_all};
use crate::display::{
    Bars, Hold, Tick, after_key, bar_at, duration, edges, grouped, iso, needs_years, round_up, ticks, times,
};
use crate::protocol::{Answer, Buckets};
use crate::ui::shared::{Icon, Same, bold, click, icon_button, icon_button_as, icon_tiny, span, use_width};
use crate::ui::shared::{day_minute, day_year, local, zone_at};

const BARS_HEIGHT: u32 = 54;
/// 2 px of bar and 1 px of gap.
const LEAST_PITCH: u32 = 3;
const TICK_ROOM: u32 = 96;

/// What the histogram shows and does.
pub struct HistogramPanel<'a> {
    /// The answer whose histogram is drawn.
    pub answer: Same<Answer>,
    /// The buckets of that answer.
    pub buckets: Buckets,
    /// The brushed range, milliseconds since 1970 UTC.
    pub brush: Option<(i64, i64)>,
    /// The new range; `None` clears it.
    pub on_brush: &'a Callback<Option<(i64, i64)>>,
    /// Only its one-line head is shown.
    pub collapsed: bool,
    /// Unfold or fold.
    pub on_collapse: &'a Callback<()>,
    /// Reading goes on.
    pub reading: bool,
    /// An older answer is still shown: dimmed.
    pub stale: bool,
}

/// The histogram.
pub fn histogram_panel(panel: &HistogramPanel) -> Html {
    let HistogramPanel { answer, buckets, brush, .. } = panel;
    let dated = buckets.count > 0;
    let class = match (panel.collapsed, panel.stale) {
        (true, _) => "histogram collapsed",
        (false, true) => "histogram stale",
        (false, false) => "histogram",
    };
    html! {
        <section {class} aria-label="Histogram" data-testid="histogram"
            data-from={dated.then(|| iso(buckets.from_ms))} data-to={dated.then(|| iso(Bars::end_ms(*buckets)))}
            data-brush-from={brush.map(|(from, _)| iso(from))} data-brush-to={brush.map(|(_, to)| iso(to))}>
            if panel.collapsed { { closed_head(panel) } } else {
                { open_head(panel) }
                <Plot {answer} buckets={*buckets} brush={*brush} on_brush={panel.on_brush} />
            }
        </section>
    }
}

/// A moment of the range: `9 Jul 18:00`, or `9 Jul 2023` where the range holds several Julys.
pub(super) fn moment(ms: i64, buckets: Buckets) -> String {
    if needs_years(buckets.from_ms, Bars::end_ms(buckets)) { day_year(ms) } else { day_minute(ms) }
}

fn range_words((from, to): (i64, i64), buckets: Buckets) -> String {
    format!("{} to {} {}", moment(from, buckets), moment(to, buckets), zone_at(to))
}

fn whole_range(buckets: Buckets) -> String {
    range_words((buckets.from_ms, Bars::end_ms(buckets)), buckets)
}

fn closed_head(panel: &HistogramPanel) -> Html {
    let range =
        panel.brush.map_or_else(|| whole_range(panel.buckets), |brush| range_words(brush, panel.buckets));
    html! {
        <button type="button" class="histogram-line" aria-expanded="false" onclick={click(panel.on_collapse)}
            title="Show the histogram (h)">
            { icon_tiny(Icon::Right) }{ span("", "Histogram") }
            { span("quiet", format!("{range}, {} events", grouped(panel.answer.matched))) }
        </button>
    }
}

fn open_head(panel: &HistogramPanel) -> Html {
    let HistogramPanel { answer, buckets, .. } = panel;
    let of = if panel.brush.is_some() { "of " } else { "" };
    let step = u64::try_from(buckets.step_ms).unwrap_or_default();
    html! {
        <div class="histogram-head">
            { legend("swatch", "ok ", answer.matched - answer.errors.min(answer.matched)) }
            { legend("swatch err", "error ", answer.errors) }
            { span("soft wide", "by outcome") }
            if step > 0 && buckets.count > 0 && answer.matched > 0 { { span("quiet wide", format!("{} per step", duration(step))) } }
            <span class="push" />
            if let Some(brush) = panel.brush { { pill(brush, panel) } }
            if panel.reading { { span("quiet wide", "newest files first") } }
            if buckets.count > 0 { { span("quiet range", format!("{of}{}", whole_range(*buckets))) } }
            { icon_button_as(Icon::Up, "Hide the histogram (h)", "icon-button fold", None, panel.on_collapse) }
        </div>
    }
}

fn legend(class: &'static str, word: &'static str, count: u64) -> Html {
    html! { <span class="legend"><i {class} />{ word }{ bold(grouped(count)) }</span> }
}

fn pill((from, to): (i64, i64), panel: &HistogramPanel) -> Html {
    let length = u64::try_from(to.saturating_sub(from)).unwrap_or_default();
    let moment = |ms| bold(moment(ms, panel.buckets));
    html! {
        <span class="range-pill"><span>{ moment(from) }{ " to " }{ moment(to) }</span>
            { span("soft", duration(length)) }
            { icon_button(Icon::Close, "Whole range (0)", &panel.on_brush.reform(|()| None)) }
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
    let pointed_at = use_state_eq(|| false);
    let drawing = Drawing { buckets, bars, brush: shown, height: BARS_HEIGHT, top, titled: *pointed_at };

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
        let (node, held, pointed_at) = (node.clone(), held.clone(), pointed_at.setter());
        Callback::from(move |event: PointerEvent| {
            pointed_at.set(true);
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
                        { draw_all(&props.answer.histogram, drawing) }
                        <path class="base" d={format!("M0 54.5H{total}")} />
                        { for marks(buckets, total) }
                    </svg>
                    if range.is_some() {
                        <svg class="plot-grips" width={total.to_string()} height="54">{ grip(true) }{ grip(false) }</svg>
                    }
                }
            </div>
            <div class="plot-scale" aria-hidden="true">
                if ready { { span("", grouped(top)) }{ span("", grouped(top / 2)) } }
            </div>
        </div>
    }
}

/// The marks of the axis, where the clocks of the zone are round. A summer time that begins in between
/// moves none of them.
fn marks(buckets: Buckets, total: u32) -> impl Iterator<Item = Html> {
    let (from, to) = (buckets.from_ms, Bars::end_ms(buckets));
    let shift = local(to).saturating_sub(to);
    let marks = ticks(from.saturating_add(shift), to.saturating_add(shift), total, TICK_ROOM);
    marks
        .into_iter()
        .map(move |tick| draw_tick(&Tick { at_ms: tick.at_ms.saturating_sub(shift), ..tick }, buckets, total))
}

fn pixel(plot: &Element, event: &PointerEvent) -> i32 {
    event.client_x() - plot.get_bounding_client_rect().left() as i32
}

fn summary(props: &PlotProps) -> String {
    let answer = &props.answer;
    format!(
        "{}: {} events match, {} of them with an error",
        whole_range(props.buckets),
        grouped(answer.matched),
        grouped(answer.errors)
    )
}

fn draw_tick(tick: &Tick, buckets: Buckets, total: u32) -> Html {
    let span = i128::from(Bars::end_ms(buckets).saturating_sub(buckets.from_ms).max(1));
    let at = i128::from(tick.at_ms.saturating_sub(buckets.from_ms));
    let x = u32::try_from(at * i128::from(total) / span).unwrap_or_default();
    // A label that would be cut off says less than none.
    let room = 6 * u32::try_from(tick.label.len()).unwrap_or_default();
    html! {
        <>
            <path class="tick" d={format!("M{x}.5 54V60")} />
            if x + room <= total {
                <text class={tick.major.then_some("major")} x={(x + 4).to_string()} y="68">{ &tick.label }</text>
            }
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
    let words = {
        let at = bars.start_ms(buckets, edge);
        format!("{} {}", moment(at, buckets), zone_at(at))
    };
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
