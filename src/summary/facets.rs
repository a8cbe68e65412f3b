//! One facet: the values of a field with how many rows have them.

use super::counts::{keep_most, most_first};
use crate::event::Field;
use crate::protocol::Facet;
use crate::table::EventTable;

/// Counts the values of `field` over `rows`; sends the `most` frequent ones, absence apart.
#[must_use]
pub fn facet(table: &EventTable, field: Field, rows: &[u32], most: usize) -> Facet {
    let (counts, dictionary) = if field == Field::Redaction {
        (marker_counts(table, rows), table.markers())
    } else {
        (value_counts(table, field, rows), &table.column(field).dictionary)
    };
    let mut values: Vec<(u32, u64)> =
        (0u32..).zip(counts.iter().copied()).filter(|&(id, count)| id != 0 && count > 0).collect();
    let distinct = values.len() as u64;
    // Cut first by count alone: looking up all texts of a large dictionary costs more than counting.
    keep_most(&mut values, most);
    let mut values: Vec<(Option<String>, u64)> =
        values.into_iter().map(|(id, count)| (dictionary.get(id).map(str::to_owned), count)).collect();
    if let Some(&absent) = counts.first().filter(|count| **count > 0) {
        values.push((None, absent));
    }
    most_first(&mut values);
    Facet { field, distinct, values }
}

fn value_counts(table: &EventTable, field: Field, rows: &[u32]) -> Vec<u64> {
    let column = table.column(field);
    let mut counts = vec![0; column.dictionary.len() as usize];
    for &row in rows {
        counts[column.ids[row as usize] as usize] += 1;
    }
    counts
}

/// An event counts once for each different marker in it; at 0 those without any.
fn marker_counts(table: &EventTable, rows: &[u32]) -> Vec<u64> {
    let ids = &table.column(Field::Redaction).ids;
    let mut sets = vec![0u64; table.marker_sets().len()];
    for &row in rows {
        sets[ids[row as usize] as usize] += 1;
    }
    let mut counts = vec![0; table.markers().len() as usize];
    for (set, count) in table.marker_sets().iter().zip(sets) {
        if set.is_empty() {
            counts[0] += count;
        }
        for &marker in set {
            counts[marker as usize] += count;
        }
    }
    counts
}
