//! The facts line of a card: only what the numbers of the answer can support.

use crate::protocol::ServiceSummary;
use crate::sorting::sort_by;

use super::{Fact, definition, plain_name, short_source};

/// Most facts a card has room for.
const ROOM: usize = 4;

/// Short facts for the card of one source; see [`card_facts`].
#[must_use]
pub fn facts(summary: &ServiceSummary) -> Vec<String> {
    card_facts(&[summary])
}

/// Short facts for a card that joins these sources: `2 brokers created`, `6 queues`.
///
/// Only calls that worked count. Event names may be cut to the most frequent, so the words say "at
/// least" where names are missing.
#[must_use]
pub fn card_facts(parts: &[&ServiceSummary]) -> Vec<String> {
    let Some(service) = parts.first().and_then(|part| definition(&part.source)) else {
        return generic(parts);
    };
    let mut facts = match service.sources.first().map(|source| short_source(source)) {
        Some("amplify") => apis(parts),
        Some("monitron") => mobile_app(parts),
        Some("qapps") => data_and_management(parts),
        Some("sqs") => resources(parts, "queue", "queues"),
        _ => Vec::new(),
    };
    facts.extend(service.facts.iter().filter_map(|fact| counted(fact, parts)));
    if facts.is_empty() {
        return generic(parts);
    }
    facts.truncate(ROOM);
    facts
}

fn counted(fact: &Fact, parts: &[&ServiceSummary]) -> Option<String> {
    let of_fact = |name: &str| fact.events.iter().any(|event| event.eq_ignore_ascii_case(plain_name(name)));
    let total = |list: fn(&ServiceSummary) -> &[(String, u64)]| {
        sum(parts, |part| list(part).iter().filter(|(name, _)| of_fact(name)).map(|(_, n)| *n).sum())
    };
    let count = total(|part| &part.names).saturating_sub(total(|part| &part.failed_names));
    let listed = sum(parts, |part| part.names.iter().map(|(_, n)| *n).sum());
    let events = sum(parts, |part| part.events);
    if count == 0 {
        return None;
    }
    let least = if listed < events { "at least " } else { "" };
    Some(format!("{least}{}", number(count, fact.one, fact.many)))
}

/// Amplify: which of its three APIs the events went to.
fn apis(parts: &[&ServiceSummary]) -> Vec<String> {
    let labels = [("amplify", "hosting"), ("amplifybackend", "backend"), ("amplifyuibuilder", "UI builder")];
    labels
        .iter()
        .filter_map(|(source, label)| {
            let of_api = |part: &&&ServiceSummary| short_source(&part.source) == *source;
            let count: u64 = parts.iter().filter(of_api).map(|part| part.events).sum();
            (count > 0).then(|| format!("{label} {}", grouped(count)))
        })
        .collect()
}

fn mobile_app(parts: &[&ServiceSummary]) -> Vec<String> {
    let of_app = |name: &str| name.starts_with("AmazonMonitronApp:");
    let count = sum(parts, |part| part.names.iter().filter(|(name, _)| of_app(name)).map(|(_, n)| *n).sum());
    let fact = (count > 0).then(|| number(count, "mobile app action", "mobile app actions"));
    fact.into_iter().collect()
}

fn data_and_management(parts: &[&ServiceSummary]) -> Vec<String> {
    let data = sum(parts, |part| part.data);
    let management = sum(parts, |part| part.events).saturating_sub(data);
    vec![format!("data {}", grouped(data)), format!("management {}", grouped(management))]
}

fn generic(parts: &[&ServiceSummary]) -> Vec<String> {
    resources(parts, "resource", "resources")
}

/// Distinct resources. The summary's own figure adds up shards, so it is exact only where it is no
/// more than the resources listed.
fn resources(parts: &[&ServiceSummary], one: &str, many: &str) -> Vec<String> {
    let bound = sum(parts, |part| part.resources);
    let mut names: Vec<&str> =
        parts.iter().flat_map(|part| part.top_resources.iter().map(|(name, _)| name.as_str())).collect();
    sort_by(&mut names, |one, other| one.cmp(other));
    names.dedup();
    let listed = u64::try_from(names.len()).unwrap_or(u64::MAX);
    match (bound, listed) {
        (0, 0) => Vec::new(),
        (bound, listed) if bound <= listed => vec![number(listed, one, many)],
        (bound, _) => vec![format!("up to {}", number(bound, one, many))],
    }
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
        assert_eq!(card_facts(&parts.iter().collect::<Vec<_>>()), expected);
    }

    #[test]
    fn counts_claim_no_more_than_they_know() {
        let names = [("DescribeBroker", 1_400), ("CreateBroker", 1), ("CreateUser", 2)];
        check(
            &[summary("amazonmq", 1_403, 0, &names)],
            &["1 broker created", "2 users created", "1,400 replies withheld"],
        );
        check(
            &[ServiceSummary {
                failed_names: vec![("CreateBroker".into(), 1), ("CreateUser".into(), 1)],
                ..summary("mq", 1_403, 2, &names)
            }],
            &["1 user created", "1,400 replies withheld"],
        );
        check(&[summary("sts", 9, 0, &[("AssumeRole", 3)])], &["at least 3 role sessions opened"]);
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
            &["2 mobile app actions"],
        );
        let mut apps = summary("qapps", 5, 0, &[]);
        apps.data = 2;
        check(&[apps], &["data 2", "management 3"]);
        let mut queues = summary("sqs", 2, 0, &[("SendMessage", 2)]);
        queues.resources = 2;
        queues.top_resources = vec![("A".into(), 1)];
        check(&[queues], &["up to 2 queues", "2 messages sent"]);
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
