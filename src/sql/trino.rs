//! Athena over the table that AWS documents for CloudTrail logs, and event data stores of CloudTrail Lake. Both
//! speak Trino's SQL.
//!
//! Athena: <https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table-partition-projection.html>,
//! Lake: <https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-supported-event-schemas.html>.

use super::Dialect;
use super::term::{Place, Value};
use super::text::quote;
use crate::event::format_time;
use crate::json::{Path, Step};
use crate::query::spelling;

/// Columns, and members of struct columns, that are one text in both.
const TEXTS: &[&str] = &[
    "eventVersion",
    "eventSource",
    "eventName",
    "awsRegion",
    "sourceIPAddress",
    "userAgent",
    "errorCode",
    "errorMessage",
    "requestID",
    "eventID",
    "eventType",
    "apiVersion",
    "recipientAccountId",
    "sharedEventID",
    "vpcEndpointId",
    "eventCategory",
    "userIdentity.type",
    "userIdentity.principalId",
    "userIdentity.arn",
    "userIdentity.accountId",
    "userIdentity.invokedBy",
    "userIdentity.accessKeyId",
    "userIdentity.userName",
    "userIdentity.sessionContext.attributes.mfaAuthenticated",
    "userIdentity.sessionContext.sessionIssuer.type",
    "userIdentity.sessionContext.sessionIssuer.principalId",
    "userIdentity.sessionContext.sessionIssuer.arn",
    "userIdentity.sessionContext.sessionIssuer.accountId",
    "userIdentity.sessionContext.sessionIssuer.userName",
    "tlsDetails.tlsVersion",
    "tlsDetails.cipherSuite",
    "tlsDetails.clientProvidedHostHeader",
];

/// Columns of the Athena table that hold JSON as text.
const JSON: [&str; 4] =
    ["requestParameters", "responseElements", "additionalEventData", "serviceEventDetails"];

/// Keys whose value is often a string that holds JSON.
const POLICIES: [&str; 4] = ["policyDocument", "policy", "assumeRolePolicyDocument", "CloudTrailEvent"];

/// All that the Athena table has of a record, as text; no word reaches over a line feed.
pub(super) const ALL_TEXT: &str = "concat_ws(chr(10), eventtime, eventsource, eventname, awsregion, sourceipaddress, \
     useragent, errorcode, errormessage, requestid, eventid, readonly, eventtype, apiversion, recipientaccountid, \
     serviceeventdetails, sharedeventid, vpcendpointid, eventcategory, requestparameters, responseelements, \
     additionaleventdata, json_format(CAST(useridentity AS JSON)), json_format(CAST(resources AS JSON)), \
     json_format(CAST(tlsdetails AS JSON)))";

/// Where the values of a path are.
pub(super) fn place(path: &Path, dialect: Dialect) -> Place {
    let written = path.to_string();
    let name = spelling(&written).unwrap_or(&written);
    let lake = dialect == Dialect::Lake;
    let known = TEXTS.iter().find(|known| known.eq_ignore_ascii_case(name));
    if let Some(column) = known {
        return Place::Text(column.to_ascii_lowercase());
    }
    match (name, lake) {
        ("readOnly", true) => return Place::Text(String::from("CAST(readonly AS VARCHAR)")),
        ("readOnly", false) => return Place::Text(String::from("readonly")),
        ("eventTime", false) => return Place::Text(String::from("eventtime")),
        ("userIdentity.sessionContext.attributes.creationDate", false) => {
            return Place::Text(String::from("useridentity.sessioncontext.attributes.creationdate"));
        }
        ("userIdentity.sessionContext.sourceIdentity", true) => {
            return Place::Text(String::from("useridentity.sessioncontext.sourceidentity"));
        }
        ("resources.ARN" | "resources.accountId" | "resources.type", _) => {
            let member = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
            let text = format!("r.{member}");
            let value = Value { present: format!("{text} <> ''"), number: String::from("FALSE"), text };
            return Place::Several(
                String::from("coalesce(any_match(resources, r -> coalesce("),
                String::from(", FALSE)), FALSE)"),
                value,
            );
        }
        _ => {}
    }
    let Some((Step::Key(first), rest)) = path.0.split_first() else {
        return Place::Nowhere(format!("`{written}` is no column"));
    };
    if lake {
        let first = spelling(first).map_or_else(|| first.clone(), str::to_owned);
        let steps: Vec<Step> = std::iter::once(Step::Key(first)).chain(rest.iter().cloned()).collect();
        return in_json("eventJson", &steps);
    }
    match JSON.iter().find(|column| column.eq_ignore_ascii_case(first)) {
        Some(column) if rest.is_empty() => Place::Text(column.to_ascii_lowercase()),
        Some(column) => in_json(&column.to_ascii_lowercase(), rest),
        None => Place::Nowhere(format!("`{written}` has no column in the table of CloudTrail logs")),
    }
}

/// The values at a path of the JSON that a column holds as text.
fn in_json(column: &str, steps: &[Step]) -> Place {
    let policy = steps.iter().position(
        |step| matches!(step, Step::Key(key) if POLICIES.iter().any(|known| known.eq_ignore_ascii_case(key))),
    );
    let direct = list(column, steps);
    let all = match policy.filter(|at| at + 1 < steps.len()) {
        None => direct,
        Some(at) => {
            let (above, below) = steps.split_at(at + 1);
            let text = format!("json_value({column}, {})", quote(&json_path(above, false)));
            format!("coalesce({direct}, ARRAY[]) || coalesce({}, ARRAY[])", list(&text, below))
        }
    };
    Place::Several(
        format!("coalesce(any_match({all}, v -> coalesce("),
        String::from(", FALSE)), FALSE)"),
        Value {
            text: String::from("json_extract_scalar(v, '$')"),
            present: String::from("json_format(v) NOT IN ('null', '\"\"')"),
            number: String::from("regexp_like(json_format(v), '^-?[0-9]')"),
        },
    )
}

/// A list of the values at a path; NULL where there are none.
fn list(text: &str, steps: &[Step]) -> String {
    let path = quote(&json_path(steps, true));
    format!("CAST(json_parse(json_query({text}, {path} WITH ARRAY WRAPPER)) AS ARRAY(JSON))")
}

/// A path in SQL's own language, which enters lists by itself; at the end it has to be told to.
fn json_path(steps: &[Step], enter: bool) -> String {
    let mut out = String::from("lax $");
    for step in steps {
        match step {
            Step::Key(key) => {
                out.push_str(".\"");
                for character in key.chars() {
                    if matches!(character, '"' | '\\') {
                        out.push('\\');
                    }
                    out.push(character);
                }
                out.push('"');
            }
            Step::Index(index) => out.push_str(&format!("[{index}]")),
            Step::Each => out.push_str("[*]"),
        }
    }
    if enter {
        out.push_str("[*]");
    }
    out
}

/// Whether a text found in JSON is in one key or value, and is found however that is written.
pub(super) fn stays_in_a_value(text: &str) -> bool {
    let inner = text.trim_matches([' ', ':', '-', '.']);
    inner.len() == text.len() && is_never_escaped(text) && !text.contains([',', ':', '[', ']', '{', '}'])
}

/// Whether JSON writes the text as it is.
pub(super) fn is_never_escaped(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" -_.:,@+*#$%!?()[]{}|~".contains(&byte))
}

fn select(out: &mut String, from: &str, condition: &str) {
    out.push_str(
        "SELECT eventtime, eventsource, eventname, useridentity.arn, sourceipaddress, errorcode, eventid
FROM ",
    );
    out.push_str(from);
    out.push_str("\nWHERE ");
    out.push_str(condition);
}

pub(super) fn athena(out: &mut String, condition: &str, time: Option<(i64, i64)>) {
    out.push_str("-- For Athena engine version 3 and the table cloudtrail_logs, with partitions by day.\n");
    select(out, "cloudtrail_logs", condition);
    if let Some((from, to)) = time {
        // Events are delivered within minutes, seldom hours: a day more is on the safe side.
        let day = |ms: i64| format_time(ms).get(..10).unwrap_or_default().replace('-', "/");
        let (first, last) = (day(from), day(to.saturating_add(86_400_000)));
        out.push_str(&format!(
            "\n  -- Reads less, and may miss what was delivered more than a day late:\n  -- AND \"timestamp\" BETWEEN '{first}' AND '{last}'"
        ));
    }
    out.push_str("\nORDER BY eventtime DESC\n");
}

pub(super) fn lake(out: &mut String, condition: &str) {
    out.push_str("-- Put the id of your event data store where EVENT_DATA_STORE_ID stands.\n");
    select(out, "EVENT_DATA_STORE_ID", condition);
    out.push_str("\nORDER BY eventtime DESC\n");
}

/// The table of CloudTrail logs, its partitions found by their names.
pub(super) const TABLE: &str = "-- Put your bucket, accounts, Regions and first day in place of those here. For an organization trail the
-- path is s3://DOC-BUCKET/AWSLogs/ORGANIZATION_ID/${account}/CloudTrail/${region}/${timestamp}.
CREATE EXTERNAL TABLE cloudtrail_logs (
  eventversion STRING,
  useridentity STRUCT<
    type: STRING, principalid: STRING, arn: STRING, accountid: STRING, invokedby: STRING, accesskeyid: STRING,
    username: STRING, onbehalfof: STRUCT<userid: STRING, identitystorearn: STRING>,
    sessioncontext: STRUCT<
      attributes: STRUCT<mfaauthenticated: STRING, creationdate: STRING>,
      sessionissuer: STRUCT<type: STRING, principalid: STRING, arn: STRING, accountid: STRING, username: STRING>,
      ec2roledelivery: STRING,
      webidfederationdata: STRUCT<federatedprovider: STRING, attributes: MAP<STRING, STRING>>>>,
  eventtime STRING,
  eventsource STRING,
  eventname STRING,
  awsregion STRING,
  sourceipaddress STRING,
  useragent STRING,
  errorcode STRING,
  errormessage STRING,
  requestparameters STRING,
  responseelements STRING,
  additionaleventdata STRING,
  requestid STRING,
  eventid STRING,
  readonly STRING,
  resources ARRAY<STRUCT<arn: STRING, accountid: STRING, type: STRING>>,
  eventtype STRING,
  apiversion STRING,
  recipientaccountid STRING,
  serviceeventdetails STRING,
  sharedeventid STRING,
  vpcendpointid STRING,
  vpcendpointaccountid STRING,
  eventcategory STRING,
  addendum STRUCT<reason: STRING, updatedfields: STRING, originalrequestid: STRING, originaleventid: STRING>,
  sessioncredentialfromconsole STRING,
  edgedevicedetails STRING,
  tlsdetails STRUCT<tlsversion: STRING, ciphersuite: STRING, clientprovidedhostheader: STRING>
)
PARTITIONED BY (account STRING, region STRING, `timestamp` STRING)
ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'
STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'
OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'
LOCATION 's3://DOC-BUCKET/AWSLogs/'
TBLPROPERTIES (
  'projection.enabled' = 'true',
  'projection.account.type' = 'enum',
  'projection.account.values' = '111122223333',
  'projection.region.type' = 'enum',
  'projection.region.values' = 'us-east-1,eu-west-1',
  'projection.timestamp.type' = 'date',
  'projection.timestamp.format' = 'yyyy/MM/dd',
  'projection.timestamp.interval' = '1',
  'projection.timestamp.interval.unit' = 'DAYS',
  'projection.timestamp.range' = '2023/01/01,NOW',
  'storage.location.template' = 's3://DOC-BUCKET/AWSLogs/${account}/CloudTrail/${region}/${timestamp}'
);
";
