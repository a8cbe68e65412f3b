// Logs are written by whoever calls the API. What they put into a field is text on the page and
// never anything else: no element, no link, no script, no formatting that moves other text.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import * as h from "./harness.mjs";
import { walk } from "./walk.mjs";

const folder = mkdtempSync(join(tmpdir(), "trailscope-"));
after(() => rmSync(folder, { recursive: true }));

/** Each would set `window.pwned`, ask another host or leave an element behind, if it were markup. */
const PAYLOADS = [
  '<img class="pwned" src="https://example.com/x.png" onerror="window.pwned=1">',
  '<script class="pwned">window.pwned=1</script>',
  '"><svg class="pwned" onload="window.pwned=1">',
  "javascript:window.pwned=1",
  "https://example.com/phish",
  "</script><b class=pwned>bold</b>",
  "{{constructor.constructor('window.pwned=1')()}}",
  "\u202Egnp.exe\u202C and \u0000\u001b[31m",
  "=HYPERLINK(\"https://example.com\",\"x\")",
  "x".repeat(20_000),
];

/** A record with one payload in every field that a screen shows. */
function record(payload, place) {
  return {
    eventVersion: "1.11",
    userIdentity: { type: payload, arn: payload, userName: payload, accountId: payload, accessKeyId: payload, principalId: payload },
    eventTime: `2026-03-01T10:00:${String(place).padStart(2, "0")}Z`,
    eventSource: payload,
    eventName: payload,
    awsRegion: payload,
    sourceIPAddress: payload,
    userAgent: payload,
    errorCode: payload,
    errorMessage: payload,
    requestParameters: { [payload]: payload, password: "***" },
    responseElements: { nested: [payload] },
    resources: [{ ARN: payload, type: payload }],
    requestID: payload,
    eventID: `${place}-${payload.slice(0, 100)}`,
    recipientAccountId: payload,
    eventCategory: payload,
  };
}

/** Fails where markup of a payload, or a link to anywhere, is in the document. */
async function assertOnlyText(page, place) {
  const found = await page.evaluate(() => ({
    pwned: window.pwned,
    elements: document.querySelectorAll(".pwned").length,
    links: [...document.querySelectorAll("a[href], iframe, object, embed, form[action]")]
      .map((element) => element.getAttribute("href") ?? element.tagName)
      // Links of the page's own: into itself, to its one-file build, to AWS's documentation.
      .filter((href) => !/^(#|blob:|(\.\/)?trailscope\.html$|https:\/\/docs\.aws\.amazon\.com\/)/.test(href)),
  }));
  assert.deepEqual(found, { pwned: undefined, elements: 0, links: [] }, place);
}

test("markup in every field and in file names stays text, in every view", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  const log = join(folder, "<img src=x onerror=window.pwned=1>.json");
  writeFileSync(log, JSON.stringify({ Records: PAYLOADS.map(record) }));
  const broken = join(folder, "<b class=pwned>.json");
  writeFileSync(broken, '<script class="pwned">window.pwned=1</script>');

  const now = await h.openFiles(page, [log, broken]);
  assert.equal(now.events, PAYLOADS.length);
  await walk(page, (place) => assertOnlyText(page, place));
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

/** What must not reach the screen as it is: C0 controls, and signs that reorder text. */
const HIDDEN = "[\\u0000-\\u001f\\u202a-\\u202e\\u2066-\\u2069]";

/** Fails where a control is in a text or in a name that is read out. `data-*` holds values as logged. */
async function assertNoControls(page, place) {
  const found = await page.evaluate((hidden) => {
    const control = new RegExp(hidden, "u");
    const where = (element) => `${element?.tagName}.${element?.getAttribute("class")}`;
    const bad = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const inside = texts.currentNode.parentElement;
      if (inside?.closest("script, style")) continue;
      const text = texts.currentNode.data;
      if (control.test(inside?.closest("pre") ? text.replace(/[\n\t]/g, "") : text)) bad.push(`text in ${where(inside)}`);
    }
    for (const element of document.querySelectorAll("*")) {
      for (const name of ["title", "aria-label", "aria-valuetext", "placeholder", "alt"]) {
        if (control.test(element.getAttribute(name) ?? "")) bad.push(`${name} of ${where(element)}`);
      }
    }
    return bad;
  }, HIDDEN);
  assert.deepEqual(found, [], place);
}

test("controls and signs that reorder text are made visible, in every view", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  const name = "\u202Ecod\u202C \u2066x\u2069 \u0007\u001b[31m\tend";
  const records = [record(name, 1), { ...record(name, 2), eventTime: name, eventSource: `${name}.amazonaws.com` }];
  records.push({ ...record("plain", 3), eventName: name, eventSource: "\u202E\u2067.amazonaws.com" });
  const log = join(folder, "a\u202Enosj\u2066.json");
  writeFileSync(log, JSON.stringify({ Records: records }));
  await h.openFiles(page, [log]);
  const loaded = (place) => assertNoControls(page, `one file, ${place}`);
  await h.show(page, "services");
  await loaded("services");

  const other = join(folder, "b\u202Enosj.json");
  writeFileSync(other, `no log \u202E`);
  await h.openFiles(page, [other]);
  await walk(page, (place) => assertNoControls(page, place));

  await h.show(page, "events");
  for (let place = 0; place < records.length; place += 1) {
    const id = (await h.rows(page))[place].eventId;
    await h.handle(page, "event-row").nth(place).click();
    await page.waitForFunction((id) => document.querySelector('[data-testid="inspector"]')?.dataset.eventId === id, id);
    await h.handle(page, "json-value").first().waitFor();
    await assertNoControls(page, `record ${place}`);
    await h.handle(page, "inspector-raw").click();
    await page.locator("pre").first().waitFor();
    await assertNoControls(page, `raw text of record ${place}`);
    await h.handle(page, "inspector-record").click();
  }
  await page.keyboard.press("Escape");
  await h.ask(page, `eventName:"${name.replaceAll("\t", "")}" OR \u202Efree`);
  await assertNoControls(page, "query");
  await h.handle(page, "query-input").fill("eventName:(\u202E");
  await h.handle(page, "query-input").press("Enter");
  await h.handle(page, "query-error").waitFor();
  await assertNoControls(page, "query error");
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("each record shows its payload, in the tree and in the raw text", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  const log = join(folder, "payloads.json");
  writeFileSync(log, JSON.stringify({ Records: PAYLOADS.slice(0, 6).map(record) }));
  await h.openFiles(page, [log]);
  await h.show(page, "events");
  for (let place = 0; place < 6; place += 1) {
    await h.handle(page, "event-row").nth(place).click();
    const inspector = h.handle(page, "inspector");
    const payload = PAYLOADS[5 - place];
    const value = inspector.locator('[data-testid="json-value"][data-path="userAgent"]');
    await value.filter({ hasText: payload }).waitFor();
    await assertOnlyText(page, payload);
  }
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("pasted text is read as a log, and what is no log is said to be none", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  const paste = async (text) => {
    if (!(await h.handle(page, "paste-input").first().isVisible())) await page.keyboard.press("v");
    await h.handle(page, "paste-input").first().fill(text);
    await h.handle(page, "paste-open").first().click();
  };
  await paste(JSON.stringify(record(PAYLOADS[0], 1)));
  await h.waitReady(page, (now) => now.events === 1);
  await assertOnlyText(page, "pasted");
  await paste("<b class=pwned>no log</b>");
  await h.waitReady(page, (now) => now.files === 2);
  assert.equal((await h.status(page)).events, 1);
  await assertOnlyText(page, "pasted, no log");
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("deep nesting and a cut file do not stop the page", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  const good = join(folder, "good.json");
  writeFileSync(good, JSON.stringify(record("fine", 1)));
  const deep = join(folder, "deep.json");
  writeFileSync(deep, `{"Records":[{"eventVersion":"1.08","eventID":"d","requestParameters":${"[".repeat(200_000)}${"]".repeat(200_000)}}]}`);
  const cut = join(folder, "cut.json");
  writeFileSync(cut, JSON.stringify({ Records: [record("a", 1), record("b", 2)] }).slice(0, -40));
  await h.openFiles(page, [good, deep, cut]);
  const now = await h.status(page);
  assert.ok(now.events >= 2, `${now.events} events`);
  await h.show(page, "files");
  const outcomes = new Map((await h.dataOf(page, "file-row")).map((line) => [line.name, line.outcome]));
  assert.equal(outcomes.get("good.json"), "read");
  assert.equal(outcomes.get("cut.json"), "partial");
  assert.ok(outcomes.has("deep.json"));
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});
