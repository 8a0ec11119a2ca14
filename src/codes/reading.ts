import type { Cues } from "./cues.ts";

/** The group of codes that a reading belongs to. */
export type Family =
  | "hresult"
  | "win32"
  | "ntstatus"
  | "bugcheck"
  | "wininet"
  | "msi"
  | "ras"
  | "other";

/** One row of the name table. `value` is an unsigned 32-bit number; `component` is finer than the family (wu, cbs, sl). */
export type CodeName = {
  value: number;
  symbol: string;
  family: Family;
  component: string;
  sources: string[];
};

/**
 * The name table. Symbols are looked up in any case; rows of one value come best first. `values` are all known values in
 * ascending order, `stopCodes` the rows of blue screens; `cues` are the words around a number, of every language.
 */
export type Catalog = {
  size: number;
  byValue(value: number): readonly CodeName[];
  bySymbol(symbol: string): readonly CodeName[];
  values(): Uint32Array;
  stopCodes(): readonly CodeName[];
  cues: Cues;
  /** Numbers that no public header names and an entry explains (OneDrive, Office setup), with the entry's family. */
  explained?: ReadonlyMap<number, Family>;
};

/**
 * One way to understand a number or symbol. `code` is the value as pasted (0x%08X); `identity` is "space:value" and equal
 * for all forms of one code (0x8007NNNN, 0xC007NNNN and Win32 NNNN). `why` is a phrase id below `why.` in ui.yaml.
 */
export type Reading = {
  code: string;
  value: number;
  symbol: string | null;
  family: Family;
  component: string;
  identity: string;
  /** Other names of the same identity, best first. */
  aliases: string[];
  why: { id: string; params: Record<string, string> };
  score: number;
};

/**
 * A code found in a text. `text` is what was written, `start` and `end` UTF-16 offsets into the input. `readings` are
 * ranked, one per identity; empty when the code is well formed and unknown. `suggestions` are for malformed codes only.
 * `close` says that the first two readings are too near each other to choose silently.
 */
export type FoundCode = {
  text: string;
  start: number;
  end: number;
  /** Unsigned 32-bit value; null for a symbol or text code that no table knows. */
  value: number | null;
  /** True when the text itself is unmistakable: 0x + 8 digits, or a full symbol. */
  certain: boolean;
  malformed: boolean;
  readings: Reading[];
  suggestions: Reading[];
  close: boolean;
  /** Setup's second number (0xC1900101 - 0x20017). */
  extend?: { value: number; phase: string; operation: string };
  /** 1-based line of the input, or of the attached `file`. */
  line: number;
  file?: string;
};

/** What a text holds. `more` counts distinct codes beyond the 50 that are kept. */
export type Extraction = { codes: FoundCode[]; more: number };

/** The bit fields of a value; null where printing them would mislead (small numbers, 0xFFFFnnnn). */
export type BitFields = {
  layout: "hresult" | "ntstatus";
  failure: boolean;
  severity: number;
  customer: boolean;
  wrapsNtstatus: boolean;
  facility: number;
  facilityName: string | null;
  code: number;
};
