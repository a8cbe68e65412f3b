//! The same question for an engine made for more than a tab: a query as SQL for DuckDB, Athena and
//! CloudTrail Lake.
//!
//! A part that an engine can't be asked is said in a comment, and widened: the result then holds more events
//! than the page shows, never fewer and never silently others. Inside a NOT that means to narrow.

mod duckdb;
mod term;
mod text;
mod trino;

use crate::event::format_time;
use crate::query::{Demand, Expr, ExprKind, QueryError, Subject, Term, meaning, parse};

/// The engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB over the log files themselves.
    DuckDb,
    /// Amazon Athena over the table that AWS documents for CloudTrail logs.
    Athena,
    /// An event data store of CloudTrail Lake.
    Lake,
}

impl Dialect {
    /// All of them, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::DuckDb, Self::Athena, Self::Lake];

    /// Its short name, for `sql-dialect`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::DuckDb => "duckdb",
            Self::Athena => "athena",
            Self::Lake => "lake",
        }
    }

    /// Its name for a reader.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::DuckDb => "DuckDB",
            Self::Athena => "Amazon Athena",
            Self::Lake => "CloudTrail Lake",
        }
    }

    /// The dialect with this short name.
    #[must_use]
    pub fn by_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.name() == name)
    }

    /// What must be there before the query runs: for Athena the table.
    #[must_use]
    pub fn table(self) -> Option<&'static str> {
        (self == Self::Athena).then_some(trino::TABLE)
    }
}

/// The SQL of a query, with what it can't say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sql {
    /// The whole statement, its comments included.
    pub text: String,
    /// Each part that is not said exactly, as a sentence; the comments hold them too.
    pub notes: Vec<String>,
}

/// Writes a query, and a range of time `from..to` in milliseconds since 1970 UTC, as SQL.
///
/// # Errors
/// Those of [`parse`].
pub fn sql(query: &str, time: Option<(i64, i64)>, dialect: Dialect) -> Result<Sql, QueryError> {
    let tree = parse(query)?;
    let mut writer = Writer { dialect, notes: Vec::new(), leaves: false };
    let mut conditions = Vec::new();
    if let Some(expr) = &tree.expr {
        conditions.push(writer.condition(expr, false, 1));
    }
    if let Some((from, to)) = time {
        conditions.push(writer.demanded(&Subject::Time, &[Demand::Time(from, to)], false));
    }
    let mut condition = conditions.join("\n  AND ");
    if condition.is_empty() {
        condition.push_str("TRUE");
    }
    let mut out = String::new();
    comment(
        &mut out,
        &format!("Trailscope: {}", if query.trim().is_empty() { "every event" } else { query }),
    );
    if let Some((from, to)) = time {
        comment(&mut out, &format!("Time: from {} up to {}", format_time(from), format_time(to)));
    }
    for note in &writer.notes {
        comment(&mut out, note);
    }
    match dialect {
        Dialect::DuckDb => duckdb::statement(&mut out, &condition, writer.leaves),
        Dialect::Athena => trino::athena(&mut out, &condition, time),
        Dialect::Lake => trino::lake(&mut out, &condition),
    }
    Ok(Sql { text: out, notes: writer.notes })
}

/// A line that no engine reads, whatever the text holds.
fn comment(out: &mut String, text: &str) {
    out.push_str("-- ");
    out.extend(
        text.chars().map(|c| if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}') { ' ' } else { c }),
    );
    out.push('\n');
}

struct Writer {
    dialect: Dialect,
    notes: Vec<String>,
    /// Whether the statement needs a list of all values of all records.
    leaves: bool,
}

impl Writer {
    /// A part as a condition that is true or false, never NULL. `negative` says that a NOT is around it.
    fn condition(&mut self, expr: &Expr, negative: bool, depth: usize) -> String {
        match &expr.kind {
            ExprKind::And(parts) => self.joined(parts, " AND ", negative, depth),
            ExprKind::Or(parts) => self.joined(parts, " OR ", negative, depth),
            ExprKind::Not(part) => format!("NOT {}", self.condition(part, !negative, depth)),
            ExprKind::Term(term) => self.term(term, negative),
        }
    }

    fn joined(&mut self, parts: &[Expr], joint: &str, negative: bool, depth: usize) -> String {
        let mut out = String::from("(");
        for (place, part) in parts.iter().enumerate() {
            if place > 0 {
                out.push('\n');
                out.push_str(&"  ".repeat(depth));
                out.push_str(joint);
            }
            out.push_str(&self.condition(part, negative, depth + 1));
        }
        out.push(')');
        out
    }

    fn term(&mut self, term: &Term, negative: bool) -> String {
        match meaning(term) {
            Some((subject, demands)) => self.demanded(&subject, &demands, negative),
            // The query was parsed, so every term means something.
            None => String::from("FALSE"),
        }
    }

    /// Says once what is not said exactly.
    fn note(&mut self, text: String) {
        if !self.notes.contains(&text) {
            self.notes.push(text);
        }
    }

    /// In place of a part that can't be said: what leaves no event out.
    fn left_out(&mut self, what: &str, negative: bool) -> String {
        self.note(format!("LEFT OUT: {what}. The result holds more events than Trailscope shows."));
        String::from(if negative { "FALSE" } else { "TRUE" })
    }
}

#[cfg(test)]
mod tests;
