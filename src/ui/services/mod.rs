//! One card for each service in the matches.

mod card;
mod view;

pub use view::{ServicesView, ServicesViewProps};
