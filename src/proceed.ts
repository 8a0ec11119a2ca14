import { noteCard } from "./answers/notes.ts";
import { answerCodes, answerSymptom } from "./ask.ts";
import { askResult } from "./ask-result.ts";
import { byAnother } from "./by-another.ts";
import { firstPosition } from "./case.ts";
import { click, mayAct } from "./click.ts";
import { explain } from "./explain.ts";
import { sayFeedback } from "./feedback.ts";
import { askAgain, goOn, hint, moveTo, resolve, takeOutcome, takeResult } from "./follow.ts";
import type { FollowUp } from "./follow-up.ts";
import { atPreview } from "./handover/at-preview.ts";
import { wasHandedOver } from "./handover/desk.ts";
import { backAgain, whileHandedOver } from "./handover/handed-over.ts";
import { handOver } from "./handover/handover.ts";
import { asksNothing, type Intent } from "./intent.ts";
import { naturalWords } from "./language.ts";
import { help, missSymptom } from "./miss.ts";
import { resultOrNew } from "./pasted.ts";
import { sayMeaning } from "./say-meaning.ts";
import { askStill } from "./still.ts";
import {
  type CaseTurn,
  changed,
  type Decision,
  decided,
  entryById,
  event,
  post,
  silent,
  type Turn,
  whisper,
  writerFor,
} from "./turn.ts";

/** What people say to the bot without a problem. */
const TALK: ReadonlySet<FollowUp> = new Set([
  "thanks",
  "help",
  "greeting",
  "person",
  "yes",
  "no",
  "okay",
  "wait",
  "useful",
  "not_useful",
]);

/** Words that a wish for a language may have beside it ("could you say that in English please"). */
const WISH_WORDS = 8;

/** Decides about a message in a running case: what its owner and helpers say moves it, what others say does not. */
export function proceed(turn: CaseTurn, intent: Intent): Decision {
  if (!mayAct(turn, turn.at)) return byAnother(turn, intent);
  const { message, at } = turn;
  const { quiet, ...awake } = at;
  if (quiet && !message.addressed) return silent(turn);
  if (quiet) return proceed({ ...turn, at: awake }, intent);
  if (at.status === "muted" && (!message.addressed || asksNothing(intent))) return silent(turn);
  if (at.status === "muted") return proceed({ ...turn, at: { ...at, status: "open" } }, intent);
  if (wasHandedOver(at) && at.status === "handed-over")
    return whileHandedOver({ ...turn, at }, intent);
  const again = wasHandedOver(at) ? backAgain({ ...turn, at }, intent) : undefined;
  if (again) return again;
  return atPreview(turn, intent) ?? proceedOpen(turn, intent);
}

function proceedOpen(turn: CaseTurn, intent: Intent): Decision {
  const { at } = turn;
  if (turn.wish && isOnlyWish(turn, intent)) return askAgain(turn, "hint.language");
  const still = askStill(turn, intent);
  if (still) return still;
  switch (intent.kind) {
    case "result":
      return takeResult(turn, intent.result.id, intent.quote);
    case "follow-up":
      return followUp(turn, intent.act);
    case "context": {
      const moved = { ...at, context: intent.context.id };
      const next = turn.entry ? firstPosition(turn.entry, moved) : ({ at: "escalate" } as const);
      return moveTo({ ...turn, at: moved }, next, event(turn, "case.context", at));
    }
    case "codes":
      return answerCodes(addressed(turn), intent.extraction);
    case "meaning":
      return sayMeaning(turn, intent.reading);
    case "own-code":
      return stillThere(turn);
    case "code-or-result": {
      const reading = intent.extraction.codes.find((code) => code.readings[0])?.readings[0];
      return reading
        ? resultOrNew(turn, { code: reading.code, result: reading.family }, reading)
        : answerCodes(addressed(turn), intent.extraction);
    }
    case "symptom":
      return unclear(turn);
    case "thread":
    case "empty":
      return hint(turn);
    default:
      return silent(turn);
  }
}

/** Words that move a case where there is none: "the printer does not work" may describe a problem. */
export function talkWithoutCase(turn: Turn, act: FollowUp): Decision {
  const described = TALK.has(act) ? undefined : answerSymptom(turn);
  return described && described.kind !== "not-found" ? described : smallTalk(turn, act);
}

function followUp(turn: CaseTurn, act: FollowUp): Decision {
  const { at, message } = turn;
  const { position, status } = at;
  const step = position.at === "step" ? turn.entry?.steps[position.step] : undefined;
  const isOver = status === "handed-over" || status === "resolved";
  const isIdle = status === "open" && position.at === "none";
  switch (act) {
    case "yes":
    case "worked":
      if (position.at === "verify" || (isOver && act === "worked")) return resolve(turn);
      if (step && act === "worked") return takeOutcome(turn, "worked");
      if (isIdle && at.incident) return resolve(turn);
      return isIdle && act === "worked" ? sayFeedback(turn, "useful") : hint(turn);
    case "no":
    case "failed":
      if (position.at === "verify") return goOn(turn, "unresolved");
      if (isOver && act === "failed") return goOn(turn, "reopened");
      return step && (act === "failed" || step.risk !== "read-only")
        ? takeOutcome(turn, "failed")
        : isIdle && act === "failed"
          ? sayFeedback(turn, "not-useful")
          : hint(turn);
    case "cannot":
      return step ? takeOutcome(turn, "cannot") : hint(turn);
    case "next":
      return step ? takeOutcome(turn, "skip") : hint(turn);
    case "person":
      return status === "handed-over" ? alreadyHandedOver(turn) : handOver(turn);
    case "resolved":
      return resolve(turn);
    case "unresolved":
      return goOn(turn, "unresolved");
    case "reopen":
      return isOver || position.at === "verify" ? goOn(turn, "reopened") : stillThere(turn);
    case "useful":
      return sayFeedback(turn, "useful");
    case "not_useful":
      return sayFeedback(turn, "not-useful");
    case "stop":
      return mute(turn);
    case "explain":
      return explain(turn);
    case "not_send":
      return hint(turn);
    case "repeat":
      return askAgain(turn, "hint.again");
    case "done":
    case "okay":
      return askResult(turn);
    case "wait":
      return silent(turn);
    case "not_mine":
      return click(turn, {
        v: 1,
        do: "not-mine",
        lang: turn.language,
        ...(at.entry ? { entry: at.entry } : {}),
        ...(at.codes[0] ? { code: at.codes[0] } : {}),
      });
    default:
      return message.addressed ? smallTalk(turn, act) : silent(turn);
  }
}

/** The case's own problem named once more: after a remedy it did not help, else the open question is shown again. */
function stillThere(turn: CaseTurn): Decision {
  const { position } = turn.at;
  const asks = turn.message.text.includes("?");
  if (position.at === "verify" && !asks) return goOn(turn, "unresolved");
  const step = position.at === "step" ? turn.entry?.steps[position.step] : undefined;
  return step && step.risk !== "read-only" && !asks
    ? takeOutcome(turn, "failed")
    : askAgain(turn, "hint.again");
}

/** What the owner of a case writes in its thread about a code is meant for the bot. */
function addressed(turn: CaseTurn): CaseTurn {
  return { ...turn, message: { ...turn.message, addressed: true } };
}

/** Words of the owner that name no result: another problem if they describe one, else a hint about the open step. */
function unclear(turn: CaseTurn): Decision {
  const { message, at } = turn;
  if (!message.addressed) return message.mentions?.length ? silent(turn) : hint(turn);
  const answer = answerSymptom(turn);
  const [found] = answer.answers;
  const isOpen = at.position.at === "step" || at.position.at === "verify";
  if (answer.kind === "not-found") return isOpen ? hint(turn) : missSymptom(turn, {});
  if (!isOpen || answer.kind === "warning" || !found) return answer;
  if (found.entry !== null && found.entry === at.entry) return hint(turn);
  const title = entryById(turn, found.entry ?? undefined)?.title ?? found.symbol ?? "";
  const about = found.entry === null ? { code: found.code ?? "" } : { entry: found.entry };
  return resultOrNew(turn, about, { title });
}

function isOnlyWish(turn: CaseTurn, intent: Intent): boolean {
  const holdsMore =
    intent.kind === "codes" || intent.kind === "code-or-result" || intent.kind === "result";
  return !holdsMore && naturalWords(turn.message.text).length <= WISH_WORDS;
}

function alreadyHandedOver(turn: CaseTurn): Decision {
  const writer = writerFor(turn);
  const card = noteCard(writer, writer.say("handover.title", { case: turn.at.id }), [
    [writer.say("handover.already")],
  ]);
  return decided(turn, { kind: "handover", deliveries: [post(turn, card)] });
}

function mute(turn: CaseTurn): Decision {
  const at = changed(turn, turn.at, { status: "muted" });
  const writer = writerFor(turn, at);
  const key = turn.message.surface === "dm" ? "muted.direct" : "muted.text";
  const card = noteCard(writer, writer.say("muted.title"), [[writer.say(key)]]);
  return decided(turn, { kind: "case", at, deliveries: [whisper(turn, card)] });
}

function smallTalk(turn: Turn, act: FollowUp): Decision {
  const writer = writerFor(turn);
  if (act === "useful") return sayFeedback(turn, "useful");
  if (act === "not_useful") return sayFeedback(turn, "not-useful");
  if (act === "thanks") {
    const card = noteCard(writer, writer.say("thanks.title"), [[writer.say("thanks.text")]]);
    return decided(turn, { kind: "feedback", answers: [], deliveries: [post(turn, card)] });
  }
  return act === "person" ? click(turn, { v: 1, do: "person", lang: turn.language }) : help(turn);
}
