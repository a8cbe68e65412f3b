//! What a service card shows: joined summaries, and as many whole items as fit a line.

use std::collections::HashMap;

use crate::protocol::{Histogram, ServiceSummary};
use crate::sorting::sort_by;

/// One card; mostly one event source, several where they are one service to a reader.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceCard {
    /// The event sources, most events first.
    pub sources: Vec<String>,
    /// Their summaries added up; `source` is the first of `sources`.
    pub sum: ServiceSummary,
    /// Their summaries as they came.
    pub parts: Vec<ServiceSummary>,
}

/// How cards are ordered. All but `Name` put the largest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CardOrder {
    /// Most events first.
    #[default]
    Events,
    /// Most errors first.
    Errors,
    /// Most writes first.
    Writes,
    /// Most redaction markers first.
    Redactions,
    /// By name.
    Name,
}

impl CardOrder {
    /// All of them, as the switch shows them.
    pub const ALL: [Self; 5] = [Self::Events, Self::Errors, Self::Writes, Self::Redactions, Self::Name];

    /// What the switch calls it.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Events => "Events",
            Self::Errors => "Errors",
            Self::Writes => "Writes",
            Self::Redactions => "Redactions",
            Self::Name => "Name",
        }
    }
}

/// Joins the summaries of sources with the same key, and orders the cards.
pub fn cards(
    services: &[ServiceSummary],
    order: CardOrder,
    key_of: impl Fn(&str) -> String,
    name_of: impl Fn(&str) -> String,
) -> Vec<ServiceCard> {
    let mut cards: Vec<ServiceCard> = Vec::new();
    let mut places = HashMap::new();
    for service in services {
        let place = *places.entry(key_of(&service.source)).or_insert(cards.len());
        match cards.get_mut(place) {
            Some(card) => join(card, service),
            None => cards.push(ServiceCard {
                sources: vec![service.source.clone()],
                sum: service.clone(),
                parts: vec![service.clone()],
            }),
        }
    }
    let figure = |card: &ServiceCard| match order {
        CardOrder::Events => card.sum.events,
        CardOrder::Errors => card.sum.errors,
        CardOrder::Writes => card.sum.writes,
        CardOrder::Redactions => card.sum.redactions,
        CardOrder::Name => 0,
    };
    let name = |card: &ServiceCard| name_of(&card.sum.source).to_ascii_lowercase();
    let mut keyed: Vec<(u64, u64, String, ServiceCard)> = cards
        .into_iter()
        .map(|card| {
            let events = if order == CardOrder::Name { 0 } else { card.sum.events };
            (figure(&card), events, name(&card), card)
        })
        .collect();
    sort_by(&mut keyed, |a, b| (b.0, b.1).cmp(&(a.0, a.1)).then_with(|| a.2.cmp(&b.2)));
    keyed.into_iter().map(|(.., card)| card).collect()
}

fn join(card: &mut ServiceCard, more: &ServiceSummary) {
    card.sources.push(more.source.clone());
    card.parts.push(more.clone());
    let sum = &mut card.sum;
    sum.events += more.events;
    sum.errors += more.errors;
    sum.writes += more.writes;
    sum.reads += more.reads;
    sum.data += more.data;
    sum.inferred += more.inferred;
    sum.redactions += more.redactions;
    sum.exposures += more.exposures;
    sum.resources += more.resources;
    sum.first_ms = [sum.first_ms, more.first_ms].into_iter().flatten().min();
    sum.last_ms = sum.last_ms.max(more.last_ms);
    add(&mut sum.histogram, &more.histogram);
    for (counts, others) in [
        (&mut sum.names, &more.names),
        (&mut sum.failed_names, &more.failed_names),
        (&mut sum.failures, &more.failures),
        (&mut sum.notable, &more.notable),
        (&mut sum.details, &more.details),
        (&mut sum.principals, &more.principals),
        (&mut sum.top_resources, &more.top_resources),
    ] {
        merge(counts, others);
    }
}

fn add(sum: &mut Histogram, more: &Histogram) {
    for (counts, others) in [(&mut sum.ok, &more.ok), (&mut sum.error, &more.error)] {
        counts.resize(counts.len().max(others.len()), 0);
        for (count, other) in counts.iter_mut().zip(others) {
            *count = count.saturating_add(*other);
        }
    }
}

fn merge(counts: &mut Vec<(String, u64)>, others: &[(String, u64)]) {
    for (value, count) in others {
        match counts.iter_mut().find(|(known, _)| known == value) {
            Some((_, sum)) => *sum += count,
            None => counts.push((value.clone(), *count)),
        }
    }
    sort_by(counts, |a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
}

/// How many of the items fit `width` pixels side by side, at least one if there is one; room for a
/// `+n` is kept where some are left out. `signs` are the characters of an item's name and count.
#[must_use]
pub fn fitting(items: impl IntoIterator<Item = (usize, usize)>, width: u32) -> usize {
    const NAME_SIGN: f64 = 7.3;
    const COUNT_SIGN: f64 = 6.7;
    const BETWEEN: f64 = 16.0;
    const REST: f64 = 30.0;
    let items: Vec<_> = items.into_iter().collect();
    let mut used = 0.0;
    for (place, &(name, count)) in items.iter().enumerate() {
        used += name as f64 * NAME_SIGN + count as f64 * COUNT_SIGN + BETWEEN;
        let rest = if place + 1 < items.len() { REST } else { 0.0 };
        if place > 0 && used + rest > f64::from(width) {
            return place;
        }
    }
    items.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(source: &str, events: u64, errors: u64, name: &str) -> ServiceSummary {
        ServiceSummary {
            source: source.to_owned(),
            events,
            errors,
            first_ms: Some(i64::try_from(events).unwrap()),
            last_ms: Some(i64::try_from(events).unwrap()),
            histogram: Histogram { ok: vec![1, 2], error: vec![0, 1] },
            names: vec![(name.to_owned(), events)],
            ..ServiceSummary::default()
        }
    }

    #[test]
    fn sources_of_one_name_share_a_card() {
        let services = [
            service("amplify.x", 5, 0, "ListApps"),
            service("s3.x", 7, 1, "Get"),
            service("amplifybackend.x", 4, 3, "ListApps"),
        ];
        let name = |source: &str| if source.starts_with("amplify") { "Amplify" } else { "S3" }.to_owned();
        let made = cards(&services, CardOrder::Events, name, name);
        let seen: Vec<_> =
            made.iter().map(|card| (card.sum.source.as_str(), card.sum.events, card.parts.len())).collect();
        assert_eq!(seen, [("amplify.x", 9, 2), ("s3.x", 7, 1)]);
        let sum = &made[0].sum;
        assert_eq!((sum.first_ms, sum.last_ms, sum.errors), (Some(4), Some(5), 3));
        assert_eq!(sum.names, [("ListApps".to_owned(), 9)]);
        assert_eq!(sum.histogram, Histogram { ok: vec![2, 4], error: vec![0, 2] });
    }

    #[test]
    fn orders() {
        let services = [service("b", 5, 0, "x"), service("a", 5, 2, "x"), service("C", 9, 1, "x")];
        for (order, names) in [
            (CardOrder::Events, ["C", "a", "b"]),
            (CardOrder::Errors, ["a", "C", "b"]),
            (CardOrder::Redactions, ["C", "a", "b"]),
            (CardOrder::Name, ["a", "b", "C"]),
        ] {
            let made = cards(&services, order, str::to_owned, str::to_owned);
            assert_eq!(
                made.iter().map(|card| card.sum.source.as_str()).collect::<Vec<_>>(),
                names,
                "{order:?}"
            );
        }
    }

    #[test]
    fn whole_items_only() {
        for (items, width, count) in [
            (vec![], 300, 0),
            (vec![(60, 3)], 100, 1),
            (vec![(9, 6), (11, 5), (20, 3)], 300, 2),
            (vec![(9, 6), (11, 5)], 320, 2),
        ] {
            assert_eq!(fitting(items.clone(), width), count, "{items:?}");
        }
    }
}
