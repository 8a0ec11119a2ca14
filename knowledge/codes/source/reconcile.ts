import type { Fact } from "./fact.ts";

/** A pair that ships: `sources` in order of trust, `rank` sorts the rows of one value, best first. */
export type Row = {
  value: number;
  symbol: string;
  family: string;
  component: string;
  sources: string[];
  primary: boolean;
};

/** A ruling on a known disagreement: `symbol` has not this `value` (wrong), or rightly has several (both). */
export type Dispute = { symbol: string; value: number; ruling: string };

/** What came out: rows, contradictions that nobody has ruled on, and pairs that only an SDK states. */
export type Reconciled = { rows: Row[]; contradictions: string[]; onlySdk: Row[] };

/**
 * Joins the facts of all sources. A pair ships when the header that owns it states it, when another redistributable
 * source does, or when a lesser SDK header and a second source do; a bug check never on mingw's word alone. A symbol with two values in one component is a contradiction.
 */
export function reconcile(
  facts: readonly Fact[],
  confirmed: ReadonlySet<string>,
  disputes: readonly Dispute[],
): Reconciled {
  const wrong = disputes.filter((d) => d.ruling === "wrong");
  const ruled = new Set(wrong.map((d) => `${d.symbol}=${d.value}`));
  const both = new Set(disputes.filter((d) => d.ruling === "both").map((d) => d.symbol));
  const rows = new Map<string, Row>();
  for (const fact of facts) {
    if (ruled.has(`${fact.symbol}=${fact.value}`)) continue;
    const key = `${fact.component}\t${fact.symbol}\t${fact.value}`;
    const row = rows.get(key);
    if (!row) {
      const { symbol, value, component, family, primary, source } = fact;
      rows.set(key, { symbol, value, component, family, primary, sources: [source] });
      continue;
    }
    row.primary ||= fact.primary;
    if (!row.sources.includes(fact.source)) row.sources.push(fact.source);
  }
  for (const row of rows.values()) {
    if (confirmed.has(`${row.symbol}=${row.value}`)) row.sources.push("zigwin32");
  }
  const all = [...rows.values()];
  const shipped = all.filter(ships);
  return {
    rows: shipped.sort(byValueThenRank),
    contradictions: contradictions(all.filter((row) => !both.has(row.symbol))),
    onlySdk: all.filter((row) => !ships(row) && row.sources.every((s) => s.startsWith("sdk:"))),
  };
}

function ships(row: Row): boolean {
  const free = row.sources.filter((s) => !s.startsWith("sdk:"));
  if (row.family === "bugcheck") return row.sources.some((s) => !s.startsWith("mingw:"));
  return free.length > 0 || row.primary;
}

function contradictions(rows: readonly Row[]): string[] {
  const seen = new Map<string, Row>();
  const found: string[] = [];
  for (const row of rows) {
    const key = `${row.component}\t${row.symbol}`;
    const other = seen.get(key);
    if (other) found.push(`${row.symbol}: ${stated(other)} but ${stated(row)}`);
    else seen.set(key, row);
  }
  return found;
}

function stated(row: Row): string {
  return `0x${row.value.toString(16).toUpperCase().padStart(8, "0")} in ${row.sources.join(",")}`;
}

function byValueThenRank(a: Row, b: Row): number {
  return (
    a.value - b.value ||
    Number(b.primary) - Number(a.primary) ||
    b.sources.length - a.sources.length ||
    a.symbol.length - b.symbol.length ||
    (a.symbol < b.symbol ? -1 : 1)
  );
}
