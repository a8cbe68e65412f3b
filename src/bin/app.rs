//! The page: mounts the UI.
#[cfg(target_arch = "wasm32")]
fn main() {
    trailscope::ui::mount();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
