//! From text to records, in one pass over a stream that may be split, cut or broken anywhere.
//!
//! A text is a stream of JSON values. Each is a record, a list of records, or a wrapper with a list
//! of records in `Records` and anything beside it. Where the text stops making sense, reading takes
//! up again at the next `{` whose first key is one that only records have, or whose keys tell that it
//! is or carries one.

mod commas;
pub(super) mod csv;
mod export;
mod mended;
mod odd;
mod opened;

use super::Place;
use super::findings::Findings;
use super::kind::{self, ENOUGH};
use super::resync::{Found, RESCUES, Resync};
use super::shape::{Shape, shape_of, shape_of_no_event};
use super::skip::Skip;
use super::tally::Out;
use super::window::Window;
use crate::event::{RecordFields, Scan, scan_record};

/// The longest record that is held in memory to be read. AWS writes at most 1 MB.
pub(super) const LONGEST_RECORD: usize = 256 << 20;

/// How far before the place where a record breaks the next one may start: a string that lost its
/// end swallows a little of it.
const SWALLOWED: usize = 1024;

/// Levels at most: a wrapper inside a list inside a wrapper… is read once for each.
const DEEPEST: usize = 8;

/// What the text around the place of reading is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Level {
    /// Values one after another.
    Stream,
    /// Inside a list of records.
    List,
    /// Inside a wrapper, between its members.
    Wrapper,
}

enum State {
    /// Nothing is known yet.
    Start,
    /// At a place where the innermost level goes on.
    Reading,
    /// Looking for the next record.
    Lost,
    /// In a CSV of CloudTrail's, with its columns.
    Csv(Box<csv::Csv>),
    /// Inside a value that nobody needs.
    Skipping(Skip),
    /// What comes is of no use.
    Stopped,
}

/// Whether there is more to do with the text that is here.
#[derive(PartialEq, Eq)]
enum Flow {
    On,
    More,
}

/// Reads records from text that comes in pieces.
pub(super) struct RecordReader {
    /// The text that came; fill its room, then call [`RecordReader::advance`].
    pub window: Window,
    state: State,
    levels: Vec<Level>,
    /// Nothing is tried again before so much text is here, so that no text is read more than twice.
    wait: usize,
    /// How often a cut record may still be searched for whole ones.
    rescues: usize,
    resync: Resync,
    /// How often a broken record may still be looked at for a missing end.
    mends: usize,
    /// The key of the list that is being read, and how many elements of it have been.
    list: (&'static str, u32),
    commas: commas::Commas,
    /// The entry, and the number of its first record in the dropped file.
    entry: u32,
    first_number: u32,
    /// What was found so far.
    pub findings: Findings,
}

impl RecordReader {
    /// At the start of a text, with room for `size` bytes at first.
    pub fn new(size: usize, entry: u32, first_number: u32) -> Self {
        Self {
            window: Window::new(size),
            state: State::Start,
            levels: vec![Level::Stream],
            wait: 0,
            rescues: RESCUES,
            resync: Resync::default(),
            mends: mended::MENDS,
            list: ("", 0),
            commas: commas::Commas::default(),
            entry,
            first_number,
            findings: Findings::default(),
        }
    }

    /// Whether text that comes is of no use.
    pub fn is_stopped(&self) -> bool {
        matches!(self.state, State::Stopped)
    }

    /// Whether what came is text that is read; `None` while that is not known.
    pub fn is_text(&self) -> Option<bool> {
        match self.state {
            State::Start => None,
            State::Stopped => Some(self.findings.rows),
            _ => Some(true),
        }
    }

    /// Reads what can be read. `last` says that no more text will come.
    pub fn advance(&mut self, out: &mut Out<'_>, last: bool) {
        if self.window.text().len() < self.wait && !last {
            return;
        }
        self.wait = 0;
        while self.step(out, last) == Flow::On {}
        if last {
            self.end();
        }
    }

    fn step(&mut self, out: &mut Out<'_>, last: bool) -> Flow {
        match &mut self.state {
            State::Start => self.start(last),
            State::Lost => self.find(last),
            State::Csv(_) => self.csv(out, last),
            State::Stopped => {
                self.window.read(usize::MAX);
                Flow::More
            }
            State::Skipping(skip) => match skip.go_on(self.window.text()) {
                Some(end) => {
                    self.window.read(end);
                    self.state = State::Reading;
                    Flow::On
                }
                None => {
                    self.window.read(usize::MAX);
                    Flow::More
                }
            },
            State::Reading => match self.levels.last().copied().unwrap_or(Level::Stream) {
                Level::Wrapper => self.wrapper(last),
                level => self.values(level, out, last),
            },
        }
    }

    /// Finds out what the text is at all.
    fn start(&mut self, last: bool) -> Flow {
        let text = self.window.text();
        let space = space(text);
        if space > 0 {
            self.window.read(space);
            return Flow::On;
        }
        let undecided = !last && (text.len() < ENOUGH || csv::may_go_on(text));
        match text {
            [] => {
                if last {
                    self.findings.kind = Some(kind::EMPTY_FILE);
                }
                return Flow::More;
            }
            // An RTF document starts so, and no JSON.
            [b'{', b'\\'] | [b'{', b'\\', b'r', ..] if undecided => return Flow::More,
            [b'{', b'\\', b'r', ..] => self.start_of_other(),
            // The second byte tells UTF-16 from JSON.
            [b'{' | b'[', second, ..] if *second != 0 => self.state = State::Reading,
            [b'{' | b'['] if last => self.state = State::Reading,
            [b'"', b'{' | b'[', b'{' | b'\\', ..] => self.state = State::Reading,
            _ if undecided => return Flow::More,
            _ => self.start_of_other(),
        }
        Flow::On
    }

    fn start_of_other(&mut self) {
        let text = self.window.text();
        if export::prefix(text) != export::Prefix::None {
            self.findings.kind = Some(kind::CLOUDWATCH_EXPORT);
            self.state = State::Reading;
            return;
        }
        if let Some((found, skip)) = csv::kind_of(text) {
            self.window.read(skip);
            self.findings.kind = Some(found);
            self.findings.rows = true;
            self.state = State::Csv(Box::default());
            return;
        }
        let (found, searchable) = kind::of_bytes(text);
        self.findings.kind = Some(found);
        if searchable {
            self.lose();
        } else {
            self.state = State::Stopped;
        }
    }

    /// Values of a stream, or elements of a list: here most of the time is spent.
    fn values(&mut self, level: Level, out: &mut Out<'_>, last: bool) -> Flow {
        let offset = self.window.offset();
        let mut at = 0;
        loop {
            at += space(&self.window.text()[at..]);
            if let (Level::List, Some(&first)) = (level, self.window.text().get(at)) {
                self.note_comma(first, at);
            }
            let rest = &self.window.text()[at..];
            match rest.first() {
                Some(b',') => {
                    at += 1;
                    continue;
                }
                Some(b'{') => {}
                other => {
                    let other = other.copied();
                    self.window.read(at);
                    return self.no_object(level, other, out, last);
                }
            }
            match read_object(rest, level, last) {
                Ok((fields, len)) => {
                    let text = &rest[..len];
                    let number = self.first_number.saturating_add(self.findings.next_number());
                    out.record(
                        Place { entry: self.entry, offset: offset + at as u64, number },
                        text,
                        &fields,
                    );
                    self.list.1 = self.list.1.saturating_add(1);
                    if self.findings.delivered == 0 {
                        self.resync.learn(text);
                    }
                    self.findings.delivered(level == Level::List);
                    at += len;
                }
                Err(shape) => {
                    let here = rest.len();
                    let is_cut = last && self.rescues > 0 && matches!(shape, Shape::Cut);
                    let rescue = if is_cut { self.resync.rescue(rest) } else { None };
                    self.window.read(at);
                    return self.odd_object(&shape, here, rescue, out, last);
                }
            }
        }
    }

    /// Looks for the next record behind something unreadable.
    fn find(&mut self, last: bool) -> Flow {
        let at = match self.resync.next_record(self.window.text(), last) {
            Found::Nothing(at) => {
                self.window.read(if last { usize::MAX } else { at });
                return Flow::More;
            }
            Found::Perhaps(at) => {
                self.window.read(at);
                return Flow::More;
            }
            Found::Record(at) => at,
            Found::Wrapper(at) => {
                self.levels.truncate(1);
                at
            }
        };
        self.window.read(at);
        self.commas = commas::Commas::found_again(self.levels.len());
        self.state = State::Reading;
        Flow::On
    }

    /// The text is over: what is still open is cut, unless the way was lost before.
    fn end(&mut self) {
        let open = self.levels.len() > 1 || matches!(self.state, State::Skipping(_));
        self.findings.open_at_end = open && !self.findings.was_lost();
    }
}

/// Behind white space, whether the text ends inside a byte order mark.
fn is_cut_mark(text: &[u8]) -> bool {
    matches!(text, [0xef] | [0xef, 0xbb])
}

/// White space, and byte order marks where files were joined.
fn space(text: &[u8]) -> usize {
    let mut at = 0;
    loop {
        match text.get(at) {
            Some(b' ' | b'\n' | b'\r' | b'\t') => at += 1,
            Some(0xef) if text[at..].starts_with(b"\xef\xbb\xbf") => at += 3,
            _ => return at,
        }
    }
}

/// The list of records that an object holds which has hardly anything of a record: `eventVersion` also
/// stands beside lists.
fn is_wrapper(text: &[u8], fields: &RecordFields<'_>) -> Option<Shape> {
    if fields.event_name.or(fields.event_source).or(fields.event_id).is_some() {
        return None;
    }
    Some(shape_of_no_event(text)).filter(|shape| matches!(shape, Shape::Wrapper { .. }))
}

/// The record that `rest` starts with, or what stands there instead.
fn read_object(rest: &[u8], level: Level, last: bool) -> Result<(RecordFields<'_>, usize), Shape> {
    // A stream's object may be a wrapper of any size: that is told by its keys, before its end is here.
    if level == Level::Stream {
        match shape_of(rest) {
            Shape::Event | Shape::Carrier { .. } => {}
            shape => return Err(shape),
        }
    }
    match scan_record(rest) {
        Scan::Record { fields, len } if fields.has_event_shape => match is_wrapper(rest, &fields) {
            None => Ok((fields, len)),
            Some(shape) => Err(shape),
        },
        Scan::Record { fields, len } => Err(match (shape_of_no_event(rest), fields.event_source) {
            (Shape::Carrier { kind, .. }, _) => Shape::Carried { len, kind },
            (Shape::Unknown { .. } | Shape::Cut, Some(source)) => Shape::Foreign(kind::of_source(source.0)),
            (Shape::Cut, None) => Shape::Unknown { len },
            (shape, _) => shape,
        }),
        // In a list a wrapper is known when it is whole, unless it never will be.
        Scan::Cut if last => Err(match shape_of(rest) {
            Shape::Wrapper { list, key } => Shape::Wrapper { list, key },
            _ => Shape::Cut,
        }),
        Scan::Cut => Err(Shape::Cut),
        Scan::Malformed { at } => Err(Shape::Malformed { at }),
    }
}
