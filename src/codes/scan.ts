import type { Hit } from "./decode.ts";
import type { Notation } from "./number.ts";
import type { Catalog, CodeName } from "./reading.ts";
import { setupStep } from "./rules.ts";
import { stopStarts } from "./stop-starts.ts";
import { type Memory, newMemory, rememberCode } from "./words.ts";

/** A code found in a plain text: a number, a symbol (`names` empty when no table has it) or a malformed number. */
export type Candidate = {
  start: number;
  end: number;
  line: number;
  value: number | null;
  notation: Notation;
  certain: boolean;
  /** What the words directly before it name. */
  context: ReadonlyMap<string, string>;
  /** Written as "code 43", as Device Manager does. */
  device?: boolean;
  /** Counts only when the text is about Windows or trouble. */
  needsTopic?: boolean;
  names?: readonly CodeName[];
  /** All that the value can be; see `hitsOf`. */
  hits?: readonly Hit[];
  repairs?: number[];
  extend?: { value: number; phase: string; operation: string };
};

/** The state of one pass over a text. */
export type Scan = {
  text: string;
  catalog: Catalog;
  bare: boolean;
  memory: Memory;
  line: number;
  found: Candidate[];
  /** How the names of stop codes begin; see `stopStarts`. */
  stops: ReadonlySet<string>;
  /** Runs before this position are parameters of the last code. */
  skipTo: number;
};

/** A pass that has not begun. */
export function newScan(text: string, catalog: Catalog, bare: boolean): Scan {
  const stops = stopStarts(catalog);
  return { text, catalog, bare, memory: newMemory(), line: 1, found: [], stops, skipTo: 0 };
}

/** Takes a candidate, with setup's second number and past the parameters behind it; returns where to go on. */
export function take(scan: Scan, candidate: Candidate): number {
  const { text } = scan;
  let end = candidate.end;
  const pair =
    candidate.value !== null && candidate.value >= 0x80000000
      ? /^\s?-?\s?(0x([1-9a-f][0-9a-f]{4,5}))\b/i.exec(text.slice(end, end + 14))
      : null;
  if (pair) {
    const value = Number(pair[1]);
    const step = setupStep(value);
    if (step) {
      candidate.extend = { value, ...step };
      end += pair[0].length;
      candidate.end = end;
    }
  }
  const isOpen = text[end] === "(" || text[end + 1] === "(";
  if (isOpen && /^\s?\(\s?0x[0-9a-f]+\s?,\s?0x[0-9a-f]/i.test(text.slice(end, end + 50)))
    scan.skipTo = closing(text, end);
  scan.found.push(candidate);
  if (!candidate.needsTopic) rememberCode(scan.memory, candidate.start, end);
  return end;
}

function closing(text: string, from: number): number {
  const at = text.indexOf(")", from);
  return at < 0 || at > from + 400 ? from : at;
}
