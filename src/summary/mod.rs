//! Counts over a list of rows: facets, times, services, identities, redactions.
//!
//! Each is one pass over columns of ids; strings are looked up only for what is sent.

mod counts;
mod facets;
mod findings;
mod histogram;
mod identities;
mod principal;
mod services;

pub use counts::clipped;
pub use facets::{facet, present};
pub use findings::finding_groups;
pub use histogram::histogram;
pub use identities::{identities, principal_hashes, rows_of};
pub use principal::use_lists;
pub use services::{services, widen};
