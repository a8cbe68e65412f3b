//! Windows of the ordered matches: keys to find a place, rows to show it.

use super::Shard;
use crate::event::Field;
use crate::protocol::{EventRow, QuestionId, Request, Response, RowRef, SortKey};
use crate::summary::clipped;
use crate::table::Marks;

impl Shard {
    /// Answers what needs no record text. `None` for the requests that do.
    #[must_use]
    pub fn lookup(&self, request: &Request) -> Option<Response> {
        match request {
            Request::Ask(_)
            | Request::Record { .. }
            | Request::CheckIntegrity { .. }
            | Request::StopIntegrity
            | Request::Verdicts(_) => None,
            &Request::Keys { question, from, len } => {
                let keys = self.window(question, from, len).iter().map(|&row| self.key(row)).collect();
                Some(Response::Keys { question, from, keys })
            }
            &Request::Rows { question, from, len } => {
                let rows = self.window(question, from, len).iter().map(|&row| self.event_row(row)).collect();
                Some(Response::Rows { question, from, rows })
            }
            Request::RowsAt { rows } => {
                let known = rows.iter().filter(|row| self.table.place(**row).is_some());
                Some(Response::RowsAt(known.map(|&row| self.event_row(row)).collect()))
            }
            Request::EventRow { event_id } => {
                let is_it = |row: &u32| {
                    !self.table.marks(*row).has(Marks::COPY) && self.table.event_id(*row) == *event_id
                };
                let found = (0..self.table.len()).find(is_it);
                Some(Response::RowsAt(found.into_iter().map(|row| self.event_row(row)).collect()))
            }
            Request::Rank { question, key } => {
                let before = self.ordered(*question).partition_point(|&row| self.key(row) < *key) as u64;
                Some(Response::Rank { question: *question, before })
            }
            Request::NextError { question, from, forward } => {
                let hit = self.next_error(*question, from, *forward);
                Some(Response::Found { question: *question, hit })
            }
            Request::Principal { .. } | Request::Trace { .. } => self.look_behind(request),
        }
    }

    fn window(&self, question: QuestionId, from: u32, len: u32) -> &[u32] {
        let ordered = self.ordered(question);
        let start = (from as usize).min(ordered.len());
        let end = start.saturating_add(len as usize).min(ordered.len());
        &ordered[start..end]
    }

    fn key(&self, row: u32) -> SortKey {
        self.table.key(row, self.order())
    }

    fn next_error(&self, question: QuestionId, from: &SortKey, forward: bool) -> Option<(SortKey, RowRef)> {
        let ordered = self.ordered(question);
        let is_error = |row: &&u32| self.table.marks(**row).has(Marks::ERROR);
        let hit = if forward {
            let start = ordered.partition_point(|&row| self.key(row) <= *from);
            ordered[start..].iter().find(is_error)
        } else {
            let end = ordered.partition_point(|&row| self.key(row) < *from);
            ordered[..end].iter().rev().find(is_error)
        };
        hit.map(|&row| (self.key(row), self.row_ref(row)))
    }

    fn event_row(&self, row: u32) -> EventRow {
        let table = &self.table;
        let marks = table.marks(row);
        let text = |field: Field| clipped(table.column(field).text(row));
        let time = table.times().get(row as usize).copied().filter(|ms| *ms != SortKey::UNDATED);
        EventRow {
            row: self.row_ref(row),
            key: self.key(row),
            event_id: clipped(&table.event_id(row)),
            time_ms: time,
            time_text: clipped(&table.time_text(row)),
            source: text(Field::EventSource),
            name: text(Field::EventName),
            principal: text(Field::Principal),
            resource: text(Field::Resource),
            source_ip: text(Field::SourceIp),
            error: table.error(row).map(clipped),
            write: text(Field::Access).starts_with("write"),
            redactions: table.redactions(row),
            exposures: table.leaks(row),
            root: marks.has(Marks::ROOT),
            no_mfa: marks.has(Marks::NO_MFA),
            copies: table.copies(row),
            cells: self
                .cells()
                .iter()
                .filter_map(|&field| Some((field, clipped(&table.cell(field, row)?))))
                .collect(),
        }
    }
}
