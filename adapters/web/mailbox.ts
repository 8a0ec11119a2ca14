import type { ServerResponse } from "node:http";
import { limits } from "./limits.ts";

/** Posts on their way to open pages, by session; a few wait for a page that is not there. */
export type Mailbox = {
  /** Hands a post to the session's page, or keeps it until the page is back; the oldest is dropped beyond the limits. */
  post(session: string, post: unknown): void;
  /** Makes a response the session's stream of events; false when too many are open. */
  open(session: string, response: ServerResponse): boolean;
  close(): void;
};

const beat = 25_000;

/** Creates the mailbox: server-sent events, one stream a session (a newer one replaces the older). */
export function createMailbox(): Mailbox {
  const streams = new Map<string, ServerResponse>();
  const waiting = new Map<string, string[]>();
  const timer = setInterval(() => {
    for (const stream of streams.values()) stream.write(":\n\n");
  }, beat);
  timer.unref();

  return {
    post(session, post) {
      const line = `data: ${JSON.stringify(post)}\n\n`;
      const stream = streams.get(session);
      if (stream) {
        stream.write(line);
        return;
      }
      const lines = [...(waiting.get(session) ?? []), line].slice(-limits.waiting);
      waiting.delete(session);
      waiting.set(session, lines);
      const oldest = waiting.keys().next().value;
      if (waiting.size > limits.mailboxes && oldest !== undefined) waiting.delete(oldest);
    },
    open(session, response) {
      streams.get(session)?.end();
      streams.delete(session);
      if (streams.size >= limits.streams) return false;
      streams.set(session, response);
      response.on("close", () => {
        if (streams.get(session) === response) streams.delete(session);
      });
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(`retry: 2000\n\n${(waiting.get(session) ?? []).join("")}`);
      waiting.delete(session);
      return true;
    },
    close() {
      clearInterval(timer);
      for (const stream of streams.values()) stream.end();
      streams.clear();
    },
  };
}
