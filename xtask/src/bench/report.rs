//! What is printed, and written into the documentation between its markers.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{
    contenders::Contender,
    corpus::{Corpus, Shape},
    queries::{QUERIES, READING},
    samples::Samples,
    stats::{figure, median, percentile, told},
};

/// Where tables are kept.
const PAGE: &str = "docs/benchmarks.md";

/// A Markdown table. Columns are as wide as their widest cell, so that it can be read as text.
pub fn markdown<const N: usize>(head: [&str; N], rows: &[[String; N]]) -> String {
    let wide = |text: &str| text.chars().count();
    let widths: [usize; N] =
        std::array::from_fn(|at| rows.iter().map(|row| wide(&row[at])).fold(wide(head[at]), usize::max));
    let line = |cells: [&str; N]| {
        let mut line = String::from("|");
        for (cell, width) in cells.iter().zip(widths) {
            line.push_str(&format!(" {cell}{} |", " ".repeat(width - wide(cell))));
        }
        line.push('\n');
        line
    };
    let mut text = line(head);
    text.push('|');
    widths.iter().for_each(|width| text.push_str(&format!("{}|", "-".repeat(width + 2))));
    text.push('\n');
    rows.iter().for_each(|row| text.push_str(&line(std::array::from_fn(|at| row[at].as_str()))));
    text
}

/// Who read a corpus how fast, and with how much work. On a machine that others use as well, the processor time is
/// what can be compared.
pub fn loads(corpus: &Corpus, who: &[Contender], samples: &Samples) -> String {
    let name = corpus.spec.name;
    let of = |who: Contender, what: &str| samples.all(&format!("{name}.{}.{what}", who.name()));
    let page = samples.median(&format!("{name}.{}.processor", Contender::Page.name()));
    let line = |&who: &Contender| -> Option<[String; 4]> {
        let processor = of(who, "processor")?;
        let ratio = page.map_or_else(String::new, |page| figure(median(processor) / page));
        Some([who.label().to_owned(), told(of(who, "rate")?, ""), told(processor, ""), ratio])
    };
    let rows: Vec<_> = who.iter().filter_map(line).collect();
    let head = format!("load of {name}");
    markdown([&head, "MB/s", "processor seconds a GB", "times the page's"], &rows)
}

/// The queries one by one.
pub fn queries(samples: &Samples) -> String {
    let both = |name: &str, share: f64| samples.all(name).map(|numbers| figure(percentile(numbers, share)));
    let line = |name: &str, text: &str| -> Option<[String; 6]> {
        let ours = format!("session.query.{name}");
        let theirs = format!("medium.duckdb.query.{name}");
        let ratio =
            samples.median(&theirs).zip(samples.median(&ours)).map(|(theirs, ours)| figure(theirs / ours));
        Some([
            if text.is_empty() { name.to_owned() } else { format!("{name}: `{text}`") },
            samples.median(&format!("session.matched.{name}"))?.to_string(),
            both(&ours, 0.5)?,
            both(&ours, 0.95)?,
            both(&theirs, 0.5).unwrap_or_default(),
            ratio.unwrap_or_default(),
        ])
    };
    let columns = QUERIES.iter().map(|query| (query.name, query.text));
    let rows: Vec<_> =
        columns.chain(READING.iter().copied()).filter_map(|(name, text)| line(name, text)).collect();
    if rows.is_empty() {
        return String::new();
    }
    markdown(["query", "matches", "p50 ms", "p95 ms", "DuckDB p50 ms", "ratio"], &rows)
}

/// The corpora.
pub fn corpora(corpora: &[&Corpus]) -> String {
    let rows: Vec<[String; 6]> = corpora
        .iter()
        .map(|corpus| {
            let shape = match corpus.spec.shape {
                Shape::Delivered(each) => format!("`.json.gz` of {each} records"),
                Shape::Lines => "one `.ndjson.gz`".to_owned(),
                Shape::Zip(each) => format!("one zip of `.json` of {each} records"),
            };
            let megabytes = |bytes: u64| figure(bytes as f64 / 1e6);
            [
                corpus.spec.name.to_owned(),
                shape,
                corpus.files.to_string(),
                corpus.spec.records.to_string(),
                megabytes(corpus.json),
                megabytes(corpus.packed),
            ]
        })
        .collect();
    markdown(["corpus", "shape", "files", "records", "MB of JSON", "MB packed"], &rows)
}

/// Puts a text between `<!-- bench:name -->` and `<!-- bench:end -->` of the documentation.
pub fn write(name: &str, text: &str) -> Result<()> {
    let page = fs::read_to_string(PAGE).with_context(|| format!("reading {PAGE}"))?;
    let page = between(&page, name, text).with_context(|| format!("{PAGE} has no place for {name}"))?;
    fs::write(Path::new(PAGE), page)?;
    crate::command::say(format!("Written to {PAGE}"));
    Ok(())
}

fn between(page: &str, name: &str, text: &str) -> Option<String> {
    let begin = format!("<!-- bench:{name} -->\n");
    let from = page.find(&begin)? + begin.len();
    let to = from + page[from..].find("<!-- bench:end -->")?;
    Some(format!("{}{}\n{}", &page[..from], text.trim_end(), &page[to..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_cells() {
        let rows = [["load".to_owned(), "≥ 2".to_owned()], ["a".to_owned(), "x".to_owned()]];
        let expected = "| work | required |\n|------|----------|\n| load | ≥ 2      |\n| a    | x        |\n";
        assert_eq!(markdown(["work", "required"], &rows), expected);
    }

    #[test]
    fn only_what_lies_between_the_markers_changes() {
        let page =
            "one\n<!-- bench:a -->\nold\n<!-- bench:end -->\ntwo\n<!-- bench:b -->\n<!-- bench:end -->\n";
        let first = between(page, "a", "new\n").unwrap();
        assert_eq!(first, page.replace("old", "new"));
        assert_eq!(between(&first, "a", "new").unwrap(), first);
        assert!(
            between(&first, "b", "x").unwrap().ends_with("two\n<!-- bench:b -->\nx\n<!-- bench:end -->\n")
        );
        assert_eq!(between(page, "c", "x"), None);
    }
}
