//! A value as it stands in the text of a record.

use std::borrow::Cow;

use crate::json;

/// The body of a JSON string without its quotes, or a number, `true` or `false` as written.
///
/// Decoding is put off until somebody asks: most values are only compared or interned.
#[derive(Clone, Copy, Default, Debug, PartialEq, Eq, Hash)]
pub struct Raw<'a>(pub &'a [u8]);

impl<'a> Raw<'a> {
    /// What it means; see [`json::decode`].
    #[must_use]
    pub fn text(self) -> Cow<'a, str> {
        json::decode(self.0)
    }

    /// Whether the bytes are the text itself, because no escape stands in them.
    #[must_use]
    pub fn is_plain(self) -> bool {
        memchr::memchr(b'\\', self.0).is_none()
    }
}
