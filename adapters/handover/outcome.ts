import type { SendResult } from "../../src/platform.ts";

/** What decides how long to wait: the time, and a random number from 0 to 1. */
export type Attempt = { now: number; random: number };

type Failure = SendResult & { ok: false };

/** Answers that say "not taken": worth another try. 502 and 504 come from a gateway that does not know. */
const NOT_TAKEN = [408, 425, 429, 500, 503];
const PERHAPS_TAKEN = [502, 504];

/** Causes of a failed request that never reached the receiver. */
const NEVER_ARRIVED = [
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
];
const NO_TRUST = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH)/;

const BASE_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/** What a receiver's answer means: any 2xx is "taken"; other answers are known failures, but those of a gateway. */
export function outcomeOfStatus(
  status: number,
  retryAfter: string | undefined,
  attempt: Attempt,
): SendResult {
  if (status >= 200 && status < 300) return { ok: true };
  const reason = `http_${status}`;
  if (PERHAPS_TAKEN.includes(status)) {
    return { ok: false, unknown: true, retryAfterMs: backoff(attempt), reason };
  }
  if (!NOT_TAKEN.includes(status)) return { ok: false, unknown: false, reason };
  const retryAfterMs = waitOf(retryAfter, attempt.now) ?? backoff(attempt);
  return { ok: false, unknown: false, retryAfterMs, reason };
}

/** What a request that got no answer means: never arrived, refused for good, or unknown. */
export function outcomeOfError(error: unknown, attempt: Attempt): Failure {
  const code = codeOf(error);
  if (code === "EFORBIDDEN" || NO_TRUST.test(code)) {
    return { ok: false, unknown: false, reason: code };
  }
  const unknown = !NEVER_ARRIVED.includes(code);
  return { ok: false, unknown, retryAfterMs: backoff(attempt), reason: code };
}

/** A first wait with jitter, between half of it and all of it; whoever repeats doubles it. */
function backoff({ random }: Attempt): number {
  return Math.round(BASE_MS / 2 + (BASE_MS / 2) * random);
}

/** Retry-After in milliseconds, 1 s to 60 s: seconds or a date. */
function waitOf(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d{1,6}$/.test(header) ? Number(header) * 1_000 : Date.parse(header) - now;
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 1_000), LONGEST_WAIT_MS);
}

function codeOf(error: unknown): string {
  const { code, cause, name } = (error ?? {}) as {
    code?: unknown;
    cause?: unknown;
    name?: unknown;
  };
  if (typeof code === "string") return code;
  if (cause !== undefined) return codeOf(cause);
  return typeof name === "string" ? name : "failed";
}
