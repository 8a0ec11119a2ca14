import { type Hit, hex, hitsOf, identityOf } from "./decode.ts";
import { foreignHits, foreignTo } from "./foreign.ts";
import type { Notation } from "./number.ts";
import type { Catalog, Reading } from "./reading.ts";
import { commonNumbers, commonStops, unnamed } from "./rules.ts";

/** What a reading depends on besides the value: how it was written, what the words near it name, and where it stood. */
export type Circumstances = {
  notation: Notation;
  /** Component -> the words that named it. */
  context: ReadonlyMap<string, string>;
  /** The message is only the code. */
  bare: boolean;
};

/** Score of a number that is another program's; more than any other has. */
const FOREIGN = 250;

/** At most this many readings of one code are kept. */
const MOST = 6;

const bigOrder =
  "hresult wu cbs sl bits ntstatus mosetup defender winrm vss wmi do winget outlook setupapi esent usbd";
const smallOrder =
  "win32 wininet winhttp lan ras mpr dhcp bugcheck hresult ntstatus devprob ldap kerberos";
const places = { big: bigOrder.split(" "), small: smallOrder.split(" ") };
const hidden = new Set(
  "bth hba snmp simplemapi odbcinst cab commdlg mm mci shellexec lz cfgmgr tapi rdp-errinfo netsh io wlan".split(
    " ",
  ),
);
/** The reasons of readings that no table of Windows' own codes gives. */
const faint = new Set(["aadsts", "only", "program"]);
const shy = new Set("devprob ldap kerberos rdp-disconnect rdp-extended".split(" "));

/**
 * The readings of a value, best first, one for each identity, each with its reason. Order and weights: decode-spec 4, the
 * project's own. `hits` are those of the value, where the caller has them.
 */
export function readingsOf(
  value: number,
  at: Circumstances,
  catalog: Catalog,
  hits: readonly Hit[] = hitsOf(value, catalog),
): Reading[] {
  const foreign = scoreForeign(value, at, catalog);
  const scored = [...score(value, at, hits, 0), ...foreign];
  if (foreign.length === 0 && (at.notation === "dec" || at.notation === "short")) {
    const again = reread(value, at.notation);
    if (again !== undefined) scored.push(...score(again, at, hitsOf(again, catalog), -30));
  }
  const loud = scored.filter((one) => !one.quiet);
  const quiet = scored.filter((one) => one.quiet && !one.rehex);
  if (loud.length === 0) return merge(isTiny(value) ? [program(value), ...quiet] : quiet);
  return merge(loud.every((one) => one.rehex) ? [...loud, ...quiet] : loud);
}

/**
 * True when the best two readings are too near each other to choose silently and no word near the code decides; true also
 * when only an unlikely table knows the value.
 */
export function isClose(readings: readonly Reading[]): boolean {
  const [first, second] = readings;
  if (!first || first.why.id === "context" || first.why.id === "program") return false;
  if (first.score >= FOREIGN) return false;
  if (readings.some(isFaint)) return true;
  if (!second) return false;
  return second.score >= first.score - 10 && second.family !== first.family;
}

/** True for a reading that is not sure enough to be given as the answer: a table that few numbers come from, or none. */
export function isFaint(reading: Reading): boolean {
  return faint.has(reading.why.id);
}

type Scored = {
  hit: Hit;
  value: number;
  score: number;
  named: string | undefined;
  rehex: boolean;
  /** Another program whose number it is. */
  foreign?: string;
  /** Counts only where nothing else knows the value. */
  quiet: boolean;
};

/** Decimal digits read as hexadecimal ones (Err.exe does the same); 2 to 7 digits. */
function reread(value: number, notation: Notation): number | undefined {
  if (notation === "short") return undefined;
  const digits = String(value);
  return digits.length >= 2 && digits.length <= 7 ? Number.parseInt(digits, 16) : undefined;
}

function score(value: number, at: Circumstances, hits: readonly Hit[], offset: number): Scored[] {
  const rehex = offset !== 0 || at.notation === "short";
  const scored: Scored[] = [];
  const first = new Set<string>();
  for (const hit of hits) {
    const named = naming(hit, value, at);
    const quiet = named === undefined && isQuiet(hit, value);
    const points = base(hit, value, at, named !== undefined, rehex) - (quiet ? 60 : 0);
    const group = `${hit.component} ${hit.via}`;
    const order = first.has(group) ? 0.5 : 0;
    first.add(group);
    scored.push({ hit, value, score: points + offset - order, named, rehex, quiet });
  }
  return scored;
}

/** A number that the words near it give to another program stands before all that Windows means by it. */
function scoreForeign(value: number, at: Circumstances, catalog: Catalog): Scored[] {
  const whose = at.notation === "dec" ? foreignTo(value, at.context) : undefined;
  if (!whose) return [];
  const { value: whole, hits } = foreignHits(value, whose, catalog);
  const rest = { named: undefined, rehex: false, quiet: false, foreign: whose.component };
  return hits.map((hit, i) => ({ ...rest, hit, value: whole, score: FOREIGN + 1 / (i + 1) }));
}

/** Entra's numbers are written behind AADSTS, and any program returns a small negative number. */
function isQuiet(hit: Hit, value: number): boolean {
  if (hit.component === "aadsts" || isTiny(value)) return true;
  return value <= 0xffff && hidden.has(hit.component);
}

/** -1 to -99. */
function isTiny(value: number): boolean {
  return value >= 0xffffff9d;
}

/** What a small negative number is first of all: a program's own word for "failed". */
function program(value: number): Scored {
  const nameless = { symbol: null, family: "other", component: "program" } as const;
  const hit: Hit = { ...nameless, primary: true, via: "unnamed", looked: value };
  return { hit, value, score: 50, named: undefined, rehex: false, quiet: false };
}

function base(hit: Hit, value: number, at: Circumstances, named: boolean, rehex: boolean): number {
  const big = value > 0xffff;
  const component = hit.component === "msi" ? "win32" : hit.component;
  const listed = (hit.via === "table" && big ? places.big : places.small).indexOf(component);
  let points = (hit.via === "table" ? 100 : 92) - (listed < 0 ? 25 : listed);
  if (hit.via === "unnamed") points = 95;
  if (hit.via === "wam" && component === "winhttp") points += 2;
  if (named) points += 40;
  if (component === "win32" && commonNumbers.has(hit.looked)) points += 25;
  if (component === "ntstatus" && (value >>> 28 === 0xc || value >>> 28 === 4)) points += 15;
  if (component === "bugcheck") points += bugCheck(value, at, named, rehex);
  if (component === "ras" && at.notation === "dec" && value >= 600 && value <= 999) points += 16;
  if (!big && !named && (shy.has(component) || component === "hresult" || component === "ntstatus"))
    points -= 35;
  if (at.notation === "dec" && value > 0xffff && value < 0x80000000) points -= 10;
  if (component === "hresult" && !hit.primary) {
    const crowded = value >>> 16 === 0x8007 || value >>> 16 === 0x8000;
    points -= crowded ? 22 : 12;
  }
  return points;
}

function bugCheck(value: number, at: Circumstances, named: boolean, rehex: boolean): number {
  const common = commonStops.has(value) ? 20 : 0;
  if (rehex) return common - 10;
  if (at.notation === "dec" || at.notation === "neg") return -40;
  if (common > 0 || named || at.bare || value > 0xffff) return common;
  return -15;
}

/** The words that name this hit's component, if any. After "exit code" a small number is Win32, a large one NTSTATUS. */
function naming(hit: Hit, value: number, at: Circumstances): string | undefined {
  const { context } = at;
  if (hit.via === "unnamed") return context.get(unnamed.get(value)?.context ?? "");
  if (hit.component === "ntstatus") return value > 0xffff ? context.get("ntstatus") : undefined;
  if (hit.component === "msi") return context.get("msi") ?? context.get("win32");
  if (hit.component === "outlook" || hit.component === "hresult") return context.get(hit.component);
  return context.get(hit.component);
}

function merge(scored: Scored[]): Reading[] {
  scored.sort((a, b) => b.score - a.score);
  const readings = new Map<string, Reading>();
  for (const one of scored) {
    const identity = identityOf(one.hit);
    const known = readings.get(identity);
    if (!known) {
      if (readings.size < MOST) readings.set(identity, reading(one, identity));
      continue;
    }
    const { symbol } = one.hit;
    if (symbol !== null && symbol !== known.symbol && !known.aliases.includes(symbol)) {
      known.aliases.push(symbol);
    }
  }
  return [...readings.values()];
}

function reading(scored: Scored, identity: string): Reading {
  const { hit, value } = scored;
  const derived = hit.via === "from-win32" || hit.via === "from-nt" || hit.via === "wam";
  const family = derived ? "hresult" : hit.via === "nt-win32" ? "ntstatus" : hit.family;
  return {
    code: hex(value),
    value,
    symbol: hit.symbol,
    family,
    component: hit.component,
    identity,
    aliases: [],
    why: reason(scored),
    score: scored.score,
  };
}

function reason({ hit, value, named, rehex, quiet, foreign }: Scored): Reading["why"] {
  if (foreign !== undefined) return { id: foreign, params: { code: String(value & 0xffff) } };
  if (named !== undefined) return { id: "context", params: { words: named } };
  if (hit.via === "unnamed") return { id: hit.component, params: { code: String(value & 0xffff) } };
  if (hit.via !== "table")
    return { id: hit.via, params: { code: String(hit.looked), inner: hex(hit.looked) } };
  if (rehex) return { id: "rehex", params: { value: hex(value) } };
  if (quiet && !isTiny(value)) return faintly(hit.component);
  if (hit.family === "hresult") return { id: "hresult", params: fields(value) };
  if (hit.family === "ntstatus") return { id: "ntstatus", params: {} };
  if (hit.family === "bugcheck") return { id: "bugcheck", params: {} };
  if (hit.family === "other") return { id: "component", params: { component: hit.component } };
  return { id: hit.family, params: { number: String(value) } };
}

function faintly(component: string): Reading["why"] {
  return component === "aadsts"
    ? { id: "aadsts", params: {} }
    : { id: "only", params: { component } };
}

function fields(value: number): Record<string, string> {
  return { facility: String((value >>> 16) & 0x1fff), code: String(value & 0xffff) };
}
