//! Interned strings: what repeats is stored once and compared as a number.

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Distinct strings, numbered from 1 in the order they were first seen. Id 0 is "absent".
pub struct Dictionary {
    ids: HashTable<u32>,
    /// All values one after another.
    text: String,
    /// Where each value ends in `text`; the value of id 0 is empty.
    ends: Vec<usize>,
    /// Keyed for this session: a log can't be written to make the table degenerate.
    seed: u64,
}

impl Dictionary {
    /// The id of a value that is not there.
    pub const ABSENT: u32 = 0;

    /// An empty dictionary.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { ids: HashTable::new(), text: String::new(), ends: vec![0], seed }
    }

    /// The id of `value`, new if it has not been seen.
    pub fn intern(&mut self, value: &str) -> u32 {
        let Self { ids, text, ends, seed } = self;
        let hash = |value: &str| xxh3_64_with_seed(value.as_bytes(), *seed);
        let entry =
            ids.entry(hash(value), |&id| slice(text, ends, id) == value, |&id| hash(slice(text, ends, id)));
        match entry {
            hashbrown::hash_table::Entry::Occupied(found) => *found.get(),
            hashbrown::hash_table::Entry::Vacant(free) => {
                // 2^32 distinct values do not fit in a tab's memory.
                let id = u32::try_from(ends.len()).unwrap_or(u32::MAX);
                free.insert(id);
                text.push_str(value);
                ends.push(text.len());
                id
            }
        }
    }

    /// The id of a value that has been seen.
    #[must_use]
    pub fn find(&self, value: &str) -> Option<u32> {
        let hash = xxh3_64_with_seed(value.as_bytes(), self.seed);
        self.ids.find(hash, |&id| slice(&self.text, &self.ends, id) == value).copied()
    }

    /// The value behind an id; `None` for [`Dictionary::ABSENT`].
    #[must_use]
    pub fn get(&self, id: u32) -> Option<&str> {
        (id != Self::ABSENT).then(|| slice(&self.text, &self.ends, id))
    }

    /// A hash of the value behind an id, the same in every dictionary of the session; 0 for
    /// [`Dictionary::ABSENT`].
    #[must_use]
    pub fn hash(&self, id: u32) -> u64 {
        self.get(id).map_or(0, |value| xxh3_64_with_seed(value.as_bytes(), self.seed))
    }

    /// One more than the highest id.
    #[must_use]
    pub fn len(&self) -> u32 {
        u32::try_from(self.ends.len()).unwrap_or(u32::MAX)
    }

    /// Whether nothing has been interned.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.len() == 1
    }
}

fn slice<'t>(text: &'t str, ends: &[usize], id: u32) -> &'t str {
    let id = id as usize;
    match (id.checked_sub(1).and_then(|before| ends.get(before)), ends.get(id)) {
        (Some(&start), Some(&end)) => &text[start..end],
        _ => "",
    }
}

/// One interned id for each row, or for each row that has a value.
pub struct Column {
    /// The values.
    pub dictionary: Dictionary,
    /// The id of each row's value; in a sparse column, of each of [`Column::rows`].
    pub ids: Vec<u32>,
    /// The rows that have a value, ascending, where only those are kept.
    pub rows: Option<Vec<u32>>,
    /// The id pushed last: calls come in bursts, so it is often the next one too.
    last: u32,
}

impl Dictionary {
    /// The place of each id in the order of the texts, which may be turned over; absence comes last.
    #[must_use]
    pub fn ranks(&self, descending: bool) -> Vec<u32> {
        let mut ids: Vec<u32> = (0..self.len()).collect();
        ids.sort_unstable_by(|&one, &other| match (self.get(one), self.get(other)) {
            (Some(one), Some(other)) if descending => other.cmp(one),
            (Some(one), Some(other)) => one.cmp(other),
            // None is less than any text.
            (one, other) => other.is_some().cmp(&one.is_some()),
        });
        let mut ranks = vec![0; ids.len()];
        for (rank, id) in (0..).zip(ids) {
            ranks[id as usize] = rank;
        }
        ranks
    }
}

impl Column {
    /// An empty column; a sparse one keeps only the rows that have a value.
    #[must_use]
    pub fn new(seed: u64, sparse: bool) -> Self {
        let rows = sparse.then(Vec::new);
        Self { dictionary: Dictionary::new(seed), ids: Vec::new(), rows, last: Dictionary::ABSENT }
    }

    /// Adds a row. Rows come in order.
    pub fn push(&mut self, row: u32, value: Option<&str>) {
        if let Some(rows) = &mut self.rows {
            if value.is_none() {
                return;
            }
            rows.push(row);
        }
        let id = match value {
            None => Dictionary::ABSENT,
            Some(value) if self.dictionary.get(self.last) == Some(value) => self.last,
            Some(value) => {
                self.last = self.dictionary.intern(value);
                self.last
            }
        };
        self.ids.push(id);
    }

    /// Forgets every row of a column that keeps only some; values keep their ids.
    pub fn clear(&mut self) {
        self.ids.clear();
        self.rows.iter_mut().for_each(Vec::clear);
    }

    /// The id of the value in a row.
    #[must_use]
    pub fn id(&self, row: u32) -> u32 {
        let at = match &self.rows {
            None => Ok(row as usize),
            Some(rows) => rows.binary_search(&row),
        };
        at.ok().and_then(|at| self.ids.get(at)).copied().unwrap_or(Dictionary::ABSENT)
    }

    /// The value in a row.
    #[must_use]
    pub fn get(&self, row: u32) -> Option<&str> {
        self.dictionary.get(self.id(row))
    }

    /// The value in a row, or nothing.
    #[must_use]
    pub fn text(&self, row: u32) -> &str {
        self.get(row).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn gives_back_what_was_put_in(
            values in prop::collection::vec(prop::option::of("[a-c]{0,3}"), 0..200),
            sparse in any::<bool>(),
        ) {
            let mut column = Column::new(7, sparse);
            for (row, value) in (0..).zip(&values) {
                column.push(row, value.as_deref());
            }
            let back: Vec<_> = (0..values.len()).map(|row| column.get(row as u32).map(str::to_owned)).collect();
            prop_assert_eq!(&back, &values);
            let distinct: std::collections::HashSet<_> = values.iter().flatten().collect();
            prop_assert_eq!(column.dictionary.len() as usize, distinct.len() + 1);
        }
    }
}
