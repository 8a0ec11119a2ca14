import { afterAll, describe, expect, test } from "vitest";
import { routesCore, session, startCalls } from "./calls.ts";

const { rig, local, call } = await startCalls(routesCore());
afterAll(() => rig.close());

describe("who may ask", () => {
  test("of 30 combinations of Host and Origin only the page's own two pass", async () => {
    const { port } = rig;
    const hosts = [
      `127.0.0.1:${port}`,
      `localhost:${port}`,
      `evil.example:${port}`,
      "127.0.0.1",
      `127.0.0.1:${port + 1}`,
      `127.0.0.1.evil.example:${port}`,
    ];
    const origins = ["own", undefined, "null", "http://evil.example", `https://127.0.0.1:${port}`];
    const passed: string[] = [];
    for (const host of hosts) {
      for (const origin of origins) {
        const sent = origin === "own" ? `http://${host}` : origin;
        const headers = {
          host,
          "content-type": "application/json",
          ...(sent ? { origin: sent } : {}),
        };
        const body = JSON.stringify({
          id: `matrix-${hosts.indexOf(host)}-${origins.indexOf(origin)}`,
          session,
          text: "x",
        });
        const { status } = await call("POST", "/playground/questions", headers, body);
        expect([200, 403]).toContain(status);
        if (status === 200) passed.push(`${host} ${origin}`);
      }
    }
    expect(passed).toEqual([`127.0.0.1:${port} own`, `localhost:${port} own`]);
  });

  test("the page on one name may not be used from the other", async () => {
    const headers = local({ origin: `http://localhost:${rig.port}` });
    expect((await call("POST", "/playground/questions", headers, "{}")).status).toBe(403);
  });

  test.each(["x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded", "via"])(
    "nobody behind a proxy (%s)",
    async (name) => {
      expect((await call("GET", "/", local({ [name]: "1" }))).status).toBe(403);
    },
  );

  test("no other site reads the page's files or its events", async () => {
    const { host = "" } = local();
    const cross = { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" };
    expect((await call("GET", "/playground/app.js", cross)).status).toBe(403);
    expect((await call("GET", `/playground/events?session=${session}`, cross)).status).toBe(403);
    const navigation = { host, "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" };
    expect((await call("GET", "/", navigation)).status).toBe(200);
  });

  test("a refusal is said in the reader's language", async () => {
    const { json } = await call("GET", "/", { host: "evil.example", "accept-language": "es" });
    expect(json.error).toContain("solo responde en el equipo");
  });
});

describe("the page", () => {
  test("comes in the reader's language with a policy that lets only its own files run", async () => {
    const { host = "" } = local();
    const { status, headers, text } = await call("GET", "/", { host, "accept-language": "es" });
    expect(status).toBe(200);
    expect(text).toContain('<html lang="es"');
    expect(text).toContain("¿Qué dice Windows?");
    expect(text).not.toContain(">…<");
    expect(text).not.toMatch(/<script(?![^>]* src="\/playground\/)|style="|\son\w+=/);
    const policy = String(headers["content-security-policy"]);
    for (const part of ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'"]) {
      expect(policy).toContain(part);
    }
    expect(policy).not.toContain("unsafe");
    expect(headers["x-content-type-options"]).toBe("nosniff");
  });

  test("has every file that it names", async () => {
    const { host = "" } = local();
    const keys = Object.keys(rig.platform.routes).filter((key) =>
      key.startsWith("GET /playground/"),
    );
    const files = keys.map((key) => key.slice(4)).filter((path) => /\.\w+$/.test(path));
    const texts = new Map<string, string>();
    for (const path of ["/", ...files]) {
      const { status, text } = await call("GET", path, { host });
      expect([path, status, text.length > 0]).toEqual([path, 200, true]);
      texts.set(path, text);
    }
    const named = [...texts]
      .filter(([path]) => !path.includes("adaptivecards"))
      .flatMap(([, text]) => [
        ...[...text.matchAll(/"(\/playground\/[\w.-]+\.\w+)"/g)].map(([, path = ""]) => path),
        ...[...text.matchAll(/from "\.\/([\w.-]+)"/g)].map(([, name]) => `/playground/${name}`),
      ]);
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter((path) => !texts.has(path))).toEqual([]);
  });
});
