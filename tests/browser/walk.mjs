// One walk through the whole page, for the tests that look at what happens on the way.

import * as h from "./harness.mjs";

/** The views, in the order of their tabs. */
export const VIEWS = ["services", "events", "identities", "redactions", "files", "handover"];

/** The views that this build has: a view that is not there yet has no tab. */
export async function views(page) {
  const present = [];
  for (const view of VIEWS) {
    if ((await h.handle(page, `view-${view}`).count()) > 0) present.push(view);
  }
  return present;
}

/** Opens the first event and waits for its record. */
export async function inspect(page) {
  await h.show(page, "events");
  await h.handle(page, "event-row").first().click();
  const inspector = h.handle(page, "inspector");
  await h.handle(inspector, "json-value").first().waitFor();
  return inspector;
}

/** Shows every view, filters, brushes away, opens a record, asks well and badly, and goes back. */
export async function walk(page, arrived = async () => {}) {
  for (const view of await views(page)) {
    await h.show(page, view);
    await arrived(view);
  }
  await h.show(page, "services");
  const value = h.handle(page, "facet-value").first();
  await value.hover();
  await h.handle(value, "facet-include").click();
  await h.waitReady(page, (now) => now.query !== "");
  await h.ask(page, "errorCode:* OR root");
  await h.handle(page, "query-input").fill("errorCode:(");
  await h.handle(page, "query-input").press("Enter");
  await h.handle(page, "query-error").waitFor();
  await arrived("query-error");
  await h.ask(page, "");
  await inspect(page);
  await arrived("inspector");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("e");
  await page.keyboard.press("Escape");
  await page.keyboard.press("?");
  await page.waitForTimeout(200);
  await arrived("help");
  await page.keyboard.press("Escape");
  await h.waitReady(page);
}
