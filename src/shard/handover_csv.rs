//! The CSV of a hand-over: the columns people sort by, and the whole record in the last.

use crate::json::Document;

/// The head line: the last column is the one that [`crate::ingest`] reads records from.
pub const HEAD: &str = "eventTime,eventSource,eventName,awsRegion,recipientAccountId,identityType,principal,sourceIPAddress,\
                        userAgent,errorCode,readOnly,eventID,eventJson\r\n";

/// The paths of the columns before the last.
const COLUMNS: [&[&str]; 12] = [
    &["eventTime"],
    &["eventSource"],
    &["eventName"],
    &["awsRegion"],
    &["recipientAccountId"],
    &["userIdentity", "type"],
    &["userIdentity", "arn"],
    &["sourceIPAddress"],
    &["userAgent"],
    &["errorCode"],
    &["readOnly"],
    &["eventID"],
];

/// Writes a record as a row (RFC 4180).
pub fn push_row(out: &mut Vec<u8>, record: &[u8]) {
    let Ok(document) = Document::parse(record) else { return };
    for path in COLUMNS {
        push_cell(out, document.root().text_at(path).unwrap_or_default().as_bytes());
        out.push(b',');
    }
    push_cell(out, record);
    out.extend_from_slice(b"\r\n");
}

/// A cell that a spreadsheet takes for text: what begins like a formula gets an apostrophe in front.
fn push_cell(out: &mut Vec<u8>, text: &[u8]) {
    out.push(b'"');
    if matches!(text.first(), Some(b'=' | b'+' | b'-' | b'@' | b'\t' | b'\r')) {
        out.push(b'\'');
    }
    for &byte in text {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_never_a_formula() {
        let mut out = Vec::new();
        push_row(&mut out, br#"{"eventName":"=1+1","userAgent":"@x\"y","errorCode":"-2","eventID":"\t3"}"#);
        let text = String::from_utf8(out).unwrap();
        for cell in ["\"'=1+1\"", "\"'@x\"\"y\"", "\"'-2\"", "\"'\t3\"", "\"{\"\"eventName\"\""] {
            assert!(text.contains(cell), "{cell} in {text}");
        }
    }
}
