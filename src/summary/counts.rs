//! Counting ids, and pairs of ids.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::event::BETWEEN;
use crate::table::Dictionary;

/// Counts of ids by a first id: for each service its event names, for each principal its keys.
#[derive(Default)]
pub struct PairCounts {
    counts: HashMap<u64, u64, BuildHasherDefault<IdHasher>>,
}

impl PairCounts {
    /// Counts one pair.
    pub fn add(&mut self, first: u32, second: u32) {
        *self.counts.entry(u64::from(first) << 32 | u64::from(second)).or_default() += 1;
    }

    /// The place of a pair among all different ones, in the order they were first seen.
    pub fn place(&mut self, first: u32, second: u32) -> usize {
        let next = self.counts.len() as u64;
        let place = *self.counts.entry(u64::from(first) << 32 | u64::from(second)).or_insert(next);
        usize::try_from(place).unwrap_or(usize::MAX)
    }

    /// For each first id, its second ids with counts, most first, absences left out; and how many
    /// there are before the list is cut to `most`.
    pub fn by_first(self, dictionary: &Dictionary, most: usize) -> HashMap<u32, (u64, Vec<(String, u64)>)> {
        let mut lists: HashMap<u32, Vec<(&str, u64)>> = HashMap::new();
        for (pair, count) in self.counts {
            #[expect(clippy::cast_possible_truncation, reason = "the two halves are taken apart")]
            let (first, second) = ((pair >> 32) as u32, pair as u32);
            if let Some(text) = dictionary.get(second) {
                lists.entry(first).or_default().push((text, count));
            }
        }
        let cut = |(first, mut list): (u32, Vec<(&str, u64)>)| {
            let all = list.len() as u64;
            most_first(&mut list);
            list.truncate(most);
            (first, (all, list.into_iter().map(|(text, count)| (clipped(text), count)).collect()))
        };
        lists.into_iter().map(cut).collect()
    }
}

/// Counts of joined values as counts of the single ones, most first.
pub fn taken_apart<'a>(joined: impl Iterator<Item = (&'a str, u64)>) -> Vec<(String, u64)> {
    let mut single: Vec<(&str, u64)> =
        joined.flat_map(|(text, count)| text.split(BETWEEN).map(move |one| (one, count))).collect();
    crate::sorting::sort_by(&mut single, |(one, _), (other, _)| one.cmp(other));
    let mut counts: Vec<(String, u64)> = Vec::new();
    for group in single.chunk_by(|(one, _), (other, _)| one == other) {
        let text = group.first().map_or("", |(text, _)| text);
        counts.push((text.to_owned(), group.iter().map(|(_, count)| count).sum()));
    }
    most_first(&mut counts);
    counts
}

/// What is sent of one value at most, in bytes: no reader looks at more, and a page would freeze.
const LONGEST: usize = 4 << 10;

/// A value as it is sent to be shown: cut, with an ellipsis, where it is very long.
#[must_use]
pub fn clipped(text: &str) -> String {
    if text.len() <= LONGEST {
        return text.to_owned();
    }
    let mut end = LONGEST;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    [text.get(..end).unwrap_or_default(), "…"].concat()
}

/// Keeps the ids with the highest counts, in no order.
pub fn keep_most(counts: &mut Vec<(u32, u64)>, most: usize) {
    if counts.len() > most {
        counts.select_nth_unstable_by(most, |(_, m), (_, n)| n.cmp(m));
        counts.truncate(most);
    }
}

/// Sorts by count, most first, then by text, so that equal counts have one order everywhere.
pub fn most_first<T: Ord>(list: &mut [(T, u64)]) {
    list.sort_unstable_by(|(a, m), (b, n)| n.cmp(m).then_with(|| a.cmp(b)));
}

/// Ids are small and dense; a multiplication spreads them enough.
#[derive(Default)]
struct IdHasher(u64);

impl Hasher for IdHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u64(u64::from(byte));
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
    }
}
