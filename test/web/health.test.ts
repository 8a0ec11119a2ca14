import { createServer } from "node:http";
import { Counter, Registry } from "prom-client";
import { afterEach, expect, test } from "vitest";
import { healthRoutes } from "../../adapters/web/health.ts";
import { metricsRoute } from "../../adapters/web/metrics.ts";
import type { Platform, Route } from "../../src/platform.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

async function get(routes: Record<string, Route>, path: string) {
  const server = createServer((request, response) => routes[`GET ${path}`]?.(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  open.push(() => server.close());
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no address");
  const response = await fetch(`http://127.0.0.1:${address.port}${path}`);
  return {
    status: response.status,
    text: await response.text(),
    type: response.headers.get("content-type"),
  };
}

function platform(ready: boolean): Platform {
  return {
    name: "fake",
    routes: {},
    start: async () => {},
    ready: () => ready,
    send: async () => ({ ok: true }),
    stop: async () => {},
  };
}

test("alive while the process runs, whatever its platforms do", async () => {
  const routes = healthRoutes({
    accepting: () => false,
    platforms: () => [platform(false)],
    trouble: () => "database-away",
    letters: { count: () => 0 },
  });
  expect(await get(routes, "/healthz")).toMatchObject({ status: 200, text: "ok\n" });
});

test.each([
  [true, [true, true], 200],
  [true, [true, false], 503],
  [false, [true, true], 503],
  [true, [], 200],
])("accepting %s with platforms %j is %i", async (accepting, states, status) => {
  const routes = healthRoutes({
    accepting: () => accepting,
    platforms: () => states.map(platform),
    trouble: () => undefined,
    letters: { count: () => 0 },
  });
  expect((await get(routes, "/readyz")).status).toBe(status);
});

test("not ready says why, as JSON", async () => {
  const routes = healthRoutes({
    accepting: () => true,
    platforms: () => [platform(true), platform(false)],
    trouble: () => "database-full",
    letters: { count: () => 0 },
  });
  const { status, text, type } = await get(routes, "/readyz");
  expect({ status, type }).toEqual({ status: 503, type: "application/json" });
  const reasons = ["fake-not-connected", "database-full"];
  expect(JSON.parse(text)).toEqual({ ready: false, reasons });
});

test("calls for a person that were given up are noted, and do not stop the work", async () => {
  const routes = healthRoutes({
    accepting: () => true,
    platforms: () => [platform(true)],
    trouble: () => undefined,
    letters: { count: () => 2 },
  });
  const { status, text } = await get(routes, "/readyz");
  expect(status).toBe(200);
  expect(JSON.parse(text)).toEqual({ ready: true, notes: ["handovers-not-delivered: 2"] });
});

test("metrics are in the Prometheus format", async () => {
  const registry = new Registry();
  new Counter({ name: "hexdesk_test_total", help: "A test", registers: [registry] }).inc();
  const { status, text, type } = await get(metricsRoute(registry), "/metrics");
  expect(status).toBe(200);
  expect(type).toContain("text/plain");
  expect(text).toContain("hexdesk_test_total 1");
});
