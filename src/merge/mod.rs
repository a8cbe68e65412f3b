//! From the answers of all shards to one: sums and lists are added up here, and a window of rows
//! is found in the merged order without moving all keys.

mod answers;
mod identities;
mod originals;
mod window;

pub use answers::merge;
pub use identities::{add_traced, merge_principal};
pub use originals::originals;
pub use window::{KeySpan, RowSpan, SAMPLE_STEP, ShardOrder, cut, plan_keys};
