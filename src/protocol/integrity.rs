//! What the integrity check of the dropped files came to: for each log file, digest file and chain,
//! and for the whole.

use serde::{Deserialize, Serialize};

/// A SHA-256.
pub type Sha256Sum = [u8; 32];

/// What can be said, the most worrying first: the verdict of several things is the worst of theirs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum IntegrityVerdict {
    /// Its content is not what is listed or signed.
    Altered,
    /// It is listed and not in this set.
    Missing,
    /// No digest file speaks for an interval of time.
    Gap,
    /// It is there, and its bytes say nothing.
    Unreadable,
    /// Its content is what is listed, under another name or in another folder.
    Moved,
    /// It is signed, and the key is not in this set.
    KeyMissing,
    /// Its signature is not in this set.
    SignatureMissing,
    /// No digest file in this set lists it.
    NotCovered,
    /// It fits what else is in this set; no signature speaks for it.
    Consistent,
    /// A signature of AWS speaks for it.
    Authentic,
}

impl IntegrityVerdict {
    /// All of them, the most worrying first.
    pub const ALL: [Self; 10] = [
        Self::Altered,
        Self::Missing,
        Self::Gap,
        Self::Unreadable,
        Self::Moved,
        Self::KeyMissing,
        Self::SignatureMissing,
        Self::NotCovered,
        Self::Consistent,
        Self::Authentic,
    ];

    /// Its word in handles.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Altered => "altered",
            Self::Missing => "missing",
            Self::Gap => "gap",
            Self::Unreadable => "unreadable",
            Self::Moved => "moved",
            Self::KeyMissing => "key-missing",
            Self::SignatureMissing => "signature-missing",
            Self::NotCovered => "not-covered",
            Self::Consistent => "consistent",
            Self::Authentic => "authentic",
        }
    }

    /// What a reader is told.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::KeyMissing => "key missing",
            Self::SignatureMissing => "signature missing",
            Self::NotCovered => "not covered",
            other => other.name(),
        }
    }
}

/// What is said of one line of the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileIntegrity {
    /// The verdict.
    pub verdict: IntegrityVerdict,
    /// Why, in a sentence or two.
    pub evidence: String,
}

/// What a shard found of one file or archive entry, for the judge.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEvidence {
    /// The dropped file, in intake order.
    pub source: u32,
    /// See [`super::LedgerEntry::entry`].
    pub entry: u32,
    /// Its name, as in the ledger.
    pub name: String,
    /// SHA-256 of its uncompressed bytes; `None` where there are none.
    pub content: Option<Sha256Sum>,
    /// SHA-256 of its bytes as stored, where something may be signed over these.
    pub stored: Option<Sha256Sum>,
    /// Whether it is compressed.
    pub is_packed: bool,
    /// Whether it holds events, so that a digest file should list it.
    pub is_log: bool,
    /// Its uncompressed bytes, where they may be a digest file, keys or a signature.
    pub document: Option<Vec<u8>>,
}

/// All that one shard found, on its way to the shard that judges.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The check it is for.
    pub run: u32,
    /// Its files.
    pub files: Vec<FileEvidence>,
    /// Bytes it hashed.
    pub bytes: u64,
}

/// One line of the verdict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileVerdict {
    /// The dropped file, in intake order.
    pub source: u32,
    /// See [`super::LedgerEntry::entry`].
    pub entry: u32,
    /// What is said of it.
    pub integrity: FileIntegrity,
    /// SHA-256 of the bytes that were compared.
    pub sha256: Option<Sha256Sum>,
    /// Whether it is a digest file or a signature file.
    pub is_digest: bool,
}

/// A file that is listed and not in the set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingFile {
    /// Its S3 key.
    pub object: String,
    /// What lists it, and what is therefore missing.
    pub evidence: String,
}

/// Digest files that follow one another: those of one account, Region and trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainReport {
    /// `standard`, `backfill`, `Insight` or what else stands in the name; `Lake result` for saved results.
    pub kind: String,
    /// The account.
    pub account: String,
    /// The Region its log files are of.
    pub region: String,
    /// The name of the trail.
    pub trail: String,
    /// Its home Region.
    pub home_region: String,
    /// Start of the first and end of the last digest file, milliseconds since 1970 UTC.
    pub from_ms: i64,
    /// End of the last digest file.
    pub to_ms: i64,
    /// Digest files of it.
    pub digests: u64,
    /// Those that a signature speaks for.
    pub signed: u64,
    /// Log files they list.
    pub listed: u64,
    /// Intervals without a digest file, `from..to`.
    pub gaps: Vec<(i64, i64)>,
    /// Fingerprints of the keys that signed it.
    pub keys: Vec<String>,
    /// Whether all of these keys are in the set.
    pub has_keys: bool,
    /// The worst of all that it came to.
    pub verdict: IntegrityVerdict,
    /// What that means, in sentences.
    pub sentence: String,
}

/// A public key of the set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyReport {
    /// MD5 of its DER bytes, the name AWS gives it.
    pub fingerprint: String,
    /// Bits of its modulus.
    pub bits: u32,
    /// Valid from, milliseconds since 1970 UTC.
    pub from_ms: Option<i64>,
    /// Valid to.
    pub to_ms: Option<i64>,
    /// Signatures it verified.
    pub verified: u64,
    /// Why it is of no use, where it is not.
    pub trouble: Option<String>,
}

/// One hour or several in the calendar.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Coverage {
    /// No digest file and no log file.
    #[default]
    None,
    /// A signed digest file, and all is there.
    Authentic,
    /// A digest file that no signature speaks for.
    Consistent,
    /// Log files that no digest file lists.
    NotCovered,
    /// No digest file between two others.
    Gap,
    /// Listed log files that are not in the set.
    Missing,
    /// Altered log files or an altered digest file.
    Altered,
}

/// Where there is evidence, by account, Region and time.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calendar {
    /// Start of the first column, milliseconds since 1970 UTC.
    pub from_ms: i64,
    /// Length of a column, a whole number of hours in milliseconds.
    pub step_ms: i64,
    /// Account, Region and the cells, one for each column.
    pub rows: Vec<(String, String, Vec<Coverage>)>,
}

/// What the whole came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IntegrityReport {
    /// The check it is the answer to.
    pub run: u32,
    /// The worst of everything.
    pub verdict: IntegrityVerdict,
    /// What that means to somebody who is no cryptographer.
    pub sentence: String,
    /// What holds whatever the verdict.
    pub limit: String,
    /// How many there are of each verdict, in the order of [`IntegrityVerdict::ALL`].
    pub counts: [u64; 10],
    /// Log files, digest files and signature files, by source and entry.
    pub files: Vec<FileVerdict>,
    /// Listed and not there; the first of them where they are many.
    pub missing: Vec<MissingFile>,
    /// The chains, by account and Region.
    pub chains: Vec<ChainReport>,
    /// The keys.
    pub keys: Vec<KeyReport>,
    /// What else a reader must know.
    pub notes: Vec<String>,
    /// Where there is evidence.
    pub calendar: Calendar,
    /// Bytes that were hashed.
    pub bytes: u64,
}

impl IntegrityReport {
    /// How many there are of a verdict.
    #[must_use]
    pub fn count(&self, verdict: IntegrityVerdict) -> u64 {
        IntegrityVerdict::ALL.iter().position(|one| *one == verdict).map_or(0, |place| self.counts[place])
    }

    /// Digest files of all chains.
    #[must_use]
    pub fn digests(&self) -> u64 {
        self.chains.iter().map(|chain| chain.digests).sum()
    }
}
