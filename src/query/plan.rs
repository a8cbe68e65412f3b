//! What a query means: names resolved, values read, ready to evaluate.

use super::check::Test;
use super::parse::Problem;
use super::raw::Needle;
use super::syntax::{Expr, ExprKind, Literal, Query, Term};
use super::time;
use super::word::Word;
use crate::event::Field;
use crate::json::{Path, Step};

/// A query resolved against the registry of fields.
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) node: Node,
}

/// A part of a plan. Its depth is bounded by that of the query, [`super::MAX_DEPTH`].
#[derive(Clone, Debug)]
pub(super) enum Node {
    And(Vec<Node>),
    Or(Vec<Node>),
    Not(Box<Node>),
    Leaf(Leaf),
}

/// One question about an event.
#[derive(Clone, Debug)]
pub(super) enum Leaf {
    /// Every event.
    All,
    /// A column field.
    Column(Field, Test),
    /// `eventTime` within `from..to`, in milliseconds since 1970 UTC.
    Time(i64, i64),
    /// Values at a path of the record.
    Path(PathTest),
    /// A word anywhere in the record.
    Word(Word),
}

/// A test of the values at a path.
#[derive(Clone, Debug)]
pub(super) struct PathTest {
    pub path: Path,
    pub test: Test,
    /// The longest key, to pass over records that do not hold it without parsing them.
    pub key: Option<Needle>,
}

/// One of the parts that must all hold.
#[derive(Clone, Debug)]
pub struct Conjunct {
    /// The part.
    pub plan: Plan,
    /// The column field, if the part is about this one field and nothing else.
    pub field: Option<Field>,
}

impl Query {
    /// What it means.
    #[must_use]
    pub fn plan(&self) -> Plan {
        Plan { node: self.expr.as_ref().map_or(Node::Leaf(Leaf::All), node_of) }
    }
}

impl Plan {
    /// The parts that must all hold, so that a facet can be counted without its own field's.
    #[must_use]
    pub fn conjuncts(&self) -> Vec<Conjunct> {
        let mut out = vec![];
        let mut open = vec![&self.node];
        while let Some(node) = open.pop() {
            match node {
                Node::And(parts) => open.extend(parts.iter().rev()),
                other => out.push(Conjunct { plan: Self { node: other.clone() }, field: other.only_field() }),
            }
        }
        out
    }

    /// Whether columns alone can't decide every row.
    #[must_use]
    pub fn needs_records(&self) -> bool {
        self.node.needs_records()
    }
}

impl Node {
    pub(super) fn needs_records(&self) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(Self::needs_records),
            Self::Not(part) => part.needs_records(),
            Self::Leaf(leaf) => matches!(leaf, Leaf::Path(_) | Leaf::Word(_)),
        }
    }

    fn only_field(&self) -> Option<Field> {
        match self {
            Self::And(parts) | Self::Or(parts) => {
                let first = parts.first()?.only_field()?;
                parts.iter().all(|part| part.only_field() == Some(first)).then_some(first)
            }
            Self::Not(part) => part.only_field(),
            Self::Leaf(Leaf::Column(field, _)) => Some(*field),
            Self::Leaf(_) => None,
        }
    }
}

fn node_of(expr: &Expr) -> Node {
    match &expr.kind {
        ExprKind::And(parts) => Node::And(nodes_of(parts)),
        ExprKind::Or(parts) => Node::Or(nodes_of(parts)),
        ExprKind::Not(part) => Node::Not(Box::new(node_of(part))),
        // The parser has resolved every term before, so there is no error here; were there one, the
        // term would match nothing.
        ExprKind::Term(term) => leaf_of(term, "").map_or_else(|_| Node::Or(vec![]), Node::Leaf),
    }
}

/// The parts that columns decide first: they often spare a look at the record.
fn nodes_of(parts: &[Expr]) -> Vec<Node> {
    let (later, mut nodes): (Vec<Node>, Vec<Node>) = parts.iter().map(node_of).partition(Node::needs_records);
    nodes.extend(later);
    nodes
}

/// What the name of a field stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    Column(Field),
    Time,
    Path(Path),
}

impl Target {
    /// Resolves a name, an alias or a path; `None` where it is no path.
    pub(super) fn resolve(name: &str) -> Option<Self> {
        let path = Path::parse(name)?;
        let name = path.to_string();
        if let Some(field) = Field::by_name(&name) {
            return Some(Self::Column(field));
        }
        let is_time = name.eq_ignore_ascii_case("eventTime") || name.eq_ignore_ascii_case("time");
        Some(if is_time { Self::Time } else { Self::Path(path) })
    }

    pub(super) fn field(&self) -> Option<Field> {
        match self {
            Self::Column(field) => Some(*field),
            Self::Time | Self::Path(_) => None,
        }
    }
}

/// What a term asks. `text` is the query, for the words of an error.
pub(super) fn leaf_of(term: &Term, text: &str) -> Result<Leaf, Problem> {
    let value = &term.value;
    let at_value = |message: String| (value.span, message);
    if is_regex(value, text) {
        let message = "expressions between `/` are not supported; use `*`, or put the text in quotes";
        return Err(at_value(message.to_owned()));
    }
    let Some(name) = &term.name else {
        let word = Word::new(value);
        return Ok(word.map_or(Leaf::All, Leaf::Word));
    };
    if name.text.contains('*') && !name.text.contains('"') {
        let message = format!("`{}` is no field: a name holds no `*`", name.text);
        return Err((name.span, message));
    }
    let target = Target::resolve(&name.text).ok_or_else(|| {
        let message = format!("`{}` is no field or path; put keys with odd characters in quotes", name.text);
        (name.span, message)
    })?;
    let test = match term.comparison {
        Some(comparison) => Test::compare(comparison, value),
        None => Test::is(target.field(), value),
    };
    match target {
        Target::Column(field) => Ok(Leaf::Column(field, test.map_err(at_value)?)),
        Target::Time => time_leaf(term).map_err(at_value),
        Target::Path(path) => Ok(path_leaf(path, test.map_err(at_value)?)),
    }
}

fn path_leaf(path: Path, test: Test) -> Leaf {
    let keys = path.0.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key),
        Step::Index(_) | Step::Each => None,
    });
    let key = keys.max_by_key(|key| key.len()).and_then(|key| Needle::new(key));
    Leaf::Path(PathTest { path, test, key })
}

/// A term on `eventTime`. Times are compared; text that is none is compared as text.
fn time_leaf(term: &Term) -> Result<Leaf, String> {
    let value = &term.value;
    if value.is_any() && term.comparison.is_none() {
        return Ok(Leaf::Time(i64::MIN, i64::MAX));
    }
    let span = value.exact().and_then(time::parse);
    match (span, term.comparison) {
        (Some(span), Some(comparison)) => {
            let (from_ms, to_ms) = comparison.range(span);
            Ok(Leaf::Time(from_ms, to_ms))
        }
        (Some(span), None) => Ok(Leaf::Time(span.from_ms, span.to_ms)),
        (None, None) if value.quoted || value.exact().is_none() => {
            Ok(path_leaf(Path(vec![Step::Key("eventTime".to_owned())]), Test::is(None, value)?))
        }
        _ => {
            let text = value.pieces.join("*");
            Err(format!("`{text}` is no time; write 2026-03-01 or 2026-03-01T14:30Z"))
        }
    }
}

/// Whether the value was typed as `/…/`.
fn is_regex(value: &Literal, text: &str) -> bool {
    let typed = value.span.of(text);
    !value.quoted && typed.len() > 2 && typed.starts_with('/') && typed.ends_with('/')
}
