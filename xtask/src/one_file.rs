//! The one-file build: the same parts in one page that works from `file://` and connects nowhere.
//!
//! Style and script are inline and named in the policy by their hash, so nothing else inline runs.
//! The programs are packed as in the hosted build, in base64. Workers start from a `blob:`
//! address in the same meta tag as in the hosted build; the app cannot tell the two apart.

use anyhow::{Context, Result, ensure};

use crate::{
    digest::{base64, policy_hash},
    html,
    minify::Kind,
    parts::{Parts, placeholder},
    site::{self, OFFER_WORKER, RUN_WORKER, UNPACK},
};

/// Starts the page. It stands in a block, so its names do not meet those of the glue.
const START: &str = "\
const text = (id) => document.getElementById(id).textContent;
const bytes = (id) => Uint8Array.from(atob(text(id)), (letter) => letter.charCodeAt(0));
offerWorker(text(\"trailscope-worker\"));
start(bytes(\"trailscope-unpack\"), bytes(\"trailscope-app\"), bytes(\"trailscope-engine\"));
";

/// The whole page.
pub fn page(parts: &Parts) -> Result<String> {
    let script = format!("{}\n{{\n{}\n{OFFER_WORKER}{UNPACK}{START}}}\n", parts.app_js, parts.unpack_js);
    let script = inline("script", parts.minifier.minify(Kind::Module, &script)?)?;
    let worker = inline("script", format!("{}\n{RUN_WORKER}", parts.worker_js))?;

    let mut edits = Vec::new();
    let mut styles = Vec::new();
    for tag in html::tags(&parts.html) {
        let href = tag.get("href").unwrap_or_default();
        match (tag.name.as_str(), tag.get("rel")) {
            ("link", Some("stylesheet")) => {
                let style = inline("style", String::from_utf8(parts.asset(href)?.to_vec())?)?;
                edits.push((tag.range, format!("<style>{style}</style>")));
                styles.push(policy_hash(&style));
            }
            // Already without an address: see `parts`.
            ("link", Some("icon")) => {}
            ("link", rel) => ensure!(false, "the one file cannot take in a link of the kind {rel:?}"),
            _ => {}
        }
    }

    let policy = policy_tag(&parts.html)?;
    edits.push((
        policy,
        format!(
            "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
            policy_text(&script, &styles)
        ),
    ));

    let (app, program) = parts.packed()?;
    let placeholder = html::element_range(&parts.html, &placeholder(&parts.html)?);
    let head = format!(
        "{}\
         <script type=\"text/plain\" id=\"trailscope-worker\">{worker}</script>\n    \
         <script type=\"text/plain\" id=\"trailscope-unpack\">{}</script>\n    \
         <script type=\"text/plain\" id=\"trailscope-app\">{}</script>\n    \
         <script type=\"text/plain\" id=\"trailscope-engine\">{}</script>\n    \
         <script type=\"text/plain\" id=\"trailscope-sample\">{}</script>\n    \
         <script type=\"module\">{script}</script>",
        site::metas(parts, "one-file"),
        base64(&parts.unpack_wasm),
        base64(&app),
        base64(&program),
        base64(&parts.sample),
    );
    edits.push((placeholder, head));

    edits.sort_by_key(|(range, _)| range.start);
    let mut page = parts.html.clone();
    for (range, text) in edits.into_iter().rev() {
        page.replace_range(range, &text);
    }
    Ok(page)
}

/// No `connect-src`: `default-src 'none'` answers for it, and nothing can be connected to.
fn policy_text(script: &str, styles: &[String]) -> String {
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; style-src {}; worker-src blob:; img-src data:; form-action 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types default",
        policy_hash(script),
        if styles.is_empty() { "'none'".to_owned() } else { styles.join(" ") },
    )
}

fn policy_tag(page: &str) -> Result<std::ops::Range<usize>> {
    html::tags(page)
        .into_iter()
        .find(|tag| tag.get("http-equiv") == Some("Content-Security-Policy"))
        .map(|tag| tag.range)
        .context("index.html has no Content-Security-Policy")
}

/// Text as it may stand inside an element. A parser would end the element at its end tag, would
/// read `<!--` in a script as something else, and would change a carriage return, and with it the
/// hash.
fn inline(element: &str, text: String) -> Result<String> {
    let text = text.replace("\r\n", "\n");
    let lower = text.to_ascii_lowercase();
    for forbidden in [&format!("</{element}"), "<!--", "<script", "\r"] {
        ensure!(!lower.contains(forbidden), "{forbidden:?} stands in what is to be inlined as a {element}");
    }
    ensure!(
        element != "style" || !lower.replace("url(data:", "").replace("url(\"data:", "").contains("url("),
        "a style sheet refers to another file, which the one file does not have"
    );
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::minify::Minifier;

    fn parts() -> Parts {
        Parts {
            html: "<!doctype html><head><meta http-equiv=\"Content-Security-Policy\" content=\"x\">\
                   <link rel=\"stylesheet\" href=\"./a.css\" integrity=\"y\"/>\
                   <script type=\"module\" data-js=\"a.js\" data-wasm=\"a.wasm\"></script></head><body></body>"
                .to_owned(),
            app_js: "async function __wbg_init() {}".to_owned(),
            app_wasm: b"\0asm page".to_vec(),
            worker_js: "let wasm_bindgen;".to_owned(),
            worker_wasm: b"\0asm worker".to_vec(),
            unpack_js: "let wasm_bindgen;".to_owned(),
            unpack_wasm: b"\0asm unpack".to_vec(),
            sample: b"sample".to_vec(),
            assets: vec![("a.css".to_owned(), b"p { color: red }".to_vec())],
            minifier: Minifier::default(),
        }
    }

    #[test]
    fn everything_inline_is_named_in_the_policy_and_nothing_is_linked() {
        let page = page(&parts()).unwrap();
        let tags = html::tags(&page);
        let policy = tags[1..].iter().find_map(|tag| tag.get("content")).unwrap();
        for tag in &tags {
            assert_eq!(tag.get("src"), None);
            let runs = tag.name == "style" || (tag.name == "script" && tag.get("type") == Some("module"));
            if runs {
                assert!(policy.contains(&policy_hash(html::text_of(&page, tag))), "{tag:?} not in {policy}");
            }
        }
        assert!(!policy.contains("connect-src") && !policy.contains("unsafe-inline"));
    }

    #[test]
    fn what_would_break_out_of_its_element_is_refused() {
        for (element, text) in [
            ("script", "a</SCRIPT>"),
            ("script", "<!--"),
            ("style", "</style>"),
            ("style", "b{src:url(x.png)}"),
        ] {
            assert!(inline(element, text.to_owned()).is_err(), "{text}");
        }
        assert!(inline("style", "i{mask:url(data:image/png;base64,AA)}".to_owned()).is_ok());
        assert_eq!(inline("script", "a\r\nb".to_owned()).unwrap(), "a\nb");
    }
}
