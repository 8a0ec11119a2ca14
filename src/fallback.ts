import type { Case } from "./case.ts";
import type { Clock } from "./clock.ts";
import type { Logger } from "./log.ts";
import type { Message } from "./message.ts";
import { outgoingOf } from "./outgoing.ts";
import type { Platform } from "./platform.ts";
import type { Outgoing, StateStore } from "./state.ts";
import { StateUnavailable } from "./state-unavailable.ts";
import type { Decision, Env } from "./turn.ts";
import { answerWithoutMemory } from "./without-memory.ts";

/** How many messages that were answered without the store are known again, and for how long. */
const KEPT = 10_000;
const KEPT_MS = 86_400_000;

/**
 * Answers while the store is not available. Nothing is acknowledged before its answer was posted: when that fails, or the
 * message has to wait, the error is thrown on and the platform sends the message again.
 */
export function createFallback(options: {
  state: Pick<StateStore, "sent" | "failed">;
  clock: Clock;
  log: Logger;
  caseAt(message: Message): Promise<Case | undefined>;
  environment(): Env;
}) {
  const { clock, log } = options;
  const answered = new Map<string, number>();
  const unsaved = new Set<string>();

  const keysOf = ({ id, dedupe, address }: Message) =>
    [id, ...dedupe].map((key) => JSON.stringify([address.platform, address.tenant, key]));

  function remember(message: Message): void {
    for (const [key, at] of answered) {
      if (answered.size < KEPT && at > clock.now() - KEPT_MS) break;
      answered.delete(key);
    }
    for (const key of keysOf(message)) answered.set(key, clock.now());
  }

  const isAnswered = (message: Message) => keysOf(message).some((key) => answered.has(key));

  /**
   * The answer with what is needed to post it; undefined when the message came twice and the other one is answered; throws
   * `cause` when the message has to wait.
   */
  async function answerTo(
    message: Message,
    cause: unknown,
  ): Promise<(Decision & { outgoing: Outgoing[] }) | undefined> {
    if (!(cause instanceof StateUnavailable)) throw cause;
    const at = await options.caseAt(message).catch(() => undefined);
    if (isAnswered(message)) return undefined;
    const decision = answerWithoutMemory(message, at, options.environment());
    if (!decision) throw cause;
    const { deliveries } = decision.commit;
    for (const { id } of deliveries) unsaved.add(id);
    remember(message);
    log.warn("answered.unsaved", { platform: message.address.platform, reason: cause.reason });
    const outgoing = deliveries.map((delivery) => ({
      ...outgoingOf(message, delivery),
      attempt: 1,
      unknown: false,
    }));
    return { ...decision, outgoing };
  }

  /** Answers and posts at once. */
  async function post(
    message: Message,
    platform: Platform | undefined,
    cause: unknown,
  ): Promise<"new" | "duplicate"> {
    if (!platform) throw cause;
    const answer = await answerTo(message, cause);
    for (const each of answer?.outgoing ?? []) {
      const result = await platform.send(each);
      unsaved.delete(each.delivery.id);
      if (result.ok || result.unknown) continue;
      for (const key of keysOf(message)) answered.delete(key);
      throw cause;
    }
    return answer ? "new" : "duplicate";
  }

  return {
    answer: answerTo,
    post,
    /** True also for a message that the store took although it said that it could not. */
    isAnswered,
    /** The store's reports, but for a delivery that it never had. */
    async sent(...[id, ref, address]: Parameters<StateStore["sent"]>): Promise<void> {
      if (!unsaved.delete(id)) await options.state.sent(id, ref, address);
    },
    async failed(...[id, failure]: Parameters<StateStore["failed"]>): Promise<void> {
      if (!unsaved.delete(id)) await options.state.failed(id, failure);
    },
  };
}
