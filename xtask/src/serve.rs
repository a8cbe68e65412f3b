//! A static server for one machine: enough to open the page, and to show that it needs no more.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, TcpListener, TcpStream},
    path::{Component, Path, PathBuf},
    thread,
    time::Duration,
};

use anyhow::{Result, bail};

use crate::site::{self, DIST};

/// Where the page is served unless another port is asked for.
pub const DEFAULT_PORT: u16 = 8080;

/// A request head larger than this is not from a browser that opens this page.
const MAX_HEAD_BYTES: u64 = 16 * 1024;

/// Builds the release page, then serves it until it is interrupted.
pub fn run(port: u16) -> Result<()> {
    // Before the build, so that a taken port is known at once.
    let listener = match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
        Ok(listener) => listener,
        Err(error) => {
            let other = port.checked_add(1).unwrap_or(DEFAULT_PORT);
            bail!("port {port} cannot be used ({error}); try: cargo xtask serve --port {other}")
        }
    };
    site::build(true)?;
    println!("Serving http://{} (Ctrl+C stops it)", listener.local_addr()?);
    for stream in listener.incoming() {
        let stream = stream?;
        thread::spawn(move || {
            // A browser that closes a connection early is no error of ours.
            let _ = answer(stream, Path::new(DIST));
        });
    }
    Ok(())
}

fn answer(stream: TcpStream, root: &Path) -> Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.set_write_timeout(Some(Duration::from_secs(10)))?;
    let mut reader = BufReader::new((&stream).take(MAX_HEAD_BYTES));
    let mut request = String::new();
    reader.read_line(&mut request)?;
    // The rest of the head says nothing that changes the answer, but has to be read.
    let mut line = String::new();
    while reader.read_line(&mut line)? > 2 {
        line.clear();
    }
    (&stream).write_all(&response(&request, root))?;
    Ok(())
}

/// The whole answer to a request line such as `GET /index.html HTTP/1.1`.
fn response(request: &str, root: &Path) -> Vec<u8> {
    let mut words = request.split_whitespace();
    let (method, target) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    if !matches!(method, "GET" | "HEAD") {
        return message("405 Method Not Allowed", "text/plain", b"only GET and HEAD\n", true);
    }
    let file = local_path(target, root).and_then(|path| Some((fs::read(&path).ok()?, path)));
    match file {
        Some((content, path)) => message("200 OK", media_type(&path), &content, method == "GET"),
        None => message("404 Not Found", "text/plain", b"not found\n", method == "GET"),
    }
}

fn message(status: &str, media_type: &str, content: &[u8], with_content: bool) -> Vec<u8> {
    let mut message = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\n\
         X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n",
        content.len()
    )
    .into_bytes();
    if with_content {
        message.extend_from_slice(content);
    }
    message
}

/// The file a target names, or `None` where it would leave the folder. Names of the build are
/// plain, so an escaped one names nothing.
fn local_path(target: &str, root: &Path) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let path = if path.is_empty() { "index.html" } else { path };
    let plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
    (plain && !path.contains(['\\', '%', '\0'])).then(|| root.join(path))
}

fn media_type(path: &Path) -> &'static str {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(request: &str, status: &str, media_type: &str) {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let answer = String::from_utf8_lossy(&response(request, root)).into_owned();
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{request}: {answer}");
        assert!(answer.contains(&format!("Content-Type: {media_type}")), "{request}: {answer}");
    }

    #[test]
    fn only_files_of_the_folder_are_served() {
        check("GET /Cargo.toml HTTP/1.1", "200", "application/octet-stream");
        check("GET /Cargo.toml?x#y HTTP/1.1", "200", "application/octet-stream");
        check("GET / HTTP/1.1", "404", "text/plain");
        for target in [
            "/../Cargo.toml",
            "/src/../../Cargo.toml",
            "//etc/hostname",
            "/%2e%2e/Cargo.toml",
            "/src",
            "x",
            "",
        ] {
            check(&format!("GET {target} HTTP/1.1"), "404", "text/plain");
        }
        for method in ["POST", "PUT", "DELETE", ""] {
            check(&format!("{method} /Cargo.toml HTTP/1.1"), "405", "text/plain");
        }
    }

    #[test]
    fn head_has_the_length_and_no_content() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let answer = String::from_utf8(response("HEAD /Cargo.toml HTTP/1.1", root)).unwrap();
        let length = fs::metadata(root.join("Cargo.toml")).unwrap().len();
        assert!(answer.contains(&format!("Content-Length: {length}\r\n")) && answer.ends_with("\r\n\r\n"));
    }

    #[test]
    fn wasm_has_the_type_that_streaming_needs() {
        assert_eq!(media_type(Path::new("app_bg.wasm")), "application/wasm");
    }
}
