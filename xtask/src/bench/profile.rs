//! Where the time goes: samples of the engine without a browser, summed up by stage.

use std::{collections::BTreeMap, process::Command};

use anyhow::{Context, Result, ensure};

use super::{
    contenders::build_native,
    corpus::Corpus,
    machine,
    report::{self, markdown},
    stats::figure,
};
use crate::command::{find_program, output, run};

const DATA: &str = "target/bench/perf.data";

/// A stage, and parts of the names of its functions. The first that fits counts.
const STAGES: &[(&str, &[&str])] = &[
    ("inflate, check of gzip", &["zlib_rs", "flate2", "crc32"]),
    ("find redaction markers and exposures", &["redaction::", "exposure::"]),
    ("notes on calls", &["services::"]),
    ("one pass over a record: `event::scan`", &["event::"]),
    ("identity and principal", &["identity::"]),
    ("keep a row: intern, columns", &["table::", "hashbrown", "xxh", "shard::append"]),
    ("copies: claims and rulings", &["shard::", "protocol::"]),
    ("containers and shapes: `ingest`", &["ingest::"]),
    ("JSON again, by path", &["json::"]),
    ("search of bytes", &["memchr", "memmem"]),
    (
        "copy, compare, allocate",
        &["memcpy", "memmove", "memcmp", "memset", "malloc", "free", "realloc", "alloc::", "calloc"],
    ),
    ("kernel: reading files, pages of memory", &["[k]"]),
];

/// Samples the engine over a corpus and tells the shares.
fn shares(corpus: &Corpus) -> Result<String> {
    ensure!(find_program(&["perf"]).is_some(), "perf is missing (Debian: linux-perf)");
    let program = build_native()?;
    run(Command::new("perf")
        .args(["record", "--quiet", "--freq", "997", "--output", DATA])
        .arg(&program)
        .arg(&corpus.path))?;
    let arguments =
        ["report", "--input", DATA, "--stdio", "--no-children", "--percent-limit", "0", "--sort", "symbol"];
    let report = output("perf", &arguments).context("perf report")?;
    let symbols = symbols(&report);
    ensure!(!symbols.is_empty(), "perf has seen nothing");

    let mut stages: BTreeMap<&str, (f64, &str, f64)> = BTreeMap::new();
    for (share, symbol) in &symbols {
        let stage = stages.entry(stage(symbol)).or_insert((0.0, symbol, *share));
        stage.0 += share;
    }
    let mut rows: Vec<_> = stages.into_iter().collect();
    rows.sort_by(|a, b| b.1.0.total_cmp(&a.1.0));
    let rows: Vec<[String; 3]> = rows
        .into_iter()
        .map(|(stage, (share, symbol, most))| {
            [
                stage.to_owned(),
                format!("{} %", figure(share)),
                format!("`{}` {} %", short(symbol), figure(most)),
            ]
        })
        .collect();
    let table = markdown(["stage", "of all samples", "its largest function"], &rows);
    Ok(format!(
        "Measured at {} with `cargo xtask bench --profile --events {}`: {}.\n\n{table}",
        machine::now(),
        corpus.spec.records,
        machine::commit()
    ))
}

/// Prints the profile; `write` puts it into the documentation.
pub fn tell(corpus: &Corpus, write: bool) -> Result<()> {
    let text = shares(corpus)?;
    println!("\n{text}");
    if write { report::write("profile", &text) } else { Ok(()) }
}

/// Shares and names out of `perf report`, the largest first.
fn symbols(report: &str) -> Vec<(f64, String)> {
    let lines = report.lines().map(str::trim).filter(|line| !line.starts_with('#'));
    lines
        .filter_map(|line| {
            let (share, symbol) = line.split_once('%')?;
            Some((share.trim().parse().ok()?, symbol.trim().to_owned()))
        })
        .collect()
}

fn stage(symbol: &str) -> &'static str {
    STAGES
        .iter()
        .find(|(_, parts)| parts.iter().any(|part| symbol.contains(part)))
        .map_or("the rest", |(stage, _)| stage)
}

/// A name without its generics and without the mark of where it ran.
fn short(symbol: &str) -> String {
    let name = symbol.trim_start_matches("[.]").trim_start_matches("[k]").trim();
    let mut depth = 0_u32;
    let mut out = String::new();
    for letter in name.chars() {
        match letter {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 => out.push(letter),
            _ => {}
        }
    }
    if out.trim_matches([':', ' ']).is_empty() { name.to_owned() } else { out }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "\
# Samples: 3K of event 'cpu-clock'
#
    31.20%  [.] trailscope::event::scan::scan_record
    20.10%  [.] zlib_rs::inflate::State<N>::dispatch
     4.00%  [k] copy_page_to_iter
     1.50%  [.] __memmove_avx_unaligned_erms
     0.20%  [.] main
";

    #[test]
    fn a_report_is_summed_up_by_stage() {
        let symbols = symbols(REPORT);
        let stages: Vec<&str> = symbols.iter().map(|(_, symbol)| stage(symbol)).collect();
        assert_eq!(
            stages,
            [
                "one pass over a record: `event::scan`",
                "inflate, check of gzip",
                "kernel: reading files, pages of memory",
                "copy, compare, allocate",
                "the rest",
            ]
        );
        assert_eq!(symbols[0].0, 31.2);
    }

    #[test]
    fn names_are_short() {
        for (symbol, expected) in [
            ("[.] zlib_rs::inflate::State<N>::dispatch", "zlib_rs::inflate::State::dispatch"),
            ("[k] clear_page", "clear_page"),
            ("[.] <T as X>", "<T as X>"),
        ] {
            assert_eq!(short(symbol), expected);
        }
    }
}
