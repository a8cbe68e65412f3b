//! Who reads a corpus beside the page: programs, another page, the engine without a browser.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::Instant,
};

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

use super::{
    corpus::{Corpus, Shape},
    page,
    queries::QUERIES,
    record::NEEDLE,
    samples::Samples,
    stats::figure,
};
use crate::{
    command::{find_program, output, run, say},
    tools,
};

/// One that reads a corpus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Contender {
    Page,
    Zcat,
    Jq,
    Grep,
    Plain,
    DuckDb,
    Native,
}

use Contender::{DuckDb, Grep, Jq, Native, Page, Plain, Zcat};

/// All of them, in the order they take turns.
pub const ALL: &[Contender] = &[Page, Zcat, Jq, Grep, Plain, DuckDb, Native];

/// The other page.
const PLAIN: &str = "benches/plain";

/// What contenders need, found once.
pub struct Tools {
    /// The folder of the page.
    pub dist: PathBuf,
    python: Option<PathBuf>,
    native: Option<PathBuf>,
    /// What is not there, and why.
    pub missing: Vec<String>,
}

impl Contender {
    /// Its part of the names of samples.
    pub fn name(self) -> &'static str {
        match self {
            Page => "page",
            Zcat => "zcat",
            Jq => "jq",
            Grep => "grep",
            Plain => "plain",
            DuckDb => "duckdb",
            Native => "native",
        }
    }

    /// What the table calls it.
    pub fn label(self) -> &'static str {
        match self {
            Page => "Trailscope",
            Zcat => "`zcat > /dev/null`",
            Jq => "`zcat \\| jq -c`",
            Grep => "`zcat \\| grep -c`",
            Plain => "plain JavaScript",
            DuckDb => "DuckDB, 2 threads",
            Native => "own core, native",
        }
    }

    /// Reads the corpus once; `missing` tells why it can't.
    pub fn measure(self, tools: &Tools, corpus: &Corpus, samples: &mut Samples) -> Result<()> {
        let name = corpus.spec.name;
        let (seconds, processor) = match self {
            Page => page::load(&tools.dist, corpus, Some("events"), samples, "page")?,
            Plain => page::load(Path::new(PLAIN), corpus, None, samples, "plain")?,
            Zcat => shell(corpus, "cat > /dev/null")?,
            Jq if find_program(&["jq"]).is_none() => return Ok(()),
            Jq => shell(corpus, "jq -c . > /dev/null")?,
            Grep => shell(corpus, &format!("LC_ALL=C grep -c {NEEDLE} > /dev/null"))?,
            DuckDb => match &tools.python {
                Some(python) => duckdb(python, corpus, samples)?,
                None => return Ok(()),
            },
            Native => match &tools.native {
                Some(program) => native(program, corpus)?,
                None => return Ok(()),
            },
        };
        samples.add(format!("{name}.{}.processor", self.name()), processor * 1e9 / corpus.json as f64);
        samples.add(format!("{name}.{}.seconds", self.name()), seconds);
        let rate = corpus.json as f64 / 1e6 / seconds;
        samples.add(format!("{name}.{}.rate", self.name()), rate);
        say(format!(
            "  {} s, {} MB/s, {} s of processor time",
            figure(seconds),
            figure(rate),
            figure(processor)
        ));
        Ok(())
    }
}

impl Tools {
    /// Looks for what these contenders need; what is missing is said and left out.
    pub fn find(dist: PathBuf, wanted: &[Contender]) -> Self {
        let mut found = Self { dist, python: None, native: None, missing: Vec::new() };
        for contender in wanted {
            let result = match contender {
                Page | Plain => Ok(()),
                Zcat | Grep | Jq => find_program(&[contender.name()]).map(drop).context("not on PATH"),
                DuckDb => tools::python_packages(
                    Path::new("tests/sql/requirements.txt"),
                    Path::new("target/python-sql"),
                )
                .map(|python| found.python = Some(python)),
                Native => build_native().map(|program| found.native = Some(program)),
            };
            if let Err(error) = result {
                say(format!("Without {}: {error:#}", contender.label()));
                found.missing.push(format!("{}: {error:#}", contender.label()));
            }
        }
        found
    }

    /// DuckDB's version.
    pub fn duckdb_version(&self) -> Option<String> {
        let python = self.python.as_ref()?.to_string_lossy().into_owned();
        output(&python, &["-c", "import duckdb; print(duckdb.__version__)"])
    }
}

/// Wall-clock seconds, and seconds of processor time in all processes.
pub type Took = (f64, f64);

/// Inflates all files into a command.
fn shell(corpus: &Corpus, command: &str) -> Result<Took> {
    // One program reads all files, as one would type it. `cat` costs nothing that can be measured.
    let script = match command {
        "cat > /dev/null" => r#"find "$1" -name '*.gz' -print0 | xargs -0 zcat > /dev/null"#.to_owned(),
        _ => format!(r#"find "$1" -name '*.gz' -print0 | xargs -0 zcat | {command}"#),
    };
    timed(&script, &corpus.path).map(|(took, _)| took)
}

/// Runs a script over a path. Gives what it prints, too.
pub fn timed(script: &str, path: &Path) -> Result<(Took, String)> {
    let begun = Instant::now();
    // The shell's own `times` tells what its processes used. 1 is grep's "no line".
    let whole = format!("{script}; [ $? -le 1 ] && times");
    let result = Command::new("sh").args(["-c", &whole, "sh"]).arg(path).stderr(Stdio::inherit()).output()?;
    let seconds = begun.elapsed().as_secs_f64();
    let text = String::from_utf8_lossy(&result.stdout).into_owned();
    ensure!(result.status.success(), "{script} failed ({})", result.status);
    Ok(((seconds, processor_time(&text).context("the shell has no `times`")?), text))
}

/// The sum of the last line of `times`: `0m1.230s 0m0.040s`, user and system time of all children.
fn processor_time(text: &str) -> Option<f64> {
    let seconds = |part: &str| {
        let (minutes, seconds) = part.strip_suffix('s')?.split_once('m')?;
        Some(60.0 * minutes.parse::<f64>().ok()? + seconds.parse::<f64>().ok()?)
    };
    text.lines().last()?.split(' ').map(seconds).sum()
}

fn duckdb(python: &Path, corpus: &Corpus, samples: &mut Samples) -> Result<Took> {
    // A file of few records may still hold a large one.
    let (glob, lines, largest) = match corpus.spec.shape {
        Shape::Delivered(each) => (corpus.path.join("**/*.json.gz"), false, 1_000_000 + 10_000 * each),
        Shape::Lines => (corpus.path.clone(), true, 1_000_000),
        Shape::Zip(_) => bail!("DuckDB reads no zip"),
    };
    let queries: Vec<Value> =
        QUERIES.iter().map(|query| json!({ "name": query.name, "sql": query.sql })).collect();
    let plan = page::note("duckdb");
    let times = 2;
    fs::write(
        &plan,
        json!({ "glob": glob, "lines": lines, "largest": largest, "queries": queries, "times": times })
            .to_string(),
    )?;
    let result =
        Command::new(python).arg("benches/ask_duckdb.py").arg(&plan).stderr(Stdio::inherit()).output()?;
    fs::remove_file(plan)?;
    ensure!(result.status.success(), "DuckDB failed");
    let result: Value = serde_json::from_slice(&result.stdout)?;
    ensure!(result["events"] == corpus.spec.records, "DuckDB has read {} events", result["events"]);
    for query in QUERIES {
        let found = &result["queries"][query.name];
        add_all(samples, &format!("{}.duckdb.query.{}", corpus.spec.name, query.name), &found["ms"]);
        let matched = found["matched"].as_f64().context("DuckDB counts its matches")?;
        samples.add(format!("{}.duckdb.matched.{}", corpus.spec.name, query.name), matched);
    }
    took(&result)
}

/// Adds each number of a list.
pub fn add_all(samples: &mut Samples, name: &str, list: &Value) {
    for number in list.as_array().into_iter().flatten().filter_map(Value::as_f64) {
        samples.add(name, number);
    }
}

/// The times that a result tells.
pub fn took(result: &Value) -> Result<Took> {
    let number = |name: &str| result[name].as_f64().with_context(|| format!("{name} is missing in {result}"));
    Ok((number("seconds")?, number("processor")?))
}

fn native(program: &Path, corpus: &Corpus) -> Result<Took> {
    let script = format!(r#""{}" "$1""#, program.display());
    let ((_, processor), text) = timed(&script, &corpus.path)?;
    let result: Value = serde_json::from_str(text.lines().next().unwrap_or_default())?;
    let expected = corpus.spec.records - corpus.copies;
    ensure!(
        result["events"] == expected,
        "the native engine has {} events, not {expected}",
        result["events"]
    );
    // What it took to start and to free everything at the end is no part of the load.
    Ok((result["seconds"].as_f64().context("it takes its time")?, processor))
}

/// Builds the engine without a browser; gives the program.
pub fn build_native() -> Result<PathBuf> {
    bench_program("native")
}

/// Builds a program of `benches/`; gives its path.
pub fn bench_program(name: &str) -> Result<PathBuf> {
    say(format!("Building benches/{name}.rs"));
    let arguments = ["bench", "--package", "trailscope", "--bench", name, "--no-run"];
    run(Command::new("cargo").args(arguments).arg("--quiet"))?;
    let arguments = [&arguments[..], &["--message-format=json"]].concat();
    let messages = output("cargo", &arguments).context("cargo bench --no-run")?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == name)
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .context("cargo names no program")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shell_tells_processor_time() {
        for (text, expected) in [
            ("0m0.001s 0m0.002s\n0m1.230s 0m0.070s\n", Some(1.3)),
            ("a line\n0m0.0s 0m0.0s\n2m1.5s 0m0.5s", Some(122.0)),
            ("nothing", None),
            ("", None),
        ] {
            assert_eq!(processor_time(text), expected, "{text:?}");
        }
    }
}
