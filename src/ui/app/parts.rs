//! The parts of the page with what they show.

use yew::prelude::*;

use super::{App, words};
use crate::event::Field;
use crate::protocol::Facet;
use crate::query;
use crate::services::card_key;
use crate::sorting::sort_by;
use crate::state::{ChainPlace, Overlay, Phase, View};
use crate::ui::choose::choose;
use crate::ui::compare::CompareDialog;
use crate::ui::events::EventTable;
use crate::ui::facets::Rail;
use crate::ui::files::{FileRail, FilesView, IntegrityShown, keys_hint};
use crate::ui::frame::{
    self, DropCover, FileInputs, Layout, StatusLine, Tab, TopBar, layout, status_line, top_bar,
};
use crate::ui::handover::hand_over_view;
use crate::ui::help::help;
use crate::ui::histogram::{HistogramPanel, histogram_panel};
use crate::ui::identities::IdentitiesView;
use crate::ui::inspector::Inspector;
use crate::ui::link::LinkDialog;
use crate::ui::palette::Palette;
use crate::ui::paste::{keys_dialog, paste_dialog};
use crate::ui::query_bar::{Mend, QueryBar};
use crate::ui::redactions::RedactionsView;
use crate::ui::services::ServicesView;
use crate::ui::shared::Same;
use crate::ui::sql::{SqlPanel, SqlPanelProps, sql_dialog};
use crate::ui::start::{PrivacyPanel, Proof, StartView, proof_dialog, start_view};
use crate::ui::toast::toasts;
use crate::web::page;

impl App {
    /// The whole page.
    pub(super) fn page(&self) -> Html {
        let started = !self.state.reading.is_empty();
        let inspecting = started && self.state.selection.inspecting();
        layout(Layout {
            top: self.top_bar(started),
            rail: started.then(|| self.facets()),
            // The hand-over needs the width, and its scope is chosen in it.
            rail_state: if self.state.view == View::HandOver && self.rail == frame::RailState::Auto {
                frame::RailState::Closed
            } else {
                self.rail
            },
            histogram: started.then(|| html! { <>{ self.handed.strip() }{ self.histogram() }</> }),
            tabs: started.then(|| self.tabs()),
            view: if started { self.open_view() } else { self.start() },
            view_tab: started.then(|| self.state.view.name()),
            inspector: inspecting.then(|| self.inspector()),
            status: self.status(),
            floating: self.floating(),
        })
    }

    fn top_bar(&self, started: bool) -> Html {
        let on = &self.callbacks;
        let (error, mend) = self.complaint();
        top_bar(TopBar {
            sources: started
                .then(|| words::sources(self.state.reading.ledger(), self.state.reading.files_taken())),
            filters: self.words.chosen(&self.state.query, &self.state.columns).len(),
            masking: self.masking,
            on_mask: &on.mask,
            zone: self.zone,
            on_zone: &on.zone,
            dark: self.is_dark(),
            on_scheme: &on.scheme,
            on_help: &on.open_help,
            on_link: &on.open_link,
            on_proof: &on.open_proof,
            on_add_files: &on.pick_files,
            on_add_folder: &on.pick_folder,
            on_paste: &on.open_paste,
            on_clear: &on.clear,
            on_rail: &on.open_rail,
            search: html! {
                <QueryBar masking={self.masking} text={self.typed.clone()} applied={AttrValue::from(self.state.query.clone())}
                    tokens={words::tokens(&self.typed)} {error} {mend} on_change={&on.typed} on_apply={&on.apply} on_pause={&on.pause}
                    answer={Same(self.shown.facets().clone())} history={Same(self.state.history.clone())}
                    on_sql={started.then(|| on.open_sql.clone())} />
            },
        })
    }

    /// What is wrong with the text in the bar, and what may be meant.
    fn complaint(&self) -> (Option<(usize, AttrValue)>, Option<Mend>) {
        let typed = self.typed.as_str();
        let mend = |span, text: &str| Some(Mend { span, text: AttrValue::from(text.to_owned()) });
        if self.state.query_error.is_none() {
            // A name is not doubted while it is being typed, nor where events have it.
            let settled = *typed == *self.state.query && self.state.phase() == Phase::Ready;
            let nothing = settled && self.state.asking.answer().matched == 0;
            let doubt = nothing.then(|| query::doubt(typed)).flatten();
            return (None, doubt.and_then(|doubt| mend(doubt.span, doubt.instead)));
        }
        match query::parse(typed) {
            Ok(_) => (None, None),
            Err(error) => {
                let instead = error.instead.as_ref().and_then(|text| mend(error.span, text));
                (Some((error.position, error.message.into())), instead)
            }
        }
    }

    /// What was drawn before must not stay when the masking or the zone changes: another key is another component.
    fn drawn(&self) -> String {
        [self.masking.name(), &self.zone.key()].concat()
    }

    fn facets(&self) -> Html {
        let drawn = self.drawn();
        let on = &self.callbacks;
        if self.state.view == View::Files {
            return html! {
                <FileRail ledger={Same(self.state.reading.ledger().clone())} choices={self.file_choices.clone()}
                    names={Same(self.state.reading.names().clone())} on_choose={&on.choose_files} on_rail={&on.rail} />
            };
        }
        let asking = &self.state.asking;
        let so_far = self.state.reading.in_flight().then(|| {
            let (done, all) = self.state.reading.bytes();
            AttrValue::from(format!("Counts so far, {} read", crate::display::share(done, all)))
        });
        html! {
            <Rail key={drawn} names={Same(self.state.reading.names().clone())} answer={Some(Same(self.shown.facets().clone()))}
                chosen={self.words.chosen(&self.state.query, &self.state.columns)}
                columns={Same(self.state.columns.clone())} on_columns={&on.columns}
                on_include={&on.include} on_exclude={&on.exclude} on_rail={&on.rail} {so_far}
                stale={asking.is_late()} />
        }
    }

    fn histogram(&self) -> Html {
        let on = &self.callbacks;
        let asking = &self.state.asking;
        let (answer, buckets) = self.shown.histogram();
        histogram_panel(&HistogramPanel {
            answer: Same(answer.clone()),
            buckets,
            brush: self.state.brush,
            on_brush: &on.brush,
            collapsed: !self.state.histogram_is_open(),
            on_collapse: &on.histogram,
            reading: self.state.reading.in_flight(),
            stale: asking.is_late(),
        })
    }

    fn tabs(&self) -> Html {
        let answer = self.state.asking.answer();
        let tab = |view: View, count| Tab { id: view.name(), label: view.label(), count };
        let all = vec![
            tab(View::Services, Some(self.services(&answer.facets))),
            tab(View::Events, Some(answer.matched)),
            tab(View::Identities, Some(answer.principals)),
            tab(View::Redactions, Some(answer.redactions)),
            tab(View::Files, Some(self.state.reading.totals().lines)),
            tab(View::HandOver, None),
        ];
        frame::tabs(all, self.state.view.name(), &self.callbacks.view)
    }

    /// How many cards the matches have. A facet is counted without the query's terms on its own field,
    /// so those are applied to it here.
    fn services(&self, facets: &[Facet]) -> u64 {
        let Some(facet) = facets.iter().find(|facet| facet.field == Field::EventSource) else {
            return 0;
        };
        let chosen = self.words.chosen(&self.state.query, &self.state.columns);
        let named = |value: Option<&str>, include: bool| {
            chosen.iter().any(|choice| {
                choice.field == Field::EventSource
                    && choice.include == include
                    && choice.value.as_deref() == value
            })
        };
        let values: Vec<&str> = facet.values.iter().filter_map(|(value, _)| value.as_deref()).collect();
        let any_included = values.iter().any(|value| named(Some(value), true));
        let is_left =
            |value: &&str| if any_included { named(Some(value), true) } else { !named(Some(value), false) };
        // Some cards join several sources.
        let mut cards: Vec<&str> = values.into_iter().filter(is_left).map(card_key).collect();
        sort_by(&mut cards, |one, other| one.cmp(other));
        cards.dedup();
        // Events without a source have a card of their own.
        let absent = facet.values.iter().any(|(value, _)| value.is_none());
        cards.len() as u64 + u64::from(absent && !any_included && !named(None, false))
    }

    fn open_view(&self) -> Html {
        let on = &self.callbacks;
        let state = &self.state;
        let answer = Same(state.asking.answer().clone());
        let reading = state.reading.in_flight();
        let drawn = self.drawn();
        match state.view {
            View::Services => html! {
                <ServicesView key={drawn} {answer} buckets={state.asking.buckets()} brush={state.brush} {reading}
                    order={self.order} on_order={&on.order} on_filter={&on.choose}
                    open={state.service.clone().map(AttrValue::from)} on_open={&on.open_service} on_brush={&on.brush}
                    on_clear_query={&on.clear_query} />
            },
            View::Events => html! {
                <EventTable key={drawn} total={state.asking.answer().matched} window_first={state.window.first()}
                    rows={Same(state.window.rows().clone())} selected={state.selection.row()}
                    columns={Same(state.columns.clone())} choosing={state.choosing} answer={answer}
                    pins={Same(state.pins.rows().clone())} on_pin={&on.pin} on_compare={&on.compare} on_around={&on.around}
                    on_pinned={&on.open_record} on_columns={&on.columns} on_choosing={&on.choosing}
                    order={state.order} loading={state.asking.is_late()} {reading} list={state.list}
                    reveal={state.selection.reveal().map(|(place, turn)| (turn, place))} on_window={&on.need_rows}
                    on_open={&on.open_row} on_select={&on.select} on_sort={&on.sort_by}
                    on_next_error={&on.next_error} on_clear_query={&on.clear_query} />
            },
            View::Identities => html! {
                <IdentitiesView key={drawn} {answer} buckets={state.asking.buckets()}
                    open={state.open_person().cloned()}
                    detail={Same(state.person.detail().clone())} chain={Same(state.chain(ChainPlace::Principal).clone())}
                    names={Same(state.reading.names().clone())} on_person={&on.person} on_trace={&on.trace}
                    acts={on.acts.clone()} on_filter={&on.narrow} on_events={&on.show_events} />
            },
            View::Redactions => {
                html! { <RedactionsView key={drawn} {answer} on_filter={&on.choose} on_events={&on.show_events} /> }
            }
            View::HandOver => hand_over_view(
                &state.hand_over,
                answer.matched,
                answer.events,
                &on.hand_over,
                (&on.clean_ledger, &on.clean_report),
                html! { <SqlPanel ..self.sql() /> },
            ),
            View::Files => html! {
                <FilesView key={drawn} choices={self.file_choices.clone()} names={Same(state.reading.names().clone())} on_remove={&on.remove} ledger={Same(state.reading.ledger().clone())} {reading} on_copy={&on.copy}
                    held={(state.phase() == Phase::Ready).then(|| state.asking.answer().events)}
                    on_csv={&on.save_ledger} integrity={self.integrity()} on_integrity={on.integrity.clone()} />
            },
        }
    }

    fn integrity(&self) -> IntegrityShown {
        let integrity = &self.state.integrity;
        IntegrityShown {
            report: integrity.report().map(|report| Same(report.clone())),
            checking: integrity.is_checking().then(|| integrity.bytes()),
            can_check: self.state.can_check_integrity(),
        }
    }

    fn inspector(&self) -> Html {
        let drawn = self.drawn();
        let on = &self.callbacks;
        let selection = &self.state.selection;
        html! {
            <Inspector key={drawn} names={Same(self.state.reading.names().clone())} record={selection.record().map(|record| Same(record.clone()))}
                problem={selection.problem().map(|problem| AttrValue::from(problem.to_string()))}
                chain={Same(self.state.chain(ChainPlace::Inspector).clone())} acts={on.acts.clone()}
                integrity={selection.record().and_then(|record| self.state.reading.integrity_of(&record.file))}
                command={self.command} on_close={&on.close_inspector} on_previous={&on.previous} on_next={&on.next}
                on_filter={&on.filter} on_pivot={&on.pivot} on_copy={&on.copy} />
        }
    }

    fn start(&self) -> Html {
        let on = &self.callbacks;
        start_view(&StartView {
            on_folder: &on.pick_folder,
            on_files: &on.pick_files,
            on_paste: &on.paste,
            on_sample: &on.sample,
            sample: crate::sample::DESCRIPTION,
            privacy: self.privacy(),
        })
    }

    fn privacy(&self) -> PrivacyPanel<'_> {
        PrivacyPanel {
            policy: &self.policy,
            version: &self.version,
            tried: &self.tried,
            on_try: &self.callbacks.try_to_connect,
        }
    }

    fn proof(&self) -> Html {
        let meta = |name| page::meta(name).unwrap_or_default();
        proof_dialog(&Proof {
            panel: self.privacy(),
            build: (meta("trailscope-build"), meta("trailscope-digest")),
            files: page::hashed_files(),
            stored: page::stored(),
            on_close: &self.callbacks.close_overlay,
        })
    }

    fn status(&self) -> Html {
        let on = &self.callbacks;
        let reading = &self.state.reading;
        let totals = reading.totals();
        let (bytes, bytes_total) = reading.bytes();
        let events = if reading.in_flight() { reading.events_so_far() } else { totals.events };
        let elapsed_ms = reading.seconds().max(0.0) * 1_000.0;
        let inflated = reading.rate().unwrap_or_default() * reading.seconds();
        status_line(&StatusLine {
            state: match self.state.phase() {
                Phase::Ready if !self.shown.is_current(&self.state.asking) => Phase::Asking,
                phase => phase,
            },
            query: AttrValue::from(self.state.query.clone()),
            events,
            matched: self.state.asking.answer().matched,
            files: totals.files,
            files_total: reading.files_taken(),
            skipped: totals.skipped,
            failed: totals.outcomes[3],
            partly: totals.outcomes[1],
            duplicates: totals.duplicates,
            rejected: totals.rejected,
            bytes,
            bytes_total,
            inflated: inflated as u64,
            elapsed_ms: elapsed_ms as u64,
            note: self.row_note(),
            on_cancel: &on.cancel,
            on_add_files: &on.pick_files,
            on_trouble: &on.show_files,
            on_choose: &on.show_scope,
        })
    }

    fn row_note(&self) -> Option<AttrValue> {
        let place = self.state.selection.place().filter(|_| self.state.view == View::Events)?;
        let matched = self.state.asking.answer().matched;
        let grouped = crate::display::grouped;
        (place < matched).then(|| format!("row {} of {}", grouped(place + 1), grouped(matched)).into())
    }

    /// The query as SQL: in its dialog, and in the hand-over.
    fn sql(&self) -> SqlPanelProps {
        let on = &self.callbacks;
        SqlPanelProps {
            query: self.state.query.clone().into(),
            time: self.state.brush,
            on_copy: on.copy.clone(),
            on_save: on.save_sql.clone(),
        }
    }

    fn link(&self) -> Html {
        let on = &self.callbacks;
        let address = page::address();
        let link = |values: bool| AttrValue::from([&*address, "#", &self.state.link(values)].concat());
        html! {
            <LinkDialog link={link(false)} whole={link(true)} on_copy={&on.copy} on_close={&on.close_overlay} />
        }
    }

    fn floating(&self) -> Html {
        let on = &self.callbacks;
        html! {
            <>
                <FileInputs files={self.files.clone()} folder={self.folder.clone()} on_files={&on.files} />
                <DropCover files={self.state.reading.totals().files} on_drop={&on.dropped} />
                { toasts(&self.words.news(&self.state), &on.close_notice, &on.offer) }
                { match self.state.overlay {
                    Overlay::None => Html::default(),
                    Overlay::Palette => html! { <Palette on_run={&on.run} on_close={&on.close_overlay} /> },
                    Overlay::Help => help(&on.close_overlay),
                    Overlay::Proof => self.proof(),
                    Overlay::Choose => {
                        choose(&self.scope, &on.toggle_scope, &on.apply_scope, &on.close_overlay)
                    }
                    Overlay::Sql => sql_dialog(
                        self.sql(),
                        &on.close_overlay,
                    ),
                    Overlay::Link => self.link(),
                    Overlay::Compare => {
                        let [left, right] = self.state.compared.records.clone().map(|record| record.map(Same));
                        html! { <CompareDialog {left} {right} on_close={&on.close_overlay} /> }
                    }
                    Overlay::Paste => paste_dialog(&on.paste, &on.close_overlay),
                    Overlay::Keys => keys_dialog(keys_hint(), &on.paste, &on.close_overlay),
                } }
            </>
        }
    }
}
