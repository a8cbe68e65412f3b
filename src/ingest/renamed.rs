//! Records whose names or values a query engine rewrote: keys in lower case, structs as text.
//!
//! Athena and CloudTrail Lake write `useridentity` for `userIdentity`, and a struct in a column as
//! `{type=IAMUser, username=alice}`, its strings without quotes.

use crate::event::cursor::{Broken, Cursor};
use crate::json;

/// Fields of a record, which Athena and Lake write in lower case.
const FIELDS: &[&str] = &[
    "eventVersion",
    "userIdentity",
    "eventTime",
    "eventSource",
    "eventName",
    "awsRegion",
    "sourceIPAddress",
    "userAgent",
    "errorCode",
    "errorMessage",
    "requestParameters",
    "responseElements",
    "additionalEventData",
    "requestID",
    "eventID",
    "readOnly",
    "resources",
    "eventType",
    "apiVersion",
    "managementEvent",
    "recipientAccountId",
    "serviceEventDetails",
    "sharedEventID",
    "vpcEndpointId",
    "vpcEndpointAccountId",
    "eventCategory",
    "addendum",
    "sessionCredentialFromConsole",
    "edgeDeviceDetails",
    "tlsDetails",
    "insightDetails",
    "eventJson",
];

/// Structs in structs at most.
const DEEPEST: u8 = 16;

/// Names inside the fields of a record that are not all in lower case.
const INNER: &[&str] = &[
    "principalId",
    "accountId",
    "accessKeyId",
    "userName",
    "invokedBy",
    "sessionContext",
    "sessionIssuer",
    "mfaAuthenticated",
    "creationDate",
    "sourceIdentity",
    "webIdFederationData",
    "federatedProvider",
    "identityProvider",
    "onBehalfOf",
    "userId",
    "identityStoreArn",
    "credentialId",
    "inScopeOf",
    "signInSessionArn",
    "tlsVersion",
    "cipherSuite",
    "clientProvidedHostHeader",
];

/// How a name is written at the top of a record.
pub(super) fn field_name(name: &str) -> &str {
    FIELDS.iter().find(|field| name.eq_ignore_ascii_case(field)).copied().unwrap_or(name)
}

/// How a name is written inside the field `of`.
fn inner_name<'a>(name: &'a str, of: &str) -> &'a str {
    if of == "resources" && name.eq_ignore_ascii_case("arn") {
        return "ARN";
    }
    INNER.iter().find(|inner| name.eq_ignore_ascii_case(inner)).copied().unwrap_or(name)
}

/// Fields whose inner names are known; all others are a service's own.
fn is_known(field: &str) -> bool {
    matches!(field, "userIdentity" | "resources" | "tlsDetails")
}

/// The record that an object is whose keys are those of records but for their case; `None` where they are
/// not. The object is whole.
pub(super) fn renamed(object: &[u8]) -> Option<String> {
    // Most of what is no record says nothing of events: that is seen quickly.
    memchr::memmem::find(object, b"vent")?;
    let mut out = String::from("{");
    let (mut known, mut names) = (0, false);
    let read = Cursor::new(object).object(|cursor, key| {
        let key = String::from_utf8_lossy(key);
        let field = field_name(&key);
        known += u8::from(matches!(field, "eventName" | "eventSource" | "eventTime" | "eventVersion"));
        names |= field != key;
        let first = cursor.peek();
        let start = cursor.at();
        let value = cursor.source()?;
        let source = object.get(start..cursor.at()).unwrap_or_default();
        if out.len() > 1 {
            out.push(',');
        }
        string(&mut out, field);
        out.push(':');
        match value {
            Some(text) if first == b'"' => value_of_text(&mut out, field, &json::decode(text.0)),
            Some(_) if is_known(field) => inner(&mut out, source, field, 0)?,
            _ => out.push_str(&String::from_utf8_lossy(source)),
        }
        Ok(())
    });
    out.push('}');
    (read.is_ok() && known > 1 && names).then_some(out)
}

/// A value inside `field`, with its names as CloudTrail writes them.
fn inner(out: &mut String, source: &[u8], field: &str, depth: u8) -> Result<(), Broken> {
    let mut cursor = Cursor::new(source);
    let mut first = true;
    let mut comma = |out: &mut String| {
        if !std::mem::take(&mut first) {
            out.push(',');
        }
    };
    let of = |cursor: &mut Cursor<'_>| -> Result<&[u8], Broken> {
        cursor.peek();
        let start = cursor.at();
        cursor.skip()?;
        Ok(source.get(start..cursor.at()).unwrap_or_default())
    };
    match source.first() {
        Some(b'{') if depth < DEEPEST => {
            out.push('{');
            cursor.object(|cursor, key| {
                comma(out);
                string(out, inner_name(&String::from_utf8_lossy(key), field));
                out.push(':');
                inner(out, of(cursor)?, field, depth + 1)
            })?;
            out.push('}');
        }
        Some(b'[') if depth < DEEPEST => {
            out.push('[');
            cursor.list(|cursor| {
                comma(out);
                inner(out, of(cursor)?, field, depth + 1)
            })?;
            out.push(']');
        }
        _ => out.push_str(&String::from_utf8_lossy(source)),
    }
    Ok(())
}

/// Writes what the text of a column is: JSON, a struct, else a string.
pub(super) fn value_of_text(out: &mut String, field: &str, text: &str) {
    let length = out.len();
    if text.starts_with(['{', '[']) {
        let is_json =
            matches!(Cursor::new(text.as_bytes()).source(), Ok(Some(value)) if value.0.len() == text.len());
        let is_read = match is_json {
            true if is_known(field) => inner(out, text.as_bytes(), field, 0).is_ok(),
            true => {
                out.push_str(text);
                true
            }
            false => structure(text, field, out, 0).is_some_and(str::is_empty),
        };
        if is_read {
            return;
        }
        out.truncate(length);
    }
    if matches!(text, "true" | "false" | "null") { out.push_str(text) } else { string(out, text) }
}

/// Writes the struct or list that `text` starts with; gives what follows it.
fn structure<'a>(text: &'a str, field: &str, out: &mut String, depth: u8) -> Option<&'a str> {
    let is_list = text.starts_with('[');
    let (open, close) = if is_list { ('[', ']') } else { ('{', '}') };
    let mut rest = text.strip_prefix(open)?.trim_start();
    out.push(open);
    let mut first = true;
    loop {
        if let Some(behind) = rest.strip_prefix(close) {
            out.push(close);
            return Some(behind);
        }
        if !std::mem::take(&mut first) {
            rest = rest.strip_prefix(',')?.trim_start();
            out.push(',');
        }
        if !is_list {
            let (name, value) = rest.split_at(name_length(rest)?);
            string(out, inner_name(name, field));
            out.push(':');
            rest = value.strip_prefix('=')?;
        }
        if rest.starts_with(['{', '[']) && depth < DEEPEST {
            rest = structure(rest, field, out, depth + 1)?;
            continue;
        }
        let (value, behind) = rest.split_at(value_length(rest, is_list)?);
        if value == "null" {
            out.push_str(value)
        } else {
            string(out, value)
        }
        rest = behind;
    }
}

/// The length of the name in front of an equals sign.
fn name_length(text: &str) -> Option<usize> {
    let length =
        text.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')).count();
    (length > 0 && text.as_bytes().get(length) == Some(&b'=')).then_some(length)
}

/// The length of a value without quotes: up to the bracket, or to a comma with a name behind it.
fn value_length(text: &str, in_list: bool) -> Option<usize> {
    text.bytes().enumerate().position(|(at, byte)| match byte {
        b'}' => !in_list,
        b']' => in_list,
        b',' => in_list || text.get(at + 1..).is_some_and(|rest| name_length(rest.trim_start()).is_some()),
        _ => false,
    })
}

/// The text of an object made of columns and what they hold.
pub(super) fn object_of(columns: &[String], values: &[String]) -> String {
    let mut out = String::from("{");
    for (column, value) in columns.iter().zip(values) {
        let field = field_name(column);
        if value.is_empty() && field != "errorCode" {
            continue;
        }
        if out.len() > 1 {
            out.push(',');
        }
        string(&mut out, field);
        out.push(':');
        value_of_text(&mut out, field, if value.is_empty() { "null" } else { value });
    }
    out.push('}');
    out
}

/// Writes a JSON string.
pub(super) fn string(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control @ '\0'..='\u{1f}' => out.push_str(&format!("\\u{:04x}", u32::from(control))),
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_and_structs_become_those_of_records() {
        for (object, expected) in [
            (
                r#"{"eventversion":"1.08","useridentity":{"type":"IAMUser","accesskeyid":"A","sessioncontext":{"sessionissuer":{"username":"r"}}},"eventname":"X","requestparameters":{"username":"kept"}}"#,
                Some(
                    r#"{"eventVersion":"1.08","userIdentity":{"type":"IAMUser","accessKeyId":"A","sessionContext":{"sessionIssuer":{"userName":"r"}}},"eventName":"X","requestParameters":{"username":"kept"}}"#,
                ),
            ),
            (
                r#"{"eventname":"X","eventtime":"t","useridentity":"{type=IAMUser, principalid=P, arn=arn:a:b,c/d, username=null, sessioncontext={attributes={mfaauthenticated=false, creationdate=x}, sessionissuer=null}}","resources":"[{arn=a, accountid=1}, {arn=b}]","requestparameters":"{\"userName\":1}"}"#,
                Some(
                    r#"{"eventName":"X","eventTime":"t","userIdentity":{"type":"IAMUser","principalId":"P","arn":"arn:a:b,c/d","userName":null,"sessionContext":{"attributes":{"mfaAuthenticated":"false","creationDate":"x"},"sessionIssuer":null}},"resources":[{"ARN":"a","accountId":"1"},{"ARN":"b"}],"requestParameters":{"userName":1}}"#,
                ),
            ),
            (
                r#"{"EventName":"X","EventTime":"t","useridentity":"{type=IAMUser"}"#,
                Some(r#"{"eventName":"X","eventTime":"t","userIdentity":"{type=IAMUser"}"#),
            ),
            (r#"{"EventName":"X"}"#, None),
            (r#"{"eventName":"X","eventTime":"t"}"#, None),
            (r#"{"a":{}}"#, None),
        ] {
            assert_eq!(renamed(object.as_bytes()).as_deref(), expected, "{object}");
        }
    }

    proptest! {
        #[test]
        fn no_struct_hurts(text in "[{}\\[\\]=, a-c\"]{0,80}") {
            let mut out = String::new();
            value_of_text(&mut out, "userIdentity", &text);
            prop_assert!(serde_json::from_str::<serde_json::Value>(&out).is_ok(), "{}", out);
        }
    }
}
