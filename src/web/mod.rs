//! Everything that calls JavaScript, and nothing that decides.

pub mod intake;
mod handover_host;
mod kept;
pub mod link;
mod message;
pub mod page;
mod rereads;
pub mod shard_host;
mod turn;
mod warm;

pub use turn::now_ms;
