import { findGroups, type GroupIndex, indexGroups, stemsOf } from "../near.ts";
import { foldWord, tokensOf, type Words, wordsOf } from "../words.ts";
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

type Dangers = { index: GroupIndex<string>; longest: readonly string[] };

const prepared = new WeakMap<Words, Dangers>();

/** The dangers of a language by their first stem, and the longest word of each, once. */
function dangersOf(words: Words): Dangers {
  const known = prepared.get(words) ?? {
    index: indexGroups(words.dangers),
    longest: [...new Set(words.dangers.map(({ stems }) => longestOf(stems)))],
  };
  prepared.set(words, known);
  return known;
}

function longestOf(stems: readonly string[]): string {
  return stems.reduce((a, b) => (b.length > a.length ? b : a), "");
}

/** The first danger of a text. Most texts have not even the longest word of one: they are not taken apart. */
function dangerOf(text: string, words: Words): string | undefined {
  const plain = foldWord(text);
  if (!dangersOf(words).longest.some((word) => plain.includes(word))) return undefined;
  return text
    .split(SENTENCE)
    .map((sentence) => dangerIn(wordsOf(sentence), words))
    .find((danger) => danger !== undefined);
}

function dangerIn(said: readonly string[], words: Words): string | undefined {
  const danger = findGroups(stemsOf(said, words), dangersOf(words).index, NEAR)[0];
  if (!danger) return undefined;
  const before = said.slice(0, danger.at + 1);
  return before.some((word) => words.negations.has(word)) ? undefined : danger.means;
}
