import type { Catalog, Reading } from "../codes/reading.ts";
import type { CommandWords } from "../command.ts";
import type { Language, Markers, Phrases } from "../language.ts";
import type { PrivacyWords } from "../redact/words.ts";
import type { Entry, Meaning, Myth } from "./entry.ts";

/** A document that search found: an entry, with the code of it that fits best, or a meaning without an entry. */
export type Hit = { entry: string; meaning?: Meaning } | { entry?: never; meaning: Meaning };

/**
 * What search makes of a symptom: one clear winner, up to three close ones, or nothing. `words` are the question's words
 * that decided it, as written.
 */
export type Found = {
  outcome: "one" | "choices" | "none";
  hits: Hit[];
  words: string[];
  searched: Language;
};

/** What one language's locale says beside phrases: data in knowledge/locales/<language>/talk.yaml, none in TypeScript. */
export type Locale = Markers & {
  name: string;
  /** How people ask what a code means: folded words that stand side by side. */
  asksMeaning: readonly string[];
  /** Words that equate a code with a name: "is", "means". */
  links: readonly string[];
  /** Words that change nothing about what a short text says, and those that deny it. */
  fillers: readonly string[];
  negations: readonly string[];
  /** The words for 1, 2, 3 and so on, the forms of each parted by a blank. */
  ordinals: readonly string[];
  /** Word groups (folded) that mean an action of a running case, by follow-up name (worked, failed, cannot, person …). */
  followUps: Record<string, readonly string[]>;
};

/** Everything Hexdesk knows, loaded and checked; immutable. */
export type Knowledge = {
  catalog: Catalog;
  languages: Language[];
  locale(language: Language): Locale;
  phrases: Phrases;
  /** What the helpdesk's commands begin with: data in commands.yaml. */
  commands(language: Language): CommandWords;
  /** The words around personal data and secrets, of every language: data in privacy.yaml. */
  privacy: PrivacyWords;
  /** How people reach the company's helpdesk, where company.yaml says so. */
  company: { telephone?: string | undefined; portal?: string | undefined };
  entry(id: string, language: Language): Entry | undefined;
  entryIds: readonly string[];
  /** The entry that covers a reading's identity. */
  entryFor(reading: Reading): string | undefined;
  /** An entry about the same event, for which this code is another family's number. */
  sameEvent(reading: Reading): string | undefined;
  meaning(reading: Reading, language: Language): Meaning | undefined;
  /** Finds what a text describes; the first search in a language builds its index, for which an empty text will do. */
  search(text: string, language: Language): Found;
  /** The placeholders that occur in a command and are not filled by the company, in order. */
  placeholdersIn(
    command: string,
    language: Language,
  ): { name: string; meaning: string; find: string; example: string }[];
  /**
   * Wrong advice in the text: dangers first, then the myths of entries whose cues occur. `entry` is the id of the entry
   * that says more, empty where none does.
   */
  mythsIn(text: string, language: Language): { entry: string; myth: Myth }[];
};
