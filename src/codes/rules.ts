import data from "../../knowledge/codes/reading.json" with { type: "json" };
import type { Family } from "./reading.ts";

/** A number that Windows shows and no public header names; `context` is the component whose words bring it forward. */
export type Unnamed = { value: number; family: Family; component: string; context: string };

/**
 * Numbers that a program shows as its own errors where the words of `context` stand near: one of `numbers`, or in one of
 * `ranges` (both ends included). As an HRESULT they are `base` and the number. Sources, 2026-11: Microsoft, Trappable errors
 * (Visual Basic keeps 1 to 1000 for itself), olectl.h (STD_CTL_SCODE) and dbdaoerr.h, Windows SDK; the rest own selection.
 */
export type Foreign = {
  component: string;
  context: string;
  ranges: readonly (readonly number[])[];
  numbers: readonly number[];
  base?: string;
};

/** Name of a facility, or undefined where none is public. Source: winerror.h and ntstatus.h, Windows SDK, 2026-08. */
export function facilityName(layout: "hresult" | "ntstatus", facility: number): string | undefined {
  const names: Record<string, string> = data.facilities[layout];
  return names[String(facility)];
}

/** Stop codes that are reported often (own selection). */
export const commonStops: ReadonlySet<number> = new Set(data.commonStops.map(Number));

/** Win32 numbers that people meet in the range of remote access numbers (own selection). */
export const commonNumbers: ReadonlySet<number> = new Set(data.commonNumbers);

/** Numbers that people mean as an HTTP status unless the words near them say otherwise (own selection). */
export const httpStatuses: ReadonlySet<number> = new Set(data.httpStatuses);

/**
 * The symbol under which programs meet an event that the kernel names differently; names that differ in their prefix only
 * are not listed. Sources, 2026-11: the table of RtlNtStatusToDosError in ReactOS (sdk/lib/rtl/error.c) for each STATUS_
 * name, Apache Serf (auth/auth_spnego_sspi.c) for SEC_E_TIME_SKEW.
 */
export const sameEvent: ReadonlyMap<string, string> = new Map(Object.entries(data.sameEvent));

/** The numbers of other programs. */
export const foreign: readonly Foreign[] = data.foreign;

/** True when a number belongs to a numbering. */
export function holds({ ranges, numbers }: Foreign, value: number): boolean {
  const isIn = ([from = 0, to = 0]: readonly number[]) => value >= from && value <= to;
  return numbers.includes(value) || ranges.some(isIn);
}

/** The unnamed numbers, by value. */
export const unnamed: ReadonlyMap<number, Unnamed> = new Map(
  data.unnamed.map((row) => {
    const value = Number(row.value);
    return [value, { ...row, value, family: row.family as Family }];
  }),
);

/**
 * Phase and operation of setup's second number (0xPOOOO); undefined when either is out of range. Source: Microsoft,
 * Windows upgrade error codes, 2026-11.
 */
export function setupStep(value: number): { phase: string; operation: string } | undefined {
  if (value > 0xfffff) return undefined;
  const phase = data.setup.phases[value >>> 16];
  const operation = data.setup.operations[value & 0xffff];
  return phase !== undefined && operation !== undefined ? { phase, operation } : undefined;
}
