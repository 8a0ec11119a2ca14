import { findGroups, indexGroups, stemsOf } from "../near.ts";
import { foldWord, type Token, tokensOf, type Words } from "../words.ts";
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
    const found = dangerOf(text, words);
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

/** The first danger of a text. Most texts have not even the longest word of one: they are not taken apart. */
function dangerOf(text: string, words: Words): string | undefined {
  const plain = foldWord(text);
  const near = words.dangers.some(({ stems }) => {
    const longest = stems.reduce((a, b) => (b.length > a.length ? b : a), "");
    return plain.includes(longest);
  });
  if (!near) return undefined;
  return text
    .split(SENTENCE)
    .map((sentence) => dangerIn(tokensOf(sentence), words))
    .find((danger) => danger !== undefined);
}

function dangerIn(tokens: readonly Token[], words: Words): string | undefined {
  const danger = findGroups(stemsOf(tokens, words), indexGroups(words.dangers), NEAR)[0];
  if (!danger) return undefined;
  const before = tokens.slice(0, danger.at + 1);
  return before.some((token) => words.negations.has(token.word)) ? undefined : danger.means;
}
