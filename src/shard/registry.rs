//! Who shows an event of which there are exact copies.
//!
//! Trails overlap: in real deliveries a fifth of the records come twice, in different files. Each
//! shard keeps the claims to one part of all hashes. The copy that was dropped first is shown,
//! whichever shard read it first, so the same files give the same page every time.

use std::collections::BTreeMap;

use hashbrown::HashTable;

use crate::protocol::{Claim, RowRef, Ruling};

/// The shard that keeps the registry of this hash.
pub fn keeper(hash: u128, shards: u16) -> u16 {
    // The high bits choose the shard, the low bits the place in its table.
    let share = ((hash >> 112) * u128::from(shards.max(1))) >> 16;
    u16::try_from(share).unwrap_or(0)
}

/// The claims of one part of the hashes.
pub struct Registry {
    shown: HashTable<Shown>,
}

/// The claim that is shown, and how many copies of it are not.
struct Shown {
    claim: Claim,
    copies: u32,
}

impl Registry {
    pub fn new() -> Self {
        Self { shown: HashTable::new() }
    }

    /// Registers claims and rules on them; the rulings by the shard they are for.
    pub fn register(&mut self, claims: &[Claim]) -> BTreeMap<u16, Vec<Ruling>> {
        let mut rulings: BTreeMap<u16, Vec<Ruling>> = BTreeMap::new();
        let mut rule = |row: RowRef, ruling: Ruling| rulings.entry(row.shard).or_default().push(ruling);
        for claim in claims {
            let entry = self.shown.entry(
                low_bits(claim),
                |known| known.claim.hash == claim.hash,
                |known| low_bits(&known.claim),
            );
            match entry {
                hashbrown::hash_table::Entry::Vacant(free) => {
                    free.insert(Shown { claim: *claim, copies: 0 });
                }
                hashbrown::hash_table::Entry::Occupied(mut found) => {
                    let Shown { claim: shown, copies } = found.get_mut();
                    // Copies are settled anew while earlier claims are still on their way.
                    if shown.row == claim.row {
                        continue;
                    }
                    let hidden = if (claim.source, claim.record) < (shown.source, shown.record) {
                        std::mem::replace(shown, *claim)
                    } else {
                        *claim
                    };
                    *copies += 1;
                    rule(hidden.row, Ruling::Copy(hidden.row.row));
                    rule(shown.row, Ruling::Copies(shown.row.row, *copies));
                }
            }
        }
        rulings
    }
}

fn low_bits(claim: &Claim) -> u64 {
    #[expect(clippy::cast_possible_truncation, reason = "the low half is meant")]
    let low = claim.hash as u64;
    low
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn claim(hash: u128, shard: u16, row: u32, source: u32) -> Claim {
        Claim { hash, row: RowRef { shard, row }, source, record: 0 }
    }

    #[test]
    fn the_copy_dropped_first_is_shown() {
        let mut registry = Registry::new();
        assert!(registry.register(&[claim(1, 0, 0, 5)]).is_empty());
        let later = registry.register(&[claim(1, 1, 0, 9)]);
        assert_eq!(later[&1], [Ruling::Copy(0)]);
        assert_eq!(later[&0], [Ruling::Copies(0, 1)]);
        let earlier = registry.register(&[claim(1, 1, 7, 2)]);
        assert_eq!(earlier[&0], [Ruling::Copy(0)]);
        assert_eq!(earlier[&1], [Ruling::Copies(7, 2)]);
    }

    #[test]
    fn a_claim_made_twice_does_not_hide_its_own_row() {
        let mut registry = Registry::new();
        registry.register(&[claim(1, 0, 0, 5)]);
        assert!(registry.register(&[claim(1, 0, 0, 5)]).is_empty());
    }

    proptest! {
        #[test]
        fn every_hash_has_one_keeper(hash in any::<u128>(), shards in 1u16..9) {
            prop_assert!(keeper(hash, shards) < shards);
        }

        #[test]
        fn one_of_equal_claims_stays_whatever_the_order(order in Just((0..12u32).collect::<Vec<_>>()).prop_shuffle()) {
            let mut registry = Registry::new();
            let mut hidden = std::collections::BTreeSet::new();
            for source in order {
                for ruling in registry.register(&[claim(u128::from(source % 3), 0, source, source)]).into_values().flatten() {
                    if let Ruling::Copy(row) = ruling {
                        hidden.insert(row);
                    }
                }
            }
            prop_assert_eq!(hidden.into_iter().collect::<Vec<_>>(), (3..12).collect::<Vec<_>>());
        }
    }
}
