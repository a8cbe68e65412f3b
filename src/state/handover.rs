//! The hand-over: what goes in, what is taken out, and how far it is.

use std::rc::Rc;

use super::handover_told::CheckResult;
use super::{AppState, Effect, Notice, Phase, View};
use crate::merge::originals as merge;
use crate::protocol::{
    Categories, Category, Cleaning, Format, HandOverRequest, HandOverResponse, Originals, PreviewRecord,
    Times,
};
use crate::sorting::sort_by;

/// JSON of more bytes than this is not put into a page: a browser would take minutes to open it.
const MOST_PAGE_BYTES: u64 = 200_000_000;

/// The number under which the lines of the report are cleaned.
const REPORT: u32 = u32::MAX;

/// Which events go in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HandOverScope {
    /// The matches of the query, in the brushed range.
    #[default]
    Query,
    /// Everything that is loaded.
    All,
}

/// How far it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum HandOverPhase {
    /// Nothing has begun.
    #[default]
    Idle,
    /// The records are looked through for what is to be taken out.
    Collecting,
    /// Ready to be saved.
    Ready,
    /// Being written.
    Writing(Format),
    /// Being read once more, to look for originals.
    Checking(Format),
    /// Too much to keep in mind.
    TooMuch,
    /// The reader stopped it before all was looked through.
    Stopped,
}

/// What the reader does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HandOverAction {
    /// Chooses what goes in.
    Scope(HandOverScope),
    /// Takes a category out, or leaves it in.
    Toggle(Category),
    /// Says which values stay though their category is taken out, one on each line.
    Keep(String),
    /// Chooses what becomes of times.
    Times(Times),
    /// Writes the title.
    Title(String),
    /// Writes the note.
    Note(String),
    /// Wants a file.
    Save(Format),
    /// Wants the originals and their pseudonyms.
    SaveMap,
    /// Wants the ledger, cleaned: its text as CSV.
    SaveLedger(String),
    /// Wants the printable report, cleaned: its lines.
    SaveReport(String),
    /// Stops.
    Cancel,
    /// Begins again after it was stopped.
    Again,
    /// Looks at another event.
    Preview(u64),
    /// A fresh key and a number of days, as [`Effect::NewKey`] asks for.
    Key([u8; 32], i32),
    /// The finished file could not be put together.
    Failed(String),
}

/// What a shard found.
#[derive(Clone, Debug, Default)]
struct Collected {
    events: u64,
    bytes: u64,
    span: Option<(i64, i64)>,
    originals: Originals,
}

/// The state of the view.
#[derive(Clone, Debug, Default)]
pub struct HandOver {
    /// Which events go in.
    pub scope: HandOverScope,
    /// What is taken out.
    pub removed: Categories,
    /// Values that stay though their category is taken out, one on each line.
    pub kept: Rc<str>,
    /// What becomes of times.
    pub times: Times,
    /// The owner's title.
    pub title: Rc<str>,
    /// The owner's note.
    pub note: Rc<str>,
    /// How far it is.
    pub phase: HandOverPhase,
    /// Different values, by category.
    pub counts: [u64; Category::ALL.len()],
    /// Events in scope.
    pub events: u64,
    /// Their text, in bytes.
    pub bytes: u64,
    /// Their first and last time.
    pub span: Option<(i64, i64)>,
    /// Records done of the present work.
    pub done: u64,
    /// Values replaced in the last file, by category.
    pub replaced: [u64; Category::ALL.len()],
    /// The event that is looked at, by its place in scope.
    pub place: u64,
    /// That event before and after.
    pub preview: Option<Rc<PreviewRecord>>,
    /// The last check.
    pub check: Option<Rc<CheckResult>>,
    /// The query as it may be told.
    pub(super) told_query: String,
    job: u32,
    /// The question that was collected, and its scope.
    of: Option<(u32, HandOverScope)>,
    /// What is wanted while the records are still looked through, or another file is written.
    wanted: Vec<HandOverAction>,
    parts: Vec<Option<Collected>>,
    written: Vec<Option<u64>>,
    progress: Vec<u64>,
    originals: Rc<Originals>,
    key: [u8; 32],
    days: i32,
    /// What the shards were told last to take out, and to do with times…
    told: (Categories, Times, Rc<str>),
    /// …and what they were told when the last file was begun.
    pub(super) written_as: (Categories, Times, Rc<str>),
}

impl HandOver {
    /// The number of the present work; what comes of another is dropped.
    #[must_use]
    pub fn job(&self) -> u32 {
        self.job
    }

    /// Whether workers are at it.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        matches!(
            self.phase,
            HandOverPhase::Collecting | HandOverPhase::Writing(_) | HandOverPhase::Checking(_)
        )
    }

    /// The choices alone: a shard was lost, and what it knew with it.
    #[must_use]
    pub fn without_work(&self) -> Self {
        Self {
            scope: self.scope,
            removed: self.removed,
            kept: Rc::clone(&self.kept),
            times: self.times,
            title: Rc::clone(&self.title),
            note: Rc::clone(&self.note),
            job: self.job + 1,
            ..Self::default()
        }
    }

    fn cleaning(&self) -> Cleaning {
        let mut kept: Vec<String> = self.kept.lines().map(|line| line.trim().to_owned()).collect();
        sort_by(&mut kept, Ord::cmp);
        Cleaning {
            key: self.key,
            removed: self.removed,
            kept,
            times: self.times,
            days: self.days,
            originals: Originals::clone(&self.originals),
        }
    }

    /// What decides over how a file is written.
    fn chosen(&self) -> (Categories, Times, Rc<str>) {
        (self.removed, self.times, Rc::clone(&self.kept))
    }

    /// The shard and place there of an event, by its place in scope.
    fn shard_of(&self, place: u64) -> Option<(u16, u32)> {
        let mut left = place;
        for (shard, part) in (0..).zip(&self.parts) {
            let events = part.as_ref().map_or(0, |part| part.events);
            if left < events {
                return Some((shard, u32::try_from(left).ok()?));
            }
            left -= events;
        }
        None
    }
}

impl AppState {
    pub(super) fn hand_over(&mut self, action: HandOverAction) -> Vec<Effect> {
        let state = &mut self.hand_over;
        let saves = matches!(
            action,
            HandOverAction::Save(_)
                | HandOverAction::SaveMap
                | HandOverAction::SaveLedger(_)
                | HandOverAction::SaveReport(_)
        );
        // Nothing can be saved before it is known what must not be in it.
        if saves && state.phase != HandOverPhase::Ready {
            if state.phase == HandOverPhase::Stopped {
                state.of = None;
            }
            if state.phase != HandOverPhase::TooMuch && !state.wanted.contains(&action) {
                state.wanted.push(action);
            }
            return Vec::new();
        }
        match action {
            HandOverAction::Scope(scope) => state.scope = scope,
            HandOverAction::Toggle(category) => {
                state.removed = state.removed.toggled(category);
                return self.clean();
            }
            HandOverAction::Keep(values) => {
                state.kept = values.into();
                return self.clean();
            }
            HandOverAction::Times(times) => {
                state.times = times;
                return self.clean();
            }
            HandOverAction::Title(title) => state.title = title.into(),
            HandOverAction::Note(note) => state.note = note.into(),
            HandOverAction::Key(key, days) => (state.key, state.days) = (key, days),
            HandOverAction::Save(format) => return self.write(format),
            HandOverAction::Again => state.of = None,
            HandOverAction::SaveMap => {
                return vec![Effect::HandOver(0, HandOverRequest::Map { job: state.job })];
            }
            HandOverAction::SaveLedger(text) => {
                return vec![Effect::HandOver(0, HandOverRequest::Text { job: 0, text })];
            }
            HandOverAction::SaveReport(text) => {
                return vec![Effect::HandOver(0, HandOverRequest::Text { job: REPORT, text })];
            }
            HandOverAction::Cancel => {
                state.wanted.clear();
                state.job += 1;
                let was = std::mem::take(&mut state.phase);
                if was == HandOverPhase::Collecting {
                    state.phase = HandOverPhase::Stopped;
                    return self.to_all(&HandOverRequest::Cancel);
                }
                let mut effects = self.to_all(&HandOverRequest::Cancel);
                effects.extend(self.clean());
                return effects;
            }
            HandOverAction::Preview(place) => {
                state.place = place.min(state.events.saturating_sub(1));
                return self.look();
            }
            HandOverAction::Failed(why) => {
                state.phase = HandOverPhase::Ready;
                self.notify(Notice::problem("Not saved", &why));
                return self.save_wanted();
            }
        }
        Vec::new()
    }

    /// Does what was wanted while there was no time for it.
    fn save_wanted(&mut self) -> Vec<Effect> {
        let wanted = std::mem::take(&mut self.hand_over.wanted);
        wanted.into_iter().flat_map(|action| self.hand_over(action)).collect()
    }

    fn to_all(&self, request: &HandOverRequest) -> Vec<Effect> {
        (0..self.shards).map(|shard| Effect::HandOver(shard, request.clone())).collect()
    }

    /// Begins to look through the records once the view is open and nothing else is in flight.
    pub(super) fn follow_hand_over(&mut self) -> Vec<Effect> {
        let question = self.asking.last_number();
        let busy = self.hand_over.is_busy() && self.hand_over.phase != HandOverPhase::Collecting;
        let wanted = self.view == View::HandOver && !busy && self.phase() == Phase::Ready;
        if !wanted || self.hand_over.of == Some((question, self.hand_over.scope)) {
            return Vec::new();
        }
        let shards = usize::from(self.shards);
        let state = &mut self.hand_over;
        state.of = Some((question, state.scope));
        state.job += 1;
        state.phase = HandOverPhase::Collecting;
        state.parts = vec![None; shards];
        state.progress = vec![0; shards];
        (state.place, state.done, state.preview, state.check) = (0, 0, None, None);
        let question = (state.scope == HandOverScope::Query).then_some(question);
        let mut effects = vec![Effect::NewKey];
        effects.extend(self.to_all(&HandOverRequest::Collect { job: self.hand_over.job, question }));
        effects
    }

    pub(super) fn hear_hand_over(&mut self, shard: u16, response: HandOverResponse) -> Vec<Effect> {
        let state = &mut self.hand_over;
        let at = usize::from(shard);
        match response {
            HandOverResponse::Progress { job, done } if job == state.job => {
                if let Some(progress) = state.progress.get_mut(at) {
                    *progress = done;
                }
                state.done = state.progress.iter().sum();
            }
            HandOverResponse::Collected { job, originals, events, bytes, span } if job == state.job => {
                if let Some(part) = state.parts.get_mut(at) {
                    *part = Some(Collected { events, bytes, span, originals: *originals });
                }
                if state.parts.iter().all(Option::is_some) {
                    return self.collected();
                }
            }
            HandOverResponse::Preview { job, record: Some(record) } if job == state.job => {
                state.preview = Some(Rc::new(*record));
            }
            HandOverResponse::Written { job, events, replaced, problem } if job == state.job => {
                if let Some(problem) = problem {
                    return self.hand_over(HandOverAction::Failed(problem));
                }
                for (sum, count) in state.replaced.iter_mut().zip(replaced) {
                    *sum += count;
                }
                if let Some(written) = state.written.get_mut(at) {
                    *written = Some(events);
                }
                if state.written.iter().all(Option::is_some)
                    && let HandOverPhase::Writing(format) = state.phase
                {
                    state.phase = HandOverPhase::Checking(format);
                    let beside = [&*state.title, &*state.note, &*state.told_query].join("\n");
                    return vec![Effect::CheckHandOver(HandOverRequest::Check { job, format, beside })];
                }
            }
            HandOverResponse::Checked { job, events, bytes, looked_for, found, digest }
                if job == state.job =>
            {
                let result = CheckResult { expected: state.events, events, bytes, looked_for, found, digest };
                let HandOverPhase::Checking(format) = state.phase else { return Vec::new() };
                state.phase = HandOverPhase::Ready;
                let passed = result.passed();
                state.check = Some(Rc::new(result));
                let mut effects = Vec::new();
                if passed {
                    effects.push(Effect::SaveHandOver(format));
                } else {
                    self.say_not_saved();
                }
                // Somebody may have chosen otherwise meanwhile.
                if self.hand_over.told != self.hand_over.chosen() {
                    effects.extend(self.clean());
                }
                effects.extend(self.save_wanted());
                return effects;
            }
            HandOverResponse::Text { job: 0, text } => return vec![Effect::SaveText("ledger", text)],
            HandOverResponse::Text { job: REPORT, text } => return vec![Effect::SaveText("report", text)],
            HandOverResponse::Text { text, .. } => state.told_query = text,
            HandOverResponse::Map { csv, .. } => {
                let key: String = state.key.iter().map(|byte| format!("{byte:02x}")).collect();
                let text = format!(
                    "\"category\",\"original\",\"pseudonym\"\r\n\"key (HMAC-SHA-256)\",\"{key}\",\"\"\r\n{csv}"
                );
                return vec![Effect::SaveText("key-and-map", text)];
            }
            _ => {}
        }
        Vec::new()
    }

    /// All shards have looked through their records.
    fn collected(&mut self) -> Vec<Effect> {
        let state = &mut self.hand_over;
        let parts = state.parts.iter_mut().flatten();
        let originals = merge(parts.map(|part| std::mem::take(&mut part.originals)).collect());
        let parts = || state.parts.iter().flatten();
        if parts().any(|part| part.events == u64::MAX) {
            state.wanted.clear();
            state.phase = HandOverPhase::TooMuch;
            return Vec::new();
        }
        state.events = parts().map(|part| part.events).sum();
        state.bytes = parts().map(|part| part.bytes).sum();
        state.span = parts()
            .filter_map(|part| part.span)
            .reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
        state.counts = [0; Category::ALL.len()];
        for (_, category) in &originals.values {
            if let Some(count) = state.counts.get_mut(usize::from(*category)) {
                *count += 1;
            }
        }
        state.counts[Category::Id as usize] += originals.ids.len() as u64;
        state.originals = Rc::new(originals);
        state.phase = HandOverPhase::Ready;
        let mut effects = self.clean();
        effects.extend(self.save_wanted());
        effects
    }

    /// Tells all shards how values are replaced.
    fn clean(&mut self) -> Vec<Effect> {
        let state = &mut self.hand_over;
        state.check = None;
        if state.phase == HandOverPhase::Idle && !state.parts.is_empty() {
            state.phase = HandOverPhase::Ready;
        }
        if state.phase != HandOverPhase::Ready {
            return Vec::new();
        }
        state.job += 1;
        state.told = state.chosen();
        let cleaning = Box::new(state.cleaning());
        let mut effects = self.to_all(&HandOverRequest::Clean { job: self.hand_over.job, cleaning });
        effects.extend(self.look());
        effects
    }

    /// Asks for the event that is looked at.
    fn look(&mut self) -> Vec<Effect> {
        let state = &self.hand_over;
        let place = state.shard_of(state.place);
        let ask =
            |(shard, place)| Effect::HandOver(shard, HandOverRequest::Preview { job: state.job, place });
        place.map(ask).into_iter().collect()
    }

    fn write(&mut self, format: Format) -> Vec<Effect> {
        let state = &mut self.hand_over;
        if state.phase != HandOverPhase::Ready {
            return Vec::new();
        }
        if state.events == 0 {
            self.notify(Notice::problem(
                "Nothing to hand over",
                "No event is in scope. Widen the query or the range.",
            ));
            return Vec::new();
        }
        if format == Format::Page && state.bytes > MOST_PAGE_BYTES {
            let text = format!(
                "{} MB of JSON would make a page that takes minutes to open. Narrow the query or the range, or hand \
                 over NDJSON: this page opens it again.",
                state.bytes / 1_000_000
            );
            self.notify(Notice::problem("Too much for one HTML file", &text));
            return Vec::new();
        }
        let mut effects = Vec::new();
        if state.told != state.chosen() {
            effects = self.clean();
        }
        let state = &mut self.hand_over;
        state.written_as = state.told.clone();
        state.phase = HandOverPhase::Writing(format);
        state.done = 0;
        state.replaced = [0; Category::ALL.len()];
        state.progress.iter_mut().for_each(|done| *done = 0);
        let holds = |part: &Option<Collected>| part.as_ref().is_some_and(|part| part.events > 0);
        state.written = state.parts.iter().map(|part| (!holds(part)).then_some(0)).collect();
        let first = state.parts.iter().position(holds);
        let last = state.parts.iter().rposition(holds);
        let job = state.job;
        let query = self.query.to_string();
        effects.push(Effect::HandOver(0, HandOverRequest::Text { job, text: query }));
        for (shard, part) in (0..).zip(&self.hand_over.parts) {
            if holds(part) {
                let at = Some(usize::from(shard));
                let request = HandOverRequest::Write { job, format, first: at == first, last: at == last };
                effects.push(Effect::HandOver(shard, request));
            }
        }
        effects
    }

    fn say_not_saved(&mut self) {
        let Some(check) = self.hand_over.check.clone() else { return };
        let text = match check.found.first() {
            Some(found) => {
                let category = Category::by_number(found.category).map_or("", Category::label);
                let place = if found.record == 0 {
                    "the title or note".to_owned()
                } else {
                    format!("event {}", found.record)
                };
                format!(
                    "{} originals found in the copy: {category}, {}, in {place}.",
                    check.found.len(),
                    found.form
                )
            }
            None => {
                format!("{} events went in, {} came out. Drop the files again.", check.expected, check.events)
            }
        };
        self.notify(Notice::problem("Not saved", &text));
    }
}
