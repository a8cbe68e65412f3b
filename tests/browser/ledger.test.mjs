// The ledger's rail, choosing what to read, and the limit of memory.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import { gzipSync } from "node:zlib";
import * as h from "./harness.mjs";
import { ALL } from "./trail.mjs";

const FOLDER = mkdtempSync(join(tmpdir(), "trailscope-ledger-"));
after(() => rmSync(FOLDER, { recursive: true }));

const DAYS = ["09", "10", "11"];
const PER_DAY = 200;
const RECORDS = 60;

/** A trail of three days: a path for each file. */
function trail() {
  const paths = [];
  for (const day of DAYS) {
    for (let number = 0; number < PER_DAY; number++) {
      const record = (at) => ({
        eventVersion: "1.08",
        eventTime: `2023-07-${day}T11:${String(at % 60).padStart(2, "0")}:00Z`,
        eventSource: "sts.amazonaws.com",
        eventName: "GetCallerIdentity",
        eventID: `00000000-00${day}-4000-8000-${String(number * RECORDS + at).padStart(12, "0")}`,
        requestParameters: { padding: "x".repeat(2_000) },
      });
      const Records = Array.from({ length: RECORDS }, (_, at) => record(at));
      const name = `111122223333_CloudTrail_us-east-1_202307${day}T1145Z_${String(number).padStart(16, "A")}.json.gz`;
      const path = join(FOLDER, name);
      writeFileSync(path, gzipSync(JSON.stringify({ Records })));
      paths.push(path);
    }
  }
  return paths;
}
const TRAIL = trail();

const press = (page, field, value, handle) =>
  h.handle(page.locator(`[data-field="${field}"] [data-value="${value}"]`), handle).click();

test("the rail counts the ledger and narrows it", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  await h.openFiles(page, ALL);
  await h.show(page, "files");
  const lines = await h.dataOf(page, "file-row");
  const counted = (of) => {
    const counts = new Map();
    for (const line of lines) counts.set(of(line), (counts.get(of(line)) ?? 0) + 1);
    return counts;
  };
  const labels = { read: "read", partial: "partly read", other: "no events", failed: "failed" };
  assert.deepEqual(await h.facetCounts(page, "file.outcome"), sorted(counted((line) => labels[line.outcome])));
  assert.deepEqual(await h.facetCounts(page, "file.kind"), sorted(counted((line) => line.kind)));

  await press(page, "file.outcome", "no events", "facet-include");
  const others = await h.dataOf(page, "file-row");
  assert.deepEqual(others, lines.filter((line) => line.outcome === "other"));
  await press(page, "file.outcome", "no events", "facet-exclude");
  assert.equal((await h.dataOf(page, "file-row")).length, lines.length - others.length);
  await press(page, "file.outcome", "no events", "facet-exclude");
  assert.equal((await h.dataOf(page, "file-row")).length, lines.length);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

/** As the rail orders them: most first, equal counts by value. */
const sorted = (counts) => new Map([...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)));

test("days can be left out while their files wait", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  // The files wait for moments only, so the page itself presses what a reader would.
  await page.evaluate(() => {
    const find = (testid, more = "") => document.querySelector(`[data-testid="${testid}"]${more}`);
    const watch = new MutationObserver(() => {
      const part = find("choose-part", '[data-value="2023-07-09"]');
      if (!find("choose")) find("choose-open")?.click();
      else if (part?.checked) part.click();
      else if (part) {
        watch.disconnect();
        find("choose-apply").click();
      }
    });
    watch.observe(document, { subtree: true, childList: true, attributes: true });
  });
  await h.openFiles(page, TRAIL);
  const now = await h.status(page);
  await h.show(page, "files");
  const days = await h.facetCounts(page, "file.outcome");
  // Newest first: the oldest day is the last to be read, so all or most of it was left out.
  assert.equal(now.files, TRAIL.length, "what is left out is listed");
  assert.ok((days.get("no events") ?? 0) + (days.get("failed") ?? 0) > 0, JSON.stringify([...days]));
  assert.equal(now.events, (days.get("read") ?? 0) * RECORDS);
  assert.match(await h.handle(page, "ledger-sum").textContent(), /adds up/);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("before memory is full reading stops, says so, and keeps what it has", async () => {
  const before = () => {
    new MutationObserver((_, observer) => {
      if (!document.head) return;
      observer.disconnect();
      const limit = Object.assign(document.createElement("meta"), { name: "trailscope-memory-limit" });
      limit.content = String(6 << 20);
      document.head.append(limit);
    }).observe(document, { childList: true, subtree: true });
  };
  const visit = await h.openPage({ before });
  const { page } = visit;
  await h.openFiles(page, TRAIL);
  const now = await h.status(page);
  assert.ok(now.events > 0 && now.events < TRAIL.length * RECORDS, `${now.events} events are in`);
  assert.equal(now.files, TRAIL.length, "files that were not read are listed");
  assert.match(await h.handle(page, "toast").first().textContent(), /[Mm]emory/);
  await h.show(page, "files");
  assert.match(await h.handle(page, "ledger-sum").textContent(), /adds up/);
  assert.equal((await h.ask(page, "event:GetCallerIdentity")).matched, now.events, "what is in can be asked");

  // The way out that the message offers: begin again with one day.
  await h.ask(page, "");
  await h.handle(page, "toast-offer").click();
  await page.waitForTimeout(300);
  assert.equal((await h.status(page)).events, 0, "nothing is read while the reader chooses");
  for (const day of DAYS.slice(1)) await page.locator(`[data-testid="choose-part"][data-value="2023-07-${day}"]`).click();
  assert.equal(await h.handle(page, "choose-sum").getAttribute("data-files"), String(PER_DAY));
  await h.handle(page, "choose-apply").click();
  const again = await h.waitReady(page, (now) => now.files === TRAIL.length);
  assert.ok(again.events > 0 && again.events % RECORDS === 0, `${again.events} events`);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});
