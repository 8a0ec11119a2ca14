import { CAPS } from "./thresholds.ts";
import { foldText, type Words } from "./words.ts";

const CLAUSE = /(?<=[.!?,;:]["”»)]*\s|\n)/u;

/**
 * What stands beside the clauses in which somebody asks to be given or told something ("can you add me to the channel", "I
 * need a second monitor"): a wish names the things that errors are about, and is none. Undefined where nobody wishes, or
 * speaks of trouble.
 */
export function besideWishes(whole: string, { wishes, troubles }: Words): string | undefined {
  const text = whole.slice(0, CAPS.text);
  const isIn = (pattern: RegExp, part: string) => foldText(part).search(pattern) >= 0;
  if (!isIn(wishes, text) || isIn(troubles, text)) return undefined;
  const clauses = text.split(CLAUSE);
  return clauses.filter((clause) => !isIn(wishes, clause)).join("");
}
