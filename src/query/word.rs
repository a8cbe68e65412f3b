//! A word or phrase anywhere in a record: in any key or value, decoded, whatever its case.

use super::pattern::Pattern;
use super::raw::{Found, Needle};
use super::syntax::Literal;

/// A word with its wildcards. `true`, `null` and numbers are found as they are written.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pattern: Pattern,
    /// The longest piece, to look for in the raw text.
    needle: Option<Needle>,
}

impl Word {
    /// `None` where every record matches.
    pub(super) fn new(value: &Literal) -> Option<Self> {
        let pattern = Pattern::new(&value.pieces);
        let longest = pattern.pieces().iter().max_by_key(|piece| piece.len())?;
        if longest.is_empty() {
            return None;
        }
        let needle = Needle::new(longest);
        Some(Self { pattern, needle })
    }

    /// Its folded pieces, in their order.
    pub(super) fn pieces(&self) -> &[String] {
        self.pattern.pieces()
    }

    /// Whether it stands in one decoded value.
    pub(super) fn is_in(&self, value: &str) -> bool {
        self.pattern.is_in(value)
    }

    /// Decides from the raw text of a record alone, mostly without parsing it.
    pub(super) fn look(&self, raw: &[u8]) -> Found {
        match self.needle.as_ref().map_or(Found::Unsure, |needle| needle.look(raw)) {
            Found::Yes if self.pattern.pieces().iter().filter(|piece| !piece.is_empty()).count() > 1 => {
                Found::Unsure
            }
            found => found,
        }
    }
}
