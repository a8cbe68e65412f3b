//! What a person sees. Views take plain structs and callbacks; none knows a column or a worker.

mod app;

pub mod choose;
pub mod compare;
pub mod events;
pub mod facets;
pub mod files;
pub mod frame;
pub mod handover;
pub mod help;
pub mod histogram;
pub mod identities;
pub mod inspector;
pub mod link;
pub mod palette;
pub mod paste;
pub mod query_bar;
pub mod redactions;
pub mod services;
pub mod shared;
pub mod sql;
pub mod start;
pub mod toast;

/// Mounts the page.
pub fn mount() {
    yew::Renderer::<app::App>::new().render();
}
