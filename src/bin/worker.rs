//! A shard worker: registers the engine.
#[cfg(target_arch = "wasm32")]
fn main() {
    trailscope::web::shard_host::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {}
