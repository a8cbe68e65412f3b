//! The state of the page and real shards, played against each other without a browser: every effect
//! is carried out as `ui::app` and `web` would.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod host;

use host::page::Page;
use host::{fixture, fixtures};
use trailscope::field::Field;
use trailscope::protocol::{EventRow, Order, Outcome, Reading, Response};
use trailscope::state::{Action, Effect, NotRead, Phase, View};

#[test]
fn any_window_holds_the_rows_of_the_whole_order() {
    for shards in [1, 2, 5] {
        let mut page = Page::loaded(shards);
        let total = page.matched();
        let whole = page.show(0, u32::try_from(total).unwrap());
        assert_eq!(whole.len() as u64, total);
        assert!(whole.windows(2).all(|pair| pair[0].key < pair[1].key));
        for (first, len) in [(0, 40), (1, 1), (250, 60), (total / 2, 100), (total - 30, 30)] {
            let expected = &whole[first as usize..(first + u64::from(len)) as usize];
            assert_eq!(page.show(first, len), expected, "{first} over {shards} shards");
        }
        assert_eq!(page.state.phase(), Phase::Ready);
    }
}

#[test]
fn a_query_that_does_not_parse_leaves_the_last_good_one() {
    let mut page = Page::loaded(2);
    page.act(Action::Query("service:ssm".into()));
    let good = page.matched();
    assert!(good > 0);
    page.act(Action::Query("service:(ssm OR".into()));
    assert_eq!((page.matched(), &*page.state.query), (good, "service:ssm"));
    assert!(page.state.query_error.is_some());
    page.act(Action::Query(String::new()));
    assert!(page.state.query_error.is_none() && page.matched() > good);
}

#[test]
fn choosing_stepping_and_inspecting_follow_the_list() {
    let mut page = Page::loaded(3);
    let rows = page.show(0, 40);
    page.act(Action::Select(3));
    assert_eq!(page.state.selection.row(), Some(rows[3].row));
    assert!(page.state.selection.record().is_none(), "choosing does not open");
    page.act(Action::OpenInspector);
    assert_eq!(page.state.selection.record().unwrap().event_id, rows[3].event_id);
    page.act(Action::Step(1));
    assert_eq!(page.state.selection.record().unwrap().event_id, rows[4].event_id);
    // Beyond the window: the rows are fetched first.
    let far = page.matched() - 1;
    page.act(Action::Select(far));
    assert_eq!(page.state.selection.place(), Some(far));
    let last = page.show(far, 1);
    assert_eq!(page.state.selection.record().unwrap().event_id, last[0].event_id);
    page.act(Action::CloseInspector);
    assert!(!page.state.selection.inspecting());
}

#[test]
fn the_keys_for_errors_visit_every_error_in_order_and_stop() {
    let mut page = Page::loaded(3);
    let total = u32::try_from(page.matched()).unwrap();
    let whole = page.show(0, total);
    let errors: Vec<u64> =
        (0..).zip(&whole).filter(|(_, row)| row.error.is_some()).map(|(place, _)| place).collect();
    for expected in errors.iter().take(12) {
        page.act(Action::NextError(true));
        assert_eq!(page.state.selection.place(), Some(*expected));
    }
    page.act(Action::NextError(false));
    assert_eq!(page.state.selection.place(), Some(errors[10]));
    page.act(Action::Select(*errors.last().unwrap()));
    page.act(Action::NextError(true));
    assert_eq!(page.state.selection.place(), errors.last().copied(), "there is none after the last");
    assert_eq!(page.state.notices.len(), 1);
}

#[test]
fn the_next_error_is_sought_from_the_chosen_row_wherever_the_table_has_scrolled() {
    let mut page = Page::loaded(2);
    let total = u32::try_from(page.matched()).unwrap();
    let whole = page.show(0, total);
    let chosen = page.matched() - 1;
    let before = (0..chosen).rev().find(|place| whole[*place as usize].error.is_some()).unwrap();
    page.act(Action::Select(chosen));
    page.show(0, 40);
    page.act(Action::NextError(false));
    assert_eq!(page.state.selection.place(), Some(before));

    // Nothing chosen: from the first row at hand, itself included.
    let mut page = Page::loaded(2);
    page.show(before, 40);
    page.act(Action::NextError(true));
    assert_eq!(page.state.selection.place(), Some(before));
}

#[test]
fn a_drop_without_events_opens_the_ledger() {
    let mut page = Page::new(1);
    page.act(Action::TakenIn { files: 1, bytes: 4, now_ms: 0.0 });
    page.host.drop_file("notes.txt", b"none".to_vec());
    page.host.settle();
    let heard = Response::Reading(Reading { ledger: page.host.ledger.clone(), ..Reading::default() });
    page.act(Action::Heard { shard: 0, response: heard, now_ms: 1.0 });
    page.act(Action::ReadingEnded { now_ms: 2.0 });
    assert_eq!(page.state.view, View::Files);
    assert!(page.state.reading.ledger()[0].reason.is_some());
}

#[test]
fn the_other_order_is_the_same_list_from_its_other_end() {
    let mut page = Page::loaded(2);
    let list = page.state.list;
    page.act(Action::Order(Order { by: None, descending: false }));
    assert!(page.state.list != list, "another order is another list");
    let total = u32::try_from(page.matched()).unwrap();
    let oldest_first = page.show(0, total);
    assert!(oldest_first.windows(2).all(|pair| pair[0].time_ms <= pair[1].time_ms));
    assert!(page.fragment.contains("order=oldest"));
}

#[test]
fn any_column_sorts_all_rows_and_ties_stay_in_the_order_of_time() {
    type Value = fn(&EventRow) -> Option<String>;
    let columns: [(Field, Value); 3] = [
        (Field::EventName, |row| Some(row.name.clone()).filter(|text| !text.is_empty())),
        (Field::Failure, |row| row.error.clone()),
        (Field::SourceIp, |row| Some(row.source_ip.clone()).filter(|text| !text.is_empty())),
    ];
    let mut page = Page::loaded(3);
    let total = u32::try_from(page.matched()).unwrap();
    let by_time = page.show(0, total);
    for (field, value) in columns {
        for descending in [false, true] {
            page.act(Action::Order(Order { by: Some(field), descending }));
            let mut expected = by_time.clone();
            expected.sort_by(|one, other| match (value(one), value(other)) {
                (Some(one), Some(other)) if descending => other.cmp(&one),
                (Some(one), Some(other)) => one.cmp(&other),
                (one, other) => other.is_some().cmp(&one.is_some()),
            });
            let places = |rows: &[EventRow]| rows.iter().map(|row| row.row).collect::<Vec<_>>();
            assert_eq!(places(&page.show(0, total)), places(&expected), "{field:?} {descending}");
            let tail = page.show(u64::from(total / 2), total / 2);
            assert_eq!(places(&tail), places(&expected[(total / 2) as usize..][..tail.len()]));
        }
    }
    assert!(page.fragment.contains("order=sourceIPAddress:last"), "{}", page.fragment);
}

#[test]
fn the_fragment_never_holds_a_query() {
    let mut page = Page::loaded(1);
    page.act(Action::Query("principal:bert-jan".into()));
    page.act(Action::View(View::Events));
    assert_eq!(page.fragment, "view=events");
}

#[test]
fn a_removed_file_takes_its_events_along_and_leaves_those_that_have_a_copy() {
    for shards in [1, 3] {
        let mut page = Page::loaded(shards);
        let all = page.matched();
        let name = fixtures("invictus").remove(1);
        let bytes = fixture(&format!("invictus/{name}"));
        page.act(Action::TakenIn { files: 1, bytes: bytes.len() as u64, now_ms: 3.0 });
        page.host.drop_file("copy.json", bytes);
        page.host.settle();
        let ledger = page.host.ledger.clone();
        let heard = Response::Reading(Reading { ledger, ..Reading::default() });
        page.act(Action::Heard { shard: 0, response: heard, now_ms: 4.0 });
        page.act(Action::ReadingEnded { now_ms: 5.0 });
        assert_eq!(page.matched(), all, "a second copy adds nothing");
        let copies = page.state.reading.totals().duplicates;
        assert!(copies > 0);

        // The first copy goes: the second one is shown in its place.
        page.act(Action::Remove { sources: vec![1], now_ms: 6.0 });
        page.act(Action::ReadingEnded { now_ms: 7.0 });
        assert_eq!(page.matched(), all);
        assert_eq!(page.state.reading.totals().events, all);

        // The other one goes too: now its events are gone.
        let source = fixtures("invictus").len() as u32;
        page.act(Action::Remove { sources: vec![source], now_ms: 8.0 });
        page.act(Action::ReadingEnded { now_ms: 9.0 });
        assert_eq!(page.matched(), all - copies);
        assert_eq!(page.state.reading.totals().events, page.matched());
        assert_eq!(page.state.reading.ledger().len(), fixtures("invictus").len() - 1);
    }
}

#[test]
fn reading_stops_before_memory_runs_out_and_says_what_is_not_read() {
    let mut page = Page::loaded(1);
    page.state.memory_limit = 1_000;
    page.act(Action::TakenIn { files: 2, bytes: 20, now_ms: 3.0 });
    let reading = |memory| Response::Reading(Reading { memory, ..Reading::default() });
    let heard = |memory| Action::Heard { shard: 0, response: reading(memory), now_ms: 4.0 };
    assert!(!page.state.update(heard(999)).contains(&Effect::StopReading));
    assert!(page.state.update(heard(1_001)).contains(&Effect::StopReading));
    let files = fixtures("invictus").len() as u32;
    let unread = vec![(files, "a.json.gz".to_owned(), 10), (files + 1, "b.json.gz".to_owned(), 10)];
    page.act(Action::NotRead { unread, why: NotRead::MemoryFull });
    // What is in is counted when the rest of it has come.
    assert!(page.state.notices.is_empty());
    page.act(Action::ReadingEnded { now_ms: 5.0 });
    let ledger = page.state.reading.ledger();
    let last = ledger.last().unwrap();
    assert!(last.outcome == Outcome::Failed && last.reason.as_deref().unwrap().contains("Memory"));
    let events = trailscope::display::grouped(page.matched());
    let text = format!("{events} events are in and can be used; 2 files were not read");
    assert!(page.state.notices[0].text.starts_with(&text), "{}", page.state.notices[0].text);
    assert!(!page.state.update(heard(1_001)).contains(&Effect::StopReading), "nothing is left to stop");
}

#[test]
fn clearing_forgets_all_but_the_scheme() {
    let mut page = Page::loaded(2);
    page.act(Action::Query("service:ssm".into()));
    page.act(Action::Select(0));
    page.act(Action::OpenInspector);
    page.act(Action::Cleared);
    assert_eq!(page.state.phase(), Phase::Empty);
    assert!(page.state.reading.ledger().is_empty() && page.state.selection.record().is_none());
    assert_eq!((&*page.state.query, page.matched()), ("", 0));
}

#[test]
fn a_late_answer_to_an_older_question_is_dropped() {
    let mut page = Page::loaded(2);
    let old = page.state.update(Action::Query("service:ssm".into()));
    let all = page.state.update(Action::Query("service:ec2".into()));
    let heard = |page: &mut Page, effects: Vec<Effect>| {
        for effect in effects {
            for (shard, response) in page.carry_out(effect) {
                page.state.update(Action::Heard { shard, response, now_ms: 9.0 });
            }
        }
    };
    heard(&mut page, all);
    let right = page.matched();
    heard(&mut page, old);
    assert_eq!(page.matched(), right);
}

#[test]
fn the_page_of_a_service_stays_until_it_is_left() {
    let mut page = Page::loaded(2);
    let open = |page: &Page| page.state.service.as_deref().map(str::to_owned);
    page.act(Action::OpenService(Some("ec2.amazonaws.com".to_owned())));
    // Its filters narrow the query and stay on the page; another view and back keep it.
    page.act(Action::Query("service:ec2 failure:*".to_owned()));
    page.act(Action::View(View::Events));
    page.act(Action::View(View::Services));
    assert_eq!(open(&page).as_deref(), Some("ec2.amazonaws.com"));
    assert!(!page.fragment.contains("ec2"), "no value of a log in the address: {}", page.fragment);
    // The tab that is open leads back to the cards.
    page.act(Action::View(View::Services));
    assert_eq!(open(&page), None);
    page.act(Action::OpenService(Some("s3.amazonaws.com".to_owned())));
    page.act(Action::Cleared);
    assert_eq!(open(&page), None);
}
