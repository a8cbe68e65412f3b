//! What is shown before anything is loaded.

mod privacy;
mod view;

pub use privacy::{ConnectTry, PrivacyPanel, PrivacyPanelProps};
pub use view::{StartView, StartViewProps};
