//! The page's own document, address and preferences.

use gloo::events::EventListener;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement};

/// The only thing that is ever stored: whether the reader chose light or dark.
const SCHEME_KEY: &str = "trailscope-scheme";

/// The content of a `<meta name=…>` of the page.
#[must_use]
pub fn meta(name: &str) -> Option<String> {
    let selector = format!("meta[name='{name}'], meta[http-equiv='{name}']");
    let element = gloo::utils::document().query_selector(&selector).ok().flatten()?;
    element.get_attribute("content")
}

/// The compiled program of the workers, which the script that starts the page has promised; `None` if it
/// did not come.
pub async fn engine() -> Option<JsValue> {
    let promised = js_sys::Reflect::get(&js_sys::global(), &JsValue::from_str("trailscopeEngine")).ok()?;
    let promised = promised.dyn_into::<js_sys::Promise>().ok()?;
    JsFuture::from(promised).await.ok()
}

/// A part of the page that is only loaded when it is needed. In the hosted build a meta tag of this name has its
/// address and its hash; in the one file an element with this id has it in base64.
pub async fn part(name: &str) -> Option<Vec<u8>> {
    let document = gloo::utils::document();
    if let Some(element) = document.get_element_by_id(name) {
        return Some(decoded(&element.text_content()?));
    }
    let element = document.query_selector(&["meta[name='", name, "']"].concat()).ok().flatten()?;
    let options = js_sys::Object::new();
    if let Some(integrity) = element.get_attribute("data-integrity") {
        js_sys::Reflect::set(&options, &"integrity".into(), &integrity.into()).ok()?;
    }
    let window: JsValue = gloo::utils::window().into();
    let fetch = js_sys::Reflect::get(&window, &"fetch".into()).ok()?.dyn_into::<js_sys::Function>().ok()?;
    let address = element.get_attribute("content")?;
    let promise = fetch.call2(&window, &address.into(), &options).ok()?.dyn_into::<js_sys::Promise>().ok()?;
    let response: web_sys::Response = JsFuture::from(promise).await.ok()?.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let bytes = JsFuture::from(response.array_buffer().ok()?).await.ok()?;
    Some(js_sys::Uint8Array::new(&bytes).to_vec())
}

/// Base64 without line ends, as pages hold it; what is none gives fewer bytes, and the reader of
/// the events says so.
pub fn decoded(text: &str) -> Vec<u8> {
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

/// The fragment of the address.
#[must_use]
pub fn fragment() -> String {
    gloo::utils::window().location().hash().unwrap_or_default()
}

/// The address without its fragment.
#[must_use]
pub fn address() -> String {
    let href = gloo::utils::window().location().href().unwrap_or_default();
    href.split('#').next().unwrap_or_default().to_owned()
}

/// Calls when the browser has a newer version of this page than the one that runs.
pub fn on_newer(there: impl Fn() + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "trailscope-newer", move |_| there())
}

/// Loads that version: what is open here is forgotten.
pub fn take_newer() {
    if let Ok(event) = web_sys::Event::new("trailscope-take-newer") {
        let _ = gloo::utils::window().dispatch_event(&event);
    }
}

/// Tells when the browser goes back or forth, or somebody writes another fragment into the address.
pub fn on_visit(changed: impl Fn() + 'static) -> EventListener {
    EventListener::new(&gloo::utils::window(), "popstate", move |_| changed())
}

/// The number that [`set_visit`] gave the entry of the history; `None` where somebody wrote the address.
#[must_use]
pub fn visit() -> Option<u32> {
    let state = gloo::utils::window().history().ok()?.state().ok()?;
    // Numbers come back as they went: whole, and below 2^32.
    state.as_f64().map(|number| number as u32)
}

/// Gives the address another fragment, as an entry of its own or in place of the last one. The entry holds
/// nothing but a number.
pub fn set_visit(number: u32, fragment: Option<&str>, new: bool) {
    let Ok(history) = gloo::utils::window().history() else { return };
    let url = fragment.map(|fragment| ["#", fragment].concat());
    // Refused in some `file://` settings; the page works without.
    let _ = if new {
        history.push_state_with_url(&number.into(), "", url.as_deref())
    } else {
        history.replace_state_with_url(&number.into(), "", url.as_deref())
    };
}

/// The scheme the reader chose earlier: `light` or `dark`.
#[must_use]
pub fn stored_scheme() -> Option<String> {
    storage()?.get_item(SCHEME_KEY).ok().flatten()
}

/// Remembers the scheme.
pub fn store_scheme(scheme: &str) {
    if let Some(storage) = storage() {
        // It can be full or switched off; then the choice lasts as long as the page.
        let _ = storage.set_item(SCHEME_KEY, scheme);
    }
}

fn storage() -> Option<web_sys::Storage> {
    gloo::utils::window().local_storage().ok().flatten()
}

/// Puts the scheme on the root element; `None` follows the system.
pub fn set_scheme(scheme: Option<&str>) {
    if let Some(root) = gloo::utils::document().document_element() {
        let _ = match scheme {
            Some(scheme) => root.set_attribute("data-scheme", scheme),
            None => root.remove_attribute("data-scheme"),
        };
    }
}

/// Whether the system asks for dark.
#[must_use]
pub fn system_is_dark() -> bool {
    let query = gloo::utils::window().match_media("(prefers-color-scheme: dark)");
    query.ok().flatten().is_some_and(|query| query.matches())
}

/// Copies a text to the clipboard; calls back with whether it worked.
pub fn copy(text: &str, done: impl FnOnce(bool) + 'static) {
    let clipboard = gloo::utils::window().navigator().clipboard();
    if clipboard.is_undefined() {
        done(false);
        return;
    }
    let promise = clipboard.write_text(text);
    wasm_bindgen_futures::spawn_local(async move {
        done(JsFuture::from(promise).await.is_ok());
    });
}

/// The time of the machine, milliseconds since 1970 UTC.
#[must_use]
pub fn now_unix_ms() -> i64 {
    // Whole milliseconds, far below 2^53.
    js_sys::Date::now() as i64
}

/// Offers a text as a download.
pub fn download(name: &str, mime: &str, text: &str) {
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(mime);
    let parts = js_sys::Array::of1(&text.into());
    if let Ok(blob) = web_sys::Blob::new_with_str_sequence_and_options(&parts, &options) {
        download_blob(name, &blob);
    }
}

/// Blobs as one.
#[must_use]
pub fn joined(blobs: &js_sys::Array) -> Option<web_sys::Blob> {
    web_sys::Blob::new_with_blob_sequence(blobs).ok()
}

/// Offers a file as a download.
pub fn download_blob(name: &str, blob: &web_sys::Blob) {
    let Ok(url) = web_sys::Url::create_object_url_with_blob(blob) else { return };
    if let Ok(anchor) = gloo::utils::document().create_element("a") {
        let anchor: web_sys::HtmlAnchorElement = anchor.unchecked_into();
        anchor.set_href(&url);
        anchor.set_download(name);
        anchor.click();
    }
    // The download has the blob by then; the address need not outlive it long.
    gloo::timers::callback::Timeout::new(60_000, move || {
        let _ = web_sys::Url::revoke_object_url(&url);
    })
    .forget();
}

/// Whether keys now go into a text field.
#[must_use]
pub fn is_typing() -> bool {
    let Some(active) = gloo::utils::document().active_element() else { return false };
    let editable = active.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable);
    editable || matches!(active.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
}

/// Moves the focus to the element with this test handle.
pub fn focus(testid: &str) {
    if let Some(element) = by_testid(testid)
        && let Some(element) = element.dyn_ref::<HtmlElement>()
    {
        // An element that can't take the focus leaves it where it is.
        let _ = element.focus();
    }
}

/// Clicks the element with this test handle: how keys open the pickers.
pub fn click(testid: &str) {
    if let Some(element) = by_testid(testid)
        && let Some(element) = element.dyn_ref::<HtmlElement>()
    {
        element.click();
    }
}

fn by_testid(testid: &str) -> Option<Element> {
    gloo::utils::document().query_selector(&format!("[data-testid='{testid}']")).ok().flatten()
}

/// Random bits for the hashes of this session.
#[must_use]
pub fn seed() -> u64 {
    let mut bytes = [0u8; 8];
    let crypto = gloo::utils::window().crypto();
    if crypto.and_then(|crypto| crypto.get_random_values_with_u8_array(&mut bytes)).is_err() {
        bytes = js_sys::Date::now().to_bits().to_le_bytes();
    }
    u64::from_le_bytes(bytes)
}

/// 32 random bytes and a number of days, for a hand-over. `None` where the browser gives no random
/// numbers: a key that could be guessed would be worse than none.
#[must_use]
pub fn hand_over_key() -> Option<([u8; 32], i32)> {
    let mut bytes = [0u8; 34];
    gloo::utils::window().crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    let mut key = [0; 32];
    key.copy_from_slice(&bytes[..32]);
    // Between one and eleven years, back or forth by the last bit.
    let days = 365 + i32::from(u16::from_le_bytes([bytes[32], bytes[33]]) >> 4);
    Some((key, if bytes[32] & 1 == 0 { days } else { -days }))
}

/// Tries to reach another origin, to show that the policy refuses it. Calls back with whether it got
/// through, and the directive that the browser says forbade it.
pub fn try_to_connect(url: &'static str, done: impl FnOnce(bool, Option<String>) + 'static) {
    /// The browser tells of the policy a moment after it refused.
    const TOLD_WITHIN_MS: u32 = 200;
    let directive = std::rc::Rc::new(std::cell::RefCell::new(None));
    let told = std::rc::Rc::clone(&directive);
    let document = gloo::utils::document();
    let listener = EventListener::once(&document, "securitypolicyviolation", move |event| {
        *told.borrow_mut() =
            js_sys::Reflect::get(event, &"effectiveDirective".into()).ok().and_then(|name| name.as_string());
    });
    let promise = gloo::utils::window().fetch_with_str(url);
    wasm_bindgen_futures::spawn_local(async move {
        let connected = JsFuture::from(promise).await.is_ok();
        let tell = move || {
            drop(listener);
            done(connected, directive.take());
        };
        gloo::timers::callback::Timeout::new(TOLD_WITHIN_MS, tell).forget();
    });
}

/// What this page has stored in the browser: names with their values.
#[must_use]
pub fn stored() -> Vec<(String, String)> {
    let Some(storage) = storage() else { return Vec::new() };
    let names = (0..storage.length().unwrap_or_default()).filter_map(|at| storage.key(at).ok().flatten());
    let value = |name: &str| storage.get_item(name).ok().flatten().unwrap_or_default();
    names.map(|name| (name.clone(), value(&name))).collect()
}

/// The files that the page is made of, each with the hash by which the browser held it.
#[must_use]
pub fn hashed_files() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let Ok(elements) = gloo::utils::document().query_selector_all("[integrity], [data-integrity]") else {
        return found;
    };
    for at in 0..elements.length() {
        let Some(element) = elements.get(at).and_then(|node| node.dyn_into::<Element>().ok()) else {
            continue;
        };
        let one = |names: &[&str]| names.iter().find_map(|name| element.get_attribute(name));
        if let (Some(name), Some(hash)) =
            (one(&["src", "href", "content"]), one(&["integrity", "data-integrity"]))
        {
            found.push((name, hash));
        }
    }
    found
}

/// Bytes that shards and kept files may take together: half of what the machine tells of its memory,
/// and at most what eight workers can address. A meta tag can set another limit, for tests.
#[must_use]
pub fn memory_limit() -> u64 {
    const GIB: f64 = 1024.0 * 1024.0 * 1024.0;
    /// What a browser that does not tell is taken to have, in GiB.
    const USUAL: f64 = 4.0;
    if let Some(limit) = meta("trailscope-memory-limit").and_then(|text| text.parse().ok()) {
        return limit;
    }
    let told = js_sys::Reflect::get(&gloo::utils::window().navigator(), &"deviceMemory".into());
    // `deviceMemory` is rounded and never told to be more than 8.
    let gib = told.ok().and_then(|value| value.as_f64()).unwrap_or(USUAL);
    (gib.max(2.0) / 2.0 * GIB) as u64
}

/// How many minutes the clocks of this computer are before UTC at a moment.
#[must_use]
pub fn local_minutes(ms: i64) -> i64 {
    // Moments of logs are whole and below 2^53; what no calendar holds has no offset, and the cast makes it 0.
    -(js_sys::Date::new(&JsValue::from_f64(ms as f64)).get_timezone_offset() as i64)
}
