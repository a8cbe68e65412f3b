//! What stands where a record could, and is none: wrappers and their members, other values, other
//! objects, broken ones.

use super::{DEEPEST, Flow, LONGEST_RECORD, Level, RecordReader, SWALLOWED, State, is_cut_mark, space};
use crate::event::cursor::Cursor;
use crate::ingest::kind::{self, Kind};
use crate::ingest::shape::Shape;
use crate::ingest::skip::Skip;
use crate::ingest::tally::Out;
use crate::ingest::wrapped;

impl RecordReader {
    /// Something that is no record stands where one could: the window starts with it.
    pub(super) fn odd_object(
        &mut self,
        shape: &Shape,
        here: usize,
        rescue: Option<usize>,
        out: &mut Out<'_>,
        last: bool,
    ) -> Flow {
        if matches!(shape, Shape::Malformed { .. } | Shape::Cut)
            && rescue.is_none()
            && let Some(flow) = self.mend(out, last)
        {
            return flow;
        }
        match *shape {
            // Told above.
            Shape::Event | Shape::Carrier { .. } => {}
            Shape::Carried { len, kind } => self.carried(len, kind, out),
            Shape::Wrapper { .. } if self.levels.len() >= DEEPEST => self.foreign(kind::JSON),
            Shape::Wrapper { list, key } => {
                self.window.read(list);
                self.list = (key, 0);
                self.levels.extend([Level::Wrapper, Level::List]);
                self.findings.wrappers += 1;
            }
            Shape::Foreign(kind) => self.foreign(kind),
            Shape::Unknown { len } if self.renamed(len, out) => {}
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
    pub(super) fn no_object(
        &mut self,
        level: Level,
        first: Option<u8>,
        out: &mut Out<'_>,
        last: bool,
    ) -> Flow {
        match (first, level) {
            (None, _) => return Flow::More,
            (Some(_), _) if !last && is_cut_mark(self.window.text()) => return Flow::More,
            (Some(b']'), Level::List) => {
                self.window.read(1);
                self.levels.pop();
            }
            (Some(b'['), Level::Stream) => {
                self.window.read(1);
                self.levels.push(Level::List);
                self.list = ("", 0);
                self.findings.lists += 1;
            }
            (Some(b'['), Level::List) if matches!(self.list.0, "QueryResultRows" | wrapped::RESULTS) => {
                return self.row(out, last);
            }
            (Some(b'['), Level::List) if self.levels.len() < DEEPEST && self.list.0.is_empty() => {
                return self.inner_list(out, last);
            }
            (Some(_), Level::List) | (Some(b'"'), Level::Stream) => return self.other_element(out, last),
            (Some(b'0'..=b'9'), Level::Stream) => return self.exported_line(last),
            (Some(_), _) => self.lose(),
        }
        Flow::On
    }

    /// A list in a bare list: of records, or an element that is no object.
    fn inner_list(&mut self, out: &mut Out<'_>, last: bool) -> Flow {
        let text = self.window.text();
        let before = space(text.get(1..).unwrap_or_default());
        match text.get(1 + before) {
            None if !last => return Flow::More,
            Some(_) if !last && is_cut_mark(&text[1 + before..]) => return Flow::More,
            Some(b'{') => match wrapped::is_cell(&text[1 + before..]) {
                Some(true) => return self.row(out, last),
                None if self.may_wait(last) => return Flow::More,
                _ => {
                    self.window.read(1);
                    self.levels.push(Level::List);
                }
            },
            _ => return self.other_element(out, last),
        }
        Flow::On
    }

    /// An element of a list that is no object, or something that is no element.
    fn other_element(&mut self, out: &mut Out<'_>, last: bool) -> Flow {
        let text = self.window.text();
        let in_list = self.levels.len() > 1;
        let mut cursor = Cursor::new(text);
        let value = cursor.skip();
        let end = cursor.at();
        let next = cursor.peek();
        if cursor.at_end() && !last && (in_list || matches!(text, [b'"'] | [b'"', b'{' | b'[', ..])) {
            if text.len() <= LONGEST_RECORD {
                self.wait = text.len() * 2;
                return Flow::More;
            }
            self.findings.no_object(self.window.offset());
            self.state = State::Skipping(Skip::default());
        } else if value.is_ok() && matches!(text, [b'"', b'{' | b'[', ..]) {
            self.string(end, out);
        } else if in_list && value.is_ok() && (cursor.at_end() || matches!(next, b',' | b']')) {
            self.findings.no_object(self.window.offset());
            self.window.read(end);
        } else {
            self.lose();
        }
        Flow::On
    }

    /// What stands at the start of the window is no JSON.
    pub(super) fn lose(&mut self) {
        self.findings.stray(self.window.offset());
        self.state = State::Lost;
    }

    /// Whether an object that goes on behind the text may still be held in memory whole.
    pub(super) fn may_wait(&mut self, last: bool) -> bool {
        let here = self.window.text().len();
        let may = !last && here <= LONGEST_RECORD;
        if may {
            self.wait = here * 2;
        }
        may
    }

    /// The next member of a wrapper, or its end.
    pub(super) fn wrapper(&mut self, last: bool) -> Flow {
        let mut text = self.window.text();
        let before = space(text);
        let mut passed = before;
        if text.get(passed) == Some(&b',') {
            passed += 1;
            passed += space(&text[passed..]);
        }
        text = &text[passed..];
        match text.first() {
            Some(_) if !last && is_cut_mark(text) => return Flow::More,
            // A comma stays until it is known what follows: it may be a second one.
            None => {
                self.window.read(before);
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
        let records_key = cursor.member(wrapped::list_key);
        let first = cursor.peek();
        let (value, at_end) = (cursor.at(), cursor.at_end());
        match records_key {
            _ if at_end && text.len() <= LONGEST_RECORD => {
                self.wait = self.window.text().len() * 2;
                return Flow::More;
            }
            Ok(Some(key)) if first == b'[' && key != wrapped::RESULTS => {
                self.window.read(passed + value + 1);
                self.list = (key, 0);
                self.levels.push(Level::List);
            }
            Ok(_) if !at_end => {
                self.window.read(passed + value);
                self.state = State::Skipping(Skip::default());
            }
            Ok(_) | Err(_) => {
                self.window.read(passed);
                self.levels.pop();
                self.lose();
            }
        }
        Flow::On
    }
}
