import type { Language } from "../language.ts";
import { codeKey } from "./code-key.ts";
import type { Entry, Meaning } from "./entry.ts";
import type { Found } from "./knowledge.ts";
import type { Meanings } from "./meanings.ts";
import {
  buildIndex,
  type Candidate,
  entrySource,
  meaningSource,
  type SearchIndex,
} from "./search-index.ts";
import { type Term, termsOf } from "./terms.ts";
import { CAPS, THRESHOLDS } from "./thresholds.ts";
import type { Words } from "./words.ts";

/** What is searched. `covered` says which codes have an entry: their meanings belong to it. */
export type Searched = {
  entries: (language: Language) => readonly Entry[];
  meanings: Record<Language, Meanings>;
  words: Record<Language, Words>;
  covered: ReadonlyMap<string, string>;
};

type Question = { terms: Term[]; weight: (term: string) => number; total: number };
type Judged = Candidate & { coverage: number; phrase: number; rank: number };

const MAX_WORDS = 6;

/**
 * Makes the symptom search. The language of the question is asked first, the others only when it abstains; scores of two
 * indexes are never compared. Codes and symbols in the text are left out: they are not found here.
 */
export function createSearch(searched: Searched): (text: string, language: Language) => Found {
  const indexes = new Map<Language, SearchIndex>();
  const indexOf = (language: Language) => {
    const index = indexes.get(language) ?? buildLanguage(searched, language);
    indexes.set(language, index);
    return index;
  };
  return (text, language) => {
    const others = (Object.keys(searched.words) as Language[]).filter((one) => one !== language);
    let found: Found = { outcome: "none", hits: [], words: [], searched: language };
    for (const one of [language, ...others]) {
      found = searchIn(indexOf(one), termsOf(text, searched.words[one]), one);
      if (found.outcome !== "none") return found;
    }
    return { ...found, searched: language };
  };
}

function buildLanguage(searched: Searched, language: Language): SearchIndex {
  const english = searched.meanings.en;
  const own = searched.meanings[language];
  const meanings = [...new Set([...english.keys(), ...own.keys()])].flatMap(
    (key) => own.get(key) ?? english.get(key) ?? [],
  );
  const keyOf = (meaning: Meaning) => codeKey(meaning.value, meaning.family);
  const coveredBy = (id: string) =>
    meanings.filter((meaning) => searched.covered.get(keyOf(meaning)) === id);
  return buildIndex(
    [
      ...searched.entries(language).map((entry) => entrySource(entry, coveredBy(entry.id))),
      ...meanings.filter((meaning) => !searched.covered.has(keyOf(meaning))).map(meaningSource),
    ],
    searched.words[language],
  );
}

function searchIn(index: SearchIndex, terms: Term[], language: Language): Found {
  const question = readQuestion(index, terms);
  const judged = index
    .candidates(question.terms.map(({ term }) => term))
    .map((candidate) => judge(index, candidate, question))
    .filter((one) => one.coverage >= THRESHOLDS.coverage || one.phrase >= THRESHOLDS.phrase)
    .sort((a, b) => b.rank - a.rank);
  const distinct = judged.filter(
    (one, i) => judged.findIndex((other) => other.key === one.key) === i,
  );
  const [first, second] = distinct;
  if (!first) return { outcome: "none", hits: [], words: [], searched: language };
  const words = decisive(first, question);
  if (!second || first.rank >= second.rank * THRESHOLDS.margin)
    return { outcome: "one", hits: [first.hit], words, searched: language };
  const close = distinct.filter((one) => one.rank >= first.rank * THRESHOLDS.close);
  return {
    outcome: "choices",
    hits: close.slice(0, CAPS.choices).map((one) => one.hit),
    words,
    searched: language,
  };
}

/** The distinct terms of a question, the rarest first when there are too many, and what each is worth. */
function readQuestion(index: SearchIndex, terms: Term[]): Question {
  const weight = (term: string) => index.rarity(term) ?? index.rarest * THRESHOLDS.unknown;
  const distinct = [...new Map(terms.map((one) => [one.term, one])).values()];
  const kept =
    distinct.length <= CAPS.terms
      ? distinct
      : distinct.toSorted((a, b) => rarityOf(index, b) - rarityOf(index, a)).slice(0, CAPS.terms);
  return { terms: kept, weight, total: kept.reduce((sum, { term }) => sum + weight(term), 0) };
}

function rarityOf(index: SearchIndex, { term }: Term): number {
  return index.rarity(term) ?? 0;
}

function judge(index: SearchIndex, candidate: Candidate, question: Question): Judged {
  const has = new Set(candidate.terms);
  const matched = [...has].reduce((sum, term) => sum + question.weight(term), 0);
  const coverage = question.total === 0 || has.size < 2 ? 0 : matched / question.total;
  const phrase = Math.max(0, ...candidate.phrases.map((one) => phraseShare(index, one, has)));
  return {
    ...candidate,
    coverage,
    phrase,
    rank: candidate.score * (0.5 + coverage) * (0.5 + phrase),
  };
}

/** How much of a phrase stands in the question, weighted by rarity; 0 when the phrase is worth too little. */
function phraseShare(
  index: SearchIndex,
  phrase: readonly string[],
  has: ReadonlySet<string>,
): number {
  const worth = (terms: readonly string[]) =>
    terms.reduce((sum, term) => sum + (index.rarity(term) ?? 0), 0);
  const whole = [...new Set(phrase)];
  const total = worth(whole);
  if (total < THRESHOLDS.phraseWorth * index.usual) return 0;
  return worth(whole.filter((term) => has.has(term))) / total;
}

function decisive(winner: Judged, question: Question): string[] {
  const has = new Set(winner.terms);
  return question.terms
    .filter(({ term }) => has.has(term))
    .toSorted((a, b) => question.weight(b.term) - question.weight(a.term))
    .slice(0, MAX_WORDS)
    .map(({ as }) => as);
}
