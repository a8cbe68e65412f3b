//! A set of rows.

/// One bit for each row of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bitmap {
    words: Vec<u64>,
    len: usize,
}

impl Bitmap {
    /// No row of `len`.
    #[must_use]
    pub fn new(len: usize) -> Self {
        Self { words: vec![0; len.div_ceil(64)], len }
    }

    /// Every row of `len`.
    #[must_use]
    pub fn full(len: usize) -> Self {
        let mut all = Self { words: vec![u64::MAX; len.div_ceil(64)], len };
        all.trim();
        all
    }

    /// The rows of `len` for which `test` holds.
    pub fn from_fn(len: usize, mut test: impl FnMut(usize) -> bool) -> Self {
        let words = (0..len.div_ceil(64)).map(|word| {
            let first = word * 64;
            (first..len.min(first + 64)).fold(0, |bits, row| bits | u64::from(test(row)) << (row - first))
        });
        Self { words: words.collect(), len }
    }

    /// Clears the bits behind the last row.
    fn trim(&mut self) {
        let used = self.len % 64;
        if used > 0
            && let Some(last) = self.words.last_mut()
        {
            *last &= (1 << used) - 1;
        }
    }

    /// How many rows the table has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether no row is in the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.iter().all(|&word| word == 0)
    }

    /// Whether the row is in the set.
    #[must_use]
    pub fn get(&self, row: usize) -> bool {
        self.words.get(row / 64).is_some_and(|word| word >> (row % 64) & 1 == 1)
    }

    /// Puts the row into the set, or takes it out. A row the table does not have is passed over.
    pub fn set(&mut self, row: usize, value: bool) {
        if row >= self.len {
            return;
        }
        let bit = 1 << (row % 64);
        if let Some(word) = self.words.get_mut(row / 64) {
            *word = if value { *word | bit } else { *word & !bit };
        }
    }

    /// Keeps the rows that are also in `other`, a set over the same table.
    pub fn and(&mut self, other: &Self) {
        self.zip(other, |one, other| one & other);
    }

    /// Adds the rows of `other`.
    pub fn or(&mut self, other: &Self) {
        self.zip(other, |one, other| one | other);
    }

    /// Takes out the rows of `other`.
    pub fn and_not(&mut self, other: &Self) {
        self.zip(other, |one, other| one & !other);
    }

    fn zip(&mut self, other: &Self, join: impl Fn(u64, u64) -> u64) {
        debug_assert_eq!(self.len, other.len, "sets over different tables");
        for (one, other) in self.words.iter_mut().zip(&other.words) {
            *one = join(*one, *other);
        }
    }

    /// Turns the set into the rows that are not in it.
    pub fn not(&mut self) {
        self.words.iter_mut().for_each(|word| *word = !*word);
        self.trim();
    }

    /// How many rows are in the set.
    #[must_use]
    pub fn count(&self) -> usize {
        self.words.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// The rows in the set, ascending.
    pub fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(place, &word)| {
            std::iter::successors(Some(word), |bits| Some(bits & bits.wrapping_sub(1)))
                .take_while(|&bits| bits != 0)
                .map(move |bits| place * 64 + bits.trailing_zeros() as usize)
        })
    }

    /// The bits, 64 rows a word, the first row lowest; bits behind the last row are 0.
    #[must_use]
    pub fn words(&self) -> &[u64] {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_a_list_of_bools(rows in prop::collection::vec(any::<(bool, bool)>(), 0..200)) {
            let one = Bitmap::from_fn(rows.len(), |row| rows[row].0);
            let other = Bitmap::from_fn(rows.len(), |row| rows[row].1);
            let check = |set: &Bitmap, truth: fn(&(bool, bool)) -> bool| {
                let wanted: Vec<usize> = (0..rows.len()).filter(|&row| truth(&rows[row])).collect();
                assert_eq!(set.iter().collect::<Vec<_>>(), wanted);
                assert_eq!((set.count(), set.is_empty()), (wanted.len(), wanted.is_empty()));
                assert_eq!(*set, {
                    let mut set = Bitmap::new(rows.len());
                    wanted.iter().for_each(|&row| set.set(row, true));
                    set
                });
            };
            check(&one, |row| row.0);
            let apply = |change: fn(&mut Bitmap, &Bitmap)| {
                let mut set = one.clone();
                change(&mut set, &other);
                set
            };
            check(&apply(Bitmap::and), |row| row.0 && row.1);
            check(&apply(Bitmap::or), |row| row.0 || row.1);
            check(&apply(Bitmap::and_not), |row| row.0 && !row.1);
            check(&apply(|set, _| set.not()), |row| !row.0);
            check(&Bitmap::full(rows.len()), |_| true);
        }
    }

    #[test]
    fn rows_outside_the_table_are_nowhere() {
        let mut set = Bitmap::full(65);
        set.set(65, true);
        set.set(64, false);
        assert_eq!((set.get(63), set.get(64), set.get(65), set.count()), (true, false, false, 64));
    }
}
