//! What AWS hid: values that a service replaced by a marker before CloudTrail logged the call, and what
//! is missing without one.
//!
//! [`suspicious`] is the cheap first look that every string of every record gets while a file is
//! read; [`find`] is the exact answer for one record. `catalogue` says which markers AWS documents,
//! `absence` what services never log. What CloudTrail cut for its size, and what people scrubbed after
//! the export (`REDACTED`, `XXXXXXXX`), is reported too, as something else: see
//! [`Hidden`](crate::protocol::Hidden).

mod absence;
mod catalogue;
mod find;
mod marker;
mod suspicious;

pub use absence::{Absence, absence_of};
pub use find::{find, places};
pub use marker::{is_marker, is_scrubbed, may_be_scrubbed};
pub use suspicious::suspicious;
