import { type Group, stem, type Token, type Words } from "./words.ts";

/** The stems of a text, in order, for `findGroups`. */
export function stemsOf(tokens: readonly Token[], words: Words): string[] {
  return tokens.map((token) => stem(token.word, words));
}

/**
 * Finds the groups all of whose words stand within `window` tokens of the text, in any order. Linear in the text for each
 * group whose words all occur. `at` is the index of the window's last token.
 */
export function findGroups<T>(
  stems: readonly string[],
  groups: readonly Group<T>[],
  window: number,
): { means: T; at: number }[] {
  const places = new Map<string, number[]>();
  stems.forEach((word, i) => {
    const known = places.get(word);
    if (known) known.push(i);
    else places.set(word, [i]);
  });
  return groups.flatMap(({ stems: wanted, means }) => {
    if (!places.has(wanted[0] ?? "")) return [];
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
  if (wanted.length === 0 || !wanted.every((word) => places.has(word))) return undefined;
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
