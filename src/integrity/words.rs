//! What is found, for a reader who is no cryptographer.

use super::case::{Case, Listing};
use super::chain::{By, Check};
use super::digest::Digest;
use super::encoding::hex;
use crate::display::{grouped, shown, year_minute};
use crate::protocol::{IntegrityVerdict as Verdict, Sha256Sum};

/// A hash as far as a reader compares it: `3fd1…90ab`.
fn short(sum: &Sha256Sum) -> String {
    let hex = hex(sum);
    [&hex[..4], "…", &hex[hex.len() - 4..]].concat()
}

/// `the digest file of 10 Jul 2023 12:00`
pub fn digest_of(digest: &Digest) -> String {
    ["the digest file of ", &year_minute(digest.to_ms)].concat()
}

/// `1 file is`, `2 files are`.
fn some(count: u64, one: &str, many: &str) -> String {
    [grouped(count).as_str(), " ", if count == 1 { one } else { many }].concat()
}

pub fn signed(case: &Case, check: &Check, digest: &Digest) -> String {
    let place = match check.by {
        By::Next(next) => digest_of(&case.digests[next]),
        By::Metadata(number) => {
            let file = case.metadata.get(number).and_then(|(file, _)| case.files.get(*file));
            file.map(|file| shown(&file.name).into_owned()).unwrap_or_default()
        }
        By::Itself => "it".to_owned(),
    };
    ["The signature in ", &place, " is of this content, made with the key ", &digest.fingerprint, "."]
        .concat()
}

pub fn signature_fails(next: &Digest) -> String {
    ["The signature in ", &digest_of(next), " is not of this content."].concat()
}

pub fn metadata_fails(case: &Case) -> String {
    let file = case.metadata.first().and_then(|(file, _)| case.files.get(*file));
    let name = file.map(|file| shown(&file.name).into_owned()).unwrap_or_default();
    [
        "The signature in ",
        &name,
        " is not of this content: it was altered, or that is the signature of another file.",
    ]
    .concat()
}

pub fn link_broken(digest: &Digest, next: &Digest, named: Option<Sha256Sum>) -> String {
    let named = named.map(|sum| short(&sum)).unwrap_or_default();
    ["Its SHA-256 ", &short(&digest.sum), " is not the ", &named, " that ", &digest_of(next), " names."]
        .concat()
}

pub fn contradicts() -> String {
    "It names another hash of the digest file before it than that has, and a signature speaks for that one."
        .to_owned()
}

pub fn key_missing(digest: &Digest, why: &str) -> String {
    ["It is signed with the key ", &digest.fingerprint, ", which ", why, "."].concat()
}

pub fn linked(has_next: bool, any_key: bool) -> String {
    let why = match (has_next, any_key) {
        (true, false) => "Public keys would show whether its signature holds.",
        (true, true) => "Its signature can't be read.",
        (false, _) => "Its own signature is not in this set: it is in the metadata of its S3 object.",
    };
    ["It and the digest file beside it fit each other. ", why].concat()
}

pub fn signature_missing() -> String {
    "No other digest file in this set speaks of it, and its own signature is in the metadata of its S3 object.".to_owned()
}

pub fn log_fits(digest: &Digest, worth: Verdict) -> String {
    let lists = ["Its content is what ", &digest_of(digest), " lists"].concat();
    let and = match worth {
        Verdict::Authentic => ", and a signature of AWS speaks for that.",
        Verdict::KeyMissing => ". The key that signed that is missing.",
        _ => ". No signature in this set speaks for that.",
    };
    [&lists, and].concat()
}

pub fn log_altered(listing: &Listing, content: &Sha256Sum, digest: &Digest) -> String {
    let (own, listed) = (short(content), short(&listing.sum));
    ["Its SHA-256 ", &own, " is not the ", &listed, " that ", &digest_of(digest), " lists."].concat()
}

pub fn log_unreadable(digest: &Digest) -> String {
    [
        "No byte of it can be read. ",
        &digest_of(digest).replacen('t', "T", 1),
        " lists it with content: copy it again from the bucket.",
    ]
    .concat()
}

pub fn log_moved(listing: &Listing, digest: &Digest, object: &str) -> String {
    let delivered = if object.is_empty() { &listing.object } else { object };
    let name = if delivered.is_empty() { String::new() } else { [" as ", &shown(delivered)].concat() };
    ["Its content is what ", &digest_of(digest), " lists", &name, ". Here it stands elsewhere."].concat()
}

pub fn not_covered(only_altered: bool) -> String {
    let text = if only_altered {
        "Only an altered digest file lists it: that says nothing."
    } else {
        "No digest file in this set lists it."
    };
    text.to_owned()
}

/// What a verdict on the whole or on a chain means. `count` is how many things have it.
pub fn meaning(verdict: Verdict, count: u64, has_digests: bool) -> String {
    let text = match verdict {
        Verdict::Altered => some(count, "file is", "files are") + " not what was delivered and signed.",
        Verdict::Missing => {
            some(count, "file is", "files are")
                + " listed and not in this set. That alone does not prove that it was deleted."
        }
        Verdict::Gap => {
            let intervals = some(count, "interval", "intervals");
            ["For ", &intervals, " of time there is no digest file: what was delivered then is not known."]
                .concat()
        }
        Verdict::Unreadable => some(count, "file", "files") + " can't be read, so nothing is known of them.",
        Verdict::Moved => {
            some(count, "file has", "files have")
                + " the content that is listed, under another name or in another folder."
        }
        Verdict::KeyMissing => {
            some(count, "file is", "files are") + " signed with keys that are not in this set."
        }
        Verdict::SignatureMissing => [
            "For ",
            &some(count, "file", "files"),
            " neither a signature nor another digest file is in this set.",
        ]
        .concat(),
        Verdict::NotCovered if has_digests => {
            some(count, "log file is", "log files are") + " in no digest file: nothing is known of them."
        }
        Verdict::NotCovered => {
            "No digest file is in this set, so nothing can be said of whether log files were changed."
                .to_owned()
        }
        Verdict::Consistent => "Log files and digest files fit each other.".to_owned(),
        Verdict::Authentic => {
            "Every log file is what CloudTrail delivered: its hash stands in a digest file that AWS signed."
                .to_owned()
        }
    };
    // One thing is spoken of as one.
    if count == 1 { text.replace("of them.", "of it.") } else { text }
}

/// How far signatures go.
pub fn signatures(signed: u64, digests: u64, keys: usize, is_newest_unsigned: bool) -> String {
    if digests == 0 {
        return String::new();
    }
    if keys == 0 {
        return "No public key is in this set: whoever rewrote log files and digest files together would not be noticed. Add what aws cloudtrail list-public-keys prints.".to_owned();
    }
    if signed == digests {
        return [
            "Signatures hold for ",
            if digests == 1 { "the digest file." } else { "every digest file." },
        ]
        .concat();
    }
    let mut text = [
        "Signatures hold for ",
        &grouped(signed),
        " of ",
        &some(digests, "digest file", "digest files"),
        ". What only the others list could have been rewritten together with them.",
    ]
    .concat();
    if is_newest_unsigned {
        text.push_str(" The signature of the newest is in the metadata of its S3 object: add what aws s3api head-object prints.");
    }
    text
}

/// What holds whatever was found.
pub fn limit(chains: u64, to_ms: Option<i64>) -> String {
    let Some(to_ms) = to_ms else {
        return "Log files prove nothing about themselves: only digest files and their signatures do."
            .to_owned();
    };
    let after = year_minute(to_ms);
    let what = if chains > 1 {
        ["the last digest file of each chain, the newest of ", &after, " UTC"].concat()
    } else {
        [after.as_str(), " UTC"].concat()
    };
    [
        "A chain cut off at its newest end still looks whole, so this proves nothing about what came after ",
        &what,
        ". Keys are worth as much as the way they were fetched.",
    ]
    .concat()
}
