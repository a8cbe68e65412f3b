//! Counts over a list of rows: facets, times, services, identities, redactions.
//!
//! Each is one pass over columns of ids; strings are looked up only for what is sent.

mod counts;
mod facets;
mod histogram;
mod identities;
mod principal;
mod redactions;
mod services;

pub use facets::facet;
pub use histogram::histogram;
pub use identities::identities;
pub use principal::{rows_of, use_lists};
pub use redactions::redaction_groups;
pub use services::{services, widen};
