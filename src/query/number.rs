//! Numbers as JSON writes them, compared exactly as decimals: byte counts and ids above 2^53 keep
//! their last digit, and no number is rounded to a float.

use std::cmp::Ordering;

/// A number out of a query or a record: `±0.d₁d₂… · 10^magnitude`, and no digits for zero.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) negative: bool,
    /// Neither the first nor the last is `0`.
    pub(super) digits: Vec<u8>,
    pub(super) magnitude: i64,
}

impl Number {
    /// Reads `-?digits[.digits][e±digits]` and nothing else: no `inf`, no `1_000`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = match mantissa.split_once('.') {
            Some((whole, fraction)) => (digits(whole)?, digits(fraction)?),
            None => (digits(mantissa)?, ""),
        };
        let all = || whole.bytes().chain(fraction.bytes());
        let zeros = all().take_while(|&digit| digit == b'0').count();
        let mut digits: Vec<u8> = all().skip(zeros).collect();
        while digits.last() == Some(&b'0') {
            digits.pop();
        }
        if digits.is_empty() {
            return Some(Self { negative: false, digits, magnitude: 0 });
        }
        // Both are lengths of texts in memory.
        let shift = i64::try_from(whole.len()).ok()? - i64::try_from(zeros).ok()?;
        Some(Self {
            negative: unsigned.len() < text.len(),
            digits,
            magnitude: exponent.saturating_add(shift),
        })
    }

    /// -1, 0 or 1.
    fn sign(&self) -> i8 {
        match (self.digits.is_empty(), self.negative) {
            (true, _) => 0,
            (false, true) => -1,
            (false, false) => 1,
        }
    }
}

impl Ord for Number {
    fn cmp(&self, other: &Self) -> Ordering {
        let size = || self.magnitude.cmp(&other.magnitude).then_with(|| self.digits.cmp(&other.digits));
        self.sign().cmp(&other.sign()).then_with(|| if self.negative { size().reverse() } else { size() })
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The text if it is one digit or more and nothing else.
fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

/// `7`, `+7` or `-7`. One that no computer could write out counts as the largest there is.
fn read_exponent(text: &str) -> Option<i64> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    let size = digits(unsigned)?
        .bytes()
        .fold(0i64, |size, digit| size.saturating_mul(10).saturating_add(i64::from(digit - b'0')));
    Some(if text.starts_with('-') { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn compares_exactly_however_a_number_is_written() {
        let compare = |one, other| Some(Number::parse(one)?.cmp(&Number::parse(other)?));
        for (one, other, order) in [
            ("1", "2", Ordering::Less),
            ("9007199254740993", "9007199254740992", Ordering::Greater),
            ("9007199254740993.0", "9007199254740992e0", Ordering::Greater),
            ("10", "10.0", Ordering::Equal),
            ("1e3", "1000", Ordering::Equal),
            ("1.688560107857E9", "1688560107.857", Ordering::Equal),
            ("1E+2", "1000e-1", Ordering::Equal),
            ("-1", "0.5", Ordering::Less),
            ("-2", "-10", Ordering::Greater),
            ("0.09", "0.1", Ordering::Less),
            ("-0.0", "0", Ordering::Equal),
            ("0e9", "-0", Ordering::Equal),
            ("007", "7", Ordering::Equal),
            ("12", "123", Ordering::Less),
            ("1e99999999999999999999", "9", Ordering::Greater),
            ("1e-99999999999999999999", "0", Ordering::Greater),
        ] {
            assert_eq!(compare(one, other), Some(order), "{one} {other}");
            assert_eq!(compare(other, one), Some(order.reverse()), "{other} {one}");
        }
        for text in [
            "", "-", "inf", "NaN", "1_000", "+1", ".5", "5.", "1e", "1e+", "e5", "0x1", "1 ", "1-2", "1.2.3",
            "10.0.0.1", "1e2e3", "1e2.5", "--1",
        ] {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn whole_numbers_compare_as_whole_numbers(one: i64, other: i64, zeros in 0usize..4) {
            let number = |value: i64| Number::parse(&value.to_string()).unwrap();
            prop_assert_eq!(number(one).cmp(&number(other)), one.cmp(&other));
            let longer = format!("{one}.{}e0", "0".repeat(zeros + 1));
            prop_assert_eq!(Number::parse(&longer), Number::parse(&one.to_string()));
        }

        #[test]
        fn fractions_compare_as_floats_that_are_apart(one in -1e6f64..1e6, other in -1e6f64..1e6) {
            let number = |value: f64| Number::parse(&format!("{value:e}")).unwrap();
            prop_assert_eq!(number(one).cmp(&number(other)), one.total_cmp(&other));
        }

        #[test]
        fn any_text_is_read_or_refused(text in "-?[0-9.eE+-]{0,12}") {
            // What Rust reads is what JSON and a little more allow, so nothing is read that Rust refuses.
            prop_assert!(Number::parse(&text).is_none() || text.parse::<f64>().is_ok());
        }
    }
}
