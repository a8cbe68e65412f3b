//! The head of the inspector, and the record in words.

use yew::prelude::*;

use crate::display::{grouped, middle};
use crate::event::Field;
use crate::protocol::{Phrase, RecordView};
use crate::ui::shared::{
    ChipKind, Icon, Names, chip, full, icon_button, monogram, named, service, span, titled, value,
};
use crate::ui::shared::{masked_as, shown, shown_as};

use super::InspectorProps;

/// What is open, and the way to its neighbours. It takes the focus when a record is opened by key.
pub fn head(props: &InspectorProps, record: &RecordView) -> Html {
    let copy = {
        let id = record.event_id.clone();
        props.on_copy.reform(move |()| id.clone())
    };
    let names = service(&record.source);
    let name = AttrValue::from(shown(&record.name).into_owned());
    html! {
        <header class="inspector-head">
            { monogram(&names.monogram) }
            <h2 class="name clip isolate" title={name.clone()} tabindex="-1">{ name }</h2>
            { titled("service clip", shown(&names.name).into_owned(), shown(&record.source).into_owned()) }
            if !record.event_id.is_empty() {
                { titled("v line id", middle(&shown(&record.event_id), 13).into_owned(),
                    shown(&record.event_id).into_owned()) }
                { icon_button(Icon::Copy, "Copy the event id", &copy) }
            }
            <span class="rule" />
            { icon_button(Icon::Up, "The event above", &props.on_previous) }
            { icon_button(Icon::Down, "The event below", &props.on_next) }
            { icon_button(Icon::Close, "Close (Esc)", &props.on_close) }
        </header>
    }
}

/// The sentence, the line of bare facts, and the chips.
pub fn facts(record: &RecordView, names: &Names, on_filter: &Callback<(String, String, bool)>) -> Html {
    let time = record.time_ms.map_or_else(|| record.time_text.clone(), full);
    let account = named(names, &record.account);
    let address = masked_as(Field::SourceIp, &record.source_ip);
    let account = masked_as(Field::RecipientAccount, &account);
    let facts = [time.as_str(), &address, &account, &record.region];
    html! {
        <div class="inspector-facts">
            <p class="sentence" data-testid="sentence">
                for part in &record.sentence { { phrase(part, on_filter) } }
            </p>
            <p class="meta">
                for fact in facts.into_iter().filter(|fact| !fact.is_empty()) { { value(fact) } }
            </p>
            <div class="chips">{ chips(record, on_filter) }</div>
        </div>
    }
}

fn phrase(phrase: &Phrase, on_filter: &Callback<(String, String, bool)>) -> Html {
    let text = shown(&phrase.text).into_owned();
    match &phrase.filter {
        None => span("isolate", text),
        Some((field, value)) => {
            let text = shown_as(*field, &phrase.text).into_owned();
            let filter = (field.name().to_owned(), value.clone(), true);
            let title = format!(
                "Only events with {} {}",
                field.info().label.to_ascii_lowercase(),
                shown_as(*field, value)
            );
            html! {
                <button type="button" class="linked isolate" {title}
                    onclick={on_filter.reform(move |_: MouseEvent| filter.clone())}>{ text }</button>
            }
        }
    }
}

fn chips(record: &RecordView, on_filter: &Callback<(String, String, bool)>) -> Html {
    let only = |field: Field, value: &str| {
        let filter = (field.name().to_owned(), value.to_owned(), true);
        Some(on_filter.reform(move |_: MouseEvent| filter.clone()))
    };
    let hidden = record.redactions.iter().filter(|redaction| redaction.class.is_redaction()).count() as u64;
    let leaked = record.exposures.len() as u64;
    html! {
        <>
            if record.write {
                { chip(ChipKind::Write, "write".into(), "Only calls that write", only(Field::Access, "write")) }
            }
            if let Some(error) = &record.error {
                { chip(ChipKind::Error, shown(error).into_owned().into(), "Only calls with this error",
                    only(Field::ErrorCode, error)) }
            }
            if hidden > 0 {
                { chip(ChipKind::Hid, format!("AWS hid {}", grouped(hidden)).into(),
                    "Values that AWS replaced before it logged the call", None) }
            }
            if leaked > 0 {
                { chip(ChipKind::Leak, format!("leaked {}", grouped(leaked)).into(),
                    "Values in clear that one would not hand over", None) }
            }
        </>
    }
}
