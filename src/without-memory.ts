import type { AnswerKind } from "./answered.ts";
import { noteCard } from "./answers/notes.ts";
import { createWriter } from "./answers/writer.ts";
import type { Block, Delivery } from "./card.ts";
import type { Case } from "./case.ts";
import { decide } from "./decide.ts";
import type { Message } from "./message.ts";
import type { Decision, Env } from "./turn.ts";

/** What can be said truthfully about a question without knowing or keeping anything. */
const STANDS: readonly AnswerKind[] = [
  "entry",
  "decoded",
  "unknown-code",
  "choices",
  "several",
  "warning",
];

/**
 * Answers a message that nothing can be saved about: what only looks is shown, a question gets its answer with a notice
 * that it cannot be saved, and whatever would change a case is refused with the words to try again. `at` is undefined also
 * when nobody can look the case up. Undefined for a message that has to wait until the store is back.
 */
export function answerWithoutMemory(
  message: Message,
  at: Case | undefined,
  env: Env,
): Decision | undefined {
  if (message.timer) return undefined;
  const decision = decide(message, at, env);
  if (!writes(decision)) return decision.kind === "silent" && !at ? undefined : decision;
  const isQuestion = message.action === undefined && at === undefined;
  const writer = createWriter({
    language: decision.language,
    role: message.from.role,
    surface: message.surface,
    now: env.now,
    knowledge: env.knowledge,
  });
  if (isQuestion && STANDS.includes(decision.kind)) {
    const notice: Block = {
      type: "notice",
      level: "caution",
      inlines: [writer.say("unsaved.answer")],
    };
    return {
      ...decision,
      commit: { events: [], deliveries: decision.commit.deliveries.flatMap(marked(notice)) },
    };
  }
  const card = noteCard(writer, writer.say("unsaved.title"), [[writer.say("unsaved.text")]]);
  const to = { kind: isQuestion && message.surface !== "slash" ? "thread" : "asker" } as const;
  const delivery: Delivery = { id: env.id(), to, mode: "post", repeat: "safe", card };
  return {
    ...decision,
    kind: "error",
    answers: [],
    alternatives: [],
    commit: { events: [], deliveries: [delivery] },
  };
}

function writes({ commit }: Decision): boolean {
  const { timers = [], language, incident } = commit;
  const events = commit.events.filter(({ what }) => what !== "question");
  return Boolean(commit.case || events.length > 0 || timers.length > 0 || language || incident);
}

function marked(notice: Block): (delivery: Delivery) => Delivery[] {
  return (delivery) => {
    if (delivery.to.kind !== "thread" && delivery.to.kind !== "asker") return [];
    return [{ ...delivery, card: { ...delivery.card, blocks: [notice, ...delivery.card.blocks] } }];
  };
}
