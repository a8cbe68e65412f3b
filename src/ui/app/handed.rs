//! A finished hand-over: put together, checked, offered; and what a copy says of itself when opened.

use web_sys::Blob;
use yew::prelude::*;

use super::{App, Message};
use crate::protocol::{Format, HandOverRequest};
use crate::ui::shared::{bold, span, value};
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
        let manifest = self.state.hand_over.manifest(&made, &self.version);
        let scope = self.scope_of_page.clone();
        wasm_bindgen_futures::spawn_local(async move {
            scope.send_message(Message::Assembled(handover_page::assembled(manifest, data).await));
        });
    }
}

/// What stands above a copy: its title, its note, and how it was made.
pub fn strip(manifest: &[(String, String)]) -> Html {
    if manifest.is_empty() {
        return Html::default();
    }
    let text = |key: &str| {
        let member = manifest.iter().find(|(name, _)| name == key);
        member.map(|(_, text)| text.clone()).unwrap_or_default()
    };
    let (title, note) = (text("title"), text("note"));
    let facts = [
        ("made", "Made"),
        ("version", "by version"),
        ("scope", "Scope"),
        ("events", "Events"),
        ("removed", "Taken out"),
        ("times", "Times"),
        ("sha256", "SHA-256 of the data"),
    ];
    html! {
        <section class="handed-over" data-testid="handed-over" data-events={text("events")}>
            <b class="v">{ if title.is_empty() { "Hand-over".to_owned() } else { title } }</b>
            if !note.is_empty() { <div>for line in note.lines() { <p>{ value(line) }</p> }</div> }
            <details><summary>{ "How this copy was made" }</summary>
                for (key, label) in facts { <p>{ bold(label) }{ " " }{ span("v", text(key)) }</p> }
            </details>
        </section>
    }
}
