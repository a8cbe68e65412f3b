//! Answers that need the text of records: their files pass by once more, piece by piece.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;

use super::kept::Kept;
use super::shard_host::{Shared, respond};
use super::turn::{Turns, now_ms};
use crate::protocol::{Answer, Ask, QuestionId, Response};
use crate::shard::RecordPlace;

/// A growing answer is sent this often, in milliseconds.
const TELL_EVERY_MS: f64 = 250.0;

/// Takes a question and answers it, at once as far as columns go.
pub fn ask(host: &Shared, ask: Ask) {
    let question = ask.question;
    let taken = host.borrow_mut().shard.ask(ask);
    if taken.is_err() {
        // The page parses a query before it asks, so this is only ever a newer page's language.
        respond(&Response::Answer(Box::new(Answer { question, progress: 1.0, ..Answer::default() })));
        return;
    }
    answer(host);
    if host.borrow().shard.pending_source().is_some() {
        spawn_local(settle(Rc::clone(host), question));
    }
}

fn answer(host: &Shared) {
    let answer = host.borrow_mut().shard.answer();
    respond(&Response::Answer(Box::new(answer)));
}

/// Reads the files of open rows until all are settled or another question is asked.
async fn settle(host: Shared, question: QuestionId) {
    let Some(turns) = Turns::new() else { return };
    let mut told_ms = now_ms();
    loop {
        if host.borrow().shard.question() != Some(question) {
            return;
        }
        let Some(source) = host.borrow().shard.pending_source() else { break };
        reread(&host, source, &turns).await;
        if now_ms() - told_ms > TELL_EVERY_MS && host.borrow().shard.question() == Some(question) {
            told_ms = now_ms();
            answer(&host);
        }
    }
    if host.borrow().shard.question() == Some(question) {
        answer(&host);
    }
}

async fn reread(host: &Shared, source: u32, turns: &Turns) {
    let rereading = host.borrow().shard.reread(source);
    let Some(mut rereading) = rereading else { return };
    let kept = host.borrow().kept.get(&source).cloned();
    if let Some(kept) = kept {
        let mut at = 0;
        while at < kept.len() {
            // A file that has vanished since settles its rows as "no match"; its line of the ledger
            // stays as it was, for it was read.
            let Ok(piece) = kept.piece(at).await else { break };
            at += piece.len().max(1) as u64;
            let more = host.borrow_mut().shard.reread_push(&mut rereading, &piece);
            if !more {
                break;
            }
            if turns.is_over() {
                turns.next().await;
            }
        }
    }
    host.borrow_mut().shard.reread_close(rereading);
}

/// Sends one record in full.
pub async fn record(host: Shared, row: u32) {
    let text = text_of(&host, row).await;
    let view = text.and_then(|(text, notes)| host.borrow().shard.record(row, &text, notes));
    respond(&Response::Record(view.map(Box::new)));
}

/// The text of a row, and what a reader must know of where it stood.
///
/// # Errors
/// Says so if it did not come: the file has changed or is gone.
pub async fn text_of(host: &Shared, row: u32) -> Result<(Vec<u8>, Vec<String>), String> {
    let found = host.borrow().shard.record_place(row);
    let kept = found.as_ref().and_then(|found| host.borrow().kept.get(&found.place.source).cloned());
    match (found, kept) {
        (Some(found), Some(kept)) => text(&kept, found).await,
        _ => Err("Its file is not here any more.".to_owned()),
    }
}

async fn text(kept: &Kept, found: RecordPlace) -> Result<(Vec<u8>, Vec<String>), String> {
    let place = found.place;
    let Some(mut fetch) = found.fetch else {
        return Ok((kept.range(place.offset, u64::from(place.len)).await?, Vec::new()));
    };
    let turns = Turns::new();
    let mut at = 0;
    while at < kept.len() {
        let piece = kept.piece(at).await?;
        at += piece.len().max(1) as u64;
        if !fetch.push(&piece) {
            break;
        }
        if let Some(turns) = turns.as_ref().filter(|turns| turns.is_over()) {
            turns.next().await;
        }
    }
    fetch.finish()
}
