import { foreignTo, isForeign } from "./foreign.ts";
import { numberAt } from "./numeral.ts";
import type { Catalog } from "./reading.ts";
import { httpStatuses } from "./rules.ts";
import { type Candidate, newScan, type Scan } from "./scan.ts";
import { symbolAt } from "./symbol.ts";
import { contextAt, endClause, remember } from "./words.ts";

/** The codes of a text in order, and what the words near one of them name (component -> words). */
export type Extracted = { found: Candidate[]; contextOf(one: Candidate): Map<string, string> };

const isWord = new Uint8Array(128);
for (const c of "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
  isWord[c.charCodeAt(0)] = 1;

/** Finds the codes of a plain text in one pass; linear: each character is looked at a bounded number of times. */
export function extract(text: string, catalog: Catalog, bare: boolean): Extracted {
  const scan = newScan(text, catalog, bare);
  let at = 0;
  while (at < text.length) {
    const c = text.charCodeAt(at);
    if (isWord[c] !== 1) {
      boundary(scan, c, at);
      at++;
      continue;
    }
    let end = at + 1;
    while (end < text.length && isWord[text.charCodeAt(end)] === 1) end++;
    at = at < scan.skipTo ? end : takeRun(scan, at, end);
  }
  const found = scan.found.filter(
    (one) => !belongsElsewhere(one, scan) && (!one.needsTopic || scan.memory.topic),
  );
  return { found, contextOf: (one) => contextOf(one, scan) };
}

function boundary(scan: Scan, c: number, at: number): void {
  if (c === 10) {
    scan.line++;
    const before = scan.text[at - 1];
    if (before !== ":" && before !== "=") endClause(scan.memory, true);
    return;
  }
  const ends = c === 46 || c === 33 || c === 63 || c === 59;
  if (ends && /\s|^$/.test(scan.text[at + 1] ?? "")) endClause(scan.memory, false);
}

/** Reads the run [start, end); returns where to go on. */
function takeRun(scan: Scan, start: number, end: number): number {
  const { text, memory } = scan;
  const first = text.charCodeAt(start);
  const digit = first >= 48 && first <= 57;
  const run = end - start > 64 ? "" : text.slice(start, end);
  if (run === "") {
    remember(memory, "~", start, end, scan.catalog.cues, false);
    return end;
  }
  const number = numberAt(scan, run, start, end, digit);
  if (number !== undefined) return number;
  const lower = run.toLowerCase();
  const symbol = symbolAt(scan, run, lower, start, end);
  if (symbol !== undefined) return symbol;
  remember(memory, lower, start, end, scan.catalog.cues, text[end] === ":");
  return end;
}

/** Plain decimals beside words of other systems (Linux, MySQL) or HTTP statuses beside web words. */
function belongsElsewhere(one: Candidate, scan: Scan): boolean {
  if (one.notation !== "dec" || one.value === null || one.value > 0xffff) return false;
  const context = contextAt(scan.memory.places, one.start, one.end);
  if (context.has("elsewhere")) return true;
  if (foreignTo(one.value, context)) return false;
  if (one.value >= 400 && one.value <= 599 && context.has("web")) return true;
  return !scan.bare && httpStatuses.has(one.value) && isForeign(context);
}

function contextOf(one: Candidate, scan: Scan): Map<string, string> {
  const context = contextAt(scan.memory.places, one.start, one.end);
  const device = one.device ? context.get("device") : undefined;
  if (device !== undefined) context.set("devprob", device);
  return one.context.size === 0 ? context : new Map([...one.context, ...context]);
}
