import type { Language } from "../../language.ts";
import { LANGUAGE_NAMES, LANGUAGES } from "../languages.ts";
import { proseWords } from "../prose.ts";
import { tokensOf } from "../words.ts";
import type { Fault } from "./fault.ts";
import type { Placed } from "./texts.ts";

/** The function words of each language. */
export type FunctionWords = Record<Language, ReadonlySet<string>>;

const PROSE = new Set(
  "title summary background developers note why signs practice do expect undo warn no_undo verify when attach claim correction label".split(
    " ",
  ),
);
/** UTF-16 units of a text that are enough to tell its language. */
const SAMPLE = 240;
const QUOTED = /"[^"\n]{0,200}"|“[^”\n]{0,200}”|«[^»\n]{0,200}»|'[^'\n]{3,200}'/g;

/**
 * Finds prose in another language than `language`: more than two function words that only another language has, and more
 * than of its own. Code, bold labels and quotations do not count.
 */
export function lintLanguage(
  texts: readonly Placed[],
  language: Language,
  words: FunctionWords,
): Fault[] {
  const others = LANGUAGES.filter((other) => other !== language);
  return texts.flatMap(({ at, field, text }): Fault[] => {
    if (!PROSE.has(field)) return [];
    const tokens = tokensOf(proseWords(text).slice(0, SAMPLE).replace(QUOTED, " "));
    const only = (one: Language, two: Language) =>
      tokens.filter(({ word }) => words[one].has(word) && !words[two].has(word)).length;
    const wrong = others.find((other) => {
      const foreign = only(other, language);
      return foreign > 2 && foreign > only(language, other);
    });
    if (!wrong) return [];
    return [
      {
        at,
        text: `this text is in ${LANGUAGE_NAMES[wrong]} and should be in ${LANGUAGE_NAMES[language]}`,
      },
    ];
  });
}
