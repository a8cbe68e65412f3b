//! The keys of the page, for when no part of it has taken them first. `ui::help` lists them.

use gloo::events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use yew::prelude::*;

use super::{App, Message};
use crate::state::{Action, Overlay, View};
use crate::ui::frame::{RailState, open_picker};
use crate::ui::inspector::InspectorCommand;
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
        let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.default_prevented() || modified || self.state.overlay != Overlay::None {
            return false;
        }
        if page::is_typing() {
            return false;
        }
        let started = !self.state.reading.is_empty();
        let act = |action| Some(Message::Act(action));
        let message = match event.key().as_str() {
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
            _ => return false,
        };
        let known = message.is_some() || matches!(event.key().as_str(), "/" | "o" | "f" | "v");
        if known {
            event.prevent_default();
        }
        message.is_some_and(|message| Component::update(self, ctx, message))
    }
}

/// The view behind a digit, counted from 1.
fn view_of(key: &str) -> Option<View> {
    let place: usize = key.parse().ok()?;
    View::ALL.get(place.checked_sub(1)?).copied()
}
