//! The worker's part in the check of integrity: its files pass by once more and are hashed as bytes.
//!
//! Nothing here runs while files are read: the page asks for it when reading has ended, and stops it when
//! more is dropped. What was found of a file is kept, so that another check, with more keys perhaps, reads
//! only the files that are new, and the documents.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::SubtleCrypto;

use super::shard_host::{Shared, relay, respond};
use super::turn::{Turns, now_ms};
use crate::integrity::{Bytes, Case, Hasher, Sum, Unpacked, holds_keys};
use crate::protocol::{Evidence, FileEvidence, PeerMessage, Response, Sha256Sum};

/// Progress is told this often, in milliseconds.
const TELL_EVERY_MS: f64 = 150.0;

/// Below this many bytes the way to the platform's SHA-256 and back costs more than it saves.
const PLATFORM_FROM: usize = 16 << 10;

/// What a worker knows for checks.
#[derive(Default)]
pub struct Integrity {
    /// The check under way; 0 is none.
    run: u32,
    /// What was found of files that hold no document, by their place in intake order.
    found: Vec<(u32, Vec<FileEvidence>)>,
    /// In the first shard: what has arrived, and from how many.
    case: Option<(Case, u16)>,
}

impl Integrity {
    /// Forgets a file.
    pub fn forget(&mut self, source: u32) {
        self.found.retain(|(found, _)| *found != source);
    }

    /// Drops the check under way.
    pub fn stop(&mut self) {
        self.run = 0;
        self.case = None;
    }
}

/// Begins a check.
pub fn check(host: &Shared, run: u32) {
    {
        let integrity = &mut host.borrow_mut().integrity;
        integrity.run = run;
        integrity.case = Some((Case::new(run), 0));
    }
    spawn_local(find_all(Rc::clone(host), run));
}

/// Hashes all files, then sends what was found to the first shard.
async fn find_all(host: Shared, run: u32) {
    let Some(turns) = Turns::new() else { return };
    let sources = host.borrow().shard.sources();
    let all: u64 = sources.iter().map(|(_, _, size)| size).sum();
    let mut evidence = Evidence { run, ..Evidence::default() };
    let (mut done, mut told_ms) = (0, 0.0);
    let platform = platform();
    for (source, path, size) in sources {
        if now_ms() - told_ms > TELL_EVERY_MS {
            told_ms = now_ms();
            respond(&Response::Checking { run, done, all });
        }
        let known = {
            let integrity = &host.borrow().integrity;
            let place = integrity.found.binary_search_by_key(&source, |(found, _)| *found);
            place.ok().map(|place| integrity.found[place].1.clone())
        };
        let files = match known {
            Some(files) => files,
            None => match find(&host, run, (source, &path, size), platform.as_ref(), &turns).await {
                Some(files) => files,
                None => return,
            },
        };
        done += size;
        evidence.bytes += size;
        evidence.files.extend(files);
        if host.borrow().integrity.run != run {
            return;
        }
    }
    respond(&Response::Checking { run, done, all });
    if host.borrow().shard.config().shard == 0 {
        take(&host, evidence);
    } else {
        relay(&[(0, PeerMessage::Evidence(evidence))]);
    }
}

/// What is found of one file; `None` where the check was dropped meanwhile.
async fn find(
    host: &Shared,
    run: u32,
    (source, path, size): (u32, &str, u64),
    platform: Option<&SubtleCrypto>,
    turns: &Turns,
) -> Option<Vec<FileEvidence>> {
    let kept = host.borrow().kept.get(&source).cloned();
    let mut hasher = Hasher::new(path, size);
    let mut found = Vec::new();
    let (mut at, end) = (0, kept.as_ref().map_or(0, super::kept::Kept::len));
    while let Some(kept) = kept.as_ref().filter(|_| at < end) {
        // What can't be read any more is told by a content that is not there.
        let Ok(piece) = kept.piece(at).await else {
            hasher = Hasher::new(path, size);
            break;
        };
        at += piece.len().max(1) as u64;
        hasher.push(&piece);
        for unpacked in hasher.take_done() {
            found.push(evidence(host, source, unpacked, platform).await);
        }
        if turns.is_over() {
            turns.next().await;
        }
        if host.borrow().integrity.run != run {
            return None;
        }
    }
    for unpacked in hasher.finish() {
        found.push(evidence(host, source, unpacked, platform).await);
    }
    if turns.is_over() {
        turns.next().await;
    }
    if found.iter().all(|file| file.document.is_none()) {
        let known = &mut host.borrow_mut().integrity.found;
        let place = known.partition_point(|(other, _)| *other < source);
        known.insert(place, (source, found.clone()));
    }
    Some(found)
}

async fn evidence(
    host: &Shared,
    source: u32,
    unpacked: Unpacked,
    platform: Option<&SubtleCrypto>,
) -> FileEvidence {
    let sum = match &unpacked.content {
        Bytes::Whole(bytes) => Some(sha256(bytes, platform).await),
        Bytes::None | Bytes::Hashed(_) => None,
    };
    let entry = unpacked.entry;
    let is_log = host.borrow().shard.is_log(source, entry);
    let evidence = unpacked.evidence(source, sum, is_log);
    if evidence.document.as_deref().is_some_and(|text| holds_keys(&evidence.name, text)) {
        // Keys are pasted in forms that nothing else recognises.
        let mut host = host.borrow_mut();
        if host.shard.call_public_keys(source, entry) {
            host.tell();
        }
    }
    evidence
}

/// What the browser has for hashing: nothing on pages that came over plain HTTP.
pub(super) fn platform() -> Option<SubtleCrypto> {
    let crypto = js_sys::Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    js_sys::Reflect::get(&crypto, &"subtle".into()).ok()?.dyn_into().ok()
}

async fn sha256(bytes: &[u8], platform: Option<&SubtleCrypto>) -> Sha256Sum {
    if let Some(platform) = platform.filter(|_| bytes.len() >= PLATFORM_FROM)
        && let Some(sum) = platform_sha256(bytes, platform).await
    {
        return sum;
    }
    Sum::of(bytes)
}

async fn platform_sha256(bytes: &[u8], platform: &SubtleCrypto) -> Option<Sha256Sum> {
    let bytes = Uint8Array::from(bytes);
    let promise = platform.digest_with_str_and_buffer_source("SHA-256", &bytes).ok()?;
    let sum = JsFuture::from(promise).await.ok()?;
    Uint8Array::new(&sum).to_vec().try_into().ok()
}

/// Takes what a shard found; once all have answered, the judging begins.
pub fn take(host: &Shared, evidence: Evidence) {
    let run = evidence.run;
    let mut borrowed = host.borrow_mut();
    let shards = borrowed.shard.config().shards;
    if borrowed.integrity.run != run {
        return;
    }
    let Some((case, arrived)) = &mut borrowed.integrity.case else { return };
    case.add(evidence);
    *arrived += 1;
    if *arrived == shards
        && let Some((case, _)) = borrowed.integrity.case.take()
    {
        spawn_local(judge(Rc::clone(host), case, run));
    }
}

async fn judge(host: Shared, mut case: Case, run: u32) {
    let Some(turns) = Turns::new() else { return };
    while case.step() {
        if turns.is_over() {
            turns.next().await;
        }
        if host.borrow().integrity.run != run {
            return;
        }
    }
    respond(&Response::Integrity(Box::new(case.report())));
}
