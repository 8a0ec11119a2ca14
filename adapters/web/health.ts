import type { Platform, Route } from "../../src/platform.ts";

/** What readiness asks: whether the process still takes work (false while it stops), and its platforms. */
export type Health = { accepting: () => boolean; platforms: () => Platform[] };

/**
 * Liveness and readiness, answered from memory. `GET /healthz` is 200 while the process runs; `GET /readyz` is 200 when it
 * takes work and every platform is connected, else 503. Neither tells a version, a host or a reason.
 */
export function healthRoutes(health: Health): Record<string, Route> {
  return {
    "GET /healthz": (_request, response) => reply(response, 200, "ok"),
    "GET /readyz": (_request, response) => {
      const ready = health.accepting() && health.platforms().every((platform) => platform.ready());
      reply(response, ready ? 200 : 503, ready ? "ready" : "not ready");
    },
  };
}

function reply(response: Parameters<Route>[1], status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain", "cache-control": "no-store" });
  response.end(`${text}\n`);
}
