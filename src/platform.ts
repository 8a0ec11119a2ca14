import type { IncomingMessage, ServerResponse } from "node:http";
import type { Address, FileRef, ThreadLine } from "./message.ts";
import type { Outgoing } from "./state.ts";

/**
 * How a delivery went. `unknown` when the platform may or may not have posted it (time-out, dropped connection), `blind` when
 * nobody can look either, so that each further try may post it once more; without `retryAfterMs` it is of no use to try again.
 */
export type SendResult =
  | { ok: true; ref?: string; address?: Address }
  | { ok: false; retryAfterMs?: number; unknown: boolean; blind?: true; reason: string };

export type Route = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * A platform as the composition root sees it. `routes` are keyed "METHOD /path" and mounted on the one HTTP server;
 * `send` renders and posts one delivery and never throws; `readThread` returns the root and the last 20 messages.
 */
export type Platform = {
  name: string;
  routes: Record<string, Route>;
  start(): Promise<void>;
  ready(): boolean;
  send(outgoing: Outgoing): Promise<SendResult>;
  readThread?(address: Address): Promise<ThreadLine[] | "unreadable">;
  /**
   * Opens an attached file, of which everything must arrive within 10 seconds; rejects, as its stream does, when the
   * platform refuses or does not answer, with a reason that quotes neither address nor content.
   */
  openFile?(file: FileRef, address: Address): Promise<AsyncIterable<Uint8Array>>;
  /** The web address of a thread for people who may read it; undefined where there is none. */
  linkTo?(address: Address): string | undefined;
  stop(): Promise<void>;
};
