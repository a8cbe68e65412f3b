//! What a first visit downloads, compressed the way a host sends it.

use std::{fs, path::Path};

use anyhow::{Result, ensure};

use crate::{
    digest::gzip,
    site::{DIST, ONE_FILE, SAMPLE},
};

/// All files together, gzip, in bytes.
const LIMIT: usize = 700_000;

/// Name, size and compressed size of every file of a first visit.
fn files() -> Result<Vec<(String, usize, usize)>> {
    let mut rows = Vec::new();
    for entry in fs::read_dir(DIST)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // Both come only when somebody asks for them.
        if name != ONE_FILE && !name.starts_with(SAMPLE) {
            let content = fs::read(&path)?;
            rows.push((name, content.len(), gzip(&content)?.len()));
        }
    }
    ensure!(!rows.is_empty(), "{DIST}/ is empty");
    Ok(rows)
}

/// What a first visit downloads, in bytes.
pub fn first_visit() -> Result<usize> {
    Ok(files()?.iter().map(|(.., compressed)| compressed).sum())
}

/// Prints the table and fails above the limit.
pub fn check() -> Result<()> {
    let mut rows = files()?;
    rows.sort_by_key(|(_, _, compressed)| std::cmp::Reverse(*compressed));
    let total = rows.iter().fold((0, 0), |sum, row| (sum.0 + row.1, sum.1 + row.2));
    rows.push(("first visit".to_owned(), total.0, total.1));
    for (name, raw, compressed) in &rows {
        println!("{name:<34} {raw:>9} B {compressed:>8} B gzip");
    }
    println!("{ONE_FILE:<34} {:>9} B", fs::metadata(Path::new(DIST).join(ONE_FILE))?.len());
    ensure!(total.1 <= LIMIT, "a first visit downloads {} B, more than {LIMIT}", total.1);
    Ok(())
}
