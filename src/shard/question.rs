//! A question in progress: what the columns settle at once, and what the records must settle.
//!
//! The parts of a query that AND joins are kept apart, so that a facet can be counted without the
//! parts that are about its own field.

use std::ops::Range;

use crate::event::RecordFields;
use crate::event::{ADDED, BETWEEN, FIELDS, Field};
use crate::ingest::{FileReader, FileReport, Place, RecordSink};
use crate::protocol::{Answer, Ask, Detail, Order, SortKey};
use crate::query::{self, Bitmap, Plan, Table, Values};
use crate::summary;
use crate::table::{EventTable, Marks};

use super::Shard;

/// Places between the keys that an answer samples.
pub const SAMPLE_EVERY: usize = 256;

/// How many principals are sent.
const PRINCIPALS: usize = 2_000;

/// A question and how far its answer is.
pub struct QuestionState {
    ask: Ask,
    /// Rows there were when it was asked; later rows wait for the next question.
    rows: u32,
    parts: Vec<Part>,
    /// Rows that a record must settle, in the order of the table, and how many are done.
    pending: Vec<u32>,
    settled: usize,
    /// The rows before this one are of files that have been read, so that added paths can be.
    readable: u32,
    /// What reads the added paths, at their places.
    values: Vec<(usize, Values)>,
    /// The matches in order, worked out when asked for.
    ordered: Vec<u32>,
    /// The order they are in: by an added path they are once all of it is known.
    sorted: Order,
}

/// One of the parts that AND joins.
struct Part {
    plan: Plan,
    /// The field it is about, if it is about one only.
    field: Option<Field>,
    yes: Bitmap,
    maybe: Bitmap,
}

/// The text of one file passing by once more, to settle the rows that need it.
pub struct Rereading {
    source: u32,
    reader: FileReader,
    /// The next pending row, as a place in `pending`.
    next: usize,
    question: u32,
}

impl Shard {
    /// Takes a question. Its first answer is ready; [`Shard::pending_source`] says if more will come.
    ///
    /// # Errors
    /// Gives the parser's message where the query does not parse; the page has parsed it before.
    pub fn ask(&mut self, ask: Ask) -> Result<(), String> {
        let plan = query::parse(&ask.query).map_err(|error| error.message)?.plan();
        self.table.add_paths(&ask.paths);
        let parts: Vec<Part> = plan
            .conjuncts()
            .into_iter()
            .map(|conjunct| {
                let eval = conjunct.plan.evaluate(&self.table);
                let added = || self.table.added(&conjunct.path?);
                let field = conjunct.field.or_else(added);
                Part { plan: conjunct.plan, field, yes: eval.yes, maybe: eval.maybe }
            })
            .collect();
        let rows = self.table.len();
        let readable = self.reading.map_or(rows, |source| self.table.rows_before(source));
        let pending = pending(&self.table, &parts, rows, self.table.known_rows()..readable);
        let read = |(place, path): (usize, &String)| Some((place, Values::at(path)?));
        let values = ask.paths.iter().enumerate().filter_map(read).collect();
        let (ordered, sorted) = (Vec::new(), Order::default());
        let mut question =
            QuestionState { ask, rows, parts, pending, settled: 0, readable, values, ordered, sorted };
        question.order(&mut self.table);
        self.question = Some(question);
        Ok(())
    }

    /// The file whose text is needed next to answer the question in progress.
    #[must_use]
    pub fn pending_source(&self) -> Option<u32> {
        let question = self.question.as_ref()?;
        let row = *question.pending.get(question.settled)?;
        Some(self.table.place(row)?.source)
    }

    /// Begins to read a file once more.
    #[must_use]
    pub fn reread(&self, source: u32) -> Option<Rereading> {
        let question = self.question.as_ref()?;
        // A file that is still being read has rows too, but perhaps no line of the ledger yet.
        let (path, size) = self.files.get(&source).map_or(("", 0), |file| (file.path.as_str(), file.size));
        Some(Rereading {
            source,
            reader: FileReader::new(path, size),
            next: question.settled,
            question: question.ask.question,
        })
    }

    /// The next bytes of a file that is read once more. False when nothing more is needed of it.
    pub fn reread_push(&mut self, rereading: &mut Rereading, bytes: &[u8]) -> bool {
        let Some(question) = self.question.as_mut().filter(|q| q.ask.question == rereading.question) else {
            return false;
        };
        let mut settler =
            Settler { table: &mut self.table, question, source: rereading.source, next: &mut rereading.next };
        rereading.reader.push(bytes, &mut settler);
        let wants_more = settler.wants_more();
        // Its entries were reported when it was read first.
        rereading.reader.take_reports();
        wants_more
    }

    /// Ends a file that was read once more. Rows whose text did not come do not match.
    pub fn reread_close(&mut self, mut rereading: Rereading) {
        let Some(question) = self.question.as_mut().filter(|q| q.ask.question == rereading.question) else {
            return;
        };
        let mut settler =
            Settler { table: &mut self.table, question, source: rereading.source, next: &mut rereading.next };
        let _: Vec<FileReport> = rereading.reader.finish(&mut settler);
        settler.skip_rest();
        let next = rereading.next;
        question.settled = next;
    }

    /// The answer as far as it is.
    pub fn answer(&mut self) -> Answer {
        let Some(mut question) = self.question.take() else {
            return Answer::default();
        };
        question.order(&mut self.table);
        let answer = question.answer(&self.table, self.config.shard);
        self.question = Some(question);
        answer
    }

    /// The matches of a question in order; empty if it is no longer the question.
    pub(super) fn ordered(&self, question: u32) -> &[u32] {
        match &self.question {
            Some(state) if state.ask.question == question => &state.ordered,
            _ => &[],
        }
    }

    /// The fields whose values rows bring along.
    pub(super) fn cells(&self) -> &[Field] {
        self.question.as_ref().map_or(&[], |question| &question.ask.cells)
    }

    /// The buckets of the question in progress.
    pub(super) fn buckets(&self) -> crate::protocol::Buckets {
        self.question.as_ref().map_or_else(Default::default, |question| question.ask.buckets)
    }

    /// The order of the matches of the question in progress.
    pub(super) fn order(&self) -> Order {
        self.question.as_ref().map_or_else(Order::default, |question| question.sorted)
    }
}

/// The rows that need their record: not ruled out by any part that every facet counts, and left open
/// by at least one part; and those of which an added path is not known.
fn pending(table: &EventTable, parts: &[Part], rows: u32, unknown: Range<u32>) -> Vec<u32> {
    if unknown.is_empty() && parts.iter().all(|part| part.maybe.count() == 0) {
        return Vec::new();
    }
    let open = |row: usize| parts.iter().any(|part| part.maybe.get(row));
    let possible = |row: usize| {
        parts.iter().all(|part| part.field.is_some() || part.yes.get(row) || part.maybe.get(row))
    };
    (0..rows)
        .filter(|&row| {
            let asked = open(row as usize) && possible(row as usize) && !table.marks(row).has(Marks::COPY);
            asked || unknown.contains(&row)
        })
        .collect()
}

impl QuestionState {
    /// Its number.
    #[must_use]
    pub fn number(&self) -> u32 {
        self.ask.question
    }

    fn in_brush(&self, table: &EventTable, row: u32) -> bool {
        let time = table.times()[row as usize];
        self.ask.time.is_none_or(|(from, to)| (from..to).contains(&time))
    }

    /// Whether a row matches, leaving out the parts about `without`.
    fn matches(&self, table: &EventTable, row: u32, without: Option<Field>) -> bool {
        let parts = self.parts.iter().filter(|part| without.is_none() || part.field != without);
        !table.marks(row).has(Marks::COPY) && parts.into_iter().all(|part| part.yes.get(row as usize))
    }

    fn order(&mut self, table: &mut EventTable) {
        let known = self.settled >= self.pending.len();
        let by_added = self.ask.order.by.is_some_and(|field| field.added().is_some());
        self.sorted = if by_added && !known { Order::default() } else { self.ask.order };
        let order = self.sorted;
        let all = table.ordered(order.newest_first()).to_vec();
        let rows = self.rows;
        self.ordered = all
            .into_iter()
            .filter(|&row| row < rows && self.matches(table, row, None) && self.in_brush(table, row))
            .collect();
        if let Some(field) = order.by {
            self.ordered = table.sorted_by(&self.ordered, field, order.descending);
        }
    }

    fn answer(&self, table: &EventTable, shard: u16) -> Answer {
        let ask = &self.ask;
        let mut matched = self.ordered.clone();
        matched.sort_unstable();
        let unbrushed: Vec<u32> = match ask.time {
            None => Vec::new(),
            Some(_) => (0..self.rows).filter(|&row| self.matches(table, row, None)).collect(),
        };
        let in_context = if ask.time.is_some() { &unbrushed } else { &matched };
        let shown = (0..self.rows).filter(|&row| !table.marks(row).has(Marks::COPY));
        let usual = FIELDS.iter().filter(|line| line.facet).map(|line| line.field);
        let facets = usual.chain(ask.facets.iter().copied()).map(|field| self.facet(table, field, &matched));
        let fields = FIELDS.iter().map(|line| line.field).chain(ADDED);
        let counted = fields.filter(|_| ask.coverage);
        let detail = |wanted: Detail| ask.detail == wanted || ask.detail == Detail::All;
        let groups = |field: Field| {
            if !detail(Detail::Redactions) {
                return Vec::new();
            }
            summary::finding_groups(table, field, &matched, shard)
        };
        Answer {
            question: ask.question,
            progress: self.progress(),
            events: shown.clone().count() as u64,
            matched: matched.len() as u64,
            errors: matched.iter().filter(|&&row| table.marks(row).has(Marks::ERROR)).count() as u64,
            undated: shown.filter(|&row| table.times()[row as usize] == SortKey::UNDATED).count() as u64,
            redactions: matched.iter().map(|&row| u64::from(table.redactions(row))).sum(),
            exposures: matched.iter().map(|&row| u64::from(table.exposures(row))).sum(),
            looked_at: matched.iter().map(|&row| u64::from(table.looked_at(row))).sum(),
            histogram: summary::histogram(table, in_context, ask.buckets),
            facets: facets.collect(),
            coverage: counted.map(|field| (field, summary::present(table, field, &matched))).collect(),
            // The redactions are set against all calls of their kind, which the summaries count.
            services: if detail(Detail::Services) || detail(Detail::Redactions) {
                summary::services(table, &matched, ask.buckets)
            } else {
                Vec::new()
            },
            principals: 0,
            principal_hashes: summary::principal_hashes(table, &matched),
            identities: if detail(Detail::Identities) {
                summary::identities(table, &matched, PRINCIPALS)
            } else {
                Vec::new()
            },
            redaction_groups: groups(Field::Redaction),
            exposure_groups: groups(Field::Exposure),
            samples: self
                .ordered
                .iter()
                .step_by(SAMPLE_EVERY)
                .map(|&row| table.key(row, self.sorted))
                .collect(),
        }
    }

    fn facet(&self, table: &EventTable, field: Field, matched: &[u32]) -> crate::protocol::Facet {
        let most = self.ask.facet_values as usize;
        if self.parts.iter().all(|part| part.field != Some(field)) {
            return summary::facet(table, field, matched, most);
        }
        let rows: Vec<u32> = (0..self.rows)
            .filter(|&row| self.matches(table, row, Some(field)) && self.in_brush(table, row))
            .collect();
        summary::facet(table, field, &rows, most)
    }

    fn progress(&self) -> f32 {
        if self.pending.is_empty() {
            return 1.0;
        }
        // A share for a progress bar: single precision is plenty.
        self.settled as f32 / self.pending.len() as f32
    }
}

/// Settles the pending rows of one file as its records pass by.
struct Settler<'s> {
    table: &'s mut EventTable,
    question: &'s mut QuestionState,
    source: u32,
    next: &'s mut usize,
}

impl Settler<'_> {
    /// The next pending row, if it is of this file.
    fn row(&self) -> Option<(u32, u32)> {
        let row = *self.question.pending.get(*self.next)?;
        let place = self.table.place(row).filter(|place| place.source == self.source)?;
        Some((row, place.record))
    }

    fn wants_more(&self) -> bool {
        self.row().is_some()
    }

    fn skip_rest(&mut self) {
        while let Some((row, _)) = self.row() {
            self.pass(row);
        }
    }

    fn pass(&mut self, row: u32) {
        *self.next += 1;
        if row < self.question.readable {
            self.table.know_up_to(row);
        }
    }
}

impl RecordSink for Settler<'_> {
    fn record(&mut self, place: Place, text: &[u8], _fields: &RecordFields<'_>) {
        while let Some((row, record)) = self.row() {
            if record > place.number {
                return;
            }
            if record == place.number {
                let at = row as usize;
                for part in &mut self.question.parts {
                    if part.maybe.get(at) && part.plan.matches_record(self.table, at, text) {
                        part.yes.set(at, true);
                    }
                }
                for (place, values) in &self.question.values {
                    if row < self.question.readable && self.table.wants(*place, row) {
                        self.table.push_added(*place, row, values.read(text).as_deref());
                    }
                }
            }
            self.pass(row);
        }
    }
}

impl Table for EventTable {
    fn len(&self) -> usize {
        Self::len(self) as usize
    }

    fn distinct(&self, field: Field) -> u32 {
        if field.is_of_findings() { self.findings(field).sets() } else { self.column(field).dictionary.len() }
    }

    fn ids(&self, field: Field) -> &[u32] {
        if field.is_of_findings() { self.findings(field).rows() } else { &self.column(field).ids }
    }

    fn rows(&self, field: Field) -> Option<&[u32]> {
        self.column(field).rows.as_deref()
    }

    fn test(&self, field: Field, id: u32, test: &mut dyn FnMut(Option<&str>) -> bool) -> bool {
        if field.is_joined() {
            return match self.column(field).dictionary.get(id) {
                Some(joined) => joined.split(BETWEEN).any(|one| test(Some(one))),
                None => test(None),
            };
        }
        if !field.is_of_findings() {
            return test(self.column(field).dictionary.get(id));
        }
        let mut any = false;
        for value in self.findings(field).of_set(id).filter_map(|finding| self.found(field, finding)) {
            any = true;
            if test(Some(value)) {
                return true;
            }
        }
        !any && test(None)
    }

    fn times_ms(&self) -> &[i64] {
        self.times()
    }
}
