//! The events of one shard as columns.
//!
//! A row costs about 150 bytes: an interned id for each [`Field`](crate::event::Field), its time,
//! its event id, its marks, and the place of its text, which stays compressed outside.

mod added;
mod dictionary;
mod event_id;
mod findings;
mod order;
mod store;

pub use dictionary::{Column, Dictionary};
pub use event_id::EventIds;
pub use findings::{Finding, Findings, Found};
pub use order::TimeOrder;
pub use store::{EventTable, Marks, NewEvent, RowPlace};
