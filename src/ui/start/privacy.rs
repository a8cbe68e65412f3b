//! "Nothing leaves this tab": how that is kept, and how to check it.

use yew::prelude::*;

use crate::ui::shared::{Button, Icon, button, icon, span};

/// What became of an attempt to connect to another origin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum ConnectTry {
    /// Not tried yet.
    #[default]
    NotTried,
    /// Under way.
    Trying,
    /// The policy refused it: address, directive, time.
    Refused(AttrValue),
    /// It failed, but nothing says the policy did it: what is known.
    Failed(AttrValue),
    /// It got through: this page is not what it says it is.
    Connected(AttrValue),
}

/// What the privacy panel says.
pub struct PrivacyPanel<'a> {
    /// The policy as the page's own `meta` element carries it.
    pub policy: &'a str,
    /// `0.1.0`.
    pub version: &'a str,
    /// How the last attempt went.
    pub tried: &'a ConnectTry,
    /// Try it.
    pub on_try: &'a Callback<()>,
}

/// The panel at the right of Start.
pub fn privacy_panel(props: &PrivacyPanel) -> Html {
    let own = !props.policy.contains("connect-src 'self'");
    let forbids =
        if own { "It forbids every connection." } else { "It forbids every connection to another origin." };
    let attempt = Button {
        label: "Try to connect".into(),
        testid: Some("try-connect"),
        disabled: *props.tried == ConnectTry::Trying,
        onclick: props.on_try.clone(),
        ..Button::default()
    };
    html! {
        <aside class="privacy" aria-label="Nothing leaves this tab">
            <h2>{ icon(Icon::Lock) }{ "Nothing leaves this tab" }</h2>
            <h3>{ "How it is kept" }</h3>
            <p>{ "The page carries a policy that the browser enforces. " }{ forbids }</p>
            <pre class="policy">
                for part in props.policy.split(';').map(str::trim).filter(|part| !part.is_empty()) {
                    { span("", format!("{part};")) }
                }
            </pre>
            <p>{ "Log content stays in the memory of this tab: not in storage, not in the address, not in the console. Reload, and it is gone." }</p>
            <h3>{ "Check it yourself" }</h3>
            <ol>
                <li>{ button(attempt) }{ outcome(props.tried) }</li>
                <li>{ "Open the network panel of your browser, then drop a file. No request to another origin appears." }</li>
                <li>{ "Go offline first. Everything still works." }</li>
            </ol>
            <p class="version">{ format!("Trailscope {}", props.version) }</p>
        </aside>
    }
}

fn outcome(tried: &ConnectTry) -> Html {
    let (shape, class, head, detail) = match tried {
        ConnectTry::NotTried => return Html::default(),
        ConnectTry::Trying => return html! { <p class="quiet">{ "trying" }</p> },
        ConnectTry::Refused(detail) => (Icon::Check, "is-ok", "Refused by the policy", detail),
        ConnectTry::Failed(detail) => (Icon::Question, "", "No connection", detail),
        ConnectTry::Connected(detail) => {
            (Icon::Error, "is-err", "It got through: do not use this copy", detail)
        }
    };
    html! {
        <div class="outcome" role="status">
            <b {class}>{ icon(shape) }{ head }</b>
            { span("soft cell", detail) }
        </div>
    }
}
