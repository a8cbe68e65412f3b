//! What trunk left, read and optimised: the parts that both builds are put together from.

use std::{
    env, fs,
    ops::Range,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};

use crate::{
    command::{run, say},
    digest,
    html::{self, Tag},
    minify::{Kind, Minifier},
    pack::pack,
    panics, tools,
};

/// Where `Trunk.toml` has trunk leave its output.
const TRUNK_DIST: &str = "target/trunk";

/// What rustc is told in `.cargo/config.toml`, and what it enables by itself: wasm-opt refuses
/// instructions of a feature that it was not told of.
const WASM_FEATURES: &[&str] = &[
    "--enable-simd",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
    "--enable-reference-types",
];

/// The parts of the page.
pub struct Parts {
    /// `index.html` as trunk wrote it, with one placeholder script (see `Trunk.toml`).
    pub html: String,
    /// Glue of the page: an ES module.
    pub app_js: String,
    /// The page.
    pub app_wasm: Vec<u8>,
    /// Glue of the worker: a classic script.
    pub worker_js: String,
    /// The worker.
    pub worker_wasm: Vec<u8>,
    /// Glue of the unpacker: a classic script.
    pub unpack_js: String,
    /// What unpacks the two others.
    pub unpack_wasm: Vec<u8>,
    /// The sample trail.
    pub sample: Vec<u8>,
    /// Name and content of every other file: style sheets, icons.
    pub assets: Vec<(String, Vec<u8>)>,
    /// What makes scripts and styles small.
    pub minifier: Minifier,
}

impl Parts {
    /// Runs trunk and wasm-opt; for a look while developing, trunk alone and without optimisation.
    pub fn make(optimised: bool) -> Result<Self> {
        let path = tools::build_path()?;
        let shrinkers = if optimised { tools::shrinkers() } else { None };
        run(Command::new("trunk")
            .args(["build", "--skip-version-check"])
            .args(optimised.then_some("--release"))
            .env("PATH", path)
            .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", remap())
            // Trunk takes the variable for a boolean and stops at the customary `1`.
            .env_remove("NO_COLOR"))?;
        let mut parts = Self::read(Path::new(TRUNK_DIST))?;
        if let Some(tools::Shrinkers { wasm_opt: program, esbuild }) = shrinkers {
            parts.minifier = Minifier(Some(esbuild));
            for wasm in [&mut parts.app_wasm, &mut parts.worker_wasm, &mut parts.unpack_wasm] {
                *wasm = optimise(&program, &panics::without_messages(wasm)?)?;
            }
        }
        parts.worker_js = parts.minifier.minify(Kind::Script, &parts.worker_js)?;
        parts.bundle_styles()?;
        Ok(parts)
    }

    fn read(folder: &Path) -> Result<Self> {
        let text =
            |name: &str| fs::read_to_string(folder.join(name)).with_context(|| format!("reading {name}"));
        let bytes = |name: &str| fs::read(folder.join(name)).with_context(|| format!("reading {name}"));

        let html = text("index.html")?;
        let placeholder = placeholder(&html)?;
        let app_js = placeholder.get("data-js").context("no data-js on the script")?.to_owned();
        let app_wasm = placeholder.get("data-wasm").context("no data-wasm on the script")?.to_owned();
        let (worker_js, worker_wasm) = ("worker.js", "worker_bg.wasm");
        let (unpack_js, unpack_wasm) = ("unpack.js", "unpack_bg.wasm");

        let mut assets = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            ensure!(
                entry.file_type()?.is_file(),
                "trunk left the folder {name}: a crate brings JavaScript of its own, which neither build can place"
            );
            let known = ["index.html", &app_js, &app_wasm, worker_js, worker_wasm, unpack_js, unpack_wasm];
            if !known.contains(&name.as_str()) {
                assets.push((name.clone(), bytes(&name)?));
            }
        }
        assets.sort();
        let mut parts = Self {
            app_js: text(&app_js)?,
            app_wasm: bytes(&app_wasm)?,
            worker_js: text(worker_js)?,
            worker_wasm: bytes(worker_wasm)?,
            unpack_js: text(unpack_js)?,
            unpack_wasm: bytes(unpack_wasm)?,
            html,
            sample: fs::read("static/sample.gz").context("reading the sample")?,
            assets,
            minifier: Minifier::default(),
        };
        parts.take_in_icon()?;
        Ok(parts)
    }

    /// Makes one style sheet of all, in their order: they compress better together, in one request.
    fn bundle_styles(&mut self) -> Result<()> {
        let sheets: Vec<(Range<usize>, String)> = html::tags(&self.html)
            .into_iter()
            .filter(|tag| tag.get("rel") == Some("stylesheet"))
            .filter_map(|tag| Some((tag.range.clone(), tag.get("href")?.to_owned())))
            .collect();
        let mut all = String::new();
        for (_, href) in &sheets {
            all.push_str(std::str::from_utf8(self.asset(href)?)?);
        }
        let all = self.minifier.minify(Kind::Style, &all)?;
        let name = format!("app-{}.css", digest::short(all.as_bytes()));
        let integrity = digest::integrity(all.as_bytes());
        let link = format!("<link rel=\"stylesheet\" href=\"./{name}\" integrity=\"{integrity}\">");
        for (place, (range, _)) in sheets.iter().enumerate().rev() {
            self.html.replace_range(range.clone(), if place == 0 { &link } else { "" });
        }
        let is_sheet = |asset: &str| sheets.iter().any(|(_, href)| href.trim_start_matches("./") == asset);
        self.assets.retain(|(asset, _)| !is_sheet(asset));
        self.assets.push((name, all.into_bytes()));
        Ok(())
    }

    /// Writes the icon into the page. A browser asks for an icon's address again whenever the
    /// fragment changes, and whoever watches the network panel should see nothing at all.
    fn take_in_icon(&mut self) -> Result<()> {
        let icon = html::tags(&self.html).into_iter().find(|tag| tag.get("rel") == Some("icon"));
        let Some((tag, href)) = icon.and_then(|tag| Some((tag.range.clone(), tag.get("href")?.to_owned())))
        else {
            return Ok(());
        };
        ensure!(href.ends_with(".svg"), "{href} is no SVG");
        let data = digest::base64(self.asset(&href)?);
        self.html
            .replace_range(tag, &format!("<link rel=\"icon\" href=\"data:image/svg+xml;base64,{data}\">"));
        self.assets.retain(|(name, _)| name != href.trim_start_matches("./"));
        Ok(())
    }

    /// The page and the worker, packed. The worker is packed against the page: they share much code.
    pub fn packed(&self) -> Result<(Vec<u8>, Vec<u8>)> {
        Ok((pack(&self.app_wasm, &[])?, pack(&self.worker_wasm, &self.app_wasm)?))
    }

    /// The content of an asset by the relative address the page has for it.
    pub fn asset(&self, href: &str) -> Result<&[u8]> {
        let name = href.trim_start_matches("./");
        let found = self.assets.iter().find(|(asset, _)| asset == name);
        Ok(&found.with_context(|| format!("{href} is not among what trunk left"))?.1)
    }

    /// One digest over everything that runs: the same for the site and for the one file.
    pub fn digest(&self) -> String {
        let mut all: Vec<&[u8]> = vec![
            self.app_js.as_bytes(),
            &self.app_wasm,
            self.worker_js.as_bytes(),
            &self.worker_wasm,
            self.unpack_js.as_bytes(),
            &self.unpack_wasm,
        ];
        all.extend(self.assets.iter().map(|(_, content)| content.as_slice()));
        digest::sha256_of_all(&all)
    }
}

/// The script that `Trunk.toml` has trunk write in the place of the app.
pub fn placeholder(html: &str) -> Result<Tag> {
    html::tags(html)
        .into_iter()
        .find(|tag| tag.name == "script" && tag.get("data-js").is_some())
        .context("index.html has no placeholder script: see pattern_script in Trunk.toml")
}

/// Keeps the folders of this machine out of the programs: whoever builds the same gets the same.
fn remap() -> String {
    let home = env::var("CARGO_HOME").or_else(|_| env::var("HOME").map(|home| format!("{home}/.cargo")));
    // Spaces part the flags in this variable.
    let home = home.ok().filter(|home| !home.contains(char::is_whitespace));
    home.map(|home| format!("--remap-path-prefix={home}/registry/src=crates")).unwrap_or_default()
}

/// The passes of wasm-opt: the same for all programs, so that what they share stays alike.
const PASSES: &[&str] = &["-Oz", "--converge"];

/// Runs wasm-opt, or takes what it made of the same bytes before.
fn optimise(program: &Path, wasm: &[u8]) -> Result<Vec<u8>> {
    let cache = Path::new("target/wasm-opt");
    fs::create_dir_all(cache)?;
    let version = fs::read(program.with_file_name("../package.json"))?;
    let key = digest::sha256_of_all(&[
        wasm,
        PASSES.concat().as_bytes(),
        WASM_FEATURES.concat().as_bytes(),
        &version,
    ]);
    let (input, output) = (cache.join("input.wasm"), cache.join(format!("{key}.wasm")));
    if !output.is_file() {
        let unfinished: PathBuf = cache.join("unfinished.wasm");
        fs::write(&input, wasm)?;
        run(Command::new(program).args(WASM_FEATURES).args(PASSES).arg(&input).arg("-o").arg(&unfinished))?;
        fs::rename(unfinished, &output)?;
        let size = fs::metadata(&output)?.len();
        say(format!("wasm-opt {}: {} kB to {} kB", PASSES.join(" "), wasm.len() / 1000, size / 1000));
    }
    Ok(fs::read(output)?)
}
