//! A modal: the browser's own `dialog`, which keeps the focus inside and closes on Esc.

use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};
use yew::prelude::*;

use super::{Icon, icon_button};

/// Of [`Dialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct DialogProps {
    /// Its head.
    pub title: AttrValue,
    /// When Esc or × is pressed, or beside it.
    pub on_close: Callback<()>,
    /// What is in it.
    pub children: Html,
}

/// Open for as long as it is rendered.
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let node = use_node_ref();
    use_effect_with(node.clone(), |node| {
        let before = gloo::utils::document().active_element();
        let before = before.and_then(|element| element.dyn_into::<HtmlElement>().ok());
        let dialog = node.cast::<HtmlDialogElement>();
        if let Some(dialog) = &dialog {
            // Fails only when it is open already.
            let _ = dialog.show_modal();
        }
        move || {
            // While it is open, nothing outside of it takes the focus.
            if let Some(dialog) = dialog {
                dialog.close();
            }
            if let Some(before) = before {
                let _ = before.focus();
            }
        }
    });
    let oncancel = props.on_close.reform(|event: Event| event.prevent_default());
    let onkeydown = Callback::from(|event: KeyboardEvent| event.stop_propagation());
    let onclick = {
        let (node, on_close) = (node.clone(), props.on_close.clone());
        Callback::from(move |event: MouseEvent| {
            // A click on the backdrop has the dialog itself as its target.
            let target = event.target_dyn_into::<HtmlDialogElement>();
            if target.is_some() && target == node.cast::<HtmlDialogElement>() {
                on_close.emit(());
            }
        })
    };
    html! {
        <dialog class="dialog" ref={node} aria-label={props.title.clone()} {oncancel} {onkeydown} {onclick}>
            <div class="inside">
                <header><h2>{ &props.title }</h2>
                    { icon_button(Icon::Close, "Close (Esc)", &props.on_close) }</header>
                <div class="body">{ props.children.clone() }</div>
            </div>
        </dialog>
    }
}
