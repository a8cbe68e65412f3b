//! Events over time, stacked by outcome, with a brush.

mod bars;
mod panel;

pub use panel::{HistogramPanel, histogram_panel};
