import { CAPS } from "./thresholds.ts";

/**
 * Makes the choice of the units that the index scores: the 160 that share most with a question (more where several share
 * alike), each term counted by its weight and by how rare it is. To score all takes half as long again and changes no answer.
 */
export function shortlister(
  units: readonly { terms: readonly string[] }[],
  rarity: (term: string) => number,
): (weights: ReadonlyMap<string, number>) => ReadonlySet<number> {
  const places = new Map<string, number[]>();
  units.forEach(({ terms }, unit) => {
    for (const term of terms) {
      const known = places.get(term);
      if (known) known.push(unit);
      else places.set(term, [unit]);
    }
  });
  const shared = new Float32Array(units.length);
  return (weights) => {
    const touched: number[] = [];
    for (const [term, weight] of weights) {
      const worth = weight * rarity(term);
      for (const unit of places.get(term) ?? []) {
        if (shared[unit] === 0) touched.push(unit);
        shared[unit] = (shared[unit] ?? 0) + worth;
      }
    }
    const values = Float32Array.from(touched, (unit) => shared[unit] ?? 0).sort();
    const least = values.at(-CAPS.listed) ?? 0;
    const list = new Set(touched.filter((unit) => (shared[unit] ?? 0) >= least));
    for (const unit of touched) shared[unit] = 0;
    return list;
  };
}
