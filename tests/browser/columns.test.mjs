// The events table as the reader makes it: any path as a column or a facet, moved and resized by mouse
// and keyboard, kept in the fragment; steps back and forth; a link that holds values only where asked.

import assert from "node:assert/strict";
import test from "node:test";
import * as h from "./harness.mjs";

async function opened(options) {
  const visit = await h.openPage(options);
  await h.openSample(visit.page);
  const { page, close } = visit;
  await h.handle(page, "view-events").click();
  await h.handle(page, "event-row").first().waitFor();
  return { page, close, problems: () => visit.problems() };
}

const columns = async (page) => (await h.dataOf(page, "column-head")).map((head) => head.column);
const head = (page, name) => page.locator(`[data-testid="column-head"][data-column="${name}"]`);
const option = (page, name) => page.locator(`[data-testid="column-option"][data-name="${name}"]`);
const width = (page, name) => head(page, name).evaluate((element) => element.getBoundingClientRect().width);
const PATH = "requestParameters.bucketName";

test("a path becomes a column with coverage, and it sorts", async () => {
  const { page, close, problems } = await opened();
  const usual = await columns(page);
  assert.deepEqual(usual, ["time", "marks", "eventSource", "eventName", "principal", "resource", "failure", "sourceIPAddress"]);
  await h.handle(page, "columns-open").click();
  await h.handle(page, "column-add").fill(PATH);
  await page.keyboard.press("Enter");
  await head(page, PATH).waitFor();
  await h.waitReady(page);
  const there = (await h.ask(page, `${PATH}:*`)).matched;
  await h.ask(page, "");
  await page.waitForFunction(([name, count]) => document.querySelector(`[data-testid="column-option"][data-name="${name}"]`).dataset.events === count, [PATH, String(there)]);
  // A field of the registry, by its box, with its coverage beside it.
  await option(page, "awsRegion").locator("input[type=checkbox]").check();
  assert.deepEqual(await columns(page), [...usual, PATH, "awsRegion"]);
  assert.ok(Number(await option(page, "awsRegion").getAttribute("data-events")) > 0);
  await page.keyboard.press("Escape");
  assert.equal(await h.handle(page, "column-chooser").count(), 0);
  await head(page, PATH).locator("button").click();
  await h.waitReady(page);
  await page.waitForFunction((name) => document.querySelector(`[data-testid="column-head"][data-column="${name}"]`).ariaSort === "ascending", PATH);
  const cells = await h.handle(page, "event-row").evaluateAll((rows) => rows.slice(0, 5).map((row) => row.children[8].textContent));
  assert.ok(cells.every((text) => text !== ""), "what has no value comes last");
  assert.deepEqual(cells, [...cells].sort());
  assert.match(page.url(), /columns=time,marks,.*requestParameters\.bucketName,awsRegion/);
  assert.match(page.url(), /order=requestParameters\.bucketName/);
  assert.deepEqual(await problems(), []);
  await close();
});

test("columns move and are resized by the keyboard and by the mouse, and a reload keeps them", async () => {
  const { page, close, problems } = await opened();
  const button = head(page, "eventName").locator("button");
  await button.focus();
  await page.keyboard.press("Alt+ArrowLeft");
  await page.waitForFunction(() => document.activeElement?.parentElement?.dataset.column === "eventName");
  assert.equal((await columns(page))[2], "eventName");
  await page.keyboard.press("Alt+ArrowRight");
  await page.waitForFunction(() => document.activeElement?.parentElement?.dataset.column === "eventName");
  const before = await width(page, "eventName");
  await page.keyboard.press("Alt+Shift+ArrowRight");
  await page.waitForFunction((before) => document.activeElement.parentElement.getBoundingClientRect().width > before + 10, before);
  assert.ok(Math.abs((await width(page, "eventName")) - before - 16) < 2);
  // Enter on a head sorts and opens no record.
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.activeElement?.parentElement?.ariaSort === "ascending");
  assert.equal(await h.handle(page, "inspector").count(), 0);
  const grip = head(page, "principal").locator('[data-testid="column-grip"]');
  const box = await grip.boundingBox();
  const wide = await width(page, "principal");
  await page.mouse.move(box.x + 4, box.y + 4);
  await page.mouse.down();
  await page.mouse.move(box.x + 64, box.y + 4, { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction((wide) => document.querySelector('[data-column="principal"]').getBoundingClientRect().width > wide + 50, wide);
  assert.match(page.url(), /principal:\d+/);
  await head(page, "sourceIPAddress").dragTo(head(page, "time"));
  await page.waitForFunction(() => document.querySelector('[data-testid="column-head"]').dataset.column === "sourceIPAddress");
  const order = await columns(page);
  // Cells stand under their heads.
  const offsets = await page.evaluate(() => {
    const left = (element) => Math.round(element.getBoundingClientRect().left);
    const heads = [...document.querySelectorAll('[data-testid="column-head"]')].map(left);
    return [heads, [...document.querySelector('[data-testid="event-row"]').children].map(left)];
  });
  assert.deepEqual(offsets[0], offsets[1]);
  await page.reload();
  await h.openSample(page);
  await h.handle(page, "event-row").first().waitFor();
  assert.deepEqual(await columns(page), order);
  // The chooser does the same without a mouse, and takes it all back.
  await h.handle(page, "columns-open").focus();
  await page.keyboard.press("Enter");
  await option(page, "time").locator('[data-testid="column-left"]').focus();
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector('[data-testid="column-head"]').dataset.column === "time");
  await option(page, "time").locator('[data-testid="column-width"]').fill("240");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => Math.round(document.querySelector('[data-column="time"]').getBoundingClientRect().width) === 240);
  await h.handle(page, "columns-usual").click();
  await page.waitForFunction(() => !location.hash.includes("columns="));
  assert.deepEqual(await problems(), []);
  await close();
});

test("any path becomes a facet with its coverage, and its values filter", async () => {
  const { page, close, problems } = await opened();
  await h.handle(page, "facet-add").fill("requestParameters.nothing..x");
  await page.keyboard.press("Enter");
  await h.handle(page, "toast").first().waitFor();
  await h.handle(page, "facet-add").fill(PATH);
  await page.keyboard.press("Enter");
  const facet = page.locator(`[data-testid="facet"][data-field="${PATH}"]`);
  await facet.locator('[data-testid="facet-value"]').first().waitFor();
  await h.waitReady(page);
  const value = facet.locator('[data-testid="facet-value"]:not([data-absent])').first();
  const [name, count] = [await value.getAttribute("data-value"), Number(await value.getAttribute("data-count"))];
  await value.hover();
  await value.locator('[data-testid="facet-include"]').click();
  const now = await h.waitReady(page, (now) => now.matched === count);
  assert.ok(now.query.includes(PATH) && now.query.includes(name), now.query);
  assert.ok((await facet.locator('[data-testid="facet-value"]').count()) > 1, "its own term does not empty it");
  const covered = Number(await facet.locator('[data-testid="facet-coverage"]').getAttribute("data-events"));
  assert.equal(covered, (await h.ask(page, `${PATH}:*`)).matched);
  await facet.locator('[data-testid="facet-remove"]').click();
  await facet.waitFor({ state: "detached" });
  assert.deepEqual(await problems(), []);
  await close();
});

test("a value of the tree leads to a column, a facet, and to nothing but itself", async () => {
  const { page, close, problems } = await opened();
  await h.ask(page, `${PATH}:*`);
  await h.handle(page, "event-row").first().click();
  const line = page.locator(`[data-testid="json-value"][data-path="${PATH}"]`);
  await line.waitFor();
  const value = (await line.textContent()).replaceAll('"', "");
  await line.hover();
  await h.handle(page, "value-column").click();
  await head(page, PATH).waitFor();
  await line.hover();
  await h.handle(page, "value-facet").click();
  await page.locator(`[data-testid="facet"][data-field="${PATH}"]`).waitFor();
  await line.hover();
  await h.handle(page, "value-only").click();
  const now = await h.waitReady(page, (now) => now.query !== `${PATH}:*`);
  assert.equal(now.query, `${PATH}:${value}`);
  // The same by keys.
  await page.getByRole("tree").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("c");
  await page.waitForFunction(() => document.querySelectorAll('[data-testid="column-head"]').length === 10);
  assert.deepEqual(await problems(), []);
  await close();
});

test("back and forth walk through queries and views, and the address holds no query", async () => {
  const { page, close, problems } = await opened();
  await h.ask(page, "service:s3");
  await h.ask(page, "service:s3 readOnly:true");
  await h.handle(page, "event-row").first().click();
  await h.handle(page, "inspector").waitFor();
  assert.ok(!decodeURIComponent(page.url()).includes("s3"), page.url());
  await page.goBack();
  await h.handle(page, "inspector").waitFor({ state: "detached" });
  await page.goBack();
  await h.waitReady(page, (now) => now.query === "service:s3");
  assert.equal(await h.handle(page, "query-input").inputValue(), "service:s3");
  await page.goBack();
  await h.waitReady(page, (now) => now.query === "");
  await page.goBack();
  await page.waitForFunction(() => document.querySelector('[data-testid="view-services"]').ariaSelected === "true");
  for (let steps = 0; steps < 4; steps++) await page.goForward();
  await h.waitReady(page, (now) => now.query === "service:s3 readOnly:true");
  await h.handle(page, "inspector").waitFor();
  assert.deepEqual(await problems(), []);
  await close();
});

test("a link holds the query only where it is ticked, and opens what it holds", async () => {
  const { page, close, problems } = await opened();
  await h.ask(page, "service:s3");
  await h.handle(page, "link-open").click();
  const link = () => h.handle(page, "link-text").inputValue();
  assert.ok(!decodeURIComponent(await link()).includes("s3"));
  await h.handle(page, "link-values").check();
  const whole = await link();
  assert.ok(decodeURIComponent(whole).includes("service:s3"), whole);
  await page.keyboard.press("Escape");
  await page.goto("about:blank");
  await page.goto(whole);
  await h.openSample(page);
  await h.waitReady(page, (now) => now.query === "service:s3" && now.matched > 0);
  assert.ok(!decodeURIComponent(page.url()).includes("s3"), "it stays in no address");
  assert.equal(await h.handle(page, "query-input").inputValue(), "service:s3");
  assert.deepEqual(await problems(), []);
  await close();
});

test("a pinned row stays, two events are compared, and the surroundings of one are a key away", async () => {
  const { page, close, problems } = await opened();
  await h.ask(page, "errorCode:*");
  const row = h.handle(page, "event-row").nth(2);
  const id = await row.getAttribute("data-event-id");
  await row.click();
  await h.handle(page, "inspector").waitFor();
  await page.keyboard.press("x");
  await h.handle(page, "pinned-row").waitFor();
  assert.equal(await h.handle(page, "pinned-row").getAttribute("data-event-id"), id);
  assert.equal(await h.handle(page, "pins").getAttribute("data-count"), "1");
  // The pinned row takes room, and rows still stand where keys expect them.
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("d");
  await h.handle(page, "compare").waitFor();
  const lines = await h.dataOf(page, "compare-line");
  assert.ok(lines.length > 0 && lines.every((line) => line.same === "false"));
  assert.ok(lines.some((line) => line.path === "eventID"));
  await h.handle(page, "compare-all").check();
  await page.waitForFunction((count) => document.querySelectorAll('[data-testid="compare-line"]').length > count, lines.length);
  await page.keyboard.press("Escape");
  await h.handle(page, "compare").waitFor({ state: "detached" });
  await h.handle(page, "pinned-row").click();
  await page.keyboard.press("a");
  const now = await h.waitReady(page, (now) => now.query === "" || now.query === undefined);
  assert.equal(now.matched, now.events);
  assert.equal(await h.handle(page, "query-input").inputValue(), "");
  const chosen = page.locator('[data-testid="event-row"][aria-selected="true"]');
  await chosen.waitFor();
  assert.equal(await chosen.getAttribute("data-event-id"), id);
  await page.waitForFunction(() => {
    const box = (selector) => document.querySelector(selector).getBoundingClientRect();
    const [row, table] = [box('[data-testid="event-row"][aria-selected="true"]'), box('[data-testid="event-table"]')];
    return row.top > table.top && row.bottom <= table.bottom;
  });
  await page.goBack();
  await h.waitReady(page, (now) => now.query === "errorCode:*");
  assert.deepEqual(await problems(), []);
  await close();
});

test("what leaked is masked in a column, a facet and beside another event too", async () => {
  const { page, close, problems } = await opened();
  await h.show(page, "redactions");
  const group = (await h.dataOf(page, "exposure-group")).find((one) => one.kind === "password");
  const path = group.path.replaceAll("[]", "");
  await h.show(page, "events");
  await h.ask(page, `${path}:*`);
  await h.handle(page, "columns-open").click();
  await h.handle(page, "column-add").fill(path);
  await page.keyboard.press("Enter");
  await head(page, path).waitFor();
  await page.keyboard.press("Escape");
  await h.handle(page, "facet-add").fill(path);
  await page.keyboard.press("Enter");
  const value = page.locator(`[data-testid="facet"][data-field="${path}"] [data-testid="facet-value"]:not([data-absent])`).first();
  await value.waitFor();
  await h.waitReady(page);
  const secret = await value.getAttribute("data-value");
  const seen = () => page.evaluate(() => document.body.innerHTML);
  assert.ok((await seen()).includes(secret));
  await h.handle(page, "event-row").first().click();
  await h.handle(page, "inspector").waitFor();
  await page.keyboard.press("x");
  await page.keyboard.press("Escape");
  await h.handle(page, "inspector").waitFor({ state: "detached" });
  await h.ask(page, "service:s3");
  await h.handle(page, "event-row").first().click();
  await h.handle(page, "inspector").waitFor();
  await h.handle(page, "mask").click();
  await page.waitForFunction((secret) => !document.body.innerHTML.includes(secret), secret);
  await h.handle(page, "compare-open").click();
  await h.handle(page, "compare").waitFor();
  assert.ok(!(await seen()).includes(secret), "the other record is not the open one");
  assert.deepEqual(await problems(), []);
  await close();
});
