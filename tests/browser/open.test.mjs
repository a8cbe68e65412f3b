// The main job: real files in, and every figure on the page against numbers that count.mjs works
// out from the same files without any code of the product.

import assert from "node:assert/strict";
import { basename } from "node:path";
import test, { after, afterEach, before } from "node:test";
import { PLAIN_FIELDS, markersOf, tally, timeRange } from "./count.mjs";
import * as h from "./harness.mjs";
import { ALL, EXPECTED, LOGS, OTHERS, REDACTED } from "./trail.mjs";

/** One visit with everything loaded, for the tests that only look. */
let shared;
before(async () => {
  shared = await h.openPage();
  await h.openFiles(shared.page, ALL);
});
afterEach(async () => assert.deepEqual(await shared.problems(), []));
after(() => shared.close());

test("the baseline itself holds what these tests rely on", () => {
  assert.ok(EXPECTED.events.length > 300 && EXPECTED.duplicates >= 3);
  assert.ok(REDACTED.length > 20);
  const markers = new Set(EXPECTED.events.flatMap(markersOf));
  assert.ok(markers.has("<sensitiveDataRemoved>") && markers.has("****"), [...markers].join());
});

test("the status line counts records, copies and files", async () => {
  const now = await h.status(shared.page);
  assert.equal(now.events, EXPECTED.events.length);
  assert.equal(now.matched, EXPECTED.events.length);
  assert.equal(now.duplicates, EXPECTED.duplicates);
  assert.equal(now.files, ALL.length);
  assert.equal(now.skipped, OTHERS.size);
  assert.equal(now.bytes, EXPECTED.bytes);
});

test("facets count what stands in the records", async () => {
  for (const [field, valueOf] of Object.entries(PLAIN_FIELDS)) {
    const expected = tally(EXPECTED.events, valueOf);
    const shown = await h.facetCounts(shared.page, field);
    shown.delete("");
    assert.ok(shown.size > 0, `no value of ${field} is shown`);
    for (const [value, count] of shown) assert.equal(count, expected.get(value), `${field} ${value}`);
    assert.equal([...shown.values()][0], [...expected.values()][0], `the most frequent ${field} comes first`);
  }
});

test("the histogram holds every event once", async () => {
  const bars = await h.dataOf(shared.page, "histogram-bar");
  const sum = bars.reduce((total, bar) => total + Number(bar.count), 0);
  assert.equal(sum, EXPECTED.events.length);
  const { first, last } = timeRange(EXPECTED.events);
  const [{ from, to }] = await h.dataOf(shared.page, "histogram");
  assert.ok(Date.parse(from) <= first && Date.parse(to) >= last, `${from} to ${to}`);
});

test("service cards count events, errors and redactions", async () => {
  await h.show(shared.page, "services");
  const cards = await h.dataOf(shared.page, "service-card");
  const sources = tally(EXPECTED.events, PLAIN_FIELDS.eventSource);
  assert.deepEqual(cards.flatMap((card) => card.source.split(" ")).sort(), [...sources.keys()].sort());
  for (const card of cards) {
    const events = EXPECTED.events.filter((event) => card.source.split(" ").includes(event.eventSource));
    assert.equal(Number(card.events), events.length, card.source);
    assert.equal(Number(card.errors), events.filter((event) => event.errorCode).length, `errors of ${card.source}`);
    assert.equal(Number(card.redactions), events.flatMap(markersOf).length, `redactions of ${card.source}`);
  }
});

test("the table goes from the newest event to the very first", async () => {
  const { page } = shared;
  await h.show(page, "events");
  const table = h.handle(page, "event-table");
  const listed = Number(await table.getAttribute("aria-rowcount"));
  assert.ok(listed >= EXPECTED.events.length, `aria-rowcount is ${listed}`);
  const { first, last } = timeRange(EXPECTED.events);
  const timesAfter = async (key, wanted, place) => {
    await table.focus();
    await page.keyboard.press(key);
    const isThere = async () => Date.parse((await h.rows(page)).at(place)?.time) === wanted;
    for (let tries = 0; tries < 100 && !(await isThere()); tries += 1) await page.waitForTimeout(50);
    return (await h.rows(page)).map((row) => Date.parse(row.time));
  };
  assert.equal((await timesAfter("End", first, -1)).at(-1), first);
  const times = await timesAfter("Home", last, 0);
  assert.equal(times[0], last);
  assert.deepEqual(times, times.toSorted((a, b) => b - a), "newest first");
});

test("queries match what plain loops match", async () => {
  const { page } = shared;
  const is = (field, value) => (event) => PLAIN_FIELDS[field](event) === value;
  const denied = (event) => /^AccessDenied/.test(event.errorCode ?? "");
  for (const [query, matches] of [
    ["eventSource:ec2.amazonaws.com", is("eventSource", "ec2.amazonaws.com")],
    ["service:ssm.amazonaws.com AND readOnly:false", (e) => is("eventSource", "ssm.amazonaws.com")(e) && e.readOnly === false],
    ["errorCode:AccessDenied*", denied],
    ["NOT errorCode:*", (event) => event.errorCode === undefined],
    ["eventName:(Describe* OR List*)", (event) => /^(describe|list)/i.test(event.eventName)],
    ["userIdentity.type:AWSService", is("userIdentity.type", "AWSService")],
  ]) {
    const now = await h.ask(page, query);
    assert.equal(now.matched, EXPECTED.events.filter(matches).length, query);
    assert.equal(now.events, EXPECTED.events.length, query);
  }
  await h.handle(page, "query-input").fill("eventName:(Describe* OR");
  await h.handle(page, "query-input").press("Enter");
  const position = Number(await h.handle(page, "query-error").getAttribute("data-position"));
  assert.ok(position >= 10 && position <= 24, `the error is at ${position}`);
  await h.ask(page, "");
});

test("every marker of a record is highlighted in the inspector", async () => {
  const { page } = shared;
  await h.show(page, "events");
  for (const id of ["<sensitiveDataRemoved>", "****", "Value hidden due to security reasons."].map(
    (marker) => REDACTED.find((event) => markersOf(event).includes(marker)).eventID,
  )) {
    const expected = REDACTED.filter((event) => event.eventID === id);
    assert.equal((await h.ask(page, `eventID:"${id}"`)).matched, expected.length);
    await h.handle(page, "event-row").first().click();
    const inspector = page.locator(`[data-testid="inspector"][data-event-id="${id}"]`);
    await inspector.waitFor();
    await h.handle(inspector, "redaction").first().waitFor();
    const shown = (await h.dataOf(inspector, "redaction")).filter((one) => one.path);
    const byPath = new Map(shown.map((one) => [one.path, one.marker]));
    assert.deepEqual([...byPath.values()].sort(), markersOf(expected[0]).sort(), id);
    for (const one of shown) assert.match(one.basis, /^(documented|observed)$/);
    assert.equal(await h.handle(inspector, "identity-answer").count(), 3);
  }
  await page.keyboard.press("Escape");
  await h.ask(page, "");
});

test("the Redactions view adds up to the markers in the records", async () => {
  await h.show(shared.page, "redactions");
  const counts = {};
  for (const group of await h.dataOf(shared.page, "redaction-group")) {
    counts[group.marker] = (counts[group.marker] ?? 0) + Number(group.count);
  }
  const markers = EXPECTED.events.flatMap(markersOf).map((marker) => ({ marker }));
  assert.deepEqual(counts, Object.fromEntries(tally(markers, (one) => one.marker)));
});

test("the ledger names every file, its events and what was wrong", async () => {
  const { page } = shared;
  await h.show(page, "files");
  const lines = await h.dataOf(page, "file-row");
  assert.deepEqual(lines.map((line) => basename(line.name)).sort(), ALL.map((path) => basename(path)).sort());
  const line = (path) => lines.find((one) => basename(one.name) === basename(path));
  for (const { path, shown } of EXPECTED.files) {
    assert.equal(Number(line(path).events), shown, path);
    if (LOGS.includes(path)) assert.equal(line(path).outcome, "read", path);
  }
  for (const [path, outcomes] of OTHERS) {
    assert.ok(outcomes.includes(line(path).outcome), `${path}: ${line(path).outcome}`);
    assert.ok(line(path).reason.length > 10, `${path}: ${line(path).reason}`);
  }
  assert.match(await h.handle(page, "ledger-sum").innerText(), /adds up/);
});

test("a dropped folder, a second drop and its copies, then Clear", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  await h.dropFiles(page, [h.fixture("invictus")]);
  const folder = (await h.status(page)).events;
  assert.ok(folder > 300);
  await h.dropFiles(page, LOGS.slice(0, 2));
  const again = await h.status(page);
  assert.equal(again.events, folder, "copies are not shown twice");
  assert.ok(again.duplicates > 0);
  await h.handle(page, "clear").first().click();
  await page.waitForFunction(() => document.querySelector('[data-testid="status"]').dataset.state === "empty");
  await h.openFolder(page, h.fixture("invictus"));
  assert.equal((await h.status(page)).events, folder);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});
