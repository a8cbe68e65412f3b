//! The rail: what values the fields have in the matches, and how to narrow to them.

mod facet;
mod rail;

pub use rail::{Rail, RailProps};
