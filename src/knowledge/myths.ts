import type { Language } from "../language.ts";
import type { Dangers } from "./dangers.ts";
import type { LoadedEntry } from "./entries.ts";
import type { Entry, Myth } from "./entry.ts";
import { LANGUAGES } from "./languages.ts";
import { findGroups, indexGroups, stemsOf } from "./near.ts";
import { type Group, readGroup, type Words, wordsOf } from "./words.ts";

const WINDOW = 12;
const SCANNED = 16_000;

/** Where wrong advice is known from: the entries' myths with their cues, and the dangers of every topic. */
export type Advice = {
  entries: readonly LoadedEntry[];
  words: Record<Language, Words>;
  entry: (id: string, language: Language) => Entry | undefined;
  dangers: Dangers;
};

/**
 * Makes the finder of wrong advice in a text (its first 16,000 characters): dangers first, then the myths of entries. A myth
 * is found when all words of one of its cues, in any language, stand within 12 tokens, stemmed and folded. Each is found
 * once; the correction of an entry's myth is taken by whoever shows that entry.
 */
export function mythFinder({ entries, words, entry, dangers }: Advice): Find {
  const groups = new Map(
    LANGUAGES.map((language) => [language, indexGroups(cues(entries, language, words[language]))]),
  );
  return lastKept((text, language) => {
    const scanned = text.slice(0, SCANNED);
    const heard = wordsOf(scanned);
    const found = new Set(
      LANGUAGES.flatMap((spoken) => {
        const stems = stemsOf(heard, words[spoken]);
        return findGroups(stems, groups.get(spoken) ?? new Map(), WINDOW).map(({ means }) => means);
      }),
    );
    const warned = dangers(scanned, language, heard);
    if (found.size === 0) return warned;
    const known = new Set(warned.map(({ entry: owner, myth }) => `${owner}/${myth.id}`));
    const myths = entries.flatMap(({ raw }) =>
      raw.myths.flatMap(({ id }) => {
        const key = `${raw.id}/${id}`;
        const myth =
          found.has(key) && !known.has(key)
            ? entry(raw.id, language)?.myths.find((one) => one.id === id)
            : undefined;
        return myth ? [{ entry: raw.id, myth }] : [];
      }),
    );
    return [...warned, ...myths];
  });
}

type Find = (text: string, language: Language) => { entry: string; myth: Myth }[];

/** One message asks several times about the same text: the last answer is kept. */
function lastKept(find: Find): Find {
  let last: { text: string; language: Language; found: ReturnType<Find> } | undefined;
  return (text, language) => {
    if (last?.text !== text || last.language !== language) {
      last = { text, language, found: find(text, language) };
    }
    return last.found;
  };
}

function cues(entries: readonly LoadedEntry[], language: Language, words: Words): Group<string>[] {
  return entries.flatMap(({ raw, prose }) =>
    Object.entries(prose[language]?.myths ?? {}).flatMap(([id, myth]) =>
      (myth.cues ?? []).map((cue) => readGroup(cue, words, `${raw.id}/${id}`)),
    ),
  );
}
