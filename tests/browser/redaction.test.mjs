// What AWS hid, what leaked, what is missing for another reason, and masking on screen.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test, { after, afterEach, before } from "node:test";
import * as h from "./harness.mjs";

const RECORDS = h.fixture("exposures/records.json");
const SEEDS = ["amazonmq-create-broker", "sqs-send-message", "sqs-delete-message-batch", "qapps-get-library-item"];
const seed = (name) => h.fixture(`seeds/${name}.json`);

/** What must not be seen while masking is on. */
const LEAKED = [
  "jane.doe",
  "hunter2hunter2",
  "s3cr3t-value",
  "pw1234",
  "IyEvYmluL2Jhc2gKZXhwb3J0IEFQSV9LRVk9",
  ...JSON.parse(readFileSync(seed("sqs-delete-message-batch"), "utf8")).requestParameters.entries.map(
    (entry) => entry.receiptHandle,
  ),
];
const IDENTIFIERS = ["111122223333", "ASIAIZCYMDBM4SJU65M5", "10.1.2.3"];

let shared;
before(async () => {
  shared = await h.openPage();
  await h.openFiles(shared.page, [RECORDS, ...SEEDS.map(seed)]);
});
afterEach(async () => assert.deepEqual(await shared.problems(), []));
after(() => shared.close());

/** Opens the first event of a query in the inspector. */
async function inspect(page, query) {
  await h.ask(page, query);
  await h.show(page, "events");
  // The rows of the query before may still stand there: the first row must be the only kind that matches.
  const matched = (await h.status(page)).matched;
  await page.waitForFunction(
    (rows) => document.querySelector('[data-testid="event-table"]')?.getAttribute("aria-rowcount") === String(rows),
    matched,
  );
  await page.waitForFunction(
    (rows) => document.querySelectorAll('[data-testid="event-row"][data-event-id]').length === rows,
    matched,
  );
  const row = h.handle(page, "event-row").first();
  const id = await row.getAttribute("data-event-id");
  await row.click();
  const inspector = page.locator(`[data-testid="inspector"][data-event-id="${id}"]`);
  await h.handle(inspector, "json-value").first().waitFor();
  return inspector;
}

test("the seeds' redactions and exposures are marked", async () => {
  const { page } = shared;
  const broker = await inspect(page, 'eventName:CreateBroker AND NOT ip:"10.1.2.3"');
  const passwords = await h.dataOf(broker, "redaction");
  assert.deepEqual(
    passwords.map((one) => [one.path, one.marker, one.basis]),
    [0, 1].map((at) => [`requestParameters.users[${at}].password`, "***", "documented"]),
  );
  const sent = await inspect(page, "eventName:SendMessage");
  const [body] = await h.dataOf(sent, "redaction");
  assert.equal(body.path, "requestParameters.messageBody");
  assert.equal(body.marker, "HIDDEN_DUE_TO_SECURITY_REASONS");
  const deleted = await inspect(page, "eventName:DeleteMessageBatch");
  const kinds = (await h.dataOf(deleted, "exposure")).map((one) => `${one.kind} ${one.path}`);
  assert.equal(kinds[0], "receiptHandle requestParameters.entries[0].receiptHandle");
  const asked = await inspect(page, "eventName:GetLibraryItem");
  assert.deepEqual((await h.dataOf(asked, "exposure")).map((one) => one.kind), ["prompt"]);
});

test("a response that Amazon MQ withholds is a redaction, whether it is null or not there", async () => {
  const { page } = shared;
  for (const name of ["DescribeBroker", "ListUsers"]) {
    const inspector = await inspect(page, `eventName:${name}`);
    const found = await h.dataOf(inspector, "redaction");
    assert.deepEqual(
      found.map((one) => [one.path, one.marker, one.basis, one.class]),
      [["responseElements", "response withheld", "documented", "withheld"]],
    );
    assert.match(await inspector.innerText(), /withholds its response/);
  }
  const cut = await inspect(page, "eventName:PutRolePolicy");
  assert.deepEqual((await h.dataOf(cut, "cut")).map((one) => one.path), ["requestParameters"]);
  assert.equal(await h.handle(cut, "redaction").count(), 0);
});

test("n and p go through the marks of both kinds, with an explanation each", async () => {
  const { page } = shared;
  const inspector = await inspect(page, "eventName:CreateBroker AND ip:10.1.2.3");
  const seen = [];
  for (let step = 0; step < 4; step += 1) {
    await page.keyboard.press("n");
    seen.push((await inspector.locator(".call-out b").innerText()).split(/[.:]/)[0]);
  }
  assert.deepEqual(seen, ["In clear", "In clear", "In clear, by its name", "Amazon MQ replaces password with *** before it logs this call"]);
  for (const mark of await h.handle(inspector, "exposure").all()) assert.ok((await mark.getAttribute("title")).length > 20);
});

test("queries and facets know what leaked and what is missing", async () => {
  const { page } = shared;
  for (const [query, events] of [
    ["exposure:password", 2],
    ["exposure.kind:userData", 1],
    ["exposure.path:requestParameters.ldapServerMetadata.*", 1],
    ['redaction.path:"requestParameters.users[].password"', 2],
    ["redaction:*", 5],
    ["redaction.class:withheld", 2],
    ["redaction.class:cut", 1],
  ]) {
    assert.equal((await h.ask(page, query)).matched, events, query);
  }
  await h.ask(page, "");
  assert.equal((await h.facetCounts(page, "exposure")).get("password"), 2);
});

test("the Redactions view lists both, and one press leaves the events of a line", async () => {
  const { page } = shared;
  await h.show(page, "redactions");
  const hidden = await h.dataOf(page, "redaction-group");
  const broker = hidden.find((one) => one.path === "requestParameters.users[].password");
  assert.equal(broker.count, "3");
  const leaked = await h.dataOf(page, "exposure-group");
  assert.equal(leaked[0].kind, "password");
  const parts = Object.fromEntries((await h.dataOf(page, "redaction-part")).map((one) => [one.part, one.count]));
  assert.equal(parts.cut, "1");
  assert.equal(Number(parts.leaked), leaked.reduce((sum, one) => sum + Number(one.count), 0));
  const line = page.locator('[data-testid="exposure-group"][data-kind="userData"]');
  await line.locator("button").first().click();
  assert.equal((await h.waitReady(page, (now) => now.query !== "")).matched, 1);
  await h.ask(page, "");
});

test("masking hides what leaked on every view, identifiers too if asked, and gives them back", async () => {
  const { page } = shared;
  const mask = h.handle(page, "mask");
  const absent = async (words, where) => {
    const html = await page.content();
    for (const word of words) assert.ok(!html.includes(word), `${word} is in ${where}`);
  };
  const absentInViews = async (words) => {
    for (const view of ["services", "events", "identities", "redactions", "files"]) {
      await h.show(page, view);
      await absent(words, view);
    }
  };
  await inspect(page, "ip:10.1.2.3 AND eventName:CreateBroker");
  await h.ask(page, "");
  assert.ok((await page.content()).includes("hunter2hunter2"));
  await mask.click();
  assert.equal(await mask.getAttribute("data-level"), "exposures");
  assert.match(await mask.innerText(), /Masking/);
  await absentInViews(LEAKED);
  for (const name of ["CreateBroker", "RunInstances", "UpdateFunction*", "DeleteMessageBatch"]) {
    const inspector = await inspect(page, `eventName:${name} AND exposure:*`);
    assert.ok(await h.handle(inspector, "exposure").count());
    await absent(LEAKED, name);
    await page.locator('[data-testid="inspector-raw"]').click();
    await absent(LEAKED, `${name} as text`);
    await page.locator('[data-testid="inspector-record"]').click();
  }
  await h.ask(page, "");
  const input = h.handle(page, "query-input");
  await input.fill("requestParameters.ldapServerMetadata.serviceAccountPassword:hunter2hunter2");
  await input.press("Enter");
  await h.waitReady(page, (now) => now.query.endsWith("*") && now.matched === 1);
  assert.ok(!(await page.content()).includes("hunter2hunter2"), "the query shows a password");
  await h.ask(page, "");
  await mask.click();
  await absentInViews([...LEAKED, ...IDENTIFIERS]);
  await mask.click();
  assert.equal(await mask.getAttribute("data-level"), "off");
  await h.show(page, "events");
  await inspect(page, "ip:10.1.2.3 AND eventName:CreateBroker");
  assert.ok((await page.content()).includes("hunter2hunter2"));
  await h.ask(page, "");
});
