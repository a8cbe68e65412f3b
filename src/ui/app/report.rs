//! The printable report of a hand-over: what it is of, who did what in it, what is hidden, which files
//! it is made of.
//!
//! Its text is cleaned as records are. So that markup is not, the text goes to a shard as lines, and
//! the page is made of what comes back.

use super::App;
use crate::display::{full, grouped, size};
use crate::integrity::Sheet;
use crate::protocol::{Category, ExposureKind, FindingGroup};
use crate::state::{HandOverScope, times_word};
use crate::web::page;

/// What begins a line: a heading, a paragraph, the head of a table, a row. None of them is a letter, so no name
/// can be one.
const HEADING: char = '\u{1}';
const TEXT: char = '\u{2}';
const HEAD: char = '\u{3}';
const ROW: char = '\u{4}';

/// Stands for the next of the hashes, which must not be taken for names.
const HASH: &str = "\u{5}";

/// Rows of a table at most; what is left out is said.
const MOST_ROWS: usize = 5_000;

/// Its name in the report, and its hash if it was checked.
type Hashes = Vec<String>;

struct Lines(String);

impl Lines {
    fn line(&mut self, kind: char, cells: &[&str]) {
        self.0.push(kind);
        for (at, cell) in cells.iter().enumerate() {
            self.0.push_str(if at == 0 { "\n" } else { "\t" });
            // What is a sign of ours in a log is none; the hash stands last.
            let is_hash = *cell == HASH && at + 1 == cells.len();
            self.0.extend(cell.chars().map(|c| if c.is_control() && !is_hash { ' ' } else { c }));
        }
        self.0.push('\n');
    }

    fn left_out(&mut self, rows: usize) {
        if rows > MOST_ROWS {
            self.line(TEXT, &[&[&grouped((rows - MOST_ROWS) as u64), " more are not listed here."].concat()]);
        }
    }
}

impl App {
    /// The lines of the report, not cleaned yet, and the hashes in them.
    pub(super) fn report(&self) -> (String, Hashes) {
        let state = &self.state;
        let (hand_over, answer) = (&state.hand_over, state.asking.answer());
        let mut lines = Lines(String::new());
        let title = if hand_over.title.is_empty() { "CloudTrail events" } else { &*hand_over.title };
        lines.line(HEADING, &[title]);
        hand_over.note.lines().for_each(|line| lines.line(TEXT, &[line]));
        let made = ["Made ", &full(page::now_unix_ms()), " by Trailscope ", &self.version, "."].concat();
        lines.line(TEXT, &[&made]);

        lines.line(HEADING, &["Scope"]);
        lines.line(HEAD, &["What", ""]);
        let query = if state.query.is_empty() { "every event" } else { &*state.query };
        let scope = if hand_over.scope == HandOverScope::All { "everything loaded" } else { query };
        lines.line(ROW, &["Events of", scope]);
        lines.line(ROW, &["Events", &grouped(hand_over.events)]);
        if let Some((first, last)) = hand_over.span {
            lines.line(ROW, &["First", &full(first)]);
            lines.line(ROW, &["Last", &full(last)]);
        }
        lines.line(ROW, &["Times", times_word(hand_over.times)]);
        lines.line(ROW, &["Integrity of the files", &state.integrity.summary()]);
        if let Some(check) = &hand_over.check {
            let found =
                [&grouped(check.found.len() as u64), " of ", &grouped(check.looked_for), " originals found"]
                    .concat();
            lines.line(ROW, &["Self-check of the last file", &found]);
            lines.line(ROW, &["SHA-256 of its data", HASH]);
        }

        lines.line(HEADING, &["What is taken out"]);
        lines.line(HEAD, &["Kind of value", "Different values", "What becomes of them"]);
        for category in Category::ALL {
            let fate = match category {
                Category::Leaked => "removed",
                _ if hand_over.removed.has(category) => "pseudonyms",
                _ => "kept",
            };
            lines.line(ROW, &[category.label(), &grouped(hand_over.counts[category as usize]), fate]);
        }

        if hand_over.scope == HandOverScope::All && !state.query.is_empty() {
            lines.line(TEXT, &[&["What follows is counted over the events of ", &state.query, "."].concat()]);
        }
        lines.line(HEADING, &["Services"]);
        lines.line(HEAD, &["Service", "Events", "Errors", "Changes", "Hidden by AWS"]);
        for service in answer.services.iter().take(MOST_ROWS) {
            let counts = [service.events, service.errors, service.writes, service.redactions].map(grouped);
            lines.line(ROW, &[&service.source, &counts[0], &counts[1], &counts[2], &counts[3]]);
        }
        lines.left_out(answer.services.len());
        lines.line(HEADING, &["Identities"]);
        lines.line(HEAD, &["Principal", "Account", "Type", "Events", "Errors", "Changes"]);
        for one in answer.identities.iter().take(MOST_ROWS) {
            let counts = [one.events, one.errors, one.writes].map(grouped);
            let cells =
                [&one.principal, &one.account, &one.identity_type, &counts[0], &counts[1], &counts[2]];
            lines.line(ROW, &cells.map(String::as_str));
        }
        lines.left_out(answer.identities.len());
        lines.line(HEADING, &["What AWS hid"]);
        groups(&mut lines, &answer.redaction_groups, &|group| group.label.clone());
        lines.line(HEADING, &["What leaked, and is removed or replaced"]);
        groups(&mut lines, &answer.exposure_groups, &|group| {
            let kind = ExposureKind::ALL.get(usize::from(group.class));
            kind.map_or_else(String::new, |kind| kind.label().to_owned())
        });

        lines.line(HEADING, &["Files"]);
        lines.line(HEAD, &["File", "Outcome", "Events", "Size", "Integrity", "SHA-256 of the content"]);
        let mut hashes: Hashes = hand_over.check.iter().map(|check| check.digest.clone()).collect();
        let report = state.integrity.report();
        let ledger = state.reading.ledger();
        for line in ledger.iter().take(MOST_ROWS) {
            let judged = report.and_then(|report| {
                let key = (line.source, line.entry);
                let at = report.files.binary_search_by_key(&key, |file| (file.source, file.entry)).ok()?;
                report.files.get(at)
            });
            let sum = judged.and_then(|file| file.sha256);
            let verdict = line.integrity.as_ref().map_or("", |one| one.verdict.label());
            let cells = [line.outcome.label(), &grouped(line.events), &size(line.size), verdict];
            let hash = if sum.is_some() { HASH } else { "" };
            lines.line(ROW, &[&line.name, cells[0], cells[1], cells[2], cells[3], hash]);
            hashes.extend(sum.map(|sum| sum.iter().map(|byte| format!("{byte:02x}")).collect()));
        }
        lines.left_out(ledger.len());
        (lines.0, hashes)
    }
}

fn groups(lines: &mut Lines, groups: &[FindingGroup], label: &dyn Fn(&FindingGroup) -> String) {
    lines.line(HEAD, &["Service", "Event", "Where", "What", "Values"]);
    for group in groups.iter().take(MOST_ROWS) {
        lines.line(ROW, &[&group.source, &group.name, &group.path, &label(group), &grouped(group.count)]);
    }
    lines.left_out(groups.len());
}

/// The page of cleaned lines.
pub fn report_page(lines: &str, hashes: &[String]) -> String {
    let mut hashes = hashes.iter();
    let mut all = lines.lines().peekable();
    let mut sheet = Sheet::new("Hand-over of CloudTrail events");
    let mut first = true;
    let mut heading = String::new();
    while let (Some(kind), Some(text)) = (all.next(), all.next()) {
        match kind.chars().next() {
            Some(HEADING) if std::mem::take(&mut first) => sheet.element("h1", "", text),
            Some(HEADING) => text.clone_into(&mut heading),
            Some(TEXT) => sheet.element("p", "", text),
            Some(HEAD) => {
                let heads: Vec<&str> = text.split('\t').collect();
                sheet.table(&heading, &heads, &mut |sheet| {
                    while all.next_if(|kind| kind.starts_with(ROW)).is_some() {
                        let cells = all.next().unwrap_or_default().split('\t');
                        let cells: Vec<(&str, &str)> = cells
                            .map(|cell| {
                                if cell == HASH {
                                    ("m", hashes.next().map_or("", String::as_str))
                                } else {
                                    ("", cell)
                                }
                            })
                            .collect();
                        sheet.row(&cells);
                    }
                });
            }
            _ => {}
        }
    }
    sheet.finish()
}
