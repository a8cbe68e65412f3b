//! One CloudTrail record: its fields, its time, where it came from.

pub mod field;

pub use field::{FIELDS, Field};
