import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { onTestFinished, vi } from "vitest";

/** One request that reached the file server. */
export type FileRequest = { path: string; authorization: string | undefined };

const MEGABYTE = 1024 * 1024;
const LINE = "2026-11-21 failed with 0x80090311\n";

/**
 * A server on loopback that stands for the internet: `fetch` is led there for the addresses that match, until the test
 * ends. The last part of the path says what comes: `/app.log` a log; `/page` a sign-in page; `/away` a redirect; `/403`, `/404`, `/500`; `/silent` and `/stuck`
 * nothing, at once or after the first line; `/endless` 100 MB; `/bomb` 100 MB in a few kilobytes; `/binary`.
 */
export async function startFileServer(addresses: RegExp) {
  const requests: FileRequest[] = [];
  const sent = { bytes: 0 };
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://x").pathname;
    requests.push({ path, authorization: request.headers.authorization });
    serve(path, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  function serve(path: string, response: ServerResponse): void {
    const type = { "content-type": "text/plain" };
    switch (path) {
      case "/app.log":
        response.writeHead(200, type).end(`started\n${LINE}`);
        return;
      case "/page":
        response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
        response.end("<!DOCTYPE html><title>Sign in</title> 0x80070005");
        return;
      case "/away":
        response.writeHead(302, { location: `${origin}/app.log` }).end();
        return;
      case "/silent":
        return;
      case "/stuck":
        response.writeHead(200, type).write(LINE);
        return;
      case "/endless":
        response.writeHead(200, type);
        pour(response, 100 * MEGABYTE);
        return;
      case "/bomb":
        response.writeHead(200, { ...type, "content-encoding": "gzip" });
        response.end(gzipSync(LINE.repeat((100 * MEGABYTE) / LINE.length)));
        return;
      case "/binary":
        response.writeHead(200, type).end(Buffer.from([80, 75, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2]));
        return;
      default:
        response.writeHead(Number(path.slice(1)) || 404, type).end("0x80070005");
    }
  }

  function pour(response: ServerResponse, total: number): void {
    const part = Buffer.from(LINE.repeat(2_000));
    while (sent.bytes < total && !response.destroyed) {
      sent.bytes += part.length;
      if (!response.write(part)) {
        response.once("drain", () => pour(response, total));
        return;
      }
    }
    response.end();
  }

  const real = globalThis.fetch;
  vi.stubGlobal("fetch", (input: string | URL, init?: RequestInit) => {
    const url = new URL(input);
    const path = url.pathname.slice(url.pathname.lastIndexOf("/"));
    return real(addresses.test(url.href) ? new URL(path, origin) : url, init);
  });
  onTestFinished(() => {
    vi.unstubAllGlobals();
    server.closeAllConnections();
    server.close();
  });
  return { requests, sent, origin };
}
