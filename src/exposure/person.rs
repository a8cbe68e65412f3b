//! Names of people where AWS asks for the name of a session.

/// Whether a session's name reads like the name of a person: `john.doe`, `Mary_Major`. Two or three
/// words of letters; with a point in any case, else each with a capital first.
#[inline(never)]
pub(super) fn is_name(text: &str) -> bool {
    // Most names of sessions have digits in them.
    if text.bytes().any(|byte| !(byte.is_ascii_alphabetic() || matches!(byte, b'.' | b'_' | b' '))) {
        return false;
    }
    let by = if text.contains('.') { '.' } else { '_' };
    let mut words = 0;
    for word in text.split([by, ' ']) {
        let letters =
            word.len() >= 2 && word.len() <= 20 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let capital = word.starts_with(|c: char| c.is_ascii_uppercase());
        let small = word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase());
        if !letters
            || !small
            || !(capital || by == '.')
            || NO_NAMES.iter().any(|no| no.eq_ignore_ascii_case(word))
        {
            return false;
        }
        words += 1;
    }
    (2..=3).contains(&words)
}

/// Words of programs in names of sessions.
const NO_NAMES: [&str; 22] = [
    "access",
    "admin",
    "agent",
    "api",
    "app",
    "auto",
    "aws",
    "build",
    "com",
    "default",
    "deploy",
    "dev",
    "io",
    "org",
    "net",
    "prod",
    "role",
    "service",
    "session",
    "test",
    "user",
    "amazonaws",
];

/// The name of the session in `arn:aws:sts::…:assumed-role/role/session`.
pub(super) fn session_in_arn(arn: &str) -> Option<(usize, &str)> {
    let at = arn.find(":assumed-role/")?;
    let slash = arn.rfind('/').filter(|slash| *slash > at + 13)?;
    Some((slash + 1, arn.get(slash + 1..)?))
}

/// The name of the session in `AROA…:session`.
pub(super) fn session_in_id(id: &str) -> Option<(usize, &str)> {
    let colon = id.starts_with("AROA").then(|| id.find(':')).flatten()?;
    Some((colon + 1, id.get(colon + 1..)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_people_are_told_from_names_of_programs() {
        for name in ["john.doe", "John.Doe", "Mary_Major", "anna.maria.rossi", "Mary Major"] {
            assert!(is_name(name), "{name}");
        }
        for name in [
            "",
            ".",
            "john",
            "ci-deploy",
            "aws-go-sdk-1688",
            "i-0abc",
            "AutoScaling",
            "my_role",
            "bert-jan",
            "s3.role",
            "AWS_Config",
            "Deploy_Prod",
            "botocore-session-1688",
            "foo.service",
            "1.2",
            "a.b",
            "lambda.amazonaws.com",
        ] {
            assert!(!is_name(name), "{name}");
        }
        assert_eq!(session_in_arn("arn:aws:sts::1:assumed-role/r/s.t"), Some((30, "s.t")));
        assert_eq!(session_in_arn("arn:aws:iam::1:user/s.t"), None);
        assert_eq!(session_in_arn("arn:aws:sts::1:assumed-role/r"), None);
        assert_eq!(session_in_id("AROAX:me"), Some((6, "me")));
        assert_eq!(session_in_id("AIDAX:me"), None);
    }
}
