//! The directory at the end of a zip archive, held against the entries that were seen.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64;

use crate::ingest::report::grouped;

/// Names that were seen, and names that are listed.
#[derive(Default)]
pub(super) struct Directory {
    /// How often each name was seen and is not yet listed, by its hash.
    seen: BTreeMap<u64, u32>,
    /// Entries that are listed and were not seen: how many, and the first one's name.
    only_listed: u64,
    first: String,
}

impl Directory {
    /// An entry stands in the archive.
    pub fn saw(&mut self, name: &str) {
        *self.seen.entry(xxh3_64(name.as_bytes())).or_default() += 1;
    }

    /// The directory lists an entry.
    pub fn lists(&mut self, name: &str) {
        match self.seen.get_mut(&xxh3_64(name.as_bytes())) {
            Some(count @ 1..) => *count -= 1,
            _ => {
                if self.only_listed == 0 {
                    name.clone_into(&mut self.first);
                }
                self.only_listed += 1;
            }
        }
    }

    /// What the two do not agree about, in a sentence.
    pub fn trouble(&self) -> Option<String> {
        let unlisted: u64 = self.seen.values().map(|&count| u64::from(count)).sum();
        let missing = match self.only_listed {
            0 => None,
            1 => Some(format!("Its directory lists {}, which is not in it.", self.first)),
            count => Some(format!(
                "Its directory lists {} entries that are not in it, the first is {}.",
                grouped(count),
                self.first
            )),
        };
        let unlisted = match unlisted {
            0 => None,
            1 => Some("1 entry is not in its directory.".to_owned()),
            count => Some(format!("{} entries are not in its directory.", grouped(count))),
        };
        let sentences: Vec<String> = missing.into_iter().chain(unlisted).collect();
        (!sentences.is_empty()).then(|| sentences.join(" "))
    }
}
