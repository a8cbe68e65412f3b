//! One packed stream: what comes out of its decoder is again a stream of anything.

use super::base64::Base64;
use super::bzip2::Bzip2;
use super::gzip::Gzip;
use super::report::{Ending, Packing};
use super::tally::Out;
use super::unit::{About, Around, Content};
use super::wound::{Hurt, Step, Wound};
use super::zstd::Zstd;
use crate::columnar;

/// How a stream is packed.
pub(super) enum Decoder {
    Gzip(Box<Gzip>),
    Bzip2(Box<Bzip2>),
    Zstd(Box<Zstd>),
    /// Base64 around a gzip stream, as CloudWatch Logs hands it to Lambda.
    Base64(Base64),
    /// The data block of a hand-over.
    Columns(Box<columnar::Reader>),
}

impl Decoder {
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        match self {
            Self::Gzip(gzip) => gzip.step(input, output),
            Self::Bzip2(bzip2) => bzip2.step(input, output),
            Self::Zstd(zstd) => zstd.step(input, output),
            Self::Base64(base64) => base64.step(input, output),
            Self::Columns(reader) => {
                let (read, written) = reader.step(input, output);
                Step { read, written }
            }
        }
    }

    fn is_ended(&self) -> bool {
        match self {
            Self::Gzip(gzip) => gzip.is_ended(),
            Self::Bzip2(bzip2) => bzip2.is_ended(),
            Self::Zstd(zstd) => zstd.is_ended(),
            Self::Base64(base64) => base64.is_ended(),
            Self::Columns(reader) => reader.is_damaged(),
        }
    }

    fn finish(self) -> Option<Hurt> {
        let (what, wound): (_, Option<Wound>) = match self {
            Self::Gzip(gzip) => ("gzip stream", gzip.finish()),
            Self::Bzip2(bzip2) => ("bzip2 stream", bzip2.finish()),
            Self::Zstd(zstd) => ("zstd stream", zstd.finish()),
            Self::Base64(base64) => ("base64 text", base64.finish()),
            Self::Columns(reader) => ("data block", wound(&reader)),
        };
        wound.map(|wound| Hurt { what, wound })
    }
}

fn wound(reader: &columnar::Reader) -> Option<Wound> {
    let at = reader.bytes();
    if reader.is_damaged() {
        return Some(Wound::Damaged { at });
    }
    (!reader.is_whole()).then_some(Wound::Cut { at })
}

/// A packed stream and what is in it.
pub(super) struct Packed {
    decoder: Decoder,
    /// What comes out.
    pub inner: Content,
    spare: Vec<u8>,
}

impl Packed {
    pub fn new(decoder: Decoder) -> Self {
        Self { decoder, inner: Content::Unknown(Vec::new()), spare: Vec::new() }
    }

    /// Takes the next packed bytes. `packings` counts this one.
    pub fn push(&mut self, mut bytes: &[u8], packings: u8, about: &About, out: &mut Out<'_>) {
        while !self.decoder.is_ended() && !self.inner.is_done() && out.tally.stop.is_none() {
            let decoder = &mut self.decoder;
            let mut read = 0;
            let (written, room) = self.inner.take_from(&mut self.spare, packings, about, out, &mut |room| {
                let step = decoder.step(bytes, room);
                read = step.read;
                step.written
            });
            bytes = bytes.get(read..).unwrap_or_default();
            out.tally.produce(written as u64);
            if bytes.is_empty() && written < room || read == 0 && written == 0 {
                return;
            }
        }
    }

    /// Ends the decoder, then what is in it.
    pub fn finish(self, about: &About, around: &mut Around, out: &mut Out<'_>) -> Ending {
        around.count += 1;
        around.packing = around.packing.with(match self.decoder {
            Decoder::Gzip(_) => Packing::Gzip,
            Decoder::Bzip2(_) => Packing::Bzip2,
            Decoder::Zstd(_) => Packing::Zstd,
            Decoder::Base64(_) | Decoder::Columns(_) => Packing::Several,
        });
        // Where reading stopped early the stream's end was never seen, and its wounds do not matter.
        if !self.inner.is_done() && out.tally.stop.is_none() {
            around.hurts.extend(self.decoder.finish());
        }
        self.inner.finish(about, around, out)
    }
}
