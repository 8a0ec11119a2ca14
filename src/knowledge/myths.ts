import type { Language } from "../language.ts";
import type { LoadedEntry } from "./entries.ts";
import type { Entry, Myth } from "./entry.ts";
import { LANGUAGES } from "./languages.ts";
import { findGroups, stemsOf } from "./near.ts";
import { type Group, readGroup, tokensOf, type Words } from "./words.ts";

const WINDOW = 12;
const SCANNED = 16_000;

/**
 * Makes the finder of wrong advice: a myth is found when all words of one of its cues, in any language, stand within 12
 * tokens of the text (its first 16,000 characters), stemmed and folded. Each myth is found once, in the order of entries.
 */
export function mythFinder(
  entries: readonly LoadedEntry[],
  words: Record<Language, Words>,
  entry: (id: string, language: Language) => Entry | undefined,
): (text: string, language: Language) => { entry: string; myth: Myth }[] {
  const groups = new Map(
    LANGUAGES.map((language) => [language, cues(entries, language, words[language])]),
  );
  return (text, language) => {
    const tokens = tokensOf(text.slice(0, SCANNED));
    const found = new Set(
      LANGUAGES.flatMap((spoken) => {
        const stems = stemsOf(tokens, words[spoken]);
        return findGroups(stems, groups.get(spoken) ?? [], WINDOW).map(({ means }) => means);
      }),
    );
    return entries.flatMap(({ raw }) =>
      raw.myths.flatMap(({ id }) => {
        const myth = found.has(`${raw.id}/${id}`)
          ? entry(raw.id, language)?.myths.find((one) => one.id === id)
          : undefined;
        return myth ? [{ entry: raw.id, myth }] : [];
      }),
    );
  };
}

function cues(entries: readonly LoadedEntry[], language: Language, words: Words): Group<string>[] {
  return entries.flatMap(({ raw, prose }) =>
    Object.entries(prose[language]?.myths ?? {}).flatMap(([id, myth]) =>
      (myth.cues ?? []).map((cue) => readGroup(cue, words, `${raw.id}/${id}`)),
    ),
  );
}
