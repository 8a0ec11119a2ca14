import type { Catalog, CodeName } from "../../codes/reading.ts";
import { namesOf } from "../names.ts";
import type { RawEntry } from "../schema.ts";
import type { Fault } from "./fault.ts";

/**
 * Checks every code of an entry against the name table: the symbol exists, means this value (directly, or by a documented
 * derivation: 0x8007NNNN and 0xC007NNNN from Win32, 0xDxxxxxxx from NTSTATUS) and the family is the table's. An id that is a
 * code must be among the codes.
 */
export function lintCodes(entry: RawEntry, catalog: Catalog): Fault[] {
  return [
    ...entry.codes.flatMap((code, i) => lintCode(code, ["codes", i], catalog)),
    ...lintId(entry),
    ...lintRelated(entry, catalog),
  ];
}

function lintCode(code: RawEntry["codes"][number], at: Fault["at"], catalog: Catalog): Fault[] {
  const value = Number(code.value);
  const names = namesOf(value, catalog);
  if (code.symbol === "none") {
    const own = names.filter((row) => isSameNumbering(familyOf(row, value), code.family));
    if (own.length > 0)
      return [
        {
          at: [...at, "symbol"],
          text: `${code.value} has a name in the name table: ${listed(own)}`,
        },
      ];
    if (!code.label || !code.source)
      return [
        {
          at,
          text: "a code without a symbol needs a `label` and a `source` (an id below references)",
        },
      ];
    return [];
  }
  const named = names.filter((row) => row.symbol.toUpperCase() === code.symbol.toUpperCase());
  if (named.length === 0) {
    const real = catalog.bySymbol(code.symbol)[0];
    const is = real
      ? `${code.symbol} is ${hex(real.value)}; `
      : `no public header has ${code.symbol}; `;
    const has =
      names.length > 0
        ? `${code.value} is ${listed(names)}`
        : `${code.value} has no name: write symbol: none`;
    return [{ at: [...at, "symbol"], text: `the name table does not know this pair: ${is}${has}` }];
  }
  const families = [...new Set(named.map((row) => familyOf(row, value)))];
  if (families.includes(code.family)) return [];
  return [
    {
      at: [...at, "family"],
      text: `the name table has ${code.value} under ${families.join(" and ")}`,
    },
  ];
}

/** Each component of the family `other` numbers for itself: a name in one says nothing about the number of another. */
function isSameNumbering(named: CodeName["family"], family: CodeName["family"]): boolean {
  return named === family && family !== "other";
}

function lintId(entry: RawEntry): Fault[] {
  const of = codeOfId(entry.id);
  if (of === undefined || entry.codes.some((code) => Number(code.value) === of)) return [];
  return [
    { at: ["codes"], text: `the code ${hex(of)}, which the id names, is missing from codes` },
  ];
}

function lintRelated(entry: RawEntry, catalog: Catalog): Fault[] {
  return entry.related.flatMap(({ code }, i): Fault[] =>
    namesOf(Number(code), catalog).length > 0
      ? []
      : [{ at: ["related", i, "code"], text: `the name table knows no ${code}` }],
  );
}

/** The value that an entry id names, or undefined for a slug. */
function codeOfId(id: string): number | undefined {
  if (/^0x[0-9A-F]{8}$/.test(id)) return Number(id);
  const named = /^(?:win32-|aadsts-|stop-)(0x[0-9A-F]+|\d+)$/.exec(id);
  return named ? Number(named[1]) : undefined;
}

function familyOf(row: CodeName, value: number): CodeName["family"] {
  return row.value === value ? row.family : "hresult";
}

function listed(names: readonly CodeName[]): string {
  return [...new Set(names.map((row) => row.symbol))].slice(0, 4).join(", ");
}

function hex(value: number): string {
  return `0x${value.toString(16).toUpperCase().padStart(8, "0")}`;
}
