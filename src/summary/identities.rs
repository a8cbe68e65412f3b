//! Principals at a glance.

use super::counts::{PairCounts, clipped};
use super::services::widen;
use crate::event::Field;
use crate::identity::is_service;
use crate::protocol::IdentitySummary;
use crate::query::fold;
use crate::table::{Column, EventTable, Marks};

/// Principals that a shard tells by hash at most; no trail has as many, but a made-up one can.
const HASHED: usize = 100_000;

/// A type, which is the same in every account.
const SERVICE: &str = "AWSService";

/// The type of callers that CloudTrail cannot tell.
const UNKNOWN: &str = "Unknown";

/// The combinations of principal, account and type, in the order they are met.
struct Met<'t> {
    principals: &'t Column,
    accounts: &'t Column,
    types: &'t Column,
    /// Of account and type.
    pairs: PairCounts,
    /// Of principal and pair.
    all: PairCounts,
    last: [u32; 3],
    place: usize,
}

impl<'t> Met<'t> {
    fn new(table: &'t EventTable) -> Self {
        Self {
            principals: table.column(Field::Principal),
            accounts: table.column(Field::IdentityAccount),
            types: table.column(Field::IdentityType),
            pairs: PairCounts::default(),
            all: PairCounts::default(),
            last: [u32::MAX; 3],
            place: 0,
        }
    }

    /// The place of a row's combination.
    fn place(&mut self, row: u32) -> usize {
        let id = |column: &Column| column.ids[row as usize];
        let ids = [id(self.principals), id(self.accounts), id(self.types)];
        // Calls come in bursts.
        if ids != self.last {
            self.last = ids;
            let pair = u32::try_from(self.pairs.place(ids[1], ids[2])).unwrap_or(u32::MAX);
            self.place = self.all.place(ids[0], pair);
        }
        self.place
    }

    /// Principal, kind and account of the combination met last, and its type as logged. The kind is one
    /// word of those that AWS has for it, and empty where it is not said.
    fn told(&self) -> [&'t str; 4] {
        let text = |column: &'t Column, at: usize| column.dictionary.get(self.last[at]).unwrap_or_default();
        let (principal, logged) = (text(self.principals, 0), text(self.types, 2));
        let account = text(self.accounts, 1);
        match logged {
            "Role" => [principal, "AssumedRole", account, logged],
            "" | "Unknown" | SERVICE if is_service(principal) => [principal, SERVICE, "", logged],
            // Nothing but the account is known, and not that somebody of another one called.
            "" if principal == account && !account.is_empty() => [principal, UNKNOWN, account, logged],
            UNKNOWN if principal != account => [principal, "", account, logged],
            _ => [principal, logged, account, logged],
        }
    }

    /// Name, kind and account of the combination met last as hashes; that of nothing is 0.
    fn hashes(&self) -> [u64; 3] {
        let [principal, kind, account, _] = self.told();
        [principal, kind, account].map(|text| self.principals.dictionary.hash(&fold(text)))
    }
}

/// Each combination in `rows` once, as hashes of name, kind and account; that of nothing is 0.
#[must_use]
pub fn principal_hashes(table: &EventTable, rows: &[u32]) -> Vec<[u64; 3]> {
    let mut out = Vec::new();
    let mut met = Met::new(table);
    for &row in rows {
        if met.place(row) == out.len() && out.len() < HASHED {
            out.push(met.hashes());
        }
    }
    out
}

/// The rows of a principal, of those given, by its [`crate::protocol::PrincipalTerms`].
#[must_use]
pub fn rows_of(
    table: &EventTable,
    principal: &str,
    account: Option<&str>,
    types: &[String],
    rows: &[u32],
) -> Vec<u32> {
    let same = |one: &str, other: &str| fold(one) == fold(other);
    let mut wanted: Vec<bool> = Vec::new();
    let mut met = Met::new(table);
    let mut out = Vec::new();
    for &row in rows {
        let place = met.place(row);
        if place == wanted.len() {
            let [name, _, of, logged] = met.told();
            wanted.push(
                same(name, principal)
                    && account.is_none_or(|account| same(of, account))
                    && (types.is_empty() || types.iter().any(|one| same(one, logged))),
            );
        }
        if wanted.get(place) == Some(&true) {
            out.push(row);
        }
    }
    out
}

/// One summary for each principal, account and type in `rows`, most events first; at most `most`.
#[must_use]
pub fn identities(table: &EventTable, rows: &[u32], most: usize) -> Vec<IdentitySummary> {
    let mut out: Vec<IdentitySummary> = Vec::new();
    let mut met = Met::new(table);
    for &row in rows {
        let place = met.place(row);
        if place == out.len() {
            let [principal, kind, account, logged] = met.told().map(clipped);
            out.push(IdentitySummary {
                hashes: met.hashes(),
                principal,
                account,
                identity_type: kind,
                types: vec![logged],
                ..IdentitySummary::default()
            });
        }
        if let Some(slot) = out.get_mut(place) {
            count(slot, table, row);
        }
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
