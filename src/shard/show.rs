//! One record in full: its text as a tree, with what is said about it.

use std::borrow::Cow;
use std::rc::Rc;

use super::Shard;
use crate::event::Field;
use crate::ingest::{GzipPick, RecordPick, Way};
use crate::json::{Document, Kind, Value, push_index, push_key};
use crate::protocol::{Exposure, Hidden, RecordView, Redaction, SortKey, TreeLine, ValueKind, Verdict};
use crate::table::RowPlace;
use crate::{exposure, identity, ingest, redaction, sentence};

/// Where the text of a record is to be found.
pub struct RecordPlace {
    /// The place in the file.
    pub place: RowPlace,
    /// How to get there; `None`, at its offset in the file as dropped.
    pub fetch: Option<Fetch>,
}

/// Finds the text of a record while the bytes of its file pass by.
pub enum Fetch {
    /// It stands in one gzip stream.
    Gzip(Box<GzipPick>),
    /// The file is read once more, up to the record.
    Reading(Box<RecordPick>),
}

impl Fetch {
    /// Takes the next bytes of the file. False when no more are needed.
    pub fn push(&mut self, bytes: &[u8]) -> bool {
        match self {
            Self::Gzip(pick) => pick.push(bytes),
            Self::Reading(pick) => pick.push(bytes),
        }
    }

    /// The text, and what a reader must know of where it stood.
    ///
    /// # Errors
    /// Says so if it did not come: the file has changed.
    pub fn finish(self) -> Result<(Vec<u8>, Vec<String>), String> {
        match self {
            Self::Gzip(pick) => Ok((pick.finish()?, Vec::new())),
            Self::Reading(pick) => pick.finish(),
        }
    }
}

impl Shard {
    /// Where the text of a row is.
    #[must_use]
    pub fn record_place(&self, row: u32) -> Option<RecordPlace> {
        let place = self.table.place(row)?;
        let file = self.files.get(&place.source)?;
        let fetch = match file.way {
            Way::Plain => None,
            Way::Gzip => {
                let pick = GzipPick::new(place.offset, place.len as usize);
                Some(Fetch::Gzip(Box::new(pick)))
            }
            Way::Reading => {
                let pick = RecordPick::new(&file.path, file.size, place.record);
                Some(Fetch::Reading(Box::new(pick)))
            }
        };
        Some(RecordPlace { place, fetch })
    }

    /// Everything the inspector shows of a row, from its source text. `notes` tell where that stood.
    ///
    /// # Errors
    /// Says so if the text is not the record that was read: the file has changed since.
    pub fn record(&self, row: u32, text: &[u8], mut notes: Vec<String>) -> Result<RecordView, String> {
        let changed = || "The file has changed since it was read. Drop it again.".to_owned();
        let (document, mended) = Document::parse_mended(text).map_err(|_| changed())?;
        if mended > 0 {
            let characters = if mended == 1 { "character was" } else { "characters were" };
            notes.push(format!(
                "The record has no proper end where it stands: {mended} {characters} added or taken out to \
                 read it. The raw text is as it stands there."
            ));
        }
        let place = self.table.place(row).ok_or_else(changed)?;
        let value = |field: Field| self.table.column(field).text(row).to_owned();
        let account = Some(value(Field::RecipientAccount)).filter(|account| !account.is_empty());
        let redactions = redaction::find(&document);
        let exposures = exposure::find(&document);
        if std::str::from_utf8(text).is_err() {
            notes.push("Some bytes are no UTF-8. They are shown as \u{fffd}.".to_owned());
        }
        let selected = notes.iter().any(|note| ingest::is_of_columns(note));
        let mut answers = identity::answers(&document);
        // Who writes `invokedBy` writes the type too.
        if selected && document.root().text_at(&["userIdentity", "type"]).is_none() {
            for answer in answers.iter_mut().filter(|answer| answer.verdict == Verdict::No) {
                answer.verdict = Verdict::Unknown;
                answer.detail = "the columns do not say".to_owned();
                answer.evidence.clear();
            }
        }
        let access = value(Field::Access);
        if !access.is_empty() && access != "data" && value(Field::ReadOnly).is_empty() {
            let read = if access.starts_with("read") { "reads" } else { "writes" };
            notes.push(["The record has no readOnly. By its name the call ", read, "."].concat());
        }
        let line = self.files.get(&place.source).and_then(|file| file.line_of(place.record));
        Ok(RecordView {
            row: self.row_ref(row),
            event_id: self.table.event_id(row),
            name: value(Field::EventName),
            source: value(Field::EventSource),
            time_ms: self.table.times().get(row as usize).copied().filter(|ms| *ms != SortKey::UNDATED),
            time_text: self.table.time_text(row),
            source_ip: value(Field::SourceIp),
            account: account.unwrap_or_else(|| value(Field::IdentityAccount)),
            region: value(Field::Region),
            error: self.table.error(row).map(str::to_owned),
            write: access.starts_with("write"),
            sentence: if selected {
                sentence::sentence_of_columns(&document)
            } else {
                sentence::sentence(&document)
            },
            answers,
            tree: tree(&document, &redactions, &exposures),
            redactions,
            exposures,
            raw: String::from_utf8_lossy(text).into_owned(),
            file: line.map(|(line, _)| line.name.clone()).unwrap_or_default(),
            record: line.map_or(place.record, |(_, record)| record).saturating_add(1),
            offset: place.offset,
            copies: self.table.copies(row),
            notes,
        })
    }
}

/// Containers nested deeper than this are shown as one line: nobody reads further, and a hostile
/// depth would make paths of quadratic length.
const MAX_DEPTH: usize = 100;

/// The paths of one tree together stay under this many bytes; later lines have none.
const MAX_PATH_BYTES: usize = 16 << 20;

/// How much of an object or a list its line previews, in characters.
const PREVIEW: usize = 60;

/// The lines of the tree, in the order of the text.
fn tree(document: &Document<'_>, redactions: &[Redaction], exposures: &[Exposure]) -> Vec<TreeLine> {
    // What is missing as a whole comes last in the list and stands on a line of its own.
    let of_whole = |mark: &Redaction| matches!(mark.class, Hidden::Withheld | Hidden::NotLogged);
    let absent = redactions.iter().zip(0u32..).find(|(mark, _)| of_whole(mark));
    let mut hidden = redactions.iter().zip(0u32..).filter(|(mark, _)| !of_whole(mark)).peekable();
    let mut leaked = exposures.iter().zip(0u32..).peekable();
    let mut lines: Vec<TreeLine> = Vec::new();
    let mut path_bytes = 0;
    // Values still to show, the next one last, with their parent's path and depth.
    let mut open: Vec<Waiting<'_>> = Vec::new();
    push_children(&mut open, document.root(), &"".into(), 0);
    while let Some((value, index, parent, depth)) = open.pop() {
        let mut path = parent.to_string();
        let key = match index {
            Some(index) => {
                push_index(&mut path, index);
                index.to_string()
            }
            None => {
                let key = value.key();
                push_key(&mut path, &key);
                key.into_owned()
            }
        };
        path_bytes += path.len();
        if path_bytes > MAX_PATH_BYTES {
            path.clear();
        }
        let folded = matches!(value.kind(), Kind::Object | Kind::Array);
        let mut redaction = absent.filter(|(mark, _)| mark.path == path).map(|(_, at)| at);
        // A container is marked as a whole, a value also for what stands in the JSON it holds.
        let here = |mark: &str| if folded { mark == path } else { stands_in(mark, &path) };
        while let Some((_, at)) = hidden.next_if(|(mark, _)| here(&mark.path)) {
            redaction = redaction.or(Some(at));
        }
        let mut exposure = None;
        while let Some((_, at)) = leaked.next_if(|(mark, _)| here(&mark.path)) {
            exposure = exposure.or(Some(at));
        }
        let opened = folded && depth < MAX_DEPTH;
        if opened {
            push_children(&mut open, value, &path.as_str().into(), depth + 1);
        }
        lines.push(TreeLine {
            depth: u16::try_from(depth).unwrap_or(u16::MAX),
            key,
            path,
            kind: kind(value),
            text: value.scalar().map_or_else(|| preview(value), Cow::into_owned),
            inside: if opened { u32::try_from(lines_inside(value, depth)).unwrap_or(u32::MAX) } else { 0 },
            redaction,
            exposure,
        });
    }
    lines
}

/// How many lines [`tree`] makes of what is inside a value at this depth.
fn lines_inside(value: Value<'_>, depth: usize) -> usize {
    // Deeper than the limit a container is one line, so its inside does not count.
    let mut hidden = 0;
    let mut open: Vec<(Value<'_>, usize)> =
        if depth + value.inside() < MAX_DEPTH { Vec::new() } else { vec![(value, depth)] };
    while let Some((value, depth)) = open.pop() {
        if depth >= MAX_DEPTH {
            hidden += value.inside();
            continue;
        }
        open.extend(value.children().filter(|child| !child.is_empty()).map(|child| (child, depth + 1)));
    }
    value.inside() - hidden
}

type Waiting<'d> = (Value<'d>, Option<usize>, Rc<str>, usize);

fn push_children<'d>(open: &mut Vec<Waiting<'d>>, value: Value<'d>, path: &Rc<str>, depth: usize) {
    let start = open.len();
    let in_list = value.kind() == Kind::Array;
    let index = |at: usize| in_list.then_some(at);
    open.extend(value.children().enumerate().map(|(at, child)| (child, index(at), Rc::clone(path), depth)));
    open[start..].reverse();
}

/// Whether a redaction's path is a line's path, or goes on from it into JSON that the line's string
/// holds.
fn stands_in(mark: &str, line: &str) -> bool {
    mark.strip_prefix(line).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

fn kind(value: Value<'_>) -> ValueKind {
    let members = u32::try_from(value.len()).unwrap_or(u32::MAX);
    match value.kind() {
        Kind::Object => ValueKind::Object(members),
        Kind::Array => ValueKind::Array(members),
        Kind::String => ValueKind::String,
        Kind::Number => ValueKind::Number,
        Kind::True | Kind::False => ValueKind::Bool,
        Kind::Null => ValueKind::Null,
    }
}

/// The first few plain values in an object or a list; `null` for null.
fn preview(value: Value<'_>) -> String {
    if value.kind() == Kind::Null {
        return "null".to_owned();
    }
    let mut out = String::new();
    for text in value.children().filter_map(|child| child.scalar()).take(4) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(text.chars().take(PREVIEW));
        if out.chars().count() >= PREVIEW {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(json: &str) -> Vec<(u16, String, u32)> {
        let document = Document::parse(json.as_bytes()).unwrap();
        tree(&document, &redaction::find(&document), &exposure::find(&document))
            .into_iter()
            .map(|l| (l.depth, l.path, l.inside))
            .collect()
    }

    #[test]
    fn a_record_becomes_lines_with_paths() {
        assert_eq!(
            lines(r#"{"a":1,"users":[{"name":"x","k.y":null}],"z":{}}"#),
            [
                (0, "a".to_owned(), 0),
                (0, "users".to_owned(), 3),
                (1, "users[0]".to_owned(), 2),
                (2, "users[0].name".to_owned(), 0),
                (2, r#"users[0]."k.y""#.to_owned(), 0),
                (0, "z".to_owned(), 0),
            ]
        );
    }

    #[test]
    fn a_hostile_depth_ends_in_one_line_and_inside_counts_stay_true() {
        let deep = format!("{{\"a\":{}1{}}}", "[".repeat(9_000), "]".repeat(9_000));
        let lines = lines(&deep);
        assert_eq!(lines.len(), MAX_DEPTH + 1);
        for (at, line) in lines.iter().enumerate() {
            assert_eq!(line.2 as usize, lines.len() - at - 1);
        }
    }

    #[test]
    fn the_line_that_holds_a_marker_points_to_it() {
        let json = r#"{"eventSource":"amazonmq.amazonaws.com","eventName":"CreateBroker",
            "requestParameters":{"users":[{"password":"***"},{"password":"***"}]}}"#;
        let document = Document::parse(json.as_bytes()).unwrap();
        let marked: Vec<_> = tree(&document, &redaction::find(&document), &exposure::find(&document))
            .into_iter()
            .filter_map(|line| Some((line.path, line.redaction?)))
            .collect();
        let path = |n| format!("requestParameters.users[{n}].password");
        assert_eq!(marked, [(path(0), 0), (path(1), 1)]);
    }
}
