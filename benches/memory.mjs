// Memory and processor time of the browser: all its processes, each page of memory counted once.

import { readdirSync, readFileSync } from "node:fs";

/** Processes that this one started, and those they started. */
function descendants() {
  const parents = new Map();
  for (const name of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      // The name of the program stands in parentheses and may hold anything.
      const rest = readFileSync(`/proc/${name}/stat`, "utf8").replace(/^.*\)/s, "").trim().split(" ");
      parents.set(Number(name), Number(rest[1]));
    } catch {
      // It has ended.
    }
  }
  const below = new Set([process.pid]);
  for (let grown = true; grown; ) {
    grown = false;
    for (const [id, parent] of parents) {
      if (below.has(parent) && !below.has(id)) grown = Boolean(below.add(id));
    }
  }
  below.delete(process.pid);
  return [...below];
}

/** Bytes, of all processes and of those that render pages. Linux only. */
export function processMemory() {
  const sum = { all: 0, pages: 0 };
  for (const id of descendants()) {
    try {
      const bytes = 1024 * Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, "utf8"))?.[1] ?? 0);
      sum.all += bytes;
      if (readFileSync(`/proc/${id}/cmdline`, "utf8").includes("--type=renderer")) sum.pages += bytes;
    } catch {
      // It has ended.
    }
  }
  return sum;
}

/** Seconds of processor time of all processes so far. */
export function processorTime() {
  let ticks = 0;
  for (const id of descendants()) {
    try {
      const rest = readFileSync(`/proc/${id}/stat`, "utf8").replace(/^.*\)/s, "").trim().split(" ");
      ticks += Number(rest[11]) + Number(rest[12]);
    } catch {
      // It has ended.
    }
  }
  // Linux tells it in hundredths of a second.
  return ticks / 100;
}

/** Looks twice a second; `stop` gives the most that was seen. */
export function watchMemory() {
  const peak = { all: 0, pages: 0 };
  const look = () => {
    const now = processMemory();
    for (const key of Object.keys(peak)) peak[key] = Math.max(peak[key], now[key]);
  };
  const timer = setInterval(look, 500);
  return {
    stop() {
      clearInterval(timer);
      look();
      return peak;
    },
  };
}
