//! The worker's side of a shard.

/// Starts listening for requests.
pub fn start() {}
