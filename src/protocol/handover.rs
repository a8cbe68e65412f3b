//! A hand-over: a copy of some events for somebody else, with what it must not tell taken out.

use serde::{Deserialize, Serialize};

use super::QuestionId;

/// What kind of value a pseudonym stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[repr(u8)]
pub enum Category {
    /// 12-digit account ids.
    Account,
    /// Access key ids, `AKIA…` and `ASIA…`.
    AccessKey,
    /// Users, their unique ids, and other principals.
    Principal,
    /// Role session names.
    Session,
    /// IP addresses.
    Address,
    /// Host names that are not AWS's own.
    Host,
    /// E-mail addresses.
    Email,
    /// Buckets, queues, roles, keys, instances and whatever else has a name.
    Resource,
    /// Request and event ids.
    Id,
    /// User agents.
    Agent,
    /// Error messages, policies, descriptions: replaced inside.
    Text,
    /// Secrets that were logged in clear. They are never handed over.
    Leaked,
}

impl Category {
    /// All of them, in the order the page lists them.
    pub const ALL: [Self; 12] = [
        Self::Account,
        Self::AccessKey,
        Self::Principal,
        Self::Session,
        Self::Address,
        Self::Host,
        Self::Email,
        Self::Resource,
        Self::Id,
        Self::Agent,
        Self::Text,
        Self::Leaked,
    ];

    /// Its label.
    #[must_use]
    pub fn label(self) -> &'static str {
        LABELS[self as usize]
    }

    /// The category with this number.
    #[must_use]
    pub fn by_number(number: u8) -> Option<Self> {
        Self::ALL.get(usize::from(number)).copied()
    }

    /// Its bit in a [`Categories`].
    #[must_use]
    pub fn bit(self) -> u16 {
        1 << self as u8
    }
}

const LABELS: [&str; 12] = [
    "Account ids",
    "Access key ids",
    "Principals and user names",
    "Session names",
    "IP addresses",
    "Host names",
    "E-mail addresses",
    "Resource names",
    "Request and event ids",
    "User agents",
    "Messages and policies",
    "Leaked values",
];

/// A set of categories: those that are taken out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Categories(pub u16);

impl Default for Categories {
    /// All of them: what is to stay must be chosen.
    fn default() -> Self {
        Self((1 << LABELS.len()) - 1)
    }
}

impl Categories {
    /// Whether a category is taken out. Leaked values always are.
    #[must_use]
    pub fn has(self, category: Category) -> bool {
        category == Category::Leaked || self.0 & category.bit() != 0
    }

    /// With the other choice for one category.
    #[must_use]
    pub fn toggled(self, category: Category) -> Self {
        Self(self.0 ^ category.bit())
    }
}

/// What becomes of times.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Times {
    /// They stay.
    #[default]
    Kept,
    /// All move by the same random number of whole days.
    Shifted,
    /// They are cut down to the hour.
    Coarsened,
}

/// The form of a hand-over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Format {
    /// `{"Records":[…]}`, as CloudTrail delivers it.
    Records,
    /// One record on each line.
    Lines,
    /// RFC 4180, with the whole record in the last column.
    Csv,
    /// Viewer and data in one file.
    Page,
}

impl Format {
    /// All of them, in the order the page offers them.
    pub const ALL: [Self; 4] = [Self::Page, Self::Records, Self::Lines, Self::Csv];

    /// `data-testid` of its button.
    #[must_use]
    pub fn handle(self) -> &'static str {
        match self {
            Self::Records => "export-records",
            Self::Lines => "export-ndjson",
            Self::Csv => "export-csv",
            Self::Page => "export-html",
        }
    }

    /// How its file's name ends.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            Self::Records => ".json.gz",
            Self::Lines => ".ndjson.gz",
            Self::Csv => ".csv",
            Self::Page => ".html",
        }
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Records | Self::Lines => "application/gzip",
            Self::Csv => "text/csv",
            Self::Page => "text/html",
        }
    }
}

/// The originals of a scope: what must not be in the copy.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Originals {
    /// Different values with the number of their category, sorted by value, each once.
    pub values: Vec<(String, u8)>,
    /// Hashes of the request and event ids, sorted: there are too many to carry them.
    pub ids: Vec<u64>,
    /// Words of AWS that stand in fields which stay: a name that is also one of them is not looked
    /// for in texts.
    pub words: Vec<String>,
}

/// How values are replaced: the same in every shard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cleaning {
    /// The key of this export, from the browser's random numbers.
    pub key: [u8; 32],
    /// What is taken out.
    pub removed: Categories,
    /// What becomes of times.
    pub times: Times,
    /// Values that stay though their category is taken out, sorted.
    pub kept: Vec<String>,
    /// Days that times move by, for [`Times::Shifted`].
    pub days: i32,
    /// The originals of all shards.
    pub originals: Originals,
}

impl Cleaning {
    /// Whether a value stays though its category is taken out. Leaked ones never do.
    #[must_use]
    pub fn keeps(&self, value: &str, category: Category) -> bool {
        category != Category::Leaked && self.kept.binary_search_by(|kept| kept.as_str().cmp(value)).is_ok()
    }
}

/// What a shard is asked for a hand-over. Numbers of jobs grow; an answer to an older job is dropped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HandOverRequest {
    /// Look through the records in scope: [`HandOverResponse::Collected`].
    Collect {
        /// The job.
        job: u32,
        /// The question whose matches are meant; `None`, all events.
        question: Option<QuestionId>,
    },
    /// Take this way of replacing for what follows.
    Clean {
        /// The job.
        job: u32,
        /// The way.
        cleaning: Box<Cleaning>,
    },
    /// Show what becomes of the n-th record in scope: [`HandOverResponse::Preview`].
    Preview {
        /// The job.
        job: u32,
        /// Its place among the records in scope of this shard.
        place: u32,
    },
    /// Write this shard's part: [`HandOverResponse::Written`], and the part itself beside it.
    Write {
        /// The job.
        job: u32,
        /// The form.
        format: Format,
        /// Whether it is the first part that holds anything.
        first: bool,
        /// Whether it is the last.
        last: bool,
    },
    /// Read the finished file, which comes beside it: [`HandOverResponse::Checked`].
    Check {
        /// The job.
        job: u32,
        /// Its form: that of a page is checked by its data block.
        format: Format,
        /// Further text of the file, for example the owner's note.
        beside: String,
    },
    /// Rewrite a text that is no record, for example the ledger: [`HandOverResponse::Text`].
    Text {
        /// The job.
        job: u32,
        /// The text.
        text: String,
    },
    /// Originals with their pseudonyms as CSV: [`HandOverResponse::Map`].
    Map {
        /// The job.
        job: u32,
    },
    /// Stop what is going on.
    Cancel,
}

/// What a shard says about a hand-over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HandOverResponse {
    /// How far the work is, in records.
    Progress {
        /// The job.
        job: u32,
        /// Records done.
        done: u64,
    },
    /// The originals in this shard's records in scope.
    Collected {
        /// The job.
        job: u32,
        /// Them.
        originals: Box<Originals>,
        /// Records in scope.
        events: u64,
        /// Their text, in bytes.
        bytes: u64,
        /// First and last time, milliseconds since 1970 UTC.
        span: Option<(i64, i64)>,
    },
    /// One record before and after.
    Preview {
        /// The job.
        job: u32,
        /// Its lines; `None` where it could not be read again.
        record: Option<Box<PreviewRecord>>,
    },
    /// This shard's part is written.
    Written {
        /// The job.
        job: u32,
        /// Records in it.
        events: u64,
        /// Values replaced, by category.
        replaced: Vec<u64>,
        /// Why it could not be written.
        problem: Option<String>,
    },
    /// The finished file has been read.
    Checked {
        /// The job.
        job: u32,
        /// Records in it.
        events: u64,
        /// Its text, in bytes.
        bytes: u64,
        /// How many originals were looked for.
        looked_for: u64,
        /// The originals found: category, where, and a piece of the text around it.
        found: Vec<Found>,
        /// SHA-256 of the file, in hex.
        digest: String,
    },
    /// A text without originals.
    Text {
        /// The job.
        job: u32,
        /// The text.
        text: String,
    },
    /// Originals with their pseudonyms.
    Map {
        /// The job.
        job: u32,
        /// RFC 4180, without a head line.
        csv: String,
    },
}

/// An original that was found in a finished file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The number of its category.
    pub category: u8,
    /// The value.
    pub value: String,
    /// How it stood there: `plain`, `URL-encoded`, `base64`.
    pub form: String,
    /// The record it was found in, counted from 1; 0 outside of records.
    pub record: u64,
}

/// One record before and after.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewRecord {
    /// `eventName`.
    pub name: String,
    /// Its lines, in the order of the text.
    pub lines: Vec<PreviewLine>,
    /// Lines that change.
    pub changed: u32,
}

/// One line of a [`PreviewRecord`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewLine {
    /// How deep, 0 for the members of the record.
    pub depth: u16,
    /// The key, or the index, before and after.
    pub keys: (String, String),
    /// The value, before and after; of an object or list how much is in it.
    pub values: (String, String),
    /// What became of it.
    pub fate: Fate,
}

/// What becomes of a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fate {
    /// It stays.
    #[default]
    Stays,
    /// It gets a pseudonym, or pseudonyms inside.
    Changes,
    /// It leaked, and is removed.
    Removed,
    /// AWS hid it.
    Hidden,
}
