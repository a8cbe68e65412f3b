//! The list under the query bar: what can go on where the caret stands.

use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

use crate::display::grouped;
use crate::query::{Completion, Offer, OfferKind};
use crate::ui::shared::{Icon, icon_small, span};
use crate::ui::shared::{masked, shown};

/// The `id` of the list.
pub const LIST: &str = "query-offers";

/// The `id` of an offer.
pub fn id_of(place: usize) -> String {
    format!("{LIST}-{place}")
}

/// Draws the list; `on_take` gets the place of an offer.
pub fn offers(completion: &Completion, active: Option<usize>, on_take: &Callback<usize>) -> Html {
    // The input keeps the focus.
    let onmousedown = Callback::from(|event: MouseEvent| event.prevent_default());
    html! {
        <ul class="offers" id={LIST} role="listbox" aria-label="What can go on here" data-testid="completion" {onmousedown}>
            for (place, one) in completion.offers.iter().enumerate() {
                { offer(place, one, active == Some(place), on_take) }
            }
        </ul>
    }
}

fn offer(place: usize, offer: &Offer, active: bool, on_take: &Callback<usize>) -> Html {
    let shape = match offer.kind {
        OfferKind::Field => Icon::Columns,
        OfferKind::Value => Icon::Equal,
        OfferKind::Operator => Icon::Plus,
        OfferKind::Saved => Icon::Flag,
        OfferKind::History => Icon::Clock,
    };
    html! {
        <li id={id_of(place)} role="option" aria-selected={if active { "true" } else { "false" }}
            data-testid="completion-item" data-kind={offer.kind.name()} data-text={masked(&offer.text).into_owned()}
            onclick={on_take.reform(move |_: MouseEvent| place)}>
            { icon_small(shape) }
            { span("v clip", shown(&offer.label).into_owned()) }
            { span("quiet clip", shown(&offer.note).into_owned()) }
            if let Some(count) = offer.count { { span("count", grouped(count)) } }
        </li>
    }
}

/// Brings an offer into sight.
pub fn reveal(place: usize) {
    if let Some(row) = gloo::utils::document().get_element_by_id(&id_of(place)) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        row.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
