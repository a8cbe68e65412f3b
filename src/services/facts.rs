//! The facts of a card: only what the numbers of the answer can support, each with its filter.

use crate::event::Field;
use crate::protocol::ServiceSummary;
use crate::sorting::sort_by;

use super::{Fact, definition, plain_name, short_source};

/// One fact of a card, and what narrows the events to it: field, value (`None` is its absence), in or
/// out. Values of one field are alternatives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardFact {
    /// `2 brokers created`, `open to the internet`.
    pub text: String,
    /// Whether it is worth a second look.
    pub marked: bool,
    /// What it stands for.
    pub choices: Vec<(Field, Option<String>, bool)>,
}

impl CardFact {
    fn new(text: String, field: Field, value: Option<&str>) -> Self {
        Self { text, marked: false, choices: vec![(field, value.map(str::to_owned), value.is_some())] }
    }
}

/// Facts for a card that joins these sources, those worth a second look first: `2 brokers created`,
/// `6 queues`.
///
/// Only calls that worked count. Event names may be cut to the most frequent, so the words say "at
/// least" where names are missing.
#[must_use]
pub fn card_facts(parts: &[&ServiceSummary]) -> Vec<CardFact> {
    let mut facts = noted(parts, |part| &part.notable, Field::Notable);
    let Some(service) = parts.first().and_then(|part| definition(&part.source)) else {
        facts.extend(resources(parts, "resource", "resources"));
        return facts;
    };
    match service.sources.first().map(|source| short_source(source)) {
        Some("amazonmq") => facts.extend(users(parts)),
        Some("amplify") => facts.extend(apis(parts)),
        Some("monitron") => facts.extend(mobile_app(parts)),
        Some("qapps") => facts.extend(data_and_management(parts)),
        Some("sqs") => facts.extend(resources(parts, "queue", "queues")),
        _ => {}
    }
    facts.extend(service.facts.iter().filter_map(|fact| counted(fact, parts)));
    let details = noted(parts, |part| &part.details, Field::Detail);
    facts.extend(details.into_iter().filter(|fact| !fact.text.starts_with(USERS)));
    if service.short == "SQS" {
        facts.extend(noted(parts, |part| &part.top_resources, Field::Resource));
    }
    if facts.is_empty() {
        facts.extend(resources(parts, "resource", "resources"));
    }
    facts
}

type Counts = fn(&ServiceSummary) -> &[(String, u64)];

/// What was derived of single records, with counts.
fn noted(parts: &[&ServiceSummary], of: Counts, field: Field) -> Vec<CardFact> {
    let mut sums: Vec<(&str, u64)> = Vec::new();
    for (label, count) in parts.iter().flat_map(|part| of(part)) {
        match sums.iter_mut().find(|(known, _)| known == label) {
            Some((_, sum)) => *sum += count,
            None => sums.push((label, *count)),
        }
    }
    sort_by(&mut sums, |one, other| other.1.cmp(&one.1));
    let fact = |(label, count): &(&str, u64)| {
        let text = if *count == 1 { (*label).to_owned() } else { format!("{label} {}", grouped(*count)) };
        CardFact { marked: field == Field::Notable, ..CardFact::new(text, field, Some(*label)) }
    };
    sums.iter().map(fact).collect()
}

fn counted(fact: &Fact, parts: &[&ServiceSummary]) -> Option<CardFact> {
    let of_fact = |name: &str| fact.events.iter().any(|event| event.eq_ignore_ascii_case(plain_name(name)));
    let total = |list: Counts| {
        sum(parts, |part| list(part).iter().filter(|(name, _)| of_fact(name)).map(|(_, n)| *n).sum())
    };
    let failed = total(|part| &part.failed_names);
    let count = total(|part| &part.names).saturating_sub(failed);
    let listed = sum(parts, |part| part.names.iter().map(|(_, n)| *n).sum());
    let events = sum(parts, |part| part.events);
    if count == 0 {
        return None;
    }
    let least = if listed < events { "at least " } else { "" };
    let mut choices = named(parts, of_fact);
    if failed > 0 {
        choices.push((Field::Failure, None, true));
    }
    Some(CardFact { text: format!("{least}{}", number(count, fact.one, fact.many)), marked: false, choices })
}

/// The names, as logged, of events that a test picks.
fn named(parts: &[&ServiceSummary], picked: impl Fn(&str) -> bool) -> Vec<(Field, Option<String>, bool)> {
    let names = parts.iter().flat_map(|part| &part.names).filter(|(name, _)| picked(name));
    let mut choices: Vec<_> = names.map(|(name, _)| (Field::EventName, Some(name.clone()), true)).collect();
    choices.dedup();
    choices
}

/// Amplify: which of its three APIs the events went to.
fn apis(parts: &[&ServiceSummary]) -> Vec<CardFact> {
    let labels = [("amplify", "hosting"), ("amplifybackend", "backend"), ("amplifyuibuilder", "UI builder")];
    let of = |(source, label): &(&str, &str)| {
        let part = parts.iter().find(|part| short_source(&part.source) == *source)?;
        let text = format!("{label} {}", grouped(part.events));
        Some(CardFact::new(text, Field::EventSource, Some(&part.source)))
    };
    labels.iter().filter_map(of).collect()
}

/// How a detail begins that says how many users a call created.
const USERS: &str = "users created: ";

/// Amazon MQ: users, created by themselves or with their broker. Details say how many a call created.
fn users(parts: &[&ServiceSummary]) -> Option<CardFact> {
    let details = parts.iter().flat_map(|part| &part.details);
    let told = details.filter_map(|(detail, count)| {
        let users: u64 = detail.strip_prefix(USERS)?.parse().ok()?;
        Some((detail, users.saturating_mul(*count)))
    });
    let (mut choices, mut total) = (Vec::new(), 0_u64);
    for (detail, users) in told {
        choices.push((Field::Detail, Some(detail.clone()), true));
        total = total.saturating_add(users);
    }
    choices.dedup();
    (total > 0).then(|| CardFact {
        text: number(total, "user created", "users created"),
        marked: false,
        choices,
    })
}

/// Monitron: what its mobile app did, all and by action.
fn mobile_app(parts: &[&ServiceSummary]) -> Vec<CardFact> {
    let of_app = |name: &str| name.starts_with("AmazonMonitronApp:");
    let calls: Vec<&(String, u64)> =
        parts.iter().flat_map(|part| &part.names).filter(|(name, _)| of_app(name)).collect();
    let count = calls.iter().map(|(_, count)| count).sum::<u64>();
    if count == 0 {
        return Vec::new();
    }
    let all = number(count, "mobile app action", "mobile app actions");
    let all = CardFact { text: all, marked: false, choices: named(parts, of_app) };
    let each = calls.iter().map(|(name, count)| {
        CardFact::new(format!("app {} {}", plain_name(name), grouped(*count)), Field::EventName, Some(name))
    });
    std::iter::once(all).chain(each).collect()
}

fn data_and_management(parts: &[&ServiceSummary]) -> Vec<CardFact> {
    let data = sum(parts, |part| part.data);
    let management = sum(parts, |part| part.events).saturating_sub(data);
    let category = |name: &str, include: bool, count: u64| CardFact {
        text: format!("{name} {}", grouped(count)),
        marked: false,
        choices: vec![(Field::Access, Some("data".to_owned()), include)],
    };
    let both = [category("data", true, data), category("management", false, management)];
    both.into_iter().zip([data, management]).filter(|(_, count)| *count > 0).map(|(fact, _)| fact).collect()
}

/// How many resources of a source are listed at most: where there are fewer, all are.
const LISTED: usize = 500;

/// Distinct resources. The own figure of the summary adds up shards: an upper bound where not all of
/// them are listed.
fn resources(parts: &[&ServiceSummary], one: &str, many: &str) -> Option<CardFact> {
    let bound = sum(parts, |part| part.resources);
    let mut names: Vec<&str> =
        parts.iter().flat_map(|part| part.top_resources.iter().map(|(name, _)| name.as_str())).collect();
    sort_by(&mut names, |one, other| one.cmp(other));
    names.dedup();
    let listed = u64::try_from(names.len()).unwrap_or(u64::MAX);
    let all = bound <= listed || parts.iter().all(|part| part.top_resources.len() < LISTED);
    let text = match (bound, listed) {
        (0, 0) => return None,
        (_, listed) if all => number(listed, one, many),
        (bound, _) => format!("up to {}", number(bound, one, many)),
    };
    Some(CardFact { text, marked: false, choices: vec![(Field::Resource, None, false)] })
}

fn sum(parts: &[&ServiceSummary], count: impl Fn(&ServiceSummary) -> u64) -> u64 {
    parts.iter().fold(0, |total, part| total.saturating_add(count(part)))
}

fn number(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(count), if count == 1 { one } else { many })
}

/// `48,312`
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn summary(source: &str, events: u64, errors: u64, names: &[(&str, u64)]) -> ServiceSummary {
        ServiceSummary {
            source: format!("{source}.amazonaws.com"),
            events,
            errors,
            names: names.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect(),
            ..ServiceSummary::default()
        }
    }

    fn check(parts: &[ServiceSummary], expected: &[&str]) {
        let facts = card_facts(&parts.iter().collect::<Vec<_>>());
        assert_eq!(facts.iter().map(|fact| fact.text.as_str()).collect::<Vec<_>>(), expected);
        assert!(facts.iter().all(|fact| !fact.choices.is_empty()), "every fact filters");
    }

    #[test]
    fn counts_claim_no_more_than_they_know() {
        let names = [("DescribeBroker", 1_400), ("CreateBroker", 1), ("CreateConfiguration", 2)];
        check(
            &[summary("amazonmq", 1_403, 0, &names)],
            &["1 broker created", "2 configurations written", "1,400 replies withheld"],
        );
        check(
            &[ServiceSummary {
                failed_names: vec![("CreateBroker".into(), 1), ("CreateConfiguration".into(), 1)],
                ..summary("mq", 1_403, 2, &names)
            }],
            &["1 configuration written", "1,400 replies withheld"],
        );
        // A broker with two users, and three users by themselves.
        let users = [("users created: 1".to_owned(), 3), ("users created: 2".to_owned(), 1)];
        let users = ServiceSummary { details: users.to_vec(), ..summary("amazonmq", 4, 0, &[]) };
        check(std::slice::from_ref(&users), &["5 users created"]);
        let both = |value: &str| (Field::Detail, Some(value.to_owned()), true);
        let facts = card_facts(&[&users]);
        assert_eq!(facts[0].choices, [both("users created: 1"), both("users created: 2")]);
        check(&[summary("sts", 9, 0, &[("AssumeRole", 3)])], &["at least 3 role sessions opened"]);
        let failed = &[("CreateBroker", 2)];
        let broker = ServiceSummary {
            failed_names: vec![("CreateBroker".into(), 1)],
            notable: vec![("open to the internet".into(), 1), ("user with console access".into(), 3)],
            details: vec![("RABBITMQ".into(), 1)],
            ..summary("amazonmq", 2, 1, failed)
        };
        let facts = card_facts(&[&broker]);
        let seen: Vec<_> = facts.iter().map(|fact| (fact.text.as_str(), fact.marked)).collect();
        assert_eq!(
            seen,
            [
                ("user with console access 3", true),
                ("open to the internet", true),
                ("1 broker created", false),
                ("RABBITMQ", false)
            ]
        );
        let only = |field, value: &str| (field, Some(value.to_owned()), true);
        assert_eq!(facts[1].choices, [only(Field::Notable, "open to the internet")]);
        assert_eq!(
            facts[2].choices,
            [only(Field::EventName, "CreateBroker"), (Field::Failure, None, true)],
            "those that worked"
        );
        check(&[summary("sts", 9, 0, &[("GetCallerIdentity", 9)])], &["9 calls to ask who it is"]);
    }

    #[test]
    fn the_seed_services_say_what_matters() {
        check(
            &[summary("amplify", 3, 0, &[]), summary("amplifybackend", 4, 0, &[])],
            &["hosting 3", "backend 4"],
        );
        check(
            &[summary("monitron", 5, 0, &[("AmazonMonitronApp:CreateSensor", 2), ("GetProject", 3)])],
            &["2 mobile app actions", "app CreateSensor 2"],
        );
        let mut apps = summary("qapps", 5, 0, &[]);
        apps.data = 2;
        check(&[apps], &["data 2", "management 3"]);
        let mut queues = summary("sqs", 2, 0, &[("SendMessage", 2)]);
        queues.resources = 2;
        queues.top_resources = vec![("A/123456789012/eu-west-1".into(), 1)];
        check(std::slice::from_ref(&queues), &["1 queue", "2 messages sent", "A/123456789012/eu-west-1"]);
        let queue = |at: u64| (format!("Q{at}"), 1);
        (queues.resources, queues.top_resources) = (700, (0..500).map(queue).collect());
        assert_eq!(card_facts(&[&queues])[0].text, "up to 700 queues");
    }

    #[test]
    fn any_other_service_counts_resources() {
        let mut other = summary("unheard-of", 2, 0, &[]);
        check(std::slice::from_ref(&other), &[]);
        other.resources = 1;
        other.top_resources = vec![("A".into(), 2)];
        check(&[other], &["1 resource"]);
        check(&[], &[]);
    }
}
