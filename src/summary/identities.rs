//! Principals at a glance.

use super::counts::PairCounts;
use super::services::widen;
use crate::event::Field;
use crate::protocol::IdentitySummary;
use crate::table::{EventTable, Marks};

/// How many keys, addresses and so on of a principal are sent.
const LISTED: usize = 50;

/// What is listed under a principal.
const LISTS: [Field; 6] = [
    Field::IdentityType,
    Field::IdentityAccount,
    Field::AccessKey,
    Field::SourceIp,
    Field::EventSource,
    Field::ErrorCode,
];

/// One summary for each principal in `rows`, most events first; at most `most`.
#[must_use]
pub fn identities(table: &EventTable, rows: &[u32], most: usize) -> Vec<IdentitySummary> {
    let principals = table.column(Field::Principal);
    let mut slots: Vec<Option<IdentitySummary>> = vec![None; principals.dictionary.len() as usize];
    let mut lists = LISTS.map(|_| PairCounts::default());
    for &row in rows {
        let id = principals.ids[row as usize];
        let slot = slots[id as usize].get_or_insert_with(|| IdentitySummary {
            principal: principals.dictionary.get(id).unwrap_or_default().to_owned(),
            ..IdentitySummary::default()
        });
        count(slot, table, row);
        for (list, field) in lists.iter_mut().zip(LISTS) {
            list.add(id, table.column(field).ids[row as usize]);
        }
    }
    let mut lists = lists.into_iter().zip(LISTS).map(|(list, field)| {
        let mut by_principal = list.by_first(&table.column(field).dictionary, LISTED);
        move |id: u32| by_principal.remove(&id).unwrap_or_default().1
    });
    let mut next = || lists.next();
    let (
        Some(mut types),
        Some(mut accounts),
        Some(mut keys),
        Some(mut addresses),
        Some(mut services),
        Some(mut errors),
    ) = (next(), next(), next(), next(), next(), next())
    else {
        return Vec::new();
    };
    let mut out: Vec<IdentitySummary> = Vec::new();
    for (id, slot) in (0u32..).zip(slots) {
        let Some(mut slot) = slot else { continue };
        slot.identity_type = types(id).into_iter().next().map(|(name, _)| name).unwrap_or_default();
        slot.accounts = accounts(id);
        slot.keys = keys(id);
        slot.addresses = addresses(id);
        slot.services = services(id);
        slot.error_codes = errors(id);
        out.push(slot);
    }
    out.sort_by(|a, b| b.events.cmp(&a.events).then_with(|| a.principal.cmp(&b.principal)));
    out.truncate(most);
    out
}

fn count(slot: &mut IdentitySummary, table: &EventTable, row: u32) {
    let marks = table.marks(row);
    slot.events += 1;
    slot.errors += u64::from(marks.has(Marks::ERROR));
    slot.writes += u64::from(marks.has(Marks::WRITE));
    slot.redactions += u64::from(table.redactions(row));
    widen(&mut slot.first_ms, &mut slot.last_ms, table.times()[row as usize]);
}
