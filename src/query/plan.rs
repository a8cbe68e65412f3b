//! What a query means: names resolved, values read, ready to evaluate.

use super::check::Test;
use super::names::known_like;
use super::parse::Problem;
use super::raw::Needle;
use super::regex::Regex;
use super::syntax::{Comparison, Expr, ExprKind, Literal, Query, Span, Term};
use super::time;
use super::values::longest_key;
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
    /// A regular expression anywhere in the record.
    Expression(Expression),
}

/// A regular expression without a field.
#[derive(Clone, Debug)]
pub(super) struct Expression {
    pub regex: Regex,
    /// A text that stands in every value that it matches.
    pub needle: Option<Needle>,
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
    /// The same of a path.
    pub path: Option<String>,
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
                other => {
                    let (field, path) = match other.only() {
                        Some(Target::Column(field)) => (Some(field), None),
                        Some(Target::Path(path)) => (None, Some(path.to_string())),
                        _ => (None, None),
                    };
                    out.push(Conjunct { plan: Self { node: other.clone() }, field, path });
                }
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
            Self::Leaf(leaf) => matches!(leaf, Leaf::Path(_) | Leaf::Word(_) | Leaf::Expression(_)),
        }
    }

    /// What all of it is about, if that is one thing.
    fn only(&self) -> Option<Target> {
        match self {
            Self::And(parts) | Self::Or(parts) => {
                let first = parts.first()?.only()?;
                parts.iter().all(|part| part.only().as_ref() == Some(&first)).then_some(first)
            }
            Self::Not(part) => part.only(),
            Self::Leaf(Leaf::Column(field, _)) => Some(Target::Column(*field)),
            Self::Leaf(Leaf::Path(test)) => Some(Target::Path(test.path.clone())),
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
        ExprKind::Term(term) => leaf_of(term).map_or_else(|_| Node::Or(vec![]), Node::Leaf),
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

/// What a term asks.
pub(super) fn leaf_of(term: &Term) -> Result<Leaf, Problem> {
    let Some(name) = &term.name else {
        return word_leaf(&term.value);
    };
    if name.text.contains('*') && !name.text.contains('"') {
        let message = format!("`{}` is no field: a name holds no `*`", name.text);
        return Err(Problem::new(name.span, message));
    }
    let target = Target::resolve(&name.text).ok_or_else(|| {
        let message = format!("`{}` is no field or path; put keys with odd characters in quotes", name.text);
        let problem = Problem::new(name.span, message);
        match known_like(&name.text.replace("..", ".")) {
            Some(known) => problem.instead(known),
            None => problem,
        }
    })?;
    if target == Target::Time
        && let Some(leaf) = time_leaf(term)?
    {
        return Ok(leaf);
    }
    let test = Test::of(target.field(), term)?;
    Ok(match target {
        Target::Column(field) => Leaf::Column(field, test),
        Target::Path(path) => path_leaf(path, test),
        Target::Time => path_leaf(Path(vec![Step::Key("eventTime".to_owned())]), test),
    })
}

/// What a word asks, or an expression without a field.
fn word_leaf(value: &Literal) -> Result<Leaf, Problem> {
    if let Some(regex) = regex_of(value)? {
        let needle = Needle::new(regex.literal());
        return Ok(Leaf::Expression(Expression { regex, needle }));
    }
    let operator = match value.exact().filter(|_| !value.quoted) {
        Some("&&") => Some("AND"),
        Some("||") => Some("OR"),
        _ => None,
    };
    if let Some(operator) = operator {
        let message = format!("write `{operator}` here, or the signs in quotes");
        return Err(Problem::new(value.span, message).instead(operator));
    }
    Ok(Word::new(value).map_or(Leaf::All, Leaf::Word))
}

/// The expression of a value between slashes.
pub(super) fn regex_of(value: &Literal) -> Result<Option<Regex>, Problem> {
    let Some(source) = value.expression() else {
        return Ok(None);
    };
    Regex::new(source).map(Some).map_err(|(at, message)| {
        // Behind the slash; what is wrong is marked to the end.
        let start = (value.span.start + 1 + at).min(value.span.end);
        Problem::new(Span { start, end: value.span.end }, message)
    })
}

fn path_leaf(path: Path, test: Test) -> Leaf {
    let key = longest_key(&path);
    Leaf::Path(PathTest { path, test, key })
}

/// A term on `eventTime`. Times are compared; text that is none is compared as text, and then there is
/// no leaf.
fn time_leaf(term: &Term) -> Result<Option<Leaf>, Problem> {
    let value = &term.value;
    if value.is_any() && term.comparison.is_none() {
        return Ok(Some(Leaf::Time(i64::MIN, i64::MAX)));
    }
    if term.comparison.is_none() && (value.quoted || value.exact().is_none()) {
        return Ok(None);
    }
    let (from_ms, to_ms) = time_range(term.comparison, value)?;
    Ok(Some(match &term.upper {
        None => Leaf::Time(from_ms, to_ms),
        Some((comparison, end)) => Leaf::Time(from_ms, time_range(Some(*comparison), end)?.1),
    }))
}

fn time_range(comparison: Option<Comparison>, value: &Literal) -> Result<(i64, i64), Problem> {
    let span = value.exact().and_then(|text| time::parse(text).or_else(|| time::year(text)));
    let span = span.ok_or_else(|| {
        let text = value.pieces.join("*");
        let problem =
            Problem::new(value.span, format!("`{text}` is no time; write 2026-03-01 or 2026-03-01T14:30Z"));
        match time::like(&text) {
            Some(meant) => problem.instead(meant),
            None => problem,
        }
    })?;
    Ok(comparison.map_or((span.from_ms, span.to_ms), |comparison| comparison.range(span)))
}
