//! The ledger: what became of every file that was dropped, and proof that it adds up.

mod calendar;
mod cells;
mod integrity;
mod list;
mod rail;
mod row;
mod sum;

use std::rc::Rc;

use web_sys::HtmlInputElement;
use yew::prelude::*;

pub use self::cells::{COLUMNS, cells};
pub use self::integrity::{IntegrityCallbacks, IntegrityShown, keys_hint};
pub use self::rail::FileRail;

use self::list::LedgerList;
use self::sum::{banner, sum_line};
use super::shared::{
    Button, ButtonKind, Icon, Names, Same, bold, button, icon_small, labelled_count, segmented, shown,
};
use crate::display::grouped;
use crate::layout::{LedgerFilter, LedgerGroups, LedgerOrder, LedgerSum, holds};
use crate::protocol::LedgerEntry;
use crate::state::FileChoices;

/// Of [`FilesView`].
#[derive(Clone, PartialEq, Properties)]
pub struct FilesProps {
    /// A line for every file and archive entry.
    pub ledger: Same<Vec<LedgerEntry>>,
    /// Events that the shards hold, where it is known: the ledger must come to the same.
    #[prop_or_default]
    pub held: Option<u64>,
    /// Files are still being read, so nothing has to add up yet.
    #[prop_or_default]
    pub reading: bool,
    /// What the rail chose of it.
    pub choices: Same<FileChoices>,
    /// Names of accounts.
    pub names: Names,
    /// Whether the log files are what was delivered.
    pub integrity: IntegrityShown,
    /// What can be asked for there.
    pub on_integrity: IntegrityCallbacks,
    /// A dropped file is to be forgotten, by its place in intake order.
    pub on_remove: Callback<u32>,
    /// The listed lines as text, for the clipboard.
    pub on_copy: Callback<String>,
    /// The ledger as a CSV file.
    pub on_csv: Callback<()>,
}

/// What the choice of a filter does.
const FILTERS: [LedgerFilter; 3] = [LedgerFilter::All, LedgerFilter::NeedsALook, LedgerFilter::NoEvents];

/// The Files view.
#[component]
pub fn FilesView(props: &FilesProps) -> Html {
    let filter = use_state_eq(LedgerFilter::default);
    let folded = use_state(|| Rc::new(Vec::<String>::new()));
    let sum = use_memo(props.ledger.clone(), |ledger| LedgerSum::of(ledger));
    let order = use_state_eq(LedgerOrder::default);
    let sought = use_state_eq(String::new);
    let groups = use_memo(
        (props.ledger.clone(), *filter, *order, (*sought).clone(), props.choices.clone()),
        |(ledger, filter, order, sought, choices)| {
            LedgerGroups::new(ledger, *filter, *order, &|entry| holds(entry, sought) && choices.admits(entry))
        },
    );
    let on_order = {
        let order = order.clone();
        // Pressed again, a column gives the folders back.
        Callback::from(move |chosen| order.set(if *order == chosen { LedgerOrder::Grouped } else { chosen }))
    };
    let on_seek = {
        let sought = sought.setter();
        use_callback((), move |event: InputEvent, ()| {
            let input: HtmlInputElement = event.target_unchecked_into();
            sought.set(input.value());
        })
    };
    let on_fold = {
        let setter = folded.setter();
        use_callback((*folded).clone(), move |name: String, folded| {
            let mut changed = Vec::clone(folded);
            match changed.iter().position(|other| *other == name) {
                Some(at) => drop(changed.swap_remove(at)),
                None => changed.push(name),
            }
            setter.set(Rc::new(changed));
        })
    };
    let on_choose = {
        let filter = filter.setter();
        use_callback((), move |place: usize, ()| filter.set(FILTERS.get(place).copied().unwrap_or_default()))
    };
    let copy = {
        let (ledger, groups) = (props.ledger.clone(), groups.clone());
        props.on_copy.reform(move |()| listed(&ledger, &groups))
    };
    html! {
        <section class={classes!("files", props.integrity.report.is_some().then_some("judged"))} aria-label="Files">
            { banner(&sum, props.reading) }
            if !props.reading { { integrity::integrity(&props.integrity, &props.names, &props.on_integrity) } }
            { toolbar(props, &sum, &groups, *filter, &on_choose, on_seek, copy) }
            <LedgerList key={FILTERS.iter().position(|other| other == &*filter).unwrap_or_default().to_string()} ledger={props.ledger.clone()} groups={Same::from(groups)} folded={Same::from((*folded).clone())}
                {on_fold} order={*order} {on_order} names={props.names.clone()} on_remove={props.on_remove.clone()} />
            { sum_line(&sum, props.held.filter(|_| !props.reading)) }
        </section>
    }
}

fn toolbar(
    props: &FilesProps,
    sum: &LedgerSum,
    groups: &LedgerGroups,
    filter: LedgerFilter,
    on_choose: &Callback<usize>,
    on_seek: Callback<InputEvent>,
    copy: Callback<()>,
) -> Html {
    let listed: u64 = groups.groups.iter().map(|group| group.entries.len() as u64).sum();
    let folders = groups.groups.iter().filter(|group| !group.name.is_empty()).count() as u64;
    let word = if sum.entries == 1 { "entry" } else { "entries" };
    let options = vec![
        AttrValue::from(format!("All {}", grouped(sum.entries))),
        AttrValue::from(format!("Needs a look {}", grouped(sum.look))),
        AttrValue::from(format!("No events {}", grouped(sum.other))),
    ];
    let chosen = FILTERS.iter().position(|other| *other == filter).unwrap_or_default();
    let tool = |label: &'static str, shape: Icon, title: &'static str, onclick: Callback<()>| {
        let kind = ButtonKind::Quiet;
        button(Button {
            label: label.into(),
            icon: Some(shape),
            kind,
            title: Some(title),
            onclick,
            ..Button::default()
        })
    };
    html! {
        <div class="toolbar">
            <div class="told">
                if listed == sum.entries {
                    { labelled_count(sum.entries, word) }
                    if folders > 0 {
                        { " in " }{ bold(grouped(folders)) }{ if folders == 1 { " folder" } else { " folders" } }
                    }
                } else {
                    { bold(grouped(listed)) }{ " of " }{ labelled_count(sum.entries, word) }
                }
            </div>
            <div class="tools">
                <label class="field">{ icon_small(Icon::Search) }
                    <input type="text" placeholder="Find a file" aria-label="Find a file" autocomplete="off"
                        spellcheck="false" data-testid="file-search" oninput={on_seek} /></label>
                { segmented("Which entries", options, chosen, on_choose) }
                { tool("Copy", Icon::Copy, "Copy the listed lines", copy) }
                { tool("CSV", Icon::Download, "Save the ledger as CSV", props.on_csv.clone()) }
            </div>
        </div>
    }
}

/// The listed entries as lines of text with tabs.
fn listed(ledger: &[LedgerEntry], groups: &LedgerGroups) -> String {
    let mut text = COLUMNS.replace(',', "\t");
    text.push('\n');
    for entry in groups.groups.iter().flat_map(|group| &group.entries).filter_map(|place| ledger.get(*place))
    {
        // A tab or a line end in a name would shift the cells.
        text.push_str(&cells(entry).map(|cell| shown(&cell).into_owned()).join("\t"));
        text.push('\n');
    }
    text
}
