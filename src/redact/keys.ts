import { inPlainSpelling } from "./plain-spelling.ts";
import { byPattern, type Rule, type RuleGroup, type Span } from "./rule.ts";

const GROUP_GAP = "(?:[ \\t\\u00A0]{0,2}[-\\u2010-\\u2015][ \\t\\u00A0]{0,2}|[ \\t\\u00A0]{1,3})";
const GROUPS_OF_SIX = new RegExp(
  `(?<!\\d|\\d[-\\u2010-\\u2015])\\d{6}(?:${GROUP_GAP}\\d{6}){7}(?!\\d|${GROUP_GAP}\\d{6})`,
  "g",
);
const ONE_RUN = /(?<![0-9A-Za-z])\d{48}(?![0-9A-Za-z])/g;
const LONGER_GROUPS = new RegExp(
  `(?<!\\d|\\d[-\\u2010-\\u2015])\\d{6,7}(?:${GROUP_GAP}\\d{6,7}){7,8}(?!\\d)`,
  "g",
);
const LETTERS = "[BCDFGHJKMNPQRTVWXY2-9]{5}";

/** The largest group of a recovery key is 65,535 times 11 (Microsoft, BitLocker team's blog). */
const LARGEST_GROUP = 720_885;

const RULES: readonly Rule[] = [
  { kind: "recovery-key", secret: true, find: (text) => groups(text).filter(isRecoveryKey(text)) },
  {
    kind: "number-key",
    secret: false,
    find: (text) => groups(text).filter((span) => !isRecoveryKey(text)(span)),
  },
  { kind: "number-key", secret: false, find: byPattern(LONGER_GROUPS) },
  {
    kind: "product-key",
    secret: false,
    find: byPattern(new RegExp(`(?<![A-Z0-9-])${LETTERS}(?:-${LETTERS}){4}(?![A-Z0-9-])`, "gi")),
  },
];

const CUE = new RegExp(`\\d{6}${GROUP_GAP}\\d{6}|\\d{48}|-${LETTERS}-`, "i");

/**
 * Keys that are printed in groups. Eight groups of six digits are named a BitLocker recovery key where each is a multiple
 * of 11; a mistyped key or an activation's number has the same shape and is masked as well. Product keys and those numbers
 * are masked without telling anybody: public generic ones are pasted all the time.
 */
export const keyRules: RuleGroup = { cue: CUE, rules: RULES.map(inPlainSpelling) };

function groups(text: string): Span[] {
  const spans = [...byPattern(GROUPS_OF_SIX)(text), ...byPattern(ONE_RUN)(text)];
  return spans.sort((a, b) => a.start - b.start);
}

function isRecoveryKey(text: string): (span: Span) => boolean {
  return ({ start, end }) => {
    const digits = text.slice(start, end).replace(/\D/g, "");
    const numbers = digits.match(/\d{6}/g) ?? [];
    return numbers.every((group) => Number(group) % 11 === 0 && Number(group) <= LARGEST_GROUP);
  };
}
