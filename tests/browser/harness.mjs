// Opens the built page in a real Chromium and notes everything it should not do.
//
// Only the handles of the page's contract are used (data-testid and its data attributes), never a
// class or an element's place, so that the page can be redrawn without touching a test.

import { existsSync, mkdirSync } from "node:fs";
import { after } from "node:test";
import { delimiter, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { refuseTheWorld, serve } from "./server.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
// Another build than the one in the working copy can be tested, for example a published one.
const DIST = process.env.TRAILSCOPE_DIST ?? join(ROOT, "dist");
const SCREENSHOTS = join(ROOT, "tests/screenshots");
const BROWSERS = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** Path of a fixture. */
export const fixture = (name) => join(ROOT, "tests/fixtures", name);

function findBrowser() {
  if (process.env.TRAILSCOPE_BROWSER) return process.env.TRAILSCOPE_BROWSER;
  const folders = (process.env.PATH ?? "").split(delimiter);
  const found = BROWSERS.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
  if (!found) throw new Error(`none of ${BROWSERS.join(", ")} is on PATH`);
  return found;
}

// One browser and one server for a test file; node runs each file in a process of its own.
let started;
async function start() {
  const [site, world] = await Promise.all([serve(DIST), refuseTheWorld()]);
  const browser = await chromium.launch({
    executablePath: findBrowser(),
    proxy: { server: world.address, bypass: "127.0.0.1" },
    args: [
      // Containers give no user namespaces and often no GPU.
      "--no-sandbox",
      "--disable-gpu",
      // It would go round the proxy.
      "--disable-quic",
      // The browser's own calls home would look like the page's.
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
    ],
  });
  return { site, world, browser };
}
after(async () => {
  if (!started) return;
  const { site, world, browser } = await started;
  await browser.close();
  site.close();
  world.close();
});

/**
 * Opens one build in a fresh profile.
 *
 * @param {{build?: "hosted" | "one-file", address?: string, scheme?: "light" | "dark", width?: number, height?: number,
 *   before?: () => void, offline?: boolean}} options `before` runs in the page before anything of it does;
 *   `offline` lets the page keep its files for the time without a network;
 *   `address` is that of another page, for example a hand-over
 * @returns page, `problems()` (what went wrong so far, as sentences; empty is right), `requests`
 *   (every address asked for), `tried` (addresses beyond this machine), `console` (every line)
 *   and `close()`.
 */
export async function openPage({ build = "hosted", address, scheme = "light", width = 1440, height = 900, before, offline = false } = {}) {
  const { site, world, browser } = await (started ??= start());
  const context = await browser.newContext({
    colorScheme: scheme,
    viewport: { width, height },
    reducedMotion: "reduce",
    acceptDownloads: true,
    // It asks for the page's files once more, in its own time: offline.test.mjs looks at it.
    serviceWorkers: offline ? "allow" : "block",
  });
  const page = await context.newPage();
  const url = address ?? (build === "hosted" ? site.url : pathToFileURL(join(DIST, "trailscope.html")).href);
  const own = (address) => (build === "hosted" ? address.startsWith(site.url) : address === url);
  const console = [];
  const problems = [];
  const requests = [];

  page.on("console", (message) => {
    if (/blocked by Playwright/.test(message.text())) return;
    console.push(message.text());
    if (["error", "warning"].includes(message.type())) problems.push(`console ${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => problems.push(`uncaught: ${error.message}`));
  page.on("crash", () => problems.push("the tab crashed"));
  page.on("dialog", (dialog) => {
    problems.push(`dialog: ${dialog.message()}`);
    dialog.dismiss();
  });
  context.on("page", (other) => other !== page && problems.push(`another tab: ${other.url()}`));
  context.on("request", (request) => {
    const address = request.url();
    requests.push(address);
    if (!/^(data|blob):/.test(address) && !own(address)) problems.push(`request: ${address}`);
  });
  // What the policy refuses is noted where it is tried: in the page, and in each worker.
  const noteViolations = () => {
    globalThis.__violations = [];
    const note = (event) => globalThis.__violations.push(`${event.effectiveDirective}: ${event.blockedURI}`);
    globalThis.addEventListener("securitypolicyviolation", note);
  };
  await page.addInitScript(noteViolations);
  if (before) await page.addInitScript(before);
  page.on("worker", (worker) => {
    // A worker that ends at once is told of by the page, if it matters.
    worker.evaluate(noteViolations).catch(() => {});
    worker.on("console", (message) => console.push(message.text()));
  });

  await page.goto(url);
  const triedBefore = world.tried.length;
  return {
    page,
    requests,
    console,
    get tried() {
      return world.tried.slice(triedBefore);
    },
    async problems() {
      const noted = () => globalThis.__violations ?? [];
      const places = [page, ...page.workers()].map((place) => place.evaluate(noted));
      const violations = (await Promise.all(places)).flat();
      const tried = this.tried.map((address) => `beyond this machine: ${address}`);
      return [...problems, ...violations.map((text) => `policy violation: ${text}`), ...tried];
    },
    close: () => context.close(),
  };
}

/** An element by its handle. */
export const handle = (scope, testid) => scope.locator(`[data-testid="${testid}"]`);

/** The status line: numbers as numbers, `state` and `query` as text. */
export async function status(page) {
  const data = await handle(page, "status").evaluate((element) => ({ ...element.dataset }));
  const number = ([key, value]) => [key, /^\d+$/.test(value) && key !== "query" ? Number(value) : value];
  return Object.fromEntries(Object.entries(data).map(number));
}

/** Waits until nothing is being read or asked; with `condition`, until that holds too. */
export async function waitReady(page, condition = () => true, timeout = 30_000) {
  const end = Date.now() + timeout;
  for (;;) {
    const now = await status(page);
    if (now.state === "ready" && condition(now)) return now;
    if (Date.now() > end) throw new Error(`not ready: ${JSON.stringify(now)}`);
    await page.waitForTimeout(20);
  }
}

/** Does something that loads, and waits until the ledger has at least that many lines more. */
async function loading(page, lines, act) {
  const before = await status(page);
  await act();
  return waitReady(page, (now) => now.files >= (before.files ?? 0) + lines);
}

/** Opens files through the file picker's input. */
export const openFiles = (page, paths) =>
  loading(page, paths.length, () => handle(page, "file-input").setInputFiles(paths));

/** Opens a folder through the folder picker's input. */
export const openFolder = (page, folder) =>
  loading(page, 1, () => handle(page, "folder-input").setInputFiles(folder));

/** Drags files or folders from outside onto the middle of the page and lets them go. */
export const dropFiles = (page, paths) =>
  loading(page, paths.length, async () => {
    const devtools = await page.context().newCDPSession(page);
    const { width, height } = page.viewportSize();
    const data = { items: [], files: paths, dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) {
      await devtools.send("Input.dispatchDragEvent", { type, x: width / 2, y: height / 2, data });
    }
    await devtools.detach();
  });

/** Opens the sample trail that the project makes. */
export const openSample = (page) => loading(page, 1, () => handle(page, "load-sample").first().click());

/** Applies a query and waits for its answer. */
export async function ask(page, query) {
  const input = handle(page, "query-input");
  await input.fill(query);
  await input.press("Enter");
  return waitReady(page, (now) => (now.query ?? "") === query);
}

/** Shows a view. */
export async function show(page, view) {
  const tab = handle(page, `view-${view}`);
  await tab.click();
  await page.waitForFunction(
    (id) => document.querySelector(`[data-testid="${id}"]`)?.getAttribute("aria-selected") === "true",
    `view-${view}`,
  );
  await waitReady(page);
}

/** The values that a facet shows, with their counts. */
export async function facetCounts(page, field) {
  const values = page.locator(`[data-testid="facet"][data-field="${field}"] [data-testid="facet-value"]`);
  const entries = await values.evaluateAll((all) => all.map((one) => [one.dataset.value, Number(one.dataset.count)]));
  return new Map(entries);
}

/** The attributes of every element with this handle, in document order. */
export const dataOf = (scope, testid) =>
  handle(scope, testid).evaluateAll((all) => all.map((element) => ({ ...element.dataset })));

/** The rows of the events table that are in view. */
export const rows = (page) => dataOf(page, "event-row");

/** A picture of the page in tests/screenshots, which git ignores. */
export async function screenshot(page, name) {
  mkdirSync(SCREENSHOTS, { recursive: true });
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}
