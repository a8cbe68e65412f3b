//! One principal in full: what it used and did.

use super::counts::{clipped, keep_most};
use crate::event::Field;
use crate::protocol::{RowRef, SortKey, Use, UseList};
use crate::table::{EventTable, Marks};

/// How many values of each field are sent.
const LISTED: usize = 200;

/// What is listed, in the order of the page.
const LISTS: [Field; 13] = [
    Field::IdentityArn,
    Field::AccessKey,
    Field::Mfa,
    Field::SourceIp,
    Field::UserAgent,
    Field::EventSource,
    Field::EventName,
    Field::ErrorCode,
    Field::Resource,
    Field::IdentityAccount,
    Field::RecipientAccount,
    Field::SourceIdentity,
    Field::IssuedArn,
];

/// The lists of a principal with these rows.
#[must_use]
pub fn use_lists(table: &EventTable, rows: &[u32], shard: u16) -> Vec<UseList> {
    LISTS.iter().map(|&field| use_list(table, field, rows, shard)).collect()
}

fn use_list(table: &EventTable, field: Field, rows: &[u32], shard: u16) -> UseList {
    let column = table.column(field);
    // Where each value's count is, counted from 1.
    let mut places = vec![0u32; column.dictionary.len() as usize];
    let mut uses: Vec<Use> = Vec::new();
    for &row in rows {
        let id = column.id(row);
        let Some(value) = column.dictionary.get(id) else { continue };
        let marks = table.marks(row);
        let at = (table.times()[row as usize], RowRef { shard, row });
        let place = &mut places[id as usize];
        if *place == 0 {
            uses.push(Use { value: clipped(value), events: 0, errors: 0, writes: 0, first: at, last: at });
            *place = u32::try_from(uses.len()).unwrap_or(u32::MAX);
        }
        let Some(sum) = uses.get_mut(*place as usize - 1) else { continue };
        sum.events += 1;
        sum.errors += u64::from(marks.has(Marks::ERROR));
        sum.writes += u64::from(marks.has(Marks::WRITE));
        sum.first = sum.first.min(at);
        // Undated events are the last of nothing.
        if at.0 != SortKey::UNDATED && (at > sum.last || sum.last.0 == SortKey::UNDATED) {
            sum.last = at;
        }
    }
    let distinct = uses.len() as u64;
    let mut most: Vec<(u32, u64)> = (0..).zip(&uses).map(|(at, one)| (at, one.events)).collect();
    keep_most(&mut most, LISTED);
    let uses = most.into_iter().filter_map(|(at, _)| uses.get_mut(at as usize).map(std::mem::take)).collect();
    UseList { field, distinct, uses }
}
