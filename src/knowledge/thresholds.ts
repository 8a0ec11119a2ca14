/**
 * The ratios by which search decides, all relative, never an absolute score. A unit is one text of a document: a phrase,
 * a question, a title, one sentence of a summary. Fitted on test/questions and on others that are kept elsewhere.
 */
export const THRESHOLDS = {
  /** Fit from which a document is an answer, in weights of the rarest word. */
  enough: 1.6,
  /** Fit from which it is offered where somebody reports what a program says. */
  likely: 1.1,
  /** What the words that a document shares are worth beside those of its best unit. */
  document: 0.6,
  /** Terms of a usual document, and how much a longer one loses: its length in usual ones to this power. */
  usualDocument: 45,
  long: 0.1,
  /** What each phrase of a document adds to its rank, and how many count. */
  phrase: 0.15,
  phrases: 4,
  /** What a unit gains whose neighbouring words are neighbours in the question too. */
  together: 0.3,
  /** What another unit of the same document adds that shares other words of the question. */
  second: 0.2,
  /** How much a unit loses for what is not in the question: its contained share to this power. */
  whole: 0.7,
  /** A unit that is worth less than so many of the rarest words counts as that long. */
  shortest: 0.8,
  /** Two shared words are enough only when they are so much of the unit, or of the question. */
  containedFew: 0.95,
  coverageFew: 0.5,
  /** Share of the question from which a unit that is wholly in it is the question itself, however common its words. */
  same: 0.75,
  /** What such a unit must be worth: wording of people and screens, no symbol. */
  spoken: 0.85,
  /** What one is worth that has exactly the question's words. */
  verbatim: 1.2,
  /** Share of the rarest word's weight from which a word may be a whole question: "printer" is one, "error" is none. */
  alone: 0.29,
  /** Terms of the question between two words that still belong together. */
  near: 4,
  /** The first must rank this many times as high as the second to win alone, but for an entry before a code without one. */
  margin: 1.1,
  /** Candidates within this share of the first are offered beside it. */
  close: 0.8,
  /** Share of an entry's rank from which one of its codes is what was described. */
  code: 0.5,
  /** Weight of a word that no document has, as a share of the rarest known word's. */
  unknown: 0.7,
  /** Weight of a word that was matched by its beginning or with a spelling mistake. */
  inexact: 0.6,
  /** Weight of a word that may stand for another. */
  related: 0.5,
  /** Words from which what somebody reports of a program is a report; the weight of its words, and of those beside it. */
  report: 3,
  said: 1.1,
  beside: 0.5,
} as const;

/** Caps before the index (uncapped, 20,000 one-letter terms exhaust the heap; measured). */
export const CAPS = {
  /** UTF-16 units of a question that words are taken from. */
  text: 16_000,
  /** Distinct terms of a question, the rarest first. */
  terms: 24,
  termLength: 32,
  prefixFrom: 4,
  fuzzyFrom: 5,
  /** Units that the index scores, and those that are looked at more closely. */
  listed: 160,
  units: 80,
  choices: 3,
} as const;
