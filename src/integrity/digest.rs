//! One digest file: what it says of itself, of the one before it and of log files.

use super::encoding::{hex, sha256, unhex};
use super::name::ChainName;
use super::sum::Sum;
use crate::event::time::parse_time_ms;
use crate::json::{Document, Kind, Value};
use crate::protocol::Sha256Sum;

/// A digest file.
#[derive(Default)]
pub struct Digest {
    /// Its place among the files of the case.
    pub file: usize,
    /// SHA-256 of its bytes.
    pub sum: Sha256Sum,
    pub chain: ChainName,
    pub bucket: String,
    pub object: String,
    pub from_ms: i64,
    pub to_ms: i64,
    /// `digestEndTime` as written: it is signed so.
    end: String,
    pub fingerprint: String,
    /// `None` for the first of a chain.
    pub previous: Option<Previous>,
    /// `previousDigestSignature` as written.
    previous_signature: Option<String>,
    /// Log files it lists.
    pub listed: u64,
    /// Of these, how many are not in the set.
    pub missing: u64,
}

/// The digest file before another.
pub struct Previous {
    pub bucket: String,
    pub object: String,
    /// The hash it must have.
    pub sum: Option<Sha256Sum>,
    /// Its signature.
    pub signature: Option<Vec<u8>>,
}

/// A log file as a digest file lists it.
pub struct ListedLog {
    pub object: String,
    /// The hash it must have; `None` where none can be read.
    pub sum: Option<Sha256Sum>,
    /// Whether zeros had to be put in front of the hash.
    pub is_padded: bool,
}

impl Digest {
    /// Reads a digest file: itself, and the log files it lists.
    ///
    /// # Errors
    /// Says, in a sentence, why it is none that can be used.
    pub fn read(text: &[u8]) -> Result<(Self, Vec<ListedLog>), String> {
        let document = Document::parse(text).map_err(|_| "It is no whole JSON.".to_owned())?;
        let root = document.root();
        let text = |key: &str| root.text_at(&[key]).map(|text| text.into_owned());
        let needed = |key: &str| text(key).ok_or_else(|| ["It has no ", key, "."].concat());
        let time = |key: &str| {
            let written = needed(key)?;
            let ms = parse_time_ms(&written).ok_or_else(|| [key, " can't be read."].concat())?;
            Ok::<_, String>((written, ms))
        };
        let (object, bucket) = (needed("digestS3Object")?, needed("digestS3Bucket")?);
        let (end, to_ms) = time("digestEndTime")?;
        let (_, from_ms) = time("digestStartTime")?;
        let algorithm = text("digestSignatureAlgorithm");
        if algorithm.as_deref().is_some_and(|name| name != "SHA256withRSA") {
            return Err("It is signed in a way that is not known here.".to_owned());
        }
        let previous_signature = text("previousDigestSignature");
        let previous = text("previousDigestS3Object").map(|object| Previous {
            object,
            bucket: text("previousDigestS3Bucket").unwrap_or_default(),
            sum: text("previousDigestHashValue").and_then(|hash| sha256(&hash)).map(|(sum, _)| sum),
            signature: previous_signature.as_deref().and_then(unhex),
        });
        let list = root.get("logFiles").filter(|list| list.kind() == Kind::Array);
        let logs: Vec<ListedLog> =
            list.into_iter().flat_map(|list| list.children()).map(listed_log).collect();
        let digest = Self {
            chain: ChainName::of(&object),
            fingerprint: needed("digestPublicKeyFingerprint")?.to_ascii_lowercase(),
            bucket,
            object,
            from_ms,
            to_ms,
            end,
            previous,
            previous_signature,
            listed: logs.len() as u64,
            ..Self::default()
        };
        Ok((digest, logs))
    }

    /// The SHA-256 of what is signed: end, place, hash and the signature before, each on its line
    /// (AWS: "Custom implementations of CloudTrail log file integrity validation").
    pub fn signed_sum(&self) -> Sha256Sum {
        let signature = self.previous_signature.as_deref().unwrap_or("null");
        let text = [&self.end, "\n", &self.bucket, "/", &self.object, "\n", &hex(&self.sum), "\n", signature];
        Sum::of(text.concat().as_bytes())
    }
}

fn listed_log(one: Value<'_>) -> ListedLog {
    let found = one.text_at(&["hashValue"]).and_then(|hash| sha256(&hash));
    ListedLog {
        object: one.text_at(&["s3Object"]).unwrap_or_default().into_owned(),
        sum: found.map(|(sum, _)| sum),
        is_padded: found.is_some_and(|(_, padded)| padded),
    }
}
