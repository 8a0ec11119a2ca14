import type { Catalog, Family } from "../codes/reading.ts";
import { namesOf } from "./names.ts";

/**
 * One key for all forms of a code, for looking up what covers it: 0x8007NNNN, 0xC007NNNN and Win32 NNNN are one,
 * 0xDxxxxxxx and its NTSTATUS are one; stop codes stand for themselves, and so do the codes of each other
 * numbering (`component`: Device Manager, LDAP, Kerberos number from 1 too).
 */
export function codeKey(value: number, family: Family, component?: string): string {
  if (family === "bugcheck") return `stop:${value}`;
  if (family === "other") return `other:${component ?? ""}:${value}`;
  const high = value >>> 16;
  if (high === 0x8007 || high === 0xc007) return `win32:${value & 0xffff}`;
  if (high === 0) return `win32:${value}`;
  if (value >>> 28 === 0xd) return `code:${(value & 0xefffffff) >>> 0}`;
  return `code:${value}`;
}

/** The component that gives a code its name in the name table; undefined for a code without a public name. */
export function componentOf(value: number, symbol: string, catalog: Catalog): string | undefined {
  const wanted = symbol.toUpperCase();
  return namesOf(value, catalog).find((row) => row.symbol.toUpperCase() === wanted)?.component;
}

/** The key of a code as an entry lists it. */
export function keyOfCode(
  { value, family, symbol }: { value: string; family: Family; symbol: string },
  catalog: Catalog,
): string {
  const known = symbol === "none" ? undefined : componentOf(Number(value), symbol, catalog);
  return codeKey(Number(value), family, known);
}
