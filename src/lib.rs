//! Trailscope opens AWS CloudTrail logs inside a browser tab.
//!
//! The crate is read from the bottom up. The core is pure: bytes in, values out, no clock, no
//! browser. `web` is the only zone that calls JavaScript, `ui` the only one that knows Yew.
//! `ARCHITECTURE.md` draws the map; `tests/architecture.rs` keeps it true.

// ── core: what a record is ──────────────────────────────────────────────────────────────────────
pub mod event;
pub mod exposure;
pub mod field;
pub mod identity;
pub mod json;
pub mod protocol;
pub mod redaction;
pub mod sentence;
pub mod services;
pub mod sorting;

// ── core: from bytes to a table, from a question to an answer ───────────────────────────────────
pub mod columnar;
pub mod ingest;
pub mod integrity;
pub mod merge;
pub mod pseudonym;
pub mod query;
pub mod sample;
pub mod shard;
pub mod sql;
pub mod summary;
pub mod table;

// ── core: what the screen shows ─────────────────────────────────────────────────────────────────
pub mod display;
pub mod layout;
pub mod state;

// ── browser ─────────────────────────────────────────────────────────────────────────────────────
#[cfg(target_arch = "wasm32")]
pub mod ui;
#[cfg(target_arch = "wasm32")]
pub mod web;
