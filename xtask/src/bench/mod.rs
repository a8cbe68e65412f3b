//! The benchmark: the release page and what else reads the same files, in turns, in the same minutes.

use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};

use crate::{
    command::say,
    site, size,
    tools::{browser, npm_packages},
};

mod calls;
mod contenders;
mod corpus;
mod integrity;
mod machine;
mod page;
mod profile;
mod queries;
mod random;
mod record;
mod report;
mod rows;
mod samples;
mod stats;
mod zip;

use contenders::{
    Contender::{self, DuckDb, Jq, Native, Page, Plain, Zcat},
    Tools,
};
use corpus::{Corpus, Shape, Spec};
use integrity::Chain;
use queries::QUERIES;
use samples::Samples;

/// Records of the small runs, to which the others are compared.
const FEW: u64 = 100_000;

/// The name of the check of integrity.
const INTEGRITY: &str = "integrity";

/// What was asked for.
#[derive(Debug, PartialEq)]
struct Options {
    quick: bool,
    check: bool,
    /// The page in `dist/` is measured as it is.
    built: bool,
    /// The table goes into the documentation.
    write: bool,
    /// A profile of the engine, and nothing else.
    profile: bool,
    records: u64,
    rounds: u32,
    /// Names of the only corpora, if any are named. `integrity` is one, too.
    only: Vec<String>,
    /// Names of contenders that are left out, or `session`, `handover` or `integrity`.
    without: Vec<String>,
}

impl Options {
    fn read(options: &[&str]) -> Result<Self> {
        let quick = options.contains(&"--quick");
        let (records, rounds) = if quick { (FEW, 2) } else { (1_000_000, 3) };
        let (only, without) = (Vec::new(), Vec::new());
        let (check, built, write, profile) = (false, false, false, false);
        let mut read = Self { quick, check, built, write, profile, records, rounds, only, without };
        let mut rest = options.iter();
        while let Some(option) = rest.next() {
            let mut text = || rest.next().with_context(|| format!("{option} needs a value"));
            let number = |text: &str| text.parse::<u64>().with_context(|| format!("{text} is no number"));
            match *option {
                "--quick" => {}
                "--check" => read.check = true,
                "--built" => read.built = true,
                "--write" => read.write = true,
                "--profile" => read.profile = true,
                "--events" => read.records = number(text()?)?.max(FEW),
                "--rounds" => read.rounds = u32::try_from(number(text()?)?.max(1))?,
                "--only" => read.only = list(text()?),
                "--without" => read.without = list(text()?),
                _ => bail!("unknown option {option}"),
            }
        }
        Ok(read)
    }

    /// Whether a corpus is among those that are asked for.
    fn asks_for(&self, corpus: &str) -> bool {
        self.only.is_empty() || self.only.iter().any(|name| name == corpus)
    }

    /// Its place in the documentation.
    fn place(&self) -> &'static str {
        match self.only.as_slice() {
            [only] if only == INTEGRITY => INTEGRITY,
            _ if self.quick => "quick",
            _ => "full",
        }
    }

    /// The command that does the same again.
    fn command(&self) -> String {
        let mut text = "cargo xtask bench".to_owned();
        if self.quick {
            text.push_str(" --quick");
        } else {
            text.push_str(&format!(" --events {}", self.records));
        }
        text.push_str(&format!(" --rounds {}", self.rounds));
        for (option, list) in [("only", &self.only), ("without", &self.without)] {
            if !list.is_empty() {
                text.push_str(&format!(" --{option} {}", list.join(",")));
            }
        }
        text
    }
}

/// The names of a list like `a,b`.
fn list(text: &str) -> Vec<String> {
    text.split(',').map(str::to_owned).collect()
}

/// Who reads which corpus. The first is the one that the page is used with.
fn plan(options: &Options) -> Vec<(Spec, &'static [Contender])> {
    let records = options.records;
    let spec = |name, shape, records, copies| Spec { name, shape, records, copies };
    let mut plan: Vec<(Spec, &'static [Contender])> = vec![
        (spec("medium", Shape::Delivered(2_500), records, 0), contenders::ALL),
        // Always as many, so that "20,000 files" means the same in every table.
        (spec("small", Shape::Delivered(5), FEW, 0), &[Page, Jq, Plain, DuckDb]),
    ];
    if !options.quick {
        plan.push((spec("lines", Shape::Lines, records, 0), &[Page, Zcat, Plain, Native]));
        plan.push((spec("zip", Shape::Zip(2_500), records.min(FEW * 10), 0), &[Page, Native]));
        plan.push((spec("copies", Shape::Delivered(2_500), records, 20), &[Page]));
        plan.push((spec("few", Shape::Delivered(2_500), FEW, 0), &[Page]));
    }
    plan.retain(|(spec, _)| options.asks_for(spec.name));
    plan
}

/// Runs the benchmark. `false` where `--check` was asked for and a figure lies beyond its floor.
pub fn run(options: &[&str]) -> Result<bool> {
    let options = Options::read(options)?;
    let plan = plan(&options);
    let made: Result<Vec<Corpus>> = plan.iter().map(|(spec, _)| spec.make()).collect();
    let made = made?;
    let medium = made.first();
    if options.profile {
        let medium = medium.context("there is nothing to profile")?;
        return profile::tell(medium, options.write).map(|()| true);
    }
    let does = |name: &str| !options.without.iter().any(|left_out| left_out == name);
    let asked = options.asks_for(INTEGRITY) && does(INTEGRITY);
    let chain = if asked { Some(Chain::make(options.quick)?) } else { None };
    ensure!(
        medium.is_some() || chain.is_some(),
        "no corpus has one of the names {}",
        options.only.join(", ")
    );
    npm_packages("tests/browser".as_ref())?;
    browser()?;
    if !options.built {
        site::build(true)?;
    }
    let wanted = |contender: &&Contender| !options.without.iter().any(|name| name == contender.name());
    let is_planned = |contender: &&Contender| plan.iter().any(|(_, who)| who.contains(contender));
    let takes_part: Vec<Contender> =
        contenders::ALL.iter().filter(wanted).filter(is_planned).copied().collect();
    let tools = Tools::find(PathBuf::from(site::DIST), &takes_part);
    let (began, busy) = (machine::now(), machine::load_average());

    let mut samples = Samples::default();
    for round in 1..=options.rounds {
        for (corpus, (_, who)) in made.iter().zip(&plan) {
            for contender in who.iter().filter(wanted) {
                say(format!(
                    "Round {round} of {}: {} over {}",
                    options.rounds,
                    contender.label(),
                    corpus.spec.name
                ));
                contender.measure(&tools, corpus, &mut samples)?;
            }
        }
        if let Some(chain) = &chain {
            chain.measure(&tools.dist, &mut samples)?;
        }
    }
    if let Some(medium) = medium.filter(|_| does("session")) {
        say("Using the page");
        page::session(&tools.dist, medium, if options.quick { 3 } else { 5 }, &mut samples)?;
    }
    // It takes a minute of its own.
    let few = made.iter().find(|corpus| corpus.spec.records == FEW && corpus.files < FEW / 10);
    if let Some(few) = few.filter(|_| does("handover")) {
        page::hand_over(&tools.dist, few, &mut samples)?;
    }
    derive(medium, &mut samples)?;

    let mut text = told(&options, &tools, &made, &samples, (&began, busy));
    if let Some(chain) = &chain {
        text.push('\n');
        text.push_str(&chain.describe());
    }
    println!("\n{text}");
    if options.write {
        report::write(options.place(), &text)?;
    }
    let failures = if options.check { rows::failures(rows::ROWS, &samples) } else { Vec::new() };
    failures.iter().for_each(|failure| println!("below its floor: {failure}"));
    Ok(failures.is_empty())
}

/// Figures that are made of others.
fn derive(medium: Option<&Corpus>, samples: &mut Samples) -> Result<()> {
    let Some(medium) = medium else { return Ok(()) };
    let packed_and_rows = medium.packed + 120 * medium.spec.records;
    samples.add("session.memory.limit", 2.0 * packed_and_rows as f64 / 1e6);
    samples.add("download", size::first_visit()? as f64 / 1e3);
    if let Some(seconds) = samples.median("medium.page.seconds") {
        samples.add("medium.page.events", medium.spec.records as f64 / seconds);
    }
    if let (Some(many), Some(few)) = (samples.median("medium.page.rate"), samples.median("few.page.rate")) {
        samples.add("linear.ratio", many / few);
    }
    for milliseconds in samples.all("session.query.a word anywhere").unwrap_or_default().to_vec() {
        samples.add("session.word", milliseconds / 1e3);
    }
    let mut worst = f64::INFINITY;
    for query in QUERIES {
        let name = query.name;
        let [ours, theirs] =
            ["session", "medium.duckdb"].map(|who| samples.median(&format!("{who}.matched.{name}")));
        if let (Some(ours), Some(theirs)) = (ours, theirs)
            && ours != theirs
        {
            bail!("the page finds {ours} events for {name}, DuckDB {theirs}");
        }
        let times = ["medium.duckdb", "session"].map(|who| samples.median(&format!("{who}.query.{name}")));
        if let [Some(theirs), Some(ours)] = times {
            worst = worst.min(theirs / ours);
        }
    }
    if worst.is_finite() {
        samples.add("session.worst", worst);
    }
    Ok(())
}

/// Everything that is told: when, where, the tables, and what was left out.
fn told(
    options: &Options,
    tools: &Tools,
    made: &[Corpus],
    samples: &Samples,
    (began, busy): (&str, Option<f64>),
) -> String {
    let load = |load: Option<f64>| load.map_or_else(|| "unknown".to_owned(), stats::figure);
    let mut text = format!(
        "Measured from {began} to {} with `{}`: {}, medians of {} rounds in turns, least and most in parentheses. Load \
         average at the beginning {}, at the end {}.\n\n{}\n\n",
        machine::now(),
        options.command(),
        machine::commit(),
        options.rounds,
        load(busy),
        load(machine::load_average()),
        machine::describe(tools.duckdb_version()),
    );
    if !tools.missing.is_empty() {
        text.push_str(&format!("Left out: {}.\n\n", tools.missing.join("; ")));
    }
    let rows = rows::table(rows::ROWS, samples);
    text.push_str(&report::markdown(["work", "Trailscope", "beside it", "ratio", "required", ""], &rows));
    for corpus in made.iter().take(2) {
        text.push('\n');
        text.push_str(&report::loads(corpus, contenders::ALL, samples));
    }
    if !made.is_empty() {
        text.push('\n');
        text.push_str(&report::queries(samples));
        text.push('\n');
        text.push_str(&report::corpora(&made.iter().collect::<Vec<_>>()));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_are_read() {
        let quick = Options::read(&["--quick", "--check"]).unwrap();
        assert_eq!((quick.records, quick.rounds, quick.check), (FEW, 2, true));
        assert_eq!(quick.command(), "cargo xtask bench --quick --rounds 2");
        let full = Options::read(&["--events", "2000000", "--rounds", "1", "--without", "jq,plain"]).unwrap();
        assert_eq!(full.command(), "cargo xtask bench --events 2000000 --rounds 1 --without jq,plain");
        for wrong in [&["--events"][..], &["--events", "many"], &["--fast"]] {
            assert!(Options::read(wrong).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn corpora_have_names_of_their_own() {
        let some = plan(&Options::read(&["--only", "medium,zip"]).unwrap());
        assert_eq!(some.iter().map(|(spec, _)| spec.name).collect::<Vec<_>>(), ["medium", "zip"]);
        let plan = plan(&Options::read(&[]).unwrap());
        let names: std::collections::BTreeSet<&str> = plan.iter().map(|(spec, _)| spec.name).collect();
        assert_eq!(names.len(), plan.len());
        assert!(plan.iter().all(|(_, who)| who.contains(&Page)));
    }
}
