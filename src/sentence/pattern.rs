//! The words of a call that its service's definition has.

use crate::json::Value;
use crate::services::{Piece, fill};

use super::phrases::Phrases;

/// Writes `pattern`, its slots filled; see [`crate::services::Act`].
pub(super) fn write(pattern: &str, record: Value<'_>, resource: Option<&str>, phrases: &mut Phrases) {
    fill(pattern, record, resource, &mut |piece| match piece {
        Piece::Words("") | Piece::Value("") => {}
        Piece::Words(words) => phrases.text(words),
        Piece::Value(value) => phrases.value(value, resource),
    });
}
