//! Saved results of CloudTrail Lake: `result_sign.json` signs the hashes of the compressed files
//! (AWS: "Validate CloudTrail Lake saved query results").

use super::encoding::{sha256, unhex};
use super::sum::Sum;
use crate::json::Document;
use crate::protocol::Sha256Sum;

/// A signature file.
pub struct LakeSignature {
    /// Its place among the files of the case.
    pub file: usize,
    pub fingerprint: String,
    /// When the query was done, as written.
    pub done: String,
    pub signature: Vec<u8>,
    /// SHA-256 of what is signed.
    pub signed_sum: Sha256Sum,
    /// Names and hashes of the result files.
    pub results: Vec<(String, Option<Sha256Sum>)>,
}

impl LakeSignature {
    /// Reads one.
    ///
    /// # Errors
    /// Says, in a sentence, why it is none that can be used.
    pub fn read(file: usize, text: &[u8]) -> Result<Self, String> {
        let document = Document::parse(text).map_err(|_| "It is no whole JSON.".to_owned())?;
        let root = document.root();
        let needed = |key: &str| {
            let text = root.text_at(&[key]).map(|text| text.into_owned());
            text.ok_or_else(|| ["It has no ", key, "."].concat())
        };
        let (mut hashes, mut results) = (Vec::new(), Vec::new());
        for one in root.get("files").into_iter().flat_map(|list| list.children()) {
            let hash = one.text_at(&["fileHashValue"]).unwrap_or_default().into_owned();
            let name = one.text_at(&["fileName"]).unwrap_or_default().into_owned();
            results.push((name, sha256(&hash).map(|(sum, _)| sum)));
            hashes.push(hash);
        }
        let signature = unhex(&needed("hashSignature")?).ok_or("Its signature is no hex.")?;
        Ok(Self {
            file,
            fingerprint: needed("publicKeyFingerprint")?.to_ascii_lowercase(),
            done: needed("queryCompleteTime").unwrap_or_default(),
            signature,
            signed_sum: Sum::of(hashes.join(" ").as_bytes()),
            results,
        })
    }
}
