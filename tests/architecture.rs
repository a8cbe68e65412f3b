//! The map of ARCHITECTURE.md, kept true: who may import whom, and what each file owes its readers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each module of `src` and the modules it may import, in an order in which every import points up
/// to a line before it. `bin` holds the two programs.
const MAP: &[(&str, &[&str])] = &[
    ("sorting", &[]),
    ("field", &[]),
    ("json", &[]),
    ("protocol", &["field"]),
    ("redaction", &["json", "protocol"]),
    ("exposure", &["json", "protocol", "redaction"]),
    ("event", &["exposure", "field", "json", "redaction"]),
    ("identity", &["json", "protocol"]),
    ("services", &["event", "json", "protocol", "redaction", "sorting"]),
    ("sentence", &["event", "identity", "json", "protocol", "redaction", "services"]),
    ("columnar", &[]),
    ("ingest", &["columnar", "event", "json", "protocol"]),
    ("table", &["event", "field", "protocol"]),
    ("query", &["event", "field", "json", "services"]),
    ("sql", &["event", "json", "query"]),
    ("summary", &["event", "field", "identity", "protocol", "query", "sorting", "table"]),
    ("merge", &["event", "field", "protocol", "sorting"]),
    ("pseudonym", &["event", "json", "merge", "protocol", "redaction"]),
    (
        "shard",
        &[
            "columnar",
            "event",
            "exposure",
            "field",
            "identity",
            "ingest",
            "json",
            "protocol",
            "pseudonym",
            "query",
            "redaction",
            "sentence",
            "services",
            "summary",
            "table",
        ],
    ),
    ("sample", &["json", "redaction", "sorting"]),
    ("display", &["exposure", "protocol", "sorting"]),
    ("integrity", &["display", "event", "ingest", "json", "protocol", "sorting"]),
    ("layout", &["json", "protocol", "sorting"]),
    ("state", &["display", "event", "field", "ingest", "merge", "protocol", "query", "sorting"]),
    ("web", &["ingest", "integrity", "json", "protocol", "pseudonym", "sample", "shard", "sorting"]),
    (
        "ui",
        &[
            "display",
            "event",
            "field",
            "integrity",
            "layout",
            "protocol",
            "query",
            "sample",
            "services",
            "sorting",
            "sql",
            "state",
            "web",
        ],
    ),
];

/// A file over this many lines has more than one idea in it.
const MOST_LINES: usize = 520;

fn sources() -> Vec<(String, PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut open = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let inside = path.strip_prefix(&root).unwrap();
            let module = inside.components().next().unwrap().as_os_str().to_string_lossy();
            let text = fs::read_to_string(&path).unwrap();
            files.push((module.trim_end_matches(".rs").to_owned(), inside.to_owned(), text));
        }
    }
    files
}

/// The modules of this crate that a text names, comments left out.
fn imports(text: &str) -> BTreeSet<String> {
    let code =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let name = |text: &str| text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect::<String>();
    let mut found = BTreeSet::new();
    for rest in code.split("crate::").skip(1) {
        match rest.strip_prefix('{').and_then(|list| list.split_once('}')) {
            Some((list, _)) => found.extend(list.split(',').map(|part| name(part.trim()))),
            None => {
                found.insert(name(rest));
            }
        }
    }
    found.remove("");
    found
}

/// The code of a file without its tests, which may reach further.
fn without_tests(text: &str) -> &str {
    text.split_once("#[cfg(test)]").map_or(text, |(code, _)| code)
}

fn is_test_file(path: &Path) -> bool {
    path.components().any(|part| {
        let name = part.as_os_str().to_string_lossy();
        ["tests", "tests.rs", "properties.rs"].contains(&&*name) || name.ends_with("_tests.rs")
    })
}

#[test]
fn imports_point_one_way() {
    for (at, (module, allowed)) in MAP.iter().enumerate() {
        for name in *allowed {
            assert!(
                MAP[..at].iter().any(|(before, _)| before == name),
                "{module} may not import {name}: it comes later"
            );
        }
    }
}

#[test]
fn every_module_imports_what_the_map_allows() {
    for (module, path, text) in sources() {
        if ["lib", "bin"].contains(&module.as_str()) || is_test_file(&path) {
            continue;
        }
        let (_, allowed) = MAP
            .iter()
            .find(|(name, _)| *name == module)
            .unwrap_or_else(|| panic!("{module} is not on the map"));
        for import in imports(without_tests(&text)) {
            let fine = import == module || allowed.contains(&import.as_str());
            assert!(
                fine,
                "{} imports {import}; the map in tests/architecture.rs does not allow it",
                path.display()
            );
        }
    }
}

#[test]
fn the_browser_is_in_web_and_yew_in_ui() {
    for (module, path, text) in sources() {
        let code = without_tests(&text);
        let zone = module.as_str();
        let forbid = |what: &str, but_in: &[&str]| {
            let clean = but_in.contains(&zone) || !code.contains(what);
            assert!(clean, "{} has {what}, which belongs in {but_in:?}", path.display());
        };
        forbid("use yew", &["ui"]);
        forbid("yew::", &["ui"]);
        for what in ["web_sys::", "js_sys::", "wasm_bindgen::", "gloo::"] {
            forbid(what, &["web", "ui", "bin"]);
        }
        for what in
            ["Worker::new", "LocalStorage", "Blob::new", "fetch_with", "post_message", "serde_wasm_bindgen"]
        {
            forbid(what, &["web"]);
        }
    }
}

#[test]
fn every_file_opens_with_its_purpose_and_stays_short() {
    for (_, path, text) in sources() {
        assert!(text.starts_with("//!"), "{} does not say what it is for", path.display());
        let lines = without_tests(&text).lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines", path.display());
    }
}

/// Masking on screen hides what every view shows, so no view may show a value past it.
#[test]
fn views_show_values_through_the_mask() {
    let past = |text: &str| {
        let lists = text.split("use crate::display::").skip(1).filter_map(|rest| rest.split(';').next());
        lists
            .flat_map(|list| list.split(|c: char| !c.is_alphanumeric() && c != '_'))
            .any(|name| name == "shown")
            || text.contains("display::shown(")
    };
    for (module, path, text) in sources() {
        let name = path.to_string_lossy().replace('\\', "/");
        // The one is the mask; the other draws a text that has been masked in its places.
        if module == "ui" && !["ui/shared/mask.rs", "ui/query_bar/mod.rs"].contains(&name.as_str()) {
            assert!(!past(&text), "{name} shows values past the mask");
        }
    }
}
