//! The questions that are timed, in the page's language and in DuckDB's.

use super::record::NEEDLE;

/// A question on columns.
pub struct Query {
    /// Its name in the table.
    pub name: &'static str,
    /// What is typed.
    pub text: &'static str,
    /// The condition of the same meaning on the table that `benches/ask_duckdb.py` makes.
    pub sql: &'static str,
}

const fn query(name: &'static str, text: &'static str, sql: &'static str) -> Query {
    Query { name, text, sql }
}

/// The ten.
pub const QUERIES: &[Query] = &[
    query("everything", "", "true"),
    query("a service", "service:kms", "eventSource = 'kms.amazonaws.com'"),
    query("failed", "errorCode:*", "errorCode IS NOT NULL"),
    query(
        "beginnings of names",
        "eventName:(Delete* OR Put*)",
        "eventName ILIKE 'Delete%' OR eventName ILIKE 'Put%'",
    ),
    query("a block of addresses", "ip:10.0.0.0/8", "sourceIPAddress LIKE '10.%'"),
    query("a day", "time:2026-03-07", "eventTime >= '2026-03-07' AND eventTime < '2026-03-08'"),
    query(
        "writes in a Region",
        "readOnly:false region:eu-west-1",
        "NOT readOnly AND awsRegion = 'eu-west-1'",
    ),
    query(
        "an account without roles",
        "account:444455556666 NOT identity:AssumedRole",
        "recipientAccountId = '444455556666' AND identityType <> 'AssumedRole'",
    ),
    query("part of a user agent", "agent:*terraform*", "userAgent ILIKE '%terraform%'"),
    query(
        "five terms",
        "(service:iam OR service:sts) NOT errorCode:* agent:*boto* eventTime >= 2026-03-05 eventTime < 2026-03-20",
        "(eventSource = 'iam.amazonaws.com' OR eventSource = 'sts.amazonaws.com') AND errorCode IS NULL \
         AND userAgent ILIKE '%boto%' AND eventTime >= '2026-03-05' AND eventTime < '2026-03-20'",
    ),
];

/// Questions that no column answers: the records are read again. They are told with the others.
pub const READING: &[(&str, &str)] =
    &[("a word anywhere", NEEDLE), ("a field without a column", "requestParameters.instanceType:t4g.large")];
