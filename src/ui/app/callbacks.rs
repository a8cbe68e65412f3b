//! The callbacks of the page, made once: a fresh closure for each render would make every child
//! render again.

use web_sys::{DataTransfer, File};
use yew::html::Scope;
use yew::prelude::*;

use super::{App, Message};
use crate::display::CardOrder;
use crate::event::Field;
use crate::protocol::{IdentitySummary, RowRef};
use crate::state::{Action, ColumnsAction, FileChoice, HandOverAction, Offer, Overlay, Trait, View};
use crate::ui::files::IntegrityCallbacks;
use crate::ui::frame::RailState;
use crate::ui::identities::ChainActs;
use crate::ui::inspector::Pivot;
use crate::ui::palette::Command;
use crate::ui::shared::{Choice, OnFilter, Zone};
use crate::web::intake;

/// See the module.
pub struct Callbacks {
    pub files: Callback<Vec<File>>,
    pub dropped: Callback<DataTransfer>,
    pub paste: Callback<String>,
    pub sample: Callback<()>,
    pub clear: Callback<()>,
    pub cancel: Callback<()>,
    pub show_scope: Callback<()>,
    pub toggle_scope: Callback<(Trait, String)>,
    pub apply_scope: Callback<()>,
    pub remove: Callback<u32>,
    pub pick_files: Callback<()>,
    pub pick_folder: Callback<()>,
    pub open_paste: Callback<()>,
    pub open_help: Callback<()>,
    /// Show how it is kept that nothing leaves the tab.
    pub open_proof: Callback<()>,
    pub close_overlay: Callback<()>,
    pub close_notice: Callback<u32>,
    pub offer: Callback<Offer>,
    pub scheme: Callback<()>,
    pub mask: Callback<()>,
    pub zone: Callback<Zone>,
    pub run: Callback<Command>,
    pub typed: Callback<AttrValue>,
    pub apply: Callback<AttrValue>,
    pub pause: Callback<AttrValue>,
    pub clear_query: Callback<()>,
    pub columns: Callback<ColumnsAction>,
    pub choosing: Callback<bool>,
    pub pivot: Callback<Pivot>,
    pub pin: Callback<()>,
    pub compare: Callback<()>,
    pub around: Callback<()>,
    pub open_record: Callback<RowRef>,
    pub open_link: Callback<()>,
    pub choose: OnFilter,
    pub narrow: OnFilter,
    pub include: Callback<(Field, Option<String>)>,
    pub exclude: Callback<(Field, Option<String>)>,
    pub filter: Callback<(String, String, bool)>,
    pub rail: Callback<RailState>,
    pub open_rail: Callback<()>,
    pub brush: Callback<Option<(i64, i64)>>,
    pub histogram: Callback<()>,
    pub view: Callback<&'static str>,
    pub show_events: Callback<()>,
    pub show_files: Callback<()>,
    pub order: Callback<CardOrder>,
    pub choose_files: Callback<FileChoice>,
    pub open_service: Callback<Option<String>>,
    pub need_rows: Callback<(u64, u32)>,
    pub open_row: Callback<(u64, RowRef)>,
    pub select: Callback<(u64, RowRef)>,
    pub sort_by: Callback<Option<Field>>,
    pub next_error: Callback<bool>,
    pub close_inspector: Callback<()>,
    pub previous: Callback<()>,
    pub next: Callback<()>,
    pub person: Callback<IdentitySummary>,
    pub trace: Callback<RowRef>,
    pub acts: ChainActs,
    pub copy: Callback<String>,
    pub open_sql: Callback<()>,
    pub save_sql: Callback<(String, String)>,
    pub save_ledger: Callback<()>,
    pub hand_over: Callback<HandOverAction>,
    pub clean_ledger: Callback<()>,
    /// The printable report for somebody else.
    pub clean_report: Callback<()>,
    pub try_to_connect: Callback<()>,
    pub integrity: IntegrityCallbacks,
}

impl Callbacks {
    pub fn new(scope: &Scope<App>) -> Self {
        let act = |action: fn() -> Action| scope.callback(move |()| Message::Act(action()));
        let press = |testid: &'static str| Callback::from(move |()| crate::web::page::click(testid));
        let dropped = {
            let scope = scope.clone();
            Callback::from(move |transfer: DataTransfer| {
                // The entries must be taken while the event lasts; the folders open after it.
                let taken = intake::take(&transfer);
                scope.send_future(async move {
                    let (files, closed) = intake::walk(taken).await;
                    Message::Take(files, closed)
                });
            })
        };
        let facet = |include: bool| {
            scope.callback(move |(field, value)| {
                Message::Choose(vec![Choice { field, value, include }], false)
            })
        };
        Self {
            files: scope.callback(|files| Message::Take(intake::picked(files), Vec::new())),
            dropped,
            paste: scope.callback(Message::Paste),
            sample: scope.callback(|()| Message::Sample),
            clear: act(|| Action::Cleared),
            cancel: scope.callback(|()| Message::Cancel),
            show_scope: scope.callback(|()| Message::ShowScope),
            toggle_scope: scope.callback(|(by, value)| Message::ToggleScope(by, value)),
            apply_scope: scope.callback(|()| Message::ApplyScope),
            remove: scope.callback(Message::Remove),
            pick_files: press("file-input"),
            pick_folder: press("folder-input"),
            open_paste: act(|| Action::Overlay(Overlay::Paste)),
            open_sql: act(|| Action::Overlay(Overlay::Sql)),
            save_sql: scope.callback(|(name, text)| Message::SaveSql(name, text)),
            open_proof: act(|| Action::Overlay(Overlay::Proof)),
            open_help: act(|| Action::Overlay(Overlay::Help)),
            close_overlay: act(|| Action::Overlay(Overlay::None)),
            offer: scope.callback(|offer| match offer {
                Offer::ChooseAgain => Message::ChooseAgain,
                Offer::TakeNewer => Message::TakeNewer,
            }),
            close_notice: scope.callback(|id| Message::Act(Action::CloseNotice(id))),
            scheme: scope.callback(|()| Message::SwitchScheme),
            mask: scope.callback(|()| Message::Mask),
            zone: scope.callback(Message::Zone),
            run: scope.callback(Message::Run),
            typed: scope.callback(Message::Typed),
            apply: scope.callback(|text: AttrValue| Message::Act(Action::Query(text.to_string()))),
            pause: scope.callback(|text: AttrValue| Message::Act(Action::Typed(text.to_string()))),
            columns: scope.callback(|action| Message::Act(Action::Columns(action))),
            choosing: scope.callback(|on| Message::Act(Action::Choosing(on))),
            pivot: scope.callback(|pivot| match pivot {
                Pivot::Column(path) => Message::Act(Action::Columns(ColumnsAction::Add(path))),
                Pivot::Facet(path) => Message::Act(Action::Columns(ColumnsAction::Facet(path))),
                Pivot::Only(path, value) => Message::Only(path, value),
            }),
            pin: act(|| Action::Pin),
            compare: act(|| Action::Compare),
            around: act(|| Action::Around),
            open_record: scope.callback(|row| Message::Act(Action::OpenRecord(row))),
            open_link: act(|| Action::Overlay(Overlay::Link)),
            clear_query: scope.batch_callback(|()| {
                vec![Message::Typed(AttrValue::default()), Message::Act(Action::Query(String::new()))]
            }),
            choose: scope.callback(|choices| Message::Choose(choices, false)),
            narrow: scope.callback(|choices| Message::Choose(choices, true)),
            include: facet(true),
            exclude: facet(false),
            filter: scope.callback(|(path, value, include)| Message::Filter(path, value, include)),
            rail: scope.callback(Message::Rail),
            open_rail: scope.callback(|()| Message::Rail(RailState::Open)),
            brush: scope.callback(|range| Message::Act(Action::Brush(range))),
            histogram: act(|| Action::ToggleHistogram),
            view: scope.callback(|name| Message::Act(Action::View(View::by_name(name).unwrap_or_default()))),
            show_events: act(|| Action::View(View::Events)),
            show_files: act(|| Action::View(View::Files)),
            order: scope.callback(Message::Order),
            choose_files: scope.callback(Message::ChooseFiles),
            open_service: scope.callback(|source| Message::Act(Action::OpenService(source))),
            need_rows: scope.callback(|(first, len)| Message::Act(Action::NeedRows { first, len })),
            open_row: scope.batch_callback(|(place, _)| {
                vec![Message::Act(Action::Select(place)), Message::Act(Action::OpenInspector)]
            }),
            select: scope.callback(|(place, _)| Message::Act(Action::Select(place))),
            sort_by: scope.callback(Message::SortBy),
            next_error: scope.callback(|forward| Message::Act(Action::NextError(forward))),
            close_inspector: act(|| Action::CloseInspector),
            previous: act(|| Action::Step(-1)),
            next: act(|| Action::Step(1)),
            person: scope.callback(|person| Message::Act(Action::OpenPrincipal(Box::new(person)))),
            trace: scope.callback(|row| Message::Act(Action::Trace(row))),
            acts: ChainActs {
                on_filter: scope.callback(|(path, value, include)| Message::Filter(path, value, include)),
                on_open: scope.callback(|row| Message::Act(Action::OpenRecord(row))),
            },
            copy: scope.callback(Message::Copy),
            hand_over: scope.callback(|action| Message::Act(Action::HandOver(action))),
            clean_ledger: scope.callback(|()| Message::CleanLedger),
            clean_report: scope.callback(|()| Message::CleanReport),
            save_ledger: scope.callback(|()| Message::SaveLedger),
            try_to_connect: scope.callback(|()| Message::TryToConnect),
            integrity: IntegrityCallbacks {
                on_keys: act(|| Action::Overlay(Overlay::Keys)),
                on_sheet: scope.callback(|()| Message::SaveSheet),
                on_toggle: act(|| Action::ToggleIntegrity),
            },
        }
    }
}
