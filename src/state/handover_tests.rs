//! The hand-over from the opened view to the saved file, without a screen.

use super::*;
use crate::protocol::{
    Categories, Category, Format, HandOverRequest, HandOverResponse, LedgerEntry, Originals, Outcome,
    Reading as Progress,
};

fn line() -> LedgerEntry {
    LedgerEntry {
        source: 0,
        entry: 0,
        name: "a.json".into(),
        outcome: Outcome::Read,
        kind: "log file".into(),
        size: 10,
        inflated: None,
        counted: 5,
        events: 5,
        duplicates: 0,
        rejected: 0,
        first_ms: Some(1_700_000_000_000),
        last_ms: Some(1_700_000_100_000),
        account: None,
        region: None,
        reason: None,
        remedy: None,
        integrity: None,
    }
}

fn heard(state: &mut AppState, shard: u16, response: Response) -> Vec<Effect> {
    state.update(Action::Heard { shard, response, now_ms: 1.0 })
}

fn said(state: &mut AppState, shard: u16, response: HandOverResponse) -> Vec<Effect> {
    heard(state, shard, Response::HandOver(Box::new(response)))
}

/// A page of two shards with events (that none of them matches saves the rows of the table), nothing in flight, the view open.
fn opened() -> (AppState, Vec<Effect>) {
    let mut state = AppState::new(2);
    state.update(Action::TakenIn { files: 1, bytes: 10, now_ms: 0.0 });
    let reading = Progress { ledger: vec![line()], ..Progress::default() };
    heard(&mut state, 0, Response::Reading(reading));
    state.update(Action::View(View::HandOver));
    state.update(Action::ReadingEnded { now_ms: 0.0 });
    let question = state.asking.last_number();
    let answer = |events| crate::protocol::Answer { question, progress: 1.0, events, ..Default::default() };
    heard(&mut state, 0, Response::Answer(Box::new(answer(5))));
    let effects = heard(&mut state, 1, Response::Answer(Box::new(answer(0))));
    (state, effects)
}

fn collected(state: &mut AppState) -> Vec<Effect> {
    let job = state.hand_over.job();
    let part = |events, values: &[&str]| HandOverResponse::Collected {
        job,
        originals: Box::new(Originals {
            values: values.iter().map(|v| ((*v).to_owned(), 2)).collect(),
            ids: vec![events],
            words: vec![],
        }),
        events,
        bytes: 100,
        span: None,
    };
    said(state, 0, part(5, &["alice", "bob-b"]));
    said(state, 1, part(0, &["alice"]))
}

fn requests(effects: &[Effect]) -> Vec<String> {
    let name = |effect: &Effect| match effect {
        Effect::HandOver(shard, request) => {
            let text = format!("{request:?}");
            format!("{shard} {}", text.split([' ', '{']).next().unwrap_or_default())
        }
        other => format!("{other:?}").split(['(', ' ']).next().unwrap_or_default().to_owned(),
    };
    effects.iter().map(name).collect()
}

/// A file of five events in which nothing was found that must not be told.
fn found_clean(job: u32) -> HandOverResponse {
    HandOverResponse::Checked {
        job,
        events: 5,
        bytes: 9,
        looked_for: 2,
        found: vec![],
        digest: String::new(),
    }
}

#[test]
fn opening_the_view_collects_and_then_cleans() {
    let (mut state, effects) = opened();
    assert_eq!(requests(&effects), ["NewKey", "0 Collect", "1 Collect"]);
    assert_eq!(state.hand_over.phase, HandOverPhase::Collecting);
    let effects = collected(&mut state);
    assert_eq!(requests(&effects), ["0 Clean", "1 Clean", "0 Preview"]);
    let hand_over = &state.hand_over;
    assert_eq!((hand_over.phase, hand_over.events, hand_over.counts[2]), (HandOverPhase::Ready, 5, 2));
    // Nothing is begun twice.
    assert!(state.update(Action::Tick { now_ms: 9.0 }).is_empty());
}

#[test]
fn a_file_is_written_read_once_more_and_saved() {
    let (mut state, _) = opened();
    // Wanted before all is known: it waits.
    assert!(state.update(Action::HandOver(HandOverAction::Save(Format::Records))).is_empty());
    let effects = collected(&mut state);
    assert_eq!(requests(&effects), ["0 Clean", "1 Clean", "0 Preview", "0 Text", "0 Write"]);
    let last = effects.last().cloned();
    assert!(matches!(
        last,
        Some(Effect::HandOver(_, HandOverRequest::Write { first: true, last: true, .. }))
    ));
    let job = state.hand_over.job();
    let effects =
        said(&mut state, 0, HandOverResponse::Written { job, events: 5, replaced: vec![1], problem: None });
    assert_eq!(requests(&effects), ["CheckHandOver"]);
    let checked = |events, found| HandOverResponse::Checked {
        job,
        events,
        bytes: 9,
        looked_for: 2,
        found,
        digest: "d".into(),
    };
    let effects = said(&mut state, 0, checked(5, vec![]));
    assert_eq!(effects, [Effect::SaveHandOver(Format::Records)]);
    assert!(state.hand_over.check.as_ref().unwrap().passed());
}

#[test]
fn a_hit_or_a_missing_event_stops_the_file() {
    for (events, hit) in [(5, true), (4, false)] {
        let (mut state, _) = opened();
        collected(&mut state);
        state.update(Action::HandOver(HandOverAction::Save(Format::Page)));
        let job = state.hand_over.job();
        said(&mut state, 0, HandOverResponse::Written { job, events: 5, replaced: vec![], problem: None });
        let found =
            crate::protocol::Found { category: 2, value: "alice".into(), form: "plain".into(), record: 3 };
        let found = if hit { vec![found] } else { vec![] };
        let checked =
            HandOverResponse::Checked { job, events, bytes: 9, looked_for: 2, found, digest: String::new() };
        assert!(said(&mut state, 0, checked).is_empty());
        assert_eq!(state.notices.last().unwrap().title, "Not saved");
    }
}

#[test]
fn other_choices_clean_anew_and_another_query_collects_anew() {
    let (mut state, _) = opened();
    collected(&mut state);
    let before = state.hand_over.job();
    let effects = state.update(Action::HandOver(HandOverAction::Toggle(Category::Agent)));
    assert_eq!(requests(&effects), ["0 Clean", "1 Clean", "0 Preview"]);
    assert!(!state.hand_over.removed.has(Category::Agent) && state.hand_over.job() > before);
    let effects = state.update(Action::HandOver(HandOverAction::Scope(HandOverScope::All)));
    assert_eq!(requests(&effects), ["NewKey", "0 Collect", "1 Collect"]);
    // What an older job still says is not heard.
    let old = HandOverResponse::Progress { job: before, done: 99 };
    said(&mut state, 0, old);
    assert_eq!(state.hand_over.done, 0);
}

#[test]
fn leaked_values_go_whatever_is_chosen() {
    assert!(Categories(0).has(Category::Leaked) && !Categories(0).has(Category::Account));
}

#[test]
fn a_manifest_cannot_end_its_element() {
    let mut hand_over = HandOver::default();
    hand_over.title = "</script><b>\"\u{2028}".into();
    let text = hand_over.manifest("2026", "0.1", "not checked");
    assert!(!text.contains('<') && !text.contains('\u{2028}'));
    let read: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(read["title"], "</script><b>\"\u{2028}");
}

#[test]
fn too_much_for_a_page_is_refused_with_the_alternative() {
    let (mut state, _) = opened();
    collected(&mut state);
    state.hand_over.bytes = 300_000_000;
    assert!(state.update(Action::HandOver(HandOverAction::Save(Format::Page))).is_empty());
    assert!(state.notices.last().unwrap().text.contains("NDJSON"));
    assert!(!state.update(Action::HandOver(HandOverAction::Save(Format::Lines))).is_empty());
}

#[test]
fn a_stopped_look_begins_again_when_asked() {
    let (mut state, _) = opened();
    let before = state.hand_over.job();
    let effects = state.update(Action::HandOver(HandOverAction::Cancel));
    assert_eq!(requests(&effects), ["0 Cancel", "1 Cancel"]);
    assert_eq!(state.hand_over.phase, HandOverPhase::Stopped);
    // It does not begin by itself, and what was on its way is not heard.
    assert!(state.update(Action::Tick { now_ms: 9.0 }).is_empty());
    said(&mut state, 0, HandOverResponse::Progress { job: before, done: 3 });
    assert_eq!(state.hand_over.done, 0);
    let effects = state.update(Action::HandOver(HandOverAction::Again));
    assert_eq!(requests(&effects), ["NewKey", "0 Collect", "1 Collect"]);
    // Wanting a file begins again too, and the file comes.
    state.update(Action::HandOver(HandOverAction::Cancel));
    let effects = state.update(Action::HandOver(HandOverAction::Save(Format::Lines)));
    assert_eq!(requests(&effects), ["NewKey", "0 Collect", "1 Collect"]);
    assert_eq!(requests(&collected(&mut state)), ["0 Clean", "1 Clean", "0 Preview", "0 Text", "0 Write"]);
}

#[test]
fn ledger_and_map_wait_until_it_is_known_what_must_not_be_told() {
    let (mut state, _) = opened();
    let ledger = || Action::HandOver(HandOverAction::SaveLedger("a.json".into()));
    for action in [ledger(), ledger(), Action::HandOver(HandOverAction::SaveMap)] {
        assert!(state.update(action).is_empty());
    }
    assert_eq!(requests(&collected(&mut state)), ["0 Clean", "1 Clean", "0 Preview", "0 Text", "0 Map"]);
    // Nor are they asked for while a shard has given its dictionary away to write a file.
    state.update(Action::HandOver(HandOverAction::Save(Format::Lines)));
    assert!(state.update(ledger()).is_empty());
    let job = state.hand_over.job();
    said(&mut state, 0, HandOverResponse::Written { job, events: 5, replaced: vec![], problem: None });
    let checked = found_clean(job);
    assert_eq!(requests(&said(&mut state, 0, checked)), ["SaveHandOver", "0 Text"]);
}

#[test]
fn what_is_chosen_while_a_file_is_written_holds_for_the_next_one() {
    let (mut state, _) = opened();
    collected(&mut state);
    state.update(Action::HandOver(HandOverAction::Toggle(Category::Account)));
    state.update(Action::HandOver(HandOverAction::Save(Format::Page)));
    assert!(state.update(Action::HandOver(HandOverAction::Toggle(Category::Account))).is_empty());
    // The manifest tells how it was written.
    let manifest = |state: &AppState| -> serde_json::Value {
        serde_json::from_str(&state.hand_over.manifest("2026", "0.1", "not checked")).unwrap()
    };
    assert!(manifest(&state)["kept"].as_str().unwrap().contains("Account ids"));
    let job = state.hand_over.job();
    said(&mut state, 0, HandOverResponse::Written { job, events: 5, replaced: vec![], problem: None });
    let checked = found_clean(job);
    assert_eq!(requests(&said(&mut state, 0, checked)), ["SaveHandOver", "0 Clean", "1 Clean", "0 Preview"]);
    assert!(manifest(&state)["kept"].as_str().unwrap().contains("Account ids"));
}
