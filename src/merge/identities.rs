//! Principals of all shards put together, and what all shards know of a session.

use super::answers::histograms;
use crate::protocol::{Answer, IdentitySummary, PrincipalDetail, Traced, Use, UseList};
use crate::sorting::sort_by;

/// How many values of a field are kept.
const LISTED: usize = 500;

/// How many principals there are, by the rule of [`identities`], from hashes of names and accounts; that
/// of no account is 0.
pub(super) fn principals(answers: &[&Answer]) -> u64 {
    let mut all: Vec<(u64, u64)> =
        answers.iter().flat_map(|answer| answer.principal_hashes.iter().copied()).collect();
    all.sort_unstable();
    all.dedup();
    let of_name = |named: &[(u64, u64)]| {
        let said = named.iter().filter(|(_, account)| *account != 0).count();
        if said > 1 { named.len() as u64 } else { 1 }
    };
    all.chunk_by(|one, other| one.0 == other.0).map(of_name).sum()
}

/// One summary for each principal and account, most events first.
///
/// Records that do not say their account belong to the one principal of their name, if there is only
/// one in all the answers.
pub(super) fn identities(answers: &[&Answer]) -> Vec<IdentitySummary> {
    let mut parts: Vec<&IdentitySummary> = answers.iter().flat_map(|answer| &answer.identities).collect();
    sort_by(&mut parts, |one, other| (&one.principal, &one.account).cmp(&(&other.principal, &other.account)));
    let mut out = Vec::new();
    for named in parts.chunk_by(|one, other| one.principal == other.principal) {
        let said = &named[named.partition_point(|part| part.account.is_empty())..];
        let alone = said.windows(2).all(|pair| pair[0].account == pair[1].account);
        for group in named.chunk_by(|one, other| alone || one.account == other.account) {
            out.push(IdentitySummary { namesake: !alone, ..identity(group) });
        }
    }
    sort_by(&mut out, |one: &IdentitySummary, other| other.events.cmp(&one.events));
    out
}

/// The parts of one principal, those without an account first.
fn identity(parts: &[&IdentitySummary]) -> IdentitySummary {
    let mut sum = parts.last().copied().cloned().unwrap_or_default();
    let most = parts.iter().max_by_key(|part| part.events);
    sum.identity_type = most.map(|part| part.identity_type.clone()).unwrap_or_default();
    for part in parts.iter().rev().skip(1) {
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
