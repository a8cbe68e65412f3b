//! Every check in one command, each as one step, with one line of verdict at the end.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    command::{run as run_program, spoken},
    fuzz, licences, policy, site, size, tools,
};

/// One check.
struct Step {
    /// Its name, for `--only`, `--skip` and the verdict.
    name: &'static str,
    /// Whether it looks at what the step `build` leaves.
    needs_build: bool,
    check: fn() -> Result<()>,
}

const fn step(name: &'static str, check: fn() -> Result<()>) -> Step {
    Step { name, needs_build: false, check }
}

const fn step_on_build(name: &'static str, check: fn() -> Result<()>) -> Step {
    Step { name, needs_build: true, check }
}

const BUILD: &str = "build";

/// In the order they run: the quick ones first.
const STEPS: &[Step] = &[
    step("format", format),
    step("licences", licences::check),
    step("clippy", clippy),
    step("native", native),
    step("fuzz", fuzz::check),
    step("sql", sql),
    step("validator", validator),
    step(BUILD, || site::build(true)),
    step_on_build("size", size::check),
    step_on_build("policy", policy::check),
    step_on_build("browser", browser),
];

/// How a step ended.
enum Ending {
    Passed,
    Failed,
    NotRun,
}

/// Runs the steps that the options leave. `true` where all of them passed.
pub fn run(options: &[&str]) -> Result<bool> {
    let chosen = choose(options)?;
    let start = Instant::now();
    let mut endings: Vec<(&str, Ending, Duration)> = Vec::new();
    for step in STEPS.iter().filter(|step| chosen.contains(&step.name)) {
        let build_failed =
            endings.iter().any(|(name, ending, _)| *name == BUILD && !matches!(ending, Ending::Passed));
        if step.needs_build && build_failed {
            endings.push((step.name, Ending::NotRun, Duration::ZERO));
            continue;
        }
        println!("\n── {} ──", step.name);
        let begun = Instant::now();
        let result = (step.check)();
        let time = begun.elapsed();
        match result {
            Ok(()) => {
                println!("{}: passed in {}", step.name, spoken(time));
                endings.push((step.name, Ending::Passed, time));
            }
            Err(error) => {
                println!("{}: FAILED in {}: {error:#}", step.name, spoken(time));
                endings.push((step.name, Ending::Failed, time));
            }
        }
    }
    println!();
    Ok(verdict(&endings, chosen.len() == STEPS.len(), start.elapsed()))
}

/// Prints the last line.
fn verdict(endings: &[(&str, Ending, Duration)], all: bool, time: Duration) -> bool {
    let names = |wanted: fn(&Ending) -> bool| -> Vec<&str> {
        endings.iter().filter(|(_, ending, _)| wanted(ending)).map(|(name, _, _)| *name).collect()
    };
    let failed = names(|ending| matches!(ending, Ending::Failed));
    let not_run = names(|ending| matches!(ending, Ending::NotRun));
    if failed.is_empty() {
        let passed = names(|ending| matches!(ending, Ending::Passed)).join(", ");
        let what = if all { "All checks passed".to_owned() } else { format!("Passed: {passed}") };
        println!("{what} in {}", spoken(time));
        return true;
    }
    let rest = if not_run.is_empty() { String::new() } else { format!(" (not run: {})", not_run.join(", ")) };
    println!("Failed: {}{rest}", failed.join(", "));
    false
}

/// The steps to run, by `--only a,b` and `--skip a,b`.
fn choose(options: &[&str]) -> Result<Vec<&'static str>> {
    let mut chosen: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
    let mut rest = options;
    while let [option, list, after @ ..] = rest {
        let named: Vec<&str> = list.split(',').collect();
        for name in &named {
            ensure!(STEPS.iter().any(|step| step.name == *name), "there is no step {name}");
        }
        match *option {
            "--only" => {
                let on_build = STEPS.iter().any(|step| step.needs_build && named.contains(&step.name));
                chosen.retain(|name| named.contains(name) || (*name == BUILD && on_build));
            }
            "--skip" => chosen.retain(|name| !named.contains(name)),
            _ => bail!("unknown option {option}"),
        }
        rest = after;
    }
    ensure!(rest.is_empty(), "{} needs a list of steps", rest.join(" "));
    Ok(chosen)
}

fn cargo(arguments: &str) -> Result<()> {
    run_program(Command::new("cargo").args(arguments.split(' ')))
}

fn format() -> Result<()> {
    tools::rust_components()?;
    cargo("fmt --all --check")?;
    cargo("fmt --manifest-path fuzz/Cargo.toml --check")
}

/// Natively for the core, its tests and this program; for wasm32 for the browser layer, which does
/// not exist natively.
fn clippy() -> Result<()> {
    tools::rust_components()?;
    cargo("clippy --quiet --workspace --all-targets -- --deny warnings")?;
    tools::wasm_target()?;
    cargo(
        "clippy --quiet --package trailscope --lib --bins --target wasm32-unknown-unknown -- --deny warnings",
    )
}

fn native() -> Result<()> {
    cargo("test --quiet --workspace")
}

/// The SQL of queries against DuckDB, and against Trino's grammar, where Python can be had.
fn sql() -> Result<()> {
    match tools::python_packages(Path::new("tests/sql/requirements.txt"), Path::new("target/python-sql")) {
        Ok(_) => cargo("test --quiet --test sql -- --nocapture"),
        Err(reason) => {
            println!("skipped: no Python ({reason:#})");
            Ok(())
        }
    }
}

/// Writes the chains of digest files that other tests look at, to `target/tmp/integrity`.
fn integrity_cases() -> Result<()> {
    cargo("test --quiet --test integrity cases_are_written")
}

/// Asks AWS's own validator about the chains. It is Python's: where that or its packages can't be had, the
/// step says so and is no failure.
fn validator() -> Result<()> {
    integrity_cases()?;
    match tools::python_packages(
        Path::new("tests/integrity/requirements.txt"),
        Path::new("target/validate-logs"),
    ) {
        Ok(python) => run_program(
            Command::new(python).args(["tests/integrity/validate_logs.py", "target/tmp/integrity"]),
        )
        .context("aws cloudtrail validate-logs"),
        Err(error) => {
            println!("validator: NOT RUN, aws cloudtrail validate-logs was not asked: {error:#}");
            Ok(())
        }
    }
}

fn browser() -> Result<()> {
    integrity_cases()?;
    let folder = Path::new("tests/browser");
    tools::npm_packages(folder)?;
    let browser = tools::browser()?;
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.to_string_lossy().ends_with(".test.mjs") {
            files.push(path);
        }
    }
    files.sort();
    run_program(
        Command::new("node")
            .args(["--test", "--test-concurrency=2", "--test-reporter=spec"])
            .args(files)
            .env("TRAILSCOPE_BROWSER", browser),
    )
    .context("browser tests")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_choose_steps() {
        let all: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        for (options, expected) in [
            (vec![], all),
            (vec!["--only", "native"], vec!["native"]),
            (vec!["--only", "browser"], vec!["build", "browser"]),
            (vec!["--only", "browser", "--skip", "build"], vec!["browser"]),
            (
                vec!["--skip", "format,licences,clippy,native,fuzz,sql,validator,browser"],
                vec!["build", "size", "policy"],
            ),
        ] {
            assert_eq!(choose(&options).unwrap(), expected, "{options:?}");
        }
        for wrong in [vec!["--only", "nothing"], vec!["--only"], vec!["--other", "native"]] {
            assert!(choose(&wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn one_failure_is_the_verdict() {
        let ending = |name, ending| (name, ending, Duration::ZERO);
        assert!(verdict(&[ending("a", Ending::Passed)], true, Duration::ZERO));
        assert!(!verdict(&[ending("a", Ending::Passed), ending("b", Ending::Failed)], true, Duration::ZERO));
    }
}
