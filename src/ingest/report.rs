//! How a file ended, in figures and in sentences.

mod sentences;

use super::findings::Findings;
use super::kind::{self, Kind};
use super::s3_key;
use super::tally::{MOST_ENTRIES, Stop};
use super::wound::Hurt;
use crate::protocol::Outcome;
pub(super) use sentences::grouped;
use sentences::{asked_sentence, bomb_sentence};

/// How the text of a record is found again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Its place in the file is that in the text.
    Plain,
    /// Its place is that in the content of one gzip stream.
    Gzip,
    /// The file must be read again up to it.
    Reading,
}

/// What became of a file, or of an entry in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// Its number among the lines of the dropped file; 0 is the file itself.
    pub entry: u32,
    /// Its name: behind those of the archives it is in, as written there.
    pub name: String,
    /// Its bytes as stored.
    pub size: u64,
    /// The number of its first record among those of the dropped file.
    pub first_number: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// What it is, in two words: `log file`.
    pub kind: String,
    /// How its records are found again.
    pub way: Way,
    /// Bytes of text after unpacking everything; `None` where nothing was packed.
    pub inflated: Option<u64>,
    /// Records that were met, each counted as it came and whatever became of it.
    pub counted: u64,
    /// Records that were handed to the sink.
    pub records: u64,
    /// Records that could not be read.
    pub rejected: u64,
    /// What went wrong and where, in sentences; `None` where nothing did.
    pub reason: Option<String>,
    /// What would work, in a sentence.
    pub remedy: Option<String>,
    /// The account in the S3 key.
    pub account: Option<String>,
    /// The Region in the S3 key.
    pub region: Option<String>,
}

/// What a report is made of.
pub(super) struct Facts {
    pub entry: u32,
    pub name: String,
    pub size: u64,
    /// Whether its archive packs it.
    pub is_packed: bool,
    /// What packed streams are around its text.
    pub packing: Packing,
    pub first_number: u32,
    /// Bytes of text in it.
    pub text: u64,
    pub hurts: Vec<Hurt>,
    pub stop: Option<Stop>,
    pub ending: Ending,
}

/// What packed streams are around something.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Packing {
    #[default]
    Plain,
    Gzip,
    Bzip2,
    Zstd,
    /// Base64, or one in another.
    Several,
}

impl Packing {
    /// With one more.
    pub fn with(self, one: Self) -> Self {
        if self == Self::Plain { one } else { Self::Several }
    }
}

/// What was at the bottom of it.
pub(super) enum Ending {
    Text(Box<TextFacts>),
    Archive(ArchiveFacts),
    /// Something that is not read.
    Unread(&'static Kind),
}

/// What was found in a text.
pub(super) struct TextFacts {
    pub findings: Findings,
    /// Its length in bytes, as UTF-8.
    pub length: u64,
    pub is_utf16: bool,
}

/// What was found of an archive itself.
pub(super) struct ArchiveFacts {
    pub kind: &'static Kind,
    pub entries: u64,
    /// Where it ends, if that is too early.
    pub cut: Option<u64>,
    /// Where something else than a header stands, the first time.
    pub damaged: Option<u64>,
    /// Where something else follows its end.
    pub behind: Option<u64>,
    /// How its directory differs from it.
    pub directory: Option<String>,
}

const COPY_AGAIN: &str = "Copy the file again.";
const LOOK_FIRST: &str = "Unpack it and look at it before dropping it again.";

/// How something ended.
struct Verdict {
    outcome: Outcome,
    kind: &'static str,
    counted: u64,
    records: u64,
    rejected: u64,
    reason: Option<String>,
    remedy: Option<String>,
}

impl Facts {
    /// Says it.
    pub fn report(self) -> FileReport {
        let verdict = match &self.ending {
            Ending::Text(text) => match self.kind_of(text) {
                Some(kind) => self.of_kind(kind),
                None => self.of_records(text),
            },
            Ending::Archive(archive) => self.of_archive(archive),
            Ending::Unread(kind) => self.of_kind(kind),
        };
        let is_direct = matches!(&self.ending, Ending::Text(text) if self.entry == 0 && text.is_direct());
        let way = match self.packing {
            Packing::Plain if is_direct => Way::Plain,
            Packing::Gzip if is_direct => Way::Gzip,
            _ => Way::Reading,
        };
        let (account, region) = s3_key::origin(&self.name);
        let is_packed =
            self.is_packed || self.packing != Packing::Plain || matches!(self.ending, Ending::Archive(_));
        FileReport {
            entry: self.entry,
            name: self.name,
            size: self.size,
            first_number: self.first_number,
            outcome: verdict.outcome,
            kind: verdict.kind.to_owned(),
            way,
            inflated: is_packed.then_some(self.text),
            counted: verdict.counted,
            records: verdict.records,
            rejected: verdict.rejected,
            reason: verdict.reason,
            remedy: verdict.remedy,
            account,
            region,
        }
    }

    fn is_bomb(&self) -> bool {
        matches!(self.stop, Some(Stop::Bomb(_)))
    }

    /// Whether more of it was not wanted: what it is at all may be unknown then.
    fn was_stopped(&self) -> bool {
        matches!(self.stop, Some(Stop::Asked(..)))
    }

    /// What the text is, where it holds no records at all, read or unread.
    fn kind_of(&self, text: &TextFacts) -> Option<&'static Kind> {
        let found = &text.findings;
        if found.delivered > 0 || found.unread() > 0 || self.was_stopped() {
            return None;
        }
        let hurt = !self.hurts.is_empty() || self.is_bomb();
        match (found.kind, found.foreign_kind) {
            (Some(kind), _) if hurt && kind == kind::EMPTY_FILE => None,
            // A CSV of CloudTrail's without a row, or with rows that are counted; others hold anything.
            (Some(kind), _)
                if found.rows && !hurt && (found.foreign.count == 0 || kind.outcome != Outcome::Other) =>
            {
                None
            }
            (Some(kind), _) | (None, Some(kind)) => Some(kind),
            (None, None) if found.stray.is_some() => Some(kind::TEXT),
            (None, None) if found.wrappers > 0 || found.open_at_end || hurt => None,
            (None, None) => Some(kind::EMPTY_JSON),
        }
    }

    fn of_kind(&self, kind: &Kind) -> Verdict {
        let mut reason = kind.reason.to_owned();
        let mut remedy = (!kind.remedy.is_empty()).then(|| kind.remedy.to_owned());
        let (trouble, would_work) = self.container_trouble(&|_| String::new());
        if !trouble.is_empty() {
            reason = format!("{reason} {trouble}").trim_end().to_owned();
            remedy = remedy.or(Some(would_work.to_owned()));
        }
        Verdict {
            outcome: kind.outcome,
            kind: kind.name,
            counted: 0,
            records: 0,
            rejected: 0,
            reason: Some(reason),
            remedy,
        }
    }

    fn of_records(&self, text: &TextFacts) -> Verdict {
        let found = &text.findings;
        let rejected = found.unread() + found.foreign.count;
        let (reason, remedy) = self.troubles(text);
        let outcome = match (&reason, found.delivered) {
            (None, _) => Outcome::Read,
            _ if self.was_stopped() => Outcome::Partial,
            // An empty list is whole, whatever is wrong around it.
            (Some(_), 0) if rejected > 0 || found.open_at_end || found.wrappers == 0 => Outcome::Failed,
            (Some(_), _) => Outcome::Partial,
        };
        let kind = match found {
            Findings { carrier: Some(kind), .. } => kind.name,
            Findings { rows: true, kind: Some(kind), .. } => kind.name,
            Findings { kind: Some(kind), .. } if *kind == kind::CLOUDWATCH_EXPORT => kind.name,
            Findings { kind: Some(_), delivered: 1.., .. } => "text with records",
            Findings { wrappers: 1.., .. } => "log file",
            Findings { lists: 1.., .. } => "event list",
            Findings { delivered: 2.., .. } => "event lines",
            Findings { delivered: 1, .. } => "single event",
            Findings { kind: Some(kind), .. } if *kind != kind::EMPTY_FILE => kind.name,
            Findings { kind: Some(_), .. } if self.packing == Packing::Gzip => "gzip file",
            Findings { kind: Some(_), .. } if self.packing == Packing::Bzip2 => "bzip2 file",
            Findings { kind: Some(_), .. } if self.packing == Packing::Zstd => "zstd file",
            Findings { kind: Some(_), .. } if self.is_packed => "packed entry",
            Findings { kind: Some(_), .. } if self.packing != Packing::Plain => "packed file",
            Findings { kind: Some(_), .. } => "empty file",
            _ if self.was_stopped() => "not read",
            _ => "broken JSON",
        };
        let counted = u64::from(found.next_number());
        Verdict { outcome, kind, counted, records: found.delivered, rejected, reason, remedy }
    }

    /// What is wrong with an archive itself; its entries speak for themselves.
    fn of_archive(&self, archive: &ArchiveFacts) -> Verdict {
        let mut sentences = Vec::new();
        let mut remedy = None;
        let entries = match archive.entries {
            0 => "No entry stands before that.".to_owned(),
            1 => "1 entry before that is listed.".to_owned(),
            count => format!("{} entries before that are listed.", grouped(count)),
        };
        match self.stop {
            Some(Stop::Bomb(at)) => {
                sentences.push(bomb_sentence(at));
                remedy = Some(LOOK_FIRST);
            }
            Some(Stop::Entries) => {
                let most = grouped(u64::from(MOST_ENTRIES));
                sentences.push(format!("It holds more than {most} entries: reading stopped there."));
                remedy = Some("Unpack it, then drop the folder.");
            }
            Some(Stop::Asked(why, at)) => {
                sentences.push(asked_sentence(why, at));
                remedy = Some(why.remedy());
            }
            None => {}
        }
        let (trouble, _) = self.container_trouble(&|_| entries.clone());
        let told = !trouble.is_empty();
        if told {
            sentences.push(trouble);
        }
        if let (Some(at), false) = (archive.cut, told) {
            sentences.push(format!("The archive ends early, at byte {}. {entries}", grouped(at)));
        }
        if let Some(at) = archive.damaged {
            sentences.push(format!(
                "The archive is damaged, near byte {}: something else stands there than the next entry.",
                grouped(at)
            ));
        }
        if let Some(at) = archive.behind {
            sentences.push(format!(
                "What follows the end of the archive, from byte {}, is no archive. It is left out.",
                grouped(at)
            ));
        }
        sentences.extend(archive.directory.clone());
        if !sentences.is_empty() {
            remedy = remedy.or(Some(COPY_AGAIN));
        }
        let outcome = match (sentences.is_empty(), archive.entries) {
            (true, 0) => {
                sentences.push("The archive is empty.".to_owned());
                Outcome::Other
            }
            (true, _) => Outcome::Read,
            (false, 0) => Outcome::Failed,
            (false, _) => Outcome::Partial,
        };
        Verdict {
            outcome,
            kind: archive.kind.name,
            counted: 0,
            records: 0,
            rejected: 0,
            reason: (!sentences.is_empty()).then(|| sentences.join(" ")),
            remedy: remedy.map(str::to_owned),
        }
    }
}

impl TextFacts {
    /// Whether its records stand in it as they are.
    fn is_direct(&self) -> bool {
        !self.is_utf16 && !self.findings.rows && self.findings.carrier.is_none()
    }
}
