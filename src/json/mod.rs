//! JSON as CloudTrail writes it: text that is kept as it stands.
//!
//! Two readers share one grammar (RFC 8259, strict). [`Document`] gives random access to one record
//! for the inspector, the sentences and path queries. The record scanner in `event` makes the fast
//! single pass over a whole file. Numbers are never converted on the way in, keys keep their order,
//! and of duplicate keys the last one counts, as in every common reader; all of them are shown.

mod document;
mod mend;
mod path;
mod stops;
mod string;
mod texts;

pub use document::{Document, JsonError, Kind, Value};
pub use mend::{Mend, Mended, mend};
pub use path::{Path, Step, push_index, push_key};
pub(crate) use stops::next_stop;
pub use string::decode;
pub use texts::{Spots, TextAt, texts, texts_at};
