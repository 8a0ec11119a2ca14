import MiniSearch from "minisearch";
import { inlineText } from "../card.ts";
import { sameEvent } from "../codes/rules.ts";
import type { Language } from "../language.ts";
import type { Entry, Meaning } from "./entry.ts";
import { type Kin, readKin } from "./kin.ts";
import type { Hit } from "./knowledge.ts";
import { shortText } from "./short-text.ts";
import { shortlister } from "./shortlist.ts";
import { holdsCode, termsOf } from "./terms.ts";
import { CAPS, THRESHOLDS } from "./thresholds.ts";
import type { Words } from "./words.ts";

/**
 * What a match in each kind of unit is worth: on-screen wording and whole questions most, what only describes the problem
 * less, since its words meet in other problems too.
 */
const WORTH = {
  phrase: 1,
  question: 0.85,
  name: 0.9,
  title: 0.9,
  symbol: 0.8,
  sign: 0.6,
  summary: 0.5,
};
type Kind = keyof typeof WORTH;

/** Units that only describe: their words say little about what the document is. */
const DESCRIBES: ReadonlySet<Kind> = new Set(["sign", "summary"]);

/** A question that is shorter than this without its code says nothing of its problem: "the update fails with …". */
const SHORTEST_REST = 3;

/**
 * A document before it is indexed, in the index of `language`. `key` is equal for documents about the same event; `own`: it is
 * in that language; `phrases` is how many ways of meeting it its author wrote down.
 */
export type Source = {
  hit: Hit;
  key: string;
  language: Language;
  own: boolean;
  phrases: number;
  /** The first code of an entry. */
  mainCode?: number;
  /** `meaning`: the one of an entry's codes that the text belongs to. */
  units: { kind: Kind; text: string; meaning?: Meaning }[];
};

/**
 * One text of a document: its distinct terms, what a match in it is worth, and the terms of the document that it belongs to,
 * those that only describe it left out.
 */
type Unit = Pick<Source, "hit" | "key" | "own" | "phrases"> & {
  worth: number;
  /** What it says in one word; see `shortText`. */
  short?: string;
  /** The text belongs to the first code of its entry. */
  main: boolean;
  terms: readonly string[];
  document: ReadonlySet<string>;
};

/** A unit that shares terms with the question: the pairs of the question's term and the unit's. */
export type Match = { unit: Unit; pairs: ReadonlyMap<string, string> };

/** The index of one language: how rare a term is among the documents, and the units that share terms with a question. */
export type SearchIndex = {
  rarity(term: string): number | undefined;
  has(term: string): boolean;
  kin: Kin;
  /** The weight of a term that only one document has. */
  rarest: number;
  matches(terms: readonly string[]): Match[];
  /** The units of entries that say in one word just this, one for each entry. */
  saying(short: string): Unit[];
};

/**
 * Builds the index of one language; every unit is a document of MiniSearch. Only words that no unit has are looked up by
 * their beginning and with spelling mistakes, and only what shares most with the question is scored.
 */
export function buildIndex(sources: readonly Source[], words: Words): SearchIndex {
  const units = sources.flatMap((source) => unitsOf(source, words));
  const seenIn = new Map<string, number>();
  const documents = new Set(units.map(({ document }) => document));
  for (const document of documents)
    for (const term of document) seenIn.set(term, (seenIn.get(term) ?? 0) + 1);
  const engine = new MiniSearch<{ id: number; text: string }>({
    fields: ["text"],
    tokenize: (text) => text.split(" "),
    processTerm: (term) => term,
  });
  const isNew = (term: string) => !seenIn.has(term);
  const options = {
    combineWith: "OR" as const,
    prefix: (term: string) => isNew(term) && term.length >= CAPS.prefixFrom,
    fuzzy: (term: string) => (isNew(term) && term.length >= CAPS.fuzzyFrom ? 0.2 : false),
    weights: { fuzzy: 0.4, prefix: 0.5 },
  };
  engine.addAll(units.map(({ terms }, id) => ({ id, text: terms.join(" ") })));
  const rarity = (count: number) => Math.log(1 + (documents.size - count + 0.5) / (count + 0.5));
  const rarities = new Map([...seenIn].map(([term, count]) => [term, rarity(count)]));
  const kin = readKin(words, (term) => seenIn.has(term));
  const shortlist = shortlister(units, (term) => rarities.get(term) ?? 0);
  const isTelling = ({ terms }: Unit) =>
    terms.every((term) => (rarities.get(term) ?? 0) >= rarity(1) * THRESHOLDS.alone);
  const shorts = Map.groupBy(
    units.filter(
      (unit) => unit.short !== undefined && unit.hit.entry !== undefined && isTelling(unit),
    ),
    ({ short }) => short,
  );
  return {
    rarity: (term) => rarities.get(term),
    has: (term) => seenIn.has(term),
    kin,
    rarest: rarity(1),
    saying: (short) => [...new Map((shorts.get(short) ?? []).map((u) => [u.key, u])).values()],
    matches: (asked) => {
      const weights = new Map<string, number>(
        asked.flatMap((term) => [...kin(term)].map((one) => [one, THRESHOLDS.related] as const)),
      );
      for (const term of asked) weights.set(term, 1);
      const listed = shortlist(weights);
      const boostDocument = (unit: number, term: string) =>
        listed.has(unit) || !weights.has(term) ? 1 : 0;
      return engine
        .search(asked.join(" "), { ...options, boostDocument })
        .slice(0, CAPS.units)
        .flatMap(({ id, match }) => {
          const unit = units[Number(id)];
          if (!unit) return [];
          const matched = new Set([
            ...unit.terms.filter((one) => weights.has(one)),
            ...Object.keys(match),
          ]);
          return [{ unit, pairs: pair(asked, [...matched], kin) }];
        });
    },
  };
}

/** An entry as a document; the phrases of the meanings that it covers are its own. */
export function entrySource(entry: Entry, covered: readonly Meaning[], language: Language): Source {
  const all = (kind: Kind, texts: readonly string[]) => texts.map((text) => ({ kind, text }));
  const ofCode = covered.flatMap((meaning) =>
    [
      ...all("phrase", meaning.phrases),
      ...all("title", [meaning.meaning]),
      ...all("symbol", [symbolWords(meaning.symbol)]),
    ].map((unit) => ({ ...unit, meaning })),
  );
  const [main] = entry.codes;
  return {
    ...(main ? { mainCode: Number(main.value) } : {}),
    hit: { entry: entry.id },
    key: entry.id,
    language,
    own: entry.language === language,
    phrases: Number.POSITIVE_INFINITY,
    units: [
      ...all("phrase", entry.aliases.phrases),
      ...all("question", entry.questions),
      ...all("name", entry.aliases.names),
      ...all("title", [entry.title]),
      ...ofCode,
      ...all(
        "sign",
        entry.causes.flatMap(({ title, signs }) => [title, ...signs.map(inlineText)]),
      ),
      ...all("summary", inlineText(entry.summary).split(/[.:;]\s/)),
    ],
  };
}

/** A meaning as a document. */
export function meaningSource(meaning: Meaning, language: Language, own: boolean): Source {
  return {
    hit: { meaning },
    key: eventOf(meaning.symbol),
    language,
    own,
    phrases: meaning.phrases.length,
    units: [
      ...meaning.phrases.map((text) => ({ kind: "phrase" as const, text })),
      { kind: "title", text: meaning.meaning },
      { kind: "symbol", text: symbolWords(meaning.symbol) },
    ],
  };
}

/** The words of a symbol are English in every index. */
function unitsOf({ units, language, ...source }: Source, words: Words): Unit[] {
  const document = new Set<string>();
  return units.flatMap(({ kind, text, meaning }) => {
    const terms = [...new Set(termsOf(text, words).map(({ term }) => term))];
    if (!DESCRIBES.has(kind)) for (const term of terms) document.add(term);
    const hit = meaning ? { ...source.hit, meaning } : source.hit;
    const main = meaning !== undefined && meaning.value === source.mainCode;
    const worth = WORTH[kind];
    const own = source.own && (kind !== "symbol" || language === "en");
    const short = isSaid(kind) ? shortText(text, words) : undefined;
    if (terms.length < SHORTEST_REST && kind === "question" && holdsCode(text)) return [];
    if (terms.length === 0) return [];
    return [{ ...source, own, hit, worth, main, terms, document, ...(short ? { short } : {}) }];
  });
}

/** True for what people say or read; a symbol, a sign or a summary is none of it. */
function isSaid(kind: Kind): boolean {
  return WORTH[kind] >= THRESHOLDS.spoken;
}

/** Pairs each matched term of a unit with the question's term that it is, that it may stand for, or that it resembles. */
function pair(
  asked: readonly string[],
  matched: readonly string[],
  kin: Kin,
): ReadonlyMap<string, string> {
  const pairs = new Map(matched.filter((term) => asked.includes(term)).map((term) => [term, term]));
  for (const term of matched) {
    if (pairs.get(term) === term) continue;
    const akin = asked.filter((one) => kin(one).has(term));
    const like = asked.filter((one) => term.startsWith(one.slice(0, CAPS.prefixFrom)));
    const own = (akin.length > 0 ? akin : like).find((one) => !pairs.has(one));
    if (own !== undefined) pairs.set(own, term);
  }
  return pairs;
}

/** STATUS_ACCOUNT_DISABLED and ERROR_ACCOUNT_DISABLED are the same event; CBS_E_ and WU_E_NOT_APPLICABLE are not. */
function eventOf(symbol: string): string {
  return (sameEvent.get(symbol) ?? symbol).replace(/^(?:ERROR|STATUS|RPC_S|RPC_NT)_/, "");
}

function symbolTail(symbol: string): string {
  return symbol.replace(/^(?:ERROR|STATUS|RPC_S|RPC_NT|[A-Z]{1,8}_[EIWS]|E|S)_/, "");
}

function symbolWords(symbol: string): string {
  return symbolTail(symbol).replaceAll("_", " ").toLowerCase();
}
