//! The inspector: one record in full, in words, as a tree and as it was logged.

mod answers;
mod head;
mod line;
mod raw;
mod record;
mod tree;

use yew::prelude::*;

use self::answers::answers;
use self::head::{facts, head};
use self::record::RecordPane;
use super::shared::{Icon, Names, Same, icon, icon_button, icon_small, span, titled, verdict_mark};
use crate::display::grouped;
use crate::layout::file_name;
use crate::protocol::{FileIntegrity, RecordView};
use crate::state::Chain;
use crate::ui::identities::{ChainActs, chain};
use crate::ui::shared::shown;

/// What the page's keys can ask of the inspector while the focus is elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InspectorCommand {
    /// The next mark: `n`.
    NextMark,
    /// The one before: `p`.
    PreviousMark,
    /// From the tree to the source text and back: `r`.
    ToggleRaw,
}

/// What a value of the record leads to, beside filters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pivot {
    /// Its path as a column.
    Column(String),
    /// Its path as a facet.
    Facet(String),
    /// Only events with this value at its path, whatever was asked before.
    Only(String, String),
}

/// Of [`Inspector`].
#[derive(Clone, PartialEq, Properties)]
pub struct InspectorProps {
    /// The record; `None` while it is being fetched.
    pub record: Option<Same<RecordView>>,
    /// Names of accounts.
    pub names: Names,
    /// Who is behind the call.
    pub chain: Same<Chain>,
    /// What the chain leads to.
    pub acts: ChainActs,
    /// Whether its file is what was delivered.
    #[prop_or_default]
    pub integrity: Option<FileIntegrity>,
    /// Why there is none.
    #[prop_or_default]
    pub problem: Option<AttrValue>,
    /// A turn number, so that the same can be asked for twice, and what is asked for.
    #[prop_or_default]
    pub command: Option<(u32, InspectorCommand)>,
    /// Esc, or the cross.
    pub on_close: Callback<()>,
    /// The row above in the table.
    pub on_previous: Callback<()>,
    /// The row below.
    pub on_next: Callback<()>,
    /// A field or path, its value, and whether events with it are wanted or unwanted.
    pub on_filter: Callback<(String, String, bool)>,
    /// A value leads elsewhere.
    pub on_pivot: Callback<Pivot>,
    /// Text for the clipboard, as logged.
    pub on_copy: Callback<String>,
}

/// One record in full.
#[component]
pub fn Inspector(props: &InspectorProps) -> Html {
    let raw = use_state_eq(|| false);
    let on_raw = {
        let raw = raw.setter();
        use_callback((), move |chosen, ()| raw.set(chosen))
    };
    let onkeydown = props.on_close.clone();
    let onkeydown = Callback::from(move |event: KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            onkeydown.emit(());
        }
    });
    let id = props.record.as_ref().map(|record| record.event_id.clone());
    html! {
        <aside class="inspector" data-testid="inspector" data-event-id={id} aria-label="Record" {onkeydown}>
            if let Some(record) = &props.record {
                { head(props, record) }
                <div class="inspector-body">
                    <div class="inspector-words">
                        { facts(record, &props.names, &props.on_filter) }
                        { answers(&record.answers) }
                        { chain(&props.chain, &props.names, &props.acts) }
                    </div>
                    <RecordPane key={format!("{}-{}", record.row.shard, record.row.row)} record={record.clone()}
                        raw={*raw} {on_raw} command={props.command} on_filter={props.on_filter.clone()}
                        on_pivot={props.on_pivot.clone()} on_copy={props.on_copy.clone()} />
                </div>
                { origin(record, props.integrity.as_ref()) }
            } else {
                { absent(props) }
            }
        </aside>
    }
}

/// Where the record is from, and what a reader must know of its text.
fn origin(record: &RecordView, integrity: Option<&FileIntegrity>) -> Html {
    let place = format!("{}, record {}, at byte {}", record.file, record.record, grouped(record.offset));
    let copies = match record.copies {
        0 => None,
        1 => Some("1 exact copy not shown".to_owned()),
        more => Some(format!("{} exact copies not shown", grouped(more.into()))),
    };
    html! {
        <footer class="inspector-origin">
            { titled("v line", shown(file_name(&record.file)).into_owned(), shown(&place).into_owned()) }
            { span("fixed", format!("record {}", grouped(record.record.into()))) }
            if let Some(copies) = copies { { span("fixed", copies) } }
            if let Some(integrity) = integrity { { verdict_mark(integrity) } }
            for note in &record.notes {
                <span class="note">{ icon_small(Icon::Info) }{ shown(note).into_owned() }</span>
            }
        </footer>
    }
}

/// Instead of a record: why there is none, or nothing while it is on its way.
fn absent(props: &InspectorProps) -> Html {
    html! {
        <>
            <header class="inspector-head">
                <span class="name" />
                { icon_button(Icon::Close, "Close (Esc)", &props.on_close) }
            </header>
            if let Some(problem) = &props.problem {
                <div class="empty" role="alert" data-testid="problem" data-kind="record">
                    { icon(Icon::Warn) }
                    <h2>{ "This record cannot be shown" }</h2>
                    <p class="isolate">{ shown(problem).into_owned() }</p>
                </div>
            }
        </>
    }
}
