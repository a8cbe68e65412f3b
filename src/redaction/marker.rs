//! The markers that stand in place of a value, in one decoded text.

use crate::protocol::Hidden;

/// Texts that stand for a whole value, compared without ASCII case and surrounding white space.
///
/// `REDACTED` and its like are no markers of AWS: people write them after the export; see [`is_scrubbed`].
pub(super) const TOKENS: [&str; 6] = [
    "HIDDEN_DUE_TO_SECURITY_REASONS",
    "HIDDEN_FOR_SECURITY_REASONS",
    "Value hidden due to security reasons.",
    "Value hidden due to security reasons",
    "<sensitiveDataRemoved>",
    "***OMITTED***",
];

/// Whether a decoded text is a marker and nothing else.
#[must_use]
#[inline(never)]
pub fn is_marker(text: &str) -> bool {
    let whole = text.trim_ascii();
    matches!(whole.as_bytes().first(), Some(b'H' | b'h' | b'V' | b'v' | b'<' | b'*'))
        && (is_token(whole) || is_mask(whole))
}

/// Where markers stand in `text`, as byte ranges with what they say, in order.
pub(super) fn spans(text: &str) -> Vec<(usize, usize, Hidden)> {
    let whole = text.trim_ascii();
    let class = if is_marker(whole) {
        Hidden::Masked
    } else if is_scrubbed(whole) {
        Hidden::Scrubbed
    } else {
        let mut found = Vec::new();
        embedded(text, &mut found);
        scrubbed_within(text, &mut found);
        return found;
    };
    let start = text.len() - text.trim_ascii_start().len();
    vec![(start, start + whole.len(), class)]
}

/// Whether CloudTrail says here why it left out a part of a record: `requestParameters too large`.
pub(super) fn is_cut(text: &str) -> bool {
    text.strip_suffix(" too large").is_some_and(|field| {
        !field.is_empty() && field.len() <= 40 && field.bytes().all(|byte| byte.is_ascii_alphanumeric())
    })
}

/// Whether a decoded text is what people and their tools put in place of a value after the export.
#[must_use]
#[inline(never)]
pub fn is_scrubbed(text: &str) -> bool {
    let text = text.trim_ascii();
    let starts =
        |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || b"_<>[](){}*".contains(byte);
    if !text.as_bytes().first().is_some_and(starts) {
        return false;
    }
    let around = |bytes: &[u8]| bytes.iter().take_while(|byte| b"<>[](){}*".contains(byte)).count();
    let start = around(text.as_bytes());
    let end = text.bytes().rev().take_while(|byte| b"<>[](){}*".contains(byte)).count();
    let word = text.get(start..text.len() - end).unwrap_or_default();
    let crossed = word.len() >= 8 && word.bytes().all(|byte| byte == b'X');
    word == SCRUBBED
        || (word.len() < 64 && is_scrubbed_name(word))
        || crossed
        || text.trim_ascii() == "<redacted>"
}

const SCRUBBED: &str = "REDACTED";

/// `AWS_ACCOUNT_ID_REDACTED`: capitals that end in the word, or begin with it.
fn is_scrubbed_name(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_')
        && (word.ends_with("_REDACTED") || word.starts_with("REDACTED_"))
}

/// Scrubbed parts of a longer text: `arn:aws:iam::[AWS_ACCOUNT_ID_REDACTED]:user/me`, `ASIAXXXXXXXXXXXX`.
fn scrubbed_within(text: &str, spans: &mut Vec<(usize, usize, Hidden)>) {
    if !may_be_scrubbed(text.as_bytes()) {
        return;
    }
    let bytes = text.as_bytes();
    let part = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
    let mut at = 0;
    while at < bytes.len() {
        if !part(bytes[at]) {
            at += 1;
            continue;
        }
        let end = at + bytes[at..].iter().take_while(|byte| part(**byte)).count();
        let word = text.get(at..end).unwrap_or_default();
        let (before, after) = (at.checked_sub(1).map(|at| bytes[at]), bytes.get(end).copied());
        let bounded = |byte: Option<u8>| byte.is_none_or(|byte| b":/[]<>,;=\"'".contains(&byte));
        if bounded(before)
            && bounded(after)
            && word.len() < 64
            && (word == SCRUBBED || is_scrubbed_name(word))
        {
            let brackets = usize::from(
                before == Some(b'[') && after == Some(b']') || before == Some(b'<') && after == Some(b'>'),
            );
            spans.push((at - brackets, end + brackets, Hidden::Scrubbed));
        } else if let Some(run) = run_of_x(word) {
            spans.push((at + run.0, at + run.1, Hidden::Scrubbed));
        }
        at = end;
    }
}

/// Whether scrubbed parts may stand in a text, as written or decoded: what is scrubbed inside a longer
/// text is in capitals.
///
/// It runs over every record. Both words have eight letters, so wherever one stands, one of its letters
/// is at a place that eight divides: only those are looked at.
#[must_use]
pub fn may_be_scrubbed(text: &[u8]) -> bool {
    // The places that eight divides, counted from 1.
    let mut at = 7;
    for eight in text.as_chunks::<8>().0 {
        if IN_SCRUBBED[usize::from(eight[7])] && is_scrubbed_around(text, at) {
            return true;
        }
        at += 8;
    }
    false
}

/// The letters of [`SCRUBBED`] and of a run of `X`.
const IN_SCRUBBED: [bool; 256] = {
    let mut table = [false; 256];
    table[b'X' as usize] = true;
    let mut at = 0;
    while at < SCRUBBED.len() {
        table[SCRUBBED.as_bytes()[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether one of the words stands at one of the places that this one, the eighth or later, belongs to.
fn is_scrubbed_around(text: &[u8], at: usize) -> bool {
    let among = |place: usize| text.get(place).is_some_and(|byte| IN_SCRUBBED[usize::from(*byte)]);
    // Most such letters stand alone.
    if !among(at - 1) && !among(at + 1) {
        return false;
    }
    let around = text.get(at.saturating_sub(7)..text.len().min(at + 8)).unwrap_or_default();
    around.windows(8).any(|word| word == SCRUBBED.as_bytes() || word == b"XXXXXXXX")
}

/// Eight `X` and more at the end or the start of a word. Fewer stand in ids as they are.
fn run_of_x(word: &str) -> Option<(usize, usize)> {
    let rest = word.trim_end_matches('X').len();
    let lead = word.len() - word.trim_start_matches('X').len();
    if word.len() - rest >= 8 {
        return Some((rest, word.len()));
    }
    (lead >= 8).then_some((0, lead))
}

fn is_token(text: &str) -> bool {
    TOKENS.iter().any(|token| token.eq_ignore_ascii_case(text))
}

/// Three asterisks and more. One or two are ordinary values: a policy's principal, a prefix.
fn is_mask(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|byte| byte == b'*')
}

/// Masks with a word behind them inside a longer text, as in DynamoDB's PartiQL statements:
/// `… SET Price = ***(Redacted) WHERE …`.
fn embedded(text: &str, spans: &mut Vec<(usize, usize, Hidden)>) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'*', &bytes[at..]) {
        let start = at + found;
        let run = bytes[start..].iter().take_while(|byte| **byte == b'*').count();
        at = start + run;
        if run < 3 || bytes.get(at) != Some(&b'(') {
            continue;
        }
        let word = bytes[at + 1..].iter().take_while(|b| b.is_ascii_alphabetic() || **b == b' ').count();
        let close = at + 1 + word;
        if word > 0 && bytes.get(close) == Some(&b')') {
            spans.push((start, close + 1, Hidden::PartlyMasked));
            at = close + 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = spans(text)
            .into_iter()
            .filter(|span| span.2 != Hidden::Scrubbed)
            .map(|(start, end, _)| &text[start..end])
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn finds_what_aws_writes() {
        check("HIDDEN_DUE_TO_SECURITY_REASONS", &["HIDDEN_DUE_TO_SECURITY_REASONS"]);
        check("Hidden_For_Security_Reasons", &["Hidden_For_Security_Reasons"]);
        check("Value hidden due to security reasons.", &["Value hidden due to security reasons."]);
        check(" value hidden due to security reasons\n", &["value hidden due to security reasons"]);
        check("<sensitiveDataRemoved>", &["<sensitiveDataRemoved>"]);
        check("***OMITTED***", &["***OMITTED***"]);
        for mask in ["***", "****", "**********"] {
            check(mask, &[mask]);
        }
        check(
            "UPDATE \"t\" SET a=***(Redacted), b=***(Redacted) WHERE k='x'",
            &["***(Redacted)", "***(Redacted)"],
        );
    }

    #[test]
    fn what_people_scrubbed_is_told_apart() {
        let check = |text: &str, expected: &[&str]| {
            let found = spans(text);
            assert!(found.iter().all(|span| span.2 == Hidden::Scrubbed), "{text:?}");
            let found: Vec<&str> = found.iter().map(|span| &text[span.0..span.1]).collect();
            assert_eq!(found, expected, "{text:?}");
        };
        for whole in ["REDACTED", "<redacted>", "[REDACTED]", "AWS_ACCESS_KEY_ID_REDACTED", "XXXXXXXXXXXX"] {
            check(whole, &[whole]);
        }
        check("arn:aws:iam::[AWS_ACCOUNT_ID_REDACTED]:user/me", &["[AWS_ACCOUNT_ID_REDACTED]"]);
        check("arn:aws:iam::REDACTED:user/me", &["REDACTED"]);
        check("ASIAXXXXXXXXXXXX", &["XXXXXXXXXXXX"]);
        for quiet in [
            "redacted",
            "6WQWT1XXXX4JVDEN",
            "AROAIZCYMDBM4SJU6XXXX:ryan",
            "redacted@example.com",
            "REDACTED.pdf",
            "redacted-file.txt",
            "s3://bucket/confidential",
            "XXXX",
            "not REDACTED here",
        ] {
            check(quiet, &[]);
        }
    }

    #[test]
    fn passes_over_what_only_looks_like_it() {
        for text in [
            "",
            "*",
            "**",
            "arn:aws:s3:::bucket/***",
            "* * *",
            "***(",
            "***()",
            "***(1)",
            "**(Redacted)",
            "s3:Get*",
            "6WQWT1XXXX4JVDEN",
            "sensitive-file.txt",
            "confidential/file.pdf",
            "it was HIDDEN_DUE_TO_SECURITY_REASONS",
        ] {
            check(text, &[]);
        }
    }

    #[test]
    fn scrubbed_words_are_seen_at_every_place() {
        for word in ["REDACTED", "XXXXXXXX", "REDACTE", "XXXXXXX", "REDACTXX", "DETCADER"] {
            for before in 0..20 {
                for after in 0..10 {
                    let text = format!("{}{word}{}", "RA".repeat(10).split_at(before).0, "T".repeat(after));
                    let expected = text.contains("REDACTED") || text.contains("XXXXXXXX");
                    assert_eq!(may_be_scrubbed(text.as_bytes()), expected, "{text}");
                }
            }
        }
    }
}
