//! The rail with its search over fields and values.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::facet::FacetPanel;
use crate::event::Field;
use crate::protocol::Answer;
use crate::state::{Columns, ColumnsAction};
use crate::ui::frame::RailState;
use crate::ui::shared::{Choice, Icon, Names, PathInput, Same, icon_button, icon_small};

/// The `id` of the search input.
pub const RAIL_SEARCH: &str = "rail-search";

/// Of [`Rail`].
#[derive(Clone, PartialEq, Properties)]
pub struct RailProps {
    /// The answer whose facets are shown; `None` before the first.
    pub answer: Option<Same<Answer>>,
    /// What the added facets stand for.
    pub columns: Same<Columns>,
    /// A facet comes or goes.
    pub on_columns: Callback<ColumnsAction>,
    /// What the query names of facet values, in or out.
    pub chosen: Same<Vec<Choice>>,
    /// Names of accounts.
    pub names: Names,
    /// + was pressed: only with this value; pressed again, no longer.
    pub on_include: Callback<(Field, Option<String>)>,
    /// − was pressed: without this value; pressed again, no longer.
    pub on_exclude: Callback<(Field, Option<String>)>,
    /// The rail's own button.
    pub on_rail: Callback<RailState>,
    /// `Counts so far, 42 % read` while reading.
    #[prop_or_default]
    pub so_far: Option<AttrValue>,
    /// An older answer is still shown: dimmed.
    #[prop_or_default]
    pub stale: bool,
}

/// The rail at the left.
#[component]
pub fn Rail(props: &RailProps) -> Html {
    let search = use_state_eq(AttrValue::default);
    let oninput = {
        let search = search.setter();
        Callback::from(move |event: InputEvent| {
            let input: HtmlInputElement = event.target_unchecked_into();
            search.set(AttrValue::from(input.value()));
        })
    };
    let close = props.on_rail.reform(|()| RailState::Closed);
    let open = props.on_rail.reform(|()| RailState::Open);
    html! {
        <aside class="rail" aria-label="Filters">
            <div class="rail-strip">{ icon_button(Icon::Rail, "Show the filters (b)", &open) }</div>
            <div class="rail-head">
                <label class="field">{ icon_small(Icon::Search) }
                    <input id={RAIL_SEARCH} type="text" placeholder="Find a field or value" autocomplete="off"
                        spellcheck="false" aria-label="Find a field or value" value={&*search} {oninput} /></label>
                { icon_button(Icon::Rail, "Hide the filters (b)", &close) }
            </div>
            if let Some(so_far) = &props.so_far { <p class="so-far">{ so_far }</p> }
            <div class={classes!("rail-body", props.stale.then_some("stale"))}>
                if let Some(answer) = &props.answer { { facets(answer, &search, props) }
                    <PathInput label="Add a field or path" testid="facet-add"
                        on_add={props.on_columns.reform(ColumnsAction::Facet)} />
                } else { { skeleton() } }
            </div>
        </aside>
    }
}

fn facets(answer: &Same<Answer>, search: &AttrValue, props: &RailProps) -> Html {
    html! {
        for (place, facet) in answer.facets.iter().enumerate() {
            <FacetPanel key={props.columns.name(facet.field).to_owned()} answer={answer.clone()} {place} chosen={props.chosen.clone()}
                names={props.names.clone()} columns={props.columns.clone()} on_columns={props.on_columns.clone()}
                search={search.clone()} on_include={props.on_include.clone()}
                on_exclude={props.on_exclude.clone()} />
        }
    }
}

/// Bars where values will be. They come in by CSS only after 200 ms, so a quick answer shows none.
fn skeleton() -> Html {
    html! {
        <div class="skeleton" aria-hidden="true">
            for _ in 0..12 { <i /> }
        </div>
    }
}
