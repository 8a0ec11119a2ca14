import { request as httpRequest } from "node:http";
import { afterAll, describe, expect, test } from "vitest";
import { limits } from "../../adapters/web/limits.ts";
import { routesCore, session, startCalls } from "./calls.ts";

const core = routesCore();
const { rig, local, call, ask } = await startCalls(core);
afterAll(() => rig.close());

const binary = { "content-type": "application/octet-stream" };
let n = 0;

/** Sends a file as the page does; `id` is its own. */
async function upload(
  body: string | Buffer,
  { name = "app.log", headers = {}, query = {} } = {} as {
    name?: string;
    headers?: Record<string, string>;
    query?: Record<string, string>;
  },
) {
  const id = `upload-${++n}`;
  const path = `/playground/files?${new URLSearchParams({ session, id, name, ...query })}`;
  const answer = await call("POST", path, local({ ...binary, ...headers }), body);
  return { id, ...answer };
}

const last = () => core.asked.at(-1);

describe("a file", () => {
  test("is read when it arrives and comes with the question that names it", async () => {
    const { id, status, json } = await upload("started\nfailed with 0x80090311\n");
    expect([status, json]).toEqual([200, { name: "app.log" }]);
    await ask({ text: "", files: [{ id, name: "app.log" }] });
    expect(last()?.attached).toMatchObject([{ name: "app.log", codes: [{ line: 2 }] }]);
    expect(last()?.unread).toEqual([]);
  });

  test("that is not known any more is unread", async () => {
    const { id } = await upload("0x80090311");
    for (let i = 0; i < limits.uploads; i++) await upload("0x80070005");
    await ask({ files: [{ id, name: "../a/app.log" }] });
    expect([last()?.attached, last()?.unread]).toEqual([[], ["app.log"]]);
  });

  test("of another session is not to be had", async () => {
    const { id } = await upload("0x80090311", { query: { session: "session-of-ben" } });
    await ask({ files: [{ id, name: "app.log" }] });
    expect([last()?.attached, last()?.unread]).toEqual([[], ["app.log"]]);
  });

  test.each([
    ["C:\\logs\\setup.log", "setup.log"],
    ["../../\u0000\u001b[31m\u202Egol.txt", "[31mgol.txt"],
    [`${"a".repeat(990)}.log`, `${"a".repeat(40)}…${"a".repeat(15)}.log`],
  ])("called %j is shown as %j", async (name, shown) => {
    expect((await upload("0x80090311", { name })).json).toEqual({ name: shown });
  });

  test("larger than 5 MB is refused, announced or not", async () => {
    const announced = await upload("x", { headers: { "content-length": "5242881" } }).catch(
      (error: NodeJS.ErrnoException) => error,
    );
    expect(announced).toMatchObject({ status: 413 });
    expect(announced).toHaveProperty("json.error", expect.stringContaining("5 MB"));
    expect(await pour(100 * 1024 * 1024)).toBeLessThan(30 * 1024 * 1024);
    await ask({ files: [{ id: "upload-pour", name: "app.log" }] });
    expect([last()?.attached, last()?.unread]).toEqual([[], ["app.log"]]);
  });

  test("that holds no text is refused in the reader's language", async () => {
    const headers = { "accept-language": "es" };
    const zip = Buffer.from([80, 75, 3, 4, 20, 0, 0, 0, 8, 0, 1, 2]);
    const { status, json } = await upload(zip, { headers });
    expect(status).toBe(415);
    expect(json.error).toContain("no contiene texto");
  });

  test.each([
    ["a form", { headers: { "content-type": "text/plain" } }],
    ["no name", { name: "" }],
    ["a name without end", { name: "a".repeat(1_001) }],
    ["no session", { query: { session: "x" } }],
  ])("is refused as %s", async (_, how) => {
    expect((await upload("0x80090311", how)).status).toBe(400);
  });

  test("is taken from the page alone", async () => {
    const foreign: Record<string, string>[] = [
      { origin: "http://evil.example" },
      { host: "evil.example" },
      { "x-forwarded-for": "10.0.0.1" },
    ];
    for (const headers of foreign) {
      expect((await upload("0x80090311", { headers })).status).toBe(403);
    }
  });

  test("that breaks off leaves the playground working and nothing in the log", async () => {
    const path = `/playground/files?${new URLSearchParams({ session, id: "upload-cut", name: "a" })}`;
    const headers = local({ ...binary, "content-length": "1000" });
    await new Promise<void>((resolve) => {
      const request = httpRequest({
        host: "127.0.0.1",
        port: rig.port,
        method: "POST",
        path,
        headers,
        setHost: false,
        agent: false,
      });
      request.on("error", () => resolve());
      request.write("0x80090311", () => setTimeout(() => request.destroy(), 20));
    });
    expect((await upload("0x80090311")).status).toBe(200);
    expect(rig.errors).toEqual([]);
  });

  test("more than three of them are no question", async () => {
    const files = Array.from({ length: 4 }, (_, i) => ({ id: `upload-${i}`, name: "a.log" }));
    expect((await ask({ files })).status).toBe(400);
  });
});

/** Sends a body without a length until the server closes the connection; resolves with the bytes that it took. */
function pour(total: number): Promise<number> {
  const path = `/playground/files?${new URLSearchParams({ session, id: "upload-pour", name: "a" })}`;
  return new Promise((resolve) => {
    let sent = 0;
    const part = Buffer.alloc(1 << 16, "all is well\n");
    const headers = local(binary);
    const request = httpRequest(
      { host: "127.0.0.1", port: rig.port, method: "POST", path, headers, setHost: false },
      () => request.destroy(),
    );
    request.on("error", () => {});
    request.on("close", () => resolve(sent));
    const more = () => {
      while (sent < total && !request.destroyed) {
        sent += part.length;
        if (!request.write(part)) {
          request.once("drain", more);
          return;
        }
      }
      request.end();
    };
    more();
  });
}
