import { z } from "zod";

const list = z.array(z.string().min(1)).max(300).default([]);

/** privacy.yaml of a locale: the words around personal data and secrets. */
export const privacySchema = z.strictObject({
  labels: list,
  says: list,
  not_passwords: list,
  endings: list,
  serials: list,
  versions: list,
});

/** The words around personal data and secrets, of every language together: a text may be in any. */
export type PrivacyWords = {
  /** What stands before a secret and `:` or `=`. */
  labels: readonly string[];
  /** What stands before a secret in a sentence: "password is". */
  says: readonly string[];
  /** What follows those words in ordinary talk, lower case: "wrong", "expired". */
  notPasswords: ReadonlySet<string>;
  /** Endings of a lower-case word that is talk, not a password: "-ed". */
  endings: readonly string[];
  /** What stands before a serial number. */
  serials: readonly string[];
  /** What stands before four numbers with dots that are no address. */
  versions: readonly string[];
};

/** Puts the words of the languages together. */
export function privacyWords(locales: readonly z.infer<typeof privacySchema>[]): PrivacyWords {
  const all = (key: keyof z.infer<typeof privacySchema>) => [
    ...new Set(locales.flatMap((locale) => locale[key])),
  ];
  return {
    labels: all("labels"),
    says: all("says"),
    notPasswords: new Set(all("not_passwords")),
    endings: all("endings"),
    serials: all("serials"),
    versions: all("versions"),
  };
}
