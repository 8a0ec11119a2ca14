import type { Delivery } from "./card.ts";
import type { SendResult } from "./platform.ts";

/**
 * How often a delivery is tried: an answer for about an hour, a call for a person for one minute, then another one is called;
 * an answer as seldom where every try may be one more post.
 */
const MAX_ATTEMPTS = { answer: 64, call: 6, blind: 6 };

const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 60_000;

/** How many tries a delivery has. */
export function mostAttempts({ repeat }: Delivery): number {
  return repeat === "never" ? MAX_ATTEMPTS.call : MAX_ATTEMPTS.answer;
}

/**
 * How long to wait, in milliseconds, before a delivery whose try number `attempt` failed is tried again; undefined when it is
 * given up: refused for good, out of tries, or a call for a person that may have arrived.
 */
export function retryWait(
  result: SendResult & { ok: false },
  delivery: Delivery,
  attempt: number,
): number | undefined {
  const { retryAfterMs, unknown, blind } = result;
  if (retryAfterMs === undefined || (unknown && delivery.repeat === "never")) return undefined;
  if (attempt >= (blind ? MAX_ATTEMPTS.blind : mostAttempts(delivery))) return undefined;
  const first = retryAfterMs > 0 ? retryAfterMs : FIRST_WAIT_MS;
  return Math.min(first * 2 ** (attempt - 1), LONGEST_WAIT_MS);
}
