//! Steps of time that a reader can name.

use crate::protocol::Buckets;

/// Bars of the histogram, at most.
const BARS: i64 = 210;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

const STEPS: [i64; 25] = [
    SECOND,
    2 * SECOND,
    5 * SECOND,
    10 * SECOND,
    15 * SECOND,
    30 * SECOND,
    MINUTE,
    2 * MINUTE,
    5 * MINUTE,
    10 * MINUTE,
    15 * MINUTE,
    20 * MINUTE,
    30 * MINUTE,
    HOUR,
    2 * HOUR,
    3 * HOUR,
    6 * HOUR,
    12 * HOUR,
    DAY,
    2 * DAY,
    7 * DAY,
    14 * DAY,
    28 * DAY,
    91 * DAY,
    364 * DAY,
];

/// The smallest steps that cover `first_ms..=last_ms` in few enough bars.
#[must_use]
pub fn buckets_for(first_ms: i64, last_ms: i64) -> Buckets {
    let covering = |step_ms: i64| {
        let from_ms = first_ms.div_euclid(step_ms).saturating_mul(step_ms);
        let count = last_ms.saturating_sub(from_ms) / step_ms + 1;
        (count, from_ms, step_ms)
    };
    let whole = i64::max(364 * DAY, last_ms.saturating_sub(first_ms) / (BARS - 1) + 1);
    let (count, from_ms, step_ms) = STEPS
        .into_iter()
        .chain([whole])
        .map(covering)
        .find(|(count, ..)| *count <= BARS)
        .unwrap_or((1, first_ms, i64::MAX));
    Buckets { from_ms, step_ms, count: u32::try_from(count.max(1)).unwrap_or(1) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn steps_are_ones_a_reader_can_name() {
        let day = 1_688_860_800_000;
        assert_eq!(buckets_for(day + 5, day + 5), Buckets { from_ms: day, step_ms: SECOND, count: 1 });
        assert_eq!(buckets_for(day, day + HOUR).step_ms, 30 * SECOND);
        assert_eq!(buckets_for(day, day + 60 * HOUR).step_ms, 20 * MINUTE);
        assert_eq!(buckets_for(0, day).step_ms, 364 * DAY);
    }

    proptest! {
        #[test]
        fn every_time_is_in_a_bucket(a in any::<i64>(), b in any::<i64>()) {
            let (first, last) = (a.min(b) / 4, a.max(b) / 4);
            let buckets = buckets_for(first, last);
            prop_assert!(buckets.count >= 1 && i64::from(buckets.count) <= BARS + 1);
            prop_assert!(buckets.from_ms <= first);
            let end = i128::from(buckets.from_ms) + i128::from(buckets.step_ms) * i128::from(buckets.count);
            prop_assert!(end > i128::from(last));
        }
    }
}
