import { answerCodes, answerSymptom } from "./ask.ts";
import { notYours } from "./click.ts";
import { sayFeedback } from "./feedback.ts";
import type { FollowUp } from "./follow-up.ts";
import type { Intent } from "./intent.ts";
import { help } from "./miss.ts";
import { type CaseTurn, changed, type Decision, decided, post, silent, type Turn } from "./turn.ts";

/** What moves no case, whoever says it. */
const NO_RESULT: ReadonlySet<FollowUp> = new Set([
  "thanks",
  "help",
  "greeting",
  "person",
  "yes",
  "no",
  "explain",
  "useful",
  "not_useful",
  "not_send",
  "done",
  "okay",
  "wait",
]);

const QUIET: ReadonlySet<FollowUp> = new Set(["thanks", "done", "okay", "wait"]);

/**
 * What somebody else writes in a person's case: their results do not count; a question of their own to the bot is answered
 * without touching the case.
 */
export function byAnother(turn: CaseTurn, intent: Intent): Decision {
  const { message } = turn;
  const isResult =
    intent.kind === "result" || (intent.kind === "follow-up" && !NO_RESULT.has(intent.act));
  if (!message.addressed && message.from.role !== "user") return listen(turn);
  if (isResult) return notYours(turn, turn.at);
  if (!message.addressed) return silent(turn);
  const own: Turn = { ...turn, at: undefined, message: { ...message, surface: "slash" } };
  const deliver: typeof post = (at, card) => post(at, card, { to: { kind: "thread" } });
  switch (intent.kind) {
    case "codes":
    case "code-or-result":
      return answerCodes(own, intent.extraction, { deliver });
    case "symptom":
      return answerSymptom(own, { deliver });
    case "follow-up":
      return answerWords(turn, own, intent.act);
    default:
      return notYours(turn, turn.at);
  }
}

function answerWords(turn: CaseTurn, own: Turn, act: FollowUp): Decision {
  if (act === "useful") return sayFeedback(turn, "useful");
  if (act === "not_useful") return sayFeedback(turn, "not-useful");
  return QUIET.has(act) ? silent(turn) : help(own);
}

/** Somebody of the helpdesk writes in the thread: people talk now. */
function listen(turn: CaseTurn): Decision {
  if (turn.at.quiet || turn.at.status !== "open") return silent(turn);
  const at = changed(turn, turn.at, { quiet: true });
  return decided(turn, { kind: "silent", answers: [], at });
}
