//! Pinned rows, the events around one, and two records side by side.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod host;

use host::page::Page;
use trailscope::field::Field;
use trailscope::protocol::{EventRow, Order};
use trailscope::state::{Action, ColumnsAction, Overlay, View};

fn pinned(page: &Page) -> Vec<&str> {
    page.state.pins.rows().iter().map(|row| row.event_id.as_str()).collect()
}

fn choose(page: &mut Page, place: u64) -> EventRow {
    page.act(Action::Select(place));
    page.state.window.at(place).unwrap().clone()
}

#[test]
fn pins_stay_whatever_is_asked_and_bring_the_columns_of_now() {
    let mut page = Page::loaded(3);
    page.act(Action::Pin);
    assert!(pinned(&page).is_empty(), "nothing is chosen");
    let (one, other) = (choose(&mut page, 4), choose(&mut page, 2));
    page.act(Action::Select(4));
    page.act(Action::Pin);
    page.act(Action::Select(2));
    page.act(Action::Pin);
    assert_eq!(pinned(&page), [&one.event_id, &other.event_id]);
    page.act(Action::Query("eventName:NoSuchName".into()));
    page.act(Action::Columns(ColumnsAction::Add("awsRegion".into())));
    assert_eq!(pinned(&page), [&one.event_id, &other.event_id]);
    assert!(page.state.pins.rows().iter().all(|row| row.cells.iter().any(|(of, _)| *of == Field::Region)));
    page.act(Action::Pin);
    assert_eq!(pinned(&page), [&one.event_id]);
    page.act(Action::Remove { sources: vec![0], now_ms: 1.0 });
    assert!(pinned(&page).is_empty());
}

#[test]
fn around_an_event_stand_its_neighbours_in_time() {
    for shards in [1, 3] {
        let mut page = Page::loaded(shards);
        page.act(Action::NeedRows { first: 0, len: 5_000 });
        let all: Vec<String> = page.state.window.rows().iter().map(|row| row.event_id.clone()).collect();
        page.act(Action::Query("service:ssm".into()));
        page.act(Action::Order(Order { by: Some(Field::EventName), descending: true }));
        let row = choose(&mut page, 3);
        page.act(Action::Around);
        assert_eq!(
            (&*page.state.query, page.state.order, page.state.view),
            ("", Order::default(), View::Events)
        );
        let place = page.state.selection.place().unwrap();
        assert_eq!(all[place as usize], row.event_id);
        assert_eq!(page.state.selection.row(), Some(row.row));
        assert_eq!(page.state.selection.reveal().unwrap().0, place);
    }
}

#[test]
fn the_chosen_event_stands_beside_the_one_pinned_last() {
    let mut page = Page::loaded(2);
    page.act(Action::Compare);
    assert_eq!(page.state.overlay, Overlay::None);
    let left = choose(&mut page, 0);
    page.act(Action::Pin);
    page.act(Action::Compare);
    assert_eq!(page.state.overlay, Overlay::None, "an event is not compared with itself");
    let right = choose(&mut page, 5);
    page.act(Action::Compare);
    assert_eq!(page.state.overlay, Overlay::Compare);
    let ids: Vec<String> =
        page.state.compared.records.iter().map(|record| record.as_ref().unwrap().event_id.clone()).collect();
    assert_eq!(ids, [left.event_id, right.event_id]);
}

#[test]
fn a_link_with_values_opens_the_event_it_names_once_it_is_read() {
    let mut page = Page::loaded(2);
    page.act(Action::Query("service:ssm".into()));
    let row = choose(&mut page, 3);
    page.act(Action::OpenInspector);
    assert!(!page.state.link(false).contains(&row.event_id));
    let link = page.state.link(true);
    let mut other = Page::new(2);
    assert!(other.state.follow_link(&link).is_empty(), "there is nothing to ask yet");
    let mut other = other.opened();
    assert_eq!(other.state.selection.record().unwrap().event_id, row.event_id);
    assert_eq!(&*other.state.query, "service:ssm");
    other.act(Action::CloseInspector);
    other.act(Action::Select(0));
    assert!(!other.state.selection.inspecting(), "it opens once");
}
