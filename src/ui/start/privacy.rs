//! "Nothing leaves this tab": how that is kept, and how to check it.

use yew::prelude::*;

use crate::ui::shared::{Button, Dialog, Icon, button, icon, span};

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
    html! {
        <aside class="privacy" aria-label="Nothing leaves this tab">
            <h2>{ icon(Icon::Lock) }{ "Nothing leaves this tab" }</h2>
            <h3>{ "How it is kept" }</h3>
            { policy(props.policy) }
            <p>{ "Log content stays in the memory of this tab: not in storage, not in the address, not in the console. Reload, and it is gone." }</p>
            <h3>{ "Check it yourself" }</h3>
            <ol>
                <li>{ attempt(props.tried, props.on_try) }</li>
                <li>{ "Open the network panel of your browser, then drop a file. No request to another origin appears." }</li>
                <li>{ "Go offline first. Everything still works." }</li>
            </ol>
            <p class="version">{ format!("Trailscope {}", props.version) }</p>
        </aside>
    }
}

/// What the policy forbids, and the policy itself.
fn policy(policy: &str) -> Html {
    let own = !policy.contains("connect-src 'self'");
    let forbids =
        if own { "It forbids every connection." } else { "It forbids every connection to another origin." };
    html! {
        <>
            <p>{ "The page carries a policy that the browser enforces. " }{ forbids }</p>
            <pre class="policy">
                for part in policy.split(';').map(str::trim).filter(|part| !part.is_empty()) {
                    { span("", format!("{part};")) }
                }
            </pre>
        </>
    }
}

fn attempt(tried: &ConnectTry, on_try: &Callback<()>) -> Html {
    let attempt = Button {
        label: "Try to connect".into(),
        testid: Some("try-connect"),
        disabled: *tried == ConnectTry::Trying,
        onclick: on_try.clone(),
        ..Button::default()
    };
    html! { <>{ button(attempt) }{ outcome(tried) }</> }
}

/// What the dialog says beside the panel of Start.
pub struct Proof<'a> {
    /// The panel's.
    pub panel: PrivacyPanel<'a>,
    /// `hosted` or `one-file`, and the digest over everything that runs.
    pub build: (String, String),
    /// The files with the hashes by which the browser held them.
    pub files: Vec<(String, String)>,
    /// What is stored in the browser.
    pub stored: Vec<(String, String)>,
    /// Close it.
    pub on_close: &'a Callback<()>,
}

/// The dialog that shows it at any time.
pub fn proof_dialog(proof: &Proof) -> Html {
    let stored = proof.stored.len().to_string();
    html! {
        <Dialog title="Nothing leaves this tab: prove it" on_close={proof.on_close.clone()}>
            <div class="privacy" data-testid="proof" data-stored={stored}>
                <h3>{ "What is forbidden" }</h3>
                { policy(proof.panel.policy) }
                { attempt(proof.panel.tried, proof.panel.on_try) }
                <h3>{ "What is stored" }</h3>
                if proof.stored.is_empty() {
                    <p>{ "Nothing. Log content is in the memory of this tab alone; reload, and it is gone." }</p>
                } else {
                    <p>{ "Only what you chose, and nothing of a log:" }</p>
                    <ul>for (name, value) in &proof.stored { <li class="v">{ format!("{name} = {value}") }</li> }</ul>
                }
                if proof.build.0 == "hosted" {
                    <p>{ "A hosted page also keeps its own files, so that it opens offline; never a file of yours." }</p>
                }
                <h3>{ "What runs" }</h3>
                <p>{ format!("Trailscope {}, {} build, {}", proof.panel.version, proof.build.0, proof.build.1) }</p>
                <p>{ "Whoever builds the same source gets the same digest: " }<code>{ "cargo xtask build" }</code></p>
                if !proof.files.is_empty() {
                    <ul class="hashes">for (name, hash) in &proof.files { <li>{ span("v", name.clone()) }{ " " }{ span("v soft", hash.clone()) }</li> }</ul>
                }
                <h3>{ "See for yourself, with the tools of the browser (F12)" }</h3>
                <ol>
                    <li>{ "Network: clear the list, drop files, ask, save. No request appears but for files of the page itself." }</li>
                    <li>{ "Elements: the first tag of the head that is more than the character set is the policy above." }</li>
                    <li>{ "Application or Storage: Local Storage has what is listed above; cookies, Session Storage and IndexedDB are empty." }</li>
                    <li>{ "Switch the network off and go on working." }</li>
                </ol>
            </div>
        </Dialog>
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
