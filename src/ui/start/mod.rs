//! What is shown before anything is loaded.

mod privacy;
mod view;

pub use privacy::{ConnectTry, PrivacyPanel, Proof, proof_dialog};
pub use view::{StartView, start_view};
