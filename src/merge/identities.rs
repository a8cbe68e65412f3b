//! Principals of all shards put together, and what all shards know of a session.

use super::answers::histograms;
use crate::protocol::{Answer, IdentitySummary, PrincipalDetail, Traced, Use, UseList};
use crate::sorting::sort_by;

/// How many values of a field are kept.
const LISTED: usize = 500;

/// A part of a principal, from one shard: name, kind and account as hashes, 0 for nothing, and its place.
type Part = ([u64; 3], usize);

/// How many principals there are.
pub(super) fn principals(answers: &[&Answer]) -> u64 {
    let hashes = answers.iter().flat_map(|answer| &answer.principal_hashes);
    let mut parts: Vec<Part> = hashes.map(|hashes| (*hashes, 0)).collect();
    let mut sum = 0;
    each_principal(&mut parts, &mut |_, _, _| sum += 1);
    sum
}

/// One summary for each principal, most events first.
pub(super) fn identities(answers: &[&Answer]) -> Vec<IdentitySummary> {
    let all: Vec<&IdentitySummary> = answers.iter().flat_map(|answer| &answer.identities).collect();
    let mut parts: Vec<Part> = all.iter().zip(0..).map(|(part, place)| (part.hashes, place)).collect();
    let mut out = Vec::new();
    each_principal(&mut parts, &mut |group, another_kind, namesake| {
        let mut sum = IdentitySummary { another_kind, namesake, ..IdentitySummary::default() };
        for part in group.iter().filter_map(|(_, place)| all.get(*place)) {
            add(&mut sum, part);
        }
        out.push(sum);
    });
    sort_by(&mut out, |one: &IdentitySummary, other| {
        let names = || (&one.principal, &one.account).cmp(&(&other.principal, &other.account));
        other.events.cmp(&one.events).then_with(names)
    });
    out
}

/// Finds the parts of each principal, and tells whether there is another kind with its name, and another
/// account with its name and kind.
///
/// Records that do not say their account, or of what kind it is, belong to the one principal of their name,
/// if there is only one in all the answers.
fn each_principal(parts: &mut [Part], found: &mut dyn FnMut(&[Part], bool, bool)) {
    sort(parts);
    for named in parts.chunk_by_mut(|one, other| one.0[0] == other.0[0]) {
        let another_kind = are_several(named, 1);
        if !another_kind {
            named.iter_mut().for_each(|part| part.0[1] = 0);
            sort(named);
        }
        for kind in named.chunk_by(|one, other| one.0[1] == other.0[1]) {
            let namesake = are_several(kind, 2);
            for group in kind.chunk_by(|one, other| !namesake || one.0[2] == other.0[2]) {
                found(group, another_kind, namesake);
            }
        }
    }
}

fn sort(parts: &mut [Part]) {
    sort_by(parts, Part::cmp);
}

/// Whether the parts that say something say different things.
fn are_several(parts: &[Part], what: usize) -> bool {
    let mut said = parts.iter().map(|part| part.0[what]).filter(|hash| *hash != 0);
    let first = said.next();
    said.any(|hash| Some(hash) != first)
}

/// Adds a part of a principal. Of spellings in several cases one is shown, the same however files are shared out.
fn add(sum: &mut IdentitySummary, part: &IdentitySummary) {
    if part.principal > sum.principal {
        sum.principal.clone_from(&part.principal);
    }
    for (text, of) in [(&mut sum.account, &part.account), (&mut sum.identity_type, &part.identity_type)] {
        if text.is_empty() {
            text.clone_from(of);
        }
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
