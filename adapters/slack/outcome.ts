import { webApi } from "@slack/bolt";
import { z } from "zod";
import type { SendResult } from "../../src/platform.ts";

const LONGEST_WAIT_MS = 60_000;

/** Slack's own names for "perhaps done": the call may have had its effect (docs.slack.dev/reference/methods, November 2026). */
const PERHAPS_DONE = ["internal_error", "fatal_error", "service_unavailable", "request_timeout"];

/** Causes of a failed request that never reached Slack. */
const NEVER_ARRIVED = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"];

/**
 * What a failed Web API call means for the post: not made (retry or give up), or unknown because Slack may have made it
 * before the connection broke. Waits are 1 to 60 seconds, whatever Slack says. Any other error is ours, and would come again:
 * of reading Slack's answer after the post, of rendering before it.
 */
export function outcomeOf(error: unknown): SendResult & { ok: false } {
  if (error instanceof webApi.WebAPIRateLimitedError) return limited(error.retryAfter);
  if (error instanceof webApi.WebAPIPlatformError) return platformOutcome(error);
  if (error instanceof webApi.WebAPIHTTPError) {
    const reason = `http_${error.statusCode}`;
    if (error.statusCode < 500) return { ok: false, unknown: false, reason };
    return { ok: false, unknown: true, retryAfterMs: 2_000, reason };
  }
  if (error instanceof webApi.WebAPIRequestError) {
    const code = codeOf(error.original);
    return {
      ok: false,
      unknown: !NEVER_ARRIVED.includes(code),
      retryAfterMs: 2_000,
      reason: code || "request_failed",
    };
  }
  // web-api 8.2.0 answers a 429 without Retry-After with a bare Error.
  if (error instanceof Error && error.message.includes("Retry header")) return limited(1);
  const reason = error instanceof Error ? error.name : "unknown";
  return { ok: false, unknown: error instanceof z.ZodError, reason };
}

/** The name of a Web API error (`channel_not_found`); undefined for anything else. */
export function platformError(error: unknown): string | undefined {
  if (!(error instanceof webApi.WebAPIPlatformError)) return undefined;
  const name = error.data.error;
  return /^[a-z_]{1,60}$/.test(name) ? name : "not_json";
}

function platformOutcome(error: webApi.WebAPIPlatformError): SendResult & { ok: false } {
  const reason = platformError(error) ?? "not_json";
  if (reason === "ratelimited" || reason === "rate_limited") {
    return limited(error.data.response_metadata?.retryAfter ?? 1);
  }
  if (reason === "not_json" || PERHAPS_DONE.includes(reason)) {
    return { ok: false, unknown: true, retryAfterMs: 2_000, reason };
  }
  return { ok: false, unknown: false, reason };
}

function limited(seconds: number): SendResult & { ok: false } {
  const wait = Math.min(Math.max(seconds, 1) * 1_000, LONGEST_WAIT_MS);
  return { ok: false, unknown: false, retryAfterMs: wait, reason: "ratelimited" };
}

function codeOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : undefined;
  const code = (cause as { code?: unknown } | undefined)?.code;
  if (typeof code === "string") return code;
  return error instanceof Error && error.name === "TimeoutError" ? "timeout" : "";
}
