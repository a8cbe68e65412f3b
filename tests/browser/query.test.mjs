// The query bar by its handles and by the keyboard alone: completion, saved queries, errors that
// offer what may be meant, the last good query while one types, and the query as SQL.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";
import * as h from "./harness.mjs";

async function opened(options) {
  const visit = await h.openPage(options);
  await h.openSample(visit.page);
  const { page, close } = visit;
  return { page, close, problems: () => visit.problems(), input: h.handle(page, "query-input") };
}

const items = (page) => h.dataOf(page, "completion-item");
const active = (page) =>
  page.evaluate(() => {
    const input = document.querySelector('[data-testid="query-input"]');
    return document.getElementById(input.getAttribute("aria-activedescendant") ?? "")?.dataset.text;
  });

test("a field, its value and an operator by the keyboard alone", async () => {
  const { page, input, problems, close } = await opened();
  const counts = await h.facetCounts(page, "errorCode");
  await page.keyboard.press("/");
  await page.keyboard.type("errorC");
  await h.handle(page, "completion-item").first().waitFor();
  assert.equal(await input.getAttribute("aria-expanded"), "true");
  const [first] = await items(page);
  assert.deepEqual([first.kind, first.text], ["field", "errorCode"]);
  await page.keyboard.press("ArrowDown");
  assert.equal(await active(page), "errorCode");
  await page.keyboard.press("Enter");
  assert.equal(await input.inputValue(), "errorCode:");
  // Its values come at once, each with its count.
  await page.keyboard.type("Access");
  await page.waitForFunction(() => document.querySelector('[data-testid="completion-item"][data-text="AccessDenied"]'));
  const value = h.handle(page, "completion").locator('[data-kind="value"][data-text="AccessDenied"]');
  assert.match(await value.textContent(), new RegExp(`AccessDenied\\D*${counts.get("AccessDenied")}$`));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  while ((await active(page)) !== "AccessDenied") await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  assert.equal(await input.inputValue(), "errorCode:AccessDenied ");
  await page.keyboard.press("ArrowDown");
  assert.ok((await items(page)).some((item) => item.kind === "operator" && item.text === "AND"));
  await page.keyboard.press("Escape");
  assert.equal(await h.handle(page, "completion").count(), 0);
  assert.ok(await input.evaluate((element) => element === document.activeElement), "the first Esc closes the list only");
  await page.keyboard.press("Enter");
  const now = await h.waitReady(page, (now) => now.query.startsWith("errorCode:AccessDenied"));
  assert.equal(now.matched, counts.get("AccessDenied"));
  assert.deepEqual(await problems(), []);
  await close();
});

test("an offer by the mouse, in the middle of the text", async () => {
  const { page, input, problems, close } = await opened();
  await input.fill("eventName:Put readOnly:false");
  await input.evaluate((element) => element.setSelectionRange(13, 13));
  await page.keyboard.press("Control+Space");
  await h.handle(page, "completion").locator('[data-text="PutObject"]').click();
  assert.equal(await input.inputValue(), "eventName:PutObject readOnly:false");
  assert.equal(await input.evaluate((element) => element.selectionStart), "eventName:PutObject".length);
  await h.waitReady(page, (now) => now.query === "eventName:PutObject readOnly:false" && now.matched > 0);
  assert.deepEqual(await problems(), []);
  await close();
});

test("saved queries, and those of this tab", async () => {
  const { page, input, problems, close } = await opened();
  await h.ask(page, "service:s3");
  await h.handle(page, "saved-open").click();
  const names = (await h.dataOf(page, "saved-query")).map((one) => one.name);
  for (const name of ["Root use", "Console sign-in without MFA", "Access denied", "Public exposure", "Trail tampering"]) {
    assert.ok(names.includes(name), name);
  }
  assert.equal(names.filter((name) => name.startsWith("4.")).length, 15);
  await page.locator('[data-testid="saved-query"][data-name="Access denied"]').click();
  const denied = await h.waitReady(page, (now) => now.query.startsWith("error:(AccessDenied*"));
  assert.ok(denied.matched > 0 && denied.matched < denied.events);
  assert.equal(await input.inputValue(), denied.query);
  // The one before is at hand again, by the keyboard.
  await h.ask(page, "");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.equal((await items(page))[0].kind, "history");
  while ((await active(page)) !== "service:s3") await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await h.waitReady(page, (now) => now.query === "service:s3");
  // Typed, a saved query is offered by its name.
  await input.fill("root");
  await h.handle(page, "completion").locator('[data-kind="saved"]').first().click();
  await h.waitReady(page, (now) => now.query.startsWith("identity:Root"));
  // Nothing of it is stored.
  assert.doesNotMatch(await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href])), /s3|Root/);
  assert.deepEqual(await problems(), []);
  await close();
});

test("an error says where and offers what may be meant; the last good query stays", async () => {
  const { page, input, problems, close } = await opened();
  const good = await h.ask(page, "readOnly:false");
  await input.pressSequentially(" errorCode:OR");
  const error = h.handle(page, "query-error");
  await error.waitFor();
  await page.waitForFunction(() => document.querySelector('[data-testid="query-error"]')?.dataset.position === "25");
  const now = await h.status(page);
  assert.deepEqual([now.query, now.matched, now.state], ["readOnly:false", good.matched, "ready"]);
  await h.handle(page, "query-suggestion").click();
  await h.waitReady(page, (now) => now.query === 'readOnly:false errorCode:"OR"');
  assert.equal(await error.count(), 0);
  await input.fill("event:/Put(/");
  await page.keyboard.press("Enter");
  await error.waitFor();
  assert.equal(await error.getAttribute("data-position"), "10");
  // A name that no record has is no error, and yet.
  await h.ask(page, "eventNmae:PutObject");
  await h.handle(page, "query-hint").waitFor();
  await h.handle(page, "query-suggestion").click();
  const mended = await h.waitReady(page, (now) => now.query === "eventName:PutObject");
  assert.ok(mended.matched > 0);
  assert.deepEqual(await problems(), []);
  await close();
});

test("expressions, ranges, partial dates and JSON in strings are answered", async () => {
  const { page, problems, close } = await opened();
  const all = await h.ask(page, "");
  const puts = await h.ask(page, "event:PutObject");
  assert.equal((await h.ask(page, "event:/^put(object|nothing)$/")).matched, puts.matched);
  assert.equal((await h.ask(page, '/"eventName":\\s*"PutObject"/')).matched, puts.matched);
  const from = await h.handle(page, "histogram").getAttribute("data-from");
  assert.equal((await h.ask(page, `time:[${Number(from.slice(0, 4)) - 1} TO ${Number(from.slice(0, 4)) + 1}]`)).matched, all.matched);
  const month = await h.ask(page, `eventTime:${from.slice(0, 7)}`);
  assert.ok(month.matched > 0);
  const inside = await h.ask(page, "/^\\{.*Statement/");
  assert.equal(typeof inside.matched, "number");
  assert.deepEqual(await problems(), []);
  await close();
});

test("the query as SQL in each dialect, shown, saved and with its range of time", async () => {
  const { page, problems, close } = await opened();
  await h.ask(page, "service:s3 principal:x");
  await h.handle(page, "sql-open").click();
  const dialect = h.handle(page, "sql-dialect");
  const text = h.handle(page, "sql-text");
  assert.equal(await dialect.evaluate((element) => element.tagName), "SELECT");
  assert.deepEqual(await dialect.locator("option").evaluateAll((all) => all.map((one) => one.value)), ["duckdb", "athena", "lake"]);
  for (const [name, words] of [
    ["duckdb", ["read_json(", "unnest(Records)", "s3.amazonaws.com"]],
    ["athena", ["FROM cloudtrail_logs", "lower(eventsource) = 's3.amazonaws.com'"]],
    ["lake", ["FROM EVENT_DATA_STORE_ID"]],
  ]) {
    await dialect.selectOption(name);
    const sql = await text.textContent();
    for (const word of words) assert.ok(sql.includes(word), `${name}: ${word}`);
    assert.match(sql, /-- LEFT OUT: `principal`/);
    const [download] = await Promise.all([page.waitForEvent("download"), h.handle(page, "export-sql").click()]);
    assert.equal(download.suggestedFilename(), `trailscope-${name}.sql`);
    assert.equal(readFileSync(await download.path(), "utf8").trimEnd(), sql);
  }
  await dialect.selectOption("athena");
  assert.match(await h.handle(page, "sql-table").textContent(), /CREATE EXTERNAL TABLE cloudtrail_logs[^]*projection\.enabled/);
  await page.keyboard.press("Escape");
  assert.equal(await text.count(), 0);
  assert.deepEqual(await problems(), []);
  await close();
});

test("the command palette finds views, actions, fields and saved queries by name", async () => {
  const { page, input, close } = await opened();
  const pick = async (text) => {
    await page.keyboard.press("Control+k");
    await h.handle(page, "palette-input").fill(text);
    await page.keyboard.press("Enter");
    await h.handle(page, "palette").waitFor({ state: "detached" });
  };
  // It opens from within the query too.
  await input.focus();
  await pick("identities view");
  await page.locator('[data-testid="view-identities"][aria-selected="true"]').waitFor();
  await pick("access denied");
  await page.waitForFunction(() => /AccessDenied/.test(document.querySelector('[data-testid="query-input"]').value));
  await h.waitReady(page);
  const { events, matched } = await h.status(page);
  assert.ok(0 < matched && matched < events);
  await pick("awsRegion");
  assert.match(await input.inputValue(), / awsRegion:$/);
  await page.keyboard.press("Control+k");
  await h.handle(page, "palette-input").fill("light dark");
  assert.equal(await h.handle(page, "palette-item").count(), 1);
  await page.keyboard.press("Escape");
  await close();
});

test("times are read in the chosen zone, and asked in UTC", async () => {
  const { page, close } = await opened();
  await h.show(page, "events");
  const first = h.handle(page, "event-row").first();
  const logged = new Date(await first.getAttribute("data-time"));
  const shown = (minutes) => new Date(logged.getTime() + minutes * 60_000).toISOString().slice(11, 19);
  assert.match(await first.locator(".c-time").textContent(), new RegExp(`^${shown(0)}`));
  for (const minutes of [330, -570, 840]) {
    await h.handle(page, "zone").selectOption(String(minutes));
    assert.match(await first.locator(".c-time").textContent(), new RegExp(`^${shown(minutes)}`));
    assert.equal(new Date(await first.getAttribute("data-time")).getTime(), logged.getTime());
  }
  await h.handle(page, "zone").blur();
  await page.keyboard.press("t");
  assert.equal(await h.handle(page, "zone").inputValue(), "utc");
  await page.keyboard.press("t");
  assert.equal(await h.handle(page, "zone").inputValue(), "local");
  await close();
});
