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
  links: list,
  sources: list,
  own: list,
  belongs: list,
  as: list,
  compounds: list,
  pins: list,
  recovery_keys: list,
  releases: list,
  accounts: list,
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
  /** What stands between a label and a secret: "is", "was". */
  links: readonly string[];
  /** Those of them that say where a secret is from: "from". */
  sources: readonly string[];
  /** What makes a label somebody's own: "my", "new". Then bare digits are a secret as well. */
  own: readonly string[];
  /** What leads from a label to its place: "for", "of the". */
  belongs: readonly string[];
  /** What stands between a secret and a label: "is my", "as". */
  as: readonly string[];
  /** What makes another thing of a label before it: "password manager". */
  compounds: readonly string[];
  /** What stands before digits that are a secret. */
  pins: readonly string[];
  recoveryKeys: readonly string[];
  /** What makes a year of digits behind a label: "bitlocker key 2024 update". */
  releases: readonly string[];
  /** What stands before an account and its password: "username and password". */
  accounts: readonly string[];
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
    links: all("links"),
    sources: all("sources"),
    own: all("own"),
    belongs: all("belongs"),
    as: all("as"),
    compounds: all("compounds"),
    pins: all("pins"),
    recoveryKeys: all("recovery_keys"),
    releases: all("releases"),
    accounts: all("accounts"),
  };
}
