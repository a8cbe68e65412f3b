//! Principals at a glance.

use super::counts::{PairCounts, clipped};
use super::services::widen;
use crate::event::Field;
use crate::identity::is_service;
use crate::protocol::IdentitySummary;
use crate::table::{Dictionary, EventTable, Marks};

/// Principals that a shard tells by hash at most; no trail has as many, but a made-up one can.
const HASHED: usize = 100_000;

/// Each principal and account in `rows` once, as hashes; that of no account is 0.
#[must_use]
pub fn principal_hashes(table: &EventTable, rows: &[u32]) -> Vec<(u64, u64)> {
    let (principals, accounts) = (table.column(Field::Principal), table.column(Field::IdentityAccount));
    let mut out = Vec::new();
    let mut places = PairCounts::default();
    let mut last = (u32::MAX, u32::MAX);
    for &row in rows {
        let pair = (principals.ids[row as usize], accounts.ids[row as usize]);
        // Calls come in bursts.
        if pair == last || out.len() == HASHED {
            continue;
        }
        last = pair;
        if places.place(pair.0, pair.1) == out.len() {
            let service = principals.dictionary.get(pair.0).is_some_and(is_service);
            let account = if service { Dictionary::ABSENT } else { pair.1 };
            out.push((principals.dictionary.hash(pair.0), accounts.dictionary.hash(account)));
        }
    }
    out
}

/// One summary for each principal and account in `rows`, most events first; at most `most`.
#[must_use]
pub fn identities(table: &EventTable, rows: &[u32], most: usize) -> Vec<IdentitySummary> {
    let (principals, accounts) = (table.column(Field::Principal), table.column(Field::IdentityAccount));
    let types = table.column(Field::IdentityType);
    // A service is the same in every account.
    let services: Vec<bool> = (0..principals.dictionary.len())
        .map(|id| principals.dictionary.get(id).is_some_and(is_service))
        .collect();
    let mut out: Vec<IdentitySummary> = Vec::new();
    let mut places = PairCounts::default();
    let mut kinds = PairCounts::default();
    let mut last = (u32::MAX, u32::MAX, 0);
    for &row in rows {
        let at = row as usize;
        let id = principals.ids[at];
        let account = if services[id as usize] { Dictionary::ABSENT } else { accounts.ids[at] };
        // Calls come in bursts.
        if (last.0, last.1) != (id, account) {
            last = (id, account, places.place(id, account));
        }
        let place = last.2;
        if place == out.len() {
            let text = |dictionary: &Dictionary, id| clipped(dictionary.get(id).unwrap_or_default());
            out.push(IdentitySummary {
                principal: text(&principals.dictionary, id),
                account: text(&accounts.dictionary, account),
                ..IdentitySummary::default()
            });
        }
        if let (Some(slot), Ok(place)) = (out.get_mut(place), u32::try_from(place)) {
            count(slot, table, row);
            kinds.add(place, types.ids[at]);
        }
    }
    let mut kinds = kinds.by_first(&types.dictionary, 1);
    for (place, slot) in (0u32..).zip(&mut out) {
        let kind = kinds.remove(&place).and_then(|(_, kinds)| kinds.into_iter().next());
        slot.identity_type = kind.map(|(name, _)| name).unwrap_or_default();
    }
    out.sort_by(|a, b| {
        b.events.cmp(&a.events).then_with(|| (&a.principal, &a.account).cmp(&(&b.principal, &b.account)))
    });
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
