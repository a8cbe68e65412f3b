//! One record: the one-pass scanner against the random-access reader and against serde_json.

use trailscope::event::{Raw, RecordFields, Scan, scan_record};
use trailscope::json::{Document, Kind};
use trailscope::redaction;

use crate::{choice::Choice, document};

/// Reads the bytes as a record, with the `{` that they may lack.
pub fn run(data: &[u8]) {
    let mut text = data.to_vec();
    if !text.starts_with(b"{") {
        text.insert(0, b'{');
    }
    let scan = scan_record(&text);
    let expected = match Document::parse_prefix(&text) {
        Ok((_, len)) => (Some(len), None),
        Err(error) if error.cut => (None, None),
        Err(error) => (None, Some(error.at)),
    };
    let found = match scan {
        Scan::Record { len, .. } => (Some(len), None),
        Scan::Cut => (None, None),
        Scan::Malformed { at } => (None, Some(at)),
    };
    assert_eq!(found, expected, "the scanner and the document stop elsewhere");
    let Scan::Record { fields, len } = scan else { return };
    let record = &text[..len];
    has_what_stands_there(record, &fields);
    assert_eq!(scan_record(&text[..Choice::of(data).below(len)]), Scan::Cut);
    if let Some(accepted) = document::serde_accepts(record) {
        assert!(accepted, "serde_json refuses it");
    }
}

/// The fields that the scanner took are those that a look-up finds.
fn has_what_stands_there(record: &[u8], fields: &RecordFields<'_>) {
    let document = Document::parse(record).expect("parse_prefix took it");
    for (path, raw) in by_path(fields) {
        let keys: Vec<&str> = path.split('.').collect();
        assert_eq!(raw.map(Raw::text), document.root().text_at(&keys), "{path}");
    }
    let mut open = vec![document.root()];
    let mut suspicious = false;
    while let Some(value) = open.pop() {
        suspicious |= value.kind() == Kind::String && redaction::suspicious(value.source());
        suspicious |= redaction::suspicious(value.key().as_bytes());
        open.extend(value.children());
    }
    assert!(fields.suspicious || !suspicious, "a marker is missed");
}

fn by_path<'a>(f: &RecordFields<'a>) -> [(&'static str, Option<Raw<'a>>); 30] {
    let i = f.identity;
    [
        ("eventTime", f.event_time),
        ("eventVersion", f.event_version),
        ("eventSource", f.event_source),
        ("eventName", f.event_name),
        ("awsRegion", f.aws_region),
        ("sourceIPAddress", f.source_ip),
        ("errorCode", f.error_code),
        ("errorMessage", f.error_message),
        ("eventID", f.event_id),
        ("sharedEventID", f.shared_event_id),
        ("requestID", f.request_id),
        ("eventType", f.event_type),
        ("eventCategory", f.event_category),
        ("recipientAccountId", f.recipient_account),
        ("readOnly", f.read_only),
        ("managementEvent", f.management_event),
        ("userIdentity.type", i.identity_type),
        ("userIdentity.userName", i.user_name),
        ("userIdentity.arn", i.arn),
        ("userIdentity.accountId", i.account_id),
        ("userIdentity.accessKeyId", i.access_key_id),
        ("userIdentity.principalId", i.principal_id),
        ("userIdentity.invokedBy", i.invoked_by),
        ("userIdentity.sessionContext.sessionIssuer.type", i.issuer_type),
        ("userIdentity.sessionContext.sessionIssuer.userName", i.issuer_user_name),
        ("userIdentity.sessionContext.sessionIssuer.arn", i.issuer_arn),
        ("userIdentity.sessionContext.attributes.mfaAuthenticated", i.mfa_authenticated),
        ("userIdentity.sessionContext.sourceIdentity", i.source_identity),
        ("additionalEventData.MFAUsed", f.mfa_used),
        ("responseElements.ConsoleLogin", f.console_login),
    ]
}
