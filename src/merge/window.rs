//! Finding rows `first..first + len` of the merged order of all shards.
//!
//! Every shard has its matches in order and has told the key at every 256th place. Two million
//! rows are eight thousand such samples, so the page can hold them all and say, for any key,
//! between which two places of each shard it falls: at most 255 rows of doubt for each shard.
//! [`plan_keys`] asks for the keys in doubt around the window, [`cut`] merges those and knows the
//! exact places. Two short messages to each shard find any window, wherever it lies.

use crate::protocol::SortKey;
use crate::sorting::sort_by;

/// A shard samples the keys at places 0, 256, 512, ….
pub const SAMPLE_STEP: u32 = 256;

/// What the page knows of the order in one shard.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShardOrder {
    /// How many rows match.
    pub count: u32,
    /// The keys at every [`SAMPLE_STEP`]th place, ascending.
    pub samples: Vec<SortKey>,
}

/// Places whose keys must be known to cut a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeySpan {
    /// The shard.
    pub shard: u16,
    /// The first place. Every row of this shard before it is also before the window.
    pub from: u32,
    /// How many; 0 where the shard has no row in or near the window.
    pub len: u32,
}

/// Places whose rows lie in a window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowSpan {
    /// The shard.
    pub shard: u16,
    /// The first place.
    pub from: u32,
    /// How many, at least 1.
    pub len: u32,
}

impl ShardOrder {
    /// Between which bounds the number of keys below `key` lies.
    fn below(&self, key: &SortKey) -> (u32, u32) {
        let samples = self.samples.partition_point(|sample| sample < key);
        let place = u32::try_from(samples).unwrap_or(u32::MAX).saturating_mul(SAMPLE_STEP);
        if samples == 0 {
            return (0, 0);
        }
        // The last sample below the key is below it; the one after is not.
        let at_least = place.saturating_sub(SAMPLE_STEP - 1);
        (at_least.min(self.count), place.min(self.count))
    }
}

/// The keys to ask for, one span for every shard in order, those with nothing to ask included:
/// [`cut`] counts the rows before them.
///
/// All rows `first..first + len` of the merged order lie in the spans, and the spans hold no more
/// than `len + 512 × (shards + 1)` keys. A window past the end is cut to what there is.
#[must_use]
pub fn plan_keys(shards: &[ShardOrder], first: u64, len: u32) -> Vec<KeySpan> {
    let end = first.saturating_add(u64::from(len));
    let start = last_sample(shards, |_, high| high <= first);
    let stop = first_sample(shards, |low, _| low >= end);
    (0..)
        .zip(shards)
        .map(|(shard, order)| {
            let from = start.map_or(0, |key| order.below(key).0);
            let to = stop.map_or(order.count, |key| order.below(key).1);
            KeySpan { shard, from, len: if len == 0 { 0 } else { to.saturating_sub(from) } }
        })
        .collect()
}

/// The greatest sample of any shard whose bounds on its rank satisfy `holds`, which must be true
/// up to some sample and false from there on.
fn last_sample(shards: &[ShardOrder], holds: impl Fn(u64, u64) -> bool) -> Option<&SortKey> {
    let last = |order: &ShardOrder| {
        order.samples.partition_point(|key| {
            let (low, high) = rank(shards, key);
            holds(low, high)
        })
    };
    shards.iter().filter_map(|order| order.samples.get(last(order).checked_sub(1)?)).max()
}

/// The least sample of any shard whose bounds on its rank satisfy `holds`, which must be false up
/// to some sample and true from there on.
fn first_sample(shards: &[ShardOrder], holds: impl Fn(u64, u64) -> bool) -> Option<&SortKey> {
    let first = |order: &ShardOrder| {
        order.samples.partition_point(|key| {
            let (low, high) = rank(shards, key);
            !holds(low, high)
        })
    };
    shards.iter().filter_map(|order| order.samples.get(first(order))).min()
}

/// Between which bounds the number of keys below `key` lies, over all shards.
fn rank(shards: &[ShardOrder], key: &SortKey) -> (u64, u64) {
    shards
        .iter()
        .map(|order| order.below(key))
        .fold((0, 0), |(low, high), (least, most)| (low + u64::from(least), high + u64::from(most)))
}

/// Cuts the window out of the keys that [`plan_keys`] asked for.
///
/// `keys` holds every span of the plan with its keys, ascending. The result says which rows to
/// fetch, and in which order `(shard, place)` they stand in the window.
#[must_use]
pub fn cut(keys: &[(KeySpan, Vec<SortKey>)], first: u64, len: u32) -> (Vec<RowSpan>, Vec<(u16, u32)>) {
    let before: u64 = keys.iter().map(|(span, _)| u64::from(span.from)).sum();
    let skip = usize::try_from(first.saturating_sub(before)).unwrap_or(usize::MAX);
    let wanted = usize::try_from(len).unwrap_or(usize::MAX);

    let mut merged: Vec<(&SortKey, u16, u32)> = keys
        .iter()
        .flat_map(|(span, keys)| (span.from..).zip(keys).map(|(place, key)| (key, span.shard, place)))
        .collect();
    // A stable sort finds the ascending runs and merges them.
    sort_by(&mut merged, Ord::cmp);

    let order: Vec<(u16, u32)> =
        merged.into_iter().skip(skip).take(wanted).map(|(_, shard, place)| (shard, place)).collect();
    (spans(&order), order)
}

/// The places of each shard in a window. They are contiguous: both orders are the same.
fn spans(order: &[(u16, u32)]) -> Vec<RowSpan> {
    let mut spans: Vec<RowSpan> = Vec::new();
    for &(shard, place) in order {
        match spans.iter_mut().find(|span| span.shard == shard) {
            Some(span) => span.len += 1,
            None => spans.push(RowSpan { shard, from: place, len: 1 }),
        }
    }
    sort_by(&mut spans, |one, other| one.shard.cmp(&other.shard));
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Deals `count` distinct ascending keys to shards by the numbers in `deal`, in runs.
    fn shards(shards: usize, counts: u32, runs: &[(u8, u16)]) -> Vec<Vec<SortKey>> {
        let mut dealt = vec![Vec::new(); shards];
        let mut key = 0;
        for (shard, run) in runs.iter().cycle().take(20_000) {
            for _ in 0..=*run {
                if key == counts {
                    return dealt;
                }
                let time = i64::from(key / 3) - 50;
                let by = SortKey::value(Some(&format!("{:05}", key / 9)), false);
                dealt[usize::from(*shard) % shards].push(SortKey { by, time, source: key, record: key % 7 });
                key += 1;
            }
        }
        dealt
    }

    fn check(shards: &[Vec<SortKey>], first: u64, len: u32) {
        let orders: Vec<ShardOrder> = shards
            .iter()
            .map(|keys| ShardOrder {
                count: u32::try_from(keys.len()).unwrap(),
                samples: keys.iter().step_by(256).cloned().collect(),
            })
            .collect();
        let plan = plan_keys(&orders, first, len);
        assert_eq!(plan.len(), shards.len());
        let asked: u64 = plan.iter().map(|span| u64::from(span.len)).sum();
        assert!(asked <= u64::from(len) + 512 * (shards.len() as u64 + 1), "{asked} keys for {len} rows");

        let keys: Vec<(KeySpan, Vec<SortKey>)> = plan
            .iter()
            .map(|span| {
                let from = span.from as usize;
                let keys = &shards[usize::from(span.shard)];
                (*span, keys[from..from + span.len as usize].to_vec())
            })
            .collect();
        let (spans, order) = cut(&keys, first, len);

        let mut whole: Vec<(SortKey, u16, u32)> = (0..)
            .zip(shards)
            .flat_map(|(shard, keys)| (0..).zip(keys).map(move |(place, key)| (key.clone(), shard, place)))
            .collect();
        whole.sort();
        let expected: Vec<(u16, u32)> = whole
            .into_iter()
            .skip(usize::try_from(first).unwrap())
            .take(len as usize)
            .map(|(_, shard, place)| (shard, place))
            .collect();
        assert_eq!(order, expected, "rows {first}..+{len}");

        let mut fetched: Vec<(u16, u32)> = spans
            .iter()
            .flat_map(|span| (span.from..span.from + span.len).map(|place| (span.shard, place)))
            .collect();
        fetched.sort_unstable();
        let mut sorted = expected;
        sorted.sort_unstable();
        assert_eq!(fetched, sorted);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn any_window_is_the_window_of_a_naive_merge(
            count in 1usize..9,
            rows in prop_oneof![0u32..5000, 0u32..40_000],
            runs in prop::collection::vec((any::<u8>(), prop_oneof![0u16..4, 0u16..2000]), 1..40),
            at in 0.0f64..1.1,
            len in prop_oneof![0u32..3, 0u32..600],
        ) {
            let dealt = shards(count, rows, &runs);
            let total: usize = dealt.iter().map(Vec::len).sum();
            let first = (total as f64 * at) as u64;
            check(&dealt, first, len);
            check(&dealt, 0, len);
            check(&dealt, (total as u64).saturating_sub(u64::from(len)), len);
        }
    }

    #[test]
    fn nothing_to_show_asks_for_nothing() {
        assert_eq!(plan_keys(&[], 0, 100), []);
        assert_eq!(cut(&[], 0, 100), (vec![], vec![]));
        check(&[vec![], vec![], vec![]], 0, 100);
        check(&shards(3, 0, &[(0, 1)]), 5, 10);
    }

    #[test]
    fn one_shard_is_asked_for_little_more_than_the_window() {
        let dealt = shards(1, 10_000, &[(0, 9)]);
        check(&dealt, 9_900, 100);
        let order = ShardOrder { count: 10_000, samples: dealt[0].iter().step_by(256).cloned().collect() };
        let plan = plan_keys(&[order], 2_560, 60);
        assert!(plan[0].len < 60 + 1024, "{plan:?}");
    }

    #[test]
    fn a_shard_that_lies_wholly_after_the_window_is_not_asked() {
        let dealt = shards(2, 4_000, &[(0, 1_999), (1, 1_999)]);
        let orders: Vec<ShardOrder> = dealt
            .iter()
            .map(|keys| ShardOrder { count: 2_000, samples: keys.iter().step_by(256).cloned().collect() })
            .collect();
        assert_eq!(plan_keys(&orders, 0, 50)[1].len, 0);
        check(&dealt, 1_990, 20);
    }
}
