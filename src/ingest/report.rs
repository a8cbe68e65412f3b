//! How a file ended, in figures and in sentences.

use super::file::BOMB_RATIO;
use super::findings::{Findings, Met};
use super::gzip::Wound;
use super::kind::{self, Kind};
use super::records::LONGEST_RECORD;
use crate::protocol::Outcome;

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// How it ended.
    pub outcome: Outcome,
    /// What it is, in two words: `log file`.
    pub kind: String,
    /// Whether it was compressed.
    pub compressed: bool,
    /// Bytes after decompression; `None` where it was not compressed.
    pub inflated: Option<u64>,
    /// Records that were handed to the sink.
    pub records: u64,
    /// Records that could not be read.
    pub rejected: u64,
    /// What went wrong and where, in sentences; `None` where nothing did.
    pub reason: Option<String>,
    /// What would work, in a sentence.
    pub remedy: Option<String>,
    /// The account in the file's S3 key.
    pub account: Option<String>,
    /// The Region in the file's S3 key.
    pub region: Option<String>,
}

/// What the report is made of.
pub(super) struct Facts {
    pub findings: Findings,
    /// `Some` where the file was compressed.
    pub inflated: Option<u64>,
    pub wound: Option<Wound>,
    /// How many inflated bytes the bomb limit allowed, if it struck.
    pub bomb: Option<u64>,
    /// The length of the text.
    pub length: u64,
    pub account: Option<String>,
    pub region: Option<String>,
}

const COPY_AGAIN: &str = "Copy the file again.";

impl Facts {
    /// Says it.
    pub fn report(self) -> FileReport {
        match self.kind() {
            Some(kind) => self.of_kind(kind),
            None => self.of_records(),
        }
    }

    /// What the file is, where it holds no records at all, read or unread.
    fn kind(&self) -> Option<&'static Kind> {
        let found = &self.findings;
        if found.delivered > 0 || found.unread() > 0 {
            return None;
        }
        let hurt = self.wound.is_some() || self.bomb.is_some();
        match (found.kind, found.foreign_kind) {
            (Some(kind), _) if hurt && kind == kind::EMPTY_FILE => None,
            (Some(kind), _) | (None, Some(kind)) => Some(kind),
            (None, None) if found.stray.is_some() => Some(kind::TEXT),
            (None, None) if found.wrappers > 0 || found.open_at_end || hurt => None,
            (None, None) => Some(kind::EMPTY_JSON),
        }
    }

    fn of_kind(self, kind: &Kind) -> FileReport {
        let mut reason = kind.reason.to_owned();
        let mut remedy = (!kind.remedy.is_empty()).then(|| kind.remedy.to_owned());
        if self.wound.is_some() {
            let (trouble, would_work) = self.container_trouble();
            reason = format!("{reason} {trouble}");
            remedy = remedy.or(Some(would_work.to_owned()));
        }
        self.with(kind.outcome, kind.name, 0, Some(reason), remedy)
    }

    fn of_records(self) -> FileReport {
        let found = &self.findings;
        let rejected = found.unread() + found.foreign.count;
        let (reason, remedy) = self.troubles();
        let outcome = match (&reason, found.delivered) {
            (None, _) => Outcome::Read,
            // An empty list is whole, whatever is wrong around it.
            (Some(_), 0) if rejected > 0 || found.open_at_end || found.wrappers == 0 => Outcome::Failed,
            (Some(_), _) => Outcome::Partial,
        };
        let name = match found {
            Findings { kind: Some(_), delivered: 1.., .. } => "text with records",
            Findings { wrappers: 1.., .. } => "log file",
            Findings { lists: 1.., .. } => "event list",
            Findings { delivered: 2.., .. } => "event lines",
            Findings { delivered: 1, .. } => "single event",
            Findings { kind: Some(kind), .. } if *kind != kind::EMPTY_FILE => kind.name,
            Findings { kind: Some(_), .. } => "gzip file",
            _ => "broken JSON",
        };
        self.with(outcome, name, rejected, reason, remedy)
    }

    fn with(
        self,
        outcome: Outcome,
        kind: &str,
        rejected: u64,
        reason: Option<String>,
        remedy: Option<String>,
    ) -> FileReport {
        FileReport {
            outcome,
            kind: kind.to_owned(),
            compressed: self.inflated.is_some(),
            inflated: self.inflated,
            records: self.findings.delivered,
            rejected,
            reason,
            remedy,
            account: self.account,
            region: self.region,
        }
    }

    /// Everything that went wrong, the container first, and what would help.
    fn troubles(&self) -> (Option<String>, Option<String>) {
        let found = &self.findings;
        let mut sentences = Vec::new();
        let mut remedy = None;
        let mut say = |sentence: String, would_work: &'static str| {
            sentences.push(sentence);
            if remedy.is_none() && !would_work.is_empty() {
                remedy = Some(would_work.to_owned());
            }
        };
        let (trouble, would_work) = self.container_trouble();
        if !trouble.is_empty() {
            say(trouble, would_work);
        }
        let explained =
            self.bomb.is_some() || matches!(self.wound, Some(Wound::Cut { .. } | Wound::Damaged { .. }));
        if !explained && (found.cut.is_some() || found.open_at_end) {
            say(
                format!("The text ends early, at byte {}. {}", grouped(self.length), self.shown("the cut")),
                COPY_AGAIN,
            );
        }
        if let Some(sentence) = met(found.malformed, "is no JSON", "are no JSON") {
            say(sentence, COPY_AGAIN);
        }
        let longest = grouped(LONGEST_RECORD as u64);
        let (one, many) =
            (format!("is longer than {longest} bytes"), format!("are longer than {longest} bytes"));
        if let Some(sentence) = met(found.too_long, &one, &many) {
            say(sentence, "");
        }
        if let Some(sentence) = met(found.no_object, "is no object", "are no objects") {
            say(sentence, "");
        }
        let article = found.foreign_kind.map_or("other JSON", |kind| kind.article);
        let (one, many) =
            (format!("is no event but {article}"), format!("are no events, the first is {article}"));
        if let Some(sentence) = met(found.foreign, &one, &many) {
            say(sentence, found.foreign_kind.map_or("", |kind| kind.remedy));
        }
        if let Some(at) = found.stray {
            say(format!("From byte {} there is text that is no JSON. It is left out.", grouped(at)), "");
        }
        ((!sentences.is_empty()).then(|| sentences.join(" ")), remedy)
    }

    /// What is wrong with the container, and what would help; empty where nothing is.
    fn container_trouble(&self) -> (String, &'static str) {
        if let Some(limit) = self.bomb {
            let shown = self.shown("that");
            let sentence = format!(
                "It inflates to more than {BOMB_RATIO} times its size: reading stopped at {} bytes. {shown}",
                grouped(limit)
            );
            return (sentence, "Unpack it and look at it before dropping it again.");
        }
        let sentence = match self.wound {
            None => return (String::new(), ""),
            Some(Wound::Cut { at }) => {
                format!("The gzip stream ends early, at byte {}. {}", grouped(at), self.shown("the cut"))
            }
            Some(Wound::Damaged { at }) => {
                format!("The gzip stream is damaged, near byte {}. {}", grouped(at), self.shown("the damage"))
            }
            Some(Wound::Checksum) => {
                "The checksum at the end does not fit the content: bytes of it were changed.".to_owned()
            }
            Some(Wound::Garbage { at }) => {
                format!(
                    "What follows the gzip stream, from byte {}, is no gzip. It is left out.",
                    grouped(at)
                )
            }
        };
        (sentence, COPY_AGAIN)
    }

    /// What is there in spite of a cut.
    fn shown(&self, cut: &str) -> String {
        let shown = match self.findings.delivered {
            0 => format!("No whole record stands before {cut}"),
            1 => format!("1 record before {cut} is shown"),
            count => format!("{} records before {cut} are shown", grouped(count)),
        };
        match self.findings.cut {
            Some(number) => format!("{shown}, record {} is cut.", grouped(u64::from(number) + 1)),
            None => format!("{shown}."),
        }
    }
}

/// `Record 3, at byte 1,024, is no JSON.` or `2 records are no JSON; the first is record 3, at byte 1,024.`
fn met(met: Met, one: &str, many: &str) -> Option<String> {
    let first = format!("ecord {}, at byte {}", grouped(u64::from(met.number) + 1), grouped(met.at));
    match met.count {
        0 => None,
        1 => Some(format!("R{first}, {one}. It is left out.")),
        count => Some(format!("{} records {many}: r{first}, and others. They are left out.", grouped(count))),
    }
}

/// A number with commas between its thousands: `41,872`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
