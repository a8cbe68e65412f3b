//! Public keys as people have them: what `aws cloudtrail list-public-keys` prints, in any of its
//! formats, PEM, or the bare base64.

use super::encoding::{base64_digit, unbase64};
use super::rsa::PublicKey;
use crate::event::time::parse_time_ms;
use crate::json::Value;

/// A digest file may be signed this long outside of the time a key is valid, in milliseconds: clocks
/// differ, and a digest file is signed some time after its end.
const TOLERANCE_MS: i64 = 2 * 3_600_000;

/// Keys of one text at most.
const MOST_KEYS: usize = 1_000;

/// DER of RSA keys begins so in base64: a sequence with a length of two bytes.
const DER_START: &str = "MI";

/// A key with what its list says of it.
#[derive(Default)]
pub struct ListedKey {
    /// The key, where it can be read and is what its fingerprint says.
    pub key: Option<PublicKey>,
    /// Its fingerprint, worked out or as listed.
    pub fingerprint: String,
    /// Valid from, milliseconds since 1970 UTC.
    pub from_ms: Option<i64>,
    /// Valid to.
    pub to_ms: Option<i64>,
    /// Why it is of no use.
    pub trouble: Option<String>,
}

impl ListedKey {
    fn new(value: &str, stated: Option<&str>, from_ms: Option<i64>, to_ms: Option<i64>) -> Self {
        let stated = stated.map(|text| text.trim().to_ascii_lowercase());
        let key = unbase64(value).and_then(|der| PublicKey::from_der(&der));
        let listed = Self { from_ms, to_ms, ..Self::default() };
        match (key, stated) {
            (None, stated) => Self {
                fingerprint: stated.unwrap_or_default(),
                trouble: Some("It is no RSA key that can be read.".to_owned()),
                ..listed
            },
            (Some(key), Some(stated)) if stated != key.fingerprint => {
                let trouble = [
                    "Its fingerprint is ",
                    &key.fingerprint,
                    ", not the one beside it: one of them is mistyped.",
                ];
                Self { fingerprint: stated, trouble: Some(trouble.concat()), ..listed }
            }
            (Some(key), _) => Self { fingerprint: key.fingerprint.clone(), key: Some(key), ..listed },
        }
    }

    /// Whether it was valid then.
    pub fn is_valid_at(&self, ms: i64) -> bool {
        self.from_ms.is_none_or(|from| ms >= from.saturating_sub(TOLERANCE_MS))
            && self.to_ms.is_none_or(|to| ms <= to.saturating_add(TOLERANCE_MS))
    }
}

/// The keys of an object with a `PublicKeyList`.
pub fn from_json(root: Value<'_>) -> Vec<ListedKey> {
    let Some(list) = root.get_loose("PublicKeyList") else { return Vec::new() };
    let key = |one: Value<'_>| {
        let text = |name: &str| one.get_loose(name).and_then(|value| value.scalar());
        let time = |name: &str| text(name).and_then(|text| time_ms(&text));
        let value: String = text("Value")?.split_ascii_whitespace().collect();
        let (from, to) = (time("ValidityStartTime"), time("ValidityEndTime"));
        Some(ListedKey::new(&value, text("Fingerprint").as_deref(), from, to))
    };
    list.children().take(MOST_KEYS).filter_map(key).collect()
}

/// The keys in a text: the CLI's text, table and YAML, PEM, or the value alone.
pub fn from_text(text: &str) -> Vec<ListedKey> {
    let mut keys = Vec::new();
    for block in text.split("-----BEGIN").skip(1) {
        let body = block.split_once("-----").map_or(block, |(_, rest)| rest);
        let body = body.split("-----END").next().unwrap_or(body);
        let value: String = body.split_ascii_whitespace().collect();
        keys.push(ListedKey::new(&value, None, None, None));
    }
    if keys.is_empty() {
        // Fingerprint and times stand on the line of the value, or on lines of their own before or behind it.
        let (mut stated, mut times) = (None, Vec::new());
        for line in text.lines() {
            for word in
                line.split(|sign: char| sign.is_ascii_whitespace() || matches!(sign, '|' | '"' | ',' | '\''))
            {
                if is_value(word) && keys.len() < MOST_KEYS {
                    keys.push(ListedKey::new(word, stated.take(), None, None));
                } else if word.len() == 32 && word.bytes().all(|byte| byte.is_ascii_hexdigit()) {
                    stated = Some(word);
                } else if let Some(ms) = time_ms(word) {
                    times.push(ms);
                }
            }
            // Only of a line that has it all is it clear whose times they are.
            if let (Some(key), [one, other]) = (keys.last_mut(), times.as_slice())
                && line.contains(DER_START)
            {
                (key.from_ms, key.to_ms) = (Some(*one.min(other)), Some(*one.max(other)));
            }
            times.clear();
        }
    }
    keys.retain(|key| key.key.is_some() || key.trouble.is_some());
    keys
}

/// Whether a word of a text is a key in base64.
fn is_value(word: &str) -> bool {
    word.len() > 150
        && word.starts_with(DER_START)
        && word.trim_end_matches('=').bytes().all(|sign| base64_digit(sign).is_some())
}

/// Whether a text may hold keys.
pub fn may_hold_keys(text: &str) -> bool {
    text.contains("PUBLIC KEY-----")
        || text
            .split(|sign: char| sign.is_ascii_whitespace() || matches!(sign, '|' | '"' | ',' | '\''))
            .any(is_value)
}

/// A time as the CLI and the SDKs print it: seconds since 1970, or ISO 8601.
fn time_ms(text: &str) -> Option<i64> {
    let seconds = text.split_once('.').map_or(text, |(whole, _)| whole);
    if seconds.len() >= 9 && seconds.len() <= 11 && seconds.bytes().all(|byte| byte.is_ascii_digit()) {
        return seconds.parse::<i64>().ok().map(|seconds| seconds * 1_000);
    }
    if text.len() < 19 {
        return None;
    }
    parse_time_ms(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Document;

    fn value(kind: &str) -> String {
        let all: serde_json::Value =
            serde_json::from_str(include_str!("../../tests/fixtures/integrity/openssl.json")).unwrap();
        all[kind].as_str().unwrap().to_owned()
    }

    fn check(keys: &[ListedKey], from: Option<i64>) {
        assert_eq!(keys.len(), 1);
        assert_eq!(keys[0].trouble, None);
        assert!(keys[0].key.is_some());
        assert_eq!(keys[0].from_ms, from);
    }

    #[test]
    fn json_of_the_cli_and_of_the_documentation() {
        for (list, time, entry) in [
            ("PublicKeyList", "1437436860.0", "ValidityStartTime"),
            ("publicKeyList", "\"1437436860\"", "validityStartTime"),
            ("PublicKeyList", "\"2015-07-21T00:01:00+00:00\"", "ValidityStartTime"),
        ] {
            let text = format!(
                "{{\"{list}\":[{{\"Value\":\"{}\",\"{entry}\":{time},\"Fingerprint\":\"{}\"}}]}}",
                value("pkcs1-2048"),
                value("fingerprint2048")
            );
            let document = Document::parse(text.as_bytes()).unwrap();
            check(&from_json(document.root()), Some(1_437_436_860_000));
        }
    }

    #[test]
    fn text_of_the_cli_and_pem() {
        let (key, print) = (value("pkcs1-2048"), value("fingerprint2048"));
        let line = format!("PUBLICKEYLIST\t{print}\t1440028860.0\t1437436860.0\t{key}\n");
        check(&from_text(&line), Some(1_437_436_860_000));
        check(&from_text(&format!("PublicKeyList:\n- Fingerprint: {print}\n  Value: {key}\n")), None);
        check(&from_text(&key), None);
        let spki = value("spki-2048");
        let (one, other) = spki.split_at(64);
        check(
            &from_text(&format!("-----BEGIN PUBLIC KEY-----\n{one}\n{other}\n-----END PUBLIC KEY-----\n")),
            None,
        );
        assert!(may_hold_keys(&line) && !may_hold_keys("MIND the gap"));
    }

    #[test]
    fn a_mistyped_key_is_refused() {
        let key = value("pkcs1-2048");
        let wrong = from_text(&format!("PUBLICKEYLIST {} {key}", "0".repeat(32)));
        assert!(wrong[0].key.is_none() && wrong[0].trouble.as_deref().unwrap().contains("mistyped"));
        let cut = from_text(&key[..200]);
        assert!(cut[0].key.is_none() && cut[0].trouble.is_some());
    }
}
