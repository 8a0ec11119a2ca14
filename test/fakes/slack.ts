import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type WebSocket, WebSocketServer } from "ws";
import { blockFaults } from "./slack-blocks.ts";
import { type Args, slackWorkspace } from "./slack-workspace.ts";

/** One call of the Web API, its nested arguments parsed. */
type Call = { method: string; token: string; args: Args };

/**
 * How one call fails: an error name in a 200, a status with headers and body, silence, or a dropped connection; `done`
 * drops it (or stays silent) after the post was made.
 */
export type Failure =
  | { error: string }
  | { status: number; headers?: Record<string, string>; body?: string }
  | { drop: "before" | "done" }
  | { hang: "before" | "done" };

const APP_TOKEN = "xapp-1";

/** What a response_url got; `uses` counts down from five. */
type Reply = { uses: number; got: Args[] };

export type FakeSlack = Awaited<ReturnType<typeof startFakeSlack>>;

/**
 * Slack on loopback: Web API, response_urls and Socket Mode, failing as Slack does: unknown tokens, invalid blocks,
 * missing scopes, channels the bot is not in, used-up response_urls, and whatever `fail` queues.
 */
export async function startFakeSlack(team = "T1", botToken = `xoxb-${team}`) {
  const calls: Call[] = [];
  const { posts, ephemerals, state, answer, say } = slackWorkspace(team, botToken);
  const failures = new Map<string, Failure[]>();
  const replies = new Map<string, Reply>();
  const sockets = new Set<WebSocket>();
  const acks = new Map<string, (payload: unknown) => void>();
  const acked: string[] = [];
  const hooks: { done?: (method: string) => Promise<void> } = {};
  let envelopes = 0;

  const server = createServer((request, response) => {
    void handle(request, response);
  });
  const wss = new WebSocketServer({ server, path: "/socket" });
  wss.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("message", (data) => {
      const { envelope_id, payload } = JSON.parse(String(data)) as {
        envelope_id: string;
        payload: unknown;
      };
      acked.push(envelope_id);
      acks.get(envelope_id)?.(payload);
    });
    socket.send(JSON.stringify({ type: "hello", num_connections: 1 }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let body = "";
    for await (const chunk of request) body += String(chunk);
    const path = new URL(request.url ?? "/", origin).pathname;
    if (path.startsWith("/respond/")) return respond(path, body, response);
    const method = path.replace("/api/", "");
    const token = (request.headers.authorization ?? "").replace("Bearer ", "");
    const args = parseForm(body);
    calls.push({ method, token, args });
    const failure = failures.get(method)?.shift();
    if (failure && fail(failure, method, token, args, response)) return;
    if (method !== "apps.connections.open") {
      const done = answer(method, token, args);
      await hooks.done?.(method);
      return send(response, done);
    }
    const url = `ws://127.0.0.1:${port}/socket`;
    send(response, token === APP_TOKEN ? { ok: true, url } : { ok: false, error: "invalid_auth" });
  }

  function fail(
    failure: Failure,
    method: string,
    token: string,
    args: Args,
    response: ServerResponse,
  ): boolean {
    if ("error" in failure) {
      send(response, { ok: false, error: failure.error });
    } else if ("status" in failure) {
      response.writeHead(failure.status, failure.headers).end(failure.body ?? "");
    } else {
      const when = "drop" in failure ? failure.drop : failure.hang;
      if (when === "done") answer(method, token, args);
      if ("drop" in failure) response.destroy();
    }
    return true;
  }

  function respond(path: string, body: string, response: ServerResponse): void {
    const reply = replies.get(path);
    const failure = failures.get("response_url")?.shift();
    if (failure && fail(failure, "response_url", "", {}, response)) return;
    if (!reply || reply.uses === 0) {
      response.writeHead(404).end("expired_url");
      return;
    }
    const message = JSON.parse(body) as Args;
    const faults = blockFaults(message);
    if (faults.length > 0) {
      send(response, { ok: false, error: "invalid_blocks" });
      return;
    }
    reply.uses--;
    reply.got.push(message);
    response.writeHead(200).end("ok");
  }

  return {
    apiUrl: `${origin}/api/`,
    botToken,
    appToken: APP_TOKEN,
    team,
    calls,
    posts,
    ephemerals,
    acked,
    /** `done` delays the answer of a call that was carried out. */
    hooks,
    sockets,
    state,
    say,
    fail(method: string, ...queue: Failure[]): void {
      failures.set(method, [...(failures.get(method) ?? []), ...queue]);
    },
    /** A new response_url with five uses, and what it gets. */
    replyTo(): { url: string; got: Args[]; expire(): void } {
      const path = `/respond/${replies.size + 1}`;
      const reply: Reply = { uses: 5, got: [] };
      replies.set(path, reply);
      return {
        url: `${origin}${path}`,
        got: reply.got,
        expire: () => {
          reply.uses = 0;
        },
      };
    },
    made(method: string): Args[] {
      return calls.filter((call) => call.method === method).map((call) => call.args);
    },
    /** Sends an envelope over every open socket's newest connection; resolves with the acknowledgement's payload. */
    envelope(type: string, payload: unknown, waitMs = 1_500): Promise<unknown> {
      const envelope_id = `e${++envelopes}`;
      const socket = [...sockets].at(-1);
      if (!socket) throw new Error("no socket is open");
      const result = new Promise<unknown>((resolve) => {
        acks.set(envelope_id, (got) => resolve(got ?? {}));
        setTimeout(() => resolve(undefined), waitMs).unref();
      });
      socket.send(JSON.stringify({ type, envelope_id, payload, accepts_response_payload: true }));
      return result;
    },
    async close(): Promise<void> {
      for (const socket of sockets) socket.terminate();
      wss.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function parseForm(body: string): Args {
  return Object.fromEntries(
    [...new URLSearchParams(body)].map(([key, value]) => {
      if (key !== "blocks" && key !== "metadata") return [key, value];
      return [key, JSON.parse(value)];
    }),
  );
}

function send(response: ServerResponse, answer: object): void {
  response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
}
