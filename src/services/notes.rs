//! What of a call is worth knowing before anybody opens it: a broker open to the internet, a
//! queue granted to another account, the engine of a new database.
//!
//! The definitions say it as data, [`Note`]. [`may_tell`] is the quick look that every record gets
//! while a file is read; [`tell`] reads the few that pass it once more.

use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::event::BETWEEN;
use crate::json::{Document, Value};

use super::grants::{allows_all, everyone, foreign, inside, with_policy};
use super::pattern::{members, written};
use super::{definition, plain_name, registry};

/// Something worth knowing that calls with these names may carry.
pub struct Note {
    /// Event names without prefix and version suffix; none: every event of the service.
    pub events: &'static [&'static str],
    /// When a call carries it.
    pub when: When,
    /// What it is called: a short fixed label. Of [`When::Told`] the pattern of a detail.
    pub label: &'static str,
}

/// When a call carries a note.
///
/// A path is looked for in the request, then in the record; a step into a list goes into each of
/// its elements. A reply tells of the whole thing and not of what this call did, so it is only
/// looked into where its name is in the path. Apart from `Told`, a call that failed carries none: a
/// label claims that it is so.
pub enum When {
    /// Always.
    Done,
    /// A value at the path is one of these words, whatever the case.
    Is(&'static str, &'static [&'static str]),
    /// A value at or inside the path has this text in it.
    Has(&'static str, &'static str),
    /// A value at the path ends so.
    Ends(&'static str, &'static str),
    /// The list or object at the path has something in it.
    Filled(&'static str),
    /// What the path names, principals or a policy, includes everybody.
    Everyone(&'static str),
    /// What the path names, principals or a policy, includes another account.
    Foreign(&'static str),
    /// As `Everyone`, of the ways in which S3 takes an access list. Objects are written all the time,
    /// and a text without the words of public access is not looked at again.
    Public,
    /// The policy at the path allows every action on everything.
    Admin(&'static str),
    /// Entries of the call failed although it worked: this list of the reply has some. Its name
    /// must stand in the text with a list behind it that is not empty, which spares busy calls the
    /// second look.
    Partly(&'static str),
    /// No condition but one of its own.
    Test(fn(Value<'_>) -> bool),
    /// The label is a pattern as in [`super::Act`], and a detail, not a warning.
    Told,
}

/// Labels that several services use.
pub(super) const OPEN: &str = "open to the internet";
pub(super) const PUBLIC: &str = "publicly accessible";
pub(super) const EVERYONE: &str = "granted to everyone";
pub(super) const FOREIGN: &str = "granted to another account";
pub(super) const ADMIN: &str = "admin policy attached";
pub(super) const BLOCK_REMOVED: &str = "block of public access removed";
pub(super) const LOGGING: &str = "logging stopped";
pub(super) const MFA: &str = "MFA device removed";
pub(super) const PARTLY: &str = "some entries failed";

/// A warning, with a fixed label.
pub(super) const fn note(events: &'static [&'static str], when: When, label: &'static str) -> Note {
    Note { events, when, label }
}

/// A detail, told by a pattern; nothing where one of its parameters is missing.
pub(super) const fn detail(events: &'static [&'static str], pattern: &'static str) -> Note {
    Note { events, when: When::Told, label: pattern }
}

/// What a record carries; several are joined by [`BETWEEN`], none are empty.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// Labels of what is worth a second look.
    pub notable: String,
    /// Details in the service's own terms.
    pub detail: String,
}

/// Services of which every event may carry a detail.
const WHOLE: [&str; 2] = ["qapps.amazonaws.com", "qbusiness.amazonaws.com"];

/// One bit for each hash of the name of an event that has a note.
const NAMED: [u64; 256] = {
    let mut table = [0; 256];
    let lists = registry::NOTES;
    let mut list = 0;
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            let events = lists[list][at].events;
            let mut event = 0;
            while event < events.len() {
                let slot = slot(events[event].as_bytes());
                table[slot / 64] |= 1 << (slot % 64);
                event += 1;
            }
            at += 1;
        }
        list += 1;
    }
    table
};

/// A hash of a name: of its first and last eight bytes, of a short one four, and its length. Every record pays for it.
const fn slot(name: &[u8]) -> usize {
    let (first, last) = match (name.first_chunk::<8>(), name.last_chunk::<8>()) {
        (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
        _ => match (name.first_chunk::<4>(), name.last_chunk::<4>()) {
            (Some(first), Some(last)) => {
                (u32::from_le_bytes(*first) as u64, u32::from_le_bytes(*last) as u64)
            }
            _ => (0, 0),
        },
    };
    let hash = (first ^ last.rotate_left(23) ^ name.len() as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> 50) as usize
}

/// Whether a record may carry a note, told by its source and name alone; most don't.
#[must_use]
#[inline]
pub fn may_tell(source: &str, event: &str) -> bool {
    // Only these two put something around their names.
    let framed = source.starts_with("lambda.") || source.starts_with("monitron.");
    let slot = slot(if framed { plain_name(event) } else { event }.as_bytes());
    NAMED[slot / 64] >> (slot % 64) & 1 == 1 || (source.starts_with('q') && WHOLE.contains(&source))
}

/// Tells what records carry. It keeps the notes of the last call: calls come in bursts.
#[derive(Default)]
pub struct Noter {
    source: String,
    event: String,
    notes: Vec<&'static Note>,
}

impl Noter {
    /// What the record with this text carries; `failed` says that its call did.
    #[must_use]
    pub fn tell(&mut self, source: &str, event: &str, failed: bool, text: &[u8]) -> Told {
        if self.event != event || self.source != source {
            source.clone_into(&mut self.source);
            event.clone_into(&mut self.event);
            self.notes = of(source, event).collect();
        }
        let mut document = None;
        let mut told = Told::default();
        for note in &self.notes {
            if !could_be(note, failed, text) {
                continue;
            }
            if let When::Done = note.when {
                add(&mut told.notable, note.label);
                continue;
            }
            let read = || Document::parse_mended(text).ok().map(|(document, _)| document);
            let Some(document) = document.get_or_insert_with(read) else { break };
            if let When::Told = note.when {
                if let Some(words) = written(note.label, document.root()) {
                    add(&mut told.detail, &words.replace(char::is_control, " "));
                }
            } else if carries(note, document.root()) {
                add(&mut told.notable, note.label);
            }
        }
        told
    }
}

/// The warnings of a call that worked that neither its name nor its outcome says, for its sentence.
#[must_use]
pub fn notable(source: &str, event: &str, record: Value<'_>) -> Vec<&'static str> {
    let mut labels = Vec::new();
    for note in of(source, event) {
        if !matches!(note.when, When::Told | When::Done | When::Partly(_))
            && !labels.contains(&note.label)
            && carries(note, record)
        {
            labels.push(note.label);
        }
    }
    labels
}

fn add(list: &mut String, words: &str) {
    if list.split(BETWEEN).any(|one| one == words) {
        return;
    }
    if !list.is_empty() {
        list.push(BETWEEN);
    }
    list.push_str(words);
}

/// The notes that calls of this name may carry.
fn of<'e>(source: &str, event: &'e str) -> impl Iterator<Item = &'static Note> + use<'e> {
    let plain = plain_name(event);
    let place = definition(source).and_then(registry::place);
    let notes = place.and_then(|place| registry::NOTES.get(place)).copied().unwrap_or_default();
    notes.iter().filter(move |note| note.events.is_empty() || note.events.contains(&plain))
}

/// What can be told without reading the record.
fn could_be(note: &Note, failed: bool, text: &[u8]) -> bool {
    match note.when {
        When::Told => !failed || note.events.is_empty(),
        When::Partly(list) => !failed && has_full_list(text, list.as_bytes()),
        When::Public => !failed && PUBLIC_WORDS.iter().any(|words| words.find(text).is_some()),
        // What is asked for stands in the text as it is; AWS escapes no letter of its own.
        When::Is(path, ["true" | "false"]) | When::Filled(path) => {
            !failed && stands_in(text, path.rsplit('.').next().unwrap_or_default())
        }
        When::Is(_, [word]) => !failed && stands_in(text, word),
        When::Has(_, part) | When::Ends(_, part) => !failed && stands_in(text, part),
        _ => !failed,
    }
}

fn stands_in(text: &[u8], word: &str) -> bool {
    memchr::memmem::find(text, word.as_bytes()).is_some()
}

/// Whether `"name": [` stands in the text with something behind the bracket.
fn has_full_list(text: &[u8], name: &[u8]) -> bool {
    memchr::memmem::find_iter(text, name).any(|at| {
        let mut behind = text[at + name.len()..].iter().filter(|byte| !byte.is_ascii_whitespace());
        let next = [behind.next(), behind.next(), behind.next(), behind.next()];
        matches!(next, [Some(b'"'), Some(b':'), Some(b'['), Some(byte)] if *byte != b']')
    })
}

fn carries(note: &Note, record: Value<'_>) -> bool {
    match note.when {
        When::Done => true,
        When::Is(path, words) => {
            any(record, path, &|text| words.iter().any(|w| w.eq_ignore_ascii_case(text)))
        }
        When::Has(path, part) => inside(&members(record, path)).iter().any(|text| text.contains(part)),
        When::Ends(path, part) => any(record, path, &|text| text.ends_with(part)),
        When::Filled(path) => members(record, path).iter().any(|value| !value.is_empty()),
        When::Partly(list) => record.at(&["responseElements", list]).is_some_and(|list| !list.is_empty()),
        When::Everyone(path) => everyone(record, path),
        When::Public => ["AccessControlPolicy", "x-amz-acl", "accessControlList"]
            .iter()
            .any(|path| everyone(record, path)),
        When::Foreign(path) => foreign(record, path),
        When::Admin(path) => members(record, path).iter().any(|value| with_policy(*value, &mut allows_all)),
        When::Test(test) => test(record),
        When::Told => false,
    }
}

/// What every public access list has one of in its text. Made once: making costs more than searching.
static PUBLIC_WORDS: LazyLock<[Finder<'static>; 2]> =
    LazyLock::new(|| [Finder::new("-read"), Finder::new("/global/A")]);

/// Whether a value at the path passes the test.
pub(super) fn any(record: Value<'_>, path: &str, test: &dyn Fn(&str) -> bool) -> bool {
    members(record, path).iter().filter_map(Value::scalar).any(|text| test(&text))
}

#[cfg(test)]
#[path = "notes_tests.rs"]
mod tests;
