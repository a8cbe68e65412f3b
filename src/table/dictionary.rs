//! Interned strings: what repeats is stored once and compared as a number.

use hashbrown::HashTable;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Distinct strings, numbered from 1 in the order they were first seen. Id 0 is "absent".
pub struct Dictionary {
    /// Half of each value's hash, and its id. Half a hash tells nearly all values apart without a look at their
    /// text, which is somewhere else in memory, and is enough to find a new place for them.
    ids: HashTable<(u32, u32)>,
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

    /// The id of a text, new if it has not been seen. Bytes that are no UTF-8 count as U+FFFD.
    ///
    /// Texts come as bytes because nearly all have been seen: only a new one is looked at as a text.
    pub fn intern(&mut self, value: &[u8]) -> u32 {
        let hash = half(xxh3_64_with_seed(value, self.seed));
        self.place(hash, value).unwrap_or_else(|| self.add(hash, value))
    }

    fn place(&self, hash: u32, value: &[u8]) -> Option<u32> {
        let is_it = |&(other, id): &(u32, u32)| other == hash && same(self.bytes(id), value);
        self.ids.find(spread(hash), is_it).map(|&(_, id)| id)
    }

    /// The bytes of a value; none for [`Dictionary::ABSENT`].
    fn bytes(&self, id: u32) -> &[u8] {
        let (start, end) = range(&self.ends, id);
        &self.text.as_bytes()[start..end]
    }

    #[cold]
    fn add(&mut self, hash: u32, value: &[u8]) -> u32 {
        let Ok(value) = std::str::from_utf8(value) else {
            return self.intern(String::from_utf8_lossy(value).as_bytes());
        };
        // 2^32 distinct values do not fit in a tab's memory.
        let id = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.ids.insert_unique(spread(hash), (hash, id), |&(hash, _)| spread(hash));
        self.text.push_str(value);
        self.ends.push(self.text.len());
        id
    }

    /// The id of a value that has been seen.
    #[must_use]
    pub fn find(&self, value: &str) -> Option<u32> {
        self.place(half(xxh3_64_with_seed(value.as_bytes(), self.seed)), value.as_bytes())
    }

    /// The value behind an id; `None` for [`Dictionary::ABSENT`].
    #[must_use]
    pub fn get(&self, id: u32) -> Option<&str> {
        let (start, end) = range(&self.ends, id);
        if id == Self::ABSENT { None } else { self.text.get(start..end) }
    }

    /// A hash of a text, the same in every dictionary of the session; 0 for none.
    #[must_use]
    pub fn hash(&self, text: &str) -> u64 {
        if text.is_empty() { 0 } else { xxh3_64_with_seed(text.as_bytes(), self.seed) }
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

/// Whether two texts are the same. wasm compares bytes one by one; this takes eight in a step.
fn same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let eight = |bytes: &[u8], at: usize| {
        bytes.get(at..).and_then(<[u8]>::first_chunk).map(|chunk| u64::from_le_bytes(*chunk))
    };
    let mut at = 0;
    while let (Some(left), Some(right)) = (eight(one, at), eight(other, at)) {
        if left != right {
            return false;
        }
        at += 8;
    }
    match (one.last_chunk::<8>(), other.last_chunk::<8>()) {
        (Some(left), Some(right)) => u64::from_le_bytes(*left) == u64::from_le_bytes(*right),
        _ => one == other,
    }
}

/// The half of a hash that is kept.
fn half(hash: u64) -> u32 {
    (hash >> 32) as u32
}

/// A kept half as a table wants a hash: with differences in its lowest and in its topmost bits.
fn spread(half: u32) -> u64 {
    u64::from(half) << 32 | u64::from(half)
}

/// Where the text of an id begins and ends.
fn range(ends: &[usize], id: u32) -> (usize, usize) {
    let id = id as usize;
    match (id.checked_sub(1).and_then(|before| ends.get(before)), ends.get(id)) {
        (Some(&start), Some(&end)) => (start, end),
        _ => (0, 0),
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
    /// The id asked for last: calls come in bursts, so it is often the next one too.
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

    /// The id of a text for [`Column::push`]; see [`Dictionary::intern`].
    pub fn intern(&mut self, value: &[u8]) -> u32 {
        if self.last == Dictionary::ABSENT || !same(self.dictionary.bytes(self.last), value) {
            self.last = self.dictionary.intern(value);
        }
        self.last
    }

    /// Adds a row by the id of its value, or [`Dictionary::ABSENT`]. Rows come in order.
    pub fn push(&mut self, row: u32, id: u32) {
        if let Some(rows) = &mut self.rows {
            if id == Dictionary::ABSENT {
                return;
            }
            rows.push(row);
        }
        self.ids.push(id);
    }

    /// Adds a row by its value.
    pub fn push_text(&mut self, row: u32, value: Option<&str>) {
        let id = value.map_or(Dictionary::ABSENT, |value| self.intern(value.as_bytes()));
        self.push(row, id);
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
                let id = value.as_ref().map_or(Dictionary::ABSENT, |value| column.intern(value.as_bytes()));
                column.push(row, id);
            }
            let back: Vec<_> = (0..values.len()).map(|row| column.get(row as u32).map(str::to_owned)).collect();
            prop_assert_eq!(&back, &values);
            for value in values.iter().flatten() {
                let id = column.dictionary.find(value);
                prop_assert_eq!(id.and_then(|id| column.dictionary.get(id)), Some(value.as_str()));
            }
            let distinct: std::collections::HashSet<_> = values.iter().flatten().collect();
            prop_assert_eq!(column.dictionary.len() as usize, distinct.len() + 1);
        }
    }

    #[test]
    fn bytes_that_are_no_text_have_one_id() {
        let mut column = Column::new(7, false);
        let lossy = column.intern("a\u{fffd}".as_bytes());
        for bytes in [b"a\xff", b"a\xfe"] {
            assert_eq!(column.intern(bytes), lossy);
        }
        assert_eq!(column.dictionary.get(lossy), Some("a\u{fffd}"));
    }

    proptest! {
        #[test]
        fn texts_are_the_same_as_their_bytes_are(
            one in prop::collection::vec(0u8..3, 0..40),
            other in prop::collection::vec(0u8..3, 0..40),
            at in 0usize..40,
        ) {
            prop_assert_eq!(same(&one, &other), one == other);
            prop_assert!(same(&one, &one.clone()));
            let mut changed = one.clone();
            if let Some(byte) = changed.get_mut(at) {
                *byte ^= 1;
                prop_assert!(!same(&one, &changed));
            }
        }
    }
}
