//! The state of the page and its shards: every effect is carried out as `ui::app` and `web` would.

use std::collections::VecDeque;

use trailscope::protocol::{EventRow, Reading, Request, Response, RowRef};
use trailscope::state::{Action, AppState, Effect, Phase};

use super::{Host, fixture, fixtures};

/// A page with its shards.
pub struct Page {
    pub state: AppState,
    pub host: Host,
    pub fragment: String,
    pub clock: f64,
}

impl Page {
    pub fn new(shards: u16) -> Self {
        let (state, host) = (AppState::new(shards), Host::new(shards));
        Self { state, host, fragment: String::new(), clock: 0.0 }
    }

    /// A page on which the delivery files have been dropped.
    pub fn loaded(shards: u16) -> Self {
        Self::new(shards).opened()
    }

    /// A page on which files have been dropped, the first to the first shard and so on.
    pub fn with(shards: u16, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self::new(shards).drop_files(files)
    }

    /// The delivery files are dropped on it.
    pub fn opened(self) -> Self {
        let files = fixtures("invictus").into_iter();
        self.drop_files(files.map(|name| (name.clone(), fixture(&format!("invictus/{name}")))))
    }

    fn drop_files(self, files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        let mut page = self;
        for (name, bytes) in files {
            page.act(Action::TakenIn { files: 1, bytes: bytes.len() as u64, now_ms: 0.0 });
            page.host.drop_file(&name, bytes);
        }
        page.host.settle();
        let ledger = page.host.ledger.clone();
        let response = Response::Reading(Reading { ledger, ..Reading::default() });
        assert_eq!(page.state.phase(), Phase::Loading);
        page.act(Action::Heard { shard: 0, response, now_ms: 1.0 });
        page.act(Action::ReadingEnded { now_ms: 2.0 });
        page
    }

    /// Does one thing and all that follows from it.
    pub fn act(&mut self, action: Action) {
        self.clock += 1_000.0;
        let mut open: VecDeque<Effect> = self.state.update(action).into();
        while let Some(effect) = open.pop_front() {
            for (shard, response) in self.carry_out(effect) {
                let heard = Action::Heard { shard, response, now_ms: self.clock };
                open.extend(self.state.update(heard));
            }
        }
    }

    pub fn carry_out(&mut self, effect: Effect) -> Vec<(u16, Response)> {
        match effect {
            Effect::AskAll(ask) => (0..self.host.shards.len())
                .map(|at| (at as u16, Response::Answer(Box::new(self.host.answer_of(at, &ask)))))
                .collect(),
            Effect::Send(shard, Request::Record { row }) => {
                let at = RowRef { shard, row };
                vec![(shard, Response::Record(Ok(Box::new(self.host.record(at)))))]
            }
            Effect::Send(shard, request) => {
                let response = self.host.shards[usize::from(shard)].lookup(&request);
                vec![(shard, response.expect("the rest needs no text"))]
            }
            Effect::Visit { fragment, .. } => {
                self.fragment = fragment;
                Vec::new()
            }
            Effect::RemoveFiles(sources) => {
                self.host.remove(&sources);
                let ledger = self.host.ledger.clone();
                vec![(0, Response::Reading(Reading { ledger, ..Reading::default() }))]
            }
            Effect::Verdicts(verdicts) => {
                self.host.shards.iter_mut().for_each(|shard| shard.take_verdicts(&verdicts));
                Vec::new()
            }
            Effect::RememberScheme(_)
            | Effect::ClearShards
            | Effect::StopReading
            | Effect::CheckIntegrity(_)
            | Effect::StopIntegrity => Vec::new(),
            // tests/handover.rs and state::handover_tests follow these.
            Effect::HandOver(..)
            | Effect::NewKey
            | Effect::CheckHandOver(_)
            | Effect::SaveHandOver(_)
            | Effect::SaveText(..) => Vec::new(),
        }
    }

    pub fn show(&mut self, first: u64, len: u32) -> Vec<EventRow> {
        self.act(Action::NeedRows { first, len });
        let window = &self.state.window;
        (first..first + u64::from(len)).filter_map(|place| window.at(place).cloned()).collect()
    }

    pub fn matched(&self) -> u64 {
        self.state.asking.answer().matched
    }
}
