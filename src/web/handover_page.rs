//! The one file that is handed over: the page of the one-file build with events in it.
//!
//! The events stand in a `script` element that is no script: the policy's hashes are of the scripts, and
//! those stay as they are.

use js_sys::{Array, Function, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use super::intake::Taken;
use super::page;
use crate::json::{Document, Value};

const MANIFEST: &str = "<script type=\"application/json\" id=\"trailscope-manifest\">";
const DATA: &str = "<script type=\"text/plain\" id=\"trailscope-data\">";
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
    let bytes = Uint8Array::from(decoded(&element.text_content()?).as_slice());
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

/// Base64 without line ends, as this page writes it; what is none gives fewer bytes, and the reader of
/// the events says so.
fn decoded(text: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut held) = (0u32, 0);
    for byte in text.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held & 0xff) as u8);
        }
    }
    out
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
        Some(address) => fetched(&address).await.ok_or_else(gone)?,
        None => own().ok_or_else(gone)?,
    };
    let page = without(without(page, MANIFEST), DATA);
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

/// The one-file build beside the hosted one; its hash is in the meta tag that names it.
async fn fetched(address: &str) -> Option<String> {
    let options = Object::new();
    let element =
        gloo::utils::document().query_selector("meta[name='trailscope-one-file']").ok().flatten()?;
    if let Some(integrity) = element.get_attribute("data-integrity") {
        Reflect::set(&options, &"integrity".into(), &integrity.into()).ok()?;
    }
    let window: JsValue = gloo::utils::window().into();
    let fetch = Reflect::get(&window, &"fetch".into()).ok()?.dyn_into::<Function>().ok()?;
    let promise = fetch.call2(&window, &address.into(), &options).ok()?.dyn_into::<Promise>().ok()?;
    let response: web_sys::Response = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    JsFuture::from(response.text().ok()?).await.ok()?.as_string()
}

/// This page as it was loaded: nothing in its head has changed but the address of the worker.
fn own() -> Option<String> {
    const WORKER: &str = "name=\"trailscope-worker\" content=\"";
    let head = gloo::utils::document().head()?.outer_html();
    let at = head.find(WORKER)? + WORKER.len();
    let end = at + head[at..].find('"')?;
    Some(format!("<!doctype html>\n<html lang=\"en\">{}{}<body></body></html>\n", &head[..at], &head[end..]))
}
