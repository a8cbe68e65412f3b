//! What a JSON object at the top of a text is: told by its keys, reading no further than needed.

use super::kind::{self, Kind};
use super::wrapped;
use crate::event::cursor::{Broken, Cursor};

/// What an object is.
pub(super) enum Shape {
    /// A record.
    Event,
    /// An object around a list of records; `list` is the byte behind the `[`.
    Wrapper {
        /// Counted from the object's `{`.
        list: usize,
        /// The list's key.
        key: &'static str,
    },
    /// An object that may carry records; where it ends is not known.
    Carrier(&'static Kind),
    /// A whole object of `len` bytes that may carry records.
    Carried {
        /// From `{` to `}`.
        len: usize,
        /// What it is.
        kind: &'static Kind,
    },
    /// Something else that is known; where it ends is not.
    Foreign(&'static Kind),
    /// A whole object of `len` bytes that is nothing known.
    Unknown {
        /// From `{` to `}`.
        len: usize,
    },
    /// Not enough of it is there to tell.
    Cut,
    /// It stops being JSON.
    Malformed {
        /// Counted from the object's `{`.
        at: usize,
    },
}

/// Keys that only records have at their top. The usual first ones stand first.
const EVENT_KEYS: &[&str] = &[
    "eventVersion",
    "userIdentity",
    "eventTime",
    "eventSource",
    "eventName",
    "awsRegion",
    "sourceIPAddress",
    "eventID",
    "eventCategory",
    "eventType",
    "requestParameters",
    "responseElements",
    "additionalEventData",
    "insightDetails",
    "recipientAccountId",
    "managementEvent",
];

/// Keys that tell what else an object is.
const FOREIGN_KEYS: &[(&str, &Kind)] = &[
    ("digestS3Object", kind::DIGEST),
    ("digestEndTime", kind::DIGEST),
    ("digestStartTime", kind::DIGEST),
    ("hashSignature", kind::LAKE_SIGNATURE),
    ("PublicKeyList", kind::PUBLIC_KEYS),
    ("publicKeyList", kind::PUBLIC_KEYS),
    ("s3ObjectKey", kind::NOTIFICATION),
    ("Statement", kind::IAM_POLICY),
    ("configurationItems", kind::CONFIG),
    ("configSnapshotId", kind::CONFIG),
    ("configurationItemVersion", kind::CONFIG),
    ("Metadata", kind::OBJECT_METADATA),
    ("class_uid", kind::OCSF),
    ("operationName", kind::AZURE),
    ("protoPayload", kind::GOOGLE),
];

/// What the object that `text` starts with is.
pub(super) fn shape_of(text: &[u8]) -> Shape {
    walk(text, true)
}

/// What the object is, given that it is no record although it may borrow a key of records.
pub(super) fn shape_of_no_event(text: &[u8]) -> Shape {
    walk(text, false)
}

fn walk(text: &[u8], may_be_event: bool) -> Shape {
    let mut cursor = Cursor::new(text);
    let mut found = None;
    // A GuardDuty finding has no key of its own, only a pair.
    let (mut severity, mut service) = (false, false);
    let end = cursor.object(|cursor, key| {
        if let (Some(key), b'[') = (wrapped::list_key(key), cursor.peek()) {
            found = Some(Shape::Wrapper { list: cursor.at() + 1, key });
        } else if may_be_event && is_event_key(key) {
            found = Some(Shape::Event);
        } else if let Some((_, kind)) = FOREIGN_KEYS.iter().find(|(name, _)| name.as_bytes() == key) {
            found = Some(Shape::Foreign(kind));
        } else if let (Some(kind), b'{' | b'[' | b'"') = (wrapped::carrier(key), cursor.peek()) {
            found = Some(Shape::Carrier(kind));
        }
        severity |= key == b"severity" || key == b"Severity";
        service |= key == b"service" || key == b"Service";
        if severity && service {
            found = found.take().or(Some(Shape::Foreign(kind::GUARDDUTY)));
        }
        // Leaving is no error: what was sought is found.
        if found.is_some() { Err(Broken) } else { cursor.skip() }
    });
    match (found, end) {
        (Some(shape), _) => shape,
        (None, Ok(())) => Shape::Unknown { len: cursor.at() },
        (None, Err(_)) if cursor.at_end() => Shape::Cut,
        (None, Err(_)) => Shape::Malformed { at: cursor.at() },
    }
}

/// Whether only records have this key at their top.
pub(super) fn is_event_key(key: &[u8]) -> bool {
    EVENT_KEYS.iter().any(|name| name.as_bytes() == key)
}
