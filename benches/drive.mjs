// Drives one page through one benchmark and writes what was measured as JSON.
//
//   node benches/drive.mjs <plan.json> <result.json>
//
// The page is opened by the harness of the browser tests and only its handles are used, so any page with the same
// handles can be measured: `TRAILSCOPE_DIST` names the folder it is in. Moments are taken inside the page, by
// observers that are there before it is, so that nothing of this process is in the figures.

import { readFileSync, rmSync, writeFileSync } from "node:fs";
import * as h from "../tests/browser/harness.mjs";
import { observe } from "./observe.mjs";
import { processMemory, processorTime, watchMemory } from "./memory.mjs";
import * as session from "./session.mjs";

const [plan, result] = [JSON.parse(readFileSync(process.argv[2], "utf8")), process.argv[3]];

/** Opens the page, gives it the files, and waits until all are read. */
async function load(visit) {
  const { page } = visit;
  const begun = await page.evaluate(() => globalThis.__bench.interactive());
  if (plan.view) {
    await page.evaluate((view) => {
      location.hash = `view=${view}`;
      location.reload();
    }, plan.view);
    await page.waitForFunction(() => globalThis.__bench.now()?.state === "empty");
  }
  const judged = plan.judged ? await session.judged(page) : undefined;
  // A reader takes longer than this to find a folder; meanwhile the page warms its engine.
  await page.waitForTimeout(plan.rest ?? 2000);
  const empty = plan.memory ? processMemory() : undefined;
  const memory = plan.memory ? watchMemory() : undefined;
  const before = processorTime();
  await h.handle(page, plan.folder ? "folder-input" : "file-input").first().setInputFiles(plan.path);
  const check = judged?.();
  const loaded = await page.evaluate(() => globalThis.__bench.loaded());
  const processor = processorTime() - before;
  const last = await h.status(page);
  if (last.events !== plan.events) throw new Error(`${last.events} events, expected ${plan.events}: ${JSON.stringify(last)}`);
  return { interactive: begun, ...loaded, processor, check: await check, status: last, memory: memory && { empty, peak: memory.stop(), after: processMemory() } };
}

// A page that never gets there must not hold up the rest.
const late = setTimeout(() => {
  console.error(`not done after ${plan.minutes ?? 20} minutes`);
  process.exit(1);
}, 60_000 * (plan.minutes ?? 20));

let failed;
try {
  const visit = await h.openPage({ before: observe });
  const measured = { load: await load(visit) };
  for (const name of plan.parts ?? []) measured[name] = await session[name](visit.page, plan);
  // After some minutes the browser looks for its own updates, and finds the way closed.
  measured.problems = (await visit.problems()).filter((text) => !/^beyond this machine: https?:\/\/[\w.-]+\.googleapis\.com\//.test(text));
  await visit.close();
  writeFileSync(result, JSON.stringify(measured));
} catch (error) {
  failed = error;
  rmSync(result, { force: true });
  console.error(error);
}
// The harness closes the browser when a test file ends; this is none.
clearTimeout(late);
process.exit(failed ? 1 : 0);
