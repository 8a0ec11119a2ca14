import type { Action } from "./action.ts";
import { withAttached } from "./attached.ts";
import type { Case } from "./case.ts";
import { readCodes } from "./codes/read.ts";
import type { Extraction, FoundCode, Reading } from "./codes/reading.ts";
import { fold } from "./fold.ts";
import { type FollowUp, readFollowUp, readOrdinal } from "./follow-up.ts";
import type { Context, Entry, StepResult } from "./knowledge/entry.ts";
import type { Knowledge } from "./knowledge/knowledge.ts";
import { naturalWords } from "./language.ts";
import type { Message } from "./message.ts";
import { readResult, withoutEcho } from "./result.ts";

/** What a message wants, before anything is looked up. `chatter` was not meant for the bot. */
export type Intent =
  | { kind: "button"; action: Action }
  | { kind: "stale-button" }
  | { kind: "result"; result: StepResult; quote: string }
  | { kind: "follow-up"; act: FollowUp }
  | { kind: "context"; context: Context; words: string }
  | { kind: "codes"; extraction: Extraction }
  /** What a code of the case means, asked in its middle. */
  | { kind: "meaning"; reading: Reading }
  /** The case's own codes once more: the problem is still there, or the asker quotes it. */
  | { kind: "own-code" }
  /** A code inside pasted output of a running case: a result of the step, or a new problem? */
  | { kind: "code-or-result"; extraction: Extraction }
  | { kind: "symptom" }
  | { kind: "thread" }
  | { kind: "empty" }
  | { kind: "chatter" };

const ASKS_NOTHING: ReadonlySet<FollowUp> = new Set(["okay", "thanks", "wait"]);
const BARE_WORDS = 4;
const PASTED_WORDS = 12;
const CONTEXT_WORDS = 6;

/**
 * Reads what a message wants, in this order: button (clicked, or named by its number); in a running case the current
 * step's `seen` texts, then words, then codes; else codes, then words, then a symptom. `entry` is the case's entry in the
 * language of the case.
 */
export function readIntent(
  message: Message,
  at: Case | undefined,
  entry: Entry | undefined,
  knowledge: Knowledge,
): Intent {
  if (message.action) return { kind: "button", action: message.action };
  const text = message.text.trim();
  if (message.card && text === "") return { kind: "stale-button" };
  const named = hasPerson(at) ? undefined : at?.options[(readOrdinal(text, knowledge) ?? 0) - 1];
  if (named) return { kind: "button", action: named };

  const own = readCodes(text, knowledge.catalog, { bare: isLookup(message) });
  const extraction = withAttached(own, message.attached ?? []);
  const isOwn = at !== undefined && extraction.codes.every((c) => belongs(c, at, entry, knowledge));
  const asked = isOwn ? meaningAsked(text, own, knowledge) : undefined;
  if (asked) return { kind: "meaning", reading: asked };
  const step = at?.position.at === "step" ? entry?.steps[at.position.step] : undefined;
  const seen = step && readResult(withoutEcho(text, step), step.results, knowledge);
  if (seen) return { kind: "result", ...seen };

  const isQuestion = at === undefined && extraction.codes.length > 0;
  const act = isQuestion ? undefined : readFollowUp(text, knowledge);
  const isBare = !at && isInThread(message) && (act === "help" || act === "greeting");
  if (isBare) return { kind: "thread" };
  const others = at ? extraction.codes.filter(isKnown) : extraction.codes;
  if (act && (isOwn || others.length === 0)) return { kind: "follow-up", act };

  if (!message.addressed && !at && !extraction.codes.some(isKnown)) return { kind: "chatter" };
  if (extraction.codes.length > 0) {
    if (isOwn && entry) return { kind: "own-code" };
    return step && (own.codes.length === 0 || isPasted(text, extraction))
      ? { kind: "code-or-result", extraction }
      : { kind: "codes", extraction };
  }
  const context = at && entry && isShort(text) && readContext(text, entry);
  if (context) return { kind: "context", ...context };
  if (!/[\p{L}\p{N}]/u.test(text))
    return isInThread(message) ? { kind: "thread" } : { kind: "empty" };
  if (isInThread(message) && naturalWords(text).length <= BARE_WORDS) return { kind: "thread" };
  return { kind: "symptom" };
}

/** "Ok", "thanks", "one moment": nobody waits for an answer. */
export function asksNothing(intent: Intent): boolean {
  return intent.kind === "follow-up" && ASKS_NOTHING.has(intent.act);
}

/** True while a person has the case: a bare number answers their question and presses no button. */
function hasPerson(at: Case | undefined): boolean {
  return at?.status === "handed-over" && at.handover?.status === "taken";
}

/** The context whose cue occurs in the text, with the cue as written; the longest cue wins. */
export function readContext(
  text: string,
  entry: Entry,
): { context: Context; words: string } | undefined {
  if (entry.contexts.length === 0) return undefined;
  const plain = ` ${fold(text.slice(0, 16_000))} `;
  return cuesOf(entry).find(({ folded }) => plain.includes(folded));
}

type Cue = { context: Context; words: string; folded: string };

const cues = new WeakMap<Entry, readonly Cue[]>();

/** An entry's cues, the longest first, folded once. */
function cuesOf(entry: Entry): readonly Cue[] {
  const known = cues.get(entry);
  if (known) return known;
  const all = entry.contexts.flatMap((context) =>
    context.cues.map((words): Cue => ({ context, words, folded: ` ${fold(words)} ` })),
  );
  const longestFirst = all.toSorted((a, b) => b.words.length - a.words.length);
  cues.set(entry, longestFirst);
  return longestFirst;
}

/** True for a code that cannot be meant otherwise (0x + 8 digits, or a full symbol) and that the name table knows. */
export function isKnown(code: FoundCode): boolean {
  return code.certain && code.readings.length > 0;
}

/** The one code of a single line that asks for its meaning. */
function meaningAsked(
  text: string,
  { codes }: Extraction,
  knowledge: Knowledge,
): Reading | undefined {
  const [code, another] = codes;
  if (!code || another || text.includes("\n")) return undefined;
  const words = ` ${fold(text)} `;
  const asks = knowledge.languages
    .flatMap((language) => knowledge.locale(language).asksMeaning)
    .some((phrase) => words.includes(` ${phrase} `));
  return asks ? code.readings[0] : undefined;
}

/** True for a code that the case is about already, or that a result of its entry's steps names. */
function belongs(
  code: FoundCode,
  at: Case,
  entry: Entry | undefined,
  knowledge: Knowledge,
): boolean {
  const [reading] = code.readings;
  if (!entry || !reading) return false;
  if (at.codes.includes(reading.code) || knowledge.entryFor(reading) === entry.id) return true;
  const results = Object.values(entry.steps).flatMap((step) => step.results);
  return readResult(code.text, results, knowledge) !== undefined;
}

function isLookup(message: Message): boolean {
  return message.surface === "slash" || naturalWords(message.text).length === 0;
}

function isInThread(message: Message): boolean {
  const { addressed, surface, address, startsThread } = message;
  return addressed && surface === "channel" && address.thread !== undefined && !startsThread;
}

function isPasted(text: string, extraction: Extraction): boolean {
  if (text.includes("?")) return false;
  const words = text.split(/\s+/u).length - extraction.codes.length;
  return text.includes("\n") || words > PASTED_WORDS;
}

function isShort(text: string): boolean {
  return text.split(/\s+/u).length <= CONTEXT_WORDS;
}
