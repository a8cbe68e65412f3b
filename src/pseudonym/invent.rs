//! Pseudonyms: made of the original and the key of the export, in the shape of the original.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use hmac::{Hmac, Mac};
use sha2::Sha256;

use super::shapes::{self, Shape};
use crate::protocol::Category;

/// What stands in the place of a value that leaked.
pub const REMOVED: &str = "[removed]";

/// The key of one export.
pub struct Key(Hmac<Sha256>);

/// Letters that AWS uses in ids of access keys.
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

impl Key {
    /// Of random bytes.
    pub fn new(bytes: &[u8; 32]) -> Option<Self> {
        Hmac::new_from_slice(bytes).ok().map(Self)
    }

    /// A pseudonym. Other `turn`s give other pseudonyms of the same original, for the case that one is
    /// taken already.
    pub fn invent(&self, original: &str, category: Category, turn: u32) -> String {
        if category == Category::Leaked {
            return REMOVED.to_owned();
        }
        let mut random = Random { key: self, original, turn, block: [0; 32], used: 32, blocks: 0 };
        match shapes::whole(original) {
            Some(Shape::Account) => random.filled(original, 0),
            Some(Shape::KeyId) => random.key_id(original),
            Some(Shape::Uuid) => random.uuid(original),
            Some(Shape::ResourceId(prefix)) => random.filled(original, prefix),
            Some(Shape::Address(address)) => random.address(address, turn).to_string(),
            _ => match category {
                // Few letters would meet, and events with them.
                Category::Id if original.len() < 16 => format!("id-{}", random.word()),
                Category::Id => random.filled(original, 0),
                Category::Email => random.email(original),
                Category::Host => format!("host-{}.example", random.word()),
                Category::Principal => format!("user-{}", random.word()),
                Category::Session => format!("session-{}", random.word()),
                Category::Agent => format!("agent-{}", random.word()),
                _ if original.ends_with(".fifo") => format!("name-{}.fifo", random.word()),
                _ => format!("name-{}", random.word()),
            },
        }
    }
}

/// Bytes that only the key can foretell.
struct Random<'k> {
    key: &'k Key,
    original: &'k str,
    turn: u32,
    block: [u8; 32],
    used: usize,
    blocks: u32,
}

impl Random<'_> {
    fn byte(&mut self) -> u8 {
        if self.used == self.block.len() {
            let mut mac = self.key.0.clone();
            mac.update(&self.turn.to_le_bytes());
            mac.update(&self.blocks.to_le_bytes());
            mac.update(self.original.as_bytes());
            self.block = mac.finalize().into_bytes().into();
            self.blocks += 1;
            self.used = 0;
        }
        self.used += 1;
        self.block[self.used - 1]
    }

    /// One of `many`, at most 32; the small bias of the remainder tells nothing about the original.
    fn one_of(&mut self, many: u8) -> u8 {
        let wide = u16::from(self.byte()) << 8 | u16::from(self.byte());
        u8::try_from(wide % u16::from(many)).unwrap_or(0)
    }

    /// Ten letters and digits: 50 bits, so that a million names do not meet.
    fn word(&mut self) -> String {
        (0..10).map(|_| char::from(BASE32[usize::from(self.byte() & 31)]).to_ascii_lowercase()).collect()
    }

    /// Digits for digits and letters for letters, from a place on; hexadecimal stays hexadecimal.
    fn filled(&mut self, original: &str, from: usize) -> String {
        let rest = original.get(from..).unwrap_or_default();
        let hex = rest.bytes().all(|b| b.is_ascii_hexdigit() || !b.is_ascii_alphanumeric());
        let letters = if hex { 6 } else { 26 };
        let mut first = true;
        let fill = |c: char| {
            let new = match c {
                // Never a zero in front: an id may stand as a number.
                '0'..='9' if first => char::from(b'1' + self.one_of(9)),
                '0'..='9' => char::from(b'0' + self.one_of(10)),
                // A hexadecimal digit that is a letter may have been any digit.
                'a'..='z' if hex => char::from(b"0123456789abcdef"[usize::from(self.one_of(16))]),
                'A'..='Z' if hex => char::from(b"0123456789ABCDEF"[usize::from(self.one_of(16))]),
                'a'..='z' => char::from(b'a' + self.one_of(letters)),
                'A'..='Z' => char::from(b'A' + self.one_of(letters)),
                other if other.is_ascii() => other,
                _ => 'x',
            };
            first = false;
            new
        };
        let filled: String = rest.chars().map(fill).collect();
        format!("{}{filled}", original.get(..from).unwrap_or_default())
    }

    fn key_id(&mut self, original: &str) -> String {
        let (prefix, rest) = original.split_at(4.min(original.len()));
        let mut id = prefix.to_owned();
        id.extend(rest.bytes().map(|_| char::from(BASE32[usize::from(self.byte() & 31)])));
        id
    }

    /// The digits that tell version and variant stay.
    fn uuid(&mut self, original: &str) -> String {
        let fill = |(at, c): (usize, char)| {
            if matches!(at, 14 | 19) || !c.is_ascii_hexdigit() {
                return c;
            }
            let digits = if original.bytes().any(|b| b.is_ascii_uppercase()) { BIG_HEX } else { SMALL_HEX };
            char::from(digits[usize::from(self.byte() & 15)])
        };
        original.char_indices().map(fill).collect()
    }

    fn email(&mut self, original: &str) -> String {
        let domain = original.rsplit('@').next().unwrap_or_default();
        let person = self.word();
        // The same organisation stays the same.
        let mut of_domain = Random { original: domain, block: [0; 32], used: 32, blocks: 0, ..*self };
        format!("person-{person}@mail-{}.example", of_domain.word())
    }

    /// Of the same family; private stays private, in its own block, public goes to addresses that
    /// belong to nobody: RFC 2544's for benchmarks, and the reserved 240/4 once those are taken.
    fn address(&mut self, address: IpAddr, turn: u32) -> IpAddr {
        match address {
            IpAddr::V4(v4) => {
                let [a, b, ..] = v4.octets();
                let (b2, c, d) = (self.byte(), self.byte(), self.byte());
                IpAddr::V4(match (a, b) {
                    (10, _) => Ipv4Addr::new(10, b2, c, d),
                    (172, 16..=31) => Ipv4Addr::new(172, 16 + (b2 & 15), c, d),
                    (192, 168) | (169, 254) => Ipv4Addr::new(a, b, c, d),
                    (100, 64..=127) => Ipv4Addr::new(100, 64 + (b2 & 63), c, d),
                    _ if turn < 8 => Ipv4Addr::new(198, 18 + (b2 & 1), c, d),
                    _ => Ipv4Addr::new(240 + (self.byte() & 15), b2, c, d),
                })
            }
            IpAddr::V6(v6) => {
                let mut octets = v6.octets();
                let from = match octets {
                    // Unique local, link-local.
                    [0xfc | 0xfd, ..] => 1,
                    [0xfe, b, ..] if b & 0xc0 == 0x80 => 8,
                    // RFC 3849's, for documentation.
                    _ => {
                        octets[..4].copy_from_slice(&[0x20, 0x01, 0x0d, 0xb8]);
                        4
                    }
                };
                octets[from..].iter_mut().for_each(|octet| *octet = self.byte());
                IpAddr::V6(Ipv6Addr::from(octets))
            }
        }
    }
}

const SMALL_HEX: &[u8; 16] = b"0123456789abcdef";
const BIG_HEX: &[u8; 16] = b"0123456789ABCDEF";
