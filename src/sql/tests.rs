//! A table of queries and what each dialect makes of them.

use super::*;
use proptest::prelude::*;

/// The condition alone.
fn condition(query: &str, dialect: Dialect) -> (String, usize) {
    let sql = sql(query, None, dialect).unwrap();
    let (_, rest) = sql.text.rsplit_once("\nWHERE ").unwrap();
    (rest.rsplit_once("\nORDER BY").unwrap().0.to_owned(), sql.notes.len())
}

#[test]
fn each_dialect_says_what_it_can() {
    use Dialect::{Athena, DuckDb, Lake};
    for (query, dialect, wanted, notes) in [
        ("", Athena, "TRUE", 0),
        (
            "errorCode:AccessDenied",
            DuckDb,
            "coalesce(lower((record->>'$.errorCode')) = 'accessdenied', FALSE)",
            0,
        ),
        ("errorCode:AccessDenied", Athena, "coalesce(lower(errorcode) = 'accessdenied', FALSE)", 0),
        ("NOT error:*", Lake, "NOT coalesce(errorcode <> '', FALSE)", 0),
        ("readOnly:false", Lake, "coalesce(lower(CAST(readonly AS VARCHAR)) = 'false', FALSE)", 0),
        ("event:Put_*", Athena, "coalesce(lower(eventname) LIKE 'put\\_%' ESCAPE '\\', FALSE)", 0),
        ("event:/^a.b$/", Lake, "coalesce(regexp_like(eventname, '(?i)\\Aa[^\\n]b\\z'), FALSE)", 0),
        ("agent:\"it's\"", Athena, "coalesce(lower(useragent) = 'it''s', FALSE)", 0),
        (
            "eventTime >= 2026-03-01",
            Athena,
            "coalesce(try(from_iso8601_timestamp(eventtime)) >= TIMESTAMP '2026-03-01 00:00:00 UTC', FALSE)",
            0,
        ),
        ("eventTime < 2026", Lake, "coalesce(eventTime < TIMESTAMP '2026-01-01 00:00:00', FALSE)", 0),
        ("user:alice", Athena, "TRUE", 1),
        ("NOT user:alice", Lake, "NOT FALSE", 1),
        ("-(user:a -hid:b)", Lake, "NOT (FALSE\n   AND NOT TRUE)", 2),
        ("somethingElse:x", Athena, "TRUE", 1),
        ("queue", Lake, "coalesce(lower(eventJson) LIKE '%queue%', FALSE)", 0),
        ("NOT \"a<b\"", Lake, "NOT FALSE", 1),
        ("/x/", Athena, "TRUE", 1),
        (
            "resources.ARN:x",
            Athena,
            "coalesce(any_match(resources, r -> coalesce(lower(r.arn) = 'x', FALSE)), FALSE)",
            0,
        ),
        (
            "requestParameters.users[0].name:x",
            Athena,
            "coalesce(any_match(CAST(json_parse(json_query(requestparameters, 'lax $.\"users\"[0].\"name\"[*]' WITH ARRAY WRAPPER)) AS ARRAY(JSON)), v -> coalesce(lower(json_extract_scalar(v, '$')) = 'x', FALSE)), FALSE)",
            1,
        ),
    ] {
        assert_eq!(condition(query, dialect), (wanted.to_owned(), notes), "{query} {}", dialect.name());
    }
}

#[test]
fn a_range_of_time_is_a_part_of_the_question() {
    let sql = sql("service:s3", Some((0, 1_000)), Dialect::DuckDb).unwrap().text;
    assert!(sql.contains("-- Time: from 1970-01-01T00:00:00Z up to 1970-01-01T00:00:01Z\n"), "{sql}");
    assert!(sql.contains(">= TIMESTAMP '1970-01-01 00:00:00' AND"), "{sql}");
}

/// The SQL without its literals, quoted names and comments.
fn bones(text: &str) -> String {
    let mut out = String::new();
    for line in text.lines().filter(|line| !line.trim_start().starts_with("--")) {
        for (place, part) in line.split('\'').enumerate() {
            out.push_str(if place % 2 == 0 { part } else { "" });
        }
        out.push('\n');
    }
    out
}

proptest! {
    #[test]
    fn no_value_is_ever_read_as_sql(value in any::<String>(), key in any::<String>()) {
        let mark = "zqx";
        let value = format!("{value}{mark}';--\n\u{0}{mark}");
        for dialect in Dialect::ALL {
            for text in [
                crate::query::edit::only("userAgent", Some(&value)),
                crate::query::edit::only("requestParameters.x", Some(&value)),
                crate::query::edit::only(&format!("requestParameters.\"{}{mark}'\"", key.replace(['"', '\\'], "")), Some("1")),
                format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\"")),
            ] {
                let sql = sql(&text, None, dialect).unwrap().text;
                prop_assert!(!bones(&sql).to_lowercase().contains(mark), "{}", sql);
                prop_assert!(!sql.contains('\0') && sql.lines().count() < 60, "{}", sql);
            }
        }
    }
}
