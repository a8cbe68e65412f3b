//! The rail while the ledger is open: what its entries have in common.

use yew::prelude::*;

use crate::display::{grouped, middle};
use crate::event::Field;
use crate::protocol::LedgerEntry;
use crate::state::{FileChoice, FileChoices, FileFacet, file_facet};
use crate::ui::facets::{FacetValue, facet_value};
use crate::ui::frame::RailState;
use crate::ui::shared::{Icon, Names, Same, icon_button, icon_tiny, masked, named, shown, shown_as, span};

/// Values before "n more", and once unfolded.
const SHORT: usize = 6;
const LONG: usize = 50;

/// Signs of a value that fit the rail beside its count.
const ROOM: usize = 24;

/// Of [`FileRail`].
#[derive(Clone, PartialEq, Properties)]
pub struct FileRailProps {
    /// The ledger.
    pub ledger: Same<Vec<LedgerEntry>>,
    /// What is chosen of it.
    pub choices: Same<FileChoices>,
    /// Names of accounts.
    pub names: Names,
    /// A value was pressed.
    pub on_choose: Callback<FileChoice>,
    /// The rail's own button.
    pub on_rail: Callback<RailState>,
}

/// A change of what is folded.
enum Fold {
    /// A facet opens or closes.
    Facet(FileFacet),
    /// Its list becomes long or short.
    Length(FileFacet),
}

/// Which facets are closed, and which lists are long.
#[derive(Clone, PartialEq)]
struct Folds {
    closed: Vec<FileFacet>,
    long: Vec<FileFacet>,
}

impl Default for Folds {
    fn default() -> Self {
        // Their lists are long, and asked for less often.
        Self { closed: vec![FileFacet::Day, FileFacet::Folder, FileFacet::Reason], long: Vec::new() }
    }
}

impl Reducible for Folds {
    type Action = Fold;

    fn reduce(self: std::rc::Rc<Self>, action: Fold) -> std::rc::Rc<Self> {
        let mut next = Self::clone(&self);
        let (list, facet) = match action {
            Fold::Facet(facet) => (&mut next.closed, facet),
            Fold::Length(facet) => (&mut next.long, facet),
        };
        match list.iter().position(|other| *other == facet) {
            Some(place) => drop(list.swap_remove(place)),
            None => list.push(facet),
        }
        next.into()
    }
}

/// The rail of the Files view.
#[component]
pub fn FileRail(props: &FileRailProps) -> Html {
    let folds = use_reducer_eq(Folds::default);
    // Of twenty thousand entries each facet takes milliseconds: what is closed is not counted.
    let counts = use_memo(
        (props.ledger.clone(), props.choices.clone(), folds.closed.clone()),
        |(ledger, choices, closed)| {
            FileFacet::ALL.map(|facet| (!closed.contains(&facet)).then(|| file_facet(ledger, facet, choices)))
        },
    );
    let close = props.on_rail.reform(|()| RailState::Closed);
    let open = props.on_rail.reform(|()| RailState::Open);
    html! {
        <aside class="rail" aria-label="Filters of files">
            <div class="rail-strip">{ icon_button(Icon::Rail, "Show the filters (b)", &open) }</div>
            <div class="rail-head"><span class="field-free">{ "Files by" }</span>
                { icon_button(Icon::Rail, "Hide the filters (b)", &close) }</div>
            <div class="rail-body">
                for (facet, values) in FileFacet::ALL.into_iter().zip(counts.iter()) {
                    { panel(facet, values.as_deref(), &folds, props) }
                }
            </div>
        </aside>
    }
}

/// A facet; `values` are missing while it is closed.
fn panel(
    facet: FileFacet,
    values: Option<&[(String, u64)]>,
    folds: &UseReducerHandle<Folds>,
    props: &FileRailProps,
) -> Html {
    let closed = values.is_none();
    let values = values.unwrap_or_default();
    // A facet that tells nothing apart, where nothing has it, only takes room.
    if !closed && values.iter().all(|(value, _)| value.is_empty()) {
        return Html::default();
    }
    let (label, absent) = facet.labels();
    let most = if folds.long.contains(&facet) { LONG } else { SHORT };
    let most = if values.len() == most + 1 { most + 1 } else { most };
    let distinct = values.iter().filter(|(value, _)| !value.is_empty()).count() as u64;
    let top = values.first().map_or(1, |(_, count)| *count);
    let press = |fold: fn(FileFacet) -> Fold| {
        let dispatcher = folds.dispatcher();
        Callback::from(move |_: MouseEvent| dispatcher.dispatch(fold(facet)))
    };
    let more = match values.len().saturating_sub(most) {
        0 if most <= SHORT + 1 => String::new(),
        _ if most >= LONG => "fewer".to_owned(),
        rest => format!("{} more", grouped(rest as u64)),
    };
    html! {
        <section class="facet" data-testid="facet" data-field={facet.name()} aria-label={label}>
            <h3><button type="button" class="facet-head" onclick={press(Fold::Facet)}
                aria-expanded={if closed { "false" } else { "true" }}>
                { icon_tiny(if closed { Icon::Right } else { Icon::Down }) }
                { span("", label) }if !closed { { span("distinct", grouped(distinct)) } }
            </button></h3>
            if !closed {
                <ul>
                    for (value, count) in values.iter().take(most) {
                        { line(facet, value, *count, top, absent, props) }
                    }
                </ul>
                if !more.is_empty() {
                    <p class="facet-more"><button type="button" class="link" onclick={press(Fold::Length)}>{ more }</button></p>
                }
            }
        </section>
    }
}

fn line(
    facet: FileFacet,
    value: &str,
    count: u64,
    top: u64,
    absent: &'static str,
    props: &FileRailProps,
) -> Html {
    let label = match facet {
        _ if value.is_empty() => absent.to_owned(),
        FileFacet::Account => shown_as(Field::RecipientAccount, &named(&props.names, value)).into_owned(),
        _ => shown(value).into_owned(),
    };
    let ours = value.is_empty()
        || matches!(facet, FileFacet::Outcome | FileFacet::Integrity | FileFacet::Kind | FileFacet::Reason);
    let pressed = |include: bool| {
        let choice = FileChoice { facet, value: value.to_owned(), include };
        props.on_choose.reform(move |_: MouseEvent| choice.clone())
    };
    facet_value(FacetValue {
        value: masked(value).into_owned(),
        absent: value.is_empty(),
        ours,
        // Our own words are cut at their end by the style sheet, names lose their middle.
        short: if ours { label.clone() } else { middle(&label, ROOM).into_owned() },
        title: label.clone(),
        label,
        count,
        counted: "entries",
        top,
        state: props.choices.of(facet, value),
        mark: Html::default(),
        on_press: [pressed(true), pressed(false)],
    })
}
