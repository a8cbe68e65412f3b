//! DuckDB over the log files: the records are taken out of `Records`, and where paths or words need it, every
//! value of every record is listed with its path.

use super::term::{Place, Value};
use super::text::{literal, quote};
use crate::json::{Path, Step};
use crate::query::spelling;

/// Documented fields that hold objects or lists.
const HOLDERS: [&str; 7] = [
    "requestParameters",
    "responseElements",
    "additionalEventData",
    "serviceEventDetails",
    "edgeDeviceDetails",
    "eventContext",
    "userIdentity.inScopeOf",
];

/// Fields that are one value at the top of a record, or in `userIdentity`, are asked for directly.
pub(super) fn place(path: &Path) -> Place {
    let single = |known: &&str| {
        !HOLDERS.contains(known) && known.split_once('.').is_none_or(|(first, _)| first == "userIdentity")
    };
    let direct = spelling(&path.to_string()).filter(single);
    match direct {
        Some(known) => Place::Text(format!("(record->>'$.{known}')")),
        None => Place::Several(
            format!(
                "EXISTS (SELECT 1 FROM leaf WHERE leaf.n = event.n AND regexp_matches(leaf.path, {}) AND ",
                quote(&pattern(path))
            ),
            String::from(")"),
            Value {
                text: String::from("leaf.text"),
                present: String::from("(leaf.type = 'OBJECT' OR leaf.text <> '')"),
                number: String::from("leaf.type NOT IN ('VARCHAR', 'BOOLEAN')"),
            },
        ),
    }
}

/// The paths that a path means: keys in any case, lists entered by themselves, `>` where a string is.
fn pattern(path: &Path) -> String {
    let mut out = String::from("(?i)^\\$");
    for step in &path.0 {
        match step {
            Step::Key(key) => {
                out.push_str("(>|\\[\\d+\\])*\\.\"?");
                out.push_str(&literal(key));
                out.push_str("\"?");
            }
            Step::Index(index) => out.push_str(&format!(">?\\[{index}\\]")),
            Step::Each => out.push_str(">?\\[\\d+\\]"),
        }
    }
    out.push_str("(\\[\\d+\\])*$");
    out
}

/// That any value or key of the record is such, strings as they are.
pub(super) fn any_value(text: &str, key: &str) -> String {
    format!(
        "EXISTS (SELECT 1 FROM leaf WHERE leaf.n = event.n AND leaf.level = 0 AND ({text} OR (leaf.path NOT LIKE '%]' AND {key}) \
         OR (leaf.type = 'NULL' AND {})))",
        text.replace("leaf.text", "'null'")
    )
}

/// The whole statement.
pub(super) fn statement(out: &mut String, condition: &str, leaves: bool) {
    if leaves {
        out.push_str("-- Words and paths list every value of every record: narrow the files first where there are many.\n");
    }
    out.push_str(
        "-- For DuckDB 1.3 and later. Put the place of your log files where 'AWSLogs/**/*.json.gz' stands.
-- An event that was delivered twice is in the result twice.
WITH RECURSIVE event AS MATERIALIZED (
  SELECT row_number() OVER () AS n, record
  FROM (
    SELECT unnest(Records) AS record
    FROM read_json('AWSLogs/**/*.json.gz', columns = {Records: 'JSON[]'}, maximum_object_size = 134217728)
  )
)",
    );
    if leaves {
        out.push_str(
            ",
leaf AS (
  SELECT event.n, 0 AS level, t.fullkey AS path, t.key, coalesce(t.type, 'NULL') AS type,
    CASE WHEN t.type NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN t.value->>'$' END AS text
  FROM event, json_tree(event.record) AS t
  UNION ALL
  SELECT leaf.n, leaf.level + 1, leaf.path || '>' || substr(t.fullkey, 2), t.key, coalesce(t.type, 'NULL'),
    CASE WHEN t.type NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN t.value->>'$' END
  FROM leaf, json_tree(TRY_CAST(leaf.text AS JSON)) AS t
  WHERE leaf.type = 'VARCHAR' AND regexp_matches(leaf.text, '^\\s*[\\[{]') AND json_valid(leaf.text)
)",
        );
    }
    out.push_str(
        "
SELECT
  record->>'$.eventTime' AS eventTime,
  record->>'$.eventSource' AS eventSource,
  record->>'$.eventName' AS eventName,
  record->>'$.userIdentity.arn' AS arn,
  record->>'$.sourceIPAddress' AS sourceIPAddress,
  record->>'$.errorCode' AS errorCode,
  record->>'$.eventID' AS eventID,
  record
FROM event
WHERE ",
    );
    out.push_str(condition);
    out.push_str("\nORDER BY eventTime DESC;\n");
}
