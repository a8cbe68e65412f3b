//! What stays in place around every view: top bar, tabs, status line, the ways in for files.
//!
//! ```text
//! ┌──────────────── top ────────────────┐
//! │ rail │ histogram          │ inspector│
//! │      │ tabs               │          │
//! │      │ view               │          │
//! └─────────────── status ──────────────┘
//! ```

mod intake;
mod layout;
mod status;
mod tabs;
mod top_bar;

pub use intake::{DropCover, DropCoverProps, FileInputs, FileInputsProps, open_picker};
pub use layout::{Layout, RailState, layout};
pub use status::{StatusLine, status_line};
pub use tabs::{Tab, tabs};
pub use top_bar::{TopBar, top_bar};
