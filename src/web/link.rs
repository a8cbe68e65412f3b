//! The page's side of the shards: workers, the files that wait for them, and their messages.
//!
//! Workers are spoken to directly: a worker that fails to start, traps or runs out of memory must
//! be noticed and replaced, and buffers must be transferred; no wrapper does both.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::ops::Range;
use std::rc::Rc;

use gloo::timers::callback::Timeout;
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use web_sys::{Blob, ErrorEvent, MessageEvent, Worker};

use super::intake::Taken;
use super::message::{FromWorker, Incoming, ToWorker, from_js, pack, reason, to_js, unpack};
use super::page;
use crate::ingest::delivery_time;
use crate::protocol::{HandOverRequest, NotRead, Request, Response};
use crate::sorting::sort_by;

/// A worker that has not answered by then has not started.
const START_MS: u32 = 20_000;

/// Files and bytes that cross in one batch, at most.
const BATCH_FILES: usize = 128;
const BATCH_BYTES: u64 = 4 << 20;

/// The first batches are small, so that rows are on the screen at once.
const FIRST_BATCH_FILES: usize = 4;

/// Batches a worker holds: one it reads, one whose bytes are on their way.
const BATCHES_AHEAD: usize = 2;

/// So many workers may fail before they are ready; then something is wrong that replacing does not mend.
/// One that was ready and failed at its files is always replaced: those are not read again.
const FAILED_STARTS: u32 = 5;

/// What the workers lead to.
pub enum LinkEvent {
    /// A shard said something.
    Response(u16, Response),
    /// A shard sent a finished piece of a hand-over, for this job.
    Part(u16, u32, Blob),
    /// All files are read, and all messages between shards are dealt with.
    ReadingEnded,
    /// A shard was stopped before it began these files (source, path, size), and why.
    NotRead(Vec<(u32, String, u64)>, NotRead),
    /// A shard was lost with these files (source, path, size); why, and whether another took its place.
    Lost(u16, Vec<(u32, String, u64)>, String, bool),
}

/// The workers of the page.
#[derive(Clone)]
pub struct Link(Rc<RefCell<Inner>>);

struct Inner {
    url: String,
    seed: u64,
    slots: Vec<Slot>,
    queue: VecDeque<Incoming>,
    /// Every file that was opened and not removed since, to read some of them anew.
    opened: Vec<(u32, Taken)>,
    /// Nothing is begun while the reader chooses what to read.
    paused: bool,
    /// Why reading was stopped the last time.
    stopped: NotRead,
    next_source: u32,
    /// Batches given out since the queue was last empty.
    batches: usize,
    /// Messages between shards that are not dealt with yet.
    peers_open: usize,
    failed_starts: u32,
    /// How often all was cleared.
    cleared: u32,
    on_event: Rc<dyn Fn(u32, LinkEvent)>,
}

#[derive(Default)]
struct Slot {
    worker: Option<Worker>,
    /// Counts the workers this slot has had: what an earlier one still says is not heard.
    generation: u32,
    ready: bool,
    /// Batches given to it and not done yet, the oldest first.
    open: VecDeque<Vec<(u32, String, u64)>>,
    /// All files it has read.
    read: Vec<(u32, String, u64)>,
    /// Messages of other shards it has not dealt with yet.
    peers_open: usize,
    handlers: Option<Handlers>,
}

/// What listens to a worker, for as long as it lives.
struct Handlers {
    _message: Closure<dyn FnMut(MessageEvent)>,
    _error: Closure<dyn FnMut(ErrorEvent)>,
    _late: Timeout,
}

/// How many shards this machine gets: one for each of its processors, at least 1 and at most 8.
#[must_use]
pub fn shard_count() -> u16 {
    let processors = gloo::utils::window().navigator().hardware_concurrency();
    // NaN where the browser does not tell; the cast makes it 0.
    (processors as u16).clamp(1, 8)
}

impl Link {
    /// Starts the workers. `url` is the worker's script, `seed` random. `on_event` also gets
    /// [`Link::cleared`] of the moment: an event that was on its way meanwhile is of no use.
    #[must_use]
    pub fn start(url: &str, shards: u16, seed: u64, on_event: Rc<dyn Fn(u32, LinkEvent)>) -> Self {
        let link = Self(Rc::new(RefCell::new(Inner {
            url: url.to_owned(),
            seed,
            slots: (0..shards).map(|_| Slot::default()).collect(),
            queue: VecDeque::new(),
            opened: Vec::new(),
            paused: false,
            stopped: NotRead::Cancelled,
            next_source: 0,
            batches: 0,
            peers_open: 0,
            failed_starts: 0,
            cleared: 0,
            on_event,
        })));
        (0..shards).for_each(|shard| link.start_worker(shard));
        link
    }

    /// Queues files; gives how many and their bytes. Newest first where names carry a time, so that
    /// the first rows are the final ones.
    pub fn open(&self, mut files: Vec<Taken>) -> (u32, u64) {
        sort_by(&mut files, |a, b| {
            delivery_time(&b.path).cmp(&delivery_time(&a.path)).then_with(|| a.path.cmp(&b.path))
        });
        let mut inner = self.0.borrow_mut();
        let (mut count, mut bytes) = (0, 0);
        for taken in files {
            let Taken { path, file } = taken.clone();
            // Sizes of files are whole and below 2^53.
            let size = file.size() as u64;
            let source = inner.next_source;
            inner.next_source += 1;
            inner.queue.push_back(Incoming { source, path, size, file });
            inner.opened.push((source, taken));
            count += 1;
            bytes += size;
        }
        drop(inner);
        self.feed();
        (count, bytes)
    }

    /// Asks one shard.
    pub fn send(&self, shard: u16, request: &Request) {
        self.post(shard, &ToWorker::Request(request.clone()));
    }

    /// Asks one shard for something of a hand-over; `file` goes beside it.
    pub fn hand_over(&self, shard: u16, request: &HandOverRequest, file: Option<&Blob>) {
        if let Some(bytes) = pack(request) {
            self.post(shard, &ToWorker::HandOver(bytes, file.map_or(JsValue::UNDEFINED, JsValue::from)));
        }
    }

    /// Asks all shards.
    pub fn send_all(&self, request: &Request) {
        self.shards().for_each(|shard| self.send(shard, request));
    }

    fn shards(&self) -> Range<u16> {
        0..u16::try_from(self.0.borrow().slots.len()).unwrap_or(u16::MAX)
    }

    /// Takes back the files that no worker has begun and that are not wanted; gives their sources,
    /// paths and sizes.
    pub fn take_back(&self, wanted: impl Fn(&str) -> bool) -> Vec<(u32, String, u64)> {
        let mut inner = self.0.borrow_mut();
        let (kept, back): (VecDeque<Incoming>, VecDeque<Incoming>) =
            inner.queue.drain(..).partition(|file| wanted(&file.path));
        inner.queue = kept;
        back.into_iter().map(|file| (file.source, file.path, file.size)).collect()
    }

    /// Lets workers read no further in what they have. [`LinkEvent::NotRead`] tells what they had not begun.
    pub fn stop(&self, why: NotRead) {
        self.0.borrow_mut().stopped = why;
        self.shards().for_each(|shard| self.post(shard, &ToWorker::Stop(why)));
    }

    /// Begins no file until told otherwise, or goes on.
    pub fn pause(&self, paused: bool) {
        let was = std::mem::replace(&mut self.0.borrow_mut().paused, paused);
        if was && !paused {
            self.feed();
            self.end_if_quiet();
        }
    }

    /// Every file that was opened and not removed since.
    #[must_use]
    pub fn opened(&self) -> Vec<Taken> {
        self.0.borrow().opened.iter().map(|(_, taken)| taken.clone()).collect()
    }

    /// The paths and sizes of the files that no worker has begun.
    #[must_use]
    pub fn waiting(&self) -> Vec<(String, u64)> {
        self.0.borrow().queue.iter().map(|file| (file.path.clone(), file.size)).collect()
    }

    /// Forgets files that have been read. [`LinkEvent::ReadingEnded`] follows once copies of their
    /// events have been settled anew.
    pub fn remove(&self, sources: &[u32]) {
        let mut inner = self.0.borrow_mut();
        inner.opened.retain(|(source, _)| !sources.contains(source));
        for slot in &mut inner.slots {
            slot.read.retain(|(source, ..)| !sources.contains(source));
        }
        drop(inner);
        // A shard that never had a file has nothing to forget.
        self.shards().for_each(|shard| self.post(shard, &ToWorker::Remove(sources.to_vec())));
        self.shards().for_each(|shard| self.resettle(shard));
    }

    fn resettle(&self, shard: u16) {
        {
            let mut inner = self.0.borrow_mut();
            inner.peers_open += 1;
            if let Some(slot) = inner.slots.get_mut(usize::from(shard)) {
                slot.peers_open += 1;
            }
        }
        self.post(shard, &ToWorker::Resettle);
    }

    /// Stops all workers and starts empty ones: the surest way to give memory back.
    pub fn clear(&self) {
        let mut inner = self.0.borrow_mut();
        inner.queue.clear();
        inner.opened.clear();
        inner.batches = 0;
        inner.peers_open = 0;
        inner.next_source = 0;
        inner.paused = false;
        inner.cleared += 1;
        inner.failed_starts = 0;
        for slot in &mut inner.slots {
            slot.stop();
            // Nobody is left to finish what they had in hand.
            slot.open.clear();
            slot.read.clear();
            slot.peers_open = 0;
        }
        drop(inner);
        self.shards().for_each(|shard| self.start_worker(shard));
    }

    /// How often all was cleared.
    #[must_use]
    pub fn cleared(&self) -> u32 {
        self.0.borrow().cleared
    }

    fn start_worker(&self, shard: u16) {
        let (url, seed, shards, generation) = {
            let mut inner = self.0.borrow_mut();
            let shards = u16::try_from(inner.slots.len()).unwrap_or(1);
            let (url, seed) = (inner.url.clone(), inner.seed);
            let Some(slot) = inner.slots.get_mut(usize::from(shard)) else { return };
            slot.stop();
            slot.generation += 1;
            (url, seed, shards, slot.generation)
        };
        let Ok(worker) = Worker::new(&url) else {
            self.lost(shard, generation, "The browser refused to start it.");
            return;
        };
        let link = self.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(message) = from_js::<FromWorker>(event.data()) {
                link.hear(shard, generation, message);
            }
        });
        let link = self.clone();
        let on_error = Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| {
            // What went wrong is said on the page; in the console it could carry a piece of a log.
            event.prevent_default();
            link.lost(shard, generation, reason(&event.message()));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let link = self.clone();
        let late = Timeout::new(START_MS, move || {
            let started = link.0.borrow().slots.get(usize::from(shard)).is_none_or(|slot| slot.ready);
            if !started {
                link.lost(shard, generation, "It did not start.");
            }
        });
        if let Some(slot) = self.0.borrow_mut().slots.get_mut(usize::from(shard)) {
            slot.worker = Some(worker);
            slot.handlers = Some(Handlers { _message: on_message, _error: on_error, _late: late });
        }
        self.give_program(shard, generation);
        // It waits in the worker until the program has come.
        self.post(shard, &ToWorker::Start { shard, shards, seed });
    }

    /// Sends a new worker its program: the script it runs waits for nothing else.
    fn give_program(&self, shard: u16, generation: u32) {
        let link = self.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let Some(program) = page::engine().await else {
                // It was promised once; another worker would wait for it in vain.
                link.0.borrow_mut().failed_starts = FAILED_STARTS;
                link.lost(shard, generation, "Its program could not be loaded.");
                return;
            };
            let inner = link.0.borrow();
            let slot = inner.slots.get(usize::from(shard)).filter(|slot| slot.generation == generation);
            if let Some(worker) = slot.and_then(|slot| slot.worker.as_ref()) {
                // It fails only for values that can't be cloned, and a module can.
                let _ = worker.post_message(&program);
            }
        });
    }

    fn post(&self, shard: u16, message: &ToWorker) {
        let inner = self.0.borrow();
        let worker = inner.slots.get(usize::from(shard)).and_then(|slot| slot.worker.as_ref());
        if let (Some(worker), Some(value)) = (worker, to_js(message)) {
            // It fails only for values that can't be cloned, and all of ours can.
            let _ = worker.post_message_with_transfer(&value, &message.transfers());
        }
    }

    fn hear(&self, shard: u16, generation: u32, message: FromWorker) {
        if self.0.borrow().slots.get(usize::from(shard)).is_none_or(|slot| slot.generation != generation) {
            return;
        }
        match message {
            FromWorker::Ready => {
                if let Some(slot) = self.0.borrow_mut().slots.get_mut(usize::from(shard)) {
                    slot.ready = true;
                }
                self.feed();
            }
            FromWorker::Response(bytes) => {
                if let Some(response) = unpack::<Response>(&bytes) {
                    self.emit(LinkEvent::Response(shard, response));
                }
            }
            FromWorker::Part(job, blob) => self.emit(LinkEvent::Part(shard, job, blob)),
            FromWorker::Relay(to, bytes) => self.pass_on(to, bytes),
            FromWorker::Settled => {
                {
                    let mut inner = self.0.borrow_mut();
                    inner.peers_open = inner.peers_open.saturating_sub(1);
                    if let Some(slot) = inner.slots.get_mut(usize::from(shard)) {
                        slot.peers_open = slot.peers_open.saturating_sub(1);
                    }
                }
                self.end_if_quiet();
            }
            FromWorker::BatchDone(unread) => {
                let mut inner = self.0.borrow_mut();
                let why = inner.stopped;
                let mut done = Vec::new();
                if let Some(slot) = inner.slots.get_mut(usize::from(shard)) {
                    done = slot.open.pop_front().unwrap_or_default();
                    slot.read.extend(done.extract_if(.., |(source, ..)| !unread.contains(source)));
                }
                drop(inner);
                if !done.is_empty() {
                    self.emit(LinkEvent::NotRead(done, why));
                }
                self.feed();
                self.end_if_quiet();
            }
        }
    }

    fn pass_on(&self, to: u16, bytes: Uint8Array) {
        {
            let mut inner = self.0.borrow_mut();
            inner.peers_open += 1;
            if let Some(slot) = inner.slots.get_mut(usize::from(to)) {
                slot.peers_open += 1;
            }
        }
        self.post(to, &ToWorker::Peer(bytes));
    }

    /// Gives files to workers that have room for more.
    fn feed(&self) {
        loop {
            let batch = self.0.borrow_mut().next_batch();
            let Some((shard, files)) = batch else { break };
            self.post(shard, &ToWorker::Open(files));
        }
        let unread = self.0.borrow_mut().unreadable();
        if !unread.is_empty() {
            let link = self.clone();
            // Whoever opened them is told how many they are first.
            wasm_bindgen_futures::spawn_local(async move {
                link.emit(LinkEvent::Lost(0, unread, "No reader is left.".to_owned(), false));
                link.end_if_quiet();
            });
        }
    }

    /// Tells of the end of reading if nothing is left to read or to settle.
    pub fn end_if_quiet(&self) {
        let quiet = {
            let inner = self.0.borrow();
            inner.queue.is_empty()
                && inner.peers_open == 0
                && inner.slots.iter().all(|slot| slot.open.is_empty())
        };
        if quiet {
            self.0.borrow_mut().batches = 0;
            self.emit(LinkEvent::ReadingEnded);
        }
    }

    fn emit(&self, event: LinkEvent) {
        let (on_event, cleared) = (Rc::clone(&self.0.borrow().on_event), self.cleared());
        on_event(cleared, event);
    }

    /// A worker is gone: its files are lost, it is replaced, and the others settle copies anew.
    fn lost(&self, shard: u16, generation: u32, why: &str) {
        let (files, replace) = {
            let mut inner = self.0.borrow_mut();
            let failed_starts = inner.failed_starts;
            let Some(slot) = inner.slots.get_mut(usize::from(shard)) else { return };
            if slot.generation != generation {
                return;
            }
            let failed_starts = failed_starts + u32::from(!slot.ready);
            let replace = failed_starts <= FAILED_STARTS;
            slot.stop();
            let peers = std::mem::take(&mut slot.peers_open);
            let mut files = std::mem::take(&mut slot.read);
            files.extend(slot.open.drain(..).flatten());
            if !replace {
                // Nobody is left to read what waits for this one.
                slot.generation += 1;
            }
            inner.failed_starts = failed_starts;
            inner.peers_open = inner.peers_open.saturating_sub(peers);
            (files, replace)
        };
        if replace {
            self.start_worker(shard);
        }
        let any_read = !files.is_empty();
        self.emit(LinkEvent::Lost(shard, files, why.to_owned(), replace));
        if any_read {
            self.shards().filter(|&other| other != shard).for_each(|other| self.resettle(other));
        }
        self.feed();
        self.end_if_quiet();
    }
}

impl Inner {
    /// What still waits once no worker is left to read it.
    fn unreadable(&mut self) -> Vec<(u32, String, u64)> {
        if self.failed_starts <= FAILED_STARTS || self.slots.iter().any(|slot| slot.worker.is_some()) {
            return vec![];
        }
        self.queue.drain(..).map(|file| (file.source, file.path, file.size)).collect()
    }

    /// The next files and the worker to read them; `None` while all are busy or nothing waits.
    fn next_batch(&mut self) -> Option<(u16, Vec<Incoming>)> {
        if self.paused || self.queue.is_empty() {
            return None;
        }
        let workers = self.slots.len();
        let (at, slot) = self
            .slots
            .iter_mut()
            .enumerate()
            .filter(|(_, slot)| slot.ready && slot.worker.is_some() && slot.open.len() < BATCHES_AHEAD)
            .min_by_key(|(_, slot)| slot.open.len())?;
        let early = self.batches < workers * BATCHES_AHEAD;
        let share = self.queue.len().div_ceil(workers * BATCHES_AHEAD);
        let most = if early { FIRST_BATCH_FILES } else { BATCH_FILES }.min(share.max(1));
        let mut files: Vec<Incoming> = Vec::new();
        let mut bytes = 0;
        while files.len() < most
            && let Some(next) = self.queue.front()
            && (files.is_empty() || bytes + next.size <= BATCH_BYTES)
        {
            bytes += next.size;
            files.extend(self.queue.pop_front());
        }
        slot.open.push_back(files.iter().map(|file| (file.source, file.path.clone(), file.size)).collect());
        self.batches += 1;
        Some((u16::try_from(at).ok()?, files))
    }
}

impl Slot {
    fn stop(&mut self) {
        if let Some(worker) = self.worker.take() {
            worker.set_onmessage(None);
            worker.set_onerror(None);
            worker.terminate();
        }
        self.handlers = None;
        self.ready = false;
    }
}
