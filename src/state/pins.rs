//! What the reader keeps beside the list: pinned rows, two records side by side, the events around one.

use std::rc::Rc;

use super::fragment::{decode, encode, value_of};
use super::{AppState, Effect, Notice, Snapshot};
use crate::protocol::{EventRow, Order, RecordView, Request, RowRef, SortKey};
use crate::sorting::sort_by;

/// How many rows can be pinned.
const MOST: usize = 20;

/// Pinned rows.
#[derive(Clone, Debug, Default)]
pub struct Pins {
    /// In the order in which they were pinned.
    wanted: Vec<RowRef>,
    /// Those that are here, in that order.
    rows: Rc<Vec<EventRow>>,
    /// The row whose surroundings are asked for.
    around: Option<RowRef>,
    /// The event that a link named, until it is found.
    linked: Option<Rc<str>>,
    /// Where it stands in the order of time, until the list is here.
    place_of: Option<SortKey>,
}

impl Pins {
    /// The rows, first pinned first.
    #[must_use]
    pub fn rows(&self) -> &Rc<Vec<EventRow>> {
        &self.rows
    }

    /// Whether a row is pinned.
    #[must_use]
    pub fn has(&self, row: RowRef) -> bool {
        self.wanted.contains(&row)
    }

    /// Keeps only the rows of other shards than this; all are gone without one.
    pub(super) fn lose(&mut self, shard: Option<u16>) {
        self.wanted.retain(|row| shard.is_some_and(|shard| row.shard != shard));
        self.settle(Vec::new());
    }

    /// Takes rows that have come.
    fn settle(&mut self, new: Vec<EventRow>) {
        let mut rows = Rc::unwrap_or_clone(std::mem::take(&mut self.rows));
        rows.retain(|old| !new.iter().any(|row| row.row == old.row));
        rows.extend(new);
        let place = |row: &EventRow| self.wanted.iter().position(|wanted| *wanted == row.row);
        rows.retain(|row| place(row).is_some());
        sort_by(&mut rows, |one, other| place(one).cmp(&place(other)));
        self.rows = Rc::new(rows);
    }
}

/// Two records side by side.
#[derive(Clone, Debug, Default)]
pub struct Compared {
    rows: [RowRef; 2],
    /// Each once it is here.
    pub records: [Option<Rc<RecordView>>; 2],
}

impl Compared {
    pub(super) fn show(&mut self, record: &Rc<RecordView>) {
        for (row, place) in self.rows.iter().zip(&mut self.records) {
            if *row == record.row {
                *place = Some(Rc::clone(record));
            }
        }
    }
}

impl AppState {
    /// Pins the chosen row, or takes the pin out.
    pub(super) fn pin(&mut self) -> Vec<Effect> {
        let Some(row) = self.selection.row() else { return Vec::new() };
        let pins = &mut self.pins;
        if pins.has(row) {
            pins.wanted.retain(|one| *one != row);
            pins.settle(Vec::new());
            return Vec::new();
        }
        if pins.wanted.len() == MOST {
            self.notify(Notice::problem(
                "Not pinned",
                &format!("{MOST} events are pinned. Take one out first."),
            ));
            return Vec::new();
        }
        pins.wanted.push(row);
        vec![Effect::Send(row.shard, Request::RowsAt { rows: vec![row.row] })]
    }

    /// Asks for the pinned rows anew: another question brings other cells along.
    pub(super) fn refresh_pins(&self) -> Vec<Effect> {
        let ask = |shard: u16| {
            let of = self.pins.wanted.iter().filter(|row| row.shard == shard);
            Effect::Send(shard, Request::RowsAt { rows: of.map(|row| row.row).collect() })
        };
        let any = |shard: &u16| self.pins.wanted.iter().any(|row| row.shard == *shard);
        (0..self.shards).filter(any).map(ask).collect()
    }

    /// The events before and after the chosen one, whatever the query.
    pub(super) fn look_around(&mut self) -> Vec<Effect> {
        let Some(row) = self.selection.row() else { return Vec::new() };
        self.pins.around = Some(row);
        vec![Effect::Send(row.shard, Request::RowsAt { rows: vec![row.row] })]
    }

    /// The fragment of a link to what is on the screen; `values` says whether what may be out of a log goes in.
    #[must_use]
    pub fn link(&self, values: bool) -> String {
        let mut link = self.snapshot().fragment(values);
        let open = self.selection.record().filter(|record| values && !record.event_id.is_empty());
        if let Some(record) = open {
            link.push_str("&event=");
            encode(&mut link, &record.event_id);
        }
        link
    }

    /// Puts on the screen what a link holds; the event it names opens once it has been read.
    pub fn follow_link(&mut self, fragment: &str) -> Vec<Effect> {
        let event = decode(value_of(fragment, "event"));
        self.pins.linked = (!event.is_empty()).then(|| event.into());
        self.show_snapshot(Snapshot::read(fragment))
    }

    /// Looks for the event that a link named.
    pub(super) fn find_linked(&self) -> Vec<Effect> {
        let Some(event_id) = &self.pins.linked else { return Vec::new() };
        let ask = |shard| Effect::Send(shard, Request::EventRow { event_id: event_id.to_string() });
        (0..self.shards).map(ask).collect()
    }

    pub(super) fn hear_rows_at(&mut self, rows: Vec<EventRow>) -> Vec<Effect> {
        let linked = self.pins.linked.as_deref();
        if let Some(row) = rows.iter().find(|row| Some(row.event_id.as_str()) == linked).map(|row| row.row) {
            self.pins.linked = None;
            return self.open_record(row);
        }
        let around = self.pins.around.and_then(|around| rows.iter().find(|row| row.row == around));
        let place = around.map(|row| SortKey {
            time: row.time_ms.map_or(SortKey::UNDATED, |ms| -ms),
            source: row.key.source,
            record: row.key.record,
            ..SortKey::default()
        });
        self.pins.settle(rows);
        let Some(place) = place else { return Vec::new() };
        self.pins.around = None;
        self.pins.place_of = Some(place);
        (self.query, self.query_error, self.brush) = (Rc::default(), None, None);
        (self.order, self.view) = (Order::default(), super::View::Events);
        self.ask_anew()
    }

    /// Once the list is here: where in it the awaited event stands.
    pub(super) fn find_around(&mut self) -> Vec<Effect> {
        match self.pins.place_of.take() {
            Some(key) => self.rank(key),
            None => Vec::new(),
        }
    }

    /// The chosen event beside the pinned one.
    ///
    /// With several pins it is the one that was pinned last.
    pub(super) fn compare(&mut self) -> Vec<Effect> {
        let chosen = self.selection.row();
        let pinned = self.pins.wanted.iter().rev().find(|row| Some(**row) != chosen).copied();
        let (Some(chosen), Some(pinned)) = (chosen, pinned) else {
            let text = "Pin an event with x, choose another one, then press d.";
            self.notify(Notice::done("Two events are compared", text));
            return Vec::new();
        };
        let rows = [pinned, chosen];
        self.compared = Compared { rows, ..Compared::default() };
        self.overlay = super::Overlay::Compare;
        rows.map(|row| Effect::Send(row.shard, Request::Record { row: row.row })).to_vec()
    }
}
