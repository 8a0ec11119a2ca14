import type { Language } from "../language.ts";
import type { Entry } from "./entry.ts";
import type { Found, Hit } from "./knowledge.ts";
import { byLanguage, LANGUAGES } from "./languages.ts";
import type { Meanings } from "./meanings.ts";
import { saidIn } from "./said.ts";
import {
  buildIndex,
  entrySource,
  type Match,
  meaningSource,
  type SearchIndex,
} from "./search-index.ts";
import { shortText } from "./short-text.ts";
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

/**
 * The distinct terms of a question, all of them in order, and what those that count are worth together. `stress`: where a
 * program's message is reported its words weigh more than those around it.
 */
type Question = {
  terms: Term[];
  order: readonly string[];
  weight: (term: string) => number;
  isReport: boolean;
  stress: (term: string) => number;
  counted: ReadonlySet<string>;
  total: number;
  /** What a question of one word says; see `shortText`. */
  short?: string | undefined;
};
type Judged = Match & { fit: number; rank: number; good: boolean };

const MAX_WORDS = 6;
const NONE: ReadonlySet<string> = new Set();

/**
 * Makes the symptom search. The language of the question is asked first, the others only when it abstains; scores of two
 * indexes are never compared. Codes and symbols in the text are left out: they are not found here.
 */
export function createSearch(searched: Searched): (text: string, language: Language) => Found {
  const words = withAllLanguages(searched.words);
  const indexes = new Map<Language, SearchIndex>();
  const indexOf = (language: Language) => {
    const index = indexes.get(language) ?? buildLanguage({ ...searched, words }, language);
    indexes.set(language, index);
    return index;
  };
  return (text, language) => {
    const spoken = termsOf(text, words[language]);
    const said = saidIn(text, words[language]);
    const known = new Set(
      spoken.flatMap(({ term, as }) => (indexOf(language).has(term) ? [as] : [])),
    );
    let offered: Found | undefined;
    for (const one of [language, ...LANGUAGES.filter((other) => other !== language)]) {
      const index = indexOf(one);
      const isOther = one !== language;
      const terms = isOther ? termsOf(text, words[one]) : spoken;
      const reported = termsOf(said, words[one]);
      const question = {
        ...readQuestion(index, terms, reported, isOther ? known : NONE),
        short: shortText(text, words[one]),
      };
      const { found, isSure } = searchIn(index, question, one, isOther);
      if (isSure) return found;
      if (found.hits.length > 0) offered ??= found;
    }
    return offered ?? { outcome: "none", hits: [], words: [], searched: language };
  };
}

/** The words of each language with the words of all that say little or deny: an index holds English texts for want of a translation. */
function withAllLanguages(words: Record<Language, Words>): Record<Language, Words> {
  const all = (list: "stopWords" | "denials") =>
    new Set(Object.values(words).flatMap((one) => [...one[list]]));
  const [stopWords, denials] = [all("stopWords"), all("denials")];
  return byLanguage((language) => ({ ...words[language], stopWords, denials }));
}

function buildLanguage(searched: Searched, language: Language): SearchIndex {
  const english = searched.meanings.en;
  const own = searched.meanings[language];
  const meanings = [...new Set([...english.keys(), ...own.keys()])].flatMap((key) => {
    const meaning = own.get(key) ?? english.get(key);
    return meaning ? [{ key, meaning }] : [];
  });
  const covered = (id: string) =>
    meanings.filter(({ key }) => searched.covered.get(key) === id).map(({ meaning }) => meaning);
  const entries = searched.entries(language);
  const sources = [
    ...entries.map((entry) => entrySource(entry, covered(entry.id), entry.language === language)),
    ...meanings
      .filter(({ key }) => !searched.covered.has(key))
      .map(({ key, meaning }) => meaningSource(meaning, own.has(key))),
  ];
  return buildIndex(sources, searched.words[language]);
}

/** `ownOnly` leaves out what stands in the index only for want of a translation: it was searched already. */
function searchIn(
  index: SearchIndex,
  question: Question,
  language: Language,
  ownOnly: boolean,
): { found: Found; isSure: boolean } {
  const said = question.short === undefined ? [] : index.saying(question.short);
  const short = said.filter(({ own }) => own || !ownOnly).map(({ hit }) => hit);
  if (short.length > 0 && short.length <= CAPS.choices) {
    const outcome = short.length === 1 ? "one" : "choices";
    const words = question.terms.map(({ as }) => as);
    return { found: { outcome, hits: short, words, searched: language }, isSure: true };
  }
  const judged = index
    .matches(question.terms.map(({ term }) => term))
    .map((match) => judge(index, match, question))
    .filter(({ unit, pairs }) => pairs.size > 1 && (unit.own || !ownOnly))
    .sort((a, b) => b.rank - a.rank);
  const distinct = [...Map.groupBy(judged, ({ unit }) => unit.key).values()]
    .map(withSecond)
    .sort((a, b) => b.rank - a.rank);
  const hitOf = (one: Judged) => closest(one, judged);
  const first = distinct.find(({ good }) => good);
  if (!first) return { found: near(distinct, question, language, hitOf), isSure: false };
  const words = decisive(first, question);
  const hits = distinct
    .filter(({ rank }) => rank >= first.rank * THRESHOLDS.close)
    .slice(0, CAPS.choices)
    .map(hitOf);
  const alone = distinct.every(
    (other) => other === first || first.rank >= other.rank * marginBetween(first, other),
  );
  const found: Found = alone
    ? { outcome: "one", hits: [hitOf(first)], words, searched: language }
    : { outcome: "choices", hits, words, searched: language };
  return { found, isSure: true };
}

/** Nothing is good enough; where somebody reports what a program says, what comes near it is offered all the same. */
function near(
  [best, ...others]: readonly Judged[],
  question: Question,
  language: Language,
  hitOf: (one: Judged) => Hit,
): Found {
  if (!best || !question.isReport || best.fit < THRESHOLDS.likely || others.length === 0) {
    return { outcome: "none", hits: [], words: [], searched: language };
  }
  const hits = [best, ...others].slice(0, CAPS.choices).map(hitOf);
  return { outcome: "choices", hits, words: decisive(best, question), searched: language };
}

function marginBetween(first: Judged, other: Judged): number {
  const isGuided = first.unit.hit.entry !== undefined && other.unit.hit.entry === undefined;
  return isGuided ? 1 : THRESHOLDS.margin;
}

/** The best unit of a document; one more that shares other words of the question adds to its rank. */
function withSecond(units: readonly Judged[]): Judged {
  const [best, ...others] = units as [Judged, ...Judged[]];
  const second = others.find(({ pairs }) =>
    [...pairs.keys()].some((term) => !best.pairs.has(term)),
  );
  return { ...best, rank: best.rank + THRESHOLDS.second * (second?.rank ?? 0) };
}

/** A unit's hit, with the code of its entry that the question describes nearly as well; of two close ones the main code. */
function closest({ unit, rank }: Judged, judged: readonly Judged[]): Hit {
  const coded = judged.filter(
    (other) =>
      other.unit.key === unit.key && other.unit.hit.meaning && other.rank >= rank * THRESHOLDS.code,
  );
  const least = (coded[0]?.rank ?? 0) / THRESHOLDS.margin;
  const main = coded.find((other) => other.unit.main && other.rank >= least);
  return (main ?? coded[0])?.unit.hit ?? unit.hit;
}

/**
 * The distinct terms of a question, the rarest when there are too many, and what each is worth. Words that are `foreign` to
 * the language of the index may be missed for nothing: people drop a message of one Windows into a sentence of their own.
 */
function readQuestion(
  index: SearchIndex,
  all: Term[],
  reported: Term[],
  foreign: ReadonlySet<string>,
): Question {
  const weight = (term: string) => index.rarity(term) ?? index.rarest * THRESHOLDS.unknown;
  const distinct = [...new Map(all.map((one) => [one.term, one])).values()];
  const known = ({ term }: Term) => index.rarity(term) ?? 0;
  const terms =
    distinct.length <= CAPS.terms
      ? distinct
      : distinct.toSorted((a, b) => known(b) - known(a)).slice(0, CAPS.terms);
  const order = all.map(({ term }) => term);
  const said = new Set(reported.map(({ term }) => term));
  const isReport = said.size > 2;
  const stress = (term: string) => (said.has(term) ? THRESHOLDS.said : THRESHOLDS.beside);
  const counted = new Set(terms.filter(({ as }) => !foreign.has(as)).map(({ term }) => term));
  return {
    terms,
    order,
    weight,
    isReport,
    stress: isReport ? stress : () => 1,
    counted,
    total: sum([...counted].map(weight)),
  };
}

/**
 * Ranks a unit by what it shares with the question, times how much of it that is, plus what its whole document shares; all
 * in units of the rarest word. A document with more phrases ranks higher: authors write more about what is met more. It is
 * good from a certain fit on, and two words alone only when they stand near each other and are nearly all of the unit or of
 * the question.
 */
function judge(index: SearchIndex, match: Match, question: Question): Judged {
  const { unit, pairs } = match;
  const rare = (term: string) => (index.rarity(term) ?? 0) / index.rarest;
  const likeness = (asked: string, term: string) => {
    if (asked === term) return 1;
    return index.kin(asked).has(term) ? THRESHOLDS.related : THRESHOLDS.inexact;
  };
  const { stress } = question;
  const worths = [...pairs].map(
    ([asked, term]) => [asked, rare(term) * likeness(asked, term)] as const,
  );
  const shared = sum(worths.map(([asked, each]) => each * stress(asked)));
  const contained =
    sum(worths.map(([, each]) => each)) / Math.max(sum(unit.terms.map(rare)), THRESHOLDS.shortest);
  const inDocument = question.terms.filter(({ term }) => unit.document.has(term));
  const length = Math.max(1, unit.document.size / THRESHOLDS.usualDocument);
  const document =
    sum(inDocument.map(({ term }) => rare(term) * stress(term))) / length ** THRESHOLDS.long;
  const covered = inDocument.filter(({ term }) => question.counted.has(term));
  const known = sum(covered.map(({ term }) => question.weight(term)));
  const coverage = question.total === 0 ? 0 : known / question.total;
  const isSpoken = unit.worth >= THRESHOLDS.spoken && pairs.size === unit.terms.length;
  const isVerbatim = isSpoken && pairs.size === question.terms.length;
  const worth = isVerbatim ? THRESHOLDS.verbatim : unit.worth;
  const together = neighbours(match, question.order);
  const fit = worth * shared * contained ** THRESHOLDS.whole + THRESHOLDS.document * document;
  const rank =
    fit *
    (1 + THRESHOLDS.together * together) *
    (1 + THRESHOLDS.phrase * Math.min(unit.phrases, THRESHOLDS.phrases));
  const few = contained >= THRESHOLDS.containedFew || coverage >= THRESHOLDS.coverageFew;
  const telling = pairs.size > 2 || (few && areNear([...pairs.keys()], question.order));
  const isSame = isSpoken && coverage >= THRESHOLDS.same;
  const good = pairs.size > 1 && (isSame || (telling && fit >= THRESHOLDS.enough));
  return { ...match, fit, rank, good };
}

/** The share of a unit's neighbouring terms that are neighbours in the question too, at most one word apart. */
function neighbours({ unit: { terms }, pairs }: Match, order: readonly string[]): number {
  const asked = new Map([...pairs].map(([own, term]) => [term, own]));
  const together = terms.filter((term, i) => {
    const from = asked.get(term);
    const to = asked.get(terms[i + 1] ?? "");
    if (from === undefined || to === undefined) return false;
    return order.some(
      (one, at) => one === from && [-2, -1, 1, 2].some((apart) => order[at + apart] === to),
    );
  });
  return together.length / Math.max(1, terms.length - 1);
}

/** True when all of the terms stand within a few words of each other. */
function areNear(terms: readonly string[], order: readonly string[]): boolean {
  const last = new Map<string, number>();
  return order.some((term, at) => {
    if (terms.includes(term)) last.set(term, at);
    return last.size === terms.length && at - Math.min(...last.values()) <= THRESHOLDS.near;
  });
}

function decisive(winner: Judged, question: Question): string[] {
  return question.terms
    .filter(({ term }) => winner.pairs.has(term))
    .toSorted((a, b) => question.weight(b.term) - question.weight(a.term))
    .slice(0, MAX_WORDS)
    .map(({ as }) => as);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
