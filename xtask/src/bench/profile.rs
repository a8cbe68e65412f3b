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
    ("text: UTF-8 checked, cut, compared", &["core::str", "Index<str>", "<str as", "alloc::string"]),
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
        let stage = stages.entry(stage(symbol)).or_default();
        stage.0 += share;
        if *share > stage.2 {
            (stage.1, stage.2) = (symbol, *share);
        }
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
            // Behind the name some versions have columns of their own, empty here.
            let symbol = symbol.trim().split("  ").next()?;
            Some((share.trim().parse().ok()?, symbol.to_owned()))
        })
        .collect()
}

fn stage(symbol: &str) -> &'static str {
    STAGES
        .iter()
        .find(|(_, parts)| parts.iter().any(|part| symbol.contains(part)))
        .map_or("the rest", |(stage, _)| stage)
}

/// A name without its generics and without the mark of where it ran: of `<Type as Trait>::call` the type.
fn short(symbol: &str) -> String {
    let name = symbol.trim_start_matches("[.]").trim_start_matches("[k]").trim();
    let (mut out, mut depth) = (String::new(), 0_u32);
    // What stands in brackets at the very beginning is the type itself.
    let mut of_type = name.starts_with('<');
    for word in name.split_inclusive([' ', '<', '>']) {
        let (text, end) = word.split_at(word.len() - usize::from(word.ends_with([' ', '<', '>'])));
        of_type &= !(text == "as" && depth == 1);
        if depth == 0 || (of_type && depth == 1) {
            out.push_str(text);
        }
        match end {
            "<" => depth += 1,
            ">" => {
                depth = depth.saturating_sub(1);
                of_type &= depth > 0;
            }
            _ => {}
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = "\
# Samples: 3K of event 'cpu-clock'
#
    31.20%  [.] trailscope::event::scan::scan_record      -      -
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
        assert_eq!(symbols[0], (31.2, "[.] trailscope::event::scan::scan_record".to_owned()));
    }

    #[test]
    fn names_are_short() {
        for (symbol, expected) in [
            ("[.] zlib_rs::inflate::State<N>::dispatch", "zlib_rs::inflate::State::dispatch"),
            ("[k] clear_page", "clear_page"),
            ("[.] <shard::Appender as ingest::Sink>::record", "shard::Appender::record"),
            ("[.] <[u8]>::starts_with", "[u8]::starts_with"),
            ("[.] <A<B>>::c<D>", "A::c"),
        ] {
            assert_eq!(short(symbol), expected);
        }
    }
}
