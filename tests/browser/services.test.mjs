// Service cards and the page of one service, against counts made without the product.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import test from "node:test";
import { count, failureOf, markersOf, recordsOf, tally } from "./count.mjs";
import * as h from "./harness.mjs";

const inFolder = (folder) =>
  readdirSync(h.fixture(folder)).filter((name) => name.endsWith(".json")).map((name) => h.fixture(`${folder}/${name}`));
// Some published files have shapes the baseline does not read, and one holds a marker in JSON inside a
// string, which it does not open.
const FILES = ["seeds", "panther", "stratus-red-team"].flatMap(inFolder).filter((path) => recordsOf(path) && !path.endsWith("/new_aws_account_logging.json"));
const EXPECTED = count(FILES);

const ofCard = (card) => {
  const sources = card.source.split(" ");
  return EXPECTED.events.filter((event) => sources.includes(event.eventSource ?? ""));
};

const opened = async (options) => {
  const visit = await h.openPage(options);
  await h.openFiles(visit.page, FILES);
  await h.show(visit.page, "services");
  return visit;
};

const card = (page, source) => page.locator(`[data-testid="service-card"][data-source~="${source}"]`);

test("cards of many services count as plain loops do, failures told only in replies included", async () => {
  const visit = await opened();
  const cards = await h.dataOf(visit.page, "service-card");
  const sources = tally(EXPECTED.events, (event) => event.eventSource);
  assert.deepEqual(cards.flatMap((one) => one.source.split(" ")).filter(Boolean).sort(), [...sources.keys()].sort());
  for (const one of cards) {
    const events = ofCard(one);
    assert.equal(Number(one.events), events.length, one.source);
    assert.equal(Number(one.errors), events.filter(failureOf).length, `errors of ${one.source}`);
    assert.equal(Number(one.redactions), events.flatMap(markersOf).length, `redactions of ${one.source}`);
  }
  // Three APIs of Amplify on one card, and Monitron's failures, which stand in its replies.
  const amplify = await card(visit.page, "amplify.amazonaws.com").getAttribute("data-source");
  assert.ok(amplify.split(" ").includes("amplifybackend.amazonaws.com"), amplify);
  assert.equal(await card(visit.page, "monitron.amazonaws.com").getAttribute("data-errors"), "2");
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

/** The number that a card shows with a word. */
const shownOf = async (one, word) => Number(/([\d,]+) (?:\w+)$/.exec((await one.getByRole("button", { name: word }).first().innerText()).trim())[1].replaceAll(",", ""));

test("the orders of the cards", async () => {
  const visit = await opened();
  const { page } = visit;
  for (const [order, figure] of [
    ["Errors", (one) => Number(one.errors)],
    ["Redactions", (one) => Number(one.redactions)],
    ["Writes", async (one) => shownOf(card(page, one.source.split(" ")[0]), /writes?$/)],
    ["Events", (one) => Number(one.events)],
  ]) {
    await page.getByRole("radio", { name: order, exact: true }).click();
    const figures = [];
    for (const one of await h.dataOf(page, "service-card")) if (one.source) figures.push(await figure(one));
    assert.deepEqual(figures, figures.toSorted((a, b) => b - a), order);
  }
  await page.getByRole("radio", { name: "Name", exact: true }).click();
  const names = await page.locator('[data-testid="service-card"]').evaluateAll((all) => all.map((one) => one.getAttribute("aria-label").toLowerCase()));
  assert.deepEqual(names, names.toSorted(), "by name");
  await visit.close();
});

test("a card opens as a page, and everything on it filters", async () => {
  const visit = await opened();
  const { page } = visit;
  const before = await h.status(page);
  const source = "rds.amazonaws.com";
  const events = EXPECTED.events.filter((event) => event.eventSource === source);
  const pageOf = h.handle(page, "service-page");
  const open = async () => {
    await h.ask(page, "");
    if ((await pageOf.count()) === 0) await h.handle(card(page, source), "service-open").click();
    await pageOf.waitFor();
  };
  await open();
  const [shown] = await h.dataOf(page, "service-page");
  assert.deepEqual(
    [Number(shown.events), Number(shown.errors), Number(shown.redactions)],
    [events.length, events.filter(failureOf).length, events.flatMap(markersOf).length],
  );
  assert.equal((await h.dataOf(page, "service-card")).length, 0, "the page stands in place of the cards");

  const names = tally(events, (event) => event.eventName);
  const [name, times] = [...names][0];
  const matchedAfter = async (button) => {
    await button.click();
    return Number((await h.waitReady(page, (now) => now.query !== "")).matched);
  };
  assert.equal(await matchedAfter(pageOf.getByRole("button", { name: new RegExp(`^${name}\\s*${times}$`) })), times, name);
  await open();
  const failed = events.filter(failureOf).length;
  assert.equal(await matchedAfter(pageOf.getByRole("button", { name: /errors?$/ })), failed, "errors");
  await open();
  // What the registry marks: databases that a call made publicly accessible.
  const public_ = events.filter((event) => !failureOf(event) && event.requestParameters?.publiclyAccessible === true).length;
  assert.ok(public_ > 0);
  assert.equal(await matchedAfter(pageOf.getByRole("button", { name: /publicly accessible/ })), public_);
  assert.match((await h.status(page)).query, /notable:"publicly accessible"/);
  await open();
  await h.handle(page, "service-close").click();
  assert.ok((await h.dataOf(page, "service-card")).length > 20, "all cards are back");
  assert.equal((await h.status(page)).events, before.events);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("every figure of a card filters by what it counts", async () => {
  const visit = await opened();
  const { page } = visit;
  const source = "iam.amazonaws.com";
  const events = EXPECTED.events.filter((event) => event.eventSource === source);
  const some = (test) => events.filter(test).length;
  const hidden = some((event) => markersOf(event).length > 0);
  // What AWS says of reads and writes; where it says nothing, names of calls do.
  const unsaid = some((event) => event.readOnly === undefined);
  for (const [name, said] of [[/writes?$/, "false"], [/reads?$/, "true"]]) {
    await h.show(page, "services");
    const shown = await shownOf(card(page, source), name);
    await card(page, source).getByRole("button", { name }).first().click();
    const now = await h.waitReady(page, (now) => now.query !== "");
    assert.equal(Number(now.matched), shown, `${name} of ${now.query}`);
    const least = some((event) => String(event.readOnly) === said);
    assert.ok(unsaid > 0 && shown >= least && shown <= least + unsaid, `${shown} ${least} ${unsaid}`);
    await h.ask(page, "");
  }
  // Of a service whose every event says it, the link is in AWS's own words.
  const all = [...tally(EXPECTED.events, (event) => event.eventSource).keys()];
  const whole = all.find((one) => one && EXPECTED.events.every((event) => event.eventSource !== one || (event.readOnly === false && event.eventCategory)));
  await h.show(page, "services");
  await card(page, whole).getByRole("button", { name: /writes?$/ }).first().click();
  assert.match((await h.waitReady(page, (now) => now.query !== "")).query, /readOnly:false/);
  // A word of the figure, and the events that it should leave.
  for (const [name, expected] of [
    [/errors?$/, some(failureOf)],
    [/AWS hid$/, hidden],
    [/^[\d,]+ events?$/, events.length],
    [/^AttachRolePolicy/, some((event) => event.eventName === "AttachRolePolicy")],
  ]) {
    await h.ask(page, "");
    await h.show(page, "services");
    await card(page, source).getByRole("button", { name }).first().click();
    const now = await h.waitReady(page, (now) => now.query !== "");
    assert.equal(Number(now.matched), expected, `${name} of ${now.query}`);
  }
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("a long list unfolds and folds again, and the timeline is walked with keys", async () => {
  const visit = await opened();
  const { page } = visit;
  const source = "ec2.amazonaws.com";
  const names = tally(EXPECTED.events.filter((event) => event.eventSource === source), (event) => event.eventName);
  assert.ok(names.size > 12);
  await h.handle(card(page, source), "service-open").click();
  const pageOf = h.handle(page, "service-page");
  await pageOf.waitFor();
  const list = pageOf.locator("section", { has: page.getByRole("heading", { name: "Event names" }) });
  const unfold = h.handle(list, "unfold");
  assert.equal(await list.getByRole("listitem").count(), 12);
  assert.equal(await unfold.innerText(), `${names.size - 12} more`);
  await unfold.press("Enter");
  assert.equal(await list.getByRole("listitem").count(), names.size);
  assert.equal(await unfold.getAttribute("aria-expanded"), "true");
  await unfold.press("Enter");
  assert.equal(await list.getByRole("listitem").count(), 12);

  // Along the bars to the last event; Enter leaves its bar alone, and Enter again takes that back.
  const timeline = h.handle(page, "service-timeline");
  const bars = Number(await timeline.getAttribute("aria-valuemax")) + 1;
  await timeline.focus();
  let events = 0;
  let full;
  for (let bar = 0; bar < bars; bar += 1) {
    const words = await timeline.getAttribute("aria-valuetext");
    const count = Number(/: ([\d,]+) events?/.exec(words)[1].replaceAll(",", ""));
    events += count;
    if (count > 0) full ??= [bar, count];
    await page.keyboard.press("ArrowRight");
  }
  const dated = EXPECTED.events.filter((event) => event.eventSource === source && !Number.isNaN(Date.parse(event.eventTime)));
  assert.equal(events, dated.length, "the bars hold all events that have a time");
  await page.keyboard.press("Home");
  for (let bar = 0; bar < full[0]; bar += 1) await page.keyboard.press("ArrowRight");
  const before = await h.status(page);
  await page.keyboard.press("Enter");
  await h.waitReady(page, (now) => now.matched !== before.matched);
  assert.equal(Number((await h.dataOf(page, "service-page"))[0].events), full[1]);
  await page.keyboard.press("Enter");
  await h.waitReady(page, (now) => now.matched === before.matched);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

for (const [scheme, width, height] of [["light", 1440, 900], ["dark", 1440, 900], ["light", 768, 1024], ["dark", 390, 844]]) {
  test(`the page of a service at ${width} px, ${scheme}`, async () => {
    const visit = await opened({ scheme, width, height });
    const { page } = visit;
    await h.handle(card(page, "iam.amazonaws.com"), "service-open").click();
    await h.handle(page, "service-page").waitFor();
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.equal(sideways, 0);
    await h.screenshot(page, `service-page-${scheme}-${width}`);
    assert.deepEqual(await visit.problems(), []);
    await visit.close();
  });
}
