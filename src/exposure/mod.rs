//! What leaked: values in clear that a reader would not want in a hand-over.
//!
//! Two kinds of rules, both data: `keys` says which keys name such a value, `shapes` which values tell
//! by themselves what they are. How random a text looks decides nothing. [`find`] is the exact answer
//! for one record; [`key_may_tell`] and [`may_hold`] are the cheap first looks while a file is read.

mod find;
mod first_look;
mod keys;
mod person;
mod shapes;

pub use find::{Place, find, in_identity, places, spans_in, spans_in_query};
pub use first_look::{key_may_tell, may_hold, names_someone, starts_like_one, value_may_tell};
pub use shapes::{Shape, shapes_in};
