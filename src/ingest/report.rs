//! How a file ended, in figures and in sentences.

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
        let found = &self.findings;
        let hurt = self.wound.is_some() || self.bomb.is_some();
        let nothing_else = found.unread() == 0 && found.delivered == 0 && found.wrappers == 0 && !hurt;
        let empty_list = nothing_else && found.lists > 0 && found.foreign.count == 0 && found.stray.is_none();
        let whole_kind = match (found.kind, found.foreign_kind) {
            _ if !nothing_else && !self.is_foreign_list() => None,
            (Some(kind), _) | (None, Some(kind)) => Some(kind),
            (None, None) if empty_list && !found.open_at_end => Some(kind::EMPTY_JSON),
            (None, None) if found.stray.is_some() => Some(kind::JSON),
            (None, None) => None,
        };
        match whole_kind {
            Some(kind) => self.of_kind(kind),
            None => self.of_records(),
        }
    }

    /// A list of nothing but objects of another kind: that is no log file with rejected records.
    fn is_foreign_list(&self) -> bool {
        let found = &self.findings;
        let hurt = self.wound.is_some() || self.bomb.is_some();
        found.delivered == 0 && found.unread() == 0 && found.foreign.count > 0 && !hurt
    }

    fn of_kind(self, kind: &Kind) -> FileReport {
        let remedy = (!kind.remedy.is_empty()).then(|| kind.remedy.to_owned());
        self.with(kind.outcome, kind.name, 0, Some(kind.reason.to_owned()), remedy)
    }

    fn of_records(self) -> FileReport {
        let found = &self.findings;
        let rejected = found.unread() + found.foreign.count;
        let (reason, remedy) = self.troubles();
        let outcome = match (&reason, found.delivered) {
            (None, _) => Outcome::Read,
            (Some(_), 0) if rejected > 0 || self.wound != Some(Wound::Checksum) => Outcome::Failed,
            (Some(_), _) => Outcome::Partial,
        };
        let name = match found {
            Findings { kind: Some(kind), .. } if found.delivered == 0 => kind.name,
            Findings { kind: Some(_), .. } => "text with records",
            Findings { wrappers: 1.., .. } => "log file",
            Findings { lists: 1.., .. } => "event list",
            Findings { delivered: 2.., .. } => "event lines",
            Findings { delivered: 1, .. } => "single event",
            _ if self.wound.is_some() => "gzip file",
            _ => "JSON",
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
        if let Some(limit) = self.bomb {
            say(
                format!(
                    "Inflated, it would be a thousand times its size: reading stopped at {} bytes. {}",
                    grouped(limit),
                    self.shown("that")
                ),
                "Unpack it and look at it before dropping it again.",
            );
        }
        match self.wound {
            Some(Wound::Cut { at }) => {
                say(
                    format!("The gzip stream ends early, at byte {}. {}", grouped(at), self.shown("the cut")),
                    COPY_AGAIN,
                );
            }
            Some(Wound::Damaged { at }) => {
                say(
                    format!(
                        "The gzip stream is damaged, near byte {}. {}",
                        grouped(at),
                        self.shown("the damage")
                    ),
                    COPY_AGAIN,
                );
            }
            Some(Wound::Checksum) => say(
                "The checksum at the end does not fit the content: bytes of it were changed.".to_owned(),
                COPY_AGAIN,
            ),
            Some(Wound::Garbage { at }) => say(
                format!(
                    "What follows the gzip stream, from byte {}, is no gzip. It is left out.",
                    grouped(at)
                ),
                COPY_AGAIN,
            ),
            None => {}
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
        if place > 0 && (digits.len() - place) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
