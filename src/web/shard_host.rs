//! The worker's side of a shard: takes messages, reads files, sends answers.

use std::cell::RefCell;
use std::collections::{HashMap, VecDeque};
use std::rc::Rc;

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, DedicatedWorkerGlobalScope, MessageEvent};

use super::handover_host::{self, HandOver};
use super::integrity::{self, Integrity};
use super::kept::{self, Kept};
use super::message::{FromWorker, Incoming, ToWorker, from_js, pack, to_js, unpack};
use super::rereads;
use super::turn::{Turns, now_ms};
use super::warm::warm;
use crate::ingest::{ACCOUNT_NAMES_BYTES, account_names};
use crate::protocol::{NotRead, PeerMessage, Reading, Request, Response};
use crate::shard::{OpenFile, Shard, ShardConfig};

/// Progress is told this often, in milliseconds.
const TELL_EVERY_MS: f64 = 100.0;

/// Bytes that are read between two looks at the clock: what they inflate to takes some milliseconds.
const PART: usize = 32 << 10;

/// What the worker holds. It is borrowed only between awaits.
pub struct Host {
    /// The shard itself.
    pub shard: Shard,
    /// The bytes of its files, by their place in intake order.
    pub kept: HashMap<u32, Kept>,
    /// What it knows for checks of integrity.
    pub integrity: Integrity,
    /// Bytes of files in the JavaScript heap.
    kept_bytes: u64,
    /// Names of accounts that the page has not been told yet.
    names: Vec<(String, String)>,
    /// The hand-over in progress.
    pub hand_over: HandOver,
    queue: VecDeque<Batch>,
    reading: bool,
    /// Why the batch in hand is not read to its end.
    stop: Option<NotRead>,
    told_ms: f64,
    /// Of the file in hand, what no line of the ledger tells yet: bytes as dropped, bytes inflated, events.
    progress: (u64, u64, u64),
}

/// Files to read next.
struct Batch {
    files: Vec<Incoming>,
    /// The bytes of all of them, on their way; `None` for a large file, which is read in pieces.
    bytes: Option<JsFuture>,
    /// Why it is not to be read.
    stop: Option<NotRead>,
}

/// The shard, shared by the handlers of its messages.
pub type Shared = Rc<RefCell<Host>>;

/// Starts listening, and says so. The first message tells which shard this is.
pub fn start() {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    let host: Rc<RefCell<Option<Shared>>> = Rc::default();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        let Some(message) = from_js::<ToWorker>(event.data()) else {
            return;
        };
        if let ToWorker::Start { shard, shards, seed } = message {
            let config = ShardConfig { shard, shards, seed };
            let shared = Rc::new(RefCell::new(Host::new(Shard::new(config))));
            *host.borrow_mut() = Some(Rc::clone(&shared));
            // Workers run the same compiled code: one of them warms it for all.
            if shard == 0 {
                spawn_local(warm(shared, config));
            }
            return;
        }
        let started = host.borrow().clone();
        if let Some(host) = started {
            handle(&host, message);
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // It listens as long as the worker lives.
    on_message.forget();
    // What is sent before somebody listens is lost, so the page waits for this.
    send(&FromWorker::Ready);
}

fn handle(host: &Shared, message: ToWorker) {
    match message {
        ToWorker::Start { .. } => {}
        ToWorker::Open(files) => {
            host.borrow_mut().queue.push_back(Batch::new(files));
            if !std::mem::replace(&mut host.borrow_mut().reading, true) {
                spawn_local(read_all(Rc::clone(host)));
            }
        }
        ToWorker::Stop(why) => {
            let mut host = host.borrow_mut();
            host.stop = Some(why);
            host.queue.iter_mut().for_each(|batch| batch.stop = Some(why));
        }
        ToWorker::Peer(bytes) => {
            match unpack::<PeerMessage>(&bytes) {
                Some(PeerMessage::Evidence(evidence)) => integrity::take(host, evidence),
                Some(message) => {
                    let replies = host.borrow_mut().shard.receive(message);
                    relay(&replies);
                }
                None => {}
            }
            host.borrow_mut().tell();
            send(&FromWorker::Settled);
        }
        ToWorker::Remove(sources) => {
            let mut host = host.borrow_mut();
            for source in sources {
                host.shard.remove(source);
                host.integrity.forget(source);
                if let Some(Kept::Bytes(bytes)) = host.kept.remove(&source) {
                    host.kept_bytes = host.kept_bytes.saturating_sub(u64::from(bytes.length()));
                }
            }
        }
        ToWorker::Resettle => {
            host.borrow_mut().shard.resettle();
            let messages = host.borrow_mut().shard.take_messages();
            relay(&messages);
            host.borrow_mut().tell();
            send(&FromWorker::Settled);
        }
        ToWorker::HandOver(bytes, file) => {
            if let Some(request) = unpack(&bytes) {
                handover_host::handle(host, request, file);
            }
        }
        ToWorker::Request(Request::Ask(ask)) => rereads::ask(host, ask),
        ToWorker::Request(Request::CheckIntegrity { run }) => integrity::check(host, run),
        ToWorker::Request(Request::Verdicts(verdicts)) => host.borrow_mut().shard.take_verdicts(&verdicts),
        ToWorker::Request(Request::StopIntegrity) => host.borrow_mut().integrity.stop(),
        ToWorker::Request(Request::Record { row }) => spawn_local(rereads::record(Rc::clone(host), row)),
        ToWorker::Request(request) => {
            if let Some(response) = host.borrow().shard.lookup(&request) {
                respond(&response);
            }
        }
    }
}

impl Host {
    fn new(shard: Shard) -> Self {
        Self {
            shard,
            kept: HashMap::new(),
            integrity: Integrity::default(),
            kept_bytes: 0,
            names: Vec::new(),
            hand_over: HandOver::default(),
            queue: VecDeque::new(),
            reading: false,
            stop: None,
            told_ms: 0.0,
            progress: (0, 0, 0),
        }
    }

    /// Whether files are being read.
    pub fn is_reading(&self) -> bool {
        self.reading
    }

    /// A file without events may be a list of account names.
    fn look_for_names(&mut self, source: u32, bytes: &Uint8Array) {
        let small = bytes.length() as usize <= ACCOUNT_NAMES_BYTES;
        if !small || !self.shard.holds_no_events(source) {
            return;
        }
        if let Some(names) = account_names(&bytes.to_vec()) {
            self.shard.name_accounts(source, names.len());
            self.names.extend(names);
        }
    }

    /// Tells the page how far reading is, with the lines of the ledger that changed.
    pub fn tell(&mut self) {
        self.told_ms = now_ms();
        let (bytes, inflated, events) = self.progress;
        let memory = wasm_bytes() + self.kept_bytes;
        let ledger = self.shard.take_ledger();
        respond(&Response::Reading(Reading {
            bytes,
            inflated,
            events,
            memory,
            names: std::mem::take(&mut self.names),
            ledger,
        }));
    }
}

impl Batch {
    fn new(files: Vec<Incoming>) -> Self {
        let large = matches!(files.as_slice(), [file] if file.size >= kept::LARGE);
        // Asking for the bytes now lets the browser fetch them while the batch before is parsed.
        let bytes = if large { None } else { joined(&files).map(|blob| JsFuture::from(blob.array_buffer())) };
        Self { files, bytes, stop: None }
    }
}

/// Many files as one: one read for all of them is several times faster than a read each.
fn joined(files: &[Incoming]) -> Option<Blob> {
    let parts: Array = files.iter().map(|incoming| &incoming.file).collect();
    Blob::new_with_blob_sequence(&parts).ok()
}

/// Reads batch after batch until none is left.
async fn read_all(host: Shared) {
    let turns = Turns::new();
    loop {
        let Some(batch) = host.borrow_mut().queue.pop_front() else {
            host.borrow_mut().reading = false;
            return;
        };
        host.borrow_mut().stop = batch.stop;
        let unread = read_batch(&host, batch, turns.as_ref()).await;
        let messages = host.borrow_mut().shard.take_messages();
        relay(&messages);
        host.borrow_mut().tell();
        send(&FromWorker::BatchDone(unread));
    }
}

/// Reads the files of a batch; gives those it did not begin.
async fn read_batch(host: &Shared, batch: Batch, turns: Option<&Turns>) -> Vec<u32> {
    let expected: u64 = batch.files.iter().map(|incoming| incoming.size).sum();
    let bytes = match batch.bytes {
        None => None,
        // One vanished file fails all that are read with it: each on its own, then.
        Some(bytes) => Some(
            bytes.await.map_or_else(|_| Uint8Array::new_with_length(0), |buffer| Uint8Array::new(&buffer)),
        ),
    };
    let mut unread = Vec::new();
    let mut from = 0;
    for incoming in batch.files {
        if host.borrow().stop.is_some() {
            unread.push(incoming.source);
            continue;
        }
        let kept = match &bytes {
            None => Ok(Kept::Handle(incoming.file.clone())),
            Some(bytes) if u64::from(bytes.length()) == expected => {
                let to = from + u32::try_from(incoming.size).unwrap_or(u32::MAX);
                // A copy of its own: a view would keep the bytes of the whole batch alive.
                Ok(Kept::Bytes(bytes.slice(std::mem::replace(&mut from, to), to)))
            }
            Some(_) => kept::read(&incoming.file).await.map(Kept::Bytes),
        };
        match kept {
            Ok(kept) => read_in_pieces(host, incoming, kept, turns).await,
            Err(trouble) => {
                let mut host = host.borrow_mut();
                let file = host.shard.open(incoming.source, &incoming.path, incoming.size);
                host.shard.close(file, Some(trouble));
            }
        }
    }
    unread
}

async fn read_in_pieces(host: &Shared, incoming: Incoming, kept: Kept, turns: Option<&Turns>) {
    let mut file = host.borrow().shard.open(incoming.source, &incoming.path, incoming.size);
    let mut trouble = None;
    let mut at = 0;
    'file: while at < kept.len() {
        match kept.piece(at).await {
            Ok(piece) => {
                at += piece.len().max(1) as u64;
                for part in piece.chunks(PART) {
                    if let Some(why) = host.borrow().stop {
                        file.stop(why);
                        break 'file;
                    }
                    push(host, &mut file, part);
                    if let Some(turns) = turns.filter(|turns| turns.is_over()) {
                        turns.next().await;
                    }
                }
            }
            Err(why) => {
                trouble = Some(why);
                break;
            }
        }
    }
    let mut host = host.borrow_mut();
    host.shard.close(file, trouble);
    host.progress = (0, 0, 0);
    if let Kept::Bytes(bytes) = &kept {
        host.kept_bytes += u64::from(bytes.length());
        host.look_for_names(incoming.source, bytes);
    }
    host.kept.insert(incoming.source, kept);
}

/// Bytes of this worker's wasm memory. It only grows.
fn wasm_bytes() -> u64 {
    const PAGE: u64 = 64 << 10;
    core::arch::wasm32::memory_size(0) as u64 * PAGE
}

fn push(host: &Shared, file: &mut OpenFile, piece: &[u8]) {
    let mut host = host.borrow_mut();
    host.shard.push(file, piece);
    let (inflated, events) = file.progress();
    host.progress = (host.progress.0 + piece.len() as u64, inflated, events);
    if now_ms() - host.told_ms > TELL_EVERY_MS {
        host.tell();
    }
}

/// Sends messages to other shards.
pub fn relay(messages: &[(u16, PeerMessage)]) {
    for (to, message) in messages {
        if let Some(bytes) = pack(message) {
            send(&FromWorker::Relay(*to, bytes));
        }
    }
}

/// Sends a response to the page.
pub fn respond(response: &Response) {
    if let Some(bytes) = pack(response) {
        send(&FromWorker::Response(bytes));
    }
}

/// Sends a message to the page.
pub fn send(message: &FromWorker) {
    let scope: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
    if let Some(value) = to_js(message) {
        // It fails only where the page is gone, and then nobody misses it.
        let _ = scope.post_message_with_transfer(&value, &message.transfers());
    }
}
