//! Words for a call that no service definition has, from the event's name alone.
//!
//! AWS names calls with a verb and a noun: `AuthorizeSecurityGroupIngress`. A verb that is not in the
//! table leaves the name as it is: "called DescribeThing on thing", which is always right.

use crate::event::Field;
use crate::json::{Kind, Value};
use crate::redaction::is_marker;
use crate::services::{plain_name, resource_name};

use super::phrases::Phrases;

/// Writes the call after the principal, or after "tried to".
pub(super) fn write(
    plain: &str,
    name: &str,
    worked: bool,
    record: Value<'_>,
    resource: Option<&str>,
    phrases: &mut Phrases,
) {
    let words = words(plain);
    let Some((done, tried, noun)) = split(&words).filter(|(_, _, noun)| !noun.is_empty()) else {
        phrases.text(if worked { "called " } else { "call " });
        phrases.filter(name, Field::EventName, name);
        on(resource, phrases);
        return;
    };
    let thing = resource.and_then(|resource| named_by(record, resource));
    let preposition =
        noun.iter().position(|word| matches!(word.as_str(), "to" | "from" | "for" | "in" | "on" | "with"));
    let joined = preposition.is_some();
    // What decides between "the policy" and "policies".
    let head = noun.get(preposition.unwrap_or(noun.len()).wrapping_sub(1)).map_or("", String::as_str);
    let plural = head.ends_with('s') && !head.ends_with("ss") && !head.ends_with("us");
    let noun = noun.join(" ");
    if joined && resource.is_some() && thing.as_ref().is_none_or(|thing| !noun.ends_with(thing.as_str())) {
        // "added the role to DB instance for the role X" would be no sentence.
        phrases.text(if worked { "called " } else { "call " });
        phrases.filter(name, Field::EventName, name);
        on(resource, phrases);
        return;
    }
    phrases.text(if worked { done } else { tried });
    phrases.text(if plural { " " } else { " the " });
    // What the call made, where the reply names it and it is made for another thing.
    let is_thing = thing.as_ref().is_some_and(|thing| noun.ends_with(thing.as_str()));
    if worked
        && !is_thing
        && let Some(made) = made(record, &noun)
    {
        phrases.text(&[&noun, " "].concat());
        phrases.value(&made, resource);
        if let Some((resource, thing)) = resource.filter(|resource| *resource != made).zip(thing) {
            phrases.text(&[" for the ", &thing, " "].concat());
            phrases.value(resource, Some(resource));
        }
        return;
    }
    let Some(resource) = resource else { return phrases.text(&noun) };
    // The parameter's own name says that the resource is the thing: `brokerId` of a broker.
    let words = match &thing {
        None => [&noun, " on "].concat(),
        Some(thing) => match (noun.strip_suffix(thing.as_str()), noun.strip_prefix(thing.as_str())) {
            // "entities for policy", and `ListTagsLogGroup`.
            (Some(before), _) if joined => [before, "the ", thing, " "].concat(),
            (Some("tags "), _) => ["tags of the ", thing, " "].concat(),
            (Some(_), _) => [&noun, " "].concat(),
            // "bucket tagging" of the bucket.
            (_, Some(rest)) if rest.starts_with(' ') && !joined => {
                [&rest[1..], " of the ", thing, " "].concat()
            }
            _ => [&noun, " for the ", thing, " "].concat(),
        },
    };
    phrases.text(&words);
    phrases.value(resource, Some(resource));
}

/// The words of a call in the infinitive: its first word, or its first two, is a verb in the past.
pub(super) fn tried(done: &str) -> Option<(&'static str, &str)> {
    let lines = VERBS.iter().map(|line| (line.1, line.2)).chain(MORE_VERBS.iter().copied());
    let mut found: Option<(&'static str, &str)> = None;
    for (past, infinitive) in lines {
        let Some(rest) =
            done.strip_prefix(past).filter(|rest| rest.is_empty() || rest.starts_with([' ', '[']))
        else {
            continue;
        };
        if found.is_none_or(|(_, shortest)| rest.len() < shortest.len()) {
            found = Some((infinitive, rest));
        }
    }
    found
}

/// Verbs in the definitions that no event name has: in the past, in the infinitive.
const MORE_VERBS: &[(&str, &str)] = &[
    ("asked", "ask"),
    ("ended", "end"),
    ("connected", "connect"),
    ("gave", "give"),
    ("had", "have"),
    ("looked", "look"),
    ("made", "make"),
    ("opened", "open"),
    ("pulled", "pull"),
    ("pushed", "push"),
    ("rated", "rate"),
    ("reported", "report"),
    ("reviewed", "review"),
    ("switched", "switch"),
    ("took", "take"),
    ("turned", "turn"),
    ("wrote", "write"),
];

fn on(resource: Option<&str>, phrases: &mut Phrases) {
    if let Some(resource) = resource {
        phrases.text(" on ");
        phrases.value(resource, Some(resource));
    }
}

/// What the parameter that holds `resource` calls it: `role` where `roleName` or `roleArn` holds it,
/// nothing where it is only the `name` or `id` of the call's own noun.
fn named_by(record: Value<'_>, resource: &str) -> Option<String> {
    let names = |_: &str, text: &str| resource_name(text) == resource;
    let key = PLACES.iter().find_map(|(place, depth)| member(record.get(place)?, *depth, &names))?.0;
    let mut words = key_words(&key);
    let what = words.last()?.as_str();
    if matches!(what, "name" | "id" | "arn" | "url" | "identifier") {
        words.pop();
    }
    (words != ["resource"]).then(|| words.join(" "))
}

/// Where a call names what it is about, and how deep: EC2 wraps requests, and replies hold what was made.
const PLACES: [(&str, u8); 2] = [("requestParameters", 1), ("responseElements", 2)];

/// The id that the reply has for a thing of this name: `routeTable.routeTableId` of a route table.
fn made(record: Value<'_>, noun: &str) -> Option<String> {
    let is_id =
        |key: &str, _: &str| key.strip_suffix("Id").is_some_and(|key| key_words(key).join(" ") == noun);
    Some(member(record.get("responseElements")?, 2, &is_id)?.1)
}

/// The first member with a text that passes the test, in objects this deep; its key and its text.
fn member(value: Value<'_>, depth: u8, test: &dyn Fn(&str, &str) -> bool) -> Option<(String, String)> {
    value.children().find_map(|child| match child.scalar() {
        Some(text) => {
            let key = child.key();
            (!is_marker(&text) && test(&key, &text)).then(|| (key.into_owned(), text.into_owned()))
        }
        None if depth > 0 && child.kind() == Kind::Object => member(child, depth - 1, test),
        None => None,
    })
}

/// The words of the name of a parameter.
fn key_words(key: &str) -> Vec<String> {
    let mut words = words(key);
    // `dBInstanceIdentifier`: AWS makes only the first letter of a leading abbreviation small.
    if words.len() > 1 && words[0].len() == 1 && words[1].starts_with(|c: char| c.is_ascii_lowercase()) {
        let mut letters = key.chars();
        let first: String = letters.next().into_iter().map(|letter| letter.to_ascii_uppercase()).collect();
        words = self::words(&(first + letters.as_str()));
    }
    words
}

/// Verb and noun of an event name; the verb in the past and in the infinitive.
fn split(words: &[String]) -> Option<(&'static str, &'static str, &[String])> {
    let two = words.get(..2).map(|two| two.concat());
    let find = |verb: &str| VERBS.iter().find(|line| line.0.eq_ignore_ascii_case(verb));
    if let Some(line) = two.as_deref().and_then(find) {
        return Some((line.1, line.2, &words[2..]));
    }
    let line = find(words.first()?)?;
    Some((line.1, line.2, &words[1..]))
}

/// Whether a call reads, told by the verb of its `eventName`; `None` where the verb is unknown.
///
/// To AWS reads are all calls that leave resources as they are: keys that encrypt, roles assumed.
#[must_use]
pub fn is_read(event: &str) -> Option<bool> {
    let event = plain_name(event);
    let is_verb = |verb: &str| {
        event.strip_prefix(verb).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_lowercase()))
    };
    let verb = VERBS.iter().find(|line| is_verb(line.0))?.2;
    Some(READS.split(' ').any(|read| read == verb || verb.strip_prefix("look ") == Some(read)))
}

/// Verbs, in the infinitive, of calls that read.
const READS: &str = "read list at up search scan query check assume decrypt encrypt generate receive download \
                     estimate preview simulate validate verify discover";

/// The words of a name in camel case, in lower case but for abbreviations: `DBInstance` is `DB
/// instance`, `dBInstance` too, `IPv6` stays whole.
fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    for (at, &letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| letters.get(before));
        let after = letters.get(at + 1);
        let breaks = letter.is_ascii_uppercase()
            && (before.is_some_and(|c| !c.is_ascii_uppercase())
                || after.is_some_and(|c| c.is_ascii_lowercase() && !plural_end(&letters, at)));
        if (breaks || matches!(letter, '-' | '_' | ' ' | '.')) && !word.is_empty() {
            words.push(cased(&word));
            word.clear();
        }
        if letter.is_ascii_alphanumeric() || !letter.is_ascii() {
            word.push(letter);
        }
    }
    if !word.is_empty() {
        words.push(cased(&word));
    }
    words
}

/// Whether the small letter behind `at` is only the plural of an abbreviation: `DescribeVPCs`.
fn plural_end(letters: &[char], at: usize) -> bool {
    letters.get(at + 1) == Some(&'s') && letters.get(at + 2).is_none_or(|c| !c.is_ascii_lowercase())
}

/// Lower case, but for abbreviations, and for the few that AWS writes like words.
fn cased(word: &str) -> String {
    let capitals = word.chars().filter(|c| c.is_ascii_uppercase()).count();
    if capitals > 1 {
        return word.to_owned();
    }
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "vpc" | "acl" | "mfa" | "saml" | "ssh" | "iam" | "dns" | "acls" | "vpcs" | "db" | "kms" | "cors"
        | "nat" | "api" | "ip" => lower.to_ascii_uppercase().replace("ACLS", "ACLs").replace("VPCS", "VPCs"),
        _ => lower,
    }
}

/// Event verb, in the past, in the infinitive.
const VERBS: &[(&str, &str, &str)] = &[
    ("Abort", "aborted", "abort"),
    ("Accept", "accepted", "accept"),
    ("Acknowledge", "acknowledged", "acknowledge"),
    ("Activate", "activated", "activate"),
    ("Add", "added", "add"),
    ("Allocate", "allocated", "allocate"),
    ("Apply", "applied", "apply"),
    ("Archive", "archived", "archive"),
    ("Assign", "assigned", "assign"),
    ("Associate", "associated", "associate"),
    ("Assume", "assumed", "assume"),
    ("Attach", "attached", "attach"),
    ("Authorize", "authorized", "authorize"),
    ("BatchCheck", "checked", "check"),
    ("BatchDelete", "deleted", "delete"),
    ("BatchGet", "read", "read"),
    ("BatchImport", "imported", "import"),
    ("BatchPut", "put", "put"),
    ("BatchUpdate", "updated", "update"),
    ("BatchWrite", "wrote", "write"),
    ("Bundle", "bundled", "bundle"),
    ("Cancel", "cancelled", "cancel"),
    ("Change", "changed", "change"),
    ("Check", "checked", "check"),
    ("Close", "closed", "close"),
    ("Complete", "completed", "complete"),
    ("Configure", "configured", "configure"),
    ("Confirm", "confirmed", "confirm"),
    ("Copy", "copied", "copy"),
    ("Create", "created", "create"),
    ("Deactivate", "deactivated", "deactivate"),
    ("Decrypt", "decrypted", "decrypt"),
    ("Delete", "deleted", "delete"),
    ("Deprovision", "deprovisioned", "deprovision"),
    ("Deregister", "deregistered", "deregister"),
    ("Describe", "read", "read"),
    ("Detach", "detached", "detach"),
    ("Disable", "disabled", "disable"),
    ("Disassociate", "disassociated", "disassociate"),
    ("Discover", "discovered", "discover"),
    ("Download", "downloaded", "download"),
    ("Enable", "enabled", "enable"),
    ("Encrypt", "encrypted", "encrypt"),
    ("Estimate", "estimated", "estimate"),
    ("Exchange", "exchanged", "exchange"),
    ("Execute", "executed", "execute"),
    ("Export", "exported", "export"),
    ("Generate", "generated", "generate"),
    ("Get", "read", "read"),
    ("Grant", "granted", "grant"),
    ("Head", "looked at", "look at"),
    ("Import", "imported", "import"),
    ("Initiate", "initiated", "initiate"),
    ("Invite", "invited", "invite"),
    ("Invoke", "invoked", "invoke"),
    ("Issue", "issued", "issue"),
    ("Join", "joined", "join"),
    ("Leave", "left", "leave"),
    ("Link", "linked", "link"),
    ("List", "listed", "list"),
    ("Lock", "locked", "lock"),
    ("Lookup", "looked up", "look up"),
    ("Merge", "merged", "merge"),
    ("Modify", "modified", "modify"),
    ("Monitor", "monitored", "monitor"),
    ("Move", "moved", "move"),
    ("Open", "opened", "open"),
    ("Preview", "previewed", "preview"),
    ("Promote", "promoted", "promote"),
    ("Provision", "provisioned", "provision"),
    ("Publish", "published", "publish"),
    ("Purge", "purged", "purge"),
    ("Put", "put", "put"),
    ("Query", "queried", "query"),
    ("Reboot", "rebooted", "reboot"),
    ("Receive", "received", "receive"),
    ("Register", "registered", "register"),
    ("Reject", "rejected", "reject"),
    ("Release", "released", "release"),
    ("Remove", "removed", "remove"),
    ("Renew", "renewed", "renew"),
    ("Replace", "replaced", "replace"),
    ("Request", "requested", "request"),
    ("Reset", "reset", "reset"),
    ("Resolve", "resolved", "resolve"),
    ("Restore", "restored", "restore"),
    ("Resume", "resumed", "resume"),
    ("Retire", "retired", "retire"),
    ("Revoke", "revoked", "revoke"),
    ("Rotate", "rotated", "rotate"),
    ("Run", "ran", "run"),
    ("Scan", "scanned", "scan"),
    ("Schedule", "scheduled", "schedule"),
    ("Search", "searched", "search"),
    ("Send", "sent", "send"),
    ("Set", "set", "set"),
    ("Share", "shared", "share"),
    ("Sign", "signed", "sign"),
    ("Simulate", "simulated", "simulate"),
    ("Start", "started", "start"),
    ("Stop", "stopped", "stop"),
    ("Store", "stored", "store"),
    ("Submit", "submitted", "submit"),
    ("Subscribe", "subscribed", "subscribe"),
    ("Suspend", "suspended", "suspend"),
    ("Tag", "tagged", "tag"),
    ("Terminate", "terminated", "terminate"),
    ("Test", "tested", "test"),
    ("Transfer", "transferred", "transfer"),
    ("Unarchive", "unarchived", "unarchive"),
    ("Unassign", "unassigned", "unassign"),
    ("Unlink", "unlinked", "unlink"),
    ("Unlock", "unlocked", "unlock"),
    ("Unmonitor", "unmonitored", "unmonitor"),
    ("Unsubscribe", "unsubscribed", "unsubscribe"),
    ("Untag", "untagged", "untag"),
    ("Update", "updated", "update"),
    ("Upgrade", "upgraded", "upgrade"),
    ("Upload", "uploaded", "upload"),
    ("Validate", "validated", "validate"),
    ("Verify", "verified", "verify"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_fall_into_words() {
        for (name, expected) in [
            ("AuthorizeSecurityGroupIngress", "authorize security group ingress"),
            ("CreateDBInstance", "create DB instance"),
            ("DescribeVpcs", "describe VPCs"),
            ("DescribeVPCs", "describe VPCs"),
            ("ListMFADevices", "list MFA devices"),
            ("CreateOpenIDConnectProvider", "create open ID connect provider"),
            ("kebab-case_name", "kebab case name"),
            ("", ""),
        ] {
            assert_eq!(words(name).join(" "), expected, "{name}");
        }
    }

    #[test]
    fn every_call_in_words_has_its_infinitive() {
        let acts = crate::services::all_acts().filter(|act| act.tried.is_empty());
        for act in acts {
            assert!(tried(act.done).is_some(), "{}: {}", act.event, act.done);
        }
        assert_eq!(tried("looked at the bucket"), Some(("look at", " the bucket")));
        assert_eq!(tried("read[ {attribute} of] it"), Some(("read", "[ {attribute} of] it")));
        assert_eq!(tried("reading"), None);
    }

    #[test]
    fn verbs_stand_once() {
        let mut seen = std::collections::HashSet::new();
        assert!(VERBS.iter().all(|line| seen.insert(line.0)));
    }

    #[test]
    fn verbs_say_what_reads() {
        for (event, read) in [
            ("GetObject", Some(true)),
            ("DescribeTrails", Some(true)),
            ("LookupEvents", Some(true)),
            ("HeadBucket", Some(true)),
            ("BatchGetImage", Some(true)),
            ("AssumeRoleWithSAML", Some(true)),
            ("Decrypt", Some(true)),
            ("SendMessage", Some(false)),
            ("DeleteTrail", Some(false)),
            ("ListFunctions20150331", Some(true)),
            ("AmazonMonitronApp:CreateSensor", Some(false)),
            ("Getaway", None),
            ("ConsoleLogin", None),
            ("", None),
        ] {
            assert_eq!(is_read(event), read, "{event}");
        }
    }

    proptest! {
        #[test]
        fn any_name_has_words(name in any::<String>()) {
            let _ = split(&words(&name));
        }
    }
}
