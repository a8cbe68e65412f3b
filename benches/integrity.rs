//! A month of digest files for `cargo xtask bench`, and their check without a browser.
//!
//! `integrity write <folder> <hours> <logs>` writes what CloudTrail would have delivered, by the generator of the test
//! chains: `<folder>/drop` is what is dropped, with the public key and the signature of the newest digest file,
//! `<folder>/inflated` the same log and digest files inflated. `integrity check <folder>` checks such a drop in two
//! threads. Both print JSON.

#![allow(clippy::print_stdout, reason = "what was measured is its output")]

#[allow(clippy::unwrap_used, dead_code, reason = "made for tests, and shared with them")]
#[path = "../tests/integrity/trail.rs"]
mod trail;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;
use std::{env, fs, io, thread};

use serde_json::json;
use trail::{Key, START_MS, Trail, gzip, head_object, list_public_keys};
use trailscope::integrity::{Bytes, Case, Hasher, Sum};
use trailscope::protocol::{Evidence, IntegrityVerdict};

/// Records of each log file.
const RECORDS: usize = 5;

/// Threads of the check, as many as the page has workers on two cores.
const THREADS: usize = 2;

fn main() -> Result<(), Box<dyn Error>> {
    // `cargo bench` adds an option.
    let arguments: Vec<String> = env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["write", folder, hours, logs] => write(Path::new(folder), hours.parse()?, logs.parse()?)?,
        ["check", folder] => check(Path::new(folder))?,
        _ => return Err("usage: integrity write <folder> <hours> <logs> | integrity check <folder>".into()),
    }
    Ok(())
}

/// One chain with `logs` log files, spread over `hours` digest files.
fn write(folder: &Path, hours: usize, logs: usize) -> Result<(), Box<dyn Error>> {
    let key = Key::named("first");
    let mut trail = Trail { records: RECORDS, ..Trail::empty("us-east-1") };
    for hour in 0..hours {
        trail.add(i64::try_from(hour)?, logs * (hour + 1) / hours - logs * hour / hours, &key);
    }
    trail.seal();

    let (mut packed, mut json) = (0, 0);
    let logs = trail.digests.iter().flat_map(|digest| &digest.logs).map(|log| (&log.object, &log.text));
    let digests = trail.digests.iter().map(|digest| (&digest.object, &digest.text));
    for (object, text) in logs.chain(digests) {
        let bytes = gzip(text);
        packed += bytes.len();
        json += text.len();
        put(&folder.join("drop").join(object), &bytes)?;
        put(&folder.join("inflated").join(object.trim_end_matches(".gz")), text)?;
    }
    let mut listed = key.listed();
    let end_s = START_MS / 1000 + (i64::try_from(hours)? + 24) * 3600;
    listed["ValidityEndTime"] = json!(end_s as f64);
    put(&folder.join("drop/keys.json"), &list_public_keys(&[listed]))?;
    let newest = trail.digests.last().ok_or("a chain has a digest file")?;
    put(&folder.join("drop/newest.json"), &head_object(&newest.signature))?;
    println!("{}", json!({ "packed": packed, "json": json, "each": RECORDS }));
    Ok(())
}

fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(path, bytes)
}

fn check(folder: &Path) -> Result<(), Box<dyn Error>> {
    let begun = Instant::now();
    let mut files = Vec::new();
    list(folder, &mut files)?;
    files.sort();
    let mut case = Case::new(1);
    for evidence in hashed(&files)? {
        case.add(evidence);
    }
    let hashed = begun.elapsed().as_secs_f64();
    while case.step() {}
    let report = case.report();
    let seconds = begun.elapsed().as_secs_f64();

    let counts: serde_json::Map<String, serde_json::Value> = IntegrityVerdict::ALL
        .into_iter()
        .filter(|&verdict| report.count(verdict) > 0)
        .map(|verdict| (verdict.name().to_owned(), report.count(verdict).into()))
        .collect();
    let verdict = report.verdict.name();
    println!("{}", json!({ "seconds": seconds, "hashed": hashed, "verdict": verdict, "counts": counts }));
    Ok(())
}

fn list(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        list(&entry?.path(), files)?;
    }
    Ok(())
}

/// What is found of the files: each thread takes the next when it is done with the last.
fn hashed(files: &[PathBuf]) -> io::Result<Vec<Evidence>> {
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<Evidence> {
        let mut evidence = Evidence::default();
        while let Some((at, path)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            files.get(at).map(|path| (at, path))
        } {
            let bytes = fs::read(path)?;
            let mut hasher = Hasher::new(&path.to_string_lossy(), bytes.len() as u64);
            hasher.push(&bytes);
            evidence.bytes += bytes.len() as u64;
            for unpacked in hasher.finish() {
                let (sum, is_log) = match &unpacked.content {
                    Bytes::Whole(bytes) => (Some(Sum::of(bytes)), bytes.starts_with(b"{\"Records\"")),
                    _ => (None, false),
                };
                let source = u32::try_from(at).map_err(io::Error::other)?;
                evidence.files.push(unpacked.evidence(source, sum, is_log));
            }
        }
        Ok(evidence)
    };
    thread::scope(|scope| {
        let running: Vec<_> = (0..THREADS).map(|_| scope.spawn(work)).collect();
        running.into_iter().map(|one| one.join().map_err(|_| io::Error::other("a reader stopped"))?).collect()
    })
}
