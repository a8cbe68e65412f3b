//! Numbers as JSON writes them, compared exactly where they are whole.

use std::cmp::Ordering;

/// A number out of a query or a record.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Number {
    /// Whole, in range: byte counts and ids above 2^53 stay exact.
    Whole(i128),
    /// Any other.
    Float(f64),
}

impl Number {
    /// Reads `-?digits[.digits][e±digits]` and nothing else: no `inf`, no `1_000`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let starts_and_ends_with_digit = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_digit()) && part.ends_with(|c: char| c.is_ascii_digit())
        };
        let plain =
            unsigned.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
        if !plain || !starts_and_ends_with_digit(unsigned) {
            return None;
        }
        text.parse().map(Self::Whole).or_else(|_| text.parse().map(Self::Float)).ok()
    }

    /// Their order; `None` only where one is not a number at all.
    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Whole(one), Self::Whole(other)) => Some(one.cmp(&other)),
            (one, other) => one.float().partial_cmp(&other.float()),
        }
    }

    fn float(self) -> f64 {
        match self {
            // Rounds to the nearest, which is what comparing with a float means.
            Self::Whole(whole) => whole as f64,
            Self::Float(float) => float,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compares_whole_numbers_exactly_and_others_as_floats() {
        let compare = |one, other| Number::parse(one)?.compare(Number::parse(other)?);
        for (one, other, order) in [
            ("1", "2", Ordering::Less),
            ("9007199254740993", "9007199254740992", Ordering::Greater),
            ("10", "10.0", Ordering::Equal),
            ("1e3", "1000", Ordering::Equal),
            ("-1", "0.5", Ordering::Less),
            ("007", "7", Ordering::Equal),
        ] {
            assert_eq!(compare(one, other), Some(order), "{one} {other}");
        }
        for text in
            ["", "-", "inf", "NaN", "1_000", "+1", ".5", "5.", "1e", "0x1", "1 ", "1-2", "1.2.3", "10.0.0.1"]
        {
            assert_eq!(Number::parse(text), None, "{text}");
        }
    }
}
