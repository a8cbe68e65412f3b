//! Who made a call: one canonical name for each actor, and the three questions that the
//! `userIdentity` reference of CloudTrail puts to every record.
//!
//! `type` decides; prefixes of ids are evidence only, because records, AWS's own samples among
//! them, break those prefixes.

mod answers;
mod principal;
mod who;

pub use answers::answers;
pub use principal::{HIDDEN_USER, IdentityFields, is_root, principal, principal_of};

/// Sources that mean a person at the console, not a service that calls.
const CONSOLE: [&str; 2] = ["signin.amazonaws.com", "console.amazonaws.com"];

/// Whether an address or an `invokedBy` names an AWS service, or one without a name.
#[must_use]
pub fn is_service(text: &str) -> bool {
    (text.ends_with(".amazonaws.com") || text.ends_with(".amazonaws.com.cn") || is_internal(text))
        && !CONSOLE.contains(&text)
}

/// Whether a text has the shape of an access key id. Words that stand where a key stood, such as `EXAMPLE`
/// or `***`, do not, and say nothing of who signed: many events have the same word.
#[must_use]
pub fn is_access_key(text: &str) -> bool {
    (16..=128).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
}

/// `AWS Internal` and `AWS Internal/3`: a service that AWS does not name.
fn is_internal(text: &str) -> bool {
    text.strip_prefix("AWS Internal").is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The name at the end of an ARN that matters: user, role (not its session), federated user, `root`.
fn name_in_arn(arn: &str) -> Option<&str> {
    let resource = arn.splitn(6, ':').nth(5)?;
    let (kind, rest) = resource.split_once('/').unwrap_or((resource, ""));
    let name = match kind {
        "root" => "root",
        "assumed-role" => rest.split('/').next()?,
        "user" | "role" | "federated-user" => rest.rsplit('/').next()?,
        _ => return None,
    };
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_the_place_of_a_key_are_no_keys() {
        for (text, expected) in [
            ("AKIAIOSFODNN7EXAMPLE", true),
            ("ASIAAAAAAAAAAAAAAAAA", true),
            ("EXAMPLE", false),
            ("***", false),
            ("REDACTED", false),
            ("HIDDEN_DUE_TO_SECURITY_REASONS", false),
            ("null", false),
            ("", false),
            ("asiaaaaaaaaaaaaaaaaa", false),
            ("ASIAÉÉÉÉÉÉÉÉÉÉÉÉ", false),
        ] {
            assert_eq!(is_access_key(text), expected, "{text}");
        }
    }
}
