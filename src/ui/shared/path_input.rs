//! A text field for the name of a field, or any path of a record.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use super::{Icon, icon_button, icon_small};
use crate::event::FIELDS;
use crate::query::PATHS;

/// Of [`PathInput`].
#[derive(Clone, PartialEq, Properties)]
pub struct PathInputProps {
    /// What it is for.
    pub label: &'static str,
    /// `data-testid` of the field.
    pub testid: &'static str,
    /// A name was given: Enter, or the button beside it.
    pub on_add: Callback<String>,
}

/// The field, with the names that are known offered while one types.
#[component]
pub fn PathInput(props: &PathInputProps) -> Html {
    let node = use_node_ref();
    let add = {
        let (node, on_add) = (node.clone(), props.on_add.clone());
        Callback::from(move |()| {
            let Some(input) = node.cast::<HtmlInputElement>() else { return };
            let text = input.value().trim().to_owned();
            if !text.is_empty() {
                input.set_value("");
                on_add.emit(text);
            }
        })
    };
    let onkeydown = {
        let add = add.clone();
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" {
                event.prevent_default();
                add.emit(());
            }
        })
    };
    let names = format!("{}-names", props.testid);
    html! {
        <div class="path-input">
            <label class="field">{ icon_small(Icon::Search) }
                <input ref={node} type="text" data-testid={props.testid} placeholder={props.label} aria-label={props.label}
                    list={names.clone()} autocomplete="off" spellcheck="false" {onkeydown} /></label>
            <datalist id={names}>
                for name in FIELDS.iter().map(|line| line.name).chain(PATHS.iter().copied()) { <option value={name} /> }
            </datalist>
            { icon_button(Icon::BarePlus, "Add it (Enter)", &add) }
        </div>
    }
}
