//! The grid of cards with its order switch.

use web_sys::Element;
use yew::prelude::*;

use super::card::{Card, CardProps};
use super::page::{Opened, page};
use crate::display::{CardOrder, cards, grouped};
use crate::protocol::{Answer, Buckets};
use crate::ui::shared::{OnFilter, Same, bold, card_key, no_match, segmented, service, span, use_width};

/// Of [`ServicesView`].
#[derive(Clone, PartialEq, Properties)]
pub struct ServicesViewProps {
    /// The answer.
    pub answer: Same<Answer>,
    /// The buckets of its sparklines.
    pub buckets: Buckets,
    /// The brushed range: what is outside is drawn faint.
    pub brush: Option<(i64, i64)>,
    /// Reading goes on: "so far".
    #[prop_or_default]
    pub reading: bool,
    /// The order of the cards.
    pub order: CardOrder,
    /// Another order.
    pub on_order: Callback<CardOrder>,
    /// The source whose service is open as a page.
    #[prop_or_default]
    pub open: Option<AttrValue>,
    /// Open the page of a service, or close it.
    pub on_open: Callback<Option<String>>,
    /// A time was pressed in a timeline.
    pub on_brush: Callback<Option<(i64, i64)>>,
    /// A figure or an item was pressed.
    pub on_filter: OnFilter,
    /// A way out where nothing matches.
    pub on_clear_query: Callback<()>,
}

/// The services.
#[component]
pub fn ServicesView(props: &ServicesViewProps) -> Html {
    let grid = use_node_ref();
    let (bar, unfolded) = (use_state_eq(|| 0u32), use_state_eq(|| None));
    let width = use_width(&grid);
    // A page starts at its top, wherever its card stood.
    use_effect_with((grid.clone(), props.open.clone()), |(grid, _)| {
        let view = grid.cast::<Element>().and_then(|grid| grid.closest(".view").ok().flatten());
        if let Some(view) = view {
            view.set_scroll_top(0);
        }
    });
    let made = use_memo((props.answer.clone(), props.order), |(answer, order)| {
        cards(
            &answer.services,
            *order,
            |source| card_key(source).to_owned(),
            |source| service(source).name.into_owned(),
        )
        .into_iter()
        .map(Same::new)
        .collect::<Vec<_>>()
    });
    let columns = columns(width);
    let inner = (width.saturating_sub(32 + 12 * (columns - 1)) / columns).saturating_sub(26);
    let chosen = CardOrder::ALL.iter().position(|order| *order == props.order).unwrap_or_default();
    let on_choose =
        props.on_order.reform(|place: usize| CardOrder::ALL.get(place).copied().unwrap_or_default());
    let options = CardOrder::ALL.iter().map(|order| AttrValue::from(order.label())).collect();
    let on_open = props.on_open.reform(Some);
    let on_close = {
        let unfolded = unfolded.clone();
        props.on_open.reform(move |()| {
            unfolded.set(None);
            None
        })
    };
    let open = props.open.as_ref().map(|source| card_key(source));
    if let Some(card) = made.iter().find(|card| open.is_some() && open == Some(card_key(&card.sum.source))) {
        let inside = CardProps {
            card: card.clone(),
            width: width.saturating_sub(32),
            buckets: props.buckets,
            brush: props.brush,
            on_filter: props.on_filter.clone(),
            on_open,
        };
        let page = page(&inside, &Opened { bar, unfolded }, &on_close, &props.on_brush);
        return html! { <div class="services" ref={grid}>{ page }</div> };
    }
    html! {
        <div class="services" ref={grid}>
            if props.answer.matched == 0 && !props.reading { { no_match(&props.on_clear_query) } }
            <div class="toolbar" hidden={made.is_empty()}>
                <p>{ bold(grouped(made.len() as u64)) }
                    { span("soft", if made.len() == 1 { " service, " } else { " services, " }) }
                    { bold(grouped(props.answer.matched)) }
                    { span("soft", if props.reading { " events so far" } else { " events" }) }</p>
                <span class="push" />
                { span("soft order", "Order") }
                { segmented("Order", options, chosen, &on_choose) }
            </div>
            <div class={format!("cards columns-{columns}")}>
                for card in made.iter() {
                    <Card key={card.sum.source.clone()} card={card.clone()} width={inner} buckets={props.buckets}
                        brush={props.brush} on_filter={props.on_filter.clone()} on_open={on_open.clone()} />
                }
            </div>
        </div>
    }
}

/// Columns for a width of content: three at 1440 with the rail, two beside the inspector.
fn columns(width: u32) -> u32 {
    match width {
        0..640 => 1,
        640..1060 => 2,
        1060..1480 => 3,
        _ => 4,
    }
}
