//! Everything that calls JavaScript, and nothing that decides.

pub mod shard_host;
