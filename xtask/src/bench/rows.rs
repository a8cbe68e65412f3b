//! The rows of the table: what is compared with what, and what is required of it.

use super::{
    samples::Samples,
    stats::{figure, percentile, told},
};

/// One row.
pub struct Row {
    /// What is done.
    work: &'static str,
    /// The sample of ours.
    ours: &'static str,
    unit: &'static str,
    against: Against,
    /// What the plan wants: a ratio of at least this, or with [`Against::Limit`] a figure of at most this.
    required: Option<f64>,
    /// Where `--check` fails: what was reached with `--quick` and may not be lost, with room for a busy machine.
    floor: Option<f64>,
}

/// What a figure is held against.
#[derive(Clone, Copy)]
enum Against {
    /// It is only told.
    Nothing,
    /// The figure may be at most the requirement.
    Limit,
    /// The figure is a ratio already, of what is named here.
    Ratio(&'static str),
    /// Another's rate: the more the better.
    Rate(&'static str, &'static str),
    /// Another's time or size: the less the better.
    Less(&'static str, &'static str),
}

use Against::{Less, Limit, Nothing, Rate, Ratio};

const fn row(
    work: &'static str,
    ours: &'static str,
    unit: &'static str,
    against: Against,
    required: f64,
    floor: f64,
) -> Row {
    Row { work, ours, unit, against, required: Some(required), floor: Some(floor) }
}

const fn tell(work: &'static str, ours: &'static str, unit: &'static str, against: Against) -> Row {
    Row { work, ours, unit, against, required: None, floor: None }
}

const LOAD: &str = "load, files of 2,500 events";
const SMALL: &str = "load, 20,000 files of 5 events";
const INTEGRITY: &str = "integrity, last file read to verdict";

/// The rows in the order of the table.
pub const ROWS: &[Row] = &[
    row(LOAD, "medium.page.rate", "MB/s", Rate("`zcat > /dev/null`", "medium.zcat.rate"), 2.0, 0.15),
    row(LOAD, "medium.page.rate", "MB/s", Rate("plain JavaScript", "medium.plain.rate"), 3.0, 0.3),
    row(LOAD, "medium.page.rate", "MB/s", Rate("`zcat \\| jq -c`", "medium.jq.rate"), 10.0, 1.2),
    row(LOAD, "medium.page.rate", "MB/s", Rate("DuckDB `read_json`", "medium.duckdb.rate"), 8.0, 1.5),
    tell(LOAD, "medium.page.rate", "MB/s", Rate("own core, native", "medium.native.rate")),
    tell(LOAD, "medium.page.events", "events/s", Nothing),
    row(SMALL, "small.page.seconds", "s", Less("`xargs zcat \\| jq -c`", "small.jq.seconds"), 1.0, 0.35),
    row(SMALL, "small.page.seconds", "s", Less("DuckDB `read_json`", "small.duckdb.seconds"), 4.0, 2.0),
    tell(SMALL, "small.page.seconds", "s", Less("plain JavaScript", "small.plain.seconds")),
    tell("load, one NDJSON.gz", "lines.page.rate", "MB/s", Rate("`zcat > /dev/null`", "lines.zcat.rate")),
    tell("load, one NDJSON.gz", "lines.page.rate", "MB/s", Rate("plain JavaScript", "lines.plain.rate")),
    tell("load, one zip", "zip.page.rate", "MB/s", Nothing),
    tell("load, a fifth of it copies", "copies.page.rate", "MB/s", Nothing),
    row("first rows, share of bytes read", "medium.page.first_row_share", "%", Limit, 5.0, 60.0),
    tell("first rows on screen", "medium.page.first_row_seconds", "s", Nothing),
    row("longest task of the main thread while loading", "medium.page.longest", "ms", Limit, 50.0, 400.0),
    row("the same, 20,000 files", "small.page.longest", "ms", Limit, 50.0, 1200.0),
    row(
        "ten queries, the slowest against DuckDB",
        "session.worst",
        "×",
        Ratio("DuckDB, own table"),
        0.5,
        0.2,
    ),
    tell("ten queries, key to painted rows", "session.queries", "ms", Nothing),
    row("a word anywhere", "session.word", "s", Less("`zcat \\| grep -c`", "medium.grep.seconds"), 3.0, 0.35),
    tell("a facet's value, click to painted rows", "session.facets", "ms", Nothing),
    tell("sort by a column", "session.sort", "ms", Nothing),
    tell("open a record", "session.inspector", "ms", Nothing),
    tell("scroll to a random place, rows painted", "session.scroll", "ms", Nothing),
    tell("frames missed while scrolling", "session.scroll.late", "%", Nothing),
    row(
        "memory of all processes, peak",
        "session.memory.peak",
        "MB",
        Less("2 × (compressed + 120 B an event)", "session.memory.limit"),
        1.0,
        0.05,
    ),
    tell("of that, the tab's own process", "session.memory.tab", "MB", Nothing),
    tell("memory with an empty page", "session.memory.empty", "MB", Nothing),
    tell("memory after `clear`", "session.memory.cleared", "MB", Nothing),
    row("rate against that of 100,000 events", "linear.ratio", "×", Ratio("100,000 events"), 0.9, 0.7),
    tell("hand-over of 100,000 events: looking through", "handover.looked", "s", Nothing),
    tell("hand-over of 100,000 events: NDJSON written and checked", "handover.written", "s", Nothing),
    tell(
        INTEGRITY,
        "integrity.page.seconds",
        "s",
        Less("`sha256sum`, inflated before", "integrity.sha256sum.seconds"),
    ),
    tell(
        INTEGRITY,
        "integrity.page.seconds",
        "s",
        Less("`xargs zcat \\| sha256sum`", "integrity.zcat.seconds"),
    ),
    tell(
        INTEGRITY,
        "integrity.page.seconds",
        "s",
        Less("`gzip -dc \\| sha256sum` of each", "integrity.each.seconds"),
    ),
    tell(INTEGRITY, "integrity.page.seconds", "s", Less("own core, native", "integrity.native.seconds")),
    tell(
        "the same, processor time",
        "integrity.page.processor",
        "s",
        Less("`sha256sum`, inflated before", "integrity.sha256sum.processor"),
    ),
    tell(
        "the same, processor time",
        "integrity.page.processor",
        "s",
        Less("`xargs zcat \\| sha256sum`", "integrity.zcat.processor"),
    ),
    tell(
        "the same, processor time",
        "integrity.page.processor",
        "s",
        Less("own core, native", "integrity.native.processor"),
    ),
    tell("the same, loading before it", "integrity.load.seconds", "s", Nothing),
    tell("the same, longest task of the main thread", "integrity.longest", "ms", Nothing),
    row("download, gzip", "download", "kB", Limit, 700.0, 700.0),
    tell("start to interactive", "medium.page.interactive", "ms", Nothing),
];

impl Row {
    /// What is compared with the requirement: a ratio, or the figure itself.
    fn value(&self, samples: &Samples) -> Option<f64> {
        let ours = samples.median(self.ours)?;
        match self.against {
            Nothing | Limit | Ratio(_) => Some(ours),
            Rate(_, theirs) => Some(ours / samples.median(theirs)?),
            Less(_, theirs) => Some(samples.median(theirs)? / ours),
        }
    }

    fn holds(&self, value: f64, bound: f64) -> bool {
        if matches!(self.against, Limit) { value <= bound } else { value >= bound }
    }

    /// The cells of the row, `None` where something was not measured.
    fn cells(&self, samples: &Samples) -> Option<[String; 6]> {
        let value = self.value(samples)?;
        let ours = samples.all(self.ours)?;
        let measured = if ours.len() < 10 {
            told(ours, self.unit)
        } else {
            let (half, most) = (percentile(ours, 0.5), percentile(ours, 0.95));
            format!("p50 {}, p95 {} {}", figure(half), figure(most), self.unit)
        };
        let beside = match self.against {
            Nothing | Limit => String::new(),
            Ratio(name) => name.to_owned(),
            Rate(name, theirs) | Less(name, theirs) => {
                format!("{name}: {}", told(samples.all(theirs)?, self.unit))
            }
        };
        let ratio = if matches!(self.against, Nothing | Limit) { String::new() } else { figure(value) };
        let sign = if matches!(self.against, Limit) { "≤" } else { "≥" };
        let required = self.required.map_or_else(String::new, |bound| format!("{sign} {bound}"));
        let met =
            self.required.map_or("", |bound| if self.holds(value, bound) { "met" } else { "**not met**" });
        Some([self.work.to_owned(), measured, beside, ratio, required, met.to_owned()])
    }
}

/// The table of what was measured.
pub fn table(rows: &[Row], samples: &Samples) -> Vec<[String; 6]> {
    rows.iter().filter_map(|row| row.cells(samples)).collect()
}

/// A sentence for each figure that lies beyond its floor.
pub fn failures(rows: &[Row], samples: &Samples) -> Vec<String> {
    let mut failures = Vec::new();
    for row in rows {
        let (Some(floor), Some(value)) = (row.floor, row.value(samples)) else { continue };
        if !row.holds(value, floor) {
            let beside = match row.against {
                Nothing | Limit => row.unit.to_owned(),
                Ratio(name) | Rate(name, _) | Less(name, _) => format!("times {name}"),
            };
            failures.push(format!("{}: {} {beside}, the floor is {floor}", row.work, figure(value)));
        }
    }
    failures
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: &[Row] = &[
        row("load", "ours.rate", "MB/s", Rate("theirs", "theirs.rate"), 2.0, 1.0),
        row("word", "ours.time", "s", Less("theirs", "theirs.time"), 3.0, 2.0),
        row("task", "ours.task", "ms", Limit, 50.0, 100.0),
        tell("not measured", "nothing", "s", Nothing),
        tell("told", "ours.time", "s", Nothing),
    ];

    fn samples(numbers: &[(&str, f64)]) -> Samples {
        let mut samples = Samples::default();
        numbers.iter().for_each(|&(name, number)| samples.add(name, number));
        samples
    }

    #[test]
    fn ratios_are_better_when_they_are_more() {
        let all = samples(&[
            ("ours.rate", 300.0),
            ("theirs.rate", 200.0),
            ("ours.time", 0.5),
            ("theirs.time", 2.0),
            ("ours.task", 60.0),
        ]);
        let cells: Vec<_> = table(SOME, &all)
            .into_iter()
            .map(|[work, _, _, ratio, required, met]| [work, ratio, required, met])
            .collect();
        assert_eq!(
            cells,
            [
                ["load", "1.50", "≥ 2", "**not met**"],
                ["word", "4.00", "≥ 3", "met"],
                ["task", "", "≤ 50", "**not met**"],
                ["told", "", "", ""],
            ]
        );
        assert_eq!(failures(SOME, &all), [""; 0]);
    }

    #[test]
    fn below_a_floor_is_a_failure() {
        for (numbers, expected) in [
            (
                vec![("ours.rate", 150.0), ("theirs.rate", 200.0)],
                vec!["load: 0.750 times theirs, the floor is 1"],
            ),
            (vec![("ours.time", 2.0), ("theirs.time", 2.0)], vec!["word: 1.00 times theirs, the floor is 2"]),
            (vec![("ours.task", 101.0)], vec!["task: 101 ms, the floor is 100"]),
            (vec![("ours.task", 100.0)], vec![]),
            (vec![], vec![]),
        ] {
            assert_eq!(failures(SOME, &samples(&numbers)), expected);
        }
    }

    #[test]
    fn no_floor_is_stricter_than_its_requirement() {
        for row in ROWS {
            if let (Some(required), Some(floor)) = (row.required, row.floor) {
                assert!(row.holds(required, floor), "{}", row.work);
            }
        }
    }
}
