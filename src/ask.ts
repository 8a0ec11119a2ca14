import { type Asked, answerDecoded, answerEntry } from "./answer.ts";
import type { Candidate } from "./answers/choices.ts";
import { placeNote } from "./answers/files.ts";
import type { Block } from "./card.ts";
import type { Extraction, FoundCode, Reading } from "./codes/reading.ts";
import { settle } from "./codes/settle.ts";
import { otherThanWindows } from "./foreign-system.ts";
import { isKnown } from "./intent.ts";
import type { Meaning } from "./knowledge/entry.ts";
import type { Hit } from "./knowledge/knowledge.ts";
import { missCode, missSymptom, warn } from "./miss.ts";
import { offerCandidates, offerReadings, offerSeveral } from "./offer.ts";
import { type Decision, entryById, entryOf, silent, type Turn, writerFor } from "./turn.ts";

const LONGEST_TEXT = 16_000;

/** Answers a message that holds codes: one problem, several codes, a choice of readings, or an unknown code. */
export function answerCodes(turn: Turn, extraction: Extraction, asked: Asked = {}): Decision {
  const { codes, misnamed } = settle(
    extraction.codes,
    turn.message.text,
    linksOf(turn, extraction.codes),
  );
  const usable = turn.message.addressed ? codes : codes.filter(isKnown);
  const named = usable.filter((code) => isNamed(turn, code));
  const read = named.length > 0 ? named : usable.filter(({ readings }) => readings.length > 0);
  const known = read.map((code) => chosen(code, asked));
  const [first] = known;
  const reading = first?.readings[0];
  if (!first || !reading) {
    return usable[0] ? missCode(turn, usable[0], extraction.more, asked) : silent(turn);
  }
  const unknown = usable.filter((code) => !read.includes(code));
  const notes = alsoUnknown(turn, unknown);
  if (known.length > 1 && !isOneProblem(turn, known))
    return offerSeveral(turn, known, extraction.more, notes, asked);
  if (first.close && !asked.family) return offerReadings(turn, first, asked);
  const place = first.file === undefined ? [] : placeNote(writerFor(turn), first);
  const about = { asked, notes: [...place, ...notes], ...(misnamed ? { misnamed } : {}) };
  const entry = entryOf(turn, first);
  return entry
    ? answerEntry(turn, entry, { codes: known, ...about })
    : answerDecoded(turn, reading, { found: first, ...about });
}

/** True for codes that one entry covers. */
function isOneProblem(turn: Turn, codes: readonly FoundCode[]): boolean {
  const entries = new Set(codes.map((code) => entryOf(turn, code)?.id));
  return entries.size === 1 && !entries.has(undefined);
}

/** Answers a description without a code: an entry, a meaning, a choice, a warning, or an honest "not found". */
export function answerSymptom(turn: Turn, asked: Asked = {}): Decision {
  const { knowledge } = turn.env;
  const { text } = turn.message;
  const dangers = dangersIn(turn, text);
  const described = dangers.length > 0 ? withoutDangers(turn, text) : text;
  const found = knowledge.search(described, turn.language);
  if (dangers.length > 0 && found.outcome !== "one") return warn(turn, dangers, asked);
  const foreign = otherThanWindows(described, found, knowledge);
  if (foreign)
    return missSymptom(turn, asked, foreign === "systems" ? "not-found.system" : undefined);
  const candidates =
    found.outcome === "none" ? [] : found.hits.flatMap((h) => candidateOf(turn, h));
  const [first] = candidates;
  if (!first) return missSymptom(turn, asked);
  if (candidates.length > 1 && found.outcome === "choices") {
    return offerCandidates(turn, candidates, asked);
  }
  if (first.reading) return answerDecoded(turn, first.reading, { asked, notes: [] });
  const told = first.told ? { told: first.told } : {};
  return answerEntry(turn, first.entry, { codes: [], ...told, asked, notes: [] });
}

function dangersIn({ env, language }: Turn, text: string) {
  return env.knowledge.mythsIn(text, language).filter(({ myth }) => myth.danger);
}

/**
 * A text without the clauses that hold dangerous advice: what is wrong may stand beside what somebody wants to do. A single
 * word between commas goes with them: "kill lsass, svchost, csrss" is a list.
 */
function withoutDangers(turn: Turn, text: string): string {
  const isSafe = (part: string) => dangersIn(turn, part).length === 0;
  const isClause = (part: string) => /\S\s+\S/.test(part);
  const sentences = text.slice(0, LONGEST_TEXT).split(/(?<=[.!?]["”»)]*\s|\n)/u);
  return sentences
    .flatMap((sentence) =>
      isSafe(sentence)
        ? sentence
        : sentence.split(/(?<=[,;:]\s)/u).filter((part) => isClause(part) && isSafe(part)),
    )
    .join("");
}

/** The words that equate a code with a name; they matter only between two codes. */
function linksOf({ env: { knowledge } }: Turn, codes: readonly FoundCode[]): ReadonlySet<string> {
  if (codes.length < 2) return new Set();
  return new Set(knowledge.languages.flatMap((language) => knowledge.locale(language).links));
}

function chosen(code: FoundCode, asked: Asked): FoundCode {
  if (asked.family === undefined) return code;
  const wanted = code.readings.filter((r) => r.family === asked.family);
  if (wanted.length === 0) return code;
  return { ...code, readings: [...wanted, ...code.readings.filter((r) => !wanted.includes(r))] };
}

function candidateOf(turn: Turn, hit: Hit): Candidate[] {
  const { meaning } = hit;
  if (hit.entry === undefined) return [{ reading: readingOf(hit.meaning), meaning: hit.meaning }];
  const entry = entryById(turn, hit.entry);
  if (!entry) return [];
  return [meaning ? { entry, told: readingOf(meaning) } : { entry }];
}

/** The reading that a meaning stands for when no number was asked about. */
function readingOf(meaning: Meaning): Reading {
  return {
    code: `0x${meaning.value.toString(16).toUpperCase().padStart(8, "0")}`,
    value: meaning.value,
    symbol: meaning.symbol,
    family: meaning.family,
    component: meaning.family,
    identity: `${meaning.family}:${meaning.value}`,
    aliases: [],
    why: { id: "meaning", params: {} },
    score: 0,
  };
}

/** A number that has neither a name nor an entry gives way to those that have. */
function isNamed(turn: Turn, code: FoundCode): boolean {
  const [best] = code.readings;
  return best !== undefined && (best.symbol !== null || entryOf(turn, code) !== undefined);
}

function alsoUnknown(turn: Turn, unknown: FoundCode[]): Block[] {
  if (unknown.length === 0) return [];
  const list = unknown.slice(0, 5).map((code) => code.text.slice(0, 60));
  const inlines = [writerFor(turn).say("several.also-unknown"), " ", { code: list.join(", ") }];
  return [{ type: "text", quiet: true, inlines }];
}
