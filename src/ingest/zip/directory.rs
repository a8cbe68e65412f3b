//! The directory at the end of a zip archive, held against the entries that were seen.

use xxhash_rust::xxh3::xxh3_128_with_seed;

use crate::ingest::report::grouped;

/// Names that were seen, and names that are listed: how many, and the sum of their hashes. Equal sums
/// are equal sets, whatever their order, and need no memory.
#[derive(Default)]
pub(super) struct Directory {
    seen: Names,
    listed: Names,
}

#[derive(Default, PartialEq, Eq)]
struct Names {
    count: u64,
    sum: u128,
}

impl Names {
    fn add(&mut self, name: &str) {
        self.count += 1;
        self.sum = self.sum.wrapping_add(xxh3_128_with_seed(name.as_bytes(), 0));
    }
}

impl Directory {
    /// An entry stands in the archive.
    pub fn saw(&mut self, name: &str) {
        self.seen.add(name);
    }

    /// The directory lists an entry.
    pub fn lists(&mut self, name: &str) {
        self.listed.add(name);
    }

    /// What the two do not agree about, in a sentence.
    pub fn trouble(&self) -> Option<String> {
        let (seen, listed) = (self.seen.count, self.listed.count);
        if self.seen == self.listed {
            None
        } else if seen == listed {
            Some("Its directory lists other names than those in it.".to_owned())
        } else {
            let word = if listed == 1 { "entry" } else { "entries" };
            Some(format!(
                "Its directory lists {} {word}, the archive holds {}.",
                grouped(listed),
                grouped(seen)
            ))
        }
    }
}
