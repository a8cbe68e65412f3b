//! Saved results of CloudTrail Lake: `result_sign.json` signs the hashes of the compressed files
//! (AWS: "Validate CloudTrail Lake saved query results").

use super::chain::Signed;
use super::encoding::{sha256, unhex};
use super::judge::Work;
use super::name::{folder, is_lake_result};
use super::sum::Sum;
use super::words;
use crate::event::time::parse_time_ms;
use crate::ingest::origin;
use crate::json::Document;
use crate::protocol::{ChainReport, IntegrityVerdict as Verdict, MissingFile, Sha256Sum};

/// What the kind of a saved result is called among chains.
pub const LAKE: &str = "Lake result";

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

impl Work<'_> {
    fn lake_holds(&self, place: usize) -> Result<bool, &'static str> {
        let mut checks = self.case.checks.iter().filter(|check| check.of == Signed::Lake(place));
        match checks.next() {
            Some(check) => Ok(check.holds),
            None => Err(self
                .case
                .key_for(&self.case.lake[place].fingerprint, None)
                .err()
                .unwrap_or("can't be read")),
        }
    }

    /// Judges signature files and what they list.
    pub(super) fn lake_files(&mut self) {
        let case = self.case;
        for (place, lake) in case.lake.iter().enumerate() {
            let holds = self.lake_holds(place);
            let (verdict, evidence) = match holds {
                Ok(true) => (
                    Verdict::Authentic,
                    ["Its signature holds, made with the key ", &lake.fingerprint, "."].concat(),
                ),
                Ok(false) => {
                    (Verdict::Altered, "Its signature is not of the hashes that it lists.".to_owned())
                }
                Err(why) => (
                    Verdict::KeyMissing,
                    ["It is signed with the key ", &lake.fingerprint, ", which ", why, "."].concat(),
                ),
            };
            self.say(lake.file, verdict, evidence, true);
            for (name, sum) in &lake.results {
                let result = self.lake_result(lake, name, sum.as_ref(), verdict);
                match result {
                    Some((file, verdict, evidence)) => {
                        self.say(file, verdict, evidence, false);
                    }
                    None => {
                        let evidence = "A result of CloudTrail Lake. Its signature file lists it.".to_owned();
                        self.missing.push(MissingFile { object: name.clone(), evidence });
                    }
                }
            }
        }
    }

    /// The file that a signature file lists, and what is to be said of it.
    fn lake_result(
        &self,
        lake: &LakeSignature,
        name: &str,
        sum: Option<&Sha256Sum>,
        worth: Verdict,
    ) -> Option<(usize, Verdict, String)> {
        let case = self.case;
        let beside = folder(&case.files[lake.file].name);
        let place =
            case.named(name).iter().copied().find(|&place| folder(&case.files[place].name) == beside)?;
        let file = &case.files[place];
        if !is_lake_result(&file.name) || !file.is_packed {
            let evidence = "It was unpacked on its way here, and the signature is over the compressed file.";
            return Some((place, Verdict::NotCovered, evidence.to_owned()));
        }
        Some(match (file.stored.as_ref() == sum && sum.is_some(), worth) {
            (_, Verdict::Altered) => {
                (place, Verdict::NotCovered, "Its signature file was altered: that says nothing.".to_owned())
            }
            (false, _) => (
                place,
                Verdict::Altered,
                "Its SHA-256 is not the one that its signature file lists.".to_owned(),
            ),
            (true, Verdict::Authentic) => {
                (place, worth, "Its signature file lists this content, and its signature holds.".to_owned())
            }
            (true, _) => (
                place,
                Verdict::Consistent,
                "Its signature file lists this content. The key that signed that is missing.".to_owned(),
            ),
        })
    }

    /// Signature files, each as a chain of its own.
    pub(super) fn lake_chains(&self) -> Vec<ChainReport> {
        let of = |(place, lake): (usize, &LakeSignature)| {
            let (account, region) = origin(&self.case.files[lake.file].name);
            let done = parse_time_ms(&lake.done).unwrap_or_default();
            let holds = self.lake_holds(place);
            let verdict = match holds {
                Ok(true) => Verdict::Authentic,
                Ok(false) => Verdict::Altered,
                Err(_) => Verdict::KeyMissing,
            };
            ChainReport {
                kind: LAKE.to_owned(),
                account: account.unwrap_or_default(),
                region: region.unwrap_or_default(),
                trail: String::new(),
                home_region: String::new(),
                from_ms: done,
                to_ms: done,
                digests: 1,
                signed: u64::from(verdict == Verdict::Authentic),
                listed: lake.results.len() as u64,
                gaps: Vec::new(),
                keys: vec![lake.fingerprint.clone()],
                has_keys: holds.is_ok(),
                verdict,
                sentence: words::meaning(verdict, 1, true),
            }
        };
        self.case.lake.iter().enumerate().map(of).collect()
    }
}
