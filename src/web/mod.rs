//! Everything that calls JavaScript, and nothing that decides.

mod handover_host;
pub mod handover_page;
pub mod intake;
mod integrity;
mod kept;
pub mod link;
mod message;
pub mod page;
mod rereads;
pub mod shard_host;
mod turn;
mod warm;

pub use turn::now_ms;
