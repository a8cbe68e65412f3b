//! One packed stream: what comes out of its decoder is again a stream of anything.

use super::base64::Base64;
use super::gzip::Gzip;
use super::report::Ending;
use super::tally::Out;
use super::unit::{About, Content};
use super::wound::{Hurt, Step, Wound};

/// How a stream is packed.
pub(super) enum Decoder {
    Gzip(Box<Gzip>),
    /// Base64 around a gzip stream, as CloudWatch Logs hands it to Lambda.
    Base64(Base64),
}

impl Decoder {
    fn step(&mut self, input: &[u8], output: &mut [u8]) -> Step {
        match self {
            Self::Gzip(gzip) => gzip.step(input, output),
            Self::Base64(base64) => base64.step(input, output),
        }
    }

    fn is_ended(&self) -> bool {
        match self {
            Self::Gzip(gzip) => gzip.is_ended(),
            Self::Base64(base64) => base64.is_ended(),
        }
    }

    fn finish(self) -> Option<Hurt> {
        let (what, wound): (_, Option<Wound>) = match self {
            Self::Gzip(gzip) => ("gzip stream", gzip.finish()),
            Self::Base64(base64) => ("base64 text", base64.finish()),
        };
        wound.map(|wound| Hurt { what, wound })
    }
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
    pub fn finish(
        self,
        about: &About,
        packings: &mut u8,
        hurts: &mut Vec<Hurt>,
        out: &mut Out<'_>,
    ) -> Ending {
        // Where reading stopped early the stream's end was never seen, and its wounds do not matter.
        if !self.inner.is_done() && out.tally.stop.is_none() {
            hurts.extend(self.decoder.finish());
        }
        self.inner.finish(about, packings, hurts, out)
    }
}
