import type { Language } from "../language.ts";
import type { Entry } from "./entry.ts";
import { type Judged, judge } from "./judge.ts";
import type { Found, Hit } from "./knowledge.ts";
import { byLanguage, LANGUAGES } from "./languages.ts";
import type { Meanings } from "./meanings.ts";
import { type Question, readQuestion } from "./question.ts";
import { isPeopleTalk, saidIn } from "./said.ts";
import { buildIndex, entrySource, meaningSource, type SearchIndex } from "./search-index.ts";
import { shortText } from "./short-text.ts";
import { termsOf } from "./terms.ts";
import { CAPS, THRESHOLDS } from "./thresholds.ts";
import { besideWishes } from "./wish.ts";
import type { Words } from "./words.ts";

/** What is searched. `covered` says which codes have an entry: their meanings belong to it. */
export type Searched = {
  entries: (language: Language) => readonly Entry[];
  meanings: Record<Language, Meanings>;
  words: Record<Language, Words>;
  covered: ReadonlyMap<string, string>;
};

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
    indexOf(language);
    if (text.trim() === "") return nothing(language);
    const beside = besideWishes(text, words[language]);
    const isProblem = beside === undefined || searchAll(beside, language).words.length > 1;
    return isProblem ? searchAll(text, language) : nothing(language);
  };

  function searchAll(text: string, language: Language): Found {
    const spoken = termsOf(text, words[language]);
    const said = saidIn(text, words[language]);
    const isTalk = isPeopleTalk(text, words[language]);
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
      if (found.hits.length > 0 && !isTalk) offered ??= found;
    }
    return offered ?? nothing(language);
  }
}

function nothing(language: Language): Found {
  return { outcome: "none", hits: [], words: [], searched: language };
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
    ...entries.map((entry) => entrySource(entry, covered(entry.id), language)),
    ...meanings
      .filter(({ key }) => !searched.covered.has(key))
      .map(({ key, meaning }) => meaningSource(meaning, language, own.has(key))),
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
    return nothing(language);
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

function decisive(winner: Judged, question: Question): string[] {
  return question.terms
    .filter(({ term }) => winner.pairs.has(term))
    .toSorted((a, b) => question.weight(b.term) - question.weight(a.term))
    .slice(0, MAX_WORDS)
    .map(({ as }) => as);
}
