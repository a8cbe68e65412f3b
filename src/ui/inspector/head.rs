//! The head of the inspector, and the record in words.

use yew::prelude::*;

use crate::display::{full, grouped, middle, shown};
use crate::event::Field;
use crate::protocol::{Phrase, RecordView};
use crate::ui::shared::{Chip, ChipKind, Icon, IconButton, Same, monogram, service};

/// Of [`Head`].
#[derive(Clone, PartialEq, Properties)]
pub struct HeadProps {
    /// The record.
    pub record: Same<RecordView>,
    /// Esc, or the cross.
    pub on_close: Callback<()>,
    /// The row above in the table.
    pub on_previous: Callback<()>,
    /// The row below.
    pub on_next: Callback<()>,
    /// The event id for the clipboard.
    pub on_copy: Callback<String>,
}

/// What is open, and the way to its neighbours. It takes the focus when a record is opened by key.
#[component]
pub fn Head(props: &HeadProps) -> Html {
    let record = &props.record;
    let copy = {
        let id = record.event_id.clone();
        props.on_copy.reform(move |()| id.clone())
    };
    let names = service(&record.source);
    let name = shown(&record.name).into_owned();
    html! {
        <header class="inspector-head">
            { monogram(&names.monogram) }
            <h2 class="name clip isolate" title={name.clone()} tabindex="-1">{ name }</h2>
            <span class="service clip" title={shown(&record.source).into_owned()}>
                { shown(&names.name).into_owned() }
            </span>
            if !record.event_id.is_empty() {
                <span class="v line id" title={shown(&record.event_id).into_owned()}>
                    { middle(&shown(&record.event_id), 13).into_owned() }
                </span>
                <IconButton icon={Icon::Copy} name="Copy the event id" onclick={copy} />
            }
            <span class="rule" />
            <IconButton icon={Icon::Up} name="The event above" onclick={props.on_previous.clone()} />
            <IconButton icon={Icon::Down} name="The event below" onclick={props.on_next.clone()} />
            <IconButton icon={Icon::Close} name="Close (Esc)" onclick={props.on_close.clone()} />
        </header>
    }
}

/// The sentence, the line of bare facts, and the chips.
pub fn facts(record: &RecordView, on_filter: &Callback<(String, String, bool)>) -> Html {
    let time = record.time_ms.map_or_else(|| record.time_text.clone(), full);
    let facts = [time.as_str(), &record.source_ip, &record.account, &record.region];
    html! {
        <div class="inspector-facts">
            <p class="sentence" data-testid="sentence">
                for part in &record.sentence { { phrase(part, on_filter) } }
            </p>
            <p class="meta">
                for fact in facts.into_iter().filter(|fact| !fact.is_empty()) {
                    <span class="v">{ shown(fact).into_owned() }</span>
                }
            </p>
            <div class="chips">{ chips(record, on_filter) }</div>
        </div>
    }
}

fn phrase(phrase: &Phrase, on_filter: &Callback<(String, String, bool)>) -> Html {
    let text = shown(&phrase.text).into_owned();
    match &phrase.filter {
        None => html! { <span class="isolate">{ text }</span> },
        Some((field, value)) => {
            let filter = (field.name().to_owned(), value.clone(), true);
            let title = format!("Only events with {} {}", field.info().label.to_lowercase(), shown(value));
            html! {
                <button type="button" class="linked isolate" {title}
                    onclick={on_filter.reform(move |_: MouseEvent| filter.clone())}>{ text }</button>
            }
        }
    }
}

fn chips(record: &RecordView, on_filter: &Callback<(String, String, bool)>) -> Html {
    let only = |field: Field, value: String| {
        on_filter.reform(move |()| (field.name().to_owned(), value.clone(), true))
    };
    let hidden = u64::try_from(record.redactions.len()).unwrap_or(u64::MAX);
    html! {
        <>
            if record.write {
                <Chip label="write" kind={ChipKind::Write} title="Only calls that write"
                    onclick={only(Field::ReadOnly, "false".to_owned())} />
            }
            if let Some(error) = &record.error {
                <Chip label={shown(error).into_owned()} kind={ChipKind::Error} title="Only calls with this error"
                    onclick={only(Field::ErrorCode, error.clone())} />
            }
            if hidden > 0 {
                <Chip label={format!("AWS hid {}", grouped(hidden))} kind={ChipKind::Hid}
                    title="Values that AWS replaced before it logged the call" />
            }
        </>
    }
}
