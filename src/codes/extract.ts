import { isCode, type Seen } from "./accept.ts";
import { hitsOf } from "./decode.ts";
import { type Notation, readNumber, repairs } from "./number.ts";
import type { Plain } from "./plain.ts";
import type { Catalog, CodeName } from "./reading.ts";
import { setupStep } from "./rules.ts";
import { surroundings } from "./surroundings.ts";
import { isSymbolLike, spacedSymbol } from "./symbol.ts";
import { contextAt, endClause, type Memory, newMemory, remember, rememberCode } from "./words.ts";

/** A code found in a plain text: a number, a symbol (`names` empty when no table has it) or a malformed number. */
export type Candidate = {
  start: number;
  end: number;
  line: number;
  value: number | null;
  notation: Notation;
  certain: boolean;
  context: Map<string, string>;
  /** Written as "code 43", as Device Manager does. */
  device?: boolean;
  /** Counts only when the text is about Windows or trouble. */
  needsTopic?: boolean;
  names?: readonly CodeName[];
  repairs?: number[];
  extend?: { value: number; phase: string; operation: string };
};

const isWord = new Uint8Array(128);
for (const c of "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz")
  isWord[c.charCodeAt(0)] = 1;

/**
 * Finds the codes of a plain text in one pass; `take` gets each once, in order, and returns false when it wants no more
 * detail (further ones are still counted by value). Work is linear: each character is looked at a bounded number of times.
 */
export function extract(plain: Plain, catalog: Catalog, bare: boolean): Candidate[] {
  const scan: Scan = {
    text: plain.text,
    catalog,
    bare,
    memory: newMemory(),
    line: 1,
    found: [],
    skipTo: 0,
  };
  const { text } = scan;
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
  return scan.found
    .filter((one) => !belongsElsewhere(one, scan.memory) && (!one.needsTopic || scan.memory.topic))
    .map((one) => {
      const context = contextAt(scan.memory.places, one.start, one.end);
      const device = one.device ? context.get("device") : undefined;
      if (device !== undefined) context.set("devprob", device);
      return { ...one, context: new Map([...one.context, ...context]) };
    });
}

type Scan = {
  text: string;
  catalog: Catalog;
  bare: boolean;
  memory: Memory;
  line: number;
  found: Candidate[];
  /** Runs before this position are parameters of the last code. */
  skipTo: number;
};

const none = new Map<string, string>();
const stopped = new Map([["bugcheck", "stop"]]);

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
  const symbol = symbolAt(scan, run, start, end);
  if (symbol !== undefined) return symbol;
  remember(memory, run.toLowerCase(), start, end, scan.catalog.cues, text[end] === ":");
  return end;
}

function numberAt(
  scan: Scan,
  run: string,
  start: number,
  end: number,
  digit: boolean,
): number | undefined {
  const { text } = scan;
  const joined = digit || /^[oO][xX]/.test(run) ? joinedHex(text, run, start, end) : undefined;
  const written = readNumber(joined?.run ?? run) ?? basicHex(text, run, start);
  if (!written) return undefined;
  const stop = joined?.end ?? end;
  if (written.notation === "malformed") return malformedAt(scan, written.hex, start, stop);
  const minus = text[start - 1] === "-" && !/[\w)\]-]/.test(text[start - 2] ?? " ");
  const prefixed = /^[0oO][xX]|[hH]$/.test(run) || written.notation === "hex8";
  let seen: Seen = { ...written, prefixed, run };
  let from = start;
  if (
    minus &&
    written.notation !== "hex" &&
    !prefixed &&
    /^\d+$/.test(run) &&
    Number(run) <= 0x80000000
  ) {
    seen = { ...seen, notation: "neg", value: -Number(run) >>> 0 };
    from = start - 1;
  }
  return settleNumber(scan, seen, from, stop);
}

function settleNumber(scan: Scan, seen: Seen, start: number, end: number): number | undefined {
  const { text, memory } = scan;
  const around = surroundings(text, start, end, memory);
  const hits = hitsOf(seen.value, scan.catalog);
  const next = /^\W{0,2}([a-z%']+)/i.exec(text.slice(end, end + 20))?.[1]?.toLowerCase() ?? "";
  const from = memory.recent[Math.max(0, memory.recent.length - 4)]?.start ?? start;
  const taken = isCode(seen, around, {
    known: hits.length > 0,
    bare: scan.bare && isFirst(text, start) && text[end] !== "=",
    bugcheck: memory.places.has("bugcheck"),
    database: memory.places.has("esent"),
    log: scan.line > 3,
    failing: memory.failing,
    namedBefore: hits.some((hit) => isNamedBefore(memory, hit.component)),
    next,
    opening: text.slice(Math.max(from, start - 60), start).toLowerCase(),
    closing: text.slice(end, end + 4),
    nextIsUnit: scan.catalog.cues.roles.get(next)?.has("units") === true || text[end] === "%",
  });
  if (!taken) {
    if (seen.notation === "short") return undefined;
    remember(memory, seen.run.toLowerCase(), start, end, scan.catalog.cues, false);
    return end;
  }
  return add(scan, {
    start,
    end,
    line: scan.line,
    value: seen.value,
    notation: seen.notation,
    certain: seen.prefixed && seen.digits === 8,
    context: around.stop ? stopped : none,
    device: around.device && seen.value <= 57,
    needsTopic: taken === "topic",
  });
}

function add(scan: Scan, candidate: Candidate): number {
  const { text } = scan;
  let end = candidate.end;
  const pair = /^\s?-?\s?(0x([1-9a-f][0-9a-f]{4,5}))\b/i.exec(text.slice(end, end + 14));
  if (pair && candidate.value !== null && candidate.value >= 0x80000000) {
    const value = Number(pair[1]);
    const step = setupStep(value);
    if (step) {
      candidate.extend = { value, ...step };
      end += pair[0].length;
      candidate.end = end;
    }
  }
  const brackets = /^\s?\(\s?0x[0-9a-f]+\s?,\s?0x[0-9a-f]/i.exec(text.slice(end, end + 50));
  if (brackets) scan.skipTo = closing(text, end);
  scan.found.push(candidate);
  rememberCode(scan.memory, candidate.start, end);
  return end;
}

/** Only quotes and brackets stand before it: in a slash command the first word is the code. */
function isFirst(text: string, start: number): boolean {
  return start < 8 && /^[\s"'`([{<-]*$/.test(text.slice(0, start));
}

function malformedAt(scan: Scan, hex: string, start: number, end: number): number {
  const around = surroundings(scan.text, start, end, scan.memory);
  const known = repairs(hex).filter(
    (value) => value > 0xffff && hitsOf(value, scan.catalog).length > 0,
  );
  const wanted =
    /^[89c-e]/i.test(hex) &&
    (known.length > 0 || around.cue === "strong" || (scan.bare && isFirst(scan.text, start)));
  if (!wanted || around.address) {
    remember(scan.memory, "~", start, end, scan.catalog.cues, false);
    return end;
  }
  const { line } = scan;
  return add(scan, {
    start,
    end,
    line,
    value: null,
    notation: "hex",
    certain: false,
    context: none,
    repairs: known,
  });
}

function symbolAt(scan: Scan, run: string, start: number, end: number): number | undefined {
  const { text, catalog } = scan;
  const spaced = spacedSymbol(text, start, end, catalog, scan.memory.places.has("bugcheck"));
  const symbol = spaced?.symbol ?? run;
  if (!spaced && !isSymbolLike(run)) return undefined;
  const stop = spaced?.end ?? end;
  const names = catalog.bySymbol(symbol);
  if (names.length === 0 && !isUnknownSymbol(run)) return undefined;
  const value = names[0]?.value ?? null;
  const { line } = scan;
  const certain = !spaced && names.length > 0;
  const after = add(scan, {
    start,
    end: stop,
    line,
    value,
    notation: "hex8",
    certain,
    context: none,
    names,
  });
  const own = /^\s?\(\s?(?:0x)?([0-9a-f]{1,8})\s?\)/i.exec(text.slice(after, after + 16));
  if (own && names.some((name) => name.value === Number.parseInt(own[1] as string, 16)))
    return after + own[0].length;
  return after;
}

/** All capitals and the prefix of a family: somebody's code, though no table has it. */
function isUnknownSymbol(run: string): boolean {
  if (run !== run.toUpperCase() || run.length < 9) return false;
  return (
    /^(?:ERROR|STATUS|SEC_E|WU_E|CBS_E|SL_E|FVE_E|TBS_E|RPC_[SE]|CO_E|VSS_E|WBEM_E|MAPI_E|NTE|CRYPT_E|CERT_E|TRUST_E|SCARD_E|BG_E|MF_E|DXGI_ERROR|HCS_E|APPX_E|E|STG_E|KDC_ERR|AADSTS)_?[A-Z0-9_]+$/.test(
      run,
    ) && /_[A-Z]+_|^(?:AADSTS\d|E_|ERROR_|STATUS_)/.test(run)
  );
}

/** `0x 8009 0311`, `0x8009 0311`: the groups of a number that was pasted with blanks. */
function joinedHex(text: string, run: string, start: number, end: number) {
  if (!/^[0oO][xX](?:[89a-fA-F][0-9a-fA-FoO]{3})?$/.test(run)) return undefined;
  const need =
    run.length === 2
      ? "(?:[0-9a-fA-FoO]{8}|[89a-fA-F][0-9a-fA-FoO]{3} [0-9a-fA-FoO]{4})"
      : "[0-9a-fA-FoO]{4}";
  const match = new RegExp(`^ ${need}(?![0-9A-Za-z_])`).exec(text.slice(end, end + 12));
  if (!match) return undefined;
  const stop = end + match[0].length;
  return { run: text.slice(start, stop).replaceAll(" ", ""), end: stop };
}

/** `&H80070005`, as Visual Basic writes it. */
function basicHex(text: string, run: string, start: number) {
  if (text[start - 1] !== "&" || !/^[hH][0-9a-fA-F]{1,8}$/.test(run)) return undefined;
  return readNumber(`0x${run.slice(1)}`);
}

function closing(text: string, from: number): number {
  const at = text.indexOf(")", from);
  return at < 0 || at > from + 400 ? from : at;
}

/** The last word names this component ("VPN", "msiexec"). */
function isNamedBefore(memory: Memory, component: string): boolean {
  if (component !== "ras" && component !== "msi") return false;
  const last = memory.recent.at(-1);
  return last !== undefined && memory.places.get(component)?.at(-1)?.at === last.start;
}

/** Plain decimals beside words of other systems (Linux, MySQL) or HTTP statuses beside web words. */
function belongsElsewhere(one: Candidate, memory: Memory): boolean {
  if (one.notation !== "dec" || one.value === null || one.value > 0xffff) return false;
  const context = contextAt(memory.places, one.start, one.end);
  if (context.has("elsewhere")) return true;
  return one.value >= 400 && one.value <= 599 && context.has("web");
}
