// What runs in the page before the page does.

/** Notes moments of the page. It is handed over as source text, so it stands alone. */
export function observe() {
  if (globalThis.top !== globalThis) return;
  const status = () => document.querySelector('[data-testid="status"]');
  const now = () => {
    const data = status()?.dataset;
    return data && { state: data.state, query: data.query, bytes: Number(data.bytes), events: Number(data.events), matched: Number(data.matched) };
  };
  const row = () => document.querySelector('[data-testid="event-row"][data-event-id]');
  const noted = { long: [] };
  let waiting = [];

  // After the next paint: a message posted in an animation frame is delivered once the frame is done.
  const painted = () =>
    new Promise((resolve) => {
      requestAnimationFrame(() => {
        const channel = new MessageChannel();
        channel.port1.onmessage = () => resolve(performance.now());
        channel.port2.postMessage(0);
      });
    });

  const look = () => {
    const here = now();
    if (!here) return;
    noted.interactive ??= performance.now();
    if (noted.given === undefined) return wake(here);
    if (noted.firstRow === undefined && here.events > 0 && row()) {
      noted.firstRow = { bytes: here.bytes, at: performance.now() };
      painted().then((at) => (noted.firstRow.at = at));
    }
    if (noted.ready === undefined && here.state === "ready" && here.events > 0) noted.ready = performance.now();
    wake(here);
  };
  const wake = (here) => {
    const [done, rest] = [waiting.filter((one) => one.holds(here)), waiting.filter((one) => !one.holds(here))];
    waiting = rest;
    for (const one of done) one.resolve();
  };
  /** Waits for what an observer sees, without asking again and again. */
  const until = (holds) =>
    new Promise((resolve) => {
      const here = now();
      if (here && holds(here)) resolve();
      else waiting.push({ holds, resolve });
    });

  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state", "data-query", "data-bytes", "data-event-id", "aria-busy"] });
  addEventListener("change", (event) => event.target.type === "file" && (noted.given ??= performance.now()), true);
  for (const kind of ["keydown", "pointerdown", "click"]) addEventListener(kind, () => (noted.pressed = performance.now()), true);
  try {
    new PerformanceObserver((list) => {
      for (const task of list.getEntries()) noted.long.push({ at: task.startTime, ms: task.duration });
    }).observe({ type: "longtask", buffered: true });
  } catch {
    // A worker has none.
  }

  const longest = (from, to) => Math.max(0, ...noted.long.filter((task) => task.at >= from && task.at <= to).map((task) => task.ms));
  globalThis.__bench = {
    now,
    until,
    painted,
    pressed: () => noted.pressed,
    interactive: async () => {
      await until((here) => here.state === "empty");
      return noted.interactive;
    },
    loaded: async () => {
      await until(() => noted.ready !== undefined);
      // Long tasks are told of after they ended.
      await new Promise((resolve) => setTimeout(resolve, 200));
      return {
        seconds: (noted.ready - noted.given) / 1000,
        firstRow: noted.firstRow && { bytes: noted.firstRow.bytes, seconds: (noted.firstRow.at - noted.given) / 1000 },
        longest: longest(noted.given, noted.ready),
      };
    },
    /**
     * Watches for the check of integrity, which begins by itself when the last file is read. `begun` resolves then; `judged` gives the
     * seconds from there to the painted verdict, and the longest task meanwhile.
     */
    watchCheck: () => {
      let [from, checks, done] = [undefined, false, false];
      let wake = () => {};
      const look = () => {
        const verdict = document.querySelector('[data-testid="integrity"]')?.dataset.verdict;
        if (noted.given !== undefined && ["asking", "ready"].includes(now()?.state)) from ??= performance.now();
        checks ||= verdict === "checking";
        done ||= checks && verdict !== "checking";
        wake();
      };
      new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state", "data-verdict"] });
      const reached = (holds) =>
        new Promise((resolve) => {
          wake = () => holds() && resolve();
          wake();
        });
      globalThis.__bench.begun = () => reached(() => from !== undefined);
      globalThis.__bench.judged = async () => {
        await reached(() => done);
        const at = await painted();
        await new Promise((resolve) => setTimeout(resolve, 200));
        return { seconds: (at - from) / 1000, longest: longest(from, at) };
      };
    },
    /** Milliseconds from the last key or click until what it asked for is on the screen. */
    answered: async (query) => {
      const rowsAreThere = (here) => {
        if (here.state !== "ready" || (query !== undefined && here.query !== query)) return false;
        const table = document.querySelector('[data-testid="event-table"]');
        return !table || table.getAttribute("aria-busy") !== "true" && (here.matched === 0 || row());
      };
      await until(rowsAreThere);
      return (await painted()) - noted.pressed;
    },
  };
}
