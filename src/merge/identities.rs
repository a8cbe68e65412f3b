//! Principals of all shards put together, and what all shards know of a session.

use std::borrow::Cow;

use super::answers::histograms;
use crate::protocol::{Answer, IdentitySummary, PrincipalDetail, Traced, Use, UseList};
use crate::query::fold;
use crate::sorting::sort_by;

/// How many values of a field are kept.
const LISTED: usize = 500;

/// How many principals there are, by the rule of [`identities`], from hashes of names, kinds and accounts;
/// that of nothing is 0.
pub(super) fn principals(answers: &[&Answer]) -> u64 {
    let mut all: Vec<[u64; 3]> =
        answers.iter().flat_map(|answer| answer.principal_hashes.iter().copied()).collect();
    all.sort_unstable();
    let mut sum = 0;
    for named in all.chunk_by_mut(|one, other| one[0] == other[0]) {
        if is_one(named, |part| part[1] == 0, |one, other| one[1] == other[1]) {
            named.iter_mut().for_each(|part| part[1] = 0);
            named.sort_unstable();
        }
        for kind in named.chunk_by(|one, other| one[1] == other[1]) {
            let one = is_one(kind, |part| part[2] == 0, |one, other| one[2] == other[2]);
            sum += if one { 1 } else { kind.chunk_by(|one, other| one[2] == other[2]).count() as u64 };
        }
    }
    sum
}

/// Whether all parts that say something say the same; those that say nothing stand first.
fn is_one<T>(parts: &[T], is_silent: impl Fn(&T) -> bool, is_same: impl Fn(&T, &T) -> bool) -> bool {
    let said = &parts[parts.partition_point(is_silent)..];
    said.windows(2).all(|pair| is_same(&pair[0], &pair[1]))
}

/// A part of a principal, from one shard, and what it is compared by: name, kind and account.
struct Part<'p> {
    keys: [Cow<'p, str>; 3],
    sum: &'p IdentitySummary,
}

impl Part<'_> {
    fn is_same(&self, other: &Self, key: usize) -> bool {
        self.keys[key] == other.keys[key]
    }
}

fn sort(parts: &mut [Part<'_>]) {
    sort_by(parts, |one, other| one.keys.cmp(&other.keys));
}

/// One summary for each principal, most events first.
///
/// Records that do not say their account, or of what kind it is, belong to the one principal of their name,
/// if there is only one in all the answers.
pub(super) fn identities(answers: &[&Answer]) -> Vec<IdentitySummary> {
    let part = |sum| {
        let IdentitySummary { principal, identity_type, account, .. }: &IdentitySummary = sum;
        Part { keys: [principal, identity_type, account].map(|text| fold(text)), sum }
    };
    let mut parts: Vec<Part<'_>> = answers.iter().flat_map(|answer| &answer.identities).map(part).collect();
    sort(&mut parts);
    let mut out = Vec::new();
    for named in parts.chunk_by_mut(|one, other| one.is_same(other, 0)) {
        let one_kind = is_one(named, |part| part.keys[1].is_empty(), |one, other| one.is_same(other, 1));
        if one_kind {
            named.iter_mut().for_each(|part| part.keys[1] = Cow::Borrowed(""));
            sort(named);
        }
        for kind in named.chunk_by(|one, other| one.is_same(other, 1)) {
            let one_account =
                is_one(kind, |part| part.keys[2].is_empty(), |one, other| one.is_same(other, 2));
            for group in kind.chunk_by(|one, other| one_account || one.is_same(other, 2)) {
                let sum = identity(group);
                out.push(IdentitySummary { namesake: !one_account, another_kind: !one_kind, ..sum });
            }
        }
    }
    sort_by(&mut out, |one: &IdentitySummary, other| other.events.cmp(&one.events));
    out
}

/// The parts of one principal, those without an account first.
fn identity(parts: &[Part<'_>]) -> IdentitySummary {
    let mut sum = parts.last().map(|part| part.sum.clone()).unwrap_or_default();
    let most = parts.iter().max_by_key(|part| part.sum.events);
    sum.principal = most.map(|part| part.sum.principal.clone()).unwrap_or_default();
    for Part { sum: part, .. } in parts.iter().rev().skip(1) {
        if sum.identity_type.is_empty() {
            sum.identity_type.clone_from(&part.identity_type);
        }
        for logged in &part.types {
            if !sum.types.contains(logged) {
                sum.types.push(logged.clone());
            }
        }
        sum.events += part.events;
        sum.errors += part.errors;
        sum.writes += part.writes;
        sum.redactions += part.redactions;
        sum.first_ms = [sum.first_ms, part.first_ms].into_iter().flatten().min();
        sum.last_ms = [sum.last_ms, part.last_ms].into_iter().flatten().max();
    }
    sum
}

/// One principal in full, from the part of each shard.
#[must_use]
pub fn merge_principal(mut parts: Vec<PrincipalDetail>) -> PrincipalDetail {
    let histogram = histograms(parts.iter().map(|part| &part.histogram));
    let mut whole = parts.pop().unwrap_or_default();
    whole.histogram = histogram;
    // Every shard sends the same lists in the same order.
    for part in parts {
        for (list, more) in whole.lists.iter_mut().zip(part.lists) {
            list.distinct += more.distinct;
            list.uses.extend(more.uses);
        }
    }
    whole.lists.iter_mut().for_each(join);
    whole
}

/// Joins what several shards sent of the same value.
fn join(list: &mut UseList) {
    let uses = &mut list.uses;
    let sent = uses.len();
    sort_by(uses, |one: &Use, other| one.value.cmp(&other.value));
    uses.dedup_by(|next, sum| {
        let same = next.value == sum.value;
        if same {
            sum.events += next.events;
            sum.errors += next.errors;
            sum.writes += next.writes;
            sum.first = sum.first.min(next.first);
            // Undated events have the greatest time of all, and are the last of nothing.
            let undated = |at: i64| at == i64::MAX;
            if undated(sum.last.0) || next.last > sum.last && !undated(next.last.0) {
                sum.last = next.last;
            }
        }
        same
    });
    list.distinct = list.distinct.saturating_sub((sent - uses.len()) as u64);
    sort_by(uses, |one: &Use, other| other.events.cmp(&one.events));
    uses.truncate(LISTED);
}

/// Adds what one more shard knows of a session.
pub fn add_traced(whole: &mut Traced, part: Traced) {
    whole.callers.extend(part.callers);
    whole.events += part.events;
    whole.first_ms = [whole.first_ms, part.first_ms].into_iter().flatten().min();
    whole.last_ms = [whole.last_ms, part.last_ms].into_iter().flatten().max();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::field::Field;
    use crate::protocol::RowRef;
    use proptest::prelude::*;

    /// The detail of a shard whose events have these values and times; `i64::MAX` is no time.
    fn detail(events: &[(u8, i64)]) -> PrincipalDetail {
        let mut uses: Vec<Use> = Vec::new();
        for (value, time) in events {
            let value = format!("v{value}");
            let at = (*time, RowRef::default());
            match uses.iter_mut().find(|one| one.value == value) {
                None => uses.push(Use { value, events: 1, first: at, last: at, ..Use::default() }),
                Some(one) => {
                    one.events += 1;
                    one.first = one.first.min(at);
                    if one.last.0 == i64::MAX || at.0 != i64::MAX && at > one.last {
                        one.last = at;
                    }
                }
            }
        }
        let list = UseList { field: Field::EventName, distinct: uses.len() as u64, uses };
        PrincipalDetail { lists: vec![list], ..PrincipalDetail::default() }
    }

    proptest! {
        #[test]
        fn the_parts_of_a_principal_add_up_to_the_whole(
            events in prop::collection::vec((0u8..5, prop_oneof![0i64..9, Just(i64::MAX)]), 1..60),
            shards in 1usize..5,
        ) {
            let part = |shard| {
                let part: Vec<(u8, i64)> = events.iter().skip(shard).step_by(shards).copied().collect();
                detail(&part)
            };
            let parts: Vec<PrincipalDetail> = (0..shards).map(part).collect();
            prop_assert_eq!(merge_principal(parts), merge_principal(vec![detail(&events)]));
        }
    }
}
