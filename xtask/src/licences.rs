//! Every dependency's licence, against a list of those that go together with ours.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::tools;

/// SPDX identifiers, with exceptions as written: all permissive.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MIT-0",
    "NCSA",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
    // libbzip2's own: the terms of BSD, with names.
    "bzip2-1.0.6",
];

/// The page with its commands, and the fuzz targets.
const MANIFESTS: &[&str] = &["Cargo.toml", "fuzz/Cargo.toml"];

/// The npm packages that build and test the page. None of their code is in it.
const NPM_LOCKS: &[&str] = &["xtask/npm/package-lock.json", "tests/browser/package-lock.json"];

/// Fails with the list of packages whose licence is not allowed or not stated.
pub fn check() -> Result<()> {
    let mut packages: Vec<(String, String)> = Vec::new();
    for manifest in MANIFESTS {
        let metadata = tools::metadata(manifest)?;
        let crates = metadata["packages"].as_array().context("cargo metadata lists no packages")?;
        packages.extend(crates.iter().map(|entry| described(&entry["name"], entry)));
    }
    packages.sort();
    packages.dedup();
    for lock in NPM_LOCKS {
        let lock: Value = serde_json::from_slice(&fs::read(Path::new(lock))?)?;
        let entries = lock["packages"].as_object().context("a package-lock.json lists no packages")?;
        packages.extend(entries.iter().map(|(path, entry)| described(&Value::from(path.as_str()), entry)));
    }
    let refused: Vec<String> = packages
        .iter()
        .filter(|(_, licence)| !allows(licence))
        .map(|(name, licence)| format!("{name}: {licence:?}"))
        .collect();
    ensure!(refused.is_empty(), "licences not on the list: {}", refused.join(", "));
    println!("{} packages, every licence on the list", packages.len());
    Ok(())
}

fn described(name: &Value, entry: &Value) -> (String, String) {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    (format!("{} {}", text(name), text(&entry["version"])), text(&entry["license"]))
}

/// Whether an SPDX expression can be met from the list alone. `/` is what old manifests write for
/// `OR`.
fn allows(expression: &str) -> bool {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let met = either(&words, &mut at);
    met && at == words.len()
}

/// `A OR B`: the lowest precedence.
fn either(words: &[&str], at: &mut usize) -> bool {
    let mut met = both(words, at);
    while words.get(*at) == Some(&"OR") {
        *at += 1;
        met |= both(words, at);
    }
    met
}

/// `A AND B`.
fn both(words: &[&str], at: &mut usize) -> bool {
    let mut met = single(words, at);
    while words.get(*at) == Some(&"AND") {
        *at += 1;
        met &= single(words, at);
    }
    met
}

/// An identifier with its exception, or a parenthesis.
fn single(words: &[&str], at: &mut usize) -> bool {
    let Some(word) = words.get(*at) else { return false };
    *at += 1;
    if *word == "(" {
        let met = either(words, at);
        let closed = words.get(*at) == Some(&")");
        *at += 1;
        return met && closed;
    }
    let mut name = (*word).to_owned();
    if words.get(*at) == Some(&"WITH") {
        name = format!("{name} WITH {}", words.get(*at + 1).unwrap_or(&""));
        *at += 2;
    }
    ALLOWED.contains(&name.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_met_from_the_list_or_not() {
        for (expression, expected) in [
            ("MIT", true),
            ("MIT OR Apache-2.0", true),
            ("MIT/Apache-2.0", true),
            ("GPL-3.0 OR MIT", true),
            ("MIT AND GPL-3.0", false),
            ("(MIT OR Apache-2.0) AND Unicode-3.0", true),
            ("(MIT OR GPL-3.0) AND GPL-3.0", false),
            ("GPL-3.0 OR MIT AND Zlib", true),
            ("Apache-2.0 WITH LLVM-exception", true),
            ("Apache-2.0 WITH Other-exception", false),
            ("GPL-3.0", false),
            ("", false),
            ("(MIT", false),
            ("MIT MIT", false),
        ] {
            assert_eq!(allows(expression), expected, "{expression}");
        }
    }
}
