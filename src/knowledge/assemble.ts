import type { Catalog, Family, Reading } from "../codes/reading.ts";
import type { Language } from "../language.ts";
import { buildEntry } from "./build-entry.ts";
import { codeKey, keyOfCode } from "./code-key.ts";
import type { Company } from "./company.ts";
import type { Dangers } from "./dangers.ts";
import type { LoadedEntry } from "./entries.ts";
import type { Entry } from "./entry.ts";
import type { Knowledge } from "./knowledge.ts";
import { byLanguage, LANGUAGES } from "./languages.ts";
import type { Locales } from "./locales.ts";
import type { Meanings } from "./meanings.ts";
import { mythFinder } from "./myths.ts";
import { namesOf } from "./names.ts";
import { phraseBook } from "./phrases.ts";
import { filler, type Placeholders, placeholdersIn } from "./placeholders.ts";
import { createSearch } from "./search.ts";
import { vocabulary } from "./vocabulary.ts";

/** Everything that was read and checked. */
export type Parts = {
  catalog: Catalog;
  locales: Locales;
  placeholders: Placeholders;
  company: Company;
  entries: readonly LoadedEntry[];
  dangers: Dangers;
  meanings: Record<Language, Meanings>;
  drafts: boolean;
};

/** Puts the parts together. Entries are built when they are asked for and the search index when something is searched. */
export function assemble(parts: Parts): Knowledge {
  const { catalog, locales, placeholders, meanings } = parts;
  const shown = parts.entries.filter(({ raw }) => parts.drafts || raw.status !== "draft");
  const current = shown.filter(({ raw }) => raw.status !== "retired");
  const entry = entryBuilder(shown, filler(parts.company.placeholders));
  const covers = coverage(shown, catalog);
  const events = sameEvents(current, catalog);
  const list = (language: Language) => current.flatMap(({ raw }) => entry(raw.id, language) ?? []);
  const isOwn = vocabulary(list);
  const talk = byLanguage((language) => ({
    ...locales.talk[language],
    isOwn: (word: string) => isOwn(word, language),
  }));
  return {
    catalog: { ...catalog, explained: explained(current) },
    languages: LANGUAGES,
    locale: (language) => talk[language],
    phrases: phraseBook(locales.phrases),
    commands: (language) => locales.commands[language],
    privacy: locales.privacy,
    entry,
    company: parts.company,
    entryIds: current.map(({ raw }) => raw.id),
    entryFor: (reading) =>
      covers.get(keyOf(reading)) ??
      (reading.symbol === null ? covers.get(bareKeyOf(reading)) : undefined),
    sameEvent: (reading) => events.get(keyOf(reading)),
    meaning: (reading: Reading, language) => meanings[language].get(keyOf(reading)),
    search: createSearch({ entries: list, meanings, words: locales.words, covered: covers }),
    placeholdersIn: (command, language) => placeholdersIn(command, placeholders[language]),
    mythsIn: mythFinder({ entries: shown, words: locales.words, entry, dangers: parts.dangers }),
  };
}

/** Entries by id and language, built once each; in a language without a translation the one they were written in. */
function entryBuilder(entries: readonly LoadedEntry[], fill: (text: string) => string) {
  const byId = new Map(entries.map((loaded) => [loaded.raw.id, loaded]));
  const built = byLanguage(() => new Map<string, Entry>());
  return (id: string, language: Language): Entry | undefined => {
    const loaded = byId.get(id);
    if (!loaded) return undefined;
    const spoken = loaded.prose[language] ? language : loaded.language;
    const known = built[spoken].get(id);
    if (known) return known;
    const prose = loaded.prose[spoken];
    if (!prose) return undefined;
    const all = Object.values(loaded.prose);
    const entry = buildEntry(loaded.raw, { prose, language: spoken, all, fill });
    built[spoken].set(id, entry);
    return entry;
  };
}

/** Code key -> the entry that covers it; a retired entry's codes lead to its successor. */
function coverage(entries: readonly LoadedEntry[], catalog: Catalog): ReadonlyMap<string, string> {
  const covers = new Map<string, string>();
  const byAge = entries.toSorted(
    (a, b) => Number(b.raw.status === "retired") - Number(a.raw.status === "retired"),
  );
  for (const { raw } of byAge) {
    for (const code of raw.codes) covers.set(keyOfCode(code, catalog), raw.replaced_by ?? raw.id);
  }
  return covers;
}

/** The codes that entries explain without a symbol, by value. */
function explained(entries: readonly LoadedEntry[]): ReadonlyMap<number, Family> {
  return new Map(
    entries.flatMap(({ raw }) =>
      raw.codes
        .filter(({ symbol }) => symbol === "none")
        .map(({ value, family }) => [Number(value), family] as const),
    ),
  );
}

/** Code key -> the entry that names this code as another family's number for the same event. */
function sameEvents(
  entries: readonly LoadedEntry[],
  catalog: Catalog,
): ReadonlyMap<string, string> {
  return new Map(
    entries.flatMap(({ raw }) =>
      raw.related
        .filter(({ relation }) => relation === "same-event")
        .flatMap(({ code }) => namesOf(Number(code), catalog))
        .map((row) => [codeKey(row.value, row.family, row.component), raw.id] as const),
    ),
  );
}

function keyOf({ value, family, component }: Reading): string {
  return codeKey(value, family, component);
}

/** The key under which an entry covers a code that no public header names. */
function bareKeyOf({ value, family }: Reading): string {
  return codeKey(value, family);
}
