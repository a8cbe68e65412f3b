//! The one file that is handed over: the page of the one-file build with events in it.
//!
//! The events stand in a `script` element that is no script: the policy's hashes are of the scripts, and
//! those stay as they are.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use super::intake::Taken;
use super::page;
use crate::json::{Document, Value};

const MANIFEST: &str = "<script type=\"application/json\" id=\"trailscope-manifest\">";
const DATA: &str = "<script type=\"text/plain\" id=\"trailscope-data\">";
/// Whoever opens a copy has events to look at.
const SAMPLE: &str = "<script type=\"text/plain\" id=\"trailscope-sample\">";
const END: &str = "</script>";

/// What this copy says of itself; nothing if it is none.
#[must_use]
pub fn manifest() -> Vec<(String, String)> {
    let element = gloo::utils::document().get_element_by_id("trailscope-manifest");
    let text = element.and_then(|element| element.text_content()).unwrap_or_default();
    let Ok(document) = Document::parse(text.as_bytes()) else { return Vec::new() };
    let member = |value: Value<'_>| Some((value.key().into_owned(), value.as_str()?.into_owned()));
    document.root().children().filter_map(member).collect()
}

/// The events in this copy, as a file to be read.
#[must_use]
pub fn events() -> Option<Taken> {
    let element = gloo::utils::document().get_element_by_id("trailscope-data")?;
    let bytes = Uint8Array::from(page::decoded(&element.text_content()?).as_slice());
    let file = File::new_with_u8_array_sequence(&Array::of1(&bytes), "events.gz").ok()?;
    Some(Taken { path: "events.gz".to_owned(), file })
}

/// The SHA-256 of a file in hex; nothing where the browser has none to give, on plain HTTP.
pub async fn sha256(file: &File) -> Option<String> {
    let bytes = JsFuture::from(file.array_buffer()).await.ok()?.dyn_into().ok()?;
    let promise = super::integrity::platform()?.digest_with_str_and_buffer_source("SHA-256", &bytes).ok()?;
    let digest = Uint8Array::new(&JsFuture::from(promise).await.ok()?).to_vec();
    Some(digest.iter().map(|byte| format!("{byte:02x}")).collect())
}

/// The page with events in it. `data` is base64.
///
/// # Errors
/// Says so if the page of the one-file build could not be had.
pub async fn assembled(manifest: String, data: Blob) -> Result<Blob, String> {
    let gone = || {
        "The one-file page could not be loaded from where this page came from. Open that file and try there."
            .to_owned()
    };
    let page = match page::meta("trailscope-one-file") {
        Some(_) => {
            let page = page::part("trailscope-one-file").await.and_then(|page| String::from_utf8(page).ok());
            page.ok_or_else(gone)?
        }
        None => own().ok_or_else(gone)?,
    };
    let page = without(without(without(page, MANIFEST), DATA), SAMPLE);
    let at = page.rfind("</head>").ok_or_else(gone)?;
    let (before, after) = page.split_at(at);
    let head = format!("{before}{MANIFEST}{manifest}{END}\n{DATA}");
    let parts = Array::of3(&head.into(), &data, &format!("{END}\n{after}").into());
    Blob::new_with_blob_sequence(&parts).map_err(|_| "There is not enough memory for it.".to_owned())
}

/// Takes an element out.
fn without(mut page: String, start: &str) -> String {
    if let Some(from) = page.find(start)
        && let Some(end) = page[from..].find(END)
    {
        page.replace_range(from..from + end + END.len(), "");
    }
    page
}

/// This page as it was loaded: nothing in its head has changed but the address of the worker.
fn own() -> Option<String> {
    const WORKER: &str = "name=\"trailscope-worker\" content=\"";
    let head = gloo::utils::document().head()?.outer_html();
    let at = head.find(WORKER)? + WORKER.len();
    let end = at + head[at..].find('"')?;
    Some(format!("<!doctype html>\n<html lang=\"en\">{}{}<body></body></html>\n", &head[..at], &head[end..]))
}
