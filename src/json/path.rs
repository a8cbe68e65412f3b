//! Paths into a record: `requestParameters.users[0].password`.
//!
//! A key that holds anything but ASCII letters and digits, `-`, `_`, `$`, `@` or `/` is quoted: `tags."a.b"`.

use std::fmt;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Step {
    /// A member of an object.
    Key(String),
    /// An element of a list, counted from 0.
    Index(usize),
    /// Any element of a list: `[]`.
    Each,
}

/// A parsed path. Keys compare by ASCII case, as AWS writes the same key in several casings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(pub Vec<Step>);

impl Path {
    /// Reads a path; `None` where it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut steps = Vec::new();
        let mut rest = text;
        loop {
            if let Some(quoted) = rest.strip_prefix('"') {
                let (key, after) = quoted_key(quoted)?;
                steps.push(Step::Key(key));
                rest = after;
            } else {
                let end = rest.find(['.', '[', '"']).unwrap_or(rest.len());
                if end == 0 {
                    return None;
                }
                steps.push(Step::Key(rest[..end].to_owned()));
                rest = &rest[end..];
            }
            while let Some(inner) = rest.strip_prefix('[') {
                let (index, after) = inner.split_once(']')?;
                steps.push(if index.is_empty() { Step::Each } else { Step::Index(index.parse().ok()?) });
                rest = after;
            }
            if rest.is_empty() {
                return Some(Self(steps));
            }
            rest = rest.strip_prefix('.')?;
        }
    }
}

fn quoted_key(text: &str) -> Option<(String, &str)> {
    let mut key = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((key, &text[at + 1..])),
            '\\' => key.push(characters.next()?.1),
            other => key.push(other),
        }
    }
    None
}

/// Writes one key onto a path, with its dot and, where it needs them, its quotes.
pub fn push_key(path: &mut String, key: &str) {
    if !path.is_empty() {
        path.push('.');
    }
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '$' | '@' | '/');
    if !key.is_empty() && key.chars().all(plain) {
        path.push_str(key);
        return;
    }
    path.push('"');
    for character in key.chars() {
        if matches!(character, '"' | '\\') {
            path.push('\\');
        }
        path.push(character);
    }
    path.push('"');
}

/// Writes one index onto a path.
pub fn push_index(path: &mut String, index: usize) {
    path.push('[');
    path.push_str(&index.to_string());
    path.push(']');
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = String::new();
        for step in &self.0 {
            match step {
                Step::Key(key) => push_key(&mut text, key),
                Step::Index(index) => push_index(&mut text, *index),
                Step::Each => text.push_str("[]"),
            }
        }
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn reads_the_written_forms_and_refuses_the_rest() {
        for good in [
            "eventName",
            "a.b.c",
            "users[0].password",
            "users[].x",
            "m[0][1]",
            r#"tags."a.b:c""#,
            r#""q\"x""#,
        ] {
            assert_eq!(Path::parse(good).map(|path| path.to_string()).as_deref(), Some(good));
        }
        for bad in ["", ".", "a.", ".a", "a[", "a[x]", "a]b[", "a\"b", "\"open"] {
            assert!(Path::parse(bad).is_none() || Path::parse(bad).unwrap().to_string() != bad, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_reads_back(keys in prop::collection::vec(any::<String>(), 1..5), index in 0usize..99) {
            let mut text = String::new();
            let mut steps = Vec::new();
            for key in keys {
                push_key(&mut text, &key);
                push_index(&mut text, index);
                steps.extend([Step::Key(key), Step::Index(index)]);
            }
            prop_assert_eq!(Path::parse(&text), Some(Path(steps)));
        }
    }
}
