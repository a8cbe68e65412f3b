//! The hosted build without its host: a service worker that keeps the page's own files, and what a
//! browser needs to install it.

use crate::digest::short;

/// The service worker's name in the site. It has no hash in it: browsers compare what is behind it.
pub const SCRIPT: &str = "sw.js";

/// The manifest's name.
pub const MANIFEST: &str = "site.webmanifest";

/// The icon's name.
pub const ICON: &str = "icon.svg";

/// What a browser shows of an installed page.
pub const MANIFEST_TEXT: &str = r##"{
  "name": "Trailscope",
  "description": "Opens AWS CloudTrail logs on this machine, and nowhere else.",
  "start_url": "./",
  "scope": "./",
  "display": "standalone",
  "background_color": "#ffffff",
  "icons": [{ "src": "icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any" }]
}
"##;

/// The service worker. It answers for the files of one build; everything else goes to the host, as if it
/// were not there. A newer build waits until the page asks for it, or until every tab is closed.
///
/// Files have hashes in their names, so what the browser has of them from loading the page is
/// right; the page itself is asked for anew.
pub fn script(files: &[String]) -> String {
    let list = files.iter().map(|file| format!("\"{file}\"")).collect::<Vec<_>>().join(", ");
    let name = short(list.as_bytes());
    format!("{HEAD}const FILES = [{list}];\nconst KEPT = \"trailscope-{name}\";\n{ANSWERS}")
}

const HEAD: &str = "\
// Keeps the files of this page, so that it opens without a network. It never sees a log: logs are not fetched.
";

const ANSWERS: &str = "\
const wanted = (file) => new Request(file, { cache: file === \"./\" ? \"no-cache\" : \"force-cache\" });
addEventListener(\"install\", (event) => {
  event.waitUntil(caches.open(KEPT).then((kept) => kept.addAll(FILES.map(wanted))));
});
addEventListener(\"activate\", (event) => {
  const old = (name) => name.startsWith(\"trailscope-\") && name !== KEPT;
  event.waitUntil(caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))));
});
addEventListener(\"message\", ({ data }) => {
  if (data === \"activate\") skipWaiting();
});
addEventListener(\"fetch\", (event) => {
  const { request } = event;
  const { scope } = registration;
  if (request.method !== \"GET\" || !request.url.startsWith(scope)) return;
  const file = request.url.split(/[?#]/)[0] === scope ? \"./\" : request;
  event.respondWith(caches.open(KEPT).then((kept) => kept.match(file)).then((found) => found ?? fetch(request)));
});
";

/// In the page: has the browser take the service worker once the page stands, and tells of a newer
/// build. `web::page` knows the names of the events.
pub const REGISTER: &str = "\
const offline = (found) => {
  const { serviceWorker } = navigator;
  const tell = () => found.waiting && serviceWorker.controller && dispatchEvent(new Event(\"trailscope-newer\"));
  addEventListener(\"trailscope-take-newer\", () => {
    serviceWorker.addEventListener(\"controllerchange\", () => location.reload());
    found.waiting?.postMessage(\"activate\");
  });
  found.addEventListener(\"updatefound\", () => found.installing?.addEventListener(\"statechange\", tell));
  return tell();
};
const register = () => navigator.serviceWorker?.register(\"sw.js\").then((found) => found && offline(found)).catch(() => {});
";
