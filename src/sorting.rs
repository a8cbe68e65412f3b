//! One stable sort for the lists of the page.
//!
//! The standard library's sort is compiled anew for every type of element, at some 3 kB each time.
//! For lists as long as a screen or a ledger its speed is not worth its size, so here the places of
//! the elements are sorted, which is compiled once. The tables of a shard use the standard one.

use std::cmp::Ordering;

/// Sorts stably: elements that compare as equal keep their order.
pub fn sort_by<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    let mut to = destinations(items.len(), &|one, other| compare(&items[one], &items[other]));
    settle(&mut to, &mut |one, other| items.swap(one, other));
}

/// Where each element belongs.
fn destinations(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|&one, &other| compare(one, other));
    let mut to = vec![0; len];
    for (place, &from) in order.iter().enumerate() {
        to[from] = place;
    }
    to
}

/// Puts every element where it belongs, each with at most one swap.
fn settle(to: &mut [usize], swap: &mut dyn FnMut(usize, usize)) {
    for at in 0..to.len() {
        while to[at] != at {
            let there = to[at];
            swap(at, there);
            to.swap(at, there);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sorts_as_the_standard_library_does(keys in prop::collection::vec(0u8..9, 0..200)) {
            let mut ours: Vec<(u8, usize)> = keys.iter().copied().zip(0..).collect();
            let mut theirs = ours.clone();
            sort_by(&mut ours, |one, other| one.0.cmp(&other.0));
            theirs.sort_by_key(|(key, _)| *key);
            prop_assert_eq!(ours, theirs);
        }
    }
}
