//! One event, as logged and as handed over.

use yew::prelude::*;

use crate::display::{grouped, middle};
use crate::protocol::{Fate, PreviewLine, PreviewRecord};
use crate::state::{HandOver, HandOverAction};
use crate::ui::shared::shown;
use crate::ui::shared::{Icon, icon_button, span};

/// The two columns, with what steps through the events.
pub fn preview(state: &HandOver, on: &Callback<HandOverAction>) -> Html {
    let Some(record) = &state.preview else {
        return html! { <p class="soft">{ "An event before and after stands here once the events have been looked through." }</p> };
    };
    let place = state.place;
    let step = |to: u64| on.reform(move |()| HandOverAction::Preview(to));
    html! {
        <>
            <header>
                <h2>{ "Before and after" }</h2>
                { span("soft", format!("event {} of {}, {}", grouped(place + 1), grouped(state.events), shown(&record.name))) }
                <span class="push" />
                { icon_button(Icon::Up, "Event before", &step(place.saturating_sub(1))) }
                { icon_button(Icon::Down, "Next event", &step(place + 1)) }
            </header>
            <div class="sheets" data-testid="handover-preview" data-changed={record.changed.to_string()}>
                <div class="sheet-head">{ "As logged" }{ span("soft", "stays in this tab") }</div>
                <div class="sheet-head">{ "As handed over" }{ span("soft", format!("{} values change in this event", record.changed)) }</div>
                { sheet(record, false) }
                { sheet(record, true) }
            </div>
            <p class="legend soft">
                { span("v was", "value") }{ " will change " }{ span("v pseudonym", "value") }{ " pseudonym " }
                { span("v gone", "[removed]") }{ " leaked, always removed " }{ span("v hid-value", "***") }{ " AWS hid it, kept" }
            </p>
        </>
    }
}

fn sheet(record: &PreviewRecord, after: bool) -> Html {
    html! { <div class="sheet">for line in &record.lines { { of_line(line, after) } }</div> }
}

fn of_line(line: &PreviewLine, after: bool) -> Html {
    let pick = |pair: &(String, String)| if after { pair.1.clone() } else { pair.0.clone() };
    let (key, text) = (pick(&line.keys), pick(&line.values));
    let class = match (line.fate, after) {
        (Fate::Stays, _) => "v",
        (Fate::Hidden, _) => "v hid-value",
        (Fate::Changes, false) => "v was",
        (Fate::Changes, true) => "v pseudonym",
        (Fate::Removed, false) => "v leak-value",
        (Fate::Removed, true) => "v gone",
    };
    // Deeper than this it is only a matter of which lines belong together.
    let indent = "\u{a0}\u{a0}".repeat(usize::from(line.depth.min(12)));
    html! {
        <div class="sheet-line">{ span("k v", format!("{indent}{}:", shown(&key))) }
            <span {class} title={shown(&text).into_owned()}>{ middle(&shown(&text), 44).into_owned() }</span></div>
    }
}
