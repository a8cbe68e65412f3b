//! The worker's side of a hand-over: passes over the files, the finished part, the check.

use std::rc::Rc;

use js_sys::{Array, Function, Promise, Reflect, Uint8Array};
use sha2::{Digest, Sha256};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Blob, File};

use super::kept::Kept;
use super::message::FromWorker;
use super::rereads;
use super::shard_host::{Shared, respond, send};
use super::turn::{Turns, now_ms};
use crate::ingest::FileReader;
use crate::protocol::{Format, HandOverRequest, HandOverResponse, Response};
use crate::pseudonym::{Check, Cleaner, Collector};
use crate::shard::handover::{CheckSink, Pass, Work, Writer, frame, preview};

/// Progress is told this often, in milliseconds.
const TELL_EVERY_MS: f64 = 200.0;

/// What is written goes out of wasm memory in pieces of this many bytes.
const PIECE: usize = 4 << 20;

/// What a worker keeps of a hand-over.
#[derive(Default)]
pub struct HandOver {
    /// The last job; a task of another one stops.
    job: u32,
    /// The rows in scope.
    rows: Vec<u32>,
    cleaner: Option<Cleaner>,
    /// Hashes of the ids of all shards.
    ids: Vec<u64>,
}

fn say(response: HandOverResponse) {
    respond(&Response::HandOver(Box::new(response)));
}

/// Takes a request; `file` is what comes beside it.
pub fn handle(host: &Shared, request: HandOverRequest, file: JsValue) {
    let state = |job: u32| host.borrow_mut().hand_over.job = job;
    match request {
        HandOverRequest::Collect { job, question } => {
            state(job);
            let rows = host.borrow().shard.rows_in_scope(question);
            host.borrow_mut().hand_over.rows = rows;
            spawn_local(collect(Rc::clone(host), job));
        }
        HandOverRequest::Clean { job, cleaning } => {
            state(job);
            let mut cleaning = *cleaning;
            let ids = std::mem::take(&mut cleaning.originals.ids);
            let cleaner = Cleaner::new(cleaning);
            let mut host = host.borrow_mut();
            host.hand_over.cleaner = cleaner;
            host.hand_over.ids = ids;
        }
        HandOverRequest::Preview { job, place } => spawn_local(show(Rc::clone(host), job, place)),
        HandOverRequest::Write { job, format, first, last } => {
            state(job);
            spawn_local(write(Rc::clone(host), job, format, (first, last)));
        }
        HandOverRequest::Check { job, format, beside } => {
            state(job);
            spawn_local(check(Rc::clone(host), job, format, beside, file));
        }
        HandOverRequest::Text { job, text } => {
            let text = host.borrow_mut().hand_over.cleaner.as_mut().map(|cleaner| cleaner.text(&text));
            say(HandOverResponse::Text { job, text: text.unwrap_or_default() });
        }
        HandOverRequest::Map { job } => {
            let mut csv = String::new();
            let host = host.borrow();
            for (category, original, name) in host.hand_over.cleaner.iter().flat_map(Cleaner::map) {
                for (cell, end) in [(category.label(), ","), (original, ","), (name, "\r\n")] {
                    csv.push('"');
                    csv.push_str(&cell.replace('"', "\"\""));
                    csv.push('"');
                    csv.push_str(end);
                }
            }
            say(HandOverResponse::Map { job, csv });
        }
        HandOverRequest::Cancel => state(0),
    }
}

async fn collect(host: Shared, job: u32) {
    let rows = host.borrow().hand_over.rows.clone();
    let span = host.borrow().shard.span_of(&rows);
    let events = rows.len() as u64;
    let work = Work::new(rows, Pass::Collect(Collector::default()));
    let Some(work) = pass(&host, job, work, &mut Vec::new()).await else { return };
    let Pass::Collect(collector) = work.pass else { return };
    let too_much = collector.is_full();
    say(HandOverResponse::Collected {
        job,
        originals: Box::new(collector.finish()),
        events: if too_much { u64::MAX } else { events },
        bytes: work.bytes,
        span,
    });
}

/// Takes a pass to its end; `None` if another job has begun. What is written goes to `parts`.
async fn pass(host: &Shared, job: u32, mut work: Work, parts: &mut Vec<JsValue>) -> Option<Work> {
    let turns = Turns::new()?;
    let mut told_ms = now_ms();
    loop {
        let source = host.borrow().shard.work_source(&work);
        let Some(source) = source else { return Some(work) };
        let mut reader = host.borrow().shard.work_reader(source);
        let kept = host.borrow().kept.get(&source).cloned();
        let mut at = 0;
        while let Some(kept) = kept.as_ref().filter(|kept| at < kept.len()) {
            let Ok(piece) = kept.piece(at).await else { break };
            at += piece.len().max(1) as u64;
            let more = host.borrow().shard.work_push(&mut work, source, &mut reader, &piece);
            take(&mut work, parts, PIECE);
            if !more {
                break;
            }
            if turns.is_over() {
                turns.next().await;
            }
            if host.borrow().hand_over.job != job {
                return None;
            }
        }
        host.borrow().shard.work_close(&mut work, source, reader);
        if turns.is_over() {
            turns.next().await;
        }
        if host.borrow().hand_over.job != job {
            return None;
        }
        if now_ms() - told_ms > TELL_EVERY_MS {
            told_ms = now_ms();
            say(HandOverResponse::Progress { job, done: work.seen });
        }
    }
}

/// Moves what is written out of wasm memory, once it is this much.
fn take(work: &mut Work, parts: &mut Vec<JsValue>, least: usize) {
    if let Pass::Write(writer) = &mut work.pass
        && writer.out.len() > least
    {
        parts.push(Uint8Array::from(writer.out.as_slice()).into());
        writer.out.clear();
    }
}

async fn write(host: Shared, job: u32, format: Format, (first, last): (bool, bool)) {
    let (rows, cleaner) = {
        let mut host = host.borrow_mut();
        (host.hand_over.rows.clone(), host.hand_over.cleaner.take())
    };
    let Some(cleaner) = cleaner else { return };
    let (head, tail) = frame(format);
    let out = if first { head.as_bytes().to_vec() } else { Vec::new() };
    let writer = Writer::new(cleaner, format, out, !first);
    let mut parts = Vec::new();
    let done = pass(&host, job, Work::new(rows, Pass::Write(Box::new(writer))), &mut parts).await;
    let Some(mut work) = done else { return };
    if let Pass::Write(writer) = &mut work.pass {
        writer.finish();
        if last {
            writer.out.extend_from_slice(tail.as_bytes());
        }
    }
    take(&mut work, &mut parts, 0);
    let events = work.seen;
    let Pass::Write(writer) = work.pass else { return };
    let replaced = writer.cleaner.replaced().to_vec();
    host.borrow_mut().hand_over.cleaner = Some(writer.cleaner);
    let text = Blob::new_with_u8_array_sequence(&parts.into_iter().collect::<Array>()).ok();
    let packed = match (text, format) {
        (Some(text), Format::Csv) => Some(text),
        (Some(text), _) => gzipped(&text).await,
        (None, _) => None,
    };
    let problem = packed.is_none().then(|| "The browser could not compress it.".to_owned());
    if let Some(blob) = packed {
        send(&FromWorker::Part(job, blob));
    }
    say(HandOverResponse::Written { job, events, replaced, problem });
}

/// A blob as gzip, by the browser's own compressor: one in the program would cost every visit its size.
async fn gzipped(blob: &Blob) -> Option<Blob> {
    let global = js_sys::global();
    let make = |name: &str, argument: &JsValue| {
        let class = Reflect::get(&global, &name.into()).ok()?.dyn_into::<Function>().ok()?;
        Reflect::construct(&class, &Array::of1(argument)).ok()
    };
    let call = |target: &JsValue, name: &str, arguments: &Array| {
        Reflect::get(target, &name.into()).ok()?.dyn_ref::<Function>()?.apply(target, arguments).ok()
    };
    let stream = call(blob, "stream", &Array::new())?;
    let piped = call(&stream, "pipeThrough", &Array::of1(&make("CompressionStream", &"gzip".into())?))?;
    let packed = call(&make("Response", &piped)?, "blob", &Array::new())?;
    JsFuture::from(packed.dyn_into::<Promise>().ok()?).await.ok()?.dyn_into().ok()
}

async fn check(host: Shared, job: u32, format: Format, beside: String, file: JsValue) {
    let cleaner = host.borrow_mut().hand_over.cleaner.take();
    let ids = std::mem::take(&mut host.borrow_mut().hand_over.ids);
    let (Some(cleaner), Ok(blob)) = (cleaner, file.dyn_into::<Blob>()) else { return };
    // A `File` is read as a dropped one is.
    let file = File::new_with_blob_sequence(&Array::of1(&blob), "copy").ok();
    let mut sink = CheckSink(Check::new(&cleaner, &ids));
    sink.0.plain(beside.as_bytes());
    let mut digest = Sha256::new();
    let mut encoded: Vec<JsValue> = Vec::new();
    if let Some(file) = file {
        let kept = Kept::Handle(file);
        let mut reader = FileReader::new("copy", kept.len());
        let turns = Turns::new();
        let mut at = 0;
        let mut tail = Vec::new();
        while let Ok(piece) = kept.range(at, BASE64_PIECE).await {
            if piece.is_empty() {
                break;
            }
            at += piece.len() as u64;
            digest.update(&piece);
            reader.push(&piece, &mut sink);
            if format == Format::Csv {
                // An original may lie across two pieces.
                tail.extend_from_slice(&piece);
                sink.0.plain(&tail);
                tail.drain(..tail.len().saturating_sub(600));
            }
            if format == Format::Page {
                encoded.push(Uint8Array::from(crate::pseudonym::base64(&piece).as_bytes()).into());
            }
            if let Some(turns) = turns.as_ref().filter(|turns| turns.is_over()) {
                turns.next().await;
            }
        }
        let _ = reader.finish(&mut sink);
    }
    let check = sink.0;
    if format == Format::Page && check.found.is_empty() {
        let parts: Array = encoded.iter().collect::<Array>();
        if let Ok(blob) = Blob::new_with_u8_array_sequence(&parts) {
            send(&FromWorker::Part(job, blob));
        }
    }
    let response = HandOverResponse::Checked {
        job,
        events: check.records,
        bytes: check.bytes,
        looked_for: check.looked_for(),
        found: check.found,
        digest: digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect(),
    };
    let kept = &mut host.borrow_mut().hand_over;
    // Another way of cleaning may have come meanwhile.
    if kept.cleaner.is_none() {
        (kept.cleaner, kept.ids) = (Some(cleaner), ids);
    }
    say(response);
}

/// A multiple of three, so that pieces of base64 can be joined.
const BASE64_PIECE: u64 = 3 << 20;

async fn show(host: Shared, job: u32, place: u32) {
    let row = host.borrow().hand_over.rows.get(place as usize).copied();
    let text = match row {
        Some(row) => rereads::text_of(&host, row).await.ok(),
        None => None,
    };
    let record = text.and_then(|(text, _)| {
        let mut host = host.borrow_mut();
        preview(&text, host.hand_over.cleaner.as_mut()?)
    });
    say(HandOverResponse::Preview { job, record: record.map(Box::new) });
}
