//! What a view shows where the query leaves nothing.

use yew::prelude::*;

use super::{Button, Icon, icon};
use crate::display::grouped;

/// Of [`NoMatch`].
#[derive(Clone, PartialEq, Properties)]
pub struct NoMatchProps {
    /// Events loaded.
    pub events: u64,
    /// A range is brushed: lifting it is a way out.
    pub brushed: bool,
    /// Clear the query.
    pub on_clear_query: Callback<()>,
    /// Lift the brush.
    pub on_whole_range: Callback<()>,
}

/// No event matches, and the ways out.
#[component]
pub fn NoMatch(props: &NoMatchProps) -> Html {
    let asked = if props.brushed { "this query and this range of time" } else { "this query" };
    html! {
        <div class="empty" data-testid="no-match">
            { icon(Icon::Search) }
            <h2>{ "No event matches" }</h2>
            <p>{ format!("None of {} events fits {asked}.", grouped(props.events)) }</p>
            <div class="actions">
                if props.brushed {
                    <Button label="Whole range" onclick={props.on_whole_range.clone()} />
                }
                <Button label="Clear the query" onclick={props.on_clear_query.clone()} />
            </div>
        </div>
    }
}
