// The check of integrity in the browser: what comes later, what is forgotten, what is saved.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import * as h from "./harness.mjs";
import { caseOf, dropOf, open, verdict } from "./verdicts.mjs";

test("keys and the newest signature may come later, pasted", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  const root = dropOf("valid");
  await h.openFolder(page, join(root, "AWSLogs"));
  await h.show(page, "files");
  assert.equal(await verdict(page), "consistent");
  const paste = async (text) => {
    await h.handle(page, "integrity-keys").click();
    await h.handle(page, "paste-input").fill(text);
    await h.handle(page, "paste-open").click();
  };
  const { PublicKeyList } = JSON.parse(readFileSync(join(root, "keys.json"), "utf8"));
  const line = (key) => ["PUBLICKEYLIST", key.Fingerprint, key.ValidityEndTime, key.ValidityStartTime, key.Value];
  await paste(PublicKeyList.map((key) => line(key).join("\t")).join("\n"));
  await page.waitForFunction(() => document.querySelector('[data-testid="integrity"] [data-verdict="authentic"]'));
  assert.equal(await verdict(page), "consistent");
  const kinds = (await h.dataOf(page, "file-row")).map((row) => row.kind);
  assert.ok(kinds.includes("public keys"), kinds.join());
  await paste(readFileSync(join(root, "newest-us-east-1-management_events.json"), "utf8"));
  assert.equal(await verdict(page, "consistent"), "authentic");
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("forgetting a file is a new check, and without digest files none is left", async () => {
  const visit = await open("log-altered-by-a-byte");
  const { page } = visit;
  assert.equal(await verdict(page), "altered");
  const altered = page.locator('[data-testid="file-row"][data-integrity="altered"]');
  assert.match(await altered.textContent(), /Its SHA-256 .{9} is not the .{9} that the digest file of 9 Jul 2023 20:00 lists/);
  await altered.hover();
  await h.handle(altered, "file-remove").click();
  assert.equal(await verdict(page, "altered"), "missing");
  await visit.close();
});

test("the inspector names the verdict of the event's file", async () => {
  const visit = await open("valid");
  const { page } = visit;
  await verdict(page);
  await h.show(page, "events");
  await h.handle(page, "event-row").first().click();
  await page.waitForFunction(() => document.querySelector('[data-testid="inspector"]')?.textContent.includes("authentic"));
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("the evidence sheet holds hashes, keys and what is not proven", async () => {
  const visit = await open("digest-deleted");
  const { page } = visit;
  await verdict(page);
  const [download] = await Promise.all([page.waitForEvent("download"), h.handle(page, "integrity-sheet").click()]);
  const sheet = readFileSync(await download.path(), "utf8");
  for (const part of ["What this does not prove", "Listed and not in this set", "SHA-256", "Chains of digest files"]) {
    assert.ok(sheet.includes(part), part);
  }
  const due = caseOf("digest-deleted");
  for (const path of Object.keys(due.files)) assert.ok(sheet.includes(path), path);
  assert.ok(due.keys.PublicKeyList.every((key) => sheet.includes(key.Fingerprint)));
  assert.doesNotMatch(sheet, /<script/);
  await visit.close();
});

test("from a file on disk it works too", async () => {
  const visit = await open("two-regions", { build: "one-file" });
  assert.equal(await verdict(visit.page), "authentic");
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});
