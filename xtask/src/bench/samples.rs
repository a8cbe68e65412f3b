//! What was measured, by name: `medium.page.rate`, `session.scroll.late`.

use std::collections::BTreeMap;

use super::stats::median;

/// Numbers by name, one for each run.
#[derive(Default)]
pub struct Samples(BTreeMap<String, Vec<f64>>);

impl Samples {
    /// Adds a number.
    pub fn add(&mut self, name: impl Into<String>, number: f64) {
        self.0.entry(name.into()).or_default().push(number);
    }

    /// All numbers of a name, `None` where there are none.
    pub fn all(&self, name: &str) -> Option<&[f64]> {
        self.0.get(name).map(Vec::as_slice)
    }

    /// Their median.
    pub fn median(&self, name: &str) -> Option<f64> {
        self.all(name).map(median)
    }
}
