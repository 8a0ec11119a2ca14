import type { Language } from "../language.ts";

/** What a language is called in messages to authors. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: "English", es: "Spanish" };

/** Every language of the interface; entries are written in the first. */
export const LANGUAGES = Object.keys(LANGUAGE_NAMES) as Language[];

/** The languages that entries are translated into. */
export const TRANSLATIONS = LANGUAGES.slice(1);

/** One value for each language. */
export function byLanguage<T>(make: (language: Language) => T): Record<Language, T> {
  return Object.fromEntries(LANGUAGES.map((language) => [language, make(language)])) as Record<
    Language,
    T
  >;
}
