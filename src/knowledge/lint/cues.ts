import type { Language } from "../../language.ts";
import { LANGUAGES } from "../languages.ts";
import { type Words, wordsOf } from "../words.ts";
import type { Fault } from "./fault.ts";
import type { Placed } from "./texts.ts";

/**
 * Finds cues of contexts that match by accident: one everyday word of any language ("home", "entra"), since a cue of one
 * language is looked for in texts of all. A word that loses its signs counts as what is left: "c++" is "c".
 */
export function lintCues(
  texts: readonly Placed[],
  words: Readonly<Record<Language, Words>>,
): Fault[] {
  return texts.flatMap(({ at, text }): Fault[] => {
    if (at[0] !== "contexts" || !at.includes("cues")) return [];
    const [only, ...others] = wordsOf(text);
    if (only === undefined || others.length > 0) return [];
    const isEveryday = LANGUAGES.some((language) => words[language].everyday.has(only));
    if (!isEveryday) return [];
    return [{ at, text: `"${text}" is in many sentences: add the word that goes with it` }];
  });
}
