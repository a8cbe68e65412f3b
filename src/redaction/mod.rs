//! What AWS hid: values that a service replaced by a marker before CloudTrail logged the call.
//!
//! [`suspicious`] is the cheap first look that every string of every record gets while a file is
//! read; [`find`] is the exact answer for one record. The markers are AWS's own. What people put
//! into a log after its export (`REDACTED`, `XXXX`) is something else and is not reported here.
//! `catalogue` says which of them AWS documents.

mod catalogue;
mod find;
mod marker;
mod suspicious;

pub use find::find;
pub use marker::is_marker;
pub use suspicious::suspicious;
