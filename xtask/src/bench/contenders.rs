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
        let seconds = match self {
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
        samples.add(format!("{name}.{}.seconds", self.name()), seconds);
        samples.add(format!("{name}.{}.rate", self.name()), corpus.json as f64 / 1e6 / seconds);
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

/// Inflates all files into a command; seconds.
fn shell(corpus: &Corpus, command: &str) -> Result<f64> {
    // One program reads all files, as one would type it. `cat` costs nothing that can be measured.
    let script = match command {
        "cat > /dev/null" => r#"find "$1" -name '*.gz' -print0 | xargs -0 zcat > /dev/null"#.to_owned(),
        _ => format!(r#"find "$1" -name '*.gz' -print0 | xargs -0 zcat | {command}"#),
    };
    let begun = Instant::now();
    let status = Command::new("sh").args(["-c", &script, "sh"]).arg(&corpus.path).status()?;
    let seconds = begun.elapsed().as_secs_f64();
    // 1 is grep's "no line".
    ensure!(matches!(status.code(), Some(0 | 1)), "{script} failed ({status})");
    Ok(seconds)
}

fn duckdb(python: &Path, corpus: &Corpus, samples: &mut Samples) -> Result<f64> {
    let (glob, lines) = match corpus.spec.shape {
        Shape::Delivered(_) => (corpus.path.join("**/*.json.gz"), false),
        Shape::Lines => (corpus.path.clone(), true),
        Shape::Zip(_) => bail!("DuckDB reads no zip"),
    };
    let queries: Vec<Value> =
        QUERIES.iter().map(|query| json!({ "name": query.name, "sql": query.sql })).collect();
    let plan = Path::new("target/bench/duckdb.json");
    let times = 2;
    fs::write(plan, json!({ "glob": glob, "lines": lines, "queries": queries, "times": times }).to_string())?;
    let result =
        Command::new(python).arg("benches/ask_duckdb.py").arg(plan).stderr(Stdio::inherit()).output()?;
    ensure!(result.status.success(), "DuckDB failed");
    let result: Value = serde_json::from_slice(&result.stdout)?;
    ensure!(result["events"] == corpus.spec.records, "DuckDB has read {} events", result["events"]);
    for query in QUERIES {
        let found = &result["queries"][query.name];
        add_all(samples, &format!("{}.duckdb.query.{}", corpus.spec.name, query.name), &found["ms"]);
        let matched = found["matched"].as_f64().context("DuckDB counts its matches")?;
        samples.add(format!("{}.duckdb.matched.{}", corpus.spec.name, query.name), matched);
    }
    result["seconds"].as_f64().context("DuckDB takes its time")
}

/// Adds each number of a list.
pub fn add_all(samples: &mut Samples, name: &str, list: &Value) {
    for number in list.as_array().into_iter().flatten().filter_map(Value::as_f64) {
        samples.add(name, number);
    }
}

fn native(program: &Path, corpus: &Corpus) -> Result<f64> {
    let result = Command::new(program).arg(&corpus.path).stderr(Stdio::inherit()).output()?;
    ensure!(result.status.success(), "the native engine failed");
    let result: Value = serde_json::from_slice(&result.stdout)?;
    let expected = corpus.spec.records - corpus.copies;
    ensure!(
        result["events"] == expected,
        "the native engine has {} events, not {expected}",
        result["events"]
    );
    result["seconds"].as_f64().context("it takes its time")
}

/// Builds the engine without a browser; gives the program.
pub fn build_native() -> Result<PathBuf> {
    say("Building the engine without a browser");
    run(Command::new("cargo").args([
        "bench",
        "--quiet",
        "--package",
        "trailscope",
        "--bench",
        "native",
        "--no-run",
    ]))?;
    let arguments =
        ["bench", "--package", "trailscope", "--bench", "native", "--no-run", "--message-format=json"];
    let messages = output("cargo", &arguments).context("cargo bench --no-run")?;
    messages
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok())
        .filter(|message| message["target"]["name"] == "native")
        .find_map(|message| message["executable"].as_str().map(PathBuf::from))
        .context("cargo names no program")
}
