//! The values at a path, taken out of records: how a path becomes a column.

use super::path;
use super::plan::Target;
use super::raw::{Found, Needle};
use crate::event::{BETWEEN, Field};
use crate::json::{Document, Kind, Path, Step};

/// Of a longer value a column keeps the beginning: a query for it asks for no more either, see
/// [`super::edit`].
const LONGEST: usize = 2_000;

/// Of one record a column keeps so many values.
const MOST: usize = 50;

/// What a column shows for an object. A term that asks for presence finds it.
pub const OBJECT: &str = "{…}";

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// The time of the event.
    Time,
    /// A field with a column.
    Field(Field),
    /// A path, as it is written in full.
    Path(String),
}

/// Reads the name of a field, an alias or a path; `None` where it is none of them.
#[must_use]
pub fn named(name: &str) -> Option<Named> {
    if name.contains('*') && !name.contains('"') {
        return None;
    }
    Some(match Target::resolve(name)? {
        Target::Time => Named::Time,
        Target::Column(field) => Named::Field(field),
        Target::Path(path) => Named::Path(path.to_string()),
    })
}

/// The path of a value with every index left out, so that it means any element of its lists.
#[must_use]
pub fn any_element(path: &str) -> String {
    let Some(Path(mut steps)) = Path::parse(path) else { return path.to_owned() };
    steps.retain(|step| !matches!(step, Step::Index(_)));
    Path(steps).to_string()
}

/// Reads the values at one path.
#[derive(Clone, Debug)]
pub struct Values {
    path: Path,
    /// The longest key, to pass over records that do not hold it without parsing them.
    key: Option<Needle>,
}

impl Values {
    /// `None` where the text is no path.
    #[must_use]
    pub fn at(path: &str) -> Option<Self> {
        let path = Path::parse(path)?;
        let key = longest_key(&path);
        Some(Self { path, key })
    }

    /// The values in the text of a record, each once, joined by [`BETWEEN`]. `None` where there is none but
    /// empty text and `null`, as for a query that asks whether the path is there.
    #[must_use]
    pub fn read(&self, raw: &[u8]) -> Option<String> {
        if self.key.as_ref().is_some_and(|key| key.look_nested(raw) == Found::No) {
            return None;
        }
        let document = Document::parse_mended(raw).ok()?.0;
        let mut seen: Vec<String> = Vec::new();
        path::any(document.root(), &self.path, &mut |value| {
            let text = match value.kind() {
                Kind::Object => OBJECT.into(),
                _ => value.scalar().unwrap_or_default(),
            };
            let end = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
            let text = text[..end].replace(BETWEEN, "\u{fffd}");
            if !text.is_empty() && !seen.contains(&text) {
                seen.push(text);
            }
            seen.len() == MOST
        });
        let mut joined = String::new();
        for (place, text) in seen.iter().enumerate() {
            if place > 0 {
                joined.push(BETWEEN);
            }
            joined.push_str(text);
        }
        (!joined.is_empty()).then_some(joined)
    }
}

/// The key of a path that the fewest records hold, most likely.
pub(super) fn longest_key(path: &Path) -> Option<Needle> {
    let keys = path.0.iter().filter_map(|step| match step {
        Step::Key(key) => Some(key),
        Step::Index(_) | Step::Each => None,
    });
    keys.max_by_key(|key| key.len()).and_then(|key| Needle::new(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::parse;
    use proptest::prelude::*;

    fn check(path: &str, record: &str, expected: &[&str]) {
        let joined = Values::at(path).unwrap().read(record.as_bytes()).unwrap_or_default();
        let values: Vec<&str> = joined.split(BETWEEN).filter(|text| !text.is_empty()).collect();
        assert_eq!(values, expected, "{path} of {record}");
    }

    #[test]
    fn a_path_gives_what_stands_there_and_each_value_once() {
        check("a", r#"{"a":"x"}"#, &["x"]);
        check("A.b", r#"{"a":{"B":1.50}}"#, &["1.50"]);
        check("a", r#"{"a":null}"#, &[]);
        check("a", r#"{"a":""}"#, &[]);
        check("b", r#"{"a":1}"#, &[]);
        check("a", r#"{"a":{"b":1}}"#, &[OBJECT]);
        check("a", r#"{"a":["x","y","x"]}"#, &["x", "y"]);
        check("a[1]", r#"{"a":["x","y","x"]}"#, &["y"]);
        check("a.b", r#"{"a":[{"b":"x"},{"b":true},{"c":1}]}"#, &["x", "true"]);
        check("a.b", r#"{"a":"{\"b\":[\"x\"]}"}"#, &["x"]);
        check("a", "{\"a\":\"x\u{fdd0}y\"}", &["x\u{fffd}y"]);
        check("a", "{\"a\":", &[]);
    }

    #[test]
    fn an_index_is_left_out() {
        for (path, any) in [("a[0].b[12]", "a.b"), ("a.\"x[0]\".c", "a.\"x[0]\".c"), ("a", "a"), ("", "")] {
            assert_eq!(any_element(path), any);
        }
    }

    #[test]
    fn hostile_records_make_no_long_values() {
        let many: Vec<String> = (0..9_000).map(|number| number.to_string()).collect();
        let record = format!("{{\"a\":[{}]}}", many.join(","));
        assert_eq!(Values::at("a").unwrap().read(record.as_bytes()).unwrap().split(BETWEEN).count(), MOST);
        let record = format!("{{\"a\":\"{}\"}}", "é".repeat(9_000));
        assert_eq!(Values::at("a").unwrap().read(record.as_bytes()).unwrap().chars().count(), LONGEST);
    }

    #[test]
    fn names_are_fields_times_and_paths() {
        for (name, expected) in [
            ("service", Some(Named::Field(Field::EventSource))),
            ("USERIDENTITY.ARN", Some(Named::Field(Field::IdentityArn))),
            ("time", Some(Named::Time)),
            ("requestParameters.queueUrl", Some(Named::Path("requestParameters.queueUrl".to_owned()))),
            ("request Parameters", Some(Named::Path("\"request Parameters\"".to_owned()))),
            ("a.*", None),
            ("a..b", None),
            ("", None),
        ] {
            assert_eq!(named(name), expected, "{name}");
        }
    }

    proptest! {
        #[test]
        fn a_value_is_there_just_when_a_query_finds_the_path(raw in r#"\{("[ab]":("x"|""|null|7|\["x",""\]|\{"b":1\}),?){0,3}\}"#) {
            use crate::query::Table;
            struct Empty;
            impl Table for Empty {
                fn len(&self) -> usize { 1 }
                fn distinct(&self, _: Field) -> u32 { 1 }
                fn ids(&self, _: Field) -> &[u32] { &[0] }
                fn rows(&self, _: Field) -> Option<&[u32]> { None }
                fn test(&self, _: Field, _: u32, _: &mut dyn FnMut(Option<&str>) -> bool) -> bool { false }
                fn times_ms(&self) -> &[i64] { &[0] }
            }
            for path in ["a", "a.b"] {
                let found = parse(&format!("{path}:*")).unwrap().plan().matches_record(&Empty, 0, raw.as_bytes());
                prop_assert_eq!(Values::at(path).unwrap().read(raw.as_bytes()).is_some(), found);
            }
        }
    }
}
