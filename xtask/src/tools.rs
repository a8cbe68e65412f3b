//! What the commands need on a machine, and how they get it where it is missing.
//!
//! Nothing of the user's is replaced: cargo tools go to a folder of their own under `CARGO_HOME`,
//! one for each version, shared by all clones; npm packages stay beside their lock file.

use std::{
    env,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::{
    command::{find_program, output, run, say},
    digest,
};

/// The version `Trunk.toml` is written for.
const TRUNK_VERSION: &str = "0.21.14";

/// Chromium under the names its packages use.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Makes sure of rustc's wasm target, trunk and wasm-bindgen. The answer is the `PATH` to run
/// trunk with.
pub fn build_path() -> Result<OsString> {
    wasm_target()?;
    let mut folders = Vec::new();
    folders.extend(cargo_tool("trunk", "trunk", TRUNK_VERSION)?);
    // The glue it writes has to be of the very version that the crate was compiled against.
    folders.extend(cargo_tool("wasm-bindgen-cli", "wasm-bindgen", &locked_version("wasm-bindgen")?)?);
    let path = env::var_os("PATH").unwrap_or_default();
    folders.extend(env::split_paths(&path));
    Ok(env::join_paths(folders)?)
}

/// Makes sure of rustfmt and clippy.
pub fn rust_components() -> Result<()> {
    for (component, subcommand) in [("rustfmt", "fmt"), ("clippy", "clippy")] {
        if output("cargo", &[subcommand, "--version"]).is_none() {
            say(format!("Installing {component} with rustup"));
            run(Command::new("rustup").args(["component", "add", component]))?;
        }
    }
    Ok(())
}

/// What makes the build small.
pub struct Shrinkers {
    /// wasm-opt.
    pub wasm_opt: PathBuf,
    /// esbuild.
    pub esbuild: PathBuf,
}

/// Makes sure of wasm-opt and esbuild, which need Node.js. Without them the page works and is larger,
/// so their absence is said and is no failure.
pub fn shrinkers() -> Option<Shrinkers> {
    let folder = Path::new("xtask/npm");
    let modules = folder.join("node_modules");
    match npm_packages(folder) {
        Ok(()) => Some(Shrinkers {
            wasm_opt: modules.join("binaryen/bin/wasm-opt"),
            esbuild: modules.join("esbuild/bin/esbuild"),
        }),
        Err(error) => {
            say(format!("Building without wasm-opt and esbuild, so the download is larger: {error:#}"));
            None
        }
    }
}

/// Makes sure of the packages that `package-lock.json` of this folder names.
pub fn npm_packages(folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))?;
    let stamp = folder.join("node_modules/.installed");
    let wanted = digest::short(&lock);
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    if output("node", &["--version"]).is_none() || find_program(&["npm"]).is_none() {
        bail!("Node.js 20 or later with npm is missing (https://nodejs.org)");
    }
    say(format!("Installing the npm packages of {}", folder.display()));
    run(Command::new("npm")
        .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
        .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")
        .current_dir(folder))?;
    fs::write(stamp, wanted)?;
    Ok(())
}

/// Makes sure of a Chromium.
pub fn browser() -> Result<PathBuf> {
    if let Some(found) = find_program(BROWSERS) {
        return Ok(found);
    }
    if !may_install() {
        bail!("Chromium is missing: install it, or Google Chrome, so that `{}` is on PATH", BROWSERS[0]);
    }
    // A bare container has no font at all, and a page without glyphs has other sizes.
    apt_install("Chromium", &["chromium", "fonts-liberation", "fonts-dejavu-core"])?;
    find_program(BROWSERS).context("Chromium was installed but is not on PATH")
}

/// Makes sure of a C++ compiler: libFuzzer is C++.
pub fn cxx() -> Result<()> {
    if env::var_os("CXX").is_some() || find_program(&["c++"]).is_some() {
        return Ok(());
    }
    if !may_install() {
        bail!("a C++ compiler is missing: install g++ or clang, so that `c++` is on PATH");
    }
    apt_install("g++", &["g++"])?;
    find_program(&["c++"]).context("g++ was installed but `c++` is not on PATH")?;
    Ok(())
}

/// Whether packages of the system can be installed here.
fn may_install() -> bool {
    output("id", &["-u"]).as_deref() == Some("0") && find_program(&["apt-get"]).is_some()
}

fn apt_install(what: &str, packages: &[&str]) -> Result<()> {
    say(format!("Installing {what} with apt-get"));
    run(Command::new("apt-get").args(["update", "--quiet", "--quiet"]))?;
    run(Command::new("apt-get")
        .args(["install", "--yes", "--quiet", "--quiet", "--no-install-recommends"])
        .args(packages)
        .env("DEBIAN_FRONTEND", "noninteractive"))
}

/// Makes sure of Python with the packages of a requirements file, in a folder of their own. The answer is
/// its interpreter.
pub fn python_packages(requirements: &Path, folder: &Path) -> Result<PathBuf> {
    let interpreter = folder.join("bin/python");
    let stamp = folder.join(".installed");
    let wanted = digest::short(&fs::read(requirements)?);
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(interpreter);
    }
    let python = find_program(&["python3"]).context("Python 3 is missing (https://www.python.org)")?;
    say(format!("Installing the Python packages of {}", requirements.display()));
    run(Command::new(python).args(["-m", "venv"]).arg(folder)).context("making a virtual environment")?;
    run(Command::new(&interpreter)
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
        .arg(requirements))
    .context("installing the packages")?;
    fs::write(stamp, wanted)?;
    Ok(interpreter)
}

/// Makes sure of the wasm target of rustc.
pub fn wasm_target() -> Result<()> {
    const TARGET: &str = "wasm32-unknown-unknown";
    let folder = output("rustc", &["--print", "target-libdir", "--target", TARGET]);
    if folder.is_some_and(|folder| Path::new(&folder).is_dir()) {
        return Ok(());
    }
    say(format!("Installing the target {TARGET} with rustup"));
    run(Command::new("rustup").args(["target", "add", TARGET]))
}

/// Makes sure of a program that cargo installs. The answer is its folder, or `None` where `PATH`
/// already has the right version.
fn cargo_tool(package: &str, program: &str, version: &str) -> Result<Option<PathBuf>> {
    let installed = output(program, &["--version"]);
    if installed.is_some_and(|line| line.split_whitespace().any(|word| word == version)) {
        return Ok(None);
    }
    let root = cargo_home()?.join("xtask-tools").join(format!("{package}-{version}"));
    let folder = root.join("bin");
    if folder.join(program).is_file() {
        return Ok(Some(folder));
    }
    say(format!("Installing {package} {version} with cargo, once; this takes some minutes"));
    let install = |locked: &[&str]| {
        run(Command::new("cargo")
            .args(["install", package, "--version", version, "--quiet"])
            .args(locked)
            .arg("--root")
            .arg(&root))
    };
    // A registry mirror can lack a version that the tool's own lock file names.
    install(&["--locked"])
        .or_else(|_| {
            say("Its own lock file cannot be met here: trying with the versions there are");
            install(&[])
        })
        .with_context(|| format!("installing {package}"))?;
    Ok(Some(folder))
}

fn cargo_home() -> Result<PathBuf> {
    env::var_os("CARGO_HOME")
        .map(PathBuf::from)
        .or_else(|| env::home_dir().map(|home| home.join(".cargo")))
        .context("neither CARGO_HOME nor a home folder is known")
}

/// Everything `cargo metadata` knows about the package or workspace of a manifest and its dependencies.
pub fn metadata(manifest: &str) -> Result<Value> {
    let arguments = ["metadata", "--format-version", "1", "--manifest-path", manifest];
    let text = output("cargo", &arguments).context("cargo metadata failed")?;
    Ok(serde_json::from_str(&text)?)
}

fn locked_version(package: &str) -> Result<String> {
    let metadata = metadata("Cargo.toml")?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
    packages
        .iter()
        .find(|entry| entry["name"] == package)
        .and_then(|entry| entry["version"].as_str())
        .map(str::to_owned)
        .with_context(|| format!("{package} is not among the dependencies"))
}
