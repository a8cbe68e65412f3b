//! What the page and a shard say to each other: the only serialisable boundary types.
//!
//! Requests are small and cross as JavaScript values. Answers can be large and cross as one
//! `postcard` buffer that is transferred, not copied (see `web`). Nothing here knows a column, a
//! worker or a browser: a view reads these structs and renders them.

mod answer;
mod finding;
mod handover;
mod identity;
mod integrity;
mod ledger;
mod record;
mod request;

pub use answer::*;
pub use finding::*;
pub use handover::*;
pub use identity::*;
pub use integrity::*;
pub use ledger::*;
pub use record::*;
pub use request::*;
