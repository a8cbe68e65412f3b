//! Queries worth having at hand, and those of this tab.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::query::SAVED;
use crate::state::History;
use crate::ui::shared::{Icon, Same, icon_tiny, span};
use crate::ui::shared::{masked, shown};

/// Of [`SavedMenu`].
#[derive(Clone, PartialEq, Properties)]
pub struct SavedMenuProps {
    /// Queries of this tab, latest first.
    pub history: Same<History>,
    /// A query was chosen.
    pub on_choose: Callback<AttrValue>,
}

/// A button and the menu it opens.
#[component]
pub fn SavedMenu(props: &SavedMenuProps) -> Html {
    let open = use_state_eq(|| false);
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(*open, move |open| {
            if *open {
                step(&node, None, true);
            }
        });
    }
    let toggle = {
        let open = open.clone();
        Callback::from(move |_: MouseEvent| open.set(!*open))
    };
    let choose = |query: &str| {
        let (open, on_choose, query) = (open.setter(), props.on_choose.clone(), query.to_owned());
        Callback::from(move |_: MouseEvent| {
            open.set(false);
            on_choose.emit(query.clone().into());
        })
    };
    let onkeydown = {
        let (open, node) = (open.setter(), node.clone());
        Callback::from(move |event: KeyboardEvent| {
            let down = match event.key().as_str() {
                "ArrowDown" => true,
                "ArrowUp" => false,
                "Escape" => {
                    event.stop_propagation();
                    open.set(false);
                    if let Some(button) = child(&node, "button") {
                        let _ = button.focus();
                    }
                    return;
                }
                _ => return,
            };
            event.prevent_default();
            step(&node, gloo::utils::document().active_element(), down);
        })
    };
    let onfocusout = {
        let open = open.setter();
        let node = node.clone();
        Callback::from(move |event: FocusEvent| {
            let next = event.related_target().and_then(|next| next.dyn_into::<web_sys::Node>().ok());
            let here = node.cast::<web_sys::Node>();
            if !here.is_some_and(|here| here.contains(next.as_ref())) {
                open.set(false);
            }
        })
    };
    let item = |name: &str, query: &str, testid: &'static str| {
        html! {
            <button type="button" role="menuitem" data-testid={testid} data-name={masked(name).into_owned()}
                onclick={choose(query)} title={masked(query).into_owned()}>
                if name != query { { span("name", name.to_owned()) } }
                { span("v clip", shown(query).into_owned()) }
            </button>
        }
    };
    html! {
        <div class="saved" ref={node} {onkeydown} {onfocusout}>
            <button type="button" class="button tool quiet" aria-haspopup="menu" data-testid="saved-open" aria-label="Saved queries"
                aria-expanded={if *open { "true" } else { "false" }} onclick={toggle}>
                <span class="word">{ "Saved" }</span>{ icon_tiny(Icon::Down) }
            </button>
            if *open {
                <div class="menu" role="menu" aria-label="Saved queries">
                    if !props.history.all().is_empty() { <h3>{ "This tab" }</h3> }
                    for query in props.history.all().iter().take(5) {
                        { item(query, query, "history-query") }
                    }
                    for (place, saved) in SAVED.iter().enumerate() {
                        if place == 0 || SAVED[place - 1].group != saved.group { <h3>{ saved.group }</h3> }
                        { item(saved.name, saved.query, "saved-query") }
                    }
                </div>
            }
        </div>
    }
}

fn child(node: &NodeRef, what: &str) -> Option<HtmlElement> {
    node.cast::<web_sys::Element>()?.query_selector(what).ok()??.dyn_into().ok()
}

/// Moves the focus to the next query of the menu, or to the first.
fn step(node: &NodeRef, from: Option<web_sys::Element>, down: bool) {
    let mut next = from.filter(|from| from.get_attribute("role").as_deref() == Some("menuitem"));
    while let Some(here) = next {
        next = if down { here.next_element_sibling() } else { here.previous_element_sibling() };
        if next.as_ref().is_some_and(|next| next.get_attribute("role").is_some()) {
            break;
        }
    }
    let found =
        next.and_then(|next| next.dyn_into::<HtmlElement>().ok()).or_else(|| child(node, "[role=menuitem]"));
    if let Some(found) = found {
        let _ = found.focus();
    }
}
