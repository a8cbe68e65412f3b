//! Adding up the answers of all shards to one question.

use std::cmp::Ordering;

use crate::event::Field;
use crate::protocol::{Answer, Facet, FindingGroup, Histogram, ServiceSummary};
use crate::sorting::sort_by;

/// How many entries a merged list of names, principals, keys or addresses keeps.
///
/// A service with more different calls than this is not known; principals and resources can be more,
/// and then a card says so by a lower bound.
const TOP: usize = 500;

/// One answer for all shards.
///
/// Sums are exact. Lists that shards cut to their most frequent values are lower bounds of each
/// count, as [`Answer`] says. `samples` stays empty: [`super::plan_keys`] needs those of each
/// shard. No answers give the empty answer.
#[must_use]
pub fn merge(answers: &[&Answer]) -> Answer {
    let sum = |of: fn(&Answer) -> u64| answers.iter().map(|answer| of(answer)).sum();
    Answer {
        question: answers.iter().map(|answer| answer.question).max().unwrap_or_default(),
        progress: progress(answers),
        events: sum(|answer| answer.events),
        matched: sum(|answer| answer.matched),
        errors: sum(|answer| answer.errors),
        undated: sum(|answer| answer.undated),
        redactions: sum(|answer| answer.redactions),
        exposures: sum(|answer| answer.exposures),
        looked_at: sum(|answer| answer.looked_at),
        histogram: histograms(answers.iter().map(|answer| &answer.histogram)),
        facets: facets(answers),
        coverage: coverage(answers),
        services: services(answers),
        principals: super::identities::principals(answers),
        principal_hashes: Vec::new(),
        identities: super::identities::identities(answers),
        redaction_groups: finding_groups(answers, |answer| &answer.redaction_groups),
        exposure_groups: worst_first(finding_groups(answers, |answer| &answer.exposure_groups)),
        samples: Vec::new(),
    }
}

/// A shard counts by the events it holds; while none holds any, all count the same.
#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a share, only to be shown")]
fn progress(answers: &[&Answer]) -> f32 {
    let events: u64 = answers.iter().map(|answer| answer.events).sum();
    let weight = |answer: &Answer| if events == 0 { 1.0 } else { answer.events as f64 };
    let whole: f64 = answers.iter().map(|answer| weight(answer)).sum();
    let done: f64 = answers.iter().map(|answer| f64::from(answer.progress) * weight(answer)).sum();
    if whole > 0.0 { (done / whole) as f32 } else { 0.0 }
}

pub(super) fn histograms<'a>(parts: impl Iterator<Item = &'a Histogram>) -> Histogram {
    parts.fold(Histogram::default(), |mut whole, part| {
        add(&mut whole.ok, &part.ok);
        add(&mut whole.error, &part.error);
        whole
    })
}

/// Adds bucket by bucket. A shard that knew fewer buckets had nothing in the others.
fn add(whole: &mut Vec<u32>, part: &[u32]) {
    whole.resize(whole.len().max(part.len()), 0);
    for (sum, count) in whole.iter_mut().zip(part) {
        *sum = sum.saturating_add(*count);
    }
}

/// A value, or its absence, and how often it is there.
type Count<'a> = (Option<&'a str>, u64);

/// Adds counts of the same value and sorts: most frequent first, then by value.
fn tally(mut counts: Vec<Count>) -> Vec<Count> {
    sort_by(&mut counts, |one, other| one.0.cmp(&other.0));
    counts.dedup_by(|next, sum| {
        let same = next.0 == sum.0;
        sum.1 += if same { next.1 } else { 0 };
        same
    });
    // Stable, so values stay in their order among equal counts.
    sort_by(&mut counts, |one, other| other.1.cmp(&one.1));
    counts
}

fn top(parts: &mut dyn Iterator<Item = &(String, u64)>) -> Vec<(String, u64)> {
    let list = tally(parts.map(|(value, count)| (Some(value.as_str()), *count)).collect());
    list.into_iter().take(TOP).map(|(value, count)| (value.unwrap_or_default().to_owned(), count)).collect()
}

/// Facets stay in the order in which the first shard that has them sent them.
fn facets(answers: &[&Answer]) -> Vec<Facet> {
    let mut fields: Vec<Field> = Vec::new();
    for facet in answers.iter().flat_map(|answer| &answer.facets) {
        if !fields.contains(&facet.field) {
            fields.push(facet.field);
        }
    }
    let of = |field| {
        let parts =
            move || answers.iter().flat_map(|answer| &answer.facets).filter(move |part| part.field == field);
        let counts = parts().flat_map(|part| &part.values).map(|(value, count)| (value.as_deref(), *count));
        let values: Vec<(Option<String>, u64)> = tally(counts.collect())
            .into_iter()
            .map(|(value, count)| (value.map(str::to_owned), count))
            .collect();
        let distinct: u64 = parts().map(|part| part.distinct).sum();
        // Values that several shards sent were counted as distinct by each of them.
        let sent: usize = parts().map(|part| present(&part.values)).sum();
        let repeated = u64::try_from(sent - present(&values)).unwrap_or(u64::MAX);
        let events = parts().map(|part| part.events).sum();
        Facet { field, events, distinct: distinct.saturating_sub(repeated), values }
    };
    fields.into_iter().map(of).collect()
}

/// Every shard counts the same fields in the same order.
fn coverage(answers: &[&Answer]) -> Vec<(Field, u64)> {
    let mut whole: Vec<(Field, u64)> = Vec::new();
    for (place, (field, count)) in
        answers.iter().flat_map(|answer| answer.coverage.iter().copied().enumerate())
    {
        match whole.get_mut(place) {
            Some((_, sum)) => *sum += count,
            None => whole.push((field, count)),
        }
    }
    whole
}

/// How many of the values are values, and not the absence of one.
fn present(values: &[(Option<String>, u64)]) -> usize {
    values.iter().filter(|(value, _)| value.is_some()).count()
}

/// Merges the parts that belong together, in their order.
fn merged<'a, T: 'a>(
    parts: impl Iterator<Item = &'a T>,
    order: fn(&T, &T) -> Ordering,
    merge: impl Fn(&[&'a T]) -> T,
) -> Vec<T> {
    let mut parts: Vec<&T> = parts.collect();
    sort_by(&mut parts, |one, other| order(one, other));
    parts.chunk_by(|one, other| order(one, other).is_eq()).map(merge).collect()
}

fn services(answers: &[&Answer]) -> Vec<ServiceSummary> {
    let parts = answers.iter().flat_map(|answer| &answer.services);
    let mut services = merged(parts, |one, other| one.source.cmp(&other.source), service);
    sort_by(&mut services, |one, other| other.events.cmp(&one.events));
    services
}

fn service(parts: &[&ServiceSummary]) -> ServiceSummary {
    let sum = |of: fn(&ServiceSummary) -> u64| parts.iter().map(|part| of(part)).sum();
    let names =
        |of: fn(&ServiceSummary) -> &[(String, u64)]| top(&mut parts.iter().flat_map(|part| of(part)));
    ServiceSummary {
        source: parts.first().map(|part| part.source.clone()).unwrap_or_default(),
        events: sum(|part| part.events),
        errors: sum(|part| part.errors),
        writes: sum(|part| part.writes),
        reads: sum(|part| part.reads),
        data: sum(|part| part.data),
        inferred: sum(|part| part.inferred),
        redactions: sum(|part| part.redactions),
        exposures: sum(|part| part.exposures),
        first_ms: parts.iter().filter_map(|part| part.first_ms).min(),
        last_ms: parts.iter().filter_map(|part| part.last_ms).max(),
        histogram: histograms(parts.iter().map(|part| &part.histogram)),
        names: names(|part| &part.names),
        failed_names: names(|part| &part.failed_names),
        failures: names(|part| &part.failures),
        notable: names(|part| &part.notable),
        details: names(|part| &part.details),
        principals: names(|part| &part.principals),
        resources: sum(|part| part.resources),
        top_resources: names(|part| &part.top_resources),
    }
}

fn finding_groups(answers: &[&Answer], of: fn(&Answer) -> &Vec<FindingGroup>) -> Vec<FindingGroup> {
    let parts = answers.iter().flat_map(|answer| of(answer));
    let calls = calls(answers, of);
    let group = |parts: &[&FindingGroup]| {
        let first = parts.first().copied().cloned().unwrap_or_default();
        let found = calls.binary_search_by(|(call, _)| call.cmp(&call_of(&first))).ok();
        let of = found.and_then(|place| calls.get(place)).map_or(0, |(_, of)| *of);
        let sum = |of: fn(&FindingGroup) -> u64| parts.iter().map(|part| of(part)).sum();
        FindingGroup { count: sum(|part| part.count), events: sum(|part| part.events), of, ..first }
    };
    let mut groups = merged(parts, |one, other| key(one).cmp(&key(other)), group);
    groups.retain(|group| group.count > 0);
    sort_by(&mut groups, |one, other| other.count.cmp(&one.count));
    groups
}

fn worst_first(mut groups: Vec<FindingGroup>) -> Vec<FindingGroup> {
    sort_by(&mut groups, |one, other| one.class.cmp(&other.class));
    groups
}

fn key(group: &FindingGroup) -> (&str, &str, &str, &str, (u8, u8)) {
    (&group.source, &group.name, &group.path, &group.label, (group.class, group.basis))
}

fn call_of(group: &FindingGroup) -> (&str, &str) {
    (&group.source, &group.name)
}

/// How many events of each source and name with a redaction there are in all answers.
///
/// A shard can hold such events without holding a redaction of them. It says so by a group with
/// `count` 0, or in its service summaries where it was asked for them; else `of` is a lower bound.
fn calls<'a>(
    answers: &[&'a Answer],
    groups_of: fn(&Answer) -> &Vec<FindingGroup>,
) -> Vec<((&'a str, &'a str), u64)> {
    let groups = answers.iter().flat_map(|answer| groups_of(answer));
    let mut calls: Vec<((&str, &str), u64)> = groups.map(|group| (call_of(group), 0)).collect();
    sort_by(&mut calls, |one, other| one.0.cmp(&other.0));
    calls.dedup();
    for answer in answers {
        let mut here: Vec<Option<u64>> = vec![None; calls.len()];
        let place = |call| calls.binary_search_by(|(known, _)| known.cmp(&call)).ok();
        for group in groups_of(answer) {
            if let Some(of) = place(call_of(group)).and_then(|place| here.get_mut(place)) {
                *of = Some(group.of);
            }
        }
        for service in &answer.services {
            for (name, count) in &service.names {
                if let Some(of) = place((&service.source, name)).and_then(|place| here.get_mut(place)) {
                    of.get_or_insert(*count);
                }
            }
        }
        for ((_, sum), of) in calls.iter_mut().zip(here) {
            *sum += of.unwrap_or_default();
        }
    }
    calls
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::IdentitySummary;
    use proptest::prelude::*;

    /// A made-up event: service, name, principal, whether it failed, redaction, minute.
    type Event = (u8, u8, u8, bool, bool, u8);

    fn count(values: impl Iterator<Item = String>) -> Vec<(String, u64)> {
        let list: Vec<(String, u64)> = values.map(|value| (value, 1)).collect();
        top(&mut list.iter())
    }

    fn histogram(events: &[&Event]) -> Histogram {
        let of = |failed: bool| {
            let mut buckets = vec![0; 4];
            for event in events.iter().filter(|event| event.3 == failed) {
                buckets[usize::from(event.5)] += 1;
            }
            buckets
        };
        Histogram { ok: of(false), error: of(true) }
    }

    /// The answer that a shard with these events would give.
    fn answer(events: &[Event]) -> Answer {
        let all: Vec<&Event> = events.iter().collect();
        let len = |part: &[&Event]| part.len() as u64;
        let only = |keep: &dyn Fn(&Event) -> bool| -> Vec<&Event> {
            events.iter().filter(|event| keep(event)).collect()
        };
        let by = |value: fn(&Event) -> u8| {
            let mut keys: Vec<u8> = events.iter().map(value).collect();
            keys.sort_unstable();
            keys.dedup();
            keys
        };
        let ms = |part: &[&Event]| {
            let times = || part.iter().map(|event| i64::from(event.5));
            (times().min(), times().max())
        };
        let mut services: Vec<ServiceSummary> = by(|event| event.0)
            .into_iter()
            .map(|source| {
                let part = only(&|event| event.0 == source);
                ServiceSummary {
                    source: format!("s{source}"),
                    events: len(&part),
                    errors: len(&only(&|event| event.0 == source && event.3)),
                    redactions: len(&only(&|event| event.0 == source && event.4)),
                    first_ms: ms(&part).0,
                    last_ms: ms(&part).1,
                    histogram: histogram(&part),
                    names: count(part.iter().map(|event| format!("n{}", event.1))),
                    ..ServiceSummary::default()
                }
            })
            .collect();
        services.sort_by_key(|service| std::cmp::Reverse(service.events));
        let mut identities: Vec<IdentitySummary> = by(|event| event.2)
            .into_iter()
            .map(|principal| {
                let part = only(&|event| event.2 == principal);
                IdentitySummary {
                    principal: format!("p{principal}"),
                    identity_type: "IAMUser".into(),
                    types: vec!["IAMUser".into()],
                    hashes: [u64::from(principal) + 1, 1, 0],
                    events: len(&part),
                    errors: len(&only(&|event| event.2 == principal && event.3)),
                    first_ms: ms(&part).0,
                    last_ms: ms(&part).1,
                    ..IdentitySummary::default()
                }
            })
            .collect();
        identities.sort_by_key(|identity| std::cmp::Reverse(identity.events));
        let mut redaction_groups = Vec::new();
        for service in &services {
            for (name, of) in &service.names {
                let count = events.iter().filter(|event| {
                    event.4 && format!("s{}", event.0) == service.source && format!("n{}", event.1) == *name
                });
                let group = FindingGroup {
                    source: service.source.clone(),
                    name: name.clone(),
                    path: "requestParameters.password".into(),
                    label: "***".into(),
                    count: count.clone().count() as u64,
                    events: count.count() as u64,
                    of: *of,
                    ..FindingGroup::default()
                };
                redaction_groups.extend((group.count > 0).then_some(group));
            }
        }
        redaction_groups.sort_by(|a, b| {
            b.count.cmp(&a.count).then_with(|| (&a.source, &a.name).cmp(&(&b.source, &b.name)))
        });
        let values = count(events.iter().map(|event| format!("n{}", event.1)));
        Answer {
            question: 7,
            progress: 1.0,
            events: len(&all),
            matched: len(&all),
            errors: len(&only(&|event| event.3)),
            redactions: len(&only(&|event| event.4)),
            histogram: histogram(&all),
            facets: vec![Facet {
                field: Field::EventName,
                events: 0,
                distinct: values.len() as u64,
                values: values.into_iter().map(|(value, count)| (Some(value), count)).collect(),
            }],
            services,
            identities,
            redaction_groups,
            ..Answer::default()
        }
    }

    proptest! {
        #[test]
        fn the_parts_of_a_split_add_up_to_the_whole(
            events in prop::collection::vec((0u8..4, 0u8..6, 0u8..5, any::<bool>(), any::<bool>(), 0u8..4), 1..200),
            shards in 1usize..6,
        ) {
            let parts: Vec<Answer> = (0..shards)
                .map(|shard| {
                    let part: Vec<Event> = events.iter().skip(shard).step_by(shards).copied().collect();
                    answer(&part)
                })
                .collect();
            let merged = merge(&parts.iter().collect::<Vec<_>>());
            let mut whole = answer(&events);
            whole.identities.iter_mut().for_each(|identity| identity.hashes = [0; 3]);
            prop_assert_eq!(merged, whole);
        }
    }

    #[test]
    fn progress_counts_a_shard_by_its_events() {
        let at = |events, progress| Answer { events, progress, ..Answer::default() };
        let check = |parts: &[Answer], expected: f32| {
            let merged = merge(&parts.iter().collect::<Vec<_>>()).progress;
            assert!((merged - expected).abs() < 1e-6, "{merged} is not {expected}");
        };
        check(&[], 0.0);
        check(&[at(0, 1.0), at(0, 1.0)], 1.0);
        check(&[at(300, 1.0), at(100, 0.0)], 0.75);
        check(&[at(0, 0.0), at(100, 0.5)], 0.5);
    }

    #[test]
    fn absence_has_a_count_but_is_not_a_distinct_value() {
        let facet = |values: &[(Option<&str>, u64)]| Answer {
            facets: vec![Facet {
                field: Field::ErrorCode,
                events: 0,
                distinct: 5,
                values: values.iter().map(|(value, count)| (value.map(String::from), *count)).collect(),
            }],
            ..Answer::default()
        };
        let (a, b) =
            (facet(&[(None, 9), (Some("b"), 2)]), facet(&[(Some("a"), 2), (Some("b"), 1), (None, 1)]));
        let merged = merge(&[&a, &b]);
        assert_eq!(merged.facets[0].distinct, 9, "one value is known to be shared");
        let expected = [(None, 10), (Some("b".to_owned()), 3), (Some("a".to_owned()), 2)];
        assert_eq!(merged.facets[0].values, expected);
    }

    #[test]
    fn lists_keep_the_most_frequent() {
        let service = ServiceSummary {
            source: "s".into(),
            names: (0..TOP as u64 + 40).map(|name| (format!("n{name:03}"), 1_000 - name)).collect(),
            ..ServiceSummary::default()
        };
        let part = Answer { services: vec![service], ..Answer::default() };
        let names = &merge(&[&part, &part]).services[0].names;
        assert_eq!(names.len(), TOP);
        assert_eq!(names[0], ("n000".to_owned(), 2_000));
    }
}
