//! Taking out of records what must not be handed over, so that what is left can still be read.
//!
//! Two passes over the records in scope. [`Collector`] notes every original with its category;
//! [`Cleaner`], made of the originals of all shards and a random key, writes each record anew with a
//! pseudonym in the place of every original, wherever it stands: as a value, a key, in an ARN, an
//! address, a policy inside a string or the middle of a message. `places` says what the value of a key
//! is, `shapes` what a piece of text is by itself; what neither tells is found because it is an
//! original somewhere else. [`Check`] then looks for the originals in the finished bytes.
//!
//! A pseudonym is made with HMAC-SHA-256 of the original under a key that exists for one export: the
//! same value gives the same pseudonym, and nobody can try all account ids without the key.

mod arns;
mod check;
mod cleaner;
mod collector;
mod dictionary;
mod encoded;
mod hosts;
mod invent;
mod leaked;
mod places;
mod record;
mod shapes;
mod times;

pub use check::Check;
pub use cleaner::Cleaner;
pub use collector::Collector;
pub use encoded::base64;
pub use leaked::{Leak, leaks};

#[cfg(test)]
mod tests;
