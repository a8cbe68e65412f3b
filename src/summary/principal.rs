//! One principal in full: what it used and did.

use super::counts::{clipped, keep_most};
use crate::event::Field;
use crate::protocol::{RowRef, SortKey, Use, UseList};
use crate::query::fold;
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

/// The rows of a principal, of those given, by its [`crate::protocol::PrincipalTerms`].
#[must_use]
pub fn rows_of(
    table: &EventTable,
    principal: &String,
    account: Option<&String>,
    types: &[String],
    rows: &[u32],
) -> Vec<u32> {
    let principal = Having::of(table, Field::Principal, std::slice::from_ref(principal));
    let account = Having::of(table, Field::IdentityAccount, account.map_or(&[], std::slice::from_ref));
    let types = Having::of(table, Field::IdentityType, types);
    let is = |row: &u32| principal.holds(*row) && types.holds(*row) && account.holds(*row);
    rows.iter().copied().filter(is).collect()
}

/// Which values of a column are among some texts, as a query compares them; all, where there are none.
struct Having<'t> {
    ids: &'t [u32],
    wanted: Vec<bool>,
}

impl<'t> Having<'t> {
    fn of(table: &'t EventTable, field: Field, texts: &[String]) -> Self {
        let column = table.column(field);
        let texts: Vec<_> = texts.iter().map(|text| fold(text)).collect();
        let is =
            |id| texts.is_empty() || texts.contains(&fold(column.dictionary.get(id).unwrap_or_default()));
        Self { ids: &column.ids, wanted: (0..column.dictionary.len()).map(is).collect() }
    }

    fn holds(&self, row: u32) -> bool {
        self.wanted[self.ids[row as usize] as usize]
    }
}

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
