//! Events over time, stacked by outcome, with a brush.

mod bars;
mod brush;
mod panel;

pub(crate) use bars::{Bars, Parts};
pub use panel::{HistogramPanel, HistogramPanelProps};
