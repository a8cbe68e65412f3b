//! Answering a plan from the columns of a table, and from records where columns do not tell.

use std::cell::OnceCell;

use super::bitmap::Bitmap;
use super::check::Test;
use super::path;
use super::plan::{Expression, Leaf, Node, PathTest, Plan};
use super::raw::Found;
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
        Leaf::Word(word) => found_or_open(rows_with_text(&|value| word.is_in(value), table)),
        Leaf::Expression(expression) => {
            found_or_open(rows_with_text(&|value| expression.regex.is_in(value), table))
        }
    }
}

/// These rows, and all others are open.
fn found_or_open(yes: Bitmap) -> Eval {
    let mut maybe = yes.clone();
    maybe.not();
    Eval { yes, maybe }
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

/// The rows that hold a text in a column, and so in the record: they need not be read again.
fn rows_with_text(is_in: &dyn Fn(&str) -> bool, table: &impl Table) -> Bitmap {
    let mut yes = Bitmap::new(table.len());
    for field in FIELDS.iter().map(|line| line.field).filter(|field| !field.is_derived()) {
        yes.or(&rows_with(table, field, &mut |value| value.is_some_and(is_in)));
    }
    yes
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
            Found::Unsure => {
                record.document().is_some_and(|document| in_document(document, &|text| word.is_in(text)))
            }
        },
        Node::Leaf(Leaf::Expression(expression)) => expression_matches(expression, record),
    }
}

/// An expression is looked for in the record as it was logged, and in each key and value as it means.
fn expression_matches(Expression { regex, needle }: &Expression, record: &Record<'_>) -> bool {
    if regex.is_in(&String::from_utf8_lossy(record.raw)) {
        return true;
    }
    // Without an escape each key and value is a part of the text.
    let same = regex.is_free() && memchr::memchr(b'\\', record.raw).is_none();
    let hopeless = same || needle.as_ref().is_some_and(|needle| needle.look(record.raw) == Found::No);
    !hopeless && record.document().is_some_and(|document| in_document(document, &|text| regex.is_in(text)))
}

/// Whether any key or value of a record is such. `null` is looked at as it is written.
fn in_document(document: &Document<'_>, is_in: &dyn Fn(&str) -> bool) -> bool {
    let mut open = vec![document.root()];
    while let Some(value) = open.pop() {
        let here = match value.kind() {
            Kind::Object | Kind::Array => {
                open.extend(value.children());
                false
            }
            Kind::Null => is_in("null"),
            _ => value.scalar().is_some_and(|text| is_in(&text)),
        };
        if here || is_in(&value.key()) {
            return true;
        }
    }
    false
}

fn path_matches(PathTest { path, test, key }: &PathTest, record: &Record<'_>) -> bool {
    if key.as_ref().is_some_and(|key| key.look_nested(record.raw) == Found::No) {
        return false;
    }
    let Some(document) = record.document() else {
        return false;
    };
    path::any(document.root(), path, &mut |value| match value.kind() {
        Kind::Object => test.is_presence(),
        kind => value.scalar().is_some_and(|text| test.matches(&text, kind == Kind::Number)),
    })
}
