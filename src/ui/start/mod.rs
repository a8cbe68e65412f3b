//! What is shown before anything is loaded.

mod privacy;
mod view;

pub use privacy::{ConnectTry, PrivacyPanel};
pub use view::{StartView, start_view};
