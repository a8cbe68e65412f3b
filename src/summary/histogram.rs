//! Events over time.

use crate::protocol::{Buckets, Histogram, PLAUSIBLE_MS, SortKey};
use crate::table::{EventTable, Marks};

/// Counts `rows` by bucket; undated events are in none.
#[must_use]
pub fn histogram(table: &EventTable, rows: &[u32], buckets: Buckets) -> Histogram {
    let mut histogram = empty(buckets);
    for &row in rows {
        add(&mut histogram, table, row, buckets);
    }
    histogram
}

pub(super) fn empty(buckets: Buckets) -> Histogram {
    Histogram { ok: vec![0; buckets.count as usize], error: vec![0; buckets.count as usize] }
}

pub(super) fn add(histogram: &mut Histogram, table: &EventTable, row: u32, buckets: Buckets) {
    let Some(at) = bucket(table.times()[row as usize], buckets) else {
        return;
    };
    let counts = if table.marks(row).has(Marks::ERROR) { &mut histogram.error } else { &mut histogram.ok };
    if let Some(count) = counts.get_mut(at) {
        *count += 1;
    }
}

fn bucket(time: i64, buckets: Buckets) -> Option<usize> {
    if time == SortKey::UNDATED {
        return None;
    }
    let since = time.saturating_sub(buckets.from_ms).div_euclid(buckets.step_ms.max(1));
    let last = i64::from(buckets.count) - 1;
    // The range leaves out absurd times; they are counted at its edge. Others outside came after the
    // question was asked, and the next one makes room for them.
    let at = if PLAUSIBLE_MS.contains(&time) { since } else { since.clamp(0, last) };
    usize::try_from(at).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absurd_times_stand_at_the_edge_and_late_comers_wait() {
        let from_ms = 1_688_774_400_000;
        let buckets = Buckets { from_ms, step_ms: 1_000, count: 10 };
        for (time, expected) in [
            (from_ms, Some(0)),
            (from_ms + 9_999, Some(9)),
            (-62_135_596_800_000, Some(0)),
            (253_402_300_799_000, Some(9)),
            (SortKey::UNDATED, None),
        ] {
            assert_eq!(bucket(time, buckets), expected, "{time}");
        }
        assert_eq!(bucket(from_ms - 1, buckets), None);
        // Behind the last bucket there is nothing to count in.
        assert!(bucket(from_ms + 60_000, buckets).is_none_or(|at| at >= 10));
    }
}
