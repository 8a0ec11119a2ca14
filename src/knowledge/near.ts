import { type Group, stem, type Words } from "./words.ts";

/** The stems of folded words, in order, for `findGroups`. */
export function stemsOf(text: readonly string[], words: Words): string[] {
  return text.map((word) => stem(word, words));
}

/** So many words are looked through faster than they are put into a set. */
const FEW = 50;

/** Word groups by their rarest stem, for `findGroups`. */
export type GroupIndex<T> = ReadonlyMap<string, readonly Group<T>[]>;

/** Indexes groups once, so that a text is looked up by its own words and only telling ones lead to a group. */
export function indexGroups<T>(groups: readonly Group<T>[]): GroupIndex<T> {
  const uses = new Map<string, number>();
  for (const stem of groups.flatMap(({ stems }) => stems))
    uses.set(stem, (uses.get(stem) ?? 0) + 1);
  const rarest = ({ stems }: Group<T>) =>
    stems.reduce((a, b) => ((uses.get(b) ?? 0) < (uses.get(a) ?? 0) ? b : a));
  return Map.groupBy(
    groups.filter(({ stems }) => stems.length > 0),
    rarest,
  );
}

/**
 * Finds the groups all of whose words stand within `window` tokens of the text, in any order. Linear in the text for each
 * group whose words all occur. `at` is the index of the window's last token.
 */
export function findGroups<T>(
  stems: readonly string[],
  groups: GroupIndex<T>,
  window: number,
): { means: T; at: number }[] {
  const begun = stems.flatMap((word) => groups.get(word) ?? []);
  if (begun.length === 0) return [];
  const present = stems.length > FEW ? new Set(stems) : undefined;
  const has = (word: string) => (present ? present.has(word) : stems.includes(word));
  const whole = new Set(begun.filter((group) => group.stems.every(has)));
  if (whole.size === 0) return [];
  const places = Map.groupBy(stems.keys(), (at) => stems[at] ?? "");
  return [...whole].flatMap(({ stems: wanted, means }) => {
    const at = nearest(wanted, places, window);
    return at === undefined ? [] : [{ means, at }];
  });
}

/** The last index of the first window that holds every wanted word. */
function nearest(
  wanted: readonly string[],
  places: ReadonlyMap<string, readonly number[]>,
  window: number,
): number | undefined {
  const hits = wanted
    .flatMap((word) => (places.get(word) ?? []).map((at) => ({ word, at })))
    .sort((a, b) => a.at - b.at);
  const last = new Map<string, number>();
  for (const { word, at } of hits) {
    last.set(word, at);
    if (last.size === wanted.length && at - Math.min(...last.values()) < window) return at;
  }
  return undefined;
}
