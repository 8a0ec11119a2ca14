import type { BitFields, Catalog, CodeName } from "./reading.ts";
import { facilityName, foreign, holds, unnamed } from "./rules.ts";

/** The way from a value to a name: which rule, and the number it was looked up under. */
export type Via =
  | "table"
  | "from-win32"
  | "nt-win32"
  | "from-nt"
  | "setupapi"
  | "wam"
  | "http"
  | "unnamed";

/** One name that a value can have. `symbol` is null where the number has a meaning and no public name. */
export type Hit = {
  symbol: string | null;
  family: CodeName["family"];
  component: string;
  /** True when the header that owns the family states it. */
  primary: boolean;
  via: Via;
  looked: number;
};

const win32Like = new Set(["win32", "msi", "wininet", "winhttp", "lan", "ras", "mpr"]);
const owner = /:(?:winerror|ntstatus|bugcodes)\./;

/**
 * The bit fields of an unsigned 32-bit value; null where they would mislead. A wrapped NTSTATUS (bit 28) shows the fields
 * of the inner value; a customer's facility has no public name. Source: winerror.h and ntstatus.h, Windows SDK, 2026-08.
 */
export function bitFields(value: number): BitFields | null {
  if (value <= 0xffff || value >= 0xffff0000) return null;
  const top = value >>> 28;
  const wrapsNtstatus = (value & 0x10000000) !== 0 && top >= 8;
  const layout = wrapsNtstatus || top === 4 ? "ntstatus" : layoutOf(value);
  const facility = (value >>> 16) & (layout === "ntstatus" ? 0xfff : 0x1fff);
  const customer = (value & 0x20000000) !== 0;
  return {
    layout,
    failure: value >>> 31 === 1,
    severity: (wrapsNtstatus ? value & 0xefffffff : value) >>> 30,
    customer,
    wrapsNtstatus,
    facility,
    facilityName: customer ? null : (facilityName(layout, facility) ?? null),
    code: value & 0xffff,
  };
}

/** Every name of a value: its own rows, and those that a documented rule derives. */
export function hitsOf(value: number, catalog: Catalog): Hit[] {
  const hits = catalog.byValue(value).map((row) => hit(row, "table", value));
  const special = unnamed.get(value);
  if (special) {
    hits.push({ ...special, symbol: null, primary: true, via: "unnamed", looked: value });
  }
  const family = hits.length === 0 ? catalog.explained?.get(value) : undefined;
  if (family) {
    const nameless = { symbol: null, component: "entry", primary: true } as const;
    hits.push({ ...nameless, family, via: "unnamed", looked: value });
  }
  const low = value & 0xffff;
  const whose = hits.length === 0 ? programOf(value) : undefined;
  if (whose) {
    const nameless = { symbol: null, family: "hresult", primary: true } as const;
    hits.push({ ...nameless, component: whose, via: "unnamed", looked: value });
  }
  const derive = (via: Via, looked: number, keep: (row: CodeName) => boolean) => {
    for (const row of catalog.byValue(looked)) if (keep(row)) hits.push(hit(row, via, looked));
  };
  const high = value >>> 16;
  if (high === 0x8007) derive("from-win32", low, (row) => win32Like.has(row.component));
  else if (high === 0xc007) derive("nt-win32", low, (row) => win32Like.has(row.component));
  else if (high === 0xcaa8) derive("wam", low, (row) => /^win(?:inet|http)$/.test(row.component));
  else if (high === 0x800f) {
    derive("setupapi", (0xe0000000 | low) >>> 0, (row) => row.component === "setupapi");
  } else if (high === 0x8019 && low >= 100 && low <= 599) {
    const http = { symbol: null, family: "other", component: "http", primary: false } as const;
    hits.push({ ...http, via: "http", looked: low });
  } else if ((value & 0x10000000) !== 0 && value >>> 31 === 1) {
    derive("from-nt", (value & 0xefffffff) >>> 0, (row) => row.component === "ntstatus");
  }
  return hits;
}

/** The program whose own number an HRESULT holds (0x800A01AD: 429 of Visual Basic). */
function programOf(value: number): string | undefined {
  const base = ((value >>> 16) << 16) >>> 0;
  return foreign.find((one) => Number(one.base) === base && holds(one, value & 0xffff))?.component;
}

/** Space and number that all forms of one code share: 0x8007NNNN, 0xC007NNNN and Win32 NNNN are one. */
export function identityOf(h: Pick<Hit, "family" | "component" | "looked" | "via">): string {
  const high = h.looked >>> 16;
  if (high === 0x8007 || high === 0xc007) {
    if (h.family === "hresult" || h.family === "ntstatus") return id("win32", h.looked & 0xffff);
  }
  if (h.component === "ras" || h.component === "mpr") return id("ras", h.looked);
  if (win32Like.has(h.component) || h.component === "dhcp") return id("win32", h.looked);
  if (h.family !== "other") return id(h.family, h.looked);
  return id(h.component, h.looked);
}

let last = { value: 0, text: "0x00000000" };

/** A value as it is shown: 0x and eight digits. All readings of a code ask for the same one: the last answer is kept. */
export function hex(value: number): string {
  if (last.value !== value) {
    last = { value, text: `0x${value.toString(16).toUpperCase().padStart(8, "0")}` };
  }
  return last.text;
}

function layoutOf(value: number): "hresult" | "ntstatus" {
  if (value >>> 30 !== 3) return "hresult";
  const facility = (value >>> 16) & 0x1fff;
  return r1Facilities.has(facility) ? "hresult" : "ntstatus";
}

/** HRESULTs with bit 30 set: SL_E, NS_E, MQ, virtual disks, IMAPI2, deployment services, setup (0xC190). */
const r1Facilities = new Set([
  4, 5, 13, 14, 58, 170, 0x190, 0x101, 0x102, 0x103, 0x104, 0x105, 0x107, 0x108,
]);

function hit(row: CodeName, via: Via, looked: number): Hit {
  return {
    symbol: row.symbol,
    family: row.family,
    component: row.component,
    primary: row.component !== "hresult" || row.sources.some((source) => owner.test(source)),
    via,
    looked,
  };
}

function id(space: string, value: number): string {
  return `${space}:${hex(value).slice(2)}`;
}
