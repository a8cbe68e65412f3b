//! Start: the ways in, what is read, and the privacy panel.

use yew::prelude::*;

use super::privacy::{PrivacyPanel, privacy_panel};
use crate::ui::paste::{PasteArea, focus_paste};
use crate::ui::shared::{Button, ButtonKind, Icon, bold, button, icon};

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
        "Archives",
        &[
            (true, ".zip"),
            (false, " "),
            (true, ".tar"),
            (false, " "),
            (true, ".tar.gz"),
            (false, " "),
            (true, ".zst"),
            (false, ", inside one another up to 4 deep"),
        ],
    ),
    (
        "Console and CLI",
        &[(false, "Event history as CSV or JSON, "), (true, "lookup-events"), (false, " output")],
    ),
    ("Streams", &[(false, "EventBridge events, CloudWatch Logs, Firehose; one event per line, or pasted")]),
    ("Query results", &[(false, "Athena and CloudTrail Lake, CSV or JSON")]),
    ("Account names", &[(false, "a list of ids and names, to stand beside the ids")]),
    ("Digest files", &[(false, "recognised and listed")]),
];

/// What Start shows and what its buttons do.
pub struct StartView<'a> {
    /// Open the folder picker.
    pub on_folder: &'a Callback<()>,
    /// Open the file picker.
    pub on_files: &'a Callback<()>,
    /// Open a pasted text.
    pub on_paste: &'a Callback<String>,
    /// Open the sample trail.
    pub on_sample: &'a Callback<()>,
    /// What the sample holds: `412 events over 3 days from 2 accounts`.
    pub sample: &'static str,
    /// The privacy panel.
    pub privacy: PrivacyPanel<'a>,
}

/// Start.
pub fn start_view(start: &StartView) -> Html {
    let sample = Button {
        label: "Open the sample".into(),
        testid: Some("load-sample"),
        onclick: start.on_sample.clone(),
        ..Button::default()
    };
    html! {
        <div class="start">
            <div class="start-in">
                <section class="ways" aria-label="Open">
                    <h1>{ "Open CloudTrail logs" }</h1>
                    <p class="lead">{ "Drop them as they came from the bucket. This tab reads them; nothing is sent anywhere." }</p>
                    { drop_box(start) }
                    <div class="way paste-way"><PasteArea on_open={start.on_paste} /></div>
                    <div class="way">
                        { icon(Icon::Brand) }
                        <p>{ bold("No logs at hand? ") }
                            { format!("The sample trail has {}, with what AWS hides in them.", start.sample) }</p>
                        { button(sample) }
                    </div>
                    { reads() }
                </section>
                { privacy_panel(&start.privacy) }
            </div>
        </div>
    }
}

fn drop_box(start: &StartView) -> Html {
    let way = |label: &'static str, shape: Icon, kind: ButtonKind, onclick: Callback<()>| {
        button(Button {
            label: label.into(),
            icon: Some(shape),
            kind,
            large: true,
            onclick,
            ..Button::default()
        })
    };
    html! {
        <div class="drop-box">
            { icon(Icon::Drop) }
            <h2>{ "Drop a folder or files" }</h2>
            <p>{ "anywhere on this page" }</p>
            <div class="buttons">
                { way("Choose a folder", Icon::Folder, ButtonKind::Primary, start.on_folder.clone()) }
                { way("Choose files", Icon::File, ButtonKind::Plain, start.on_files.clone()) }
                { way("Paste text", Icon::Paste, ButtonKind::Plain, Callback::from(|()| focus_paste())) }
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
