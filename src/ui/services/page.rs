//! All of one service: its time, its figures, its facts, and lists of what happened, every item a filter.

use yew::prelude::*;

use super::card::{CardProps, ends, fact, figures, narrow, press};
use super::timeline::timeline;
use crate::display::{breadth, grouped};
use crate::event::Field;
use crate::ui::shared::{
    Button, ButtonKind, CardFact, Choice, Icon, Unfolded, button, card_facts, icon_small, in_sight, monogram,
    more, service, shown, shown_as, span,
};

/// Items of each list in sight.
const MOST_ITEMS: usize = 12;
/// Items of each list that a shard sends at most.
const MOST_SENT: usize = 500;

/// What the reader did on the page.
pub(super) struct Opened {
    /// The bar of the timeline that the keys are at.
    pub bar: UseStateHandle<u32>,
    pub unfolded: Unfolded,
}

/// The page of the service on a card.
pub(super) fn page(
    props: &CardProps,
    opened: &Opened,
    on_close: &Callback<()>,
    on_brush: &Callback<Option<(i64, i64)>>,
) -> Html {
    let sum = &props.card.sum;
    let names = service(&sum.source);
    let parts: Vec<_> = props.card.parts.iter().collect();
    let facts = card_facts(&parts);
    // Details and resources have lists of their own here.
    let listed =
        |fact: &CardFact| matches!(fact.choices[..], [(Field::Detail | Field::Resource, Some(_), _)]);
    let facts = facts.iter().filter(|fact| !listed(fact));
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
            { timeline(props, &opened.bar, on_brush) }
            { ends(props) }
            { figures(props) }
            <div class="facts">
                for one in facts { { fact(props, one) } }
            </div>
            <div class="lists">
                { list(props, &opened.unfolded, "Event names", &sum.names, Field::EventName) }
                { list(props, &opened.unfolded, "Principals", &sum.principals, Field::Principal) }
                { list(props, &opened.unfolded, "Resources", &sum.top_resources, Field::Resource) }
                { list(props, &opened.unfolded, "Errors", &sum.failures, Field::Failure) }
                { list(props, &opened.unfolded, "Details", &sum.details, Field::Detail) }
            </div>
        </section>
    }
}

fn list(
    props: &CardProps,
    unfolded: &Unfolded,
    title: &'static str,
    counts: &[(String, u64)],
    field: Field,
) -> Html {
    let top = counts.first().map_or(1, |(_, count)| *count).max(1);
    let sight = in_sight(unfolded, field, counts.len(), MOST_ITEMS);
    html! {
        if !counts.is_empty() {
            <section>
                <h3>{ title }</h3>
                <ul class={(field == Field::EventName && !props.card.sum.failed_names.is_empty()).then_some("split")}>
                    for (value, count) in counts.iter().take(sight) { { item(props, value, *count, top, field) } }
                </ul>
                { more(unfolded, field, counts.len(), MOST_ITEMS, MOST_SENT) }
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
