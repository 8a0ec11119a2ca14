import type { Case } from "./case.ts";
import { commandOf } from "./command.ts";
import { FEEDBACK_EVENTS } from "./feedback.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";
import { type Message, personOf } from "./message.ts";
import { MOST_ANSWERS, RATE_WINDOW_MS } from "./rate.ts";
import { periodOf } from "./report.ts";
import type { CaseEvent, EventFilter, StateStore } from "./state.ts";

/** What an erasure leaves of a case; see `StateStore.erasePerson`. */
export const CASE_ERASED = "case.erased";

/** How long a second click on the same feedback is recognised, in milliseconds. */
const FEEDBACK_MS = 30 * 86_400_000;

/** What a decision about a message needs to know of what happened before. */
export async function readPast(
  state: Pick<StateStore, "events">,
  message: Message,
  at: Case | undefined,
  { knowledge, now }: { knowledge: Knowledge; now: number },
): Promise<CaseEvent[]> {
  const filter = filterFor(message, at, knowledge, now);
  return filter ? state.events(filter) : [];
}

function filterFor(
  message: Message,
  at: Case | undefined,
  knowledge: Knowledge,
  now: number,
): EventFilter | undefined {
  if (message.timer) return undefined;
  const by = personOf(message);
  if (message.action) {
    const { do: what, case: named } = message.action;
    if (["useful", "not-useful", "reason"].includes(what))
      return { from: now - FEEDBACK_MS, by, what: FEEDBACK_EVENTS, limit: 100 };
    return named && named !== at?.id
      ? { from: 0, case: named, what: [CASE_ERASED], limit: 1 }
      : undefined;
  }
  if (message.lookup) return undefined;
  const command = commandOf(message, knowledge);
  if (command?.do === "report" && message.from.role !== "user")
    return periodOf(command.period, now);
  const limit = 2 * MOST_ANSWERS;
  return {
    from: now - RATE_WINDOW_MS,
    by,
    what: ["question", "throttled", ...FEEDBACK_EVENTS],
    limit,
  };
}
