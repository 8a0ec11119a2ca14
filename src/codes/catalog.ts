import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { loadCues } from "./cues.ts";
import type { Catalog, CodeName, Family } from "./reading.ts";

const order = [
  "hresult",
  "ntstatus",
  "win32",
  "msi",
  "wininet",
  "ras",
  "bugcheck",
  "other",
  "extra",
];
const head = "value\tsymbol\tfamily\tcomponent\tsource";

/**
 * Loads the name table from a folder of `*.tsv` (knowledge/codes) and the words of every language from ../locales.
 * A row becomes an object when somebody asks for it. Throws an Error with file and line for a malformed row.
 */
export function loadCatalog(folder: string, locales = join(folder, "../locales")): Catalog {
  const table: Table = { texts: [], starts: [], byValue: new Map(), bySymbol: new Map() };
  const files = readdirSync(folder).filter((name) => name.endsWith(".tsv"));
  files.sort((a, b) => rank(a) - rank(b));
  for (const file of files) {
    index(table, readFileSync(join(folder, file), "latin1"), file);
  }
  const rows: (CodeName | undefined)[] = new Array(table.starts.length);
  const row = (at: number): CodeName => {
    rows[at] ??= readRow(table, at);
    return rows[at];
  };
  const found = (at: Index | undefined): readonly CodeName[] => {
    if (at === undefined) return none;
    return typeof at === "number" ? [row(at)] : at.map(row);
  };
  let values: Uint32Array | undefined;
  let stops: readonly CodeName[] | undefined;
  return {
    size: table.starts.length,
    byValue: (value) => found(table.byValue.get(value)),
    bySymbol: (symbol) => found(table.bySymbol.get(symbol.toUpperCase())),
    values: () => {
      values ??= Uint32Array.from(table.byValue.keys()).sort();
      return values;
    },
    stopCodes: () => {
      stops ??= [...byFile(table, files.indexOf("bugcheck.tsv"))].map(row);
      return stops;
    },
    cues: loadCues(locales),
  };
}

type Index = number | number[];

/** `starts` holds file number * 2^32 + offset of each row. */
type Table = {
  texts: string[];
  starts: number[];
  byValue: Map<number, Index>;
  bySymbol: Map<string, Index>;
};

const none: readonly CodeName[] = Object.freeze([]);
const fileUnit = 2 ** 32;

function rank(file: string): number {
  const at = order.indexOf(file.slice(0, -4));
  return at < 0 ? order.length : at;
}

function index(table: Table, text: string, file: string): void {
  if (!text.startsWith(`${head}\n`)) throw new Error(`${file}:1: the header line is not "${head}"`);
  const number = table.texts.push(text) - 1;
  let line = 1;
  for (let at = head.length + 1; at < text.length; ) {
    line++;
    const end = text.indexOf("\n", at);
    const tab = text.indexOf("\t", at + 11);
    const value = tab < 0 || tab > end ? Number.NaN : hexAt(text, at);
    if (Number.isNaN(value)) throw new Error(`${file}:${line}: not a row: ${text.slice(at, end)}`);
    const row = table.starts.push(number * fileUnit + at) - 1;
    put(table.byValue, value, row);
    put(table.bySymbol, text.slice(at + 11, tab).toUpperCase(), row);
    at = end + 1;
  }
}

/** The number in `0x%08X` followed by a tab; NaN when it is not one. */
function hexAt(text: string, at: number): number {
  if (text.charCodeAt(at) !== 48 || text.charCodeAt(at + 1) !== 120) return Number.NaN;
  if (text.charCodeAt(at + 10) !== 9) return Number.NaN;
  let value = 0;
  for (let i = at + 2; i < at + 10; i++) {
    const c = text.charCodeAt(i);
    const digit = c >= 48 && c <= 57 ? c - 48 : c >= 65 && c <= 70 ? c - 55 : Number.NaN;
    value = value * 16 + digit;
  }
  return value;
}

/** Row numbers of one file. */
function* byFile(table: Table, file: number): Generator<number> {
  for (const [at, start] of table.starts.entries()) {
    if (Math.floor(start / fileUnit) === file) yield at;
  }
}

function put<K>(map: Map<K, Index>, key: K, row: number): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, row);
  else if (typeof known === "number") map.set(key, [known, row]);
  else known.push(row);
}

function readRow(table: Table, at: number): CodeName {
  const start = table.starts[at] as number;
  const text = table.texts[Math.floor(start / fileUnit)] as string;
  const from = start % fileUnit;
  const [value, symbol = "", family, component = "", source = ""] = text
    .slice(from, text.indexOf("\n", from))
    .split("\t");
  const sources = source.split(",");
  return { value: Number(value), symbol, family: family as Family, component, sources };
}
