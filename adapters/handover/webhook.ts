import { Agent, type Dispatcher, EnvHttpProxyAgent, request } from "undici";
import type { Clock } from "../../src/clock.ts";
import type { Platform, SendResult } from "../../src/platform.ts";
import type { Outgoing } from "../../src/state.ts";
import { eventBody } from "./cloud-event.ts";
import { publicLookup, type Resolve } from "./lookup.ts";
import { outcomeOfError, outcomeOfStatus } from "./outcome.ts";
import type { Hook } from "./routes.ts";
import { signedHeaders } from "./sign.ts";
import { forbiddenHost, targetOf } from "./target.ts";

/**
 * Webhooks by the names of their routes. `source` names this Hexdesk in every event; `random` is from 0 to 1; `resolve`
 * and `timeoutMs` (10,000) are for tests.
 */
export type WebhookOptions = {
  hooks: Readonly<Record<string, Hook>>;
  secrets: readonly Buffer[];
  source: string;
  clock: Pick<Clock, "now">;
  random(): number;
  resolve?: Resolve;
  timeoutMs?: number;
};

const ANSWER_BYTES = 64 * 1024;

/**
 * Webhooks as a platform that only sends: signed CloudEvents, one request for each delivery. It follows no redirect, waits
 * 10 seconds, reads 64 kB of the answer at most, and connects to public addresses only unless a route allows others.
 */
export function createWebhook(options: WebhookOptions): Platform {
  const { hooks, secrets, source, clock } = options;
  const timeoutMs = options.timeoutMs ?? 10_000;
  const limits = {
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: ANSWER_BYTES,
  };
  const lookup = publicLookup(options.resolve);
  const anywhere = new Agent({ ...limits, connect: { timeout: timeoutMs } });
  const outside = new EnvHttpProxyAgent({ ...limits, connect: { timeout: timeoutMs, lookup } });

  async function send(outgoing: Outgoing): Promise<SendResult> {
    const { delivery } = outgoing;
    const name = delivery.to.kind === "address" ? delivery.to.address.conversation : "";
    const hook = hooks[name];
    if (!hook) return refuse("no_such_route");
    const url = targetOf(hook.url, hook.isPrivate);
    if (typeof url === "string" || (!hook.isPrivate && forbiddenHost(url.hostname))) {
      return refuse("EFORBIDDEN");
    }
    const now = clock.now();
    const body = eventBody(outgoing, source);
    if (!body) return { ok: true };
    const tried = { now, random: options.random() };
    try {
      const headers = signedHeaders(delivery.id, now, body, secrets);
      const dispatcher = hook.isPrivate ? anywhere : outside;
      const { status, retryAfter } = await call(url, body, headers, dispatcher, timeoutMs);
      return outcomeOfStatus(status, retryAfter, tried);
    } catch (error) {
      return outcomeOfError(error, tried);
    }
  }

  return {
    name: "webhook",
    routes: {},
    start: async () => {},
    ready: () => true,
    send,
    stop: async () => {
      await Promise.all([anywhere.close(), outside.close()]);
    },
  };
}

async function call(
  url: URL,
  body: string,
  signed: Record<string, string>,
  dispatcher: Dispatcher,
  timeoutMs: number,
): Promise<{ status: number; retryAfter: string | undefined }> {
  const answer = await request(url, {
    method: "POST",
    headers: { ...signed, "content-type": "application/cloudevents+json; charset=utf-8" },
    body,
    dispatcher,
    signal: AbortSignal.timeout(timeoutMs),
  });
  const retryAfter = answer.headers["retry-after"];
  await answer.body.dump({ limit: ANSWER_BYTES }).catch(() => {});
  return { status: answer.statusCode, retryAfter: [retryAfter].flat()[0] };
}

function refuse(reason: string): SendResult {
  return { ok: false, unknown: false, reason };
}
