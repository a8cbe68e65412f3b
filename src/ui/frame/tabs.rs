//! The tabs of the views.

use yew::prelude::*;

use crate::display::grouped;
use crate::ui::shared::span;
use crate::web::page;

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

/// The row of tabs; the arrows of the keyboard move along it.
pub fn tabs(tabs: Vec<Tab>, chosen: &'static str, on_choose: &Callback<&'static str>) -> Html {
    let row = tabs.iter().map(|tab| one(tab, tab.id == chosen, on_choose)).collect::<Html>();
    let onkeydown = {
        let on_choose = on_choose.clone();
        Callback::from(move |event: KeyboardEvent| {
            let Some(place) = place_after(&tabs, chosen, &event.key()) else { return };
            event.prevent_default();
            event.stop_propagation();
            if let Some(tab) = tabs.get(place) {
                on_choose.emit(tab.id);
                // Without focus the arrows still have chosen the view.
                page::focus(&format!("view-{}", tab.id));
            }
        })
    };
    html! { <nav class="tabs" aria-label="Views"><div role="tablist" {onkeydown}>{ row }</div></nav> }
}

fn one(tab: &Tab, chosen: bool, on_choose: &Callback<&'static str>) -> Html {
    let id = tab.id;
    let handle = AttrValue::from(format!("view-{id}"));
    html! {
        <button type="button" role="tab" id={handle.clone()} data-testid={handle}
            aria-selected={if chosen { "true" } else { "false" }} aria-controls="view"
            tabindex={if chosen { "0" } else { "-1" }} onclick={on_choose.reform(move |_: MouseEvent| id)}>
            <span class="name" data-text={tab.label}>{ tab.label }</span>
            if let Some(count) = tab.count { { span("quiet", grouped(count)) } }
        </button>
    }
}

fn place_after(tabs: &[Tab], chosen: &str, key: &str) -> Option<usize> {
    let last = tabs.len().checked_sub(1)?;
    let now = tabs.iter().position(|tab| tab.id == chosen).unwrap_or_default();
    match key {
        "ArrowRight" => Some(if now == last { 0 } else { now + 1 }),
        "ArrowLeft" => Some(now.checked_sub(1).unwrap_or(last)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}
