import { bitFields, hex } from "./decode.ts";
import type { BitFields, Catalog } from "./reading.ts";

/** A known code beside an unknown one. */
export type Neighbour = { code: string; symbol: string };

/** What can be said about a value that no table knows: its bit fields and the nearest known codes of its facility. */
export type Description = {
  code: string;
  fields: BitFields | null;
  below: Neighbour | null;
  above: Neighbour | null;
};

/** Describes a value without naming it. Neighbours share the upper 16 bits; none is offered as what was meant. */
export function describeValue(value: number, catalog: Catalog): Description {
  const values = catalog.values();
  const at = firstAtLeast(values, value);
  const above = values[at] === value ? at + 1 : at;
  return {
    code: hex(value),
    fields: bitFields(value),
    below: neighbour(values[at - 1], value, catalog),
    above: neighbour(values[above], value, catalog),
  };
}

function firstAtLeast(values: Uint32Array, wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

function neighbour(near: number | undefined, value: number, catalog: Catalog): Neighbour | null {
  if (near === undefined || value <= 0xffff || near >>> 16 !== value >>> 16) return null;
  const row = catalog.byValue(near)[0];
  return row ? { code: hex(near), symbol: row.symbol } : null;
}
