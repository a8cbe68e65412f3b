//! Fuzzing with the stable compiler.
//!
//! libFuzzer needs the coverage passes of LLVM, which stable has, and no sanitizer, which it has not:
//! there is no `unsafe` here whose errors only a sanitizer sees.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    command::{output, run as run_program, say, spoken},
    tools,
};

/// Has a folder `fuzz_targets` with a file for each target, and `corpus` with a folder for each.
const PACKAGE: &str = "fuzz";

/// Beside the other builds, so that what caches those caches this.
const BUILD: &str = "target/fuzz";

/// What cargo-fuzz sets without a sanitizer.
const RUSTFLAGS: &str = "--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
    -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
    -Cllvm-args=-sanitizer-coverage-trace-compares -Cllvm-args=-simplifycfg-branch-fold-threshold=0";

/// Longer inputs find nothing that shorter ones do not, and take their time.
const LONGEST_INPUT: &str = "-max_len=4096";

/// How long a target runs.
struct Length {
    seconds: u64,
    /// It ends earlier after so many inputs.
    executions: u64,
    /// Whether the inputs that were found are kept for the next time, else it starts from the
    /// corpus, and with the same seed.
    keeps_on: bool,
}

/// A thorough run; also what `--seconds` changes.
const LONG: Length = Length { seconds: 1_200, executions: 10_000_000, keeps_on: true };

/// A run among the checks.
const SHORT: Length = Length { seconds: 3, executions: 10_000_000, keeps_on: false };

/// `cargo xtask fuzz [--seconds N] [target…]`: `true` where nothing was found.
pub fn run(options: &[&str]) -> Result<bool> {
    let (seconds, named) = match options {
        ["--seconds", seconds, named @ ..] => {
            (seconds.parse().with_context(|| format!("{seconds} is no number of seconds"))?, named)
        }
        named => (LONG.seconds, named),
    };
    let all = targets()?;
    for name in named {
        ensure!(
            all.iter().any(|target| target == name),
            "there is no target {name}; there are {}",
            all.join(" ")
        );
    }
    let chosen: Vec<&str> =
        all.iter().map(String::as_str).filter(|target| named.is_empty() || named.contains(target)).collect();
    let found = fuzz(&chosen, &Length { seconds, ..LONG })?;
    for finding in &found {
        println!("{finding}");
    }
    Ok(found.is_empty())
}

/// The step `fuzz`: a few seconds for each target.
pub fn check() -> Result<()> {
    let all = targets()?;
    let found = fuzz(&all.iter().map(String::as_str).collect::<Vec<_>>(), &SHORT)?;
    ensure!(found.is_empty(), "{}", found.join("\n"));
    Ok(())
}

/// The names of the targets, sorted.
fn targets() -> Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(Path::new(PACKAGE).join("fuzz_targets"))? {
        let path = entry?.path();
        names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    names.sort();
    Ok(names)
}

/// Runs the targets one after another. The answer says what was found, a line for each.
fn fuzz(targets: &[&str], length: &Length) -> Result<Vec<String>> {
    let programs = build(targets)?;
    let mut found = Vec::new();
    for target in targets {
        match fuzz_one(target, &programs.join(target), length) {
            Ok(summary) => println!("{target}: {summary}"),
            Err(error) => {
                println!("{target}: FAILED");
                found.push(format!("{target}: {error:#}"));
            }
        }
    }
    Ok(found)
}

/// Builds the targets; gives the folder they are in.
fn build(targets: &[&str]) -> Result<PathBuf> {
    tools::cxx()?;
    let about = output("rustc", &["-vV"]).context("rustc is missing")?;
    let host = about.lines().find_map(|line| line.strip_prefix("host: ")).context("rustc tells no host")?;
    let mut command = Command::new("cargo");
    command.args(["build", "--quiet", "--release", "--manifest-path", "fuzz/Cargo.toml"]);
    // With a target named, the flags are not for build scripts.
    command.args(["--target", host, "--target-dir", BUILD]);
    command.args(targets.iter().flat_map(|target| ["--bin", target]));
    // It would win over the other.
    command.env_remove("CARGO_ENCODED_RUSTFLAGS").env("RUSTFLAGS", RUSTFLAGS);
    run_program(&mut command).context("building the fuzz targets")?;
    Ok(Path::new(BUILD).join(host).join("release"))
}

fn fuzz_one(target: &str, program: &Path, length: &Length) -> Result<String> {
    let build = env::current_dir()?.join(BUILD);
    let scratch = build.join(if length.keeps_on { "corpus" } else { "short" }).join(target);
    if !length.keeps_on && scratch.exists() {
        fs::remove_dir_all(&scratch)?;
    }
    let artifacts = Path::new(PACKAGE).join("artifacts").join(target);
    fs::create_dir_all(&scratch)?;
    fs::create_dir_all(&artifacts)?;
    let log = build.join(format!("{target}.log"));
    if length.keeps_on {
        say(format!(
            "{target}: up to {}, log in {}",
            spoken(Duration::from_secs(length.seconds)),
            log.display()
        ));
    }
    let mut command = Command::new(program);
    // What is found goes to the first folder, the other is only read.
    command.arg(scratch).arg(Path::new(PACKAGE).join("corpus").join(target));
    command.arg(format!("-max_total_time={}", length.seconds));
    command.arg(format!("-runs={}", length.executions));
    command.args([LONGEST_INPUT, "-timeout=10", "-rss_limit_mb=2048"]);
    command.arg(format!("-artifact_prefix={}/", artifacts.display()));
    if !length.keeps_on {
        command.arg("-seed=1");
    }
    let status = command.stderr(fs::File::create(&log)?).status().context("a target could not be started")?;
    let text = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    if !status.success() {
        bail!("{}", finding(&text, &log));
    }
    Ok(summary(&text))
}

/// What libFuzzer says at the end: `Done 183400 runs in 5 second(s)`, and `cov: 2369` before.
fn summary(log: &str) -> String {
    let after = |text: &str| {
        log.lines()
            .rev()
            .find_map(|line| line.split_once(text)?.1.split_whitespace().next().map(str::to_owned))
    };
    let executions = after("Done ").unwrap_or_default();
    let seconds = after(" runs in ").unwrap_or_default();
    let coverage = after(" cov: ").unwrap_or_default();
    format!("{executions} executions in {seconds} s, coverage {coverage}")
}

/// What it says of an input that failed: the panic, and the file the input is in.
fn finding(log: &str, path: &Path) -> String {
    let lines: Vec<&str> = log.lines().collect();
    let panic =
        lines.iter().position(|line| line.contains(" panicked at ")).map_or(&[][..], |at| &lines[at..]);
    let said = panic.iter().take_while(|line| !line.starts_with("stack backtrace")).take(4);
    let shorter = said.map(|line| line.chars().take(400).collect::<String>());
    let input =
        lines.iter().find_map(|line| line.split_once("Test unit written to ")).map(|(_, input)| input);
    let mut all: Vec<String> = shorter.collect();
    all.extend(lines.iter().find(|line| line.starts_with("SUMMARY: ")).map(|line| (*line).to_owned()));
    all.push(format!("input: {}, log: {}", input.unwrap_or("none"), path.display()));
    all.join("\n  ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_is_summed_up() {
        let log = "#2\tINITED cov: 12 ft: 13\n#183400\tDONE   cov: 2369 ft: 5064 corp: 1458/25Kb\nDone 183400 runs in 5 second(s)\n";
        assert_eq!(summary(log), "183400 executions in 5 s, coverage 2369");
        let log = "#9 cov: 1\nthread '<unnamed>' (1) panicked at src/x.rs:1:2:\nassertion failed\nstack backtrace:\n  0: x\n\
            SUMMARY: libFuzzer: deadly signal\nartifact_prefix='a/'; Test unit written to a/crash-1\n";
        assert_eq!(
            finding(log, Path::new("x.log")),
            "thread '<unnamed>' (1) panicked at src/x.rs:1:2:\n  assertion failed\n  SUMMARY: libFuzzer: deadly signal\n  input: a/crash-1, log: x.log"
        );
    }

    #[test]
    fn every_target_has_a_corpus() {
        let package = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(PACKAGE);
        for entry in fs::read_dir(package.join("fuzz_targets")).unwrap() {
            let name = entry.unwrap().path().file_stem().unwrap().to_owned();
            assert!(package.join("corpus").join(&name).is_dir(), "{}", name.display());
        }
    }
}
