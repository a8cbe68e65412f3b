//! One card for each service in the matches, and a page for the one that is opened.

mod card;
mod page;
mod timeline;
mod view;

pub use card::{SPARK_HEIGHT, spark};
pub use view::{ServicesView, ServicesViewProps};
