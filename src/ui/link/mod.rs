//! A link to what is on the screen: without values of the logs, unless the reader ticks them.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::ui::shared::{Button, ButtonKind, Dialog, Icon, button, masked, sentence};

/// Of [`LinkDialog`].
#[derive(Clone, PartialEq, Properties)]
pub struct LinkDialogProps {
    /// The link without values.
    pub link: AttrValue,
    /// The link with them; the same where there are none.
    pub whole: AttrValue,
    /// A text for the clipboard.
    pub on_copy: Callback<String>,
    /// When it closes.
    pub on_close: Callback<()>,
}

/// The link with a tick for what may be out of a log.
#[component]
pub fn LinkDialog(props: &LinkDialogProps) -> Html {
    let ticked = use_state_eq(|| false);
    let link = if *ticked { &props.whole } else { &props.link };
    let onchange = {
        let ticked = ticked.setter();
        Callback::from(move |event: Event| {
            let input: HtmlInputElement = event.target_unchecked_into();
            ticked.set(input.checked());
        })
    };
    let copy = {
        let link = link.to_string();
        props.on_copy.reform(move |()| link.clone())
    };
    html! {
        <Dialog title="Link to this view" on_close={props.on_close.clone()}>
            <div class="link-dialog">
                <p>{ sentence("It opens this view, with its order, columns, facets and time range. The files stay here: whoever opens it drops their own.") }</p>
                if props.whole != props.link {
                    <label class="tick"><input type="checkbox" data-testid="link-values" checked={*ticked} {onchange} />
                        { "With the query and the open event. They can hold values out of these logs, and browsers keep addresses." }</label>
                }
                <input type="text" readonly=true data-testid="link-text" aria-label="The link" value={masked(link).into_owned()} />
                { button(Button {
                    label: "Copy".into(),
                    icon: Some(Icon::Copy),
                    kind: ButtonKind::Primary,
                    testid: Some("link-copy"),
                    onclick: copy,
                    ..Button::default()
                }) }
            </div>
        </Dialog>
    }
}
