import type { ServerResponse } from "node:http";
import { limits } from "./limits.ts";

/** Posts on their way to open pages, by session; a few wait for a page that is not there. */
export type Mailbox = {
  /** Hands a post to the session's pages, or keeps it until one is back; the oldest is dropped beyond the limits. */
  post(session: string, post: unknown): void;
  /** Hands a post of the helpdesk to every page, also to those that come later; one with a known `ref` takes its place. */
  postToDesk(post: { ref: string }): void;
  /** Makes a response a stream of the session's posts; false when too many are open or the mailbox is closed. */
  open(session: string, response: ServerResponse): boolean;
  close(): void;
};

const beat = 25_000;

/** Creates the mailbox: server-sent events. */
export function createMailbox(): Mailbox {
  const streams = new Map<ServerResponse, string>();
  const waiting = new Map<string, string[]>();
  const desk = new Map<string, string>();
  let closed = false;
  const timer = setInterval(() => {
    for (const stream of streams.keys()) stream.write(":\n\n");
  }, beat);
  timer.unref();

  return {
    post(session, post) {
      const line = `data: ${JSON.stringify(post)}\n\n`;
      const open = [...streams].filter(([, of]) => of === session);
      for (const [stream] of open) stream.write(line);
      if (open.length > 0) return;
      const lines = [...(waiting.get(session) ?? []), line].slice(-limits.waiting);
      waiting.delete(session);
      waiting.set(session, lines);
      const oldest = waiting.keys().next().value;
      if (waiting.size > limits.mailboxes && oldest !== undefined) waiting.delete(oldest);
    },
    postToDesk(post) {
      const line = `data: ${JSON.stringify(post)}\n\n`;
      desk.set(post.ref, line);
      for (const stream of streams.keys()) stream.write(line);
      const oldest = desk.keys().next().value;
      if (desk.size > limits.desk && oldest !== undefined) desk.delete(oldest);
    },
    open(session, response) {
      if (closed || streams.size >= limits.streams) return false;
      streams.set(response, session);
      response.on("close", () => streams.delete(response));
      response.writeHead(200, {
        "content-type": "text/event-stream",
        "cache-control": "no-store",
        // A page that reconnects over a kept connection would keep a stopping server alive.
        connection: "close",
      });
      const lines = [...desk.values(), ...(waiting.get(session) ?? [])];
      response.write(`retry: 2000\n\n${lines.join("")}`);
      waiting.delete(session);
      return true;
    },
    close() {
      closed = true;
      clearInterval(timer);
      for (const stream of streams.keys()) stream.end();
      streams.clear();
    },
  };
}
