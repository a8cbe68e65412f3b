//! All rows in the order of time, kept up while rows are added.

use crate::protocol::SortKey;

/// The rows of a table by [`SortKey`], one order for each direction.
#[derive(Default)]
pub struct TimeOrder {
    oldest_first: Vec<u32>,
    newest_first: Vec<u32>,
}

impl TimeOrder {
    /// The rows in order. `key` gives the oldest-first key of a row; `rows` is how many there are.
    pub fn rows(&mut self, newest_first: bool, rows: u32, key: impl Fn(u32) -> SortKey) -> &[u32] {
        if newest_first {
            extend(&mut self.newest_first, rows, |row| reversed(key(row)));
            &self.newest_first
        } else {
            extend(&mut self.oldest_first, rows, key);
            &self.oldest_first
        }
    }
}

/// The same place seen from the newest end. Undated events stay at the end.
#[must_use]
pub fn reversed(key: SortKey) -> SortKey {
    if key.time == SortKey::UNDATED { key } else { SortKey { time: -key.time, ..key } }
}

/// Sorts what is new and merges it in: linear in what was there.
fn extend(order: &mut Vec<u32>, rows: u32, key: impl Fn(u32) -> SortKey) {
    let known = u32::try_from(order.len()).unwrap_or(u32::MAX);
    if known == rows {
        return;
    }
    let mut new: Vec<u32> = (known..rows).collect();
    new.sort_unstable_by_key(|&row| key(row));
    if order.is_empty() {
        *order = new;
        return;
    }
    let old = std::mem::take(order);
    order.reserve_exact(rows as usize);
    let (mut old, mut new) = (old.into_iter().peekable(), new.into_iter().peekable());
    while let (Some(&a), Some(&b)) = (old.peek(), new.peek()) {
        let next = if key(a) <= key(b) { old.next() } else { new.next() };
        order.extend(next);
    }
    order.extend(old);
    order.extend(new);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn growing_in_steps_sorts_like_sorting_at_once(
            times in prop::collection::vec(prop_oneof![0i64..9, Just(SortKey::UNDATED)], 1..80),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..5),
            newest_first in any::<bool>(),
        ) {
            let key = |row: u32| SortKey { time: times[row as usize], record: row, ..SortKey::default() };
            let mut order = TimeOrder::default();
            let mut steps: Vec<_> = cuts.iter().map(|cut| cut.index(times.len()) as u32).collect();
            steps.sort_unstable();
            for rows in steps {
                order.rows(newest_first, rows, key);
            }
            let sorted = order.rows(newest_first, times.len() as u32, key);
            let mut expected: Vec<u32> = (0..times.len() as u32).collect();
            expected.sort_by_key(|&row| if newest_first { reversed(key(row)) } else { key(row) });
            prop_assert_eq!(sorted, expected);
        }
    }
}
