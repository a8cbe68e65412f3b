// Whatever way the same files come, the same events are in them, and the sum is the same.

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import test, { after } from "node:test";
import { gzipSync } from "node:zlib";
import { tarGz, zip } from "./archives.mjs";
import * as h from "./harness.mjs";
import { ALL, EXPECTED } from "./trail.mjs";

const scratch = mkdtempSync(join(tmpdir(), "trailscope-"));
after(() => rmSync(scratch, { recursive: true }));

const named = ALL.map((path) => ({ name: `AWSLogs/${basename(dirname(path))}/${basename(path)}`, bytes: readFileSync(path) }));

function write(name, bytes) {
  const path = join(scratch, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  return path;
}

/** What the page says of what it was given: counts, and the ledger's lines without the archives. */
async function read(paths, open = h.openFiles) {
  const visit = await h.openPage();
  await open(visit.page, paths);
  const { events, duplicates, rejected } = await h.status(visit.page);
  const services = [...(await h.facetCounts(visit.page, "eventSource"))];
  const names = [...(await h.facetCounts(visit.page, "eventName"))];
  await h.show(visit.page, "files");
  const lines = await h.dataOf(visit.page, "file-row");
  const sum = (await h.handle(visit.page, "ledger-sum").textContent()).split("entries")[0].split("records in")[0];
  assert.match(await h.handle(visit.page, "ledger-sum").textContent(), /adds up/);
  const outcomes = lines.filter((line) => !/archive|zip|tar/.test(line.kind)).map((line) => line.outcome).sort();
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
  return { events, duplicates, rejected, services, names, sum, outcomes };
}

test("a folder, a zip, a tar.gz and a zip in a tar.gz hold the same", async () => {
  for (const { name, bytes } of named) write(`tree/${name}`, bytes);
  const folder = await read(join(scratch, "tree"), h.openFolder);
  assert.equal(folder.events, EXPECTED.events.length);
  assert.equal(folder.duplicates, EXPECTED.duplicates);
  assert.deepEqual(await read([write("logs.zip", zip(named))]), folder);
  assert.deepEqual(await read([write("logs.tar.gz", tarGz(named))]), folder);
  const nested = tarGz([{ name: "inner.zip", bytes: zip(named) }]);
  assert.deepEqual(await read([write("nested.tgz", nested)]), folder);
});

test("a record out of an archive opens as it stands", async () => {
  const visit = await h.openPage();
  await h.openFiles(visit.page, [write("logs.zip", zip(named.map(({ name, bytes }) => ({ name: `${name}.gz`, bytes: gzipSync(bytes) }))))]);
  await h.show(visit.page, "events");
  const row = h.handle(visit.page, "event-row").first();
  const id = await row.getAttribute("data-event-id");
  await row.click();
  const inspector = h.handle(visit.page, "inspector");
  await inspector.waitFor();
  await inspector.getByRole("tab", { name: "Raw" }).click();
  const raw = await h.handle(inspector, "raw-json").textContent();
  const expected = EXPECTED.events.find((event) => event.eventID === id);
  assert.deepEqual(JSON.parse(raw), expected);
  await visit.close();
});

test("a list of accounts gives names to ids", async () => {
  const visit = await h.openPage();
  await h.openFiles(visit.page, [...ALL, write("accounts.csv", "accountId,name\n123837392027,prod-core\n")]);
  await h.show(visit.page, "files");
  const lines = await h.dataOf(visit.page, "file-row");
  const line = lines.find((entry) => entry.name.endsWith("accounts.csv"));
  assert.equal(line.kind, "account names");
  assert.equal(line.outcome, "other");
  await h.show(visit.page, "services");
  const facet = visit.page.locator('[data-testid="facet"][data-field="recipientAccountId"]');
  assert.match(await facet.textContent(), /prod-core/);
  await visit.close();
});

/** A log file of many small events: much text in few bytes. */
function long(name, events) {
  const record = (at) =>
    `{"eventVersion":"1.08","eventTime":"2023-07-10T11:42:18Z","eventSource":"sts.amazonaws.com","eventName":"GetCallerIdentity","eventID":"00000000-0000-4000-8000-${String(at).padStart(12, "0")}"}`;
  return write(name, gzipSync(`{"Records":[${Array.from({ length: events }, (_, at) => record(at)).join(",")}]}`));
}

const MEMORY = () => {
  new MutationObserver((_, observer) => {
    if (!document.head) return;
    observer.disconnect();
    const limit = Object.assign(document.createElement("meta"), { name: "trailscope-memory-limit" });
    limit.content = String(6 << 20);
    document.head.append(limit);
  }).observe(document, { childList: true, subtree: true });
};

/** Presses something as soon as the status line tells of events while files are being read. */
async function pressWhileLoading(page, find) {
  await page.evaluate((find) => {
    globalThis.__pressed = new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        const status = document.querySelector('[data-testid="status"]')?.dataset;
        const button = status?.state === "loading" && Number(status.events) > 0 && document.querySelector(find);
        if (!button) return;
        watch.disconnect();
        button.click();
        resolve(Number(status.events));
      });
      watch.observe(document, { subtree: true, childList: true, attributes: true });
    });
  }, find);
  return () => page.evaluate(() => globalThis.__pressed);
}

test("cleared while files are being read, the page is as new", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  for (let file = 0; file < 300; file++) long(`many/${file}.json.gz`, 300);
  const pressed = await pressWhileLoading(page, '[data-testid="clear"]');
  await h.handle(page, "folder-input").setInputFiles(join(scratch, "many"));
  assert.ok((await pressed()) > 0);
  await page.waitForFunction(() => document.querySelector('[data-testid="status"]').dataset.state === "empty");
  await page.waitForTimeout(300);
  assert.equal((await h.status(page)).files, 0, "no reader is heard that was stopped");
  await h.openFiles(page, ALL);
  assert.equal((await h.status(page)).events, EXPECTED.events.length);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("reading stops inside a file, cancelled or for memory, and keeps what is in", async () => {
  const path = long("long.json.gz", 400_000);
  for (const [before, reason] of [
    [undefined, /^Reading was cancelled at byte [\d,]+\./],
    [MEMORY, /^Memory was nearly full at byte [\d,]+\./],
  ]) {
    const visit = await h.openPage({ before });
    const { page } = visit;
    const cancelled = before ? undefined : await pressWhileLoading(page, '[data-testid="cancel"]');
    await h.openFiles(page, [path]);
    await cancelled?.();
    const { events, rejected } = await h.status(page);
    assert.ok(events > 0 && events < 300_000, `${events} events are in`);
    assert.equal(rejected, 0);
    if (before) {
      const told = await h.handle(page, "toast").first().textContent();
      assert.ok(told.includes(`${events.toLocaleString("en")} events are in`) && told.includes("1 file was not read"), told);
    }
    assert.equal((await h.ask(page, "event:GetCallerIdentity")).matched, events, "what is in can be asked");
    await h.show(page, "files");
    const [line] = await h.dataOf(page, "file-row");
    assert.equal(line.outcome, "partial");
    assert.match(line.reason, reason);
    assert.match(await h.handle(page, "ledger-sum").textContent(), /adds up/);
    assert.deepEqual(await visit.problems(), []);
    await visit.close();
  }
});

test("a cancelled folder ends at once, and each of its files in the ledger", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  const pressed = await pressWhileLoading(page, '[data-testid="cancel"]');
  await h.handle(page, "folder-input").setInputFiles(join(scratch, "many"));
  await pressed();
  const now = await h.waitReady(page, (now) => now.files === 300);
  assert.ok(now.events < 300 * 300, `${now.events} events are in`);
  assert.ok(now.skipped > 0);
  await h.show(page, "files");
  const reasons = new Set((await h.dataOf(page, "file-row")).map((line) => (line.reason ?? "").replace(/ at byte.*/, "")));
  assert.ok(reasons.has("Reading was cancelled before this file was begun."), [...reasons].join());
  assert.match(await h.handle(page, "ledger-sum").textContent(), /adds up/);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});
