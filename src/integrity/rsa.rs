//! RSA signatures over SHA-256: RSASSA-PKCS1-v1_5 (RFC 8017, 8.2.2), verification only.
//!
//! Everything here is public, so nothing has to take constant time. The padded hash is not parsed but
//! made anew and compared whole: there is nothing in it that a forger could choose.

use super::encoding::hex;
use super::modulus::{Modulus, digits};
use crate::protocol::Sha256Sum;

/// The key sizes that are verified, in bytes of the modulus: what is longer would only cost time.
const MODULUS_BYTES: std::ops::RangeInclusive<usize> = 128..=1024;

/// `DigestInfo` of a SHA-256, up to the hash (RFC 8017, 9.2, note 1).
const DIGEST_INFO: [u8; 19] = [
    0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00,
    0x04, 0x20,
];

/// The object identifier of RSA keys: 1.2.840.113549.1.1.1.
const RSA: [u8; 9] = [0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// A public key.
pub struct PublicKey {
    modulus: Modulus,
    exponent: u32,
    /// Bytes of the modulus.
    size: usize,
    /// MD5 of the DER bytes in hex. AWS calls keys so; it is a name and proves nothing.
    pub fingerprint: String,
}

impl PublicKey {
    /// A key in DER: PKCS #1, as AWS documents, or `SubjectPublicKeyInfo`, as some of its samples are.
    /// `None` for anything else, and for keys of unheard-of size.
    pub fn from_der(der: &[u8]) -> Option<Self> {
        let mut inside = Der(Der(der).take(0x30)?);
        if inside.0.first() == Some(&0x30) {
            let mut algorithm = Der(inside.take(0x30)?);
            if algorithm.take(0x06)? != RSA {
                return None;
            }
            // A bit string begins with how many bits of its last byte are unused.
            let key = inside.take(0x03)?.strip_prefix(&[0])?;
            inside = Der(Der(key).take(0x30)?);
        }
        let modulus = positive(inside.take(0x02)?);
        let exponent = positive(inside.take(0x02)?);
        let odd = |number: &[u8]| number.last().is_some_and(|byte| byte % 2 == 1);
        // Exponents are 3 or 65537; a hostile one of thousands of bits would cost minutes.
        if !MODULUS_BYTES.contains(&modulus.len()) || !odd(modulus) || exponent.len() > 4 || !odd(exponent) {
            return None;
        }
        Some(Self {
            modulus: Modulus::new(modulus),
            exponent: exponent.iter().fold(0, |number, &byte| number << 8 | u32::from(byte)),
            size: modulus.len(),
            fingerprint: hex(&<md5::Md5 as md5::Digest>::digest(der)),
        })
    }

    /// Bits of its modulus, in whole bytes.
    pub fn bits(&self) -> u32 {
        u32::try_from(self.size * 8).unwrap_or(u32::MAX)
    }

    /// Whether a signature over bytes with this hash was made with the key that belongs to this one.
    pub fn verifies(&self, hash: &Sha256Sum, signature: &[u8]) -> bool {
        if signature.len() != self.size {
            return false;
        }
        let message = self.modulus.power(&digits(signature), self.exponent);
        message.is_some_and(|message| message == digits(&padded(hash, self.size)))
    }
}

/// `00 01 ff … ff 00 DigestInfo hash` (RFC 8017, 9.2).
fn padded(hash: &Sha256Sum, size: usize) -> Vec<u8> {
    let mut bytes = vec![0xff; size];
    let tail = [&[0][..], &DIGEST_INFO, hash].concat();
    bytes[..2].copy_from_slice(&[0, 1]);
    bytes[size - tail.len()..].copy_from_slice(&tail);
    bytes
}

/// A number without the zeros in front that say that it is positive.
fn positive(mut bytes: &[u8]) -> &[u8] {
    while let Some(rest) = bytes.strip_prefix(&[0]) {
        bytes = rest;
    }
    bytes
}

/// What is left of a run of DER values.
struct Der<'d>(&'d [u8]);

impl<'d> Der<'d> {
    /// The content of the next value, if it is of this type.
    fn take(&mut self, tag: u8) -> Option<&'d [u8]> {
        let rest = self.0.strip_prefix(&[tag])?;
        let (&first, mut rest) = rest.split_first()?;
        let mut len = usize::from(first);
        if first >= 0x80 {
            let bytes = usize::from(first & 0x7f);
            // Two bytes of length are 64 kB: no key is that long.
            let (digits, after) = (bytes <= 2).then(|| rest.split_at_checked(bytes)).flatten()?;
            len = digits.iter().fold(0, |len, &digit| len << 8 | usize::from(digit));
            rest = after;
        }
        let (content, after) = rest.split_at_checked(len)?;
        self.0 = after;
        Some(content)
    }
}

#[cfg(test)]
mod tests {
    use super::super::encoding::{unbase64, unhex};
    use super::super::sum::Sum;
    use super::*;
    use proptest::prelude::*;

    /// Made with OpenSSL: `openssl dgst -sha256 -sign`, over [`TEXT`].
    const SIGNED: &str = include_str!("../../tests/fixtures/integrity/openssl.json");
    const TEXT: &[u8] = b"2026-11-20T12:00:00Z\nbucket/object\nhash\nnull";

    fn fixture(key: &str) -> String {
        let all: serde_json::Value = serde_json::from_str(SIGNED).unwrap();
        all[key].as_str().unwrap().to_owned()
    }

    #[test]
    fn signatures_of_openssl_hold_and_hold_for_nothing_else() {
        for bits in ["2048", "3072", "4096"] {
            let signature = unhex(&fixture(&format!("signature{bits}"))).unwrap();
            let pkcs1 = unbase64(&fixture(&format!("pkcs1-{bits}"))).unwrap();
            let spki = unbase64(&fixture(&format!("spki-{bits}"))).unwrap();
            let key = PublicKey::from_der(&pkcs1).unwrap();
            assert_eq!(key.bits().to_string(), bits);
            assert_eq!(key.fingerprint, fixture(&format!("fingerprint{bits}")));
            assert!(key.verifies(&Sum::of(TEXT), &signature));
            assert!(PublicKey::from_der(&spki).unwrap().verifies(&Sum::of(TEXT), &signature));
            assert!(!key.verifies(&Sum::of(b"another text"), &signature));
            for at in [0, 1, 100, signature.len() - 1] {
                let mut other = signature.clone();
                other[at] ^= 1;
                assert!(!key.verifies(&Sum::of(TEXT), &other));
            }
            assert!(!key.verifies(&Sum::of(TEXT), &signature[1..]));
            assert!(!key.verifies(&Sum::of(TEXT), &[]));
            assert!(!key.verifies(&Sum::of(TEXT), &vec![0xff; signature.len()]));
        }
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in prop::collection::vec(any::<u8>(), 0..600), cut in 0usize..270, at in 0usize..270) {
            PublicKey::from_der(&bytes);
            let mut der = unbase64(&fixture("pkcs1-2048")).unwrap();
            let place = at % der.len();
            der[place] ^= 0x81;
            PublicKey::from_der(&der);
            der.truncate(cut);
            PublicKey::from_der(&der);
        }
    }
}
