import type { Question } from "./question.ts";
import type { Match, SearchIndex } from "./search-index.ts";
import { sum } from "./sum.ts";
import { THRESHOLDS } from "./thresholds.ts";

/** A unit with how well it fits, its rank among others, and whether that is an answer. */
export type Judged = Match & { fit: number; rank: number; good: boolean };

/**
 * Ranks a unit by what it shares with the question, times how much of it that is, plus what its whole document shares; all
 * in units of the rarest word. A document with more phrases ranks higher: authors write more about what is met more. It is
 * good from a certain fit on, and two words alone only when they stand near each other and are nearly all of the unit or of
 * the question. What a program says in just the unit's words is that unit; words that may only stand for others bear no answer.
 */
export function judge(index: SearchIndex, match: Match, question: Question): Judged {
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
  const isQuoted =
    isSpoken &&
    pairs.size === question.said.size &&
    [...pairs.keys()].every((term) => question.said.has(term));
  const isVerbatim = isQuoted || (isSpoken && pairs.size === question.terms.length);
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
  const isBorne = [...pairs].filter(([asked, term]) => !index.kin(asked).has(term)).length > 1;
  const good = isBorne && (isSame || isQuoted || (telling && fit >= THRESHOLDS.enough));
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
