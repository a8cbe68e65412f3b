//! Start: the ways in, what is read, and the privacy panel.

use yew::prelude::*;

use super::privacy::{ConnectTry, PrivacyPanel};
use crate::ui::paste::{PasteArea, focus_paste};
use crate::ui::shared::{Button, ButtonKind, Icon, icon};
use crate::ui::toast::{News, Problem};

/// What is read, in words and with the names of files. Grows with the readers.
const READS: &[(&str, &[(bool, &str)])] = &[
    (
        "Log files",
        &[
            (true, ".json.gz"),
            (false, " or "),
            (true, ".json"),
            (false, ", one file or a whole "),
            (true, "AWSLogs/"),
            (false, " tree"),
        ],
    ),
    (
        "Events as JSON",
        &[(true, "{\"Records\": […]}"), (false, ", a list, one event, or one event per line")],
    ),
    ("Compressed", &[(false, "gzip, also of several members, told by content and not by name")]),
    ("Digest files", &[(false, "recognised and listed")]),
];

/// Of [`StartView`].
#[derive(Clone, PartialEq, Properties)]
pub struct StartViewProps {
    /// Open the folder picker.
    pub on_folder: Callback<()>,
    /// Open the file picker.
    pub on_files: Callback<()>,
    /// Open a pasted text.
    pub on_paste: Callback<String>,
    /// Open the sample trail.
    pub on_sample: Callback<()>,
    /// What the sample holds: `412 events over 3 days from 2 accounts`.
    pub sample: AttrValue,
    /// What was wrong with the last attempt, and what would work.
    #[prop_or_default]
    pub problem: Option<News>,
    /// The policy as the page's own `meta` element carries it.
    pub policy: AttrValue,
    /// `0.1.0`.
    pub version: AttrValue,
    /// How the last "Try to connect" went.
    #[prop_or_default]
    pub tried: ConnectTry,
    /// Try to connect.
    pub on_try: Callback<()>,
}

/// Start.
#[component]
pub fn StartView(props: &StartViewProps) -> Html {
    html! {
        <div class="start">
            <div class="start-in">
                <section class="ways" aria-label="Open">
                    <h1>{ "Open CloudTrail logs" }</h1>
                    <p class="lead">{ "Drop them as they came from the bucket. This tab reads them; nothing is sent anywhere." }</p>
                    if let Some(problem) = &props.problem { <Problem news={problem.clone()} /> }
                    { drop_box(props) }
                    <div class="way paste-way"><PasteArea on_open={props.on_paste.clone()} /></div>
                    <div class="way">
                        { icon(Icon::Brand) }
                        <p><b>{ "No logs at hand? " }</b>
                            { format!("The sample trail has {}, with every kind of redaction.", props.sample) }</p>
                        <Button label="Open the sample" testid="load-sample" onclick={props.on_sample.clone()} />
                    </div>
                    { reads() }
                </section>
                <PrivacyPanel policy={props.policy.clone()} version={props.version.clone()}
                    tried={props.tried.clone()} on_try={props.on_try.clone()} />
            </div>
        </div>
    }
}

fn drop_box(props: &StartViewProps) -> Html {
    html! {
        <div class="drop-box">
            { icon(Icon::Drop) }
            <h2>{ "Drop a folder or files" }</h2>
            <p>{ "anywhere on this page" }</p>
            <div class="buttons">
                <Button label="Choose a folder" icon={Icon::Folder} kind={ButtonKind::Primary} large=true
                    onclick={props.on_folder.clone()} />
                <Button label="Choose files" icon={Icon::File} large=true onclick={props.on_files.clone()} />
                <Button label="Paste text" icon={Icon::Paste} large=true
                    onclick={Callback::from(|()| focus_paste())} />
            </div>
        </div>
    }
}

fn reads() -> Html {
    html! {
        <div class="reads">
            <h3>{ "What it reads" }</h3>
            <dl>
                for (name, words) in READS {
                    <div><dt>{ *name }</dt><dd>
                        for (code, text) in *words {
                            { if *code { html! { <code>{ *text }</code> } } else { html! { { *text } } } }
                        }
                    </dd></div>
                }
            </dl>
            <p>{ "Anything else is named in the file ledger, with what to do instead. Nothing is skipped in silence." }</p>
        </div>
    }
}
