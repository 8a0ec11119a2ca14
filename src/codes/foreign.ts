import { type Hit, hitsOf } from "./decode.ts";
import type { Catalog } from "./reading.ts";
import { type Foreign, foreign, holds } from "./rules.ts";

/** What the words near a number name: component -> words. */
type Context = ReadonlyMap<string, string>;

/**
 * The numbering of another program (Visual Basic, SQL Server) that the words near a plain number name; undefined where they
 * name none, or one of Windows' own numberings as well ("system error 5" in a macro).
 */
export function foreignTo(value: number, context: Context): Foreign | undefined {
  if (value > 0xffff || namesWindows(context)) return undefined;
  return foreign.find((one) => context.has(one.context) && holds(one, value));
}

/** True when the words near a number name nothing of Windows. */
export function isForeign(context: Context): boolean {
  return [...context.keys()].every((component) => foreign.some((one) => one.context === component));
}

/** The value that a number of another program has for Windows, and its names; one without a symbol where it has none. */
export function foreignHits(
  number: number,
  { component, base }: Foreign,
  catalog: Catalog,
): { value: number; hits: Hit[] } {
  if (base !== undefined) {
    const value = Number(base) + number;
    return { value, hits: hitsOf(value, catalog) };
  }
  const nameless = { symbol: null, family: "other", component, via: "unnamed" } as const;
  return { value: number, hits: [{ ...nameless, primary: true, looked: number }] };
}

/** Windows Installer's words, and those of Win32 that are not about printing: a macro prints too. */
function namesWindows(context: Context): boolean {
  const win32 = context.get("win32");
  return context.has("msi") || (win32 !== undefined && win32 !== context.get("print"));
}
