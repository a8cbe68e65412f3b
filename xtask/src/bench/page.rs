//! Driving a page in a real browser: `benches/drive.mjs` does it, here is what it is told and what it tells.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{
    contenders::{Took, add_all, took},
    corpus::{Corpus, Shape},
    queries::{QUERIES, READING},
    samples::Samples,
};

/// Opens a page, loads a corpus, and does what `plan` says beyond that.
fn drive_over(dist: &Path, corpus: &Corpus, plan: Value) -> Result<Value> {
    let expected = corpus.spec.records - if plan["view"].is_null() { 0 } else { corpus.copies };
    let mut whole = json!({
        "path": fs::canonicalize(&corpus.path)?,
        "folder": matches!(corpus.spec.shape, Shape::Delivered(_)),
        "events": expected,
    });
    if let (Some(whole), Some(plan)) = (whole.as_object_mut(), plan.as_object()) {
        whole.extend(plan.clone());
    }
    drive(dist, whole).with_context(|| format!("over {}", corpus.spec.name))
}

/// Opens a page, loads what lies at `path`, and does the `parts` of the plan.
pub fn drive(dist: &Path, plan: Value) -> Result<Value> {
    // Two benchmarks at once would read each other's.
    let [told, result] = ["plan", "result"].map(note);
    fs::write(&told, plan.to_string())?;
    let status = Command::new("node")
        .arg("benches/drive.mjs")
        .args([&told, &result])
        .env("TRAILSCOPE_DIST", fs::canonicalize(dist)?)
        // The harness speaks as a test would.
        .stdout(Stdio::null())
        .status()
        .context("Node.js could not be started")?;
    ensure!(status.success(), "driving {} failed", dist.display());
    let measured: Value = serde_json::from_slice(&fs::read(&result)?)?;
    fs::remove_file(told)?;
    fs::remove_file(result)?;
    let problems = measured["problems"].as_array().map_or(0, Vec::len);
    ensure!(problems == 0, "the page had problems: {}", measured["problems"]);
    Ok(measured)
}

/// A file to tell another program something, and to hear from it.
pub fn note(what: &str) -> PathBuf {
    PathBuf::from(format!("target/bench/{what}-{}.json", std::process::id()))
}

/// Loads a corpus in a fresh browser: from the choice of files to ready.
pub fn load(
    dist: &Path,
    corpus: &Corpus,
    view: Option<&str>,
    samples: &mut Samples,
    who: &str,
) -> Result<Took> {
    let measured = drive_over(dist, corpus, json!({ "view": view }))?;
    let name = format!("{}.{who}", corpus.spec.name);
    let load = &measured["load"];
    let mut note = |what: &str, number: &Value, per: f64| {
        if let Some(number) = number.as_f64() {
            samples.add(format!("{name}.{what}"), number / per);
        }
    };
    note("interactive", &load["interactive"], 1.0);
    note("longest", &load["longest"], 1.0);
    note("first_row_seconds", &load["firstRow"]["seconds"], 1.0);
    note("first_row_share", &load["firstRow"]["bytes"], corpus.packed as f64 / 100.0);
    took(load)
}

/// What is measured once the events are there. Each name is a part of `benches/session.mjs`.
pub const SESSION: &[&str] = &["queries", "facets", "sort", "scroll", "inspector", "clear"];

/// Loads a corpus and uses the page: queries, facets, scrolling, and how much memory that takes.
pub fn session(dist: &Path, corpus: &Corpus, times: u32, samples: &mut Samples) -> Result<()> {
    let mut queries: Vec<Value> =
        QUERIES.iter().map(|query| json!({ "name": query.name, "query": query.text })).collect();
    queries.extend(READING.iter().map(|(name, text)| json!({ "name": name, "query": text })));
    let plan =
        json!({ "view": "events", "memory": true, "parts": SESSION, "queries": queries, "times": times });
    let measured = drive_over(dist, corpus, plan)?;

    for (name, found) in measured["queries"].as_object().into_iter().flatten() {
        add_all(samples, &format!("session.query.{name}"), &found["ms"]);
        samples.add(format!("session.matched.{name}"), found["matched"].as_f64().unwrap_or(-1.0));
        if QUERIES.iter().any(|query| query.name == name) {
            add_all(samples, "session.queries", &found["ms"]);
        }
    }
    for part in ["facets", "sort", "scroll", "inspector"] {
        add_all(samples, &format!("session.{part}"), &measured[part]["ms"]);
    }
    let scroll = &measured["scroll"];
    if let (Some(late), Some(frames)) = (scroll["late"].as_f64(), scroll["frames"].as_f64()) {
        samples.add("session.scroll.late", 100.0 * late / frames.max(1.0));
    }
    ensure!(
        scroll["last"] == corpus.spec.records - corpus.copies,
        "scrolled to the end, the last row is {}",
        scroll["last"]
    );
    let memory = &measured["load"]["memory"];
    for (name, value) in [
        ("empty", &memory["empty"]["all"]),
        ("peak", &memory["peak"]["all"]),
        ("tab", &memory["peak"]["pages"]),
        ("after", &memory["after"]["all"]),
        ("cleared", &measured["clear"]["all"]),
    ] {
        samples.add(format!("session.memory.{name}"), value.as_f64().unwrap_or_default() / 1e6);
    }
    Ok(())
}

/// Hands over a whole corpus.
pub fn hand_over(dist: &Path, corpus: &Corpus, samples: &mut Samples) -> Result<()> {
    let measured = drive_over(dist, corpus, json!({ "view": "events", "parts": ["handover"] }))?;
    for part in ["looked", "written"] {
        let seconds = measured["handover"][part].as_f64().context("the hand-over was timed")?;
        samples.add(format!("handover.{part}"), seconds);
    }
    Ok(())
}
