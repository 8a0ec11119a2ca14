import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Logger } from "../src/log.ts";
import type { Route } from "../src/platform.ts";
import { StartError } from "./start-error.ts";

/** A listening server: its real port, and how to end it. */
export type HttpServer = {
  port: number;
  /** Takes no new connections; resolves when the requests in flight are answered. */
  stop(): Promise<void>;
};

/**
 * Serves routes keyed "METHOD /path": 404 for another path, 405 for another method; HEAD is answered like GET. Half-open
 * and slow connections are ended (10 s for the head, 15 s for the whole request), at most 512 are kept. Throws a
 * StartError naming `setting` when it cannot listen.
 */
export async function serve(options: {
  host: string;
  port: number;
  routes: Record<string, Route>;
  setting: "PORT" | "METRICS_PORT";
  log: Logger;
}): Promise<HttpServer> {
  const routes = new Map(Object.entries(options.routes));
  const methods = methodsByPath([...routes.keys()]);
  const server = createServer(
    { headersTimeout: 10_000, requestTimeout: 15_000, keepAliveTimeout: 5_000 },
    (request, response) => {
      try {
        dispatch(routes, methods, request, response);
      } catch (error) {
        options.log.error("http.failed", {}, error);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      }
    },
  );
  server.maxConnections = 512;
  await listen(server, options);
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

function methodsByPath(keys: string[]): Map<string, string[]> {
  const methods = new Map<string, string[]>();
  for (const key of keys) {
    const [method = "", path = ""] = key.split(" ");
    methods.set(path, [...(methods.get(path) ?? []), method]);
  }
  return methods;
}

function dispatch(
  routes: Map<string, Route>,
  methods: Map<string, string[]>,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const path = request.url?.split("?", 1)[0] ?? "/";
  const method = request.method === "HEAD" ? "GET" : request.method;
  const route = routes.get(`${method} ${path}`);
  if (route) {
    route(request, response);
    return;
  }
  const allowed = methods.get(path);
  response.writeHead(allowed ? 405 : 404, {
    connection: "close",
    ...(allowed ? { allow: allowed.join(", ") } : {}),
  });
  response.end();
}

function listen(
  server: Server,
  { host, port, setting }: { host: string; port: number; setting: string },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new StartError(plainWords(error, host, port, setting))),
    );
    server.listen(port, host, resolve);
  });
}

function plainWords(
  error: NodeJS.ErrnoException,
  host: string,
  port: number,
  name: string,
): string {
  if (error.code === "EADDRINUSE") {
    return `port ${port} is in use by another program. End that one, or set ${name} to another port.`;
  }
  if (error.code === "EACCES") {
    return `no permission to listen on port ${port}. Set ${name} to a port above 1023.`;
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return `this computer has no address ${host}. Set HOST to 127.0.0.1, or to one of its own addresses.`;
  }
  return `port ${port} cannot be listened on (${error.code}). Set HOST and ${name} to others.`;
}
