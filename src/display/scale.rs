//! The scales of the histogram: round tops, marks on the time axis.

use super::time::{DAY_MS, day, minute, month_index, month_start, month_year};

/// A mark on the time axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Where, milliseconds since 1970 UTC.
    pub at_ms: i64,
    /// `9 Jul`, `06:00` or `Jul 2023`.
    pub label: String,
    /// It is the start of a day, or of a year where marks are months: written bold.
    pub major: bool,
}

/// The next round number at or above `value`, so that the scale and its half are easy to read.
#[must_use]
pub fn round_up(value: u64) -> u64 {
    if value <= 2 {
        return 2;
    }
    let mut magnitude = 1u64;
    while magnitude.saturating_mul(10) <= value {
        magnitude = magnitude.saturating_mul(10);
    }
    // In halves of the magnitude, so that 24 (not only 20 and 50) is a top.
    for twentieths in [10u64, 12, 16, 20, 24, 30, 40, 50, 60, 80, 100] {
        let top = if magnitude >= 10 {
            (magnitude / 10).saturating_mul(twentieths)
        } else {
            twentieths.div_ceil(10)
        };
        if top >= value && top.is_multiple_of(2) {
            return top;
        }
    }
    value.saturating_add(value % 2)
}

/// Whether a range is so long that a day without its year could be any of several.
#[must_use]
pub fn needs_years(from_ms: i64, to_ms: i64) -> bool {
    to_ms.saturating_sub(from_ms) > 300 * DAY_MS
}

/// Marks for `from_ms..to_ms`, at most one every `room` pixels of `width`.
#[must_use]
pub fn ticks(from_ms: i64, to_ms: i64, width: u32, room: u32) -> Vec<Tick> {
    const MINUTE: i64 = 60_000;
    const STEPS: [i64; 15] = [
        1000,
        5_000,
        15_000,
        MINUTE,
        5 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        60 * MINUTE,
        3 * 60 * MINUTE,
        6 * 60 * MINUTE,
        12 * 60 * MINUTE,
        DAY_MS,
        2 * DAY_MS,
        7 * DAY_MS,
        28 * DAY_MS,
    ];
    let span = to_ms.saturating_sub(from_ms);
    let most = i64::from((width / room.max(1)).max(1));
    if span <= 0 {
        return Vec::new();
    }
    if needs_years(from_ms, to_ms) {
        return months(from_ms, to_ms, most);
    }
    let longest = 28 * DAY_MS;
    let step = STEPS
        .into_iter()
        .find(|step| span / step <= most)
        .unwrap_or_else(|| (span / most / longest + 1).saturating_mul(longest));
    let first = from_ms.div_euclid(step).saturating_mul(step);
    let first = if first < from_ms { first.saturating_add(step) } else { first };
    // The count is bounded by `most`, whatever the range is.
    (0..=most)
        .map(|place| first.saturating_add(place.saturating_mul(step)))
        .take_while(|&at| at < to_ms)
        .map(|at_ms| {
            let major = at_ms.rem_euclid(DAY_MS) == 0;
            let label = match () {
                () if major => day(at_ms),
                () if step < MINUTE => super::clock(at_ms),
                () => minute(at_ms),
            };
            Tick { at_ms, label, major }
        })
        .collect()
}

/// Marks at the starts of months, for ranges of years.
fn months(from_ms: i64, to_ms: i64, most: i64) -> Vec<Tick> {
    const STEPS: [i64; 8] = [1, 2, 3, 6, 12, 24, 60, 120];
    let count = to_ms.saturating_sub(from_ms) / (30 * DAY_MS);
    let step =
        STEPS.into_iter().find(|step| count / step <= most).unwrap_or_else(|| (count / most / 120 + 1) * 120);
    let first = month_index(from_ms).div_euclid(step) * step;
    (0..=most + 1)
        .map(|place| first + place * step)
        .map(|index| Tick {
            at_ms: month_start(index),
            label: month_year(month_start(index)),
            major: index.rem_euclid(12) == 0,
        })
        .filter(|tick| (from_ms..to_ms).contains(&tick.at_ms))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn tops_are_round_and_even() {
        for (value, top) in [
            (0, 2),
            (1, 2),
            (3, 4),
            (7, 8),
            (9, 10),
            (11, 12),
            (23, 24),
            (97, 100),
            (2_310, 2_400),
            (2_401, 3_000),
        ] {
            assert_eq!(round_up(value), top, "{value}");
        }
    }

    #[test]
    fn two_days_have_marks_every_six_hours() {
        let from = 1_688_774_400_000; // 2023-07-08T00:00Z
        let marks = ticks(from, from + 2 * DAY_MS, 1080, 100);
        let labels: Vec<_> = marks.iter().map(|tick| (tick.label.as_str(), tick.major)).collect();
        assert_eq!(labels[..3], [("8 Jul", true), ("06:00", false), ("12:00", false)]);
        assert_eq!(labels[4], ("9 Jul", true));
        assert_eq!(labels.len(), 8);
    }

    #[test]
    fn years_have_marks_at_the_start_of_months() {
        let from = 1_541_376_000_000; // 2018-11-05
        let marks = ticks(from, from + 3 * 365 * DAY_MS, 1080, 100);
        let labels: Vec<_> = marks.iter().map(|tick| (tick.label.as_str(), tick.major)).collect();
        assert_eq!(labels[..3], [("Jan 2019", true), ("Jul 2019", false), ("Jan 2020", true)]);
        assert_eq!(labels.len(), 6);
    }

    proptest! {
        #[test]
        fn marks_are_few_and_inside(from: i64, span in 0i64..=i64::MAX, width in 0u32..4000) {
            let to = from.saturating_add(span);
            let marks = ticks(from, to, width, 90);
            prop_assert!(marks.len() <= (width / 90).max(1) as usize + 2);
            prop_assert!(marks.iter().all(|tick| tick.at_ms >= from && tick.at_ms < to));
        }

        #[test]
        fn a_top_is_never_below_its_value(value in 0u64..u64::MAX / 20) {
            prop_assert!(round_up(value) >= value);
        }
    }
}
