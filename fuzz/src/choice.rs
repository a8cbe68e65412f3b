//! Choices that follow from the input alone: the same bytes always fail in the same way, and a file
//! of the corpus is a real file without a preamble.

/// A stream of numbers, xorshift64* from a hash of the input.
pub struct Choice(u64);

impl Choice {
    /// The choices of this input.
    pub fn of(data: &[u8]) -> Self {
        // FNV-1a.
        let fold = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        Self(data.iter().fold(0xcbf2_9ce4_8422_2325, fold) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 24
    }

    /// Less than `end`, or 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next()).unwrap_or(0) % end.max(1)
    }

    /// One time in `count`.
    pub fn one_in(&mut self, count: usize) -> bool {
        self.below(count) == 0
    }

    /// `data` cut at chosen places into at most `most` parts, none of them empty but the only one.
    pub fn parts<'d>(&mut self, data: &'d [u8], most: usize) -> Vec<&'d [u8]> {
        let mut parts = Vec::new();
        let mut rest = data;
        for _ in 1..most {
            let (part, behind) = rest.split_at(self.below(rest.len()));
            if !part.is_empty() {
                parts.push(part);
            }
            rest = behind;
        }
        if !rest.is_empty() || parts.is_empty() {
            parts.push(rest);
        }
        parts
    }
}
