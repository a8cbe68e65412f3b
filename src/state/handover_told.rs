//! What a hand-over says of itself, and what the look through the finished file came to.

use super::handover::{HandOver, HandOverScope};
use crate::protocol::{Category, Found, Times};

/// A finished look through a finished file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CheckResult {
    /// Records that were to be written.
    pub expected: u64,
    /// Records in the file.
    pub events: u64,
    /// Its text, in bytes.
    pub bytes: u64,
    /// Originals looked for.
    pub looked_for: u64,
    /// Originals found.
    pub found: Vec<Found>,
    /// SHA-256 of the data.
    pub digest: String,
}

impl CheckResult {
    /// Whether the file may be saved.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.found.is_empty() && self.events == self.expected
    }
}

impl HandOver {
    /// What the copy says of itself, as JSON that may stand in a page. `integrity` is what was found of
    /// the files it is made of.
    #[must_use]
    pub fn manifest(&self, made: &str, version: &str, integrity: &str) -> String {
        let mut out = String::from("{");
        let mut member = |key: &str, value: &str| {
            if out.len() > 1 {
                out.push(',');
            }
            push_text(&mut out, key);
            out.push(':');
            push_text(&mut out, value);
        };
        let (taken, times, kept) = &self.written_as;
        let names = |removed: bool| {
            let named = Category::ALL.iter().filter(|category| taken.has(**category) == removed);
            named.map(|category| category.label()).collect::<Vec<_>>().join(", ")
        };
        let check = self.check.clone().unwrap_or_default();
        member("title", &self.title);
        member("note", &self.note);
        member("made", made);
        member("version", version);
        member(
            "scope",
            match self.scope {
                HandOverScope::All => "everything loaded",
                HandOverScope::Query if self.told_query.is_empty() => "every event",
                HandOverScope::Query => &self.told_query,
            },
        );
        member("removed", &names(true));
        member("kept", &names(false));
        let values = kept.lines().filter(|line| !line.trim().is_empty()).count();
        if values > 0 {
            member("kept-values", &values.to_string());
        }
        member("times", times_word(*times));
        member("integrity", integrity);
        member("events", &check.events.to_string());
        member("sha256", &check.digest);
        out.push('}');
        out
    }
}

/// What becomes of times, in a word.
#[must_use]
pub fn times_word(times: Times) -> &'static str {
    match times {
        Times::Kept => "kept",
        Times::Shifted => "shifted by whole days",
        Times::Coarsened => "cut to the hour",
    }
}

/// Writes a JSON string in which nothing can end a script element.
fn push_text(out: &mut String, text: &str) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '<' | '>' | '&' | '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{2028}' | '\u{2029}' => {
                out.push_str(&format!("\\u{:04x}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
}
