//! All of one service: its time, its figures, its facts, and lists of what happened, every item a filter.

use yew::prelude::*;

use super::card::{CardProps, ends, fact, figures, narrow, press, spark};
use crate::display::{Bars, breadth, grouped};
use crate::event::Field;
use crate::ui::shared::{
    Button, ButtonKind, Choice, Icon, button, card_facts, icon_small, monogram, service, shown, shown_as,
    span,
};

/// Height of the timeline, pixels.
const TIMELINE_HEIGHT: u32 = 64;
/// No bar and gap is narrower, as in the sparkline.
const PITCH: u32 = 4;
/// Items of each list in sight.
const MOST_ITEMS: usize = 12;

/// The page of the service on a card.
pub(super) fn page(
    props: &CardProps,
    on_close: &Callback<()>,
    on_brush: &Callback<Option<(i64, i64)>>,
) -> Html {
    let sum = &props.card.sum;
    let names = service(&sum.source);
    let parts: Vec<_> = props.card.parts.iter().collect();
    let facts = card_facts(&parts);
    // Details have a list of their own here.
    let facts = facts.iter().filter(|fact| fact.choices.iter().all(|choice| choice.0 != Field::Detail));
    html! {
        <section class="service-page" data-testid="service-page" data-source={props.card.sources.join(" ")}
            data-events={sum.events.to_string()} data-errors={sum.errors.to_string()}
            data-redactions={sum.redactions.to_string()} aria-label={names.name.to_string()}>
            <header>
                { button(Button { label: "All services".into(), icon: Some(Icon::Left), kind: ButtonKind::Quiet,
                    testid: Some("service-close"), onclick: on_close.clone(), ..Button::default() }) }
                { monogram(&names.monogram) }
                <h2>{ names.name.to_string() }</h2>
                { span("v quiet sources", shown(&props.card.sources.join(", ")).into_owned()) }
                <span class="push" />
                { press(props, vec![], "Only this service", html! {
                    <><b class="total">{ grouped(sum.events) }</b>
                        { span("soft", if sum.events == 1 { " event" } else { " events" }) }</> }) }
            </header>
            <div class="timeline" title="A click shows this time alone" onclick={at_time(props, on_brush)}>{ spark(&props.card.sum.histogram, props.buckets, props.brush, props.width, TIMELINE_HEIGHT) }</div>
            { ends(props) }
            { figures(props) }
            <div class="facts">
                for one in facts { { fact(props, one) } }
            </div>
            <div class="lists">
                { list(props, "Event names", &sum.names, Field::EventName) }
                { list(props, "Principals", &sum.principals, Field::Principal) }
                { list(props, "Resources", &sum.top_resources, Field::Resource) }
                { list(props, "Errors", &sum.failures, Field::Failure) }
                { list(props, "Details", &sum.details, Field::Detail) }
            </div>
        </section>
    }
}

/// A click into the timeline brushes the bar under it.
fn at_time(props: &CardProps, on_brush: &Callback<Option<(i64, i64)>>) -> Callback<MouseEvent> {
    let (buckets, width) = (props.buckets, props.width);
    on_brush.reform(move |event: MouseEvent| {
        let bars = Bars::fit(buckets.count, width, PITCH);
        let bar = bars.at(u32::try_from(event.offset_x()).unwrap_or_default());
        Some((bars.start_ms(buckets, bar), bars.start_ms(buckets, bar + 1)))
    })
}

fn list(props: &CardProps, title: &'static str, counts: &[(String, u64)], field: Field) -> Html {
    let top = counts.first().map_or(1, |(_, count)| *count).max(1);
    let rest = counts.len().saturating_sub(MOST_ITEMS);
    html! {
        if !counts.is_empty() {
            <section>
                <h3>{ title }</h3>
                <ul class={(field == Field::EventName && !props.card.sum.failed_names.is_empty()).then_some("split")}>
                    for (value, count) in counts.iter().take(MOST_ITEMS) { { item(props, value, *count, top, field) } }
                </ul>
                if rest > 0 { <p class="quiet">{ format!("{} more", grouped(rest as u64)) }</p> }
            </section>
        }
    }
}

fn item(props: &CardProps, value: &str, count: u64, top: u64, field: Field) -> Html {
    let choice = Choice { field, value: (!value.is_empty()).then(|| value.to_owned()), include: true };
    let failed =
        props.card.sum.failed_names.iter().find(|(name, _)| field == Field::EventName && name == value);
    let width = breadth(count, top);
    let label =
        if value.is_empty() { field.info().absent.to_owned() } else { shown_as(field, value).into_owned() };
    html! {
        <li>
            <button type="button" class="bar-item" title={label.clone()} onclick={narrow(props, vec![choice.clone()])}>
                <svg class="facet-bar" aria-hidden="true"><rect {width} height="100%" rx="3" /></svg>
                { span(if value.is_empty() { "v line ours" } else { "v line" }, label) }
                { span("amount", grouped(count)) }</button>
            if let Some((_, failed)) = failed {
                { press(props, vec![choice, Choice::present(Field::Failure)], "Only those that failed", html! {
                    <span class="failed is-err">{ icon_small(Icon::Error) }{ " " }{ grouped(*failed) }</span> }) }
            }
        </li>
    }
}
