import { noteCard } from "./answers/notes.ts";
import { type Decision, decided, event, type Turn, whisper, writerFor } from "./turn.ts";

/** Answers that one person gets to typed messages in a window, in milliseconds. */
export const MOST_ANSWERS = 20;
export const RATE_WINDOW_MS = 300_000;

/**
 * Answers a person at most so often: then one private line, then nothing until the window moves; each message is counted.
 * Buttons act once each and are let through, and so are the way to a person and what is said to one who took the case over;
 * people of the helpdesk, who ask for others, and the playground are not limited.
 */
export function withRate(turn: Turn, decision: Decision): Decision {
  const { message, env } = turn;
  const isTyped = !message.action && !message.timer && !message.lookup;
  const isLimited = message.from.role === "user" && message.surface !== "web";
  if (
    !isTyped ||
    !isLimited ||
    turn.at?.status === "handed-over" ||
    decision.kind === "handover" ||
    decision.commit.deliveries.length === 0
  )
    return decision;
  const answered = env.past.filter(({ what }) => what === "question").length;
  if (answered < env.mostAnswers) return decision;
  const isTold = env.past.some(({ what }) => what === "throttled");
  const writer = writerFor(turn);
  const card = noteCard(writer, writer.say("rate.title"), [[writer.say("rate.text")]]);
  return decided(turn, {
    kind: isTold ? "silent" : "help",
    answers: [],
    events: [event(turn, "throttled", turn.at, { surface: message.surface })],
    deliveries: isTold ? [] : [whisper(turn, card)],
  });
}
