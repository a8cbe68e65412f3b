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
    Carrier {
        /// What it is.
        kind: &'static Kind,
        /// Where the value starts that may hold them, counted from the object's `{`.
        value: usize,
    },
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
    "userIdentity",
    "eventTime",
    "eventSource",
    "eventName",
    "sourceIPAddress",
    "eventID",
    "requestParameters",
    "responseElements",
    "additionalEventData",
    "insightDetails",
    // From here on they may also stand beside a list of records: see [`SURE`].
    "eventVersion",
    "awsRegion",
    "eventCategory",
    "eventType",
    "recipientAccountId",
    "managementEvent",
];

/// How many of [`EVENT_KEYS`] tell a record alone.
const SURE: usize = 10;

/// Keys that tell what else an object is.
const FOREIGN_KEYS: &[(&str, &Kind)] = &[
    ("digestS3Object", kind::DIGEST),
    ("digestEndTime", kind::DIGEST),
    ("digestStartTime", kind::DIGEST),
    ("hashSignature", kind::LAKE_SIGNATURE),
    ("configurationItems", kind::CONFIG),
    ("configSnapshotId", kind::CONFIG),
    ("configurationItemVersion", kind::CONFIG),
    ("class_uid", kind::OCSF),
    ("protoPayload", kind::GOOGLE),
    // From here on they may also stand beside records: see [`SURE_FOREIGN`].
    ("PublicKeyList", kind::PUBLIC_KEYS),
    ("publicKeyList", kind::PUBLIC_KEYS),
    ("s3ObjectKey", kind::NOTIFICATION),
    ("Statement", kind::IAM_POLICY),
    ("Metadata", kind::OBJECT_METADATA),
    ("operationName", kind::AZURE),
    ("userPrincipalName", kind::AZURE),
    ("Workload", kind::AZURE),
    ("AwsAccountId", kind::SECURITY_HUB),
    ("s3Bucket", kind::NOTIFICATION),
    ("HostId", kind::S3_NOTIFICATION),
];

/// How many of [`FOREIGN_KEYS`] decide at once.
const SURE_FOREIGN: usize = 9;

/// How far behind the first hint it is looked for a key that decides.
const FAR: usize = 1 << 20;

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
    // What it is where nothing behind decides: an event comes before a list, a list before the rest.
    let mut hint: Option<(u8, Shape)> = None;
    // A GuardDuty finding has no key of its own, only a pair.
    let (mut severity, mut service) = (false, false);
    let end = cursor.object(|cursor, key| {
        let mut weak = None;
        let event = EVENT_KEYS.iter().position(|name| may_be_event && name.as_bytes() == key);
        let first = cursor.peek();
        let value = cursor.at();
        if let Some(place) = event {
            if place < SURE {
                found = Some(Shape::Event);
            } else {
                weak = Some((3, Shape::Event));
            }
        } else if let (Some(key), b'[') = (wrapped::list_key(key), first) {
            let shape = Shape::Wrapper { list: value + 1, key };
            match holds_records(key, text.get(value + 1..).unwrap_or_default()) {
                Some(true) => found = Some(shape),
                Some(false) if key == wrapped::RESULTS => {}
                Some(false) => weak = Some((2, shape)),
                None => found = Some(Shape::Cut),
            }
        } else if let Some(place) = FOREIGN_KEYS.iter().position(|(name, _)| name.as_bytes() == key) {
            let shape = Shape::Foreign(FOREIGN_KEYS[place].1);
            if place < SURE_FOREIGN {
                found = Some(shape);
            } else {
                weak = Some((1, shape));
            }
        } else if let (Some(kind), b'{' | b'[' | b'"') = (wrapped::carrier(key), first) {
            match hint {
                Some((1, _)) => {}
                _ => found = Some(Shape::Carrier { kind, value }),
            }
        }
        severity |= key == b"severity" || key == b"Severity";
        service |= key == b"service" || key == b"Service";
        if severity && service {
            weak = weak.take().or(Some((1, Shape::Foreign(kind::GUARDDUTY))));
        }
        if let Some(weak) = weak
            && hint.as_ref().is_none_or(|hint| hint.0 < weak.0)
        {
            hint = Some(weak);
        }
        if found.is_none() && hint.is_some() && value > FAR {
            found = hint.take().map(|(_, shape)| shape);
        }
        // Leaving is no error: what was sought is found.
        if found.is_some() { Err(Broken) } else { cursor.skip() }
    });
    match (found, end, hint) {
        (Some(shape), ..) => shape,
        (None, Ok(()), Some((_, shape))) => shape,
        (None, Ok(()), None) => Shape::Unknown { len: cursor.at() },
        (None, Err(_), _) if cursor.at_end() => Shape::Cut,
        (None, Err(_), _) => Shape::Malformed { at: cursor.at() },
    }
}

/// Whether the list that `list` is behind the `[` of is one of records or of what carries them; `None`
/// where too little of it is here to tell. Only `Records` is one whatever stands in it.
fn holds_records(key: &str, list: &[u8]) -> Option<bool> {
    if key == "Records" {
        return Some(true);
    }
    let mut cursor = Cursor::new(list);
    match cursor.peek() {
        b'[' if key == wrapped::RESULTS => {
            let row = list.get(cursor.at() + 1..).unwrap_or_default().trim_ascii_start();
            if row.first().is_some_and(|first| *first != b'{') { Some(false) } else { wrapped::is_cell(row) }
        }
        b'[' => Some(key == "QueryResultRows"),
        b'{' => {
            // No list in a list is looked into, so that none is read more than twice.
            let mut known = false;
            let read = cursor.object(|cursor, key| {
                known = is_event_key(key)
                    || wrapped::carrier(key).is_some()
                    || wrapped::list_key(key).is_some()
                    || FOREIGN_KEYS.iter().any(|(name, _)| name.as_bytes() == key);
                if known { Err(Broken) } else { cursor.skip() }
            });
            if known || read.is_ok() || !cursor.at_end() { Some(known) } else { None }
        }
        _ => {
            if cursor.at_end() {
                None
            } else {
                Some(false)
            }
        }
    }
}

/// Whether only records have this key at their top.
pub(super) fn is_event_key(key: &[u8]) -> bool {
    EVENT_KEYS.iter().any(|name| name.as_bytes() == key)
}
