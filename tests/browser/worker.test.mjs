// A reader dies: the page says what was lost, replaces it, and goes on.
//
// Workers are stopped from outside, through the browser's own debugging protocol, by an error that
// nothing catches: what a trap of the engine looks like to the page.

import assert from "node:assert/strict";
import test from "node:test";
import * as h from "./harness.mjs";
import { EXPECTED, LOGS } from "./trail.mjs";

/** Lets a worker fail the way a trap does. */
async function trap(worker) {
  await worker.evaluate(() => {
    setTimeout(() => {
      throw new Error("unreachable");
    });
  });
}

test("a reader that dies is said, replaced, and the rest stays usable", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  await h.openFiles(page, LOGS);
  const before = await h.status(page);
  assert.equal(before.events, EXPECTED.events.length);
  const readers = page.workers().length;

  await trap(page.workers()[0]);
  await h.handle(page, "toast").first().waitFor();
  assert.match(await h.handle(page, "toast").first().textContent(), /stopped and was replaced/);
  await h.waitReady(page);
  assert.equal(page.workers().length, readers, "it was replaced");

  await h.show(page, "files");
  const lines = await h.dataOf(page, "file-row");
  const lost = lines.filter((line) => line.outcome === "failed");
  assert.ok(lost.length > 0 && lost.every((line) => line.reason.length > 0), "its files are listed as failed");
  assert.equal(lines.length, LOGS.length, "no file is missing from the ledger");
  const after = await h.status(page);
  const kept = lines.reduce((sum, line) => sum + Number(line.events), 0);
  assert.equal(after.events, kept);
  assert.ok(after.events < before.events);

  // What is dropped again is read by the new reader; copies are settled anew.
  await h.openFiles(page, LOGS);
  assert.equal((await h.status(page)).events, EXPECTED.events.length);
  await visit.close();
});

test("a reader that dies in the middle of reading leaves the others at work", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  const many = Array.from({ length: 12 }, () => LOGS).flat();
  const dropped = h.openFiles(page, many);
  await page.waitForFunction(() => document.querySelector('[data-testid="status"]')?.dataset.state === "loading");
  await trap(page.workers()[0]);
  await dropped;
  const now = await h.status(page);
  await h.show(page, "files");
  const sum = await h.handle(page, "ledger-sum").textContent();
  assert.equal(now.files, many.length, "every file ends in the ledger");
  assert.match(sum, /adds up/);
  await visit.close();
});

test("when no reader can be started, the page says so and every file ends in the ledger", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  // The second program is the readers'.
  let programs = 0;
  await page.route(/\.lzma$/, (route) => (++programs > 1 ? route.abort() : route.continue()));
  await page.reload();
  await page.getByText(/Load the page again/).first().waitFor();
  await h.openFiles(page, LOGS);
  await h.show(page, "files");
  const lines = await h.dataOf(page, "file-row");
  assert.equal(lines.length, LOGS.length, "none waits in silence");
  assert.ok(lines.every((line) => line.outcome === "failed"));
  await visit.close();
});

test("when the page itself fails, that is said", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  await page.evaluate(() => {
    setTimeout(() => {
      throw new Error("of some extension");
    });
  });
  await page.waitForTimeout(100);
  assert.equal(await page.locator(".stopped").count(), 0);
  // What a panic looks like from outside.
  await page.evaluate(() => {
    setTimeout(() => {
      throw new WebAssembly.RuntimeError("unreachable");
    });
  });
  await page.locator(".stopped").waitFor();
  assert.match(await page.locator(".stopped").textContent(), /Load the page again/);
  await visit.close();
});
