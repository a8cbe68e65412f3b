//! The keys of the page, for when no part of it has taken them first. `ui::help` lists them.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::{App, Message};
use crate::state::{Action, Overlay, View};
use crate::ui::frame::{RailState, open_picker};
use crate::ui::inspector::InspectorCommand;
use crate::ui::palette::Command;
use crate::ui::paste::focus_paste;
use crate::web::page;

/// Listens for keys that no part of the page has taken.
pub fn listen(on_key: Callback<KeyboardEvent>) -> EventListener {
    let active = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&gloo::utils::window(), "keydown", active, move |event| {
        if let Some(event) = event.dyn_ref::<KeyboardEvent>() {
            on_key.emit(event.clone());
        }
    })
}

impl App {
    /// Does what a key asks for. True if something on the page changes.
    pub(super) fn pressed(&mut self, ctx: &Context<Self>, event: &KeyboardEvent) -> bool {
        let palette = (event.ctrl_key() || event.meta_key()) && matches!(event.key().as_str(), "k" | "K");
        if palette && self.state.overlay == Overlay::None && !self.state.reading.is_empty() {
            event.prevent_default();
            self.act(Action::Overlay(Overlay::Palette));
            return true;
        }
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.default_prevented() || modified || self.state.overlay != Overlay::None {
            return false;
        }
        if page::is_typing() {
            return false;
        }
        let known = self.press(ctx, &event.key());
        if known.is_some() {
            event.prevent_default();
        }
        known.unwrap_or(false)
    }

    /// Does what a key asks for; `None` if it asks for nothing. True if something on the page changes.
    pub(super) fn press(&mut self, ctx: &Context<Self>, key: &str) -> Option<bool> {
        let started = !self.state.reading.is_empty();
        let act = |action| Some(Message::Act(action));
        let message = match key {
            "Escape" if self.state.choosing => act(Action::Choosing(false)),
            "Escape" if self.state.selection.inspecting() => act(Action::CloseInspector),
            "Escape" if self.state.service.is_some() && self.state.view == View::Services => {
                act(Action::OpenService(None))
            }
            "Escape" if self.state.reading.in_flight() => Some(Message::Cancel),
            "/" if started => {
                page::focus("query-input");
                None
            }
            "?" => act(Action::Overlay(Overlay::Help)),
            "l" => Some(Message::SwitchScheme),
            "m" if started => Some(Message::Mask),
            "t" if started => Some(Message::Zone(self.zone.switched())),
            "o" => {
                open_picker(&self.folder);
                None
            }
            "f" => {
                open_picker(&self.files);
                None
            }
            "v" if started => act(Action::Overlay(Overlay::Paste)),
            "v" => {
                focus_paste();
                None
            }
            "b" if started => Some(Message::Rail(match self.rail {
                RailState::Auto => RailState::Closed,
                RailState::Open | RailState::Closed => RailState::Auto,
            })),
            "h" if started => act(Action::ToggleHistogram),
            "0" if started => act(Action::Brush(None)),
            "e" if started => act(Action::NextError(true)),
            "E" if started => act(Action::NextError(false)),
            "x" if started => act(Action::Pin),
            "d" if started => act(Action::Compare),
            "a" if started => act(Action::Around),
            "n" => Some(Message::Inspector(InspectorCommand::NextMark)),
            "p" => Some(Message::Inspector(InspectorCommand::PreviousMark)),
            "r" => Some(Message::Inspector(InspectorCommand::ToggleRaw)),
            digit if started => view_of(digit).map(|view| Message::Act(Action::View(view))),
            _ => None,
        };
        let known = message.is_some() || matches!(key, "/" | "o" | "f" | "v");
        known.then(|| message.is_some_and(|message| Component::update(self, ctx, message)))
    }
}

impl App {
    /// Does what the command palette was asked for.
    pub(super) fn run(&mut self, ctx: &Context<Self>, command: Command) -> bool {
        match command {
            Command::Key(key) => return self.press(ctx, key).unwrap_or(false),
            Command::View(view) => _ = self.act(Action::View(view)),
            Command::Query(text) => self.query(text.to_owned()),
            Command::Sql => _ = self.act(Action::Overlay(Overlay::Sql)),
            Command::Clear => _ = self.act(Action::Cleared),
            Command::Field(name) => {
                let before = self.typed.trim_end();
                let joint = if before.is_empty() { "" } else { " " };
                self.typed = [before, joint, name, ":"].concat().into();
                page::focus("query-input");
            }
        }
        true
    }
}

/// The view behind a digit, counted from 1.
fn view_of(key: &str) -> Option<View> {
    let place: usize = key.parse().ok()?;
    View::ALL.get(place.checked_sub(1)?).copied()
}
