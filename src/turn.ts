import type { AnswerKind, CodeAnswer } from "./answered.ts";
import type { Writer } from "./answers/writer.ts";
import { createWriter } from "./answers/writer.ts";
import type { Card, Delivery, Target } from "./card.ts";
import type { Case } from "./case.ts";
import { readCodes } from "./codes/read.ts";
import type { FoundCode, Reading } from "./codes/reading.ts";
import type { Route } from "./handover/routes.ts";
import type { Entry } from "./knowledge/entry.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";
import type { Language } from "./language.ts";
import { type Address, type Message, personOf } from "./message.ts";
import type { Redact } from "./redact.ts";
import { safeText } from "./safe-text.ts";
import type { CaseEvent, Commit, Incident } from "./state.ts";

/** Everything a decision may depend on besides the message and its case. */
export type Env = {
  now: number;
  id(): string;
  /** The id for a case that this decision opens. */
  newCaseId: string;
  newIncidentId: string;
  knowledge: Knowledge;
  defaultLanguage: Language;
  personLanguage: Language | undefined;
  redact: Redact;
  /** Where cases can be handed over to. */
  routes: readonly Route[];
  /** A link that leads people to a place, where its platform has one. */
  linkTo(address: Address): string | undefined;
  /** What this decision needs to know of what happened before; see `readPast`. */
  past: readonly CaseEvent[];
  mostAnswers: number;
  /** The incidents that have not ended, and the cases of the one that this message ends. */
  incidents: readonly Incident[];
  attached: readonly Case[];
  /** The other cases in which the sender's words could be meant; see `casesBeside`. */
  beside: readonly Case[];
};

/** One message being decided. */
export type Turn = {
  message: Message;
  at: Case | undefined;
  env: Env;
  language: Language;
  wish?: Language;
};

/** A turn in a running case, with the case's entry in the language of the turn. */
export type CaseTurn = Turn & { at: Case; entry: Entry | undefined };

/** What was decided: the answer's kind and codes, and what to write and send. */
export type Decision = {
  kind: AnswerKind;
  answers: CodeAnswer[];
  alternatives: CodeAnswer[];
  language: Language;
  /** Kinds of secrets that the message holds. */
  secrets?: string[];
  commit: Commit;
};

/** What a decision says beside its cards. `at` is the case as it will stand. */
export type Said = {
  kind: AnswerKind;
  answers?: CodeAnswer[];
  alternatives?: CodeAnswer[];
  at?: Case;
  events?: CaseEvent[];
  deliveries?: Delivery[];
};

/** Puts a decision together; without deliveries it is silent. */
export function decided(turn: Turn, said: Said): Decision {
  const at = said.at && withOptions(said.at, said.deliveries ?? []);
  return {
    kind: said.kind,
    answers: said.answers ?? caseAnswers(turn, said.at ?? turn.at),
    alternatives: said.alternatives ?? [],
    language: turn.language,
    commit: {
      ...(at ? { case: at, expectedVersion: at.id === turn.at?.id ? turn.at.version : 0 } : {}),
      events: said.events ?? [],
      deliveries: said.deliveries ?? [],
      ...(turn.wish ? { language: turn.wish } : {}),
    },
  };
}

const OPTIONS = 12;
const QUESTION = 500;

/** The case with what its newest card offers. */
function withOptions(at: Case, deliveries: readonly Delivery[]): Case {
  const isCurrent = ({ id, mode }: Delivery) =>
    id === at.card || (mode !== "post" && mode.update === at.card);
  const card = deliveries.findLast(isCurrent)?.card;
  if (!card) return at;
  const options = card.buttons.flatMap((button) => ("action" in button ? [button.action] : []));
  const asked = options.find(({ rev }) => rev !== undefined)?.rev ?? at.version;
  return { ...at, asked, options: options.slice(0, OPTIONS) };
}

/** Nothing to say. */
export function silent(turn: Turn): Decision {
  return decided(turn, { kind: "silent", answers: [] });
}

/** One card, posted where the question stands (privately for a slash command). */
export function post(turn: Turn, card: Card, rest: Partial<Delivery> = {}): Delivery {
  const to: Target = turn.message.surface === "slash" ? { kind: "asker" } : { kind: "thread" };
  return { id: turn.env.id(), to, mode: "post", repeat: "safe", card, ...rest };
}

/** One card that only the asker sees, where the platform can do that. */
export function whisper(turn: Turn, card: Card): Delivery {
  return post(turn, card, { to: { kind: "asker" } });
}

/** A writer for the reader of this turn; `at` is the case that the card's buttons act on. */
export function writerFor(turn: Turn, at: Case | undefined = turn.at): Writer {
  return createWriter({
    language: turn.language,
    role: turn.message.from.role,
    surface: turn.message.surface,
    now: turn.env.now,
    knowledge: turn.env.knowledge,
    ...(at ? { case: at } : {}),
  });
}

/** The case after a change: one version up, in the language that its owner writes. */
export function changed(turn: Turn, at: Case, patch: Partial<Case>): Case {
  const language = turn.message.from.id === at.owner.id ? turn.language : at.language;
  return { ...at, language, ...patch, version: at.version + 1, updatedAt: turn.env.now };
}

/**
 * The case that an answer to a new question lives in. A thread keeps its case and changes the subject; a conversation
 * without threads gets a new one.
 */
export function openCase(turn: Turn, patch: Partial<Case>): Case {
  const { message, at, env } = turn;
  const fresh: Case = {
    id: env.newCaseId,
    version: 1,
    address: message.address,
    owner: { id: message.from.id, ...(message.from.name ? { name: message.from.name } : {}) },
    language: turn.language,
    status: "open",
    codes: [],
    options: [],
    position: { at: "none" },
    tried: [],
    causesDone: [],
    rejected: [],
    hinted: [],
    helpers: [],
    openedAt: env.now,
    updatedAt: env.now,
    ...questionOf(turn),
  };
  const isLoose = message.address.thread === undefined;
  if (!at || (isLoose && (at.entry || at.handover))) return { ...fresh, ...patch };
  const { context: _, entry: __, card: ___, ...kept } = at;
  return changed(
    turn,
    { ...kept, status: "open", position: { at: "none" }, causesDone: [], language: turn.language },
    {
      ...questionOf(turn),
      ...patch,
      codes: [...new Set([...(patch.codes ?? []), ...at.codes])].slice(0, 20),
    },
  );
}

/** What the asker wrote, for the people who may take over; nothing of a click. */
function questionOf(turn: Turn): Pick<Case, "question"> {
  const question = safeText(turn, QUESTION);
  return question === "" ? {} : { question };
}

/** An event of this turn's case. */
export function event(
  turn: Turn,
  what: string,
  at: Case | undefined,
  detail: Record<string, string> = {},
): CaseEvent {
  return {
    at: turn.env.now,
    ...(at ? { case: at.id } : {}),
    ...(turn.message.timer ? {} : { by: personOf(turn.message) }),
    what,
    detail: { ...(at?.entry ? { entry: at.entry } : {}), ...detail },
  };
}

/** How batch mode and metrics name a reading's answer. */
export function codeAnswer(reading: Reading, entry: string | undefined): CodeAnswer {
  return {
    code: reading.code,
    symbol: reading.symbol,
    family: reading.family,
    entry: entry ?? null,
  };
}

/** How batch mode names an entry that was found without a code of the question: by the code that was described. */
export function entryAnswer(entry: Entry, told?: Reading): CodeAnswer {
  if (told) return codeAnswer(told, entry.id);
  const code = entry.codes[0];
  return {
    code: code?.value ?? null,
    symbol: code?.symbol ?? null,
    family: code?.family ?? null,
    entry: entry.id,
  };
}

/** An entry in the language of the turn. */
export function entryById(turn: Turn, id: string | undefined): Entry | undefined {
  return id ? turn.env.knowledge.entry(id, turn.language) : undefined;
}

/** An entry in a given language. */
export function entryIn(turn: Turn, id: string | undefined, language: Language): Entry | undefined {
  return id ? turn.env.knowledge.entry(id, language) : undefined;
}

/** The entry that covers a code's first reading. */
export function entryOf(turn: Turn, code: FoundCode): Entry | undefined {
  const reading = code.readings[0];
  return reading && entryById(turn, turn.env.knowledge.entryFor(reading));
}

/** The codes of a case as answers: its entry's, else the one in work. */
function caseAnswers(turn: Turn, at: Case | undefined): CodeAnswer[] {
  const entry = entryById(turn, at?.entry);
  if (entry) return [entryAnswer(entry)];
  const { catalog } = turn.env.knowledge;
  const found = readCodes(at?.codes[0] ?? "", catalog, { bare: true }).codes[0];
  return (found?.readings ?? []).slice(0, 1).map((reading) => codeAnswer(reading, undefined));
}
