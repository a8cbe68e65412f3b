//! Where there is evidence, by account, Region and hour.

use crate::protocol::{Calendar, Coverage};
use crate::sorting::sort_by;

const HOUR_MS: i64 = 3_600_000;

/// Columns at most; beyond that a column is several hours.
const MOST_COLUMNS: i64 = 168;

/// Rows at most.
const MOST_ROWS: usize = 400;

/// Something known of an interval of time.
pub struct Span<'c> {
    pub account: &'c str,
    pub region: &'c str,
    /// Milliseconds since 1970 UTC.
    pub from_ms: i64,
    pub to_ms: i64,
    pub coverage: Coverage,
}

/// A calendar of what is known; of a cell the most worrying is kept.
pub fn calendar(mut spans: Vec<Span<'_>>) -> Calendar {
    spans.retain(|span| crate::protocol::PLAUSIBLE_MS.contains(&span.from_ms) && span.to_ms >= span.from_ms);
    let Some(first) = spans.iter().map(|span| span.from_ms).min() else { return Calendar::default() };
    let last =
        spans.iter().map(|span| span.to_ms).max().unwrap_or(first).min(crate::protocol::PLAUSIBLE_MS.end);
    let mut hours = 1;
    // Whole days divide by each of these.
    for wider in [3, 6, 12, 24, 24 * 7, 24 * 28, 24 * 364] {
        if (last - first) / (hours * HOUR_MS) < MOST_COLUMNS {
            break;
        }
        hours = wider;
    }
    let step_ms = hours * HOUR_MS;
    let from_ms = first.div_euclid(step_ms) * step_ms;
    // A digest file ends a second before the hour, or some minutes after it: its middle tells its hour.
    let place = |ms: i64| (ms - from_ms).div_euclid(step_ms).clamp(0, 2 * MOST_COLUMNS);
    let middle = |span: &Span<'_>| span.from_ms + (span.to_ms - span.from_ms) / 2;
    let columns = spans.iter().map(|span| place(middle(span)).max(place(span.to_ms - HOUR_MS / 2)) + 1).max();
    let columns = usize::try_from(columns.unwrap_or(1)).unwrap_or(1);
    sort_by(&mut spans, |one, other| (one.account, one.region).cmp(&(other.account, other.region)));
    let row = |spans: &[Span<'_>]| {
        let mut cells = vec![Coverage::None; columns];
        for span in spans {
            let (first, last) = if span.to_ms - span.from_ms <= 2 * HOUR_MS {
                (place(middle(span)), place(middle(span)))
            } else {
                (place(span.from_ms + HOUR_MS / 2), place(span.to_ms - HOUR_MS / 2))
            };
            let range = usize::try_from(first).unwrap_or(0)..=usize::try_from(last).unwrap_or(0);
            for cell in cells.get_mut(range).unwrap_or_default() {
                *cell = span.coverage.max(*cell);
            }
        }
        spans.first().map(|span| (span.account.to_owned(), span.region.to_owned(), cells))
    };
    let same = |one: &Span<'_>, other: &Span<'_>| one.account == other.account && one.region == other.region;
    Calendar { from_ms, step_ms, rows: spans.chunk_by(same).filter_map(row).take(MOST_ROWS).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: i64 = 1_688_860_800_000; // 2023-07-09T00:00:00Z

    fn span(from_hour: i64, to_hour: i64, coverage: Coverage) -> Span<'static> {
        // As trails that were created at a minute past the hour have them.
        let at = |hour: i64| START + hour * HOUR_MS + 91_000;
        Span { account: "1", region: "r", from_ms: at(from_hour), to_ms: at(to_hour), coverage }
    }

    fn check(spans: Vec<Span<'static>>, step_hours: i64, expected: &str) {
        let calendar = calendar(spans);
        assert_eq!(calendar.step_ms, step_hours * HOUR_MS);
        let sign = |cell: &Coverage| match cell {
            Coverage::None => '.',
            Coverage::Authentic => 'a',
            Coverage::Consistent => 'c',
            Coverage::NotCovered => 'n',
            Coverage::Gap => 'g',
            Coverage::Missing => 'm',
            Coverage::Altered => 'x',
        };
        assert_eq!(calendar.rows[0].2.iter().map(sign).collect::<String>(), expected);
    }

    #[test]
    fn hours_have_their_cell_and_the_worst_is_kept() {
        let hour = |hour, coverage| span(hour, hour + 1, coverage);
        check(vec![hour(0, Coverage::Authentic), hour(2, Coverage::Consistent)], 1, "a.c");
        check(vec![hour(0, Coverage::Altered), hour(0, Coverage::Authentic)], 1, "x");
        check(
            vec![hour(0, Coverage::Authentic), span(1, 4, Coverage::Gap), hour(4, Coverage::Authentic)],
            1,
            "aggga",
        );
    }

    #[test]
    fn long_times_have_wider_cells() {
        let month: Vec<_> = (0..720).map(|hour| span(hour, hour + 1, Coverage::Authentic)).collect();
        let calendar = calendar(month);
        assert_eq!((calendar.step_ms / HOUR_MS, calendar.rows[0].2.len()), (6, 120));
        let hostile = span(0, 24 * 365 * 60, Coverage::Gap);
        assert!(super::calendar(vec![hostile]).rows[0].2.len() <= 400);
    }
}
