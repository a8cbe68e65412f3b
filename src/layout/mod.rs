//! Which lines of a long list stand where on the screen: pure arithmetic, so that the last of two
//! million rows is a native test and not a matter of scrolling there.

mod compare;
mod heights;
mod ledger;
mod marks;
mod scroll;
mod source;
mod tree;
mod value;

pub use compare::{Pair, compared_text, pair};
pub use heights::Heights;
pub use ledger::{
    LedgerFilter, LedgerGroup, LedgerGroups, LedgerLine, LedgerOrder, LedgerSum, file_name, holds,
    is_in_doubt,
};
pub use marks::{Mark, MarkOf, marks};
pub use scroll::{Scroll, TRACK_MAX_PX, ask_window};
pub use source::line_sources;
pub use tree::{FOLD_LINES, ORDINARY_LINES, ancestors, folded_at_first, unfolded};
pub use value::{LONG_BYTES, Piece, keep_end, keep_file_end, opening, pieces};
