// The one-file build, opened by a double click: the same page, from file://, without a server.

import assert from "node:assert/strict";
import test from "node:test";
import * as h from "./harness.mjs";
import { ALL, EXPECTED } from "./trail.mjs";
import { walk } from "./walk.mjs";

test("the one file opens logs from file:// and asks for nothing", async () => {
  const visit = await h.openPage({ build: "one-file" });
  const { page } = visit;
  assert.match(page.url(), /^file:/);
  await h.dropFiles(page, ALL);
  const now = await h.status(page);
  assert.equal(now.events, EXPECTED.events.length);
  assert.equal(now.duplicates, EXPECTED.duplicates);
  await walk(page);
  const beyond = visit.requests.filter((address) => address !== page.url().split("#")[0] && !/^(blob|data):/.test(address));
  assert.deepEqual(beyond, []);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

// From file:// Chromium gives a page the entries of a drop but not what is in them; folders need
// the newer handles.
test("the one file takes a dropped folder, a chosen folder and single files", async () => {
  const visit = await h.openPage({ build: "one-file" });
  const { page } = visit;
  await h.dropFiles(page, [h.fixture("invictus"), ALL[0]]);
  const dropped = await h.status(page);
  assert.ok(dropped.events > 300, `${dropped.events} events`);
  assert.ok(dropped.duplicates > 0, "the single file is in the folder too");
  await h.openFolder(page, h.fixture("invictus"));
  assert.equal((await h.status(page)).events, dropped.events);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("both builds say what they are, and carry the same code", async () => {
  const meta = (page, name) => page.locator(`meta[name="trailscope-${name}"]`).getAttribute("content");
  const said = [];
  for (const build of ["hosted", "one-file"]) {
    const visit = await h.openPage({ build });
    assert.equal(await meta(visit.page, "build"), build);
    const policy = await visit.page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute("content");
    assert.equal(policy.includes("connect-src"), build === "hosted");
    assert.ok(!policy.includes("unsafe-inline") && !policy.includes("'unsafe-eval'"));
    said.push([await meta(visit.page, "version"), await meta(visit.page, "digest")]);
    await visit.close();
  }
  assert.deepEqual(said[0], said[1]);
});

test("a hosted page loads its app once, and works without its server afterwards", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  await h.openFiles(page, ALL.slice(0, 1));
  for (const program of [/\/app-[0-9a-f]+\.lzma$/, /\/unpack-[0-9a-f]+\.wasm$/, /\/worker-[0-9a-f]+\.lzma$/]) {
    const loads = visit.requests.filter((address) => program.test(address));
    assert.equal(loads.length, 1, `${program}: the preload is the request, and workers share one program`);
  }
  await page.context().setOffline(true);
  await h.openFiles(page, ALL.slice(1));
  assert.equal((await h.status(page)).events, EXPECTED.events.length);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});
