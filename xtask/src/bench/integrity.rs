//! The check of integrity: a month of digest files in the page, beside `sha256sum`.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::{
    contenders::{bench_program, timed},
    corpus::FOLDER,
    page,
    samples::Samples,
    stats::figure,
};
use crate::{
    command::{find_program, say},
    digest::short,
};

/// What the files are written and checked with.
const SOURCES: [&str; 2] = ["benches/integrity.rs", "tests/integrity/trail.rs"];

/// A chain on disk: what is dropped, and the same inflated.
pub struct Chain {
    folder: PathBuf,
    program: PathBuf,
    hours: u64,
    logs: u64,
    /// Records of each log file.
    each: u64,
    /// Bytes of log and digest files, as they are and inflated.
    packed: f64,
    json: f64,
}

impl Chain {
    /// Makes it, unless it is there.
    pub fn make(quick: bool) -> Result<Self> {
        // 30 days, or three of them.
        let (hours, logs): (u64, u64) = if quick { (72, 1_000) } else { (720, 10_000) };
        let program = bench_program("integrity")?;
        let folder = Path::new(FOLDER).join(format!("integrity-{logs}"));
        let note = folder.join("corpus.json");
        let mut sources = format!("{hours} {logs}").into_bytes();
        for source in SOURCES {
            sources.extend(fs::read(source)?);
        }
        let stamp = short(&sources);
        let known = fs::read(&note).ok().and_then(|text| serde_json::from_slice::<Value>(&text).ok());
        let made = match known.filter(|known| known["stamp"] == stamp.as_str()) {
            Some(known) => known,
            None => {
                say(format!("Making a chain of {hours} digest files"));
                if folder.exists() {
                    fs::remove_dir_all(&folder)?;
                }
                let arguments = [hours.to_string(), logs.to_string()];
                let result = Command::new(&program).arg("write").arg(&folder).args(arguments).output()?;
                ensure!(result.status.success(), "{}", String::from_utf8_lossy(&result.stderr));
                let mut made: Value = serde_json::from_slice(&result.stdout)?;
                made["stamp"] = json!(stamp);
                fs::write(&note, made.to_string())?;
                made
            }
        };
        let number = |name: &str| made[name].as_f64().with_context(|| format!("{name} in corpus.json"));
        let (packed, json) = (number("packed")?, number("json")?);
        let each = made["each"].as_u64().context("each in corpus.json")?;
        Ok(Self { folder, program, hours, logs, each, packed, json })
    }

    /// What it is, in words.
    pub fn describe(&self) -> String {
        format!(
            "The check of integrity: {} log files of {} records, one chain of {} hourly digest files, {} MB inflated \
             ({} MB packed).",
            self.logs,
            self.each,
            self.hours,
            figure(self.json / 1e6),
            figure(self.packed / 1e6),
        )
    }

    /// Each contender once, over the same files.
    pub fn measure(&self, dist: &Path, samples: &mut Samples) -> Result<()> {
        self.page(dist, samples)?;
        self.native(samples)?;
        if find_program(&["sha256sum"]).is_none() {
            say("Without sha256sum: not on PATH");
            return Ok(());
        }
        let dropped = r#"find "$1" -name '*.gz' -print0 | xargs -0"#;
        for (name, part, script) in [
            (
                "sha256sum",
                "inflated",
                r#"find "$1" -type f -print0 | xargs -0 sha256sum > /dev/null"#.to_owned(),
            ),
            ("zcat", "drop", format!("{dropped} zcat | sha256sum > /dev/null")),
            ("each", "drop", format!(r#"{dropped} -n1 sh -c 'gzip -dc "$0" | sha256sum' > /dev/null"#)),
        ] {
            let ((seconds, processor), _) = timed(&script, &self.folder.join(part))?;
            self.add(samples, name, seconds, processor);
        }
        Ok(())
    }

    fn add(&self, samples: &mut Samples, who: &str, seconds: f64, processor: f64) {
        samples.add(format!("integrity.{who}.seconds"), seconds);
        samples.add(format!("integrity.{who}.processor"), processor);
        say(format!("  {who}: {} s, {} s of processor time", figure(seconds), figure(processor)));
    }

    fn page(&self, dist: &Path, samples: &mut Samples) -> Result<()> {
        say("Checking integrity in the page");
        let measured = page::drive(
            dist,
            json!({
                "path": fs::canonicalize(self.folder.join("drop"))?,
                "folder": true,
                "events": self.logs * self.each,
                "view": "files",
                "judged": true,
            }),
        )?;
        let check = &measured["load"]["check"];
        self.ensure_authentic("the page", check)?;
        let number = |of: &Value| of.as_f64().context("the check was timed");
        samples.add("integrity.load.seconds", number(&measured["load"]["seconds"])?);
        samples.add("integrity.longest", number(&check["longest"])?);
        self.add(samples, "page", number(&check["seconds"])?, number(&check["processor"])?);
        Ok(())
    }

    fn native(&self, samples: &mut Samples) -> Result<()> {
        let script = format!(r#""{}" check "$1""#, self.program.display());
        let ((_, processor), text) = timed(&script, &self.folder.join("drop"))?;
        let check: Value = serde_json::from_str(text.lines().next().unwrap_or_default())?;
        self.ensure_authentic("the engine without a browser", &check)?;
        let seconds = check["seconds"].as_f64().context("the check was timed")?;
        self.add(samples, "native", seconds, processor);
        Ok(())
    }

    /// Log files, digest files and nothing else, and all of them authentic.
    fn ensure_authentic(&self, who: &str, check: &Value) -> Result<()> {
        let counts = json!({ "authentic": self.logs + self.hours });
        ensure!(
            check["verdict"] == "authentic" && check["counts"] == counts,
            "{who} says {} {}, due is authentic {counts}",
            check["verdict"],
            check["counts"]
        );
        Ok(())
    }
}
