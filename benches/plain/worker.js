// One worker of the plain page: inflates, parses, counts.

const VALUE_OF = {
  eventSource: (event) => event.eventSource,
  eventName: (event) => event.eventName,
  principal: ({ userIdentity: user }) => user?.userName ?? user?.sessionContext?.sessionIssuer?.userName ?? user?.invokedBy ?? user?.type,
  "userIdentity.type": (event) => event.userIdentity?.type,
  recipientAccountId: (event) => event.recipientAccountId,
  awsRegion: (event) => event.awsRegion,
  sourceIPAddress: (event) => event.sourceIPAddress,
  userAgent: (event) => event.userAgent,
  errorCode: (event) => event.errorCode,
  readOnly: (event) => event.readOnly,
  eventCategory: (event) => event.eventCategory,
};

/** A column of interned values, with a count for each. */
class Column {
  ids = new Map();
  counts = [];
  rows = new Uint32Array(1 << 16);

  add(row, value) {
    let id = this.ids.get(value);
    if (id === undefined) {
      id = this.counts.length;
      this.ids.set(value, id);
      this.counts.push(0);
    }
    this.counts[id] += 1;
    if (row === this.rows.length) {
      const grown = new Uint32Array(2 * row);
      grown.set(this.rows);
      this.rows = grown;
    }
    this.rows[row] = id;
  }

  /** Values with their counts. */
  entries() {
    return [...this.ids].map(([value, id]) => [value, this.counts[id]]);
  }
}

const columns = Object.keys(VALUE_OF).map(() => new Column());
const getters = Object.values(VALUE_OF);
let times = new Float64Array(1 << 16);
let newest = [];
const told = { events: 0, bytes: 0 };

function add(event) {
  const row = told.events;
  for (let at = 0; at < columns.length; at += 1) columns[at].add(row, getters[at](event));
  const time = Date.parse(event.eventTime);
  if (row === times.length) {
    const grown = new Float64Array(2 * row);
    grown.set(times);
    times = grown;
  }
  times[row] = time;
  if (newest.length < 50 || time > newest.at(-1).time) {
    newest.push({ time, id: event.eventID, source: event.eventSource, name: event.eventName, principal: getters[2](event) });
    newest.sort((a, b) => b.time - a.time);
    newest.length = Math.min(newest.length, 50);
  }
  told.events += 1;
}

function addAll(value) {
  if (Array.isArray(value?.Records)) value.Records.forEach(add);
  else if (Array.isArray(value)) value.forEach(add);
  else add(value);
}

/** The text of a file that is held whole. */
async function inflate(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return new TextDecoder().decode(bytes);
  const stream = new DecompressionStream("gzip");
  const writer = stream.writable.getWriter();
  writer.write(bytes).catch(() => {});
  writer.close().catch(() => {});
  return new Response(stream.readable).text();
}

/** A large file of lines passes by in pieces; the lines of a piece are parsed as one array. */
async function stream(file) {
  let rest = "";
  const parse = (text) => text.trim() && addAll(JSON.parse(`[${text.trim().replaceAll("\n", ",")}]`));
  const text = file.stream().pipeThrough(new DecompressionStream("gzip")).pipeThrough(new TextDecoderStream());
  let since = 0;
  for await (const piece of text) {
    rest += piece;
    if (rest.length < 1 << 20) continue;
    const end = rest.lastIndexOf("\n");
    parse(rest.slice(0, end));
    rest = rest.slice(end + 1);
    if (told.events - since > 20_000) postMessage({ told: { ...told } });
    since = told.events;
  }
  parse(rest);
}

async function read(files) {
  if (files.length === 1 && files[0].size > 8 << 20) {
    await stream(files[0]);
  } else {
    const bytes = new Uint8Array(await new Blob(files).arrayBuffer());
    let at = 0;
    // The text of the next file is made while this one is parsed.
    const parts = files.map((file) => bytes.subarray(at, (at += file.size)));
    let next = inflate(parts[0]);
    for (let part = 0; part < parts.length; part += 1) {
      const text = await next;
      if (part + 1 < parts.length) next = inflate(parts[part + 1]);
      addAll(JSON.parse(text));
    }
  }
  told.bytes += files.reduce((sum, file) => sum + file.size, 0);
}

let turn = Promise.resolve();
onmessage = ({ data }) => {
  turn = turn.then(async () => {
    if (data.read) {
      await read(data.read);
      postMessage({ told: { ...told }, done: true });
    } else {
      const counts = Object.fromEntries(Object.keys(VALUE_OF).map((field, at) => [field, columns[at].entries()]));
      postMessage({ summary: { counts, rows: newest } });
    }
  });
};
