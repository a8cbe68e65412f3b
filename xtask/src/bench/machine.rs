//! Where and with what it was measured.

use std::{fs, thread};

use crate::command::{find_program, output};

/// One line on the machine and one on the programs.
pub fn describe(duckdb: Option<String>) -> String {
    let programs = [
        first_line("rustc", "--version"),
        browser(),
        first_line("node", "--version").map(|version| format!("Node.js {version}")),
        first_line("zcat", "--version"),
        first_line("jq", "--version"),
        first_line("grep", "--version"),
        duckdb.map(|version| format!("DuckDB {version}")),
    ];
    let programs: Vec<String> = programs.into_iter().flatten().collect();
    format!("{}\n\nPrograms: {}.", hardware(), programs.join(", "))
}

fn hardware() -> String {
    let about = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = value_of(&about, "model name").unwrap_or("unknown processor").to_owned();
    let memory = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes =
        value_of(&memory, "MemTotal").and_then(|value| value.split(' ').next()?.parse::<u64>().ok());
    let system = output("uname", &["-s", "-r", "-m"]).unwrap_or_else(|| std::env::consts::OS.to_owned());
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let memory =
        kilobytes.map_or_else(String::new, |kilobytes| format!(", {} GB of memory", kilobytes / 1_000_000));
    format!("Machine: {model}, {cores} cores{memory}, {system}.")
}

/// What stands behind a name in a file of `/proc`.
fn value_of<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    text.lines().find_map(|line| line.strip_prefix(name)?.split_once(':').map(|(_, value)| value.trim()))
}

fn first_line(program: &str, argument: &str) -> Option<String> {
    output(program, &[argument])?.lines().next().map(str::to_owned)
}

fn browser() -> Option<String> {
    let program = crate::tools::browser().ok()?;
    first_line(&program.to_string_lossy(), "--version")
        .map(|line| line.split(" built").next().unwrap_or_default().trim().to_owned())
}

/// How many programs wanted a core in the last minute, by the system's count.
pub fn load_average() -> Option<f64> {
    fs::read_to_string("/proc/loadavg").ok()?.split(' ').next()?.parse().ok()
}

/// Now, as a person writes it.
pub fn now() -> String {
    output("date", &["-u", "+%Y-%m-%d %H:%M UTC"]).unwrap_or_default()
}

/// The commit that is measured.
pub fn commit() -> String {
    if find_program(&["git"]).is_none() {
        return "an unknown commit".to_owned();
    }
    let commit = output("git", &["rev-parse", "--short=10", "HEAD"]).unwrap_or_default();
    // Only what the page is made of: a table that was just written changes no figure.
    let changed =
        output("git", &["status", "--porcelain", "--", "src", "static", "index.html", "Cargo.lock"]);
    format!(
        "commit {commit}{}",
        if changed.is_some_and(|list| !list.is_empty()) { " and changes" } else { "" }
    )
}

#[cfg(test)]
mod tests {
    use super::value_of;

    #[test]
    fn values_stand_behind_names() {
        let text = "processor\t: 0\nmodel name\t: A CPU @ 2.0 GHz\nMemTotal:       24684092 kB\n";
        assert_eq!(value_of(text, "model name"), Some("A CPU @ 2.0 GHz"));
        assert_eq!(value_of(text, "MemTotal"), Some("24684092 kB"));
        assert_eq!(value_of(text, "flags"), None);
    }
}
