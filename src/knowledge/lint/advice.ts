import { findGroups, readGroup, stemsOf } from "../near.ts";
import { tokensOf, type Words } from "../words.ts";
import type { Fault } from "./fault.ts";
import { textsIn } from "./texts.ts";

const ADVICE = new Set(["title", "do", "undo", "practice", "expect", "verify"]);
const NEAR = 7;

/**
 * Finds advice in steps that no step may give (`dangers` of words.yaml) unless it is negated, and clicks that change
 * something in a read-only step. `tree` is an entry or overlay; `readOnly` holds the ids of the read-only steps.
 */
export function lintAdvice(
  tree: { steps: unknown; verify?: unknown },
  words: Words,
  readOnly: ReadonlySet<string>,
): Fault[] {
  const groups = words.dangers.map((danger) => readGroup(danger, words, danger));
  return textsIn({ steps: tree.steps, verify: tree.verify })
    .filter(({ field }) => ADVICE.has(field))
    .flatMap(({ at, field, text }): Fault[] => {
      const tokens = tokensOf(text);
      const danger = findGroups(stemsOf(tokens, words), groups, NEAR)[0];
      const negated = tokens.some((token) => words.negations.has(token.word));
      if (danger && !negated)
        return [{ at, text: `no step may say this ("${danger.means}"): it removes a protection` }];
      const first = tokens[0]?.word ?? "";
      if (field === "do" && readOnly.has(String(at[1])) && words.changingVerbs.has(first))
        return [
          {
            at,
            text: `"${tokens[0]?.as}" changes something and the step says read-only: make the risk reversible or disruptive`,
          },
        ];
      return [];
    });
}
