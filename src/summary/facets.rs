//! One facet: the values of a field with how many rows have them.

use super::counts::{clipped, keep_most, most_first, taken_apart};
use crate::event::Field;
use crate::protocol::Facet;
use crate::table::{EventTable, is_redaction};

/// Counts the values of `field` over `rows`, which ascend; sends the `most` frequent ones, absence apart.
#[must_use]
pub fn facet(table: &EventTable, field: Field, rows: &[u32], most: usize) -> Facet {
    let (counts, dictionary) = if field.is_of_findings() {
        (label_counts(table, field, rows), table.findings(field).labels())
    } else {
        (value_counts(table, field, rows), &table.column(field).dictionary)
    };
    let mut values: Vec<(u32, u64)> =
        (0u32..).zip(counts.iter().copied()).filter(|&(id, count)| id != 0 && count > 0).collect();
    let events = rows.len() as u64;
    if table.is_joined(field) && most > 0 {
        return joined_facet(
            table,
            field,
            &values,
            counts.first().copied().unwrap_or_default(),
            (events, most),
        );
    }
    let distinct = values.len() as u64;
    // Cut first by count alone: looking up all texts of a large dictionary costs more than counting.
    keep_most(&mut values, most);
    let mut values: Vec<(Option<String>, u64)> =
        values.into_iter().map(|(id, count)| (dictionary.get(id).map(clipped), count)).collect();
    if let Some(&absent) = counts.first().filter(|count| **count > 0) {
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
fn joined_facet(
    table: &EventTable,
    field: Field,
    values: &[(u32, u64)],
    absent: u64,
    (events, most): (u64, usize),
) -> Facet {
    let dictionary = &table.column(field).dictionary;
    let texts = values.iter().map(|&(id, count)| (dictionary.get(id).unwrap_or_default(), count));
    let mut values: Vec<(Option<String>, u64)> =
        taken_apart(texts).into_iter().map(|(text, count)| (Some(clipped(&text)), count)).collect();
    let distinct = values.len() as u64;
    values.truncate(most);
    if absent > 0 {
        values.push((None, absent));
    }
    most_first(&mut values);
    Facet { field, events, distinct, values }
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

/// An event counts once for each different label of its findings; at 0 those without any.
fn label_counts(table: &EventTable, field: Field, rows: &[u32]) -> Vec<u64> {
    let findings = table.findings(field);
    let mut sets = vec![0u64; findings.sets() as usize];
    for &row in rows {
        sets[findings.rows()[row as usize] as usize] += 1;
    }
    let mut counts = vec![0; findings.labels().len() as usize];
    let mut labels: Vec<u32> = Vec::new();
    for (set, count) in (0u32..).zip(sets).filter(|(_, count)| *count > 0) {
        labels.clear();
        let of_set = findings.of_set(set).filter(|one| field != Field::Redaction || is_redaction(one.class));
        labels.extend(of_set.map(|one| one.label));
        labels.sort_unstable();
        labels.dedup();
        if labels.is_empty() {
            counts[0] += count;
        }
        for &label in &labels {
            counts[label as usize] += count;
        }
    }
    counts
}
