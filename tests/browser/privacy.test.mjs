// Nothing leaves the tab, and nothing stays behind: not on another host, in a store, in the
// address, on the console or in the title.

import assert from "node:assert/strict";
import test from "node:test";
import { strings } from "./count.mjs";
import * as h from "./harness.mjs";
import { ALL, EXPECTED } from "./trail.mjs";
import { walk } from "./walk.mjs";

/** Values that stand in the logs and nowhere else: ids, principals, addresses, names. */
const SECRETS = [...new Set(EXPECTED.events.flatMap((event) => [...strings(event)]))].filter(
  // Short words and service names are also words of the page.
  (value) => value.length >= 12 && !/^[a-z0-9-]+\.amazonaws\.com$|^[A-Z][A-Za-z]+$/.test(value),
);

const leaked = (text) => SECRETS.filter((secret) => text.includes(secret));

/** Everything a page of this origin can read back later. */
const kept = (page) =>
  page.evaluate(async () => {
    const databases = (await indexedDB.databases?.()) ?? [];
    let cacheNames = [];
    try {
      cacheNames = await caches.keys();
    } catch {
      // Not there on an insecure origin or from a file.
    }
    return {
      stores: databases.map((one) => one.name).concat(cacheNames),
      text: [JSON.stringify(localStorage), JSON.stringify(sessionStorage), document.cookie, window.name, document.title,
        decodeURIComponent(location.href), JSON.stringify(history.state)].join("\n"),
    };
  });

test("the secrets to look for are many", () => {
  assert.ok(SECRETS.length > 1000, `${SECRETS.length}`);
  assert.deepEqual(leaked(`x${SECRETS[0]}x`), [SECRETS[0]]);
});

for (const build of ["hosted", "one-file"]) {
  test(`${build}: everything loaded, every view seen, and nothing got out`, async () => {
    const visit = await h.openPage({ build });
    const { page } = visit;
    // What starting takes is fetched before the first file is opened; workers may start with it.
    const workers = /\/worker-[0-9a-f]+\.js$|^blob:/;
    let seen = visit.requests.length;
    const since = () => {
      const later = visit.requests.slice(seen).filter((address) => !workers.test(address));
      seen = visit.requests.length;
      return later;
    };
    await h.openSample(page);
    // The sample is a file of the page's own, which comes when it is asked for.
    const sample = since().map((address) => address.replace(/^http:\/\/127\.0\.0\.1:\d+\/.*(sample-)[0-9a-f]+/, "$1"));
    assert.deepEqual(sample, build === "hosted" ? ["sample-.gz"] : [], "requests for the sample");
    await h.openFiles(page, ALL);
    await walk(page);
    assert.deepEqual(since(), [], "requests after the page had started");
    assert.deepEqual(visit.requests.filter((address) => leaked(decodeURIComponent(address)).length > 0), []);
    assert.deepEqual(visit.tried, []);
    assert.deepEqual(leaked(visit.console.join("\n")), [], "on the console");
    const { stores, text } = await kept(page);
    assert.deepEqual(stores, [], "databases and caches");
    assert.deepEqual(leaked(text), [], "storage, cookies, address, title, history");
    assert.equal((await page.context().cookies()).length, 0);
    assert.deepEqual(await visit.problems(), []);
    await visit.close();
  });

  test(`${build}: the policy refuses page and worker any connection`, async () => {
    const visit = await h.openPage({ build });
    const { page } = visit;
    await h.openFiles(page, ALL.slice(0, 1));
    const attempts = () => {
      const url = "https://example.com/";
      const outcome = (promise) => promise.then(() => "connected", () => "refused");
      return Promise.all([
        outcome(fetch(url, { mode: "no-cors" })),
        new Promise((resolve) => {
          try {
            const socket = new WebSocket("wss://example.com/");
            socket.onopen = () => resolve("connected");
            socket.onerror = () => resolve("refused");
          } catch {
            resolve("refused");
          }
        }),
      ]);
    };
    assert.deepEqual(await page.evaluate(attempts), ["refused", "refused"]);
    assert.ok(page.workers().length > 0, "there are workers");
    for (const worker of page.workers()) assert.deepEqual(await worker.evaluate(attempts), ["refused", "refused"]);
    const image = () => new Promise((resolve) => {
      const image = new Image();
      image.onload = () => resolve("connected");
      image.onerror = () => resolve("refused");
      image.src = "https://example.com/x.png";
    });
    assert.equal(await page.evaluate(image), "refused");
    assert.deepEqual(visit.tried, [], "the network saw nothing of it");
    const refusals = (await visit.problems()).filter((problem) => /^policy violation: (connect|img)-src/.test(problem));
    assert.ok(refusals.length >= 3 * page.workers().length, `the policy is what refused: ${refusals}`);
    await visit.close();
  });
}
