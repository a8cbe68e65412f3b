// Pictures of every screen, for people to look at: tests/screenshots, which git ignores. The only
// thing asserted is what no picture should show: a page that scrolls sideways, or an error.

import assert from "node:assert/strict";
import test from "node:test";
import * as h from "./harness.mjs";
import { ALL } from "./trail.mjs";
import { inspect, views, walk } from "./walk.mjs";

const sideways = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const scheme of ["light", "dark"]) {
  test(`every screen at 1440×900, ${scheme}`, async () => {
    const visit = await h.openPage({ scheme });
    const { page } = visit;
    await h.screenshot(page, `start-${scheme}`);
    await h.openSample(page);
    await walk(page, (place) => h.screenshot(page, `${place}-${scheme}`));
    // A record with something hidden in it, its first mark in sight.
    await h.ask(page, "service:(mq OR sqs) readOnly:false");
    await h.show(page, "events");
    await page.locator('[data-testid="event-row"][data-name="CreateBroker"]').first().click();
    await h.handle(h.handle(page, "inspector"), "redaction").first().waitFor();
    await page.keyboard.press("n");
    await h.screenshot(page, `marks-${scheme}`);
    await page.keyboard.press("Escape");
    await h.ask(page, "");
    await h.openFiles(page, ALL);
    await h.show(page, "services");
    await h.screenshot(page, `services-files-${scheme}`);
    await h.show(page, "files");
    await h.screenshot(page, `ledger-trouble-${scheme}`);
    assert.equal(await sideways(page), 0);
    assert.deepEqual(await visit.problems(), []);
    await visit.close();
  });
}

for (const [width, height] of [[768, 1024], [390, 844]]) {
  test(`every screen at ${width}×${height}`, async () => {
    const visit = await h.openPage({ width, height });
    const { page } = visit;
    await h.screenshot(page, `start-${width}`);
    assert.equal(await sideways(page), 0, "the start scrolls sideways");
    await h.openSample(page);
    for (const view of await views(page)) {
      await h.show(page, view);
      await h.screenshot(page, `${view}-${width}`);
      assert.equal(await sideways(page), 0, `${view} scrolls sideways`);
    }
    await inspect(page);
    await h.screenshot(page, `inspector-${width}`);
    assert.deepEqual(await visit.problems(), []);
    await visit.close();
  });
}
