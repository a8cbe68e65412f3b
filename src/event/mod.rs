//! One CloudTrail record: its fields, its time, where it came from.

pub mod field;
pub mod time;

pub use field::{FIELDS, Field};
