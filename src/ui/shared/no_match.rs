//! What a view shows where the query leaves nothing.

use yew::prelude::*;

use super::{Button, Icon, button, icon};

/// No event matches, and the way out.
pub fn no_match(on_clear_query: &Callback<()>) -> Html {
    let clear =
        Button { label: "Clear the query".into(), onclick: on_clear_query.clone(), ..Button::default() };
    html! {
        <div class="empty" role="status" data-testid="no-match">
            { icon(Icon::Search) }
            <h2>{ "No event matches" }</h2>
            <p>{ "Nothing in the loaded files fits the query and the time range" }</p>
            <div class="actions">{ button(clear) }</div>
        </div>
    }
}
