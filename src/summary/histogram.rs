//! Events over time.

use crate::protocol::{Buckets, Histogram, SortKey};
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
    // What lies outside is counted at the edge: the range leaves out absurd times.
    let since = time.saturating_sub(buckets.from_ms).max(0) / buckets.step_ms.max(1);
    let last = usize::try_from(buckets.count).ok()?.checked_sub(1)?;
    Some(usize::try_from(since).unwrap_or(last).min(last))
}
