//! The tabs of the views.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::display::grouped;

/// One tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// `services`, `events`, …: its `data-testid` and `id` are `view-` and this.
    pub id: &'static str,
    /// `Services`.
    pub label: &'static str,
    /// The small grey number after it.
    pub count: Option<u64>,
}

/// Of [`Tabs`].
#[derive(Clone, PartialEq, Properties)]
pub struct TabsProps {
    /// All tabs.
    pub tabs: Vec<Tab>,
    /// The `id` of the chosen one.
    pub chosen: &'static str,
    /// With the `id` of the new choice.
    pub on_choose: Callback<&'static str>,
}

/// The row of tabs; the arrows of the keyboard move along it.
#[component]
pub fn Tabs(props: &TabsProps) -> Html {
    let row = use_node_ref();
    let onkeydown = {
        let (props, row) = (props.clone(), row.clone());
        Callback::from(move |event: KeyboardEvent| {
            let Some(place) = place_after(&props, &event.key()) else { return };
            event.prevent_default();
            event.stop_propagation();
            if let Some(tab) = props.tabs.get(place) {
                props.on_choose.emit(tab.id);
                focus(&row, place);
            }
        })
    };
    html! {
        <nav class="tabs" aria-label="Views">
            <div role="tablist" ref={row} {onkeydown}>
                for tab in &props.tabs { { one(tab, props) } }
            </div>
        </nav>
    }
}

fn one(tab: &Tab, props: &TabsProps) -> Html {
    let chosen = tab.id == props.chosen;
    let id = tab.id;
    let handle = format!("view-{id}");
    html! {
        <button type="button" role="tab" id={handle.clone()} data-testid={handle}
            aria-selected={if chosen { "true" } else { "false" }} aria-controls="view"
            tabindex={if chosen { "0" } else { "-1" }} onclick={props.on_choose.reform(move |_: MouseEvent| id)}>
            <span class="name" data-text={tab.label}>{ tab.label }</span>
            if let Some(count) = tab.count { <span class="quiet">{ grouped(count) }</span> }
        </button>
    }
}

fn place_after(props: &TabsProps, key: &str) -> Option<usize> {
    let last = props.tabs.len().checked_sub(1)?;
    let now = props.tabs.iter().position(|tab| tab.id == props.chosen).unwrap_or_default();
    match key {
        "ArrowRight" => Some(if now == last { 0 } else { now + 1 }),
        "ArrowLeft" => Some(now.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

fn focus(row: &NodeRef, place: usize) {
    let place = u32::try_from(place).unwrap_or_default();
    let tab = row.cast::<HtmlElement>().and_then(|row| row.children().item(place));
    if let Some(tab) = tab.and_then(|tab| tab.dyn_into::<HtmlElement>().ok()) {
        // Without focus the arrows still have chosen the view.
        let _ = tab.focus();
    }
}
