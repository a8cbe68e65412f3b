//! JSON with random access, against serde_json; paths into it; string bodies.

use serde_json::Value as Theirs;
use trailscope::json::{Document, Kind, Path, Value, decode, push_index, push_key};

/// Reads the bytes as JSON, as a path and as the body of a string.
pub fn run(data: &[u8]) {
    let ours = Document::parse(data);
    if let Some(accepted) = serde_accepts(data) {
        assert_eq!(ours.is_ok(), accepted, "serde_json says otherwise");
    }
    match &ours {
        Ok(document) => {
            if let Ok(theirs) = serde_json::from_slice::<Theirs>(data) {
                assert_eq!(rebuild(document.root()), theirs);
            }
            stands_in_order(document.root(), data);
        }
        Err(error) => assert!(error.at <= data.len() && error.cut == (error.at == data.len()), "{error:?}"),
    }
    body(data);
    let text = String::from_utf8_lossy(data);
    if let Some(path) = Path::parse(&text) {
        assert_eq!(Path::parse(&path.to_string()), Some(path));
    }
}

/// Whether serde_json takes it; `None` where it refuses what a log may hold.
pub fn serde_accepts(text: &[u8]) -> Option<bool> {
    // Numbers that overflow a float, a depth that its stack may not bear, half of a surrogate pair,
    // bytes that are no UTF-8.
    const OURS_ALONE: [&str; 4] = ["out of range", "recursion limit", "hex escape", "unicode code point"];
    match serde_json::from_slice::<Theirs>(text) {
        Ok(_) => Some(true),
        Err(error) => {
            let said = error.to_string();
            // It may have stopped before the text breaks.
            (!OURS_ALONE.iter().any(|what| said.contains(what))).then_some(false)
        }
    }
}

/// What serde_json would read; it reads no deeper than this recursion can bear.
fn rebuild(value: Value<'_>) -> Theirs {
    match value.kind() {
        Kind::Object => {
            Theirs::Object(value.children().map(|child| (child.key().into_owned(), rebuild(child))).collect())
        }
        Kind::Array => value.children().map(rebuild).collect(),
        Kind::String => Theirs::String(value.as_str().unwrap_or_default().into_owned()),
        _ => serde_json::from_slice(value.source()).expect("a number or a word"),
    }
}

/// Values stand where they say, each inside its parent and behind the one before; their paths read
/// back.
fn stands_in_order(root: Value<'_>, data: &[u8]) {
    let mut open = vec![(root, String::new())];
    let mut count = 0;
    while let Some((value, path)) = open.pop() {
        count += 1;
        let (start, end) = value.span();
        assert_eq!(&data[start..end], value.source());
        assert_eq!(value.children().count(), value.len());
        if !path.is_empty() && path.len() < 200 {
            assert_eq!(Path::parse(&path).map(|path| path.to_string()).as_ref(), Some(&path));
        }
        let mut before = start;
        for (index, child) in value.children().enumerate() {
            let (from, to) = child.span();
            assert!(before <= from && from <= to && to <= end);
            before = to;
            let mut path = if path.len() < 200 { path.clone() } else { String::new() };
            match value.kind() {
                Kind::Object => push_key(&mut path, &child.key()),
                // A path starts with a key.
                _ if path.is_empty() => {}
                _ => push_index(&mut path, index),
            }
            open.push((child, path));
        }
    }
    assert_eq!(count, root.inside() + 1);
}

/// Every body has a text, and what JSON writes of a text is read as that text.
fn body(data: &[u8]) {
    let text = decode(data);
    let written = serde_json::to_string(&text).expect("text is JSON");
    assert_eq!(decode(&written.as_bytes()[1..written.len() - 1]), text);
}
