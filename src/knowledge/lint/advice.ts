import { findGroups, stemsOf } from "../near.ts";
import { type Token, tokensOf, type Words } from "../words.ts";
import type { Fault } from "./fault.ts";
import type { Placed } from "./texts.ts";

const ADVICE = new Set(["title", "do", "undo", "practice", "expect", "verify"]);
const NEAR = 7;

/**
 * Finds advice in steps that no step may give (`dangers` of words.yaml) unless its sentence negates it, and clicks that
 * change something in a read-only step. `texts` are those of an entry or overlay; `readOnly` holds the ids of the
 * read-only steps.
 */
export function lintAdvice(
  texts: readonly Placed[],
  words: Words,
  readOnly: ReadonlySet<string>,
): Fault[] {
  return texts.flatMap(({ at, field, text }): Fault[] => {
    if (!ADVICE.has(field) || (at[0] !== "steps" && at[0] !== "verify")) return [];
    const danger = text.split(SENTENCE).map((sentence) => dangerIn(tokensOf(sentence), words));
    const found = danger.find((one) => one !== undefined);
    if (found) return [{ at, text: `no step may say this ("${found}"): it removes a protection` }];
    const [first] = tokensOf(text.slice(0, 60));
    if (
      !first ||
      field !== "do" ||
      !readOnly.has(String(at[1])) ||
      !words.changingVerbs.has(first.word)
    )
      return [];
    const says = `"${first.as}" changes something and the step says read-only`;
    return [{ at, text: `${says}: make the risk reversible or disruptive` }];
  });
}

const SENTENCE = /[.;:!?]\s|\n/;

function dangerIn(tokens: readonly Token[], words: Words): string | undefined {
  const danger = findGroups(stemsOf(tokens, words), words.dangers, NEAR)[0];
  if (!danger) return undefined;
  const before = tokens.slice(0, danger.at + 1);
  return before.some((token) => words.negations.has(token.word)) ? undefined : danger.means;
}
