import { holdsNumber, termsOf } from "./terms.ts";
import { type Words, wordsOf } from "./words.ts";

/**
 * What a text of one content word says: its term, marked where the text denies ("can't print", "sin internet"). Two such
 * texts that say the same are equal. Undefined for a text with more words, or with a number, which says more than its word.
 */
export function shortText(text: string, words: Words): string | undefined {
  if (holdsNumber(text)) return undefined;
  const [term, ...others] = new Set(termsOf(text, words).map((one) => one.term));
  if (term === undefined || others.length > 0) return undefined;
  return wordsOf(text).some((word) => words.denials.has(word)) ? `not ${term}` : term;
}
