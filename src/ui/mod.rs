//! What a person sees. Views take plain structs and callbacks; none knows a column or a worker.

pub mod facets;
pub mod frame;
pub mod histogram;
pub mod query_bar;
pub mod shared;

/// Mounts the page.
pub fn mount() {}
