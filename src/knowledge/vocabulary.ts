import { type Language, naturalWords } from "../language.ts";
import type { Entry } from "./entry.ts";
import { byLanguage, LANGUAGES } from "./languages.ts";
import { foldWord } from "./words.ts";

/** In so many entries a word must stand to count: names and slips stand in one. */
const ENTRIES = 2;
const SHORTEST = 3;

/**
 * Tells whether a word is one that the entries of this language use and those of no other do: "insuficiente", "grave". Names of
 * products stand in every language, and tell nothing. Collected when it is first asked.
 */
export function vocabulary(
  entries: (language: Language) => readonly Entry[],
): (word: string, language: Language) => boolean {
  let counts: Record<Language, ReadonlyMap<string, number>> | undefined;
  return (word, language) => {
    counts ??= byLanguage((one) => countWords(entries(one).filter((e) => e.language === one)));
    const folded = foldWord(word);
    if (folded.length < SHORTEST || (counts[language].get(folded) ?? 0) < ENTRIES) return false;
    return LANGUAGES.every((other) => other === language || !counts?.[other].has(folded));
  };
}

function countWords(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { title, aliases, questions } of entries) {
    const texts = [title, ...aliases.names, ...aliases.phrases, ...questions];
    const words = new Set(texts.flatMap((text) => naturalWords(text).map(foldWord)));
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
