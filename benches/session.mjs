// What a person does once the events are there, each a part that a plan can name.

import * as h from "../tests/browser/harness.mjs";
import { processMemory, processorTime } from "./memory.mjs";

/** Applies a query; milliseconds from Enter to painted rows. */
async function ask(page, query) {
  const input = h.handle(page, "query-input");
  await input.fill(query);
  // The page applies a query by itself after a pause; the key comes before that.
  const answer = page.evaluate((text) => globalThis.__bench.until((here) => here.query === text).then(() => globalThis.__bench.answered(text)), query);
  await input.press("Enter");
  return answer;
}

/** Presses something; milliseconds until the answer is painted. */
async function press(page, target) {
  await target.click();
  return page.evaluate(() => globalThis.__bench.answered());
}

/** Each query several times, in turns, the empty one between them so that none is answered from the last. */
export async function queries(page, { queries, times = 5 }) {
  const measured = Object.fromEntries(queries.map(({ name }) => [name, { ms: [] }]));
  for (let time = 0; time < times; time += 1) {
    for (const { name, query } of queries) {
      await ask(page, query === "" ? "eventName:nothing" : "");
      measured[name].ms.push(await ask(page, query));
      measured[name].matched = (await h.status(page)).matched;
    }
  }
  await ask(page, "");
  return measured;
}

/** A value of a facet, taken in and out again. */
export async function facets(page, { times = 5 }) {
  const ms = [];
  for (let time = 0; time < times; time += 1) {
    for (const field of ["eventSource", "userIdentity.type"]) {
      const facet = page.locator(`[data-testid="facet"][data-field="${field}"]`);
      const value = h.handle(facet, "facet-value").nth(time % 3);
      await value.hover();
      ms.push(await press(page, h.handle(value, "facet-include")));
      await ask(page, "");
    }
  }
  return { ms };
}

/** The heads of columns, one after another. */
export async function sort(page, { times = 5 }) {
  const ms = [];
  for (let time = 0; time < times; time += 1) {
    for (const name of ["Event", "Principal", "Time"]) {
      const head = page.locator('[data-testid="event-table"] [role="columnheader"]').filter({ hasText: name }).locator("button").first();
      ms.push(await press(page, head));
    }
  }
  return { ms };
}

/** Jumps to random places; rows painted, and frames that were missed meanwhile. */
export async function scroll(page, { jumps = 60 }) {
  return page.evaluate(async (jumps) => {
    const table = document.querySelector('[data-testid="event-table"]');
    const gaps = [];
    let running = true;
    let before;
    const frame = (at) => {
      if (before !== undefined) gaps.push(at - before);
      before = at;
      if (running) requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
    // Rows are there when one in the middle of the table is and none in sight is blank.
    const box = table.getBoundingClientRect();
    const inSight = () => document.elementsFromPoint(box.left + 60, box.top + box.height / 2).some((element) => element.dataset?.eventId !== undefined);
    let seed = 7;
    const ms = [];
    for (let jump = 0; jump < jumps; jump += 1) {
      seed = (seed * 48271) % 2147483647;
      const began = performance.now();
      table.scrollTop = (seed / 2147483647) * (table.scrollHeight - table.clientHeight);
      await globalThis.__bench.painted();
      while (!inSight() && performance.now() - began < 5000) await globalThis.__bench.painted();
      ms.push((await globalThis.__bench.painted()) - began);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    running = false;
    table.scrollTop = table.scrollHeight;
    await globalThis.__bench.painted();
    const end = performance.now();
    while (!inSight() && performance.now() - end < 10_000) await globalThis.__bench.painted();
    const last = Math.max(...[...document.querySelectorAll('[data-testid="event-row"]')].map((row) => Number(row.getAttribute("aria-rowindex"))));
    // At 60 Hz a gap over 25 ms is a frame that was missed.
    return { ms, frames: gaps.length, late: gaps.filter((gap) => gap > 25).length, worst: Math.max(...gaps), last };
  }, jumps);
}

/** Opens records at random places. */
export async function inspector(page, { opens = 15 }) {
  const ms = [];
  for (let open = 0; open < opens; open += 1) {
    await page.evaluate((part) => {
      const table = document.querySelector('[data-testid="event-table"]');
      table.scrollTop = part * (table.scrollHeight - table.clientHeight);
    }, ((open * 7919) % 997) / 997);
    await page.waitForTimeout(300);
    // A row in sight: what is drawn beyond the edges would have to be scrolled to, and be another one then.
    const { id, x, y } = await page.evaluate(async () => {
      const box = document.querySelector('[data-testid="event-table"]').getBoundingClientRect();
      const [x, y] = [box.left + 60, box.top + box.height / 2];
      const row = () => document.elementsFromPoint(x, y).find((element) => element.dataset?.eventId !== undefined && element.dataset.testid === "event-row");
      const began = performance.now();
      while (!row() && performance.now() - began < 10_000) await globalThis.__bench.painted();
      return { id: row()?.dataset.eventId, x, y };
    });
    await page.mouse.click(x, y);
    ms.push(
      await page.evaluate(async (id) => {
        const shown = () => document.querySelector(`[data-testid="inspector"][data-event-id="${id}"] [data-testid="json-value"]`);
        const began = performance.now();
        while (!shown() && performance.now() - began < 10_000) await globalThis.__bench.painted();
        if (!shown()) throw new Error(`the record ${id} was not shown`);
        return (await globalThis.__bench.painted()) - globalThis.__bench.pressed();
      }, id),
    );
  }
  await page.keyboard.press("Escape");
  return { ms };
}

/** The hand-over of everything: looking through the records, then writing and checking the file. */
export async function handover(page) {
  const [began, used] = [performance.now(), processorTime()];
  await h.handle(page, "view-handover").click();
  const ready = () => document.querySelector('[data-testid="handover"]')?.dataset.phase === "ready";
  await page.waitForFunction(ready, null, { timeout: 600_000, polling: 50 });
  const [looked, usedThen] = [performance.now(), processorTime()];
  const download = page.waitForEvent("download", { timeout: 600_000 });
  const stopped = page.locator('[data-testid="handover-check"][data-passed="false"]').waitFor({ timeout: 600_000 });
  await h.handle(page, "export-ndjson").click();
  const file = await Promise.race([download, stopped]);
  if (!file) throw new Error(`the hand-over was stopped: ${await h.handle(page, "handover-check").innerText()}`);
  await file.path();
  const [written, usedNow] = [performance.now(), processorTime()];
  await h.handle(page, "view-events").click();
  return {
    looked: (looked - began) / 1000,
    written: (written - looked) / 1000,
    processor: { looked: usedThen - used, written: usedNow - usedThen },
  };
}

/** The check of integrity, from the last file read to the painted verdict. Called before files are given. */
export async function judged(page) {
  await page.evaluate(() => globalThis.__bench.watchCheck());
  return async () => {
    await page.evaluate(() => globalThis.__bench.begun());
    const used = processorTime();
    const timed = await page.evaluate(() => globalThis.__bench.judged());
    const processor = processorTime() - used;
    const counted = await page.locator('[data-testid="integrity"] [data-count]').evaluateAll((all) => all.map((one) => [one.dataset.verdict, Number(one.dataset.count)]));
    return { ...timed, processor, verdict: (await h.dataOf(page, "integrity"))[0].verdict, counts: Object.fromEntries(counted) };
  };
}

/** Memory once everything is closed again. */
export async function clear(page) {
  await h.handle(page, "clear").first().click();
  await page.waitForTimeout(500);
  // Some pages ask whether that is meant.
  await page.waitForFunction(() => globalThis.__bench.now()?.state === "empty", null, { timeout: 30_000 });
  await page.waitForTimeout(4000);
  return processMemory();
}
