import type { SearchIndex } from "./search-index.ts";
import { sum } from "./sum.ts";
import type { Term } from "./terms.ts";
import { CAPS, THRESHOLDS } from "./thresholds.ts";

/**
 * The distinct terms of a question, all of them in order, and what those that count are worth together. `stress`: where a
 * program's message is reported its words weigh more than those around it.
 */
export type Question = {
  terms: Term[];
  order: readonly string[];
  weight: (term: string) => number;
  isReport: boolean;
  /** The terms of what a program says. */
  said: ReadonlySet<string>;
  stress: (term: string) => number;
  counted: ReadonlySet<string>;
  total: number;
  /** What a question of one word says; see `shortText`. */
  short?: string | undefined;
};

/**
 * The distinct terms of a question, the rarest when there are too many, and what each is worth. Words that are `foreign` to
 * the language of the index may be missed for nothing: people drop a message of one Windows into a sentence of their own.
 */
export function readQuestion(
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
  const isReport = said.size >= THRESHOLDS.report;
  const stress = (term: string) => (said.has(term) ? THRESHOLDS.said : THRESHOLDS.beside);
  const counted = new Set(terms.filter(({ as }) => !foreign.has(as)).map(({ term }) => term));
  return {
    terms,
    order,
    weight,
    isReport,
    said,
    stress: isReport ? stress : () => 1,
    counted,
    total: sum([...counted].map(weight)),
  };
}
