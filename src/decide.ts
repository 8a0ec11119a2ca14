import { fileNotes } from "./answers/files.ts";
import { answerCodes, answerSymptom } from "./ask.ts";
import { type Block, type Inline, inlineText } from "./card.ts";
import { type Case, hasSubject } from "./case.ts";
import { click } from "./click.ts";
import { commandOf } from "./command.ts";
import { atDesk } from "./handover/agent.ts";
import { isAtDesk, wasHandedOver } from "./handover/desk.ts";
import { onTimer } from "./handover/handover-timer.ts";
import { withIncident } from "./incident/incident.ts";
import { incidentOver } from "./incident/incident-over.ts";
import { noteMany } from "./incident/many.ts";
import { type Intent, readIntent } from "./intent.ts";
import { pickLanguage } from "./language.ts";
import { tooOld } from "./look.ts";
import type { Message, Timer } from "./message.ts";
import { help } from "./miss.ts";
import { obey } from "./obey.ts";
import { fromThread } from "./pasted.ts";
import { proceed, talkWithoutCase } from "./proceed.ts";
import { withRate } from "./rate.ts";
import { withRecord } from "./record.ts";
import { withSecretWarning } from "./secrets.ts";
import { withSpeaker } from "./speaks.ts";
import { type Decision, type Env, entryById, silent, type Turn, writerFor } from "./turn.ts";

/**
 * Decides about one message: which answer, which cards, and how its case changes. Pure: the same message, case and
 * knowledge give the same decision.
 */
export function decide(message: Message, at: Case | undefined, env: Env): Decision {
  const turn = startTurn(message, at, env);
  return FINISHING.reduce((decision, finish) => finish(turn, decision), decideTurn(turn));
}

/** What is done to every decision, in this order. */
const FINISHING = [withIncident, withNotes, withRecord, withRate, withSecretWarning, withSpeaker];

/** True when the answer depends on the messages of the thread that the bot was mentioned in. */
export function needsThread(message: Message, at: Case | undefined, env: Env): boolean {
  if (message.thread !== undefined || message.action) return false;
  const entry = at?.entry ? env.knowledge.entry(at.entry, at.language) : undefined;
  return readIntent(message, at, entry, env.knowledge).kind === "thread";
}

function decideTurn(turn: Turn): Decision {
  const { message, at, env } = turn;
  const entry = entryById(turn, at?.entry);
  if (message.timer) return decideTimer(turn, message.timer);
  if (wasHandedOver(at) && isAtDesk(message.address, at)) return atDesk({ ...turn, at, entry });
  const command = commandOf(message, env.knowledge);
  if (command) return obey(turn, command);
  const intent = readIntent(message, at, entry, env.knowledge);
  if (intent.kind === "button") return click(turn, intent.action);
  if (intent.kind === "stale-button") return tooOld(turn);
  if (message.thread && intent.kind === "thread") return fromThread(turn);
  return at ? proceed({ ...turn, at, entry }, intent) : begin(turn, intent);
}

function decideTimer(turn: Turn, timer: Timer): Decision {
  if (timer.what === "incident-over") return incidentOver(turn, timer);
  if (timer.what === "many") return noteMany(turn, timer);
  const { at } = turn;
  return at ? onTimer({ ...turn, at, entry: entryById(turn, at.entry) }, timer) : silent(turn);
}

function startTurn(message: Message, at: Case | undefined, env: Env): Turn {
  const markers = env.knowledge.languages.map((language) => env.knowledge.locale(language));
  const known = env.knowledge.languages.find((language) => language === message.action?.lang);
  const own = at && isPaste(message.text) ? "" : message.text;
  const { language, wish } = pickLanguage(own, markers, {
    case: known ?? (hasSubject(at) ? at?.language : undefined),
    person: env.personLanguage ?? at?.language,
    locale: message.from.locale,
    fallback: env.defaultLanguage,
  });
  return { message, at, env, language, ...(wish ? { wish } : {}) };
}

/** Lines of output, not of prose: they do not change the language of a running case. */
function isPaste(text: string): boolean {
  return text.trim().split("\n").length > 2;
}

function begin(turn: Turn, intent: Intent): Decision {
  const { addressed } = turn.message;
  switch (intent.kind) {
    case "codes":
    case "code-or-result":
      return answerCodes(turn, intent.extraction);
    case "follow-up":
      return addressed ? talkWithoutCase(turn, intent.act) : silent(turn);
    case "thread":
    case "empty":
      return addressed ? help(turn) : silent(turn);
    case "symptom":
      return turn.wish && answerSymptom(turn).kind === "not-found"
        ? help(turn)
        : answerSymptom(turn);
    default:
      return silent(turn);
  }
}

/**
 * Adds what must be said whatever else is answered: a warning about dangerous advice in the text goes first; what could not
 * be read of the attached files goes first where nothing else is said, else last.
 */
function withNotes(turn: Turn, decision: Decision): Decision {
  const shown = decision.commit.deliveries.at(-1);
  if (!shown) return decision;
  const { blocks } = shown.card;
  const said = (inlines: Inline[]) =>
    blocks.some(
      (block) => block.type === "notice" && inlineText(block.inlines) === inlineText(inlines),
    );
  const warnings = turn.env.knowledge
    .mythsIn(turn.message.text, turn.language)
    .filter(({ myth }) => myth.danger && decision.kind !== "warning" && !said(myth.correction))
    .slice(0, 2)
    .map(({ myth }): Block => ({ type: "notice", level: "danger", inlines: myth.correction }));
  const { attached, unread } = turn.message;
  const files = attached || unread ? fileNotes(writerFor(turn), turn.message) : [];
  if (warnings.length === 0 && files.length === 0) return decision;
  const isBare = decision.kind === "help" || decision.kind === "not-found";
  const card = {
    ...shown.card,
    blocks: [...warnings, ...(isBare ? files : []), ...blocks, ...(isBare ? [] : files)],
  };
  const deliveries = decision.commit.deliveries.with(-1, { ...shown, card });
  return { ...decision, commit: { ...decision.commit, deliveries } };
}
