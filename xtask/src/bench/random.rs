//! Numbers that are the same on every machine and in every run.

/// SplitMix64 (Steele, Lea and Flood, 2014): small, and any seed is as good as any other.
pub struct Random(u64);

impl Random {
    /// The numbers of one of many: `of(seed, 3)` has nothing to do with `of(seed, 4)`.
    pub fn of(seed: u64, which: u64) -> Self {
        Self(Self(seed ^ which.wrapping_mul(0xd134_2543_de82_ef95)).next())
    }

    /// The next number, any of 64 bits.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`, which is not 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// One of them.
    pub fn pick(&mut self, of: &[&'static str]) -> &'static str {
        of[self.below(of.len() as u64) as usize]
    }

    /// Characters out of an alphabet of 16, 32 or 64.
    pub fn letters(&mut self, alphabet: &[u8], count: usize, out: &mut Vec<u8>) {
        let mut word = 0;
        for at in 0..count {
            if at % 10 == 0 {
                word = self.next();
            }
            out.push(alphabet[(word & 63) as usize % alphabet.len()]);
            word >>= 6;
        }
    }
}

/// Ranks with the weights 1, 1/2, 1/3, …: a few are frequent, most are rare.
pub struct Zipf(Vec<u64>);

impl Zipf {
    /// Ranks below `count`.
    pub fn new(count: u64) -> Self {
        // Whole numbers: floating point may differ in its last digit from machine to machine.
        let weights = (1..=count).map(|rank| 1_000_000 / rank + 1);
        Self(
            weights
                .scan(0, |sum, weight| {
                    Some({
                        *sum += weight;
                        *sum
                    })
                })
                .collect(),
        )
    }

    /// The next rank, 0 most often.
    pub fn rank(&self, random: &mut Random) -> usize {
        let point = random.below(self.0.last().copied().unwrap_or(1));
        self.0.partition_point(|&sum| sum <= point)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_the_published_ones() {
        // The first numbers of SplitMix64 with the seed 1234567.
        let mut random = Random(1_234_567);
        let first = [random.next(), random.next(), random.next()];
        assert_eq!(first, [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]);
    }

    #[test]
    fn each_of_many_has_its_own() {
        let firsts: std::collections::BTreeSet<u64> =
            (0..1_000).map(|which| Random::of(7, which).next()).collect();
        assert_eq!(firsts.len(), 1_000);
    }

    #[test]
    fn low_ranks_are_frequent() {
        let (zipf, mut random, mut counts) = (Zipf::new(50), Random(1), [0_u32; 50]);
        for _ in 0..100_000 {
            counts[zipf.rank(&mut random)] += 1;
        }
        let share = |rank: usize| f64::from(counts[rank]) / f64::from(counts[0]);
        assert!((share(1) - 0.5).abs() < 0.05 && (share(9) - 0.1).abs() < 0.02, "{counts:?}");
        assert!(counts[49] > 0);
    }
}
