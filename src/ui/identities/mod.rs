//! Who acted: a list of principals, what the open one used and did, and who is behind it.

mod chain;
mod detail;
mod view;

pub use chain::{ChainActs, chain};
pub use view::{IdentitiesView, IdentitiesViewProps};
