//! The ledger: what happened to each file. Nothing that was dropped is missing from it.

use serde::{Deserialize, Serialize};

use super::FileIntegrity;

/// How a file or an archive entry ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Outcome {
    /// Read to its end.
    Read,
    /// What could be read is shown; the reason says what is missing.
    Partial,
    /// Recognised, but it holds no events.
    Other,
    /// Nothing in it could be read.
    Failed,
}

impl Outcome {
    /// `data-outcome` of its line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Partial => "partial",
            Self::Other => "other",
            Self::Failed => "failed",
        }
    }

    /// What a reader is told.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Partial => "partly read",
            Self::Other => "no events",
            Self::Failed => "failed",
        }
    }
}

/// Why a file was not read, or not to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum NotRead {
    /// Reading was cancelled.
    Cancelled,
    /// The reader chose to read others.
    LeftOut,
    /// The memory of the tab is nearly used up.
    MemoryFull,
}

impl NotRead {
    /// How the reason in a line of the ledger begins.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Cancelled => "Reading was cancelled",
            Self::LeftOut => "Left out by choice",
            Self::MemoryFull => "Memory was nearly full",
        }
    }

    /// What would work.
    #[must_use]
    pub fn remedy(self) -> &'static str {
        match self {
            Self::Cancelled => "Drop it again.",
            Self::LeftOut => "Drop it to read it too.",
            Self::MemoryFull => "Clear, then drop fewer files.",
        }
    }
}

/// One line of the ledger.
///
/// `records = events + duplicates + rejected` holds for every line and for their sum, unless something is
/// lost between the reader and the table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerEntry {
    /// The dropped file, in intake order.
    pub source: u32,
    /// 0 for the dropped file itself, else the number of the entry in the archives that it is, in the
    /// order in which they stand there.
    pub entry: u32,
    /// Its path as dropped, with `/` between folders; an entry's name as written in its archive, behind
    /// the name of that and `/`.
    pub name: String,
    /// How it ended.
    pub outcome: Outcome,
    /// What it is, in two words: `log file`, `digest file`, `zip archive`.
    pub kind: String,
    /// Bytes as dropped, or as stored in the archive.
    pub size: u64,
    /// Bytes of text in it after unpacking everything; `None` where nothing was packed.
    pub inflated: Option<u64>,
    /// Records that the reader met in it, as it counted them, whatever became of them.
    pub counted: u64,
    /// Events of it that are shown.
    pub events: u64,
    /// Exact copies of events that are shown elsewhere.
    pub duplicates: u64,
    /// Records that could not be read.
    pub rejected: u64,
    /// First event time, milliseconds since 1970 UTC.
    pub first_ms: Option<i64>,
    /// Last event time.
    pub last_ms: Option<i64>,
    /// The account in its S3 key, if it has one.
    pub account: Option<String>,
    /// The Region in its S3 key, if it has one.
    pub region: Option<String>,
    /// What went wrong and where, in a sentence; `None` where nothing did.
    pub reason: Option<String>,
    /// What would work, in a sentence.
    pub remedy: Option<String>,
    /// Whether it is what was delivered, once that has been checked. The page fills it in.
    pub integrity: Option<FileIntegrity>,
}

impl LedgerEntry {
    /// Records the file held, whatever became of them: counted where they are read, not added up.
    #[must_use]
    pub fn records(&self) -> u64 {
        self.counted
    }
}
