//! SHA-256 as bytes come.

use sha2::{Digest, Sha256};

use crate::protocol::Sha256Sum;

/// A SHA-256 being made.
#[derive(Clone, Default)]
pub struct Sum(Sha256);

impl Sum {
    /// Takes the next bytes.
    pub fn push(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Ends it.
    #[must_use]
    pub fn finish(self) -> Sha256Sum {
        self.0.finalize().into()
    }

    /// Of bytes that are all here.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Sha256Sum {
        let mut sum = Self::default();
        sum.push(bytes);
        sum.finish()
    }
}
