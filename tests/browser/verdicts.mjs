// What the integrity tests share: the chains that tests/integrity.rs makes and judges, and what the
// page shows of them.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as h from "./harness.mjs";

const ROOT = fileURLToPath(new URL("../../target/tmp/integrity", import.meta.url));
if (!existsSync(ROOT)) throw new Error("no cases: run `cargo test --test integrity` first");

/** The names of all cases. */
export const CASES = readdirSync(ROOT).sort();

/** What is due for a case. */
export const caseOf = (name) => JSON.parse(readFileSync(join(ROOT, name, "case.json"), "utf8"));

/** The folder of what is dropped. */
export const dropOf = (name) => join(ROOT, name, "drop");

/** Waits until the check has come to something else than `before`. */
export async function verdict(page, before = "checking") {
  await page.waitForFunction(
    (before) => {
      const shown = document.querySelector('[data-testid="integrity"]')?.dataset.verdict;
      return shown && shown !== "checking" && shown !== before;
    },
    before,
    { timeout: 30_000 },
  );
  return (await h.dataOf(page, "integrity"))[0].verdict;
}

/** Opens a page with a case, and shows its files. */
export async function open(name, options) {
  const visit = await h.openPage(options);
  await h.openFolder(visit.page, dropOf(name));
  await h.show(visit.page, "files");
  return visit;
}

/** What is shown of each file, by path behind the folder that was picked. */
export async function shown(page) {
  const rows = await h.dataOf(page, "file-row");
  const judged = rows.filter((row) => row.integrity);
  return Object.fromEntries(judged.map((row) => [row.name.slice("drop/".length), row.integrity]));
}

/** How many of a verdict the panel counts. */
export async function count(page, verdict) {
  const counts = page.locator(`[data-testid="integrity"] [data-verdict="${verdict}"][data-count]`);
  return (await counts.count()) ? Number(await counts.first().getAttribute("data-count")) : 0;
}
