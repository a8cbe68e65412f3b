//! What a term asks of one value.

use std::cmp::Ordering;
use std::net::IpAddr;

use super::address::Block;
use super::number::Number;
use super::pattern::Pattern;
use super::syntax::{Comparison, Literal};
use super::time::{self, TimeSpan};
use crate::event::Field;
use crate::services::sources_called;

/// A value satisfies it if any of the checks does.
#[derive(Clone, Debug)]
pub(super) struct Test(Vec<Check>);

#[derive(Clone, Debug)]
enum Check {
    /// It is not empty.
    Present,
    /// The whole text.
    Text(Pattern),
    /// An address of the block.
    Within(Block),
    /// A JSON number that is equal, however it is written.
    Equal(Number),
    Number(Comparison, Number),
    Time(Comparison, TimeSpan),
    Address(Comparison, IpAddr),
}

impl Test {
    /// The test of `field:value`. `field` is `None` for a path.
    pub(super) fn is(field: Option<Field>, value: &Literal) -> Result<Self, String> {
        if value.is_any() {
            return Ok(Self(vec![Check::Present]));
        }
        let mut checks = vec![Check::Text(Pattern::new(&value.pieces))];
        if value.quoted {
            return Ok(Self(checks));
        }
        if field == Some(Field::EventSource) && !value.pieces.iter().any(|piece| piece.contains('.')) {
            for suffix in [".amazonaws.com", ".amazonaws.com.cn"] {
                let mut pieces = value.pieces.clone();
                pieces.last_mut().into_iter().for_each(|last| last.push_str(suffix));
                checks.push(Check::Text(Pattern::new(&pieces)));
            }
            // What the page calls a service finds it too: `service:mq`.
            let called = value.exact().map(sources_called).unwrap_or_default();
            checks.extend(called.iter().map(|source| Check::Text(Pattern::new(&[(*source).to_owned()]))));
        }
        if let Some(text) = value.exact() {
            let block = match text.parse::<IpAddr>() {
                Ok(address) => Block::one(address).filter(|_| address.is_ipv6()),
                Err(_) => Block::parse(text),
            };
            if field == Some(Field::SourceIp) && block.is_none() && looks_like_block(text) {
                return Err(format!("`{text}` is no block of addresses; write 10.0.0.0/8 or 2001:db8::/32"));
            }
            checks.extend(block.map(Check::Within));
            checks.extend(Number::parse(text).filter(|_| field.is_none()).map(Check::Equal));
        }
        Ok(Self(checks))
    }

    /// The test of `field >= value`: a number, an address or a time, as the value is written.
    pub(super) fn compare(comparison: Comparison, value: &Literal) -> Result<Self, String> {
        let sign = comparison.sign();
        let Some(text) = value.exact() else {
            return Err(format!("`*` has no order; `{sign}` needs a number, a time or an address"));
        };
        let check = Number::parse(text)
            .map(|number| Check::Number(comparison, number))
            .or_else(|| text.parse().ok().map(|address| Check::Address(comparison, address)))
            .or_else(|| time::parse(text).map(|span| Check::Time(comparison, span)));
        check.map(|check| Self(vec![check])).ok_or_else(|| {
            format!("`{text}` is no number, time or address, and `{sign}` compares nothing else; put text with `{sign}` in quotes")
        })
    }

    /// Whether a value satisfies it. `number` says that the record has it as a JSON number.
    pub(super) fn matches(&self, value: &str, number: bool) -> bool {
        self.0.iter().any(|check| match check {
            Check::Present => !value.is_empty(),
            Check::Text(pattern) => pattern.is(value),
            Check::Within(block) => block.contains(value),
            Check::Equal(wanted) => number && Number::parse(value).is_some_and(|value| value == *wanted),
            Check::Number(comparison, bound) => {
                Number::parse(value).is_some_and(|value| comparison.holds(value.cmp(bound)))
            }
            Check::Time(comparison, bound) => {
                time::parse(value).is_some_and(|value| comparison.holds_at(value.from_ms, *bound))
            }
            Check::Address(comparison, bound) => value
                .parse::<IpAddr>()
                .is_ok_and(|value| value.is_ipv4() == bound.is_ipv4() && comparison.holds(value.cmp(bound))),
        })
    }

    /// Whether it asks for nothing but that there is a value.
    pub(super) fn is_presence(&self) -> bool {
        matches!(self.0.as_slice(), [Check::Present])
    }
}

/// Whether it is digits and dots, or hexadecimal digits and colons, with a `/` and a number.
fn looks_like_block(text: &str) -> bool {
    text.split_once('/').is_some_and(|(address, prefix)| {
        prefix.bytes().all(|byte| byte.is_ascii_digit())
            && (address.parse::<IpAddr>().is_ok()
                || address.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.')))
    })
}

impl Comparison {
    fn holds(self, order: Ordering) -> bool {
        match self {
            Self::Less => order.is_lt(),
            Self::AtMost => order.is_le(),
            Self::Greater => order.is_gt(),
            Self::AtLeast => order.is_ge(),
        }
    }

    /// Whether an instant stands so to a stretch of time: `<=` a day includes that day.
    fn holds_at(self, instant_ms: i64, span: TimeSpan) -> bool {
        let (from_ms, to_ms) = self.range(span);
        (from_ms..to_ms).contains(&instant_ms)
    }

    /// The instants that stand so to a stretch of time, `from..to` in milliseconds.
    pub(super) fn range(self, span: TimeSpan) -> (i64, i64) {
        match self {
            Self::Less => (i64::MIN, span.from_ms),
            Self::AtMost => (i64::MIN, span.to_ms),
            Self::Greater => (span.to_ms, i64::MAX),
            Self::AtLeast => (span.from_ms, i64::MAX),
        }
    }
}
