/**
 * The ratios by which search decides, all relative, never an absolute score. Fitted on the practice questions with
 * `npm run bench -- ranking`.
 */
export const THRESHOLDS = {
  /** Share of the question's rare words (weighted by rarity) that a candidate must have. */
  coverage: 0.5,
  /** Share of one known phrase (weighted by rarity) that must stand in the question, for a candidate below `coverage`. */
  phrase: 0.85,
  /** What a phrase must at least be worth, in words of average rarity. */
  phraseWorth: 1.9,
  /** The first must score this many times the second to win alone. */
  margin: 1.22,
  /** Candidates within this share of the first are offered beside it. */
  close: 0.72,
  /** Weight of a word that no document has, as a share of the rarest known word's. */
  unknown: 0.45,
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
  choices: 3,
} as const;
