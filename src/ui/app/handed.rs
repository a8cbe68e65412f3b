//! A finished hand-over: put together, checked, offered; and what a copy says of itself when opened.

use web_sys::Blob;
use yew::prelude::*;

use super::{App, Message};
use crate::protocol::{Format, HandOverRequest};
use crate::ui::shared::{Icon, bold, icon, span, value};
use crate::web::{handover_page, page};

/// The name of the one file.
pub const PAGE_NAME: &str = "trailscope-handover.html";

impl App {
    /// Puts the pieces together and has a shard read them.
    pub(super) fn check_hand_over(&mut self, request: &HandOverRequest) {
        let mut pieces = std::mem::take(&mut self.pieces);
        pieces.sort_by_key(|(shard, ..)| *shard);
        let blobs: js_sys::Array = pieces.iter().map(|(_, _, blob)| blob).collect();
        self.copy = page::joined(&blobs);
        self.link.hand_over(0, request, self.copy.as_ref());
    }

    /// Offers what has been read and is as it should be.
    pub(super) fn save_hand_over(&mut self, format: Format) {
        let copy = self.copy.take();
        let data: Option<Blob> = self.pieces.pop().map(|(_, _, blob)| blob);
        if format != Format::Page {
            if let Some(copy) = copy {
                page::download_blob(&format!("trailscope-handover{}", format.ending()), &copy);
            }
            return;
        }
        let Some(data) = data else { return };
        let made = String::from(js_sys::Date::new_0().to_iso_string());
        let manifest = self.state.hand_over.manifest(&made, &self.version, &self.state.integrity.summary());
        let scope = self.scope_of_page.clone();
        wasm_bindgen_futures::spawn_local(async move {
            scope.send_message(Message::Assembled(handover_page::assembled(manifest, data).await));
        });
    }
}

/// Whether the data of a copy are those it was made with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Data {
    /// Not known yet.
    #[default]
    Checking,
    /// Their SHA-256 is the one in the manifest.
    Same,
    /// It is another.
    Other,
    /// The browser gives no SHA-256 here.
    Unknown,
}

/// What this page says of itself, if it is a copy.
#[derive(Default)]
pub struct Handed {
    manifest: Vec<(String, String)>,
    /// What became of the check of its data.
    pub data: Data,
}

impl Handed {
    /// As the page has it.
    pub fn of_this_page() -> Self {
        Self { manifest: handover_page::manifest(), data: Data::Checking }
    }

    /// Compares the data with the manifest.
    pub fn check(&mut self, file: &web_sys::File, done: Callback<Data>) {
        let (file, stated) = (file.clone(), self.text("sha256").to_owned());
        wasm_bindgen_futures::spawn_local(async move {
            done.emit(match handover_page::sha256(&file).await {
                Some(digest) if digest == stated => Data::Same,
                Some(_) => Data::Other,
                None => Data::Unknown,
            });
        });
    }

    fn text(&self, key: &str) -> &str {
        self.manifest.iter().find(|(name, _)| name == key).map_or("", |(_, text)| text)
    }

    /// What stands above a copy: its title, its note, and how it was made.
    pub fn strip(&self) -> Html {
        if self.manifest.is_empty() {
            return Html::default();
        }
        let (title, note) = (self.text("title"), self.text("note"));
        let facts = [
            ("made", "Made"),
            ("version", "by version"),
            ("scope", "Scope"),
            ("events", "Events"),
            ("removed", "Taken out"),
            ("kept-values", "Values kept by name"),
            ("times", "Times"),
            ("integrity", "Integrity of its sources"),
            ("sha256", "SHA-256 of the data"),
        ];
        let (word, shape, text) = match self.data {
            Data::Checking => ("checking", Icon::Question, "Its data are being checked."),
            Data::Same => (
                "same",
                Icon::Check,
                "Its data are as they were when it was made: their SHA-256 is the one stated below.",
            ),
            Data::Other => (
                "other",
                Icon::Error,
                "Its data have been changed since it was made: their SHA-256 is not the one stated below.",
            ),
            Data::Unknown => (
                "unknown",
                Icon::Question,
                "Its data could not be checked: this browser gives no SHA-256 here.",
            ),
        };
        html! {
            <section class="handed-over" data-testid="handed-over" data-events={self.text("events").to_owned()} data-data={word}>
                <b class="v">{ if title.is_empty() { "Hand-over" } else { title } }</b>
                if !note.is_empty() { <div>for line in note.lines() { <p>{ value(line) }</p> }</div> }
                <p class={word}>{ icon(shape) }{ text }</p>
                <details><summary>{ "How this copy was made" }</summary>
                    for (key, label) in facts.into_iter().filter(|(key, _)| !self.text(key).is_empty()) {
                        <p>{ bold(label) }{ " " }{ span("v", self.text(key).to_owned()) }</p>
                    }
                </details>
            </section>
        }
    }
}
