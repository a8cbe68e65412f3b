//! Pasting text: one row on Start, a dialog once something is loaded.

use web_sys::{HtmlElement, HtmlTextAreaElement};
use yew::prelude::*;

use crate::ui::shared::{Button, Dialog, button};

/// The `id` of the text area, so that `v` finds it.
pub const PASTE_INPUT: &str = "paste-input";

/// Puts the cursor into the text area, if it is on the page.
pub fn focus_paste() {
    let area = gloo::utils::document().get_element_by_id(PASTE_INPUT);
    if let Some(area) = area.and_then(|area| wasm_bindgen::JsCast::dyn_into::<HtmlElement>(area).ok()) {
        let _ = area.focus();
    }
}

/// Of [`PasteArea`].
#[derive(Clone, PartialEq, Properties)]
pub struct PasteAreaProps {
    /// Lines in sight.
    #[prop_or(1)]
    pub rows: u32,
    /// What is to be pasted.
    #[prop_or("Paste events: a log file, one event, or one per line")]
    pub placeholder: &'static str,
    /// The text to open; never empty.
    pub on_open: Callback<String>,
}

/// A text area and the button that opens what is in it.
#[component]
pub fn PasteArea(props: &PasteAreaProps) -> Html {
    let area = use_node_ref();
    let open = {
        let (area, on_open) = (area.clone(), props.on_open.clone());
        Callback::from(move |()| {
            let Some(area) = area.cast::<HtmlTextAreaElement>() else { return };
            let text = area.value();
            if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
                let _ = area.focus();
                return;
            }
            // The text is the engine's now; a second copy in the page helps nobody.
            area.set_value("");
            on_open.emit(text);
        })
    };
    let onkeydown = {
        let open = open.clone();
        Callback::from(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => {
                event.prevent_default();
                open.emit(());
            }
            "Escape" => {
                let _ = event.target_unchecked_into::<HtmlElement>().blur();
            }
            _ => {}
        })
    };
    let open = Button {
        label: "Open the text".into(),
        testid: Some("paste-open"),
        onclick: open,
        ..Button::default()
    };
    html! {
        <div class="paste">
            <textarea id={PASTE_INPUT} ref={area} data-testid="paste-input" rows={props.rows.to_string()}
                autofocus={props.rows > 1} spellcheck="false" autocomplete="off" aria-label={props.placeholder}
                placeholder={props.placeholder} {onkeydown} />
            { button(open) }
        </div>
    }
}

/// The same for public keys and signatures; `hint` says where they are from.
pub fn keys_dialog(hint: Html, on_open: &Callback<String>, on_close: &Callback<()>) -> Html {
    html! {
        <Dialog title="Add public keys" {on_close}>{ hint }
            <PasteArea rows={10} placeholder="Paste public keys, or the metadata of a digest file" {on_open} /></Dialog>
    }
}

/// The text area in a dialog, to add to what is loaded.
pub fn paste_dialog(on_open: &Callback<String>, on_close: &Callback<()>) -> Html {
    html! { <Dialog title="Add events from text" {on_close}><PasteArea rows={12} {on_open} /></Dialog> }
}
