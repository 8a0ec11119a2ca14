import type { Registry } from "prom-client";
import type { Route } from "../../src/platform.ts";

/** `GET /metrics` in the Prometheus text format, for the listener on METRICS_PORT. */
export function metricsRoute(registry: Registry): Record<string, Route> {
  return {
    "GET /metrics": (_request, response) => {
      registry.metrics().then(
        (text) => {
          response.writeHead(200, { "content-type": registry.contentType });
          response.end(text);
        },
        () => response.writeHead(500).end(),
      );
    },
  };
}
