//! One CloudTrail record: its fields, its time, where it came from.

pub(crate) mod cursor;
mod hint;
mod nesting;
mod raw;
mod record_fields;
mod scan;
pub mod time;

pub use crate::field::{ADDED, BETWEEN, FIELDS, Field};
pub use hint::{DEEPER, REPLY_DEPTH, RESOURCE_PARAMETERS, may_enter, place_of, rank_in_reply};
pub use raw::Raw;
pub use record_fields::{IdentityFields, RecordFields};
pub use scan::{Scan, scan_record};
pub use time::{Civil, format_time, parse_time_ms};
