//! What is always removed: secrets that nobody hid.
//!
//! The rules by key are applied at every depth, also inside JSON in strings. [`leaks`] adds what tells
//! by its shape alone.

use crate::json::{Document, Kind, Path, Step, Value};

/// A secret in a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Leak {
    /// The value, by [`Value::ordinal`].
    pub value: usize,
    /// Where it stands in the decoded text of the value, in bytes.
    pub span: (usize, usize),
}

impl Leak {
    /// A secret by its path, which may go on into JSON that the value holds in a string.
    #[must_use]
    pub fn at(document: &Document<'_>, path: &str, span: (u32, u32)) -> Option<Self> {
        let mut value = document.root();
        for step in Path::parse(path)?.0 {
            let next = match step {
                Step::Key(key) => value.get(&key),
                Step::Index(index) if value.kind() == Kind::Array => value.children().nth(index),
                _ => None,
            };
            match next {
                Some(next) => value = next,
                None => break,
            }
        }
        let span = (usize::try_from(span.0).ok()?, usize::try_from(span.1).ok()?);
        (value.kind() == Kind::String).then_some(Self { value: value.ordinal(), span })
    }
}

/// Keys, without case, `-` and `_`, whose values let somebody in.
const SECRETS: &str = "\
    password passwd passphrase secret secretkey secretaccesskey sessiontoken securitytoken \
    xamzsecuritytoken privatekey privatekeymaterial keymaterial authtoken accesstoken refreshtoken \
    idtoken apikey clientsecret masteruserpassword masterpassword newpassword oldpassword \
    secretstring secretbinary authorization authorizationtoken xamzsignature signingkey \
    connectionstring userdata bearertoken webidentitytoken samlassertion plaintext \
    temporarypassword serviceaccountpassword";

/// Whether what stands under a key is a secret.
pub fn is_secret_key(key: &str) -> bool {
    let key = super::places::folded(key);
    SECRETS.split(' ').any(|secret| secret == key)
        || key.ends_with("password")
        || key.ends_with("secretkey")
        || key.ends_with("privatekey")
}

/// Secrets that tell by themselves what they are: private keys, web tokens, tokens of sessions, and the
/// signatures of signed addresses.
#[must_use]
pub fn leaks(document: &Document<'_>) -> Vec<Leak> {
    let mut found = Vec::new();
    let mut open = vec![document.root()];
    while let Some(value) = open.pop() {
        match value.kind() {
            Kind::Object | Kind::Array => open.extend(value.children()),
            Kind::String => in_value(value, &mut found),
            _ => {}
        }
    }
    found
}

fn in_value(value: Value<'_>, found: &mut Vec<Leak>) {
    const STARTS: [&str; 6] = ["-----BEGIN ", "eyJ", "IQoJb3Jp", "FwoGZXIv", "FQoGZXIv", "Signature="];
    const SHORTEST: usize = 24;
    let text = match value.as_str() {
        Some(text) if text.len() >= SHORTEST => text,
        _ => return,
    };
    for start in STARTS {
        let mut from = 0;
        while let Some(at) =
            memchr::memmem::find(&text.as_bytes()[from..], start.as_bytes()).map(|at| from + at)
        {
            let end = end_of(&text, at, start);
            let before = at.checked_sub(1).is_some_and(|at| text.as_bytes()[at].is_ascii_alphanumeric());
            if end - at >= SHORTEST && !before {
                let begin = if start == "Signature=" { at + start.len() } else { at };
                found.push(Leak { value: value.ordinal(), span: (begin, end) });
            }
            from = end.max(at + start.len());
        }
    }
}

fn end_of(text: &str, at: usize, start: &str) -> usize {
    let rest = &text[at..];
    if start.starts_with('-') {
        // To the end of the block, or of the text where that is missing.
        let end =
            rest.find("-----END").and_then(|end| rest[end + 8..].find("-----").map(|more| end + 13 + more));
        return if rest.contains("PRIVATE KEY") { at + end.unwrap_or(rest.len()) } else { at };
    }
    let token = |c: char| c.is_ascii_alphanumeric() || "+/=._-%".contains(c);
    at + start.len() + rest[start.len()..].find(|c| !token(c)).unwrap_or(rest.len() - start.len())
}
