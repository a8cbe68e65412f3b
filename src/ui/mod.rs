//! What a person sees. Views take plain structs and callbacks; none knows a column or a worker.

pub mod events;
pub mod files;
pub mod inspector;
pub mod shared;

/// Mounts the page.
pub fn mount() {}
