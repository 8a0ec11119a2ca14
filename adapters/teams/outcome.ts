import type { SendResult } from "../../src/platform.ts";

export type Failure = SendResult & { ok: false; status?: number };

const LONGEST_WAIT_MS = 60_000;

/** Causes of a failed request that never reached Teams. */
const NEVER_ARRIVED = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"];

/**
 * What a failed request to Teams means for the post: not made (retry or give up), or unknown because Teams may have made
 * it. `isSafe` marks what can be repeated without harm (an update). Waits are 1 to 60 seconds, whatever Teams says.
 */
export function outcomeOf(error: unknown, isSafe: boolean): Failure {
  const { statusCode: status, code, name, response } = (error ?? {}) as RestFailure;
  if (typeof status === "number") {
    const reason = `http_${status}`;
    if (status === 429 || status === 412) {
      const seconds = Number(response?.headers?.get?.("retry-after") ?? 1) || 1;
      const retryAfterMs = Math.min(Math.max(seconds, 1) * 1_000, LONGEST_WAIT_MS);
      return { ok: false, unknown: false, retryAfterMs, reason, status };
    }
    if (status >= 500) {
      return { ok: false, unknown: !isSafe, retryAfterMs: 2_000, reason, status };
    }
    return { ok: false, unknown: false, reason, status };
  }
  const cause = typeof code === "string" && code !== "REQUEST_SEND_ERROR" ? code : causeOf(error);
  const reason = cause || (typeof name === "string" ? name : "failed");
  const neverArrived = NEVER_ARRIVED.includes(cause);
  return { ok: false, unknown: !isSafe && !neverArrived, retryAfterMs: 2_000, reason };
}

type RestFailure = {
  statusCode?: unknown;
  code?: unknown;
  name?: unknown;
  response?: { headers?: { get?: (name: string) => string | undefined } };
};

function causeOf(error: unknown): string {
  const { code } = ((error as { cause?: unknown })?.cause ?? {}) as { code?: unknown };
  return typeof code === "string" ? code : "";
}
