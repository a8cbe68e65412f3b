//! Who acted: a list of principals, and what the chosen one used and did.

mod detail;
mod view;

pub use view::{IdentitiesView, IdentitiesViewProps};
