//! Blocks of addresses: `10.0.0.0/8`, `2001:db8::/32`, or one IPv6 address in any spelling.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// A block of addresses of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Block {
    network: u128,
    mask: u128,
    v6: bool,
}

impl Block {
    /// Reads an address with its prefix length. Bits behind the prefix are ignored.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let (address, prefix) = text.split_once('/')?;
        if prefix.is_empty() || prefix.len() > 3 || !prefix.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        Self::new(address.parse().ok()?, prefix.parse().ok()?)
    }

    /// The block of this one address.
    pub(super) fn one(address: IpAddr) -> Option<Self> {
        Self::new(address, if address.is_ipv6() { 128 } else { 32 })
    }

    fn new(address: IpAddr, prefix: u32) -> Option<Self> {
        let (bits, width) = bits(address);
        let host = width.checked_sub(prefix)?;
        let mask = u128::MAX.checked_shl(host).unwrap_or(0);
        Some(Self { network: bits & mask, mask, v6: address.is_ipv6() })
    }

    /// Its first and its last address.
    pub(super) fn ends(&self) -> (IpAddr, IpAddr) {
        let last = self.network | !self.mask;
        if self.v6 {
            return (Ipv6Addr::from_bits(self.network).into(), Ipv6Addr::from_bits(last).into());
        }
        // Of four bytes, as all that went in was.
        let v4 =
            |bits: u128| Ipv4Addr::from_bits(u32::try_from(bits & u128::from(u32::MAX)).unwrap_or(0)).into();
        (v4(self.network), v4(last))
    }

    /// Whether the text is an address in the block.
    pub(super) fn contains(&self, text: &str) -> bool {
        text.parse::<IpAddr>()
            .is_ok_and(|address| address.is_ipv6() == self.v6 && bits(address).0 & self.mask == self.network)
    }
}

/// The address as a number, and how many bits it has.
fn bits(address: IpAddr) -> (u128, u32) {
    match address {
        IpAddr::V4(address) => (u128::from(address.to_bits()), 32),
        IpAddr::V6(address) => (address.to_bits(), 128),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_holds_its_addresses_and_no_others() {
        for (block, address, inside) in [
            ("10.0.0.0/8", "10.255.0.1", true),
            ("10.9.9.9/8", "10.1.2.3", true),
            ("10.0.0.0/8", "11.0.0.0", false),
            ("0.0.0.0/0", "203.0.113.7", true),
            ("0.0.0.0/0", "::1", false),
            ("192.0.2.1/32", "192.0.2.1", true),
            ("192.0.2.1/32", "192.0.2.2", false),
            ("2001:db8::/32", "2001:DB8:1::5", true),
            ("2001:db8::/32", "2001:db9::", false),
            ("::/0", "fe80::1", true),
            ("10.0.0.0/8", "sqs.amazonaws.com", false),
        ] {
            assert_eq!(Block::parse(block).unwrap().contains(address), inside, "{block} {address}");
        }
        for text in [
            "10.0.0.0",
            "10.0.0.0/33",
            "::/129",
            "10.0.0.0/",
            "10.0.0/8",
            "10.0.0.0/+8",
            "a/8",
            "10.0.0.0/8/8",
        ] {
            assert_eq!(Block::parse(text), None, "{text}");
        }
    }
}
