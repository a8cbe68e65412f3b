//! What went wrong, in the words of the ledger: what is, then what would work.

use super::{COPY_AGAIN, Ending, Facts, LOOK_FIRST, TextFacts};
use crate::ingest::findings::{Findings, Met};
use crate::ingest::records::LONGEST_RECORD;
use crate::ingest::tally::{BOMB_RATIO, Stop};
use crate::ingest::wound::{Hurt, Wound};
use crate::protocol::NotRead;

impl Facts {
    /// Everything that went wrong, the container first, and what would help.
    pub(super) fn troubles(&self, text: &TextFacts) -> (Option<String>, Option<String>) {
        let found = &text.findings;
        let mut sentences = Vec::new();
        let mut remedy = None;
        let mut say = |sentence: String, would_work: &'static str| {
            sentences.push(sentence);
            if remedy.is_none() && !would_work.is_empty() {
                remedy = Some(would_work.to_owned());
            }
        };
        let (trouble, would_work) = self.container_trouble(&|cut| shown(found, cut));
        if !trouble.is_empty() {
            say(trouble, would_work);
        }
        let explained = self.is_bomb()
            || self.hurts.iter().any(|hurt| matches!(hurt.wound, Wound::Cut { .. } | Wound::Damaged { .. }));
        if !explained && (found.cut.is_some() || found.open_at_end) {
            let ends = grouped(text.length);
            say(
                format!("The text ends early, at byte {ends}. {}", shown(found, "before the cut")),
                COPY_AGAIN,
            );
        }
        if let (false, Some(number)) = (explained, found.cut_value) {
            let (ends, number) = (grouped(text.length), grouped(u64::from(number) + 1));
            let cut =
                ["The text ends early, at byte ", &ends, ": the last value of record ", &number, " is cut."];
            say(cut.concat(), COPY_AGAIN);
        }
        if let Some(sentence) = met(found.malformed, "is no JSON", "are no JSON") {
            say(sentence, COPY_AGAIN);
        }
        if found.mended.count > 0 {
            say(mended(found), "");
        }
        if let Some(sentence) =
            met(found.broken_inside, "carries text that is no JSON", "carry text that is no JSON")
        {
            say(sentence, COPY_AGAIN);
        }
        if let Some(sentence) = met(
            found.misshapen,
            "has not the columns of the first row",
            "have not the columns of the first row",
        ) {
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
        if found.commas.count > 0 {
            say(commas(found), "");
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

    /// What is wrong with the containers, and what would help; empty where nothing is. `shown` says what
    /// is there in spite of it.
    pub(super) fn container_trouble(&self, shown: &dyn Fn(&str) -> String) -> (String, &'static str) {
        let stopped = match self.stop {
            Some(Stop::Bomb(at)) => Some((bomb_sentence(at), LOOK_FIRST)),
            Some(Stop::Asked(why, at)) => Some((asked_sentence(why, at), why.remedy())),
            _ => None,
        };
        if let (Some((sentence, remedy)), Ending::Text(_)) = (stopped, &self.ending) {
            return (format!("{sentence} {}", shown("before that")), remedy);
        }
        let sentences: Vec<String> = self.hurts.iter().map(|hurt| hurt_sentence(hurt, shown)).collect();
        let remedy = if sentences.is_empty() { "" } else { COPY_AGAIN };
        (sentences.join(" "), remedy)
    }
}

pub(super) fn bomb_sentence(at: u64) -> String {
    format!("It inflates to more than {BOMB_RATIO} times its size: reading stopped at {} bytes.", grouped(at))
}

/// `Reading was cancelled at byte 1,024.`
pub(super) fn asked_sentence(why: NotRead, at: u64) -> String {
    format!("{} at byte {}.", why.words(), grouped(at))
}

fn hurt_sentence(hurt: &Hurt, shown: &dyn Fn(&str) -> String) -> String {
    let what = hurt.what;
    match hurt.wound {
        Wound::Cut { at } => {
            format!("The {what} ends early, at byte {}. {}", grouped(at), shown("before the cut"))
        }
        Wound::Damaged { at } => {
            format!("The {what} is damaged, near byte {}. {}", grouped(at), shown("around the damage"))
        }
        Wound::Checksum => {
            "The checksum at the end does not fit the content: bytes of it were changed.".to_owned()
        }
        Wound::Garbage { at } => {
            let format = what.split(' ').next().unwrap_or(what);
            format!("What follows the {what}, from byte {}, is no {format}. It is left out.", grouped(at))
        }
    }
}

/// What is there in spite of a cut.
fn shown(found: &Findings, cut: &str) -> String {
    let shown = match found.delivered {
        0 => format!("No whole record stands {cut}"),
        1 => format!("1 record {cut} is shown"),
        count => format!("{} records {cut} are shown", grouped(count)),
    };
    match found.cut {
        Some(number) => format!("{shown}, record {} is cut.", grouped(u64::from(number) + 1)),
        None => format!("{shown}."),
    }
}

/// What was done to read records without their end.
fn mended(found: &Findings) -> String {
    let Met { count, number, at } = found.mended;
    let first = format!("ecord {}, at byte {}", grouped(u64::from(number) + 1), grouped(at));
    let characters = if found.characters == 1 { "character was" } else { "characters were" };
    let done = format!("{} {characters} added or taken out to read", grouped(found.characters));
    if count == 1 {
        format!("R{first}, has no proper end: {done} it.")
    } else {
        format!("{} records have no proper end: {done} them; the first is r{first}.", grouped(count))
    }
}

/// What is wrong with the commas of a list.
fn commas(found: &Findings) -> String {
    let Met { count, at, .. } = found.commas;
    let wrong = match (count, found.comma_missing) {
        (1, true) => "a comma is missing, at".to_owned(),
        (1, false) => "a comma is too many, at".to_owned(),
        _ => ["commas are missing or too many at ", &grouped(count), " places, first at"].concat(),
    };
    ["Between records ", &wrong, " byte ", &grouped(at), ". It costs no record."].concat()
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
pub(in crate::ingest) fn grouped(number: u64) -> String {
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
