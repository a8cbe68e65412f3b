//! Proves on the built pages that the privacy promise is in them: the policy itself, and nothing
//! that it would have to make an exception for.

use std::{fs, path::Path};

use anyhow::{Context, Result, bail, ensure};

use crate::{
    digest::{integrity, policy_hash},
    html::{self, Tag},
    offline,
    site::{DIST, ONE_FILE},
};

/// What the hosted page may do. `'self'` is the host it came from; its files are all there is.
const HOSTED: &[(&str, &str)] = &[
    ("default-src", "'none'"),
    ("script-src", "'self' 'wasm-unsafe-eval'"),
    ("style-src", "'self'"),
    ("connect-src", "'self'"),
    // 'self' is for the service worker, which keeps the page's own files. The only Trusted Types policy
    // takes its address and that of a `blob:`, whose worker inherits this policy.
    ("worker-src", "'self' blob:"),
    ("img-src", "'self' data:"),
    ("manifest-src", "'self'"),
    ("form-action", "'none'"),
    ("base-uri", "'none'"),
    // No text becomes HTML or script, whoever writes the code: only the addresses of workers pass.
    ("require-trusted-types-for", "'script'"),
    ("trusted-types", "default"),
];

/// Checks both builds.
pub fn check() -> Result<()> {
    let read = |name: &str| {
        fs::read_to_string(Path::new(DIST).join(name)).with_context(|| format!("reading {name}"))
    };
    let file = |name: &str| fs::read(Path::new(DIST).join(name)).ok();
    check_hosted(&read("index.html")?, &file).context("index.html")?;
    check_offline(&read(offline::SCRIPT)?, &file).context(offline::SCRIPT)?;
    check_one_file(&read(ONE_FILE)?).context(ONE_FILE)?;
    println!("both pages carry the policy and nothing it would have to excuse");
    Ok(())
}

fn check_hosted(page: &str, file: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<()> {
    let tags = html::tags(page);
    let policy = policy(&tags)?;
    let expected: Vec<_> =
        HOSTED.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    ensure!(policy == expected, "the policy is {policy:?}");
    for tag in &tags {
        no_inline_code(tag)?;
        ensure!(tag.name != "style", "an inline style");
        ensure!(tag.name != "script" || tag.get("src").is_some(), "an inline script");
        let icon_inside = |address: &&str| tag.get("rel") == Some("icon") && address.starts_with("data:");
        let address = tag.get("src").or(tag.get("href")).filter(|address| !icon_inside(address));
        if let Some(address) = address {
            let name = address.strip_prefix("./").with_context(|| format!("{address} is not relative"))?;
            let content = file(name).with_context(|| format!("{name} is not in {DIST}/"))?;
            // Browsers know no integrity for this kind of preload, and say so on the console. The
            // module that fetches the same address states it there. Nor do they for a manifest.
            if tag.get("as") == Some("fetch") || tag.get("rel") == Some("manifest") {
                continue;
            }
            let stated = tag.get("integrity").with_context(|| format!("{name} has no integrity"))?;
            ensure!(stated == integrity(&content), "the integrity of {name} is not that of its content");
        }
    }
    Ok(())
}

/// The service worker answers with files of the page and asks for nothing else.
fn check_offline(script: &str, file: &dyn Fn(&str) -> Option<Vec<u8>>) -> Result<()> {
    let (_, list) = script.split_once("const FILES = [").context("no list of files")?;
    let (list, rest) = list.split_once(']').context("no end of the list")?;
    for name in list.split(',').map(|name| name.trim().trim_matches('"')) {
        ensure!(name == "./" || file(name).is_some(), "{name} is not in {DIST}/");
    }
    for word in ["importScripts", "http:", "https:", "indexedDB", "XMLHttpRequest", "WebSocket"] {
        ensure!(!rest.contains(word), "it has {word}");
    }
    Ok(())
}

fn check_one_file(page: &str) -> Result<()> {
    let tags = html::tags(page);
    let mut allowed = Vec::new();
    for (name, value) in policy(&tags)? {
        let sources: Vec<&str> = value.split_whitespace().collect();
        match name.as_str() {
            "default-src" | "form-action" | "base-uri" => ensure!(value == "'none'", "{name} is {value}"),
            "require-trusted-types-for" => ensure!(value == "'script'", "{name} is {value}"),
            "trusted-types" => ensure!(value == "default", "{name} is {value}"),
            "worker-src" => ensure!(value == "blob:", "{name} is {value}"),
            "img-src" => ensure!(value == "data:", "{name} is {value}"),
            "script-src" | "style-src" => {
                for source in sources {
                    let wasm = name == "script-src" && source == "'wasm-unsafe-eval'";
                    ensure!(wasm || source.starts_with("'sha256-"), "{name} allows {source}");
                    allowed.push(source.to_owned());
                }
            }
            _ => bail!("{name} is not expected"),
        }
    }
    for tag in &tags {
        no_inline_code(tag)?;
        ensure!(tag.get("src").is_none(), "{} loads {:?}", tag.name, tag.get("src"));
        ensure!(
            tag.get("href").is_none_or(|href| href.starts_with("data:")),
            "{} links {:?}",
            tag.name,
            tag.get("href")
        );
        let data = tag.name == "script" && tag.get("type") == Some("text/plain");
        if matches!(tag.name.as_str(), "script" | "style") && !data {
            let hash = policy_hash(html::text_of(page, tag));
            ensure!(allowed.contains(&hash), "the policy does not name the {} with {hash}", tag.name);
        }
    }
    Ok(())
}

/// The directives, in order. The tag has to come before anything that loads or runs: a policy
/// does not bind what stands before it.
fn policy(tags: &[Tag]) -> Result<Vec<(String, String)>> {
    let is_policy = |tag: &&Tag| tag.get("http-equiv") == Some("Content-Security-Policy");
    ensure!(tags.iter().filter(is_policy).count() == 1, "there is not exactly one policy");
    let before = tags.iter().take_while(|tag| !is_policy(tag));
    for tag in before {
        let harmless = matches!(tag.name.as_str(), "html" | "head" | "meta");
        ensure!(harmless, "a {} stands before the policy", tag.name);
    }
    let content =
        tags.iter().find(is_policy).and_then(|tag| tag.get("content")).context("an empty policy")?;
    let directive = |text: &str| {
        let (name, value) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
        (name.to_owned(), value.to_owned())
    };
    Ok(content.split(';').filter(|text| !text.trim().is_empty()).map(directive).collect())
}

fn no_inline_code(tag: &Tag) -> Result<()> {
    for (name, value) in &tag.attributes {
        ensure!(!name.starts_with("on") && name != "style", "{} has the attribute {name}", tag.name);
        ensure!(!value.trim_start().starts_with("javascript:"), "{} has a script address", tag.name);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
                        worker-src 'self' blob:; img-src 'self' data:; manifest-src 'self'; form-action 'none'; base-uri 'none'; \
                        require-trusted-types-for 'script'; trusted-types default";

    fn hosted(policy: &str, rest: &str) -> bool {
        let page =
            format!("<html><head><meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{rest}");
        check_hosted(&page, &|name| (name == "a.js").then(|| b"abc".to_vec())).is_ok()
    }

    #[test]
    fn the_hosted_page_is_held_to_its_policy() {
        let script = format!("<script src=\"./a.js\" integrity=\"{}\"></script>", integrity(b"abc"));
        assert!(hosted(GOOD, &script));
        assert!(!hosted(&GOOD.replace("connect-src 'self'", "connect-src *"), &script));
        assert!(!hosted(&GOOD.replace("'self' 'wasm", "'self' 'unsafe-inline' 'wasm"), &script));
        for bad in [
            "<script>1</script>",
            "<style>p{}</style>",
            "<p onclick=\"x\">",
            "<p style=\"color:red\">",
            "<script src=\"./a.js\"></script>",
            "<script src=\"./a.js\" integrity=\"sha384-x\"></script>",
            "<script src=\"./missing.js\" integrity=\"sha384-x\"></script>",
            "<script src=\"https://example.com/a.js\" integrity=\"sha384-x\"></script>",
        ] {
            assert!(!hosted(GOOD, bad), "{bad}");
        }
    }

    #[test]
    fn the_service_worker_knows_the_files_of_the_page_only() {
        let script = offline::script(&["./", "a.js"].map(str::to_owned));
        let there = |name: &str| (name == "a.js").then(Vec::new);
        assert!(check_offline(&script, &there).is_ok());
        assert!(check_offline(&script, &|_| None).is_err());
        assert!(check_offline(&format!("{script}fetch('https://example.com')"), &there).is_err());
    }

    #[test]
    fn a_policy_after_a_script_is_none() {
        let page = format!(
            "<script src=\"./a.js\"></script><meta http-equiv=\"Content-Security-Policy\" content=\"{GOOD}\">"
        );
        assert!(policy(&html::tags(&page)).is_err());
    }

    #[test]
    fn the_one_file_allows_only_what_is_in_it() {
        let page = |policy: &str, body: &str| {
            check_one_file(&format!(
                "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{body}"
            ))
            .is_ok()
        };
        let hash = policy_hash("abc");
        let good = format!("default-src 'none'; script-src {hash} 'wasm-unsafe-eval'");
        assert!(page(&good, "<script type=\"module\">abc</script><script type=\"text/plain\">data</script>"));
        assert!(!page(&good, "<script>other</script>"));
        assert!(!page(&good, "<script src=\"./a.js\"></script>"));
        assert!(!page(&format!("{good}; connect-src 'self'"), ""));
        assert!(!page("default-src 'none'; script-src 'unsafe-inline'", ""));
    }
}
