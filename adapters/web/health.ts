import type { Platform, Route } from "../../src/platform.ts";

/**
 * What readiness asks: whether the process still takes work (false while it stops), its platforms, and what is wrong with
 * the database, if anything.
 */
export type Health = {
  accepting: () => boolean;
  platforms: () => Platform[];
  trouble: () => string | undefined;
  /** How many calls for a person were given up: a note, no reason not to be ready. */
  letters: { count(): number };
};

/**
 * Liveness and readiness, answered from memory. `GET /healthz` is 200 while the process runs; `GET /readyz` is 200 when it
 * takes work, every platform is connected and the database can be used, else 503 with the reasons as JSON. Neither tells a
 * version, a host or an error's text.
 */
export function healthRoutes(health: Health): Record<string, Route> {
  return {
    "GET /healthz": (_request, response) => reply(response, 200, "text/plain", "ok"),
    "GET /readyz": (_request, response) => {
      const reasons = reasonsOf(health);
      const ready = reasons.length === 0;
      const undelivered = health.letters.count();
      const notes = undelivered > 0 ? { notes: [`handovers-not-delivered: ${undelivered}`] } : {};
      const body = JSON.stringify(ready ? { ready, ...notes } : { ready, reasons, ...notes });
      reply(response, ready ? 200 : 503, "application/json", body);
    },
  };
}

function reasonsOf({ accepting, platforms, trouble }: Health): string[] {
  const apart = platforms().filter((platform) => !platform.ready());
  return [
    ...(accepting() ? [] : ["not-accepting"]),
    ...apart.map(({ name }) => `${name}-not-connected`),
    ...[trouble() ?? []].flat(),
  ];
}

function reply(response: Parameters<Route>[1], status: number, type: string, text: string): void {
  response.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  response.end(`${text}\n`);
}
