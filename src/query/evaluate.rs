//! Answering a plan from the columns of a table, and from records where columns do not tell.

use std::cell::OnceCell;

use super::bitmap::Bitmap;
use super::check::Test;
use super::path::reach;
use super::plan::{Leaf, Node, PathTest, Plan};
use super::raw::Found;
use super::word::Word;
use crate::event::{FIELDS, Field};
use crate::json::{Document, Kind};

/// What evaluation needs of a table of events.
pub trait Table {
    /// Rows.
    fn len(&self) -> usize;

    /// Whether there is no row.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number of distinct ids in a field's column: ids are `0..distinct`, 0 is its absence.
    fn distinct(&self, field: Field) -> u32;

    /// The field's column: one id for each row, or for each of [`Table::rows`].
    fn ids(&self, field: Field) -> &[u32];

    /// The rows that `ids` are of, ascending, where the column keeps only those with a value.
    fn rows(&self, field: Field) -> Option<&[u32]>;

    /// Whether any value behind this id satisfies `test`; the absence of one is `None`. Fields such
    /// as [`Field::Redaction`] have several values behind an id.
    fn test(&self, field: Field, id: u32, test: &mut dyn FnMut(Option<&str>) -> bool) -> bool;

    /// `eventTime` of each row in milliseconds since 1970 UTC; `i64::MAX` where it can't be read.
    fn times_ms(&self) -> &[i64];
}

/// The answer of the columns. No row is in both sets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Eval {
    /// Rows that match.
    pub yes: Bitmap,
    /// Rows whose record decides: see [`Plan::matches_record`].
    pub maybe: Bitmap,
}

impl Plan {
    /// Answers from the columns. Each predicate is tried once for each distinct value.
    #[must_use]
    pub fn evaluate(&self, table: &impl Table) -> Eval {
        evaluate(&self.node, table)
    }

    /// Decides one row with the text of its record, for rows that columns left open. Text that is no
    /// JSON has no paths and no words.
    #[must_use]
    pub fn matches_record(&self, table: &impl Table, row: usize, raw: &[u8]) -> bool {
        matches(&self.node, table, row, &Record { raw, document: OnceCell::new() })
    }
}

fn evaluate(node: &Node, table: &impl Table) -> Eval {
    match node {
        Node::Leaf(leaf) => evaluate_leaf(leaf, table),
        Node::Not(part) => {
            let Eval { mut yes, maybe } = evaluate(part, table);
            yes.or(&maybe);
            yes.not();
            Eval { yes, maybe }
        }
        Node::And(parts) => {
            let mut yes = Bitmap::full(table.len());
            let mut possible = yes.clone();
            for part in parts {
                let mut answer = evaluate(part, table);
                yes.and(&answer.yes);
                answer.yes.or(&answer.maybe);
                possible.and(&answer.yes);
                if possible.is_empty() {
                    break;
                }
            }
            possible.and_not(&yes);
            Eval { yes, maybe: possible }
        }
        Node::Or(parts) => {
            let mut yes = Bitmap::new(table.len());
            let mut maybe = yes.clone();
            for part in parts {
                let answer = evaluate(part, table);
                yes.or(&answer.yes);
                maybe.or(&answer.maybe);
            }
            maybe.and_not(&yes);
            Eval { yes, maybe }
        }
    }
}

fn evaluate_leaf(leaf: &Leaf, table: &impl Table) -> Eval {
    let rows = table.len();
    let decided = |yes| Eval { yes, maybe: Bitmap::new(rows) };
    match leaf {
        Leaf::All => decided(Bitmap::full(rows)),
        Leaf::Column(field, test) => {
            decided(rows_with(table, *field, &mut |value| column_matches(test, value)))
        }
        Leaf::Time(from_ms, to_ms) => {
            let times = table.times_ms();
            decided(Bitmap::from_fn(rows, |row| {
                times.get(row).is_some_and(|time| (*from_ms..*to_ms).contains(time))
            }))
        }
        Leaf::Path(_) => Eval { yes: Bitmap::new(rows), maybe: Bitmap::full(rows) },
        Leaf::Word(word) => {
            let yes = rows_with_word(word, table);
            let mut maybe = yes.clone();
            maybe.not();
            Eval { yes, maybe }
        }
    }
}

fn column_matches(test: &Test, value: Option<&str>) -> bool {
    value.is_some_and(|value| test.matches(value, false))
}

/// The rows whose value of a field satisfies a test.
fn rows_with(table: &impl Table, field: Field, test: &mut dyn FnMut(Option<&str>) -> bool) -> Bitmap {
    let hits: Vec<bool> = (0..table.distinct(field)).map(|id| table.test(field, id, test)).collect();
    if !hits.contains(&true) {
        return Bitmap::new(table.len());
    }
    let ids = table.ids(field);
    let hit = |id: &u32| hits.get(*id as usize).copied().unwrap_or(false);
    if let Some(rows) = table.rows(field) {
        let mut some = Bitmap::new(table.len());
        for (row, _) in rows.iter().zip(ids).filter(|(_, id)| hit(id)) {
            some.set(*row as usize, true);
        }
        return some;
    }
    Bitmap::from_fn(table.len(), |row| ids.get(row).is_some_and(hit))
}

/// The rows that hold a word in a column, and so in the record: they need not be read again.
fn rows_with_word(word: &Word, table: &impl Table) -> Bitmap {
    let mut yes = Bitmap::new(table.len());
    for field in FIELDS.iter().map(|line| line.field).filter(|field| is_verbatim(*field)) {
        yes.or(&rows_with(table, field, &mut |value| value.is_some_and(|value| word.is_in(value))));
    }
    yes
}

/// Whether a column holds what the record says, where others hold what we derive from it. Request
/// ids are left out: they are as many as the rows, and looking through them saves nothing.
fn is_verbatim(field: Field) -> bool {
    let derived =
        [Field::Principal, Field::Resource, Field::IssuedArn, Field::Failure, Field::Notable, Field::Detail];
    !derived.contains(&field) && !field.is_of_findings()
}

/// A record that is parsed when something first asks for it.
struct Record<'a> {
    raw: &'a [u8],
    document: OnceCell<Option<Document<'a>>>,
}

impl<'a> Record<'a> {
    fn document(&self) -> Option<&Document<'a>> {
        self.document
            .get_or_init(|| Document::parse_mended(self.raw).ok().map(|(document, _)| document))
            .as_ref()
    }
}

fn matches(node: &Node, table: &impl Table, row: usize, record: &Record<'_>) -> bool {
    match node {
        Node::And(parts) => parts.iter().all(|part| matches(part, table, row, record)),
        Node::Or(parts) => parts.iter().any(|part| matches(part, table, row, record)),
        Node::Not(part) => !matches(part, table, row, record),
        Node::Leaf(Leaf::All) => true,
        Node::Leaf(Leaf::Column(field, test)) => {
            let at = match table.rows(*field) {
                None => Ok(row),
                Some(rows) => rows.binary_search_by(|here| (*here as usize).cmp(&row)),
            };
            let id = at.ok().and_then(|at| table.ids(*field).get(at));
            id.is_some_and(|&id| table.test(*field, id, &mut |value| column_matches(test, value)))
        }
        Node::Leaf(Leaf::Time(from_ms, to_ms)) => {
            table.times_ms().get(row).is_some_and(|time| (*from_ms..*to_ms).contains(time))
        }
        Node::Leaf(Leaf::Path(path)) => path_matches(path, record),
        Node::Leaf(Leaf::Word(word)) => match word.look(record.raw) {
            Found::Yes => true,
            Found::No => false,
            Found::Unsure => record.document().is_some_and(|document| word.is_in_document(document)),
        },
    }
}

fn path_matches(PathTest { path, test, key }: &PathTest, record: &Record<'_>) -> bool {
    if key.as_ref().is_some_and(|key| key.look(record.raw) == Found::No) {
        return false;
    }
    let Some(document) = record.document() else {
        return false;
    };
    reach(document.root(), path).into_iter().any(|value| match value.kind() {
        Kind::Object => test.is_presence(),
        kind => value.scalar().is_some_and(|text| test.matches(&text, kind == Kind::Number)),
    })
}
