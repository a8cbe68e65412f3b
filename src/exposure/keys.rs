//! Which keys name a value that should not be in clear.

use crate::protocol::Confidence::{self, Certain, Likely, Possible};
use crate::protocol::ExposureKind::{self, *};

/// A key in lower case without `-`, `_` and spaces, a leading `*` standing for anything; what its
/// value is, and how sure that is.
type KeyRule = (&'static str, ExposureKind, Confidence);

const RULES: &[KeyRule] = &[
    ("sessiontoken", SessionToken, Certain),
    ("*securitytoken", SessionToken, Likely),
    ("*secretaccesskey", SecretKey, Certain),
    ("*secretkey", SecretKey, Likely),
    ("*privatekey", PrivateKey, Likely),
    ("keymaterial", PrivateKey, Likely),
    ("*password", Password, Likely),
    ("*passwd", Password, Likely),
    ("*passphrase", Password, Likely),
    ("pwd", Password, Likely),
    ("*apikey", ApiKey, Likely),
    ("*clientsecret", Secret, Likely),
    ("*sharedsecret", Secret, Likely),
    ("*appsecret", Secret, Likely),
    ("secretstring", Secret, Certain),
    ("secretbinary", Secret, Certain),
    ("secret", Secret, Possible),
    ("*authtoken", Secret, Likely),
    ("*accesstoken", Secret, Likely),
    ("*refreshtoken", Secret, Likely),
    ("idtoken", Secret, Likely),
    ("*webidentitytoken", Secret, Likely),
    ("*oauthtoken", Secret, Likely),
    ("*bearertoken", Secret, Likely),
    ("*apitoken", Secret, Likely),
    ("tokenvalue", Secret, Likely),
    ("samlassertion", Secret, Likely),
    ("authorization", Authorization, Certain),
    ("proxyauthorization", Authorization, Certain),
    ("xamzsignature", PresignedUrl, Likely),
    // Of Systems Manager: with the token that is hidden beside it, it opens a shell.
    ("streamurl", PresignedUrl, Possible),
    ("userdata", UserData, Certain),
    ("receipthandle", ReceiptHandle, Certain),
    ("sql", QueryText, Certain),
    ("sqls", QueryText, Certain),
    ("querystring", QueryText, Certain),
    ("querystatement", QueryText, Certain),
    ("input", Prompt, Certain),
    ("inputtext", Prompt, Certain),
    ("prompt", Prompt, Likely),
    ("*phonenumber", Phone, Likely),
    ("rolesessionname", PersonName, Possible),
    ("givenname", PersonName, Likely),
    ("familyname", PersonName, Likely),
];

/// Keys of objects and lists that hold environment variables.
const ENVIRONMENTS: [&str; 4] =
    ["environmentvariables", "environment", "runtimeenvironmentvariables", "envvars"];

/// Keys that sound like a secret and are none: page and retry tokens, names, versions, switches.
const NOISE: [&str; 12] = [
    "clienttoken",
    "clientrequesttoken",
    "continuationtoken",
    "creationtoken",
    "idempotencytoken",
    "locktoken",
    "nexttoken",
    "updatetoken",
    "httptokens",
    "secretid",
    "sessioncredentialfromconsole",
    "signatureversion",
];

/// A key of more bytes names nothing known here.
const LONGEST: usize = 48;

/// A key as the rules write it; `None` where it is longer than any.
#[inline(never)]
fn folded<'b>(key: &str, buffer: &'b mut [u8; LONGEST]) -> Option<&'b str> {
    let mut length = 0;
    for byte in key.bytes().filter(|byte| !matches!(byte, b'-' | b'_' | b' ')) {
        *buffer.get_mut(length)? = byte.to_ascii_lowercase();
        length += 1;
    }
    std::str::from_utf8(&buffer[..length]).ok()
}

fn fits(rule: &str, key: &str) -> bool {
    // Most rules are told apart by their last letter.
    rule.as_bytes().last() == key.as_bytes().last()
        && rule.strip_prefix('*').map_or(rule == key, |ending| key.ends_with(ending))
}

/// What the value of a key is, by the key alone.
#[inline(never)]
pub(super) fn kind_of(key: &str) -> Option<(ExposureKind, Confidence)> {
    let mut buffer = [0; LONGEST];
    let key = folded(key, &mut buffer)?;
    RULES.iter().find(|rule| fits(rule.0, key)).map(|rule| (rule.1, rule.2))
}

/// Whether a key sounds like a secret and is none.
#[inline(never)]
pub(super) fn is_noise(key: &str) -> bool {
    let mut buffer = [0; LONGEST];
    folded(key, &mut buffer).is_some_and(|key| NOISE.contains(&key) || key.starts_with("md5of"))
}

/// Whether what is under a key are environment variables.
#[inline(never)]
pub(super) fn is_environment(key: &str) -> bool {
    if !ends_like_one(key.as_bytes()) {
        return false;
    }
    let mut buffer = [0; LONGEST];
    folded(key, &mut buffer).is_some_and(|key| ENVIRONMENTS.contains(&key))
}

/// How many bits [`ENDINGS`] has.
const BITS: usize = 1 << 15;

/// A bit for the last three letters of a key and the two before, whatever their case. The factors
/// keep the endings of CloudTrail's own fields apart from those of the rules: a test says so.
#[inline(always)]
const fn bit(before: [u8; 2], [third, second, last]: [u8; 3]) -> usize {
    let three = (last & 31) as usize | ((second & 31) as usize) << 5 | ((third & 31) as usize) << 10;
    let two = (before[0] & 31) as usize | ((before[1] & 31) as usize) << 5;
    (three ^ two.wrapping_mul(41)) & (BITS - 1)
}

/// The endings of the keys of the rules, as a set of [`bit`]s that may hold others too.
static ENDINGS: [u32; BITS / 32] = {
    let mut table = [0; BITS / 32];
    let mut place = 0;
    while place < RULES.len() + ENVIRONMENTS.len() {
        let rule = if place < RULES.len() { RULES[place].0 } else { ENVIRONMENTS[place - RULES.len()] };
        let rule = rule.as_bytes();
        let end = rule.len();
        let three = [rule[end - 3], rule[end - 2], rule[end - 1]];
        let at = bit(if end < 5 { [0, 0] } else { [rule[end - 5], rule[end - 4]] }, three);
        table[at / 32] |= 1 << (at % 32);
        place += 1;
    }
    table
};

/// Whether a key as written, undecoded, may be one of the rules, by the letters it ends in.
#[inline(always)]
pub(super) fn ends_like_one(key: &[u8]) -> bool {
    let (before, three) = match *key {
        [.., fifth, fourth, third, second, last] => ([fifth, fourth], [third, second, last]),
        [.., third, second, last] => ([0, 0], [third, second, last]),
        _ => return false,
    };
    let at = bit(before, three);
    if is_parting(before[0]) || is_parting(before[1]) || is_parting(three[0]) {
        return parted_ends_like_one(key);
    }
    ENDINGS[at / 32] & 1 << (at % 32) != 0 && !is_frequent(key)
}

/// What stands between the words of a key.
const fn is_parting(byte: u8) -> bool {
    matches!(byte, b'-' | b'_' | b' ')
}

/// A key that many records have and that ends as a rule does: `value` of a tag, as in `tokenValue`.
fn is_frequent(key: &[u8]) -> bool {
    key == b"value"
}

/// The same for a key whose words are parted near its end.
#[cold]
fn parted_ends_like_one(key: &[u8]) -> bool {
    let mut last = [0; 5];
    let letters = key.iter().rev().filter(|byte| !is_parting(**byte));
    for (place, byte) in last.iter_mut().rev().zip(letters) {
        *place = *byte;
    }
    let [fifth, fourth, third, second, last] = last;
    let at = bit(if fifth == 0 { [0, 0] } else { [fifth, fourth] }, [third, second, last]);
    ENDINGS[at / 32] & 1 << (at % 32) != 0
}

/// Whether a key, decoded, may be one of the rules: a look at few of its letters.
pub(super) fn may_name_something(key: &str) -> bool {
    ends_like_one(key.as_bytes())
}

/// Whether a key as written names something after all.
pub(super) fn names_something(key: &[u8]) -> bool {
    // An escape could be any letter.
    std::str::from_utf8(key)
        .map_or(true, |key| key.contains('\\') || kind_of(key).is_some() || is_environment(key))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(key: &str, expected: Option<ExposureKind>) {
        let found = (!is_noise(key)).then(|| kind_of(key)).flatten().map(|(kind, _)| kind);
        assert_eq!(found, expected, "{key}");
        assert!(expected.is_none() || (ends_like_one(key.as_bytes()) && names_something(key.as_bytes())));
    }

    #[test]
    fn a_key_is_the_same_in_every_writing() {
        for key in ["sessionToken", "SessionToken", "session_token", "session-token", "SESSION_TOKEN"] {
            check(key, Some(SessionToken));
        }
        check("serviceAccountPassword", Some(Password));
        check("MASTER_USER_PASSWORD", Some(Password));
        check("X-Amz-Security-Token", Some(SessionToken));
        check("phoneNumber", Some(Phone));
        for key in ["x-api-key", "API_KEY", "role_session_name", "pwd", "sql"] {
            assert!(kind_of(key).is_some() && ends_like_one(key.as_bytes()), "{key}");
        }
        for key in [
            "eventName",
            "userName",
            "awsRegion",
            "eventVersion",
            "tlsVersion",
            "managementEvent",
            "userIdentity",
            "accountId",
            "arn",
            "type",
            "name",
            "key",
        ] {
            assert!(!ends_like_one(key.as_bytes()), "{key}");
        }
    }

    #[test]
    fn noise_is_no_secret() {
        for key in [
            "SignatureVersion",
            "secretId",
            "clientToken",
            "ClientRequestToken",
            "nextToken",
            "sessionCredentialFromConsole",
            "mD5OfMessageBody",
            "httpTokens",
            "mfaAuthenticated",
            "accessKeyId",
            "passwordResetRequired",
            "tokenType",
            "keyId",
            "",
            "k",
        ] {
            check(key, None);
        }
        check(&"password".repeat(9), None);
    }

    #[test]
    fn every_rule_is_reached() {
        for (rule, kind, _) in RULES {
            check(&rule.replace('*', ""), Some(*kind));
            check(&rule.replace('*', "My-"), Some(*kind));
        }
    }
}
