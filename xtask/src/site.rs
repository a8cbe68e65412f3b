//! The hosted build: a folder of files that any static host can serve under any path.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use crate::{
    command::say,
    digest::{integrity, short},
    html, one_file,
    parts::{Parts, placeholder},
};

/// Where both builds end.
pub const DIST: &str = "dist";

/// The one-file build's name in [`DIST`].
pub const ONE_FILE: &str = "trailscope.html";

/// Builds the site and the one file into [`DIST`].
pub fn build(optimised: bool) -> Result<()> {
    let parts = Parts::make(optimised)?;
    let one_file = one_file::page(&parts)?;
    let files = hosted_files(&parts, one_file.len())?;

    // The folder itself stays, so that a server that has it open goes on.
    let dist = Path::new(DIST);
    fs::create_dir_all(dist)?;
    for entry in fs::read_dir(dist)? {
        let path = entry?.path();
        if path.is_dir() { fs::remove_dir_all(path)? } else { fs::remove_file(path)? }
    }
    for (name, content) in &files {
        fs::write(dist.join(name), content).with_context(|| format!("writing {name}"))?;
    }
    fs::write(dist.join(ONE_FILE), &one_file)?;
    say(format!("Built {DIST}/ and {DIST}/{ONE_FILE} ({} kB)", one_file.len() / 1000));
    Ok(())
}

/// Name and content of every file that a first visit loads.
fn hosted_files(parts: &Parts, one_file_bytes: usize) -> Result<Vec<(String, Vec<u8>)>> {
    let app_wasm = format!("app-{}_bg.wasm", short(&parts.app_wasm));
    let worker_wasm = format!("worker-{}_bg.wasm", short(&parts.worker_wasm));
    let app_integrity = integrity(&parts.app_wasm);

    // The glue and the line that starts it are one script: one request less, nothing inline.
    ensure!(parts.app_js.contains("async function __wbg_init("), "wasm-bindgen's glue has changed its start");
    let worker_script = format!(
        "{}\n{RUN_WORKER}\
         const startWorker = (base) => runWorker(fetch(new URL(\"{worker_wasm}\", base), {{ integrity: \"{}\" }}));\n",
        parts.worker_js,
        integrity(&parts.worker_wasm),
    );
    let worker_name = format!("worker-{}.js", short(worker_script.as_bytes()));
    let app_script = format!(
        "{}\n{{\n{OFFER_WORKER}\
         offerWorker(`importScripts(${{JSON.stringify(new URL(\"{worker_name}\", import.meta.url))}});\\n\
         startWorker(${{JSON.stringify(import.meta.url)}});\\n`);\n\
         __wbg_init({{ module_or_path: fetch(new URL(\"{app_wasm}\", import.meta.url), {{ integrity: \"{app_integrity}\" }}) }});\n}}\n",
        parts.app_js,
    );
    let app_name = format!("app-{}.js", short(app_script.as_bytes()));

    let head = format!(
        "{}\
         <meta name=\"trailscope-one-file\" content=\"{ONE_FILE}\" data-bytes=\"{one_file_bytes}\">\n    \
         <link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" href=\"./{app_wasm}\" crossorigin=\"anonymous\">\n    \
         <script type=\"module\" src=\"./{app_name}\" crossorigin=\"anonymous\" integrity=\"{}\"></script>",
        metas(parts, "hosted"),
        integrity(app_script.as_bytes()),
    );
    let placeholder = html::element_range(&parts.html, &placeholder(&parts.html)?);
    let mut page = parts.html.clone();
    page.replace_range(placeholder, &head);

    let mut files = vec![
        ("index.html".to_owned(), page.into_bytes()),
        (app_name, app_script.into_bytes()),
        (app_wasm, parts.app_wasm.clone()),
        (worker_name, worker_script.into_bytes()),
        (worker_wasm, parts.worker_wasm.clone()),
    ];
    files.extend(parts.assets.iter().cloned());
    Ok(files)
}

/// Gives the app the address of its worker, as the content of a meta tag. It is a `blob:` in both
/// builds: such a worker inherits the page's policy, one from a file of a host has its own or none.
pub const OFFER_WORKER: &str = "\
const offerWorker = (script) => {
  const blob = new Blob([script], { type: \"text/javascript\" });
  document.querySelector(\"meta[name=trailscope-worker]\").content = URL.createObjectURL(blob);
};
";

/// What the page can read about its own build.
pub fn metas(parts: &Parts, build: &str) -> String {
    format!(
        "<meta name=\"trailscope-build\" content=\"{build}\">\n    \
         <meta name=\"trailscope-version\" content=\"{}\">\n    \
         <meta name=\"trailscope-digest\" content=\"sha256 {}\">\n    \
         <meta name=\"trailscope-worker\" content=\"\">\n    ",
        env!("CARGO_PKG_VERSION"),
        parts.digest(),
    )
}

/// Starts a worker. Messages that come while its wasm is compiled would find no listener and be
/// lost, so they are held back and given again in their order.
///
/// A rejected promise in a worker stays in the worker. Thrown from a timer it becomes the `error`
/// event that the page listens for.
pub const RUN_WORKER: &str = "\
const runWorker = (wasm) => {
  const early = [];
  const hold = (event) => early.push(event);
  addEventListener(\"message\", hold);
  wasm_bindgen({ module_or_path: wasm }).then(
    () => {
      removeEventListener(\"message\", hold);
      for (const { data, ports } of early) dispatchEvent(new MessageEvent(\"message\", { data, ports }));
    },
    (error) => setTimeout(() => { throw error; }),
  );
};
";
