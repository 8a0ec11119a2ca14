/**
 * The ratios by which search decides, all relative, never an absolute score. A unit is one text of a document: a phrase,
 * a question, a title, one sentence of a summary. Fitted on the practice questions.
 */
export const THRESHOLDS = {
  /** Terms of average rarity that a unit and the question must share. */
  shared: 1.2,
  /** Share of a unit (weighted by rarity) in the question that is enough by itself. */
  contained: 0.8,
  /** The same when only two words are shared: nearly all of the unit. */
  containedFew: 0.95,
  /** Share of the question's rare words from which a contained unit is the question itself, however common its words. */
  same: 0.75,
  /** Share of a unit, and of the question's rare words, that are enough together. */
  containedPartly: 0.5,
  coverage: 0.5,
  /** What words far from each other in the question are worth for `contained`. */
  scattered: 0.6,
  /** The first must rank this many times as high as the second to win alone. */
  margin: 1.25,
  /** Candidates within this share of the first are offered beside it. */
  close: 0.7,
  /** Weight of a word that no document has, as a share of the rarest known word's. */
  unknown: 0.5,
  /** Weight of a word that was matched by its beginning or with a spelling mistake. */
  inexact: 0.6,
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
  /** Units that are looked at more closely. */
  units: 60,
  /** Places of one term in a question that are compared. */
  places: 64,
  choices: 3,
} as const;
