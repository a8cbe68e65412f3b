//! What AWS's services are called, and what is peculiar to each.
//!
//! [`Service`] is one definition; a service that has more to it than its names has a file of its
//! own here and a line in `registry`. Sources nobody listed get names made from the source.

mod amazon_bedrock;
mod amazon_dynamodb;
mod amazon_ec2;
mod amazon_ecr;
mod amazon_ecs;
mod amazon_eks;
mod amazon_guardduty;
mod amazon_monitron;
mod amazon_mq;
mod amazon_q_apps;
mod amazon_rds;
mod amazon_route_53;
mod amazon_s3;
mod amazon_sqs;
mod aws_amplify;
mod aws_cloudformation;
mod aws_cloudtrail;
mod aws_config;
mod aws_iam;
mod aws_identity_center;
mod aws_kms;
mod aws_lambda;
mod aws_organizations;
mod aws_secrets_manager;
mod aws_sign_in;
mod aws_sts;
mod aws_systems_manager;
mod facts;
mod grants;
mod notes;
mod pattern;
mod registry;
mod resource;

use std::borrow::Cow;

pub use facts::{CardFact, card_facts};
pub use notes::{Note, Noter, Told, When, may_tell, notable};
use notes::{detail, note};
pub use pattern::{Piece, fill, words};
pub use resource::{bare_name, is_called, resource, resource_name, role_denied};

/// Everything the page knows of one service.
pub struct Service {
    /// Its event sources. Several are APIs of one service, which share a card; the first is its key.
    pub sources: &'static [&'static str],
    /// What AWS calls it: `Amazon SQS`.
    pub name: &'static str,
    /// What a table cell has room for: `SQS`.
    pub short: &'static str,
    /// Two letters that stand for it where there is room for no more.
    pub monogram: &'static str,
    /// What its card says beyond the numbers that every card has.
    pub facts: &'static [Fact],
}

/// One call in words, after the principal.
///
/// `{a|b}` is the first of these parameters that the record has, `{a.b}` a member of a member (of each
/// element, where `a` is a list), `{a#}` how many there are, `{resource}` the record's resource, and
/// `[…]` is left out where a parameter in it is missing: `created the broker[ {brokerName|brokerId}]`.
pub struct Act {
    /// `eventName`, without prefix and version suffix.
    pub event: &'static str,
    /// What the principal did, where it worked; its first word is a verb in the past.
    pub done: &'static str,
    /// What the principal tried to do, after "tried to"; where empty, `done` in the infinitive.
    pub tried: &'static str,
}

const fn act(event: &'static str, done: &'static str) -> Act {
    Act { event, done, tried: "" }
}

/// A count over event names, for the card: calls that worked.
pub struct Fact {
    /// The event names that are added up, without prefix.
    pub events: &'static [&'static str],
    /// What one is called: `broker created`.
    pub one: &'static str,
    /// What several are called.
    pub many: &'static str,
}

const fn fact(events: &'static [&'static str], one: &'static str, many: &'static str) -> Fact {
    Fact { events, one, many }
}

/// What a service is called on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceNames {
    /// `Amazon SQS`; for an unlisted source its text.
    pub name: Cow<'static, str>,
    /// `SQS`.
    pub short: Cow<'static, str>,
    /// Two letters, capitals or digits.
    pub monogram: Cow<'static, str>,
}

/// The names of the service behind an `eventSource`, listed or not.
#[must_use]
pub fn service(source: &str) -> ServiceNames {
    if let Some(service) = definition(source) {
        return ServiceNames {
            name: service.name.into(),
            short: service.short.into(),
            monogram: service.monogram.into(),
        };
    }
    if source.is_empty() {
        return ServiceNames { name: "No service".into(), short: "none".into(), monogram: "--".into() };
    }
    let short = short_source(source);
    ServiceNames {
        name: short.to_owned().into(),
        short: short.to_owned().into(),
        monogram: monogram(short).into(),
    }
}

/// The definition of the service behind an `eventSource`; `None` where it is not listed.
#[must_use]
pub fn definition(source: &str) -> Option<&'static Service> {
    registry::all().find(|service| service.sources.iter().any(|one| one.eq_ignore_ascii_case(source)))
}

/// The event sources of the service that the page calls so, by its short name; none where it is not
/// listed.
#[must_use]
pub fn sources_called(short: &str) -> &'static [&'static str] {
    let found = registry::all().find(|service| service.short.eq_ignore_ascii_case(short));
    found.map(|service| service.sources).unwrap_or_default()
}

/// A main call, in words, of the service behind an `eventSource`, by its [`plain_name`].
#[must_use]
pub fn act_of(source: &str, event: &str) -> Option<&'static Act> {
    let own = definition(source).and_then(registry::place).and_then(|place| registry::ACTS.get(place));
    let acts = own.copied().unwrap_or_default().iter().chain(registry::OTHER_ACTS);
    acts.into_iter().find(|act| act.event.eq_ignore_ascii_case(event))
}

/// Every call that has words.
#[cfg(test)]
pub(crate) fn all_acts() -> impl Iterator<Item = &'static Act> {
    registry::ACTS.iter().copied().flatten().chain(registry::OTHER_ACTS)
}

/// An `eventSource` without `.amazonaws.com`.
#[must_use]
pub fn short_source(source: &str) -> &str {
    source
        .strip_suffix(".amazonaws.com.cn")
        .or_else(|| source.strip_suffix(".amazonaws.com"))
        .unwrap_or(source)
}

/// The card that an `eventSource` belongs to: the first source of its service, or the source itself.
#[must_use]
pub fn card_key(source: &str) -> &str {
    definition(source).and_then(|service| service.sources.first().copied()).unwrap_or(source)
}

/// An event name without what stands around it: the prefix of Monitron's mobile app, and Lambda's
/// API version (`CreateFunction20150331`, `UpdateFunctionCode20150331v2`).
#[must_use]
pub fn plain_name(event: &str) -> &str {
    let event = event.rsplit_once(':').map_or(event, |(_, name)| name);
    let Some(digit) = event.find(|c: char| c.is_ascii_digit()) else { return event };
    let (name, version) = event.split_at(digit);
    let dated = version.len() >= 8 && version.as_bytes()[..8].iter().all(u8::is_ascii_digit);
    let rest = version.get(8..).unwrap_or_default();
    if dated && !name.is_empty() && (rest.is_empty() || rest.starts_with('v')) { name } else { event }
}

/// Whether a message in a reply that claims no failure still tells of one.
fn sounds_like_failure(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    let words = ["not authorized", "denied", "fail", "error", "exception", "invalid", "cannot", "not found"];
    words.iter().any(|word| text.contains(word))
}

/// What a message in a reply that tells of a failure names as its kind: the exception that it starts with,
/// `AccessDenied`, or no more than `Failure`.
#[must_use]
pub fn failure_kind(text: &str) -> Option<String> {
    let first = text.split([':', ' ']).next().unwrap_or_default();
    let names = |end: &str| first.strip_suffix(end).is_some_and(|name| !name.is_empty());
    let denied = |word: &str| text.to_ascii_lowercase().contains(word);
    let kind = if names("Exception") || names("Error") {
        first
    } else if denied("not authorized") || denied("denied") {
        "AccessDenied"
    } else {
        "Failure"
    };
    sounds_like_failure(text).then(|| kind.to_owned())
}

/// The first letters of the first two words, or the first two letters of one.
fn monogram(short: &str) -> String {
    let words: Vec<&str> =
        short.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let letters: String = match words.as_slice() {
        [] => short.chars().filter(|c| c.is_alphanumeric()).take(2).collect(),
        [one] => one.chars().take(2).collect(),
        [first, second, ..] => first.chars().take(1).chain(second.chars().take(1)).collect(),
    };
    if letters.is_empty() { "--".to_owned() } else { letters.to_ascii_uppercase() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    #[test]
    fn the_registry_is_wide_and_without_clashes() {
        let mut sources = HashSet::new();
        let mut names = HashSet::new();
        for service in registry::all() {
            assert!(names.insert(service.name), "{} stands twice", service.name);
            assert_eq!(service.monogram.chars().count(), 2, "{}", service.name);
            assert!(!service.short.is_empty() && service.short.len() <= 16, "{}", service.short);
            for source in service.sources {
                assert!(sources.insert(*source), "{source} stands twice");
                assert!(source.ends_with(".amazonaws.com"), "{source}");
            }
        }
        assert!(sources.len() >= 100, "{}", sources.len());
    }

    /// What is left of the words of an act where the record has no parameter at all.
    fn bare(words: &str) -> String {
        let (first, rest) = words.split_once('[').unwrap_or((words, ""));
        rest.split('[').fold(first.to_owned(), |bare, part| bare + part.split_once(']').map_or(part, |p| p.1))
    }

    #[test]
    fn the_words_of_every_call_are_well_formed() {
        for act in all_acts() {
            assert_eq!(plain_name(act.event), act.event);
            for words in [act.done, act.tried].into_iter().filter(|words| !words.is_empty()) {
                let count = |mark: char| words.matches(mark).count();
                assert_eq!((count('['), count('{')), (count(']'), count('}')), "{words}");
                let bare = bare(words);
                assert!(!bare.contains(['{', '}', '[', ']']) && !bare.contains("  "), "{words}: {bare}");
                assert!(bare.trim() == bare && !bare.ends_with([':', '.', ',']), "{words}: {bare}");
            }
        }
    }

    #[test]
    fn sources_have_names() {
        let check = |source: &str, name: &str, short: &str, monogram: &str| {
            let names = service(source);
            assert_eq!((&*names.name, &*names.short, &*names.monogram), (name, short, monogram), "{source}");
        };
        check("sqs.amazonaws.com", "Amazon SQS", "SQS", "SQ");
        check("mq.amazonaws.com", "Amazon MQ", "MQ", "MQ");
        check("amplifyuibuilder.amazonaws.com", "AWS Amplify", "Amplify", "AM");
        check("brand-new.amazonaws.com", "brand-new", "brand-new", "BN");
        check("x.amazonaws.com.cn", "x", "x", "X");
        check("partner.example.com", "partner.example.com", "partner.example.com", "PE");
        check("", "No service", "none", "--");
    }

    #[test]
    fn cards_join_the_apis_of_one_service() {
        assert_eq!(card_key("amplifybackend.amazonaws.com"), "amplify.amazonaws.com");
        assert_eq!(card_key("mq.amazonaws.com"), "amazonmq.amazonaws.com");
        assert_eq!(card_key("sqs.amazonaws.com"), "sqs.amazonaws.com");
        assert_eq!(card_key("unknown.example"), "unknown.example");
    }

    #[test]
    fn event_names_lose_prefix_and_version() {
        for (event, plain) in [
            ("AmazonMonitronApp:CreateSensor", "CreateSensor"),
            ("CreateFunction20150331", "CreateFunction"),
            ("UpdateFunctionCode20150331v2", "UpdateFunctionCode"),
            ("ListObjectsV2", "ListObjectsV2"),
            ("GetLayerVersion20181031", "GetLayerVersion"),
            ("20150331", "20150331"),
            ("", ""),
        ] {
            assert_eq!(plain_name(event), plain);
        }
    }

    proptest! {
        #[test]
        fn any_source_has_names(source in any::<String>()) {
            let names = service(&source);
            prop_assert!(!names.name.is_empty() || source.contains("amazonaws"));
            let _ = (card_key(&source), plain_name(&source));
        }
    }
}
