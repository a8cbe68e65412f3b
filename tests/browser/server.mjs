// Serves dist/ the way the least capable static host would: under a sub-path, without one header
// that the page could lean on.

import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";

const TYPES = {
  ".html": "text/html",
  ".js": "text/javascript",
  ".css": "text/css",
  ".wasm": "application/wasm",
  ".svg": "image/svg+xml",
};

/** The path the page is served under: relative addresses have to hold anywhere. */
export const BASE = "/some/where/else/";

/** Starts a server for `folder`. `requests` counts what was asked for, by path. */
export async function serve(folder) {
  const requests = new Map();
  const server = createServer(async (request, response) => {
    const path = new URL(request.url, "http://localhost").pathname;
    requests.set(path, (requests.get(path) ?? 0) + 1);
    const name = path === BASE ? "index.html" : basename(path);
    try {
      if (path !== BASE && path !== BASE + name) throw new Error("outside the page's folder");
      const content = await readFile(join(folder, name));
      response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "application/octet-stream" });
      response.end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, url: origin + BASE, requests, close: () => server.close() };
}

// What Chromium calls on its own account, whatever page is open. A page's requests to these hosts
// are still seen, by the request events and the policy.
const BROWSERS_OWN = /^(http:\/\/)?([^/]*\.)?(google|googleapis|gvt1)\.com(:443$|\/)/;

/**
 * A proxy that lets nothing through and remembers what was tried. The browser asks it for every
 * address but this machine's, whoever asks: page, worker, preload, ping or link prefetch.
 */
export async function refuseTheWorld() {
  const tried = [];
  const server = createServer((request, response) => {
    if (!BROWSERS_OWN.test(request.url)) tried.push(request.url);
    response.writeHead(502).end();
  });
  server.on("connect", (request, socket) => {
    if (!BROWSERS_OWN.test(request.url)) tried.push(request.url);
    socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { address: `http://127.0.0.1:${server.address().port}`, tried, close: () => server.close() };
}
