import type { AnswerKind } from "./answered.ts";
import { type Decision, event, type Turn } from "./turn.ts";

/** Kinds of answer to a new question, and those of them that found something. */
export const ASKED: ReadonlySet<string> = new Set<AnswerKind>([
  "entry",
  "decoded",
  "choices",
  "several",
  "unknown-code",
  "not-found",
  "warning",
]);
export const FOUND: ReadonlySet<string> = new Set<AnswerKind>([
  "entry",
  "decoded",
  "choices",
  "several",
]);

/**
 * Records what was asked and how it was answered, without the words: "question" for a typed message that got an answer,
 * "answer.chosen" for a button that led to one.
 */
export function withRecord(turn: Turn, decision: Decision): Decision {
  const { message } = turn;
  const { commit, kind, answers, language } = decision;
  const isAnswered =
    commit.deliveries.length > 0 &&
    !message.timer &&
    !message.lookup &&
    turn.at?.status !== "handed-over";
  if (!isAnswered || (message.action && !ASKED.has(kind))) return decision;
  const [first] = answers;
  const record = event(
    turn,
    message.action ? "answer.chosen" : "question",
    commit.case ?? turn.at,
    {
      kind,
      language,
      surface: message.surface,
      ...(first?.entry ? { entry: first.entry } : {}),
      ...(first?.code ? { code: first.code } : {}),
    },
  );
  return { ...decision, commit: { ...commit, events: [...commit.events, record] } };
}
