//! The SQL of a query against the engine it is written for: DuckDB returns the same events as the page over the
//! same files, and what goes to Athena and CloudTrail Lake parses as Trino's SQL.
//!
//! It needs Python with duckdb and sqlglot in `target/python-sql`; `cargo xtask test --only sql` puts them there.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(clippy::print_stdout, reason = "a check that is skipped says so")]

mod host;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::Command;

use host::{Host, fixture, fixtures};
use trailscope::field::{FIELDS, Field};
use trailscope::sql::{Dialect, sql};

/// Queries that DuckDB answers exactly.
const EXACT: &[&str] = &[
    "",
    "service:iam",
    "service:(s3 OR ec2) readOnly:false",
    "errorCode:*",
    "NOT errorCode:*",
    "errorCode:(AccessDenied OR *Unauthorized*)",
    "error:Access* NOT identity:AWSService",
    "event:Get* -region:us-east-1",
    "identity:Root",
    "userIdentity.sessionContext.sessionIssuer.userName:*strat*",
    "mfa:false",
    "key:ASIA*",
    "ip:10.0.0.0/8 OR ip:0.0.0.0/1",
    "ip:[128.0.0.0 TO 255.255.255.255]",
    "NOT ip:0.0.0.0/0",
    "eventTime:2023-07-10T12",
    "eventTime >= 2023-07-10T12:00Z eventTime < 2023-07-10T12:05Z",
    "time:[2023-07 TO 2023-08]",
    "NOT time:2023",
    "sessionStart:2023-07-10",
    "eventID:*a*",
    "requestParameters:*",
    "requestParameters.instanceType:*",
    "requestParameters.policyDocument.Statement.Effect:Allow",
    "requestParameters.policyDocument.statement[0].effect:allow",
    "requestParameters.roleName:*stratus*",
    "requestparameters.ROLENAME:/^stratus/",
    "resources.ARN:*role*",
    "resources[0].accountId:*",
    "requestParameters.filterSet.items.valueSet.items.value:*",
    "requestParameters.maxResults > 10",
    "requestParameters.maxResults:[1 TO 1000]",
    "requestParameters.maxResults:1000",
    "stratus",
    "NOT stratus",
    "\"not authorized\"",
    "*denied*policy*",
    "agent:/boto3|terraform/",
    "event:/^(Put|Attach|Create).*Policy/",
    "event:/^get.{3,8}s$|^list[^b-z]|\\bdescribe/",
    "userAgent:/[][^&.\\/ -]+\\d/",
    "issuedKey:*",
    "tlsDetails.tlsVersion:TLSv1.2",
    "userIdentity.inScopeOf:*",
    "NOT userIdentity.inScopeOf:*a*",
    "null",
    "userAgent:\"it's; DROP TABLE x --\"",
    "(service:sts OR service:iam) NOT (error:* OR readOnly:true)",
];

/// Queries of every kind: each is said in each dialect, or a comment says what is not.
const WIDER: &[&str] = &[
    "principal:*alice*",
    "NOT principal:x service:s3",
    "hid:* OR notable:*",
    "exposure:* NOT redaction.class:masked",
    "ip:2001:db8::/32",
    "NOT ip:2001:db8::1",
    "/AKIA[A-Z0-9]{16}/",
    "\"<hidden>\" OR \"a, b\"",
    "requestParameters.tags.\"a.b: 'c'\":\"d'e\\\"f\"",
    "requestParameters.a[].b[3]:5",
    "x.when:2026-03",
    "additionalEventData.bytesTransferredOut > 123456789012345678",
    "event:/[^.&\\[\\]x]|^$|\\//",
    "a%b_c userAgent:50%_\\\\*",
];

fn python() -> Option<PathBuf> {
    let python = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/python-sql/bin/python");
    python.exists().then_some(python)
}

/// Runs a script with a folder of this name, which holds what the script needs.
fn run(python: &PathBuf, script: &str, folder: &PathBuf) -> String {
    let output = Command::new(python).arg("-c").arg(script).arg(folder).output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    String::from_utf8(output.stdout).unwrap()
}

fn fresh(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target").join(name);
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

const ASK: &str = "
import sys, duckdb, glob
folder = sys.argv[1]
connection = duckdb.connect()
# It would be drawn into the answers of slow queries.
connection.sql('SET enable_progress_bar = false')
for path in sorted(glob.glob(folder + '/*.sql')):
    text = open(path, encoding='utf-8').read().replace('AWSLogs/**/*.json.gz', folder + '/*.json')
    try:
        rows = connection.sql(text).fetchall()
    except Exception as error:
        print('ERROR', repr(str(error)[:600]))
        continue
    print(' '.join(sorted({row[6] for row in rows if row[6]})))
";

#[test]
fn duckdb_returns_the_same_events() {
    let Some(python) = python() else {
        println!("skipped: no Python with duckdb in target/python-sql");
        return;
    };
    let folder = fresh("sql-duckdb");
    let mut host = Host::new(2);
    for (place, name) in ["invictus", "stratus-red-team", "panther", "seeds", "identities"]
        .into_iter()
        .flat_map(|folder| fixtures(folder).into_iter().map(move |name| format!("{folder}/{name}")))
        .enumerate()
    {
        let Ok(text) = String::from_utf8(fixture(&name)) else { continue };
        let Ok(json) = serde_json::from_str::<serde_json::Value>(&text) else { continue };
        let records = match json {
            serde_json::Value::Array(records) => records,
            serde_json::Value::Object(mut file) => match file.remove("Records") {
                Some(serde_json::Value::Array(records)) => records,
                _ => continue,
            },
            _ => continue,
        };
        let text = serde_json::json!({ "Records": records }).to_string();
        std::fs::write(folder.join(format!("{place:03}.json")), &text).unwrap();
        host.drop_file(&name, text.into_bytes());
    }
    let mut wanted = Vec::new();
    for (place, query) in EXACT.iter().chain(WIDER).enumerate() {
        let said = sql(query, None, Dialect::DuckDb).unwrap();
        assert!(said.notes.is_empty() || place >= EXACT.len(), "{query}: {:?}", said.notes);
        std::fs::write(folder.join(format!("{place:03}.sql")), said.text).unwrap();
        host.ask(query);
        let ids: BTreeSet<String> =
            host.rows().into_iter().map(|row| row.event_id).filter(|id| !id.is_empty()).collect();
        wanted.push(ids.into_iter().collect::<Vec<_>>().join(" "));
    }
    let out = run(&python, ASK, &folder);
    let got: Vec<&str> = out.lines().collect();
    assert_eq!(got.len(), EXACT.len() + WIDER.len());
    let mut hits = 0;
    let mut wrong = Vec::new();
    for (place, ((query, wanted), got)) in EXACT.iter().chain(WIDER).zip(&wanted).zip(got).enumerate() {
        let ours: BTreeSet<&str> = wanted.split_whitespace().collect();
        let theirs: BTreeSet<&str> = got.split_whitespace().collect();
        // What is not exact holds more events, and none is missing.
        let apart: Vec<_> = match place < EXACT.len() {
            true => ours.symmetric_difference(&theirs).take(40).collect(),
            false => ours.difference(&theirs).take(40).collect(),
        };
        if !apart.is_empty() || got.starts_with("ERROR") {
            wrong.push(format!("{query}: ours {}, theirs {}: {apart:?}", ours.len(), theirs.len()));
        }
        hits += usize::from(place < EXACT.len() && !got.is_empty());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    println!("{hits} of {} queries have events", EXACT.len());
    assert!(hits * 4 > EXACT.len() * 3, "most of the queries should find something: {hits}");
    std::fs::remove_dir_all(folder).unwrap();
}

/// A field whose values the page does not find at the path it is called by can't be asked there in SQL.
#[test]
fn what_stands_at_no_path_of_a_record_is_not_asked_there() {
    for line in FIELDS {
        let mut record = serde_json::json!("zqx");
        for key in line.name.rsplit('.') {
            record = serde_json::json!({ key: record });
        }
        record["eventTime"] = "2026-03-01T12:00:00Z".into();
        record["eventID"] = "found".into();
        let mut host = Host::new(1);
        host.drop_file("trail.json", serde_json::json!({ "Records": [record] }).to_string().into_bytes());
        let query = format!("{}:\"zqx\"", line.name);
        host.ask(&query);
        let is_path = !host.rows().is_empty();
        for dialect in Dialect::ALL {
            let said = sql(&query, None, dialect).unwrap();
            let left_out = said.notes.iter().any(|note| note.starts_with("LEFT OUT"));
            // It is asked at the two places that it stands at.
            let elsewhere = line.field == Field::IssuedKey;
            assert!(is_path || left_out || elsewhere, "{query}: {}", said.text);
            assert!(!(is_path && left_out) || dialect == Dialect::Athena, "{query}: {}", said.text);
        }
    }
}

const PARSE: &str = "
import sys, glob, sqlglot
for path in sorted(glob.glob(sys.argv[1] + '/*.sql')):
    dialect = path.rsplit('.', 2)[1]
    text = open(path, encoding='utf-8').read()
    try:
        count = len([one for one in sqlglot.parse(text, read=dialect) if one])
        if count != 1: print(path, 'has', count, 'statements')
    except Exception as error:
        print(path, repr(str(error)[:600]))
";

#[test]
fn what_is_written_parses_and_is_one_statement() {
    let Some(python) = python() else {
        println!("skipped: no Python with sqlglot in target/python-sql");
        return;
    };
    let folder = fresh("sql-parse");
    for (place, query) in EXACT.iter().chain(WIDER).enumerate() {
        for (dialect, name) in
            [(Dialect::DuckDb, "duckdb"), (Dialect::Athena, "trino"), (Dialect::Lake, "trino")]
        {
            let said = sql(query, Some((1_688_947_200_000, 1_689_033_600_000)), dialect).unwrap();
            let file = format!("{place:03}-{}.{name}.sql", dialect.name());
            std::fs::write(folder.join(file), said.text).unwrap();
        }
    }
    std::fs::write(folder.join("table.athena.sql"), Dialect::Athena.table().unwrap()).unwrap();
    assert_eq!(run(&python, PARSE, &folder), "");
    std::fs::remove_dir_all(folder).unwrap();
}
