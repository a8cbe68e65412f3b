//! Any file at all: what it is, and what is in it.

use crate::{choice::Choice, reading::read_both};

/// Reads the bytes as a dropped file.
pub fn run(data: &[u8]) {
    read_both(data, &mut Choice::of(data));
}
