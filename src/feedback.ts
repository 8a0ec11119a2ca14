import type { Action } from "./action.ts";
import { noteCard } from "./answers/notes.ts";
import type { Card } from "./card.ts";
import type { CaseEvent } from "./state.ts";
import { type Decision, decided, event, type Turn, whisper, writerFor } from "./turn.ts";

/** What is wrong with an answer, as the buttons offer it. */
const REASONS = ["wrong-code", "wrong-cause", "step-failed", "unclear"] as const;

/** The events in which feedback is kept. */
export const FEEDBACK_EVENTS = ["feedback.useful", "feedback.not-useful", "feedback.reason"];

/**
 * Keeps what somebody thinks of an answer; it never changes the ranking. "Not useful" asks once, in private, for the reason.
 * The same word about the same answer counts once.
 */
export function takeFeedback(turn: Turn, action: Action): Decision {
  const isReason = action.do === "reason";
  if (isReason && !REASONS.some((reason) => reason === action.result))
    return decided(turn, { kind: "feedback", answers: [] });
  const entry = action.entry ?? turn.at?.entry;
  const code = action.code ?? turn.at?.codes[0];
  const said = event(turn, `feedback.${action.do}`, turn.at, {
    language: turn.language,
    ...(entry ? { entry } : {}),
    ...(code ? { code } : {}),
    ...(isReason ? { reason: action.result ?? "", ...textOf(turn) } : {}),
  });
  const earlier = turn.env.past.filter((past) => isSame(past, said));
  const isRival = ({ what }: CaseEvent) => (what === "feedback.reason") === isReason;
  const isNew = isReason ? !earlier.some(isRival) : earlier.findLast(isRival)?.what !== said.what;
  const asksWhy = action.do === "not-useful" && !earlier.some(isOf("feedback.not-useful"));
  return decided(turn, {
    kind: "feedback",
    events: isNew ? [said] : [],
    deliveries: [whisper(turn, asksWhy ? whyCard(turn, { entry, code }) : thanks(turn, action.do))],
  });
}

/** The same in words: about the answer of the thread's case. */
export function sayFeedback(turn: Turn, verdict: "useful" | "not-useful"): Decision {
  return takeFeedback(turn, { v: 1, do: verdict, lang: turn.language });
}

function thanks(turn: Turn, act: string): Card {
  const writer = writerFor(turn);
  return noteCard(writer, writer.say("feedback.title"), [[writer.say(`feedback.${act}`)]]);
}

function whyCard(turn: Turn, about: { entry: string | undefined; code: string | undefined }): Card {
  const writer = writerFor(turn);
  const { entry, code } = about;
  const rest = { ...(entry ? { entry } : {}), ...(code ? { code } : {}) };
  return noteCard(
    writer,
    writer.say("feedback.why"),
    [[writer.say("feedback.not-useful")]],
    REASONS.map((result) =>
      writer.button(`feedback.reason-${result}`, "reason", { ...rest, result }),
    ),
  );
}

/** The question, so that whoever mends the answer can test it. */
function textOf({ at }: Turn): Record<string, string> {
  return at?.question ? { text: at.question } : {};
}

function isSame(past: CaseEvent, said: CaseEvent): boolean {
  const isFeedback = FEEDBACK_EVENTS.includes(past.what) && past.case === said.case;
  return (
    isFeedback && past.detail.entry === said.detail.entry && past.detail.code === said.detail.code
  );
}

function isOf(what: string): (past: CaseEvent) => boolean {
  return (past) => past.what === what;
}
