//! From text to records, in one pass over a stream that may be split, cut or broken anywhere.
//!
//! A text is a stream of JSON values. Each is a record, a list of records, or a wrapper with a list
//! of records in `Records` and anything beside it. Where the text stops making sense, reading takes
//! up again at the next `{` whose first key is one that only records have.

use super::findings::Findings;
use super::kind::{self, ENOUGH, Kind};
use super::resync::{Found, RESCUES, Resync};
use super::shape::{Shape, shape_of, shape_of_no_event};
use super::skip::Skip;
use super::window::Window;
use super::{Place, RecordSink};
use crate::event::cursor::Cursor;
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
    /// What was found so far.
    pub findings: Findings,
}

impl RecordReader {
    /// At the start of a text, with room for `size` bytes at first.
    pub fn new(size: usize) -> Self {
        Self {
            window: Window::new(size),
            state: State::Start,
            levels: vec![Level::Stream],
            wait: 0,
            rescues: RESCUES,
            resync: Resync::default(),
            findings: Findings::default(),
        }
    }

    /// Whether text that comes is of no use.
    pub fn is_stopped(&self) -> bool {
        matches!(self.state, State::Stopped)
    }

    /// Reads what can be read. `last` says that no more text will come.
    pub fn advance(&mut self, sink: &mut impl RecordSink, last: bool) {
        if self.window.text().len() < self.wait && !last {
            return;
        }
        self.wait = 0;
        while self.step(sink, last) == Flow::On {}
        if last {
            self.end();
        }
    }

    fn step(&mut self, sink: &mut impl RecordSink, last: bool) -> Flow {
        match &mut self.state {
            State::Start => self.start(last),
            State::Lost => self.find(last),
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
                Level::Wrapper => self.wrapper(),
                level => self.values(level, sink, last),
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
        let undecided = text.len() < ENOUGH && !last;
        match text {
            [] => {
                if last {
                    self.findings.kind = Some(kind::EMPTY_FILE);
                }
                return Flow::More;
            }
            // The second byte tells UTF-16 from JSON.
            [b'{' | b'[', second, ..] if *second != 0 => self.state = State::Reading,
            [b'{' | b'['] if last => self.state = State::Reading,
            _ if undecided => return Flow::More,
            _ => self.start_of_other(),
        }
        Flow::On
    }

    fn start_of_other(&mut self) {
        let (found, searchable) = kind::of_bytes(self.window.text());
        self.findings.kind = Some(found);
        if searchable {
            self.lose();
        } else {
            self.state = State::Stopped;
        }
    }

    /// Values of a stream, or elements of a list: here most of the time is spent.
    fn values(&mut self, level: Level, sink: &mut impl RecordSink, last: bool) -> Flow {
        let text = self.window.text();
        let offset = self.window.offset();
        let mut at = 0;
        loop {
            at += space(&text[at..]);
            let rest = &text[at..];
            match rest.first() {
                Some(b',') => {
                    at += 1;
                    continue;
                }
                Some(b'{') => {}
                other => {
                    let other = other.copied();
                    self.window.read(at);
                    return self.no_object(level, other, last);
                }
            }
            match read_object(rest, level) {
                Ok((fields, len)) => {
                    let text = &rest[..len];
                    let place = Place { offset: offset + at as u64, number: self.findings.next_number() };
                    sink.record(place, text, &fields);
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
                    return self.odd_object(&shape, here, rescue, last);
                }
            }
        }
    }

    /// Something that is no record stands where one could: the window starts with it.
    fn odd_object(&mut self, shape: &Shape, here: usize, rescue: Option<usize>, last: bool) -> Flow {
        match *shape {
            // Told above.
            Shape::Event => {}
            Shape::Wrapper { .. } if self.levels.len() >= DEEPEST => self.foreign(kind::JSON),
            Shape::Wrapper { list } => {
                self.window.read(list);
                self.levels.extend([Level::Wrapper, Level::List]);
                self.findings.wrappers += 1;
            }
            Shape::Foreign(kind) => self.foreign(kind),
            Shape::Unknown { len } => {
                self.findings
                    .foreign(if len <= 2 { kind::EMPTY_JSON } else { kind::JSON }, self.window.offset());
                self.window.read(len);
            }
            Shape::Malformed { at } => self.malformed(at),
            Shape::Cut if last => match rescue {
                Some(next) => {
                    self.rescues -= 1;
                    self.malformed(next + SWALLOWED);
                }
                None => {
                    self.findings.cut_record();
                    self.window.read(usize::MAX);
                }
            },
            Shape::Cut if here > LONGEST_RECORD => {
                self.findings.too_long(self.window.offset());
                self.state = State::Skipping(Skip::default());
            }
            Shape::Cut => {
                self.wait = here * 2;
                return Flow::More;
            }
        }
        Flow::On
    }

    fn foreign(&mut self, kind: &'static Kind) {
        self.findings.foreign(kind, self.window.offset());
        self.state = State::Skipping(Skip::default());
    }

    /// The record at the start of the window breaks `at` bytes behind it.
    fn malformed(&mut self, at: usize) {
        self.findings.malformed(self.window.offset());
        self.window.read(at.saturating_sub(SWALLOWED).max(1));
        self.state = State::Lost;
    }

    /// No object starts here: the end of the list, another value, or nothing that is JSON.
    fn no_object(&mut self, level: Level, first: Option<u8>, last: bool) -> Flow {
        match (first, level) {
            (None, _) => return Flow::More,
            (Some(b']'), Level::List) => {
                self.window.read(1);
                self.levels.pop();
            }
            (Some(b'['), Level::Stream) => {
                self.window.read(1);
                self.levels.push(Level::List);
                self.findings.lists += 1;
            }
            (Some(_), Level::List) => return self.other_element(last),
            (Some(_), _) => self.lose(),
        }
        Flow::On
    }

    /// An element of a list that is no object, or something that is no element.
    fn other_element(&mut self, last: bool) -> Flow {
        let text = self.window.text();
        let mut cursor = Cursor::new(text);
        let value = cursor.skip();
        let end = cursor.at();
        let next = cursor.peek();
        if cursor.at_end() && !last {
            if text.len() <= LONGEST_RECORD {
                self.wait = text.len() * 2;
                return Flow::More;
            }
            self.findings.no_object(self.window.offset());
            self.state = State::Skipping(Skip::default());
        } else if value.is_ok() && (cursor.at_end() || matches!(next, b',' | b']')) {
            self.findings.no_object(self.window.offset());
            self.window.read(end);
        } else {
            self.lose();
        }
        Flow::On
    }

    /// What stands at the start of the window is no JSON.
    fn lose(&mut self) {
        self.findings.stray(self.window.offset());
        self.state = State::Lost;
    }

    /// The next member of a wrapper, or its end.
    fn wrapper(&mut self) -> Flow {
        let mut text = self.window.text();
        let mut passed = space(text);
        if text.get(passed) == Some(&b',') {
            passed += 1;
            passed += space(&text[passed..]);
        }
        text = &text[passed..];
        match text.first() {
            None => {
                self.window.read(passed);
                return Flow::More;
            }
            Some(b'}') => {
                self.window.read(passed + 1);
                self.levels.pop();
                return Flow::On;
            }
            Some(_) => {}
        }
        let mut cursor = Cursor::new(text);
        let is_records = cursor.member(|key| key == b"Records");
        let first = cursor.peek();
        let (value, at_end) = (cursor.at(), cursor.at_end());
        match is_records {
            _ if at_end => {
                self.wait = self.window.text().len() * 2;
                return Flow::More;
            }
            Ok(true) if first == b'[' => {
                self.window.read(passed + value + 1);
                self.levels.push(Level::List);
            }
            Ok(_) => {
                self.window.read(passed + value);
                self.state = State::Skipping(Skip::default());
            }
            Err(_) => {
                self.window.read(passed);
                self.levels.pop();
                self.lose();
            }
        }
        Flow::On
    }

    /// Looks for the next record behind something unreadable.
    fn find(&mut self, last: bool) -> Flow {
        match self.resync.next_record(self.window.text(), last) {
            Found::Nothing => {
                self.window.read(usize::MAX);
                Flow::More
            }
            Found::Perhaps(at) => {
                self.window.read(at);
                Flow::More
            }
            Found::Record(at) => {
                self.window.read(at);
                if matches!(shape_of(self.window.text()), Shape::Wrapper { .. }) {
                    self.levels.truncate(1);
                }
                self.state = State::Reading;
                Flow::On
            }
        }
    }

    /// The text is over: what is still open is cut, unless the way was lost before.
    fn end(&mut self) {
        let open = self.levels.len() > 1 || matches!(self.state, State::Skipping(_));
        self.findings.open_at_end = open && !self.findings.was_lost();
    }
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

/// The record that `rest` starts with, or what stands there instead.
fn read_object(rest: &[u8], level: Level) -> Result<(RecordFields<'_>, usize), Shape> {
    // A stream's object may be a wrapper of any size: that is told by its keys, before its end is here.
    if level == Level::Stream {
        match shape_of(rest) {
            Shape::Event => {}
            shape => return Err(shape),
        }
    }
    match scan_record(rest) {
        Scan::Record { fields, len } if fields.has_event_shape => Ok((fields, len)),
        Scan::Record { fields, len } => Err(match (shape_of_no_event(rest), fields.event_source) {
            (Shape::Unknown { .. } | Shape::Cut, Some(source)) => Shape::Foreign(kind::of_source(source.0)),
            (Shape::Cut, None) => Shape::Unknown { len },
            (shape, _) => shape,
        }),
        Scan::Cut => Err(Shape::Cut),
        Scan::Malformed { at } => Err(Shape::Malformed { at }),
    }
}
