//! Redactions by service, event, path and marker.

use std::collections::HashMap;

use crate::event::Field;
use crate::protocol::RedactionGroup;
use crate::table::EventTable;

/// Values and events of a group.
#[derive(Default)]
struct Seen {
    values: u64,
    events: u64,
    last: Option<u32>,
}

impl Seen {
    /// One more value; the rows come in order.
    fn add(&mut self, row: u32) {
        self.values += 1;
        self.events += u64::from(self.last != Some(row));
        self.last = Some(row);
    }
}

/// The groups of redactions in `rows` (ascending), most first.
#[must_use]
pub fn redaction_groups(table: &EventTable, rows: &[u32]) -> Vec<RedactionGroup> {
    let source_ids = &table.column(Field::EventSource).ids;
    let name_ids = &table.column(Field::EventName).ids;
    let call = |row: u32| (source_ids[row as usize], name_ids[row as usize]);
    let mut groups: HashMap<_, Seen> = HashMap::new();
    let mut rows_left = rows.iter().copied().peekable();
    for hit in table.hits() {
        while rows_left.next_if(|row| *row < hit.row).is_some() {}
        if rows_left.peek() == Some(&hit.row) {
            groups.entry((call(hit.row), hit.path, hit.marker, hit.documented)).or_default().add(hit.row);
        }
    }
    let mut calls: HashMap<(u32, u32), u64> = groups.keys().map(|(call, ..)| (*call, 0)).collect();
    for &row in rows {
        if let Some(count) = calls.get_mut(&call(row)) {
            *count += 1;
        }
    }
    let text = |field: Field, id: u32| table.column(field).dictionary.get(id).unwrap_or_default().to_owned();
    let mut out: Vec<RedactionGroup> = groups
        .into_iter()
        .map(|((call, path, marker, documented), seen)| RedactionGroup {
            source: text(Field::EventSource, call.0),
            name: text(Field::EventName, call.1),
            path: table.redaction_paths().get(path).unwrap_or_default().to_owned(),
            marker: table.markers().get(marker).unwrap_or_default().to_owned(),
            documented,
            count: seen.values,
            events: seen.events,
            of: calls.get(&call).copied().unwrap_or_default(),
        })
        .collect();
    out.sort_by(|a, b| {
        let place = |g: &RedactionGroup| (g.source.clone(), g.name.clone(), g.path.clone(), g.marker.clone());
        b.count.cmp(&a.count).then_with(|| place(a).cmp(&place(b)))
    });
    out
}
