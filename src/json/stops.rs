//! The one inner loop of reading JSON: where does a string stop being plain?
//!
//! Sixteen bytes are looked at in one step: in the browser with `simd128` (`.cargo/config.toml`),
//! whose instructions are safe Rust; elsewhere as two words of eight bytes.

/// How many bytes one step looks at.
const STEP: usize = 16;

/// The place of the first `"`, `\`, `*` or control character (below U+0020) at or after `at`; the
/// length of the text where there is none.
///
/// `*` ends no string, but a redaction marker may stand there, and here it is found for nothing.
#[inline(always)]
pub(crate) fn next_stop(text: &[u8], mut at: usize) -> usize {
    while let Some(chunk) = text.get(at..).and_then(<[u8]>::first_chunk::<STEP>) {
        let first = first_stop(chunk);
        at += first;
        if first < STEP {
            return at;
        }
    }
    while text.get(at).is_some_and(|&byte| byte >= b' ' && !matches!(byte, b'"' | b'\\' | b'*')) {
        at += 1;
    }
    at
}

/// The two halves of a chunk, first byte lowest.
#[inline(always)]
fn halves(chunk: &[u8; STEP]) -> (u64, u64) {
    let whole = u128::from_le_bytes(*chunk);
    // Truncation is the point: the lower half, then the upper half.
    (whole as u64, (whole >> 64) as u64)
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
#[inline(always)]
fn first_stop(chunk: &[u8; STEP]) -> usize {
    use core::arch::wasm32::{u8x16_bitmask, u8x16_eq, u8x16_lt, u8x16_splat, u64x2, v128_or};
    let (low, high) = halves(chunk);
    let bytes = u64x2(low, high);
    // `"` and `*` differ only in this bit.
    let quote_or_star = u8x16_eq(v128_or(bytes, u8x16_splat(0x08)), u8x16_splat(b'*'));
    let escape = u8x16_eq(bytes, u8x16_splat(b'\\'));
    let control = u8x16_lt(bytes, u8x16_splat(b' '));
    let stops = u32::from(u8x16_bitmask(v128_or(v128_or(quote_or_star, escape), control)));
    (stops | 1 << STEP).trailing_zeros() as usize
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
#[inline(always)]
fn first_stop(chunk: &[u8; STEP]) -> usize {
    portable_first_stop(chunk)
}

/// Eight bytes in a word: the classic zero-byte test, once for each kind of stop.
#[cfg(any(test, not(all(target_arch = "wasm32", target_feature = "simd128"))))]
#[inline(always)]
fn portable_first_stop(chunk: &[u8; STEP]) -> usize {
    const ONES: u64 = u64::MAX / 0xff;
    const TOPS: u64 = ONES << 7;
    // A borrow can only disturb bytes above a true hit, so the lowest bit is exact.
    let stops = |word: u64| {
        let below = |word: u64, limit: u64| word.wrapping_sub(ONES * limit) & !word;
        let equal = |byte: u8| below(word ^ (ONES * u64::from(byte)), 1);
        // `"` and `*` differ only in this bit.
        let quote_or_star = below((word | (ONES * 0x08)) ^ (ONES * u64::from(b'*')), 1);
        (below(word, 0x20) | quote_or_star | equal(b'\\')) & TOPS
    };
    let (low, high) = halves(chunk);
    match (stops(low), stops(high)) {
        (0, 0) => STEP,
        (0, high) => 8 + high.trailing_zeros() as usize / 8,
        (low, _) => low.trailing_zeros() as usize / 8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn slowly(text: &[u8], at: usize) -> usize {
        (at..text.len())
            .find(|&at| text[at] < b' ' || matches!(text[at], b'"' | b'\\' | b'*'))
            .unwrap_or_else(|| text.len().max(at))
    }

    #[test]
    fn every_byte_at_every_place_of_a_step() {
        for byte in 0..=u8::MAX {
            for place in 0..40 {
                let mut text = [0xff; 40];
                text[place] = byte;
                assert_eq!(next_stop(&text, 0), slowly(&text, 0), "{byte:#x} at {place}");
                let chunk = text.first_chunk::<STEP>().unwrap();
                assert_eq!(portable_first_stop(chunk), slowly(chunk, 0), "{byte:#x} at {place}");
            }
        }
    }

    proptest! {
        #[test]
        fn agrees_with_the_slow_way(text in prop::collection::vec(any::<u8>(), 0..100), at in 0_usize..110) {
            prop_assert_eq!(next_stop(&text, at), slowly(&text, at));
        }

        #[test]
        fn portable_agrees(chunk in any::<[u8; STEP]>()) {
            prop_assert_eq!(portable_first_stop(&chunk), slowly(&chunk, 0));
        }
    }
}
