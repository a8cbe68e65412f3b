//! The tabs Record and Raw, and the way from mark to mark.

use yew::prelude::*;

use super::line::{redacted, source_of};
use super::raw::Raw;
use super::tree::Tree;
use super::{InspectorCommand, Pivot};
use crate::display::grouped;
use crate::layout::{Mark, MarkOf, marks};
use crate::protocol::{Hidden, RecordView};
use crate::ui::shared::{Icon, Same, icon_button, key_cap, sentence};

/// Of [`RecordPane`].
#[derive(Clone, PartialEq, Properties)]
pub struct RecordPaneProps {
    /// The record. Another record is another pane: give it a key.
    pub record: Same<RecordView>,
    /// The source text is shown and not the tree.
    pub raw: bool,
    /// Show the one or the other.
    pub on_raw: Callback<bool>,
    /// See [`super::InspectorProps::command`].
    pub command: Option<(u32, InspectorCommand)>,
    /// A path, its value, wanted or unwanted.
    pub on_filter: Callback<(String, String, bool)>,
    /// A value leads elsewhere.
    pub on_pivot: Callback<Pivot>,
    /// Text for the clipboard.
    pub on_copy: Callback<String>,
}

/// Which mark is chosen, and whether it was asked for: then it is brought into sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chosen {
    /// Its number, in the order of the tree.
    pub mark: usize,
    /// Counts the moves; 0 is the mark that is chosen at first.
    pub turn: u32,
}

/// The record as a tree, or its source text.
#[component]
pub fn RecordPane(props: &RecordPaneProps) -> Html {
    let marks = use_memo(props.record.clone(), |record| marks(record));
    let marks = Same(marks);
    let count = marks.len();
    let chosen = use_state_eq(|| first(&props.record, &marks).map(|mark| Chosen { mark, turn: 0 }));
    let on_choose = {
        let chosen = chosen.clone();
        Callback::from(move |mark: usize| {
            let turn = chosen.map_or(1, |chosen| chosen.turn + 1);
            chosen.set(Some(Chosen { mark, turn }));
        })
    };
    let step = {
        // The mark that is chosen at first has not been brought into sight yet: the first step goes there.
        let at = chosen.filter(|chosen| chosen.turn > 0).map(|chosen| chosen.mark);
        let (on_choose, on_raw) = (on_choose.clone(), props.on_raw.clone());
        move |forward: bool| {
            if count == 0 {
                return;
            }
            on_raw.emit(false);
            let by = if forward { 1 } else { count - 1 };
            on_choose.emit(at.map_or(0, |at| (at + by) % count));
        }
    };
    use_command(props, step.clone());

    let onkeydown = {
        let (step, on_raw, raw) = (step.clone(), props.on_raw.clone(), props.raw);
        Callback::from(move |event: KeyboardEvent| {
            if event.ctrl_key() || event.meta_key() || event.alt_key() {
                return;
            }
            match event.key().as_str() {
                "n" => step(true),
                "p" => step(false),
                "r" => on_raw.emit(!raw),
                _ => return,
            }
            event.prevent_default();
            event.stop_propagation();
        })
    };
    let to_mark = |forward: bool| {
        let step = step.clone();
        Callback::from(move |()| step(forward))
    };
    html! {
        <section class="inspector-record" {onkeydown}>
            <div class="inspector-tabs">
                { tabs(props) }
                if count > 0 {
                    <div class="marks">
                        <span aria-live="polite">{ match *chosen {
                            Some(chosen) => format!("mark {} of {}", chosen.mark + 1, grouped(count as u64)),
                            None if count == 1 => "1 mark".to_owned(),
                            None => format!("{} marks", grouped(count as u64)),
                        } }</span>
                        { icon_button(Icon::Up, "Previous mark (p)", &to_mark(false)) }
                        { icon_button(Icon::Down, "Next mark (n)", &to_mark(true)) }
                        { key_cap("n") }{ key_cap("p") }
                    </div>
                }
            </div>
            <div class="inspector-content" role="tabpanel">
                if props.raw {
                    <Raw record={props.record.clone()} marks={marks.clone()} on_copy={props.on_copy.clone()} />
                } else {
                    { absent(&props.record, &marks) }
                    <Tree record={props.record.clone()} marks={marks.clone()} chosen={*chosen} {on_choose}
                        on_filter={props.on_filter.clone()} on_pivot={props.on_pivot.clone()} on_copy={props.on_copy.clone()} />
                }
            </div>
        </section>
    }
}

/// The mark to open a record with: the first that is a reason to worry. What is personal stands in every
/// record of a person, and what is never logged in every record of a call.
fn first(record: &RecordView, marks: &[Mark]) -> Option<usize> {
    let worries = |mark: &Mark| {
        mark.exposure(record).is_some_and(|exposure| !exposure.kind.is_personal())
            || mark.redaction(record).is_some_and(|redaction| redaction.class != Hidden::NotLogged)
    };
    marks.iter().position(worries)
}

/// What is withheld from a record that does not even name it: it has no line in the tree.
fn absent(record: &RecordView, marks: &[Mark]) -> Html {
    let place = record.redactions.len().wrapping_sub(1);
    let Some(redaction) = record.redactions.last() else { return Html::default() };
    if marks.iter().any(|mark| mark.of == MarkOf::Redaction(place)) {
        return Html::default();
    }
    html! {
        <div class={if redaction.class.is_redaction() { "absent is-hid" } else { "absent soft" }}>
            <p>{ redacted(redaction, redaction.path.clone(), Callback::noop()) }{ " " }{ sentence(&redaction.explanation) }</p>
            <p class="source isolate">{ sentence(&source_of(redaction)) }</p>
        </div>
    }
}

#[hook]
fn use_command(props: &RecordPaneProps, step: impl Fn(bool) + 'static) {
    let (raw, on_raw) = (props.raw, props.on_raw.clone());
    // A command that came before this record was opened was for another one.
    let done = use_mut_ref(|| props.command.map(|(turn, _)| turn));
    use_effect_with(props.command, move |command| {
        let Some((turn, command)) = command else { return };
        if done.replace(Some(*turn)) == Some(*turn) {
            return;
        }
        match command {
            InspectorCommand::NextMark => step(true),
            InspectorCommand::PreviousMark => step(false),
            InspectorCommand::ToggleRaw => on_raw.emit(!raw),
        }
    });
}

fn tabs(props: &RecordPaneProps) -> Html {
    let tab = |name: &'static str, testid: &'static str, raw: bool| {
        let chosen = props.raw == raw;
        let on_raw = props.on_raw.clone();
        html! {
            <button type="button" role="tab" aria-selected={if chosen { "true" } else { "false" }} data-testid={testid}
                onclick={move |_: MouseEvent| on_raw.emit(raw)}>{ name }</button>
        }
    };
    html! {
        <div class="names" role="tablist" aria-label="Record as">
            { tab("Record", "inspector-record", false) }
            { tab("Raw", "inspector-raw", true) }
        </div>
    }
}
