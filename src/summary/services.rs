//! Services at a glance.

use super::counts::{PairCounts, clipped, taken_apart};
use super::histogram;
use crate::event::{BETWEEN, Field};
use crate::protocol::{Buckets, ServiceSummary};
use crate::table::{EventTable, Marks};

/// How many event names, principals and resources of a service are sent.
const LISTED: usize = 500;

/// One summary for each event source in `rows`, most events first.
#[must_use]
pub fn services(table: &EventTable, rows: &[u32], buckets: Buckets) -> Vec<ServiceSummary> {
    let sources = table.column(Field::EventSource);
    let mut slots: Vec<Option<ServiceSummary>> = vec![None; sources.dictionary.len() as usize];
    let (mut names, mut principals, mut resources) =
        (PairCounts::default(), PairCounts::default(), PairCounts::default());
    let (mut failed_names, mut failures) = (PairCounts::default(), PairCounts::default());
    let (mut notable, mut details) = (PairCounts::default(), PairCounts::default());
    let (failure_ids, notable_ids, detail_ids) = (
        table.column(Field::Failure).ids.as_slice(),
        table.column(Field::Notable).ids.as_slice(),
        table.column(Field::Detail).ids.as_slice(),
    );
    let ids = |field: Field| table.column(field).ids.as_slice();
    let (name_ids, principal_ids, resource_ids) =
        (ids(Field::EventName), ids(Field::Principal), ids(Field::Resource));
    let access = table.column(Field::Access);
    let kinds: Vec<Access> =
        (0..access.dictionary.len()).map(|id| Access::of(access.dictionary.get(id))).collect();
    let (said, category) = (table.column(Field::ReadOnly), table.column(Field::EventCategory));
    let is_data = |id: &u32| category.dictionary.get(*id) == Some("Data");
    let data = (0..category.dictionary.len()).find(is_data);
    for &row in rows {
        let at = row as usize;
        let source = sources.ids[at];
        let slot = slots[source as usize].get_or_insert_with(|| ServiceSummary {
            source: clipped(sources.dictionary.get(source).unwrap_or_default()),
            histogram: histogram::empty(buckets),
            ..ServiceSummary::default()
        });
        count(slot, table, row);
        if let Some(kind) = kinds.get(access.ids[at] as usize) {
            slot.reads += u64::from(kind.reads);
            slot.writes += u64::from(kind.writes);
            slot.data += u64::from(kind.data);
            let unsaid = (kind.reads || kind.writes) && said.ids[at] == 0;
            slot.inferred += u64::from(unsaid || kind.data && data != Some(category.ids[at]));
        }
        histogram::add(&mut slot.histogram, table, row, buckets);
        names.add(source, name_ids[at]);
        principals.add(source, principal_ids[at]);
        resources.add(source, resource_ids[at]);
        // Most events have none of these, and counting costs.
        if failure_ids[at] != 0 {
            failed_names.add(source, name_ids[at]);
            failures.add(source, failure_ids[at]);
        }
        if notable_ids[at] != 0 {
            notable.add(source, notable_ids[at]);
        }
        if detail_ids[at] != 0 {
            details.add(source, detail_ids[at]);
        }
    }
    let mut names = names.by_first(&table.column(Field::EventName).dictionary, LISTED);
    let mut principals = principals.by_first(&table.column(Field::Principal).dictionary, LISTED);
    let mut resources = resources.by_first(&table.column(Field::Resource).dictionary, LISTED);
    let mut failed_names = failed_names.by_first(&table.column(Field::EventName).dictionary, LISTED);
    let mut failures = failures.by_first(&table.column(Field::Failure).dictionary, LISTED);
    let mut notable = notable.by_first(&table.column(Field::Notable).dictionary, LISTED);
    let mut details = details.by_first(&table.column(Field::Detail).dictionary, LISTED);
    let apart = |joined: Option<(u64, Vec<(String, u64)>)>| {
        let joined = joined.unwrap_or_default().1;
        taken_apart(joined.iter().map(|(text, count)| (text.as_str(), *count)))
    };
    let mut out: Vec<ServiceSummary> = Vec::new();
    for (source, slot) in (0u32..).zip(slots) {
        let Some(mut slot) = slot else { continue };
        slot.names = names.remove(&source).unwrap_or_default().1;
        slot.failed_names = failed_names.remove(&source).unwrap_or_default().1;
        slot.failures = failures.remove(&source).unwrap_or_default().1;
        slot.notable = apart(notable.remove(&source));
        slot.details = apart(details.remove(&source));
        slot.principals = principals.remove(&source).unwrap_or_default().1;
        (slot.resources, slot.top_resources) = resources.remove(&source).unwrap_or_default();
        out.push(slot);
    }
    out.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.source.cmp(&b.source)));
    out
}

/// What a value of [`Field::Access`] says.
struct Access {
    reads: bool,
    writes: bool,
    data: bool,
}

impl Access {
    fn of(joined: Option<&str>) -> Self {
        let has = |word: &str| joined.is_some_and(|joined| joined.split(BETWEEN).any(|one| one == word));
        Self { reads: has("read"), writes: has("write"), data: has("data") }
    }
}

fn count(slot: &mut ServiceSummary, table: &EventTable, row: u32) {
    let marks = table.marks(row);
    slot.events += 1;
    slot.errors += u64::from(marks.has(Marks::ERROR));
    slot.redactions += u64::from(table.redactions(row));
    slot.exposures += u64::from(table.exposures(row) > 0);
    widen(&mut slot.first_ms, &mut slot.last_ms, table.times()[row as usize]);
}

/// Widens a range of times by one more.
pub fn widen(first: &mut Option<i64>, last: &mut Option<i64>, time: i64) {
    if time != crate::protocol::SortKey::UNDATED {
        *first = Some(first.map_or(time, |known| known.min(time)));
        *last = Some(last.map_or(time, |known| known.max(time)));
    }
}
