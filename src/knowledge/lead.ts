import { CAPS } from "./thresholds.ts";

/**
 * Makes the choice of the terms for which the index is asked, rarest first: four, and more until they stand in 700 units
 * together. The units that a question is about share one of them; the long lists of everyday words would cost most of the time.
 */
export function leader(
  units: readonly { terms: readonly string[] }[],
): (terms: readonly string[]) => string[] {
  const uses = new Map<string, number>();
  for (const { terms } of units)
    for (const term of terms) uses.set(term, (uses.get(term) ?? 0) + 1);
  const usesOf = (term: string) => uses.get(term) ?? 0;
  return (terms) => {
    let reached = 0;
    return terms
      .toSorted((a, b) => usesOf(a) - usesOf(b))
      .filter((term, i) => {
        const leads = i < CAPS.leaders || reached < CAPS.led;
        reached += usesOf(term);
        return leads;
      });
  };
}
