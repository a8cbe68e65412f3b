//! What a term asks of one value.

use std::cmp::Ordering;
use std::mem::discriminant;
use std::net::IpAddr;

use super::address::Block;
use super::number::Number;
use super::parse::Problem;
use super::pattern::Pattern;
use super::plan::regex_of;
use super::regex::Regex;
use super::syntax::{Comparison, Literal, Term};
use super::time::{self, TimeSpan};
use crate::event::Field;
use crate::services::sources_called;

/// A value satisfies it if any of the checks does.
#[derive(Clone, Debug)]
pub(super) struct Test(Vec<Check>);

#[derive(Clone, Debug)]
pub(super) enum Check {
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
    /// A time within a stretch.
    During(TimeSpan),
    /// It stands somewhere in the text.
    Expression(Regex),
    /// Both, of one value: the ends of a range.
    Both(Box<(Check, Check)>),
}

impl Test {
    /// What a term asks of a value. `field` is `None` for a path.
    pub(super) fn of(field: Option<Field>, term: &Term) -> Result<Self, Problem> {
        let value = &term.value;
        match (term.comparison, &term.upper) {
            (None, _) => Self::is(field, value),
            (Some(comparison), None) => Ok(Self(vec![compare(comparison, value)?])),
            (Some(comparison), Some((upper, end))) => {
                let both = (compare(comparison, value)?, compare(*upper, end)?);
                if discriminant(&both.0) != discriminant(&both.1) {
                    let message = "both ends of a range are numbers, or addresses, or times";
                    return Err(Problem::new(end.span, message));
                }
                Ok(Self(vec![Check::Both(Box::new(both))]))
            }
        }
    }

    /// The test of `field:value`. `field` is `None` for a path.
    pub(super) fn is(field: Option<Field>, value: &Literal) -> Result<Self, Problem> {
        if let Some(regex) = regex_of(value)? {
            return Ok(Self(vec![Check::Expression(regex)]));
        }
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
                let message = format!("`{text}` is no block of addresses; write 10.0.0.0/8 or 2001:db8::/32");
                return Err(Problem::new(value.span, message));
            }
            checks.extend(block.map(Check::Within));
            checks.extend(Number::parse(text).filter(|_| field.is_none()).map(Check::Equal));
            if matches!(field, None | Some(Field::SessionStart)) {
                checks.extend(time::parse(text).map(Check::During));
            }
        }
        Ok(Self(checks))
    }

    /// Whether a value satisfies it. `number` says that the record has it as a JSON number.
    pub(super) fn matches(&self, value: &str, number: bool) -> bool {
        self.0.iter().any(|check| check.matches(value, number))
    }

    /// What it is made of; any of these is enough.
    pub(super) fn checks(&self) -> &[Check] {
        &self.0
    }

    /// Whether it asks for nothing but that there is a value.
    pub(super) fn is_presence(&self) -> bool {
        matches!(self.0.as_slice(), [Check::Present])
    }
}

/// The check of `field >= value`: a number, an address or a time, as the value is written.
fn compare(comparison: Comparison, value: &Literal) -> Result<Check, Problem> {
    let sign = comparison.sign();
    let Some(text) = value.exact() else {
        let what = if value.regex { "an expression" } else { "`*`" };
        let message = format!("{what} has no order; `{sign}` needs a number, a time or an address");
        return Err(Problem::new(value.span, message));
    };
    let check = Number::parse(text)
        .map(|number| Check::Number(comparison, number))
        .or_else(|| text.parse().ok().map(|address| Check::Address(comparison, address)))
        .or_else(|| time::parse(text).map(|span| Check::Time(comparison, span)));
    check.ok_or_else(|| {
        let message = format!("`{text}` is no number, time or address, and `{sign}` compares nothing else; put text with `{sign}` in quotes");
        Problem::new(value.span, message)
    })
}

impl Check {
    fn matches(&self, value: &str, number: bool) -> bool {
        match self {
            Self::Present => !value.is_empty(),
            Self::Text(pattern) => pattern.is(value),
            Self::Within(block) => block.contains(value),
            Self::Equal(wanted) => number && Number::parse(value).is_some_and(|value| value == *wanted),
            Self::Number(comparison, bound) => {
                Number::parse(value).is_some_and(|value| comparison.holds(value.cmp(bound)))
            }
            Self::Time(comparison, bound) => {
                time::parse(value).is_some_and(|value| comparison.holds_at(value.from_ms, *bound))
            }
            Self::Address(comparison, bound) => value
                .parse::<IpAddr>()
                .is_ok_and(|value| value.is_ipv4() == bound.is_ipv4() && comparison.holds(value.cmp(bound))),
            Self::During(span) => {
                time::parse(value).is_some_and(|value| (span.from_ms..span.to_ms).contains(&value.from_ms))
            }
            Self::Expression(regex) => regex.is_in(value),
            Self::Both(both) => both.0.matches(value, number) && both.1.matches(value, number),
        }
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
