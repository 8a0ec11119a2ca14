import { termsOf } from "./terms.ts";
import type { Words } from "./words.ts";

/** The terms that may stand for a term. */
export type Kin = (term: string) => ReadonlySet<string>;

const NONE: ReadonlySet<string> = new Set();

/** Reads the groups of related words: each term of a group may stand for the others that `known` holds. */
export function readKin(words: Words, known: (term: string) => boolean): Kin {
  const kin = new Map<string, Set<string>>();
  for (const group of words.related) {
    const terms = group.flatMap((member) => {
      const [only, ...more] = termsOf(member, words);
      return only && more.length === 0 ? [only.term] : [];
    });
    for (const term of terms) {
      const own = kin.get(term) ?? new Set();
      for (const other of terms) if (other !== term && known(other)) own.add(other);
      kin.set(term, own);
    }
  }
  return (term) => kin.get(term) ?? NONE;
}
