import { fileNotes } from "./answers/files.ts";
import { noteCard } from "./answers/notes.ts";
import { answerCodes, answerSymptom } from "./ask.ts";
import type { Case } from "./case.ts";
import { firstPosition } from "./case.ts";
import { click, mayAct, notYours } from "./click.ts";
import {
  askAgain,
  type CaseTurn,
  goOn,
  handOver,
  hint,
  moveTo,
  resolve,
  takeResult,
} from "./follow.ts";
import { type FollowUp, type Intent, readIntent } from "./intent.ts";
import { pickLanguage } from "./language.ts";
import { tooOld } from "./look.ts";
import type { Message } from "./message.ts";
import { help } from "./miss.ts";
import { choicesForPasted, fromThread } from "./pasted.ts";
import {
  changed,
  type Decision,
  decided,
  type Env,
  event,
  post,
  silent,
  type Turn,
  whisper,
  writerFor,
} from "./turn.ts";

/** What people say to the bot without a problem. */
const TALK: ReadonlySet<FollowUp> = new Set(["thanks", "help", "greeting", "person"]);

/**
 * Decides about one message: which answer, which cards, and how its case changes. Pure: the same message, case and
 * knowledge give the same decision.
 */
export function decide(message: Message, at: Case | undefined, env: Env): Decision {
  const turn = startTurn(message, at, env);
  return sayUnread(turn, decideTurn(turn));
}

function decideTurn(turn: Turn): Decision {
  const { message, at, env } = turn;
  const entry = at?.entry ? env.knowledge.entry(at.entry, turn.language) : undefined;
  const intent = readIntent(message, at, entry, env.knowledge);
  if (intent.kind === "button") return click(turn, intent.action);
  if (intent.kind === "stale-button") return tooOld(turn);
  if (message.thread && intent.kind === "thread") return fromThread(turn);
  if (!at) return begin(turn, intent);
  return proceed({ ...turn, at, entry }, intent);
}

/** True when the answer depends on the messages of the thread that the bot was mentioned in. */
export function needsThread(message: Message, at: Case | undefined, env: Env): boolean {
  if (message.thread !== undefined || message.action) return false;
  const entry = at?.entry ? env.knowledge.entry(at.entry, at.language) : undefined;
  return readIntent(message, at, entry, env.knowledge).kind === "thread";
}

function startTurn(message: Message, at: Case | undefined, env: Env): Turn {
  const markers = env.knowledge.languages.map((language) => env.knowledge.locale(language));
  const known = env.knowledge.languages.find((language) => language === message.action?.lang);
  const { language, wish } = pickLanguage(message.text, markers, {
    case: known ?? at?.language,
    person: env.personLanguage,
    locale: message.from.locale,
    fallback: env.defaultLanguage,
  });
  return { message, at, env, language, ...(wish ? { wish } : {}) };
}

function begin(turn: Turn, intent: Intent): Decision {
  switch (intent.kind) {
    case "codes":
    case "code-or-result":
      return answerCodes(turn, intent.extraction);
    case "follow-up":
      return turn.message.addressed ? withoutCase(turn, intent.act) : silent(turn);
    case "thread":
    case "empty":
      return turn.message.addressed ? help(turn) : silent(turn);
    case "symptom":
      return answerSymptom(turn);
    default:
      return silent(turn);
  }
}

function proceed(turn: CaseTurn, intent: Intent): Decision {
  const { message, at } = turn;
  const actor = mayAct(turn, at);
  if (!actor) return byAnother(turn, intent);
  if (at.status === "muted" && !message.addressed) return silent(turn);
  if (turn.wish && at.entry) return inOtherLanguage(turn);
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
    case "code-or-result":
      return choicesForPasted(turn, intent.extraction);
    case "symptom":
      return unclear(turn);
    case "thread":
    case "empty":
      return hint(turn);
    default:
      return silent(turn);
  }
}

function followUp(turn: CaseTurn, act: FollowUp): Decision {
  const { at, message } = turn;
  const asks = at.position.at === "step";
  switch (act) {
    case "worked":
      return at.position.at === "verify"
        ? resolve(turn)
        : asks
          ? takeResult(turn, "worked")
          : hint(turn);
    case "failed":
      return at.position.at === "verify"
        ? goOn(turn, "unresolved")
        : asks
          ? takeResult(turn, "failed")
          : hint(turn);
    case "cannot":
      return asks ? takeResult(turn, "cannot") : hint(turn);
    case "next":
      return asks ? takeResult(turn, "skip") : hint(turn);
    case "person":
      return handOver(turn);
    case "resolved":
      return resolve(turn);
    case "unresolved":
      return goOn(turn, "unresolved");
    case "reopen":
      return at.status === "resolved" ? goOn(turn, "reopened") : hint(turn);
    case "stop":
      return mute(turn);
    case "thanks":
      return message.addressed ? smallTalk(turn, act) : silent(turn);
    case "repeat":
      return askAgain(turn, "hint.again");
    case "not_mine":
      return click(turn, {
        v: 1,
        do: "not-mine",
        lang: turn.language,
        ...(at.entry ? { entry: at.entry } : {}),
        ...(at.codes[0] ? { code: at.codes[0] } : {}),
      });
    default:
      return smallTalk(turn, act);
  }
}

/** What somebody else writes in a person's case: their results do not count; a code addressed to the bot is answered. */
function byAnother(turn: CaseTurn, intent: Intent): Decision {
  const { message } = turn;
  if (intent.kind === "codes" && message.addressed)
    return answerCodes({ ...turn, message: { ...message, surface: "slash" } }, intent.extraction, {
      deliver: post,
    });
  const acts = intent.kind === "result" || (intent.kind === "follow-up" && intent.act !== "thanks");
  if (acts && message.from.role === "user") return notYours(turn, turn.at);
  return message.addressed ? notYours(turn, turn.at) : silent(turn);
}

/** What the owner of a case writes in its thread about a code is meant for the bot. */
function addressed(turn: CaseTurn): CaseTurn {
  return { ...turn, message: { ...turn.message, addressed: true } };
}

/** Words of the owner that name no result: another problem if they describe one, else a hint about the open step. */
function unclear(turn: CaseTurn): Decision {
  const { message } = turn;
  if (!message.addressed) return message.mentions?.length ? silent(turn) : hint(turn);
  const answer = answerSymptom(turn);
  return answer.kind === "not-found" && turn.at.codes.length > 0 ? hint(turn) : answer;
}

function inOtherLanguage(turn: CaseTurn): Decision {
  return askAgain(turn, "hint.language");
}

function mute(turn: CaseTurn): Decision {
  const at = changed(turn, turn.at, { status: "muted" });
  const writer = writerFor(turn, at);
  const card = noteCard(writer, writer.say("muted.title"), [[writer.say("muted.text")]]);
  return decided(turn, { kind: "case", at, deliveries: [whisper(turn, card)] });
}

/** Adds what must be known about the attached files: on top where nothing else is said, else below the answer. */
function sayUnread(turn: Turn, decision: Decision): Decision {
  const [first, ...others] = decision.commit.deliveries;
  const notes = fileNotes(writerFor(turn), turn.message);
  if (!first || notes.length === 0) return decision;
  const { blocks } = first.card;
  const isBare = decision.kind === "help" || decision.kind === "not-found";
  const card = { ...first.card, blocks: isBare ? [...notes, ...blocks] : [...blocks, ...notes] };
  const deliveries = [{ ...first, card }, ...others];
  return { ...decision, commit: { ...decision.commit, deliveries } };
}

/** Words that move a case where there is none: "the printer does not work" may describe a problem. */
function withoutCase(turn: Turn, act: FollowUp): Decision {
  const described = TALK.has(act) ? undefined : answerSymptom(turn);
  return described && described.kind !== "not-found" ? described : smallTalk(turn, act);
}

function smallTalk(turn: Turn, act: FollowUp): Decision {
  const writer = writerFor(turn);
  if (act === "thanks") {
    const card = noteCard(writer, writer.say("thanks.title"), [[writer.say("thanks.text")]]);
    return decided(turn, { kind: "feedback", answers: [], deliveries: [post(turn, card)] });
  }
  return act === "person" ? person(turn) : help(turn);
}

function person(turn: Turn): Decision {
  return click(turn, { v: 1, do: "person", lang: turn.language });
}
