//! The documents of a set that are no log files: which of them are of use, and what they are.

use memchr::memmem;

use super::encoding::unhex;
use super::keys::{self, ListedKey};
use super::name::{is_digest, is_lake_result};
use crate::json::Document as Json;

/// Documents up to this size are kept whole, in bytes. A digest file takes some 400 for each log file of
/// an hour.
pub const MOST_BYTES: usize = 32 << 20;

/// Texts that may be keys are much smaller, in bytes.
const MOST_KEY_BYTES: usize = 1 << 20;

/// What a document is.
pub enum Found {
    /// A digest file, to be read.
    Digest,
    /// Public keys.
    Keys(Vec<ListedKey>),
    /// The signature out of the metadata of an S3 object.
    Metadata(Vec<u8>),
    /// The signature file of a saved result of CloudTrail Lake.
    Lake,
    /// Nothing of use.
    Other,
}

/// Whether a file without events may be a document of use. It looks at the whole of small texts, so that
/// keys are found however they were pasted.
#[must_use]
pub fn may_be_document(name: &str, bytes: &[u8]) -> bool {
    let names = |word: &str| memmem::find(bytes, word.as_bytes()).is_some();
    if bytes.len() > MOST_BYTES || is_lake_result(name) {
        return false;
    }
    is_digest(name)
        || names("digestS3Object")
        || bytes.len() <= MOST_KEY_BYTES
            && (["ublicKeyList", "hashSignature", "signature\""].into_iter().any(names)
                || std::str::from_utf8(bytes).is_ok_and(keys::may_hold_keys))
}

/// Whether a document is a list of public keys.
#[must_use]
pub fn holds_keys(name: &str, bytes: &[u8]) -> bool {
    matches!(recognise(name, bytes), Found::Keys(keys) if !keys.is_empty())
}

/// Says what a document is.
pub fn recognise(name: &str, bytes: &[u8]) -> Found {
    let Ok(json) = Json::parse(bytes) else {
        let keys = std::str::from_utf8(bytes).map(keys::from_text).unwrap_or_default();
        return match keys.is_empty() {
            false => Found::Keys(keys),
            true if is_digest(name) => Found::Digest,
            true => Found::Other,
        };
    };
    let root = json.root();
    if root.get("digestS3Object").is_some() || is_digest(name) {
        return Found::Digest;
    }
    if root.get("hashSignature").is_some() {
        return Found::Lake;
    }
    let metadata = root.get_loose("Metadata").unwrap_or(root);
    let signature = metadata.children().find(|one| {
        // Behind S3's own prefix where headers were copied.
        one.key().trim_start_matches("x-amz-meta-").eq_ignore_ascii_case("signature")
    });
    if let Some(signature) = signature.and_then(|text| text.scalar()).and_then(|text| unhex(&text)) {
        return Found::Metadata(signature);
    }
    Found::Keys(keys::from_json(root))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn documents_are_recognised() {
        let check = |name: &str, text: &str, expected: &str| {
            let found = match recognise(name, text.as_bytes()) {
                Found::Digest => "digest".to_owned(),
                Found::Keys(keys) => format!("{} keys", keys.len()),
                Found::Metadata(signature) => format!("signature {signature:?}"),
                Found::Lake => "lake".to_owned(),
                Found::Other => "other".to_owned(),
            };
            assert_eq!(found, expected, "{text}");
            assert_eq!(
                may_be_document(name, text.as_bytes()),
                !["other", "0 keys"].contains(&expected),
                "{text}"
            );
        };
        check("x", "{\"digestS3Object\":\"y\"}", "digest");
        check("1_CloudTrail-Digest_r_t_h_20150817T150131Z.json.gz", "{", "digest");
        check("x", "{\"hashSignature\":\"y\"}", "lake");
        check(
            "x",
            "{\"Metadata\":{\"signature\":\"0aff\",\"signature-algorithm\":\"SHA256withRSA\"}}",
            "signature [10, 255]",
        );
        check("x", "{\"x-amz-meta-signature\":\"0a\"}", "signature [10]");
        check("x", "{\"a\":1}", "0 keys");
        check("x", "plain", "other");
    }

    proptest! {
        #[test]
        fn any_bytes_are_something(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,200}") {
            recognise("x", &bytes);
            recognise("x", text.as_bytes());
            let _ = may_be_document(&text, &bytes);
        }
    }
}
