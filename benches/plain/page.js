// The page that Trailscope is measured against: what plain JavaScript does best. DecompressionStream and JSON.parse
// in a worker for each processor (two, as §7 of the plan has it), files in batches that are read as one Blob, columns of
// interned values, facet counts and the newest rows. It has no queries, keeps no text and finds no redaction.

const WORKERS = 2;
const BATCH_FILES = 128;
const BATCH_BYTES = 4 << 20;
/** Batches a worker holds: one in hand, one whose bytes are on their way. */
const AHEAD = 2;

const workers = Array.from({ length: WORKERS }, () => new Worker(new URL("./worker.js", import.meta.url), { type: "module" }));
const status = document.querySelector('[data-testid="status"]');
const main = document.querySelector("main");

let queue = [];
let open = 0;
const told = workers.map(() => ({ events: 0, bytes: 0 }));

function batches(files) {
  const cut = [];
  let batch = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length === BATCH_FILES || (batch.length > 0 && bytes + file.size > BATCH_BYTES)) {
      cut.push(batch);
      [batch, bytes] = [[], 0];
    }
    batch.push(file);
    bytes += file.size;
  }
  if (batch.length > 0) cut.push(batch);
  return cut;
}

function feed(worker) {
  const batch = queue.shift();
  if (!batch) return;
  open += 1;
  worker.postMessage({ read: batch });
}

function tell() {
  status.dataset.events = String(told.reduce((sum, one) => sum + one.events, 0));
  status.dataset.bytes = String(told.reduce((sum, one) => sum + one.bytes, 0));
}

async function take(files) {
  queue = batches(files);
  status.dataset.state = "loading";
  for (let ahead = 0; ahead < AHEAD; ahead += 1) workers.forEach(feed);
}

/** Sums up what all workers counted and shows it. */
function show(parts) {
  const fields = Object.keys(parts[0].counts);
  for (const field of fields) {
    const counts = new Map();
    for (const part of parts) for (const [value, count] of part.counts[field]) counts.set(value, (counts.get(value) ?? 0) + count);
    const top = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 8);
    const section = document.createElement("section");
    section.dataset.testid = "facet";
    section.dataset.field = field;
    for (const [value, count] of top) {
      const line = document.createElement("div");
      line.dataset.testid = "facet-value";
      line.textContent = `${value} ${count}`;
      section.append(line);
    }
    main.append(section);
  }
  const rows = parts.flatMap((part) => part.rows).sort((a, b) => b.time - a.time).slice(0, 50);
  for (const row of rows) {
    const line = document.createElement("div");
    line.dataset.testid = "event-row";
    line.dataset.eventId = row.id;
    line.textContent = `${new Date(row.time).toISOString()} ${row.source} ${row.name} ${row.principal}`;
    main.append(line);
  }
}

const summaries = [];
workers.forEach((worker, at) => {
  worker.onmessage = ({ data }) => {
    if (data.summary) {
      summaries.push(data.summary);
      if (summaries.length < WORKERS) return;
      show(summaries);
      status.dataset.state = "ready";
      return;
    }
    told[at] = data.told;
    tell();
    if (!data.done) return;
    open -= 1;
    feed(worker);
    if (open === 0) workers.forEach((each) => each.postMessage({ sum: true }));
  };
});
for (const input of document.querySelectorAll("input")) input.addEventListener("change", () => take([...input.files]));
