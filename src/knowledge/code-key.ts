import type { Family } from "../codes/reading.ts";

/**
 * One key for all forms of a code, for looking up what covers it: 0x8007NNNN, 0xC007NNNN and Win32 NNNN are one,
 * 0xDxxxxxxx and its NTSTATUS are one; stop codes and codes of other numberings stand for themselves.
 */
export function codeKey(value: number, family: Family): string {
  if (family === "bugcheck") return `stop:${value}`;
  if (family === "other") return `other:${value}`;
  const high = value >>> 16;
  if (high === 0x8007 || high === 0xc007) return `win32:${value & 0xffff}`;
  if (high === 0) return `win32:${value}`;
  if (value >>> 28 === 0xd) return `code:${(value & 0xefffffff) >>> 0}`;
  return `code:${value}`;
}
