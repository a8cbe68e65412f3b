// The independent baseline of the browser tests.
//
// What a set of log files holds is worked out here a second time, from the same files and in
// another way: Node inflates them, JSON.parse reads them, and plain loops count. Nothing of the
// product is used, and nothing here is tuned to what the product says. Where the two differ, one
// of them is wrong.

import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";

// CLOUDTRAIL's marker grammar, on decoded values: what AWS writes in place of a value.
const MARKER_TOKENS = new Set([
  "hidden_due_to_security_reasons",
  "hidden_for_security_reasons",
  "value hidden due to security reasons.",
  "value hidden due to security reasons",
  "<sensitivedataremoved>",
  "***omitted***",
]);
const ASTERISKS = /^\*{3,}$/;
const EMBEDDED = /\*{3}\([A-Za-z ]+\)/;

/** The marker a string is or carries, or undefined. */
export function marker(text) {
  const value = text.trim();
  if (MARKER_TOKENS.has(value.toLowerCase()) || ASTERISKS.test(value)) return value;
  return EMBEDDED.exec(value)?.[0];
}

/** Every string value below `value`, decoded. Keys are not values. */
export function* strings(value) {
  if (typeof value === "string") yield value;
  else if (value && typeof value === "object") {
    for (const child of Object.values(value)) yield* strings(child);
  }
}

/** The records of one file, or null where it holds none. */
export function recordsOf(path) {
  let bytes = readFileSync(path);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) bytes = gunzipSync(bytes);
  const text = bytes.toString("utf8");
  const isRecord = (value) => value !== null && typeof value === "object" && "eventVersion" in value;
  let whole;
  try {
    whole = JSON.parse(text);
  } catch {
    const lines = text.split("\n").filter((line) => line.trim() !== "");
    try {
      whole = lines.map((line) => JSON.parse(line));
    } catch {
      return null;
    }
  }
  const list = Array.isArray(whole) ? whole : (whole.Records ?? [whole]);
  return Array.isArray(list) && list.length > 0 && list.every(isRecord) ? list : null;
}

/** What all these files hold together: exact copies apart. */
export function count(paths) {
  const seen = new Set();
  const result = { records: 0, duplicates: 0, events: [], files: [], bytes: 0 };
  for (const path of paths) {
    result.bytes += readFileSync(path).length;
    const records = recordsOf(path) ?? [];
    let shown = 0;
    for (const record of records) {
      // Same eventID and same content is one event; the same eventID on other content is another.
      const identity = `${record.eventID} ${JSON.stringify(record)}`;
      if (seen.has(identity)) continue;
      seen.add(identity);
      result.events.push(record);
      shown += 1;
    }
    result.records += records.length;
    result.duplicates += records.length - shown;
    result.files.push({ path, records: records.length, shown });
  }
  return result;
}

/** How often each value of a field occurs, most frequent first; absence is not counted. */
export function tally(events, valueOf) {
  const counts = new Map();
  for (const event of events) {
    const value = valueOf(event);
    if (value !== undefined && value !== null && value !== "") {
      counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
    }
  }
  return new Map([...counts].sort((a, b) => b[1] - a[1]));
}

/** The fields whose value stands in the record as it is, by their name in the page. */
export const PLAIN_FIELDS = {
  eventSource: (event) => event.eventSource,
  eventName: (event) => event.eventName,
  "userIdentity.type": (event) => event.userIdentity?.type,
  errorCode: (event) => event.errorCode,
  readOnly: (event) => event.readOnly,
  recipientAccountId: (event) => event.recipientAccountId,
  awsRegion: (event) => event.awsRegion,
  sourceIPAddress: (event) => event.sourceIPAddress,
  userAgent: (event) => event.userAgent,
  eventCategory: (event) => event.eventCategory,
};

/** The redaction markers of one event, in the order of the record. */
export function markersOf(event) {
  return [...strings(event)].map(marker).filter((found) => found !== undefined);
}

/** How a call failed, or undefined: its code or message, or one that stands only in the reply. */
export function failureOf(event) {
  const reply = event.responseElements;
  const own = event.errorCode || event.errorMessage;
  if (own || !reply || typeof reply !== "object") return own || undefined;
  if ([reply.ConsoleLogin, reply.SwitchRole].includes("Failure")) return "Failure";
  const said = Object.entries(reply).find(([key]) => /^(errorCode|errorMessage|message)$/i.test(key))?.[1];
  return /denied|fail|error|exception|not authorized|invalid|cannot|not found/i.test(said ?? "") ? said : undefined;
}

/** First and last event time in milliseconds, of those that have one. */
export function timeRange(events) {
  const times = events.map((event) => Date.parse(event.eventTime)).filter(Number.isFinite);
  return { first: Math.min(...times), last: Math.max(...times) };
}
