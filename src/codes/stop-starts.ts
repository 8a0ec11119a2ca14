import type { Catalog } from "./reading.ts";

const starts = new WeakMap<Catalog, ReadonlySet<string>>();

/** The first word, and the first two joined by an underscore, of every stop code's name, in lower case. */
export function stopStarts(catalog: Catalog): ReadonlySet<string> {
  const known = starts.get(catalog);
  if (known) return known;
  const made = new Set<string>();
  for (const row of catalog.stopCodes()) {
    const [one, two] = row.symbol.toLowerCase().split("_");
    if (one && two) made.add(one).add(`${one}_${two}`);
  }
  starts.set(catalog, made);
  return made;
}
