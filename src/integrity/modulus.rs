//! Powers of large numbers modulo an odd one, after Montgomery: what verifying RSA signatures takes.
//!
//! It is for public numbers only, so its time may depend on them. Crates for large numbers do far more, and
//! would be a tenth of the worker.

/// An odd modulus, and what is worked out once for it.
pub struct Modulus {
    /// Its digits, the lowest first; the highest is not 0.
    digits: Vec<u32>,
    /// What times the lowest digit is -1 modulo 2^32.
    inverse: u32,
    /// The square of 2^(32 * digits), modulo it.
    square: Vec<u32>,
}

/// A number in digits of 32 bits, the lowest first.
pub fn digits(bytes: &[u8]) -> Vec<u32> {
    let digit = |bytes: &[u8]| bytes.iter().fold(0, |digit, &byte| digit << 8 | u32::from(byte));
    bytes.rchunks(4).map(digit).collect()
}

/// The lower half of a number.
fn low(number: u64) -> u32 {
    // Its upper half is carried on.
    (number & 0xffff_ffff) as u32
}

fn is_less(one: &[u32], other: &[u32]) -> bool {
    one.iter().rev().lt(other.iter().rev())
}

fn subtract(from: &mut [u32], number: &[u32]) {
    let mut borrow = false;
    for (digit, &other) in from.iter_mut().zip(number) {
        let (difference, first) = digit.overflowing_sub(other);
        let (difference, second) = difference.overflowing_sub(u32::from(borrow));
        *digit = difference;
        borrow = first || second;
    }
}

impl Modulus {
    /// `bytes` is odd and does not begin with 0.
    pub fn new(bytes: &[u8]) -> Self {
        let digits = digits(bytes);
        let lowest = digits.first().copied().unwrap_or(1);
        // Each round doubles how many of its bits are right; that of an odd number is right in three.
        let inverse = (0..5).fold(lowest, |inverse: u32, _| {
            inverse.wrapping_mul(2u32.wrapping_sub(lowest.wrapping_mul(inverse)))
        });
        let mut modulus = Self { square: vec![0; digits.len()], digits, inverse: inverse.wrapping_neg() };
        let mut square = modulus.one();
        for _ in 0..64 * modulus.digits.len() {
            modulus.double(&mut square);
        }
        modulus.square = square;
        modulus
    }

    fn one(&self) -> Vec<u32> {
        (0..self.digits.len()).map(|place| u32::from(place == 0)).collect()
    }

    fn double(&self, number: &mut [u32]) {
        let mut carry = 0;
        for digit in number.iter_mut() {
            (*digit, carry) = (*digit << 1 | carry, *digit >> 31);
        }
        if carry > 0 || !is_less(number, &self.digits) {
            subtract(number, &self.digits);
        }
    }

    /// The product of two numbers below it, divided by 2^(32 * digits).
    fn product(&self, one: &[u32], other: &[u32]) -> Vec<u32> {
        let (modulus, len) = (&self.digits, self.digits.len());
        let mut sum = vec![0u32; len];
        let mut top = 0u64;
        for &digit in one {
            let mut carry = 0;
            for (place, &factor) in sum.iter_mut().zip(other) {
                let next = u64::from(*place) + u64::from(digit) * u64::from(factor) + carry;
                (*place, carry) = (low(next), next >> 32);
            }
            top += carry;
            let times = sum.first().copied().unwrap_or_default().wrapping_mul(self.inverse);
            let mut carry = 0;
            for (place, &factor) in sum.iter_mut().zip(modulus) {
                let next = u64::from(*place) + u64::from(times) * u64::from(factor) + carry;
                (*place, carry) = (low(next), next >> 32);
            }
            // The lowest digit has become 0: all move down by one.
            sum.rotate_left(1);
            top += carry;
            if let Some(highest) = sum.last_mut() {
                *highest = low(top);
            }
            top >>= 32;
        }
        if top > 0 || !is_less(&sum, modulus) {
            subtract(&mut sum, modulus);
        }
        sum
    }

    /// A power of a number; `None` for numbers that are not below it, and for the power 0.
    pub fn power(&self, number: &[u32], exponent: u32) -> Option<Vec<u32>> {
        if number.len() != self.digits.len() || !is_less(number, &self.digits) || exponent == 0 {
            return None;
        }
        let base = self.product(number, &self.square);
        let mut power = base.clone();
        for bit in (0..exponent.ilog2()).rev() {
            power = self.product(&power, &power);
            if exponent >> bit & 1 == 1 {
                power = self.product(&power, &base);
            }
        }
        Some(self.product(&power, &self.one()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_bigint::BigUint;
    use proptest::prelude::*;

    fn check(modulus: &[u8], number: &[u8], exponent: u32) {
        let large = BigUint::from_bytes_be(modulus);
        let number = BigUint::from_bytes_be(number) % &large;
        let mut padded = vec![0; modulus.len()];
        let bytes = number.to_bytes_be();
        padded[modulus.len() - bytes.len()..].copy_from_slice(&bytes);
        let expected = number.modpow(&BigUint::from(exponent), &large).to_bytes_be();
        let found = Modulus::new(modulus).power(&digits(&padded), exponent).unwrap();
        let found: Vec<u8> = found.iter().rev().flat_map(|digit| digit.to_be_bytes()).collect();
        assert_eq!(BigUint::from_bytes_be(&found), BigUint::from_bytes_be(&expected));
    }

    proptest! {
        #[test]
        fn powers_are_those_of_num_bigint(
            mut modulus in prop::collection::vec(any::<u8>(), 2..80),
            number in prop::collection::vec(any::<u8>(), 0..80),
            exponent in 1u32..,
        ) {
            modulus[0] |= 1;
            *modulus.last_mut().unwrap() |= 1;
            check(&modulus, &number, exponent);
        }
    }

    #[test]
    fn extremes() {
        let ones = [0xff; 64];
        for exponent in [1, 2, 3, 65_537, u32::MAX] {
            for number in [&[0][..], &[1], &[0xff; 63], &ones] {
                check(&ones, number, exponent);
                check(&[0x80, 0, 0, 0, 0, 0, 0, 1], number, exponent);
                check(&[3], number, exponent);
            }
        }
        let modulus = Modulus::new(&ones);
        assert_eq!(modulus.power(&digits(&ones), 3), None);
        assert_eq!(modulus.power(&[1], 3), None);
        assert_eq!(modulus.power(&digits(&[0; 64]), 0), None);
    }
}
