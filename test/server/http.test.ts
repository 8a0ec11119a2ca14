import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { type HttpServer, serve } from "../../adapters/http.ts";
import { StartError } from "../../adapters/start-error.ts";
import type { Route } from "../../src/platform.ts";

const running: HttpServer[] = [];
const failures: string[] = [];
const log = { info: () => {}, warn: () => {}, error: (event: string) => failures.push(event) };

async function start(routes: Record<string, Route>, port = 0): Promise<HttpServer> {
  const server = await serve({ host: "127.0.0.1", port, routes, setting: "PORT", log });
  running.push(server);
  return server;
}

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

const hello: Route = (_request, response) => response.end("hello");

describe("the HTTP server", () => {
  test("answers a route, whatever its query", async () => {
    const { port } = await start({ "GET /a": hello });
    const answer = await fetch(`http://127.0.0.1:${port}/a?b=c`);
    expect([answer.status, await answer.text()]).toEqual([200, "hello"]);
  });

  test("answers HEAD like GET, without a body", async () => {
    const { port } = await start({ "GET /a": hello });
    const answer = await fetch(`http://127.0.0.1:${port}/a`, { method: "HEAD" });
    expect([answer.status, await answer.text()]).toEqual([200, ""]);
  });

  test("says 404 for an unknown path and 405 for an unknown method", async () => {
    const { port } = await start({ "GET /a": hello, "POST /a": hello, "POST /b": hello });
    const status = async (method: string, path: string) => {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method });
      return [answer.status, answer.headers.get("allow")];
    };
    expect(await status("GET", "/A")).toEqual([404, null]);
    expect(await status("GET", "/a/")).toEqual([404, null]);
    expect(await status("POST", "/constructor")).toEqual([404, null]);
    expect(await status("DELETE", "/a")).toEqual([405, "GET, POST"]);
    expect(await status("HEAD", "/b")).toEqual([405, "POST"]);
  });

  test("a route that throws is answered 500 without a detail, and the next request works", async () => {
    const { port } = await start({
      "GET /a": hello,
      "GET /broken": () => {
        throw new Error("canary");
      },
    });
    const answer = await fetch(`http://127.0.0.1:${port}/broken`);
    expect([answer.status, await answer.text()]).toEqual([500, ""]);
    expect(failures.splice(0)).toEqual(["http.failed"]);
    expect((await fetch(`http://127.0.0.1:${port}/a`)).status).toBe(200);
  });

  test("what is no HTTP is answered 400, and the next request works", async () => {
    const { port } = await start({ "GET /a": hello });
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => socket.end("\x16\x03\x01 hello\r\n\r\n"));
      let text = "";
      socket.on("data", (part) => {
        text += part;
      });
      socket.on("close", () => resolve(text));
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect((await fetch(`http://127.0.0.1:${port}/a`)).status).toBe(200);
  });

  test("stopping lets the request in flight finish and takes no new one", async () => {
    let finish = () => {};
    let arrived = () => {};
    const inFlight = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { port, stop } = await start({
      "GET /slow": (_request, response) => {
        finish = () => response.end("done");
        arrived();
      },
    });
    const answer = fetch(`http://127.0.0.1:${port}/slow`);
    await inFlight;
    const stopped = stop();
    await expect(fetch(`http://127.0.0.1:${port}/slow`)).rejects.toThrow();
    finish();
    expect(await (await answer).text()).toBe("done");
    await stopped;
  });

  test("a port in use is named with the setting that changes it", async () => {
    const { port } = await start({});
    await expect(start({}, port)).rejects.toThrow(StartError);
    await expect(start({}, port)).rejects.toThrow(
      `port ${port} is in use by another program. End that one, or set PORT to another port.`,
    );
  });

  test("a foreign address is named", async () => {
    const options = { host: "192.0.2.1", port: 0, routes: {}, setting: "PORT" as const, log };
    await expect(serve(options)).rejects.toThrow("this computer has no address 192.0.2.1");
  });
});
