// After one visit the hosted page opens without its host. What is kept is the page, never a log; a newer
// version is offered and not forced.

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";
import * as h from "./harness.mjs";
import { serve } from "./server.mjs";
import { ALL, EXPECTED } from "./trail.mjs";

const DIST = process.env.TRAILSCOPE_DIST ?? fileURLToPath(new URL("../../dist", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "trailscope-"));
after(() => rmSync(folder, { recursive: true }));

/** Waits until the browser has taken the service worker. */
const taken = (page) => page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

/** Names of everything that is kept. */
const kept = (page) =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return { names, files: requests.flat().map((request) => request.url.replace(/.*\//, "")).sort() };
  });

test("after one visit the page opens without its host, and has kept nothing but itself", async () => {
  const visit = await h.openPage({ offline: true });
  const { page } = visit;
  await taken(page);
  await h.openFiles(page, ALL);
  const { names, files } = await kept(page);
  assert.equal(names.length, 1);
  // Copies and the sample come when they are asked for.
  const asked = (name) => ["index.html", "trailscope.html", "sw.js"].includes(name) || name.startsWith("sample-");
  const own = readdirSync(DIST).filter((name) => !asked(name));
  assert.deepEqual(files, ["", ...own].sort());
  await page.context().setOffline(true);
  await page.reload();
  assert.equal((await h.status(page)).state, "empty");
  await h.openFiles(page, ALL);
  assert.equal((await h.status(page)).events, EXPECTED.events.length);
  assert.deepEqual((await kept(page)).files, files);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("a newer version is offered, and loaded when asked for", async () => {
  cpSync(DIST, folder, { recursive: true });
  const site = await serve(folder);
  const visit = await h.openPage({ offline: true, address: site.url });
  const { page } = visit;
  await taken(page);
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller);
  // The same page with another name of its store is another version.
  const script = join(folder, "sw.js");
  writeFileSync(script, readFileSync(script, "utf8").replace('KEPT = "trailscope-', 'KEPT = "trailscope-newer-'));
  await page.evaluate(() => navigator.serviceWorker.ready.then((found) => found.update()));
  const offer = page.getByText("Load it now");
  await offer.waitFor();
  assert.equal(await page.evaluate(() => caches.keys().then((names) => names.length)), 2, "the old one still runs");
  await Promise.all([page.waitForEvent("load"), offer.click()]);
  await page.waitForFunction(() => caches.keys().then((names) => names.length === 1 && /newer/.test(names[0])));
  await visit.close();
  site.close();
});

test("the panel shows what is forbidden, what is stored and what runs, and that a try is refused", async () => {
  for (const build of ["hosted", "one-file"]) {
    const visit = await h.openPage({ build });
    const { page } = visit;
    await h.openFiles(page, ALL.slice(0, 1));
    await h.handle(page, "prove").click();
    const panel = h.handle(page, "proof");
    const text = await panel.innerText();
    assert.match(text, /default-src 'none'/);
    assert.match(text, /sha256 [0-9a-f]{16}/);
    assert.equal(/sha384-/.test(text), build === "hosted");
    assert.equal(await panel.getAttribute("data-stored"), "0");
    await h.handle(panel, "try-connect").click();
    await panel.getByText("Refused by the policy").waitFor();
    assert.deepEqual(visit.tried, []);
    await visit.close();
  }
});
