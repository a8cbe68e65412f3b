//! The query language: what a reader types, and what it means for a table of events.
//!
//! Three types, one after another: the text becomes a tree ([`Query`], with spans into the text),
//! the tree becomes a [`Plan`] (names resolved, values read). A plan answers from columns alone
//! where it can; a row it can't decide is *maybe*, and the text of its record decides.
//! `docs/query.md` has the grammar and examples; every example there is a test here.

mod address;
mod bitmap;
mod check;
mod complete;
pub mod edit;
mod evaluate;
mod lex;
mod meaning;
mod names;
mod number;
mod parse;
mod path;
mod pattern;
mod plan;
#[cfg(test)]
mod properties;
mod raw;
#[cfg(test)]
mod reference;
mod regex;
mod saved;
mod syntax;
mod time;
mod tokens;
mod values;
mod word;

pub use bitmap::Bitmap;
pub use complete::{Completion, Counted, Known, Offer, OfferKind, complete};
pub use evaluate::{Eval, Table};
pub use meaning::{Demand, Subject, meaning};
pub use names::{Doubt, PATHS, doubt, spelling};
pub use parse::{MAX_CHARACTERS, MAX_DEPTH, QueryError, parse};
pub use pattern::fold;
pub use plan::{Conjunct, Plan};
pub use saved::{SAVED, Saved};
pub use syntax::{Comparison, Expr, ExprKind, Literal, Name, Query, Span, Term};
pub use tokens::{Token, TokenKind, tokens};
pub use values::{Named, OBJECT, Values, any_element, named};
