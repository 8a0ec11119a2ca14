import MiniSearch, { type SearchResult } from "minisearch";
import { inlineText } from "../card.ts";
import type { Entry, Meaning } from "./entry.ts";
import type { Hit } from "./knowledge.ts";
import { termsOf } from "./terms.ts";
import { CAPS } from "./thresholds.ts";
import type { Words } from "./words.ts";

/**
 * What each field of a document is worth. `phrases` is on-screen wording and what people type, `title` says what it is,
 * `questions` are whole questions, `names` product words and the words of a symbol, `causes` only break ties.
 */
const BOOST = { phrases: 3, title: 2.5, questions: 2, names: 1.5, summary: 1, causes: 0.5 };
type Field = keyof typeof BOOST;
const FIELDS = Object.keys(BOOST) as Field[];

/** A candidate: what it is, its raw score, and the question's terms that it has. */
export type Candidate = {
  hit: Hit;
  key: string;
  score: number;
  terms: readonly string[];
  phrases: readonly string[][];
};

/** The index of one language: documents, how rare each term is, and the ranked candidates for some terms. */
export type SearchIndex = {
  rarity(term: string): number | undefined;
  /** The weight of a term that one document has. */
  rarest: number;
  /** The mean weight of the index' terms. */
  usual: number;
  candidates(terms: readonly string[]): Candidate[];
};

type Source = { hit: Hit; key: string; fields: Partial<Record<Field, string[]>> };
type Indexed = Pick<Source, "hit" | "key"> & { phrases: string[][] };

/** Builds the index of one language over entries and over meanings that no entry covers. */
export function buildIndex(sources: readonly Source[], words: Words): SearchIndex {
  const documents: Indexed[] = [];
  const seenIn = new Map<string, number>();
  const engine = new MiniSearch<{ id: number } & Record<Field, string>>({
    fields: FIELDS,
    tokenize: (text) => text.split(" "),
    processTerm: (term) => term,
  });
  const rows = sources.map(({ hit, key, fields }, id) => {
    const lists = FIELDS.map((field) =>
      (fields[field] ?? []).map((text) => plainTerms(text, words)),
    );
    for (const term of new Set(lists.flat(2))) seenIn.set(term, (seenIn.get(term) ?? 0) + 1);
    const phrases = ["phrases", "questions", "names"].flatMap(
      (field) => lists[FIELDS.indexOf(field as Field)] ?? [],
    );
    documents.push({ hit, key, phrases: phrases.filter((phrase) => phrase.length > 1) });
    const texts = FIELDS.map((field, i) => [field, (lists[i] ?? []).flat().join(" ")] as const);
    return { id, ...(Object.fromEntries(texts) as Record<Field, string>) };
  });
  engine.addAll(rows);
  const rarity = (count: number) => Math.log(1 + (sources.length - count + 0.5) / (count + 0.5));
  const weights = [...seenIn.values()].map(rarity);
  return {
    rarity: (term) => {
      const count = seenIn.get(term);
      return count === undefined ? undefined : rarity(count);
    },
    rarest: rarity(1),
    usual: weights.reduce((sum, weight) => sum + weight, 0) / Math.max(1, weights.length),
    candidates: (terms) =>
      engine
        .search(terms.join(" "), OPTIONS)
        .slice(0, 20)
        .map((found) => candidate(found, documents))
        .filter((one) => one !== undefined),
  };
}

/** An entry as a document; `phrases` of the meanings that it covers are added. */
export function entrySource(entry: Entry, covered: readonly Meaning[]): Source {
  return {
    hit: { entry: entry.id },
    key: entry.id,
    fields: {
      phrases: [...entry.aliases.phrases, ...covered.flatMap((meaning) => meaning.phrases)],
      title: [entry.title],
      questions: entry.questions,
      names: [...entry.aliases.names, ...covered.map((meaning) => symbolWords(meaning.symbol))],
      summary: [inlineText(entry.summary)],
      causes: [
        ...entry.causes.flatMap((cause) => [cause.title, ...cause.signs.map(inlineText)]),
        ...entry.contexts.flatMap((context) => [context.title, ...context.cues]),
      ],
    },
  };
}

/** A meaning as a document. */
export function meaningSource(meaning: Meaning): Source {
  return {
    hit: { meaning },
    key: symbolTail(meaning.symbol),
    fields: {
      phrases: meaning.phrases,
      title: [meaning.meaning],
      names: [symbolWords(meaning.symbol)],
    },
  };
}

const OPTIONS = {
  boost: BOOST,
  combineWith: "OR" as const,
  prefix: (term: string) => term.length >= CAPS.prefixFrom,
  fuzzy: (term: string) => (term.length >= CAPS.fuzzyFrom ? 0.2 : false),
  weights: { fuzzy: 0.4, prefix: 0.5 },
};

function candidate(found: SearchResult, documents: readonly Indexed[]): Candidate | undefined {
  const document = documents[Number(found.id)];
  return document && { ...document, score: found.score, terms: found.queryTerms };
}

function plainTerms(text: string, words: Words): string[] {
  return termsOf(text, words).map(({ term }) => term);
}

/** STATUS_ACCOUNT_DISABLED and ERROR_ACCOUNT_DISABLED say the same: what is left without the prefix. */
function symbolTail(symbol: string): string {
  return symbol.replace(/^(?:ERROR|STATUS|SEC_E|RPC_S|RPC_NT|[A-Z]{1,8}_[EIWS]|E|S)_/, "");
}

function symbolWords(symbol: string): string {
  return symbolTail(symbol).replaceAll("_", " ").toLowerCase();
}
