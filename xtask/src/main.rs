//! The project's own commands. `CONTRIBUTING.md` lists them; each installs what it misses.

use std::{path::Path, process::ExitCode};

use anyhow::{Context, Result, bail};

mod bench;
mod command;
mod digest;
mod fuzz;
mod html;
mod licences;
mod minify;
mod offline;
mod one_file;
mod pack;
mod panics;
mod parts;
mod policy;
mod serve;
mod site;
mod size;
mod test;
mod tools;

const USAGE: &str = "\
usage: cargo xtask <command>

  serve [--port N]       build the release page and serve it on this machine (port 8080)
  build [--dev]          leave the static site and the one-file build in dist/; with --dev in a
                         fraction of the time and unoptimised
  test [--only STEPS] [--skip STEPS]
                         check everything; STEPS is a list like clippy,browser out of
                         format clippy native licences fuzz sql build size policy browser
  fuzz [--seconds N] [TARGET…]
                         run the fuzz targets one after another, each until 10 million inputs or
                         for N seconds (1200)
  bench [--quick] [--check] [--events N] [--rounds N] [--only CORPORA] [--without PROGRAMS]
        [--built] [--write] [--profile]
                         measure the release page beside what else reads the same files; --quick in
                         a minute, --check fails below a floor, --built takes dist/ as it is,
                         --write updates docs/benchmarks.md, --profile tells where the time goes";

fn main() -> ExitCode {
    match run() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

/// Runs the command that was asked for. `false` means that checks ran and some failed.
fn run() -> Result<bool> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the workspace")?;
    std::env::set_current_dir(root).context("going to the workspace folder")?;

    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve"] => serve::run(serve::DEFAULT_PORT)?,
        ["serve", "--port", port] => {
            serve::run(port.parse().with_context(|| format!("{port} is not a port"))?)?;
        }
        ["build"] => {
            site::build(true)?;
        }
        ["build", "--dev"] => site::build(false)?,
        ["test", options @ ..] => return test::run(options),
        ["fuzz", options @ ..] => return fuzz::run(options),
        ["bench", options @ ..] => return bench::run(options),
        ["help" | "--help" | "-h"] => println!("{USAGE}"),
        _ => bail!("{USAGE}"),
    }
    Ok(true)
}
