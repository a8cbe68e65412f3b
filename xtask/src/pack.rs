//! Packs the programs for their way to the browser. `src/bin/unpack.rs` is the other half.

use std::io::Write;

use anyhow::Result;
use lzma_rust2::{LzmaOptions, LzmaWriter};
use streams::split;

/// Programs of a development build are larger than this; packing them well would take long.
const UNOPTIMISED: usize = 4 << 20;

/// The packer knows no smaller window.
const LEAST_WINDOW: u32 = 4 << 10;

/// A program as an `.lzma` file with its length in the header. What it has in common with `known`, which
/// the browser will have by then, is only pointed at.
pub fn pack(program: &[u8], known: &[u8]) -> Result<Vec<u8>> {
    // What cannot be sorted stays as it is; the unpacker sees which it is.
    let sorted = |program: &[u8]| split(program).unwrap_or_else(|| program.to_vec());
    let (program, known) = (&*sorted(program), &*sorted(known));
    let mut options = LzmaOptions::with_preset(if program.len() > UNOPTIMISED { 0 } else { 9 });
    options.dict_size = u32::try_from(program.len() + known.len())?.next_power_of_two().max(LEAST_WINDOW);
    options.preset_dict = (!known.is_empty()).then(|| known.to_vec());
    // Nothing in it is aligned, and sorted code says more by what was long before than by the last byte.
    (options.pb, options.lc) = (0, 2);
    (options.nice_len, options.depth_limit) = (273, 2000);
    let mut writer = LzmaWriter::new_no_header(Vec::new(), &options, false)?;
    writer.write_all(program)?;
    // The header of an `.lzma` file: properties, size of the dictionary, length.
    let mut packed = vec![writer.props()];
    packed.extend(options.dict_size.to_le_bytes());
    packed.extend((program.len() as u64).to_le_bytes());
    packed.extend(writer.finish()?);
    Ok(packed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn what_is_packed_comes_back() {
        let program: Vec<u8> = (0u32..200_000).map(|n| (n.wrapping_mul(n) / 7) as u8).collect();
        let known: Vec<u8> = program.iter().rev().copied().collect();
        for known in [known.as_slice(), &program, &[]] {
            let packed = pack(&program, known).unwrap();
            assert_eq!(packed[5..13], 200_000u64.to_le_bytes());
            let mut back = Vec::new();
            let known = (!known.is_empty()).then_some(known);
            let (header, stream) = packed.split_at(13);
            let window = u32::from_le_bytes(header[1..5].try_into().unwrap());
            let mut reader =
                lzma_rust2::LzmaReader::new_with_props(stream, 200_000, header[0], window, known).unwrap();
            reader.read_to_end(&mut back).unwrap();
            assert_eq!(back, program);
        }
    }
}
