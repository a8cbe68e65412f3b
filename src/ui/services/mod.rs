//! One card for each service in the matches.

mod card;
mod view;

pub use card::spark;
pub use view::{ServicesView, ServicesViewProps};
