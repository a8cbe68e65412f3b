//! What a term asks, said plainly, for those who put the question to another engine.

use std::net::IpAddr;

use super::check::{Check, Test};
use super::number::Number;
use super::plan::{Leaf, leaf_of};
use super::syntax::{Comparison, Term};
use super::word::Word;
use crate::event::Field;
use crate::json::Path;

/// What a term is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A field with a column.
    Column(Field),
    /// `eventTime` as an instant.
    Time,
    /// The values at a path of the record.
    Path(Path),
    /// Any key and any value of the record.
    Anywhere,
}

/// A demand on one value.
#[derive(Clone, Debug, PartialEq)]
pub enum Demand {
    /// There is one, and it is not empty.
    Present,
    /// The whole text, whatever its case; of [`Subject::Anywhere`] a part of it. Lower-case pieces with
    /// anything between them.
    Text(Vec<String>),
    /// The regular expression matches somewhere, whatever the case.
    Expression(String),
    /// Instants within `from..to`, in milliseconds since 1970 UTC.
    Time(i64, i64),
    /// An address from one to another, both included.
    Addresses(IpAddr, IpAddr),
    /// A JSON number of this value.
    Equal(String),
    /// Any number that compares so, as text or as a number.
    Numbers(Vec<(Comparison, String)>),
}

/// What a term asks: that any value of the subject meets any of the demands. No demand is met by every
/// event. `None` where the term is no query.
#[must_use]
pub fn meaning(term: &Term) -> Option<(Subject, Vec<Demand>)> {
    Some(match leaf_of(term).ok()? {
        Leaf::All => (Subject::Anywhere, vec![]),
        Leaf::Column(field, test) => (Subject::Column(field), demands(&test, term)),
        Leaf::Time(from, to) => (Subject::Time, vec![Demand::Time(from, to)]),
        Leaf::Path(path) => (Subject::Path(path.path), demands(&path.test, term)),
        Leaf::Word(word) => (Subject::Anywhere, vec![Demand::Text(Word::pieces(&word).to_vec())]),
        Leaf::Expression(_) => (Subject::Anywhere, vec![expression(term)]),
    })
}

fn expression(term: &Term) -> Demand {
    Demand::Expression(term.value.expression().unwrap_or_default().to_owned())
}

fn demands(test: &Test, term: &Term) -> Vec<Demand> {
    test.checks().iter().filter_map(|check| demand(check, term)).collect()
}

fn demand(check: &Check, term: &Term) -> Option<Demand> {
    Some(match check {
        Check::Present => Demand::Present,
        Check::Text(pattern) => Demand::Text(pattern.pieces().to_vec()),
        Check::Within(block) => {
            let (first, last) = block.ends();
            Demand::Addresses(first, last)
        }
        Check::Equal(number) => Demand::Equal(number.to_text()),
        Check::Number(comparison, number) => Demand::Numbers(vec![(*comparison, number.to_text())]),
        Check::Time(comparison, span) => {
            let (from, to) = comparison.range(*span);
            Demand::Time(from, to)
        }
        Check::During(span) => Demand::Time(span.from_ms, span.to_ms),
        Check::Address(comparison, address) => {
            let (first, last) = addresses(*comparison, *address)?;
            Demand::Addresses(first, last)
        }
        Check::Expression(_) => expression(term),
        Check::Both(both) => match (demand(&both.0, term)?, demand(&both.1, term)?) {
            (Demand::Numbers(from), Demand::Numbers(to)) => Demand::Numbers([from, to].concat()),
            (Demand::Time(from, _), Demand::Time(_, to)) => Demand::Time(from, to),
            (Demand::Addresses(first, _), Demand::Addresses(_, last)) => Demand::Addresses(first, last),
            _ => return None,
        },
    })
}

/// The addresses of the same family that stand so to one; `None` if there are none.
fn addresses(comparison: Comparison, address: IpAddr) -> Option<(IpAddr, IpAddr)> {
    let (least, most): (IpAddr, IpAddr) = match address {
        IpAddr::V4(_) => ([0; 4].into(), [255; 4].into()),
        IpAddr::V6(_) => ([0u8; 16].into(), [255u8; 16].into()),
    };
    Some(match comparison {
        Comparison::AtMost => (least, address),
        Comparison::AtLeast => (address, most),
        Comparison::Less => (least, next_to(address, false)?),
        Comparison::Greater => (next_to(address, true)?, most),
    })
}

fn next_to(address: IpAddr, up: bool) -> Option<IpAddr> {
    Some(match address {
        IpAddr::V4(address) => {
            let bits = address.to_bits();
            let next = if up { bits.checked_add(1)? } else { bits.checked_sub(1)? };
            std::net::Ipv4Addr::from_bits(next).into()
        }
        IpAddr::V6(address) => {
            let bits = address.to_bits();
            let next = if up { bits.checked_add(1)? } else { bits.checked_sub(1)? };
            std::net::Ipv6Addr::from_bits(next).into()
        }
    })
}

impl Number {
    /// The number in decimal digits, with an exponent where it would be long.
    pub(super) fn to_text(&self) -> String {
        let digits = String::from_utf8_lossy(&self.digits);
        let sign = if self.negative { "-" } else { "" };
        match usize::try_from(self.magnitude) {
            _ if digits.is_empty() => "0".to_owned(),
            Ok(0) => format!("{sign}0.{digits}"),
            Ok(whole) if whole >= digits.len() && whole < 30 => {
                format!("{sign}{digits}{}", "0".repeat(whole - digits.len()))
            }
            Ok(whole) if whole < digits.len() => format!("{sign}{}.{}", &digits[..whole], &digits[whole..]),
            _ => format!("{sign}0.{digits}e{}", self.magnitude),
        }
    }
}
