// Who made a call, and who is behind it: the three answers on every shape of identity, and chains of
// sessions followed back through files.

import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after } from "node:test";
import * as h from "./harness.mjs";

const folder = mkdtempSync(join(tmpdir(), "trailscope-identities-"));
after(() => rmSync(folder, { recursive: true }));

/** Writes events as a file of lines and gives its path. */
function file(name, events) {
  const path = join(folder, name);
  writeFileSync(path, events.map((event) => JSON.stringify(event)).join("\n"));
  return path;
}

const opened = (page, id) =>
  page.locator(`[data-testid="inspector"][data-event-id="${id}"]`).waitFor({ timeout: 10_000 });

/** Opens the event with this id in the inspector. */
async function inspect(page, id) {
  await h.show(page, "events");
  await h.ask(page, `eventID:${id}`);
  await h.handle(page, "event-row").first().click();
  await opened(page, id);
}

const QUESTIONS = ["root-or-user", "temporary", "by-service"];

test("every shape of identity gets its three answers", async () => {
  const shapes = JSON.parse(readFileSync(h.fixture("identities/shapes.json"), "utf8"));
  assert.ok(shapes.length >= 25);
  const visit = await h.openPage();
  const { page } = visit;
  await h.openFiles(page, [file("shapes.ndjson", shapes.map((shape) => shape.record))]);
  await h.show(page, "events");
  await h.handle(page, "event-row").first().click();
  // The newest is the last of the file.
  for (const { name, answers, record } of shapes.reverse()) {
    await opened(page, record.eventID);
    const shown = await h.dataOf(h.handle(page, "inspector"), "identity-answer");
    assert.deepEqual(shown.map((one) => one.question), QUESTIONS, name);
    assert.deepEqual(shown.map((one) => one.answer), answers, name);
    await page.keyboard.press("ArrowDown");
  }
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

const ACCOUNT = "111122223333";

const event = (eventID, eventTime, eventName, userIdentity) => ({
  eventVersion: "1.09",
  eventID,
  eventTime,
  eventName,
  eventSource: eventName.startsWith("Assume") ? "sts.amazonaws.com" : "s3.amazonaws.com",
  userIdentity,
  readOnly: !eventName.startsWith("Put"),
  recipientAccountId: ACCOUNT,
});

const user = (userName) => ({
  type: "IAMUser",
  userName,
  accountId: ACCOUNT,
  arn: `arn:aws:iam::${ACCOUNT}:user/${userName}`,
  accessKeyId: "AKIAIOSFODNN7EXAMPLE",
});

const session = (role, name, accessKeyId, creationDate, accountId = ACCOUNT) => ({
  type: "AssumedRole",
  accountId,
  arn: `arn:aws:sts::${accountId}:assumed-role/${role}/${name}`,
  accessKeyId,
  sessionContext: { sessionIssuer: { type: "Role", userName: role }, attributes: { creationDate } },
});

const assume = (id, time, by, role, name, accessKeyId) => ({
  ...event(id, time, "AssumeRole", by),
  requestParameters: { roleArn: `arn:aws:iam::${ACCOUNT}:role/${role}`, roleSessionName: name },
  responseElements: {
    credentials: { accessKeyId },
    assumedRoleUser: { arn: `arn:aws:sts::${ACCOUNT}:assumed-role/${role}/${name}` },
  },
});

const [AT_A, AT_B, AT_C] = ["2026-03-01T10:00:00Z", "2026-03-01T10:05:00Z", "2026-03-01T10:10:00Z"];
const [KEY_A, KEY_B, KEY_C] = ["A", "B", "C"].map((letter) => `ASIA${letter.repeat(16)}`);
const CALLS = [
  assume("call-a", AT_A, user("Mary_Major"), "ci-deploy", "mary", KEY_A),
  assume("call-b", AT_B, session("ci-deploy", "mary", KEY_A, AT_A), "build", "one", KEY_B),
  assume("call-c", AT_C, session("build", "one", KEY_B, AT_B), "prod-admin", "two", KEY_C),
];
const WORK = ["ListBuckets", "PutObject", "PutObject"].map((name, at) =>
  event(`work-${at}`, `2026-03-01T10:1${at + 1}:00Z`, name, session("prod-admin", "two", KEY_C, AT_C)),
);

const ended = async (page) => {
  await page.locator('[data-testid="chain"]:not([data-state="open"])').waitFor({ timeout: 10_000 });
  return (await h.dataOf(page, "chain"))[0].state;
};
const links = async (page) =>
  (await h.dataOf(page, "chain-link")).map((link) => [link.confidence, link.principal, link.eventId]);

test("a chain of three roles is followed back to the user, over files", async () => {
  const visit = await h.openPage();
  const { page } = visit;
  const files = [...CALLS, ...WORK].map((call) => file(`${call.eventID}.json`, [call]));
  await h.openFiles(page, files);
  await inspect(page, "work-0");
  assert.equal(await ended(page), "origin");
  assert.deepEqual(await links(page), [
    ["certain", "Mary_Major", "call-a"],
    ["certain", "ci-deploy", "call-b"],
    ["certain", "build", "call-c"],
  ]);
  // Each link opens its call, and from there the way goes on in both directions.
  await h.handle(page, "chain-link").first().getByTitle("Open this event").click();
  await opened(page, "call-a");
  await page.locator('[data-testid="chain-handed"][data-events="1"]').waitFor();

  // Without the middle one, the chain says that it is missing.
  await h.handle(page, "clear").click();
  await h.openFiles(page, files.filter((path) => !path.endsWith("call-b.json")));
  await inspect(page, "work-0");
  assert.equal(await ended(page), "missing");
  assert.deepEqual(await links(page), [["certain", "build", "call-c"]]);
  assert.ok((await h.handle(page, "chain-missing").innerText()).includes(KEY_B));
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("a switch in the console and a privileged root session lead to whoever is behind them", async () => {
  const [signedIn, switched, opened_] = ["2026-03-01T09:00:00Z", "2026-03-01T09:05:00Z", "2026-03-01T09:10:00Z"];
  const signin = (call) => ({ ...call, eventSource: "signin.amazonaws.com", eventType: "AwsConsoleSignIn" });
  const role = session("audit", "Alice", KEY_A, switched);
  const root = {
    type: "Root",
    accountId: "444455556666",
    arn: "arn:aws:iam::444455556666:root",
    accessKeyId: KEY_B,
    sessionContext: { attributes: { creationDate: opened_ }, assumedRoot: "true" },
  };
  const { sessionContext: _, accessKeyId: __, ...newRole } = role;
  const visit = await h.openPage();
  const { page } = visit;
  await h.openFiles(page, [
    file("console.ndjson", [
      signin(event("sign-in", signedIn, "ConsoleLogin", { ...user("Alice"), accessKeyId: "" })),
      {
        ...signin(event("switch", switched, "SwitchRole", newRole)),
        responseElements: { SwitchRole: "Success" },
        additionalEventData: { SwitchFrom: user("Alice").arn },
      },
      {
        ...event("root", opened_, "AssumeRoot", role),
        requestParameters: { targetPrincipal: "444455556666" },
        responseElements: { credentials: { accessKeyId: KEY_B } },
      },
      event("fix", "2026-03-01T09:11:00Z", "PutBucketPolicy", root),
    ]),
  ]);
  await inspect(page, "fix");
  assert.equal(await ended(page), "origin");
  assert.deepEqual(await links(page), [
    ["hint", "Alice", "sign-in"],
    ["strong", "Alice", "switch"],
    ["certain", "audit", "root"],
  ]);
  assert.match(await h.handle(page, "chain").innerText(), /additionalEventData\.SwitchFrom/);
  // From the switch on to what was done in the role.
  await inspect(page, "switch");
  await page.locator('[data-testid="chain-handed"][data-events="1"]').waitFor();
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("of calls that fit equally none is taken, and times say their year", async () => {
  const start = "2025-12-31T23:59:00Z";
  const keyless = (id, by) => {
    const { credentials: _, ...rest } = assume(id, start, by, "prod-admin", "ci", "").responseElements;
    return { ...assume(id, start, by, "prod-admin", "ci", ""), responseElements: rest };
  };
  const used = (id, time) => event(id, time, "PutObject", session("prod-admin", "ci", KEY_C, start));
  const visit = await h.openPage();
  const { page } = visit;
  await h.openFiles(page, [
    file("several.ndjson", [
      keyless("by-alice", user("Alice")),
      keyless("by-bob", user("Bob")),
      used("put", "2025-12-31T23:59:30Z"),
      used("late", "2026-01-01T08:00:00Z"),
    ]),
  ]);
  await inspect(page, "put");
  assert.equal(await ended(page), "several");
  assert.deepEqual(await links(page), []);
  const several = h.handle(page, "chain-several");
  assert.match(await several.innerText(), /2 calls fit equally[^]*Alice[^]*Bob/);
  assert.match(await h.handle(page, "chain").innerText(), /31 Dec 2025 23:59:30 to 1 Jan 2026 08:00:00/);
  await several.getByTitle("Open this event").last().click();
  await opened(page, "by-bob");
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("a figure of a principal leads to just its events, whoever else has the name", async () => {
  const other = "444455556666";
  const at = (minute) => `2026-03-01T10:${minute}:00Z`;
  const there = { ...user("deploy"), accountId: other, arn: `arn:aws:iam::${other}:user/deploy` };
  const role = session("Deploy", "x", "", AT_A);
  const events = [
    ...[10, 11, 12].map((minute) => event(`u${minute}`, at(minute), "PutObject", user("deploy"))),
    event("u-case", at(13), "GetObject", user("DEPLOY")),
    ...[14, 15].map((minute) => event(`t${minute}`, at(minute), "PutObject", there)),
    event("r", at(16), "PutObject", role),
    event("r-two", at(17), "GetObject", { ...role, type: "Role" }),
    event("else", at(18), "GetObject", user("Alice")),
  ];
  const visit = await h.openPage();
  const { page } = visit;
  await h.openFiles(page, [file("names.ndjson", events)]);
  await h.show(page, "identities");
  const people = await h.dataOf(page, "identity-row");
  assert.deepEqual(
    people.map((one) => [one.principal.toLowerCase(), one.type, one.account, one.events]).sort(),
    [
      ["alice", "IAMUser", ACCOUNT, "1"],
      ["deploy", "AssumedRole", ACCOUNT, "2"],
      ["deploy", "IAMUser", ACCOUNT, "4"],
      ["deploy", "IAMUser", other, "2"],
    ],
  );
  const writes = { [`IAMUser ${ACCOUNT}`]: 3, [`IAMUser ${other}`]: 2, [`AssumedRole ${ACCOUNT}`]: 1 };
  for (const one of people.filter((person) => person.principal !== "Alice")) {
    for (const before of ["", "principal:(deploy OR Alice)", "eventName:(PutObject OR GetObject)"]) {
      await h.ask(page, before);
      await page
        .locator(`[data-testid="identity-row"][data-type="${one.type}"][data-account="${one.account}"]`)
        .and(page.locator(`[data-principal="${one.principal}"]`))
        .click();
      for (const [word, count] of [["events?", Number(one.events)], ["writes?", writes[`${one.type} ${one.account}`]]]) {
        const query = (await h.status(page)).query;
        await page.locator(".figures").getByRole("button", { name: new RegExp(`^${count}\\s*${word}$`) }).click();
        await h.waitReady(page, (now) => now.query !== query);
        assert.equal((await h.status(page)).matched, count, `${one.principal} ${one.type} ${before}`);
      }
    }
  }
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("the same action in two accounts is linked, and one column finds both", async () => {
  const sharedEventID = "3d6ab5e2-1c1f-4d6e-9f0a-0c2b8a6e7f11";
  const outsider = { type: "AWSAccount", accountId: ACCOUNT, principalId: "AIDAEXAMPLE" };
  const mine = { ...CALLS[0], sharedEventID };
  const theirs = { ...mine, eventID: "owner", userIdentity: outsider, recipientAccountId: "444455556666" };
  const visit = await h.openPage();
  const { page } = visit;
  await h.openFiles(page, [file("mine.json", [mine]), file("theirs.json", [theirs])]);
  await inspect(page, "owner");
  assert.equal(await ended(page), "origin");
  assert.deepEqual(await links(page), [["certain", "Mary_Major", "call-a"]]);
  await h.handle(page, "shared-event").locator("button").first().click();
  await opened(page, "call-a");
  await h.ask(page, `sharedEventID:${sharedEventID}`);
  assert.equal((await h.status(page)).matched, 2);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});

test("principals of one name in two accounts are two, and their figures filter", async () => {
  const other = "444455556666";
  const events = [
    ...WORK,
    ...CALLS,
    event("there", "2026-03-01T12:00:00Z", "PutObject", session("prod-admin", "x", "", AT_A, other)),
  ];
  const visit = await h.openPage();
  const { page } = visit;
  await h.openFiles(page, [file("two.ndjson", events)]);
  // The tab knows their number before the view is open.
  const counted = async () => Number(/\d+/.exec(await h.handle(page, "view-identities").innerText())[0]);
  const before = await counted();
  await h.show(page, "identities");
  const people = await h.dataOf(page, "identity-row");
  assert.deepEqual([before, await counted()], [people.length, people.length]);
  const admins = people.filter((person) => person.principal === "prod-admin");
  assert.deepEqual(admins.map((person) => [person.account, person.events]).sort(), [[ACCOUNT, "3"], [other, "1"]]);
  assert.equal(people.length, 5);
  await h.handle(page, "identity-order").selectOption({ label: "by name" });
  const names = (await h.dataOf(page, "identity-row")).map((person) => person.principal);
  assert.deepEqual(names, ["Mary_Major", "build", "ci-deploy", "prod-admin", "prod-admin"]);
  // Its own account goes with the name.
  await page.locator(`[data-testid="identity-row"][data-principal="prod-admin"][data-account="${ACCOUNT}"]`).click();
  assert.equal(await ended(page), "origin");
  assert.equal((await links(page)).length, 3);
  await page.getByRole("button", { name: /^2\s*writes$/ }).click();
  await h.waitReady(page, (now) => now.query !== "");
  assert.equal((await h.status(page)).matched, 2);
  assert.deepEqual(await visit.problems(), []);
  await visit.close();
});
