//! The hosted build: a folder of files that any static host can serve under any path.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};

use crate::{
    command::say,
    digest::{integrity, short},
    html,
    minify::Kind,
    offline, one_file,
    parts::{Parts, placeholder},
};

/// Where both builds end.
pub const DIST: &str = "dist";

/// The one-file build's name in [`DIST`].
pub const ONE_FILE: &str = "trailscope.html";

/// What the name of the sample trail begins with.
pub const SAMPLE: &str = "sample-";

/// Builds the site and the one file into [`DIST`].
pub fn build(optimised: bool) -> Result<()> {
    let parts = Parts::make(optimised)?;
    let one_file = one_file::page(&parts)?;
    let files = hosted_files(&parts, &one_file)?;

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
fn hosted_files(parts: &Parts, one_file: &str) -> Result<Vec<(String, Vec<u8>)>> {
    let (app, worker) = parts.packed()?;
    let app_program = format!("app-{}.lzma", short(&app));
    let worker_program = format!("worker-{}.lzma", short(&worker));
    let unpack_program = format!("unpack-{}.wasm", short(&parts.unpack_wasm));
    let worker_name = format!("worker-{}.js", short(parts.worker_js.as_bytes()));

    // The glue and the lines that start it are one script: one request less, nothing inline.
    ensure!(parts.app_js.contains("async function __wbg_init("), "wasm-bindgen's glue has changed its start");
    let load = |name: &str, content: &[u8]| {
        format!("fetch(new URL(\"{name}\", import.meta.url), {{ integrity: \"{}\" }})", integrity(content))
    };
    let app_script = format!(
        "{}\n{{\n{}\n{OFFER_WORKER}{UNPACK}{}\
         const glue = JSON.stringify(new URL(\"{worker_name}\", import.meta.url));\n\
         offerWorker(`globalThis.trustedTypes?.createPolicy(\"default\", {{ createScriptURL: (address) => (address === ${{glue}} ? address : null) }});\n\
         importScripts(${{glue}});\n{RUN_WORKER}`);\n\
         const bytes = (loaded) => loaded.then((response) => response.arrayBuffer());\n\
         start({}, bytes({}), bytes({})).then(register);\n}}\n",
        parts.app_js,
        parts.unpack_js,
        offline::REGISTER,
        load(&unpack_program, &parts.unpack_wasm),
        load(&app_program, &app),
        load(&worker_program, &worker),
    );
    let app_script = parts.minifier.minify(Kind::Module, &app_script)?;
    let app_name = format!("app-{}.js", short(app_script.as_bytes()));

    let sample_name = format!("{SAMPLE}{}.gz", short(&parts.sample));

    let preload = |name: &str, kind: &str| {
        format!("<link rel=\"preload\" as=\"fetch\"{kind} href=\"./{name}\" crossorigin=\"anonymous\">\n    ")
    };
    let head = format!(
        "{}<link rel=\"manifest\" href=\"./{}\">\n    \
         <meta name=\"trailscope-one-file\" content=\"{ONE_FILE}\" data-bytes=\"{}\" data-integrity=\"{}\">\n    \
         <meta name=\"trailscope-sample\" content=\"{sample_name}\" data-integrity=\"{}\">\n    \
         {}{}\
         <script type=\"module\" src=\"./{app_name}\" crossorigin=\"anonymous\" integrity=\"{}\"></script>",
        metas(parts, "hosted"),
        offline::MANIFEST,
        one_file.len(),
        integrity(one_file.as_bytes()),
        integrity(&parts.sample),
        preload(&unpack_program, " type=\"application/wasm\""),
        preload(&app_program, ""),
        integrity(app_script.as_bytes()),
    );
    let placeholder = html::element_range(&parts.html, &placeholder(&parts.html)?);
    let mut page = parts.html.clone();
    page.replace_range(placeholder, &head);

    let mut files = vec![
        ("index.html".to_owned(), page.into_bytes()),
        (app_name, app_script.into_bytes()),
        (app_program, app),
        (worker_name, parts.worker_js.clone().into_bytes()),
        (worker_program, worker),
        (unpack_program, parts.unpack_wasm.clone()),
    ];
    files.extend(parts.assets.iter().cloned());
    files.push((offline::MANIFEST.to_owned(), offline::MANIFEST_TEXT.as_bytes().to_vec()));
    files.push((offline::ICON.to_owned(), fs::read("static/icon.svg").context("reading the icon")?));
    let kept = |name: &String| if name == "index.html" { "./".to_owned() } else { name.clone() };
    let names: Vec<String> = files.iter().map(|(name, _)| kept(name)).collect();
    // It comes when somebody asks for it.
    files.push((sample_name, parts.sample.clone()));
    files.push((offline::SCRIPT.to_owned(), offline::script(&names).into_bytes()));
    Ok(files)
}

/// Gives the app the address of its worker, as the content of a meta tag. It is a `blob:` in both
/// builds: such a worker inherits the page's policy, one from a file of a host has its own or none.
pub const OFFER_WORKER: &str = "\
globalThis.trustedTypes?.createPolicy(\"default\", { createScriptURL: (address) => (address.startsWith(\"blob:\") || address === \"sw.js\" ? address : null) });
const offerWorker = (script) => {
  const blob = new Blob([script], { type: \"text/javascript\" });
  document.querySelector(\"meta[name=trailscope-worker]\").content = URL.createObjectURL(blob);
};
";

/// Unpacks and starts the page, then unpacks the worker with its help; says so if either fails, or the page
/// does later. That is compiled here, once for all workers:
/// `web::link` finds the promise of it on the window and sends it to each. `wasm_bindgen` is the
/// unpacker's glue.
pub const UNPACK: &str = "\
const start = (unpacker, app, worker) => run(unpacker, app, worker).catch((error) => {
  document.body.textContent = `Trailscope did not start. Load the page again. (${error})`;
});
const stopped = (error) => {
  if (!(error instanceof WebAssembly.RuntimeError) || document.querySelector(\".stopped\")) return;
  const said = document.createElement(\"p\");
  said.className = \"stopped\";
  said.setAttribute(\"role\", \"alert\");
  said.textContent = \"The page stopped on something it could not handle. Your files are as they were. Load the page again.\";
  document.body.prepend(said);
};
addEventListener(\"error\", (event) => stopped(event.error));
addEventListener(\"unhandledrejection\", (event) => stopped(event.reason));
const run = async (unpacker, app, worker) => {
  await wasm_bindgen({ module_or_path: unpacker });
  const program = async (packed) => wasm_bindgen.unpack(new Uint8Array(await packed));
  const page = await program(app);
  const shown = __wbg_init({ module_or_path: WebAssembly.compile(page) });
  globalThis.trailscopeEngine = shown.then(async () => WebAssembly.compile(await program(worker)));
  // Whoever waits for it says that it did not come.
  globalThis.trailscopeEngine.catch(() => {});
  await shown;
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

/// Starts a worker with the program that comes as its first message. Messages that come while that is
/// made ready would find no listener and be lost, so they are held back and given again in their order.
///
/// A rejected promise in a worker stays in the worker. Thrown from a timer it becomes the `error`
/// event that the page listens for.
pub const RUN_WORKER: &str = "\
const early = [];
const hold = ({ data, ports }) => {
  if (!(data instanceof WebAssembly.Module)) {
    early.push({ data, ports });
    return;
  }
  wasm_bindgen({ module_or_path: data }).then(
    () => {
      removeEventListener(\"message\", hold);
      for (const message of early) dispatchEvent(new MessageEvent(\"message\", message));
    },
    (error) => setTimeout(() => { throw error; }),
  );
};
addEventListener(\"message\", hold);
";
