//! One term as a condition.

use std::net::IpAddr;

use super::text::{expression, like, quote};
use super::{Dialect, Writer, duckdb, trino};
use crate::event::{Field, format_time};
use crate::json::{Path, Step};
use crate::query::{Comparison, Demand, Subject};

/// Where a dialect finds the values that a term is about.
pub(super) enum Place {
    /// One text, NULL where there is none.
    Text(String),
    /// One instant, NULL where there is none.
    Instant(String),
    /// Several values: what stands before and behind the condition, and one value of them.
    Several(String, String, Value),
    /// Nowhere. Why is half a sentence.
    Nowhere(String),
}

/// One of several values, in SQL.
pub(super) struct Value {
    /// Its text; NULL for an object and for `null`.
    pub text: String,
    /// That it is there.
    pub present: String,
    /// That it is a JSON number.
    pub number: String,
}

/// An address of the fourth version as Rust reads it: no leading zeros.
const OCTET: &str = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";

impl Writer {
    /// That any value of the subject meets any of the demands.
    pub(super) fn demanded(&mut self, subject: &Subject, demands: &[Demand], negative: bool) -> String {
        if demands.is_empty() {
            return String::from("TRUE");
        }
        let place = match subject {
            Subject::Anywhere => return self.anywhere(&demands[0], negative),
            Subject::Column(Field::IssuedKey) => return self.issued_key(demands, negative),
            Subject::Column(field) if field.is_derived() => Place::Nowhere(format!(
                "`{}` is worked out by Trailscope and stands in no record",
                field.name()
            )),
            Subject::Column(field) => self.place(&path_of(field.name())),
            Subject::Time => self.time(),
            Subject::Path(path) => self.place(path),
        };
        match place {
            Place::Nowhere(why) => self.left_out(&why, negative),
            Place::Instant(x) => {
                let all: Vec<String> =
                    demands.iter().map(|demand| self.of_instant(&x, demand, negative)).collect();
                format!("coalesce({}, FALSE)", any(all))
            }
            Place::Text(x) => {
                let value = Value { present: format!("{x} <> ''"), number: String::from("FALSE"), text: x };
                let all = self.all(demands, &value, negative);
                format!("coalesce({all}, FALSE)")
            }
            Place::Several(before, behind, value) => {
                let all = self.all(demands, &value, negative);
                format!("{before}{all}{behind}")
            }
        }
    }

    fn place(&mut self, path: &Path) -> Place {
        match self.dialect {
            Dialect::DuckDb => {
                let place = duckdb::place(path);
                self.leaves |= matches!(place, Place::Several(..));
                place
            }
            Dialect::Athena | Dialect::Lake => {
                let place = trino::place(path, self.dialect);
                if let Place::Several(before, ..) = &place
                    && before.contains("json_query")
                {
                    self.note(String::from(
                        "EXACT ONLY FOR KEYS AS WRITTEN: the engine compares the case of keys in JSON, and enters \
                         neither lists in lists nor, but for policies, JSON in strings. Check the spelling of paths.",
                    ));
                }
                place
            }
        }
    }

    fn time(&self) -> Place {
        Place::Instant(String::from(match self.dialect {
            Dialect::DuckDb => "TRY_CAST(record->>'$.eventTime' AS TIMESTAMP)",
            Dialect::Athena => "try(from_iso8601_timestamp(eventtime))",
            Dialect::Lake => "eventTime",
        }))
    }

    fn issued_key(&mut self, demands: &[Demand], negative: bool) -> String {
        let places = ["responseElements.credentials.accessKeyId", "responseElements.accessKey.accessKeyId"];
        let one =
            |path: &str, writer: &mut Self| writer.demanded(&Subject::Path(path_of(path)), demands, negative);
        any(vec![one(places[0], self), one(places[1], self)])
    }

    fn all(&mut self, demands: &[Demand], value: &Value, negative: bool) -> String {
        any(demands.iter().map(|demand| self.of_value(value, demand, negative)).collect())
    }

    fn of_instant(&mut self, x: &str, demand: &Demand, negative: bool) -> String {
        match demand {
            Demand::Time(from, to) => within(x, *from, *to, self.dialect == Dialect::Athena),
            Demand::Present => format!("{x} IS NOT NULL"),
            _ => self.left_out("a pattern or number against a time", negative),
        }
    }

    fn of_value(&mut self, value: &Value, demand: &Demand, negative: bool) -> String {
        let x = &value.text;
        match demand {
            Demand::Present => value.present.clone(),
            Demand::Text(pieces) => like(x, pieces, false),
            Demand::Expression(source) => self.matches(x, &expression(source)),
            Demand::Time(from, to) => {
                let instant = match self.dialect {
                    Dialect::DuckDb => format!("TRY_CAST({x} AS TIMESTAMP)"),
                    Dialect::Athena | Dialect::Lake => format!("try(from_iso8601_timestamp({x}))"),
                };
                let looks = self.matches(x, "^[0-9]{4}-[0-9]{2}(-[0-9]{2})?([Tt ][0-9:.,Zz+-]*)?$");
                format!("({looks} AND {})", within(&instant, *from, *to, self.dialect != Dialect::DuckDb))
            }
            Demand::Addresses(IpAddr::V4(first), IpAddr::V4(last)) => {
                let looks = self.matches(x, &format!("^({OCTET}[.]){{3}}{OCTET}$"));
                let part = |place: u32, weight: u32| {
                    format!("TRY_CAST(split_part({x}, '.', {place}) AS BIGINT) * {weight}")
                };
                let sum = [part(1, 1 << 24), part(2, 1 << 16), part(3, 256), part(4, 1)].join(" + ");
                format!("({looks} AND {sum} BETWEEN {} AND {})", first.to_bits(), last.to_bits())
            }
            Demand::Addresses(first, last) => {
                self.note(format!(
                    "WIDENED: a block of IPv6 addresses ({first} to {last}) can't be asked for; every IPv6 address \
                     is in the result, or none is taken out."
                ));
                if negative { String::from("FALSE") } else { format!("{x} LIKE '%:%'") }
            }
            Demand::Equal(number) => format!("({} AND {} = {number})", value.number, double(x)),
            Demand::Numbers(bounds) => {
                if bounds.iter().any(|(_, number)| number.len() > 15) {
                    self.note(String::from(
                        "ROUNDED: numbers of more than 15 digits are compared as floats.",
                    ));
                }
                let mut all = vec![self.matches(x, "^-?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?$")];
                let sign = |comparison: &Comparison| comparison.sign();
                all.extend(bounds.iter().map(|(by, number)| format!("{} {} {number}", double(x), sign(by))));
                format!("({})", all.join(" AND "))
            }
        }
    }

    pub(super) fn matches(&self, x: &str, expression: &str) -> String {
        let name = if self.dialect == Dialect::DuckDb { "regexp_matches" } else { "regexp_like" };
        format!("{name}({x}, {})", quote(expression))
    }

    /// A word or an expression anywhere in the record.
    fn anywhere(&mut self, demand: &Demand, negative: bool) -> String {
        if self.dialect == Dialect::DuckDb {
            return self.any_leaf(demand);
        }
        let lake = self.dialect == Dialect::Lake;
        let text = if lake { "eventJson" } else { trino::ALL_TEXT };
        let within = if lake { "the record's JSON" } else { "the columns of the table" };
        match demand {
            Demand::Text(pieces) if pieces.len() == 1 && trino::stays_in_a_value(&pieces[0]) => {
                if !lake {
                    self.note(String::from(
                        "IN THE TABLE'S COLUMNS: words are looked for where the table has a column.",
                    ));
                }
                format!("coalesce({}, FALSE)", like(text, pieces, true))
            }
            Demand::Text(pieces)
                if !negative && pieces.iter().all(|piece| trino::is_never_escaped(piece)) =>
            {
                self.note(format!("WIDENED: words may reach from one value into the next in {within}."));
                format!("coalesce({}, FALSE)", like(text, pieces, true))
            }
            Demand::Text(pieces) => self
                .left_out(&format!("`{}` may be written as an escape in JSON", pieces.join("*")), negative),
            _ => self.left_out("an expression without a field needs each value by itself", negative),
        }
    }

    fn any_leaf(&mut self, demand: &Demand) -> String {
        self.leaves = true;
        let (text, key) = match demand {
            Demand::Text(pieces) => (like("leaf.text", pieces, true), like("leaf.key", pieces, true)),
            Demand::Expression(source) => {
                let source = expression(source);
                (self.matches("leaf.text", &source), self.matches("leaf.key", &source))
            }
            _ => return String::from("TRUE"),
        };
        let mut all = duckdb::any_value(&text, &key);
        if let Demand::Expression(source) = demand {
            self.note(String::from(
                "AS DUCKDB WRITES IT: an expression without a field is looked for in each value, and in the record as \
                 DuckDB writes it, which may differ in blanks from the file.",
            ));
            all = any(vec![all, self.matches("CAST(record AS VARCHAR)", &expression(source))]);
        }
        all
    }
}

/// That an instant lies in a range. `zoned` says that it knows its zone.
fn within(x: &str, from: i64, to: i64, zoned: bool) -> String {
    let instant = |ms: i64| {
        let text = format_time(ms).replace('T', " ").replace('Z', "");
        format!("TIMESTAMP '{text}{}'", if zoned { " UTC" } else { "" })
    };
    match (from > i64::MIN, to < i64::MAX) {
        (true, true) => format!("({x} >= {} AND {x} < {})", instant(from), instant(to)),
        (true, false) => format!("{x} >= {}", instant(from)),
        (false, true) => format!("{x} < {}", instant(to)),
        (false, false) => format!("{x} IS NOT NULL"),
    }
}

/// Several conditions of which one is enough.
fn any(mut all: Vec<String>) -> String {
    if all.len() == 1 { all.remove(0) } else { format!("({})", all.join(" OR ")) }
}

fn double(x: &str) -> String {
    format!("TRY_CAST({x} AS DOUBLE)")
}

/// A path of plain keys.
pub(super) fn path_of(name: &str) -> Path {
    Path(name.split('.').map(|key| Step::Key(key.to_owned())).collect())
}
