//! The originals of a hand-over, of all shards.

use crate::protocol::Originals;

/// The originals of several shards as one. A value of two categories is of the first.
#[must_use]
pub fn originals(parts: Vec<Originals>) -> Originals {
    let mut all = Originals::default();
    for part in parts {
        all.values.extend(part.values);
        all.ids.extend(part.ids);
        all.words.extend(part.words);
    }
    all.values.sort_unstable();
    all.values.dedup_by(|one, other| one.0 == other.0);
    all.ids.sort_unstable();
    all.ids.dedup();
    all.words.sort_unstable();
    all.words.dedup();
    all
}
