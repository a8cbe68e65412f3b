// Verdicts in the browser, on chains that tests/integrity.rs makes and judges: the same as natively, for each of them.

import assert from "node:assert/strict";
import test from "node:test";
import * as h from "./harness.mjs";
import { CASES, caseOf, count, open, shown, verdict } from "./verdicts.mjs";

for (const name of CASES) {
  test(`${name} has its verdict`, async () => {
    const due = caseOf(name);
    const visit = await open(name);
    const { page } = visit;
    assert.equal(await verdict(page), due.verdict);
    // Without a digest file nothing is said of the single files.
    const files = name === "logs-only" ? {} : due.files;
    assert.deepEqual(await shown(page), files);
    if (name !== "logs-only") {
      assert.equal(await count(page, "missing"), due.missing);
      assert.equal(await count(page, "gap"), due.gaps);
      const facet = await h.facetCounts(page, "file.integrity");
      for (const label of new Set(Object.values(files))) {
        const expected = Object.values(files).filter((one) => one === label).length;
        assert.equal(facet.get(label.replaceAll("-", " ")), expected, label);
      }
      assert.match(await h.handle(page, "integrity-sentence").textContent(), /Always true: /);
    }
    assert.deepEqual(await visit.problems(), []);
    await visit.close();
  });
}
