//! The rail: what values the fields have in the matches, and how to narrow to them.

mod facet;
mod rail;
mod value;

pub use rail::{Rail, RailProps};
pub use value::{FacetValue, facet_value};
