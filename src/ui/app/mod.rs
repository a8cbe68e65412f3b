//! The page: holds the state, carries out what it decides, hands its parts to the views.

mod callbacks;
mod handed;
mod keys;
mod parts;
mod queries;
mod report;
mod shown;
mod taking;
mod words;

use std::rc::Rc;

use gloo::events::EventListener;
use gloo::timers::callback::{Interval, Timeout};
use yew::prelude::*;

use crate::display::{CardOrder, Masking};
use crate::event::Field;
use crate::integrity::evidence_sheet;
use crate::protocol::Request;
use crate::state::{
    Action, AppState, Effect, FileChoice, FileChoices, HandOverAction, NotRead, Notice, Overlay, Scheme,
    Scope, Trait,
};
use crate::ui::frame::RailState;
use crate::ui::inspector::InspectorCommand;
use crate::ui::palette::Command;
use crate::ui::shared::{Choice, Same, Zone, masked, set_masking, set_zone};
use crate::ui::start::ConnectTry;
use crate::web::handover_page;
use crate::web::intake::{self, Taken};
use crate::web::link::{Link, LinkEvent, shard_count};
use crate::web::{now_ms, page};
use web_sys::Blob;

use callbacks::Callbacks;

/// Where "Try to connect" tries to connect to: a name that is kept for examples (RFC 2606).
const TRY_URL: &str = "https://example.com/";

/// The clock of the page ticks this often, in milliseconds.
const TICK_MS: u32 = 200;

/// What the component is told.
pub enum Message {
    /// For the state.
    Act(Action),
    /// From the workers, and [`Link::cleared`] of when it was sent.
    Link(u32, LinkEvent),
    /// Files to read, and paths that would not open.
    Take(Vec<Taken>, Vec<String>),
    /// The text in the query bar changed.
    Typed(AttrValue),
    /// Facet values, wanted or unwanted.
    /// With `true`, just what a figure counts.
    Choose(Vec<Choice>, bool),
    /// A path and a value, wanted or unwanted.
    Filter(String, String, bool),
    /// A path and its value, and nothing else.
    Only(String, String),
    /// The rail.
    Rail(RailState),
    /// The head of a column was pressed.
    SortBy(Option<Field>),
    /// The order of the cards.
    Order(CardOrder),
    /// A value of the ledger was pressed in the rail.
    ChooseFiles(FileChoice),
    /// Something for the inspector.
    Inspector(InspectorCommand),
    /// A text for the clipboard.
    Copy(String),
    /// SQL as a file: its name and its text.
    SaveSql(String, String),
    /// The ledger as a file.
    SaveLedger,
    /// The evidence of integrity as a file.
    SaveSheet,
    /// The ledger as a file for somebody else.
    CleanLedger,
    /// The printable report for somebody else.
    CleanReport,
    /// Whether the data of this copy are those it was made with.
    DataChecked(handed::Data),
    /// The one file that is handed over is put together, or why not.
    Assembled(Result<Blob, String>),
    /// Open the sample trail.
    Sample,
    /// Its files have come; none if they could not.
    SampleCame(Vec<Taken>),
    /// Read a pasted text.
    Paste(String),
    /// Stop reading.
    Cancel,
    /// Load the newer version of the page that the browser has.
    TakeNewer,
    /// Show what waits to be read, to choose of it.
    ShowScope,
    /// Begin again with what was dropped, and choose of it first.
    ChooseAgain,
    /// Leave a part of it out, or take it in again.
    ToggleScope(Trait, String),
    /// Read what is chosen, leave out the rest.
    ApplyScope,
    /// Forget a dropped file.
    Remove(u32),
    /// Somebody wrote another fragment into the address.
    FragmentChanged,
    /// Try to reach another origin, and how that went.
    TryToConnect,
    /// How it went.
    Tried(ConnectTry),
    /// A key was pressed somewhere.
    Key(KeyboardEvent),
    /// Light to dark or back.
    SwitchScheme,
    /// The next level of masking on screen.
    Mask,
    /// Something of the command palette.
    Run(Command),
    /// Times are read in another zone.
    Zone(Zone),
    /// The next part of the page takes the answer.
    Follow,
}

/// The page.
pub struct App {
    state: AppState,
    link: Link,
    callbacks: Callbacks,
    /// The text in the query bar.
    typed: AttrValue,
    rail: RailState,
    order: CardOrder,
    /// What is chosen of the ledger.
    file_choices: Same<FileChoices>,
    masking: Masking,
    zone: Zone,
    command: Option<(u32, InspectorCommand)>,
    tried: ConnectTry,
    policy: AttrValue,
    version: AttrValue,
    files: NodeRef,
    folder: NodeRef,
    /// Finished pieces of a hand-over: shard, job, piece.
    pieces: Vec<(u16, u32, Blob)>,
    /// What was put together of them and is being read.
    copy: Option<Blob>,
    /// Above everything, if this page is a hand-over: what its owner says.
    handed: handed::Handed,
    /// Hashes in the report that is being cleaned.
    report_hashes: Vec<String>,
    scope_of_page: html::Scope<App>,
    words: words::Cache,
    shown: shown::Shown,
    /// Until the next part of the page takes the answer.
    following: Option<Timeout>,
    /// What waits to be read, while the reader chooses of it.
    scope: Same<Scope>,
    _clock: Interval,
    _keys: EventListener,
    _fragment: EventListener,
    _newer: EventListener,
}

impl Component for App {
    type Message = Message;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let shards = shard_count();
        let mut state = AppState::new(shards);
        // Nothing is read yet, so there is nothing to be done about it.
        let link = page::fragment();
        let _ = state.follow_link(&link);
        let visit = state.begin_visits(page::seed() as u32);
        // What may be out of a log stays in no address.
        let safe = (!link.is_empty()).then(|| state.snapshot().fragment(false));
        page::set_visit(visit, safe.as_deref(), false);
        state.scheme = match page::stored_scheme().as_deref() {
            Some("light") => Some(Scheme::Light),
            Some("dark") => Some(Scheme::Dark),
            _ => None,
        };
        state.memory_limit = page::memory_limit();
        let typed = AttrValue::from(state.query.clone());
        apply_scheme(state.scheme);
        let scope = ctx.link().clone();
        let on_event = Rc::new(move |cleared, event| scope.send_message(Message::Link(cleared, event)));
        let worker = page::meta("trailscope-worker").unwrap_or_else(|| "worker.js".to_owned());
        let tick = ctx.link().callback(|()| Message::Act(Action::Tick { now_ms: now_ms() }));
        let key = ctx.link().callback(Message::Key);
        let mut handed = handed::Handed::of_this_page();
        if let Some(events) = handover_page::events() {
            handed.check(&events.file, ctx.link().callback(Message::DataChecked));
            ctx.link().send_message(Message::Take(vec![events], Vec::new()));
        }
        Self {
            state,
            link: Link::start(&worker, shards, page::seed(), on_event),
            callbacks: Callbacks::new(ctx.link()),
            typed,
            rail: RailState::default(),
            order: CardOrder::default(),
            file_choices: Same::new(FileChoices::default()),
            masking: Masking::default(),
            zone: Zone::default(),
            command: None,
            tried: ConnectTry::default(),
            policy: page::meta("Content-Security-Policy").unwrap_or_default().into(),
            version: page::meta("trailscope-version")
                .unwrap_or_else(|| env!("CARGO_PKG_VERSION").to_owned())
                .into(),
            files: NodeRef::default(),
            folder: NodeRef::default(),
            pieces: Vec::new(),
            copy: None,
            handed,
            report_hashes: Vec::new(),
            scope_of_page: ctx.link().clone(),
            words: words::Cache::default(),
            shown: shown::Shown::default(),
            following: None,
            scope: Same::new(Scope::default()),
            _clock: Interval::new(TICK_MS, move || tick.emit(())),
            _keys: keys::listen(key),
            _newer: page::on_newer({
                let scope = ctx.link().clone();
                move || scope.send_message(Message::Act(Action::NewerVersion))
            }),
            _fragment: page::on_visit({
                let scope = ctx.link().clone();
                move || scope.send_message(Message::FragmentChanged)
            }),
        }
    }

    fn update(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        let changed = self.hear(ctx, message);
        // What is chosen from must not be read meanwhile.
        self.link.pause(self.state.overlay == Overlay::Choose);
        if self.following.is_none() && !self.shown.is_current(&self.state.asking) {
            let scope = ctx.link().clone();
            self.following = Some(Timeout::new(0, move || scope.send_message(Message::Follow)));
        }
        changed
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        set_masking(self.masking, self.state.selection.record().map(|record| &**record));
        set_zone(self.zone);
        self.page()
    }
}

impl App {
    /// True if something on the page changes.
    fn hear(&mut self, ctx: &Context<Self>, message: Message) -> bool {
        match message {
            Message::Act(Action::Tick { now_ms }) => {
                // Most ticks change nothing.
                let moving = self.state.reading.in_flight() || self.state.asking.in_flight();
                return self.act(Action::Tick { now_ms }) || moving;
            }
            Message::Act(action) => {
                self.act(action);
            }
            Message::Link(cleared, event) if cleared == self.link.cleared() => self.heard(event),
            Message::Link(..) => return false,
            Message::Take(files, closed) => self.take(files, &closed),
            Message::Typed(text) => self.typed = text,
            Message::Choose(choices, narrow) => self.choose(&choices, narrow),
            Message::Filter(path, value, include) => self.filter(&path, &value, include),
            Message::Only(path, value) => self.only(&path, &value),
            Message::Rail(rail) => self.rail = rail,
            Message::SortBy(by) => {
                self.act(Action::Order(self.state.order.pressed(by)));
            }
            Message::Order(order) => self.order = order,
            Message::ChooseFiles(choice) => {
                let mut choices = FileChoices::clone(&self.file_choices);
                choices.toggle(choice);
                self.file_choices = Same::new(choices);
            }
            Message::Inspector(command) => {
                let turn = self.command.map_or(0, |(turn, _)| turn.wrapping_add(1));
                self.command = Some((turn, command));
            }
            Message::Copy(text) => self.copy(ctx, &text),
            Message::SaveSql(name, text) => {
                page::download(&name, "application/sql", &text);
                return false;
            }
            Message::CleanLedger => {
                let text = words::ledger_csv(self.state.reading.ledger());
                self.act(Action::HandOver(HandOverAction::SaveLedger(text)));
            }
            Message::CleanReport => {
                let (text, hashes) = self.report();
                self.report_hashes = hashes;
                self.act(Action::HandOver(HandOverAction::SaveReport(text)));
            }
            Message::DataChecked(data) => self.handed.data = data,
            Message::Assembled(Ok(page)) => page::download_blob(handed::PAGE_NAME, &page),
            Message::Assembled(Err(why)) => {
                self.act(Action::HandOver(HandOverAction::Failed(why)));
            }
            Message::SaveLedger => {
                page::download(
                    "trailscope-ledger.csv",
                    "text/csv",
                    &words::ledger_csv(self.state.reading.ledger()),
                );
                return false;
            }
            Message::SaveSheet => {
                if let Some(report) = self.state.integrity.report() {
                    let sheet = evidence_sheet(
                        report,
                        self.state.reading.ledger(),
                        &self.version,
                        page::now_unix_ms(),
                    );
                    page::download("trailscope-integrity.html", "text/html", &sheet);
                }
                return false;
            }
            Message::Sample => {
                let link = ctx.link().clone();
                wasm_bindgen_futures::spawn_local(async move {
                    link.send_message(Message::SampleCame(intake::sample().await))
                });
                return false;
            }
            Message::SampleCame(files) if files.is_empty() => {
                let text = "It could not be loaded from where this page came from.";
                self.act(Action::Notice(Notice::problem("No sample", text)));
            }
            Message::SampleCame(files) => self.take(files, &[]),
            Message::Paste(text) => {
                self.act(Action::Overlay(Overlay::None));
                self.take(intake::pasted(&text).into_iter().collect(), &[]);
            }
            Message::FragmentChanged => {
                self.act(Action::Visit { number: page::visit(), fragment: page::fragment() });
            }
            Message::Cancel => self.stop(NotRead::Cancelled),
            Message::TakeNewer => {
                page::take_newer();
                return false;
            }
            Message::ShowScope => self.show_scope(),
            Message::ChooseAgain => {
                let files = self.link.opened();
                self.act(Action::Cleared);
                self.link.pause(true);
                self.take(files, &[]);
                self.show_scope();
            }
            Message::ToggleScope(by, value) => {
                let mut scope = Scope::clone(&self.scope);
                scope.toggle(by, &value);
                self.scope = Same::new(scope);
            }
            Message::ApplyScope => {
                self.act(Action::Overlay(Overlay::None));
                let scope = self.scope.clone();
                self.take_back(&|path| scope.wants(path), NotRead::LeftOut);
            }
            Message::Remove(source) => {
                self.act(Action::Remove { sources: vec![source], now_ms: now_ms() });
            }
            Message::TryToConnect => {
                self.tried = ConnectTry::Trying;
                let scope = ctx.link().clone();
                page::try_to_connect(TRY_URL, move |connected, directive| {
                    scope.send_message(Message::Tried(words::tried(TRY_URL, connected, directive)))
                });
            }
            Message::Tried(tried) => self.tried = tried,
            Message::Key(event) => return self.pressed(ctx, &event),
            Message::Follow => {
                self.following = None;
                self.shown.follow(&self.state.asking);
            }
            Message::Mask => self.masking = self.masking.next(),
            Message::Zone(zone) => self.zone = zone,
            Message::Run(command) => return self.run(ctx, command),
            Message::SwitchScheme => {
                let dark = self.is_dark();
                self.act(Action::Scheme(if dark { Scheme::Light } else { Scheme::Dark }));
            }
        }
        true
    }

    /// Lets the state decide and does what it says. True if there was something to do.
    fn act(&mut self, action: Action) -> bool {
        let before = self.state.query.clone();
        let effects = self.state.update(action);
        if before != self.state.query {
            // A step back or a way out may have asked something else than what stands in the bar.
            self.typed = AttrValue::from(self.state.query.clone());
        }
        let any = !effects.is_empty();
        for effect in effects {
            match effect {
                Effect::AskAll(ask) => self.link.send_all(&Request::Ask(ask)),
                Effect::Send(shard, request) => self.link.send(shard, &request),
                Effect::Visit { fragment, number, new } => page::set_visit(number, Some(&fragment), new),
                Effect::RememberScheme(scheme) => {
                    apply_scheme(Some(scheme));
                    page::store_scheme(scheme_name(scheme));
                }
                Effect::RemoveFiles(sources) => self.link.remove(&sources),
                Effect::CheckIntegrity(run) => self.link.send_all(&Request::CheckIntegrity { run }),
                Effect::Verdicts(verdicts) => self.link.send_all(&Request::Verdicts(verdicts)),
                Effect::StopIntegrity => self.link.send_all(&Request::StopIntegrity),
                Effect::HandOver(shard, request) => self.link.hand_over(shard, &request, None),
                Effect::NewKey => match page::hand_over_key() {
                    Some((key, days)) => {
                        self.act(Action::HandOver(HandOverAction::Key(key, days)));
                    }
                    None => {
                        self.act(Action::HandOver(HandOverAction::Cancel));
                    }
                },
                Effect::CheckHandOver(request) => self.check_hand_over(&request),
                Effect::SaveHandOver(format) => self.save_hand_over(format),
                Effect::SaveText("report", text) => {
                    let sheet = report::report_page(&text, &self.report_hashes);
                    page::download("trailscope-handover-report.html", "text/html", &sheet);
                }
                Effect::SaveText(what, text) => {
                    page::download(&format!("trailscope-handover-{what}.csv"), "text/csv", &text);
                }
                Effect::StopReading => self.stop(NotRead::MemoryFull),
                Effect::ClearShards => {
                    self.link.clear();
                    self.typed = AttrValue::default();
                    self.file_choices = Same::new(FileChoices::default());
                    self.command = None;
                }
            }
        }
        any
    }

    fn heard(&mut self, event: LinkEvent) {
        let action = match event {
            LinkEvent::Response(shard, response) => Action::Heard { shard, response, now_ms: now_ms() },
            LinkEvent::ReadingEnded => {
                if !self.state.reading.in_flight() {
                    return;
                }
                Action::ReadingEnded { now_ms: now_ms() }
            }
            LinkEvent::Part(shard, job, blob) => {
                self.pieces.retain(|(_, of, _)| *of == job);
                self.pieces.push((shard, job, blob));
                return;
            }
            LinkEvent::NotRead(unread, why) => Action::NotRead { unread, why },
            LinkEvent::Lost(shard, files, why, replaced) => Action::ShardLost { shard, files, why, replaced },
        };
        self.act(action);
    }

    fn copy(&mut self, ctx: &Context<Self>, text: &str) {
        let scope = ctx.link().clone();
        let text = masked(text);
        let what = words::copied(&text);
        page::copy(&text, move |done| {
            let notice = if done {
                Notice::done("Copied", &what)
            } else {
                Notice::problem("Not copied", "The browser did not give the page its clipboard.")
            };
            scope.send_message(Message::Act(Action::Notice(notice)));
        });
    }

    fn is_dark(&self) -> bool {
        self.state.scheme.map_or_else(page::system_is_dark, |scheme| scheme == Scheme::Dark)
    }
}

fn scheme_name(scheme: Scheme) -> &'static str {
    match scheme {
        Scheme::Light => "light",
        Scheme::Dark => "dark",
    }
}

fn apply_scheme(scheme: Option<Scheme>) {
    page::set_scheme(scheme.map(scheme_name));
}
