//! Masking on screen: dots in place of what leaked, and of what names an account, a person or a thing.

use std::borrow::Cow;

use crate::exposure;
use crate::sorting::sort_by;

/// What is masked on screen. It never touches the data.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Masking {
    /// Nothing.
    #[default]
    Off,
    /// What leaked.
    Exposures,
    /// What leaked, and identifiers: accounts, keys, ARNs, addresses, names of principals and resources.
    Identifiers,
}

impl Masking {
    /// The one after it, and from the last to the first.
    #[must_use]
    pub fn next(self) -> Self {
        match self {
            Self::Off => Self::Exposures,
            Self::Exposures => Self::Identifiers,
            Self::Identifiers => Self::Off,
        }
    }

    /// Its name in handles.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Exposures => "exposures",
            Self::Identifiers => "identifiers",
        }
    }

    /// On its button.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Off => "Mask: off",
            Self::Exposures => "Masking: leaked",
            Self::Identifiers => "Masking: leaked, ids",
        }
    }
}

/// What stands in place of a masked value: always the same, so that it does not tell a length.
pub const DOTS: &str = "••••••••";

/// A text as it is shown. `secrets` are values that only their place tells, as passwords.
#[must_use]
pub fn text<'t>(text: &'t str, masking: Masking, secrets: &[String]) -> Cow<'t, str> {
    replaced(text, Vec::new(), masking, secrets, |_| DOTS.to_owned())
}

/// A query with each masked byte as `*`, because places in it must stay; values of fields whose name
/// tells are masked too.
#[must_use]
pub fn query<'t>(text: &'t str, masking: Masking, secrets: &[String]) -> Cow<'t, str> {
    replaced(text, exposure::spans_in_query(text), masking, secrets, |bytes| "*".repeat(bytes))
}

fn replaced<'t>(
    text: &'t str,
    mut spans: Vec<(usize, usize)>,
    masking: Masking,
    secrets: &[String],
    with: fn(usize) -> String,
) -> Cow<'t, str> {
    if masking == Masking::Off || text.is_empty() {
        return Cow::Borrowed(text);
    }
    spans.extend(exposure::spans_in(text));
    for secret in secrets.iter().filter(|secret| !secret.is_empty()) {
        spans.extend(text.match_indices(secret.as_str()).map(|(at, _)| (at, at + secret.len())));
    }
    if masking == Masking::Identifiers {
        identifiers(text, &mut spans);
    }
    if spans.is_empty() {
        return Cow::Borrowed(text);
    }
    sort_by(&mut spans, |one, other| one.cmp(other));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (start, end) in spans {
        if start > at || at == 0 {
            out.push_str(text.get(at..start).unwrap_or_default());
            out.push_str(&with(end - start));
        }
        at = at.max(end);
    }
    out.push_str(text.get(at..).unwrap_or_default());
    Cow::Owned(out)
}

/// Accounts, keys, ids of principals, ARNs and addresses, by their shape.
fn identifiers(text: &str, spans: &mut Vec<(usize, usize)>) {
    let of_word = |byte: u8| byte.is_ascii_alphanumeric() || b"-_:/.@+*".contains(&byte);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        let length = bytes[at..].iter().take_while(|byte| of_word(**byte)).count();
        let word = text.get(at..at + length).unwrap_or_default();
        if word.starts_with("arn:") || is_address(word) {
            spans.push((at, at + length));
        } else if !is_uuid(word) {
            let mut from = at;
            for piece in word.split([':', '/']) {
                if is_address(piece) {
                    spans.push((from, from + piece.len()));
                } else {
                    ids_in(piece, from, spans);
                }
                from += piece.len() + 1;
            }
        }
        at += length.max(1);
    }
}

/// Accounts, keys and unique ids in a piece of a word that begins at `from`.
fn ids_in(piece: &str, mut from: usize, spans: &mut Vec<(usize, usize)>) {
    for part in piece.split(|c: char| !c.is_ascii_alphanumeric()) {
        if is_account(part) || is_unique_id(part) {
            spans.push((from, from + part.len()));
        }
        from += part.len() + 1;
    }
}

fn is_uuid(word: &str) -> bool {
    word.len() == 36 && word.bytes().filter(|byte| *byte == b'-').count() == 4
}

fn is_account(part: &str) -> bool {
    part.len() == 12 && part.bytes().all(|byte| byte.is_ascii_digit())
}

/// Access keys, roles, users: IAM User Guide, "IAM identifiers".
fn is_unique_id(part: &str) -> bool {
    let known = ["AKIA", "ASIA", "AROA", "AIDA", "AGPA", "ANPA", "AIPA", "ABIA", "ACCA"];
    part.len() >= 16
        && known.iter().any(|start| part.starts_with(start))
        && part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

fn is_address(word: &str) -> bool {
    let four = word.split('.').count() == 4 && word.split('.').all(|part| part.parse::<u8>().is_ok());
    let groups = word.split(':').count();
    let six = (3..=8).contains(&groups)
        && word.contains(':')
        && word.split(':').all(|part| part.len() <= 4 && part.bytes().all(|byte| byte.is_ascii_hexdigit()))
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && (groups == 8 || word.contains("::"));
    four || six
}

/// Whether what stands at a path is a secret, as far as its name tells.
#[must_use]
pub fn names_secret(path: &str) -> bool {
    !exposure::spans_in_query(&[path, ":aB3dE6gH9k"].concat()).is_empty()
}

/// Whether the value at a path names an account, a person or a thing.
#[must_use]
pub fn is_identifier(path: &str) -> bool {
    let key = path.rsplit('.').next().unwrap_or(path);
    let key = key.split('[').next().unwrap_or(key).to_ascii_lowercase();
    const ENDINGS: [&str; 10] = [
        "id",
        "arn",
        "username",
        "rolename",
        "sourceipaddress",
        "sessionname",
        "principal",
        "resource",
        "sourceidentity",
        "switchfrom",
    ];
    !["eventid", "requestid", "sharedeventid"].contains(&key.as_str())
        && ENDINGS.iter().any(|end| key.ends_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(input: &str, leaked: &str, ids: &str) {
        let secrets = ["hunter2".to_owned()];
        assert_eq!(text(input, Masking::Off, &secrets), input);
        assert_eq!(text(input, Masking::Exposures, &secrets).replace(DOTS, "…"), leaked);
        assert_eq!(text(input, Masking::Identifiers, &secrets).replace(DOTS, "…"), ids);
        assert_eq!(query(input, Masking::Identifiers, &secrets).len(), input.len());
    }

    #[test]
    fn a_path_tells_of_secrets() {
        for (path, secret) in [
            ("requestParameters.masterUserPassword", true),
            ("requestParameters.users.password", true),
            ("requestParameters.queueUrl", false),
            ("eventName", false),
        ] {
            assert_eq!(names_secret(path), secret, "{path}");
        }
    }

    #[test]
    fn what_leaked_and_what_identifies_is_replaced() {
        check("plain text", "plain text", "plain text");
        check("it is hunter2, hunter2", "it is …, …", "it is …, …");
        check("jane@example.com from 10.0.0.1", "… from 10.0.0.1", "… from …");
        check(
            "User: arn:aws:iam::111122223333:user/bob is",
            "User: arn:aws:iam::111122223333:user/bob is",
            "User: … is",
        );
        check("account 111122223333", "account 111122223333", "account …");
        check("AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE", "…");
        check("AROAEXAMPLEEXAMPLE12:jane.doe", "AROAEXAMPLEEXAMPLE12:…", "…:…");
        check("2001:db8::1", "2001:db8::1", "…");
        check("12:30:45", "12:30:45", "12:30:45");
        check("ip:10.0.0.1 a=10.0.0.1", "ip:10.0.0.1 a=10.0.0.1", "ip:… a=…");
        check("AWSLogs/111122223333/x", "AWSLogs/111122223333/x", "AWSLogs/…/x");
        let id = "00000000-0000-0000-0000-000000000001";
        check(id, id, id);
        check("", "", "");
    }

    #[test]
    fn a_query_keeps_its_places() {
        let masked = |text| query(text, Masking::Exposures, &[]).into_owned();
        assert_eq!(
            masked("requestParameters.password:abc service:sqs"),
            "requestParameters.password:*** service:sqs"
        );
        assert_eq!(masked("a.password:\"a b\" x"), "a.password:***** x");
        assert_eq!(masked("nextToken:abc"), "nextToken:abc");
    }

    #[test]
    fn paths_of_identifiers_are_known() {
        for path in [
            "userIdentity.arn",
            "resources[0].ARN",
            "userIdentity.accountId",
            "a.userName",
            "principal",
            "additionalEventData.SwitchFrom",
        ] {
            assert!(is_identifier(path), "{path}");
        }
        for path in ["eventID", "requestID", "eventName", "awsRegion", "readOnly"] {
            assert!(!is_identifier(path), "{path}");
        }
    }
}
