//! Commas between the elements of a list: one too few or too many costs no record, but it is said.

use super::{Level, RecordReader};

/// What stood last in the list that is being read.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Last {
    /// Its `[`.
    #[default]
    Start,
    Comma,
    Element,
}

/// How far the commas of a list have been looked at.
#[derive(Default)]
pub(super) struct Commas {
    last: Last,
    /// How many levels there were then.
    depth: usize,
    /// Where that stood: text that is not here whole is met again.
    at: u64,
    /// Whether the way was lost inside a list: where it ends is not known then.
    unsure: bool,
}

impl Commas {
    /// Where the way is found again, with so many levels.
    pub fn found_again(levels: usize) -> Self {
        Self { unsure: levels > 1, ..Self::default() }
    }
}

impl RecordReader {
    /// Looks at what stands at `at` of the window, which starts with this byte: a comma, an element, the
    /// end of a list.
    pub(super) fn note_comma(&mut self, first: u8, at: usize) {
        let (depth, at) = (self.levels.len(), self.window.offset() + at as u64);
        let commas = &mut self.commas;
        // A byte order mark that is not here whole is white space.
        if first == 0xef
            || self.levels.last() != Some(&Level::List)
            || commas.unsure
            || (commas.depth, commas.at) == (depth, at)
        {
            return;
        }
        let last = match commas.depth.cmp(&depth) {
            std::cmp::Ordering::Less => Last::Start,
            std::cmp::Ordering::Equal => commas.last,
            std::cmp::Ordering::Greater => Last::Element,
        };
        (commas.depth, commas.at) = (depth, at);
        let (wrong, now) = match first {
            b',' => (last != Last::Element, Last::Comma),
            // The next list on this level starts anew.
            b']' => (last == Last::Comma, Last::Start),
            b'{' | b'[' | b'"' => (last == Last::Element, Last::Element),
            _ => (false, Last::Element),
        };
        commas.last = now;
        if wrong {
            self.findings.comma(at, !matches!(first, b',' | b']'));
        }
    }
}
