import type { ConnectorClient, ConnectorFactory } from "botframework-connector";
import mappers from "botframework-connector/lib/connectorApi/models/mappers.js";

/** The header by which a send asks for a post that one person alone sees; it never leaves this process. */
export const HIDDEN_HEADER = "x-hexdesk-hidden";

type Loosened = Record<"Entity" | "ChannelAccount", { type: Record<string, unknown> }>;

/**
 * Keeps properties that botframework-connector 4.23.3 drops from what it sends: `isTargeted` of a recipient, and all of
 * an entity but its type (fixed upstream in botbuilder-js #4903, never published).
 */
export function keepAllProperties(): void {
  const loosened = mappers as unknown as Loosened;
  for (const name of ["Entity", "ChannelAccount"] as const) {
    loosened[name].type.additionalProperties = { type: { name: "Object" } };
  }
}

/**
 * A factory that makes one client for each service address and repairs it: no retries (a repeated POST is a second
 * message), a time-out, one token request at a time, and private posts. The SDK builds a new client for
 * every turn.
 */
export function cachedFactory(
  inner: ConnectorFactory,
  clients: Map<string, Promise<ConnectorClient>>,
  timeoutMs: number,
): ConnectorFactory {
  return {
    create(serviceUrl, audience) {
      const key = `${serviceUrl}|${audience ?? ""}`;
      const known = clients.get(key);
      if (known) return known;
      const made = inner.create(serviceUrl, audience).then((client) => repair(client, timeoutMs));
      clients.set(key, made);
      made.catch(() => clients.delete(key));
      return made;
    },
  };
}

type PipelineRequest = {
  url: string;
  timeout: number;
  headers: { get(name: string): string | undefined; delete(name: string): void };
};
type Pipeline = {
  removePolicy(options: { name: string }): unknown;
  addPolicy(policy: {
    name: string;
    sendRequest(request: PipelineRequest, next: (request: PipelineRequest) => unknown): unknown;
  }): void;
};

function repair(client: ConnectorClient, timeoutMs: number): ConnectorClient {
  askOnce(client.credentials);
  const { pipeline } = (client as unknown as { client: { pipeline: Pipeline } }).client;
  pipeline.removePolicy({ name: "defaultRetryPolicy" });
  pipeline.addPolicy({
    name: "hexdesk",
    sendRequest: (request, next) => {
      request.timeout = timeoutMs;
      if (request.headers.get(HIDDEN_HEADER)) {
        request.headers.delete(HIDDEN_HEADER);
        const url = new URL(request.url);
        url.searchParams.set("isTargetedActivity", "true");
        request.url = url.href;
      }
      return next(request);
    },
  });
  return client;
}

type TokenSource = { getToken?: (refresh?: boolean) => Promise<string> };

/** Makes simultaneous sends share one token request; the SDK sends one each when the token has run out. */
function askOnce(credentials: unknown): void {
  const source = credentials as TokenSource;
  const ask = source.getToken?.bind(source);
  if (!ask) return;
  let underway: Promise<string> | undefined;
  source.getToken = (refresh) => {
    underway ??= ask(refresh).finally(() => {
      underway = undefined;
    });
    return underway;
  };
}
