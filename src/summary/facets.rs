//! One facet: the values of a field with how many rows have them.

use super::counts::{clipped, keep_most, most_first, taken_apart};
use crate::event::{BETWEEN, Field};
use crate::protocol::Facet;
use crate::table::EventTable;

/// Counts the values of `field` over `rows`, which ascend; sends the `most` frequent ones, absence apart.
#[must_use]
pub fn facet(table: &EventTable, field: Field, rows: &[u32], most: usize) -> Facet {
    let events = rows.len() as u64;
    if field.is_of_findings() {
        let (sets, absent) = findings_counts(table, field, rows);
        return joined_facet(
            field,
            sets.iter().map(|(set, count)| (set.as_str(), *count)),
            absent,
            (events, most),
        );
    }
    let dictionary = &table.column(field).dictionary;
    let counts = value_counts(table, field, rows);
    let mut values: Vec<(u32, u64)> =
        (0u32..).zip(counts.iter().copied()).filter(|&(id, count)| id != 0 && count > 0).collect();
    let absent = counts.first().copied().unwrap_or_default();
    if table.is_joined(field) && most > 0 {
        let texts = values.iter().map(|&(id, count)| (dictionary.get(id).unwrap_or_default(), count));
        return joined_facet(field, texts, absent, (events, most));
    }
    let distinct = values.len() as u64;
    // Cut first by count alone: looking up all texts of a large dictionary costs more than counting.
    keep_most(&mut values, most);
    let values = values.into_iter().map(|(id, count)| (dictionary.get(id).map(clipped), count)).collect();
    finished(field, values, absent, (events, distinct))
}

/// With the absence of a value, most frequent first.
fn finished(
    field: Field,
    mut values: Vec<(Option<String>, u64)>,
    absent: u64,
    (events, distinct): (u64, u64),
) -> Facet {
    if absent > 0 {
        values.push((None, absent));
    }
    most_first(&mut values);
    Facet { field, events, distinct, values }
}

/// How many of `rows`, which ascend, have a value of the field.
#[must_use]
pub fn present(table: &EventTable, field: Field, rows: &[u32]) -> u64 {
    let counted = facet(table, field, rows, 0);
    counted.events - counted.values.first().map_or(0, |(_, absent)| *absent)
}

/// The facet of a field whose values may be several, joined: an event counts once for each of its own.
fn joined_facet<'a>(
    field: Field,
    texts: impl Iterator<Item = (&'a str, u64)>,
    absent: u64,
    (events, most): (u64, usize),
) -> Facet {
    let values = taken_apart(texts);
    let distinct = values.len() as u64;
    let values = values.into_iter().take(most).map(|(text, count)| (Some(clipped(&text)), count)).collect();
    finished(field, values, absent, (events, distinct))
}

fn value_counts(table: &EventTable, field: Field, rows: &[u32]) -> Vec<u64> {
    let column = table.column(field);
    let mut counts = vec![0; column.dictionary.len() as usize];
    match &column.rows {
        None => rows.iter().for_each(|&row| counts[column.ids[row as usize] as usize] += 1),
        Some(have) => {
            // Both ascend.
            counts[0] = rows.len() as u64;
            let mut rows = rows.iter().copied().peekable();
            for (row, &id) in have.iter().zip(&column.ids) {
                while rows.next_if(|next| next < row).is_some() {}
                if rows.next_if_eq(row).is_some() {
                    counts[0] -= 1;
                    counts[id as usize] += 1;
                }
            }
        }
    }
    counts
}

/// The different sets of what a field shows of findings, each joined, with how many events have them; and how
/// many events have none.
fn findings_counts(table: &EventTable, field: Field, rows: &[u32]) -> (Vec<(String, u64)>, u64) {
    let findings = table.findings(field);
    let mut sets = vec![0u64; findings.sets() as usize];
    for &row in rows {
        sets[findings.rows()[row as usize] as usize] += 1;
    }
    let (mut joined, mut absent) = (Vec::new(), 0);
    for (set, count) in (0u32..).zip(sets).filter(|(_, count)| *count > 0) {
        let mut texts: Vec<&str> =
            findings.of_set(set).filter_map(|finding| table.found(field, finding)).collect();
        texts.sort_unstable();
        texts.dedup();
        if texts.is_empty() {
            absent += count;
        } else {
            joined.push((texts.join(BETWEEN.encode_utf8(&mut [0; 4])), count));
        }
    }
    (joined, absent)
}
