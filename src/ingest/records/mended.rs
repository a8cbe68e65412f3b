//! Records that were printed or pasted without their end: see [`crate::json::mend`].

use super::{Flow, RecordReader};
use crate::event::{Scan, scan_record};
use crate::ingest::Place;
use crate::ingest::tally::Out;
use crate::json::{Mend, mend};

/// How many broken records of a text are looked at, at most.
pub(super) const MENDS: usize = 64;

impl RecordReader {
    /// Reads the record at the start of the window although its end is missing. `None` where that can't
    /// be done, or where the text is no page that shows records: a log file that is cut stays cut.
    pub(super) fn mend(&mut self, out: &mut Out<'_>, last: bool) -> Option<Flow> {
        if self.mends == 0 || !self.is_fragment() {
            return None;
        }
        let text = self.window.text();
        let mended = match mend(text, last) {
            Mend::Mended(mended) => mended,
            Mend::More => {
                self.wait = text.len() + text.len().max(1);
                return Some(Flow::More);
            }
            Mend::Never => {
                self.mends -= 1;
                return None;
            }
        };
        let fields = match scan_record(&mended.text) {
            Scan::Record { fields, len } if fields.has_event_shape && len == mended.text.len() => fields,
            _ => {
                self.mends -= 1;
                return None;
            }
        };
        let number = self.first_number.saturating_add(self.findings.next_number());
        let place = Place { entry: self.entry, offset: self.window.offset(), number };
        out.record(place, text.get(..mended.used)?, &fields);
        self.findings.mended(self.window.offset(), mended.changed);
        self.findings.delivered(false);
        self.window.read(mended.used);
        Some(Flow::On)
    }

    /// Whether the text is one that people write or paste: prose with records in it, or one record.
    fn is_fragment(&self) -> bool {
        let found = &self.findings;
        let bare = found.delivered == 0 && found.wrappers == 0 && found.lists == 0;
        self.levels.len() == 1 && (found.kind.is_some() || found.stray.is_some() || bare)
    }
}
