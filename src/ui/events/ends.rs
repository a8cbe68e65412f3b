//! Identifiers whose end stays in sight.

/// The class that tells the stylesheet how wide the end is, so that the start is cut at a whole
/// character. Longer ends share the room with the start.
pub fn end_class(end: &str) -> Option<String> {
    let characters = end.chars().count();
    (characters <= 40).then(|| format!("end-{characters}"))
}
