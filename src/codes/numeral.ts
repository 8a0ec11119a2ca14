import { isCode, type Seen } from "./accept.ts";
import { hitsOf } from "./decode.ts";
import { readNumber, repairs } from "./number.ts";
import { type Scan, take } from "./scan.ts";
import { surroundings } from "./surroundings.ts";
import { type Memory, remember } from "./words.ts";

const none = new Map<string, string>();
const stopped = new Map([["bugcheck", "stop"]]);

/** Reads the run [start, end) as a number, if it is one; returns where to go on. */
export function numberAt(
  scan: Scan,
  run: string,
  start: number,
  end: number,
  digit: boolean,
): number | undefined {
  if (!digit && isPlainWord(run)) return undefined;
  const { text } = scan;
  const pair = pairAt(scan, run, start, end);
  if (pair) {
    const after = settleNumber(scan, pair.seen, start, pair.end);
    if (after !== undefined) return after;
  }
  const joined = joinedHex(text, run, start, end);
  const written = readNumber(joined?.run ?? run) ?? basicHex(text, run, start);
  if (!written) return undefined;
  const stop = joined?.end ?? end;
  if (written.notation === "malformed") return malformedAt(scan, written.hex, start, stop);
  const minus = text[start - 1] === "-" && !/[\w)\]-]/.test(text[start - 2] ?? " ");
  const prefixed = written.notation === "hex8" || /^[0oO][xX]|[hH]$/.test(run);
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

/** True for a word that no notation of a number can hold: no digit, no 0x with a letter O, not all hexadecimal. */
function isPlainWord(run: string): boolean {
  const first = run.charCodeAt(0) | 32;
  if (first === 0x6f && (run.charCodeAt(1) | 32) === 0x78) return false;
  let hexadecimal = true;
  for (let i = 0; i < run.length; i++) {
    const c = run.charCodeAt(i);
    if (c >= 48 && c <= 57) return false;
    if ((c | 32) > 0x66 || c === 95) hexadecimal = false;
  }
  return !hexadecimal && first !== 0x68;
}

function settleNumber(scan: Scan, read: Seen, start: number, end: number): number | undefined {
  const { text, memory } = scan;
  const seen = asStopCode(read, scan) ?? read;
  const around = surroundings(text, start, end, memory);
  const hits = hitsOf(seen.value, scan.catalog);
  const next = /^\W{0,2}([a-z%']+)/i.exec(text.slice(end, end + 20))?.[1]?.toLowerCase() ?? "";
  const known = hits.some((hit) => hit.component !== "aadsts" || memory.places.has("aadsts"));
  const opening = () => {
    const from = memory.recent[Math.max(0, memory.recent.length - 4)]?.start ?? start;
    return text.slice(Math.max(from, start - 60), start).toLowerCase();
  };
  const taken = isCode(seen, around, {
    known,
    bare: scan.bare && isFirst(text, start) && text[end] !== "=",
    bugcheck: memory.places.has("bugcheck"),
    database: memory.places.has("esent"),
    log: scan.line > 3,
    failing: memory.failing,
    namedBefore: hits.some((hit) => isNamedBefore(memory, hit.component)),
    next,
    opening,
    closing: text.slice(end, end + 4),
    nextIsUnit: scan.catalog.cues.words.get(next)?.roles.has("units") === true || text[end] === "%",
  });
  if (!taken) {
    if (seen.notation === "short" || seen.paired) return undefined;
    remember(memory, seen.run.toLowerCase(), start, end, scan.catalog.cues, false);
    return end;
  }
  return take(scan, {
    start,
    end,
    line: scan.line,
    value: seen.value,
    notation: seen.notation,
    certain: seen.prefixed && seen.digits === 8,
    context: around.stop ? stopped : none,
    device: around.device && seen.value <= 57,
    needsTopic: taken === "topic",
    hits,
  });
}

/** Digits after "bugcheck" or "LiveKernelEvent" are hexadecimal, where a stop code has that number. */
function asStopCode(read: Seen, { memory, catalog }: Scan): Seen | undefined {
  if (read.notation !== "dec" || read.digits > 3) return undefined;
  const last = memory.recent.at(-1)?.text ?? "";
  const live = memory.places.get("bugcheck")?.some(({ words }) => words === "livekernelevent");
  const wanted = live ? /^(?:code|codigo|livekernelevent)$/ : /^(?:bugcheck|bsod)$/;
  if (!wanted.test(last)) return undefined;
  const value = Number.parseInt(read.run, 16);
  const known = catalog.byValue(value).some(({ family }) => family === "bugcheck");
  return known ? { ...read, notation: "short", value } : undefined;
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
  return take(scan, {
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

/** `8009 0311`, `C000_0005`: two groups of four digits without 0x that make a known code, and no third group beside them. */
function pairAt(scan: Scan, run: string, start: number, end: number) {
  const { text, catalog } = scan;
  if (run.length !== 4 && run.length !== 9) return undefined;
  if (!/^(?=.*\d)[89a-fA-F][0-9a-fA-F]{3}(?:_[0-9a-fA-F]{4})?$/.test(run)) return undefined;
  const second = run.length === 4 ? /^ [0-9a-fA-F]{4}(?!\w)/.exec(text.slice(end, end + 6)) : [""];
  if (!second) return undefined;
  const stop = end + (second[0] as string).length;
  if (/\d{3}[ _-]$/.test(text.slice(Math.max(0, start - 4), start))) return undefined;
  if (/^[ _-]\d{3}/.test(text.slice(stop, stop + 4))) return undefined;
  const digits = text.slice(start, stop).replace(/[ _]/, "");
  const value = Number.parseInt(digits, 16);
  if (hitsOf(value, catalog).length === 0) return undefined;
  const seen: Seen = {
    notation: "bare8",
    value,
    digits: 8,
    prefixed: false,
    run: digits,
    paired: true,
  };
  return { seen, end: stop };
}

const afterPrefix =
  /^ (?:[0-9a-fA-FoO]{8}|[89a-fA-F][0-9a-fA-FoO]{3} [0-9a-fA-FoO]{4})(?![0-9A-Za-z_])/;
const afterGroup = /^ [0-9a-fA-FoO]{4}(?![0-9A-Za-z_])/;

/** `0x 8009 0311`, `0x8009 0311`: the groups of a number that was pasted with blanks. */
function joinedHex(text: string, run: string, start: number, end: number) {
  if (run.length !== 2 && run.length !== 6) return undefined;
  if (!/^[0oO][xX](?:[89a-fA-F][0-9a-fA-FoO]{3})?$/.test(run)) return undefined;
  const rest = run.length === 2 ? afterPrefix : afterGroup;
  const match = rest.exec(text.slice(end, end + 12));
  if (!match) return undefined;
  const stop = end + match[0].length;
  return { run: text.slice(start, stop).replaceAll(" ", ""), end: stop };
}

/** `&H80070005`, as Visual Basic writes it. */
function basicHex(text: string, run: string, start: number) {
  if (text[start - 1] !== "&" || !/^[hH][0-9a-fA-F]{1,8}$/.test(run)) return undefined;
  return readNumber(`0x${run.slice(1)}`);
}

/** The last word names this component ("VPN", "msiexec"). */
function isNamedBefore(memory: Memory, component: string): boolean {
  if (!/^(?:ras|msi|aadsts)$/.test(component)) return false;
  const last = memory.recent.at(-1);
  return last !== undefined && memory.places.get(component)?.at(-1)?.at === last.start;
}
